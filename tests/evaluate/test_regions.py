"""Floors on documents of regions that no rule was made on; they say that what generalised still does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.evaluate.evaluation import Evaluation, evaluate, means
from gouji.export.contract import to_dict
from gouji.model.outcomes import Analysis

FLOORS = [
    ("AMOUNT span+value", 1.00),
    ("RATE span+value", 1.00),
    ("QUANTITY span+value", 0.97),
    ("INDICATOR span", 0.88),
    ("fact measure+base+direction", 0.97),
    ("CAUSE span", 0.90),
    ("CAUSE link", 0.88),
    ("CAUSE span+main category", 0.65),
]


@pytest.fixture(scope="module")
def regions(root: Path, analysed: Callable[[Path], Analysis]) -> list[Evaluation]:
    folder = root / "tests" / "data" / "regions"
    gold = {path: json.loads((folder / f"{path.stem}.gold.json").read_text("utf-8")) for path in folder.glob("*.txt")}
    return [evaluate(to_dict(analysed(path)), data) for path, data in sorted(gold.items())]


def test_there_are_four_documents(regions: list[Evaluation]) -> None:
    assert len(regions) == 4


@pytest.mark.parametrize(("row", "floor"), FLOORS)
def test_mean_over_the_regions(regions: list[Evaluation], row: str, floor: float) -> None:
    assert means(regions, "f1")[row].value >= floor


def test_conflicts_of_the_narrative_are_found(regions: list[Evaluation]) -> None:
    assert sum(len(e.findings.found) for e in regions) >= 20
    assert {e.name for e in regions if len(e.findings.false_alarms) > 4} == set()
