"""Ruling lines of a page: stroked paths, thin filled boxes and frames, joined to whole lines."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from gouji.readers.pdf import native
from gouji.readers.pdf.frame import IDENTITY, Frame, Matrix, times
from gouji.readers.pdf.objects import Path, matrix_of

MOST_CORNERS = 60_000
"""Corners of paths looked at on one page; a drawing may have any number."""
MOST_RULES = 1_500
_THIN = 3.0  # a filled box as thin as this is a line
_STRAIGHT = 1.0  # how far a line may lean over its length
_NEAR = 2.0  # lines as near as this are one (double rules, a border drawn by both its cells)
_GAP = 3.0  # pieces of a line may be apart by this (dots, corners)
_SHORT = 4.0
_SMALL = 4.0  # a path smaller than this in both directions is no line
_FOUND = (ctypes.c_int * 2)()  # filled by PDFium, under the reader's lock: twice a truth or twice a length
_FIRST = ctypes.addressof(_FOUND)
_SECOND = _FIRST + ctypes.sizeof(ctypes.c_int)
_POINT = struct.Struct("2f")

Point = tuple[float, float]
Segment = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Rules:
    """Ruling lines: horizontal ones as (y, from x, to x), upright ones as (x, from y, to y), sorted.

    `corners` counts the corners of paths that were looked at to find them.
    """

    level: tuple[Segment, ...]
    upright: tuple[Segment, ...]
    corners: int = 0


def rules_of(paths: Sequence[Path], frame: Frame) -> Rules:
    """Ruling lines among the paths of a page."""
    level: list[Segment] = []
    upright: list[Segment] = []
    budget = _Budget(MOST_CORNERS)
    for path in paths:
        for (ax, ay), (bx, by) in _path_edges(path, frame, budget):
            if abs(ay - by) <= _STRAIGHT:
                level.append(((ay + by) / 2, min(ax, bx), max(ax, bx)))
            elif abs(ax - bx) <= _STRAIGHT:
                upright.append(((ax + bx) / 2, min(ay, by), max(ay, by)))
    return Rules(_joined(level), _joined(upright), MOST_CORNERS - max(0, budget.left))


def _joined(segments: list[Segment]) -> tuple[Segment, ...]:
    """Whole lines from pieces that lie on one another or end to end."""
    out: list[Segment] = []
    segments.sort()
    start = 0
    for index in range(1, len(segments) + 1):
        if index < len(segments) and segments[index][0] - segments[start][0] <= _NEAR:
            continue
        group = sorted(segments[start:index], key=lambda s: s[1])
        at = sum(s[0] for s in group) / len(group)
        low, high = group[0][1], group[0][2]
        for _, begin, end in group[1:]:
            if begin - high > _GAP:
                out.append((at, low, high))
                low, high = begin, end
            else:
                high = max(high, end)
        out.append((at, low, high))
        start = index
    return tuple(s for s in out if s[2] - s[1] >= _SHORT)[:MOST_RULES]


class _Budget:
    """What may still be looked at."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self) -> bool:
        self.left -= 1
        return self.left >= 0


def _path_edges(path: Path, frame: Frame, budget: _Budget) -> Iterable[tuple[Point, Point]]:
    """Edges of a stroked path; of a filled one the middle lines of its thin boxes and the outlines of its frames."""
    handle, (left, bottom, right, top), placed = path
    if right - left < _SMALL and top - bottom < _SMALL:
        return ()
    native.draw_mode(handle, _FIRST, _SECOND)
    filled, stroked = _FOUND
    if not stroked and not filled:
        return ()
    matrix = frame.matrix if placed is IDENTITY else times(placed, frame.matrix)
    (ax, ay), (bx, by) = _moved(matrix, left, bottom), _moved(matrix, right, top)
    box = (ax if ax < bx else bx, ay if ay < by else by, bx if ax < bx else ax, by if ay < by else ay)
    if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
        return (_spine(box),)
    return _corner_edges(handle, times(matrix_of(handle), matrix), bool(stroked), budget)


def _corner_edges(handle: int, matrix: Matrix, stroked: bool, budget: _Budget) -> Iterator[tuple[Point, Point]]:
    """Edges of a path that is no single line, from its corners."""
    boxes: list[tuple[float, float, float, float]] = []
    for points, closed in _subpaths(handle, matrix, budget):
        if stroked:
            yield from zip(points, points[1:], strict=False)
            if closed and len(points) > 2:
                yield points[-1], points[0]
        elif len(points) > 1:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    for box in boxes:
        left, top, right, bottom = box
        if min(right - left, bottom - top) <= _THIN:
            yield _spine(box)
        elif any(_frames(box, other) for other in boxes if other is not box):
            corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
            yield from zip(corners, corners[1:], strict=False)


def _moved(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _spine(box: tuple[float, float, float, float]) -> tuple[Point, Point]:
    """Middle line of a thin box."""
    left, top, right, bottom = box
    if right - left >= bottom - top:
        return (left, (top + bottom) / 2), (right, (top + bottom) / 2)
    return ((left + right) / 2, top), ((left + right) / 2, bottom)


def _frames(outer: tuple[float, float, float, float], inner: tuple[float, float, float, float]) -> bool:
    """Whether two boxes, one just inside the other, are the two sides of a drawn frame."""
    gaps = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
    return all(0 <= gap <= _THIN for gap in gaps) and any(gaps)


def _subpaths(path: int, matrix: Matrix, budget: _Budget) -> Iterator[tuple[list[Point], bool]]:
    """Corners of each part of a path, and whether it is closed; a curve counts as its end point alone."""
    a, b, c, d, e, f = matrix
    points: list[Point] = []
    closed = False
    for index in range(max(0, native.segment_count(path))):
        if not budget.take():
            break
        segment = native.path_segment(path, index)
        native.segment_point(segment, _FIRST, _SECOND)
        kind = native.segment_kind(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points, closed
            points, closed = [], False
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO and len(points) > 1:
            yield points, False
            points = []
        x, y = _POINT.unpack_from(_FOUND)
        points.append((a * x + c * y + e, b * x + d * y + f))
        closed = closed or bool(native.segment_closes(segment))
    if len(points) > 1:
        yield points, closed
