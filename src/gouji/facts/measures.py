"""What a value measures that no production tells: by its word, its place, or what figures of its kind mostly are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.facts.owners import is_score, owner
from gouji.facts.readings import Reading
from gouji.facts.state import Frame, State
from gouji.facts.tokens import Line, Token
from gouji.model.facts import Measure, Mention
from gouji.resources.lexicon import lexicon

RATED = frozenset(
    (
        "execution",
        "quality",
        "quantity",
        "timeliness",
        "satisfaction",
        "economic_benefit",
        "social_benefit",
        "ecological_benefit",
        "sustainability",
        "other",
    )
)
"""Types that a plain rate can be the value of."""
SCORED = (RATED | {"score", "cost"}) - {"other", "execution"}
"""Types whose score or full score may follow in a clause of its own."""
PLAIN = {
    "score": Measure.SCORE,
    "max_score": Measure.MAX_SCORE,
    "remainder": Measure.SHARE,
    "other": Measure.OTHER,
}
"""Roles that say the measure and nothing else."""
STAFF = "staffing"
POSTS, RETIRED = "编制", "休"
ENDS = "；;。(（"
OF_TARGET = ("目标的", "目标值的", "计划的", "任务的", "任务数的")
"""What stands before a rate that says how far a target was reached (完成目标的106%)."""
LABEL = re.compile(r"(?:^|[。；;])([^。；;：:，,]{2,14})[：:][^。]*$")
"""Words before a colon that say what the figures of the rest of a sentence are."""
SENTENCE = 80
_MEASURES = {str(measure): measure for measure in Measure}


def plain_measure(
    line: Line,
    number: int,
    word: Token | None,
    frame: Frame,
    state: State,
    named: Mention | None,
    readings: Sequence[Reading],
) -> Measure:
    """Tell what a plain value measures.

    Parameters
    ----------
    line, number
        The line, and which of its tokens the figure is.
    word : Token or None
        Word that says the measure; `named` is the indicator between it and the figure.
    frame, state
        What holds for the passage and the clause.
    readings : sequence of Reading
        Those before.
    """
    letter = line.tokens[number].letter
    if letter == "Q" and named is not None and named.type == STAFF and POSTS in (named.name or ""):
        return Measure.COUNT  # 现有政法专项编制5名: posts are set, whoever fills them
    if word is not None and letter == "R" and line.text.endswith(OF_TARGET, 0, line.tokens[number].start):
        return Measure.COMPLETION_RATE
    if word is not None:
        return _MEASURES[word.row.value] if word.row is not None and word.row.value else Measure.ACTUAL
    planned = frame.planned and letter == "A" and line.cause is None
    if frame.default is not None or planned:
        return frame.default or Measure.INITIAL_BUDGET
    if state.part is not None and letter == "A":
        return state.part
    current = owner(line, number, state)
    if letter == "Q":
        token = line.tokens[number]
        return Measure.ACTUAL if _achieved(line, token) else _counted(line, token, state, current, readings)
    if letter == "R" and line.text.endswith("的", line.start, line.tokens[number].start):
        return Measure.SHARE  # 合同款的四成
    if line.cause is not None:
        return Measure.OTHER
    if current and letter == "A" and (current.name or "").startswith(lexicon().by_kind["average"]):
        return Measure.AVERAGE  # 车均燃料费1.2万元
    rated = current is not None and current.type in RATED
    return Measure.ACTUAL if letter == "A" or rated else Measure.OTHER


def _achieved(line: Line, token: Token) -> bool:
    """Whether a count stands in what the sentence calls done (主要产出和效益：危桥改造5座)."""
    label = LABEL.search(line.text[max(line.start, token.start - SENTENCE) : token.start])
    return label is not None and line.cause is None and lexicon().holds("actual_place", label[1])


def _counted(line: Line, token: Token, state: State, current: Mention | None, readings: Sequence[Reading]) -> Measure:
    """Tell what a count is: a score, part of an outturn of staff (实有69人，其中行政人员23人), or a count."""
    head = state.head
    staff = current is not None and current.type == STAFF and head is not None and head.type == STAFF
    part = staff and state.children and not state.depth
    if part and any(reading.indicator is head and reading.measure is Measure.ACTUAL for reading in readings):
        return Measure.ACTUAL
    if current is not None and current.type == STAFF and _beside_staff(line, token, readings):
        named = current.name or ""
        return Measure.COUNT if POSTS in named or RETIRED in named else Measure.ACTUAL
    return Measure.SCORE if is_score(token) else Measure.COUNT


def _beside_staff(line: Line, token: Token, readings: Sequence[Reading]) -> bool:
    """Whether the figure before, in the same list, is an outturn of staff (在职人员91人，聘用人员34人)."""
    last = readings[-1] if readings else None
    if last is None or last.measure is not Measure.ACTUAL or last.indicator is None or last.indicator.type != STAFF:
        return False
    before = next((other for other in line.tokens if other.mention is last.figure), token)
    between = line.text[before.end : token.start]
    return before is not token and not any(mark in between for mark in ENDS)
