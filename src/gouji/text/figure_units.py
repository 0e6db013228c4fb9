"""A number and its unit: whether what follows a number is a unit there, and what the two make together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from gouji.text.figure_grammar import Grammar
from gouji.text.measured import in_tenths
from gouji.text.money import money_unit, own_power, read_change
from gouji.text.spelled import Written

LATIN = re.compile(r"[A-Za-z0-9]")
NOT_HAN = re.compile(r"[^一-鿿]|$")
# What may follow the half of 两倍半.
AFTER_HALF = re.compile(r"[^一-鿿]|$|以上|以下|以内|左右|的|多")
SECONDS = re.compile(r"[0-9]{1,2}秒")
CLAUSE_START = re.compile(r"[，。；、,;:\n]")


class Form(StrEnum):
    """What a token is."""

    MONEY = "money"
    RATE = "rate"
    MEASURE = "measure"
    SCORE = "score"
    FRACTION = "fraction"
    SCALED = "scaled"  # 4.2亿: a scale and no unit
    BARE = "bare"


@dataclass(slots=True)
class Token:
    """A number in a text, `start` and `end` with its unit; `unit` is the word as folded, for rates the unit's id.

    `lead` tells a bare number apart: it may take a unit from elsewhere only if nothing before it makes it a name.
    """

    start: int
    end: int
    form: Form
    written: Written | None
    unit: str = ""
    upper: Written | None = None
    bound: str = "eq"
    flags: tuple[str, ...] = ()
    fraction: tuple[int, int] | None = None
    lead: str = ""


def with_unit(
    text: str, match: re.Match[str], grammar: Grammar, prefix: str, written: Written, number: str
) -> Token | None:
    """Put the unit to a number, unless what follows makes another word of the unit."""
    start, end = match.span()
    word = match[prefix + "money"] or match[prefix + "rate"] or match[prefix + "measure"]
    if word is None:
        return None
    unless = grammar.unless_after.get(word)
    if unless and text.startswith(unless, end):
        return None
    if match[prefix + "money"]:
        return _money(text, Token(start, end, Form.MONEY, written, word), match[prefix + "change"], number, grammar)
    if match[prefix + "rate"]:
        token = Token(start, end, Form.RATE, written, grammar.rates[word].id)
        if token.unit == "tenths":
            token.written = in_tenths(written)
        return _halved(text, token, word, grammar)
    if word in grammar.units.scores:
        if number and set(number) <= set(grammar.units.numerals.capital):
            return Token(start, end, Form.MONEY, Written(written.value, -2, 0), word)  # 壹分 is written on bills only
        clock = (start and text[start - 1] in "时点") or SECONDS.match(text, end)  # 9时30分, 2分30秒
        return None if clock else Token(start, end, Form.SCORE, written, word)
    if word in ("秒", "秒钟") and start and text[start - 1] in "分:":
        return None  # the end of a time: 五点三十五分三十六秒
    if word == "年":
        is_time = _is_duration(text, start, end, written, grammar)
        return _halved(text, Token(start, end, Form.MEASURE, written, word), word, grammar) if is_time else None
    if word.isascii() and (LATIN.match(text, end) or not _is_data(text, end, word, grammar)):
        return None
    return _halved(text, Token(start, end, Form.MEASURE, written, word), word, grammar)


def _money(text: str, token: Token, change: str, number: str, grammar: Grammar) -> Token | None:
    """Put a unit of money to a number, and 角 and 分 behind it."""
    word, written = token.unit, token.written
    assert written is not None
    if word == "块" and not change and not _is_coin(text, token, grammar):
        return replace(token, form=Form.MEASURE)
    power = own_power(word)
    said = change or (number and (number[0].isascii() or number[0] in grammar.units.numerals.capital))
    if word in ("角", "毛") and not said and not _is_coin(text, token, grammar):
        return None  # 三角, 五角大楼, 九牛一毛
    if change:
        changed = read_change(written, change, power)
        token.written = changed
        return token if changed else None
    if power:
        token.written = Written(written.number, written.power + power, written.decimals)
    token.unit = money_unit(number, word)
    return token


def _is_coin(text: str, token: Token, grammar: Grammar) -> bool:
    """Tell 收费20块 from 展板20块."""
    clause = CLAUSE_START.split(text[max(0, token.start - 12) : token.start])[-1]
    rest = text[: token.start] + text[token.end :] if len(text) < token.end - token.start + 4 else "…"
    if text.startswith(grammar.words_after, token.end):
        return True  # 3000块人民币
    return grammar.only_bounds.fullmatch(rest) is not None or grammar.spent.search(clause) is not None


def _halved(text: str, token: Token, word: str, grammar: Grammar) -> Token:
    """Read 两个半月, 三个多月, and the half behind 两倍半, 三年半."""
    numerals = grammar.units.numerals
    written = token.written
    assert written is not None
    within = word[:1] == "个" and word[1:2]
    behind = word in numerals.half_behind and text[token.end : token.end + 1] == numerals.half
    if within and within in numerals.excess:
        token.bound = "over"
    elif within == numerals.half or (behind and AFTER_HALF.match(text, token.end + 1)):
        token.written = Written(written.number + Decimal("0.5"), written.power, 1)
        token.end += bool(behind)
    if token.form is Form.MEASURE and within and (within == numerals.half or within in numerals.excess):
        token.unit = word[0] + word[2:]
    return token


def _is_duration(text: str, start: int, end: int, written: Written, grammar: Grammar) -> bool:
    """Tell 3年期 from 21年: up to nine years are a length of time, more only with a word that says so."""
    if written.decimals or written.power or not 0 < written.number <= 50:
        return bool(written.decimals) and written.number < 50
    names = grammar.units.names
    if grammar.stated:
        return True
    if text.endswith(names.period_before, max(0, start - 2), start):
        return False
    if text.startswith(names.duration_after, end) or text.endswith(names.duration_before, max(0, start - 4), start):
        return True
    return written.number < 10 and not text[end : end + 1].isdigit()


def _is_data(text: str, end: int, word: str, grammar: Grammar) -> bool:
    """Tell 60G流量 from 5G网络: some Latin units count only before what they measure."""
    wanted = grammar.units.names.latin_names.get(word)
    return wanted is None or grammar.stated or text.startswith(wanted, end)
