"""Figures as a reader writes them: what a document states, and what a computation gives, in the stated unit."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from gouji.model.document import Cell, Document
from gouji.model.facts import Mention
from gouji.model.values import PRECISION, Kind, Value, plain

RATE_SIGNS = {"pp": "个百分点", "times": "倍", "tenths": "成"}


def written(document: Document, mention: Mention) -> str:
    """Words of a mention in its document, white space removed."""
    return "".join(document.text[mention.span.start : mention.span.end].split())


def written_cell(cell: Cell) -> str:
    """Text of a cell with the unit of its row or column, where the text does not carry it."""
    text = "".join(cell.text.split())
    if cell.value is None or not cell.value.unit or cell.value.kind is Kind.NUMBER:
        return text
    unit = RATE_SIGNS.get(cell.value.unit, cell.value.unit)
    return text if text.endswith(unit) or not text[-1:].isdigit() else text + unit


def computed_like(stated: Value, computed: Decimal, extra: int = 2) -> str:
    """Write a computed value, in the canonical unit, as `stated` is written, with up to `extra` more decimals.

    Examples
    --------
    >>> stated = Value(Decimal("4.89"), Decimal("0.01"), 2, Kind.RATE, "%")
    >>> computed_like(stated, Decimal("0.048840745"))
    '4.8841%'
    >>> computed_like(Value(Decimal("3630"), Decimal(1), 0, Kind.MONEY, "元"), Decimal("3630"))
    '3630元'
    """
    number = PRECISION.divide(computed, stated.scale)
    step = Decimal(1).scaleb(-(stated.decimals + extra))
    number = plain(number.quantize(step, rounding=ROUND_HALF_UP, context=PRECISION))
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent < stated.decimals:
        number = number.quantize(Decimal(1).scaleb(-stated.decimals), context=PRECISION)
    return f"{number:f}{RATE_SIGNS.get(stated.unit, stated.unit)}"
