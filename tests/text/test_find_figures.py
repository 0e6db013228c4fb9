"""Figures of one string, as a user asks for them."""

from __future__ import annotations

from decimal import Decimal

import pytest

import gouji


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3万元", "30000", "30000"),
        ("两千多元", "2000", "3000"),
        ("70余万元", "700000", "800000"),
        ("1200余人", "1200", "1300"),
        ("十几万元", "100000", "200000"),
        ("1.2—1.5万元", "12000", "15000"),
        ("至少3万元", "30000", None),
        ("3万元以下", None, "30000"),
        ("不足2%", None, "0.02"),
        ("约3万元", None, None),
        ("三分之一", None, None),
    ],
)
def test_bounds_follow_from_the_words(text: str, low: str | None, high: str | None) -> None:
    (figure,) = gouji.find_figures(text)
    assert (figure.low, figure.high) == (low and Decimal(low), high and Decimal(high))


@pytest.mark.parametrize(
    ("text", "currency", "value"),
    [
        ("3.2万美元", "USD", "32000"),
        ("港币两千九百六十元", "HKD", "2960"),
        ("500元港币", "HKD", "500"),
        ("HK$400", "HKD", "400"),
        ("€50", "EUR", "50"),
        ("500USD", "USD", "500"),
        ("2万英镑", "GBP", "20000"),
        ("9佰日元", "JPY", "900"),
        ("1.9万台币", "TWD", "19000"),
        ("两个亿卢布", "RUB", "200000000"),
        ("¥30", "CNY", "30"),
        ("RMB2,000", "CNY", "2000"),
        ("人民币伍拾万元整", "CNY", "500000"),
        ("12.5万元人民币", "CNY", "125000"),
    ],
)
def test_amounts_keep_their_currency(text: str, currency: str, value: str) -> None:
    (figure,) = gouji.find_figures(text)
    assert (figure.surface, figure.currency, figure.value and figure.value.canonical) == (
        text,
        currency,
        Decimal(value),
    )


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("造价每平方米2,800元", "平方米"),
        ("1200元/人", "人"),
        ("1200元/人·月", "人·月"),
        ("每亩补贴50元", "亩"),
        ("人均3.2万元", "人"),
        ("每人每天180元", "人每天"),
        ("支出3万元", ""),
        ("平均分3万元", ""),
    ],
)
def test_amounts_for_one_of_something_say_so(text: str, per: str) -> None:
    assert [figure.per for figure in gouji.find_figures(text)] == [per]


def test_plain_data_holds_exact_decimals() -> None:
    (figure,) = gouji.find_figures("约合1,234.50美元")
    assert figure.as_dict() == {
        "start": 2,
        "end": 12,
        "text": "1,234.50美元",
        "label": "AMOUNT",
        "value": "1234.5",
        "unit": "美元",
        "decimals": 2,
        "currency": "USD",
        "bound": "about",
        "low": None,
        "high": None,
        "fraction": None,
        "per": None,
        "role": None,
        "flags": [],
    }
