"""The only way from written numbers to `Decimal`: Arabic, Chinese, capital and mixed numerals, amounts, rates, cells.

Reading order: `fold`, `read_written` (a number as written), then `parse_amount`, `parse_rate`, `parse_figure` and
`parse_cell`, which put a unit to it. The scanner (`gouji.text.figures`) finds figures in running text and hands their
pieces to the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache

from gouji.model.document import Blank
from gouji.model.values import Kind, Value
from gouji.resources.alternatives import any_of
from gouji.resources.script import folding
from gouji.resources.unit_types import Currency, RateUnit
from gouji.resources.units import load_units
from gouji.text import normalise
from gouji.text.measured import amount_value, rate_value
from gouji.text.money import change_pattern, money_unit, money_units, own_power, read_change
from gouji.text.spelled import Written, numeral_class, read_point, read_spelled, scale_power

# 1,234.56 · 1 234.56 · 1，234.56 · 1234.56; the scanner adds what must follow the doubtful separators.
GROUPED = re.compile(r"[0-9]{1,3}(?:(?:(?:, |[,，'’])[0-9]{3})+|(?: [0-9]{3})+)(?![0-9])(?:\.[0-9]+)?")
PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# 224,70.50: separators set wrongly before a decimal point; no list has this form, since its first item would lack its
# decimals.
MISGROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,4})+\.[0-9]+")
DASHES = frozenset({"-", "--", "---", "—", "——", "――", "―", "/", "\\", "…", "─", "──", "－", "一-"})
SPACE = re.compile(r"\s+")
GROUP_MARKS = re.compile(r"[,，'’\s]")
# Thousands marks and line breaks fall away; some letters stand for digits, 。, · and 点 for a point.
MARKS: dict[int, str | None] = dict.fromkeys(map(ord, ",， '’\n")) | {ord(point): "." for point in "。·点"}


@cache
def _scale_tail() -> re.Pattern[str]:
    """Compile the shape of an Arabic coefficient and the scale characters behind it."""
    n = load_units().numerals
    return re.compile(rf"(?P<number>[0-9]+(?:\.(?P<decimals>[0-9]+))?)(?P<scale>[{''.join([*n.tens, *n.myriads])}]*)")


def fold(text: str) -> str:
    """Give the same text with full-width and traditional forms of number characters replaced, one character for one.

    Examples
    --------
    >>> fold("－３．２０萬元")
    '-3.20万元'
    """
    return _folds()(text)


@cache
def _folds() -> Callable[[str], str]:
    """Fold the characters of `gouji.text.normalise`, and marks around figures.

    The tab stays: it parts cells, where a blank may part thousands.
    """
    table = {code: chr(to) for code, to in normalise.FOLDS.items() if code != ord("\t")}
    return folding(table | dict(load_units().fold))


def parse_number(text: str) -> tuple[Decimal, int] | None:
    """Read one number, without unit.

    Parameters
    ----------
    text : str
        Arabic numerals with or without thousands marks, Chinese or capital numerals, or a mixture; full width or
        half; with a sign; white space at the ends is ignored.

    Returns
    -------
    tuple of Decimal and int, or None
        The number, and the decimals that were written (0 where the numeral ends in a scale such as 万). None if the
        text is not one number: nothing is guessed.

    Examples
    --------
    >>> parse_number("1,234.50"), parse_number("负两千三百"), parse_number("3万5千")
    ((Decimal('1234.50'), 2), (Decimal('-2300'), 0), (Decimal('35000'), 0))
    >>> parse_number("12,15") is None
    True
    """
    sign, rest = _sign(fold(text).strip())
    written = read_written(rest)
    if written is None:
        return None
    return sign * written.value, max(0, written.decimals - written.power)


def read_written(text: str) -> Written | None:
    """Read an unsigned number that is already folded; keeps apart what was written and the scale behind it.

    Examples
    --------
    >>> read_written("12.50万"), read_written("两千三百万")
    (Written(number=Decimal('12.50'), power=4, decimals=2), Written(number=Decimal('2300'), power=4, decimals=0))
    """
    compact = ungroup(text)
    if compact is None:
        return None
    plain = _scale_tail().fullmatch(compact)
    if plain:
        scale = plain["scale"]
        return Written(Decimal(plain["number"]), scale_power(scale) if scale else 0, len(plain["decimals"] or ""))
    point = load_units().numerals.point
    if point in compact:
        return read_point(*compact.split(point, 1))
    return read_spelled(compact)


def read_arabic(number: str, scale: str) -> Written | None:
    """Read Arabic numerals with their thousands marks, and the scale characters behind them; quick, for the scanner.

    The scanner has decided already that the marks are thousands marks.

    Examples
    --------
    >>> read_arabic("8，205.30", "万")
    Written(number=Decimal('8205.30'), power=4, decimals=2)
    """
    if not (number.isascii() and number.replace(".", "", 1).isdigit()):
        number = number.translate(_marks())
    try:
        return Written(Decimal(number), scale_power(scale) if scale else 0, len(number.partition(".")[2]))
    except InvalidOperation:
        return None


@cache
def _marks() -> dict[int, str | None]:
    """Map what falls away in an Arabic number, and what stands for a digit or for the point."""
    return MARKS | {ord(letter): digit for letter, digit in load_units().numerals.misread.items()}


def ungroup(text: str) -> str | None:
    """Remove thousands marks and white space from a number; None if the marks do not cut it into thousands."""
    if not GROUP_MARKS.search(text):
        return text
    folded = SPACE.sub(" ", text.strip())
    match = MISGROUPED.match(folded) or GROUPED.match(folded)
    if match:
        digits = GROUP_MARKS.sub("", match[0])
        rest = folded[match.end() :].replace(" ", "")
        return None if rest[:1].isdigit() else digits + rest
    joined = folded.replace(" ", "") if not re.search(r"[0-9] [0-9]", folded) else folded
    return None if GROUP_MARKS.search(joined) else joined


def parse_amount(text: str) -> Value | None:
    """Read a sum of money, number and unit.

    Returns
    -------
    Value or None
        ``unit`` as written, without white space; the canonical value is in the currency's main unit. None if the text
        is anything else.

    Examples
    --------
    >>> parse_amount("5,515.62 万元").canonical, parse_amount("人民币壹佰贰拾叁万元整").canonical
    (Decimal('55156200'), Decimal('1230000'))
    >>> parse_amount("50元6角三分").canonical, parse_amount("75人")
    (Decimal('50.63'), None)
    """
    value = parse_figure(text)
    return value if value is not None and value.kind is Kind.MONEY else None


def parse_rate(text: str) -> Value | None:
    """Read a proportion: ``9.87%``, ``百分之五``, ``2.3个百分点``, ``两成``, ``1.5倍``.

    Examples
    --------
    >>> parse_rate("百分之十二").canonical, parse_rate("八五折").canonical, parse_rate("2.3个百分点").unit
    (Decimal('0.12'), Decimal('0.85'), 'pp')
    """
    value = parse_figure(text)
    return value if value is not None and value.kind is Kind.RATE else None


def parse_figure(text: str) -> Value | None:
    """Read one figure with its unit, whatever it measures; None if the text is not exactly one figure with a unit.

    Examples
    --------
    >>> parse_figure("1.1万平方米").canonical, parse_figure("2021年")
    (Decimal('11000'), None)
    """
    compact = SPACE.sub("", fold(text)) if not re.search(r"[0-9]\s+[0-9]", text) else fold(text).strip()
    currency, compact = _strip_currency(compact)
    sign, body = _sign(compact)
    alone = _alone().get(body)
    if alone is not None:
        rate, number = alone
        return Value(sign * number, rate.scale, 0, Kind.RATE, rate.id)
    split = _figure_pattern().fullmatch(body)
    if split is None:
        return None
    if split["number"] and split["number"][0] in load_units().numerals.bare:
        return None  # 万元, 千人: a unit, no number
    if split["rate_before"]:
        written = read_written(split["rate_number"])
        return None if written is None else rate_value(sign, written, _rate_words()[split["rate_before"]])
    return _with_unit(sign, split, currency)


def parse_cell(text: str, unit: str | None = None) -> Value | Blank | None:
    """Read a table cell.

    Parameters
    ----------
    text : str
        The cell's text.
    unit : str, optional
        What the column, row or table states for bare numbers: ``万元``, ``%``, ``分``, ``人``. A unit written in the
        cell wins.

    Returns
    -------
    Value, Blank or None
        A value if the cell holds exactly one number, a `Blank` if it holds nothing or a dash, None if it holds words
        (``≥95%``, ``合计``, ``01``). Brackets around a number are not read: they may mean a deduction or a remark.

    Examples
    --------
    >>> parse_cell("1,284.50", "万元").canonical, parse_cell("99.58", "%").canonical
    (Decimal('12845000'), Decimal('0.9958'))
    >>> parse_cell(" — "), parse_cell(""), parse_cell("合计")
    (<Blank.DASH: 'dash'>, <Blank.EMPTY: 'empty'>, None)
    """
    folded = fold(text).strip()
    if not folded:
        return Blank.EMPTY
    if folded.replace(" ", "") in DASHES:
        return Blank.DASH
    sign, body = _sign(folded)
    body = _mend(body)
    if not body[:1].isdigit():
        return None
    if GROUPED.fullmatch(body) or PLAIN.fullmatch(body) or MISGROUPED.fullmatch(body):
        if len(body) > 1 and body[0] == "0" and body[1] != ".":
            return None  # 01, 05: a code
        written = read_written(body)
        return None if written is None else bare_value(sign, written, unit)
    return parse_figure(folded)


def bare_value(sign: int, written: Written, unit: str | None) -> Value:
    """Put the unit that a header states to a number written without one; without a known unit it is a bare number."""
    stated = SPACE.sub("", fold(unit)) if unit else ""
    money = money_units().get(stated)
    if money is not None:
        return amount_value(sign, written, stated, money.power)
    for rate in load_units().rates:
        if stated == rate.id or stated in rate.words:
            return rate_value(sign, written, rate)
    kind = Kind.NUMBER
    if stated in load_units().scores:
        kind = Kind.SCORE
    elif stated in load_units().measures:
        kind = Kind.COUNT
    return Value(sign * written.number, Decimal(1).scaleb(written.power), written.decimals, kind, stated)


def _sign(text: str) -> tuple[int, str]:
    """Take the sign off a folded number."""
    if text[:1] in ("-", "+", *load_units().numerals.negative):
        return (1 if text[0] == "+" else -1), text[1:].lstrip()
    return 1, text


def _mend(text: str) -> str:
    """Join a number that a line break in its cell has cut beside its point or thousands mark."""
    return re.sub(r"(?<=[0-9.,])[ \t]*\n\s*(?=[0-9.,%])", "", text) if "\n" in text else text


def _strip_currency(text: str) -> tuple[Currency | None, str]:
    """Take currency words and symbols off the ends of an amount."""
    for currency in load_units().currencies:
        for word in sorted((*currency.words, *currency.symbols), key=len, reverse=True):
            if text.startswith(word):
                return currency, text[len(word) :].lstrip(" :")
            if word in currency.words and text.endswith(word) and text.removesuffix(word).endswith(currency.units):
                return currency, text.removesuffix(word)
    return None, text


@cache
def _alone() -> dict[str, tuple[RateUnit, Decimal]]:
    return {word: (rate, number) for rate in load_units().rates for word, number in rate.alone.items()}


@cache
def _rate_words() -> dict[str, RateUnit]:
    return {word: rate for rate in load_units().rates for word in (*rate.words, *rate.before)}


def alternation(words: list[str] | tuple[str, ...]) -> str:
    """Regular expression for any of the words, longer ones first."""
    return any_of(words)


@cache
def _figure_pattern() -> re.Pattern[str]:
    """One whole figure: number and unit, or 百分之 and number."""
    units = load_units()
    number = rf"(?:[0-9][0-9,， ]*(?:\.[0-9]+)?|[{numeral_class()}])[0-9.{numeral_class()}{units.numerals.point}]*?"
    before = alternation([w for rate in units.rates for w in rate.before])
    return re.compile(
        rf"(?P<rate_before>{before})(?P<rate_number>{number})"
        rf"|(?P<number>{number})(?P<excess>[{units.numerals.excess}]?)(?P<scale>[{''.join(units.numerals.myriads)}]*)"
        rf"(?:(?P<money>{alternation(units.money)})(?:整|正|(?P<change>{change_pattern()}))"
        rf"|(?P<rate>{alternation([w for rate in units.rates for w in rate.words])})"
        rf"|(?P<score>{alternation(units.scores)})"
        rf"|(?P<measure>{alternation([m for m in units.measures if m != '年'])}))"
    )


def _with_unit(sign: int, split: re.Match[str], currency: Currency | None) -> Value | None:
    """Put together the number and the unit that the pattern of figures has cut apart."""
    scale = split["scale"]
    written = read_written(split["number"] + scale)
    if written is None:
        return None
    if split["money"]:
        unit, power = money_unit(split["number"] + scale, split["money"]), own_power(split["money"])
        if not split["change"]:
            return amount_value(sign, written, unit, power)
        changed = read_change(written, split["change"], power)
        return None if changed is None else amount_value(sign, changed, split["money"])
    if currency is not None:
        return None
    if split["rate"]:
        return rate_value(sign, written, _rate_words()[split["rate"]])
    kind = Kind.SCORE if split["score"] else Kind.COUNT
    return Value(
        sign * written.number, Decimal(10**written.power), written.decimals, kind, split["score"] or split["measure"]
    )
