"""Places in the words of a reader, and figures as they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gouji.model.document import Cell, Document, Passage, PassageKind, Section, Table
from gouji.model.facts import Fact, Label, Measure, Mention
from gouji.model.outcomes import Analysis
from gouji.model.places import place_of, row_label
from gouji.model.printing import computed_like, written_cell
from gouji.model.spans import OffsetMap, Span
from gouji.model.values import Kind, Value

TEXT = "第一部分 说明\n一、收入\n收入5万元。\n合计\t5\n"
ONE, WAN, PERCENT = Decimal(1), Decimal(10000), Decimal("0.01")


def analysis() -> Analysis:
    def passage(number: int, words: str, kind: PassageKind, **more: str) -> Passage:
        start = TEXT.index(words)
        return Passage(f"p{number}", kind, words, OffsetMap.identity(len(words), start), **more)

    cells = (
        Cell(2, 1, "合计", TEXT.index("合计"), TEXT.index("合计") + 2, role="label"),
        Cell(
            2,
            2,
            "5",
            len(TEXT) - 2,
            len(TEXT) - 1,
            row_path=("合计", "1"),
            value=Value(ONE * 5, WAN, 0, Kind.MONEY, "万元"),
        ),
        Cell(3, 1, "12", None, None),
    )
    document = Document(
        "x",
        "0",
        "text/plain",
        TEXT,
        sections=(
            Section("s1", "说明", 1, 0, len(TEXT)),
            Section("s1.1", "收入", 2, 8, len(TEXT), parent="s1"),
        ),
        passages=(
            passage(1, "第一部分 说明", PassageKind.HEADING, section="s1"),
            passage(2, "一、收入", PassageKind.HEADING, section="s1.1"),
            passage(3, "收入5万元。", PassageKind.PARAGRAPH, section="s1.1"),
            passage(4, "合计", PassageKind.CELL, cell="t1.r2.c1"),
        ),
        tables=(Table("t1", "收入决算表", "other", cells, 3, 2, "万元", page=4),),
    )
    at = TEXT.index("5万元")
    figure = Mention("m1", Label.AMOUNT, Span(at, at + 3), "p3", Span(2, 5))
    word = Mention("m2", Label.INDICATOR, Span(TEXT.index("合计"), TEXT.index("合计") + 2), "p4", Span(0, 2))
    return Analysis(document, (figure, word), (Fact("f1", "m1", None, (), Measure.ACTUAL, None),))


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("m1", "说明 › 收入，第3行"),
        ("f1", "说明 › 收入，第3行"),
        ("m2", "表1《收入决算表》第2行第1列，第4页"),
        ("t1.r2.c2", "表1《收入决算表》第2行“合计”第2列，第4页"),
        ("t1.r3.c1", "表1《收入决算表》第3行第1列，第4页"),
        ("t9.r1.c1", "表9第1行第1列"),
    ],
)
def test_places_are_told_in_words(reference: str, words: str) -> None:
    assert str(place_of(analysis(), reference)) == words


def test_what_is_not_there_has_no_place() -> None:
    assert place_of(analysis(), "f99") is None


def test_a_row_without_a_path_is_named_by_its_first_words() -> None:
    cells = (Cell(1, 1, "12"), Cell(1, 2, " 其他 收入 "), Cell(1, 3, "5"))
    table = Table("t1", "", "other", cells, 1, 3)
    assert [row_label(table, cell) for cell in cells] == ["其他收入", "", "其他收入"]


@pytest.mark.parametrize(
    ("stated", "computed", "words"),
    [
        (Value(Decimal("4.89"), PERCENT, 2, Kind.RATE, "%"), "0.0488407452", "4.8841%"),
        (Value(Decimal("12"), PERCENT, 0, Kind.RATE, "%"), "0.1", "10%"),
        (Value(Decimal("2.3"), PERCENT, 1, Kind.RATE, "pp"), "0.02", "2.0个百分点"),
        (Value(Decimal("1.5"), ONE, 1, Kind.RATE, "times"), "1.23456", "1.235倍"),
        (Value(Decimal("238.00"), ONE, 2, Kind.MONEY, "元"), "2380000", "2380000.00元"),
        (Value(Decimal("5.10"), WAN, 2, Kind.MONEY, "万元"), "-51000", "-5.10万元"),
        (Value(Decimal("3"), ONE, 0, Kind.COUNT, "人"), "4", "4人"),
    ],
)
def test_computed_figures_are_written_like_the_stated_ones(stated: Value, computed: str, words: str) -> None:
    assert computed_like(stated, Decimal(computed)) == words


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("1,234.50", Value(Decimal("1234.50"), WAN, 2, Kind.MONEY, "万元"), "1,234.50万元"),
        ("12.5%", Value(Decimal("12.5"), PERCENT, 1, Kind.RATE, "%"), "12.5%"),
        ("7", Value(Decimal("7"), ONE, 0, Kind.NUMBER, ""), "7"),
        (" 其中： ", None, "其中："),
    ],
)
def test_cells_are_written_with_their_unit(text: str, value: Value | None, words: str) -> None:
    assert written_cell(Cell(1, 1, text, value=value)) == words
