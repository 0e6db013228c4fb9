"""Facts + tables + alignments -> outcomes of the declared checks, and the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.ledger import account
from gouji.checks.proofreading import proofread
from gouji.checks.report import Report
from gouji.checks.runner import run
from gouji.model.document import Document
from gouji.model.facts import Fact, Mention
from gouji.model.outcomes import Alignment, CheckOutcome
from gouji.resources.check_registry import load

__all__ = ["account", "check"]


def check(
    document: Document, mentions: Sequence[Mention], facts: Sequence[Fact], alignments: Sequence[Alignment]
) -> tuple[CheckOutcome, ...]:
    """Run every declared check, those of form too, in id order; every check answers.

    Returns
    -------
    tuple of CheckOutcome
        Sorted by id. A check that finds nothing to apply to answers once, ``not_checked`` with the
        reason.
    """
    report = Report(document, mentions, facts, alignments, load())
    return tuple(sorted((*run(report), *proofread(report)), key=lambda outcome: outcome.id))
