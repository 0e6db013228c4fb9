from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.checks import check
from gouji.checks.reliability import MISREAD
from gouji.model.document import Document
from gouji.model.facts import Fact, Mention
from gouji.model.outcomes import CheckOutcome, Status

Build = Callable[[Mapping[str, Any]], tuple[Document, tuple[Mention, ...], tuple[Fact, ...]]]

SUMMARY = {
    "title": "收入支出决算总表",
    "rows": ["项目 | 金额", "一、教育支出 | 48.00", "二、住房保障支出 | 12.00", "本年支出合计 | 60.00"],
}


def spending(rows: list[str]) -> dict[str, Any]:
    return {"title": "支出决算表", "rows": ["科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出", *rows]}


SOUND = [
    " | 合计 | 60.00 | 32.00 | 28.00",
    "205 | 教育支出 | 48.00 | 20.00 | 28.00",
    "20502 | 普通教育 | 48.00 | 20.00 | 28.00",
    "221 | 住房保障支出 | 12.00 | 12.00 | 0.00",
]


def failing(build: Build, rows: list[str], *others: dict[str, Any]) -> list[CheckOutcome]:
    outcomes = check(*build({"tables": [SUMMARY, spending(rows), *others]}), ())
    return [outcome for outcome in outcomes if outcome.status is Status.INCONSISTENT]


def with_cell(row: int, column: int, text: str) -> list[str]:
    cells = [line.split(" | ") for line in SOUND]
    cells[row][column] = text
    return [" | ".join(line) for line in cells]


def test_the_sound_tables_have_no_finding(build: Build) -> None:
    assert failing(build, SOUND) == []


@pytest.mark.parametrize(
    ("row", "column", "text", "right"),
    [
        (0, 2, "61.00", "60.00万元"),  # a total that four relations claim
        (1, 2, "84.00", "48.00万元"),  # digits swapped in a class
        (1, 3, "25.00", "20.00万元"),  # a part: no relation claims it but its hierarchy
        (0, 4, "27.00", "28.00万元"),
        (2, 4, "28.50", "28.00万元"),
    ],
)
def test_one_wrong_cell_is_one_root_seen_from_that_cell(
    build: Build, row: int, column: int, text: str, right: str
) -> None:
    found = failing(build, with_cell(row, column, text))
    assert {outcome.root for outcome in found} == {"r1"}
    assert {outcome.operands[0] for outcome in found} == {f"t2.r{row + 2}.c{column + 1}"}
    assert {outcome.computed for outcome in found} == {right}
    assert {outcome.stated for outcome in found} == {f"{text}万元"}


def test_two_wrong_cells_are_two_roots(build: Build) -> None:
    rows = with_cell(0, 2, "61.00")
    rows[3] = "221 | 住房保障支出 | 12.00 | 11.00 | 0.00"
    found = failing(build, rows)
    assert {(outcome.root, outcome.operands[0]) for outcome in found} == {("r1", "t2.r2.c3"), ("r2", "t2.r5.c4")}


def test_parts_that_could_all_be_wrong_leave_the_whole_as_the_headline(build: Build) -> None:
    table = {
        "title": "“三公”经费汇总表",
        "rows": ["项目 | 决算数", "合计 | 9.00", "因公出国（境）费 | 1.00", "公务接待费 | 2.00"],
    }
    table["rows"] += ["公务用车购置及运行维护费 | 6.50"]
    (outcome,) = failing(build, SOUND, table)
    assert (outcome.operands[0], outcome.stated, outcome.computed) == ("t3.r2.c2", "9.00万元", "9.50万元")


def test_a_rate_over_the_wrong_base_explains_the_score_that_was_given_for_the_right_one(build: Build) -> None:
    form = {"funds": {"年度资金总额": "30 | 40.00 | 36.50 | 10 | 121.67% | 9.13"}}
    outcomes = [o for o in check(*build({"tables": [form]}), ()) if o.status is Status.INCONSISTENT]
    assert [(o.check, o.root, o.operands[0]) for o in outcomes] == [
        ("F-execution-rate", "r1", "t1.r1.c5"),
        ("F-execution-score", "r1", "t1.r1.c6"),
    ]


@given(st.integers(0, 3), st.integers(2, 4), st.integers(1, 99999))
def test_every_changed_cell_is_found_or_leaves_all_sums_within_rounding(
    build: Build, row: int, column: int, cents: int
) -> None:
    text = f"{cents // 100}.{cents % 100:02d}"
    rows = with_cell(row, column, text)
    cell = f"t2.r{row + 2}.c{column + 1}"
    found = failing(build, rows)
    before = SOUND[row].split(" | ")[column]
    difference = abs(round(float(text) * 100) - round(float(before) * 100))
    if difference > 4:  # three terms of two decimals and a total may be apart by two cents
        assert found != []
        assert all(cell in outcome.operands for outcome in found)
    if text == before:
        assert found == []


def test_a_table_in_which_most_relations_fail_was_misread_and_has_no_finding(build: Build) -> None:
    rows = [
        "项目 | 本年支出合计 | 基本支出 | 项目支出",
        *(f"{name}支出 | {n}.00 | 1.00 | 2.00" for n, name in enumerate("甲乙丙丁戊", 4)),
    ]
    outcomes = check(*build({"tables": [{"title": "支出决算表", "rows": rows}]}), ())
    assert {(o.status, o.reason) for o in outcomes if o.check == "T-row-expenditure"} == {(Status.NOT_CHECKED, MISREAD)}


def test_a_few_wrong_cells_are_found_even_if_nothing_else_can_be_checked(build: Build) -> None:
    rows = [
        "项目 | 本年支出合计 | 基本支出 | 项目支出",
        *(f"{name}支出 | {n}.00 | 1.00 | 2.00" for n, name in enumerate("甲乙丙", 4)),
    ]
    outcomes = check(*build({"tables": [{"title": "支出决算表", "rows": rows}]}), ())
    found = [o for o in outcomes if o.status is Status.INCONSISTENT]
    assert [(o.root, o.operands[0]) for o in found] == [("r1", "t1.r2.c2"), ("r2", "t1.r3.c2"), ("r3", "t1.r4.c2")]
