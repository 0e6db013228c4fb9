"""Shape `rates`: columns of percentages and of changes, and what they follow from.

`mode` ratio, change and difference compare two columns of the same line, share compares a line with the line that its
heading names. What a heading names is read from it by the check's pattern, groups `of` and `over`; what it leaves out,
the check says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.checks.figures import Operand, as_rate
from gouji.checks.relations import Answer, Form, Relation, Term, Unchecked, verdict
from gouji.checks.view import Column, Line, TableView
from gouji.model.values import Verdict
from gouji.resources.check_registry import Check, load
from gouji.resources.names import fold

NOT_FOUND = "表中未找到作为基数的栏目"
BLANK_BASE = "作为基数的单元格为空白或为零"
BUDGETS = ("adjusted_budget", "initial_budget")


def rates(check: Check, views: Sequence[TableView]) -> Iterator[Answer]:
    """State the relation for every line of every column of percentages that the check's pattern describes."""
    assert check.pattern is not None  # the registry's own invariant for this shape
    for view in views:
        for column in view.columns:
            match = check.pattern.search(fold(column.heading))
            if match is None:
                continue
            groups = match.groupdict()
            of = groups.get("of") or ""
            over = groups.get("over") or groups.get("over2") or ""
            yield from _column(check, view, column, of, over)


def _column(check: Check, view: TableView, column: Column, of: str, over: str) -> Iterator[Answer]:
    """Answers for the lines of one column of percentages."""
    first = _find(view, column, of, check.of or "actual")
    second = first if check.mode == "share" else _find(view, column, over, check.over)
    whole = _whole(view, column, over) if check.mode == "share" else None
    for line in view.lines:
        claimed = view.figure(line, column)
        if claimed is None:
            continue
        if first is None or second is None or (check.mode == "share" and whole is None):
            yield Unchecked(check, NOT_FOUND, (claimed.ref,), view.table.page)
            return
        yield _state(check, view, claimed, view.figure(line, first), view.figure(whole or line, second))


def _state(check: Check, view: TableView, claimed: Operand, first: Operand | None, second: Operand | None) -> Answer:
    """One relation, or why there is none."""
    if first is None or second is None or (not second.value.canonical and check.mode != "difference"):
        refs = tuple(found.ref for found in (claimed, first, second) if found is not None)
        return Unchecked(check, BLANK_BASE, refs, view.table.page)
    if check.mode == "difference":
        return _difference(check, claimed, first, second)
    form = Form.CHANGE if check.mode == "change" else Form.RATIO
    return Relation(check, form, claimed.with_value(as_rate(claimed.written)), (Term(first), Term(second)))


def _difference(check: Check, claimed: Operand, first: Operand, second: Operand) -> Relation:
    """Change between two columns; a table may print decreases without their sign."""
    terms = (Term(first), Term(second, -1))
    signed = Relation(check, Form.SUM, claimed, terms)
    if verdict(signed) is not Verdict.CONFLICT or claimed.value.canonical < 0:
        return signed
    bare = claimed.with_value(replace(claimed.value, number=-claimed.value.number))
    turned = Relation(check, Form.SUM, bare, terms)
    return turned if verdict(turned) is not Verdict.CONFLICT else signed


def _find(view: TableView, near: Column, text: str, measure: str) -> Column | None:
    """Column of the same side that a text or a measure names; None where several or none do."""
    columns = [c for c in view.columns if c.side == near.side and c is not near]
    exact = [c for c in columns if text and fold(c.heading) == fold(text)]
    if len(exact) == 1:
        return exact[0]
    wanted = (load().measures.of(text) if text else None) or (measure if not text or not exact else None)
    for choice in BUDGETS if wanted in BUDGETS else (wanted,):
        found = [c for c in columns if choice is not None and c.measure == choice and "%" not in fold(c.heading)]
        if len(found) == 1:
            return found[0]
    return None


def _whole(view: TableView, column: Column, over: str) -> Line | None:
    """Line that stands for the whole of a share: the one that the heading names, or the only total."""
    lines = [line for line in view.lines if line.side == column.side]
    wanted = load().concepts.of(over)
    named = [line for line in lines if wanted is not None and line.concept == wanted]
    totals = named or [line for line in lines if line.total]
    return totals[0] if len(totals) == 1 else None
