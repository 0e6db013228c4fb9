"""Short hard cases of others for figures, in the folder beside the project: spans, values, bounds."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gouji.text.figures import Figure, find_figures

FILE = Path(__file__).parents[2].parent / "shared" / "gold" / "quantities.dev.jsonl"
CASES = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()] if FILE.is_file() else []
LABELS = {
    "money": "AMOUNT",
    "percent": "RATE",
    "pct_point": "RATE",
    "multiple": "RATE",
    "fraction": "RATE",
    "count": "QUANTITY",
    "measure": "QUANTITY",
}
Row = tuple[int, int, str, Any, str, str | None]


def wanted(row: dict[str, Any]) -> Row:
    """Span, label, value, bound and role as the case states them; percentages as fractions of one."""
    scale = Decimal("0.01") if row["type"] in ("percent", "pct_point") else Decimal(1)
    value = row["value"]
    if value is None:
        value = {"low": row["low"], "high": row["high"]}
    if isinstance(value, dict):
        numbers: Any = (Decimal(value["low"]) * scale, Decimal(value["high"]) * scale)
    else:
        numbers = value if "/" in value else Decimal(value) * scale
    role = row.get("role") if row.get("role") == "threshold" else None
    return row["start"], row["end"], LABELS[row["type"]], numbers, row["bound"], role


def found(figure: Figure, row: dict[str, Any] | None) -> Row:
    """The same of a figure, a fraction as it is written."""
    if row is not None and row["type"] == "fraction" and figure.fraction is not None:
        numbers: Any = "/".join(map(str, figure.fraction))
    elif figure.upper is not None and figure.value is not None:
        numbers = (figure.value.canonical, figure.upper.canonical)
    else:
        numbers = figure.value and figure.value.canonical
    return figure.start, figure.end, figure.label.value, numbers, figure.bound, figure.role or None


@pytest.mark.skipif(not CASES, reason="the file 'quantities.dev.jsonl' is not in 'shared/gold' beside the project")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_hard_cases_are_read_as_stated(case: dict[str, Any]) -> None:
    figures = find_figures(case["text"])
    rows = [*case["expected"], *[None] * len(figures)]
    assert [found(f, row) for f, row in zip(figures, rows, strict=False)] == [wanted(row) for row in case["expected"]]


@pytest.mark.skipif(not CASES, reason="the file 'quantities.dev.jsonl' is not in 'shared/gold' beside the project")
@pytest.mark.parametrize(
    "case", [c for c in CASES if any(k in r for r in c["expected"] for k in ("currency", "per"))], ids=lambda c: c["id"]
)
def test_currency_and_unit_of_hard_cases(case: dict[str, Any]) -> None:
    (figure,), (row,) = find_figures(case["text"]), case["expected"]
    assert (figure.currency, figure.per) == (row.get("currency", "CNY"), row.get("per", ""))
