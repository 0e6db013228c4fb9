"""Analysis -> one self-contained HTML page."""

from __future__ import annotations

from gouji.model.outcomes import Analysis


def page(analysis: Analysis) -> str:
    """Stub."""
    return analysis.document.name
