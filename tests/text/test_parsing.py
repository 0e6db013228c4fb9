"""One figure that stands alone is read as the scanner reads it in a sentence."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.model.document import Blank
from gouji.model.values import Kind, Value
from gouji.text.numerals import fold
from gouji.text.parsing import parse_amount, parse_cell, parse_figure, parse_rate

MARK = re.compile(r"\[\[[ARQ] (-?[0-9]+(?:\.[0-9]+)?) [^|\]]*\|([^\]]+)\]\]")
# What only words around it make a figure: 12、15和18万元, 上亿元, 上百家.
IN_CONTEXT = re.compile(r"[0-9,. ]+|[百千万亿].+")
CASES = sorted((Path(__file__).parent.parent / "cases").glob("figures*.yaml"))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4821.37万元", "48213700", "万元"),
        ("4,821.37 万 元", "48213700", "万元"),
        ("-3.2亿元", "-320000000", "亿元"),
        ("5千元", "5000", "千元"),
        ("2百万元", "2000000", "百万元"),
        ("人民币肆佰万元整", "4000000", "万元"),
        ("两千三百万元", "23000000", "万元"),
        ("1亿2千3百万元", "123000000", "百万元"),
        ("36元8角五分", "36.85", "元"),
        ("80余万元", "800000", "万元"),
        ("13.5万元人民币", "135000", "万元"),
        ("3.2万美元", "32000", "万美元"),
        ("$1,234.50", "1234.50", "美元"),
        ("￥-40", "-40", "元"),
        ("RMB2,000", "2000", "元"),
        ("500 USD", "500", "美元"),
        ("一千多万元", "10000000", "万元"),
        ("15个亿元", "1500000000", "亿元"),
        ("3千5百亿元", "350000000000", "百亿元"),
        ("三万五", "35000", "元"),
        ("4.2亿", "420000000", "亿"),
        (".5万元", "5000", "万元"),
        ("O.5万元", "5000", "万元"),
        ("12。5万元", "125000", "万元"),
        ("（3.20）万元", "-32000", "万元"),
        ("△3.2万元", "-32000", "万元"),
        ("叁佰元贰角零分", "300.2", "元"),
        ("壹元零角零分", "1", "元"),
        ("捌角整", "0.8", "角"),
        ("壹分", "0.01", "分"),
        ("十五块三毛钱", "15.3", "块"),
        ("7215.62 万 元", "72156200", "万元"),
        ("1.2兆元", "1200000000000", "兆元"),
        ("九千八百七十六万五千四百三十二亿元", "9876543200000000", "亿元"),
    ],
)
def test_amounts_are_read_with_their_unit(text: str, value: str, unit: str) -> None:
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.canonical, amount.unit, amount.kind) == (Decimal(value), unit, Kind.MONEY)


@pytest.mark.parametrize(
    "text",
    [
        "4821.37",
        "万元",
        "75人",
        "9.87%",
        "2021年",
        "12,15万元",
        "约3万元",
        "3万元左右",
        "1至2万元",
        "数十万元",
        "三千二万元",
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("9.87%", "0.0987", "%"),
        ("９．８７％", "0.0987", "%"),
        ("百分之五", "0.05", "%"),
        ("百分百", "1", "%"),
        ("千分之三", "0.003", "‰"),
        ("2.3个百分点", "0.023", "pp"),
        ("两成", "0.2", "tenths"),
        ("八五折", "0.85", "tenths"),
        ("8.5折", "0.85", "tenths"),
        ("1.5倍", "1.5", "times"),
        ("三成半", "0.35", "tenths"),
        ("负百分之五", "-0.05", "%"),
        ("四分之三", "0.75", "times"),
        ("1又3/4", "1.75", "times"),
        ("半个百分点", "0.005", "pp"),
        ("25个基点", "0.0025", "bp"),
    ],
)
def test_rates_are_read_with_their_unit(text: str, value: str, unit: str) -> None:
    rate = parse_rate(text)
    assert rate is not None
    assert (rate.canonical, rate.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "unit", "number", "scale", "decimals", "kind", "named"),
    [
        ("4,821.30", "万元", "4821.30", 10000, 2, Kind.MONEY, "万元"),
        (" 0.00 ", "元", "0.00", 1, 2, Kind.MONEY, "元"),
        ("1 284.50", "万元", "1284.50", 10000, 2, Kind.MONEY, "万元"),
        ("1234.\n56", "元", "1234.56", 1, 2, Kind.MONEY, "元"),
        ("-16.77", None, "-16.77", 1, 2, Kind.NUMBER, ""),
        ("59.9998万元", "元", "59.9998", 10000, 4, Kind.MONEY, "万元"),
        ("90", "分", "90", 1, 0, Kind.SCORE, "分"),
        ("14", "辆", "14", 1, 0, Kind.COUNT, "辆"),
        ("540家", None, "540", 1, 0, Kind.COUNT, "家"),
    ],
)
def test_cells_with_one_number_have_its_value(
    text: str, unit: str | None, number: str, scale: int, decimals: int, kind: Kind, named: str
) -> None:
    assert parse_cell(text, unit) == Value(Decimal(number), Decimal(scale), decimals, kind, named)


@pytest.mark.parametrize("unit", ["%", "万元", None])
def test_a_percent_sign_in_the_cell_wins_over_the_column(unit: str | None) -> None:
    cell = parse_cell("99.58%", unit)
    assert isinstance(cell, Value)
    assert (cell.canonical, cell.unit) == (Decimal("0.9958"), "%")


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("", Blank.EMPTY),
        ("　\n", Blank.EMPTY),
        ("-", Blank.DASH),
        ("—", Blank.DASH),
        ("－－", Blank.DASH),
        ("/", Blank.DASH),
    ],
)
def test_blank_cells_are_no_zeros(text: str, blank: Blank) -> None:
    assert parse_cell(text, "万元") is blank


@pytest.mark.parametrize(
    "text",
    [
        "合计",
        "≥95%",
        "100%达标",
        "01",
        "1 2",
        "12,15",
        "（12.5）",
        "约5",
        "2021年",
        "万元",
        "1-2次",
        "5/6",
        "3/4",
        "1 / 2",
    ],
)
def test_cells_with_words_have_no_value(text: str) -> None:
    assert parse_cell(text, "万元") is None


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (parse_figure, parse_cell):
        assert read(text) is None or read(text) == read(fold(text))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_figure_cut_out_of_its_sentence_has_the_value_it_is_marked_with(path: Path) -> None:
    """A unit that stands elsewhere, or a sign of money in the clause, stays behind: such figures may be refused."""
    marks = MARK.findall(path.read_text("utf-8").replace("\\n", "\n"))
    apart = [(surface, Decimal(value), parse_figure(surface)) for value, surface in marks]
    assert len(apart) > 40
    assert [row for row in apart if row[2] is not None and row[2].canonical != row[1]] == []
    refused = [surface for surface, _, alone in apart if alone is None]
    assert [surface for surface in refused if not IN_CONTEXT.fullmatch(surface)] == []
