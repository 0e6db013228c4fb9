"""`sum` and `difference`: totals with the parts that the text lists, its headings imply or ``relations.yaml`` names."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.align.changes import judge_change
from gouji.align.figures import Figure, FigureIndex
from gouji.align.operands import Operand, Resolver, kinds_fit
from gouji.align.quantity import Quantity
from gouji.model.facts import SIGN, Measure
from gouji.model.outcomes import Alignment, Relation
from gouji.model.values import Kind, Value, Verdict, judge, total
from gouji.resources.alignment import align_terms
from gouji.resources.relations import DifferenceRelation, SumRelation, Term, relations

MEASURE_KEYS = {
    Measure.ACTUAL: "actual",
    Measure.INITIAL_BUDGET: "initial_budget",
    Measure.ADJUSTED_BUDGET: "adjusted_budget",
    Measure.COUNT: "count",
}

ENUMERATED = (Measure.ACTUAL, Measure.INITIAL_BUDGET)
ITEM_DEPTH = 2
"""Names that an item of a classification bears at least: its class and its own."""
LONGEST_LIST = 40
LOOK_AHEAD = 120
"""Figures after a total among which its items are looked for."""


def align_sums(figure: Figure, resolver: Resolver, figures: FigureIndex, first: bool) -> list[Alignment]:
    """Find the sum that a figure is the total of.

    Parameters
    ----------
    first : bool
        Whether the text states this quantity here for the first time; declared relations are claims once.
    """
    for parts in (_children(figure, figures), _listed(figure, figures), _divisions(figure, figures)):
        row = _sum_of_figures(figure, parts, resolver) if parts else None
        if row is not None:
            return [row]
    row = _enumerated(figure, figures, resolver)
    if row is not None:
        return [row]
    return [
        found for found in (_declared(figure, relation, resolver, first) for relation in relations().sums) if found
    ][:1]


def align_differences(figure: Figure, resolver: Resolver) -> list[Alignment]:
    """Differences that a figure is the result of, as declared."""
    key = MEASURE_KEYS.get(figure.measure)
    for relation in relations().differences:
        if key is None or not _is(figure.quantity, relation.result):
            continue
        for caliber in dict.fromkeys((figure.quantity.caliber, "all", "fiscal", "general")):
            row = _difference(figure, relation, key, caliber, resolver)
            if row is not None:
                return [row]
    return []


def _difference(
    figure: Figure, relation: DifferenceRelation, key: str, caliber: str | None, resolver: Resolver
) -> Alignment | None:
    """Test a declared difference under one fund; balances have unnamed parts, so a mismatch proves nothing."""
    found: list[Operand] = []
    for term in (relation.minuend, *relation.subtrahends):
        operand = resolver.level(Quantity(term.core, term.caliber or caliber, term.component), (), key, figure)
        if operand is None or not kinds_fit(figure.value, operand.value):
            return None
        found.append(operand)
    computed = total([(1 if i == 0 else -1, operand.value) for i, operand in enumerate(found)])
    verdict = judge(figure.value, computed)
    if verdict is Verdict.CONFLICT or not figure.value.number:
        return None
    return Alignment(figure.id, Relation.DIFFERENCE, tuple(o.ref for o in found), verdict, computed.exact)


def _declared(figure: Figure, relation: SumRelation, resolver: Resolver, first: bool) -> Alignment | None:
    """Sum declared parts, where each is stated or stands in a table."""
    key = MEASURE_KEYS.get(figure.measure)
    if key is None or not _is(figure.quantity, relation.whole) or not first:
        return None
    parts: list[Operand] = []
    for term in relation.parts:
        operand = resolver.level(_quantity(term, figure), (), key, figure)
        if operand is None or not kinds_fit(figure.value, operand.value):
            return None
        parts.append(operand)
    plain = _judged(figure, parts)
    for term in relation.optional:
        operand = resolver.level(_quantity(term, figure), (), key, figure)
        if operand is not None and operand.value.number and kinds_fit(figure.value, operand.value):
            parts.append(operand)
    full = _judged(figure, parts)
    good = [row for row in (full, plain) if row.verdict is not Verdict.CONFLICT]
    if good:
        return good[0]
    return full if relation.complete and _beside(parts, figure, resolver) else None


def _beside(parts: Sequence[Operand], figure: Figure, resolver: Resolver) -> bool:
    """Whether all parts are stated in the passage of the figure, so that the text itself claims the sum."""
    stated = [resolver.figures.of_id.get(part.ref) for part in parts]
    return all(part is not None and part.passage == figure.passage for part in stated)


def _judged(figure: Figure, parts: Sequence[Operand]) -> Alignment:
    computed = total([(1, part.value) for part in parts])
    return Alignment(
        figure.id, Relation.SUM, tuple(p.ref for p in parts), judge(figure.value, computed), computed.exact
    )


def _quantity(term: Term, figure: Figure) -> Quantity:
    own = figure.quantity.caliber
    return Quantity(term.core, term.caliber or own, term.component)


def _is(quantity: Quantity, term: Term) -> bool:
    same = quantity.core == term.core and quantity.component == term.component
    return same and (term.caliber is None or quantity.caliber == term.caliber)


def _children(figure: Figure, figures: FigureIndex) -> list[Figure]:
    """Figures right below a figure in the chain of headings, following it until it is stated again."""
    path = figure.fact.path
    out: list[Figure] = []
    for other in _following(figure, figures):
        theirs = other.fact.path
        if theirs == path and other.measure is figure.measure and other.fact.base is figure.fact.base:
            break
        below = len(theirs) == len(path) + 1 and (
            theirs[: len(path)] == path or (theirs[: len(path) - 1], theirs[-1:]) == (path[:-1], path[-1:])
        )
        if below and _alike(figure, other):
            if any(o.fact.path == theirs for o in out):
                break
            out.append(other)
    return out


def _enumerated(figure: Figure, figures: FigureIndex, resolver: Resolver) -> Alignment | None:
    """Sum the items that the paragraphs after a total state one by one (1.…（类）…（款）…（项）。年初预算为…).

    A list that does not add up may leave out items that have no money in one of the two measures: it proves nothing.
    """
    if figure.measure not in ENUMERATED or not figure.is_money or not figure.value.number:
        return None
    passages = _passages_after(figure, figures)
    parts = [f for group in passages if (f := _level_of(group, figure.measure, figure)) is not None]
    if len(parts) < 2:
        return None
    row = _judged(figure, [resolver.operand(part) for part in parts])
    return row if row.verdict is not Verdict.CONFLICT else None


def _level_of(group: Sequence[Figure], measure: Measure, figure: Figure) -> Figure | None:
    """Level that a paragraph states of its item."""
    levels = [f for f in group if f.measure is measure and f.is_money and f.fact.period == figure.fact.period]
    return levels[0] if levels else None


def _passages_after(figure: Figure, figures: FigureIndex) -> list[list[Figure]]:
    """Figures of the paragraphs after that of a total, one item a paragraph, until one does not name an item."""
    out: list[list[Figure]] = []
    for other in figures.figures[figure.order + 1 : figure.order + 1 + 2 * LOOK_AHEAD]:
        if other.passage == figure.passage:
            continue
        if not out or out[-1][0].passage != other.passage:
            if len(other.fact.path) < ITEM_DEPTH or other.quantity == figure.quantity:
                break
            out.append([])
        out[-1].append(other)
    return out


def _following(figure: Figure, figures: FigureIndex) -> list[Figure]:
    """Figures after a figure in its section, at most as many as a section lists."""
    out = []
    for other in figures.figures[figure.order + 1 : figure.order + 1 + LOOK_AHEAD]:
        if other.section != figure.section:
            break
        out.append(other)
    return out


def _listed(figure: Figure, figures: FigureIndex) -> list[Figure]:
    """Figures listed after a total in its passage (其中：A…，B…): the shortest leading run that adds up.

    Their companions (shares, rates, budgets beside outturns) are passed over; the list ends where the total or a
    part is stated again.
    """
    if not (figure.is_level or figure.measure is Measure.CHANGE) or not figure.value.number:
        return []
    run: list[Figure] = []
    found: list[Figure] = []
    for other in figures.after(figure):
        if not _alike(figure, other):
            continue
        again = (other.quantity, other.fact.path) in [(o.quantity, o.fact.path) for o in run]
        if again or other.quantity == figure.quantity or len(run) >= LONGEST_LIST:
            break
        if not run and other.value.kind is Kind.COUNT and not _announced(figures.between(figure, other)):
            break
        if found and other.value.number:
            break
        run.append(other)
        if found or (len(run) >= 2 and _adds_up(figure, [(_sign(part), part.value) for part in run])):
            found = list(run)
    return found


def _announced(text: str) -> bool:
    """Whether the words between a total and a count announce a list."""
    return any(word in text for word in align_terms().lists)


def _divisions(figure: Figure, figures: FigureIndex) -> list[Figure]:
    """Figures of the same name one heading deeper: what the whole has, unit by unit."""
    path = figure.fact.path
    found = [
        other
        for other in figures.near(figure.quantity, figure)
        if len(other.fact.path) == len(path) + 1 and other.fact.path[1:] == path and _alike(figure, other)
    ]
    return found if len({other.fact.path for other in found}) == len(found) > 1 else []


def _adds_up(figure: Figure, terms: Sequence[tuple[int, Value]]) -> bool:
    computed = total(terms)
    if figure.measure is Measure.CHANGE:
        return judge_change(figure, computed)[0] is not Verdict.CONFLICT
    if figure.value.kind is not Kind.COUNT:
        return judge(figure.value, computed) is not Verdict.CONFLICT
    return figure.value.canonical == computed.exact


def _sign(part: Figure) -> int:
    return SIGN.get(part.fact.direction, 1) if part.measure is Measure.CHANGE else 1


def _alike(figure: Figure, other: Figure) -> bool:
    """Whether two figures may be whole and part: one measure, one year, one kind of unit."""
    if (
        other.fact.period != figure.fact.period
        or not kinds_fit(figure.value, other.value)
        or other.value.kind is Kind.RATE
    ):
        return False
    if figure.value.kind is Kind.COUNT and figure.value.unit[:1] != other.value.unit[:1]:
        return False
    return other.measure is figure.measure and other.fact.base is figure.fact.base


def _sum_of_figures(figure: Figure, parts: Sequence[Figure], resolver: Resolver) -> Alignment | None:
    """Sum the parts that the text lists, signed if changes; a list that does not add up may be incomplete."""
    operands = [resolver.operand(part) for part in parts]
    computed = total([(_sign(part), operand.value) for part, operand in zip(parts, operands, strict=True)])
    verdict = judge_change(figure, computed)[0] if figure.measure is Measure.CHANGE else judge(figure.value, computed)
    if verdict is Verdict.CONFLICT:
        return None
    if len(parts) == 1:
        return Alignment(figure.id, Relation.SAME, (operands[0].ref,), verdict, computed.exact)
    return Alignment(figure.id, Relation.SUM, tuple(o.ref for o in operands), verdict, computed.exact)
