"""Every declared check, in id order; every check answers.

Reading order: `run`, then the shapes (`parts`, `listing`, `rates`, `equality`, `form_funds`, `form_scores`,
`form_counts`, `periods`, `aligned`), then `relations`, `roots` and `answers`, which they share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from gouji.checks import (
    aligned,
    crossings,
    derived,
    equality,
    form_counts,
    form_funds,
    form_scores,
    listing,
    parts,
    periods,
    rates,
    wording,
)
from gouji.checks.answers import outcome, unanswered
from gouji.checks.relations import Answer, Relation, Unchecked, verdict
from gouji.checks.reliability import MISREAD, misread, rests_on
from gouji.checks.report import Report
from gouji.checks.roots import roots
from gouji.model.document import Document
from gouji.model.outcomes import CheckOutcome, Severity, Status
from gouji.model.values import Verdict
from gouji.resources.check_registry import Check

Shape = Callable[[Check, Report], Iterator[Answer | CheckOutcome]]

FORM_SUMS: Mapping[str, Shape] = {
    "funds": lambda check, report: form_funds.form_funds(check, report.forms),
    "points": lambda check, report: form_scores.form_total(check, report.forms),
    "grades": form_counts.form_count,
}
SHAPES: Mapping[str, Shape] = {
    "parts": lambda check, report: parts.parts(check, report.views),
    "listing": lambda check, report: listing.listing(check, report.views),
    "rates": lambda check, report: rates.rates(check, report.views),
    "equality": equality.equality,
    "crossing": crossings.crossing,
    "form_sum": lambda check, report: FORM_SUMS[check.subject](check, report),
    "form_rate": lambda check, report: form_funds.form_rate(check, report.forms),
    "form_bound": lambda check, report: form_scores.form_bound(check, report.forms),
    "period": periods.period,
    "aligned": aligned.aligned,
    "derived": derived.derived,
    "wording": wording.wording,
}
UNNAMED = frozenset({"listing"})
"""Shapes that find parts by their place in a list; where a named check states the same, the named one speaks."""
REPEATED = "同一关系已由其他核对项核对"
NOT_FOUND = "文中没有可作此项核对的表或文字"


def run(report: Report) -> tuple[CheckOutcome, ...]:
    """Answer every check of the registry on a report."""
    checks = report.registry.checks
    found = {check.id: list(SHAPES[check.shape](check, report)) for check in checks}
    kept = _without_repeats(checks, found)
    answers: list[Answer | CheckOutcome] = []
    for check in checks:
        nothing = Unchecked(check, REPEATED if found[check.id] else NOT_FOUND)
        answers += kept[check.id] or [nothing]
    return _numbered(_outcomes(report.document, answers))


def _without_repeats(
    checks: Sequence[Check], found: Mapping[str, Sequence[Answer | CheckOutcome]]
) -> dict[str, list[Answer | CheckOutcome]]:
    """Leave out relations that another check states of the same figures; a check that names its parts goes first.

    A list without numbers or indents hides which of its lines are parts of which: 购置费 and 运行费 stand below
    公务用车购置及运行费 like its equals. Where a named check sums some of the lines, no check by place sums them all.
    """
    seen: set[tuple[str, str, frozenset[str]]] = set()
    named: dict[str, list[frozenset[str]]] = {}
    out: dict[str, list[Answer | CheckOutcome]] = {}
    for check in sorted(checks, key=lambda check: check.shape in UNNAMED):
        out[check.id] = []
        for answer in found[check.id]:
            if isinstance(answer, Relation):
                terms = frozenset(term.operand.ref for term in answer.terms)
                key = (answer.form.value, answer.claimed.ref, terms)
                told = check.shape in UNNAMED and any(few < terms for few in named.get(answer.claimed.ref, ()))
                if key in seen or told:
                    continue
                seen.add(key)
                if check.shape == "parts" and len(terms) > 1:
                    named.setdefault(answer.claimed.ref, []).append(terms)
            out[check.id].append(answer)
    return out


def _outcomes(document: Document, answers: Sequence[Answer | CheckOutcome]) -> list[CheckOutcome]:
    """Outcomes of all answers; failing relations carry the root that explains them."""
    relations = [answer for answer in answers if isinstance(answer, Relation)]
    verdicts = {id(relation): verdict(relation) for relation in relations}
    wrong = [i for i, relation in enumerate(relations) if verdicts[id(relation)] is Verdict.CONFLICT]
    failing = [i for i in wrong if relations[i].severity is Severity.ERROR]
    found_roots = roots(relations, failing)
    unreliable = misread(relations, failing, found_roots)
    doubted: dict[str, list[int]] = {}
    for i in wrong:
        for ref in relations[i].refs:
            doubted.setdefault(ref, []).append(i)
    suspects: dict[int, tuple[str, str]] = {}
    for number, root in enumerate(found_roots, start=1):
        for i in root.relations:
            suspects[id(relations[i])] = (root.ref, f"r{number}")
        for i in doubted.get(root.ref, ()):  # a doubt about a figure that is wrong anyway is no finding of its own
            suspects.setdefault(id(relations[i]), (root.ref, f"r{number}"))
    known = {root.ref: f"r{number}" for number, root in enumerate(found_roots, start=1)}
    out = []
    extra = len(suspects)
    for answer in answers:
        if isinstance(answer, CheckOutcome):
            root_of = next((known[ref] for ref in answer.operands if ref in known), None)
            found = replace(answer, root=root_of) if answer.status is Status.INCONSISTENT else answer
        elif isinstance(answer, Unchecked):
            found = unanswered(answer)
        elif id(answer) in suspects and rests_on(answer, unreliable):
            found = unanswered(Unchecked(answer.check, MISREAD, answer.refs, answer.claimed.page))
        else:
            found = outcome(document, answer, verdicts[id(answer)], *suspects.get(id(answer), (None, None)))
        if found.status is Status.INCONSISTENT and found.root is None:
            extra += 1
            found = replace(found, root=f"r{extra}")
        out.append(found)
    return out


def _numbered(outcomes: Sequence[CheckOutcome]) -> tuple[CheckOutcome, ...]:
    """Outcomes with ids that sort as they stand: by check, then in the order of the document."""
    count: dict[str, int] = {}
    out = []
    for found in outcomes:
        count[found.check] = count.get(found.check, 0) + 1
        out.append(replace(found, id=f"{found.check}.{count[found.check]:04d}"))
    return tuple(out)
