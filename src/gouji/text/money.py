"""Units of money, and 角 and 分 behind 元. Used by `gouji.text.numerals` and the scanner."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gouji.resources.units import load_units
from gouji.text.spelled import Written, numeral_class

CHANGE = re.compile(
    r"(?:零(?!分))?(?:(?P<tenths>.)[角毛](?:零(?!分))?|(?P<digit>.)(?=钱?$))?(?:(?P<hundredths>[^钱])分?)?钱?"
)


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """A unit of money: ``万元`` is ten to the 4th of 元."""

    power: int
    currency: str


@cache
def money_units() -> dict[str, MoneyUnit]:
    """Units of money by their word, scales included: 元, 千元, 万元, 百万元, 亿元, …, and 万美元."""
    n = load_units().numerals
    scales = {"": 0, "千": 3, "百": 2, "十": 1, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12, "兆": 12}
    assert all(set(s) <= set(n.tens) | set(n.myriads) for s in scales)
    out = {
        scale + word: MoneyUnit(power + own, currency.id)
        for currency in load_units().currencies
        for word, own in (*((unit, 0) for unit in currency.units), *currency.powers.items())
        for scale, power in scales.items()
        if not scale or not own
    }
    return out | {f"人民币{word}": unit for word, unit in out.items() if unit.currency == "CNY"}


def money_unit(number: str, word: str) -> str:
    """Write the unit as it stands: the scale characters that the number ends with, and the word for money."""
    if number[-1:].isdecimal():
        return word
    numerals = load_units().numerals
    cut = len(number)
    mixed = any(c.isascii() for c in number)
    while cut and (number[cut - 1] in numerals.myriads or (mixed and number[cut - 1] in numerals.tens)):
        cut -= 1
    return "".join(number[cut:].split()) + word


@cache
def own_power(word: str) -> int:
    """Power of ten of a unit of money that is not its currency's main unit: -1 for 角."""
    return next((c.powers[word] for c in load_units().currencies if word in c.powers), 0)


@cache
def change_pattern() -> str:
    """Regular expression for what may follow 元, 块 or 角: 五角三分, 零伍分, 八毛五, 六钱 of 两块六."""
    digit = f"[0-9{numeral_class()}]"
    currencies = "".join(sorted({c.words[0][0] for c in load_units().currencies if c.words}))
    alone = f"(?=[^一-鿿0-9.%]|$|[{currencies}]|以上|左右)"
    return (
        rf"(?:(?:(?<=[元块])零?{digit}[角毛](?:{digit}分|零?{digit}{alone})?|(?<=[元块])零?{digit}分"
        rf"|(?<=[角毛]){digit}(?:分|{alone})|(?<=块){digit}{alone})钱?)?"
    )


def read_change(written: Written, change: str, power: int = 0) -> Written | None:
    """Add 角 and 分 to an amount in 元, or 分 to one in 角 (`power` -1); the result is in 元."""
    match = CHANGE.fullmatch(change)
    if match is None:
        return None
    value, decimals = written.value.scaleb(power), max(0, -power)
    hundredths = match["hundredths"] or (match["digit"] if power else None)
    for digit, place in ((match["tenths"] or (None if power else match["digit"]), 1), (hundredths, 2)):
        if not digit:
            continue
        known = load_units().numerals.digits.get(digit)
        if known is None and not digit.isdigit():
            return None
        value, decimals = value + Decimal(digit if known is None else known).scaleb(-place), place
    return Written(value, 0, decimals)
