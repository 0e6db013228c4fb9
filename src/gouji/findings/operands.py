"""How a figure that takes part in a finding is quoted: its name, its words and where a reader finds it."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.findings.model import Operand
from gouji.model.document import Document
from gouji.model.outcomes import Analysis
from gouji.model.places import ADDRESS, mention_of, place_of, place_of_span
from gouji.model.printing import written, written_cell
from gouji.model.spans import Span
from gouji.resources.wording import word

BEFORE, AFTER = 32, 12
"""Characters of the passage that are quoted on the two sides of a figure."""
STOPS = "。；！？"


def operand(analysis: Analysis, reference: str) -> Operand:
    """Describe a fact, a mention or a cell by its reference."""
    place = place_of(analysis, reference)
    if ADDRESS.fullmatch(reference):
        cell = analysis.document.cell_at(reference)
        if cell is None:
            return Operand(reference, "", "", place)
        name = place.row if place else ""
        return Operand(reference, name, written_cell(cell), place, "", cell.start, cell.end)
    mention = mention_of(analysis, reference)
    fact = analysis.fact_of.get(reference)
    name = _name(fact.path, fact.measure) if fact else ""
    if mention is None:
        return Operand(reference, name, "", place)
    quote = quoted(analysis.document, mention.span)
    return Operand(
        reference, name, written(analysis.document, mention), place, quote, mention.span.start, mention.span.end
    )


def words_at(document: Document, span: Span, name: str = "", page: int | None = None) -> Operand:
    """Describe a stretch of the document's text."""
    words = "".join(document.text[span.start : span.end].split())
    place = place_of_span(document, span, page)
    return Operand(f"@{span.start}", name, words, place, quoted(document, span), span.start, span.end)


def quoted(document: Document, span: Span) -> str:
    """Words around a stretch of text, within its sentence; an ellipsis where they are cut.

    Cells are not quoted: a figure that fills its cell has no words around it.
    """
    passage = document.passage_at(span)
    if passage is None:
        return ""
    local = passage.offsets.to_target(span)
    text = passage.text
    begin = max((text.rfind(stop, 0, local.start) for stop in STOPS), default=-1) + 1
    ends = [at for stop in STOPS if (at := text.find(stop, local.end)) >= 0]
    end = min(ends, default=len(text) - 1) + 1
    low, high = max(begin, local.start - BEFORE), min(end, local.end + AFTER)
    words = "".join(text[low:high].split())
    return f"{'…' if low > begin else ''}{words}{'…' if high < end else ''}"


def _name(path: Sequence[str], measure: str) -> str:
    kind = word("measure", measure)
    return f"{path[-1]}（{kind}）" if path else kind
