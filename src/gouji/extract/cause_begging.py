"""What a clause states that begs an explanation, so that one may follow right behind it without a cue."""

from __future__ import annotations

import re

from gouji.extract.cause_clauses import View
from gouji.extract.cause_statements import parallel
from gouji.resources.cause_lexicon import COUNTED

GOAL, DONE = re.compile("目标|计划|指标值"), re.compile("实际|仅|只|完成|到位|达到")
BUDGET, OUTTURN = re.compile("预算数?(?:为|是)?"), re.compile("决算|执行数|实际|支出")


def begs(view: View, at: int) -> bool:
    """Whether what clause `at` states may be explained right behind it without a cue."""
    known = view.begging.get(at)
    if known is None:
        known = view.anchors[at] or ends_counted(view, at) or parallel(view, at)
        if not known and view.clauses[at].first < view.clauses[at].last:
            known = view.falls_short(at) or _against_budget(view, at) or _below_goal(view, at) or left_over(view, at)
        view.begging[at] = known
    return known


def ends_counted(view: View, at: int) -> bool:
    """Whether the clause compares a count with last year's: ``较上年减少2辆，``."""
    if not view.hinted(COUNTED, at):
        return False
    clause = view.clauses[at]
    return clause.stop == "，" and counted(view, clause.start, clause.end)


def counted(view: View, start: int, end: int) -> bool:
    """Whether the stretch ends with a count compared with last year's or with its goal."""
    return view.lexicon.shapes["count-compared"].search(view.stated, start, end) is not None


def _against_budget(view: View, at: int) -> bool:
    """Whether the clause gives an outturn right behind its budget: ``年初预算0万元，支出决算73.50万元``."""
    if at == 0:
        return False
    clause, before = view.clauses[at], view.clauses[at - 1]
    if before.stop != "，" or not view.states_figure(clause):
        return False
    if not view.states_figure(before):
        unplanned = view.lexicon.shapes["no-budget"].search(view.text, before.start, before.end)
        return unplanned is not None and OUTTURN.search(view.text, clause.start, clause.end) is not None
    budgets = [BUDGET.search(view.text, c.start, c.end) is not None for c in (before, clause)]
    return budgets[0] != budgets[1] and OUTTURN.search(view.text, before.start, clause.end) is not None


def _below_goal(view: View, at: int) -> bool:
    """Whether the clause gives a count right behind a greater one that was aimed at: ``目标60辆，实际到位48辆``."""
    if at == 0:
        return False
    clause, before = view.clauses[at], view.clauses[at - 1]
    if before.stop != "，" or not (view.states_count(clause) and view.states_count(before)):
        return False
    if (
        GOAL.search(view.text, before.start, before.end) is None
        or DONE.search(view.text, clause.start, clause.end) is None
    ):
        return False
    aimed, done = (view.figures_in(c.start, c.end)[-1].value for c in (before, clause))
    return aimed is not None and done is not None and done.canonical < aimed.canonical


def left_over(view: View, at: int) -> bool:
    """Whether the clause states a balance: ``年末结转和结余5.00万元``."""
    return _figured(view, at, "balance")


def rated(view: View, at: int) -> bool:
    """Whether the clause gives how well something was done as a rate: ``乘客满意度88.6%``."""
    return _figured(view, at, "rated")


def _figured(view: View, at: int, shape: str) -> bool:
    clause = view.clauses[at]
    return (
        view.states_figure(clause)
        and view.lexicon.shapes[shape].search(view.masked, clause.start, clause.end) is not None
    )
