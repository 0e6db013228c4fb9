"""Chinese and mixed numerals: 两千三百万, 零点五, 壹佰贰拾叁万, 1亿2千3百万. Used by `gouji.text.numerals` only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from gouji.model.values import PRECISION, plain
from gouji.resources.units import load_units


@dataclass(slots=True)  # not frozen: one is made for every number, in a quarter of the time
class Written:
    """A number as written: ``number`` times ten to the ``power``, with `decimals` digits after the point.

    ``12.50万`` is 12.50, power 4, two decimals.
    """

    number: Decimal
    power: int
    decimals: int

    @property
    def value(self) -> Decimal:
        """The number itself."""
        if not self.power:
            return self.number
        return plain(PRECISION.multiply(self.number, power_of_ten(self.power)))


@lru_cache(maxsize=64)
def power_of_ten(power: int) -> Decimal:
    """Ten to a power, made once: a document has few scales and thousands of figures."""
    return Decimal(1).scaleb(power)


@cache
def _tables() -> tuple[dict[str, int], dict[str, int], dict[str, int], re.Pattern[str]]:
    """Digits, tens, myriads, and the cutter of a numeral into digits, scales and literals."""
    n = load_units().numerals
    scales = "".join([*n.tens, *n.myriads])
    cutter = re.compile(rf"(?P<literal>[0-9]+(?:\.[0-9]+)?)|(?P<digit>[{''.join(n.digits)}])|(?P<scale>[{scales}])")
    return dict(n.digits), dict(n.tens), dict(n.myriads), cutter


@lru_cache(maxsize=256)
def scale_power(scale: str) -> int:
    """Power of ten of scale characters in a row: 百万 is 6."""
    _, tens, myriads, _ = _tables()
    return sum(tens.get(c, 0) or myriads.get(c, 0) for c in scale)


def read_point(whole: str, rest: str) -> Written | None:
    """Read 三点二五万: digits after the point one by one, then scale characters."""
    digits, tens, myriads, _ = _tables()
    cut = len(rest)
    while cut and (rest[cut - 1] in tens or rest[cut - 1] in myriads):
        cut -= 1
    fraction, scale = rest[:cut], rest[cut:]
    head = read_spelled(whole) if whole else None
    if (
        head is None
        or head.decimals
        or not fraction
        or not all(c in digits or c.isascii() and c.isdigit() for c in fraction)
    ):
        return None
    decimals = "".join(str(digits.get(c, c)) for c in fraction)
    return Written(Decimal(f"{head.value:f}.{decimals}"), scale_power(scale) if scale else 0, len(decimals))


def read_spelled(text: str) -> Written | None:
    """Read a numeral with Chinese digits or with several groups."""
    digits, _, myriads, cutter = _tables()
    for short, long in load_units().numerals.compounds.items():
        text = text.replace(short, long)
    tokens: list[tuple[str, str]] = []
    at = 0
    for match in cutter.finditer(text):
        if match.start() != at:
            return None
        tokens.append((str(match.lastgroup), match[0]))
        at = match.end()
    if at != len(text) or not tokens:
        return None
    kinds = {kind for kind, _ in tokens}
    if kinds == {"digit"} and len(tokens) > 1:
        return Written(Decimal("".join(str(digits[t]) for _, t in tokens)), 0, 0)
    value = _evaluate(tokens)
    if value is None:
        return None
    power = _last_power(tokens, mixed="literal" in kinds, myriads=myriads)
    last = next((t for kind, t in reversed(tokens) if kind == "literal"), "")
    return Written(plain(value.scaleb(-power)), power, len(last.partition(".")[2]) if power else 0)


def _last_power(tokens: list[tuple[str, str]], *, mixed: bool, myriads: dict[str, int]) -> int:
    """Find the scale that the numeral ends with: 万 of 两千三百万, 百万 of 1亿2千3百万."""
    power = 0
    for kind, text in reversed(tokens):
        if kind != "scale" or (not mixed and text not in myriads):
            break
        power += scale_power(text)
    return power


def _evaluate(tokens: list[tuple[str, str]]) -> Decimal | None:
    """Add up digits and scales; None if the scales are out of order."""
    digits, tens, _, _ = _tables()
    total = section = Decimal(0)
    pending: Decimal | None = None
    last_ten, last_myriad, after_zero, gap = 4, 99, False, False
    last_scale, literal, pointed = 0, False, False
    for kind, text in tokens:
        if kind != "scale":
            if pending or (last_scale and pointed):
                return None  # 10.1万零100
            pending = Decimal(text) if kind == "literal" else Decimal(digits[text])
            after_zero = after_zero or pending == 0 or text[0] == "0"
            gap = gap or after_zero
            literal, pointed = kind == "literal", pointed or "." in text
            continue
        power = scale_power(text)
        if text in tens:
            if power >= last_ten or (pending is None and last_scale and power > 1):
                return None
            section += (pending or Decimal(1)).scaleb(power)
            last_ten, pending = power, None
        else:
            if pending and pending < 10 and last_ten in (2, 3) and not after_zero:
                return None  # 三千二万 is said of 3002 and of 3200 times 万
            section += pending or 0
            if power > last_myriad:  # 万亿, 三万五千亿
                if 0 < section < 1000 and total and not gap:
                    return None  # 六千万五亿
                total = (total + section).scaleb(power)
            elif power == last_myriad or (total and not section):
                return None
            else:
                total += (section or Decimal(1)).scaleb(power)
            section, pending, last_ten, last_myriad, gap = Decimal(0), None, 4, power, False
        last_scale, after_zero = power, False
    if pending is not None:
        if last_scale and not after_zero and 0 < pending < 10:
            pending = pending.scaleb(last_scale - 1)  # 一百二, 三万五, 8千3
        elif literal and last_scale and pending >= Decimal(10) ** last_scale:
            return None
        section += pending
    return total + section


@cache
def numeral_class() -> str:
    """Characters of Chinese numerals, for a character class."""
    n = load_units().numerals
    return "".join([*n.digits, *n.tens, *n.myriads, *n.compounds])
