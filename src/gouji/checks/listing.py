"""Shape `listing`: totals over the items that a table lists below or above them.

* subject total: a total line and the topmost items of its list;
* subject code: a functional or economic code and the codes one level below it;
* subject outline: an item and the items below it by numbering, 其中 or indentation.

Whether a list is complete decides what a shortfall means. Functional codes and totals of statutory tables are
complete by rule. Items after 其中, indented items and economic codes may be a selection: they count as complete only
if they add up in another column of the same table; otherwise only a sum above the whole is an error. In a table of one
column a list that falls short is a doubt, under an economic code only where the other lists of the table are complete.
Where two neighbouring digits of one figure that changed places explain what is short, it is an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.checks.figures import Operand
from gouji.checks.parts import BLANK_PARTS, BLANK_WHOLE
from gouji.checks.relations import Answer, Form, Relation, Term, Unchecked, verdict
from gouji.checks.slips import swaps
from gouji.checks.tree import NON_ITEMS, children, depths
from gouji.checks.view import Column, Line, TableView
from gouji.model.outcomes import Severity
from gouji.model.values import Kind, Verdict
from gouji.resources.check_registry import Check
from gouji.resources.table_kinds import OTHER

MIXED = "列表的层级不明（有编码行与无编码行混排，或“其中”之后没有编号和缩进）"
LONGEST = 60
"""Lines that one line of a flat list may be broken down into; the search stays linear in long tables."""
KINDS = "各项的计量单位不同"
SELECTION = "所列下级项目可能不是全部"
SPREAD = frozenset({"public"})
"""Totals whose items may stand on more than one side of a table."""


def listing(check: Check, views: Sequence[TableView]) -> Iterator[Answer]:
    """Totals or items, and what is listed under them, by the check's subject."""
    yield from {"total": _totals, "code": _coded, "outline": _outlined}[check.subject](check, views)


def _totals(check: Check, views: Sequence[TableView]) -> Iterator[Answer]:
    """Totals and the topmost items of their lists."""
    for view in views:
        for side in dict.fromkeys(column.side for column in view.columns):
            lines = [line for line in view.lines if line.side == side]
            for at, line in enumerate(lines):
                if line.concept in check.whole and line.total:
                    groups = _items(view, lines, at)
                    if len({bool(item.code) for item in groups}) > 1 or _open_ended(groups, lines):
                        refs = [a for c in view.columns_of(line)[:1] if (a := view.address(line, c)) is not None]
                        yield Unchecked(check, MIXED, tuple(refs), view.table.page)
                        continue
                    groups = _without_nested(view, groups) if _is_flat(groups) else groups
                    selection = any(item.code[:1] in ("3", "5") or item.among for item in groups)
                    complete = view.table.kind != OTHER and not selection
                    yield from _compare(check, view, line, groups, complete=complete)


def _items(view: TableView, lines: Sequence[Line], at: int) -> list[Line]:
    """Topmost items between the total before and this one, or after it where it heads its list."""
    depth = depths(lines)
    before = max((i for i in range(at) if lines[i].total), default=-1)
    span = range(before + 1, at)
    heads = lines[0].total and not lines[-1].total  # every total of such a list stands above its items
    if heads or (not _numbers(lines, span) and (at == 0 or all(line.total for line in lines[:at]))):
        after = next((i for i in range(at + 1, len(lines)) if lines[i].total), len(lines))
        span = range(at + 1, after)
    found = [lines[i] for i in span]
    if lines[at].concept in SPREAD and lines[at].first_side < lines[at].side:
        sides = range(lines[at].first_side, lines[at].side)
        found = [line for line in view.lines if line.side in sides and line.r < lines[at].r] + found
        low = min((d for d in depth), default=0)
        return [line for line in found if _topmost(line, found) and low == 0]
    shallow = min((depth[i] for i in span if _is_item(lines[i])), default=0)
    return [lines[i] for i in span if _is_item(lines[i]) and depth[i] == shallow]


