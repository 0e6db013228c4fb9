"""What became of each narrative figure."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model.document import Document
from gouji.model.facts import Fact, Mention
from gouji.model.outcomes import Alignment, CheckOutcome, LedgerRow


def account(
    document: Document,
    mentions: Sequence[Mention],
    facts: Sequence[Fact],
    alignments: Sequence[Alignment],
    outcomes: Sequence[CheckOutcome],
) -> tuple[LedgerRow, ...]:
    """Give every AMOUNT and RATE of the narrative exactly one row."""
    return ()
