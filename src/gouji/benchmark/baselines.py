"""What simple programs do, for comparison only: tie figures to cells by value alone, call equal what differs little.

Both start from gouji's own mentions and facts, so that they are compared in what they do and not in what they read. The
fixed tolerance here is the habit that the project argues against; nothing else in it has one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from gouji.analysis import analyse
from gouji.export.contract import to_dict
from gouji.model.document import Document
from gouji.model.outcomes import Alignment, Analysis, CheckOutcome, Relation, Severity, Status
from gouji.model.values import Verdict

TOLERANCE = Decimal("0.01")
"""In the unit that a figure is written in."""


def value_only(_: str) -> Callable[[Document], dict[str, Any]]:
    """Tie every amount to all cells of equal value."""

    def predict(document: Document) -> dict[str, Any]:
        analysis = analyse(document)
        cells: dict[Decimal, list[str]] = defaultdict(list)
        for table in document.tables:
            for cell in table.numbers():
                assert cell.value is not None
                cells[cell.value.canonical.normalize()].append(table.address(cell))
        alignments = []
        for fact in analysis.facts:
            value = analysis.mention_of[fact.figure].value
            found = cells.get(value.canonical.normalize(), []) if value is not None else []
            if found:
                alignments.append(Alignment(fact.id, Relation.SAME, tuple(found), Verdict.AGREES))
        return to_dict(replace(analysis, alignments=tuple(alignments), outcomes=(), ledger=()))

    return predict


def fixed_tolerance(_: str) -> Callable[[Document], dict[str, Any]]:
    """Keep gouji's relations, but let two figures agree when they differ by `TOLERANCE` or less."""

    def predict(document: Document) -> dict[str, Any]:
        analysis = analyse(document)
        alignments = tuple(_judged(analysis, one) for one in analysis.alignments)
        outcomes = tuple(_answered(one) for one in analysis.outcomes)
        return to_dict(replace(analysis, alignments=alignments, outcomes=outcomes))

    return predict


def _judged(analysis: Analysis, alignment: Alignment) -> Alignment:
    value = analysis.mention_of[analysis.fact_of[alignment.figure].figure].value
    if alignment.relation is Relation.NONE or alignment.computed is None or value is None:
        return alignment
    near = abs(value.canonical - abs(alignment.computed)) <= TOLERANCE * value.scale
    return replace(alignment, verdict=Verdict.AGREES if near else Verdict.CONFLICT)


def _answered(outcome: CheckOutcome) -> CheckOutcome:
    if outcome.status not in (Status.ROUNDING, Status.INCONSISTENT) or outcome.start is not None:
        return outcome
    stated, computed = (_number(text) for text in (outcome.stated, outcome.computed))
    if stated is None or computed is None:
        return outcome
    near = abs(abs(stated) - abs(computed)) <= TOLERANCE
    status = Status.CONSISTENT if near else Status.INCONSISTENT
    return replace(outcome, status=status, severity=None if near else Severity.ERROR)


def _number(text: str | None) -> Decimal | None:
    """Read the number of a statement such as ``42,511.52万元``; None where there is not exactly one."""
    from gouji.text.figures import scan

    found = [figure for figure in scan(text or "") if figure.value is not None]
    value = found[0].value if len(found) == 1 else None
    return None if value is None else value.number
