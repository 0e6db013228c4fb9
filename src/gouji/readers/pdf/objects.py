"""What is drawn on a page: its objects, those inside form objects too, and text that PDFium would not report."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from gouji.readers.pdf.frame import IDENTITY, Matrix, times

MOST_OBJECTS = 60_000
"""Objects looked at on one page; a drawing may have any number."""
_DEPTH = 8
_NO_WIDTH = 0.001


@dataclass(frozen=True, slots=True)
class Drawn:
    """An object, what it is, and the matrix from its coordinates to the page's user space."""

    handle: Any
    kind: int
    matrix: Matrix


def objects_of(page: Any) -> list[Drawn]:
    """Objects of a page in the order in which they are drawn."""
    out: list[Drawn] = []
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        if len(out) >= MOST_OBJECTS:
            break
        out.extend(_flattened(pdfium.FPDFPage_GetObject(page, index), IDENTITY, MOST_OBJECTS - len(out), 0))
    return out


def _flattened(handle: Any, matrix: Matrix, most: int, depth: int) -> Iterator[Drawn]:
    kind = pdfium.FPDFPageObj_GetType(handle)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield Drawn(handle, kind, matrix)
    elif depth < _DEPTH:
        inner = times(matrix_of(handle), matrix)
        for index in range(max(0, min(most, pdfium.FPDFFormObj_CountObjects(handle)))):
            yield from _flattened(pdfium.FPDFFormObj_GetObject(handle, index), inner, most, depth + 1)


def matrix_of(handle: Any) -> Matrix:
    """Matrix of an object itself."""
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def show_inkless(objects: list[Drawn]) -> None:
    """Give text without ink a width, that PDFium reports it.

    A font that is neither embedded nor installed has no outlines, so a text object of one character has no extent, and
    PDFium leaves objects without extent out of a page's text. Drawn with a pen they have one.
    """
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for item in objects:
        if item.kind != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        pdfium.FPDFPageObj_GetBounds(item.handle, left, bottom, right, top)
        if right.value - left.value < _NO_WIDTH:
            pdfium.FPDFTextObj_SetTextRenderMode(item.handle, pdfium.FPDF_TEXTRENDERMODE_STROKE)
            pdfium.FPDFPageObj_SetStrokeWidth(item.handle, 1.0)
            pdfium.FPDFPageObj_Transform(item.handle, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0)  # measures it anew
