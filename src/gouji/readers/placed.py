"""Cells on the grid of their table."""

from __future__ import annotations

from dataclasses import dataclass

from gouji.readers.cells import RawCell
from gouji.readers.columns import Column


@dataclass(slots=True)
class Placed:
    """A cell on the grid: row and column from 0, extent, position in the flattened row from 1."""

    r: int
    c: int
    raw: RawCell
    seq: int
    colspan: int = 1
    rowspan: int = 1
    above: Placed | None = None  # the cell that this blank one continues

    @property
    def origin(self) -> Placed:
        """The cell itself, or the one that it continues."""
        return self.above.origin if self.above is not None else self


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its cells placed.

    `rows` lists the cells of each row from left to right, continuations included; `header` counts the header rows,
    `markers` holds those rows that only number the columns.
    """

    rows: list[list[Placed]]
    count: int
    header: int
    markers: frozenset[int]
    kinds: list[Column]
    halves: list[int]
