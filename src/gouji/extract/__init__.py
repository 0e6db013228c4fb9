"""Document -> mentions: figures first, then indicators, then causes; sorted and numbered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gouji.extract.causes import tag_causes
from gouji.extract.figures import tag_figures
from gouji.extract.indicators import tag_indicators
from gouji.model.document import Document
from gouji.model.facts import Mention


def extract(document: Document) -> tuple[Mention, ...]:
    """Tag every figure, indicator and cause of the running text.

    Returns
    -------
    tuple of Mention
        Sorted by (start, end, label), ids ``m1``, ``m2``, … in that order.
    """
    figures = tag_figures(document)
    indicators = tag_indicators(document, figures)
    causes = tag_causes(document, figures, indicators)
    return number([*figures, *indicators, *causes])


def number(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Sort mentions and give them their ids."""
    ordered = sorted(mentions, key=lambda m: (m.span.start, m.span.end, m.label))
    return tuple(replace(m, id=f"m{i}") for i, m in enumerate(ordered, start=1))
