"""Shapes `form_sum` (of points) and `form_bound`: points and indicator rows of the form.

A blank score is an absent term of the total: the form's total counts what was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.checks.figures import Operand, as_maximum, as_score, as_written_score
from gouji.checks.forms import FormView, IndicatorRow, Slot
from gouji.checks.relations import Answer, Form, Relation, Term, Unchecked, severity_of, verdict
from gouji.model.values import Kind, Verdict
from gouji.resources.check_registry import Check, load

BLANK_TOTAL = "总分行为空白"
NO_ROWS = "表中未读到指标的分值或得分"
BLANK_TARGET = "指标值或完成值不是数值"
PARTIAL_COST = "该成本指标可能只涉及部分资金"
NO_POINTS = "分值或得分为空白"


def form_total(check: Check, forms: Sequence[FormView]) -> Iterator[Answer]:
    """Stated total of maxima or scores against the sum of the execution row and all indicator rows."""
    for form in forms:
        stated = form.totals.get(check.of)
        execution = form.funds.get(("fund_total", check.of))
        slots = [*([execution] if execution else []), *(s for row in form.rows if (s := row.slots.get(check.of)))]
        if stated is None or stated.figure is None:
            refs = (stated.ref,) if stated else ()
            yield Unchecked(check, BLANK_TOTAL, refs, form.table.page)
            continue
        read = as_maximum if check.of == "max_score" else as_score
        terms = tuple(Term(s.figure.with_value(read(s.figure.written))) for s in slots if s.figure is not None)
        blanks = tuple(slot.ref for slot in slots if slot.figure is None and slot.text == "")
        if len(terms) < 2:
            yield Unchecked(check, NO_ROWS, (stated.ref,), form.table.page)
            continue
        value = stated.figure.written
        claimed = stated.figure.with_value(as_maximum(value) if check.of == "max_score" else as_written_score(value))
        yield Relation(check, Form.SUM, claimed, terms, blanks)


def form_bound(check: Check, forms: Sequence[FormView]) -> Iterator[Answer]:
    """Points, costs or targets against what bounds them, by the check's subject."""
    yield from {"points": _bounds, "cost": _costs, "target": _targets}[check.subject](check, forms)


def _bounds(check: Check, forms: Sequence[FormView]) -> Iterator[Answer]:
    """No score above the maximum of its row."""
    for form in forms:
        for most, score in _points(form):
            if most.figure is None or score.figure is None:
                if most.figure is not None and score.text == "":
                    yield Unchecked(check, NO_POINTS, (score.ref, most.ref), form.table.page)
                continue
            yield Relation(
                check,
                Form.AT_MOST,
                score.figure.with_value(as_score(score.figure.written)),
                (Term(most.figure.with_value(as_maximum(most.figure.written))),),
            )


def _points(form: FormView) -> Iterator[tuple[Slot, Slot]]:
    """Maximum and score of the execution row, of every indicator row, and of the totals."""
    pairs = [tuple(form.funds.get(("fund_total", name)) for name in ("max_score", "score"))]
    pairs += [(row.slots.get("max_score"), row.slots.get("score")) for row in form.rows]
    pairs.append((form.totals.get("max_score"), form.totals.get("score")))
    for most, score in pairs:
        if most is not None and score is not None:
            yield most, score


def _costs(check: Check, forms: Sequence[FormView]) -> Iterator[Answer]:
    """Money of cost indicators against the funds block: the target is the budget, what was reached is what was spent.

    Only rows whose target is money of the size of the whole project are meant: a unit cost is another quantity.
    """
    for form in forms:
        for row in form.rows:
            if not _is_cost(row):
                continue
            for name, measure in (("target", "adjusted_budget"), ("achieved", "actual")):
                stated, whole = row.slots.get(name), form.funds.get(("fund_total", measure))
                if stated is None or whole is None or whole.figure is None:
                    continue
                yield _cost(check, form, stated, whole.figure)


def _cost(check: Check, form: FormView, stated: Slot, whole: Operand) -> Answer:
    """One amount; a bare number is taken for money of the form's unit only where it then fits."""
    refs = (stated.ref, whole.ref)
    if stated.figure is None:
        return Unchecked(check, BLANK_TARGET, refs, form.table.page)
    figure = stated.figure
    bare = figure.value.kind is not Kind.MONEY
    if bare:
        if figure.value.unit:
            return Unchecked(check, BLANK_TARGET, refs, form.table.page)
        figure = figure.with_value(replace(whole.written, number=figure.value.number, decimals=figure.value.decimals))
    answer = Relation(check, Form.SUM, figure, (Term(whole),), (), severity_of(check), PARTIAL_COST)
    if verdict(answer) is not Verdict.CONFLICT:
        return answer
    if bare:
        return Unchecked(check, BLANK_TARGET, refs, form.table.page)
    size = figure.value.canonical.adjusted() == whole.value.canonical.adjusted()
    return answer if size else Unchecked(check, PARTIAL_COST, refs, form.table.page)  # 单顶成本≤2000元


def _targets(check: Check, forms: Sequence[FormView]) -> Iterator[Answer]:
    """Find rows that stay below their target and yet have all their points."""
    for form in forms:
        for row in form.rows:
            answer = _target(check, form, row)
            if answer is not None:
                yield answer


def _is_cost(row: IndicatorRow) -> bool:
    """Whether a row is a cost indicator."""
    return any(word in kind for word in load().words["cost"] for kind in row.kinds)


def _target(check: Check, form: FormView, row: IndicatorRow) -> Answer | None:
    """One row: only targets and results that are numbers of one unit can be compared."""
    target, reached, most, score = (row.slots.get(name) for name in ("target", "achieved", "max_score", "score"))
    if target is None or reached is None or not target.text:
        return None
    refs = (reached.ref, target.ref)
    if target.figure is None or reached.figure is None:
        return Unchecked(check, BLANK_TARGET, refs, form.table.page)
    left, right = reached.figure.value, target.figure.value
    if (left.kind, left.unit, left.scale) != (right.kind, right.unit, right.scale) or _is_cost(row):
        return Unchecked(check, BLANK_TARGET, refs, form.table.page)
    if most is None or score is None or most.figure is None or score.figure is None:
        return Unchecked(check, NO_POINTS, refs, form.table.page)
    form_of = Form.AT_MOST if target.text.startswith(load().words["at_most"]) else Form.AT_LEAST
    if score.figure.value.canonical < most.figure.value.canonical:
        return Unchecked(check, "已扣分", refs, form.table.page)
    return Relation(
        check, form_of, reached.figure, (Term(target.figure),), (), severity_of(check), "完成值未达到指标值而得满分"
    )
