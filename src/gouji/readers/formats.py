"""What a file is, by its content first and its suffix second."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from gouji.readers.ole import MAGIC, top_streams
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
DOC = Format("doc", "application/msword", "旧版 Word 文档（.doc）")
RTF = Format("rtf", "application/rtf", "RTF 文档")
ODT = Format("odt", "application/vnd.oasis.opendocument.text", "OpenDocument 文档（.odt）")
ODS = Format("ods", "application/vnd.oasis.opendocument.spreadsheet", "OpenDocument 表格（.ods）")
WORDML = Format("wordml", "application/xml", "XML 格式的 Word 文档")
XMLSS = Format("xmlss", "application/xml", "XML 格式的 Excel 工作簿")
MHTML = Format("mhtml", "multipart/related", "网页存档（.mht）")
OFD = Format("ofd", "application/ofd", "OFD 版式文件", "请用阅读器导出为 PDF")
LOCKED = Format("locked", "application/x-ole-storage", "有打开密码的 Office 文件", "请去掉密码后再读")
XLSB = Format(
    "xlsb", "application/vnd.ms-excel.sheet.binary.macroEnabled.12", "二进制 Excel 工作簿（.xlsb）", "请另存为 .xlsx"
)
ARCHIVE = Format("zip", "application/zip", "压缩包", "请解压后给出其中的报告")
IMAGE = Format("image", "image/*", "图片", "请给出文本形式的报告")
BINARY = Format("binary", "application/octet-stream", "未知格式的二进制文件")

_STREAMS = ((LOCKED, ("EncryptedPackage",)), (DOC, ("WordDocument",)), (XLS, ("Workbook", "Book")))
"""Names of streams that tell, in this order where the file's own order is not known."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM\x36")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_TAGS = "html|head|body|title|meta|link|base|style|script|div|span|p|table|center|font|h[1-6]|ul|ol|section|article|br"
_MARKUP = re.compile(rf"<(?:!--|!doctype\s+html|(?:{_TAGS})[\s/>])")
_ANYWHERE = re.compile(r"<(?:html|body|table)[\s>]")
_SHEETS = "urn:schemas-microsoft-com:office:spreadsheet"
_WORDS = ("http://schemas.microsoft.com/office/word/2003/wordml", "http://schemas.microsoft.com/office/2006/xmlpackage")
_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))
_PAGES = frozenset((".html", ".htm", ".shtml", ".shtm", ".xhtml", ".jhtml", ".jsp", ".asp", ".aspx", ".php", ".do"))
_OFFICE = frozenset((".doc", ".docx", ".xls", ".xlsx", ".wps", ".et"))
_HEAD = 4096


def sniff(data: bytes, path: Path) -> Format:
    """Tell the format of a file from its first bytes, and from its suffix where those do not decide.

    Examples
    --------
    >>> sniff(b"%PDF-1.7 ...", Path("report.txt")).id, sniff("决算".encode(), Path("report")).id
    ('pdf', 'txt')
    """
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if data.startswith(MAGIC):
        return _compound(data, path)
    if data.startswith(b"PK\x03\x04"):
        return _archive(data, path)
    if data.startswith(_PICTURES):
        return IMAGE
    if data.startswith(_ARCHIVES):
        return ARCHIVE
    if data.lstrip()[:5] == b"{\\rtf":
        return RTF
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "latin-1")
    if not encoding.startswith("utf-16") and looks_binary(data):
        return BINARY
    return _textual(data[:_HEAD].decode(encoding, "replace").lstrip("\ufeff \t\r\n").lower(), path)


def _textual(head: str, path: Path) -> Format:
    """Which format a file of characters is, by its beginning in small letters."""
    if "mime-version:" in head and ("multipart/related" in head or "text/html" in head):
        return MHTML
    if head.startswith("<?xml") or head.startswith("<workbook"):
        if _SHEETS in head and "<workbook" in head:
            return XMLSS
        if any(name in head for name in _WORDS):
            return WORDML
        return HTML
    suffix = path.suffix.lower()
    if _MARKUP.match(head) or "<" in head and suffix in _PAGES:
        return HTML
    return HTML if suffix in _OFFICE and _ANYWHERE.search(head) else TEXT


def _compound(data: bytes, path: Path) -> Format:
    """Which Office format a compound file is, by the names of its streams; by the suffix where it is cut.

    Examples
    --------
    >>> _compound(MAGIC + "Workbook".encode("utf-16-le"), Path("report")).id
    'xls'
    """
    names = top_streams(data)
    for format_, streams in _STREAMS:
        if any(name in names if names else name.encode("utf-16-le") in data for name in streams):
            return format_
    return XLS if path.suffix.lower() in (".xls", ".et") else DOC


def _archive(data: bytes, path: Path) -> Format:
    """Which Office format a ZIP file is, if any; by the suffix where the archive is cut."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            kind = archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, ValueError, RuntimeError, NotImplementedError):
        return {".docx": DOCX, ".xlsx": XLSX, ".xlsm": XLSX}.get(path.suffix.lower(), ARCHIVE)
    for format_ in (ODT, ODS):
        if kind.startswith(format_.media):
            return format_
    if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return DOCX
    if any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in names):
        return XLSX
    if "xl/workbook.bin" in names:
        return XLSB
    return OFD if "ofd.xml" in names else ARCHIVE
