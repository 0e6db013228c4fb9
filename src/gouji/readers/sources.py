"""Files as bytes, and bytes as text: what is refused, and with which words."""

from __future__ import annotations

import codecs
from pathlib import Path

from gouji.errors import ReaderError
from gouji.settings import Settings

_LOST = "\ufffd"
_LOST_SHARE = 1000  # one character in a thousand may be lost
_SAMPLE = 1 << 16
_CONTROL = frozenset(range(32)) - {7, 8, 9, 10, 12, 13, 26, 27} | {127}
_CONTROL_SHARE = 100  # one control byte in a hundred is no text


def load_bytes(path: Path, settings: Settings) -> bytes:
    """Bytes of a file.

    Raises
    ------
    ReaderError
        If there is no such file, it is a directory, it cannot be opened, it is empty, or larger than
        ``settings.max_bytes``.
    """
    if path.is_dir():
        raise ReaderError(path, "这是一个文件夹，请逐份给出其中的报告。")
    try:
        size = path.stat().st_size
        if size > settings.max_bytes:
            message = f"文件有 {size} 字节，超过上限 {settings.max_bytes} 字节；如确需读取，请调高 max_bytes。"
            raise ReaderError(path, message)
        data = path.read_bytes()
    except FileNotFoundError as err:
        raise ReaderError(path, "找不到这个文件，请检查路径和文件名。") from err
    except OSError as err:
        raise ReaderError(path, f"打不开这个文件（{err.strerror}），请检查权限。") from err
    if not data:
        raise ReaderError(path, "文件是空的，没有可读的内容。")
    return data


def decode(data: bytes, path: Path) -> str:
    r"""Text of a file's bytes with universal newlines; the bytes decide the encoding.

    A byte-order mark decides for UTF-8, UTF-16 and UTF-32; else strict UTF-8, then GB18030. Where a few bytes fit
    neither, U+FFFD stands for them, and the document warns of it.

    Raises
    ------
    ReaderError
        If the bytes are binary, or no encoding fits them.

    Examples
    --------
    >>> decode("收入\r\n支出".encode("gb18030"), Path("x.txt"))
    '收入\n支出'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return newlines(data[len(mark) :].decode(encoding))
            except UnicodeDecodeError as err:
                message = f"文件开头的标记说明编码为 {encoding}，但第 {err.start} 字节不符合，请另存为 UTF-8。"
                raise ReaderError(path, message) from err
    if looks_binary(data):
        raise ReaderError(path, "这是二进制文件，不是文本，请导出为 UTF-8 文本（.txt）。")
    for encoding in ("utf-8", "gb18030"):
        try:
            return newlines(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    for encoding in ("utf-8", "gb18030"):
        text = data.decode(encoding, "replace")
        if text.count(_LOST) * _LOST_SHARE <= len(text):
            return newlines(text)
    raise ReaderError(path, "文件内容既不是 UTF-8 也不是 GB18030 编码的文本，请另存为 UTF-8。")


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def newlines(text: str) -> str:
    r"""Text with every line end as ``\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def looks_binary(data: bytes) -> bool:
    r"""Whether bytes hold a NUL, or control characters beyond one in a hundred, in the first 64 KiB.

    Examples
    --------
    >>> looks_binary(b"\x00\x01abc"), looks_binary("决算".encode())
    (True, False)
    """
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, bytes(_CONTROL)))
    return b"\x00" in sample or controls * _CONTROL_SHARE > len(sample)
