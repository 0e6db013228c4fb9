"""What a PDF file may cost: pages, characters, drawn objects, and how far its streams may expand."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from gouji.errors import ReaderError

MOST_PAGES = 1_000
"""Pages of one file; reports have 20 to 300."""
MOST_IN_ALL = 400_000
"""Characters and paths of one file, and quarters of the corners looked at; a report of 30 pages has some 15,000."""
_MOST_EXPANDED = 24 << 20  # bytes of one stream; PDFium needs some thirty times as much to hold what it draws
_SUSPECT = 50  # a stream that expands this much at its beginning is looked at to its end
_PROBE = 2048
_SHORT = 20_000  # bytes; deflated data cannot expand beyond the limit from fewer
_STREAM = re.compile(rb"stream\r?\n")
_ZLIB = tuple(bytes([first]) for first in range(0x08, 0x80, 0x10))  # deflated, whatever the window
_PICTURE = re.compile(rb"/Subtype\s*/Image|/Image\b")


def refuse_bombs(data: bytes, path: Path) -> None:
    """Refuse a file with a stream that expands beyond all measure, before anything is asked of PDFium.

    Raises
    ------
    ReaderError
        If there is such a stream; pictures are left alone, no reader expands them.
    """
    for found in _STREAM.finditer(data):
        if data[found.start() - 3 : found.start()] == b"end" or data[found.end() : found.end() + 1] not in _ZLIB:
            continue
        if data.find(b"endstream", found.end(), found.end() + _SHORT) >= 0:
            continue
        dictionary = data[max(0, found.start() - 300) : found.start()]
        if _PICTURE.search(dictionary[dictionary.rfind(b" obj") :]) is None and _expands(data, found.end()):
            message = f"文件中有一段数据展开后超过 {_MOST_EXPANDED >> 20} MB，不像报告的页面，请检查来源或另存一份。"
            raise ReaderError(path, message)


def _expands(data: bytes, start: int) -> bool:
    """Whether the compressed stream at an offset expands beyond the limit."""
    inflate = zlib.decompressobj()
    size, at, step = 0, start, _PROBE
    view = memoryview(data)
    try:
        while not inflate.eof and at < len(data):
            size += len(inflate.decompress(view[at : at + step], 1 << 22))
            while inflate.unconsumed_tail and size <= _MOST_EXPANDED:
                size += len(inflate.decompress(inflate.unconsumed_tail, 1 << 22))
            at += step
            if size > _MOST_EXPANDED:
                return True
            if size < _SUSPECT * (at - start):
                return False
    except zlib.error:
        return False
    return False
