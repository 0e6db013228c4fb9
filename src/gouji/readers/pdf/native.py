"""Functions of PDFium that are called for every character and every object, with bare addresses.

pypdfium2 declares them with pointer types, and makes and checks an object for every pointer given or taken. Here
handles and buffers are plain integers, so that `map` can call a function for a whole page without any Python between.
They keep the interpreter's lock: each takes less time than to give it away.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

_ADDRESS, _INT, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_double


def _bare(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Make a function of PDFium one of addresses."""
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(function))


def address_of(handle: Any) -> int:
    """Address that a handle or function holds."""
    return ctypes.cast(handle, _ADDRESS).value or 0


text_object = _bare(pdfium.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _INT)
char_box = _bare(pdfium.FPDFText_GetLooseCharBox, _INT, _ADDRESS, _INT, _ADDRESS)
char_matrix = _bare(pdfium.FPDFText_GetMatrix, _INT, _ADDRESS, _INT, _ADDRESS)
char_origin = _bare(pdfium.FPDFText_GetCharOrigin, _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS)
font_size = _bare(pdfium.FPDFText_GetFontSize, _DOUBLE, _ADDRESS, _INT)
is_generated = _bare(pdfium.FPDFText_IsGenerated, _INT, _ADDRESS, _INT)

page_object = _bare(pdfium.FPDFPage_GetObject, _ADDRESS, _ADDRESS, _INT)
form_object = _bare(pdfium.FPDFFormObj_GetObject, _ADDRESS, _ADDRESS, ctypes.c_ulong)
object_kind = _bare(pdfium.FPDFPageObj_GetType, _INT, _ADDRESS)
object_bounds = _bare(pdfium.FPDFPageObj_GetBounds, _INT, *[_ADDRESS] * 5)
object_matrix = _bare(pdfium.FPDFPageObj_GetMatrix, _INT, _ADDRESS, _ADDRESS)

draw_mode = _bare(pdfium.FPDFPath_GetDrawMode, _INT, *[_ADDRESS] * 3)
segment_count = _bare(pdfium.FPDFPath_CountSegments, _INT, _ADDRESS)
path_segment = _bare(pdfium.FPDFPath_GetPathSegment, _ADDRESS, _ADDRESS, _INT)
segment_point = _bare(pdfium.FPDFPathSegment_GetPoint, _INT, *[_ADDRESS] * 3)
segment_kind = _bare(pdfium.FPDFPathSegment_GetType, _INT, _ADDRESS)
segment_closes = _bare(pdfium.FPDFPathSegment_GetClose, _INT, _ADDRESS)
