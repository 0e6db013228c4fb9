"""One figure alone: an amount, a rate, a count or a table cell, read by the grammar that also scans running text.

What `gouji.text.figures` finds in a sentence and what stands alone in a cell are read by the same productions, so that
no form is known to one and unknown to the other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gouji.model.document import Blank
from gouji.model.values import Kind, Value
from gouji.resources.unit_types import RateUnit
from gouji.resources.units import load_units
from gouji.text.figures import scan
from gouji.text.measured import amount_value, rate_value
from gouji.text.money import MoneyUnit, money_units
from gouji.text.numerals import DASHES, GROUPED, MISGROUPED, PLAIN, SPACE, fold, read_written, split_sign
from gouji.text.spelled import Written, power_of_ten

# 3/4 in a cell: a fraction, two of a row, or a day.
STROKE = re.compile(r"[0-9]+ ?/ ?[0-9]+")


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

    Ranges and vague figures (1至2万元, 数十万元) have no one value and give None; 80余万元 gives what is written.

    Examples
    --------
    >>> parse_figure("1.1万平方米").canonical, parse_figure("2021年")
    (Decimal('11000'), None)
    >>> parse_figure("一千多万元").canonical, parse_figure("$3.5万").canonical, parse_figure("1至2万元")
    (Decimal('10000000'), Decimal('35000'), None)
    >>> parse_figure("一辆").canonical, parse_figure("三项").canonical
    (Decimal('1'), Decimal('3'))
    """
    compact = text.strip()
    if not re.search(r"[0-9]\s+[0-9]", compact):
        compact = SPACE.sub("", compact)
    figures = scan(compact, stated=True)
    if len(figures) != 1:
        return None
    figure = figures[0]
    whole = figure.start == 0 and figure.end == len(compact)
    return figure.value if whole and figure.upper is None and not figure.role else None


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
    sign, body = split_sign(folded)
    body = _mend(body)
    if not body[:1].isdigit():
        return None
    if GROUPED.fullmatch(body) or PLAIN.fullmatch(body) or MISGROUPED.fullmatch(body):
        if len(body) > 1 and body[0] == "0" and body[1] != ".":
            return None  # 01, 05: a code
        written = read_written(body)
        return None if written is None else bare_value(sign, written, unit)
    return None if STROKE.fullmatch(body) else parse_figure(folded)


def bare_value(sign: int, written: Written, unit: str | None) -> Value:
    """Put the unit that a header states to a number written without one; without a known unit it is a bare number."""
    stated, meaning = _stated(unit or "")
    if isinstance(meaning, MoneyUnit):
        return amount_value(sign, written, stated, meaning.power)
    if isinstance(meaning, RateUnit):
        return rate_value(sign, written, meaning)
    return Value(sign * written.number, power_of_ten(written.power), written.decimals, meaning, stated)


@lru_cache(maxsize=1024)
def _stated(unit: str) -> tuple[str, MoneyUnit | RateUnit | Kind]:
    """Give a unit as it is compared, and what it is a unit of."""
    stated = SPACE.sub("", fold(unit))
    money = money_units().get(stated)
    rate = next((rate for rate in load_units().rates if stated == rate.id or stated in rate.words), None)
    kind = Kind.SCORE if stated in load_units().scores else Kind.NUMBER
    kind = Kind.COUNT if kind is Kind.NUMBER and stated in load_units().measures else kind
    return stated, money or rate or kind


def in_unit(value: Value, unit: str) -> Value:
    """Read a bare number in the unit that a header states.

    Examples
    --------
    >>> in_unit(parse_cell("1,284.50"), "万元") == parse_cell("1,284.50", "万元")
    True
    """
    stated, meaning = _stated(unit)
    power = value.scale.adjusted()
    if isinstance(meaning, MoneyUnit):  # most cells, so without the detour over what is written
        return Value(value.number, power_of_ten(power + meaning.power), value.decimals, Kind.MONEY, stated)
    written = Written(value.number.copy_abs(), power, value.decimals)
    return bare_value(-1 if value.number.is_signed() else 1, written, unit)


def _mend(text: str) -> str:
    """Join a number that a line break in its cell has cut beside its point or thousands mark."""
    return re.sub(r"(?<=[0-9.,])[ \t]*\n\s*(?=[0-9.,%])", "", text) if "\n" in text else text
