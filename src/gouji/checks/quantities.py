"""What the cells of statutory tables measure, so that cells which restate one quantity are found by meaning.

A quantity is known by whose money it is (caliber), whether it comes in or goes out (flow), its subject (the total, a
class by its name, a section or item by its code, an income kind), the component (all, basic, project) and the
measure. Values play no part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gouji.checks.figures import Operand
from gouji.checks.view import Column, Line, TableView, bare_name
from gouji.model.values import Kind
from gouji.resources.names import fold

FUNDS = {"general_budget": "general", "government_fund": "government_fund", "state_capital": "state_capital"}
COMPONENTS = frozenset({"basic", "project", "paid_up", "operating_expenditure", "granted_down"})
INCOME_KINDS = frozenset(
    {"income_from_above", "business_income", "operating_income", "income_from_below", "other_income"}
)
MEASURES = frozenset({"actual", "initial_budget", "adjusted_budget", "prior"})
NESTED = (("all", "fiscal"), ("fiscal", "general"), ("all", "general"))
"""Calibers of which the second is part of the first."""
OUTSIDE = frozenset({"three_public", "project"})
"""Calibers of tables whose rows are no part of the statutory whole."""


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """What a cell measures; `subject` is ``total``, ``class:name``, ``item:code`` or ``income:concept``."""

    subject: str
    caliber: str
    flow: str
    component: str
    measure: str


def quantities(views: Sequence[TableView]) -> dict[Quantity, list[Operand]]:
    """Cells by what they measure, in document order.

    A quantity that one table states twice is dropped for that table, and tables that share a title (those of a
    department and of its units) are left out altogether: which of them is meant, the title does not say. So are
    tables of another year than the report's.
    """
    titles = Counter(fold(view.table.title) for view in views)
    out: dict[Quantity, list[Operand]] = {}
    for view in views:
        if titles[fold(view.table.title)] > 1 or view.caliber in OUTSIDE or view.other_year:
            continue
        own: dict[Quantity, list[Operand]] = {}
        for quantity, figure in _of_table(view):
            own.setdefault(quantity, []).append(figure)
        for quantity, figures in own.items():
            if len(figures) == 1:
                out.setdefault(quantity, []).extend(figures)
    return out


def as_one(found: Mapping[Quantity, list[Operand]]) -> dict[Quantity, list[Operand]]:
    """Cells by what they measure, expenditure of a fund and of its whole as one where their totals are equal.

    What the grants paid for is part of all expenditure: where the two totals are the same, so is every item.
    """
    same: dict[str, str] = {}
    for whole, part in NESTED:
        totals = [
            found.get(Quantity("total", caliber, "expenditure", "all", "actual"), []) for caliber in (whole, part)
        ]
        values = {figure.value.canonical for figures in totals for figure in figures}
        if all(totals) and len(values) == 1 and values != {Decimal(0)}:
            same[part] = same.get(whole, whole)
    out: dict[Quantity, list[Operand]] = {}
    for quantity, figures in found.items():
        caliber = same.get(quantity.caliber, quantity.caliber) if quantity.flow == "expenditure" else quantity.caliber
        out.setdefault(replace(quantity, caliber=caliber), []).extend(figures)
    return out


def _of_table(view: TableView) -> Iterator[tuple[Quantity, Operand]]:
    """Quantities of one table with their cells."""
    flows = {side: _flow_of_side(view, side) for side in dict.fromkeys(column.side for column in view.columns)}
    for line in view.lines:
        for column in view.columns_of(line):
            quantity = _quantity(view, line, column, flows[column.side])
            figure = view.figure(line, column) if quantity is not None else None
            if quantity is not None and figure is not None and figure.value.kind is Kind.MONEY:
                yield quantity, figure


def _flow_of_side(view: TableView, side: int) -> str:
    """Whether a side shows income or expenditure; empty where neither its columns nor its lines say."""
    headed = {c.flow for c in view.columns if c.side == side} - {""}
    if len(headed) == 1:
        return headed.pop()
    concepts = {c.concept for c in view.columns if c.side == side} | {
        concept for c in view.columns if c.side == side for concept in c.path
    }
    lines = {line.concept for line in view.lines if line.side == side}
    income = "income_total" in concepts | lines
    spending = bool(({"expenditure_total"} | COMPONENTS) & concepts) or "expenditure_total" in lines
    if income == spending:
        return ""
    return "income" if income else "expenditure"


def _quantity(view: TableView, line: Line, column: Column, flow: str) -> Quantity | None:
    """Tell what the cell at a line and a column measures; None where that is not certain."""
    measure = column.measure or line.measure or view.measure
    if measure not in MEASURES or line.among or line.under:
        return None
    caliber, component = view.caliber, "basic" if "基本支出" in fold(view.table.title) else "all"
    concept = column.concept
    if concept in FUNDS:
        caliber = FUNDS[concept]
    elif concept in COMPONENTS:
        component, flow = concept, "expenditure"
    elif concept == "income_total":
        flow = "income"
    elif concept == "expenditure_total":
        flow = "expenditure"
    elif concept == "appropriation_income" or concept in INCOME_KINDS:
        if line.concept != "total" and (
            concept != "appropriation_income" or not line.code or set(column.path) & COMPONENTS
        ):
            return None
        if line.concept != "total":
            return Quantity(_subject(line), "fiscal", "income", "all", measure)
        subject = "total" if concept == "appropriation_income" else f"income:{concept}"
        if set(column.path) & COMPONENTS:
            return None  # 项目支出之财政拨款: a part of one component, no total
        return Quantity(subject, "fiscal" if subject == "total" else caliber, "income", "all", measure)
    elif concept not in ("", "total"):
        return None
    return _of_line(line, caliber, flow, component, measure)


def _of_line(line: Line, caliber: str, flow: str, component: str, measure: str) -> Quantity | None:
    """Quantity by its line, once the column has said whose money and which component."""
    if line.concept in ("income_total", "expenditure_total"):
        return Quantity("total", caliber, line.concept.removesuffix("_total"), component, measure)
    if not flow:
        return None
    if line.concept == "total":
        return Quantity("total", caliber, flow, component, measure)
    if flow == "income" and not line.code:
        if line.concept in FUNDS:
            return Quantity("total", FUNDS[line.concept], flow, component, measure)
        if line.concept == "appropriation_income":
            return Quantity("total", "fiscal", flow, component, measure)
        return (
            Quantity(f"income:{line.concept}", caliber, flow, component, measure)
            if line.concept in INCOME_KINDS
            else None
        )
    if line.total or line.concept is not None or not line.label:
        return None
    if line.code[:1] in ("3", "5"):
        return None
    return Quantity(_subject(line), caliber, flow, component, measure)


def _subject(line: Line) -> str:
    """Subject of a line of a classification: a class by its name, since some tables give no codes, else a code."""
    return f"item:{line.code}" if len(line.code) > 3 else f"class:{bare_name(line.label)}"
