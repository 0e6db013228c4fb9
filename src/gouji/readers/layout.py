"""What a reader of a laid-out format hands to `compose`: paragraphs and grids in reading order, pages and boxes kept.

A reader of PDF, DOCX, HTML or XLSX knows its format and nothing of reports: it says what stands where. `compose` knows
reports and nothing of formats: it writes the canonical text, finds headings, captions and table heads, reads header
paths and values, and makes the `Document`.
"""

from __future__ import annotations

from dataclasses import dataclass

from gouji.model.document import Box


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph.

    Parameters
    ----------
    text : str
        Soft wraps of the page joined, a line break that the author set kept as a newline. Not folded: canonical text
        has the characters of the source.
    page : int or None
        Page that it begins on, from 1.
    box : Box or None
        On that page.
    heading : int or None
        Level of a heading that the format itself marks (a style, ``<h2>``), from 1, 0 for the title of the whole;
        None where it says nothing.
    """

    text: str
    page: int | None = None
    box: Box | None = None
    heading: int | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: row and column from 0, extent, text with a newline between its paragraphs."""

    r: int
    c: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table as laid out: every position is covered by exactly one cell, merged cells stand at their first position.

    `title` is a name that the format itself gives the table (a sheet's name, ``<caption>``), "" where there is none.
    Paragraphs above it (title, unit line) are ordinary `TextBlock`s.
    """

    cells: tuple[GridCell, ...]
    n_rows: int
    n_cols: int
    page: int | None = None
    box: Box | None = None
    title: str = ""


Block = TextBlock | TableBlock


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole file in reading order, with sentences about what was met and could not be used."""

    blocks: tuple[Block, ...]
    media: str
    warnings: tuple[str, ...] = ()
