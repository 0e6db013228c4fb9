"""CSV as a Chinese Excel reads it: mark, line ends, headings, and no cell that it would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.export.csv import (
    CAUSE_HEADINGS,
    ENCODING,
    FACT_HEADINGS,
    FORMULA_START,
    NUMBER,
    causes_csv,
    facts_csv,
    guarded,
)
from gouji.export.files import write_atomic
from gouji.model.document import Cell, Document, Passage, PassageKind, Section, Table
from gouji.model.facts import Base, Cause, Direction, Fact, Label, Measure, Mention
from gouji.model.outcomes import Alignment, Analysis, LedgerRow, Relation
from gouji.model.spans import OffsetMap, Span
from gouji.model.values import Kind, Value, Verdict

TEXT = "一、收入说明\n收入合计=120.00万元，比上年增加20.00\n万元，主要原因是=SUM项目增加。\n"
MONEY = Decimal(10000)


def mention(identifier: str, label: Label, words: str, **more: object) -> Mention:
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    return Mention(identifier, label, span, "p2", span.shift(-7), **more)  # type: ignore[arg-type]


def analysis() -> Analysis:
    joined = TEXT[7:-1].replace("\n", "")
    offsets = OffsetMap.of_kept([i for i in range(7, len(TEXT) - 1) if TEXT[i] != "\n"])
    document = Document(
        "x",
        "0",
        "text/plain",
        TEXT,
        sections=(Section("s1", "收入说明", 2, 0, len(TEXT)),),
        passages=(
            Passage("p1", PassageKind.HEADING, TEXT[:6], OffsetMap.identity(6), "s1"),
            Passage("p2", PassageKind.PARAGRAPH, joined, offsets, "s1"),
        ),
        tables=(
            Table(
                "t1", "收入决算表", "other", (Cell(2, 1, "收入合计"), Cell(2, 2, "120.00", row_path=("合计",))), 2, 2
            ),
        ),
    )
    mentions = (
        mention("m1", Label.INDICATOR, "收入合计", type="revenue", name="收入合计"),
        mention("m2", Label.AMOUNT, "120.00万元", value=Value(Decimal("120.00"), MONEY, 2, Kind.MONEY, "万元")),
        mention("m3", Label.AMOUNT, "20.00\n万元", value=Value(Decimal("20.00"), MONEY, 2, Kind.MONEY, "万元")),
        mention("m4", Label.CAUSE, "=SUM项目增加", cue="主要原因是"),
    )
    facts = (
        Fact("f1", "m2", "m1", ("收入合计",), Measure.ACTUAL, "2023"),
        Fact("f2", "m3", "m1", ("收入合计",), Measure.CHANGE, "2023", Base.PRIOR_YEAR, Direction.INCREASE),
    )
    return Analysis(
        document,
        mentions,
        facts,
        (Cause("c1", "m4", ("f2", "t1.r2.c2"), ("project_scope", "policy")),),
        (Alignment("f1", Relation.SAME, ("t1.r2.c2",), Verdict.AGREES, Decimal(1200000)),),
        (),
        (LedgerRow("m2", "aligned"), LedgerRow("m3", "external", "prior_year_absent")),
    )


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_facts_say_figure_indicator_comparison_alignment_and_place() -> None:
    first, second = rows(facts_csv(analysis()))
    assert first == {
        "编号": "f1",
        "原文": "120.00万元",
        "数值": "1200000",
        "单位": "万元",
        "数字类别": "金额",
        "指标": "收入合计",
        "指标路径": "收入合计",
        "指标类型": "收入",
        "含义": "决算数",
        "年度": "2023",
        "比较基准": "",
        "基准年度": "",
        "方向": "",
        "占比的整体": "",
        "对应关系": "应相等",
        "对应位置": "t1.r2.c2",
        "核对结论": "相符",
        "计算值": "120.00万元",
        "去向": "与表格对应",
        "去向说明": "",
        "章节": "收入说明",
        "行": "2",
        "页": "",
        "表格位置": "",
        "所在句": "收入合计=120.00万元，比上年增加20.00万元，主要原因是=SUM项目增加。",
    }
    assert (second["原文"], second["比较基准"], second["方向"]) == ("20.00万元", "上年", "增加")
    assert (second["去向"], second["去向说明"]) == ("文中无可核对", "上年数不在本文各表和文字中，无从核对")


def test_causes_say_what_changed_by_how_much_and_why() -> None:
    assert rows(causes_csv(analysis())) == [
        {
            "编号": "c1",
            "指标": "收入合计",
            "变动": "20.00万元；120.00",
            "方向": "增加",
            "比较基准": "上年",
            "年度": "2023",
            "主要类别": "项目增减",
            "全部类别": "项目增减、政策与上级要求",
            "说明程度": "具体",
            "原因": "'=SUM项目增加",
            "引导词": "主要原因是",
            "所在句": "收入合计=120.00万元，比上年增加20.00万元，主要原因是=SUM项目增加。",
            "章节": "收入说明",
            "行": "3",
            "页": "",
            "表格位置": "",
            "解释对象": "f2、t1.r2.c2",
            "可信度": "",
        }
    ]


@pytest.mark.parametrize(("make", "headings"), [(facts_csv, FACT_HEADINGS), (causes_csv, CAUSE_HEADINGS)])
def test_an_empty_analysis_gives_the_headings_alone(make: Callable[[Analysis], str], headings: tuple[str, ...]) -> None:
    assert make(Analysis(Document("x", "0", "text/plain", ""))) == ",".join(headings) + "\r\n"


def test_the_file_begins_with_the_mark_and_ends_its_lines_as_windows_does(tmp_path: Path) -> None:
    path = tmp_path / "x.causes.csv"
    write_atomic(path, causes_csv(analysis()), ENCODING)
    data = path.read_bytes()
    assert data.startswith("\ufeff编号,指标".encode())
    assert data.count(b"\r\n") == data.count(b"\n") == 2


@given(st.text(alphabet=st.sampled_from([*FORMULA_START, "1", ".", "9", "%", "a", "收", " "]), max_size=6))
def test_no_cell_can_be_taken_for_a_formula(text: str) -> None:
    cell = guarded(text)
    assert NUMBER.fullmatch(cell) or not cell.startswith(FORMULA_START)
    assert cell.removeprefix("'") == text
