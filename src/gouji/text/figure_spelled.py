"""Figures in Chinese numerals: 两千三百万元, 百分之五, 三分之一, 数十万元, 半个百分点."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from gouji.resources.units import load_units
from gouji.text.figure_grammar import Grammar
from gouji.text.figure_units import AFTER_HALF, NOT_HAN, Form, Token, with_unit
from gouji.text.money import money_unit
from gouji.text.numerals import read_arabic, read_written
from gouji.text.spelled import Written, numeral_class

MYRIADS = frozenset("万亿萬億兆")
# 三四十, 十二三, 七百三四十, 三万四五: two digits side by side, the rest said once.
NEIGHBOURS = re.compile(
    r"(?P<head>(?:.*[十百千万亿])?)(?P<low>[一二两三四五六七八九])(?P<high>[一二两三四五六七八九])(?P<scale>[十百千万亿]*)"
)
ADJACENT = re.compile("[一二两三四五六七八九]{2}")


def read_chinese(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 两千三百万元, 壹辆, 三十多万元, 九成; refuse what is a name (三级, 一次性, 第二批)."""
    start, end = match.span()
    number = text[start : match.end("c")]
    lead = text[start - 1] if start else ""
    if (
        lead == grammar.units.names.ordinal
        or _is_rest(text, start)
        or _is_saying(number)
        or _goes_on(text, start, lead, number, grammar)
    ):
        return None
    excess, scale, to = match["cexcess"], match["cscale"], match["cto"]
    approx = grammar.units.names.scale_before.get(lead) if number[0] in grammar.units.numerals.bare else "eq"
    if approx is None and not excess:
        return None
    written, upper = _ends(number, to, scale, match["crate"] == "折")
    if written is None or (number[0] in "零〇" and len(number) > 1 and not written.decimals):
        return None  # the end of another number
    token: Token | None
    if match.lastgroup == "cbare":
        token = Token(start, end, Form.SCALED, written, money_unit((to or number) + scale, ""))
    else:
        token = with_unit(text, match, grammar, "c", written, (to or number) + scale)
    if token is None and text.startswith("人民币", match.start("cmeasure")):
        token = Token(start, match.start("cmeasure"), Form.SCALED, written, money_unit((to or number) + scale, ""))
    if token is None:
        return None
    small = token.form is Form.SCALED and MYRIADS.isdisjoint(number + scale)
    if small and not text.startswith("人民币", token.end):
        return None  # 三千 alone
    token.lead, token.upper = lead, upper
    if token.unit == "tenths" and match["crate"] == "成":
        _with_tenth(text, token, grammar)
    if token.form is Form.MONEY:
        if (
            len(number + scale + token.unit) == 2
            and not to
            and number not in grammar.units.numerals.capital
            and not match["cchange"]
            and not NOT_HAN.match(text, end)
        ):
            return None  # 二元结构, 三元桥
    elif token.form not in (Form.RATE, Form.SCALED) and not _counts(text, token, number + (to or ""), grammar):
        return None
    if approx and approx != "eq":
        token.bound = approx
    if upper is not None:
        token.bound = "range" if to else "vague"
        return token
    return _with_excess(token, written, excess, grammar)


def _with_excess(token: Token, written: Written, excess: str, grammar: Grammar) -> Token | None:
    """Put the bound to 三十多万元 and the two ends to 三十几万元."""
    if excess and excess in grammar.units.numerals.vague:
        if written.number % 10 or token.unit in ("pp", "%"):
            return None  # only 十几, 三十几
        token.bound, token.upper = "vague", Written(written.number + 10, written.power, 0)
    elif excess:
        token.bound = "over"
    return token


@cache
def _numerals() -> frozenset[str]:
    return frozenset(numeral_class())


def _goes_on_stretched(text: str, end: int) -> bool:
    return text[end : end + 1] == " " and text[end + 1 : end + 2] in _numerals()


def _is_rest(text: str, start: int) -> bool:
    """Whether a numeral is what remains of another: 三 十元, 点五元."""
    if text[start - 1 : start] == "点":
        return start < 2 or NOT_HAN.match(text, start - 2) is not None
    return start > 1 and text[start - 1] == " " and text[start - 2] in _numerals()


