"""How far an explanation reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gouji.extract.cause_clauses import NAME, View
from gouji.extract.cause_cuts import FULL_STOPS
from gouji.extract.cause_statements import (
    HARD_STOPS,
    announced,
    eventful,
    is_heading,
    marker,
    not_cause,
    reason_with_figure,
    result,
    segment_end,
    states_something,
)
from gouji.resources.cause_lexicon import COUNT, FIGURE, PREFIX

NAMED_COUNT = re.compile(f"{NAME}+(?:为|共|有|达|共有|计)?[{COUNT}{FIGURE}]+")
FIRST = re.compile("[（(]?(?:第|其)?(?:[一①首]|1(?!\\d))")  # the marker of a first item goes on with no list
REASONS = ("原因", "因素", "所致", "症结", "所在", "缘由", "来由", "根源", "主因", "背景", "推手", "动因")
ITEM_REACH = 12  # clauses: how far behind what is no reason the next item of a list may begin
TIME_START = re.compile("(?:全年|年末|年底|上年|当年|本年|截至|截止|其中|每辆|车均|人均|平均|\\d{4}年|合计|共计)")
COMPARES = re.compile(
    "完成(?:年初|全年|调整|当年)?预算|(?:比|较|与|同)(?:上年|去年|上一年|\\d{4}年|年初|预算|调整|全年|上)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A cause in a passage: its stretch, what announced it, how sure, and the rule that read it."""

    start: int
    end: int
    cue: str
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch that explains: from its first character to the clause index it ends before."""

    start: int
    end: int
    next_clause: int


def stops(view: View, at: int, sep: str, listed: bool) -> bool:
    """Whether an explanation ends before clause `at`, which follows the mark `sep`."""
    clause = view.clauses[at]
    lexicon = view.lexicon
    if marker(view, clause.start, clause.end) and listed:
        return False
    if lexicon.further["strong"].match(view.text, clause.start, clause.end):
        return False
    if not_cause(view, at, HARD_STOPS) or _announces_another(view, at):
        return True
    if view.text.startswith("其中", clause.start):
        return clause.stop == "：" or clause.first < clause.last
    if sep == "；":
        return states_something(view, at)
    if not clause.money:
        return False
    if COMPARES.match(view.text, clause.start, clause.end):
        return True
    return view.anchors[at] and clause.stop == "，" and at + 1 < len(view.clauses) and announced(view, at + 1)


def _announces_another(view: View, at: int) -> bool:
    """Whether a clause says of another change that its cause follows: ``…，增加的主要原因是…``."""
    if not view.hinted(PREFIX, at):
        return False
    clause = view.clauses[at]
    found = view.lexicon.reason_is.search(view.text, clause.start, clause.end + 1)
    if found is None or found.start() == clause.start or not view.has_core(clause.start, found.start()):
        return False
    return view.covered(clause.start, found.start())


def continues(view: View, at: int, listed: str | None) -> bool:
    """Whether the sentence that begins at clause `at` goes on with the explanation of the sentence before."""
    clause = view.clauses[at]
    found = marker(view, clause.start, clause.end)
    if listed is not None:
        return found is not None and found[0] == listed and not FIRST.match(view.text, clause.start)
    if view.lexicon.further["strong"].match(view.text, clause.start, clause.end):
        return not states_something(view, at)
    if found is not None:
        return False
    for k in range(at, segment_end(view, at)):
        c = view.clauses[k]
        if c.money or not_cause(view, k) or is_heading(view, k) or result(view, k):
            return False
        if view.hinted(PREFIX, k) and view.lexicon.anywhere.search(view.text, c.start, c.end + 1):
            return False
    return eventful(view, at) and not view.states_count(clause)


def reach(view: View, start: int, more: bool = True) -> Zone:
    """Stretch of the explanation that begins at `start`.

    Parameters
    ----------
    view : View
    start : int
        First character of the explanation, cue left out.
    more : bool
        Whether the next sentence may go on with it.
    """
    clauses = view.clauses
    at = view.first_clause(start)
    first = marker(view, start, len(view.text))
    series = first[0] if first else None
    while at + 1 < len(clauses):
        sep = clauses[at].stop
        if series is None and sep == "：":  # 主要是防疫扩面：其一，…；其二，…
            first = marker(view, clauses[at + 1].start, clauses[at + 1].end)
            series = first[0] if first else None
        if sep in FULL_STOPS:
            if sep == "\n" or not more or not continues(view, at + 1, series):
                break
        elif stops(view, at + 1, sep, series is not None):
            ahead = next_item(view, at + 2, series)
            if ahead is None:
                break
            at = ahead - 1
        at += 1
    last = at
    while last > 0 and clauses[last].start > start and trailing(view, last):
        last -= 1
    return Zone(start, clauses[last].end, at + 1)


def next_item(view: View, at: int, series: str | None) -> int | None:
    """Find the clause, from `at` on in the same sentence, that begins the next item of a list of reasons."""
    if series is None:
        return None
    for k in range(at, min(at + ITEM_REACH, len(view.clauses))):
        if view.clauses[k - 1].stop in FULL_STOPS:
            return None
        clause = view.clauses[k]
        found = marker(view, clause.start, clause.end)
        if found is not None and found[0] == series and not FIRST.match(view.text, clause.start):
            return k
    return None


def trailing(view: View, at: int) -> bool:
    """Whether the clause at the end of an explanation only adds a figure or states the result again."""
    clause = view.clauses[at]
    if marker(view, clause.start, clause.end):
        return False
    if result(view, at) or not_cause(view, at, HARD_STOPS):
        return True
    if closing(view, clause.start, clause.end) == clause.start:
        return True
    if view.repeats(clause) and view.lexicon.subjects.search(view.text, clause.start, clause.end):
        return True
    if (
        view.anchors[at]
        or not view.states_count(clause)
        or view.lexicon.shapes["done"].match(view.text, clause.start, clause.end)
    ):
        return False
    if view.tells_each(clause) or reason_with_figure(view, at):
        return False
    return bool(
        TIME_START.match(view.text, clause.start, clause.end)
        or NAMED_COUNT.fullmatch(view.stated, clause.start, clause.end)
    )


def closing(view: View, start: int, end: int) -> int | None:
    """Where, in the stretch, words begin that only say that all this led to the change; None if there are none."""
    if view.lexicon.any_suffix.pattern.search(view.text, start, end) is None:
        return None
    for cue in view.lexicon.of_form("suffix"):
        for match in cue.pattern.finditer(view.text, start, end):
            rest = match.end()
            if cue.id == "this-is-why":
                if match.start() == start and view.text.endswith(REASONS, start, end):
                    return start
                continue
            if cue.id == "therefore" and match.start() != start:
                continue
            if cue.id == "drives" and rest < end and view.covered(rest, end):
                return match.start()
            if rest < end and view.covered(rest, end) and view.has_core(rest, end):
                return match.start()
    return None
