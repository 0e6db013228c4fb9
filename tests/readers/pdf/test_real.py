"""Reports as published, where the folder beside the project has them: figures alone are compared."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gouji.model.document import Cell, Document, PassageKind, Table
from gouji.readers import read
from gouji.text.normalise import strip_blanks

SHARED = Path(__file__).parents[4] / "shared"
NAMES = ("putuo-finance-2024", "putuo-finance-2024-with-errors")
KINDS = (
    "income_expenditure_summary",
    "income",
    "expenditure",
    "fiscal_appropriation_summary",
    "general_budget_expenditure",
    "general_budget_basic",
    "three_public",
    "government_fund",
    "state_capital",
)


@cache
def _document(name: str) -> Document:
    path = SHARED / "corpora" / "real" / f"{name}.pdf"
    if not path.is_file():
        pytest.skip(f"{path.name} is not beside the project")
    return read(path)


def _figures(name: str) -> list[dict[str, Any]]:
    checks = json.loads((SHARED / "gold" / f"{name}.checks.json").read_text(encoding="utf-8"))
    return [{**figure, "page": check["page"]} for check in checks for figure in check["figures"]]


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _of_row(table: Table, cell: Cell, key: str) -> bool:
    """Whether a cell stands in the row of a functional code or of a label."""
    labels = [strip_blanks(c.text) for c in table.row(cell.r) if c.role == "label"]
    return key == "".join(label for label in labels if label.isdigit()) or any(key in part for part in cell.row_path)


def _named(table: Table, where: str) -> list[Cell]:
    """Cells that a name of the gold may mean: ``T2.20106.其他收入`` (code, column), ``T1.本年收入合计`` (row)."""
    _, _, rest = where.partition(".")
    row, _, column = rest.partition(".")
    named = [
        cell for cell in table.numbers()
        if _of_row(table, cell, row) and (not column or any(column in part for part in cell.col_path))
    ]  # fmt: skip
    return named if rest and "[" not in rest and named else list(table.numbers())


@pytest.mark.parametrize("name", NAMES)
def test_every_decimal_cell_that_the_checks_name_is_exact(name: str) -> None:
    tables = {table.kind: table for table in _document(name).tables}
    wrong: list[tuple[str, str]] = []
    compared = 0
    for figure in _figures(name):
        number = re.match(r"T(\d)\b", figure["where"])
        value = _decimal(figure["value"])
        if number is None or value is None or "." not in figure["value"] or "之和" in figure["where"]:
            continue
        compared += 1
        cells = _named(tables[KINDS[int(number[1]) - 1]], figure["where"])
        if not any(cell.value is not None and cell.value.number == value for cell in cells):
            wrong.append((figure["where"], figure["value"]))
    assert wrong == []
    assert compared == {NAMES[0]: 597, NAMES[1]: 392}[name]


@pytest.mark.parametrize("name", NAMES)
def test_every_amount_of_the_narrative_stands_in_a_whole_paragraph(name: str) -> None:
    paragraphs = [p for p in _document(name).passages if p.kind is PassageKind.PARAGRAPH]
    lost: list[tuple[str, str, int]] = []
    compared = 0
    for figure in _figures(name):
        value = _decimal(figure["value"])
        if not figure["where"].startswith("正文") or value is None or figure["unit"] not in ("万元", "%"):
            continue
        compared += 1
        shown = [
            p for p in paragraphs for found in re.finditer(rf"(\d[\d.]*)\s*{figure['unit']}", p.text)
            if Decimal(found[1].rstrip(".")) == abs(value)
        ]  # fmt: skip
        if not any(p.text[-1] in "。；：" for p in shown):
            lost.append((figure["where"], figure["value"], figure["page"]))
    assert lost == []
    assert compared == {NAMES[0]: 89, NAMES[1]: 91}[name]


@pytest.mark.parametrize("name", NAMES)
def test_amounts_of_the_narrative_stand_in_the_order_of_the_pages(name: str) -> None:
    shown = [p for p in _document(name).passages if p.page is not None and p.box is not None and p.cell is None]
    places = [(p.page, p.box.top if p.box else 0.0) for p in shown]
    assert places == sorted(places)
    assert len(places) > 80
