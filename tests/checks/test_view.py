from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from gouji.checks.forms import form_views
from gouji.checks.tree import children, depths
from gouji.checks.view import TableView, view
from gouji.model.document import Document
from gouji.model.facts import Fact, Mention
from gouji.resources.check_registry import load

Build = Callable[[Mapping[str, Any]], tuple[Document, tuple[Mention, ...], tuple[Fact, ...]]]


def seen(build: Build, **table: Any) -> TableView:
    made, _, _ = build({"tables": [{"title": "表", **table}]})
    return view(made, made.tables[0], load())


def test_columns_by_measure_and_meaning(build: Build) -> None:
    found = seen(
        build,
        headers=3,
        rows=[
            "科目编码 | 科目名称 | 2022年 | < | < | 上年决算数 | 备注",
            "^ | ^ | 全年预算数 | 决算数 | < | ^ | ^",
            "^ | ^ | ^ | 小计 | 基本支出 | ^ | ^",
            "205 | 教育支出 | 9 | 8 | 5 | 7 | 无",
        ],
    )
    assert [(c.c, c.side, c.measure, c.path) for c in found.columns] == [
        (3, 0, "adjusted_budget", ()),
        (4, 0, "actual", ("total",)),
        (5, 0, "actual", ("basic",)),
        (6, 0, "prior", ()),
    ]


def test_lines_of_both_sides(build: Build) -> None:
    found = seen(
        build,
        headers=2,
        rows=[
            "收入 | < | < | 支出 | < | <",
            "项目 | 行次 | 金额 | 项目 | 行次 | 金额",
            "一、其他收入 | 1 | 9.00 | 一、教育支出 | 4 | 8.00",
            "本年收入合计 | 2 | 9.00 | 本年支出合计 | 5 | 8.00",
            " | 3 |  | 年末结转和结余 | 6 | 1.00",
        ],
    )
    assert [(line.r, line.side, line.label, line.concept, line.total) for line in found.lines] == [
        (3, 0, "一、其他收入", "other_income", False),
        (3, 1, "一、教育支出", None, False),
        (4, 0, "本年收入合计", "income_total", True),
        (4, 1, "本年支出合计", "expenditure_total", True),
        (5, 1, "年末结转和结余", "closing_balance", False),
    ]


@pytest.mark.parametrize(
    ("labels", "depth"),
    [
        # numbered, with 其中 and what follows it
        (["一、甲", "二、乙", "其中：丙", "丁", "三、戊", "合计"], [0, 0, 1, 1, 0, 0]),
        (["合计", "1.甲", "2.乙", "（1）丙", "（2）丁", "3.戊"], [0, 0, 0, 1, 1, 0]),
        (["一、甲", "（一）乙", "1.丙", "（二）丁", "二、戊"], [0, 1, 2, 1, 0]),
        # indented
        (["甲", "\u3000乙", "\u3000丙", "丁", "\u3000戊", "合计"], [0, 1, 1, 0, 1, 0]),
        (["甲", "乙", "丙"], [0, 0, 0]),
        # codes, out of order and with a level left out
        (["205 甲", "20502 乙", "2050202 丙", "213 丁", "2130101 戊", "208 己"], [0, 1, 2, 0, 1, 0]),
    ],
)
def test_depth_of_lines(build: Build, labels: list[str], depth: list[int]) -> None:
    found = seen(build, rows=["项目 | 金额", *(f"{label} | 1.00" for label in labels)])
    assert depths(found.lines) == depth


def test_children_end_at_a_total_and_at_the_next_line_of_their_level(build: Build) -> None:
    labels = ["205 甲", "20502 乙", "2050202 丙", "20503 丁", "合计", "208 戊"]
    found = seen(build, rows=["项目 | 金额", *(f"{label} | 1.00" for label in labels)])
    assert children(found.lines, depths(found.lines)) == [(0, [1, 3]), (1, [2])]


def test_a_form_by_its_blocks(build: Build) -> None:
    spec = {
        "funds": {"年度资金总额": "3 | 4 | 3.5 | 10 | 87.5% | 8.75", "其中：当年\n财政拨款": "3 | 4 | 3.5 | — | | —"},
        "rows": ["数量指标 | 培训班 | 4期 | 4期 | 50 | 49", "质量指标 | 其他资金 | 95% | 96% | 40 | "],
        "total": "100 | 57.75",
    }
    made, _, _ = build({"tables": [spec]})
    (form,) = form_views(made, load())
    assert {key: slot.text for key, slot in form.funds.items() if key[1] in ("actual", "score")} == {
        ("fund_total", "actual"): "3.5",
        ("fund_total", "score"): "8.75",
        ("fund_current", "actual"): "3.5",
        ("fund_current", "score"): "—",
    }
    assert [(row.name, {name: slot.text for name, slot in row.slots.items()}) for row in form.rows] == [
        ("培训班", {"target": "4期", "achieved": "4期", "max_score": "50", "score": "49"}),
        ("其他资金", {"target": "95%", "achieved": "96%", "max_score": "40", "score": ""}),
    ]
    assert {name: slot.text for name, slot in form.totals.items()} == {"max_score": "100", "score": "57.75"}
