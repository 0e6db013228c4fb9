"""What a check of form gives back: a place, the words there and what they should be, or why nothing can be said."""

from __future__ import annotations

from dataclasses import dataclass

from gouji.model.document import Cell, Document, Passage
from gouji.model.spans import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that a reader of proofs marks.

    `span` counts in the document's text; `words` stand there; `right` is what should stand there, empty where nothing
    can be said; `other` is what the words contradict; `operands` are facts or cells that the words belong to; `more`
    counts the same slip elsewhere.
    """

    span: Span
    words: str
    page: int | None = None
    right: str = ""
    operands: tuple[str, ...] = ()
    other: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class Unmarked:
    """Why a check could not be answered."""

    reason: str


def mark(document: Document, passage: Passage, local: Span, right: str = "", operands: tuple[str, ...] = ()) -> Mark:
    """Mark a stretch of a passage."""
    span = passage.offsets.to_source(local)
    return Mark(span, words_of(document, span), passage.page, right, operands)


def mark_cell(document: Document, cell: Cell, page: int | None, right: str = "", address: str = "") -> Mark | None:
    """Mark a cell that stands in the document's text."""
    if cell.start is None or cell.end is None:
        return None
    span = Span(cell.start, cell.end)
    return Mark(span, words_of(document, span), cell.page or page, right, (address,) if address else ())


def words_of(document: Document, span: Span) -> str:
    """Words of a stretch of the document; runs of white space, which may be an empty slot, become one blank."""
    return " ".join(document.text[span.start : span.end].split())
