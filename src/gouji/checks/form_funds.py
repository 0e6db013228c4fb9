"""Shapes `form_sum` (of funds) and `form_rate`: the funds block of the self-evaluation form.

Blanks: a source of money that is left blank is a source that the project has not, so its term is absent as long as
another source is filled in. Where the same form shows a sum that holds so, a sum that fails is an error; where it shows
none, the blank may be an omission and the failing sum is doubtful. All sources blank: not checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.checks.figures import as_maximum, as_rate, as_score
from gouji.checks.forms import FUND_MEASURES, FormView
from gouji.checks.relations import Answer, Form, Relation, Term, Unchecked, severity_of, verdict
from gouji.model.outcomes import Severity
from gouji.model.values import Kind, Verdict
from gouji.resources.check_registry import Check

SOURCES = ("fund_current", "fund_carried", "fund_other", "fund_unit")
BLANK_SOURCES = "各项资金来源均为空白"
BLANK_TOTAL = "年度资金总额为空白"
BLANK_SOURCE = "有资金来源为空白，未计入"
OTHER_SOURCE = "另有未识别的资金来源"
BLANK_RATE = "执行率为空白"
BLANK_SCORE = "执行率得分为空白"
BLANK_MAXIMUM = "执行率分值为空白"
BLANK_FUNDS = "全年预算数或全年执行数为空白或为零"


def form_funds(check: Check, forms: Sequence[FormView]) -> Iterator[Answer]:
    """Total funds against their sources, for budget and execution."""
    for form in forms:
        answers = list(_funds(check, form))
        shown = any(isinstance(a, Relation) and a.blanks and verdict(a) is not Verdict.CONFLICT for a in answers)
        for answer in answers:
            if isinstance(answer, Relation) and answer.blanks and not shown:
                yield replace(answer, severity=Severity.DOUBTFUL, doubt=BLANK_SOURCE)
            else:
                yield answer


def _funds(check: Check, form: FormView) -> Iterator[Answer]:
    """State the sums of one form, one for each measure."""
    for measure in FUND_MEASURES:
        whole = form.funds.get(("fund_total", measure))
        sources = [slot for name in SOURCES if (slot := form.funds.get((name, measure))) is not None]
        if whole is None or not sources:
            continue
        figures = [slot.figure for slot in sources if slot.figure is not None]
        blanks = tuple(slot.ref for slot in sources if slot.figure is None)
        refs = (whole.ref, *(slot.ref for slot in sources))
        if whole.figure is None:
            if figures:
                yield Unchecked(check, BLANK_TOTAL, refs, form.table.page)
        elif not figures:
            yield Unchecked(check, BLANK_SOURCES, refs, form.table.page)
        else:
            terms = tuple(Term(figure) for figure in figures)
            other = measure in form.other_sources
            severity = Severity.DOUBTFUL if other else severity_of(check)
            yield Relation(check, Form.SUM, whole.figure, terms, blanks, severity, OTHER_SOURCE if other else "")


def form_rate(check: Check, forms: Sequence[FormView]) -> Iterator[Answer]:
    """State execution rates, or the points given for them, by the check's subject."""
    yield from {"rate": _rates, "score": _scores}[check.subject](check, forms)


def _rates(check: Check, forms: Sequence[FormView]) -> Iterator[Answer]:
    """State execution rates against execution over budget, in every line of the block that has one."""
    for form in forms:
        for row in ("fund_total", *SOURCES):
            rate = form.funds.get((row, "execution_rate"))
            if rate is None:
                continue
            if rate.figure is None:
                if row == "fund_total":
                    yield Unchecked(check, BLANK_RATE, (rate.ref,), form.table.page)
                continue
            done, planned = (form.funds.get((row, measure)) for measure in ("actual", "adjusted_budget"))
            if planned is None:  # forms with one budget column
                planned = form.funds.get((row, "initial_budget"))
            known = done is not None and planned is not None and done.figure is not None and planned.figure is not None
            if not known or not planned.figure.value.canonical:  # type: ignore[union-attr]
                yield Unchecked(check, BLANK_FUNDS, (rate.ref,), form.table.page)
                continue
            assert done is not None
            assert planned is not None
            assert done.figure is not None
            assert planned.figure is not None
            claimed = rate.figure.with_value(as_rate(rate.figure.written))
            yield Relation(check, Form.RATIO, claimed, (Term(done.figure), Term(planned.figure)))


def _scores(check: Check, forms: Sequence[FormView]) -> Iterator[Answer]:
    """Points for execution against rate times maximum."""
    for form in forms:
        names = ("score", "execution_rate", "max_score")
        score, rate, most = (form.funds.get(("fund_total", name)) for name in names)
        if score is None or score.text in ("—", "-", "--"):
            continue
        refs = tuple(slot.ref for slot in (score, rate, most) if slot is not None)
        reasons = ((score, BLANK_SCORE), (rate, BLANK_RATE), (most, BLANK_MAXIMUM))
        missing = next((reason for slot, reason in reasons if slot is None or slot.figure is None), None)
        if missing is not None:
            yield Unchecked(check, missing, refs, form.table.page)
            continue
        figures = [slot.figure for slot in (score, rate, most) if slot is not None and slot.figure is not None]
        if figures[0].value.kind is Kind.MONEY:
            continue
        yield Relation(
            check,
            Form.PRODUCT,
            figures[0].with_value(as_score(figures[0].written)),
            (
                Term(figures[1].with_value(as_rate(figures[1].written))),
                Term(figures[2].with_value(as_maximum(figures[2].written))),
            ),
        )
