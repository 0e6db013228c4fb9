"""`sum` and `difference`: totals with the parts that the text lists after them, that its headings declare, or that ``relations.yaml`` names."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.align.changes import SIGN, judge_change
from gouji.align.figures import Figure, FigureIndex
from gouji.align.operands import Operand, Resolver, kinds_fit
from gouji.align.quantity import Quantity
from gouji.model.facts import Measure
from gouji.model.outcomes import Alignment, Relation
from gouji.model.values import Kind, Value, Verdict, judge, total
from gouji.resources.relations import SumRelation, Term, relations

MEASURE_KEYS = {
    Measure.ACTUAL: "actual",
    Measure.INITIAL_BUDGET: "initial_budget",
    Measure.ADJUSTED_BUDGET: "adjusted_budget",
    Measure.COUNT: "count",
}

LONGEST_LIST = 40


def align_sums(figure: Figure, resolver: Resolver, figures: FigureIndex, first: bool) -> list[Alignment]:
    """Sums that a figure is the total of.

    Parameters
    ----------
    first : bool
        Whether the text states this quantity here for the first time; declared relations are claims once.
    """
    parts = _children(figure, figures) or _listed(figure, figures)
    row = _sum_of_figures(figure, parts, resolver) if parts else None
    if row is not None:
        return [row]
    return [
        found for found in (_declared(figure, relation, resolver, first) for relation in relations().sums) if found
    ][:1]


def align_differences(figure: Figure, resolver: Resolver) -> list[Alignment]:
    """Differences that a figure is the result of, as declared."""
    out = []
    key = MEASURE_KEYS.get(figure.measure)
    for relation in relations().differences:
        if key is None or not _is(figure.quantity, relation.result):
            continue
        operands = [
            resolver.level(_quantity(term, figure), (), key, figure, foreign=False)
            for term in (relation.minuend, *relation.subtrahends)
        ]
        if any(operand is None for operand in operands):
            continue
        found = [operand for operand in operands if operand is not None]
        computed = total([(1 if i == 0 else -1, operand.value) for i, operand in enumerate(found)])
        verdict = judge(figure.value, computed)
        if verdict is not Verdict.CONFLICT:  # 结转 has parts that no sentence names: a mismatch proves nothing
            refs = tuple(operand.ref for operand in found)
            out.append(Alignment(figure.id, Relation.DIFFERENCE, refs, verdict, computed.exact))
    return out[:1]


def _declared(figure: Figure, relation: SumRelation, resolver: Resolver, first: bool) -> Alignment | None:
    """The sum of declared parts, where each is stated or stands in a table."""
    key = MEASURE_KEYS.get(figure.measure)
    if key is None or not _is(figure.quantity, relation.whole) or not first:
        return None
    parts: list[Operand] = []
    for term in relation.parts:
        operand = resolver.level(_quantity(term, figure), (), key, figure)
        if operand is None:
            return None
        parts.append(operand)
    plain = _judged(figure, parts)
    for term in relation.optional:
        operand = resolver.level(_quantity(term, figure), (), key, figure)
        if operand is not None and operand.value.number:
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
    """Figures right below a figure in the chain of headings: same measure and year, following it until it is stated again."""
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


def _following(figure: Figure, figures: FigureIndex) -> list[Figure]:
    """Figures after a figure in its section, at most as many as a section lists."""
    out = []
    for other in figures.figures[figure.order + 1 : figure.order + 1 + 120]:
        if other.section != figure.section:
            break
        out.append(other)
    return out


def _listed(figure: Figure, figures: FigureIndex) -> list[Figure]:
    """Figures of other indicators listed after a total in its passage (其中：A…，B…): the shortest leading run that adds up.

    Their companions (shares, rates, budgets beside outturns) are passed over; the list ends where the total or a part is stated again.
    """
    if not (figure.is_level or figure.measure is Measure.CHANGE) or not figure.value.number:
        return []
    run: list[Figure] = []
    for other in figures.of_passage[figure.passage]:
        if other.order <= figure.order or not _alike(figure, other):
            continue
        again = (other.quantity, other.fact.path) in [(o.quantity, o.fact.path) for o in run]
        if again or other.quantity == figure.quantity or len(run) >= LONGEST_LIST:
            break
        run.append(other)
        if len(run) >= 2 and _adds_up(figure, [(_sign(part), part.value) for part in run]):
            return run
    return []


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
    """The sum of parts the text lists; signed where they are changes. A list that does not add up may be incomplete and says nothing."""
    operands = [resolver.operand(part) for part in parts]
    computed = total([(_sign(part), operand.value) for part, operand in zip(parts, operands, strict=True)])
    verdict = judge_change(figure, computed)[0] if figure.measure is Measure.CHANGE else judge(figure.value, computed)
    if verdict is Verdict.CONFLICT:
        return None
    if len(parts) == 1:
        return Alignment(figure.id, Relation.SAME, (operands[0].ref,), verdict, computed.exact)
    return Alignment(figure.id, Relation.SUM, tuple(o.ref for o in operands), verdict, computed.exact)
