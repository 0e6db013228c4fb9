"""The one comparison: agreement, rounding, truncation, conflict, and where each ends."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.model.values import Computed, Interval, Kind, Value, Verdict, agree, combine, judge, plain, total


def money(number: str, unit: str = "万元") -> Value:
    scale = {"元": 1, "万元": 10_000, "亿元": 100_000_000}[unit]
    return Value(Decimal(number), Decimal(scale), _decimals(number), Kind.MONEY, unit)


def percent(number: str) -> Value:
    return Value(Decimal(number), Decimal("0.01"), _decimals(number), Kind.RATE, "%")


def count(number: str) -> Value:
    return Value(Decimal(number), Decimal(1), 0, Kind.COUNT, "辆")


def score(number: str) -> Value:
    return Value(Decimal(number), Decimal(1), _decimals(number), Kind.SCORE, "分")


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


SAME = [
    pytest.param(money("120.50"), money("120.5"), "agrees", id="dropped trailing zero is first read as two decimals"),
    pytest.param(money("1516"), money("1516.34"), "rounding", id="whole 万元 agrees only at its written precision"),
    pytest.param(money("410.6"), money("410.59"), "rounding", id="one decimal agrees only at its written precision"),
    pytest.param(money("410.4"), money("410.59"), "conflict", id="one decimal too far off"),
    pytest.param(money("613.95"), money("613.96"), "rounding", id="closed intervals touch"),
    pytest.param(money("613.94"), money("613.96"), "conflict", id="closed intervals do not touch"),
    pytest.param(money("3.5", "亿元"), money("35012.40"), "agrees", id="hundred millions against ten thousands"),
    pytest.param(money("98593812.40", "元"), money("9859.38"), "rounding", id="a coarse cell under a fine figure"),
    pytest.param(money("9859.38"), money("98593812.40", "元"), "agrees", id="a fine cell under a coarse figure"),
    pytest.param(money("238.00", "元"), money("238.00"), "conflict", id="unit error"),
    pytest.param(count("5"), count("5"), "agrees", id="equal counts"),
    pytest.param(count("5"), count("6"), "conflict", id="counts are exact"),
    pytest.param(score("9.9"), score("9.92"), "rounding", id="score at written precision"),
]


@pytest.mark.parametrize(("stated", "other", "verdict"), SAME)
def test_a_restated_figure(stated: Value, other: Value, verdict: str) -> None:
    assert judge(stated, Computed.of(other)) == verdict


RATES = [
    pytest.param("4.88", "232.98", "4770.22", "agrees", id="rounded"),
    pytest.param("4.89", "232.98", "4770.22", "conflict", id="one unit of the last digit too high"),
    pytest.param("99.58", "4770.22", "4790.03", "rounding", id="truncated: 99.5864"),
    pytest.param("99.59", "4770.22", "4790.03", "agrees", id="rounded: 99.5864"),
    pytest.param("0", "0.00", "4770.22", "agrees", id="zero part"),
]


@pytest.mark.parametrize(("rate", "part", "whole", "verdict"), RATES)
def test_a_share(rate: str, part: str, whole: str, verdict: str) -> None:
    computed = combine(lambda p, w: p / w, [money(part), money(whole)])
    assert computed is not None
    assert judge(percent(rate), computed) == verdict


def test_a_small_base_widens_the_interval_and_makes_a_rate_uncertain() -> None:
    # 1 / 1.01 is 0.990099, but 1 may be 0.995 to 1.005: 99 %, 98 % and 100 % are all within rounding, 97 % is not
    computed = combine(lambda change, base: change / base, [money("1.00"), money("1.01")])
    assert computed is not None
    assert [judge(percent(r), computed) for r in ("99", "98", "100", "97")] == [
        Verdict.AGREES,
        Verdict.ROUNDING,
        Verdict.ROUNDING,
        Verdict.CONFLICT,
    ]


def test_a_zero_base_gives_nothing() -> None:
    assert combine(lambda p, w: p / w, [money("1.00"), money("0.00")]) is None


def test_a_sum_may_differ_by_what_its_terms_were_rounded_by_and_no_more() -> None:
    terms = [(1, money("10.01"))] * 4  # 40.04, each ±0.005: 40.02 to 40.06
    verdicts = [judge(money(f), total(terms)) for f in ("40.04", "40.06", "40.065", "40.07")]
    assert verdicts == [Verdict.AGREES, Verdict.ROUNDING, Verdict.CONFLICT, Verdict.CONFLICT]


def test_counts_add_up_exactly() -> None:
    assert judge(count("9"), total([(1, count("4")), (1, count("4"))])) is Verdict.CONFLICT


def test_truncation_is_told_from_error_on_negative_figures_too() -> None:
    exact = Decimal("-3.4567")
    computed = Computed(exact, Interval.point(exact))
    assert [judge(money(f, "元"), computed) for f in ("-3.46", "-3.45", "-3.44")] == ["agrees", "rounding", "conflict"]


decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
units = st.sampled_from([("元", 1), ("万元", 10_000), ("亿元", 100_000_000)])


@st.composite
def amounts(draw: st.DrawFn) -> Value:
    unit, scale = draw(units)
    return Value(draw(decimals), Decimal(scale), 2, Kind.MONEY, unit)


@given(amounts(), amounts())
def test_agreement_is_symmetric(left: Value, right: Value) -> None:
    assert agree(left, right) == agree(right, left)


@given(amounts())
def test_agreement_is_free_of_units(value: Value) -> None:
    in_yuan = Value(value.canonical, Decimal(1), value.decimals, Kind.MONEY, "元")
    assert agree(value, in_yuan)
    assert judge(value, Computed.of(in_yuan)) is Verdict.AGREES


@given(amounts(), amounts())
def test_no_verdict_is_harsher_than_the_intervals(left: Value, right: Value) -> None:
    if agree(left, right):
        assert judge(left, Computed.of(right)) is not Verdict.CONFLICT


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=6))
def test_plain_keeps_the_value_and_drops_the_exponent(value: Decimal) -> None:
    assert plain(value) == value
    assert "E" not in str(plain(value)).upper() or abs(plain(value)) < Decimal("0.000001")
