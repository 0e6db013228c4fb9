"""Operands: where the current figure, the base, the budget or the whole of a relation stands, in text or table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from gouji.align.cells import CellEntry, CellIndex
from gouji.align.figures import Figure, FigureIndex
from gouji.align.quantity import Quantity
from gouji.model.facts import Measure
from gouji.model.values import Computed, Kind, Value, Verdict, judge
from gouji.resources.gazetteer import gazetteer

CELL_MEASURES: dict[str, tuple[str, ...]] = {
    "actual": ("actual",),
    "initial_budget": ("initial_budget", "budget"),
    "adjusted_budget": ("adjusted_budget", "budget"),
    "any_budget": ("adjusted_budget", "budget", "initial_budget"),
    "prior": ("prior",),
    "count": ("actual",),
    "change": ("change",),
    "change_rate": ("change_rate",),
    "completion_rate": ("completion_rate",),
    "share": ("share",),
}
"""Measures of cells that may hold a figure of a measure, the best first."""

FACT_MEASURES: dict[str, tuple[Measure, ...]] = {
    "actual": (Measure.ACTUAL,),
    "initial_budget": (Measure.INITIAL_BUDGET,),
    "adjusted_budget": (Measure.ADJUSTED_BUDGET,),
    "any_budget": (Measure.ADJUSTED_BUDGET, Measure.INITIAL_BUDGET),
    "prior": (Measure.PRIOR,),
    "count": (Measure.COUNT, Measure.ACTUAL),
}

FOREIGN_UNIT, SAME_CALIBER = "foreign_unit", "same_caliber"
"""Flags of facts: the figure is another unit's; the comparison leaves something out (同口径, 剔除…因素)."""

FUNCTION = "2"
"""First digit of the codes of the functional classification; those of the economic one begin with 3 or 5."""

TOTALS = frozenset({"income", "expenditure", "grand_total"})
EXACT, KINDRED, FOREIGN = 0, 1, 2
"""How near two funds are: the same, 一般公共预算 and 财政拨款, others."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure or a cell that takes part in a relation."""

    ref: str
    value: Value


def caliber_distance(left: str | None, right: str | None) -> int:
    """How near two funds are.

    Examples
    --------
    >>> caliber_distance("general", "general"), caliber_distance("general", "fiscal"), caliber_distance("all", "fund")
    (0, 1, 2)
    """
    if left == right or "own" in (left, right):
        return EXACT
    return KINDRED if {left, right} == {"general", "fiscal"} else FOREIGN


