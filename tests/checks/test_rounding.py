from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from gouji.checks import check
from gouji.model.document import Document
from gouji.model.facts import Fact, Mention
from gouji.model.outcomes import Status

Build = Callable[[Mapping[str, Any]], tuple[Document, tuple[Mention, ...], tuple[Fact, ...]]]


def statuses(build: Build, id_: str, *tables: dict[str, Any]) -> list[str]:
    return [str(o.status) for o in check(*build({"tables": list(tables)}), ()) if o.check == id_]


def funds(*lines: str) -> dict[str, Any]:
    names = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
    return {"funds": dict(zip(names, lines, strict=False))}


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("80 | 80 | 79.9997 | 10 | 99.99% | 10", "rounding"),  # cut, not rounded
        ("80 | 80 | 79.9997 | 10 | 100% | 10", "consistent"),
        ("52 | 52 | 45.5177 | 10 | 87.5 | 8.75", "consistent"),  # the sign stands in the heading
        ("300 | 300 | 299.05 | 10 | 99.5% | 9.95", "inconsistent"),  # 300 beside 299.05 is 300.00
        ("6 | 6 | 5.6129 | 10 | 93.52% | 9.35", "inconsistent"),  # 6 beside 5.6129 is 6.0000
        ("7 | 7 | 6 | 10 | 86% | 8.6", "consistent"),
        ("7 | 7 | 6 | 10 | 88% | 8.8", "rounding"),  # whole 万元 only: 6.4 over 7.3 is 88 %
    ],
)
def test_execution_rate_at_the_precision_that_the_form_keeps(build: Build, line: str, status: str) -> None:
    assert statuses(build, "F-execution-rate", funds(line)) == [status]


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (("0 | 3.02 | 0 | 10 | | ", " | | | — | | —", " | 3.0 | | — | | —"), "rounding"),
        (("0 | 61.237 | 0 | 10 | | ", " | 61.23 | | — | | —", " | 0 | | — | | —"), "rounding"),  # one source, cut
        (("0 | 61.25 | 0 | 10 | | ", " | 61.23 | | — | | —", " | 0 | | — | | —"), "inconsistent"),
        (("0 | 10.00 | 0 | 10 | | ", " | 3.33 | | — | | —", " | 6.66 | | — | | —"), "rounding"),
        (("0 | 10.00 | 0 | 10 | | ", " | 3.33 | | — | | —", " | 6.65 | | — | | —"), "inconsistent"),
    ],
)
def test_sources_of_funds_may_differ_by_what_their_roundings_allow_and_no_more(
    build: Build, lines: tuple[str, ...], status: str
) -> None:
    found = [o for o in check(*build({"tables": [funds(*lines)]}), ()) if o.check == "F-funds" and o.stated]
    assert [str(o.status) for o in found] == [status]


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        (
            ("10.00 | 10.00 | 8.00 | 10 | | ", "10.00 | 9.00 | 8.00 | — | | —", " | | | — | | —"),
            "error",
        ),  # the other sums hold without it
        (
            ("10.00 | 12.00 | 9.00 | 10 | | ", "8.00 | 9.00 | 8.00 | — | | —", " | | | — | | —"),
            "doubtful",
        ),  # the blank may be an omission
    ],
)
def test_a_sum_with_a_blank_source_is_an_error_only_where_the_form_shows_that_blanks_mean_none(
    build: Build, rows: tuple[str, ...], severity: str
) -> None:
    found = [o for o in check(*build({"tables": [funds(*rows)]}), ()) if o.check == "F-funds"]
    wrong = {str(o.severity) for o in found if o.status is Status.INCONSISTENT}
    assert wrong == {severity}


@pytest.mark.parametrize(
    ("score", "status"),
    [
        ("9.13", "consistent"),
        ("9.12", "consistent"),
        ("9", "inconsistent"),
        ("10", "inconsistent"),
        ("9.31", "inconsistent"),
    ],
)
def test_points_for_execution_are_kept_to_two_decimals(build: Build, score: str, status: str) -> None:
    assert statuses(build, "F-execution-score", funds(f"40 | 40.00 | 36.50 | 10 | 91.25% | {score}")) == [status]


@pytest.mark.parametrize(
    ("total", "status"), [("96.33", "consistent"), ("96.3", "rounding"), ("96", "rounding"), ("97", "inconsistent")]
)
def test_a_total_of_points_may_be_rounded_more_coarsely_than_what_it_sums(
    build: Build, total: str, status: str
) -> None:
    form = funds("40 | 40.00 | 37.30 | 10 | 93.25% | 9.33") | {
        "rows": ["数量指标 | 培训班 | 4期 | 4期 | 50 | 49.5", "质量指标 | 合格率 | 95% | 96% | 40 | 37.5"],
        "total": f"100 | {total}",
    }
    assert statuses(build, "F-total-score", form) == [status]


@pytest.mark.parametrize(
    ("whole", "status"), [("30.00", "consistent"), ("30.01", "rounding"), ("29.98", "inconsistent")]
)
def test_statutory_sums_of_two_decimals(build: Build, whole: str, status: str) -> None:
    table = {
        "title": "支出决算表",
        "rows": ["项目 | 本年支出合计 | 基本支出 | 项目支出", f"合计 | {whole} | 12.50 | 17.50"],
    }
    assert statuses(build, "T-row-expenditure", table) == [status]


def test_tables_in_yuan_and_in_ten_thousands_restate_one_quantity(build: Build) -> None:
    fine = {"title": "收入支出决算总表", "unit": "元", "rows": ["项目 | 金额", "本年支出合计 | 481234.56"]}
    coarse = {
        "title": "支出决算表",
        "rows": ["项目 | 本年支出合计 | 基本支出 | 项目支出", "合计 | 48.12 | 20.00 | 28.12"],
    }
    assert statuses(build, "X-total", fine, coarse) == ["consistent"]
