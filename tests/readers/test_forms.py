"""The self-evaluation form: blocks, filled-down levels, values, addresses."""

from __future__ import annotations

import pytest

from gouji.model.document import Blank, Table
from gouji.readers.txt import document_of

ROWS = [
    ["项目名称", "渠道清淤工程"],
    ["主管部门", "某县水利局", "实施单位", "某县灌溉站"],
    ["项目资金\n（万元）", "", "年初预\n算数", "全年预\n算数", "全年\n执行数", "分值", "执行率", "得分"],
    ["", "年度资金总额", "120", "110.5", "99.45", "10", "90%", "9"],
    ["", "其中：当年财政\n拨款", "120", "110.5", "99.45", "—", "", "—"],
    ["年度总体目标", "预期目标", "实际完成情况"],
    ["", "清淤12公里，保障灌溉。", "清淤11公里。"],
    ["绩\n效\n指\n标", "一级指标", "二级指标", "三级指标", "年度\n\n指标值", "实际\n\n完成值", "分值", "得分",
     "偏差原因分析及改进\n措施"],
    ["", "产出指标", "数量指标", "清淤长度", "≥12公里", "11公里", "20", "18", "汛期提前，最后一段未施工。"],
    ["", "", "", "修复闸门", "3座", "3座", "20", "20", ""],
    ["", "", "成本指标", "总成本", "≤110.5万元", "99.45万元", "10", "10", ""],
    ["", "满意度\n指标", "服务对象满意度指标", "群众满意度", "≥90%", "较满意", "40", "38", ""],
    ["总分", "100", "95", ""],
]  # fmt: skip


@pytest.fixture(scope="module")
def form() -> Table:
    rows = ["\n".join("\t" + cell for cell in row) for row in ROWS]
    text = "项目支出绩效自评表\n\n          （2022年度）\n" + "\n\n".join(rows) + "\n"
    (table,) = document_of(text, "x", "0").tables
    return table


def test_form_is_recognised_with_what_it_says_of_its_project(form: Table) -> None:
    assert (form.kind, form.title, form.year, form.unit) == ("self_evaluation", "项目支出绩效自评表", 2022, "万元")
    assert form.attributes == {"project": "渠道清淤工程", "department": "某县水利局", "implementer": "某县灌溉站"}


def test_address_is_the_position_in_the_flattened_row(form: Table) -> None:
    assert [[cell.c for cell in form.row(r)] for r in (1, 4, 9, 13)] == [
        [1, 2],
        [*range(1, 9)],
        [*range(1, 10)],
        [1, 2, 3, 4],
    ]
    assert {(c.rowspan, c.colspan, c.seq, c.logical_c) for c in form.cells} == {(1, 1, None, None)}


def test_values_with_their_paths(form: Table) -> None:
    shown = [
        f"r{c.r}c{c.c} {'/'.join(c.row_path)} | {'/'.join(c.col_path)} = "
        f"{c.value.canonical:f} {c.value.unit} {c.value.kind}"
        for c in form.numbers()
        if c.value is not None
    ]
    assert shown == [
        "r4c3 项目资金（万元）/年度资金总额 | 年初预算数 = 1200000 万元 money",
        "r4c4 项目资金（万元）/年度资金总额 | 全年预算数 = 1105000 万元 money",
        "r4c5 项目资金（万元）/年度资金总额 | 全年执行数 = 994500 万元 money",
        "r4c6 项目资金（万元）/年度资金总额 | 分值 = 10  score",
        "r4c7 项目资金（万元）/年度资金总额 | 执行率 = 0.9 % rate",
        "r4c8 项目资金（万元）/年度资金总额 | 得分 = 9  score",
        "r5c3 项目资金（万元）/其中：当年财政拨款 | 年初预算数 = 1200000 万元 money",
        "r5c4 项目资金（万元）/其中：当年财政拨款 | 全年预算数 = 1105000 万元 money",
        "r5c5 项目资金（万元）/其中：当年财政拨款 | 全年执行数 = 994500 万元 money",
        "r9c5 绩效指标/产出指标/数量指标/清淤长度 | 年度指标值 = 12 公里 count",
        "r9c6 绩效指标/产出指标/数量指标/清淤长度 | 实际完成值 = 11 公里 count",
        "r9c7 绩效指标/产出指标/数量指标/清淤长度 | 分值 = 20  score",
        "r9c8 绩效指标/产出指标/数量指标/清淤长度 | 得分 = 18  score",
        "r10c5 绩效指标/产出指标/数量指标/修复闸门 | 年度指标值 = 3 座 count",
        "r10c6 绩效指标/产出指标/数量指标/修复闸门 | 实际完成值 = 3 座 count",
        "r10c7 绩效指标/产出指标/数量指标/修复闸门 | 分值 = 20  score",
        "r10c8 绩效指标/产出指标/数量指标/修复闸门 | 得分 = 20  score",
        "r11c5 绩效指标/产出指标/成本指标/总成本 | 年度指标值 = 1105000 万元 money",
        "r11c6 绩效指标/产出指标/成本指标/总成本 | 实际完成值 = 994500 万元 money",
        "r11c7 绩效指标/产出指标/成本指标/总成本 | 分值 = 10  score",
        "r11c8 绩效指标/产出指标/成本指标/总成本 | 得分 = 10  score",
        "r12c5 绩效指标/满意度指标/服务对象满意度指标/群众满意度 | 年度指标值 = 0.9 % rate",
        "r12c7 绩效指标/满意度指标/服务对象满意度指标/群众满意度 | 分值 = 40  score",
        "r12c8 绩效指标/满意度指标/服务对象满意度指标/群众满意度 | 得分 = 38  score",
        "r13c2 总分 | 分值 = 100  score",
        "r13c3 总分 | 得分 = 95  score",
    ]


