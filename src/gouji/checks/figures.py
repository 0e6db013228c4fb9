"""Figures as operands of a relation: their values at the precision that their table keeps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from gouji.model.document import Cell, Table
from gouji.model.values import Kind, Value

MONEY_DECIMALS = 2
SCORE_DECIMALS = 2
PERCENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure that takes part in a relation.

    `ref` is a cell address or a fact id, `value` what it states at the precision that its place keeps, `written` the
    same at the precision of print, `text` how it is written, and `words` how a reader finds it. A change is
    `signed`: its `text` says by a word where it goes.
    """

    ref: str
    value: Value
    written: Value
    text: str
    words: str = ""
    page: int | None = None
    signed: bool = False

    def with_value(self, value: Value) -> Operand:
        """Give the same place another reading of its value."""
        return replace(self, value=value, written=value)


HUNDRED = Value(Decimal(100), PERCENT, 0, Kind.COUNT, "%")
WHOLE = Operand("", HUNDRED, HUNDRED, "100%")
"""The whole that shares and completion rates are of: exact, and at no place of the report."""


def operand(table: Table, cell: Cell, decimals: int, words: str = "") -> Operand | None:
    """Operand of a cell with a number; `decimals` are those that the table's money keeps."""
    if cell.value is None:
        return None
    text = "".join(cell.text.split())
    return Operand(table.address(cell), as_kept(cell.value, decimals), cell.value, text, words, cell.page or table.page)


def money_decimals(table: Table) -> int:
    """Most decimals that any money of a table is written with; a table all in whole 万元 keeps none."""
    written = (cell.value.decimals for cell in table.numbers() if cell.value and cell.value.kind is Kind.MONEY)
    return max(written, default=0)


def as_kept(value: Value, decimals: int) -> Value:
    """Money at the precision that its table keeps: print drops trailing zeros, so 6 beside 5.6129 is 6.0000.

    A figure with two decimals or more is taken as written: it may have been rounded on its own.
    Source: annotation guidelines section 6, first reading of printed money.
    """
    if value.kind is not Kind.MONEY or value.decimals >= min(decimals, MONEY_DECIMALS):
        return value
    return replace(value, decimals=decimals)


def as_rate(value: Value) -> Value:
    """Read a number of a column of percentages: where the sign is left out, the heading carries it."""
    return value if value.kind is Kind.RATE else Value(value.number, PERCENT, value.decimals, Kind.RATE, "%")


def as_score(value: Value) -> Value:
    """Points of a form; they are given to two decimals, and print drops trailing zeros.

    Source: filling-in rules of the self-evaluation form (得分保留两位小数).
    """
    return Value(value.number, Decimal(1), max(value.decimals, SCORE_DECIMALS), Kind.SCORE, "")


def as_written_score(value: Value) -> Value:
    """Points of a form at their written precision: a total may be rounded more coarsely than what it sums."""
    return Value(value.number, Decimal(1), value.decimals, Kind.SCORE, "")


def as_maximum(value: Value) -> Value:
    """Greatest possible points of a row: set, not measured, hence exact."""
    return Value(value.number, Decimal(1), value.decimals, Kind.COUNT, "")
