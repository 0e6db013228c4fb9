"""Characters of a page: what PDFium knows of each, made fit for lines."""

from __future__ import annotations

import ctypes
import math
import struct
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from gouji.readers.pdf.characters import repaired
from gouji.readers.pdf.frame import Frame

MOST_GLYPHS = 60_000
"""Characters on one page; the densest printed page has a tenth of that."""
_TILT = math.radians(10)


def _prototype(function: Any, result: Any, *arguments: Any) -> Any:
    """Make a function of PDFium that takes and gives bare addresses: an object is only to be told from another."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_OBJECT_OF = _prototype(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_BOX_OF = _prototype(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_RECT = struct.Struct("4f")  # FS_RECTF: left, top, right, bottom


@dataclass(slots=True)
class Glyph:
    """A character: its left and right edge, its baseline (y downwards) and the size of its font, in points."""

    text: str
    x0: float
    x1: float
    base: float
    em: float

    @property
    def middle(self) -> float:
        """Height of the middle of the character."""
        return self.base - 0.38 * self.em


@dataclass(slots=True)
class _Run:
    """Characters of one text object: font size, direction in quarter turns (None if tilted), number, baseline."""

    em: float
    quarter: int | None
    count: int = 0
    base: float = math.nan
    y: float = math.nan  # the baseline in user space


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
        count = min(pdfium.FPDFText_CountChars(textpage), MOST_GLYPHS)
        glyphs, turns = _read(textpage, count, frame)
        main = max(turns, key=lambda q: (turns[q], -q)) if turns else 0
        if main:
            frame = frame.turned(-main)
            glyphs, _ = _read(textpage, count, frame)
    finally:
        pdfium.FPDFText_ClosePage(textpage)
    return glyphs, frame


def _read(textpage: Any, count: int, frame: Frame) -> tuple[list[Glyph], Counter[int]]:
    """Characters on a frame, and how many are drawn in each direction. The innermost loop of the reader."""
    glyphs: list[Glyph] = []
    runs: dict[int | None, _Run] = {}
    a, b, c, d, e, f = frame.matrix
    upright = b == c == 0
    page, box = ctypes.cast(textpage, ctypes.c_void_p).value, pdfium.FS_RECTF()
    corner, x, y = ctypes.addressof(box), ctypes.c_double(), ctypes.c_double()
    for index, code in enumerate(_codes(textpage, count)):
        if code < 33 and pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        text = repaired(code)
        if not text:
            continue
        key = _OBJECT_OF(page, index)
        run = runs.get(key)
        if run is None:
            run = runs[key] = _run(textpage, index, frame)
        em = run.em
        if run.quarter is None or em < 1:
            continue
        _BOX_OF(page, index, corner)
        left, top, right, bottom = _RECT.unpack_from(box)
        x0, x1 = a * left + c * bottom + e, a * right + c * top + e
        base, wide = run.base, "\u2e80" <= text <= "\uffef"
        narrow = wide and x1 - x0 < 0.8 * em
        if narrow or not upright or not bottom - em < run.y < top + em:  # the last is true of the first of a run
            pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
            origin, base = a * x.value + c * y.value + e, b * x.value + d * y.value + f
            run.base, run.y = base, y.value
            if narrow:  # a font without metrics gives the ink's box, and a comma has little ink
                x0, x1 = origin, origin + em
            elif x0 > x1:
                x0, x1 = x1, x0
        run.count += 1
        if x1 >= 0 and x0 <= frame.width and base >= 0 and base - em <= frame.height:
            glyphs.append(Glyph(text, x0, x1, base, em))
    turns: Counter[int] = Counter()
    for run in runs.values():
        if run.quarter is not None:
            turns[run.quarter] += run.count
    return glyphs, turns


def _codes(textpage: Any, count: int) -> Sequence[int]:
    """Codes of all characters: at once where each has one code unit, else one by one."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(textpage, 0, count, buffer) == count + 1:
        return list(buffer[:count])
    return [pdfium.FPDFText_GetUnicode(textpage, index) for index in range(count)]


def _run(textpage: Any, index: int, frame: Frame) -> _Run:
    """Font size and direction of a character, from the matrix it is drawn by."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage, index, matrix)
    em = abs(pdfium.FPDFText_GetFontSize(textpage, index)) * math.hypot(matrix.c, matrix.d)
    a, b, c, d, _, _ = frame.matrix
    angle = math.atan2(b * matrix.a + d * matrix.b, a * matrix.a + c * matrix.b)
    quarter = round(angle / (math.pi / 2))
    tilted = abs(angle - quarter * math.pi / 2) > _TILT
    return _Run(em, None if tilted else quarter % 4)
