"""Written numbers with their unit, as values."""

from __future__ import annotations

from decimal import Decimal

from gouji.model.values import PRECISION, Kind, Value
from gouji.resources.units import RateUnit
from gouji.text.spelled import Written


def amount_value(sign: int, written: Written, unit: str, power: int = 0) -> Value:
    """Value of a number with a unit of money; `power` is what the unit adds to the scale that the number itself has."""
    scale = Decimal(10 ** (written.power + power))
    return Value(sign * written.number, scale, written.decimals, Kind.MONEY, unit)


def rate_value(sign: int, written: Written, rate: RateUnit) -> Value:
    """Value of a number with a unit of proportion."""
    number = written.value if written.power else written.number
    if rate.id == "tenths" and number >= 10 and not written.decimals and written.power == 0:
        number, decimals = number.scaleb(-1), 1  # 八五折, 三成五 spelled in digits
        return Value(sign * number, rate.scale, decimals, Kind.RATE, rate.id)
    return Value(sign * number, rate.scale, written.decimals, Kind.RATE, rate.id)


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
