"""What is drawn on a page: its objects, those inside form objects too, and text that PDFium would not report."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from gouji.readers.pdf.frame import IDENTITY, Matrix, times

MOST_OBJECTS = 60_000
"""Objects looked at on one page; a drawing may have any number."""
_DEPTH = 8
_NO_WIDTH = 0.001


@dataclass(slots=True)
class Path:
    """A path, its extent (left, bottom, right, top) where its matrix puts it, and the matrix from there to the page."""

    handle: Any
    extent: tuple[float, float, float, float]
    matrix: Matrix


class _Walk:
    """Objects of a page, one after another, at most `MOST_OBJECTS`."""

    def __init__(self) -> None:
        self.paths: list[Path] = []
        self.left = MOST_OBJECTS
        self._bounds = tuple(ctypes.c_float() for _ in range(4))

    def take(self, count: int, get: Callable[[int], Any], matrix: Matrix, depth: int) -> None:
        """Take the objects of a page or a form."""
        kind_of, bounds_of = pdfium.FPDFPageObj_GetType, pdfium.FPDFPageObj_GetBounds
        left, bottom, right, top = self._bounds
        for index in range(max(0, min(count, self.left))):
            handle = get(index)
            self.left -= 1
            kind = kind_of(handle)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                bounds_of(handle, left, bottom, right, top)
                self.paths.append(Path(handle, (left.value, bottom.value, right.value, top.value), matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
                bounds_of(handle, left, bottom, right, top)
                if right.value - left.value < _NO_WIDTH:
                    _show(handle)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                inner = times(matrix_of(handle), matrix)
                count_inside = pdfium.FPDFFormObj_CountObjects(handle)
                self.take(count_inside, partial(pdfium.FPDFFormObj_GetObject, handle), inner, depth + 1)


def paths_of(page: Any) -> list[Path]:
    """Paths of a page in the order in which they are drawn; text without ink is made to show on the way."""
    walk = _Walk()
    walk.take(pdfium.FPDFPage_CountObjects(page), partial(pdfium.FPDFPage_GetObject, page), IDENTITY, 0)
    return walk.paths


def matrix_of(handle: Any) -> Matrix:
    """Matrix of an object itself."""
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _show(handle: Any) -> None:
    """Give text without ink a width, that PDFium reports it.

    A font that is neither embedded nor installed has no outlines, so a text object of one character has no extent, and
    PDFium leaves objects without extent out of a page's text. Drawn with a pen they have one.
    """
    pdfium.FPDFTextObj_SetTextRenderMode(handle, pdfium.FPDF_TEXTRENDERMODE_STROKE)
    pdfium.FPDFPageObj_SetStrokeWidth(handle, 1.0)
    pdfium.FPDFPageObj_Transform(handle, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0)  # measures it anew
