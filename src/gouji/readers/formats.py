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
    advice: str = "请另存为 UTF-8 文本（.txt）"


TEXT = Format("txt", "text/plain", "文本")
PDF = Format("pdf", "application/pdf", "PDF 文件")
DOCX = Format("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word 文档（.docx）")
XLSX = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 工作簿（.xlsx）")
XLS = Format("xls", "application/vnd.ms-excel", "旧版 Excel 工作簿（.xls）")
HTML = Format("html", "text/html", "HTML 网页")
OLE = Format("doc", "application/msword", "旧版 Office 文件（.doc）", "请另存为 UTF-8 文本（.txt）")
LOCKED = Format("locked", "application/x-ole-storage", "有打开密码的 Office 文件", "请去掉密码后再读")
XLSB = Format(
    "xlsb", "application/vnd.ms-excel.sheet.binary.macroEnabled.12", "二进制 Excel 工作簿（.xlsb）", "请另存为 .xlsx"
)
ARCHIVE = Format("zip", "application/zip", "压缩包", "请解压后给出其中的报告")
IMAGE = Format("image", "image/*", "图片", "请给出文本形式的报告")
BINARY = Format("binary", "application/octet-stream", "未知格式的二进制文件")

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = ((LOCKED, ("EncryptedPackage",)), (OLE, ("WordDocument",)), (XLS, ("Workbook", "Book")))
"""Names of streams that tell, in this order: a text document may hold a workbook."""
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
        return _compound(data, path)
    if data.startswith(b"PK\x03\x04"):
        return _archive(data, path)
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


def _compound(data: bytes, path: Path) -> Format:
    """Which Office format a compound file is, by the names of its streams; by the suffix where it is cut.

    Examples
    --------
    >>> _compound(_OLE_MAGIC + "Workbook".encode("utf-16-le"), Path("report")).id
    'xls'
    """
    for format_, names in _STREAMS:
        if any(name.encode("utf-16-le") in data for name in names):
            return format_
    return XLS if path.suffix.lower() in (".xls", ".et") else OLE


def _archive(data: bytes, path: Path) -> Format:
    """Which Office format a ZIP file is, if any; by the suffix where the archive is cut."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return {".docx": DOCX, ".xlsx": XLSX, ".xlsm": XLSX}.get(path.suffix.lower(), ARCHIVE)
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    if "xl/workbook.bin" in names:
        return XLSB
    return ARCHIVE
