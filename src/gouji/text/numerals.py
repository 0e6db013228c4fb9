"""The only way from written numbers to `Decimal`: Arabic, Chinese, capital and mixed numerals.

Reading order: `fold`, then `read_written` (a number as written). The scanner (`gouji.text.figures`) finds figures in
running text and hands their pieces to these functions; `gouji.text.parsing` reads one figure that stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache

from gouji.resources.alternatives import any_of
from gouji.resources.script import folding
from gouji.resources.units import load_units
from gouji.text import normalise
from gouji.text.spelled import Written, read_point, read_spelled, scale_power

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
    sign, rest = split_sign(fold(text).strip())
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


def split_sign(text: str) -> tuple[int, str]:
    """Take the sign off a folded number."""
    if text[:1] in ("-", "+", *load_units().numerals.negative):
        return (1 if text[0] == "+" else -1), text[1:].lstrip()
    return 1, text


def alternation(words: list[str] | tuple[str, ...]) -> str:
    """Regular expression for any of the words, longer ones first."""
    return any_of(words)
