"""A PDF file to a `Layout`: opened within bounds, page by page, then what only the whole file tells."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from gouji.errors import ReaderError
from gouji.readers.formats import PDF
from gouji.readers.layout import Layout
from gouji.readers.pdf.bounds import MOST_IN_ALL, MOST_PAGES, refuse_bombs
from gouji.readers.pdf.continued import join_tables
from gouji.readers.pdf.flow import blocks_of
from gouji.readers.pdf.frame import Frame, frame_of
from gouji.readers.pdf.furniture import drop_furniture
from gouji.readers.pdf.glyphs import glyphs_of
from gouji.readers.pdf.lattice import lattices
from gouji.readers.pdf.lines import lines_of
from gouji.readers.pdf.objects import paths_of
from gouji.readers.pdf.pages import Page
from gouji.readers.pdf.ruled import ruled_tables
from gouji.readers.pdf.rules import rules_of
from gouji.readers.pdf.unruled import take_unruled

_RECTANGLE = 4  # corners; a path of many costs as much as so many rectangles more
_LOCK = threading.Lock()  # PDFium is not thread-safe


def layout_of(data: bytes, path: Path) -> Layout:
    """Paragraphs and tables of a PDF file in reading order.

    Raises
    ------
    ReaderError
        If the file is encrypted, broken, too long, or has no text layer.
    """
    with _LOCK, _no_collection():
        pages, failed = read_pages(data, path)
    if not any(page.glyphs for page in pages):
        message = "这份 PDF 没有文字层（可能是扫描件），不做文字识别；请先用 OCR 软件识别，或给出文字版。"
        raise ReaderError(path, message)
    warnings = [f"第{number}页已损坏，未能读取。" for number in failed]
    drop_furniture(pages)
    for page in pages:
        take_unruled(page)
    join_tables(pages)
    return Layout(tuple(blocks_of(pages)), PDF.media, tuple(warnings))


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for cycles meanwhile: a page makes thousands of objects and no cycle, and the search takes a tenth."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def read_pages(data: bytes, path: Path) -> tuple[list[Page], list[int]]:
    """Pages with their lines and tables, as they stand, and the numbers of those that could not be loaded."""
    refuse_bombs(data, path)
    document = _open(data, path)
    try:
        count = len(document)
        if count > MOST_PAGES:
            message = f"这份 PDF 有 {count} 页，超过上限 {MOST_PAGES} 页，请拆分后再读。"
            raise ReaderError(path, message)
        pages: list[Page] = []
        failed: list[int] = []
        in_all = 0
        for number in range(1, count + 1):
            page = _read_page(document, number)
            if page is None:
                failed.append(number)
            else:
                pages.append(page)
                in_all += page.cost
            if in_all > MOST_IN_ALL:
                message = f"读到第 {number} 页时文字和线条已超过上限 {MOST_IN_ALL} 个，不像一份报告，请拆分后再读。"
                raise ReaderError(path, message)
        if failed and not pages:
            raise ReaderError(path, "这份 PDF 的各页都已损坏，无法读取，请重新下载或另存一份。")
        return pages, failed
    finally:
        document.close()


def _open(data: bytes, path: Path) -> Any:
    try:
        return pdfium2.PdfDocument(data)
    except pdfium2.PdfiumError as err:
        code = pdfium.FPDF_GetLastError()
        if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            message = "这份 PDF 已加密，需要密码才能打开，请解除密码后再读。"
        else:
            message = "这份 PDF 已损坏，无法打开，请重新下载或另存一份。"
        raise ReaderError(path, message) from err


def _read_page(document: Any, number: int) -> Page | None:
    try:
        handle = document[number - 1]
    except pdfium2.PdfiumError:
        return None
    try:
        frame = _frame(handle)
        paths = paths_of(handle.raw)
        glyphs, frame = glyphs_of(handle.raw, frame)
        rules = rules_of(paths, frame)
        cost = len(glyphs) + len(paths) + rules.corners // _RECTANGLE
        page = Page(number, frame.width, frame.height, glyphs=len(glyphs), cost=cost)
    finally:
        handle.close()
    page.tables, rest = ruled_tables(glyphs, lattices(rules), number)
    page.lines = lines_of(rest)
    return page


def _frame(page: Any) -> Frame:
    """Frame of a page: its visible box, cut to its sheet."""
    crop, sheet = page.get_cropbox(), page.get_mediabox()
    left, bottom = max(crop[0], sheet[0]), max(crop[1], sheet[1])
    right, top = min(crop[2], sheet[2]), min(crop[3], sheet[3])
    if right - left < 1 or top - bottom < 1:
        left, bottom, right, top = sheet
    return frame_of(left, bottom, right, top, page.get_rotation())
