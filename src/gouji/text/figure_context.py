"""What stands around a figure: its sign, its bounds, and whether it is part of a name."""

from __future__ import annotations

import re
from bisect import bisect_right

from gouji.text.figure_grammar import Grammar
from gouji.text.figure_units import Form, Token

QUOTED = re.compile(r"《[^《》\n]{1,80}》|“[^“”\n]{1,18}”|「[^「」\n]{1,18}」|『[^『』\n]{1,18}』")
# The minus sign is a sign unless what stands before it is the end of a number, a unit or a Latin name.
NO_SIGN_AFTER = re.compile(r"[0-9A-Za-z%‰)〕元年月日号分次个人\-—~]")
ENDS_OVER = re.compile(r"[^一-鿿]|$|的")
# 1200元/人·月 · 50元每亩
PER_BEHIND = re.compile(r"[/／每](?P<per>[一-鿿A-Za-z]{1,3}(?:[·•/／每][一-鿿]{1,2})?)(?![一-鿿])")
LIMITS = frozenset({"ge", "le", "gt", "lt"})
# 20万元(含20万元)以上
LIMIT_ASIDE = re.compile(r"\((?:含|(?P<without>不含))[^()]{1,10}\)(?!\()")
STRICT = {"ge": "gt", "le": "lt"}
_MAY_SIGN = frozenset("-+的")
_MEASURE = Form.MEASURE
# 2.2021年公务接待费: the number of an item and a year
ITEM_YEAR = re.compile(r"\d{1,2}\.(?:19|20)\d{2}年")
BAND = re.compile(r"\s?\((?:不?含|含本数)\)")


class Quotes:
    """Quoted names and titles of a text."""

    def __init__(self, text: str) -> None:
        quoted = "《" in text or "“" in text or "「" in text or "『" in text
        self._spans = [m.span() for m in QUOTED.finditer(text)] if quoted else []
        self._starts = [s for s, _ in self._spans]

    def around(self, start: int, end: int) -> tuple[int, int] | None:
        """Find the quotation that holds the stretch, marks included."""
        if not self._starts:
            return None
        at = bisect_right(self._starts, start) - 1
        if at < 0 or self._spans[at][1] < end:
            return None
        return self._spans[at]


def sign_before(text: str, start: int, grammar: Grammar) -> tuple[int, int]:
    """Sign of the number at `start`, and where the figure begins with its sign.

    Returns
    -------
    tuple of int and int
        -1 or 1, and the start.
    """
    if not start:
        return 1, start
    mark = text[start - 1]
    if mark not in _MAY_SIGN and mark not in grammar.units.numerals.negative:
        return 1, start
    if mark == "-":
        if start == 1 or not NO_SIGN_AFTER.match(text, start - 2):
            return -1, start - 1
    elif mark == "+":
        if start == 1 or not NO_SIGN_AFTER.match(text, start - 2):
            return 1, start - 1
    elif mark == "的" and start > 1 and text[start - 2] == "负":
        return -1, start - 2
    elif mark in grammar.units.numerals.negative and (
        start < 2 or text[start - 2] not in grammar.units.numerals.not_negative_after
    ):
        return -1, start - 1
    return 1, start


def bound_of(text: str, start: int, end: int, grammar: Grammar) -> tuple[str, int]:
    """Approximator before or after a figure.

    Returns
    -------
    tuple of str and int
        The bound, ``eq`` if there is none, and where an approximator behind the figure ends.
    """
    beside = text[end : end + 1]
    if beside in grammar.after_first or beside in " (":
        after, stop = _after(text, end, grammar)
        if after:
            return after, stop
    at = start - 1 if start and text[start - 1] == " " else start
    if not at or text[at - 1] not in grammar.before_last:
        return "eq", end
    for length in grammar.before_lengths:
        if length <= at:
            bound = grammar.before.get(text[at - length : at])
            if bound is not None:
                return ("eq" if _is_other_word(text, at, length, grammar) else bound), end
    return "eq", end


