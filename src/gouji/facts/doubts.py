"""Doubts about figures that the passage itself raises: words against figures, rates of another scale, 元 for 万元.

Nothing is repaired: a doubt is a flag on the fact (`gouji.model.facts.Fact`), and later stages decide what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.facts.readings import Reading
from gouji.facts.subjects import Subject, in_turn
from gouji.model.facts import CHANGES, COMPARED, Direction, Measure
from gouji.model.values import PRECISION, Kind, Value, Verdict, agree, combine, judge, rounds_to

YUAN = "元"
UP, DOWN = Direction.INCREASE, Direction.DECREASE


def doubt(readings: Sequence[Reading]) -> None:
    """Flag the readings of a passage, in place, that do not go with what stands before them.

    ``contradiction``: the direction word goes against the figures, against the completion rate, or against the change
    beside it. ``scale_suspect``: a rate that is right by a factor of a hundred only. ``digits_copied``: a rate with the
    digits of its amount. ``base_zero``: a rate on a base of zero. ``unit_suspect``: 元 beside siblings in 万元.
    """
    for _, reading, _, subject in in_turn(readings):
        value = reading.figure.value
        if value is None or "foreign_unit" in reading.flags:
            continue
        if reading.measure in COMPARED or value.unit == YUAN:
            flags = [*_flags(reading, value, subject)]
            if flags:
                reading.flag(*flags)


def _flags(reading: Reading, value: Value, known: Subject) -> Iterator[str]:
    base = known.bases.get(reading.base)
    if reading.measure in CHANGES and _contradicts(reading, value, known):
        yield "contradiction"
    if reading.measure is Measure.CHANGE_RATE:
        if base is not None and not base.canonical:
            yield "base_zero"
        else:
            yield from _scale(value, _expected_rate(reading, known), known.changes.get(reading.base))
    elif reading.measure is Measure.COMPLETION_RATE and known.actual is not None and base is not None:
        yield from _scale(value, (_ratio, (known.actual, base)), None)
    if value.unit == YUAN and any(_alike(value, other) for other in (known.actual, *known.bases.values())):
        yield "unit_suspect"


def _contradicts(reading: Reading, value: Value, known: Subject) -> bool:
    """Whether the direction of a change goes against what the passage has said of it."""
    if reading.direction not in (UP, DOWN) or "negative" in reading.flags:
        return False
    base = known.bases.get(reading.base)
    if known.actual is not None and base is not None:
        grown = known.actual.canonical > base.canonical
        return grown is not (reading.direction is UP) and not agree(known.actual, base)
    before = known.changes.get(reading.base)
    if reading.measure is Measure.CHANGE_RATE and before is not None and before.direction in (UP, DOWN):
        return before.direction is not reading.direction
    done = known.completed.get(reading.base)
    if done is None:
        return False
    if done.canonical == 1:
        return known.actual is None and reading.measure is Measure.CHANGE and bool(value.canonical)
    return (done.canonical > 1) is not (reading.direction is UP)


Rate = tuple[Callable[..., Decimal], tuple[Value, Value]]
"""A rate that is expected: how it is computed, and of which figures."""


def _ratio(part: Decimal, whole: Decimal) -> Decimal:
    return PRECISION.divide(part, whole)


def _of_base(change: Decimal, base: Decimal) -> Decimal:
    return PRECISION.divide(change.copy_abs(), base)


def _of_risen(change: Decimal, now: Decimal) -> Decimal:
    return PRECISION.divide(change.copy_abs(), PRECISION.subtract(now, change.copy_abs()))


def _of_fallen(change: Decimal, now: Decimal) -> Decimal:
    return PRECISION.divide(change.copy_abs(), PRECISION.add(now, change.copy_abs()))


def _expected_rate(reading: Reading, known: Subject) -> Rate | None:
    """Rate that the change before it makes of its base, None where one of the two is not there."""
    before = known.changes.get(reading.base)
    change = before.figure.value if before is not None else None
    if before is None or change is None or before.direction is not reading.direction:
        return None
    base = known.bases.get(reading.base)
    if base is not None:
        return _of_base, (change, base)
    if known.actual is None:
        return None
    return _of_risen if reading.direction is UP else _of_fallen, (change, known.actual)


def _scale(rate: Value, expectation: Rate | None, change: Reading | None) -> Iterator[str]:
    if expectation is None or rate.kind is not Kind.RATE:
        return
    stated = abs(rate)
    function, (left, right) = expectation
    try:
        exact = function(left.canonical, right.canonical)
    except ArithmeticError:
        return
    if rounds_to(exact, stated):  # most rates; the operands' intervals need not be known
        return
    expected = combine(*expectation)
    if expected is None or judge(stated, expected) is not Verdict.CONFLICT:
        return
    hundredfold = replace(stated, number=stated.number * 100, decimals=max(stated.decimals - 2, 0))
    hundredth = replace(stated, number=stated.number / 100, decimals=stated.decimals + 2)
    copied = change.figure.value if change is not None else None
    if any(judge(scaled, expected) is not Verdict.CONFLICT for scaled in (hundredfold, hundredth)):
        yield "scale_suspect"
    elif copied is not None and copied.number == stated.number:
        yield "digits_copied"


def _alike(value: Value, other: Value | None) -> bool:
    """Whether two amounts are of one order in writing though the unit of the other is larger."""
    if other is None or other.unit == YUAN or not value.number or not other.number:
        return False
    return other.kind is Kind.MONEY and abs(value.number.adjusted() - other.number.adjusted()) <= 1
