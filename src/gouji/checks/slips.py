"""Slips of the pen: which wrong figures one slip explains.

Where a relation fails and nothing else tells which of its figures is wrong, the one that a single slip turns into what
the others ask for is the likelier: one digit for another, two neighbouring digits swapped, the point shifted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from gouji.checks.figures import Operand
from gouji.checks.relations import Form, Relation, solve, verdict
from gouji.model.printing import computed_like
from gouji.model.values import Computed, Value, Verdict

EXPLAINED = "；增减额改正一处笔误后与所列增减率一致"
EITHER = "；也可能是增减额{}有误，若为{}则与所列增减率一致"
TELLING = 10
"""How often the rounding of a rate must go into what one wrong digit changes: a small change fits many rates."""
SHIFTS = (-3, -2, -1, 1, 2, 3)
"""Places that a point may slip by."""


def corrected(relation: Relation, ref: str) -> tuple[Operand, Computed] | None:
    """Tell what the figure at `ref` would have to be for a relation to hold; None where the relation does not say.

    The amount of a change is given by its rate only roughly: it is told where one slip makes it agree with the rate as
    printed.
    """
    found = solve(relation, ref)
    if found is not None or relation.form is not Form.GROWTH or relation.terms[1].operand.ref != ref:
        return found
    term = relation.terms[1]
    value = _change(relation)
    if value is None:
        return None
    return term.operand, Computed.of(replace(value, number=term.sign * value.number) if term.operand.signed else value)


def other_view(relation: Relation, ref: str) -> str:
    """Say of a change and its rate that contradict each other what tells which is wrong, or that it may be either."""
    value = _change(relation) if relation.form is Form.GROWTH else None
    if value is None:
        return ""
    term = relation.terms[1]
    if ref == term.operand.ref:
        return EXPLAINED
    return EITHER.format(term.operand.text, computed_like(value, value.canonical))


def is_slip(written: Value, right: Value) -> bool:
    """Whether one slip makes `written` of `right`.

    Examples
    --------
    >>> from gouji.model.values import Kind
    >>> def money(text: str) -> Value:
    ...     return Value(Decimal(text), Decimal(10000), 2, Kind.MONEY, "万元")
    >>> [is_slip(money("293.58"), money(right)) for right in ("239.58", "298.58", "2935.80", "239.85")]
    [True, True, True, False]
    """
    if (written.decimals, written.scale) != (right.decimals, right.scale) or written.number * right.number <= 0:
        return False
    left, other = _digits(written), _digits(right)
    if len(left) != len(other):
        return left.strip("0") == other.strip("0") and abs(len(left) - len(other)) <= SHIFTS[-1]
    apart = [i for i, (a, b) in enumerate(zip(left, other, strict=True)) if a != b]
    return len(apart) == 1 or _swapped(left, other, apart)


def swaps(relation: Relation) -> list[str]:
    """Find the figures with which a relation holds if two neighbouring digits of one of them change places."""
    figures = {o.ref: o.value for o in (relation.claimed, *(term.operand for term in relation.terms))}
    return [
        ref
        for ref, value in figures.items()
        if any(verdict(relation, {ref: other}) is Verdict.AGREES for other in _swaps(value))
    ]


def _swapped(left: str, right: str, apart: list[int]) -> bool:
    """Whether two strings of digits differ by two neighbours that changed places."""
    if len(apart) != 2 or apart[1] - apart[0] != 1:
        return False
    i, j = apart
    return left[i] == right[j] and left[j] == right[i]


def _digits(value: Value) -> str:
    """Digits of a number without its point."""
    return str(int(abs(value.number).scaleb(value.decimals)))


def _change(relation: Relation) -> Value | None:
    """Amount that one slip explains and that agrees with the rate; a swap before other slips, None if several do."""
    operand, rate = relation.terms[1].operand, relation.claimed.value
    for slips, least in ((_swaps, 0), (_others, TELLING)):
        fitting = [
            value
            for value in dict.fromkeys(slips(operand.value))
            if verdict(relation, {operand.ref: value}) is Verdict.AGREES
            and abs((value.number - operand.value.number) * rate.canonical)
            >= least * rate.resolution * abs(value.number)
        ]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _swaps(value: Value) -> Iterator[Value]:
    digits = _digits(value)
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            yield _of(value, digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])


def _others(value: Value) -> Iterator[Value]:
    """Numbers with one digit changed, or with the point shifted where no digit is lost by that."""
    digits = _digits(value)
    for i, old in enumerate(digits):
        for new in "0123456789":
            if new != old and (i or new != "0"):
                yield _of(value, digits[:i] + new + digits[i + 1 :])
    for places in SHIFTS:
        shifted = Decimal(digits).scaleb(places)
        if shifted and shifted == shifted.to_integral_value():
            yield _of(value, str(int(shifted)))


def _of(value: Value, digits: str) -> Value:
    number = Decimal(digits).scaleb(-value.decimals)
    return replace(value, number=-number if value.number < 0 else number)
