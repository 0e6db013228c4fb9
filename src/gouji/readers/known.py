"""Tables of known extents to grids: nothing is guessed but which rows and columns are header.

A row of such a table lists its cells from left to right, among them the places of cells that go on from above; what a
cell covers on its right has no place. Positions in it are those of the flattened row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gouji.model.document import Cell
from gouji.readers.cell_values import clean
from gouji.readers.cells import RawCell, RawTable, Row
from gouji.readers.columns import column_kinds, count_header_rows, halves, is_data_number, is_marker_row
from gouji.readers.placed import Grid, Placed
from gouji.resources.table_kinds import load

_HEADER_MOST = 6
_NOTHING = RawCell(None, None, "")


def known_grid(table: RawTable) -> Grid:
    """Place the cells of a table whose extents are known."""
    rows = table.rows
    placed = _place(rows)
    count = max((p.c + p.colspan for row in placed for p in row), default=0)
    header = _header_rows(rows)
    markers = frozenset(i for i in range(header) if is_marker_row(rows[i]))
    body = [row for row in rows[header:] if len(row) == count] or [_spread(row, count) for row in rows[header:]]
    kinds = column_kinds(body, _leaf_texts(placed, header, markers, count), count)
    return Grid(placed, count, header, markers, kinds, halves(kinds))


def _place(rows: tuple[Row, ...]) -> list[list[Placed]]:
    """Cells at their columns; what goes on from above knows its origin."""
    out: list[list[Placed]] = []
    above: dict[int, Placed] = {}
    for index, row in enumerate(rows):
        column = 0
        cells: list[Placed] = []
        for seq, cell in enumerate(row, start=1):
            origin = above.get(column) if cell.continues else None
            found = Placed(index, column, cell, seq, cell.width, 1 if cell.continues else cell.height, origin)
            above[column] = found
            cells.append(found)
            column += cell.width
        out.append(cells)
    return out


def _header_rows(rows: tuple[Row, ...]) -> int:
    """How many rows are header; where no number tells, those that the cells of the first row reach."""
    count = count_header_rows(rows)
    if any(is_data_number(cell.text) for row in rows[: _HEADER_MOST + 1] for cell in row):
        return count
    reach = max((cell.height for cell in rows[0]), default=1)
    return max(count, reach) if reach < len(rows) and reach <= _HEADER_MOST else count


def _spread(row: Row, count: int) -> Row:
    """Row with a place for each column, those on the right of a merged cell's first one blank."""
    out: list[RawCell] = []
    for cell in row:
        out += [cell, *[_NOTHING] * (cell.width - 1)]
    return (*out, *[_NOTHING] * (count - len(out)))


def _leaf_texts(placed: list[list[Placed]], header: int, markers: frozenset[int], count: int) -> list[str]:
    """Innermost header text of each column."""
    leaf = [""] * count
    for index in range(header):
        for cell in placed[index]:
            text = clean(cell.raw.text)
            if text and (index not in markers or text in load().words.code_column):
                leaf[cell.c : cell.c + cell.colspan] = [text] * cell.colspan
    return leaf


def on_grid(table: RawTable, cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Cells that were read at their positions in the flattened rows, at their columns; continuations drop out."""
    placed = {(p.r + 1, p.seq): p for row in _place(table.rows) for p in row}
    out: list[Cell] = []
    for cell in cells:
        found = placed[cell.r, cell.c]
        if found.above is None:
            out.append(replace(cell, c=found.c + 1, seq=found.seq, rowspan=found.rowspan, colspan=found.colspan))
    return tuple(out)
