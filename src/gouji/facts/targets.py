"""Figures that are goals, told by the words around them: 低于95%的目标值, 计划治理12公里，实际治理9公里."""

from __future__ import annotations

import re

from gouji.facts.readings import Reading
from gouji.facts.tokens import Line
from gouji.model.facts import Measure
from gouji.resources.lexicon import Lexicon

AIMED = re.compile(r"的\w{0,4}(?:目标|任务|计划数|指标值)")
AS_PLANNED = re.compile(r"[按照据](?:年度)?(?:计划|目标|任务)")
CLAUSE_BEFORE = re.compile(r"[^，,；;。：:、（()）\d]{2,16}$")
BOUNDS = frozenset({"greater", "smaller"})
"""Rows of words that say how two figures stand to each other (低于95%), not what changed."""
PARTICLES = "了约近达为是的"
LEVELS = frozenset({Measure.ACTUAL, Measure.COUNT})
QUALITIES = frozenset({"increase-short", "decrease-short"})
"""Rows of words that compare two things (成交价比控制价低5万元) where others say that one changed."""
PERIOD = re.compile(r"[\d年期]")
"""What stands behind 较 where it means a period without naming it outright (较2021增加, 较同期增加, 较往年减少)."""


def is_aim(line: Line, number: int, lexicon: Lexicon) -> bool:
    """Whether a figure is called a target behind it, or was planned where the next clause says what was done."""
    token = line.tokens[number]
    if AIMED.match(line.text, token.end):
        return True
    behind = line.text[token.end : token.end + 8]
    if token.letter not in "QR" or behind[:1] not in ("，", ",", "；", ";") or not behind[1:]:
        return False
    if not behind[1:].startswith(lexicon.by_kind["carried_out"]):
        return False
    before = CLAUSE_BEFORE.search(line.text, max(line.start, token.start - 16), token.start)
    return before is not None and lexicon.holds("planned", AS_PLANNED.sub("", before[0]))


def compared_with(line: Line, number: int, readings: list[Reading]) -> Reading | None:
    """Find the value that a bound behind it is compared with: the figure before, of the same kind and indicator."""
    if not readings:
        return None
    last = readings[-1]
    here, there = line.tokens[number].mention, last.figure
    same = here is not None and here.label is there.label and last.measure in LEVELS
    return last if same else None


def names_another(line: Line, first: int, last: int) -> bool:
    """Whether a thing of its own stands between a bound and its figure (高于全市平均水平2个百分点)."""
    return bool(line.between(first, last).strip(PARTICLES))


def is_difference(line: Line, number: int, readings: list[Reading]) -> bool:
    """Whether a figure behind 低于目标值 is how far it was missed: points, or less than half of the value before."""
    token = line.tokens[number]
    if token.letter == "r":
        return True
    last = compared_with(line, number, readings)
    value = token.mention.value if token.mention is not None else None
    reached = last.figure.value if last is not None else None
    return value is not None and reached is not None and 2 * value.canonical < reached.canonical


def names_other_base(line: Line, first: int, last: int) -> bool:
    """Whether words that are no base stand between 较 or 比 and the direction."""
    between = line.between(first, last)
    return bool(between.strip()) and PERIOD.search(between) is None