def _is_flat(items: Sequence[Line]) -> bool:
    """Whether nothing tells the levels of a list apart: no code, no numbering, no indentation."""
    return all(item.rank is None and not item.code for item in items) and len({item.indent for item in items}) == 1


def _without_nested(view: TableView, items: Sequence[Line]) -> list[Line]:
    """Leave out of a flat list the items that the item above them is the sum of, in every column."""
    columns = view.columns_of(items[0]) if items else []
    figures = [[view.figure(item, column) for column in columns] for item in items]
    out: list[Line] = []
    at = 0
    while at < len(items):
        out.append(items[at])
        at += 1 + _nested(figures, at)
    return out if len(out) > 1 else list(items)


def _nested(figures: Sequence[Sequence[Operand | None]], at: int) -> int:
    """Count the lines right after one that together make it up in every column."""
    whole = [0 if figure is None else figure.value.canonical for figure in figures[at]]
    made = [Decimal(0)] * len(whole)
    for count, line in enumerate(figures[at + 1 : at + 1 + LONGEST], start=1):
        made = [sum_ + (0 if f is None else f.value.canonical) for sum_, f in zip(made, line, strict=True)]
        money = [
            (a, b)
            for a, b, f in zip(whole, made, figures[at], strict=True)
            if f is not None and f.value.kind is not Kind.RATE
        ]
        if count > 1 and any(a for a, _ in money) and all(a == b for a, b in money):
            return count
    return 0


