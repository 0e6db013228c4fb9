"""What became of each narrative figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gouji.model.document import Document
from gouji.model.facts import Fact, Label, Mention
from gouji.model.outcomes import Alignment, CheckOutcome, LedgerRow, Relation
from gouji.model.places import ADDRESS
from gouji.model.values import Verdict

NO_FACT = "未能读出该数字所说明的事项"
NO_ALIGNMENT = "未能确定应与何处核对"
NO_SOURCE = "文中没有可以核对的数据"
UNDECIDED = frozenset({"ambiguous_cell", "uncertain_identity"})
"""Reasons of the aligner that leave open what a figure restates."""
VERIFIED = frozenset({Verdict.AGREES, Verdict.ROUNDING, Verdict.CONFLICT})


def account(
    document: Document,
    mentions: Sequence[Mention],
    facts: Sequence[Fact],
    alignments: Sequence[Alignment],
    outcomes: Sequence[CheckOutcome],
) -> tuple[LedgerRow, ...]:
    """Give every AMOUNT and RATE of the narrative exactly one row.

    Returns
    -------
    tuple of LedgerRow
        In the order of the mentions. ``aligned``: restates at least one cell, directly or through another fact that
        does; ``derived``: follows from other figures or cells; ``context``: takes part in a verified relation of
        another figure; ``external``: the aligner looked and the document has nothing to confirm it; ``unresolved``:
        no fact was read from it, or the aligner gave no answer.
    """
    fact_of = {fact.figure: fact.id for fact in reversed(facts)}
    by_fact: dict[str, list[Alignment]] = {}
    for alignment in alignments:
        by_fact.setdefault(alignment.figure, []).append(alignment)
    used = {
        operand
        for alignment in alignments
        if alignment.relation is not Relation.NONE and alignment.verdict in VERIFIED
        for operand in alignment.operands
    }
    used |= {operand for outcome in outcomes if outcome.stated is not None for operand in outcome.operands[1:]}
    restated = _restating(alignments)
    rows = []
    for mention in mentions:
        if mention.label in (Label.AMOUNT, Label.RATE):
            rows.append(_row(mention.id, fact_of.get(mention.id), by_fact, used, restated))
    return tuple(rows)


def _row(
    mention: str, fact: str | None, by_fact: Mapping[str, Sequence[Alignment]], used: set[str], restated: set[str]
) -> LedgerRow:
    """Row of one figure: the strongest of what its alignments say."""
    keys = [key for key in (fact, mention) if key is not None]
    own = [alignment for key in keys for alignment in by_fact.get(key, ())]
    found = [alignment for alignment in own if alignment.relation is not Relation.NONE]
    if any(_reaches_cell(alignment, restated) for alignment in found):
        return LedgerRow(mention, "aligned")
    if found:
        return LedgerRow(mention, "derived", str(found[0].relation))
    reason = next((alignment.reason for alignment in own if alignment.reason), None)
    if any(key in used for key in keys):
        return LedgerRow(mention, "context", reason)
    if fact is None:
        return LedgerRow(mention, "unresolved", reason or NO_FACT)
    if reason in UNDECIDED:
        return LedgerRow(mention, "unresolved", reason)
    if own:
        return LedgerRow(mention, "external", reason or NO_SOURCE)
    return LedgerRow(mention, "unresolved", NO_ALIGNMENT)


def _reaches_cell(alignment: Alignment, restated: set[str]) -> bool:
    """Whether a restatement ends at a cell, perhaps through other restatements."""
    return alignment.relation is Relation.SAME and any(
        operand in restated or ADDRESS.fullmatch(operand) is not None for operand in alignment.operands
    )


def _restating(alignments: Sequence[Alignment]) -> set[str]:
    """Figures that restate a cell, directly or through others; each alignment is looked at once."""
    followers: dict[str, list[str]] = {}
    waiting: list[str] = []
    for alignment in alignments:
        if alignment.relation is Relation.SAME:
            for operand in alignment.operands:
                if ADDRESS.fullmatch(operand) is not None:
                    waiting.append(alignment.figure)
                else:
                    followers.setdefault(operand, []).append(alignment.figure)
    restating: set[str] = set()
    while waiting:
        figure = waiting.pop()
        if figure not in restating:
            restating.add(figure)
            waiting += followers.get(figure, ())
    return restating