def _after(text: str, end: int, grammar: Grammar) -> tuple[str, int]:
    """Approximator behind a figure, and where it ends."""
    at = end + 1 if text[end : end + 1] == " " else end
    if text[at : at + 1] not in grammar.after_first and text[end : end + 1] != "(":
        return "", end
    for length in grammar.after_lengths:
        bound = grammar.after.get(text[at : at + length])
        if bound is not None and (bound != "over" or ENDS_OVER.match(text, at + length)):
            return bound, at + length
    aside = LIMIT_ASIDE.match(text, end)
    if aside:
        bound, stop = _after(text, aside.end(), grammar)
        if bound in LIMITS:
            return (STRICT.get(bound, bound) if aside["without"] else bound), stop
    return "", end


def _is_other_word(text: str, at: int, length: int, grammar: Grammar) -> bool:
    """Whether the approximator is only the end of another word (节约, 最近)."""
    return any(text[at - size : at] in grammar.units.not_before for size in (2, 3) if size > length and size <= at)


def is_threshold(text: str, token: Token, stop: int, grammar: Grammar) -> bool:
    """Tell 单价50万元以上的设备, part of an indicator's name, from an amount of at least so much.

    The bound is a limit; `stop` is where it ends behind the amount.
    """
    if stop == token.end:
        return False
    if grammar.threshold_before.search(text, max(0, token.start - 14), token.start):
        return True
    return grammar.threshold_after.match(text, stop) is not None


def is_name(text: str, token: Token, grammar: Grammar, quotes: Quotes) -> bool:
    """Tell figures from numbers with a unit that are names: quoted ones, ordinals, ranks, codes."""
    names = grammar.units.names
    start = token.start
    if text.endswith(names.ordinal, 0, start) or (start and text[start - 1] in "?\ufffd"):
        return True  # a digit may be lost beside a character that could not be decoded
    if token.unit in names.rank_measures and text.endswith(names.rank_before, 0, start):
        return True
    if token.form is _MEASURE:
        if start and text[start - 1] in names.per:
            return True
        if token.unit in names.level_digits and _is_code(text, token, names.level_digits[token.unit]):
            return True
        if token.unit[:1] == "年" and ITEM_YEAR.match(text, start, token.end):
            return True
    quote = quotes.around(start, token.end)
    return quote is not None and _is_quoted_name(text, token, quote, grammar)


def is_band(text: str, token: Token, bound: str, grammar: Grammar) -> bool:
    """Tell the bands of scores and ages (90分以上, 80（含）-90分, 60岁以上) from scores and ages."""
    limited = bound in LIMITS
    if token.form is Form.SCORE:
        return limited or token.bound == "range" or BAND.match(text, token.end) is not None
    return limited and token.unit in grammar.units.names.ages


def is_restated(text: str, token: Token, grammar: Grammar) -> bool:
    """Whether brackets say of a limit that it is meant with or without: 20万元(含20万元)以上."""
    if text[token.end : token.end + 1] != ")" or not text.endswith(("(含", "(不含"), 0, token.start):
        return False
    return bool(_after(text, token.end + 1, grammar)[0])


def _is_code(text: str, token: Token, digits: int) -> bool:
    """Codes of the functional classification: （05款） in brackets of its own, 208类, 20805款, 2080501项."""
    if text[token.start - 1 : token.start] == "(" and text[token.end : token.end + 1] == ")":
        return True
    number = text[token.start : token.end - len(token.unit)]
    return len(number) >= digits and number.isascii() and number.isdigit()


def _is_quoted_name(text: str, token: Token, quote: tuple[int, int], grammar: Grammar) -> bool:
    """Titles are names; quoted counts too; quoted amounts and rates only before 工程, 计划, …."""
    if text[quote[0]] == "《":
        return True
    if token.form in (Form.MONEY, Form.RATE, Form.FRACTION):
        return quote[0] + 1 == token.start and text.endswith(grammar.units.names.quoted_tails, token.end, quote[1] - 1)
    return True


def per_unit(text: str, start: int, end: int, grammar: Grammar) -> str:
    """One of what an amount is for: 平方米 of 每平方米2,800元, 人 of 1200元/人 and of 人均3万元."""
    behind = PER_BEHIND.match(text, end)
    if behind:
        return behind["per"]
    ahead = grammar.per_ahead.search(text, max(0, start - 12), start)
    return ahead["per"] or ahead["average"] if ahead else ""
