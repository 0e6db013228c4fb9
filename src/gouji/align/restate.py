"""`same`: a figure and the cells, or the earlier figures, that state the same quantity.

Identity decides, value confirms. Where the value contradicts the only cells that the identity allows, that is a
conflict; where the identity leaves a choice, a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gouji.align.cells import CellEntry, CellIndex
from gouji.align.figures import Figure, FigureIndex
from gouji.align.operands import (
    CELL_MEASURES,
    EXACT,
    FOREIGN,
    KINDRED,
    above_fits,
    agreeing,
    caliber_distance,
    cells_for,
    kinds_fit,
    same_value,
)
from gouji.model.facts import Measure
from gouji.model.outcomes import Alignment, Relation
from gouji.model.values import Computed, Value, Verdict, agree, judge
from gouji.resources.names import fold

STANDING = frozenset({"income", "expenditure", "grand_total", "three_public"})
"""Totals whose name alone identifies them within their fund."""

TELLING = 3
"""Significant digits from which meeting a figure again is no accident."""
BUDGETS = (Measure.INITIAL_BUDGET, Measure.ADJUSTED_BUDGET)


@dataclass(frozen=True, slots=True)
class Restated:
    """What a figure restates: its alignments, the cell that contradicts it, or why there is none."""

    rows: tuple[Alignment, ...] = ()
    corrected: CellEntry | None = None
    reason: str | None = None


def restate_cell(figure: Figure, cells: CellIndex) -> Restated:
    """Tie a figure to the cells that hold its quantity."""
    year = _year(figure)
    measure = _cell_measure(figure)
    if measure is None:
        return Restated(reason="not_comparable")
    ranked = cells_for(figure.quantity, figure.above, measure, figure.value, cells, year)
    if not ranked and figure.measure in BUDGETS and (row := _any_budget(figure, cells, year)) is not None:
        return Restated((row,))
    if not ranked and (row := _by_value(figure, measure, cells, year)) is not None:
        return Restated((row,))
    if not ranked and (row := _opening(figure, cells)) is not None:
        return Restated((row,))
    if not ranked:
        return Restated(reason=_why_none(figure, cells))
    best_rank = ranked[0][0]
    best = [entry for rank, entry in ranked if rank == best_rank]
    hits = agreeing(figure.value, best)
    fund = best_rank[0]
    while not hits and fund <= FOREIGN:
        hits = agreeing(figure.value, [entry for rank, entry in ranked if rank[0] == fund])
        fund += not hits
    if not hits and figure.above and figure.value.significant >= TELLING:
        # the headings above may be those of the item before: a cell of this very name and value says that they are
        loose = cells_for(figure.quantity, (), measure, figure.value, cells, year)
        hits, fund = agreeing(figure.value, [entry for rank, entry in loose if rank[0] != FOREIGN]), KINDRED
    if hits:
        if fund == FOREIGN and not _certain_by_value(figure, hits):
            return Restated(reason="other_caliber")
        return Restated(tuple(_rows(figure, hits, best if best_rank[0] == EXACT and fund == EXACT else [])))
    if best_rank[0] == FOREIGN:
        return Restated(reason="other_caliber")
    if len({entry.value.canonical for entry in best}) > 1:
        return Restated(reason="ambiguous_cell")
    if not _contradicts(figure, best, exact=best_rank[0] == EXACT):
        return Restated(reason="uncertain_identity" if best_rank[0] == EXACT else "other_caliber")
    addresses = tuple(e.address for e in best)
    row = Alignment(figure.id, Relation.SAME, addresses, Verdict.CONFLICT, best[0].value.canonical, "value_differs")
    return Restated((row,), corrected=best[0])


def _why_none(figure: Figure, cells: CellIndex) -> str:
    """Say what the tables lack: the indicator, its year or measure, or its fund."""
    entries = cells.find(figure.quantity.core)
    if not entries:
        return "no_table"
    near = [e for e in entries if caliber_distance(figure.quantity.caliber, e.quantity.caliber) != FOREIGN]
    if not any(e.quantity.component == figure.quantity.component for e in near):
        return "other_caliber"
    return "prior_year_absent" if figure.measure is Measure.PRIOR else "other_measure"


def _any_budget(figure: Figure, cells: CellIndex, year: int | None) -> Alignment | None:
    """Tie a budget to a budget column of another name that holds its very value; one budget often has two names."""
    loose = cells_for(figure.quantity, figure.above, "any_budget", figure.value, cells, year)
    hits = agreeing(figure.value, [entry for rank, entry in loose if rank[0] == EXACT])
    return _rows(figure, hits, [])[0] if hits else None


def _opening(figure: Figure, cells: CellIndex) -> Alignment | None:
    """Tie last year's closing balance to the opening balance of this year where that holds its very value."""
    if figure.measure is not Measure.PRIOR or figure.quantity.core != "closing_balance":
        return None
    opening = replace(figure.quantity, core="opening_balance")
    ranked = cells_for(opening, figure.above, "actual", figure.value, cells)
    hits = agreeing(figure.value, [entry for rank, entry in ranked if rank[0] != FOREIGN])
    return _rows(figure, hits, [])[0] if hits else None


