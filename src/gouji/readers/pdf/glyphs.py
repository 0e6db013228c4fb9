"""Characters of a page: what PDFium knows of each, made fit for lines."""

from __future__ import annotations

import ctypes
import math
import struct
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple, cast

import pypdfium2.raw as pdfium

from gouji.readers.pdf import native
from gouji.readers.pdf.characters import repaired
from gouji.readers.pdf.frame import Frame

MOST_GLYPHS = 60_000
"""Characters on one page; the densest printed page has a tenth of that."""
MIDDLE = 0.38
"""Height of the middle of a character above its baseline, in ems."""
_TILT = math.radians(10)
_RECT = struct.Struct("4f")  # FS_RECTF: left, top, right, bottom
_TURN = struct.Struct("4f")  # FS_MATRIX without its shift
_POINT = struct.Struct("2d")


class Glyph(NamedTuple):
    """A character: its left and right edge, its baseline (y downwards) and the size of its font, in points."""

    text: str
    x0: float
    x1: float
    base: float
    em: float


_GLYPH = cast(Callable[[tuple[str, float, float, float, float]], Glyph], partial(tuple.__new__, Glyph))


def glyphs_of(page: Any, frame: Frame) -> tuple[list[Glyph], Frame]:
    """Characters of a page in stream order, and its frame, turned upright where most of its text is drawn sideways.

    Parameters
    ----------
    page : FPDF_PAGE
    frame : Frame

    Returns
    -------
    tuple
        Text that is neither upright nor at right angles (a watermark) is left out, and so is text off the page.
    """
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        return [], frame
    try:
        characters = _Characters(textpage, min(pdfium.FPDFText_CountChars(textpage), MOST_GLYPHS))
        glyphs, turns = characters.placed(frame)
        main = max(turns, key=lambda q: (turns[q], -q)) if turns else 0
        if main:
            frame = frame.turned(-main)
            glyphs, _ = characters.placed(frame)
    finally:
        pdfium.FPDFText_ClosePage(textpage)
    return glyphs, frame


class _Characters:
    """Characters of a page as PDFium has them, each question asked of all of them at once."""

    def __init__(self, textpage: Any, count: int) -> None:
        page = native.address_of(textpage)
        codes = _codes(textpage, count)
        self.page = page
        self.texts = list(map(repaired, codes))
        for index in [index for index, code in enumerate(codes) if code < 33]:
            if native.is_generated(page, index) == 1:
                self.texts[index] = ""
        self._boxes = ctypes.create_string_buffer(_RECT.size * count)
        corner = ctypes.addressof(self._boxes)
        corners = range(corner, corner + _RECT.size * count, _RECT.size)
        deque(map(native.char_box, repeat(page), range(count), corners), maxlen=0)
        self._found = ctypes.create_string_buffer(ctypes.sizeof(pdfium.FS_MATRIX))
        self._at = ctypes.addressof(self._found)
        self._sizes: dict[tuple[float, tuple[float, ...]], tuple[float, int | None]] = {}

    def placed(self, frame: Frame) -> tuple[list[Glyph], Counter[int]]:
        """Characters on a frame, and how many are drawn in each direction. The innermost loop of the reader.

        Characters of one height are of one object, or of objects alike: what an object tells is asked where it changes.
        """
        glyphs: list[Glyph] = []
        add = glyphs.append
        turns: Counter[int] = Counter()
        a, b, c, d, e, f = frame.matrix
        width, height, upright = frame.width, frame.height, b == c == 0
        self._sizes.clear()
        above = below = y = base = math.nan
        key: int | None = -1
        quarter: int | None = None
        em, skipped, count, moved, shown = 0.0, True, 0, True, False
        boxes = cast(Iterator[tuple[float, float, float, float]], _RECT.iter_unpack(self._boxes))
        for index, (text, (left, top, right, bottom)) in enumerate(zip(self.texts, boxes, strict=False)):
            if not text:
                continue
            if top != above or bottom != below:
                above, below, moved = top, bottom, True
                last, key = key, native.text_object(self.page, index)
                if key != last:
                    if quarter is not None:
                        turns[quarter] += count
                    em, quarter = self._size(index, frame)
                    skipped, count, y = quarter is None or em < 1, 0, math.nan
            if skipped:
                continue
            x0, x1 = a * left + c * bottom + e, a * right + c * top + e
            narrow = x1 - x0 < 0.8 * em and "\u2e80" <= text <= "\uffef"
            if narrow or not upright or moved and not bottom - em < y < top + em:  # y is none at first
                x, y = self._origin(index)
                origin, base = a * x + c * y + e, b * x + d * y + f
                shown = base >= 0 and base - em <= height
                if narrow:  # a font without metrics gives the ink's box, and a comma has little ink
                    x0, x1 = origin, origin + em
                elif x0 > x1:
                    x0, x1 = x1, x0
            count += 1
            moved = narrow
            if shown and x1 >= 0 and x0 <= width:
                add(_GLYPH((text, x0, x1, base, em)))
        if quarter is not None:
            turns[quarter] += count
        return glyphs, turns

    def _origin(self, index: int) -> tuple[float, float]:
        """Point that a character is drawn at, in user space."""
        native.char_origin(self.page, index, self._at, self._at + 8)
        x, y = _POINT.unpack_from(self._found)
        return x, y

    def _size(self, index: int, frame: Frame) -> tuple[float, int | None]:
        """Font size and direction of a character, from the matrix it is drawn by."""
        native.char_matrix(self.page, index, self._at)
        key = native.font_size(self.page, index), _TURN.unpack_from(self._found)
        known = self._sizes.get(key)
        if known is None:
            known = self._sizes[key] = _size(key, frame)
        return known


def _codes(textpage: Any, count: int) -> Sequence[int]:
    """Codes of all characters: at once where each has one code unit, else one by one."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(textpage, 0, count, buffer) == count + 1:
        return list(buffer[:count])
    return [pdfium.FPDFText_GetUnicode(textpage, index) for index in range(count)]


def _size(key: tuple[float, tuple[float, ...]], frame: Frame) -> tuple[float, int | None]:
    """Font size and direction in quarter turns of text drawn at a size by a matrix."""
    size, (a, b, c, d) = key
    em = abs(size) * math.hypot(c, d)
    p, q, r, s, _, _ = frame.matrix
    angle = math.atan2(q * a + s * b, p * a + r * b)
    quarter = round(angle / (math.pi / 2))
    tilted = abs(angle - quarter * math.pi / 2) > _TILT
    return em, None if tilted else quarter % 4
