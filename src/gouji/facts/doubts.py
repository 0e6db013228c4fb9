"""Doubts about figures that the passage itself raises: words against figures, rates of another scale, 元 for 万元.

Nothing is repaired: a doubt is a flag on the fact (`gouji.model.facts.Fact`), and later stages decide what it means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from gouji.facts.comparisons import VALUE_OF
from gouji.facts.reading import Reading
from gouji.model.facts import Base, Direction, Measure
from gouji.model.values import Computed, Kind, Value, Verdict, agree, combine, judge

YUAN = "元"
UP, DOWN = Direction.INCREASE, Direction.DECREASE
CHANGES = frozenset({Measure.CHANGE, Measure.CHANGE_RATE})
COMPARED = CHANGES | {Measure.COMPLETION_RATE}


@dataclass
class _Known:
    """What has been read of one indicator: the outturn; by base its value, how far it was completed, the change."""

    actual: Value | None = None
    bases: dict[Base, Value] = field(default_factory=dict)
    completed: dict[Base, Value] = field(default_factory=dict)
    changes: dict[Base, Reading] = field(default_factory=dict)


def doubt(readings: Sequence[Reading]) -> None:
    """Flag the readings of a passage, in place, that do not go with what stands before them.

    ``contradiction``: the direction word goes against the figures, against the completion rate, or against the change
    beside it. ``scale_suspect``: a rate that is right by a factor of a hundred only. ``digits_copied``: a rate with the
    digits of its amount. ``base_zero``: a rate on a base of zero. ``unit_suspect``: 元 beside siblings in 万元.
    """
    known: dict[str, _Known] = {}
    for reading in readings:
        if "foreign_unit" in reading.flags:
            continue
        key = reading.indicator.id if reading.indicator is not None else ""
        values = known.get(key)
        if values is None:
            values = known[key] = _Known()
        value = reading.figure.value
        if value is not None:
            if reading.measure in COMPARED or value.unit == YUAN:
                reading.flag(*_flags(reading, value, values))
            _note(reading, value, values)


def _flags(reading: Reading, value: Value, known: _Known) -> Iterator[str]:
    base = known.bases.get(reading.base)
    if reading.measure in CHANGES and _contradicts(reading, value, known):
        yield "contradiction"
    if reading.measure is Measure.CHANGE_RATE:
        if base is not None and not base.canonical:
            yield "base_zero"
        else:
            yield from _scale(value, _expected_rate(reading, known), known.changes.get(reading.base))
    if reading.measure is Measure.COMPLETION_RATE and known.actual is not None and base is not None:
        yield from _scale(value, combine(lambda part, whole: part / whole, [known.actual, base]), None)
    if value.unit == YUAN and any(_alike(value, other) for other in (known.actual, *known.bases.values())):
        yield "unit_suspect"


def _contradicts(reading: Reading, value: Value, known: _Known) -> bool:
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


def _expected_rate(reading: Reading, known: _Known) -> Computed | None:
    """Rate that the change before it makes of its base, None where one of the two is not there."""
    before = known.changes.get(reading.base)
    change = before.figure.value if before is not None else None
    if before is None or change is None or before.direction is not reading.direction:
        return None
    base = known.bases.get(reading.base)
    if base is not None:
        return combine(lambda part, whole: abs(part) / whole, [change, base])
    if known.actual is None:
        return None
    if reading.direction is UP:
        return combine(lambda part, now: abs(part) / (now - abs(part)), [change, known.actual])
    return combine(lambda part, now: abs(part) / (now + abs(part)), [change, known.actual])


def _scale(rate: Value, expected: Computed | None, change: Reading | None) -> Iterator[str]:
    stated = abs(rate)
    if expected is None or stated.kind is not Kind.RATE or judge(stated, expected) is not Verdict.CONFLICT:
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


def _note(reading: Reading, value: Value, known: _Known) -> None:
    if reading.measure is Measure.ACTUAL:
        known.actual = value
    if reading.measure is Measure.COMPLETION_RATE:
        known.completed[reading.base] = value
    if reading.measure is Measure.CHANGE:
        known.changes[reading.base] = reading
    base = VALUE_OF.get(reading.measure)
    if base is not None:
        known.bases[base] = value
