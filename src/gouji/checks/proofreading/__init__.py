"""The form of a report: what a reader of proofs would mark, each with its place, none without one.

A shape in code is used by the rows of ``proofreading.yaml`` that name it. Reading order: `proofread` here, `marks`
(what a shape gives back), then the shapes: `patterns`, `choices`, `units`, `names`, `contents`, `directions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from gouji.checks.proofreading import choices, contents, directions, names, patterns, units
from gouji.checks.proofreading.marks import Mark, Unmarked
from gouji.checks.report import Report
from gouji.model.outcomes import CheckOutcome, Status
from gouji.resources.proofreading import ProofCheck, load_proofreading

Shape = Callable[[ProofCheck, Report], Iterator[Mark | Unmarked]]

SHAPES: Mapping[str, Shape] = {
    "pattern": patterns.pattern,
    "choice": choices.choice,
    "unit_of_siblings": units.unit_of_siblings,
    "unit_of_cells": units.unit_of_cells,
    "odd_unit": units.odd_unit,
    "organisation": names.organisation,
    "item_name": names.item_name,
    "contents": contents.contents,
    "empty_table": contents.empty_table,
    "title_year": contents.title_year,
    "signed_direction": directions.signed_direction,
    "opposite": directions.opposite,
    "zero_base": directions.zero_base,
}


def proofread(report: Report) -> tuple[CheckOutcome, ...]:
    """Answer every check of form on a report, in id order; a check that has nothing to mark is consistent.

    Each mark is a root of its own: a slip of the pen follows from nothing.
    """
    out: list[CheckOutcome] = []
    for check in load_proofreading():
        found = list(SHAPES[check.shape](check, report))
        marks = [mark for mark in found if isinstance(mark, Mark)]
        reason = next((one.reason for one in found if isinstance(one, Unmarked)), None)
        answers = [_marked(check, mark) for mark in _ordered(check, marks)] or [_clear(check, reason)]
        out += [replace(answer, id=f"{check.id}.{number:04d}") for number, answer in enumerate(answers, start=1)]
    number = 0
    for i, outcome in enumerate(out):
        if outcome.status is Status.INCONSISTENT:
            number += 1
            out[i] = replace(outcome, root=f"w{number}")
    return tuple(out)


def _ordered(check: ProofCheck, marks: list[Mark]) -> list[Mark]:
    """Sort marks by place, each place once; a check that tells its marks as one keeps the first and counts."""
    distinct = {(mark.span.start, mark.span.end): mark for mark in reversed(marks)}
    ordered = [distinct[key] for key in sorted(distinct)]
    if check.once and len(ordered) > 1:
        return [replace(ordered[0], more=len(ordered) - 1)]
    return ordered


def _marked(check: ProofCheck, mark: Mark) -> CheckOutcome:
    more = f"（此类另有{mark.more}处）" if mark.more else ""
    return CheckOutcome(
        id="",
        check=check.id,
        status=Status.INCONSISTENT,
        operands=mark.operands,
        stated=mark.words,
        computed=mark.right or None,
        page=mark.page,
        message=check.message.format(words=mark.words, right=mark.right or mark.other) + more,
        severity=check.severity,
        start=mark.span.start,
        end=mark.span.end,
    )


def _clear(check: ProofCheck, reason: str | None) -> CheckOutcome:
    status = Status.CONSISTENT if reason is None else Status.NOT_CHECKED
    message = f"{check.title}：未核对，{reason}" if reason else ""
    return CheckOutcome("", check.id, status, (), reason=reason, message=message)
