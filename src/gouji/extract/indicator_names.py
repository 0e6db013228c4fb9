"""Candidates for indicator names in a text: chains of 类款项, and names of the gazetteer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from operator import attrgetter

from gouji.model.quick import quick
from gouji.model.spans import Span
from gouji.resources.beginnings import guarded
from gouji.resources.gazetteer import Match, gazetteer
from gouji.resources.gazetteer_loading import Entry

# 教育支出（类）进修及培训（款）培训支出（项） · “组织事务”（款，下同） · 社会保障和就业支出（208类）
LEVEL = re.compile(
    r"(?P<quote>[”\"’」])?\s*[（(]\s*\d{0,7}\s*(?P<level>[类款项])\s*(?:[,，、]\s*下同|级|科目)*\s*[)）]"
)
LEVEL_END = re.compile(r"[类款项同级目]\s*[)）]")  # nothing else ends such a bracket
JOINED = re.compile("[和与及、]")
NAME_BOUNDARY = re.compile(
    guarded(
        r"[，,。；;：:“”\"\n！？①-⑳]|\d[.．、）)]|[一二三四五六七八九十][、）)]|\d{5,7}[-—–]|\d{4}\s*年度?|[全部均]{1,2}为"
    )
)
# 20103-组织事务
CLAUSE_START = re.compile(
    r"(?:^|[，,。；;：:、（(“”\"\n）)]|其中|\d[.．、]|年度?|年[末底]|另有|实有|截至|用于|涉及|下属|下辖|(?<!公)共|发生|\d日|共有|拥有|(?<!\d)2\d{4}(?:\d\d)?|\d\s*[-—–]|[局院校站所队处心]|部门|单位)\s*$"
)
BUDGET_START = re.compile(rf"{CLAUSE_START.pattern}|[”\"]\s*项\s*目\s*$")
SENTENCE_START = re.compile(r"(?:^|[。\n]|\d{4}\s*年度?|相比[，,])\s*$")
JOINED = re.compile(r"\s*[、和及与]\s*")
FEE_TAIL = re.compile(r"费\s*用?\s*(?P<tail>支\s*出)$")
BUDGET_TAIL = re.compile(r"(?<=[收支][入出])年初预算数?$")
STAFF_LEAD = re.compile(r"核\s*定(?=.*编\s*制)")
YEAR_END = re.compile(r"年\s*[末底终]")
# 管网改造项目执行率: the rate of a project that is named before it
OWNED = re.compile(r"项\s*目\s*(?=(?:预\s*算\s*)?执\s*行\s*率)")
INVOLVED = re.compile(r"涉\s*及\s*(?=资\s*金$)")
FISCAL_TAIL = re.compile(r"(?<=费|用|”|\")\s*财\s*政\s*拨\s*款\s*(?:支\s*出)?(?:\s*合\s*计)?$")
FUND = "政府性基金财政拨款"
# 使用政府性基金财政拨款安排基本支出
FUND_LEAD = re.compile(r"政府性基金[^，。；]{0,12}安排的?$")
COMPARED_BOTH = re.compile(r"均?(?:[较比]|同比|各[增减])")
MEASURE_AFTER = re.compile(r"\s*(?:决算|预算)")
AVERAGE_LEAD = re.compile(r"(?:[人生户师床车辆亩月日次例件校户]均|单车|平均每(?:人|辆|户|个|次|件|批))\s*$")
HEADED = re.compile(r"\s*(?:支\s*出)?\s*[。：:]\s*(?:\d{4}\s*年度?)?\s*")
EXPENDITURE = re.compile(r"\s*支\s*出")

SUMS = frozenset(["expenditure.year", "revenue.year", "total.expenditure", "total.revenue", "expenditure.fiscal"])
BUDGETS = frozenset(["total.year_budget"])
PEOPLE = ("公务员", "退休职工", "退休干部", "退休教师", "民警", "辅警", "干部职工")
"""People who are staff where a clause begins with them, and of whom something else is told elsewhere: 新录用公务员."""
KINDS = frozenset(["assets.offroad", "assets.sedan", "assets.truck", "assets.bus"])
"""Kinds of cars that are a list of those held, and elsewhere what was bought: 换购高原型越野车1辆."""
FUNDS = frozenset(["project_funds.evaluated"])
SUMS_BUDGETS = SUMS | BUDGETS
TOTALS = (("total.revenue", "total.expenditure"), ("total.revenue", "expenditure.year"))
BOTH_TOTALS = "收支总计"
SENTENCE_TOPICS = frozenset(["expenditure.year", "revenue.year", "total.year_budget", "total.both"])
BUDGETED = frozenset(["total", "revenue", "expenditure", "three_public", "procurement"])
BUDGET_NAMED = re.compile(r"\s*预\s*算(?=\s*\d)(?![^。；;\n]{0,24}决\s*算)")
CLASS_WORD = re.compile(r"\s*[类款项]\s*科\s*目")
MEASURED = re.compile(r"\s*(?:财政拨款)?(?:支出|收入){0,2}\s*(?:预算|决算)?\s*")


@quick
@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible indicator mention: span in the passage's text, type, canonical name, and what found it.

    `levels` are the names of a chain of 类款项, outermost first; empty for any other name. `short` marks a form that
    means its entry in context only.
    """

    span: Span
    type: str
    name: str
    rule: str
    entry: Entry | None = None
    levels: tuple[str, ...] = ()
    short: bool = False


