"""Passages -> AMOUNT, RATE and QUANTITY mentions."""

from __future__ import annotations

from gouji.model.document import Document
from gouji.model.facts import Mention


def tag_figures(document: Document) -> list[Mention]:
    """Tag the figures of all passages, in order."""
    return []
