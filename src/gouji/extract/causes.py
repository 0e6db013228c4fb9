"""Passages -> CAUSE mentions."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model.document import Document
from gouji.model.facts import Mention


def tag_causes(document: Document, figures: Sequence[Mention], indicators: Sequence[Mention]) -> list[Mention]:
    """Tag the cause explanations, in order."""
    return []