def _open_ended(items: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether a flat list has a 其中, and nothing says where what it introduces ends."""
    flat = _is_flat(items)
    rows = {item.r for item in items}
    low, high = min(rows, default=0), max(rows, default=0)
    return flat and any(line.among and low - 1 <= line.r < high for line in lines)


def _numbers(lines: Sequence[Line], span: range) -> bool:
    return any(_is_item(lines[i]) for i in span)


def _is_item(line: Line) -> bool:
    """Whether a line can be an item of a list."""
    return bool(line.label) and not line.total and line.concept not in NON_ITEMS and not line.measure


def _topmost(line: Line, lines: Sequence[Line]) -> bool:
    """Whether no other line's code begins this line's code."""
    return bool(line.code) and not any(
        other.code and line.code != other.code and line.code.startswith(other.code) for other in lines
    )


def _coded(check: Check, views: Sequence[TableView]) -> Iterator[Answer]:
    """Codes and the codes one level below them."""
    for view in views:
        coded = [(line, below) for line, below in _families(view) if line.code]
        for line, below in coded:
            complete = line.code[0] not in "35"
            shown = complete or (len(below) > 1 and _others_complete(check, view, coded, line))
            yield from _compare(check, view, line, below, complete=complete, shown=shown)


def _others_complete(check: Check, view: TableView, coded: Sequence[tuple[Line, list[Line]]], line: Line) -> bool:
    """Whether a table lists all items of every other code that has items: a list of its own may then be all, too."""
    others = [_relations(check, view, whole, below) for whole, below in coded if whole is not line]
    several = [found for found in others if any(len(r.terms) > 1 for r in found)]
    alone = (r for found in others for r in found if len(r.terms) < 2)
    return bool(several) and all(map(_adds_up, several)) and all(verdict(r) is not Verdict.CONFLICT for r in alone)


def _relations(check: Check, view: TableView, whole: Line, items: Sequence[Line]) -> list[Relation]:
    found = (_state(check, view, whole, items, column) for column in view.columns_of(whole))
    return [answer for answer in found if isinstance(answer, Relation)]


def _adds_up(relations: Sequence[Relation]) -> bool:
    """Whether a list makes up its whole in a column: of several items, and not of nothing."""
    return any(verdict(r) is not Verdict.CONFLICT and len(r.terms) > 1 and r.claimed.value.canonical for r in relations)


def _outlined(check: Check, views: Sequence[TableView]) -> Iterator[Answer]:
    """Items without codes and the items below them."""
    for view in views:
        for line, below in _families(view):
            if not line.code and not _named_elsewhere(line):
                complete = all(item.under for item in below)
                yield from _compare(check, view, line, below, complete=complete)


def _named_elsewhere(line: Line) -> bool:
    """Whether a named check states the parts of this line."""
    return line.concept in ("three_public", "vehicles")


def _families(view: TableView) -> Iterator[tuple[Line, list[Line]]]:
    for side in dict.fromkeys(column.side for column in view.columns):
        lines = [line for line in view.lines if line.side == side]
        for at, below in children(lines, depths(lines)):
            yield lines[at], [lines[i] for i in below]


def _compare(
    check: Check, view: TableView, whole: Line, items: Sequence[Line], *, complete: bool, shown: bool = True
) -> Iterator[Answer]:
    """One answer for each column of money: equality if the list is complete, at most the whole if it may not be.

    `shown` says whether the table lists elsewhere what it lists in full.
    """
    answers = [a for column in view.columns_of(whole) if (a := _state(check, view, whole, items, column)) is not None]
    relations = [answer for answer in answers if isinstance(answer, Relation)]
    if not complete:
        complete = _adds_up(relations)
        single = shown and len(relations) == 1
    if _is_flat(items) and len(relations) > 1 and all(verdict(r) is Verdict.CONFLICT for r in relations):
        yield Unchecked(
            check, MIXED, relations[0].refs[:1], view.table.page
        )  # what adds up nowhere is no list of parts
        return
    for answer in answers:
        if isinstance(answer, Unchecked) or complete or verdict(answer) is not Verdict.CONFLICT:
            yield answer
            continue
        lower = Relation(check, Form.AT_LEAST, answer.claimed, answer.terms, answer.blanks)
        if verdict(lower) is Verdict.CONFLICT and (view.table.kind != OTHER or check.subject != "total"):
            yield answer
        elif len(answer.terms) > 1 and (fitting := swaps(answer)) and (single or len(fitting) == 1):
            yield answer  # two digits changed places: by chance only does a choice of items fall short of just that
        elif single and not any(item.among for item in items):
            yield Relation(check, Form.SUM, answer.claimed, answer.terms, answer.blanks, Severity.DOUBTFUL, SELECTION)
        else:
            yield Unchecked(check, SELECTION, answer.refs, view.table.page)


def _state(check: Check, view: TableView, whole: Line, items: Sequence[Line], column: Column) -> Answer | None:
    """Sum of the items in one column; None where the column has no money there or the line is empty throughout."""
    claimed = view.figure(whole, column)
    found = [(item, _across(view, item, column)) for item in items]
    figures = [(view.figure(item, col), view.address(item, col)) for item, col in found if col is not None]
    terms = tuple(Term(figure) for figure, _ in figures if figure is not None and figure.value.kind is not Kind.RATE)
    blanks = tuple(address for figure, address in figures if figure is None and address is not None)
    at = view.address(whole, column)
    refs = (at,) if at else ()
    if claimed is None:
        return (
            Unchecked(check, BLANK_WHOLE, refs, view.table.page)
            if any(t.operand.value.canonical for t in terms)
            else None
        )
    if claimed.value.kind is Kind.RATE or _is_rate(column):
        return None
    if not terms:
        if claimed.value.canonical and items:
            return Unchecked(check, BLANK_PARTS, (*refs, *blanks), view.table.page)
        return Unchecked(check, "表中未列各分项", refs, view.table.page) if not items else None
    if any(term.operand.value.kind is not claimed.value.kind for term in terms):
        return Unchecked(check, KINDS, refs, view.table.page)
    return Relation(check, Form.SUM, claimed, terms, blanks)


def _is_rate(column: Column) -> bool:
    """Whether the column's heading says that it holds percentages."""
    return "%" in column.heading or "％" in column.heading


def _across(view: TableView, line: Line, column: Column) -> Column | None:
    """Column of the line's own side that corresponds to `column`."""
    if line.side == column.side:
        return column
    return next((c for c in view.columns_of(line) if (c.measure, c.path) == (column.measure, column.path)), None)
