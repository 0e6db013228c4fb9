"""One parser for every written number: what it reads, and what it refuses to guess."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.model.document import Blank
from gouji.model.values import Kind, Value
from gouji.text.numerals import fold, parse_amount, parse_cell, parse_figure, parse_number, parse_rate

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "number", "decimals"),
    [
        ("0", "0", 0),
        ("4821.370", "4821.370", 3),
        ("4,821.37", "4821.37", 2),
        ("4，821", "4821", 0),
        ("1 234 567", "1234567", 0),
        ("318,20.40", "31820.40", 2),
        ("１２．５０", "12.50", 2),
        ("-16.2", "-16.2", 1),
        ("－3", "-3", 0),
        ("负二十", "-20", 0),
        ("12.50万", "125000", 0),
        ("1.25万", "12500", 0),
        ("二十", "20", 0),
        ("十二", "12", 0),
        ("一百零五", "105", 0),
        ("一百二", "120", 0),
        ("两千三百", "2300", 0),
        ("三万零五十", "30050", 0),
        ("一亿零三万", "100030000", 0),
        ("三万亿", "3000000000000", 0),
        ("零点五", "0.5", 1),
        ("三点二五万", "32500", 0),
        ("二〇二一", "2021", 0),
        ("壹佰贰拾叁", "123", 0),
        ("3万5千", "35000", 0),
        ("1亿2千3百万", "123000000", 0),
        ("12万3456", "123456", 0),
    ],
)
def test_numbers_are_read_exactly(text: str, number: str, decimals: int) -> None:
    assert parse_number(text) == (Decimal(number), decimals)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "—",
        "abc",
        "12,15",
        "1,2345",
        "1.2.3",
        "三百五千",
        "五万三亿二亿",
        "1 2",
        "12.",
        "点五",
        "数十",
        "１２，３",
    ],
)
def test_what_is_not_one_number_is_refused(text: str) -> None:
    assert parse_number(text) is None


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
    ],
)
def test_amounts_are_read_with_their_unit(text: str, value: str, unit: str) -> None:
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.canonical, amount.unit, amount.kind) == (Decimal(value), unit, Kind.MONEY)


@pytest.mark.parametrize("text", ["4821.37", "万元", "75人", "9.87%", "2021年", "12,15万元", "约3万元", "3万元左右"])
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
    "text", ["合计", "≥95%", "100%达标", "01", "1 2", "12,15", "（12.5）", "约5", "2021年", "万元", "1-2次", "5/6"]
)
def test_cells_with_words_have_no_value(text: str) -> None:
    assert parse_cell(text, "万元") is None


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3), st.booleans())
def test_parse_after_format_is_identity(number: Decimal, grouped: bool) -> None:
    text = f"{number:,f}" if grouped else f"{number:f}"
    assert parse_number(text) == (number, 3)


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_parse_after_spelling_is_identity(number: int) -> None:
    assert parse_number(spell(number)) == (Decimal(number), 0)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert len(fold(text)) == len(text)
    for read in (parse_number, parse_figure, parse_cell):
        assert read(text) is None or read(text) == read(fold(text))


def spell(number: int) -> str:
    """Write a number below ten to the 12th in Chinese numerals."""
    if number == 0:
        return DIGITS[0]
    out, zero = "", False
    for power, name in ((8, "亿"), (4, "万"), (0, "")):
        section = number // 10**power % 10**4
        if section:
            if out and (zero or section < 1000):
                out += DIGITS[0]
            out += _section(section) + name
        zero = bool(out) and (zero or not section) and not section
    return out


def _section(number: int) -> str:
    out, zero = "", False
    for power, name in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = number // 10**power % 10
        if digit:
            out += (DIGITS[0] if zero and out else "") + DIGITS[digit] + name
        zero = not digit
    return out
