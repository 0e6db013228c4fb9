"""The document's text as blocks of marked segments: what the page shows, nothing of HTML yet.

Mentions may nest (a cause holds amounts), so a text is cut at every border of a mention; each segment knows all
mentions that cover it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from gouji.model.document import Cell, Document, Passage, PassageKind, Table
from gouji.model.facts import Mention
from gouji.model.outcomes import Analysis
from gouji.model.places import line_of
from gouji.model.spans import Span

LONGEST = 20_000  # characters of one block on the page; a text of one endless line is cut there, and says so
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
BREAK = re.compile(r"[ \t\u3000]*\n\s*")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text, the mentions that cover it (outermost first) and those that begin with it."""

    text: str
    mentions: tuple[Mention, ...] = ()
    first: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or paragraph (`segments`) or a table (`table`, `rows`).

    `level` is 1 to 6 for headings, 0 for all else; `start` is where a heading or paragraph begins in the text;
    `rest` counts the characters that were left out.
    """

    kind: str
    level: int = 0
    line: int | None = None
    start: int | None = None
    segments: tuple[Segment, ...] = ()
    rest: int = 0
    table: Table | None = None
    rows: tuple[tuple[tuple[Cell, tuple[Segment, ...]], ...], ...] = ()


class Marker:
    """Cuts stretches of a document at the borders of its mentions."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self.document = document
        self.mentions = sorted(mentions, key=lambda m: (m.span.start, -m.span.end))

    @cached_property
    def _starts(self) -> list[int]:
        return [m.span.start for m in self.mentions]

    def segments(self, span: Span) -> tuple[Segment, ...]:
        """Segments of `span`, which they cover in order; mentions that reach out of it are left unmarked."""
        low, high = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        inside = [m for m in self.mentions[low:high] if m.span.end <= span.end and len(m.span)]
        cuts = sorted({span.start, span.end, *(b for m in inside for b in (m.span.start, m.span.end))})
        begins: dict[int, list[Mention]] = {}
        for mention in inside:
            begins.setdefault(mention.span.start, []).append(mention)
        out: list[Segment] = []
        active: list[Mention] = []
        for start, end in zip(cuts, cuts[1:], strict=False):
            first = begins.get(start, [])
            active = [m for m in active if m.span.end > start] + first
            out.append(Segment(shown_text(self.document.text[start:end]), tuple(active), tuple(first)))
        return tuple(out)


def blocks(analysis: Analysis) -> list[Block]:
    """Headings, paragraphs and tables of the document, in its order."""
    document = analysis.document
    marker = Marker(document, analysis.mentions)
    levels = {s.start: s.level for s in document.sections}
    tables = sorted(document.tables, key=lambda t: (t.start is None, t.start or 0))
    placed: list[tuple[int, int, Block]] = []
    told = _told_by_tables(document, marker)
    for order, passage in enumerate(document.passages):
        if passage.cell is None and passage.id not in told:
            placed.append((passage.span.start, order, _passage(marker, passage, levels)))
    end = len(document.text)
    for order, table in enumerate(tables, start=len(placed)):
        at = end if table.start is None else table.start
        placed.append((_after_captions(table, at), order, _table(marker, table)))
    return [block for _, _, block in sorted(placed, key=lambda p: p[:2])]


def shown_text(text: str) -> str:
    """Text as the page shows it: Chinese lines are joined without a space between them."""
    return BREAK.sub("", clean(text))


def clean(text: str) -> str:
    """Text without the control characters that HTML does not allow."""
    return CONTROL.sub("\ufffd", text)


def _told_by_tables(document: Document, marker: Marker) -> set[str]:
    """Captions between a table's title and its first cell: the page's own heading of the table says the same."""
    out = set()
    ranges = sorted((t.start, _after_captions(t, t.start)) for t in document.tables if t.start is not None)
    starts = [start for start, _ in ranges]
    for passage in document.passages:
        if passage.kind is not PassageKind.CAPTION:
            continue
        at = bisect_right(starts, passage.span.start) - 1
        if at >= 0 and passage.span.end <= ranges[at][1] and not any(s.mentions for s in marker.segments(passage.span)):
            out.add(passage.id)
    return out


def _after_captions(table: Table, at: int) -> int:
    """Place a table at its first cell: its title and unit line are passages of their own and come before."""
    return min((c.start for c in table.cells if c.start is not None), default=at)


def _passage(marker: Marker, passage: Passage, levels: dict[int, int]) -> Block:
    span = passage.span
    shown = Span(span.start, min(span.end, span.start + LONGEST))
    heading = passage.kind is PassageKind.HEADING
    level = min(levels.get(span.start, 3) + 1, 6) if heading else 0
    line = line_of(marker.document.text, span.start)
    return Block(str(passage.kind), level, line, span.start, marker.segments(shown), span.end - shown.end)


def _table(marker: Marker, table: Table) -> Block:
    rows: list[list[tuple[Cell, tuple[Segment, ...]]]] = [[] for _ in range(table.n_rows)]
    for cell in sorted(table.cells, key=lambda c: (c.r, c.c)):
        if cell.start is not None and cell.end is not None:
            segments = marker.segments(Span(cell.start, min(cell.end, cell.start + LONGEST)))
        else:
            segments = (Segment(shown_text(cell.text)),)
        if 0 < cell.r <= table.n_rows:
            rows[cell.r - 1].append((cell, segments))
    return Block("table", table=table, rows=tuple(tuple(row) for row in rows))
