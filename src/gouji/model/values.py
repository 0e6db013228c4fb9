"""Figures as intervals, and the one comparison of them.

A written figure stands for every value that rounds to it at its written precision. Computations on figures are
computations on those intervals, and two figures are compared by asking which of the three readings of the
contract holds; there is no tolerance constant anywhere.

Source of the rules: annotation guidelines section 6, rulings on closed intervals, truncation and dropped
trailing zeros.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Context, Decimal, DivisionByZero, InvalidOperation, localcontext
from enum import StrEnum
from itertools import product

from gouji.model.quick import quick

_ZERO, _ONE, _TWO = Decimal(0), Decimal(1), Decimal(2)
PRECISION = Context(prec=50)
"""Fifty digits: sums and products of written figures are exact, quotients are exact to far beyond any printed
digit.
"""


class Kind(StrEnum):
    """What a number measures; decides which unit its value is in and how its precision is read."""

    MONEY = "money"  # value in yuan
    RATE = "rate"  # value as a fraction of one (percentage points likewise)
    COUNT = "count"  # value as written; a count is exact
    SCORE = "score"  # points of an evaluation form
    NUMBER = "number"  # a number of unknown meaning, as written


class Verdict(StrEnum):
    """How a stated figure stands to what its operands give."""

    AGREES = "agrees"
    ROUNDING = "rounding"
    CONFLICT = "conflict"
    NONE = "none"


@quick
@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of exact decimals.

    Examples
    --------
    >>> Interval(Decimal(1), Decimal(2)).meets(Interval(Decimal(2), Decimal(3)))
    True
    """

    low: Decimal
    high: Decimal

    @classmethod
    def point(cls, value: Decimal) -> Interval:
        """Interval of one value."""
        return cls(value, value)

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common; touching counts."""
        return self.low <= other.high and other.low <= self.high

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


@quick
@dataclass(frozen=True, slots=True)
class Value:
    """A written number with its unit and the precision it was written with.

    Parameters
    ----------
    number : Decimal
        The number as written, sign included: ``Decimal("5515.62")`` for ``5515.62万元``.
    scale : Decimal
        What one of the written unit is in the canonical unit of `kind`: 10000 for 万元, 0.01 for %.
    decimals : int
        Decimals that were written.
    kind : Kind
        Decides the canonical unit: yuan, fraction of one, or the number itself.
    unit : str
        The unit as written, white space removed; for rates ``%``, ``‰``, ``pp``, ``times`` or ``tenths``.

    Examples
    --------
    >>> Value(Decimal("5515.62"), Decimal(10000), 2, Kind.MONEY, "万元").canonical
    Decimal('55156200')
    """

    number: Decimal
    scale: Decimal
    decimals: int
    kind: Kind
    unit: str

    @property
    def canonical(self) -> Decimal:
        """Value in the canonical unit, exact, without trailing zeros or exponent."""
        return plain(PRECISION.multiply(self.number, self.scale))

    @property
    def resolution(self) -> Decimal:
        """One unit of the last written digit, in the canonical unit."""
        return PRECISION.scaleb(self.scale, -self.decimals)

    @property
    def refined_resolution(self) -> Decimal:
        """Resolution after the first reading of printed money.

        Money in 万元 is kept to two decimals, and print drops trailing zeros.
        """
        if self.decimals < 2:
            if self.kind is Kind.MONEY and self.scale == 10000:
                return Decimal(100)
            if self.kind is Kind.SCORE:
                return Decimal("0.01")
        return self.resolution

    @property
    def significant(self) -> int:
        """Significant digits, trailing zeros left out: how telling it is to meet the figure again."""
        return len(self.number.normalize().as_tuple().digits)

    def interval(self, *, refined: bool = False) -> Interval:
        """All values that round to this figure at its written (or refined) precision; a count is exact.

        Nothing is written 0 whatever the other figures' decimals, so a zero is always read at the refined precision.

        Examples
        --------
        >>> Value(Decimal(0), Decimal(10000), 0, Kind.MONEY, "万元").interval()
        Interval(low=Decimal('-50'), high=Decimal('50'))
        """
        value = self.canonical
        if self.kind is Kind.COUNT:
            return Interval.point(value)
        step = self.refined_resolution if refined or not self.number else self.resolution
        half = PRECISION.divide(step, _TWO)
        return Interval(PRECISION.subtract(value, half), PRECISION.add(value, half))

    def __abs__(self) -> Value:
        return Value(abs(self.number), self.scale, self.decimals, self.kind, self.unit)


@dataclass(frozen=True, slots=True)
class Computed:
    """What operands give.

    `exact` is the result of the written operands, `interval` holds the results of all that they may stand for.
    """

    exact: Decimal
    interval: Interval

    @classmethod
    def of(cls, value: Value) -> Computed:
        """Take a figure as it stands."""
        return cls(value.canonical, value.interval())


def plain(value: Decimal) -> Decimal:
    """Give the same value without exponent and trailing zeros: the form that the contract writes.

    Examples
    --------
    >>> plain(Decimal("5.5E+7")), plain(Decimal("0.0900"))
    (Decimal('55000000'), Decimal('0.09'))
    """
    value = PRECISION.normalize(value)
    if not value:
        return _ZERO
    return PRECISION.quantize(value, _ONE) if "E+" in str(value) else value  # quicker than to ask for the exponent


def combine(function: Callable[..., Decimal], operands: Sequence[Value]) -> Computed | None:
    """Apply a function that is monotone in each operand to written figures.

    Parameters
    ----------
    function : callable
        Takes as many Decimals as there are operands, in canonical units. Monotone in each argument over the
        operands' intervals, so its range over the box of intervals is reached at corners. Use `total` for sums
        of many figures.
    operands : sequence of Value

    Returns
    -------
    Computed or None
        None where the exact result is not defined (a zero base).

    Examples
    --------
    >>> part = Value(Decimal("232.98"), Decimal(10000), 2, Kind.MONEY, "万元")
    >>> whole = Value(Decimal("4770.22"), Decimal(10000), 2, Kind.MONEY, "万元")
    >>> round(combine(lambda p, w: p / w, [part, whole]).exact, 6)
    Decimal('0.048841')
    """
    with localcontext(PRECISION):
        try:
            exact = function(*(v.canonical for v in operands))
        except (DivisionByZero, InvalidOperation, ZeroDivisionError):
            return None
        ends = [(interval.low, interval.high) for interval in [v.interval() for v in operands]]
        results = []
        for corner in product(*ends):
            try:
                results.append(function(*corner))
            except (DivisionByZero, InvalidOperation, ZeroDivisionError):
                continue
        results.append(exact)
    return Computed(exact, Interval(min(results), max(results)))


def total(terms: Sequence[tuple[int, Value]], *, refined: bool = False) -> Computed:
    """Signed sum of any number of figures; its interval is as wide as the terms' roundings allow, and no wider.

    With `refined`, printed 万元 counts as kept to two decimals: right where other figures of the same table show
    that it is.

    Examples
    --------
    >>> ten = Value(Decimal("10.0"), Decimal(1), 1, Kind.NUMBER, "")
    >>> total([(1, ten), (-1, ten)])
    Computed(exact=Decimal('0'), interval=Interval(low=Decimal('-0.10'), high=Decimal('0.10')))
    """
    exact = low = high = Decimal(0)
    with localcontext(PRECISION):
        for sign, value in terms:
            interval = value.interval(refined=refined)
            exact += sign * value.canonical
            low += interval.low if sign > 0 else -interval.high
            high += interval.high if sign > 0 else -interval.low
    return Computed(exact, Interval(low, high))


def judge(stated: Value, computed: Computed) -> Verdict:
    """Compare a stated figure with what its operands give. The only comparison in the project.

    Parameters
    ----------
    stated : Value
    computed : Computed
        In the canonical unit of ``stated.kind``.

    Returns
    -------
    Verdict
        ``agrees``: rounding the exact result gives the figure as written (printed 万元 first read as having two
        decimals). ``rounding``: only the written, coarser precision agrees, or the intervals meet, or
        truncation explains it. ``conflict``: no rounding does.

    Examples
    --------
    >>> rate = Value(Decimal("99.58"), Decimal("0.01"), 2, Kind.RATE, "%")
    >>> judge(rate, Computed(Decimal("0.995864"), Interval.point(Decimal("0.995864"))))
    <Verdict.ROUNDING: 'rounding'>
    """
    exact = computed.exact
    if exact in stated.interval(refined=True):
        return Verdict.AGREES
    written = stated.interval()
    if exact in written or written.meets(computed.interval):
        return Verdict.ROUNDING
    if stated.kind is not Kind.COUNT and _truncates_to(exact, stated):
        return Verdict.ROUNDING
    return Verdict.CONFLICT


def rounds_to(exact: Decimal, stated: Value) -> bool:
    """Whether an exact result rounds to a stated figure, so that `judge` finds no conflict whatever the operands."""
    coarser = stated.kind is Kind.MONEY or stated.kind is Kind.SCORE  # the others have one precision
    return exact in stated.interval(refined=True) or coarser and exact in stated.interval()


def agree(left: Value, right: Value) -> bool:
    """Whether two figures may stand for one quantity: their intervals meet. Symmetric, and free of units.

    Examples
    --------
    >>> agree(
    ...     Value(Decimal("9859.38"), Decimal(10000), 2, Kind.MONEY, "万元"),
    ...     Value(Decimal("98593812.40"), Decimal(1), 2, Kind.MONEY, "元"),
    ... )
    True
    """
    return left.interval().meets(right.interval())


def _truncates_to(exact: Decimal, stated: Value) -> bool:
    """Whether cutting the exact result at the written (or refined) precision gives the stated figure."""
    for step in (stated.refined_resolution, stated.resolution):
        with localcontext(PRECISION):
            cut = (exact / step).to_integral_value(rounding=ROUND_DOWN) * step
        if cut == stated.canonical:
            return True
    return False
