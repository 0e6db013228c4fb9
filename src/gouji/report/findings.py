"""What a reader of the report should look at first: every figure that does not hold, with its place and why.

Conflicting alignments and inconsistent outcomes are two views of one thing where they claim the same figure;
`findings` joins them, so that nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gouji.model.facts import Direction
from gouji.model.outcomes import Alignment, Analysis, CheckOutcome, Relation, Severity, Status
from gouji.model.places import ADDRESS, Place, mention_of, place_of, place_of_span
from gouji.model.printing import computed_like, written, written_cell
from gouji.model.spans import Span
from gouji.model.values import Verdict
from gouji.resources.wording import check_title, reason_words, word

CHANGES = frozenset({Relation.CHANGE, Relation.CHANGE_RATE})
NARRATIVE = "N-"
"""Checks of the narrative: what a table says of its own cell is told first."""
ORDER = {Severity.ERROR: 0, Severity.DOUBTFUL: 1, Severity.FORM: 2}


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure that takes part in a finding: its reference, its name, how it is written, and where it stands."""

    reference: str
    name: str
    written: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure that does not hold.

    `check` is the id of the check, or the relation that fails; `title` its words; `subject` names the claimed
    figure; `related` holds the findings that follow from the same root.
    """

    severity: Severity
    check: str
    title: str
    subject: Operand
    stated: str
    computed: str
    message: str
    operands: tuple[Operand, ...]
    root: str | None = None
    related: tuple[Finding, ...] = ()

    @property
    def offset(self) -> tuple[int, str]:
        """Order of findings in a list: by severity, then by place."""
        place = self.subject.place
        return (place.line or 0 if place else 0, self.subject.reference)


def findings(analysis: Analysis) -> tuple[Finding, ...]:
    """Every conflict of an analysis once, errors before doubts, in the order of the document."""
    wrong = [o for o in analysis.outcomes if o.status is Status.INCONSISTENT and o.check.startswith(NARRATIVE)]
    told = {reference for outcome in wrong for reference in outcome.operands}
    conflicts = [a for a in analysis.alignments if a.verdict is Verdict.CONFLICT and a.figure not in told]
    found = [_of_alignment(analysis, alignment) for alignment in conflicts]
    claimed = {f.subject.reference for f in found}
    for outcome in sorted(analysis.outcomes, key=lambda outcome: outcome.check.startswith(NARRATIVE)):
        if outcome.status is not Status.INCONSISTENT:
            continue
        finding = _of_outcome(analysis, outcome)
        if finding.subject.reference in claimed and finding.severity is Severity.ERROR and outcome.start is None:
            found = [_merged(f, finding) if f.subject.reference == finding.subject.reference else f for f in found]
        else:
            found.append(finding)
    return tuple(sorted(_by_root(found), key=lambda f: (ORDER[f.severity], f.offset)))


def operand(analysis: Analysis, reference: str) -> Operand:
    """Describe a fact, a mention or a cell by its reference."""
    place = place_of(analysis, reference)
    if ADDRESS.fullmatch(reference):
        cell = analysis.document.cell_at(reference)
        name = place.row if place else ""
        return Operand(reference, name, written_cell(cell) if cell else "", place)
    mention = mention_of(analysis, reference)
    fact = analysis.fact_of.get(reference)
    name = _name(fact.path, fact.measure) if fact else ""
    return Operand(reference, name, written(analysis.document, mention) if mention else "", place)


def _name(path: Sequence[str], measure: str) -> str:
    kind = word("measure", measure)
    return f"{path[-1]}（{kind}）" if path else kind


def _of_alignment(analysis: Analysis, alignment: Alignment) -> Finding:
    subject = operand(analysis, alignment.figure)
    stated, computed = _stated_and_computed(analysis, alignment, subject)
    operands = tuple(operand(analysis, reference) for reference in alignment.operands)
    title = word("relation", alignment.relation)
    return Finding(
        Severity.ERROR,
        str(alignment.relation),
        title,
        subject,
        stated,
        computed,
        reason_words(alignment.reason),
        operands,
    )


def _stated_and_computed(analysis: Analysis, alignment: Alignment, subject: Operand) -> tuple[str, str]:
    """Both figures as a reader writes them; those of a change with their direction, for it may be what is wrong."""
    mention = mention_of(analysis, alignment.figure)
    fact = analysis.fact_of.get(alignment.figure)
    computed = alignment.computed
    if mention is None or mention.value is None or computed is None:
        return subject.written, ""
    if fact is None or alignment.relation not in CHANGES or not word("direction", fact.direction):
        return subject.written, computed_like(mention.value, computed)
    direction = Direction.DECREASE if computed < 0 else Direction.INCREASE
    figure = computed_like(mention.value, abs(computed))
    return f"{word('direction', fact.direction)}{subject.written}", f"{word('direction', direction)}{figure}"


def _of_outcome(analysis: Analysis, outcome: CheckOutcome) -> Finding:
    operands = tuple(operand(analysis, reference) for reference in outcome.operands)
    if outcome.start is not None and outcome.end is not None:
        span = Span(outcome.start, outcome.end)
        words = "".join(analysis.document.text[span.start : span.end].split())
        place = place_of_span(analysis.document, span, outcome.page)
        subject = Operand(f"@{outcome.start}", operands[0].name if operands else "", words, place)
        rest = operands
    elif operands:
        subject, rest = operands[0], operands[1:]
    else:
        subject, rest = Operand(outcome.id, "", "", None), ()
    return Finding(
        outcome.severity or Severity.ERROR,
        outcome.check,
        check_title(outcome.check),
        subject,
        outcome.stated or subject.written,
        outcome.computed or "",
        outcome.message,
        rest,
        outcome.root,
    )


def _merged(finding: Finding, other: Finding) -> Finding:
    """Put what a check says of the same figure behind what its alignment says."""
    message = "；".join(m for m in dict.fromkeys((finding.message, other.message)) if m)
    return replace(
        finding, message=message, computed=finding.computed or other.computed, root=finding.root or other.root
    )


def _by_root(found: Sequence[Finding]) -> list[Finding]:
    """Put findings of one root under the first of them."""
    first: dict[str, int] = {}
    out: list[Finding] = []
    for finding in found:
        if finding.root is not None and finding.root in first:
            at = first[finding.root]
            out[at] = replace(out[at], related=(*out[at].related, finding))
            continue
        if finding.root is not None:
            first[finding.root] = len(out)
        out.append(finding)
    return out
