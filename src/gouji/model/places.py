"""Where something stands in a document, as a reader would look for it: section and line, or table, row and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from gouji.model.document import Cell, Document, Table
from gouji.model.facts import Mention
from gouji.model.outcomes import Analysis
from gouji.model.spans import Span

ADDRESS = re.compile(r"t\d+\.r\d+\.c\d+")
LINE_NUMBER = re.compile(r"[\d\s]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document.

    `section` holds the headings from the outermost; `line` counts from 1 in the canonical text and is None for
    documents without a text offset; `address` is ``t5.r14.c8`` where the place is a table cell, and `table`,
    `row` and `column` then name the table and the innermost labels of its row and its column.
    """

    section: tuple[str, ...] = ()
    line: int | None = None
    page: int | None = None
    address: str | None = None
    table: str = ""
    row: str = ""
    column: str = ""

    def __str__(self) -> str:
        """Give the place in words, of the headings the two innermost.

        Examples
        --------
        >>> str(Place(section=("部门决算情况说明", "收入决算说明"), line=41))
        '部门决算情况说明 › 收入决算说明，第41行'
        >>> str(Place(address="t2.r9.c3", table="收入决算表", row="合计", page=7))
        '表2《收入决算表》第9行“合计”第3列，第7页'
        >>> str(Place(address="t2.r9.c3", table="收入决算表", row="合计", column="事业收入"))
        '表2《收入决算表》第9行“合计”第3列“事业收入”'
        """
        parts = []
        if self.address:
            number, row, column = (part[1:] for part in self.address.split("."))
            title = f"《{self.table}》" if self.table else ""
            label, heading = (f"“{words}”" if words else "" for words in (self.row, self.column))
            parts.append(f"表{number}{title}第{row}行{label}第{column}列{heading}")
        else:
            if self.section:
                parts.append(" › ".join(self.section[-2:]))
            if self.line is not None:
                parts.append(f"第{self.line}行")
        if self.page is not None:
            parts.append(f"第{self.page}页")
        return "，".join(parts) or "全文"


def place_of_span(document: Document, span: Span, page: int | None = None) -> Place:
    """Find the section, the line and, inside a table, the cell of a stretch of the document's text."""
    passage = document.passage_at(span)
    cell = passage.cell if passage is not None else document.address_at(span)
    if cell is not None:
        return place_of_cell(document, cell)
    section = passage.section if passage is not None else None
    titles = tuple(s.title for s in document.heading_chain(section) if s.title)
    return Place(titles, line_of(document.text, span.start), page or (passage.page if passage else None))


def place_of_cell(document: Document, address: str) -> Place:
    """Find the table and the row's label of a cell address; the bare address where no such cell exists."""
    table = document.table_of.get(address.split(".")[0])
    cell = document.cell_at(address)
    line = line_of(document.text, cell.start) if cell is not None and cell.start is not None else None
    return Place(
        line=line,
        page=(cell.page if cell is not None else None) or (table.page if table else None),
        address=address,
        table=_short(table.title) if table else "",
        row=row_label(table, cell) if table and cell else "",
        column=column_label(cell) if cell else "",
    )


def place_of(analysis: Analysis, reference: str) -> Place | None:
    """Find the place of a mention, a fact or a cell by its id; None where the analysis has no such thing."""
    if ADDRESS.fullmatch(reference):
        return place_of_cell(analysis.document, reference)
    mention = mention_of(analysis, reference)
    return place_of_span(analysis.document, mention.span, mention.page) if mention else None


def mention_of(analysis: Analysis, reference: str) -> Mention | None:
    """Find the mention that an id means: a mention itself, or a fact's figure."""
    fact = analysis.fact_of.get(reference)
    return analysis.mention_of.get(fact.figure if fact else reference)


def row_label(table: Table, cell: Cell) -> str:
    """Words by which a reader finds the row: its header path without line numbers, or its first cell with words."""
    words = [w for w in cell.row_path if not LINE_NUMBER.fullmatch(w)]
    if words:
        return _short(words[-1])
    for other in table.row(cell.r):
        if other.c != cell.c and other.value is None and not LINE_NUMBER.fullmatch(other.text):
            return _short("".join(other.text.split()))
    return ""


def column_label(cell: Cell) -> str:
    """Words by which a reader finds the column of a figure: its innermost heading that is no number."""
    if cell.value is None:
        return ""
    words = [w for w in cell.col_path if not LINE_NUMBER.fullmatch(w)]
    return _short(words[-1]) if words else ""


def line_of(text: str, offset: int) -> int:
    r"""Line of an offset, counted from 1.

    Examples
    --------
    >>> line_of("a\nb\nc", 2)
    2
    """
    return bisect_right(_line_starts(text), offset)


@lru_cache(maxsize=4)
def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(m.end() for m in re.finditer("\n", text)))


def _short(words: str, most: int = 30) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else words[: most - 1] + "…"
