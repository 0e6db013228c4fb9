"""Document -> mentions: figures first, then indicators and causes by one of three systems; sorted and numbered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter

from gouji.extract.causes import tag_causes
from gouji.extract.figures import tag_figures
from gouji.extract.indicators import tag_indicators
from gouji.model.document import Document
from gouji.model.facts import Mention


def extract(document: Document, system: str = "rules") -> tuple[Mention, ...]:
    """Tag every figure, indicator and cause of the running text.

    Parameters
    ----------
    document : Document
    system : str
        What tags indicators and causes: ``rules``, ``crf`` (the trained character tagger), or ``hybrid`` (rules where
        they are certain, the tagger where wording is free). Figures are always read by rules.

    Returns
    -------
    tuple of Mention
        Sorted by (start, end, label), ids ``m1``, ``m2``, … in that order.

    Raises
    ------
    ArtefactError
        If the trained tagger is asked for and its papers do not fit it.
    """
    figures = tag_figures(document)
    if system == "rules":
        named = tag_indicators(document, figures)
        return number([*figures, *named, *tag_causes(document, figures, named)])
    if system == "crf":
        from gouji.extract.crf_tagger import tag_learned  # numpy and the model are loaded only where they are used

        return number([*figures, *tag_learned(document, figures)])
    from gouji.extract.hybrid import tag_hybrid

    named = tag_indicators(document, figures)
    rules = [*named, *tag_causes(document, figures, named)]
    return number([*figures, *tag_hybrid(document, figures, rules)])


def number(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Sort mentions and give them their ids."""
    ordered = sorted(mentions, key=lambda m: (m.span.start, m.span.end, m.label))
    return tuple(Mention(f"m{i}", *_others(m)) for i, m in enumerate(ordered, start=1))


_others = attrgetter(*[f.name for f in fields(Mention)][1:])  # `replace` takes three times as long
