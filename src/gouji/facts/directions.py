"""Directions and measures that the words leave open, settled by the figures around them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gouji.facts.comparisons import BASE_VALUES
from gouji.facts.readings import Reading
from gouji.facts.subjects import Subject, in_turn
from gouji.model.facts import Base, Direction, Measure
from gouji.model.values import agree
from gouji.resources.lexicon import Row

OPEN = frozenset({"direction_missing", "residue"})
_ACTUAL, _CHANGE, _CHANGE_RATE = Measure.ACTUAL, Measure.CHANGE, Measure.CHANGE_RATE
_NONE, _FLAT = Direction.NONE, Direction.FLAT
_DIRECTIONS = {str(direction): direction for direction in Direction}


def direct(reading: Reading, row: Row | None) -> None:
    """Set the direction by its word; flat where nothing changed; down for a negative figure (下降-3.2%)."""
    if row is None or not row.value:
        return  # no word, or one that names a policy and no way (同比按-3%)
    value = reading.figure.value
    reading.direction = _DIRECTIONS[row.value]
    if row.flag:
        reading.flag(row.flag)
    if value is None or reading.direction is _NONE:
        return
    if not value.number:
        reading.direction = _FLAT
    elif value.number < 0:
        reading.direction = Direction.DECREASE
        reading.flag("negative")


def settle(readings: Sequence[Reading]) -> None:
    """Settle open directions, in place, by the readings of the same passage.

    A figure behind a base without a word of direction (比上年8万元，增长25%) is the base value where the outturn and
    the rate make it one, and a change without its word otherwise. An open direction is what outturn and base value
    say; where nothing says it, it stays ``none`` and the flag stays. A change of nothing is flat, and so is its rate.
    """
    for previous, reading, following, subject in in_turn(readings):
        if reading.rule == "compared_missing" and reading.measure is _CHANGE:
            _settle_odd(reading, following, subject)
        if reading.flags and reading.direction is _NONE and not OPEN.isdisjoint(reading.flags):
            _settle_direction(reading, following, subject)
        if reading.direction is _FLAT and reading.measure is _CHANGE_RATE and previous is not None:
            _unflatten(reading, previous)


def _settle_odd(reading: Reading, following: Reading | None, values: Subject) -> None:
    """Decide whether a figure behind a base is the base value: outturn less base is what the rate says of the base."""
    value, actual = reading.figure.value, values.actual
    if value is None or actual is None or following is None or following.measure is not Measure.CHANGE_RATE:
        return
    rate = following.figure.value
    if rate is None or not value.canonical:
        return
    sign = -1 if following.direction is Direction.DECREASE else 1
    expected = value.canonical * (1 + sign * abs(rate.canonical))
    spread = abs(value.canonical) * rate.resolution + actual.resolution
    if abs(expected - actual.canonical) <= spread:
        reading.measure = BASE_VALUES[reading.base]
        reading.period = reading.base_period or reading.period
        reading.base, reading.base_period, reading.direction = Base.NONE, None, Direction.NONE
        reading.flags.remove("direction_missing")
    elif following.direction in (Direction.INCREASE, Direction.DECREASE):
        reading.direction = following.direction


def _settle_direction(reading: Reading, following: Reading | None, values: Subject) -> None:
    change = reading.figure.value
    if change is not None and not change.canonical:
        if "direction_missing" in reading.flags:
            reading.direction = Direction.FLAT  # 差值为0万元; a residue (增加（减少）0万元) keeps none
        return
    base = values.bases.get(reading.base)
    if values.actual is not None and base is not None:
        if agree(values.actual, base):
            reading.direction = Direction.FLAT
        else:
            reading.direction = Direction.INCREASE if values.actual.canonical > base.canonical else Direction.DECREASE
    elif "direction_missing" in reading.flags and following is not None and following.measure is Measure.CHANGE_RATE:
        reading.direction = following.direction


def _unflatten(reading: Reading, previous: Reading) -> None:
    """Give a rate of 0% beside a change of something the direction of that change: it was rounded to zero."""
    value = previous.figure.value
    paired = (
        previous.measure is Measure.CHANGE and previous.indicator is reading.indicator and previous.base is reading.base
    )
    if paired and value is not None and value.canonical != Decimal(0):
        reading.direction = previous.direction
