"""Passages -> INDICATOR mentions."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model.document import Document
from gouji.model.facts import Mention


def tag_indicators(document: Document, figures: Sequence[Mention]) -> list[Mention]:
    """Tag the names that figures belong to, in order."""
    return []
