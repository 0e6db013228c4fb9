"""Which base a phrase names: 比上年, 较2021年决算数, 与年初预算相比, 同比."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouji.facts.readings import Reading
from gouji.facts.state import Frame, State
from gouji.facts.tokens import Token
from gouji.model.facts import Base, Measure
from gouji.model.quick import quick
from gouji.resources.lexicon import BARE_BUDGET

BUDGETS = {Measure.INITIAL_BUDGET: Base.INITIAL_BUDGET, Measure.ADJUSTED_BUDGET: Base.ADJUSTED_BUDGET}
BASE_VALUES = {
    Base.PRIOR_YEAR: Measure.PRIOR,
    Base.INITIAL_BUDGET: Measure.INITIAL_BUDGET,
    Base.ADJUSTED_BUDGET: Measure.ADJUSTED_BUDGET,
    Base.OTHER_YEAR: Measure.OTHER,
    Base.NONE: Measure.TARGET,
}
"""What a value of each base measures."""
VALUE_OF: dict[Measure, Base] = {
    measure: base for base, measure in BASE_VALUES.items() if base not in (Base.OTHER_YEAR, Base.NONE)
}
"""The base that a figure of each measure is the value of."""

SENTENCE_FLAG = "same_caliber"
"""A qualifier of the whole sentence, not of one figure."""


@quick
@dataclass(frozen=True, slots=True)
class Comparison:
    """What a base phrase names: the base, its year where one is written or meant, and doubts."""

    base: Base
    period: str | None
    flags: tuple[str, ...] = ()


def compare(tokens: Sequence[Token], frame: Frame, state: State) -> Comparison:
    """Read a base phrase, and make its base the one that later changes of the passage refer to.

    Parameters
    ----------
    tokens : sequence of Token
        The phrase: prepositions, periods, budget and outturn words, qualifiers.
    frame : Frame
    state : State
        Moved: base, base period, qualifiers.

    Returns
    -------
    Comparison
        A budget word wins over a year (比2021年年初预算); last year's budget keeps its year as the period. A written
        year that is the fiscal year or the year before last is read as a slip for last year, flagged
        ``base_period_suspect`` (genre-traps 51), unless the phrase says why (2019年疫情前) or the sentence has
        compared with last year already; then it is another year.
    """
    flags = [t.row.flag for t in tokens if t.letter in "qC" and t.row is not None and t.row.flag]
    period: str | None = None
    base = Base.PRIOR_YEAR
    dated = next((t for t in tokens if t.letter in "TY"), None)
    budget = next((t for t in tokens if t.letter == "B"), None)
    if any(t.letter == "M" and t.row is not None and t.row.value == Measure.TARGET for t in tokens):
        return Comparison(Base.NONE, None)  # 比年度目标值90%高出2个百分点
    if budget is not None:
        base = budget_of(budget, frame, state)
        period = frame.year_text(dated.year) if dated is not None else None
    elif dated is None or dated.letter == "Y" or dated.year is None:
        period = frame.year_before()
    else:
        base, doubt = _dated(dated.year, tokens, frame, state)
        period = str(dated.year)
        flags += doubt
    state.base, state.base_period = base, period
    state.prior_compared |= base is Base.PRIOR_YEAR
    state.flags.extend(flag for flag in flags if flag == SENTENCE_FLAG)
    return Comparison(base, period, tuple(flags))


def _dated(year: int, tokens: Sequence[Token], frame: Frame, state: State) -> tuple[Base, list[str]]:
    if frame.year is None:
        return Base.PRIOR_YEAR, []
    qualified = any(t.letter == "q" and t.row is not None and t.row.value for t in tokens)
    if year in (frame.year, frame.year - 2) and not qualified and not state.prior_compared:
        return Base.PRIOR_YEAR, ["base_period_suspect"]
    return Base.OTHER_YEAR, []


def against_budget(token: Token, frame: Frame, state: State) -> Comparison:
    """Read the budget word behind a direction as the base: 决算数大于预算数."""
    base = budget_of(token, frame, state)
    state.base, state.base_period = base, None
    return Comparison(base, None)


OF_BUDGETS = frozenset({"beyond-budget", "short-of-budget", "revenue-up", "revenue-down"})
"""Rows of words that say of income or expenditure how it stands to the budget, where they follow on that."""


def beyond_budget(row: str, last: Reading | None) -> Comparison | None:
    """Give the budget that the figure before was about, where the word of a change is one of budgets (超支2万元)."""
    if last is None or row not in OF_BUDGETS:
        return None
    base = last.base if last.measure is Measure.COMPLETION_RATE else BUDGETS.get(last.measure)
    return None if base is None else Comparison(base, None)


def carried(frame: Frame, state: State, *, count_in_cause: bool) -> Comparison:
    """Give a change that names no base the last one of the passage, else last year; a count inside a cause none."""
    if state.base is not None:
        return Comparison(state.base, state.base_period)
    if count_in_cause:
        return Comparison(Base.NONE, None)
    return Comparison(Base.PRIOR_YEAR, frame.year_before())


def budget_of(token: Token, frame: Frame, state: State) -> Base:
    """Tell which budget a word means; what 预算 alone means the passage has said, or else the document says."""
    value = token.row.value if token.row is not None else BARE_BUDGET
    if value == BARE_BUDGET:
        return state.budget or state.said or frame.bare_budget
    return BUDGETS[Measure(value)]
