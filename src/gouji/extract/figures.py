"""Passages -> AMOUNT, RATE and QUANTITY mentions."""

from __future__ import annotations

from gouji.model.document import Document, Passage
from gouji.model.facts import Mention
from gouji.model.spans import Span
from gouji.resources.units import load_units
from gouji.text.figures import Figure, scan
from gouji.text.trust import trusted


def tag_figures(document: Document) -> list[Mention]:
    """Tag the figures of all passages, in order.

    Parameters
    ----------
    document : Document

    Returns
    -------
    list of Mention
        Without ids. Figures beside characters that were lost on the way are refused (the reader has warned of
        them). Thresholds (单价50万元以上的设备), names and fractions that no decimal writes are left out.
        `rule` is ``figure`` and the figure's flags: ``figure:unit_shared``.
    """
    return [mention for passage in document.passages for mention in tag_passage(passage)]


def tag_passage(passage: Passage) -> list[Mention]:
    """Tag the figures of one passage, in order."""
    found = [figure for figure in scan(passage.text) if not figure.role and figure.value is not None]
    return [_mention(figure, passage) for figure in trusted(passage.text, found)]


def _mention(figure: Figure, passage: Passage) -> Mention:
    """Make a mention of a figure."""
    local = Span(figure.start, figure.end)
    return Mention(
        "",
        figure.label,
        passage.offsets.to_source(local),
        passage.id,
        local,
        page=passage.page,
        value=figure.value,
        upper=figure.upper,
        approx=None if figure.bound == "eq" else load_units().approx.get(figure.bound),
        rule=":".join(("figure", *figure.flags)) if figure.flags else "figure",
        currency=None if figure.currency == "CNY" else figure.currency,
    )
