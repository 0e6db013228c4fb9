"""What may stand between an indicator's name and the figure that belongs to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from gouji.extract.indicator_names import Candidate
from gouji.model.spans import Span
from gouji.resources.indicator_context import indicator_context

# 占本年支出合计的 · 与2021年相比 · 较上年决算数 · （不含车辆）: names in there are references, not topics
SHARE = re.compile(r"占[^，,。；;：:（()）]{1,30}")
COMPARED = re.compile(
    r"(?:与|同|和|较|比)[^，,。；;：:]{1,30}?(?:相比较|相比|比较|对比)|(?:比|较)(?!重|例|大|多|少|小|高|低|快|好)[^，,。；;：:]{1,30}"
)
WITHOUT = re.compile(r"[（(](?:不含|含|不包括|包括|包含)[^（）()]*[)）]")
# 事业收入全部为灌区水费，较上年减少5万元: what all of it is, no topic of its own
ALL_OF = re.compile(
    r"(?:全部|均)(?:为|是|系|来自|用于)[^，,。；;：:\d]{1,40}(?=[，,]\s*(?:[较比与同]|[增减]|下降|上升|降低|提高))"
)
# 事业收入是下属种畜场的技术服务收入，20万元: what it is, before its figure
IS_WHAT = re.compile(r"^\s*(?:是|系|为)[^，,。；;：:\d]{3,30}[，,]\s*$")
OF_WHOLE = re.compile(r"\s*(?:中|当中|里|内)\s*[，,]")
EXCLUDED = re.compile(r"(?:剔除|扣除)[^，,。；;：:]{1,24}?(?:因素|影响|后)")
BRACKETED = re.compile(r"[（(][^（）()]*[)）]")
YEARS = re.compile(
    r"\d{4}\s*[-—–至]?\s*年?\s*度?|\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|[12]\d{3}|[\s，,。；;：:、（）()\-—–“”\"<>＜＞≥≤=]+"
)
BASE = re.compile(r"(?:上年|去年|\d{4}\s*年)(?:同期|度|末|底|初)?\s*$")
DIRECTION = re.compile(r"\s*[增减下上降提扩压]")
SENTENCE_END = re.compile(r"[。！？\n]")
# 3.公务接待费支出。2018年决算数5万元: a heading inside the paragraph, whose 支出 is no part of the name
HEADING_END = re.compile(r"\s*(?:支\s*出)?\s*[。！？\n]")
COMPOSITION = re.compile(r"的?(?:具体|主要)?(?:构成|组成)(?:情况)?(?:为|是|如下)?[:：，,]")
ITEM_END = re.compile(r"\s*(?:支\s*出)?[。：:]")
ITEM_LEAD = re.compile(r"(?:^|[。；;\n])\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）]?[、.．]?|[①-⑳])\s*$")


def may_head(text: str) -> bool:
    """Whether a name in a text may head an item or a list: what ends such a name stands somewhere in it."""
    return "。" in text or "：" in text or ":" in text or "构成" in text or "组成" in text


LONGEST_GAP = 200
"""Letters between the name of a classification's item and its figure, its purpose included."""


