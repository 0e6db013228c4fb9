"""Characters of a page: what PDFium knows of each, made fit for lines."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from gouji.readers.pdf.characters import repaired
from gouji.readers.pdf.frame import Frame

MOST_GLYPHS = 60_000
"""Characters on one page; the densest printed page has a tenth of that."""
_TILT = math.radians(10)


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
    """Characters of one text object: font size and direction in quarter turns, None if tilted."""

    em: float
    quarter: int | None


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
        raw = _raw_glyphs(textpage, count, frame)
    finally:
        pdfium.FPDFText_ClosePage(textpage)
    turns = Counter(quarter for *_, quarter in raw)
    main = max(turns, key=lambda q: (turns[q], -q)) if turns else 0
    frame = frame.turned(-main)
    return [glyph for item in raw if (glyph := _glyph(item, frame)) is not None], frame


_Raw = tuple[str, float, float, float, float, float, float, float, int]


def _raw_glyphs(textpage: Any, count: int, frame: Frame) -> list[_Raw]:
    """Text, box and origin in user space, font size and direction of every character that is seen."""
    out: list[_Raw] = []
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    runs: dict[int, _Run] = {}
    get_unicode, get_box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    get_origin, get_object = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetTextObject
    for index in range(count):
        code = get_unicode(textpage, index)
        if code < 33 and pdfium.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        text = repaired(code)
        if not text:
            continue
        handle = ctypes.cast(get_object(textpage, index), ctypes.c_void_p).value or 0
        run = runs.get(handle)
        if run is None:
            run = runs[handle] = _run(textpage, index, frame)
        if run.quarter is None or run.em < 1:
            continue
        get_box(textpage, index, box)
        get_origin(textpage, index, x, y)
        out.append((text, box.left, box.bottom, box.right, box.top, x.value, y.value, run.em, run.quarter))
    return out


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


def _glyph(raw: _Raw, frame: Frame) -> Glyph | None:
    """Glyph on the upright page; None if it stands off the page."""
    text, left, bottom, right, top, x, y, em, _ = raw
    ax, ay = frame.point(left, bottom)
    bx, by = frame.point(right, top)
    ox, base = frame.point(x, y)
    x0, x1 = min(ax, bx, ox), max(ax, bx)
    if "\u2e80" <= text[0] <= "\uffef" and x1 - x0 < 0.8 * em:
        x0, x1 = ox, ox + em  # a font without metrics gives the ink's box, and a comma has little ink
    if x1 < 0 or x0 > frame.width or base < 0 or base - em > frame.height:
        return None
    return Glyph(text, x0, x1, base, em)
