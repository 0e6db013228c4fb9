"""`share`, `completion`, `average`: one figure by another."""

from __future__ import annotations

from decimal import Decimal

from gouji.align.figures import Figure, FigureIndex
from gouji.align.operands import Operand, Resolver
from gouji.align.quantity import Quantity, read_name
from gouji.model.facts import Base, Label, Measure
from gouji.model.outcomes import Alignment, Relation
from gouji.model.values import Verdict, combine, judge
from gouji.resources.relations import Term, relations


def align_share(figure: Figure, resolver: Resolver, figures: FigureIndex) -> Alignment | str:
    """A share with its part and its whole, or why it has none."""
    part = resolver.level(figure.quantity, figure.above, "actual", figure)
    if part is None:
        part = _level_before(figure, figures, resolver)
    if part is None:
        return "part_absent"
    wholes = _wholes(figure, resolver, figures)
    if not wholes:
        return "whole_absent"
    return _best(figure, Relation.SHARE, [(part, whole) for whole in wholes if whole.ref != part.ref])


def _wholes(figure: Figure, resolver: Resolver, figures: FigureIndex) -> list[Operand]:
    """Wholes that a share may be of: the one it names, under the funds it may mean; without a name the last total before it."""
    if figure.fact.of:
        whole = read_name(figure.fact.of)
        contexts = [whole] if whole.caliber else [whole.within("all"), whole.within(figure.quantity.caliber)]
        found = [resolver.level(context, (), "actual", figure, foreign=True) for context in contexts]
        return list({operand.ref: operand for operand in found if operand is not None}.values())
    for core in reversed(figure.above):
        operand = resolver.level(Quantity(core, figure.quantity.caliber), (), "actual", figure, foreign=True)
        if operand is not None:
            return [operand]
    return []


def _level_before(figure: Figure, figures: FigureIndex, resolver: Resolver) -> Operand | None:
    """The amount right before a rate in its sentence, if it belongs to the same indicator mention."""
    row = figures.of_passage[figure.passage]
    at = next(i for i, f in enumerate(row) if f.id == figure.id)
    if at and row[at - 1].is_level and row[at - 1].sentence == figure.sentence:
        before = row[at - 1]
        if before.fact.indicator == figure.fact.indicator and before.fact.indicator is not None:
            return resolver.operand(before)
    return None


def align_completion(figure: Figure, resolver: Resolver, figures: FigureIndex) -> Alignment | str:
    """A completion rate with outturn and budget, or why it has none."""
    actual = resolver.level(figure.quantity, figure.above, "actual", figure)
    if actual is None:
        return "actual_absent"
    measures = {
        Base.INITIAL_BUDGET: ("initial_budget",),
        Base.ADJUSTED_BUDGET: ("adjusted_budget",),
    }.get(figure.fact.base, ("any_budget",))
    budgets = [resolver.level(figure.quantity, figure.above, measure, figure) for measure in measures]
    if figure.fact.base is not Base.INITIAL_BUDGET:
        budgets.append(resolver.level(figure.quantity, figure.above, "any_budget", figure))
    pairs = [(actual, budget) for budget in budgets if budget is not None]
    if not pairs:
        return "budget_absent"
    return _best(figure, Relation.COMPLETION, pairs)


def _best(figure: Figure, relation: Relation, pairs: list[tuple[Operand, Operand]]) -> Alignment | str:
    """The pair that gives the rate; if none does, the first one, in conflict."""
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
    """An average with its amount and its number, or why it has none."""
    name = "".join(figure.fact.path[-1:]) + (figure.mention.name or "")
    for relation in relations().averages:
        if not all(word in name for word in relation.words):
            continue
        amount = _term(relation.amount, "actual", figure, resolver)
        number = _term(relation.number, "count", figure, resolver)
        numbers = [number] if number is not None else []
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
        if rows and number is not None:
            return rows[0]
    return "terms_absent" if figure.value.canonical != Decimal(0) else "base_zero"


def _counts_near(figure: Figure, figures: FigureIndex, units: tuple[str, ...]) -> list[Figure]:
    """Counts in one of the units in the passage of a figure, nearest first."""
    found = [
        f
        for f in figures.of_passage[figure.passage]
        if f.mention.label is Label.QUANTITY and f.value.unit in units and f.measure in (Measure.COUNT, Measure.ACTUAL)
    ]
    return sorted(found, key=lambda f: abs(f.order - figure.order))


def _term(term: Term, measure: str, figure: Figure, resolver: Resolver) -> Operand | None:
    quantity = read_name(term.core)
    if term.component is not None or term.caliber is not None:
        quantity = Quantity(term.core, term.caliber or figure.quantity.caliber, term.component)
    return resolver.level(quantity, (), measure, figure)
