"""What the project promises on its own development documents, as floors: the shipped ones and the real report.

Figures on documents that were looked at say that nothing broke, not how the program does elsewhere; for that see
``docs/results.md``.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gouji.evaluate.evaluation import Evaluation, evaluate, means
from gouji.export.contract import to_dict
from gouji.model.outcomes import Analysis

# row, which ratio, floor on the real report, floor of the mean over the shipped documents
FLOORS = [
    ("AMOUNT span+value", "f1", 1.00, 0.99),
    ("RATE span+value", "f1", 1.00, 0.99),
    ("QUANTITY span+value", "f1", 0.97, 0.90),
    ("INDICATOR span", "f1", 0.80, 0.75),
    ("fact measure+base+direction", "f1", 0.93, 0.88),
    ("CAUSE span", "f1", 0.90, 0.75),
    ("alignment relation+operands", "recall", 0.80, 0.70),
]
FALSE_ALARMS = 3  # a document
CONFLICT_RECALL = 0.80


@pytest.fixture(scope="module")
def shipped(root: Path, analysed: Callable[[Path], Analysis]) -> list[Evaluation]:
    with (root / "annotations" / "splits.tsv").open(encoding="utf-8", newline="") as stream:
        names = [r["doc_id"] for r in csv.DictReader(stream, delimiter="\t") if r["split"] == "dev"]
    out = []
    for name in names:
        path = root / "corpora" / name / f"{name}.txt"
        if path.is_file():
            data = json.loads((root / "annotations" / f"{name}.gold.json").read_text("utf-8"))
            out.append(evaluate(to_dict(analysed(path)), data))
    return out


@pytest.fixture(scope="module")
def real(real_report: Path, root: Path, analysed: Callable[[Path], Analysis]) -> Evaluation:
    data: dict[str, Any] = json.loads((root / "annotations" / f"{real_report.stem}.gold.json").read_text("utf-8"))
    return evaluate(to_dict(analysed(real_report)), data)


def test_floors_are_taken_on_nine_documents(shipped: list[Evaluation]) -> None:
    assert len(shipped) == 9


@pytest.mark.parametrize(("row", "kind", "floor"), [(row, kind, low) for row, kind, _, low in FLOORS])
def test_mean_over_the_shipped_documents(shipped: list[Evaluation], row: str, kind: str, floor: float) -> None:
    assert means(shipped, kind)[row].value >= floor


def test_conflicts_of_the_shipped_documents(shipped: list[Evaluation]) -> None:
    recalls = [e.findings.recall.recall for e in shipped]
    assert sum(recalls) / len(recalls) >= CONFLICT_RECALL
    assert {e.name: e.findings.false_alarms for e in shipped if len(e.findings.false_alarms) > FALSE_ALARMS} == {}
    assert {e.name: e.findings.forbidden for e in shipped if e.findings.forbidden} == {}


@pytest.mark.parametrize(("row", "kind", "floor"), [(row, kind, low) for row, kind, low, _ in FLOORS])
def test_the_real_report(real: Evaluation, row: str, kind: str, floor: float) -> None:
    assert round(getattr(real.scores[row], kind), 4) >= floor


def test_conflicts_of_the_real_report(real: Evaluation) -> None:
    assert real.findings.missed == ()
    assert len(real.findings.found) == 22
    assert len(real.findings.false_alarms) <= FALSE_ALARMS
