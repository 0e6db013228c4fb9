"""Cause mentions + facts -> causes: what each cause explains, and of which category it is."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model.document import Document
from gouji.model.facts import Cause, Fact, Mention


def link_causes(document: Document, mentions: Sequence[Mention], facts: Sequence[Fact]) -> tuple[Cause, ...]:
    """Link every cause mention to the facts or cells that it explains; ids ``c1``, … in text order."""
    return ()