def _by_value(figure: Figure, measure: str, cells: CellIndex, year: int | None) -> Alignment | None:
    """Tie a figure to a cell that holds its very value under a name that shares most of its own with it."""
    name = fold(figure.fact.path[-1]) if figure.fact.path else ""
    if figure.value.significant < 2 or figure.quantity.core in STANDING:
        return None
    hits = [
        entry
        for entry in cells.with_value(figure.value)
        if entry.measure in CELL_MEASURES[measure]
        and (year is None or entry.year in (None, year))
        and entry.quantity.core not in STANDING
        and kinds_fit(figure.value, entry.value)
        and share_a_word(name, entry.name)
    ]
    if not hits or len({entry.quantity.core for entry in hits}) > 1:
        return None
    return _rows(figure, agreeing(figure.value, hits), [])[0]


def share_a_word(left: str, right: str) -> bool:
    """Whether two names have four characters in a row in common, or one of three or more stands in the other.

    Examples
    --------
    >>> share_a_word("国内公务接待", "公务接待费"), share_a_word("公用经费", "人员经费")
    (True, False)
    """
    short, long = sorted((left, right), key=len)
    if len(short) >= 3 and short in long:
        return True
    return any(short[i : i + 4] in long for i in range(len(short) - 3))


def _rows(figure: Figure, hits: Sequence[tuple[Verdict, CellEntry]], best: Sequence[CellEntry]) -> list[Alignment]:
    """Give the agreeing cells in one row, and in another those of the same identity that contradict them."""
    verdict = Verdict.AGREES if any(v is Verdict.AGREES for v, _ in hits) else Verdict.ROUNDING
    addresses = tuple(entry.address for _, entry in hits)
    rows = [Alignment(figure.id, Relation.SAME, addresses, verdict, hits[0][1].value.canonical)]
    against = [e for e in best if same_value(figure.value, e.value) is Verdict.CONFLICT]
    if against and figure.quantity.core in STANDING and figure.quantity.component is None:
        conflict = tuple(e.address for e in against)
        value = against[0].value.canonical
        rows.append(Alignment(figure.id, Relation.SAME, conflict, Verdict.CONFLICT, value, "cells_disagree"))
    return rows


def _certain_by_value(figure: Figure, hits: Sequence[tuple[Verdict, CellEntry]]) -> bool:
    """Whether a cell of another fund may stand for the figure: an item or a part, and only one value fits."""
    item = figure.quantity.core not in STANDING or figure.quantity.component is not None
    return item and bool(figure.value.number) and len({e.value.canonical for _, e in hits}) == 1


def _contradicts(figure: Figure, best: Sequence[CellEntry], *, exact: bool) -> bool:
    """Whether a cell of another value contradicts the figure: by a strong identity, or by a slip of the pen."""
    found = slip(figure.value, best[0].value)
    if exact:
        return found is not None or _strong(figure, best)
    if figure.quantity.core in STANDING:  # 财政拨款收入 and 一般公共预算财政拨款收入 may differ by any amount
        return found == "moved"
    return found in ("moved", "swapped") or _strong(figure, best)  # a coded item is paid from one budget


def _strong(figure: Figure, best: Sequence[CellEntry]) -> bool:
    """Whether the identity alone carries a conflict: a total, a class, or a classified item named with its chain."""
    entry = best[0]
    if figure.quantity.core == "grand_total" and len(best) > 1 and not figure.above and figure.named:
        return True  # both sides of its table state it, and its name is given to nothing else
    if figure.quantity.core in STANDING and figure.quantity.caliber == entry.quantity.caliber:
        left, right = _digits(figure.value), _digits(entry.value)
        return figure.named and left[0] == right[0] and len(left) == len(right)
    if figure.quantity.component is None and len({e.address.split(".")[0] for e in best}) > 1:
        # two tables agree on the item against the text
        left, right = _digits(figure.value), _digits(entry.value)
        if left[0] == right[0] and len(left) == len(right):
            return True
    return entry.coded and bool(figure.above) == bool(entry.above) and figure.quantity.component is None


def _cell_measure(figure: Figure) -> str | None:
    if figure.measure in (Measure.TARGET, Measure.OTHER, Measure.SCORE, Measure.MAX_SCORE, Measure.AVERAGE):
        return None
    if figure.measure is Measure.CHANGE_RATE and figure.fact.base.value not in ("prior_year", "none"):
        return None
    return figure.measure.value


def _year(figure: Figure) -> int | None:
    period = figure.fact.period
    return int(period[:4]) if period and period[:4].isdigit() else None


