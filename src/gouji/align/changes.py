"""`change` and `change_rate`: the current figure with the base, or with the change where no base is stated."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from gouji.align.figures import Figure, FigureIndex
from gouji.align.operands import Operand, Resolver
from gouji.model.facts import SIGN, Base, Measure
from gouji.model.outcomes import Alignment, Relation
from gouji.model.values import Computed, Value, Verdict, combine, judge, total

TELLING = 3
"""Significant digits from which a rate that fits is no accident."""
BASE_MEASURE = {
    Base.PRIOR_YEAR: "prior",
    Base.INITIAL_BUDGET: "initial_budget",
    Base.ADJUSTED_BUDGET: "adjusted_budget",
}


def align_change(figure: Figure, resolver: Resolver) -> Alignment | str:
    """Tie a change to the figures it leads from and to, or say why not."""
    measure = BASE_MEASURE.get(figure.fact.base)
    if measure is None:
        return "other_year" if figure.fact.base is Base.OTHER_YEAR else "base_absent"
    currents = resolver.choices(figure.quantity, figure.above, _current_measure(figure), figure)
    if not currents:
        return "actual_absent"
    bases = resolver.choices(figure.quantity, figure.above, measure, figure)
    carried = resolver.carried(figure) if measure == "prior" and not bases else []
    if not bases and not carried:
        return "prior_year_absent" if measure == "prior" else "base_absent"
    rows = []
    for current, base in product(currents, bases or carried):
        computed = total([(1, current.value), (-1, base.value)])
        verdict, reason = judge_change(figure, computed)
        rows.append(Alignment(figure.id, Relation.CHANGE, (current.ref, base.ref), verdict, computed.exact, reason))
    row = _kindest(rows)
    return "prior_year_absent" if carried and row.verdict is Verdict.CONFLICT else row


def _kindest(rows: Sequence[Alignment]) -> Alignment:
    """Choose the first row that is no conflict; the first if all are."""
    return next((row for row in rows if row.verdict is not Verdict.CONFLICT), rows[0])


def judge_change(figure: Figure, computed: Computed) -> tuple[Verdict, str | None]:
    """Compare a stated change with its computed, signed value: the amount, then the direction."""
    sign = SIGN.get(figure.fact.direction)
    if sign is None:  # flat, or the form's 增加（减少） left in: only the amount is a claim
        return max_agreement(judge(figure.value, computed), judge(_negative(figure.value), computed)), None
    verdict = judge(figure.value if sign > 0 else _negative(figure.value), computed)
    if verdict is not Verdict.CONFLICT:
        return verdict, None
    opposite = judge(_negative(figure.value) if sign > 0 else figure.value, computed)
    return verdict, "direction" if opposite is not Verdict.CONFLICT else "value_differs"


def max_agreement(left: Verdict, right: Verdict) -> Verdict:
    """Give the kinder of two verdicts."""
    order = (Verdict.AGREES, Verdict.ROUNDING, Verdict.CONFLICT)
    return min(left, right, key=order.index)


def align_change_rate(figure: Figure, resolver: Resolver, figures: FigureIndex) -> Alignment | str:
    """Tie a rate of change to the current figure and the base, or the change; or say why not."""
    base_kind = figure.fact.base
    if base_kind is Base.OTHER_YEAR or figure.value.unit == "pp":
        return "other_year" if base_kind is Base.OTHER_YEAR else "score_or_share_alone"
    measure = BASE_MEASURE.get(base_kind)
    if measure is None:
        return "base_absent"
    currents = resolver.choices(figure.quantity, figure.above, _current_measure(figure), figure)
    if not currents:
        return "actual_absent"
    bases = resolver.choices(figure.quantity, figure.above, measure, figure)
    change = _change_beside(figure, figures)
    choices = [_rate_from_base(figure, current, base) for current, base in product(currents, bases)]
    if change is not None:
        choices.extend(_rate_from_change(figure, current, change, resolver) for current in currents)
    found = [row for row in choices if row is not None]
    if found:
        row = _kindest(found)
        other = _rate_of_another(figure, change, figures, resolver) if row.verdict is Verdict.CONFLICT else None
        return other or row
    if bases or change is not None:
        return "base_zero"
    return "prior_year_absent" if measure == "prior" else "base_absent"


def _rate_of_another(
    figure: Figure, change: Figure | None, figures: FigureIndex, resolver: Resolver
) -> Alignment | None:
    """Find the level before a change in its sentence that its rate fits, where the rate does not fit its own name.

    A clause between a total and its change may name another item (收入预算总计…，包括…，同比增加…，增长…): the very
    digits of the rate say what it is of.
    """
    if change is None or figure.value.significant < TELLING:
        return None
    for other in reversed(figures.before(change)):
        if other.sentence != figure.sentence:
            break
        if other.is_level and other.is_money and other.value.canonical:
            row = _rate_from_change(figure, resolver.operand(other), change, resolver)
            if row is not None and row.verdict is Verdict.AGREES:
                return row
    return None


def _rate_from_base(figure: Figure, current: Operand, base: Operand) -> Alignment | None:
    computed = combine(lambda now, then: (now - then) / then, [current.value, base.value])
    return _rate(figure, (current.ref, base.ref), computed)


def _rate_from_change(figure: Figure, current: Operand, change: Figure, resolver: Resolver) -> Alignment | None:
    """Rate by the stated change: the base is the current figure less the signed change."""
    direction = change.fact.direction if change.fact.direction in SIGN else figure.fact.direction
    sign = Decimal(SIGN.get(direction, 1))
    operand = resolver.operand(change)
    computed = combine(lambda now, step: sign * step / (now - sign * step), [current.value, operand.value])
    return _rate(figure, (current.ref, operand.ref), computed)


def _rate(figure: Figure, operands: tuple[str, str], computed: Computed | None) -> Alignment | None:
    if computed is None:
        return None
    verdict, reason = judge_change(figure, computed)
    if reason == "direction" and not computed.exact:
        verdict, reason = Verdict.AGREES, None
    return Alignment(figure.id, Relation.CHANGE_RATE, operands, verdict, computed.exact, reason)


def _change_beside(figure: Figure, figures: FigureIndex) -> Figure | None:
    """Find the change that a rate repeats: the nearest of its quantity and base in its passage."""
    beside = [
        f
        for f in figures.near(figure.quantity, figure)
        if f.measure is Measure.CHANGE
        and f.passage == figure.passage
        and f.fact.base is figure.fact.base
        and f.above == figure.above
        and f.mention.label is not figure.mention.label
    ]
    before = [f for f in beside if f.order < figure.order]
    after = [f for f in beside if f.order > figure.order and f.sentence == figure.sentence]
    return before[-1] if before else (after[0] if after else None)


def _current_measure(figure: Figure) -> str:
    return "count" if not figure.is_money and figure.mention.label.value == "QUANTITY" else "actual"


def _negative(value: Value) -> Value:
    return Value(-value.number, value.scale, value.decimals, value.kind, value.unit)
