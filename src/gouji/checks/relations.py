"""What a check states of figures at one place, and how that is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gouji.checks.figures import Operand
from gouji.model.outcomes import Severity
from gouji.model.values import PRECISION, Computed, Interval, Value, Verdict, combine, judge, plain, total
from gouji.resources.check_registry import Check


class Form(StrEnum):
    """How the claimed figure follows from the others."""

    SUM = "sum"  # signed sum
    RATIO = "ratio"  # first over second
    CHANGE = "change"  # (first - second) / second
    GROWTH = "growth"  # second / (first - second): what a figure grew by, over what it grew from
    PRODUCT = "product"  # first times second
    AT_MOST = "at_most"  # not above the only term
    AT_LEAST = "at_least"  # not below the signed sum: a whole and those of its parts that are listed
    ABOVE = "above"  # greater than the only term: what a word (决算数大于预算数) says
    BELOW = "below"  # less than the only term
    LEVEL = "level"  # the same as the only term, whichever of the two was rounded
    GIVEN = "given"  # what no formula of the terms gives (a number of forms), taken as `given`


WORDED = frozenset({Form.ABOVE, Form.BELOW, Form.LEVEL})
SINGLE = WORDED | {Form.AT_MOST}
"""Forms of one term."""


@dataclass(frozen=True, slots=True)
class Term:
    """An operand with its sign."""

    operand: Operand
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Relation:
    """One statement of one check: `claimed` is what the `terms` give.

    `blanks` are addresses of operands that are empty. `severity` is what a contradiction is worth here, which may be
    less than the check's own where an operand is uncertain; `doubt` then says why. `given` is an answer that was found
    elsewhere (by the aligner); it stands as long as no figure is replaced. `words` is where the text claims it, as
    offsets, if it does so by words.
    """

    check: Check
    form: Form
    claimed: Operand
    terms: tuple[Term, ...]
    blanks: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR
    doubt: str = ""
    given: tuple[Verdict, Decimal | None] | None = None
    words: tuple[int, int] | None = None

    @property
    def refs(self) -> tuple[str, ...]:
        """Claimed figure first, then the terms, then the blanks; a constant has no place."""
        found = (self.claimed.ref, *(term.operand.ref for term in self.terms), *self.blanks)
        return tuple(ref for ref in found if ref)


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A check that applies but cannot be answered, and why."""

    check: Check
    reason: str
    refs: tuple[str, ...] = ()
    page: int | None = None


Answer = Relation | Unchecked


def compute(relation: Relation, changed: Mapping[str, Value] | None = None) -> Computed | None:
    """Compute what the terms give, with the values of some places replaced; None where that is not defined."""
    changed = changed or {}
    if relation.form is Form.GIVEN:
        exact = relation.given[1] if relation.given else None
        return None if exact is None else Computed(exact, Interval.point(exact))
    values = [changed.get(term.operand.ref, term.operand.value) for term in relation.terms]
    if relation.form in (Form.SUM, Form.AT_LEAST):
        return total([(term.sign, value) for term, value in zip(relation.terms, values, strict=True)])
    if relation.form in SINGLE:
        return Computed.of(values[0])
    if relation.form is Form.PRODUCT:
        return combine(lambda a, b: a * b, values)
    if relation.form is not Form.GROWTH and not values[1].canonical:
        return None
    if relation.form is Form.RATIO:
        return combine(lambda a, b: a / b, values)
    if relation.form is Form.GROWTH:
        sign = relation.terms[1].sign
        return combine(lambda now, step: sign * abs(step) / (now - sign * abs(step)), values)
    return combine(lambda a, b: (a - b) / b, values)


