"""The document as every reader hands it on: text, sections, passages of running text, tables.

No later stage can tell from a `Document` which file format it came from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from gouji.model.quick import quick
from gouji.model.spans import OffsetMap, Span
from gouji.model.values import Value


class PassageKind(StrEnum):
    """What a passage is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CELL = "cell"  # running text inside a table cell: a goal, an indicator's wording, a reason for a deviation
    CAPTION = "caption"  # title, unit line or note of a table


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Section:
    """A section by its heading.

    `start` and `end` run from the heading to the next heading of the same or a higher level.

    `level` counts from 1 (第一部分), 2 (一、), 3 (（一）), 4 (1.); `title` is the heading without its number.
    """

    id: str
    title: str
    level: int
    start: int
    end: int
    page: int | None = None
    number: str = ""
    parent: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of running text as the extractors see it.

    Parameters
    ----------
    id : str
        ``p12``, in document order.
    kind : PassageKind
    text : str
        The stretch with line breaks joined and characters folded one to one (full width, traditional script);
        what extractors match.
    offsets : OffsetMap
        From positions in `text` to offsets in `Document.text`.
    section : str or None
        Id of the innermost section.
    cell : str or None
        Address ``t5.r14.c8`` if the passage is (part of) a table cell.
    page : int or None
    box : Box or None
        On that page.
    """

    id: str
    kind: PassageKind
    text: str
    offsets: OffsetMap
    section: str | None = None
    cell: str | None = None
    page: int | None = None
    box: Box | None = None

    @property
    def span(self) -> Span:
        """Where the passage stands in `Document.text`."""
        return self.offsets.to_source(Span(0, len(self.text)))


class Blank(StrEnum):
    """How a cell without a number is empty; never the same as zero."""

    EMPTY = "empty"
    DASH = "dash"  # -, —, --, /
    NOT_BLANK = ""


@quick
@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell.

    `r` and `c` count from 1 in the restored grid; `seq` is the position in the flattened row where the source
    is flattened. `start` and `end` are offsets in `Document.text`, None for a cell that only the layout
    implies. `value` is set where the cell holds one number, and then carries the unit. `row_path` and
    `col_path` are the header texts, outermost first, white space removed. `role` is ``header``, ``label``,
    ``number``, ``text`` or ``blank``.
    """

    r: int
    c: int
    text: str
    start: int | None = None
    end: int | None = None
    rowspan: int = 1
    colspan: int = 1
    seq: int | None = None
    logical_c: int | None = None
    value: Value | None = None
    row_path: tuple[str, ...] = ()
    col_path: tuple[str, ...] = ()
    role: str = "text"
    blank: Blank = Blank.NOT_BLANK
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True)
class Table:
    """A table as a grid with header paths.

    `kind` is an id of ``resources/table_kinds.yaml`` (``income_expenditure_summary``, ``self_evaluation``, …)
    or ``other``; `unit` is the unit line (``万元``), None where there is none. `start` and `end` cover title to
    last cell. `year` is the fiscal year its title or unit line names. `attributes` holds what a kind knows of
    itself (a self-evaluation form: ``project``).
    """

    id: str
    title: str
    kind: str
    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    unit: str | None = None
    page: int | None = None
    section: str | None = None
    start: int | None = None
    end: int | None = None
    year: int | None = None
    attributes: dict[str, str] = field(default_factory=dict)

    def address(self, cell: Cell) -> str:
        """Address of a cell, ``t5.r14.c8``."""
        return f"{self.id}.r{cell.r}.c{cell.c}"

    @cached_property
    def grid(self) -> dict[tuple[int, int], Cell]:
        """Cells by (row, column), merged cells under every position that they cover."""
        return {
            (r, c): cell
            for cell in self.cells
            for r in range(cell.r, cell.r + cell.rowspan)
            for c in range(cell.c, cell.c + cell.colspan)
        }

    def row(self, r: int) -> list[Cell]:
        """Cells that begin in row `r`, by column."""
        return sorted((cell for cell in self.cells if cell.r == r), key=lambda cell: cell.c)

    def numbers(self) -> Iterator[Cell]:
        """Cells that hold a number, in order."""
        return (cell for cell in self.cells if cell.value is not None)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of tables that was read beside the narrative: its name, hash, media type, and the ids of its tables."""

    name: str
    sha256: str
    media: str
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A report as read.

    `text` is canonical: the content of a text file with universal newlines, for other formats what the reader
    produced. All offsets are code points in it. `kind` is ``final_accounts``, ``budget``, ``three_public`` or
    ``other``. `warnings` are sentences about what the reader met and could not use. `name`, `sha256` and `media` are
    those of the narrative where tables of other files were attached.
    """

    name: str
    sha256: str
    media: str
    text: str
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    tables: tuple[Table, ...] = ()
    organisation: str | None = None
    fiscal_year: int | None = None
    kind: str = "other"
    warnings: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @cached_property
    def passage_of(self) -> dict[str, Passage]:
        """Passages by id."""
        return {p.id: p for p in self.passages}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """Sections by id."""
        return {s.id: s for s in self.sections}

    @cached_property
    def table_of(self) -> dict[str, Table]:
        """Tables by id."""
        return {t.id: t for t in self.tables}

    @cached_property
    def _starts(self) -> list[int]:
        return [p.span.start for p in self.passages]

    def passage_at(self, span: Span) -> Passage | None:
        """Find the passage that holds the whole of `span`, if one does."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0:
            return None
        passage = self.passages[at]
        return passage if passage.span.contains(span) else None

    @cached_property
    def _cells(self) -> list[tuple[int, int, str]]:
        placed = ((c.start, c.end, t.address(c)) for t in self.tables for c in t.cells)
        return sorted((start, end, address) for start, end, address in placed if start is not None and end is not None)

    def address_at(self, span: Span) -> str | None:
        """Find the address of the cell that holds the whole of `span`, if one does."""
        at = bisect_right(self._cells, (span.start, len(self.text) + 1, "")) - 1
        if at < 0:
            return None
        start, end, address = self._cells[at]
        return address if start <= span.start and span.end <= end and start < end else None

    def cell_at(self, address: str) -> Cell | None:
        """Find the cell at ``t5.r14.c8``."""
        table, row, column = address.split(".")
        found = self.table_of.get(table)
        return found.grid.get((int(row[1:]), int(column[1:]))) if found else None

    def heading_chain(self, section: str | None) -> list[Section]:
        """Sections from the outermost to `section`."""
        if section is None:
            return []
        known = self._chains.get(section)
        if known is None:
            found = self.section_of[section]
            known = self._chains[section] = [*self.heading_chain(found.parent), found]
        return known

    @cached_property
    def _chains(self) -> dict[str, list[Section]]:
        return {}
