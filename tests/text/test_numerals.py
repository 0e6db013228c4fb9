"""One parser for every written number: what it reads, and what it refuses to guess."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.text.numerals import fold, parse_number

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
        ("8千3", "8300", 0),
        ("1万0600", "10600", 0),
        ("1.2兆", "1200000000000", 0),
        ("三万五千亿", "3500000000000", 0),
        ("九千八百七十六万五千四百三十二亿", "9876543200000000", 0),
        ("六千万零五亿", "6000000500000000", 0),
        ("3千200万", "32000000", 0),
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
        "三千二万",
        "8千3万",
        "六千万五亿",
        "一亿万七十二",
        "五十三万千六百零一",
        "10.1万零100",
        "1.2亿3千万",
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
    assert parse_number(text) is None or parse_number(text) == parse_number(fold(text))


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
