"""The page: self-contained, escaped, with everything that the analysis says; and the findings it begins with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.findings import findings
from gouji.model.document import Cell, Document, Passage, PassageKind, Table
from gouji.model.facts import Base, Direction, Fact, Label, Measure, Mention
from gouji.model.outcomes import Alignment, Analysis, CheckOutcome, Relation, Severity, Status
from gouji.model.spans import OffsetMap, Span
from gouji.model.values import Kind, Value, Verdict
from gouji.report.html import page
from gouji.report.narrative import LONGEST, Marker, blocks
from gouji.report.summary import summary

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """Reads a page: its text, ids, links to them, and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.foreign: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and value and value.startswith("#"):
                self.links.append(value[1:])
            elif name in ("href", "src"):
                self.foreign.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] not in (["style"], ["script"]):
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def tiny(text: str, mentions: tuple[Mention, ...] = (), **more: object) -> Analysis:
    passage = Passage("p1", PassageKind.PARAGRAPH, text, OffsetMap.identity(len(text)))
    passages = (passage,) if text else ()
    return Analysis(Document("x", "0", "text/plain", text, passages=passages), mentions, **more)  # type: ignore[arg-type]


def test_the_page_of_a_sample_is_whole(analysed: Callable[[Path], Analysis], sample: Path) -> None:
    analysis = analysed(sample)
    found = Page(page(analysis))
    assert found.open == []
    assert found.foreign == []
    assert set(found.links) <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    assert {m.id for m in analysis.mentions} | {f.id for f in analysis.facts} <= set(found.ids)
    for words in ("46,791.51万元", "收支总计", "发现", "计算得", "去向", "87.1685%"):
        assert words in found.text


def test_nothing_is_loaded_from_elsewhere(analysed: Callable[[Path], Analysis], sample: Path) -> None:
    text = page(analysed(sample))
    assert re.findall(r"""(?:src|@import|url\()\s*=?\s*["']?(?:https?:)?//""", text) == []


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_escaped(text: str) -> None:
    document = Document(text, text, "text/plain", "", organisation=text, warnings=(text,))
    found = Page(page(Analysis(document)))
    assert found.open == []
    assert found.ids == Page(page(Analysis(Document("x", "0", "text/plain", "")))).ids


def test_markup_in_a_report_stays_text() -> None:
    attack = "<script>alert(1)</script>\"'><img src=x onerror=y>&amp;"
    span = Span(0, len(attack))
    mention = Mention("m1", Label.CAUSE, span, "p1", span, type=attack, name=attack, cue=attack)
    text = page(tiny(attack, (mention,)))
    found = Page(text)
    assert attack in found.text
    assert text.count("<script>") == 1
    assert "<img" not in text


def test_nested_and_adjacent_mentions_are_cut_at_every_border() -> None:
    text = "因项目增加5万元3%。"
    cause = Mention("m1", Label.CAUSE, Span(1, 10), "p1", Span(1, 10))
    amount = Mention("m2", Label.AMOUNT, Span(5, 8), "p1", Span(5, 8))
    rate = Mention("m3", Label.RATE, Span(8, 10), "p1", Span(8, 10))
    analysis = tiny(text, (cause, amount, rate))
    segments = Marker(analysis.document, analysis.mentions).segments(Span(0, len(text)))
    assert [(s.text, [m.id for m in s.mentions], [m.id for m in s.first]) for s in segments] == [
        ("因", [], []),
        ("项目增加", ["m1"], ["m1"]),
        ("5万元", ["m1", "m2"], ["m2"]),
        ("3%", ["m1", "m3"], ["m3"]),
        ("。", [], []),
    ]


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(1, 20)), max_size=8))
def test_segments_cover_their_stretch_whatever_the_mentions(pairs: list[tuple[int, int]]) -> None:
    text = "零一二三四五六七八九零一二三四五六七八九"
    spans = [Span(min(a, b), max(a, b)) for a, b in pairs]
    mentions = tuple(Mention(f"m{i}", Label.CAUSE, span, "p1", span) for i, span in enumerate(spans))
    analysis = tiny(text, mentions)
    segments = Marker(analysis.document, mentions).segments(Span(0, len(text)))
    assert "".join(s.text for s in segments) == text
    assert sorted(m.id for s in segments for m in s.first) == sorted(m.id for m in mentions if len(m.span))


def test_one_endless_line_is_cut_and_says_so() -> None:
    block = blocks(tiny("长" * (LONGEST + 7)))[0]
    assert (len(block.segments[0].text), block.rest) == (LONGEST, 7)


@pytest.mark.parametrize("text", ["", "无\n"])
def test_a_page_of_nothing_says_that_nothing_was_found(text: str) -> None:
    words = Page(page(tiny(text))).text
    for sentence in ("没有发现不符之处", "没有读到事实", "没有读到原因说明", "没有适用的勾稽检查"):
        assert sentence in words


