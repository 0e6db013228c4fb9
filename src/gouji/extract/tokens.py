"""Document -> tokens of its whole text: figures of passages and cells as single tokens, words between them."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.extract.figures import tag_figures
from gouji.model.document import Document
from gouji.model.facts import FIGURES, Mention
from gouji.model.spans import Span
from gouji.resources.gazetteer import fiscal_words
from gouji.text.tokenise import Token, tokenise


def tokenise_document(
    document: Document, figures: Sequence[Mention] | None = None, engine: str = "auto"
) -> list[Token]:
    """Cut the canonical text of a document into tokens.

    Parameters
    ----------
    document : Document
    figures : sequence of Mention, optional
        Mentions of the document, if they are there already; found otherwise. Others than figures are passed over.
    engine : str
        As in `gouji.text.tokenise.tokenise`.

    Returns
    -------
    list of Token
        Offsets count in `Document.text`; the tokens cover it. A figure is one token, also one that a line break goes
        through.
    """
    mentions = tag_figures(document) if figures is None else figures
    spans = [m.span for m in mentions if m.label in FIGURES]
    spans += [
        Span(cell.start, cell.end)
        for table in document.tables
        for cell in table.cells
        if cell.value is not None and cell.start is not None and cell.end is not None
    ]
    return tokenise(document.text, _disjoint(spans), fiscal_words(), engine)


def _disjoint(spans: Sequence[Span]) -> list[Span]:
    """Put spans in order and drop those that a former one overlaps."""
    out: list[Span] = []
    for span in sorted(set(spans)):
        if len(span) and (not out or out[-1].end <= span.start):
            out.append(span)
    return out
