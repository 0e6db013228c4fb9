"""What would make a finding right: the value that satisfies the relation, written as the report writes it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from gouji.model.document import Document
from gouji.model.outcomes import Alignment, Analysis, CheckOutcome, Relation, Status
from gouji.model.places import ADDRESS, mention_of
from gouji.model.printing import RATE_SIGNS, written, written_cell
from gouji.model.values import PRECISION, Value
from gouji.text.numerals import parse_cell, parse_figure

SHOULD_BE = "应为{}"
BOUNDS = {"at_most": "不应超过{}", "at_least": "不应低于{}"}


def as_stated(like: Value, computed: Decimal, words: str) -> str:
    """Write a computed value, in the canonical unit, at the precision and with the marks of a stated figure.

    Parameters
    ----------
    like : Value
        The stated figure.
    computed : Decimal
    words : str
        How the stated figure is written; thousands marks are kept where it has them or could have none.

    Examples
    --------
    >>> from gouji.model.values import Kind
    >>> rate = Value(Decimal("88.96"), Decimal("0.01"), 2, Kind.RATE, "%")
    >>> as_stated(rate, Decimal("0.8716847"), "88.96%")
    '87.17%'
    >>> money = Value(Decimal("42511.52"), Decimal(10000), 2, Kind.MONEY, "万元")
    >>> as_stated(money, Decimal("424315200"), "42,511.52万元")
    '42,431.52万元'
    """
    number = PRECISION.divide(computed, like.scale)
    number = number.quantize(Decimal(1).scaleb(-like.decimals), rounding=ROUND_HALF_UP, context=PRECISION)
    digits = f"{number:,f}" if "," in words else f"{number:f}"
    return digits + RATE_SIGNS.get(like.unit, like.unit)


def of_alignment(analysis: Analysis, alignment: Alignment, direction: str) -> str:
    """Remedy for a narrative figure; `direction` is the word that the computed change goes by, empty for others."""
    mention = mention_of(analysis, alignment.figure)
    if mention is None or mention.value is None or alignment.computed is None:
        return ""
    if alignment.relation is Relation.SAME:
        source = _as_source(analysis, alignment, mention.value)
        if source:
            return SHOULD_BE.format(source)
    computed = abs(alignment.computed) if direction else alignment.computed
    figure = as_stated(mention.value, computed, written(analysis.document, mention))
    return SHOULD_BE.format(direction + figure)


def _as_source(analysis: Analysis, alignment: Alignment, stated: Value) -> str:
    """Right figure as its source writes it, where the text writes it in another unit or more coarsely."""
    for reference in alignment.operands:
        if ADDRESS.fullmatch(reference):
            cell = analysis.document.cell_at(reference)
            value, words = (cell.value, written_cell(cell)) if cell is not None else (None, "")
        else:
            mention = mention_of(analysis, reference)
            value, words = (mention.value, written(analysis.document, mention)) if mention else (None, "")
        if value is not None and value.canonical == alignment.computed:
            return words if value.unit != stated.unit else ""
    return ""


def of_outcome(document: Document, outcome: CheckOutcome) -> str:
    """Remedy for what a check claims: the computed figure, at the precision of the claimed cell where it is one."""
    if not outcome.computed or outcome.status is not Status.INCONSISTENT:
        return ""
    phrase = BOUNDS.get(outcome.bound or "", SHOULD_BE)
    first = outcome.operands[0] if outcome.operands else ""
    cell = document.cell_at(first) if ADDRESS.fullmatch(first) else None
    if cell is None or cell.value is None or outcome.start is not None or outcome.bound:
        return phrase.format(outcome.computed)
    found = parse_figure(outcome.computed) or parse_cell(outcome.computed, cell.value.unit or None)
    if not isinstance(found, Value):
        return phrase.format(outcome.computed)
    exact = PRECISION.multiply(found.number, found.scale if found.unit else cell.value.scale)
    return phrase.format(as_stated(cell.value, exact, cell.text))
