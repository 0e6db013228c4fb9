"""Bases and measures that the words leave open, settled by the figures around them."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.facts.comparisons import BASE_VALUES, BUDGETS
from gouji.facts.readings import Reading
from gouji.facts.subjects import Subject, in_turn
from gouji.model.facts import SIGN, Base, Direction, Measure
from gouji.model.values import PRECISION, rounds_to

_CHANGE, _RATE, _COMPLETION = Measure.CHANGE, Measure.CHANGE_RATE, Measure.COMPLETION_RATE
NEAR = 12
"""Characters between a target and the count that answers it."""
_ACTUAL, _COUNT = Measure.ACTUAL, Measure.COUNT


def rebase(readings: Sequence[Reading]) -> None:
    """Settle, in place, what the figures of a passage say of each other.

    A change without a base of its own that is the outturn less the budget is one from the budget (年初预算10万元，决算
    9万元，减少1万元); the budget itself may stand where a difference is expected (超出年初预算8万元，完成年初预算的
    110%); a count that is compared with its target is an outturn.
    """
    for before, reading, following, subject in in_turn(readings):
        if reading.measure is _CHANGE and reading.assumed:
            _from_budget(reading, following, subject)
        elif reading.rule == "outturn_against_budget" and reading.measure is _CHANGE:
            _budget_itself(reading, following, subject)
        elif reading.measure is _COUNT and (
            (following is not None and _is_aimed(reading, following))
            or (before is not None and _answers(reading, before))
        ):
            reading.measure = Measure.ACTUAL


def _from_budget(reading: Reading, following: Reading | None, values: Subject) -> None:
    """Give a change the budget as its base where it is the outturn less that, and not the outturn less last year's."""
    step, actual, sign = reading.figure.value, values.actual, SIGN.get(reading.direction)
    if step is None or actual is None or sign is None or not step.canonical:
        return
    before = actual.canonical - sign * abs(step.canonical)
    fitting = [base for base, value in values.bases.items() if value.canonical == before]
    if len(fitting) != 1 or fitting[0] not in BUDGETS.values() or fitting[0] is reading.base:
        return
    reading.base, reading.base_period = fitting[0], None
    same = following is not None and following.measure is _RATE and following.assumed
    if same and following is not None and following.indicator is reading.indicator:
        following.base, following.base_period = reading.base, None


def _budget_itself(reading: Reading, following: Reading | None, values: Subject) -> None:
    """Tell the budget from the difference by the completion rate behind it."""
    planned, actual = reading.figure.value, values.actual
    if following is None or following.measure is not _COMPLETION or following.base is not reading.base:
        return
    rate = following.figure.value
    if planned is None or actual is None or rate is None:
        return
    if planned.canonical and rounds_to(PRECISION.divide(actual.canonical, planned.canonical), rate):
        reading.measure = BASE_VALUES[reading.base]
        reading.base, reading.base_period, reading.direction = Base.NONE, None, Direction.NONE


def _answers(reading: Reading, before: Reading) -> bool:
    """Whether a count follows on its target: 计划改造12座，完成10座."""
    if before.measure is not Measure.TARGET:
        return False
    left, right = before.figure.value, reading.figure.value
    near = reading.figure.local.start - before.figure.local.end <= NEAR
    return near and left is not None and right is not None and left.unit == right.unit


def _is_aimed(reading: Reading, following: Reading) -> bool:
    """Whether the figure behind a count is its target, or the difference from that."""
    if following.indicator is not reading.indicator:
        return False
    missed = (
        following.measure is _CHANGE
        and following.base is Base.NONE
        and following.rule in ("compared", "against_target")
    )
    return missed or following.measure is Measure.TARGET
