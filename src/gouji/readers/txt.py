"""The text reader: bytes to `Document`."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gouji.errors import ReaderError
from gouji.model.document import Document
from gouji.readers.assembly import Source, assemble
from gouji.readers.blocks import find_tables
from gouji.readers.lines import split_lines
from gouji.readers.paragraphs import paragraphs
from gouji.readers.sources import decode
from gouji.settings import Settings


def read_text(data: bytes, path: Path, settings: Settings) -> Document:
    """Read a text file.

    Parameters
    ----------
    data : bytes
        The file's content.
    path : Path
        Its name; the document is named by its stem.
    settings : Settings

    Returns
    -------
    Document
        Canonical text is the decoded content with universal newlines; offsets count its code points.
    """
    return document_of(decode(data, path), path.stem, hashlib.sha256(data).hexdigest())


def read_string(text: str, name: str) -> Document:
    """Read a string as the text reader reads a file of it.

    Raises
    ------
    ReaderError
        If there is nothing in it.
    """
    if not text.strip():
        raise ReaderError(Path(name), "文字是空的，没有可读的内容。")
    canonical = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return document_of(canonical, name, hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest())


def document_of(text: str, name: str, sha256: str) -> Document:
    """Document of a canonical text."""
    lines = split_lines(text)
    source = Source(text, lines, find_tables(text, lines), lambda run: paragraphs(text, lines, run))
    return assemble(source, name, sha256, "text/plain")
