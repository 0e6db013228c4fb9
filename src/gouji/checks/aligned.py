"""Shape `aligned`: what the aligner ties together, as relations among which one wrong figure shows as one root.

A row of the registry takes one relation of the aligner (`subject`). A figure that the aligner could not confirm is
answered too, under the relation that its measure would have had, with the aligner's reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from gouji.checks.figures import Operand
from gouji.checks.relations import Answer, Form, Relation, Term, Unchecked, severity_of, verdict
from gouji.checks.report import Report
from gouji.model.facts import Measure
from gouji.model.outcomes import Alignment
from gouji.model.outcomes import Relation as Tie
from gouji.model.values import Value, Verdict
from gouji.resources.check_registry import Check
from gouji.resources.wording import reason_words

FORMS: Mapping[Tie, Form] = {
    Tie.SAME: Form.SUM,
    Tie.SUM: Form.SUM,
    Tie.DIFFERENCE: Form.SUM,
    Tie.CHANGE: Form.SUM,
    Tie.CHANGE_RATE: Form.CHANGE,
    Tie.SHARE: Form.RATIO,
    Tie.COMPLETION: Form.RATIO,
    Tie.AVERAGE: Form.RATIO,
    Tie.COUNT: Form.GIVEN,
}
WOULD_BE: Mapping[Measure, Tie] = {
    Measure.CHANGE: Tie.CHANGE,
    Measure.CHANGE_RATE: Tie.CHANGE_RATE,
    Measure.SHARE: Tie.SHARE,
    Measure.COMPLETION_RATE: Tie.COMPLETION,
    Measure.AVERAGE: Tie.AVERAGE,
}
"""Relation that would confirm a figure of a measure; all other measures are restated."""


def aligned(check: Check, report: Report) -> Iterator[Answer]:
    """Answers for all alignments of one relation."""
    tie = Tie(check.subject)
    for alignment in report.alignments:
        if alignment.relation is tie:
            yield from _relations(check, report, alignment)
        elif alignment.relation is Tie.NONE:
            fact = report.fact_of[alignment.figure]
            if WOULD_BE.get(fact.measure, Tie.SAME) is tie:
                page = report.mention_of[fact.figure].page
                yield Unchecked(check, reason_words(alignment.reason), (alignment.figure,), page)


def _relations(check: Check, report: Report, alignment: Alignment) -> Iterator[Relation]:
    """Relations of one alignment: a restatement is one with every place, all others are one."""
    claimed = report.operand(alignment.figure)
    if claimed is None:
        return
    claimed = claimed.with_value(_signed(report, alignment, claimed.value))
    like = claimed.value if alignment.relation is Tie.SAME else None
    terms = [operand for ref in alignment.operands if (operand := report.operand(ref, like)) is not None]
    if alignment.relation is Tie.COUNT:
        given = (alignment.verdict, alignment.computed)
        yield Relation(check, Form.GIVEN, claimed, tuple(map(Term, terms)), given=given, severity=severity_of(check))
    elif len(terms) == len(alignment.operands):
        groups = [[term] for term in terms] if alignment.relation is Tie.SAME else [terms]
        for group in groups:
            yield _stated(check, report, alignment, claimed, group)


def _stated(check: Check, report: Report, alignment: Alignment, claimed: Operand, terms: list[Operand]) -> Relation:
    """One relation; the aligner's verdict stands where its reading of the figures was another than the formula's."""
    form, signs = FORMS[alignment.relation], [1] * len(terms)
    if alignment.relation is Tie.DIFFERENCE or alignment.relation is Tie.CHANGE:
        signs[1:] = [-1] * (len(terms) - 1)
    elif alignment.relation is Tie.SUM and report.fact_of[alignment.figure].measure is Measure.CHANGE:
        signs = [report.sign(term.ref) or 1 for term in terms]
    elif alignment.relation is Tie.CHANGE_RATE and _is_change(report, terms[1].ref):
        form = Form.GROWTH
        signs[1] = report.sign(terms[1].ref) or report.sign(alignment.figure) or 1
    relation = Relation(check, form, claimed, tuple(map(Term, terms, signs)), severity=severity_of(check))
    found = verdict(relation)
    if len(terms) == 1 and (found is Verdict.CONFLICT) == (alignment.verdict is Verdict.CONFLICT):
        return relation
    return relation if found is alignment.verdict else replace(relation, given=(alignment.verdict, alignment.computed))


def _is_change(report: Report, ref: str) -> bool:
    fact = report.fact_of.get(ref)
    return fact is not None and fact.measure is Measure.CHANGE


def _signed(report: Report, alignment: Alignment, value: Value) -> Value:
    """Sign a change: by its words, or as the computed change where they give no direction."""
    is_change = report.fact_of[alignment.figure].measure in (Measure.CHANGE, Measure.CHANGE_RATE)
    if not is_change or alignment.relation is Tie.SAME:
        return value
    sign = report.sign(alignment.figure) or (-1 if (alignment.computed or 0) < 0 else 1)
    return replace(value, number=sign * value.number)