def verdict(relation: Relation, changed: Mapping[str, Value] | None = None) -> Verdict:
    """How the claimed figure stands to what the terms give; none where they give nothing.

    A restatement (one term that is not zero) is judged from either side and as printed: it does not matter which of
    the two was cut or rounded.
    """
    changed = changed or {}
    if relation.given is not None and not (changed and any(ref in changed for ref in relation.refs)):
        return relation.given[0]
    stated = changed.get(relation.claimed.ref, relation.claimed.value)
    computed = compute(relation, changed)
    if computed is None:
        return Verdict.NONE
    if relation.form in (Form.AT_MOST, Form.AT_LEAST):
        return _bounded(stated, computed, above=relation.form is Form.AT_LEAST)
    if relation.form in WORDED:
        return _worded(relation.form, stated, computed)
    found = judge(stated, computed)
    if found is Verdict.CONFLICT and relation.form is Form.SUM:
        terms = [term for term in relation.terms if changed.get(term.operand.ref, term.operand.value).canonical]
        if len(terms) == 1 and terms[0].sign > 0:
            other = changed.get(terms[0].operand.ref, terms[0].operand.written)
            if judge(other, Computed.of(stated)) is not Verdict.CONFLICT:
                return Verdict.ROUNDING
    return found


def _worded(form: Form, stated: Value, computed: Computed) -> Verdict:
    """Whether a word for the order of two figures fits them; figures that print alike may differ within rounding."""
    difference = stated.canonical - computed.exact
    meets = stated.interval().meets(computed.interval)
    if form is Form.LEVEL:
        return Verdict.AGREES if not difference else Verdict.ROUNDING if meets else Verdict.CONFLICT
    if difference > 0 if form is Form.ABOVE else difference < 0:
        return Verdict.AGREES
    return Verdict.ROUNDING if meets else Verdict.CONFLICT


def _bounded(stated: Value, computed: Computed, *, above: bool) -> Verdict:
    """How a figure stands to its bound: within it, beyond it by no more than rounding allows, or beyond it."""
    within = stated.canonical >= computed.exact if above else stated.canonical <= computed.exact
    if within:
        return Verdict.AGREES
    interval = stated.interval()
    touches = interval.high >= computed.interval.low if above else interval.low <= computed.interval.high
    return Verdict.ROUNDING if touches else Verdict.CONFLICT


def solve(relation: Relation, ref: str) -> tuple[Operand, Computed] | None:
    """Tell what the figure at `ref` would have to be for the relation to hold; None where the relation does not say.

    Returns
    -------
    tuple of Operand and Computed, or None
        The operand at `ref`, and the value that the other operands give it.
    """
    if ref == relation.claimed.ref:
        computed = compute(relation)
        return (relation.claimed, computed) if computed and relation.form not in SINGLE else None
    if relation.form is not Form.SUM:
        return None
    wanted = [term for term in relation.terms if term.operand.ref == ref]
    if len(wanted) != 1:
        return None
    sign = wanted[0].sign
    rest = [(-sign * t.sign, t.operand.value) for t in relation.terms if t.operand.ref != ref]
    return wanted[0].operand, total([(sign, relation.claimed.value), *rest])


def as_value(like: Value, computed: Computed) -> Value:
    """Write a computed value as it would stand at the place of `like`."""
    number = PRECISION.divide(computed.exact, like.scale)
    step = Decimal(1).scaleb(-like.decimals)
    return Value(number.quantize(step, context=PRECISION), like.scale, like.decimals, like.kind, like.unit)


def width(computed: Computed) -> Decimal:
    """How uncertain a computed value is."""
    interval: Interval = computed.interval
    return plain(interval.high - interval.low)


def severity_of(check: Check) -> Severity:
    """Severity that a check declares."""
    return Severity(check.severity)


def parts_of(relations: Sequence[Relation]) -> dict[str, list[Relation]]:
    """Relations by each figure that takes part in them."""
    out: dict[str, list[Relation]] = {}
    for relation in relations:
        for ref in dict.fromkeys((relation.claimed.ref, *(t.operand.ref for t in relation.terms))):
            out.setdefault(ref, []).append(relation)
    return out
