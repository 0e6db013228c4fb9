"""Statutory tables of several styles: kind, unit, paths of every figure, and what the totals are totals of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.analysis import analyse
from gouji.model.document import Blank, Cell, Document
from gouji.readers.compose import compose
from gouji.readers.layout import GridCell, Layout, TableBlock, TextBlock
from gouji.resources.table_kinds import load

FILE = Path(__file__).parents[1] / "cases" / "statutory.yaml"
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text("utf-8"))["cases"]
BY_ID = {case["id"]: case for case in CASES}


def document(head: list[str], grid: str) -> Document:
    rows = [line.split("|") for line in grid.strip("\n").split("\n")]
    cells: list[GridCell] = []
    for r, row in enumerate(rows):
        for c, piece in enumerate(row):
            if piece.strip() != ".":
                text, _, height = piece.strip().partition("^")
                text, _, width = text.partition("<")
                cells.append(GridCell(r, c, text, int(height or 1), int(width or 1)))
    table = TableBlock(tuple(cells), len(rows), len(rows[0]))
    return compose(Layout((*map(TextBlock, head), table), "application/x-test"), "表", "0" * 64)


def shown(cell: Cell) -> str:
    unit = f" {cell.value.unit}" if cell.value and cell.value.unit else ""
    return f"r{cell.r}c{cell.c} {'/'.join(cell.row_path)} | {'/'.join(cell.col_path)} = {cell.text}{unit}"


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_paths_of_every_figure(case: dict[str, Any]) -> None:
    (table,) = document(case["head"], case["grid"]).tables
    figures = [c for c in table.cells if c.col_path]
    assert (table.title, table.kind, table.unit) == (case["head"][0].replace(" ", ""), case["kind"], case["unit"])
    assert [table.n_rows, table.n_cols] == case["shape"]
    assert [shown(c) for c in figures if c.blank is not Blank.EMPTY] == case["cells"]
    assert sum(c.blank is Blank.EMPTY for c in figures) == case["empty"]


@pytest.mark.parametrize(
    ("identity", "was", "wrong", "place"),
    [
        ("two-halves", "118.20", "118.30", "r5.c6"),
        ("two-halves", "其他收入|8|5.50", "其他收入|8|6.50", "r6.c3"),
        ("two-halves-by-fund", "20.50|20.50|--", "20.50|21.50|--", "r6.c7"),
        ("codes-apart", "行政运行|1,000.00", "行政运行|1,100.00", "r8.c5"),
        ("codes-merged", "科学技术管理事务<2|.|1,300.00", "科学技术管理事务<2|.|1,200.00", "r7.c5"),
        ("three-public-wide", "3.40||3.40|1.20", "3.40||3.40|1.30", "r5.c12"),
        ("basic-three-sides", "办公费|10.00", "办公费|11.00", "r4.c6"),
        ("fund", "20.00|0.00|20.00|1.00", "20.00|2.00|20.00|1.00", "r3.c6"),
    ],
)
def test_totals_are_known(identity: str, was: str, wrong: str, place: str) -> None:
    case = BY_ID[identity]

    def errors(grid: str) -> set[str]:
        found = analyse(document(case["head"], grid)).outcomes
        return {operand for o in found if o.status == "inconsistent" for operand in o.operands}

    assert errors(case["grid"]) == set()
    assert f"t1.{place}" in errors(case["grid"].replace(was, wrong))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2023年度收入支出决算总表（公开01表）", "income_expenditure_summary"),
        ("部门收入决算表", "income"),
        ("支出决算功能分类明细表", "expenditure"),
        ("财政拨款收支决算总表", "fiscal_appropriation_summary"),
        ("一般公共预算财政拨款支出决算明细表", "general_budget_expenditure"),
        ("一般公共预算财政拨款基本支出经济分类决算表", "general_budget_basic"),
        ("政府性基金预算财政拨款收入支出决算表", "government_fund"),
        ("国有资本经营预算财政拨款支出决算表", "state_capital"),
        ("“三公”经费、行政参公单位机关运行经费情况表", "three_public"),
        ("一般公共预算机关运行经费支出决算表", "operating_expenses"),
        ("会议费、培训费支出决算表", "meeting_training"),
        ("项目收入支出决算表", "income_expenditure_detail"),
        ("收入支出决算表", "income_expenditure_detail"),
        ("项目支出决算明细表", "project"),
        ("支出按经济分类决算表", "economic_classification"),
        ("部门决算相关信息统计表", "operating_info"),
        ("政府采购支出决算表", "procurement"),
        ("政府购买服务支出情况表", "service_purchase"),
        ("国有资产占有使用情况表", "state_assets"),
        ("财政专户管理资金支出决算表", "special_account"),
        ("人员及机构情况表", "staff"),
        ("社会保险基金支出决算表", "social_insurance"),
        ("地方政府债务限额及余额决算情况表", "government_debt"),
        ("政府性基金收支决算平衡表", "whole_government_balance"),
        ("一般公共預算財政撥款「三公」經費支出決算表", "three_public"),
    ],
)
def test_kinds_by_title(title: str, kind: str) -> None:
    assert load().by_title(title) == kind


def test_a_count_takes_no_money_from_the_unit_line() -> None:
    grid = "项目|决算数\n公务接待费|1.20\n国内公务接待批次|15\n公务用车保有量|3\n办公设备购置|2.00"
    (table,) = document(["“三公”经费情况表", "单位：万元"], grid).tables
    assert [(c.text, c.value.unit if c.value else None) for c in table.cells if c.col_path] == [
        ("1.20", "万元"),
        ("15", ""),
        ("3", ""),
        ("2.00", "万元"),
    ]


@pytest.mark.parametrize("left", ["repeated", "blank"])
def test_codes_in_a_column_each_give_the_rank_of_a_row(left: str) -> None:
    case = BY_ID["codes-apart"]
    grid = case["grid"]
    if left == "blank":
        grid = grid.replace("206|01||", "|01||").replace("206|01|01", "||01").replace("206|01|02", "||02")
    found = document(case["head"], grid)
    assert [c.row_path for c in found.tables[0].cells if c.c == 5 and c.value] == [
        ("合计",),
        ("科学技术支出",),
        ("科学技术支出", "科学技术管理事务"),
        ("科学技术支出", "科学技术管理事务", "行政运行"),
        ("科学技术支出", "科学技术管理事务", "一般行政管理事务"),
    ]
    outcomes = analyse(found).outcomes
    ranks = [o.operands for o in outcomes if o.check == "T-hierarchy" and o.status == "consistent"]
    assert ("t1.r6.c5", "t1.r7.c5") in ranks
    assert ("t1.r7.c5", "t1.r8.c5", "t1.r9.c5") in ranks
    assert [o for o in outcomes if o.status == "inconsistent"] == []
