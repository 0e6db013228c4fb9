"""The one scanner of figures in running text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from gouji.model.facts import Label
from gouji.model.quick import quick
from gouji.model.values import Kind, Value
from gouji.text.figure_context import (
    LIMITS,
    Quotes,
    bound_of,
    is_band,
    is_name,
    is_restated,
    is_threshold,
    per_unit,
    sign_before,
)
from gouji.text.figure_grammar import Grammar, grammar, grammar_of_stated
from gouji.text.figure_joins import join
from gouji.text.figure_tokens import lex
from gouji.text.figure_units import Form, Token
from gouji.text.measured import amount_value, fraction_value, rate_value
from gouji.text.money import money_units
from gouji.text.numerals import SPACE, fold
from gouji.text.spelled import Written

LABELS = {
    Form.MONEY: Label.AMOUNT,
    Form.RATE: Label.RATE,
    Form.FRACTION: Label.RATE,
    Form.MEASURE: Label.QUANTITY,
    Form.SCORE: Label.QUANTITY,
}
# 港币(大写):壹万元, 人民币:3万元: the currency stays outside the span.
APART = re.compile(r"(?:\((?:大写|小写)\):?|:)$")
_MONEY, _RATE, _FRACTION, _SCORE = Form.MONEY, Form.RATE, Form.FRACTION, Form.SCORE
_ONE = Decimal(1)
SCALES = "十百千万亿拾佰仟"


@quick
@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in running text.

    Parameters
    ----------
    start, end : int
        Half-open, in the scanned text; approximators stay outside.
    label : Label
        ``AMOUNT``, ``RATE`` or ``QUANTITY``.
    value, upper : Value or None
        A range has its lower end in `value` and its upper end in `upper`; so has a vague figure (数十万元 lies
        between ten times and a hundred times 万元). `value` is None for a fraction that no decimal writes (三分之一).
    bound : str
        ``eq``, ``about``, ``gt``, ``ge``, ``lt``, ``le``, ``over`` (730余次), ``range`` or ``vague``.
    role : str
        ``""``, or ``threshold`` (单价50万元以上的设备, 90分以上): part of a name, and not tagged.
    currency : str
        ISO code, ``CNY`` unless another is written. The value is in that currency.
    flags : tuple of str
        ``unit_shared`` (12、15和18万元), ``unit_inferred`` (万 for 万元), ``unit_inherited`` (from a heading),
        ``double_negative``, ``separator_misplaced``, ``review`` (a letter for a digit).
    fraction : tuple of int or None
        Numerator and denominator, as written.
    surface, per : str
        What stands in the text, and what one of which the figure is for (每平方米, /人); only `find_figures` fills
        them.
    """

    start: int
    end: int
    label: Label
    value: Value | None
    upper: Value | None = None
    bound: str = "eq"
    role: str = ""
    currency: str = "CNY"
    flags: tuple[str, ...] = ()
    fraction: tuple[int, int] | None = None
    surface: str = ""
    per: str = ""

    @property
    def unit(self) -> str:
        """Unit as written; for rates ``%``, ``‰``, ``‱``, ``pp``, ``bp``, ``times`` or ``tenths``."""
        return self.value.unit if self.value else "times"

    @property
    def low(self) -> Decimal | None:
        """Lowest value that the words allow, in yuan (or its currency), as a fraction of one, or as counted."""
        return None if self.value is None or self.bound in ("about", "lt", "le") else self.value.canonical

    @property
    def high(self) -> Decimal | None:
        """Highest value that the words allow; None where they set no limit (至少3万元, 约3万元)."""
        if self.upper is not None:
            return self.upper.canonical
        if self.value is None or self.bound in ("about", "gt", "ge"):
            return None
        value = self.value.canonical
        if self.bound != "over":
            return value
        last = value.normalize().as_tuple().exponent
        return value + Decimal(1).scaleb(last if isinstance(last, int) else 0)  # 两千多元: below three thousand

    def as_dict(self) -> dict[str, Any]:
        """Plain data: numbers as exact decimal strings."""
        value = self.value.canonical if self.value else None
        return {
            "start": self.start,
            "end": self.end,
            "text": self.surface,
            "label": self.label.value,
            "value": None if value is None else f"{value:f}",
            "unit": self.unit,
            "decimals": self.value.decimals if self.value else None,
            "currency": self.currency if self.label is Label.AMOUNT else None,
            "bound": self.bound,
            "low": None if self.low is None else f"{self.low:f}",
            "high": None if self.high is None else f"{self.high:f}",
            "fraction": None if self.fraction is None else "/".join(map(str, self.fraction)),
            "per": self.per or None,
            "role": self.role or None,
            "flags": list(self.flags),
        }


def find_figures(text: str) -> list[Figure]:
    """Find the figures of any string: amounts of money, rates, counts and measures.

    Parameters
    ----------
    text : str
        A word, a sentence or a document.

    Returns
    -------
    list of Figure
        In order, not overlapping. Amounts that are a threshold in a name (单价50万元以上的设备) have the role
        ``threshold``.

    Examples
    --------
    >>> for figure in find_figures("补助两千多元，约合300美元，占三成半"):
    ...     print(figure.surface, figure.value.canonical, figure.unit, figure.currency, figure.bound, figure.high)
    两千多元 2000 元 CNY over 3000
    300美元 300 美元 USD about None
    三成半 0.35 tenths CNY eq 0.35
    """
    out = []
    for figure in scan(text):
        surface = text[figure.start : figure.end]
        out.append(replace(figure, surface=surface, per=per_unit(text, figure.start, figure.end, grammar())))
    return out


