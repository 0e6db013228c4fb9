"""Shape `crossing`: what one table implies of another without restating it.

* subject funds: grants received are the sum of what the funds gave;
* subject flow: where grants received and spent are equal as a whole, they are mostly so item by item;
* subject custom: an economic item and the function that is customarily paid from it (``pairs``: both by code);
* subject bound: an economic item of basic expenditure is not above the expense that contains it (code, concept).

Flow and custom are no identities: where they fail, only a slip of the pen between the two figures is worth a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gouji.align.restate import slip
from gouji.checks.figures import Operand
from gouji.checks.quantities import FUNDS, Quantity
from gouji.checks.relations import Answer, Form, Relation, Term, Unchecked, severity_of, verdict
from gouji.checks.report import Report
from gouji.checks.view import TableView
from gouji.model.outcomes import Severity
from gouji.model.values import Verdict
from gouji.resources.check_registry import Check

CUSTOM = "惯常相等而不是必然相等"
BLANK = "所列单元格为空白"
Found = Mapping[Quantity, Sequence[Operand]]


def crossing(check: Check, report: Report) -> Iterator[Answer]:
    """Relations between tables, by the check's subject."""
    subjects = {"funds": _funds, "flow": _flow, "custom": _custom, "bound": _bound}
    yield from subjects[check.subject](check, report)


def _funds(check: Check, report: Report) -> Iterator[Answer]:
    """State grants received as what the funds gave, as far as another table lists them."""
    found = report.quantities
    parts = [found.get(Quantity("total", fund, "income", "all", "actual"), []) for fund in FUNDS.values()]
    for whole in found.get(Quantity("total", "fiscal", "income", "all", "actual"), []):
        for table in dict.fromkeys(table_of(figure) for figures in parts for figure in figures):
            terms = [figure for figures in parts for figure in figures if table_of(figure) == table]
            lists_all = any(table_of(figure) == table for figure in parts[0])
            if table != table_of(whole) and lists_all:
                yield Relation(check, Form.SUM, whole, tuple(map(Term, terms)), severity=severity_of(check))


def table_of(figure: Operand) -> str:
    """Table that a figure stands in."""
    return figure.ref.split(".")[0]


def _flow(check: Check, report: Report) -> Iterator[Answer]:
    """Compare grants received for an item with what was spent on it from grants."""
    found = report.restated
    spent = {q.subject: figures for q, figures in found.items() if _is_spent(q, found)}
    total = found.get(Quantity("total", "fiscal", "income", "all", "actual"), [])
    if not total or not spent.get("total") or total[0].value.canonical != spent["total"][0].value.canonical:
        return
    for quantity, figures in found.items():
        if (quantity.caliber, quantity.flow, quantity.measure) != ("fiscal", "income", "actual"):
            continue
        for figure in figures:
            for other in spent.get(quantity.subject, ()):
                yield _soft(Relation(check, Form.SUM, other, (Term(figure),), severity=severity_of(check)))


def _is_spent(quantity: Quantity, found: Found) -> bool:
    """Whether a quantity is expenditure from grants: of all grants, or of what is the same where totals are equal."""
    kind = (quantity.flow, quantity.component, quantity.measure) == ("expenditure", "all", "actual")
    own = Quantity("total", "fiscal", "expenditure", "all", "actual") in found
    return kind and quantity.caliber == ("fiscal" if own else "all")


def _soft(relation: Relation) -> Answer:
    """Keep a relation that holds, or fails by a slip of the pen; any other difference shows nothing."""
    if verdict(relation) is not Verdict.CONFLICT:
        return relation
    if slip(relation.claimed.written, relation.terms[0].operand.written) is not None:
        return replace(relation, severity=Severity.DOUBTFUL, doubt=CUSTOM)
    return Unchecked(relation.check, CUSTOM, relation.refs, relation.claimed.page)


def _custom(check: Check, report: Report) -> Iterator[Answer]:
    """Compare an economic item of basic expenditure with basic expenditure on a function."""
    economic = _economic(report.views)
    found = report.quantities
    for code, function in check.pairs:
        for other in found.get(Quantity(f"item:{function}", "general", "expenditure", "basic", "actual"), []):
            if code in economic and table_of(other) != table_of(economic[code]):
                yield _soft(Relation(check, Form.SUM, economic[code], (Term(other),), severity=severity_of(check)))


def _bound(check: Check, report: Report) -> Iterator[Answer]:
    """Compare an economic item of basic expenditure with the expense that contains it."""
    economic = _economic(report.views)
    expenses = _expenses(report.views)
    for code, concept in check.pairs:
        if code in economic and concept in expenses:
            whole = Term(expenses[concept])
            yield Relation(check, Form.AT_MOST, economic[code], (whole,), severity=severity_of(check))


def _economic(views: Sequence[TableView]) -> dict[str, Operand]:
    """Figures by economic code, where one table lists them once."""
    out: dict[str, list[Operand]] = {}
    for view in views:
        for line in view.lines:
            if line.code[:1] == "3" and view.caliber == "general" and not view.other_year:
                figures = [f for column in view.columns_of(line) if (f := view.figure(line, column)) is not None]
                out.setdefault(line.code, []).extend(figures)
    return {code: figures[0] for code, figures in out.items() if len(figures) == 1}


def _expenses(views: Sequence[TableView]) -> dict[str, Operand]:
    """Outturns of the three public expenses by concept, where one table states them once."""
    out: dict[str, list[Operand]] = {}
    for view in views:
        if view.caliber != "three_public" or view.other_year:
            continue
        for line in view.lines:
            for column in view.columns_of(line):
                concept = line.concept if line.concept is not None and not line.total else column.concept
                measure = column.measure or line.measure or view.measure
                figure = view.figure(line, column)
                if concept and measure == "actual" and figure is not None:
                    out.setdefault(concept, []).append(figure)
    return {concept: figures[0] for concept, figures in out.items() if len(figures) == 1}
