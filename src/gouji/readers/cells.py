"""Rows of cells as they stand in the source, before the grid is restored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Carrier(StrEnum):
    """How a table is written into a text; says what a missing cell looks like."""

    FLATTENED = "flattened"  # merged cells are left out: positions in the row are all there is
    PADDED = "padded"  # every grid position has its place, merged cells leave theirs blank
    KNOWN = "known"  # the format states the extent of every cell; what goes on from the row above is said to


@dataclass(slots=True)  # not frozen: one is made for every cell, in a quarter of the time
class RawCell:
    """A cell of the source: its stretch, and its text as it stands.

    Leading blanks are indentation, trailing ones are dropped. `start` and `end` are None where the layout implies a
    cell that no character stands for. `width` is the number of columns that the cell visibly covers, `height` that of
    the rows; `continues` marks the place, in a row further down, of a cell that began above.
    """

    start: int | None
    end: int | None
    text: str
    width: int = 1
    height: int = 1
    continues: bool = False

    @property
    def blank(self) -> bool:
        """Whether the cell holds nothing but white space."""
        return not self.text or self.text.isspace()


Row = tuple[RawCell, ...]


@dataclass(frozen=True, slots=True)
class RawTable:
    """Rows of a table and the lines ``[first, last)`` that they came from."""

    carrier: Carrier
    rows: tuple[Row, ...]
    first: int
    last: int


def cell_of(text: str, start: int, end: int, *, keep_indent: bool = True) -> RawCell:
    """Cell for a stretch of the source: trailing blanks dropped, leading ones kept as indentation before words.

    A stretch of blanks alone is an empty cell at its start; before a number the blanks are no indentation.
    """
    if start == end:
        return RawCell(start, start, "")
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return RawCell(start, start, "")
    if len(stripped) == end - start:
        return RawCell(start, end, piece)
    end = start + len(piece.rstrip())
    lead = len(piece) - len(piece.lstrip())
    if not keep_indent or "\n" in piece[:lead] or stripped[0].isdigit():
        start += lead
    return RawCell(start, end, text[start:end])
