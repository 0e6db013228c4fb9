"""Rows of a ruled table that no line parts: figures below one another in one cell are as many rows."""

from __future__ import annotations

from dataclasses import replace

from gouji.model.document import Box
from gouji.readers.pdf.grid import PdfCell, PdfTable
from gouji.readers.pdf.lines import Line, line_of
from gouji.readers.pdf.wrapping import has_room, is_figure

_LEVEL = 2.0  # points that the lines of one row may differ in height
_AGREE = 2  # cells that must have their lines at the same heights


def part_rows(table: PdfTable) -> PdfTable:
    """Part the rows of a table in which several rows were drawn between two lines.

    Returns
    -------
    PdfTable
        The table itself where every row is one.
    """
    if not any(_is_stack(cell) for cell in table.cells):
        return table
    merged = {r for cell in table.cells if cell.rowspan > 1 for r in range(cell.r, cell.r + cell.rowspan)}
    cells: list[PdfCell] = []
    shift, parted = 0, False
    for r in range(table.n_rows):
        row = [cell for cell in table.cells if cell.r == r]
        bases = [] if r in merged else _bases(row)
        if len(bases) < 2:
            cells += [replace(cell, r=cell.r + shift) for cell in row]
            continue
        parted = True
        for cell in row:
            cells += _parts(cell, bases, shift)
        shift += len(bases) - 1
    if not parted:
        return table
    return PdfTable(table.xs, table.n_rows + shift, cells, table.page, table.box)


def _bases(row: list[PdfCell]) -> list[float]:
    """Heights of the rows that are drawn in one row of the grid; empty if it is one row."""
    stacks = [[line.base for line in cell.lines] for cell in row if _is_stack(cell)]
    if not stacks:
        return []
    bases = max(stacks, key=len)
    agreeing = [cell for cell in row if len(cell.lines) == len(bases) and _level(cell.lines, bases)]
    return bases if len(agreeing) >= _AGREE else []


def _is_stack(cell: PdfCell) -> bool:
    """Whether a cell holds figures one below the other, each of which had room to be longer."""
    lines = cell.lines
    if len(lines) < 2 or not all(is_figure(line.text) for line in lines):
        return False
    return all(has_room(a, cell.box.right, line_of(b.glyphs[:2])) for a, b in zip(lines, lines[1:], strict=False))


def _level(lines: list[Line], bases: list[float]) -> bool:
    return all(abs(line.base - base) <= _LEVEL for line, base in zip(lines, bases, strict=True))


def _parts(cell: PdfCell, bases: list[float], shift: int) -> list[PdfCell]:
    """Cells that a cell falls into, each line at the nearest height."""
    lines: list[list[Line]] = [[] for _ in bases]
    for line in cell.lines:
        lines[min(range(len(bases)), key=lambda i: abs(bases[i] - line.base))].append(line)
    edges = [cell.box.top, *((a + b) / 2 for a, b in zip(bases, bases[1:], strict=False)), cell.box.bottom]
    return [
        PdfCell(
            cell.r + shift + i, cell.c, 1, cell.colspan, lines[i], cell.page,
            Box(cell.box.left, round(edges[i], 2), cell.box.right, round(edges[i + 1], 2)),
        )
        for i in range(len(bases))
    ]  # fmt: skip