def slip(stated: Value, meant: Value) -> str | None:
    """Name the slip of the pen that leads from one figure to the other.

    Returns
    -------
    str or None
        ``moved``: another unit, or a point for a comma; ``swapped``: two digits; ``mistyped``: one digit of four.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from gouji.model.values import Kind
    >>> wan = lambda n, d: Value(Decimal(n), Decimal(10000), d, Kind.MONEY, "万元")
    >>> slip(wan("2.388", 3), wan("2388.15", 2)), slip(wan("650.00", 2), wan("560.00", 2))
    ('moved', 'swapped')
    >>> slip(wan("1234.56", 2), wan("1284.56", 2)), slip(wan("12.00", 2), wan("31.50", 2))
    ('mistyped', None)
    """
    if not stated.number or not meant.number:
        return None
    for power in (-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6):
        number = stated.number.scaleb(power)
        moved = Value(number, stated.scale, max(0, stated.decimals - power), stated.kind, stated.unit)
        if judge(moved, Computed.of(meant)) is not Verdict.CONFLICT:
            return "moved"
    left, right = _digits(stated), _digits(meant)
    if len(left) != len(right):
        return None
    wrong = [i for i in range(len(left)) if left[i] != right[i]]
    if len(wrong) == 2 and left[wrong[0]] == right[wrong[1]] and left[wrong[1]] == right[wrong[0]]:
        return "swapped"
    telling = max(len(text.replace(".", "").strip("0")) for text in (left, right)) >= 4
    return "mistyped" if len(wrong) == 1 and telling else None


def _digits(value: Value) -> str:
    """Digits of a figure in the unit it was written in, printed with two decimals at least."""
    return f"{value.number:.2f}" if value.decimals <= 2 else str(value.number)


def restate_figure(figure: Figure, figures: FigureIndex) -> Alignment | None:
    """Tie a figure to earlier ones of the text that state the same quantity, where no cell does."""
    earlier = []
    for other in figures.near(figure.quantity, figure):
        if other.order >= figure.order:
            break
        if other.passage != figure.passage and _same_identity(figure, other):
            earlier.append(other)
    hits = [o for o in earlier if same_value(figure.value, o.value) is not Verdict.CONFLICT and _vouched(figure, o)]
    if hits:
        verdicts = {same_value(figure.value, o.value) for o in hits}
        verdict = Verdict.AGREES if Verdict.AGREES in verdicts else Verdict.ROUNDING
        return Alignment(figure.id, Relation.SAME, tuple(o.id for o in hits[:3]), verdict, hits[0].value.canonical)
    near = [o for o in earlier if _vouched(figure, o)]
    last = near[-1] if near else None
    if last is not None and figure.above == last.above and _differs_by_slip(figure, last):
        return Alignment(figure.id, Relation.SAME, (last.id,), Verdict.CONFLICT, last.value.canonical, "value_differs")
    return None


def _differs_by_slip(figure: Figure, other: Figure) -> bool:
    """Whether a slip of the pen tells two figures apart that should be one; totals of kindred funds may well differ."""
    found = slip(figure.value, other.value)
    if figure.quantity.core in STANDING and caliber_distance(figure.quantity.caliber, other.quantity.caliber) != EXACT:
        return found == "moved"
    return found is not None


def _same_identity(figure: Figure, other: Figure) -> bool:
    """Whether two figures state one indicator's measure for one year, funds and headings apart."""
    done = figure.measure in (Measure.ACTUAL, Measure.COUNT)
    promised = other.measure is Measure.TARGET and done and figure.fact.path[-1:] == other.fact.path[-1:]
    if not (other.measure is figure.measure or (promised and figure.value == other.value)):
        return False
    if not kinds_fit(figure.value, other.value) or other.value.unit == "pp":
        return False
    if (
        other.fact.base is not figure.fact.base
        or other.fact.of != figure.fact.of
        or other.fact.period != figure.fact.period
    ):
        return False
    return bool(figure.quantity.core)


def _vouched(figure: Figure, other: Figure) -> bool:
    """Whether fund and headings agree, or the very digits vouch for what they leave open."""
    same_fund = caliber_distance(figure.quantity.caliber, other.quantity.caliber) != FOREIGN
    if same_fund and (figure.quantity.caliber == "own" or above_fits(figure.above, other.above)):
        return True
    return figure.value.significant >= 4 and agree(figure.value, other.value)


def unit_slip(figure: Figure, figures: FigureIndex) -> Alignment | None:
    """Find a figure in 元 with the digits of an amount in 万元 in its sentence: the unit is wrong.

    Notes
    -----
    Genre-traps 21: the same amount with and without 万 for a part that is the whole.
    """
    if not figure.is_money or figure.value.unit != "元" or not figure.value.number:
        return None
    for other in figures.before(figure):
        if (
            other.sentence != figure.sentence
            or not other.is_money
            or other.value.scale != 10000
            or other.measure is not figure.measure
        ):
            continue
        alike = other.value.number == figure.value.number and other.value.decimals == figure.value.decimals
        if alike and (other.quantity.core in figure.above or other.above == figure.above):
            return Alignment(figure.id, Relation.SAME, (other.id,), Verdict.CONFLICT, other.value.canonical, "unit")
    return None
