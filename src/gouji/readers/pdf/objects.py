"""What is drawn on a page: its objects, those inside form objects too, and text that PDFium would not report."""

from __future__ import annotations

import ctypes
import struct
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple, cast

import pypdfium2.raw as pdfium

from gouji.readers.pdf import native
from gouji.readers.pdf.frame import IDENTITY, Matrix, times

MOST_OBJECTS = 60_000
"""Objects looked at on one page; a drawing may have any number."""
_DEPTH = 8
_NO_WIDTH = 0.001
_BOX = struct.Struct("4f")  # left, bottom, right, top
_FOUND = pdfium.FS_MATRIX()  # filled by PDFium, under the reader's lock
_MATRIX = struct.Struct("6f")
_PATH, _TEXT, _FORM = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM

Extent = tuple[float, float, float, float]


class Path(NamedTuple):
    """A path, its extent (left, bottom, right, top) where its matrix puts it, and the matrix from there to the page."""

    handle: int
    extent: Extent
    matrix: Matrix


@dataclass(slots=True)
class _Walk:
    """Objects of a page, one after another, at most `MOST_OBJECTS`."""

    paths: list[Path]
    left: int = MOST_OBJECTS

    def take(self, owner: int, count: int, get: Callable[..., int], matrix: Matrix, depth: int) -> None:
        """Take the objects of a page or a form."""
        count = max(0, min(count, self.left))
        self.left -= count
        handles = list(map(get, repeat(owner), range(count)))
        add = self.paths.append
        for handle, kind, extent in zip(handles, map(native.object_kind, handles), _extents(handles), strict=True):
            if kind == _PATH:
                add(Path(handle, extent, matrix))
            elif kind == _TEXT:
                if extent[2] - extent[0] < _NO_WIDTH:
                    _show(handle)
            elif kind == _FORM and depth < _DEPTH and self.left > 0:
                inner = times(matrix_of(handle), matrix)
                inside = pdfium.FPDFFormObj_CountObjects(_handle(handle))
                self.take(handle, inside, native.form_object, inner, depth + 1)


def _extents(handles: list[int]) -> Iterator[Extent]:
    """Boxes of objects: left, bottom, right, top."""
    boxes = ctypes.create_string_buffer(_BOX.size * len(handles))
    start = ctypes.addressof(boxes)
    edges = [range(start + at, start + at + len(boxes), _BOX.size) for at in range(0, _BOX.size, 4)]
    deque(map(native.object_bounds, handles, *edges), maxlen=0)
    return cast(Iterator[Extent], _BOX.iter_unpack(boxes))


def paths_of(page: Any) -> list[Path]:
    """Paths of a page in the order in which they are drawn; text without ink is made to show on the way."""
    walk = _Walk([])
    count = pdfium.FPDFPage_CountObjects(page)
    walk.take(native.address_of(page), count, native.page_object, IDENTITY, 0)
    return walk.paths


def matrix_of(handle: int) -> Matrix:
    """Matrix of an object itself."""
    if not native.object_matrix(handle, ctypes.addressof(_FOUND)):
        return IDENTITY
    return cast(Matrix, _MATRIX.unpack_from(_FOUND))


def _handle(address: int) -> Any:
    return ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)


def _show(address: int) -> None:
    """Give text without ink a width, that PDFium reports it.

    A font that is neither embedded nor installed has no outlines, so a text object of one character has no extent, and
    PDFium leaves objects without extent out of a page's text. Drawn with a pen they have one.
    """
    handle = _handle(address)
    pdfium.FPDFTextObj_SetTextRenderMode(handle, pdfium.FPDF_TEXTRENDERMODE_STROKE)
    pdfium.FPDFPageObj_SetStrokeWidth(handle, 1.0)
    pdfium.FPDFPageObj_Transform(handle, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0)  # measures it anew