def scan(text: str, *, stated: bool = False) -> list[Figure]:
    """Find the figures of a text.

    Parameters
    ----------
    text : str
        Any text; forms of width and script are folded inside, positions stay those of `text`.
    stated : bool
        The text is known to be a figure: 三项 and 一辆 are counts, where in a sentence they may be names.

    Returns
    -------
    list of Figure
        In order, not overlapping; thresholds included, marked by their role.

    Notes
    -----
    One compiled scan cuts the numbers out; joins and context look at neighbours only, so the time is linear in the
    length of the text.

    Examples
    --------
    >>> text = "比上年增加约3.5亿元，增长9.87%。"
    >>> [text[f.start : f.end] for f in scan(text)]
    ['3.5亿元', '9.87%']
    """
    rules = grammar_of_stated() if stated else grammar()
    folded = fold(text)
    numbers = lex(folded, rules)
    tokens = join(folded, numbers, rules) if numbers else []
    if not tokens:
        return []
    quotes = Quotes(folded)
    out: list[Figure] = []
    floor = 0
    for token in tokens:
        figure = _figure(text, folded, token, rules, quotes, floor)
        if figure is not None:
            out.append(figure)
            floor = figure.end
    return out


def _figure(text: str, folded: str, token: Token, rules: Grammar, quotes: Quotes, floor: int) -> Figure | None:
    """Put sign, bounds, role and value to a token; sign and currency before it do not reach below `floor`."""
    form = token.form
    sign, start = sign_before(folded, token.start, rules)
    if form is _FRACTION:
        token, sign, start = _fraction_with_sign(folded, token, sign, start)
    end, currency = token.end, "CNY"
    if form is _MONEY:
        start, end, currency = _with_currency(folded, token, start, rules, floor)
        if sign > 0 and start < token.start and folded[start] != "+":
            sign, start = sign_before(folded, start, rules)
    bound, stop = bound_of(folded, start, end, rules)
    if is_name(folded, token, rules, quotes):
        return None
    role = ""
    if bound in LIMITS or form is _SCORE or folded[token.end : token.end + 1] == ")":
        limit = (
            bound in LIMITS and is_threshold(folded, token, stop, rules)
            if form is _MONEY
            else is_band(folded, token, bound, rules)
        )
        role = "threshold" if limit or is_restated(folded, token, rules) else ""
    if bound == "eq" or token.bound in ("range", "vague"):
        bound = token.bound
    flags = token.flags
    if sign < 0 and folded.endswith(rules.units.numerals.decreases, 0, start):
        flags = (*flags, "double_negative")
    unit = token.unit if "(" not in token.unit else _as_written(text, token)
    value = fraction_value(token.fraction) if token.fraction else _value(token, token.written, sign, unit)
    upper = None if token.upper is None else _value(token, token.upper, 1, unit)
    return Figure(start, end, LABELS[form], value, upper, bound, role, currency, flags, token.fraction)


def _fraction_with_sign(folded: str, token: Token, sign: int, start: int) -> tuple[Token, int, int]:
    """Read 负四分之一; a dash before a fraction may be one between two names."""
    if sign > 0 or folded[start] == "-" or token.fraction is None:
        return token, 1, token.start
    part, whole = token.fraction
    return replace(token, fraction=(-part, whole)), 1, start


def _with_currency(folded: str, token: Token, start: int, rules: Grammar, floor: int) -> tuple[int, int, str]:
    """Take the currency beside an amount into its span: ¥1,234.50, 人民币伍拾万元整, 12.5万元人民币."""
    end = token.end
    currency = _currency(token.unit)
    at = start - 1 if start - 1 > floor and folded[start - 1] == " " else start
    last = folded[at - 1] if at else ""
    if last in rules.currency_last and folded.endswith(rules.currency_words, floor, at):
        word, owner = next(pair for pair in rules.currency_before if folded.endswith(pair[0], floor, at))
        return at - len(word), end, owner
    stated = APART.search(folded, max(floor, at - 12), at) if last == ":" else None
    if stated and currency == "CNY":
        word, owner = next(
            (pair for pair in rules.currency_before if folded.endswith(pair[0], floor, stated.start())), ("", "CNY")
        )
        currency = owner if word else currency
    if folded[end : end + 1] in rules.after_currency_first and folded.startswith(rules.words_after, end):
        for word, owner in rules.currency_after:
            if folded.startswith(word, end):
                return start, end + len(word), owner if currency == "CNY" else currency
    return start, end, currency


@lru_cache(maxsize=256)
def _currency(unit: str) -> str:
    """Currency of a unit of money with its scale."""
    known = money_units().get(unit.lstrip(SCALES))
    return known.currency if known else "CNY"


def _as_written(text: str, token: Token) -> str:
    """Give a unit with brackets in the form of the source: 台（套）."""
    written = SPACE.sub("", text[token.start : token.end])
    return written[-len(token.unit) :]


def _value(token: Token, written: Written | None, sign: int, unit: str) -> Value | None:
    """Value of a token's number."""
    if written is None:
        return None
    if token.form is _MONEY:
        return amount_value(sign, written, unit)
    if token.form is _RATE:
        return rate_value(sign, written, grammar().rates_by_id[token.unit])
    kind = Kind.SCORE if token.form is _SCORE else Kind.COUNT
    scale = Decimal(10**written.power) if written.power else _ONE
    return Value(sign * written.number, scale, written.decimals, kind, unit)
