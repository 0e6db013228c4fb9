"""Numbers of a spreadsheet as the sheet shows them: stored number and format code to text.

A report is what its readers see, so a cell of 0.1234 in the format ``0.00%`` is ``12.34%``, and a zero that the format
hides is an empty cell. Spreadsheets store binary numbers; fifteen significant digits give back what was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache

GENERAL = "General"
BUILTIN: dict[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"',
    35: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ', 43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Format codes that files name by number alone (ECMA-376 part 1, 18.8.30; dates as the Chinese version shows them)."""

_EXACT = Context(prec=15, rounding=ROUND_HALF_UP)
_WORK = Context(prec=60, rounding=ROUND_HALF_UP)
_LARGEST = 40  # digits; beyond that a number is no figure of a report
# one piece of a format code: "text", \x, _x, *x, [..], a run of digit places, a run of date letters, any other sign
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<percent>%)'
    r"|(?P<number>[#0?](?:[#0?,]*[#0?])?(?P<scale>,*)(?:\.(?P<decimals>[#0?]*))?(?P<exponent>[eE][+-][#0?]+)?|\.[#0?]+)"
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<date>y+|m+|d+|h+|s+|e+)(?P<fraction>\.0+)?|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$(?P<symbol>[^-\]]*)")
_CONDITION = re.compile(r"[<>=]")
_DAY_ONE = date(1899, 12, 31)
_LEAP_BUG = 60  # the sheet's 29 February 1900, which never was
_DAY_ONE_1904 = date(1904, 1, 1)
_LAST_DAY = 2958465  # 31 December 9999


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a section: what it is and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a format code."""

    pieces: tuple[_Piece, ...]
    dated: bool
    percent: int
    decimals: int
    least: int  # decimals that are always shown
    places: int  # digits before the point that are always shown
    grouped: bool
    scale: int  # thousands that are cut off
    plain: bool  # fractions, powers of ten, conditions, Chinese numerals: shown as the number itself

    @property
    def empty(self) -> bool:
        """Whether the section shows nothing at all."""
        return not self.pieces


def exact(stored: str | float) -> Decimal | None:
    """Give back the decimal that was typed, from the binary number that is stored; None if it is no number.

    Examples
    --------
    >>> exact("0.30000000000000004"), exact("4322.8800000000001"), exact(1e-7), exact("x")
    (Decimal('0.3'), Decimal('4322.88'), Decimal('1E-7'), None)
    """
    try:
        number = Decimal(stored if isinstance(stored, str) else repr(stored))
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST:
        return None
    return _EXACT.plus(number).normalize()


def shown(number: Decimal, code: str = GENERAL, *, since_1904: bool = False) -> str:
    """Text that a sheet shows for a number.

    Parameters
    ----------
    number : Decimal
    code : str
        Format code, up to four sections: positive, negative, zero, text.
    since_1904 : bool
        Whether days count from 1904.

    Examples
    --------
    >>> shown(Decimal("0.1234"), "0.00%"), shown(Decimal("1234.5"), "#,##0.00"), shown(Decimal(0), '0.00;-0.00;"-"')
    ('12.34%', '1,234.50', '-')
    >>> shown(Decimal("1234.50")), shown(Decimal(44621), "yyyy-mm-dd")
    ('1234.5', '2022-03-01')
    """
    sections = _sections(code)
    section, number = _choose(sections, number)
    if section.empty:
        return "" if len(sections) > 1 else _plain(number)
    if section.dated:
        written = _date(number, section, since_1904)
        return _plain(number) if written is None else written
    if section.plain:
        return _plain(number)
    return _number(number, section)


def hides_text(code: str) -> bool:
    """Whether a format shows nothing for a text (``;;;``)."""
    sections = _sections(code)
    return len(sections) == 4 and sections[3].empty


def _choose(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section, Decimal]:
    """Section for a number, and the number without the sign that the section stands for."""
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[_Piece]] = [[]]
    flags: list[str] = [""]
    for match in _PIECE.finditer(code[:500]):
        kind = match.lastgroup or "padding"
        if match["number"]:
            kind = "number"
        elif match["date"]:
            kind = "date"
        text = match[0]
        if kind == "other" and text == ";":
            parts.append([])
            flags.append("")
            continue
        if kind == "bracket":
            kind, text = _bracket(match["bracket"])
        elif kind in ("quoted", "escaped"):
            kind, text = "literal", match[kind]
        if kind == "flag":
            flags[-1] += text
        elif kind != "padding":
            parts[-1].append(_Piece("literal" if kind == "other" and text not in "@/" else kind, text))
    return tuple(_section(tuple(pieces), flag) for pieces, flag in zip(parts[:4], flags[:4], strict=True))


def _bracket(inner: str) -> tuple[str, str]:
    """Tell what stands in square brackets: a currency, elapsed time, or colours and conditions."""
    currency = _CURRENCY.match(inner)
    if currency:
        return "literal", currency["symbol"]
    if _ELAPSED.fullmatch(inner):
        return "flag", "plain"
    if _CONDITION.match(inner) or inner.lower().startswith("dbnum"):
        return "flag", "plain"
    return "padding", ""


def _section(pieces: tuple[_Piece, ...], flags: str) -> _Section:
    numbers = [p for p in pieces if p.kind == "number"]
    dated = any(p.kind in ("date", "half") for p in pieces) and not any(p.kind == "general" for p in pieces)
    first = numbers[0].text if numbers else ""
    whole, _, fraction = first.partition(".")
    digits = whole.rstrip(",")
    plain = (
        "plain" in flags
        or (len(numbers) > 1 and not dated)
        or bool(re.search("[eE]", first))
        or any(p.kind == "other" and p.text == "/" for p in pieces if not dated)
    )
    return _Section(
        pieces, dated, sum(p.kind == "percent" for p in pieces), len(fraction), fraction.count("0"),
        digits.count("0"), "," in digits, len(whole) - len(digits), plain,
    )  # fmt: skip


def _number(number: Decimal, section: _Section) -> str:
    """Write a number after its section; a section of literals alone shows them alone."""
    scaled = _WORK.scaleb(number, 2 * section.percent - 3 * section.scale)
    out: list[str] = []
    sign = "-" if scaled < 0 else ""
    written = False
    for piece in section.pieces:
        if piece.kind == "number" and not written:
            digits = _digits(abs(scaled), section)
            sign = sign if digits.strip("0.,") else ""
            out.append(digits)
            written = True
        elif piece.kind in ("general", "other") and piece.text != "/" and not written:
            out.append(_plain(abs(scaled)))
            written = True
        elif piece.kind in ("literal", "percent"):
            out.append(piece.text)
    text = "".join(out).strip()
    return f"{sign}{text}" if written else text


def _digits(number: Decimal, section: _Section) -> str:
    rounded = number.quantize(Decimal(1).scaleb(-section.decimals), context=_WORK)
    text = format(rounded, ",f" if section.grouped else "f")
    spare = section.decimals - section.least
    if spare > 0:
        kept = text[: len(text) - spare] + text[len(text) - spare :].rstrip("0")
        text = kept.rstrip(".")
    if section.places == 0 and rounded.is_zero() and section.least == 0:
        return ""
    point = text.find(".")
    return text.zfill(section.places + (len(text) - point if point >= 0 else 0))


def _plain(number: Decimal) -> str:
    """Write a number with all its digits and no exponent."""
    text = format(number.normalize(), "f")
    return "0" if text in ("-0", "") else text


def _date(number: Decimal, section: _Section, since_1904: bool) -> str | None:
    """Write a number of days as a date or a time; None if it is out of range."""
    if not 0 <= number <= _LAST_DAY:
        return None
    day = int(number)
    seconds = int(((number - day) * 86400).to_integral_value(ROUND_HALF_UP))
    start = _DAY_ONE_1904 if since_1904 else _DAY_ONE - timedelta(days=day > _LEAP_BUG)
    try:
        moment = datetime.combine(start, time()) + timedelta(days=day, seconds=seconds)
    except OverflowError:
        return None
    pieces = [p for p in section.pieces if p.kind != "percent"]
    halves = any(p.kind == "half" for p in pieces)
    out: list[str] = []
    for index, piece in enumerate(pieces):
        if piece.kind == "date":
            out.append(_field(moment, piece.text.lower(), _is_minute(pieces, index), halves))
        elif piece.kind == "half":
            out.append("上午" if moment.hour < 12 else "下午")
        elif piece.kind in ("literal", "other") and piece.text != "@":
            out.append(piece.text)
    return "".join(out).strip()


def _is_minute(pieces: list[_Piece], index: int) -> bool:
    """Whether ``m`` means minutes: hours stand before it, or seconds behind."""
    letters = [(i, p.text[0].lower()) for i, p in enumerate(pieces) if p.kind == "date"]
    at = next(k for k, (i, _) in enumerate(letters) if i == index)
    before = letters[at - 1][1] if at else ""
    after = letters[at + 1][1] if at + 1 < len(letters) else ""
    return before == "h" or after == "s"


def _field(moment: datetime, letters: str, minute: bool, halves: bool) -> str:
    letter, width = letters[0], 2 if len(letters) > 1 else 1
    if letter in "ye":
        return f"{moment.year:04d}" if letter == "e" or len(letters) > 2 else f"{moment.year % 100:02d}"
    hour = (moment.hour - 1) % 12 + 1 if halves else moment.hour
    values = {"m": moment.minute if minute else moment.month, "d": moment.day, "h": hour, "s": moment.second}
    return f"{values[letter]:0{width}d}"
