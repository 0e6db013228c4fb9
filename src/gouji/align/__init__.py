"""Facts + tables -> alignments, and why a figure has none."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model.document import Document
from gouji.model.facts import Fact, Mention
from gouji.model.outcomes import Alignment


def align(document: Document, mentions: Sequence[Mention], facts: Sequence[Fact]) -> tuple[Alignment, ...]:
    """Tie every fact of an AMOUNT or RATE (and counts that restate or sum) to cells and to each other."""
    return ()
