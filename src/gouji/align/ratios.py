"""`share`, `completion`, `average`: one figure by another."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

from gouji.align.changes import judge_change
from gouji.align.figures import Figure, FigureIndex
from gouji.align.operands import Operand, Resolver
from gouji.align.quantity import Quantity, read_name
from gouji.align.restate import TELLING
from gouji.model.facts import Base, Label, Measure
from gouji.model.outcomes import Alignment, Relation
from gouji.model.values import Verdict, combine, judge
from gouji.resources.alignment import align_terms
from gouji.resources.relations import Term, relations

TOTALS = frozenset({"income", "expenditure"})
LOOK_BACK = 12
"""Amounts before a rate that may be meant by it."""


def align_share(figure: Figure, resolver: Resolver, figures: FigureIndex) -> Alignment | str:
    """Tie a share to its part and its whole, or say why not."""
    row = _share(figure, resolver, figures)
    if not isinstance(row, Alignment) or row.verdict is not Verdict.CONFLICT:
        return row
    if any(word in "".join(figure.fact.path[-1:]) for word in align_terms().forms["evaluated"]):
        return "other_caliber"  # funds of evaluated projects are budgets, and not of all projects
    if (other := _of_the_same_whole(figure, resolver, figures)) is not None:
        return other
    if figure.fact.of is None:
        # A whole that is only supposed proves nothing, unless another share of the list is one of it.
        return row if _is_whole_of_list(figure, row.operands[-1], resolver, figures) else "whole_absent"
    return row


def _of_the_same_whole(figure: Figure, resolver: Resolver, figures: FigureIndex) -> Alignment | None:
    """Take the whole that the share before names, if the share is rightly one of that: 占总额的67%，其中…，占30%."""
    near = [f for f in figures.before(figure) if f.measure is Measure.SHARE and f.sentence == figure.sentence]
    if not near or near[-1].fact.of in (None, figure.fact.of):
        return None
    named = replace(figure, fact=replace(figure.fact, of=near[-1].fact.of))
    row = _share(named, resolver, figures)
    return row if isinstance(row, Alignment) and row.verdict is Verdict.AGREES else None


def _share(figure: Figure, resolver: Resolver, figures: FigureIndex) -> Alignment | str:
    parts = resolver.choices(figure.quantity, figure.above, "actual", figure)
    if not parts and (before := _level_before(figure, figures, resolver)) is not None:
        parts = [before]
    if not parts:
        return "part_absent"
    wholes = _wholes(figure, resolver, figures)
    if not wholes:
        return "whole_absent"
    pairs = [(part, whole) for part, whole in product(parts, wholes) if whole.ref != part.ref]
    return _best(figure, Relation.SHARE, pairs) if pairs else "whole_absent"


def _is_whole_of_list(figure: Figure, whole: str, resolver: Resolver, figures: FigureIndex) -> bool:
    """Whether another share of the passage, neither nothing nor all, is rightly one of the same whole."""
    for other in (*figures.before(figure), *figures.after(figure)):
        if other.measure is not Measure.SHARE or other.fact.of is not None or other.passage != figure.passage:
            continue
        if not Decimal(0) < other.value.canonical < Decimal(1) or len(other.value.number.as_tuple().digits) < TELLING:
            continue  # 0.14 % may be the share of many a whole
        row = _share(other, resolver, figures)
        if isinstance(row, Alignment) and row.verdict is Verdict.AGREES and row.operands[-1] == whole:
            return True
    return False


def _wholes(figure: Figure, resolver: Resolver, figures: FigureIndex) -> list[Operand]:
    """Wholes that a share may be of: the one it names, under the funds it may mean; else the total above it."""
    if figure.fact.of:
        whole = read_name(figure.fact.of)
        contexts = [whole] if whole.caliber else [whole.within("all"), whole.within(figure.quantity.caliber)]
        found = [
            operand
            for measure in ("actual", "any_budget", "count")
            for context in contexts
            for operand in resolver.choices(context, (), measure, figure, foreign=True)
        ]
        return list({operand.ref: operand for operand in found}.values())
    for core in reversed(figure.above):
        operand = resolver.level(Quantity(core, figure.quantity.caliber), (), "actual", figure, foreign=True)
        if operand is not None:
            return [operand]
    total = next((f for f in reversed(figures.before(figure)) if _is_total(f) and f.passage == figure.passage), None)
    return [resolver.operand(total)] if total is not None else []


def _is_total(figure: Figure) -> bool:
    """Whether a figure is the outturn of a total, which the shares of a list behind it may be of."""
    is_whole = figure.quantity.core in TOTALS and figure.quantity.component is None
    return is_whole and figure.is_money and figure.measure is Measure.ACTUAL


def _level_before(figure: Figure, figures: FigureIndex, resolver: Resolver) -> Operand | None:
    """Find the amount right before a rate in its sentence, if it bears the same name."""
    row = figures.before(figure)
    if row and row[-1].is_level and row[-1].sentence == figure.sentence:
        before = row[-1]
        named = figure.quantity.core.startswith(before.quantity.core) and bool(before.quantity.core)
        if named or (before.fact.indicator == figure.fact.indicator and before.fact.indicator is not None):
            return resolver.operand(before)
    return None


def align_completion(figure: Figure, resolver: Resolver, figures: FigureIndex) -> Alignment | str:
    """Tie a completion rate to outturn and budget, or say why not."""
    actuals = resolver.choices(figure.quantity, figure.above, "actual", figure)
    if not actuals:
        return rate_by_place(figure, Relation.COMPLETION, resolver, figures) or "actual_absent"
    measures: tuple[str, ...] = {
        Base.INITIAL_BUDGET: ("initial_budget",),
        Base.ADJUSTED_BUDGET: ("adjusted_budget",),
    }.get(figure.fact.base, ("any_budget",))
    if figure.fact.base is not Base.INITIAL_BUDGET:
        measures = (*measures, "any_budget")
    budgets = [
        budget for measure in measures for budget in resolver.choices(figure.quantity, figure.above, measure, figure)
    ]
    pairs = list(product(actuals, dict.fromkeys(budgets)))
    if not pairs:
        return "budget_absent"
    return _best(figure, Relation.COMPLETION, pairs)


def rate_by_place(figure: Figure, relation: Relation, resolver: Resolver, figures: FigureIndex) -> Alignment | None:
    """Tie a rate with a name of its own (预算执行率, 差异率) to an outturn and a budget before it in its passage.

    The pair that gives the rate is taken, the nearest first; a conflict needs the only pair of the sentence.
    """
    rate = {
        Relation.COMPLETION: lambda a, b: a / b,
        Relation.CHANGE_RATE: lambda a, b: (a - b) / b,
    }[relation]
    before = [f for f in figures.before(figure) if f.is_money][-LOOK_BACK:]
    actuals = [f for f in reversed(before) if f.measure is Measure.ACTUAL]
    budgets = [f for f in reversed(before) if f.measure in (Measure.ADJUSTED_BUDGET, Measure.INITIAL_BUDGET)]
    if figure.fact.base is Base.PRIOR_YEAR:
        return None
    rows: list[tuple[Alignment, bool]] = []
    for upper, lower in product(actuals, budgets):
        computed = combine(rate, [resolver.operand(upper).value, resolver.operand(lower).value])
        if computed is None:
            continue
        verdict = (
            judge_change(figure, computed)[0] if relation is Relation.CHANGE_RATE else judge(figure.value, computed)
        )
        row = Alignment(figure.id, relation, (upper.id, lower.id), verdict, computed.exact)
        alike = upper.quantity.core in ("", lower.quantity.core)
        alike = alike and (figure.named or figure.quantity.core in ("", upper.quantity.core))
        rows.append((row, alike and upper.sentence == lower.sentence == figure.sentence))
    good = [row for row, _ in rows if row.verdict is not Verdict.CONFLICT]
    if good:
        return next((row for row in good if row.verdict is Verdict.AGREES), good[0])
    beside = [row for row, together in rows if together]
    return beside[0] if len(beside) == 1 else None


def _best(figure: Figure, relation: Relation, pairs: list[tuple[Operand, Operand]]) -> Alignment | str:
    """Choose the pair that gives the rate; if none does, the first one, in conflict."""
    rows: list[Alignment] = []
    for upper, lower in pairs:
        computed = combine(lambda a, b: a / b, [upper.value, lower.value])
        if computed is None:
            continue
        verdict = judge(figure.value, computed)
        rows.append(Alignment(figure.id, relation, (upper.ref, lower.ref), verdict, computed.exact))
        if verdict is not Verdict.CONFLICT:
            return rows[-1]
    return rows[0] if rows else "base_zero"


def align_average(figure: Figure, resolver: Resolver, figures: FigureIndex) -> Alignment | str:
    """Tie an average to its amount and its number, or say why not."""
    name = "".join(figure.fact.path[-1:]) + (figure.mention.name or "")
    for relation in relations().averages:
        if not all(word in name for word in relation.words):
            continue
        amount = _term(relation.amount, "actual", figure, resolver)
        number = _term(relation.number, "count", figure, resolver)
        numbers = [number] if number is not None else []
        if number is None or number.value.number:
            numbers.extend(resolver.operand(f) for f in _counts_near(figure, figures, relation.units))
        rows = []
        for count in numbers:
            if amount is None or not count.value.number:
                continue
            computed = combine(lambda a, b: a / b, [amount.value, count.value])
            if computed is not None:
                verdict = judge(figure.value, computed)
                rows.append(Alignment(figure.id, Relation.AVERAGE, (amount.ref, count.ref), verdict, computed.exact))
        good = [row for row in rows if row.verdict is not Verdict.CONFLICT]
        if good:
            return good[0]
        if number is not None:
            return rows[0] if rows else "base_zero"
    return "terms_absent" if figure.value.canonical != Decimal(0) else "base_zero"


def _counts_near(figure: Figure, figures: FigureIndex, units: tuple[str, ...]) -> list[Figure]:
    """List counts in one of the units in the passage of a figure, nearest first."""
    found = [
        f
        for f in (*figures.before(figure), *figures.after(figure))
        if f.mention.label is Label.QUANTITY and f.value.unit in units and f.measure in (Measure.COUNT, Measure.ACTUAL)
    ]
    return sorted(found, key=lambda f: abs(f.order - figure.order))


def _term(term: Term, measure: str, figure: Figure, resolver: Resolver) -> Operand | None:
    quantity = read_name(term.core)
    if term.component is not None or term.caliber is not None:
        quantity = Quantity(term.core, term.caliber or figure.quantity.caliber, term.component)
    return resolver.level(quantity, (), measure, figure)
