"""Whole reports by writers who had not seen the program: what was reached on them stays (``annotations/reports``)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import gouji
from gouji.evaluate.evaluation import Evaluation, evaluate, means
from gouji.evaluate.passages import load_passages
from gouji.export.contract import to_dict

FLOORS = [
    ("AMOUNT span+value", 1.00),
    ("RATE span+value", 1.00),
    ("QUANTITY span+value", 0.98),
    ("INDICATOR span", 0.90),
    ("fact measure+base+direction", 0.98),
    ("fact indicator", 0.95),
    ("CAUSE span", 0.94),
    ("CAUSE link", 0.90),
    ("CAUSE span+main category", 0.77),
]
PLANTED, FOUND, FALSE = 90, 88, 0
"""Errors that the reports hold, those that findings involve, and findings that involve none."""


@pytest.fixture(scope="module")
def paths(root: Path) -> list[Path]:
    return sorted(p for p in (root / "annotations" / "reports").glob("*.yaml") if not p.stem.endswith(".errors"))


@pytest.fixture(scope="module")
def scored(paths: list[Path]) -> list[Evaluation]:
    return [evaluate(to_dict(gouji.analyse(p.document)), p.gold) for path in paths for p in load_passages(path)]


@pytest.mark.parametrize(("row", "floor"), FLOORS)
def test_mean_over_the_reports(scored: list[Evaluation], row: str, floor: float) -> None:
    assert len(scored) == 15
    assert means(scored, "f1")[row].value >= floor


def test_planted_errors_are_found_and_little_else(
    paths: list[Path], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    monkeypatch.delitem(sys.modules, "reports", raising=False)
    from reports import met  # type: ignore[import-not-found]

    found = [met(path) for path in paths]
    assert sum(p.planted for p in found) == PLANTED
    assert sum(p.found for p in found) >= FOUND
    assert sum(p.false for p in found) <= FALSE
