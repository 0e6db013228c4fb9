"""Ruled tables: the characters of a page put into the cells of its lattices."""

from __future__ import annotations

import math
from bisect import bisect_right

from gouji.model.document import Box
from gouji.readers.pdf.glyphs import MIDDLE, Glyph
from gouji.readers.pdf.grid import PdfCell, PdfTable
from gouji.readers.pdf.lattice import Lattice
from gouji.readers.pdf.lines import lines_of
from gouji.readers.pdf.rows import part_rows

MOST_GRIDS = 60
"""Grids looked at on one page, the largest; charts and drawings have any number of small ones."""
_FOLLOWS = 0.3  # ems; characters with a smaller gap are one run and stay in one cell though it runs over a border


def ruled_tables(glyphs: list[Glyph], grids: list[Lattice], page: int) -> tuple[list[PdfTable], list[Glyph]]:
    """Tables of a page, and the characters that stand outside them.

    Parameters
    ----------
    glyphs : list of Glyph
    grids : list of Lattice
        The smallest first: a character belongs to the innermost.
    page : int
    """
    tables: list[PdfTable] = []
    left = glyphs
    for grid in grids[-MOST_GRIDS:]:
        x0, x1, y0, y1 = grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1]
        inside: list[Glyph] = []
        outside: list[Glyph] = []
        for glyph in left:
            _, begin, end, base, em = glyph
            within = y0 <= base - MIDDLE * em <= y1 and x0 <= (begin + end) / 2 <= x1
            (inside if within else outside).append(glyph)
        if any(not glyph.text.isspace() for glyph in inside) or not _encloses(grid, tables):
            tables.append(part_rows(_table(inside, grid, page)))
            left = outside
    return tables, left


def _encloses(grid: Lattice, tables: list[PdfTable]) -> bool:
    """Whether a grid is nothing but the frame of tables that were found within it."""
    return any(
        grid.xs[0] <= table.box.left + 3 and table.box.right <= grid.xs[-1] + 3
        and grid.ys[0] <= table.box.top + 3 and table.box.bottom <= grid.ys[-1] + 3
        for table in tables
    )  # fmt: skip


def _table(glyphs: list[Glyph], grid: Lattice, page: int) -> PdfTable:
    owner: dict[tuple[int, int], int] = {}
    for index, (r, c, height, width) in enumerate(grid.cells):
        for i in range(r, r + height):
            for j in range(c, c + width):
                owner[i, j] = index
    content: list[list[Glyph]] = [[] for _ in grid.cells]
    for run, cells in _runs(glyphs, grid, owner):
        first = cells[0]
        most = first if cells.count(first) * 2 > len(cells) else max(set(cells), key=lambda i: (cells.count(i), -i))
        content[most] += run
    xs, ys = [round(x, 2) for x in grid.xs], [round(y, 2) for y in grid.ys]
    cells_out = [
        PdfCell(r, c, height, width, lines_of(content[i]), page, Box(xs[c], ys[r], xs[c + width], ys[r + height]))
        for i, (r, c, height, width) in enumerate(grid.cells)
    ]
    return PdfTable(grid.xs, grid.n_rows, cells_out, page, Box(xs[0], ys[0], xs[-1], ys[-1]))


def _runs(glyphs: list[Glyph], grid: Lattice, owner: dict[tuple[int, int], int]) -> list[tuple[list[Glyph], list[int]]]:
    """Characters that belong together, each run with the cells under its characters."""
    out: list[tuple[list[Glyph], list[int]]] = []
    row, height = -1, -1.0
    xs, ys, columns, rows = grid.xs, grid.ys, grid.n_cols - 1, grid.n_rows - 1
    last: Glyph | None = None
    here, end, line = -1, 0.0, math.nan
    run: list[Glyph] = []
    cells: list[int] = []
    for glyph in glyphs:
        _, x0, x1, base, em = glyph
        middle = base - MIDDLE * em
        if middle != height:
            row, height = min(bisect_right(ys, middle) - 1, rows), middle
        cell = owner[row, min(bisect_right(xs, (x0 + x1) / 2) - 1, columns)]
        if (
            last is not None
            and -0.2 < base - line < 0.2
            and -0.5 * em <= x0 - end <= _FOLLOWS * em
            and (cell == here or not _border_between(last, glyph, grid))
        ):
            run.append(glyph)
            cells.append(cell)
        else:
            run, cells = [glyph], [cell]
            out.append((run, cells))
        last, here, end, line = glyph, cell, x1, base
    return out


def _border_between(left: Glyph, right: Glyph, grid: Lattice) -> bool:
    """Whether an edge of a column stands in the gap between two characters, neither of which it cuts."""
    slack = 0.1 * right.em
    return right.x0 - left.x1 > slack and any(left.x1 - slack <= x <= right.x0 + slack for x in grid.xs)
