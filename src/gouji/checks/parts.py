"""Shape `parts`: a whole and its parts, named by concept, across the columns of a line or down the lines of a side.

A blank part is a term that is absent: the statutory tables print nothing where an item has no money. A line whose
parts are all blank is not checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from gouji.checks.relations import Answer, Form, Relation, Term, Unchecked, severity_of, verdict
from gouji.checks.view import FUND_LINES, Column, Line, TableView
from gouji.model.outcomes import Severity
from gouji.model.values import Verdict
from gouji.resources.check_registry import Check

T = TypeVar("T")

OTHER_LINES = "合计中可能包括未识别的项目"
BLANK_WHOLE = "合计为空白"
BLANK_PARTS = "各分项均为空白"


def parts(check: Check, views: Sequence[TableView]) -> Iterator[Answer]:
    """State the relation wherever a table has the whole and enough of the parts."""
    for view in views:
        yield from _across(check, view) if check.axis == "columns" else _down(check, view)


def _across(check: Check, view: TableView) -> Iterator[Answer]:
    """Whole and parts are columns: one relation for each line."""
    for whole in view.columns:
        if whole.concept not in check.whole and not (not whole.path and "total" in check.whole and whole.measure):
            continue
        near = [
            c
            for c in view.columns
            if c is not whole and c.side == whole.side and c.measure == whole.measure and _beside(whole, c)
        ]
        named: dict[str, Column] = {}
        for column in near:
            named.setdefault(column.concept, column)
        chosen = _chosen(check, named)
        if chosen is None:
            continue
        unknown = not check.minus and _others(check, near, [column for _, column in chosen])
        for line in view.lines:
            if line.side == whole.side:
                cells = [(sign, (line, column)) for sign, column in chosen]
                yield from _state(check, view, (line, whole), cells, unknown)


def _beside(whole: Column, part: Column) -> bool:
    """Whether a column stands under the whole's heading or under the same heading as the whole."""
    return part.path[:-1] in (whole.path, whole.path[:-1])


def _others(check: Check, near: Sequence[Column], chosen: Sequence[Column]) -> bool:
    """Whether columns that no part names stand beside the parts: the sum may then be over more than the parts."""
    parents = {column.path[:-1] for column in chosen}
    known = {p.concept for p in check.parts} | {c for p in check.parts for c in p.instead} | set(check.whole)
    return any(c.path and c.concept not in known and c.path[:-1] in parents for c in near)


def _down(check: Check, view: TableView) -> Iterator[Answer]:
    """Whole and parts are lines of one side: one relation for each column."""
    for side in dict.fromkeys(column.side for column in view.columns):
        lines = [line for line in view.lines if line.side == side]
        named_wholes = ([line for line in lines if line.concept == concept] for concept in check.whole)
        wholes = next((found for found in named_wholes if found), [])
        named: dict[str, Line] = {}
        twice: set[str] = set()
        for line in view.lines if check.parts[0].concept == "personnel" else lines:
            if line.concept is None or line in wholes:
                continue
            if line.concept in named:
                twice.add(line.concept)
            named[line.concept] = line
        chosen = _chosen(check, named)
        if len(wholes) != 1 or chosen is None or any(line.concept in twice for _, line in chosen):
            continue
        if wholes[0].concept != check.whole[0] and any(line.concept in check.unless for line in lines):
            continue
        between = _between(check, lines, wholes[0], [line for _, line in chosen])
        for column in view.columns:
            if column.side == side:
                columns = {line.side: _same(view, line, column) for _, line in chosen}
                cells = [(sign, (line, col)) for sign, line in chosen if (col := columns[line.side]) is not None]
                if len(cells) == len(chosen):
                    others = [f for line in between if (f := view.figure(line, column)) and f.value.canonical]
                    for answer in _state(check, view, (wholes[0], column), cells, unknown=False):
                        yield _settled(answer, known=not others)


def _between(check: Check, lines: Sequence[Line], whole: Line, chosen: Sequence[Line]) -> list[Line]:
    """Items after the first part that no part names: the whole may include them."""
    known = {p.concept for p in check.parts} | {c for p in check.parts for c in p.instead} | FUND_LINES
    first = min(line.r for line in chosen)
    last = max(whole.r, *(line.r for line in chosen))
    return [
        line
        for line in lines
        if first < line.r <= last
        and not (line.total or line.among or line.code)
        and line.label
        and line.concept not in known
    ]


def _settled(answer: Answer, *, known: bool) -> Answer:
    """Withdraw a sum that fails where the whole may include lines that no part names."""
    if known or isinstance(answer, Unchecked) or verdict(answer) is not Verdict.CONFLICT:
        return answer
    return Unchecked(answer.check, OTHER_LINES, answer.refs, answer.claimed.page)


def _same(view: TableView, line: Line, column: Column) -> Column | None:
    """Column of the line's own side that says the same as `column`."""
    if line.side == column.side:
        return column
    found = [c for c in view.columns_of(line) if (c.measure, c.path) == (column.measure, column.path)]
    return found[0] if len(found) == 1 else None


def _chosen(check: Check, named: dict[str, T]) -> list[tuple[int, T]] | None:
    """Parts that are there, with their signs; None if there are fewer than the check asks for."""
    chosen: list[tuple[int, T]] = []
    groups = 0
    for part in check.parts:
        if part.concept in named:
            chosen.append((1, named[part.concept]))
            groups += 1
        else:
            instead = [named[concept] for concept in part.instead if concept in named]
            chosen += [(1, found) for found in instead]
            groups += bool(instead) and len(instead) == len(part.instead)
    for concept in check.minus:
        if concept in named:
            chosen.append((-1, named[concept]))
            groups += 1
    return chosen if groups >= check.least else None


def _state(
    check: Check,
    view: TableView,
    whole: tuple[Line, Column],
    cells: Sequence[tuple[int, tuple[Line, Column]]],
    unknown: bool,
) -> Iterator[Answer]:
    """One relation, or why there is none; nothing at all for a line that is empty throughout."""
    claimed = view.figure(*whole)
    found = [(sign, view.figure(*cell)) for sign, cell in cells]
    terms = tuple(Term(figure, sign) for sign, figure in found if figure is not None)
    blanks = tuple(
        address
        for (_, cell), (_, figure) in zip(cells, found, strict=True)
        if figure is None and (address := view.address(*cell)) is not None
    )
    at = view.address(*whole)
    refs = (at,) if at else ()
    if claimed is None:
        if any(term.operand.value.canonical for term in terms):
            yield Unchecked(check, BLANK_WHOLE, refs, view.table.page)
        return
    if not terms:
        if claimed.value.canonical:
            yield Unchecked(check, BLANK_PARTS, (*refs, *blanks), view.table.page)
        return
    severity = Severity.DOUBTFUL if unknown else severity_of(check)
    doubt = "表中另有未识别的并列栏目" if unknown else ""
    yield Relation(check, Form.SUM, claimed, terms, blanks, severity, doubt)
