"""The XLS reader: the workbooks of Excel before 2007, by xlrd, which alone gives formats, merged and hidden cells."""

from __future__ import annotations

import os
import struct
from collections import Counter
from pathlib import Path
from typing import Any

from gouji.errors import ReaderError
from gouji.model.document import Document
from gouji.readers.formats import XLS
from gouji.readers.layout import Block
from gouji.readers.number_formats import GENERAL, exact, hides_text, shown
from gouji.readers.sheets import Sheet, TooLargeError, blocks
from gouji.readers.xlsx import finish, sheet_warnings
from gouji.readers.xlsx_parts import unescape
from gouji.settings import Settings

_DAMAGED = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, ArithmeticError, EOFError, LookupError,
    struct.error, RecursionError,
)  # fmt: skip
"""What xlrd raises on a damaged file, beside its own errors."""


def read_xls(data: bytes, path: Path, settings: Settings) -> Document:
    """Read a workbook of Excel 97-2003; see `read_xlsx`.

    Raises
    ------
    ReaderError
        If the file is damaged or encrypted, or no shown sheet holds anything that could be read.
    """
    import xlrd

    found: list[Block] = []
    warnings: list[str] = []
    with open(os.devnull, "w", encoding="utf-8") as log:
        try:
            book = xlrd.open_workbook(
                file_contents=data, logfile=log, formatting_info=True, on_demand=True, ragged_rows=True
            )
            for index, name in enumerate(book.sheet_names()):
                _read_sheet(book, index, name, found, warnings)
                book.unload_sheet(index)
        except xlrd.XLRDError as err:
            if "encrypted" in str(err).lower():
                raise ReaderError(path, "这个工作簿有打开密码，请去掉密码后再读。") from err
            raise ReaderError(path, "文件已损坏，不是完整的 Excel 工作簿（.xls）。") from err
        except (*_DAMAGED, xlrd.compdoc.CompDocError) as err:
            raise ReaderError(path, "文件已损坏，不是完整的 Excel 工作簿（.xls）。") from err
    return finish(found, warnings, XLS.media, data, path)


def _read_sheet(book: Any, index: int, name: str, found: list[Block], warnings: list[str]) -> None:
    if book._sheet_visibility[index]:
        warnings.append(f"工作表“{name}”是隐藏的，没有读取。")
        return
    seen: Counter[str] = Counter()
    try:
        sheet = _sheet(book, book.sheet_by_index(index), name, seen)
    except TooLargeError as err:
        warnings.append(f"工作表“{name}”{err}，没有读取。")
        return
    found += blocks(sheet)
    warnings += sheet_warnings(sheet, seen)


def _sheet(book: Any, source: Any, name: str, seen: Counter[str]) -> Sheet:
    import xlrd

    sheet = Sheet(name)
    sheet.merges = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells]
    sheet.hidden_rows = {r for r, info in source.rowinfo_map.items() if info.hidden and not info.outline_level}
    sheet.hidden_columns = {c for c, info in source.colinfo_map.items() if info.hidden}
    for r in range(source.nrows):
        for c, cell in enumerate(source.row(r)):
            if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            text = _text(book, source, cell, seen)
            if text:
                sheet.put(r, c, text)
    return sheet


def _text(book: Any, source: Any, cell: Any, seen: Counter[str]) -> str:
    """Shown text of a cell."""
    import xlrd

    style = book.xf_list[cell.xf_index]
    form = book.format_map.get(style.format_key)
    code = form.format_str if form is not None else GENERAL
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return "" if hides_text(code) else unescape(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        seen["error"] += 1
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    number = exact(float(cell.value))
    if number is None or number == 0 and not source.show_zero_values:
        return ""
    return shown(number, code, since_1904=bool(book.datemode))
