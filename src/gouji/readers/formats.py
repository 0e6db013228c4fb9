"""What a file is, by its content first and its suffix second."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from gouji.readers.sources import looks_binary


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name, its media type, and what would do for a file that no reader takes yet."""

    id: str
    media: str
    name: str
    advice: str = "save it as UTF-8 text (.txt) and read that"


TEXT = Format("txt", "text/plain", "text")
PDF = Format("pdf", "application/pdf", "a PDF")
DOCX = Format(
    "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a Word document (.docx)"
)
XLSX = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "an Excel workbook (.xlsx)")
HTML = Format("html", "text/html", "an HTML page")
OLE = Format(
    "doc", "application/msword", "an old Office file (.doc or .xls)", "save it as UTF-8 text (.txt) or as .docx"
)
ARCHIVE = Format("zip", "application/zip", "an archive", "unpack it and give the reports in it")
IMAGE = Format("image", "image/*", "a picture", "give the report as text; pictures are not read")
BINARY = Format("binary", "application/octet-stream", "a binary file of a kind that is not known")

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM\x36")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<?xml")
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_SUFFIXES = {".html": HTML, ".htm": HTML, ".shtml": HTML}


def sniff(data: bytes, path: Path) -> Format:
    """Tell the format of a file from its first bytes, and from its suffix where those do not decide.

    Examples
    --------
    >>> sniff(b"%PDF-1.7 ...", Path("report.txt")).id, sniff("决算".encode(), Path("report")).id
    ('pdf', 'txt')
    """
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if data.startswith(_OLE_MAGIC):
        return OLE
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    if data.startswith(_PICTURES):
        return IMAGE
    if data.startswith(_ARCHIVES):
        return ARCHIVE
    if data.startswith(_MARKS[:2]):
        return TEXT
    if looks_binary(data):
        return BINARY
    head = data[:2048].removeprefix(_MARKS[2]).lstrip().lower()
    if head.startswith(_MARKUP):
        return HTML
    return _SUFFIXES.get(path.suffix.lower(), TEXT) if b"<" in head else TEXT


def _archive(data: bytes) -> Format:
    """Which Office format a ZIP file is, if any."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return ARCHIVE
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    return ARCHIVE