def find_candidates(text: str) -> list[Candidate]:
    """Find the chains and gazetteer names of a text, in order, none overlapping.

    Examples
    --------
    >>> [(c.name, c.type) for c in find_candidates("教育支出（类）普通教育（款）小学教育（项）。年初预算为5万元")]
    [('小学教育', 'function')]
    """
    matches = gazetteer().scan(text)
    chains = _chains(text, matches)
    taken = [c.span for c in chains]
    known: list[Candidate] = []
    at = 0
    for match in matches:
        while at < len(taken) and taken[at].end <= match.span.start:
            at += 1
        if at < len(taken) and taken[at].overlaps(match.span):
            continue
        if match.entry.id in SUMS_BUDGETS:
            before = max((c.span.end for c in (*chains[max(0, at - 1) : at], *known[-1:])), default=None)
            if before is not None and _is_of(text, before, match):
                continue
        if (candidate := _of_match(text, match)) is not None:
            known.append(candidate)
    found = [*chains, *known]
    if len(found) > 1:
        found.sort(key=_place)
    return found


_place = attrgetter("span.start", "span.end")


def _is_of(text: str, before: int, match: Match) -> bool:
    """Whether a sum or a budget is that of the name that ends at `before`.

    机关运行经费支出合计, 培训费全年预算数, “大气（项）。全年预算数为5万元”.
    """
    if MEASURED.fullmatch(text, before, match.span.start):
        return True
    return match.entry.id in BUDGETS and HEADED.fullmatch(text, before, match.span.start) is not None


RESPECTIVELY = re.compile("分别|依次|各(?=[自为有占]|增|减|下降|上升|提高|降低|[0-9一二三四五六七八九十约近]|$)")


def listed_before(text: str, usable: list[Candidate], figure: int) -> list[Candidate]:
    """Choose among names listed before a figure: the last; the first of ``A、B均为``; all of ``A、B分别为``."""
    last = usable[-1]
    listed = [last]
    for earlier in reversed(usable[:-1]):
        if not JOINED.fullmatch(text[earlier.span.end : listed[0].span.start]):
            break
        listed.insert(0, earlier)
    if len(listed) == 1:
        return listed
    gap = text[last.span.end : figure]
    if RESPECTIVELY.search(gap):
        return listed
    if not re.search(r"[均都]|合计|共", gap):
        return [last]
    return [_both_totals(listed)] if len(listed) == 2 else listed[:1]


def _both_totals(listed: list[Candidate]) -> Candidate:
    """One name of both totals (收入总计、支出总计均为5万元), the first of any other two."""
    first, last = listed
    entries = tuple(name.entry.id if name.entry is not None else "" for name in listed)
    both = gazetteer().lookup(BOTH_TOTALS) if entries in TOTALS else None
    if both is None:
        return first
    return replace(first, span=Span(first.span.start, last.span.end), name=both.name, entry=both, short=False)


def _of_match(text: str, match: Match) -> Candidate | None:
    """Candidate of a gazetteer match: cut to the name, and only where a short or generic name can stand."""
    entry, span = match.entry, match.span
    before = text[max(0, span.start - 8) : span.start]
    form = text[span.start : span.end]
    if (match.short or _is_generic(entry, form) or form in PEOPLE or entry.id in KINDS) and not CLAUSE_START.search(
        before
    ):
        return None
    if entry.id in BUDGETS and not BUDGET_START.search(before):  # 养老服务资金全年预算数 is that of the funds
        return None
    compared = entry.name == BOTH_TOTALS and COMPARED_BOTH.match(text, span.end) is not None
    if match.short and entry.id in SENTENCE_TOPICS and not compared and not SENTENCE_START.search(before):
        return None
    averaged = "均" in before or "单车" in before
    if averaged and (average := AVERAGE_LEAD.search(before)) is not None:  # 人均培训费: an average, not the item itself
        wide = Span(span.start - len(average.group()), span.end)
        return Candidate(wide, entry.type, "".join(text[wide.start : wide.end].split()), "gazetteer-average")
    known = entry
    paid = entry.type == "expenditure" and "安排" in before
    if paid and FUND_LEAD.search(text[max(0, span.start - 30) : span.start]):
        known = gazetteer().lookup(FUND + entry.name) or entry
    span = _widened(text, _cut(text, span, entry), entry)
    name = "".join(text[span.start : span.end].split()) if known.as_written else known.name
    return Candidate(span, known.type, name, "gazetteer", known, short=match.short)


def _widened(text: str, span: Span, entry: Entry) -> Span:
    """Take in what makes another name of it: 基本支出预算140元 is a budget's item, 教育支出类科目 a class."""
    more = CLASS_WORD if entry.type == "function" else BUDGET_NAMED if entry.type in BUDGETED else None
    following = more.match(text, span.end) if more is not None else None
    return Span(span.start, following.end()) if following is not None else span


