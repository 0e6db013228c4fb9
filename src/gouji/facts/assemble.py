"""Figures and indicators -> facts, by a grammar over typed tokens."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model.document import Document
from gouji.model.facts import Fact, Mention


def assemble_facts(document: Document, mentions: Sequence[Mention]) -> tuple[Fact, ...]:
    """Read one fact per figure that states something of an indicator; ids ``f1``, … in text order."""
    return ()
