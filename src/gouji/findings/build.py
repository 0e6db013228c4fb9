"""Conflicts of the alignments and inconsistent outcomes, put together so that nothing is told twice.

They are two views of one thing where they claim the same figure. A figure that only rounding explains is told too, as
a rounding, for it says that a figure was not computed from those printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gouji.findings import remedies
from gouji.findings.model import Finding, Operand
from gouji.findings.operands import operand, words_at
from gouji.findings.roots import by_root
from gouji.model.facts import Direction
from gouji.model.outcomes import Alignment, Analysis, CheckOutcome, Relation, Severity, Status
from gouji.model.places import mention_of
from gouji.model.printing import computed_like
from gouji.model.spans import Span
from gouji.model.values import Verdict
from gouji.resources.wording import check_title, reason_words, word

CHANGES = frozenset({Relation.CHANGE, Relation.CHANGE_RATE})
ALIGNED = {Verdict.CONFLICT: Severity.ERROR, Verdict.ROUNDING: Severity.ROUNDING}
TELLS = {Verdict.CONFLICT: Status.INCONSISTENT, Verdict.ROUNDING: Status.ROUNDING}
CHECKED = (Status.INCONSISTENT, Status.ROUNDING)
NARRATIVE = "N-"
"""Checks of the narrative: what a table says of its own cell is told first."""


def findings(analysis: Analysis) -> tuple[Finding, ...]:
    """Everything that does not hold, once: errors, doubts, roundings, then the form; each in the document's order."""
    told = {
        (reference, outcome.status)
        for outcome in analysis.outcomes
        if outcome.status in CHECKED and outcome.check.startswith(NARRATIVE)
        for reference in outcome.operands
    }
    found = _merged(
        _of_alignment(analysis, alignment)
        for alignment in analysis.alignments
        if alignment.verdict in ALIGNED and (alignment.figure, TELLS[alignment.verdict]) not in told
    )
    place = {(f.subject.reference, f.severity): i for i, f in enumerate(found)}
    for outcome in sorted(analysis.outcomes, key=lambda outcome: outcome.check.startswith(NARRATIVE)):
        if outcome.status not in CHECKED:
            continue
        finding = _of_outcome(analysis, outcome)
        at = place.get((finding.subject.reference, finding.severity))
        if at is not None and finding.severity in (Severity.ERROR, Severity.ROUNDING) and outcome.start is None:
            found[at] = _joined(found[at], finding)
        else:
            found.append(finding)
    return tuple(sorted(by_root(found), key=lambda f: f.order))


def _merged(found: Iterable[Finding]) -> list[Finding]:
    """Put what several alignments say of one figure into one finding."""
    out: dict[tuple[str, Severity], Finding] = {}
    for finding in found:
        key = (finding.subject.reference, finding.severity)
        out[key] = _joined(out[key], finding) if key in out else finding
    return list(out.values())


def _joined(finding: Finding, other: Finding) -> Finding:
    """Put one finding of a figure behind another one of the same figure."""
    message = "；".join(m for m in dict.fromkeys((finding.message, other.message)) if m)
    known = {one.reference for one in finding.operands}
    more = tuple(one for one in other.operands if one.reference not in known)
    return replace(
        finding,
        message=message,
        computed=finding.computed or other.computed,
        remedy=finding.remedy or other.remedy,
        operands=(*finding.operands, *more),
        root=finding.root or other.root,
    )


def _of_alignment(analysis: Analysis, alignment: Alignment) -> Finding:
    subject = operand(analysis, alignment.figure)
    stated, computed, direction = _stated_and_computed(analysis, alignment, subject)
    severity = ALIGNED[alignment.verdict]
    wrong = severity is Severity.ERROR
    return Finding(
        severity,
        str(alignment.relation),
        word("relation", alignment.relation),
        subject,
        stated,
        computed,
        reason_words(alignment.reason),
        _operands(analysis, alignment.operands),
        remedies.of_alignment(analysis, alignment, direction) if wrong else "",
    )


def _stated_and_computed(analysis: Analysis, alignment: Alignment, subject: Operand) -> tuple[str, str, str]:
    """Both figures as a reader writes them, and the computed direction of a change, for that may be what is wrong."""
    mention = mention_of(analysis, alignment.figure)
    fact = analysis.fact_of.get(alignment.figure)
    computed = alignment.computed
    if mention is None or mention.value is None or computed is None:
        return subject.written, "", ""
    if fact is None or alignment.relation not in CHANGES or not word("direction", fact.direction):
        return subject.written, computed_like(mention.value, computed), ""
    direction = word("direction", Direction.DECREASE if computed < 0 else Direction.INCREASE)
    figure = computed_like(mention.value, abs(computed))
    return f"{word('direction', fact.direction)}{subject.written}", f"{direction}{figure}", direction


def _of_outcome(analysis: Analysis, outcome: CheckOutcome) -> Finding:
    rest = outcome.operands
    if outcome.start is not None and outcome.end is not None:
        name = operand(analysis, rest[0]).name if rest else ""
        subject = words_at(analysis.document, Span(outcome.start, outcome.end), name, outcome.page)
    elif rest:
        subject, rest = operand(analysis, rest[0]), rest[1:]
    else:
        subject = Operand(outcome.id, "", "", None)
    rounding = outcome.status is Status.ROUNDING
    return Finding(
        Severity.ROUNDING if rounding else outcome.severity or Severity.ERROR,
        outcome.check,
        check_title(outcome.check),
        subject,
        outcome.stated or subject.written,
        outcome.computed or "",
        outcome.message,
        _operands(analysis, rest),
        remedies.of_outcome(analysis, outcome),
        None if rounding else outcome.root,
    )


def _operands(analysis: Analysis, references: Sequence[str]) -> tuple[Operand, ...]:
    return tuple(operand(analysis, reference) for reference in references)
