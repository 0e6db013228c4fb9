"""Passages -> INDICATOR mentions."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model.document import Document
from gouji.model.facts import Label, Mention
from gouji.resources.gazetteer import gazetteer


def tag_indicators(document: Document, figures: Sequence[Mention]) -> list[Mention]:
    """Tag the names that figures belong to, in order."""
    out: list[Mention] = []
    by_passage: dict[str, list[Mention]] = {}
    for figure in figures:
        by_passage.setdefault(figure.passage, []).append(figure)
    for passage in document.passages:
        found = by_passage.get(passage.id)
        if not found:
            continue
        matches = [m for m in gazetteer().scan(passage.text) if not m.short]
        ends = [*matches[1:], None] if matches else []
        for match, following in zip(matches, ends, strict=True):
            limit = following.span.start if following else len(passage.text)
            if any(match.span.end <= f.local.start < limit for f in found):
                out.append(
                    Mention(
                        "",
                        Label.INDICATOR,
                        passage.offsets.to_source(match.span),
                        passage.id,
                        match.span,
                        page=passage.page,
                        type=match.entry.type,
                        name=match.entry.name,
                        entry=match.entry.id,
                        rule="gazetteer",
                    )
                )
    return out
