"""What looks like an error and is none, or is not one that can be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from gouji.checks import check
from gouji.model.document import Document
from gouji.model.facts import Fact, Mention
from gouji.model.outcomes import CheckOutcome, Severity, Status

Build = Callable[[Mapping[str, Any]], tuple[Document, tuple[Mention, ...], tuple[Fact, ...]]]

BY_CODE = "科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出"


def wrong(build: Build, case: Mapping[str, Any]) -> list[CheckOutcome]:
    return [outcome for outcome in check(*build(case), ()) if outcome.status is Status.INCONSISTENT]


@pytest.mark.parametrize(
    "text",
    [
        "支出80万元，比2022年年初预算增加[5万元]。",
        "收入80万元，完成2022年预算的[98%]。",
        "采购额80万元，比2019年（疫情前）下降[5%]。",
        "收入80万元，与2019年相比两年平均增长[5%]。",
        "支出80万元，较上年增加[5万元]，较2020年增加[8万元]。",
        "支出80万元，比 2021 年增加[5万元]，比2020年增加[8万元]。",
        "该项目2020年立项，2022年支出[80万元]。",
        "按照2020年同级标准执行，支出[80万元]。",
        "支付2021年和2020年尾款[80万元]。",
        "与2020年签订的合同一并支付[80万元]。",
    ],
)
def test_years_that_may_stand_in_a_comparison_of_2022(build: Build, text: str) -> None:
    assert wrong(build, {"text": text}) == []


@pytest.mark.parametrize(
    ("text", "words", "operands", "severity"),
    [
        ("支出80万元，比2020年增加[5万元]。", "比2020年", ("f1",), Severity.ERROR),
        ("支出80万元，同2020年比较，增加[5万元]，增长[6%]。另增[3个]。", "同2020年", ("f1", "f2"), Severity.ERROR),
        ("支出80万元，与2022年决算数相比增加[5万元]。", "与2022年", ("f1",), Severity.ERROR),
        ("车辆较2018年末增加[2个]。", "较2018年", ("f1",), Severity.DOUBTFUL),
        ("支出80万元，较2023年增加[5万元]，比2021年增加[6万元]。", "较2023年", ("f1",), Severity.ERROR),
    ],
)
def test_years_of_another_report(
    build: Build, text: str, words: str, operands: tuple[str, ...], severity: Severity
) -> None:
    made, mentions, facts = build({"text": text})
    (outcome,) = [o for o in check(made, mentions, facts, ()) if o.status is Status.INCONSISTENT]
    assert (made.text[outcome.start : outcome.end], outcome.operands, outcome.severity) == (words, operands, severity)


def test_most_comparisons_with_another_year_mean_that_the_fiscal_year_was_misread(build: Build) -> None:
    text = [
        "支出80万元，比2020年增加[5万元]。",
        "收入80万元，比2020年增加[5万元]。",
        "结余3万元，比2021年增加[1万元]。",
    ]
    assert wrong(build, {"text": text}) == []


@pytest.mark.parametrize(
    "tables",
    [
        # money that is carried in beside the balance of last year
        [
            {
                "title": "收支总表",
                "rows": ["项目 | 金额", "本年收入合计 | 50", "转移性收入 | 20", "上年结余 | 3", "收入总计 | 73"],
            }
        ],
        # basic and project expenditure in one list
        [
            {
                "title": "支出表",
                "rows": ["项目 | 金额", "人员经费 | 20", "日常公用经费 | 5", "项目支出 | 30", "合计 | 55"],
            }
        ],
        # meetings beside the three public expenses
        [
            {
                "title": "“三公”经费和会议费表",
                "rows": ["项目 | 金额", "合计 | 12", "因公出国（境）费 | 1", "公务接待费 | 2", "会议费 | 5"],
            }
        ],
        # figures that are not added up, in a table of no known kind
        [{"title": "人均支出", "rows": ["单位 | 人均", "甲局 | 9.00", "乙局 | 7.00", "合计 | 8.00"]}],
        # a selection after 其中 below a total
        [{"title": "采购表", "kind": "procurement", "rows": ["项目 | 金额", "合计 | 9", "其中：服务 | 4", "工程 | 2"]}],
        # units and their codes in one list
        [
            {
                "title": "支出决算表",
                "kind": "expenditure",
                "rows": ["科目编码 | 名称 | 决算数", " | 合计 | 9.00", " | 某局 | 9.00", "205 | 教育支出 | 9.00"],
            }
        ],
        # rows that only count lines or columns
        [
            {
                "title": "收入支出决算总表",
                "rows": ["项目 | 行次 | 金额", "栏次 |  | 1", "一、其他收入 | 1 | 9", "本年收入合计 | 2 | 9"],
            }
        ],
        # tables of a department and of its unit under one title
        [
            {"title": "支出决算表", "rows": ["项目 | 本年支出合计 | 基本支出 | 项目支出", "合计 | 9.00 | 4.00 | 5.00"]},
            {"title": "支出决算表", "rows": ["项目 | 本年支出合计 | 基本支出 | 项目支出", "合计 | 6.00 | 4.00 | 2.00"]},
        ],
        # spending of all funds and of one fund
        [
            {"title": "支出决算表", "rows": [BY_CODE, "205 | 教育支出 | 9.00 | 4.00 | 5.00"]},
            {"title": "一般公共预算财政拨款支出决算表", "rows": [BY_CODE, "205 | 教育支出 | 8.00 | 4.00 | 4.00"]},
        ],
        # a class by function and an economic class of the same name
        [
            {"title": "收入支出决算总表", "rows": ["项目 | 金额", "二十三、其他支出 | 9.00", "本年支出合计 | 9.00"]},
            {"title": "支出决算明细表", "rows": ["科目编码 | 科目名称 | 本年支出合计", "399 | 其他支出 | 2.00"]},
        ],
        # items after 其中 that are not all of them
        [
            {
                "title": "支出分类表",
                "rows": ["项目 | 决算数 | 上年决算数", "一、商品和服务支出 | 9 | 8", "其中：药品费 | 4 | 3"],
            }
        ],
        # next year's budget printed in the report, its title naming the year
        [
            {"title": "支出决算表", "rows": [BY_CODE, "205 | 教育支出 | 9.00 | 4.00 | 5.00"]},
            {"title": "2023年支出预算表", "year": 2023, "rows": [BY_CODE, "205 | 教育支出 | 8.00 | 4.00 | 4.00"]},
        ],
        # this year's budget beside its outturn
        [
            {"title": "支出决算表", "rows": [BY_CODE, "205 | 教育支出 | 9.00 | 4.00 | 5.00"]},
            {"title": "部门支出预算表", "rows": [BY_CODE, "205 | 教育支出 | 8.00 | 4.00 | 4.00"]},
        ],
        # project expenditure by fund: the fiscal column is no total of the fiscal income
        [
            {"title": "财政拨款收入支出决算总表", "rows": ["项目 | 金额", "本年收入合计 | 9.00", "总计 | 9.00"]},
            {"title": "收入决算表", "rows": ["项目 | 本年收入合计 | 财政拨款收入", "合计 | 9.50 | 9.00"]},
            {
                "title": "支出决算表",
                "headers": 2,
                "rows": [
                    "项目 | 本年支出合计 | 基本支出 | 项目支出 | <",
                    "^ | ^ | ^ | 财政拨款 | 其他资金",
                    "合计 | 9.50 | 4.00 | 5.00 | 0.50",
                ],
            },
        ],
        # totals that stand above their items
        [
            {
                "title": "一般公共预算财政拨款基本支出决算表",
                "kind": "general_budget_basic",
                "rows": [
                    "科目编码 | 科目名称 | 决算数",
                    " | 合计 | 9.00",
                    " | 人员经费 | 7.00",
                    "301 | 工资福利支出 | 6.00",
                    "303 | 对个人和家庭的补助 | 1.00",
                    " | 公用经费 | 2.00",
                    "302 | 商品和服务支出 | 2.00",
                ],
            }
        ],
        # the operating costs beside the three public expenses are no part of them
        [
            {
                "title": "“三公”经费及机关运行经费支出决算表",
                "headers": 2,
                "rows": [
                    "“三公”经费 | < | < | < | < | 机关运行经费",
                    "合计 | 因公出国（境）费 | 公务用车购置费 | 公务用车运行维护费 | 公务接待费 | ^",
                    "9.00 | 1.00 | 2.00 | 4.00 | 2.00 | 77.00",
                ],
            }
        ],
        # this year's and last year's figures under one heading each
        [
            {
                "title": "支出决算表",
                "headers": 2,
                "rows": [
                    "科目编码 | 科目名称 | 2022年 | < | 2021年决算数",
                    "^ | ^ | 预算数 | 决算数 | ^",
                    "205 | 教育支出 | 9 | 8 | 7",
                    "20502 | 普通教育 | 9 | 8 | 7",
                ],
            }
        ],
    ],
)  # fmt: skip
def test_tables_without_an_error(build: Build, tables: list[dict[str, Any]]) -> None:
    assert [o for o in wrong(build, {"tables": tables}) if o.severity is Severity.ERROR] == []


def test_a_flat_list_of_three_public_expenses_is_not_summed_with_the_parts_of_its_vehicles(build: Build) -> None:
    rows = [
        "项目 | 预算数 | 决算数",
        "合计 | 9.00 | 7.50",
        "因公出国（境）费 | 1.00 | 0.00",
        "公务用车购置及运行维护费 | 6.00 | 6.00",
        "公务用车购置费 | 2.00 | 2.00",
        "公务用车运行维护费 | 4.00 | 4.00",
        "公务接待费 | 2.00 | 1.50",
    ]
    assert wrong(build, {"tables": [{"title": "“三公”经费支出决算表", "rows": rows}]}) == []
    (outcome,) = wrong(
        build, {"tables": [{"title": "“三公”经费支出决算表", "rows": [*rows[:-1], "公务接待费 | 2.00 | 1.90"]}]}
    )
    assert (outcome.check, outcome.operands[0]) == ("T-three-public-rows", "t1.r2.c3")
