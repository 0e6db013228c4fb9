"""A number written in any of its forms, with any unit, sign and approximator, anywhere in a sentence, is read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.text.figures import find_figures
from gouji.text.parsing import parse_amount

PLAIN = "零一二三四五六七八九"
CAPITAL = "零壹贰叁肆伍陆柒捌玖"
FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
TRADITIONAL = str.maketrans({"万": "萬", "亿": "億", "元": "圓", "贰": "貳", "叁": "參", "陆": "陸", "两": "兩"})
UNITS = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "亿元": 10**8, "万美元": 10**4, "港元": 1}
BEFORE = ["", "支出", "其中：", "（", "比上年增加", "2022年", "20101行政运行", "A4纸", "一、", "表1\n", "“", "由于"]
AFTER = ["", "。", "，增长", "；", "）", "\n", "用于维修", "、", "”", " "]
BOUNDS = {"约": "about", "近": "about", "超过": "gt", "不足": "lt", "不低于": "ge", "不超过": "le", "≥": "ge"}


def section(number: int, digits: str, tens: str, *, first: bool) -> str:
    """Spell a number below ten thousand; `first` may leave out the 一 of 一十."""
    out, zero = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            name = tens[power - 1] if power else ""
            one_left_out = first and digit == 1 and power == 1 and not out
            out += ("零" if zero and out else "") + ("" if one_left_out else digits[digit]) + name
        zero = not digit
    return out


def spelled(number: int, digits: str, tens: str, *, short: bool) -> str:
    """Spell a number below ten to the 16th, with 零 where a place is left empty."""
    if number == 0:
        return digits[0]
    if number >= 10**8:
        high, low = divmod(number, 10**8)
        rest = spelled(low, digits, tens, short=False) if low else ""
        return spelled(high, digits, tens, short=short) + "亿" + ("零" if rest and low < 10**7 else "") + rest
    high, low = divmod(number, 10**4)
    head = section(high, digits, tens, first=short) + "万" if high else ""
    rest = section(low, digits, tens, first=short and not head) if low else ""
    return head + ("零" if head and rest and low < 1000 else "") + rest


def with_two(text: str) -> str:
    """Say 两 where it is usual: before 千, 万 and 亿 at the beginning."""
    return "两" + text[1:] if text[0] == "二" and text[1:2] and text[1] in "百千万亿" else text


def mixed(number: int) -> str:
    """Write Arabic numerals with scales between them: 1亿2300万, 3万5千2百."""
    out = ""
    for power, name in ((8, "亿"), (4, "万"), (3, "千"), (2, "百")):
        part, number = divmod(number, 10**power)
        if part:
            out += f"{part}{name}"
    return out


WHOLE = st.one_of(st.integers(1, 10**4), st.integers(1, 10**8), st.integers(1, 10**12))
FORMS = {
    "digits": str,
    "grouped": lambda n: f"{n:,}",
    "full width": lambda n: f"{n:,}".translate(FULL_WIDTH),
    "spelled": lambda n: spelled(n, PLAIN, "十百千", short=True),
    "with 两": lambda n: with_two(spelled(n, PLAIN, "十百千", short=True)),
    "capital": lambda n: spelled(n, CAPITAL, "拾佰仟", short=False),
    "traditional": lambda n: spelled(n, CAPITAL, "拾佰仟", short=False).translate(TRADITIONAL),
}
SPELLED = frozenset({"spelled", "with 两", "capital", "traditional"})


@st.composite
def amounts(draw: st.DrawFn) -> tuple[str, Decimal]:
    """Give an amount as it may be written, and its value."""
    form = draw(st.sampled_from(sorted(FORMS)))
    number = draw(WHOLE)
    unit = draw(st.sampled_from(sorted(UNITS)))
    if form in SPELLED and unit[0] in "千百万亿":  # 三百万元 is three million; 十千元 and 一亿万元 are not said
        number, unit = number % 9999 + 1, unit.replace("百万", "万").replace("千", "万")
    surface = FORMS[form](number) + unit
    return surface, Decimal(number * UNITS[unit])


@given(amounts())
def test_every_form_alone_is_read_back(amount: tuple[str, Decimal]) -> None:
    value = parse_amount(amount[0])
    assert value is not None
    assert value.canonical == amount[1]


@given(amounts(), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_every_form_in_a_sentence_has_its_span_and_value(amount: tuple[str, Decimal], before: str, after: str) -> None:
    surface, value = amount
    if surface[1:] == "元" and after == "用于维修":
        return  # 三元用…: one numeral before 元 and a word is taken for a name
    figures = find_figures(before + surface + after)
    assert [(f.start, f.surface, f.value and f.value.canonical, f.bound) for f in figures] == [
        (len(before), surface, value, "eq")
    ]


@given(st.integers(100, 10**12).map(lambda n: n // 100 * 100), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_mixed_numerals_have_their_span_and_value(number: int, before: str, after: str) -> None:
    surface = mixed(number) + "元"
    figures = find_figures(before + surface + after)
    assert [(f.start, f.surface, f.value and f.value.canonical) for f in figures] == [
        (len(before), surface, Decimal(number))
    ]


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from(["万元", "%", "个百分点", "亿元", "美元", "‰", "平方米", "倍"]),
    st.sampled_from(["-", "−", "－", "负", "△", ""]),
    st.sampled_from(sorted(BOUNDS)),
    st.sampled_from(["", "为", "（", "，"]),
)
def test_signs_and_approximators_are_told_from_the_number(
    number: Decimal, unit: str, sign: str, word: str, before: str
) -> None:
    surface = f"{sign}{number}{unit}"
    (figure,) = find_figures(f"{before}{word}{surface}。")
    assert figure.value is not None
    assert (figure.surface, figure.bound, figure.value.number) == (surface, BOUNDS[word], -number if sign else number)
    assert figure.value.decimals == 2


@given(
    st.integers(1, 999),
    st.sampled_from(["十", "百", "千", ""]),
    st.sampled_from(["万元", "元", "亿元", "人", "户", "万人次"]),
    st.sampled_from("余多"),
    st.booleans(),
)
def test_an_excess_inside_a_figure_keeps_its_number(
    number: int, place: str, unit: str, word: str, chinese: bool
) -> None:
    scale = {"十": 10, "百": 100, "千": 1000, "": 1}[place]
    if chinese:
        number = number % 9 + 1
        surface = f"{PLAIN[number] if number > 1 or place != '十' else ''}{place}{word}{unit}"
    else:
        surface = f"{number * scale}{word}{unit}"
    if chinese and not place:
        return  # 三多万元 is not said
    (figure,) = find_figures(f"共{surface}，")
    assert figure.value is not None
    power = {"万": 10**4, "亿": 10**8}.get(unit[0], 1)
    assert (figure.surface, figure.bound, figure.value.canonical) == (surface, "over", number * scale * power)


@pytest.mark.parametrize("pair", ["一千至两千", "三万到五万", "1.2—1.5万", "80~90万", "5000-8000"])
@pytest.mark.parametrize("unit", ["元", "美元"])
def test_a_range_is_one_figure_wherever_it_stands(pair: str, unit: str) -> None:
    for before in BEFORE:
        (figure,) = find_figures(f"{before}{pair}{unit}。")
        assert (figure.surface, figure.bound) == (pair + unit, "range")
        assert figure.value is not None
        assert figure.upper is not None
        assert figure.value.canonical < figure.upper.canonical
