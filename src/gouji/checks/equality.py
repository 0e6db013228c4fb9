"""Shape `equality`: one quantity in several places.

* subject total, class or item: cells of several tables that restate one quantity (see `quantities`), in pairs;
* subject basic: basic expenditure of one table, staff and public outlay of another;
* subject sides: grand totals of the two sides of a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from gouji.checks.figures import Operand
from gouji.checks.quantities import Quantity
from gouji.checks.relations import Answer, Form, Relation, Term, Unchecked
from gouji.checks.report import Report
from gouji.checks.view import Column, TableView
from gouji.resources.check_registry import Check

ONE_SIDE = "只有一侧列有总计"


def equality(check: Check, report: Report) -> Iterator[Answer]:
    """Restatements of one quantity, by the check's subject."""
    if check.subject == "sides":
        yield from _sides(check, report.views)
        return
    if check.subject == "basic":
        yield from _basic(check, report.views, report.quantities)
        return
    for quantity, figures in sorted(report.restated.items()):
        subject = quantity.subject.split(":")[0]
        if check.subject == {"income": "total"}.get(subject, subject):
            for left, right in combinations(figures, 2):
                if left.ref.split(".")[0] != right.ref.split(".")[0]:
                    yield Relation(check, Form.SUM, right, (Term(left),))


def _basic(check: Check, views: Sequence[TableView], found: dict[Quantity, list[Operand]]) -> Iterator[Answer]:
    """State basic expenditure against staff outlay and public outlay of the table by economic class."""
    for view in views:
        lines = {line.concept: line for line in view.lines if line.concept in ("personnel", "public")}
        if len(lines) < 2 or any(sum(line.concept == name for line in view.lines) > 1 for name in lines):
            continue
        whole = found.get(Quantity("total", view.caliber, "expenditure", "basic", "actual"), [])
        parts = []
        for name in ("personnel", "public"):
            line = lines[name]
            figures = [f for column in view.columns_of(line) if (f := view.figure(line, column)) is not None]
            parts += figures if len(figures) == 1 else []
        others = [figure for figure in whole if not figure.ref.startswith(view.table.id + ".")]
        if len(parts) == 2 and others:
            yield Relation(check, Form.SUM, others[0], tuple(Term(part) for part in parts))


def _sides(check: Check, views: Sequence[TableView]) -> Iterator[Answer]:
    """Grand totals of the two sides of a table."""
    for view in views:
        lines = [line for line in view.lines if line.concept in check.whole]
        if len(dict.fromkeys(line.side for line in lines)) != len(lines) or not lines:
            continue
        figures = []
        for line in lines:
            column = _main(view.columns_of(line))
            figure = view.figure(line, column) if column is not None else None
            if figure is not None:
                figures.append(figure)
        if len(lines) == 2 and len(figures) == 2:
            yield Relation(check, Form.SUM, figures[1], (Term(figures[0]),))
        else:
            yield Unchecked(check, ONE_SIDE, tuple(figure.ref for figure in figures), view.table.page)


def _main(columns: Sequence[Column]) -> Column | None:
    """Column that stands for all funds of a side: its total, or its only column."""
    totals = [column for column in columns if column.concept == "total"]
    if len(totals) == 1:
        return totals[0]
    return columns[0] if len(columns) == 1 else None