def _goes_on(text: str, start: int, lead: str, number: str, grammar: Grammar) -> bool:
    """Whether 数 or 几 before a numeral is part of it (数十台式), and not the end of a name (决算数十万元)."""
    if not lead or lead not in grammar.units.numerals.vague or number[0] in grammar.units.numerals.digits:
        return False
    return not text.endswith(grammar.units.names.ends_in_number, 0, start - 1)


def _is_saying(number: str) -> bool:
    """Whether two scales without a digit say about so many: 百十来人, 千百万."""
    return number[0] in "百千" and number[1:2] in ("十", "百")


def _ends(number: str, to: str | None, scale: str, digits_only: bool) -> tuple[Written | None, Written | None]:
    """Read one number, the two of 三至五家, or the two that 三四十 puts beside each other."""
    written = read_written(number + scale)
    if to:
        upper = read_written(to + scale)
        if written is not None and upper is not None and upper.power and not written.power:
            written = Written(written.number, upper.power, 0)
        rising = written is not None and upper is not None and written.value < upper.value
        return (written, upper) if rising else (None, None)
    neighbours = NEIGHBOURS.fullmatch(number + scale)
    if neighbours:
        low, high, head = neighbours["low"], neighbours["high"], neighbours["head"] or ""
        known = _digit(high) - _digit(low) == 1 or low + high in load_units().numerals.neighbours
        if digits_only:
            return (None, None) if known else (written, None)  # 七八折: .78, or seven to eight
        if not known:
            return None, None  # digits in a row are a name or a year
        return read_written(head + low + neighbours["scale"]), read_written(head + high + neighbours["scale"])
    if not digits_only and ADJACENT.search(number.partition(load_units().numerals.point)[0]):
        return None, None
    return written, None


def _digit(char: str) -> int:
    return load_units().numerals.digits[char]


def _with_tenth(text: str, token: Token, grammar: Grammar) -> None:
    """Read on to the digit behind 成: 三成五 is 35 %."""
    digit = text[token.end : token.end + 1]
    if digit in grammar.units.numerals.digits and NOT_HAN.match(text, token.end + 1) and token.written is not None:
        number = token.written.number + Decimal(grammar.units.numerals.digits[digit]).scaleb(-1)
        token.written, token.end = Written(number, 0, 1), token.end + 1


def _counts(text: str, token: Token, number: str, grammar: Grammar) -> bool:
    """Whether Chinese numerals before a measure word are a count there; see ``units.yaml``, measures."""
    names = grammar.units.names
    measure = grammar.units.measure(token.unit)
    if grammar.stated:
        return measure is not None
    if number in ("零", "〇") or measure is None or token.lead and token.lead in names.determiners:
        return False
    if set(number) <= set(grammar.units.numerals.capital) or (token.written and token.written.decimals):
        return True
    if measure.spelled == "0" and token.written is not None and token.written.value >= 100:
        return True  # 三项 is a name, 二百五十项 is none
    if measure.spelled == "0" or number == "二" or text.startswith(names.spoken_nouns, token.end):
        return False
    if measure.spelled == "pair":
        return number == "两"
    if number == "一" and token.written is not None and not token.written.decimals:
        if measure.spelled == "one":
            return not token.lead or token.lead not in names.determiners_of_one
        behind = token.lead and not NOT_HAN.match(token.lead) and token.lead not in names.determiners_of_one
        return measure.spelled == "1" and bool(behind) and bool(NOT_HAN.match(text, token.end))
    return True