def _stretches(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [m.span() for m in pattern.finditer(text)]


def _around(stretches: list[tuple[int, int]], position: int) -> tuple[int, int] | None:
    """Stretch that begins before a position and ends behind it, of stretches that do not overlap."""
    if not stretches:
        return None
    at = bisect_left(stretches, (position,)) - 1
    return stretches[at] if at >= 0 and position < stretches[at][1] else None


class Gaps:
    """Judges the gaps of one passage.

    `shares` are the stretches that name the whole of a share, `comparisons` those that name what is compared with,
    `asides` the brackets, `composed` those that say what all of something is, `purposes` those from 主要用于
    to the end of its sentence that hold no figure; of each kind none overlap. They are looked for when the first name
    is judged.
    """

    __slots__ = ("asides", "comparisons", "composed", "looked", "purposes", "shares", "starts", "text")

    def __init__(self, text: str, starts: list[int]) -> None:
        self.text = text
        self.starts = starts  # of the figures
        self.looked = False
        self.shares: list[tuple[int, int]] = []
        self.comparisons: list[tuple[int, int]] = []
        self.asides: list[tuple[int, int]] = []
        self.composed: list[tuple[int, int]] = []
        self.purposes: list[tuple[int, int]] = []

    def _look(self) -> None:
        text = self.text
        self.looked = True
        self.shares = _stretches(SHARE, text) if "占" in text else []
        self.comparisons = _stretches(COMPARED, text)
        self.asides = _stretches(BRACKETED, text) if "(" in text or "（" in text else []
        self.composed = _stretches(ALL_OF, text) if "全部" in text or "均" in text else []
        self.purposes = self._purposes()

    def _purposes(self) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        ends: list[int] | None = None
        for cue in indicator_context().purpose.finditer(self.text):
            if out and cue.end() <= out[-1][1]:
                continue
            if ends is None:
                ends = [m.start() for m in SENTENCE_END.finditer(self.text)]
            after = bisect_left(ends, cue.end())
            stop = ends[after] if after < len(ends) else len(self.text)
            at = bisect_left(self.starts, cue.end())
            if at == len(self.starts) or self.starts[at] >= stop:
                out.append((cue.end(), stop))
        return out

    def usable(self, candidate: Candidate, figure: int) -> bool:
        """Whether a name is a topic there: no whole of a share, base of comparison, purpose or aside."""
        if not self.looked:
            self._look()
        span = candidate.span
        if _around(self.composed, span.start) is not None:
            return False
        if _around(self.purposes, span.start) is not None or OF_WHOLE.match(self.text, span.end):
            return False
        if candidate.levels:
            return True
        if _around(self.shares, span.start) is not None:
            return False
        reference = _around(self.comparisons, span.start)
        if reference is not None and not self._reference_ends_before(reference[0], span):
            return False
        aside = _around(self.asides, span.start)
        return aside is None or not span.end <= aside[1] <= figure

    def _reference_ends_before(self, start: int, span: Span) -> bool:
        """Whether the comparison is over before the name: 与上年相比收入合计增加, 较上年末车辆增加."""
        reference = self.text[start : span.start]
        return "相比" in reference or (
            BASE.search(reference) is not None and DIRECTION.match(self.text, span.end) is not None
        )

    def joins(self, candidate: Candidate, figure: int) -> bool:
        """Whether nothing but known words stands between a name and the figure."""
        if figure - candidate.span.end > LONGEST_GAP:
            return False
        if candidate.levels:
            return True
        gap, at = "", candidate.span.end
        if self.purposes:
            first, last = bisect_left(self.purposes, (at, at)), bisect_left(self.purposes, (figure,))
            for start, stop in self.purposes[first:last]:
                if stop <= figure:
                    gap, at = gap + self.text[at:start], stop
        gap += self.text[at:figure]
        if gap and leftover(gap):
            return False
        end = SENTENCE_END.search(gap)
        return end is None or HEADING_END.match(gap) is not None

    def heads_composition(self, span: Span) -> bool:
        """Whether a name is the whole of the parts that follow: ``本年收入的具体构成为：``."""
        return COMPOSITION.match(self.text, span.end) is not None

    def heads_item(self, span: Span) -> bool:
        """Whether a name is the heading of a numbered item inside a paragraph: ``2.公务接待费。``."""
        lead = ITEM_LEAD.search(self.text[max(0, span.start - 8) : span.start])
        return lead is not None and ITEM_END.match(self.text, span.end) is not None


@lru_cache(maxsize=1024)
def leftover(gap: str) -> str:
    """Take known words, comparisons, dates and whole brackets out of a gap; few words stand there again and again."""
    for pattern in (
        WITHOUT,
        EXCLUDED,
        BRACKETED,
        ALL_OF,
        IS_WHAT,
        SHARE,
        COMPARED,
        YEARS,
        indicator_context().purpose,
        indicator_context().filler,
    ):
        if not gap:
            return gap
        gap = pattern.sub("", gap)
    return YEARS.sub("", gap)
