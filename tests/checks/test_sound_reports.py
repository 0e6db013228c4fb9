"""Invented reports whose figures all fit: whatever a check finds wrong in them is a false alarm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.model.outcomes import Analysis, Severity, Status

FOLDER = Path(__file__).parents[1] / "data" / "sound"
NAMES = (
    "evaluation-forms",  # of the whole department and of projects, a unit cost, scores by steps
    "narrative-102",  # tables in several units, comparisons with budget and last year in one sentence
    "narrative-105",
    "narrative-117",
    "procurement-and-assets",  # comparisons with last year in columns, assets by number and value, next year's budget
    "tables-002",  # balances broken down by fund, blanks for zeros
    "tables-030",
    "three-sided-summary",  # functions, nature of spending and economic classes side by side; codes a level a column
)


@pytest.mark.parametrize("name", NAMES)
def test_a_report_whose_figures_all_fit_has_no_finding_on_them(name: str, analysed: Callable[[Path], Analysis]) -> None:
    outcomes = analysed(FOLDER / f"{name}.txt").outcomes
    wrong = [o for o in outcomes if o.status is Status.INCONSISTENT and o.severity is not Severity.FORM]
    assert [(o.check, o.operands, o.message) for o in wrong] == []
    held = [o for o in outcomes if o.status is Status.CONSISTENT]
    assert len(held) >= 40


def test_every_report_of_the_folder_is_among_them() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(NAMES)
