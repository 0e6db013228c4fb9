"""Numbers as a sheet shows them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.readers.number_formats import BUILTIN, exact, hides_text, shown

CHINESE_DATE = 'yyyy"年"m"月"d"日"'


@pytest.mark.parametrize(
    ("stored", "code", "expected"),
    [
        ("1234.5", "General", "1234.5"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("1234.567", "#,##0.00", "1,234.57"),
        ("2.675", "0.00", "2.68"),  # half up on the decimal that was typed, not on its binary neighbour
        ("0.30000000000000004", "General", "0.3"),
        ("4322.8800000000001", "General", "4322.88"),
        ("1E-3", "General", "0.001"),
        ("1.5E+7", "General", "15000000"),
        ("0.1234", "0.00%", "12.34%"),
        ("1.0639", "0%", "106%"),
        ("-1234.5", "#,##0.00;(#,##0.00)", "(1,234.50)"),
        ("-1234.5", "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        ("-3", "#,##0.00_ ;[Red]\\-#,##0.00\\ ", "-3.00"),
        ("-0.001", "0.00", "0.00"),
        ("0", BUILTIN[43], "-"),
        ("-12.3", BUILTIN[43], "-12.30"),
        ("1234.5", BUILTIN[44], "¥1,234.50"),
        ("0", "#,##0.00;-#,##0.00;;@", ""),
        ("0", "#,###", ""),
        ("0", "0.00", "0.00"),
        ("12.5", '0.00"万元"', "12.50万元"),
        ("3", 'General"元"', "3元"),
        ("1234567", "#,##0,", "1,235"),
        ("3.10", "0.##", "3.1"),
        ("5", "000", "005"),
        ("2013901", "0000000", "2013901"),
        ("7.6", "0.0_ ;[Red]-0.0 ", "7.6"),
        ("123456", "0.00E+00", "123456"),
        ("0.5", "# ?/?", "0.5"),
        ("5", "[DBNum1]0", "5"),
        ("5", "[>100]0;0.0", "5"),
        ("12.5", "@", "12.5"),
        ("44621", "yyyy-mm-dd", "2022-03-01"),
        ("44621", BUILTIN[14], "2022/3/1"),
        ("44621", f"[$-804]{CHINESE_DATE};@", "2022年3月1日"),
        ("44621", BUILTIN[27], "2022年3月"),
        ("44621.5", "yyyy-mm-dd hh:mm", "2022-03-01 12:00"),
        ("1", "yyyy/m/d", "1900/1/1"),
        ("61", "yyyy/m/d", "1900/3/1"),
        ("-5", "yyyy/m/d", "-5"),
        ("99999999", "yyyy/m/d", "99999999"),
        ("0.75", "h:mm AM/PM", "6:00 下午"),
    ],
)
def test_a_number_in_its_format(stored: str, code: str, expected: str) -> None:
    number = exact(stored)
    assert number is not None
    assert shown(number, code) == expected


def test_days_may_count_from_1904() -> None:
    assert shown(Decimal(44621), "yyyy-mm-dd", since_1904=True) == "2026-03-02"


@pytest.mark.parametrize("stored", ["", "x", "NaN", "inf", "1e999", "1_0x"])
def test_what_is_no_number_of_a_report_is_none(stored: str) -> None:
    assert exact(stored) is None


@pytest.mark.parametrize(("code", "hides"), [(";;;", True), ("0.00", False), ("0;0;0;@", False), ("", False)])
def test_formats_may_hide_text(code: str, hides: bool) -> None:
    assert hides_text(code) is hides


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_what_was_typed_comes_back_from_the_binary_number(typed: Decimal) -> None:
    number = exact(float(typed))
    assert number is not None
    assert Decimal(shown(number, "0.00")) == typed
    assert Decimal(shown(number, "#,##0.00").replace(",", "")) == typed


@given(st.text(alphabet='0#?,.%;@"\\_*[]$-ymdhsEe+/>=<5元 ', max_size=24), st.decimals(allow_nan=False, places=4))
def test_no_format_code_breaks(code: str, number: Decimal) -> None:
    stored = exact(str(number))
    assert stored is None or isinstance(shown(stored, code), str)