def _is_generic(entry: Entry, form: str) -> bool:
    """Whether a form is also a common word (公安, 水利, 抚恤), as functional names without 支出 are."""
    return entry.type == "function" and not form.endswith("支出")


def _cut(text: str, span: Span, entry: Entry) -> Span:
    """Leave what is measured out of the name: 公务接待费支出决算 is the 支出决算 of 公务接待费."""
    form = text[span.start : span.end]
    if form.startswith("项目") and text[max(0, span.start - 1) : span.start] == "”":
        return Span(span.start + 2, span.end)
    lead = OWNED.match(form)
    if lead is not None and not CLAUSE_START.search(text[max(0, span.start - 8) : span.start]):
        return Span(span.start + lead.end(), span.end)
    if entry.id in FUNDS and (lead := INVOLVED.match(form)) is not None:
        return Span(span.start + lead.end(), span.end)
    if entry.id in SENTENCE_TOPICS and (budget := BUDGET_TAIL.search(form)) is not None:
        return Span(span.start, span.start + budget.start())
    if entry.type == "three_public" and (fiscal := FISCAL_TAIL.search(form)) is not None:
        return Span(span.start, span.start + fiscal.start())
    if entry.type == "staffing":
        return _without_lead(text, span)
    tail = FEE_TAIL.search(form) if "费" in form else None
    named_so = entry.name.endswith("支出")  # 机关事业单位基本养老保险缴费支出
    if tail is not None and (not named_so or MEASURE_AFTER.match(text, span.end)):
        return Span(span.start, span.start + tail.start("tail"))
    return span


def _without_lead(text: str, span: Span) -> Span:
    """Leave 核定 before a staff quota out, and the 年末 at which people were counted: 年末在职人员."""
    form = text[span.start : span.end]
    lead = STAFF_LEAD.match(form)
    if lead is not None and lead.end() < len(form):
        return Span(span.start + lead.end(), span.end)
    dated = YEAR_END.match(form)
    if dated is not None and dated.end() < len(form):
        return Span(span.start + dated.end(), span.end)
    return span


def _chains(text: str, matches: list[Match]) -> list[Candidate]:
    """Names with a level in brackets, adjacent ones joined."""
    out: list[Candidate] = []
    if LEVEL_END.search(text) is None or LEVEL.search(text) is None:
        return out
    ends = {m.span.end: m for m in matches}
    previous = 0
    for level in LEVEL.finditer(text):
        joined = JOINED.match(text, previous) if previous else None  # 行政单位医疗（项）和事业单位医疗（项）: two names
        start = _name_start(text, joined.end() if joined else previous, level.start(), ends)
        previous = level.end()
        if start is None:
            continue
        quoted = level["quote"] is not None
        name = "".join(text[start : level.start()].split())
        span = Span(start, level.start() if quoted else level.end())
        before = out[-1] if out else None
        if before is not None and before.span.end == start and not quoted:
            out[-1] = _chain_candidate(Span(before.span.start, span.end), (*before.levels, name))
        else:
            out.append(_chain_candidate(span, (name,)))
    return [_with_expenditure(text, c) for c in out]


def _name_start(text: str, previous: int, end: int, ends: dict[int, Match]) -> int | None:
    """Where the name before a level bracket begins: after the last boundary, or where a known name does."""
    start = previous
    for boundary in NAME_BOUNDARY.finditer(text, previous, end):
        start = boundary.end()
    while start < end and text[start] in " \u3000-—–":
        start += 1
    known = ends.get(end)
    if known is not None and known.span.start < start:
        start = max(known.span.start, previous)
    elif known is not None and known.span.start > start and not _could_be_name(text[start : known.span.start]):
        start = known.span.start
    return start if 2 <= end - start <= 40 else None


def _could_be_name(lead: str) -> bool:
    """Whether the letters before a known name may belong to a longer one that the gazetteer does not know."""
    return len(lead) <= 6 and not re.search(r"其中|用于|年|科目|主要", lead)


def _chain_candidate(span: Span, levels: tuple[str, ...]) -> Candidate:
    entry = gazetteer().lookup(levels[-1])
    if entry is not None and entry.type == "function":
        return Candidate(span, "function", entry.name, "chain", entry, levels)
    return Candidate(span, "function", levels[-1], "chain", entry, levels)


def _with_expenditure(text: str, candidate: Candidate) -> Candidate:
    """教育（类）支出 is a name that ends with 支出; behind 教育支出（类） the same word says what is measured."""
    after = EXPENDITURE.match(text, candidate.span.end) if len(candidate.levels) == 1 else None
    if after is None or MEASURE_AFTER.match(text, after.end()):
        return candidate
    first = LEVEL.search(text, candidate.span.start, candidate.span.end + 8)
    if first is None or first["level"] != "类":
        return candidate
    if candidate.levels[0].endswith("支出"):
        return candidate
    return replace(candidate, span=Span(candidate.span.start, after.end()))
