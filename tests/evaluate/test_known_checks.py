from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gouji.evaluate.known_checks import compare
from gouji.export.contract import to_dict
from gouji.model.outcomes import Analysis, Severity, Status


def cell(r: int, c: int, text: str, value: str | None = None) -> dict[str, Any]:
    return {"r": r, "c": c, "text": text, "value": value, "row_path": [], "col_path": []}


ANALYSIS: dict[str, Any] = {
    "mentions": [{"id": "m1", "value": "300000"}, {"id": "m2", "value": "0.25"}, {"id": "m3", "value": "0.75"}],
    "facts": [{"id": f"f{i}", "figure": f"m{i}"} for i in (1, 2, 3)],
    "tables": [
        {
            "id": "t1",
            "kind": "expenditure",
            "cells": [
                *(cell(1, 1, "201"), cell(1, 2, "一般公共服务支出"), cell(1, 3, "30.00", "300000")),
                *(cell(2, 1, "201"), cell(2, 2, "06"), cell(2, 3, "10.00", "100000")),
                *(cell(3, 1, "201"), cell(3, 2, "07"), cell(3, 3, "20.00", "200000")),
            ],
        }
    ],
    "outcomes": [
        {"check": "T-hierarchy", "status": "consistent", "operands": ["t1.r1.c3", "t1.r2.c3", "t1.r3.c3"]},
        {"check": "N-restated", "status": "rounding", "operands": ["f1", "t1.r1.c3"]},
        {"check": "N-shares", "status": "consistent", "operands": ["f2", "f3"]},
        {"check": "N-restated", "status": "not_checked", "operands": ["f2"]},
    ],
}


def record(kind: str, result: str, **figures: str) -> dict[str, Any]:
    rows = [
        {"where": where.replace("__", "."), "value": v, "unit": "%" if "占" in where else "万元"}
        for where, v in figures.items()
    ]
    return {"id": "x", "kind": kind, "claim": "", "figures": rows, "result": result}


@pytest.mark.parametrize(
    ("wanted", "answer"),
    [
        (record("table_internal", "pass", T3__201="30.00", T3__20106="10.00", T3__20107="20.00"), "same"),
        (record("table_internal", "rounding", T3__201="30.00", T3__20106="10.00", T3__20107="20.00"), "other"),
        (record("table_internal", "pass", T3__201="30.00", T3__20106="10.00"), "absent"),  # more figures than named
        (record("table_internal", "pass", T3__201="30.00", T3__201xx各款之和="30.00"), "same"),
        (record("table_internal", "pass", T3__201="30.00", T3__201xx各款之和="31.00"), "absent"),
        (record("table_internal", "pass", T3__201="30.00", T3__20107="10.00", T3__20106="20.00"), "absent"),
        (record("table_internal", "pass", T5__201="30.00", T5__20106="10.00", T5__20107="20.00"), "absent"),
        (record("table_text", "rounding", 正文__支出="30", T3__201="30.00"), "same"),
        (record("text_share_sum", "pass", 甲占="25", 乙占="75"), "same"),
        (record("text_share", "pass", 甲占="25"), "absent"),  # what is not checked is not present
        (record("cross_table", "pass", T3__201="0", T5__201="0"), "blank"),
    ],
)  # fmt: skip
def test_a_record_is_looked_for_by_its_figures_and_their_places(wanted: dict[str, Any], answer: str) -> None:
    assert [found.answer for found in compare([wanted], ANALYSIS)] == [answer]


ROOTS = {"putuo-finance-2024": 2, "putuo-finance-2024-with-errors": 6}
"""Numeric errors of the reports that their relations show; years in titles and blank tables are told apart."""


@pytest.mark.parametrize("name", sorted(ROOTS))
def test_relations_known_of_a_published_report_are_among_its_outcomes(
    shared: Path, analysed: Callable[[Path], Analysis], name: str
) -> None:
    path = shared / "corpora" / "real" / f"{name}.pdf"
    if not path.is_file():
        pytest.skip(f"{path.name} does not stand beside the project")
    records = json.loads((shared / "gold" / f"{name}.checks.json").read_text("utf-8"))
    analysis = analysed(path)
    found = compare(records, to_dict(analysis))
    count = Counter(record.answer for record in found)
    assert count["same"] >= 0.98 * (len(found) - count["blank"])
    roundings = [record for record in found if record.expected == "rounding"]
    assert {record.answer for record in roundings} == {"same"}
    errors = [o for o in analysis.outcomes if o.status is Status.INCONSISTENT and o.severity is Severity.ERROR]
    assert len({o.root for o in errors}) == ROOTS[name]
