"""What a clause is to an explanation: a reason, a statement of its own, the head of one, a result, a list item."""

from __future__ import annotations

import re

from gouji.extract.cause_clauses import ITEM_NAME, NAME, View
from gouji.extract.cause_cuts import PARTS
from gouji.model.facts import Label
from gouji.resources.cause_lexicon import PREFIX

HAN = re.compile("[\u4e00-\u9fff]")
WORD = re.compile(f"{HAN.pattern}[^{HAN.pattern[1:]}*{HAN.pattern}")  # 退休: the shortest reason has two characters
HARD_STOPS = frozenset(
    ("purpose", "composition", "definition", "no-change", "same-cause", "measure")
    + ("reception-counts", "secrecy", "stock")
)
CUE_REACH = 6  # clauses: how far behind the head of a statement its cue may stand


def not_cause(view: View, at: int, only: frozenset[str] | None = None) -> bool:
    """Whether a rule, or one of `only`, says that the clause is no cause."""
    clause = view.clauses[at]
    return view.lexicon.any_not_cause(only).match(view.text, clause.start, clause.end) is not None


def marker(view: View, start: int, end: int) -> tuple[str, int] | None:
    """List marker at `start`: its series and where it ends, punctuation included."""
    found = view.lexicon.any_list.found(view.text, start, end)
    return None if found is None else (view.lexicon.lists[found[0]].id, found[1])


def eventful(view: View, at: int) -> bool:
    """Whether the clause could by itself be a reason: it says something, and nothing of another kind."""
    clause = view.clauses[at]
    if view.lexicon.shapes["ordered"].match(view.masked, clause.start, clause.end):
        return not result(view, at)
    if is_heading(view, at) or view.anchors[at]:
        return False
    if not reason_with_figure(view, at):
        if view.states_figure(clause) or WORD.search(view.stated, clause.start, clause.end) is None:
            return False
        if clause.money and view.stated[clause.start] == NAME and not view.tells_each(clause):
            return False
    return not (not_cause(view, at) or result(view, at) or view.names_change(at))


def reason_with_figure(view: View, at: int) -> bool:
    """Whether the figure that ends the clause is part of a reason: money given, a cut ordered, a thing of last year.

    What there was last year is one if the next clause says that there was none this year.
    """
    text = view.masked[view.clauses[at].start : view.clauses[at].end]
    if view.lexicon.shapes["given"].match(text) or view.lexicon.shapes["squeezed"].search(text):
        return True
    if not view.lexicon.shapes["last-year"].match(view.text, view.clauses[at].start) or at + 1 == len(view.clauses):
        return False
    return view.lexicon.shapes["not-this-year"].match(view.text, view.clauses[at + 1].start) is not None


def is_heading(view: View, at: int) -> bool:
    """Whether the clause only opens what follows: it ends in a colon."""
    return view.clauses[at].stop == "："


def result(view: View, at: int) -> bool:
    """Whether the clause only repeats the result."""
    clause = view.clauses[at]
    return view.lexicon.any_result.match(view.text, clause.start, clause.end) is not None


def segment_end(view: View, at: int) -> int:
    """Index after the last clause of the stretch between semicolons that clause `at` is in."""
    while at < len(view.clauses) and view.clauses[at].stop not in PARTS:
        at += 1
    return min(at + 1, len(view.clauses))


def states_something(view: View, at: int) -> bool:
    """Whether the stretch between semicolons that begins at `at` is a statement of its own, not a further reason."""
    if view.names_change(at) or heads_a_cue(view, at) or parallel(view, at):
        return True
    for k in range(at, segment_end(view, at)):
        clause = view.clauses[k]
        if not clause.money:
            continue
        if view.lexicon.shapes["ordered"].match(view.masked, clause.start, clause.end):
            continue
        if view.anchors[k] or (view.states_figure(clause) and not _bare_rate(view, k)):
            return True
    return not_cause(view, at, HARD_STOPS) or result(view, at) or is_heading(view, at)


def parallel(view: View, at: int) -> bool:
    """Whether the clause restates the change of one part where that of another was just explained.

    ``人员经费增加的原因是…；公用经费下降，…``
    """
    if at == 0 or view.clauses[at].stop != "，" or not _part_changes(view, at, whole=True):
        return False
    first = at - 1
    while first > 0 and view.clauses[first - 1].stop not in PARTS and at - first < CUE_REACH:
        first -= 1
    return _part_changes(view, first, whole=False)


def _part_changes(view: View, at: int, whole: bool) -> bool:
    """Whether the clause, or its beginning, says of a budget item that it changed."""
    clause = view.clauses[at]
    name = ITEM_NAME.match(view.text, clause.start, clause.end)
    if name is None:
        return False
    end = view.covered_until(name.end(), clause.end)
    return view.has_core(name.end(), end) and (end == clause.end or not whole)


def heads_a_cue(view: View, at: int) -> bool:
    """Whether the clause restates a change and a cue follows, in it or behind it: ``得分偏低则因为…``."""
    if view.hinted(PREFIX, at) and _holds_a_cue(view, at):
        return True
    for k in range(at + 1, min(segment_end(view, at), at + CUE_REACH)):
        later = view.clauses[k]
        if view.hinted(PREFIX, k) and plain_cue(view, later.start, min(later.end + 1, len(view.text))):
            return True  # …；该项目得分84分，扣分处在于…
    clause = view.clauses[at]
    return clause.stop == "，" and at + 1 < len(view.clauses) and view.weak_anchor(at) and announced(view, at + 1)


def _holds_a_cue(view: View, at: int) -> bool:
    """Whether a cue stands in the clause, behind words that restate a change or behind the name of an item."""
    clause, match = view.clauses[at], view.lexicon.any_prefix.match
    limit = min(clause.end + 1, len(view.text))
    for step in view.steps(clause.start, clause.end)[1:]:
        if match(view.text, step, limit) and view.has_core(clause.start, step):
            return True
    name = ITEM_NAME.match(view.text, clause.start, clause.end)
    return name is not None and match(view.text, name.end(), limit) is not None  # …；职业年金缴费支出系…


def _bare_rate(view: View, at: int) -> bool:
    """Whether the clause ends with a rate and names no indicator: ``尖峰时段贵了近两成``."""
    clause = view.clauses[at]
    rates = all(f.label is not Label.AMOUNT for f in view.figures_of(clause))
    return rates and NAME not in view.stated[clause.start : clause.end]


def announced(view: View, at: int) -> bool:
    """Whether a clause begins with a cue."""
    if not view.hinted(PREFIX, at):
        return False
    clause = view.clauses[at]
    return view.lexicon.any_prefix.match(view.text, clause.start, clause.end) is not None


def plain_cue(view: View, start: int, end: int) -> re.Match[str] | None:
    """Match a cue that is one whatever stands before it, at `start`."""
    return view.lexicon.anywhere.match(view.text, start, end)
