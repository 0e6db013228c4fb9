"""Colours for displaCy, and the spans of a document as entities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gouji.model.facts import Label

if TYPE_CHECKING:
    from spacy.tokens import Doc

COLOURS = {
    Label.AMOUNT.value: "#f6c667",
    Label.RATE.value: "#9bd3ae",
    Label.QUANTITY.value: "#a9c7e8",
    Label.INDICATOR.value: "#d9d2e9",
    Label.CAUSE.value: "#f4b6b0",
}
"""By label; spaCy takes them from here by itself where gouji is installed (entry point ``spacy_displacy_colors``)."""
GROUPS = ("gouji_figures", "gouji_indicators", "gouji_causes")


def display_options(spans_key: str = "gouji_figures") -> dict[str, Any]:
    """Options for ``displacy.render(doc, style="span", options=…)``.

    Parameters
    ----------
    spans_key : str
        The span group to show.

    Examples
    --------
    >>> display_options("gouji_causes")["spans_key"], display_options()["colors"]["AMOUNT"]
    ('gouji_causes', '#f6c667')
    """
    return {"spans_key": spans_key, "colors": dict(COLOURS)}


def as_entities(doc: Doc, groups: tuple[str, ...] = GROUPS) -> Doc:
    """Put the spans of groups among the document's entities, for ``displacy.render(doc, style="ent")``.

    Entities do not overlap: of two spans that do, the one of the group named first stays, then the longer one.
    """
    taken: set[int] = {i for entity in doc.ents for i in range(entity.start, entity.end)}
    chosen = list(doc.ents)
    for group in groups:
        for span in sorted(doc.spans.get(group, ()), key=lambda s: (s.start - s.end, s.start)):
            tokens = range(span.start, span.end)
            if taken.isdisjoint(tokens):
                taken.update(tokens)
                chosen.append(span)
    doc.set_ents(chosen)
    return doc
