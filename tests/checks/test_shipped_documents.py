from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.model.outcomes import Analysis, Severity, Status

ROOT = Path(__file__).parents[2]
TABLE_KINDS = {"table_total", "table_rate", "score_total", "execution_rate"}
PLANTED = {
    "beijing-ecology-2022": ["t2.r7", "t5.r19", "t6.r5"],
    "fujian-district-2022": ["t1.r11", "t2.r21"],
    "henan-hospital-2023": ["t3.r9"],
    "hubei-police-2022": ["t2.r4"],
    "hunan-court-2022": ["t3.r3"],
    "shandong-education-2023": ["t3.r8"],
    "shanghai-culture-2023": ["t3.r3"],
    "sichuan-agriculture-2022": ["t4.r27"],
    "xinjiang-forestry-2021": ["t3.r8"],
}


def row_of(address: str) -> str:
    """Table and row of a cell: gold counts the columns of a form in the grid, the reader in the flattened row."""
    return address.rsplit(".", 1)[0]


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_every_planted_error_of_a_table_is_one_root_and_there_is_no_other(
    name: str, analysed: Callable[[Path], Analysis]
) -> None:
    gold = json.loads((ROOT / "annotations" / f"{name}.gold.json").read_text("utf-8"))
    assert sorted(row_of(x["where"]["cell"]) for x in gold["conflicts"] if x["kind"] in TABLE_KINDS) == PLANTED[name]
    outcomes = analysed(ROOT / "corpora" / name / f"{name}.txt").outcomes
    errors = [o for o in outcomes if o.status is Status.INCONSISTENT and o.severity is Severity.ERROR]
    roots: dict[str | None, set[str]] = {}
    for outcome in errors:
        if not outcome.check.startswith(("P-", "N-")):
            roots.setdefault(outcome.root, set()).add(row_of(outcome.operands[0]))
    shared = [sorted(heads & set(PLANTED[name])) for heads in roots.values()]
    assert sorted(shared) == [[row] for row in PLANTED[name]]


@pytest.mark.parametrize("name", [*sorted(PLANTED), "guangxi-school-2023", "jiangxi-transport-2023"])
def test_there_is_one_root_for_every_planted_error_in_tables_and_text_together(
    name: str, analysed: Callable[[Path], Analysis]
) -> None:
    gold = json.loads((ROOT / "annotations" / f"{name}.gold.json").read_text("utf-8"))
    outcomes = analysed(ROOT / "corpora" / name / f"{name}.txt").outcomes
    errors = [o for o in outcomes if o.status is Status.INCONSISTENT and o.severity is Severity.ERROR]
    assert len({o.root for o in errors}) == len(gold["conflicts"])


@pytest.mark.parametrize("name", sorted(PLANTED))
def test_the_planted_year_is_the_only_error_of_a_period(name: str, analysed: Callable[[Path], Analysis]) -> None:
    gold = json.loads((ROOT / "annotations" / f"{name}.gold.json").read_text("utf-8"))
    planted = ["".join(x["claim"].split())[:6] for x in gold["conflicts"] if x["kind"] == "year"]
    analysis = analysed(ROOT / "corpora" / name / f"{name}.txt")
    errors = [o for o in analysis.outcomes if o.status is Status.INCONSISTENT and o.check == "P-comparison-year"]
    assert ["".join(analysis.document.text[o.start : o.end].split()) for o in errors] == planted
