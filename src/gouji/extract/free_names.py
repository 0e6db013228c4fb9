"""Names that no gazetteer knows: the noun phrase that a figure belongs to, before it or after it.

Before: ``省级下达[农田建设补助]2600万元``, ``下辖[派出所]14个``, ``[破案率]较上年提高1.2个百分点``.
After, in performance text only: ``完成28个[重点项目]工作``. A phrase is a name only if it ends with a head
that fits the figure (resource ``context.yaml``).
"""

from __future__ import annotations

import re
from bisect import bisect_left

from gouji.extract.indicator_names import Candidate
from gouji.model.document import Passage
from gouji.model.facts import Label, Mention
from gouji.model.spans import Span
from gouji.resources.indicator_context import indicator_context

CLAUSE_BREAK = re.compile(
    r"[（(]\d{1,2}[)）]|[，,。；;：:！？\n（(“”\"《》>＞]|(?<!\d)\d{1,2}[.．](?!\d)|指标\d|\d[月日]起|、"
)
AFTER_BREAK = re.compile(r"[，,。；;：:、！？\n“”\"《》]")
# 较上年提高 · 由6,210人 · 同比: what is before it is the phrase
COMPARISON = re.compile(
    r"(?:比|较)(?=上年|去年|年初|计划|同期|预算|\d)|(?<![自理缘])由(?!于)|同比|与(?=上年|去年|\d{4})"
)
NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·-]+(?:[（(][^（）()]*[)）][\u4e00-\u9fffA-Za-z0-9]*)*")
BRACKETED = re.compile(r"[（(][^（）()]*[)）]")
# 2022年我部门预算收入: whose and when is no part of the name
LEAD = re.compile(
    r"\s*(?:[一二三四五六][则是]|其[一二三四五])?(?:\d{4}年度?)?(?:[我本](?:部门|单位|局|院|校|委|厅|馆|街道|镇|乡))?(?:含|包含|包括|和(?!谐|平)|以及|及)?(?:计划(?!成本|投资|数|内))?"
)
YEAR = re.compile(r"\d{4}年度?的?")
ACQUIRED = re.compile(r"(?:更新|新购|购置|购买|更换|报废|补充|换购|新配|添置|购入)")
"""What was bought is told of the item of expenditure, and names none: 更新囚车1辆."""
REFERENCE = re.compile(r"(?:比|较|与|同)(?:上年|去年|上一年|年初|预算|同期|\d{4}年)|同比")
FEE = re.compile(r"(?<!经)费用?$")
PEOPLE = frozenset("人名位")
NOT_DONE = frozenset(["分", "天", "日", "个月", "月", "年", "小时", "分钟", "岁", "倍"])
"""Units of scores and of time, which no work is counted in."""
GOAL = re.compile("[0-9]|等[级次]|^[较比与距未至]|目标|计划值?$|晚于|早于|少于|多于|标段")
TEAM = re.compile("(?:人员|成员|组长)$")
"""Those who carry a thing out are no number of what was done: 业务人员1名."""
# words of two letters one of which alone would end the words before a name: 系统上线率, 设施完好率
WORD = re.compile(
    ".?(?:系[统列]|设[备施计置]|按[期时]|因[素公]|对[象外口])|[体关联]系|行为|作为|基因|目的|[国所共]有|建设|开设|增设"
)
CARS = frozenset("辆台艘架")
VEHICLE = re.compile("(?:车|车辆|船|艇|飞机)$")
"""流动图书服务用车1辆: a kind of vehicle that the list of the form does not have."""
_QUANTITY = Label.QUANTITY
EVALUATED = re.compile("自评|绩效方面|绩效评价")
"""Words of a paragraph on performance in a section on more than that."""
LONGEST = 24
SHORTEST = 2
SHORT_CELL = 45
"""A cell of at most so many letters is the wording of an indicator: all after the count is its name."""