def test_blank_and_dash_are_told_apart_and_neither_is_zero(form: Table) -> None:
    blanks = {(c.r, c.c): c.blank for c in form.row(5)}
    assert (blanks[5, 6], blanks[5, 7], blanks[5, 3]) == (Blank.DASH, Blank.EMPTY, Blank.NOT_BLANK)
    assert [c.value for c in form.row(5) if c.blank] == [None] * 4


def test_form_in_rows_of_bars_has_the_same_paths() -> None:
    text = (
        "| 项目名称 | 校舍维修 | | | | | | |\n"
        "| 项目资金（万元） | | 预算数 | 执行数 | 分值 | 执行率 | 得分 | |\n"
        "| | 年度资金总额 | 50 | 45.5 | 10 | 91.00% | 9.1 | |\n"
        "| 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 未完成原因分析 |\n"
        "| 产出指标 | 数量指标 | 维修教室 | ≥12间 | 11间 | 90 | 80 | 雨季停工。 |\n"
        "| 总分 | | | | | 100 | 89.1 | |\n"
    )
    document = document_of(text, "x", "0")
    (table,) = document.tables
    paths = {table.address(c): (c.row_path, c.col_path) for c in table.numbers()}
    assert paths["t1.r3.c4"] == (("项目资金（万元）", "年度资金总额"), ("执行数",))
    assert paths["t1.r5.c5"] == (("产出指标", "数量指标", "维修教室"), ("完成值",))
    assert paths["t1.r6.c7"] == (("总分",), ("得分",))
    assert [(p.cell, p.text) for p in document.passages] == [("t1.r5.c3", "维修教室"), ("t1.r5.c8", "雨季停工。")]


def test_target_and_actual_in_words_are_no_passages(form: Table) -> None:
    rows = ["\n".join("\t" + cell for cell in row) for row in ROWS]
    document = document_of("\n\n".join(rows) + "\n", "x", "0")
    assert "较满意" not in [p.text for p in document.passages]
    assert next(c.role for c in form.row(12) if c.text == "较满意") == "text"


def test_labels_under_the_words_over_them() -> None:
    rows = [
        ["项目名称", "渠道清淤工程", "主管部门", "某县水利局"],
        ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", "120", "110.5", "99.45", "10", "90%", "9"],
        ["其中：当年财政拨款", "120", "110.5", "99.45", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        ["产出指标", "数量指标", "清淤长度", "≥12公里", "11公里", "90", "86", "汛期提前。"],
        ["总分", "", "", "", "", "100", "95", ""],
    ]
    text = "项目支出绩效自评表\n" + "\n".join("\t".join(row) for row in rows) + "\n"
    cells = document_of(text, "text", "").tables[0].numbers()
    shown = [f"{'/'.join(c.row_path)} | {'/'.join(c.col_path)} = {c.text}" for c in cells if c.r in (3, 4)]
    assert shown == [
        "项目资金（万元）/年度资金总额 | 年初预算数 = 120",
        "项目资金（万元）/年度资金总额 | 全年预算数 = 110.5",
        "项目资金（万元）/年度资金总额 | 全年执行数 = 99.45",
        "项目资金（万元）/年度资金总额 | 分值 = 10",
        "项目资金（万元）/年度资金总额 | 执行率 = 90%",
        "项目资金（万元）/年度资金总额 | 得分 = 9",
        "项目资金（万元）/其中：当年财政拨款 | 年初预算数 = 120",
        "项目资金（万元）/其中：当年财政拨款 | 全年预算数 = 110.5",
        "项目资金（万元）/其中：当年财政拨款 | 全年执行数 = 99.45",
    ]
