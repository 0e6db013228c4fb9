"""The DOCX reader."""

from __future__ import annotations

import hashlib
from pathlib import Path

from lxml import etree

from gouji.errors import ReaderError
from gouji.model.document import Document
from gouji.readers.compose import compose
from gouji.readers.docx_body import Body
from gouji.readers.docx_numbering import Numbering
from gouji.readers.docx_parts import Package, W, attribute
from gouji.readers.docx_styles import Styles
from gouji.readers.formats import DOCX, sniff
from gouji.readers.html import html_layout
from gouji.readers.layout import Block, Layout
from gouji.readers.mhtml import page_of
from gouji.settings import Settings

_MOST_NOTES = 5000


def read_docx(data: bytes, path: Path, settings: Settings) -> Document:
    """Read a Word file.

    Parameters
    ----------
    data : bytes
    path : Path
        The document is named by its stem.
    settings : Settings

    Returns
    -------
    Document

    Raises
    ------
    ReaderError
        If the archive or its XML is damaged or not honest, or the file holds no text.
    """
    return compose(docx_layout(data, path), path.stem, hashlib.sha256(data).hexdigest())


def docx_layout(data: bytes, path: Path) -> Layout:
    """Layout of a Word file: text with all changes accepted, tables, then the notes in the order of the text."""
    package = Package(data, path)
    root = package.root(package.main)
    found = next(iter(root.iter(W + "body")), None)
    if found is None:
        raise ReaderError(path, "Word 文档没有正文部分，文件可能已损坏，请重新获取。")
    chunks = _Chunks(package)
    body = Body(Styles(package.related("styles")), Numbering(package.related("numbering")), included=chunks.blocks)
    blocks = list(body.blocks(found))
    blocks += _notes(package, body)
    if not blocks:
        what = "只有图片" if body.inline.pictures else "没有文字"
        raise ReaderError(path, f"Word 文档{what}，没有可读的内容；扫描件请先做文字识别。")
    return Layout(tuple(blocks), DOCX.media, (*_warnings(body), *dict.fromkeys(chunks.warnings)))


class _Chunks:
    """Files of other formats that the text takes in: programs that make Word files of web pages put the page there."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.warnings: list[str] = []

    def blocks(self, relation: str) -> list[Block]:
        """Blocks of the file that a relation names, none where it cannot be read."""
        _, part, outside = self.package.relations.get(relation, ("", "", True))
        try:
            if not outside and part in self.package.archive:
                data = self.package.archive.read(part)
                kind = sniff(data, Path(part)).id
                if kind in ("html", "mhtml"):
                    page = page_of(data, self.package.path) if kind == "mhtml" else data
                    found = html_layout(page, self.package.path)
                    self.warnings += found.warnings
                    return list(found.blocks)
        except ReaderError:
            pass
        self.warnings.append("文档引用了另外的文件（altChunk），其中的内容没有读取。")
        return []


def _notes(package: Package, body: Body) -> list[Block]:
    """Read the notes that the text refers to, in its order."""
    roots: dict[str, dict[str, etree._Element]] = {}
    out: list[Block] = []
    for kind, identity in body.inline.notes[:_MOST_NOTES]:
        if kind not in roots:
            root = package.related(kind)
            roots[kind] = {attribute(e, "id") or "": e for e in root} if root is not None else {}
        note = roots[kind].pop(identity, None)
        if note is not None:
            out += body.blocks(note)
    return out


def _warnings(body: Body) -> list[str]:
    out = list(body.warnings)
    if body.inline.deleted:
        out.append("文档带有修订记录：插入的文字已读入，删除的文字已略去。")
    if body.inline.pictures:
        out.append(f"文档中有 {body.inline.pictures} 张图片，图片里的文字没有读取。")
    return out
