"""Bytes of a web page to text: the bytes decide, what the page says of its encoding is a hint and often wrong."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from gouji.errors import ReaderError
from gouji.readers.sources import newlines

_HINT = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{3,20})""", re.I)
_TRADITIONAL = frozenset(("big5", "big5-hkscs", "big5hkscs", "cp950"))
_HEAD = 4096
_SHARE = 100  # one broken character in a hundred is damage, more is another encoding
_WIDE = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BROKEN = "网页有 {} 处字节无法解码，相应的文字缺失。"


def decode_page(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """Text of a page's bytes, and what could not be read.

    A byte-order mark decides; else strict UTF-8; else UTF-8 with few broken characters (pages are cut in the middle
    of one); else Big5 where the page says so, then GB18030.

    Raises
    ------
    ReaderError
        If no encoding fits.

    Examples
    --------
    >>> decode_page('<meta charset="utf-8">决算'.encode("gb18030"), Path("x.html"))
    ('<meta charset="utf-8">决算', ())
    """
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], encoding)
    hint = _HINT.search(data[:_HEAD])
    named = hint[1].decode("ascii").lower() if hint else ""
    try:
        return newlines(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken * _SHARE < sum(character > "\u07ff" for character in text):
        return newlines(text.replace("\ufffd", "")), (_BROKEN.format(broken),)
    for encoding in ("big5hkscs", "gb18030") if named in _TRADITIONAL else ("gb18030",):
        try:
            return newlines(data.decode(encoding)), ()
        except UnicodeDecodeError:
            continue
    text = data.decode("gb18030", "replace")
    broken = text.count("\ufffd")
    if broken * _SHARE < sum(character > "\u07ff" for character in text):
        return newlines(text.replace("\ufffd", "")), (_BROKEN.format(broken),)
    raise ReaderError(path, "网页的编码既不是 UTF-8 也不是 GB18030，请用浏览器打开后另存为 UTF-8。")


def _tolerant(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    return newlines(text.replace("\ufffd", "")), (_BROKEN.format(broken),) if broken else ()
