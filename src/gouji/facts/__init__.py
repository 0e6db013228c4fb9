"""Mentions -> facts and causes."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.facts.assemble import assemble_facts
from gouji.facts.linking import link_causes
from gouji.model.document import Document
from gouji.model.facts import Cause, Fact, Mention


def assemble(document: Document, mentions: Sequence[Mention]) -> tuple[tuple[Fact, ...], tuple[Cause, ...]]:
    """Read facts from the figures, and say which of them each cause explains."""
    facts = assemble_facts(document, mentions)
    return facts, link_causes(document, mentions, facts)
