"""The one scanner of figures in running text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gouji.model.facts import Label
from gouji.model.values import Kind, Value
from gouji.resources.units import RateUnit
from gouji.text.figure_context import Quotes, bound_of, is_band, is_name, is_threshold, sign_before
from gouji.text.figure_grammar import Grammar, grammar
from gouji.text.figure_joins import join
from gouji.text.figure_tokens import Form, Token, lex
from gouji.text.measured import amount_value, fraction_value, rate_value
from gouji.text.numerals import SPACE, fold, money_units
from gouji.text.spelled import Written

LABELS = {
    Form.MONEY: Label.AMOUNT,
    Form.RATE: Label.RATE,
    Form.FRACTION: Label.RATE,
    Form.MEASURE: Label.QUANTITY,
    Form.SCORE: Label.QUANTITY,
}


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
        ISO code, ``CNY`` unless another is written.
    flags : tuple of str
        ``unit_shared`` (12、15和18万元), ``unit_inferred`` (万 for 万元), ``unit_inherited`` (from a heading),
        ``double_negative``, ``separator_misplaced``, ``review`` (a letter for a digit).
    fraction : tuple of int or None
        Numerator and denominator, as written.
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


def scan(text: str) -> list[Figure]:
    """Find the figures of a text.

    Parameters
    ----------
    text : str
        Any text; forms of width and script are folded inside, positions stay those of `text`.

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
    rules = grammar()
    folded = fold(text)
    tokens = join(folded, lex(folded, rules), rules)
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
    sign, start = sign_before(folded, token.start, rules) if token.form is not Form.FRACTION else (1, token.start)
    token, start, end, currency = _with_currency(folded, token, start, rules, floor)
    bound, stop = bound_of(folded, start, end, rules)
    if is_name(folded, token, rules, quotes):
        return None
    limit = (
        is_threshold(folded, token, bound, stop, rules)
        if token.form is Form.MONEY
        else is_band(folded, token, bound, rules)
    )
    role = "threshold" if limit else ""
    if bound == "eq" or token.bound in ("range", "vague"):
        bound = token.bound
    flags = token.flags
    if sign < 0 and folded.endswith(rules.units.numerals.decreases, 0, start):
        flags = (*flags, "double_negative")
    unit = token.unit if "(" not in token.unit else _as_written(text, token)
    value = fraction_value(token.fraction) if token.fraction else _value(token, token.written, sign, unit)
    upper = _value(token, token.upper, 1, unit)
    return Figure(start, end, LABELS[token.form], value, upper, bound, role, currency, flags, token.fraction)


def _with_currency(folded: str, token: Token, start: int, rules: Grammar, floor: int) -> tuple[Token, int, int, str]:
    """Take the currency beside an amount into its span: ¥1,234.50, 人民币伍拾万元整, 12.5万元人民币."""
    if token.form not in (Form.MONEY, Form.BARE, Form.SCALED):
        return token, start, token.end, "CNY"
    end = token.end
    known = money_units().get(token.unit)
    currency = known.currency if known else "CNY"
    if folded.endswith(rules.currency_words, floor, start):
        word, owner = next(pair for pair in rules.currency_before if folded.endswith(pair[0], floor, start))
        return token, start - len(word), end, owner
    for word, _ in rules.currency_after:
        if folded.startswith(word, end):
            end += len(word)
    return token, start, end, currency


def _as_written(text: str, token: Token) -> str:
    """Give a unit with brackets in the form of the source: 台（套）."""
    written = SPACE.sub("", text[token.start : token.end])
    return written[-len(token.unit) :]


def _value(token: Token, written: Written | None, sign: int, unit: str) -> Value | None:
    """Value of a token's number."""
    if written is None:
        return None
    if token.form is Form.MONEY:
        return amount_value(sign, written, unit)
    if token.form is Form.RATE:
        return rate_value(sign, written, _rate(token.unit))
    kind = Kind.SCORE if token.form is Form.SCORE else Kind.COUNT
    return Value(sign * written.number, Decimal(10**written.power), written.decimals, kind, unit)


def _rate(unit: str) -> RateUnit:
    return grammar().rates_by_id[unit]