def above_fits(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two chains of headings may stand above one item: one is part of the other, or they share an item.

    Examples
    --------
    >>> above_fits(("一般公共服务支出",), ("一般公共服务支出", "人大事务")), above_fits((), ("人大事务",))
    (True, True)
    >>> above_fits(("一般公共服务支出", "人大事务"), ("一般公共服务支出", "政协事务"))
    False
    """
    if len(left) == len(right) and left[-1:] != right[-1:]:
        return False
    return not left or not right or bool(set(left) & set(right))


@cache
def bears_many_codes(name: str) -> bool:
    """Whether several items of the classification go by a name.

    Examples
    --------
    >>> bears_many_codes("行政运行"), bears_many_codes("教育支出")
    (True, False)
    """
    entry = gazetteer().lookup(name)
    return entry is not None and sum(code[0] == FUNCTION for code in entry.codes) > 1


def kinds_fit(left: Value, right: Value) -> bool:
    """Whether two figures measure the same kind of thing (a bare number of a table may be a count)."""
    if left.kind is right.kind:
        return True
    return {left.kind, right.kind} <= {Kind.COUNT, Kind.NUMBER, Kind.SCORE}


def cells_for(
    quantity: Quantity,
    above: Sequence[str],
    measure: str,
    value: Value | None,
    cells: CellIndex,
    year: int | None = None,
) -> list[tuple[tuple[int, int, int], CellEntry]]:
    """Cells that may hold a quantity, each with its rank: fund, measure, depth in the classification; best first."""
    measures = CELL_MEASURES.get(measure, ())
    out = []
    for entry in cells.find(quantity.core):
        if entry.quantity.component != quantity.component or entry.measure not in measures:
            continue
        if entry.quantity.caliber == "cross" or not above_fits(above, entry.above):
            continue
        if value is not None and not kinds_fit(value, entry.value):
            continue
        if year is not None and entry.year is not None and entry.year != year:
            continue
        if entry.side == "revenue" and entry.coded and entry.quantity.core != "income":
            continue
        depth = abs(len(entry.above) - len(above)) if above else 0
        rank = (caliber_distance(quantity.caliber, entry.quantity.caliber), measures.index(entry.measure), depth)
        out.append((rank, entry))
    out.sort(key=lambda row: row[0])
    return out


class Resolver:
    """Finds the operands of relations; a figure that its own cell contradicts is replaced by the cell."""

    def __init__(self, figures: FigureIndex, cells: CellIndex, corrected: dict[str, CellEntry]) -> None:
        self.figures = figures
        self.cells = cells
        self.corrected = corrected
        self._known_apart: dict[str, bool] = {}

    def _apart(self, quantity: Quantity) -> bool:
        """Whether 财政拨款 has other money than the general budget in the tables, so that totals of the two differ."""
        core = quantity.core
        if core not in TOTALS:
            return False
        if core not in self._known_apart:
            kept: dict[str | None, set[Decimal]] = {}
            for entry in self.cells.find(core):
                if entry.measure == "actual" and entry.quantity.component is None and not entry.above:
                    kept.setdefault(entry.quantity.caliber, set()).add(entry.value.canonical)
            funds = [kept.get(fund, set()) for fund in ("fiscal", "general")]
            self._known_apart[core] = all(funds) and not funds[0] & funds[1]
        return self._known_apart[core]

    def operand(self, figure: Figure) -> Operand:
        """Take a figure as an operand, or the cell that it should have restated."""
        cell = self.corrected.get(figure.id)
        return Operand(cell.address, cell.value) if cell else Operand(figure.id, figure.value)

    def level(
        self, quantity: Quantity, above: Sequence[str], measure: str, near: Figure, *, foreign: bool = False
    ) -> Operand | None:
        """Level of a quantity: the nearest statement in the text, else the cell; None if neither is certain.

        Parameters
        ----------
        measure : str
            Key of `CELL_MEASURES`.
        near : Figure
            The figure that asks: the same sentence comes first, then the same passage, then before after.
        foreign : bool
            Whether a statement under another fund will do where there is none of the same.
        """
        stated = self.stated(quantity, above, measure, near)
        if stated is not None:
            return self.operand(stated)
        return self.cell(quantity, above, measure, _year(near, measure), foreign=foreign)

    def choices(
        self, quantity: Quantity, above: Sequence[str], measure: str, near: Figure, *, foreign: bool = False
    ) -> list[Operand]:
        """All certain places of a level: the nearest statement, then the cell where it holds another value."""
        stated = self.stated(quantity, above, measure, near)
        found = [self.operand(stated)] if stated is not None else []
        cell = self.cell(quantity, above, measure, _year(near, measure), foreign=foreign and not found)
        if cell is not None and all(cell.value.canonical != operand.value.canonical for operand in found):
            found.append(cell)
        return found

    def carried(self, figure: Figure) -> list[Operand]:
        """Last year's closing balance: what this year began with, unless it was adjusted since."""
        if figure.quantity.core != "closing_balance":
            return []
        return self.choices(replace(figure.quantity, core="opening_balance"), figure.above, "actual", figure)

    def stated(self, quantity: Quantity, above: Sequence[str], measure: str, near: Figure) -> Figure | None:
        """Nearest statement of a level in the text."""
        measures = FACT_MEASURES.get(measure, ())
        shared = bears_many_codes(quantity.core)
        best: tuple[tuple[int, ...], Figure] | None = None
        for figure in self.figures.near(quantity, near):
            if figure.measure not in measures or figure.id == near.id or FOREIGN_UNIT in figure.fact.flags:
                continue
            if not above_fits(above, figure.above) or not _same_period(figure, near, measure):
                continue
            if shared and figure.passage != near.passage and not (above and tuple(above) == tuple(figure.above)):
                continue  # 行政运行 of another class, as far as can be told
            if measure == "prior" and figure.order > near.order and figure.sentence != near.sentence:
                continue  # 比上年减少7万元。…同时，清缴去年养老保险10万元: told later, it is no base
            distance = caliber_distance(quantity.caliber, figure.quantity.caliber)
            if distance == FOREIGN or (distance == KINDRED and self._apart(quantity)):
                continue
            rank = (
                distance,
                figure.sentence != near.sentence,
                figure.passage != near.passage,
                figure.order > near.order,
                abs(len(figure.above) - len(above)) if above else 0,
                measures.index(figure.measure),
                abs(figure.order - near.order),
            )
            if best is None or rank < best[0]:
                best = (rank, figure)
        return best[1] if best else None

    def cell(
        self,
        quantity: Quantity,
        above: Sequence[str],
        measure: str,
        year: int | None = None,
        *,
        foreign: bool = False,
    ) -> Operand | None:
        """Cell of a quantity: that of the nearest fund, if the cells of that rank hold one value."""
        ranked = cells_for(quantity, above, measure, None, self.cells, year)
        if not ranked or (ranked[0][0][0] == FOREIGN and not foreign):
            return None
        if ranked[0][0][0] == KINDRED and not foreign and self._apart(quantity):
            return None
        best = [entry for rank, entry in ranked if rank == ranked[0][0]]
        if len({entry.value.canonical for entry in best}) > 1:
            return None
        return Operand(best[0].address, best[0].value)


def _year(near: Figure, measure: str) -> int | None:
    """Year that the cells of an operand must be of: that of the figure that asks, or of the base it names.

    The budget of next year stands in many reports, and its totals go by the names of this year's.
    """
    if measure == "prior":
        return None
    period = near.fact.period
    if measure in ("initial_budget", "adjusted_budget", "any_budget"):
        period = near.fact.base_period or period
    return int(period[:4]) if period and period[:4].isdigit() else None


def _same_period(figure: Figure, near: Figure, measure: str) -> bool:
    """Whether two figures speak of one year (a prior figure has a year of its own)."""
    if measure == "prior" or figure.fact.period is None or near.fact.period is None:
        return True
    if near.measure is Measure.PRIOR:
        return True
    return figure.fact.period[:4] == near.fact.period[:4]


def same_value(stated: Value, other: Value) -> Verdict:
    """How a stated figure stands to another figure of the same quantity."""
    return judge(stated, Computed.of(other))


def agreeing(stated: Value, entries: Iterable[CellEntry]) -> list[tuple[Verdict, CellEntry]]:
    """Entries that a figure may restate, with their verdicts."""
    out: list[tuple[Verdict, CellEntry]] = []
    for entry in entries:
        verdict = same_value(stated, entry.value)
        if verdict is not Verdict.CONFLICT:
            out.append((verdict, entry))
    return out
