"""What would make a finding right: the value that satisfies the relation, written as the report writes it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from gouji.model.outcomes import Alignment, Analysis, CheckOutcome, Status
from gouji.model.places import ADDRESS, mention_of
from gouji.model.printing import RATE_SIGNS, written, written_cell
from gouji.model.values import PRECISION, Value
from gouji.resources.wording import vocabularies
from gouji.text.parsing import parse_cell, parse_figure

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
    stated = _written(analysis, alignment.figure)
    if stated is None or alignment.computed is None:
        return ""
    computed = abs(alignment.computed) if direction else alignment.computed
    return SHOULD_BE.format(direction + _right(analysis, stated, computed, alignment.operands))


def of_outcome(analysis: Analysis, outcome: CheckOutcome) -> str:
    """Remedy for what a check claims: the computed figure, at the precision of the claimed one where there is one."""
    if not outcome.computed or outcome.status is not Status.INCONSISTENT:
        return ""
    phrase = BOUNDS.get(outcome.bound or "", SHOULD_BE)
    claimed = _written(analysis, outcome.operands[0]) if outcome.operands and outcome.start is None else None
    if claimed is None or outcome.bound:
        return phrase.format(outcome.computed)
    direction = next((word for word in _directions() if outcome.computed.startswith(word)), "")
    value = claimed[0]
    found = parse_figure(outcome.computed[len(direction) :]) or parse_cell(outcome.computed, value.unit or None)
    if not isinstance(found, Value):
        return phrase.format(outcome.computed)
    exact = PRECISION.multiply(found.number, found.scale if found.unit else value.scale)
    return phrase.format(direction + _right(analysis, claimed, exact, outcome.operands[1:]))


def _right(analysis: Analysis, stated: tuple[Value, str], computed: Decimal, sources: Sequence[str]) -> str:
    """Write the right figure like the stated one, or as its source does where that is another unit or more exact."""
    value, words = stated
    for reference in sources:
        source = _written(analysis, reference)
        if source is None or source[0].canonical != computed:
            continue
        if source[0].unit != value.unit or source[0].decimals > value.decimals:
            return source[1]
    return as_stated(value, computed, words)


def _written(analysis: Analysis, reference: str) -> tuple[Value, str] | None:
    """Value of a cell or a narrative figure, and how it is written."""
    if ADDRESS.fullmatch(reference):
        cell = analysis.document.cell_at(reference)
        return (cell.value, written_cell(cell)) if cell is not None and cell.value is not None else None
    mention = mention_of(analysis, reference)
    if mention is None or mention.value is None:
        return None
    return mention.value, written(analysis.document, mention)


def _directions() -> tuple[str, ...]:
    return tuple(words for words in vocabularies()["direction"].values() if words)
