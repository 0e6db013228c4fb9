"""How far an explanation reaches, and the items it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gouji.extract.cause_clauses import COUNT, FIGURE, FULL_STOPS, ITEM_NAME, NAME, PARTS, View
from gouji.extract.cause_joins import joined
from gouji.model.facts import Label

EDGE = " \t\u3000\xa0\n，；。！？：、.．;,"
HAN = re.compile("[\u4e00-\u9fff]")
TAIL = EDGE + "“‘《"
NOTE = 6  # characters: a longer bracket at the end of a cause is a remark, not part of a name such as 出国（境）
WORD = re.compile(f"{HAN.pattern}[^{HAN.pattern[1:]}*{HAN.pattern}")  # 退休: the shortest reason has two characters
HARD_STOPS = frozenset(
    ("purpose", "composition", "definition", "no-change", "same-cause", "measure")
    + ("reception-counts", "secrecy", "stock")
)
NAMED_COUNT = re.compile(f"{NAME}+(?:为|共|有|达|共有|计)?[{COUNT}{FIGURE}]+")
FIRST = re.compile("[（(]?(?:第|其)?[一1①首]")  # the marker of a first item goes on with no list
REASONS = ("原因", "因素", "所致", "症结", "所在", "缘由", "来由", "根源", "主因", "背景", "推手", "动因")
# 省文物局7月增拨修复专款50.00万元; 会议开支再压一成: figures that a reason ends with
GIVEN = re.compile(
    f"[^，。；]{{0,8}}(?:中央|[省市县区局厅部委]|财政|上级)[^，。；]{{0,10}}"
    f"(?:增拨|追加|下达|拨付|拨来|补助|奖补|划拨)[^，。；]{{0,20}}?{FIGURE}+$"
)
BOTH = re.compile("([两二三])者(?:相互|共同)?(?:叠加|作用|合力|相加|因素)")  # A，B，二者叠加
BOTH_REACH = 8  # characters behind an explanation
ORDERED = re.compile(
    f"[^，。；]{{0,8}}(?:中央|[省市县区镇院]|财政|上级)[^，。；]{{0,16}}(?:压减|压缩|核减|调减|下调|扣减){FIGURE}+$"
)
SQUEEZED = re.compile(f"[再又]压(?:减|缩|降)?{FIGURE}+$")
LAST_YEAR = re.compile("(?:上年|去年|上一年)度?(?!决算|支出|收入|预算|结转|同期)")
NOT_THIS_YEAR = re.compile("(?:今年|本年|当年)度?(?:没有|无|未|不再)")
ENDING = 6  # characters: the longest of the words that end a cause and belong to its cue
ITEM_REACH = 12  # clauses: how far behind what is no reason the next item of a list may begin
DONE = re.compile("补充|新增|增配|购置|更新|换购|采购|招录|招聘|引进|调入|调出|退休|报废|处置|划转|新建|改造")
TIME_START = re.compile("(?:全年|年末|年底|上年|当年|本年|截至|截止|其中|每辆|车均|人均|平均|\\d{4}年|合计|共计)")


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
    if ORDERED.match(view.masked, clause.start, clause.end):
        return not result(view, at)
    with_figure = _reason_with_figure(view, at)
    if not with_figure and WORD.search(view.stated, clause.start, clause.end) is None:
        return False
    if not_cause(view, at):
        return False
    if is_heading(view, at) or view.anchors[at] or result(view, at):
        return False
    if view.states_figure(clause) and not with_figure:
        return False
    if view.names_change(at):
        return False
    if view.stated[clause.start] != NAME or view.tells_each(clause) or with_figure:
        return True
    return not view.has_money_or_rate(clause.start, clause.end)


def _reason_with_figure(view: View, at: int) -> bool:
    """Whether the figure that ends the clause is part of a reason: money given, a cut ordered, a thing of last year.

    What there was last year is one if the next clause says that there was none this year.
    """
    text = view.masked[view.clauses[at].start : view.clauses[at].end]
    if GIVEN.match(text) or SQUEEZED.search(text):
        return True
    if not LAST_YEAR.match(view.text, view.clauses[at].start) or at + 1 == len(view.clauses):
        return False
    return NOT_THIS_YEAR.match(view.text, view.clauses[at + 1].start) is not None


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
    if view.names_change(at) or _heads_a_cue(view, at):
        return True
    for k in range(at, segment_end(view, at)):
        clause = view.clauses[k]
        if not view.has_money_or_rate(clause.start, clause.end):
            continue
        if view.anchors[k] or (view.states_figure(clause) and not _bare_rate(view, k)):
            return True
    return not_cause(view, at, HARD_STOPS) or result(view, at) or is_heading(view, at)


def _heads_a_cue(view: View, at: int) -> bool:
    """Whether the clause restates a change and a cue follows, in it or behind it: ``得分偏低则因为…``."""
    clause, lexicon = view.clauses[at], view.lexicon
    limit = min(clause.end + 1, len(view.text))
    for step in view.steps(clause.start, clause.end)[1:]:
        if lexicon.any_prefix.match(view.text, step, limit) and view.has_core(clause.start, step):
            return True
    name = ITEM_NAME.match(view.text, clause.start, clause.end)
    if name is not None and lexicon.any_prefix.match(view.text, name.end(), limit):
        return True  # …；职业年金缴费支出系…
    later = view.clauses[at + 1 : segment_end(view, at)]
    if any(plain_cue(view, c.start, min(c.end + 1, len(view.text))) for c in later):
        return True  # …；该项目得分84分，扣分处在于…
    return clause.stop == "，" and at + 1 < len(view.clauses) and view.weak_anchor(at) and announced(view, at + 1)


def _bare_rate(view: View, at: int) -> bool:
    """Whether the clause ends with a rate and names no indicator: ``尖峰时段贵了近两成``."""
    clause = view.clauses[at]
    rates = all(f.label is not Label.AMOUNT for f in view.figures_in(clause.start, clause.end))
    return rates and NAME not in view.stated[clause.start : clause.end]


COMPARES = re.compile(
    "完成(?:年初|全年|调整|当年)?预算|(?:比|较|与|同)(?:上年|去年|上一年|\\d{4}年|年初|预算|调整|全年|上)"
)


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
        return clause.stop == "：" or bool(view.figures_in(clause.start, clause.end))
    if sep == "；":
        return states_something(view, at)
    if not view.has_money_or_rate(clause.start, clause.end):
        return False
    if COMPARES.match(view.text, clause.start, clause.end):
        return True
    return view.anchors[at] and clause.stop == "，" and at + 1 < len(view.clauses) and announced(view, at + 1)


def _announces_another(view: View, at: int) -> bool:
    """Whether a clause says of another change that its cause follows: ``…，增加的主要原因是…``."""
    clause = view.clauses[at]
    for cue in view.lexicon.of_form("prefix"):
        found = cue.pattern.search(view.text, clause.start, clause.end + 1) if cue.id == "reason-is" else None
        if found is not None and found.start() > clause.start and view.has_core(clause.start, found.start()):
            return view.covered(clause.start, found.start())
    return False


def announced(view: View, at: int) -> bool:
    """Whether a clause begins with a cue."""
    clause = view.clauses[at]
    return view.lexicon.any_prefix.match(view.text, clause.start, clause.end) is not None


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
        if view.has_money_or_rate(c.start, c.end) or not_cause(view, k) or is_heading(view, k) or result(view, k):
            return False
        if view.lexicon.anywhere.search(view.text, c.start, c.end + 1):
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
    if view.anchors[at] or not view.states_count(clause) or DONE.match(view.text, clause.start, clause.end):
        return False
    if view.tells_each(clause) or _reason_with_figure(view, at):
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


def items(view: View, zone: Zone, cue: str = "") -> Iterator[tuple[int, int]]:
    """Stretches of the single causes of an explanation, markers and inner cues left out.

    A cue that says how many reasons follow (``三方面``) cuts a list without markers at its commas, if that gives
    the number.
    """
    starts = [zone.start]
    first = marker(view, zone.start, zone.end)
    at = view.first_clause(zone.start)
    while at + 1 < zone.next_clause:
        sep, clause = view.clauses[at].stop, view.clauses[at + 1]
        at += 1
        if clause.start >= zone.end:
            break
        found = marker(view, clause.start, zone.end)
        listed = found is not None and (first is None or found[0] == first[0])
        further = view.lexicon.further["strong"].match(view.text, clause.start, zone.end)
        if listed or further or (sep == "；" and first is None):
            starts.append(clause.start)
    if len(starts) == 1:
        starts = _counted(view, zone, cue) or starts
    if len(starts) == 1 and (both := BOTH.search(view.text, zone.start, min(zone.end + BOTH_REACH, len(view.text)))):
        starts = _counted(view, zone, f"{both[1]}个") or starts
    for start, end in zip(starts, [*starts[1:], zone.end], strict=True):
        for left, right in joined(view, *clean(view, start, end)):
            yield left, trim(view, left, right)


def _counted(view: View, zone: Zone, cue: str) -> list[int]:
    """Find where each of an announced number of reasons starts; empty if the clauses are not as many."""
    lexicon = view.lexicon
    number = lexicon.number.search(cue)
    if number is None:
        return []
    at = view.first_clause(zone.start)
    clauses = view.clauses
    ks = [k for k in range(at + 1, min(zone.next_clause, len(clauses))) if clauses[k].start < zone.end]
    later = [clauses[k].start for k in ks if not result(view, k)]
    own = [s for s in later if not lexicon.dependent.match(view.text, s, view.clauses[view.first_clause(s)].end)]
    wanted = NUMERALS[number[0]]
    return next(([zone.start, *s] for s in (later, own) if len(s) + 1 == wanted), [])


NUMERALS = {c: i for i, c in enumerate("一二三四五六七八", start=1)} | {str(i): i for i in range(2, 9)} | {"两": 2}


def clean(view: View, start: int, end: int) -> tuple[int, int]:
    """Leave out marker, cue and punctuation at both ends, and a result stated again at the end."""
    text, lexicon = view.text, view.lexicon
    skip = EDGE
    while start < end and text[start] in skip:
        start += 1
    found = marker(view, start, end)
    if found:
        start = found[1]
    leads = (lexicon.further[key].match(text, start, end) for key in ("strong", "after_stop", "contrast"))
    lead = next((match for match in leads if match is not None), None)
    if lead is not None:
        start = lead.end()
    while start < end and text[start] in skip:
        start += 1
    while cue := plain_cue(view, start, end) or lexicon.item_copula.match(text, start, end):
        start = cue.end()
        while start < end and text[start] in skip:
            start += 1
    return start, trim(view, start, end)


def plain_cue(view: View, start: int, end: int) -> re.Match[str] | None:
    """Match a cue that is one whatever stands before it, at `start`."""
    return view.lexicon.anywhere.match(view.text, start, end)


def trim(view: View, start: int, end: int) -> int:
    """End of the item without trailing clauses that only state the result, and without punctuation."""
    text = view.text
    while True:
        while end > start and text[end - 1] in TAIL:
            end -= 1
        ending = view.lexicon.endings.search(text, max(start, end - ENDING), end)
        if ending is not None and ending.start() > start:
            end = ending.start()
            continue
        if end > start and text[end - 1] == "）":
            opening = view.bracket_ending(end)
            if opening is not None and opening[0] > start and end - opening[0] > NOTE:
                end = opening[0]
                continue
        at = view.first_clause(end - 1) if end > start else 0
        if end <= start or at >= len(view.clauses):
            return end
        clause = view.clauses[at]
        if clause.start > start and trailing(view, at):
            end = clause.start
            continue
        tail = closing(view, max(start, clause.start), end)
        if tail is not None and tail > start:
            end = tail
            continue
        return end