WAN = Decimal(10000)


def conflicting() -> Analysis:
    """A change with the wrong direction, a cell that is not the sum, a doubt, and what follows from one root."""
    text = "比上年增加5.00万元，占3.00%。"
    change = Mention(
        "m1", Label.AMOUNT, Span(5, 11), "p1", Span(5, 11), value=Value(Decimal(5), WAN, 2, Kind.MONEY, "万元")
    )
    share = Mention(
        "m2", Label.RATE, Span(13, 18), "p1", Span(13, 18), value=Value(Decimal(3), Decimal("0.01"), 2, Kind.RATE, "%")
    )
    cells = tuple(
        Cell(r, 2, text, value=Value(Decimal(text), WAN, 2, Kind.MONEY, "万元"), row_path=(name,))
        for r, (name, text) in enumerate([("合计", "9.00"), ("其中", "5.00"), ("其他", "3.00")], start=2)
    )
    analysis = tiny(
        text,
        (change, share),
        facts=(
            Fact("f1", "m1", None, ("收入合计",), Measure.CHANGE, "2023", Base.PRIOR_YEAR, Direction.INCREASE),
            Fact("f2", "m2", None, ("其他收入",), Measure.SHARE, "2023"),
        ),
        alignments=(
            Alignment("f1", Relation.CHANGE, ("t1.r3.c2", "t1.r4.c2"), Verdict.CONFLICT, Decimal(-50000), "direction"),
            Alignment("f2", Relation.SHARE, ("t1.r4.c2", "t1.r2.c2"), Verdict.AGREES, Decimal("0.03")),
        ),
        outcomes=(
            CheckOutcome(
                "o1",
                "T-list-total",
                Status.INCONSISTENT,
                ("t1.r2.c2", "t1.r3.c2", "t1.r4.c2"),
                "9.00万元",
                "8.00万元",
                message="合计不符",
                severity=Severity.ERROR,
                root="r1",
            ),
            CheckOutcome(
                "o2", "X-total", Status.INCONSISTENT, ("t1.r3.c2",), "5.00", "6.00", severity=Severity.ERROR, root="r1"
            ),
            CheckOutcome("o3", "F-target", Status.INCONSISTENT, ("t1.r4.c2",), severity=Severity.DOUBTFUL),
            CheckOutcome("o4", "X-total", Status.CONSISTENT, ("t1.r3.c2",)),
            CheckOutcome("o5", "own", Status.INCONSISTENT, ("f1",), severity=Severity.ERROR, message="另一说明"),
        ),
    )
    table = Table("t1", "收入决算表", "other", cells, 4, 2, "万元")
    return replace(analysis, document=replace(analysis.document, tables=(table,)))


def test_findings_are_told_once_errors_first() -> None:
    found = findings(conflicting())
    assert [(f.severity, f.check, f.subject.reference) for f in found] == [
        (Severity.ERROR, "T-list-total", "t1.r2.c2"),
        (Severity.ERROR, "change", "f1"),
        (Severity.DOUBTFUL, "F-target", "t1.r4.c2"),
    ]
    total, change, _ = found
    assert (total.stated, total.computed, total.message) == ("9.00万元", "8.00万元", "合计不符")
    assert str(total.subject.place) == "表1《收入决算表》第2行“合计”第2列"
    assert [f.check for f in total.related] == ["X-total"]
    assert (change.stated, change.computed) == ("增加5.00万元", "减少5.00万元")
    assert change.message == "增减方向与计算结果相反；另一说明"
    assert [o.written for o in change.operands] == ["5.00万元", "3.00万元"]


def test_the_summary_tells_place_stated_and_computed() -> None:
    lines = list(summary(conflicting()))
    assert lines[0] == "x"
    assert "  不符 2 处：" in lines
    assert "    1. 表1《收入决算表》第2行“合计”第2列" in lines
    assert "       合计：原文 9.00万元，计算得 8.00万元（合计＝所列各项之和）" in lines
    assert "       连带 1 处" in lines
    assert "       收入合计（增减额）：原文 增加5.00万元，计算得 减少5.00万元（增减额）" in lines
    assert lines[-1] == "  另有存疑 1 处，见报告。"


def test_the_page_marks_figures_and_cells_that_do_not_hold() -> None:
    text = page(conflicting())
    assert 'class="m amount conflict" id="m1"' in text
    assert 'class="m rate agrees" id="m2"' in text
    assert re.search(r'<td id="t1.r2.c2" class="text conflict"', text)
    assert re.search(r'<td id="t1.r4.c2" class="text doubtful"', text)
