"""Written numbers with their unit, as values."""

from __future__ import annotations

from decimal import Decimal

from gouji.model.values import PRECISION, Kind, Value
from gouji.resources.unit_types import RateUnit
from gouji.text.spelled import Written, power_of_ten

_MONEY, _RATE = Kind.MONEY, Kind.RATE


def amount_value(sign: int, written: Written, unit: str, power: int = 0) -> Value:
    """Value of a number with a unit of money; `power` is what the unit adds to the scale that the number itself has."""
    return Value(sign * written.number, power_of_ten(written.power + power), written.decimals, _MONEY, unit)


def rate_value(sign: int, written: Written, rate: RateUnit) -> Value:
    """Value of a number with a unit of proportion."""
    if rate.id == "tenths":
        written = in_tenths(written)
    number = written.value if written.power else written.number
    return Value(sign * number, rate.scale, written.decimals, _RATE, rate.id)


def in_tenths(written: Written) -> Written:
    """Read 八五折, the tenths and hundredths side by side, as 8.5 tenths."""
    if written.number < 10 or written.decimals or written.power:
        return written
    return Written(written.number.scaleb(-1), 0, 1)


def fraction_value(fraction: tuple[int, int]) -> Value | None:
    """Value of a fraction that a decimal writes exactly (四分之三), None for others (三分之一).

    Examples
    --------
    >>> fraction_value((3, 4)).canonical, fraction_value((1, 3))
    (Decimal('0.75'), None)
    """
    part, whole = fraction
    if part * 10**12 % whole:
        return None
    number = PRECISION.divide(Decimal(part), Decimal(whole))
    exponent = number.as_tuple().exponent
    return Value(number, Decimal(1), max(0, -exponent if isinstance(exponent, int) else 0), Kind.RATE, "times")