def read_of(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 百分之五, 千分之三, 百分之五至八, 百分之五到百分之八."""
    rate = grammar.rates[text[match.start() : match.start() + 3]].id
    written, upper = read_written(match["of"]), read_written(match["ofto"] or "")
    if match["of"] in grammar.units.numerals.neighbours or _goes_on_stretched(text, match.end("of")):
        return None
    about = NEIGHBOURS.fullmatch(match["of"])
    if about and not match["ofto"] and _digit(about["high"]) - _digit(about["low"]) == 1:  # 百分之七八
        written, upper = _ends(match["of"], None, "", False)
        if written is None or upper is None:
            return None
        low, high = (Written(end.value, 0, 0) for end in (written, upper))
        return Token(*match.span(), Form.RATE, low, rate, high, "vague")
    if written is None:
        return None
    written = Written(written.value, 0, written.decimals)
    if upper is None or not written.number < upper.value:
        return Token(match.start(), match.end("of"), Form.RATE, written, rate)
    return Token(*match.span(), Form.RATE, written, rate, Written(upper.value, 0, upper.decimals), "range")


def read_whole(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 百分百."""
    return Token(*match.span(), Form.RATE, read_arabic("100", ""), "%")


def read_parts(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 三分之一, 二又二分之一."""
    ones, both, rest = text[match.start() : match.start("parts") - 2].rpartition("又")
    whole, part = read_written(rest), read_written(match["parts"])
    more = read_written(ones) if both else Written(Decimal(0), 0, 0)
    if whole is None or part is None or more is None or not 0 < part.value < whole.value:
        return None
    fraction = (int(more.value * whole.value + part.value), int(whole.value))
    return Token(*match.span(), Form.FRACTION, None, fraction=fraction)


def read_one_half(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 一半 where a share is meant: 占一半, 减少一半, not 另一半."""
    start, end = match.span()
    shares = text.endswith(grammar.units.names.before_half, 0, start) and AFTER_HALF.match(text, end)
    return Token(start, end, Form.FRACTION, None, fraction=(1, 2)) if shares or grammar.stated else None


def read_glyph(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read ½."""
    return Token(*match.span(), Form.FRACTION, None, fraction=grammar.units.numerals.glyphs[match[0]])


def read_alone(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 对折."""
    if not AFTER_HALF.match(text, match.end()) and not text.endswith(("打", "按"), 0, match.start()):
        return None
    rate = next(rate for rate in grammar.units.rates if match[0] in rate.alone)
    return Token(*match.span(), Form.RATE, Written(rate.alone[match[0]], 0, 0), rate.id)


def read_doubled(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 翻了两番: four times."""
    start = match.start()
    times = read_written(text[start : match.end("c")])
    doubled = grammar.stated or text.endswith(grammar.units.doubling_before, max(0, start - 2), start)
    if times is None or times.value > 9 or not doubled:
        return None
    return Token(start, match.end(), Form.RATE, read_arabic(str(2 ** int(times.value)), ""), "times")


def read_vague(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 数十万元: ten to a hundred times 万元. 决算数十万元 is the name 决算数 and ten times 万元."""
    start, end = match.span()
    scale = match["vague"].replace("个", "")
    written: Written | None
    upper: Written | None
    if not scale and (text[start] == "数" or match.lastgroup != "vchange"):
        return None  # only 几元, 几块钱
    if not scale:
        written, upper = Written(Decimal(1), 0, 0), Written(Decimal(10), 0, 0)
    elif text[start] == "数" and text.endswith(grammar.units.names.ends_in_number, 0, start):
        start += 1
        written, upper = read_written(scale), None
    else:
        written, upper = (
            read_written(scale),
            read_written("十" + scale) if scale[0] != "十" else read_written("百" + scale[1:]),
        )
        if upper is None and written is not None:
            upper = Written(written.number * 10, written.power, 0)
    if written is None:
        return None
    token: Token | None
    if match.lastgroup == "vbare":
        token = Token(start, end, Form.SCALED, written, money_unit("一" + scale, ""))
    else:
        token = with_unit(text, match, grammar, "v", written, scale)
    if token is None:
        return None
    token.start, token.upper = start, upper
    token.bound = "vague" if upper is not None else "eq"
    return token


def read_half(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 半个百分点, 半个月."""
    start, end = match.span()
    word, written = match["half"], Written(Decimal("0.5"), 0, 1)
    rate = grammar.rates.get(word)
    if rate is not None:
        return Token(start, end, Form.RATE, written, rate.id)
    before = text[start - 1 : start] if start else ""
    if before and before in "上下前后每":
        return None
    return Token(start, end, Form.MEASURE, written, word)
