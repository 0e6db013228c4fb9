"""Names and labels: what they name besides the indicator."""

from __future__ import annotations

import pytest

from gouji.align.quantity import Label, Quantity, caliber_of, read_label, read_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("收、支总计", Quantity("grand_total")),
        ("财政拨款收、支总计", Quantity("grand_total", "fiscal")),
        ("本年收入合计", Quantity("income")),
        ("二、政府性基金预算财政拨款收入", Quantity("income", "fund")),
        ("一般公共预算财政拨款", Quantity("", "general")),
        ("基本支出", Quantity("expenditure", None, "basic")),
        ("一般公共预算财政拨款基本支出", Quantity("expenditure", "general", "basic")),
        ("因公出国（境）费用", Quantity("travel_abroad", "own")),
        ("“三公”经费财政拨款支出决算", Quantity("three_public", "own")),
        ("公用经费合计", Quantity("public_funds")),
        ("机关事业单位基本养老保险缴费支出", Quantity("机关事业单位基本养老保险缴费支出")),
    ],
)
def test_names_are_read_apart_from_fund_and_part(name: str, expected: Quantity) -> None:
    assert read_name(name) == expected


@pytest.mark.parametrize(
    ("text", "measure", "year"),
    [
        ("决算数", "actual", None),
        ("2021年决算数", "actual", 2021),
        ("2022年年初预算数", "initial_budget", 2022),
        ("决算数为预算数的%", "completion_rate", None),
        ("上年决算数", "prior", None),
        ("小计", None, None),
        ("7", None, None),
    ],
)
def test_labels_say_measure_and_year(text: str, measure: str | None, year: int | None) -> None:
    assert read_label(text) == Label(measure=measure, year=year)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("一般公共预算财政拨款支出决算表", "general"),
        ("政府性基金预算财政拨款收入支出决算表", "fund"),
        ("国有资本经营预算财政拨款支出决算表", "capital"),
        ("财政拨款收入支出决算总表", "fiscal"),
        ("收入支出决算总表", "all"),
        ("机关运行经费", None),
    ],
)
def test_titles_say_their_fund(title: str, expected: str | None) -> None:
    assert caliber_of(title) == expected