class FreeNames:
    """Finds free names around the figures of one passage.

    Parameters
    ----------
    passage : Passage
    figures : list of Mention
        Of the passage, in order.
    performance : bool
        Whether the passage tells of performance, where counts of what was done are indicators.
    level : str or None
        Type of indicator that the row of a self-evaluation form stands under.
    """

    def __init__(self, passage: Passage, figures: list[Mention], performance: bool, level: str | None = None) -> None:
        self.text = passage.text
        self.starts = [f.local.start for f in figures]
        self.performance = performance
        self.evaluated = performance or EVALUATED.search(passage.text) is not None
        self.cell = passage.cell is not None
        self.level = level
        self.words = indicator_context()

    def name_of(self, figure: Mention, previous: int) -> Candidate | None:
        """Name of a figure, None where none can be told.

        Parameters
        ----------
        figure : Mention
        previous : int
            End of the figure before it, or 0.
        """
        before = self._before(figure, previous)
        if before is not None or not self.performance or figure.label is not _QUANTITY:
            return before
        return self._after(figure)

    def _before(self, figure: Mention, previous: int) -> Candidate | None:
        counted, at = figure.label is _QUANTITY, figure.local.start
        if counted and not self._ends_phrase(figure.local.end):
            return None
        start, listed = self._clause_start(previous, at)
        start = LEAD.match(self.text, start, at).end()  # type: ignore[union-attr]
        end = self._without_tail(start, at)
        if end - start < SHORTEST:
            return None
        boundary = self.words.count_boundary if counted else self.words.money_boundary
        begin = start
        for match in boundary.finditer(self.text, start, end):
            if WORD.match(self.text, max(start, match.start() - 1)) and len(match.group()) == 1:
                continue
            if self.text[max(start, match.start() - 1)] == "新":  # 新招录社区工作者
                continue
            if end - match.end() >= (
                SHORTEST if len(match.group()) == 1 or self.words.opener.search(match.group()) else 3
            ):
                begin = match.end()
        year = YEAR.match(self.text, begin, end)
        begin = year.end() if year is not None and begin > start else begin
        verb = self.words.done_verb.match(self.text, begin, end) if counted else None
        begin = verb.end() if verb is not None and end - verb.end() >= SHORTEST else begin
        while begin < end and self.text[begin].isspace():
            begin += 1
        name = self.text[begin:end]
        if not SHORTEST <= len(name) <= LONGEST or name in self.words.not_names or not NAME.fullmatch(name):
            return None
        if REFERENCE.match(name) or (ACQUIRED.match(name) and not self.performance):
            return None
        kind = self._type(figure, name, self.text[start:begin], listed)
        return None if kind is None else Candidate(Span(begin, end), kind, name, "free-before")

    def _clause_start(self, previous: int, end: int) -> tuple[int, bool]:
        """Start of the clause before a figure, and whether a 、 begins it."""
        start, listed = previous, False
        for match in CLAUSE_BREAK.finditer(self.text, previous, end):
            if match.end() < end:
                start, listed = match.end(), match.group() == "、"
        return start, listed

    def _without_tail(self, start: int, end: int) -> int:
        """End of the phrase once trailing fillers (``年初预算为``, ``较上年提高``) are taken off."""
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in "（(<≥≤"):
            end -= 1
        piece = self.text[start:end]
        comparison = COMPARISON.search(piece)
        if comparison and comparison.start() >= SHORTEST:
            piece = piece[: comparison.start()]
        words = self.words
        # a word at the end begins among the last letters, and a line break may follow it
        while piece and (piece[-1] in words.tail_last or piece[-1] == "\n"):
            tail = words.tail.search(piece, max(0, len(piece) - words.tail_longest - 1))
            if tail is None:
                break
            piece = piece[: tail.start()]
        return start + len(piece.rstrip())

    def _ends_phrase(self, end: int) -> bool:
        """Whether a count closes its phrase (``新警47人报到``) and does not open one (``三个标段``)."""
        following = self.text[end : end + 6].lstrip()
        return (
            not following
            or not "\u4e00" <= following[0] <= "\u9fff"
            or self.words.after_stop.match(following) is not None
        )

    def _type(self, figure: Mention, name: str, lead: str, listed: bool) -> str | None:
        """Type of a free name by its head, its figure and where it stands; None if it is none."""
        words = self.words
        if figure.label is Label.AMOUNT:
            if not words.money_head.search(name):
                wording = self.cell and SHORTEST < len(name) <= 10 and not words.filler.search(name)
                return words.cell_types["money"] if wording else None
            if self.performance and FEE.search(name):
                return words.cell_types["money"]
            return next((kind for last, kind in words.money_types.items() if name.endswith(last)), "project_funds")
        if figure.label is Label.RATE:
            if not words.rate_head.search(name):
                return None
            told = next((kind for kind, words_of in words.rate_types if words_of.search(name)), None)
            if told is None and words.quantity_head.search(name):
                told = "quantity"
            return (told or self.level or "quality") if self.evaluated else told or "other"
        if figure.value is not None and figure.value.unit in CARS and VEHICLE.search(name):
            return None if ACQUIRED.search(lead + name) else "assets"
        if not words.count_head.search(name) and not (self.performance and self._done(figure, name)):
            return None
        if self.performance:
            return self._count_type(figure, name)
        kind = "quantity" if self.evaluated or words.quantity_head.search(name) else "other"
        kind = "staffing" if words.staff_head.search(name) else kind
        return kind if (not lead.strip() and not listed) or words.opener.search(lead) else None

    def _done(self, figure: Mention, name: str) -> bool:
        """Whether a phrase whose last word is not known names what was done: 营造林8.6万亩, 放映电影300场."""
        unit = figure.value.unit if figure.value is not None else ""
        return not self.cell and unit not in NOT_DONE and unit not in PEOPLE and GOAL.search(name) is None

    def _count_type(self, figure: Mention, name: str) -> str:
        people = figure.value is not None and figure.value.unit in PEOPLE
        return (
            "other"
            if people and TEAM.search(name) and not self.cell
            else self.level or self.words.cell_types["quantity"]
        )

    def _after(self, figure: Mention) -> Candidate | None:
        """Name after a count, up to the next verb; in a short cell up to its end."""
        start = figure.local.end
        while start < len(self.text) and self.text[start] in " )）":
            start += 1
        lead = self.words.after_lead.match(self.text, start)
        start = lead.end() if lead else start
        stop = AFTER_BREAK.search(self.text, start, start + LONGEST)
        following = bisect_left(self.starts, start)
        end = min(stop.start() if stop else len(self.text), start + LONGEST)
        end = min(end, self.starts[following]) if following < len(self.starts) else end
        if not (self.cell and len(self.text) <= SHORT_CELL and not re.search(r"[，。；]", self.text)):
            end = self._stop(start, end)
        name = self.text[start:end].strip()
        opening = max(name.rfind("（"), name.rfind("("))
        if opening >= 0 and not BRACKETED.match(name, opening):
            name = name[:opening].strip()
        if not SHORTEST <= len(name) <= LONGEST or name in self.words.not_names or not NAME.fullmatch(name):
            return None
        return Candidate(Span(start, start + len(name)), self._count_type(figure, name), name, "free-after")

    def _stop(self, start: int, end: int) -> int:
        """First verb or other word that no name goes on with, outside brackets."""
        inside = {i for b in BRACKETED.finditer(self.text, start, end) for i in range(*b.span())}
        for match in self.words.after_stop.finditer(self.text, start, end):
            if match.start() not in inside:
                return match.start()
        return end
