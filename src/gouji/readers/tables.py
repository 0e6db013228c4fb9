"""Grids to tables: header paths, values, roles, kind."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gouji.model.document import Blank, Cell
from gouji.model.values import Value
from gouji.readers.cell_values import bare, blank_of, clean, in_place, stated_unit
from gouji.readers.cells import RawTable
from gouji.readers.columns import Column
from gouji.readers.grids import build_grid
from gouji.readers.placed import Grid, Placed
from gouji.resources.table_kinds import load

_STUBS = (Column.LABEL, Column.CODE, Column.MARKER)
_NUMBER, _CODE = Column.NUMBER, Column.CODE
_NOT_BLANK = Blank.NOT_BLANK


def grid_cells(raw: RawTable, unit: str | None) -> tuple[tuple[Cell, ...], int, tuple[str, ...]]:
    """Cells of a table on its restored grid.

    Parameters
    ----------
    raw : RawTable
    unit : str or None
        Unit line of the table.

    Returns
    -------
    tuple
        The cells in order of row and column, the number of columns, and the header texts.
    """
    grid = build_grid(raw)
    paths = _column_paths(grid)
    rows = _RowPaths(grid)
    kinds, halves = grid.kinds, grid.halves
    of_units = _unit_columns(kinds, paths)
    cells: list[Cell] = []
    for index, placed in enumerate(grid.rows):
        if index < grid.header:
            cells += [_cell(p, role="header" if not p.raw.blank else "blank") for p in placed if p.above is None]
            continue
        by_half = rows.read(placed)
        units = _row_units(placed, halves, of_units) if of_units else {}
        for p in placed:
            if p.above is not None:
                continue
            column = p.c
            kind = kinds[column]
            if kind in _STUBS:
                cells.append(_cell(p, role="blank" if p.raw.blank else "label"))
                continue
            half = halves[column]
            row_path = by_half.get(half, ())
            cells.append(_data_cell(p, row_path, paths[column], unit, units.get(half), kind))
    headers = tuple(clean(p.raw.text) for row in grid.rows[: grid.header] for p in row if not p.raw.blank)
    return tuple(cells), grid.count, headers


def _cell(placed: Placed, role: str) -> Cell:
    """Header or label cell."""
    raw = placed.raw
    return Cell(
        placed.r + 1, placed.c + 1, raw.text, raw.start, raw.end, placed.rowspan, placed.colspan, placed.seq,
        None, None, (), (), role, blank_of(raw.text),
    )  # fmt: skip


def _data_cell(
    placed: Placed,
    row_path: tuple[str, ...],
    col_path: tuple[str, ...],
    unit: str | None,
    row_unit: str | None,
    kind: Column,
) -> Cell:
    """Cell of a number column or of a column of running text."""
    raw = placed.raw
    found, value, blank = bare(raw.text), None, _NOT_BLANK
    if isinstance(found, Value):
        value = in_place(found, col_path, row_path, unit, row_unit) if kind is _NUMBER else None
    elif found is not None:
        blank = found
    role = "number" if value is not None else "blank" if blank else "text"
    return Cell(
        placed.r + 1, placed.c + 1, raw.text, raw.start, raw.end, placed.rowspan, placed.colspan, placed.seq,
        None, value, row_path, col_path, role, blank,
    )  # fmt: skip


def _column_paths(grid: Grid) -> list[tuple[str, ...]]:
    """Header texts over each column, outermost first; rows that number the columns left out."""
    paths: list[list[str]] = [[] for _ in range(grid.count)]
    for index in range(grid.header):
        if index in grid.markers:
            continue
        for placed in grid.rows[index]:
            text = clean(placed.raw.text)
            if text:
                for column in range(placed.c, min(placed.c + placed.colspan, grid.count)):
                    if text not in paths[column][-1:]:  # a merged cell that a format writes out row by row
                        paths[column].append(text)
    return [tuple(path) for path in paths]


class _RowPaths:
    """Header paths of the rows, half by half; codes of the classification give the rows above a row."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.half_count = max(grid.halves, default=0) + 1
        self.open: dict[int, list[tuple[str, str]]] = {}  # by half: (code, name) of the rows above
        self.codes: dict[int, list[str]] = {}  # by half: codes of the last row, column by column

    def read(self, placed: list[Placed]) -> dict[int, tuple[str, ...]]:
        """Row path for each half of a data row."""
        labels: dict[int, list[str]] = {}
        codes: dict[int, list[str]] = {}
        kinds, halves = self.grid.kinds, self.grid.halves
        for p in placed:
            kind = kinds[p.c]
            if kind not in _STUBS:
                continue
            text = clean(p.origin.raw.text)
            if kind is _CODE and (not text or text.isdigit()):
                codes.setdefault(halves[p.c], []).append(text)
            elif text:
                for covered in dict.fromkeys(halves[p.c : p.c + p.colspan]):
                    labels.setdefault(covered, []).append(text)
        out: dict[int, tuple[str, ...]] = {}
        for half in range(self.half_count):
            words = labels.get(half, [])
            code = self._code(half, codes.get(half, []))
            out[half] = (*self._above(half, code, words), *words)
        return out

    def _code(self, half: int, parts: list[str]) -> str:
        """Code of a row; where 类, 款 and 项 have a column each, blanks on the left repeat the row above."""
        if len(parts) > 1:
            above = self.codes.get(half, [])
            first = next((i for i, part in enumerate(parts) if part), len(parts))
            if first < len(parts) and len(above) == len(parts):
                parts = [*above[:first], *parts[first:]]
            self.codes[half] = parts
        return "".join(parts)

    def _above(self, half: int, code: str, words: list[str]) -> list[str]:
        """Names of the rows whose codes begin this row's code."""
        if not code or not words:
            return []
        stack = self.open.setdefault(half, [])
        while stack and not (code.startswith(stack[-1][0]) and code != stack[-1][0]):
            stack.pop()
        names = [name for _, name in stack]
        stack.append((code, words[0]))
        return names


def _unit_columns(kinds: list[Column], paths: list[tuple[str, ...]]) -> frozenset[int]:
    """Columns that state the unit of each row: 计量单位."""
    words, label = load().words.unit_column, Column.LABEL
    return frozenset(
        column
        for column, (kind, path) in enumerate(zip(kinds, paths, strict=True))
        if path and kind is label and path[-1] in words
    )


def _row_units(placed: list[Placed], halves: list[int], columns: frozenset[int]) -> dict[int, str]:
    """Units that such columns state for a row, by half."""
    units: dict[int, str] = {}
    for p in placed:
        if p.c in columns:
            unit = stated_unit([clean(p.raw.text)], in_brackets=False)
            if unit:
                units[halves[p.c]] = unit
    return units


def table_year(texts: Iterable[str]) -> int | None:
    """Fiscal year that the head of a table names."""
    for text in texts:
        found = re.search(r"((?:19|20)\d{2})\s*年", text)
        if found:
            return int(found[1])
    return None
