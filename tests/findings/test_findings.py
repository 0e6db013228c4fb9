"""Findings: told once, under the figure that is wrong, with what would make them right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.analysis import analyse
from gouji.findings import Finding, Operand, findings
from gouji.findings.model import with_severity
from gouji.findings.remedies import as_stated
from gouji.findings.roots import by_root
from gouji.model.document import Cell, Document, Table
from gouji.model.outcomes import Analysis, CheckOutcome, Severity, Status
from gouji.model.values import Kind, Value
from gouji.readers.txt import document_of

WAN, PERCENT = Decimal(10000), Decimal("0.01")


def finding(reference: str, *operands: str, severity: Severity = Severity.ERROR, root: str | None = None) -> Finding:
    named = [Operand(one, "", "", None) for one in operands]
    return Finding(severity, "c", "", Operand(reference, "", "", None), "", "", "", tuple(named), root=root)


def shape(found: list[Finding]) -> list[tuple[str, list[str]]]:
    return [(one.subject.reference, [other.subject.reference for other in one.related]) for one in found]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(
            [finding("a", root="r1"), finding("b", root="r1"), finding("c", root="r2")],
            [("a", ["b"]), ("c", [])],
            id="one root by name",
        ),
        pytest.param(
            [finding("share", "part", "total"), finding("total", "x", "y")],
            [("total", ["share"])],
            id="a share computed from a wrong total",
        ),
        pytest.param(
            [finding("a", "b"), finding("b", "c"), finding("c", "d")], [("c", ["a", "b"])], id="a chain has one end"
        ),
        pytest.param(
            [finding("a", "b"), finding("b", "a")], [("a", []), ("b", [])], id="two that contradict each other"
        ),
        pytest.param(
            [finding("text", "cell"), finding("cell", "text", root="r1")],
            [("cell", ["text"])],
            id="two that contradict each other, one with a root",
        ),
        pytest.param(
            [finding("share", "total", root="r1"), finding("total", "x", root="r2")],
            [("share", []), ("total", [])],
            id="two roots of the checks",
        ),
        pytest.param(
            [finding("a", "b", severity=Severity.ROUNDING), finding("b")], [("a", []), ("b", [])], id="a rounding"
        ),
        pytest.param(
            [finding("a", "b"), finding("b", severity=Severity.FORM)], [("a", []), ("b", [])], id="a matter of form"
        ),
    ],
)
def test_what_follows_from_a_wrong_figure_is_its_witness(
    found: list[Finding], expected: list[tuple[str, list[str]]]
) -> None:
    assert shape(by_root(found)) == expected


def pair(reference: str, other: str, stated: str, computed: str, severity: Severity = Severity.ROUNDING) -> Finding:
    operands = (Operand(other, "", "", None),)
    return Finding(severity, "c", "", Operand(reference, "", "", None), stated, computed, "", operands)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(
            [
                pair("a", "b", "326.71", "326.72"),
                pair("c", "a", "326.72", "326.71"),
                pair("d", "c", "326.71", "326.72"),
            ],
            [("a", ["c", "d"])],
            id="one figure printed in two ways in four places",
        ),
        pytest.param(
            [pair("a", "b", "1,326.71", "1326.72"), pair("c", "b", "1326.71", "1,326.72")],
            [("a", ["c"])],
            id="separators are no difference",
        ),
        pytest.param(
            [pair("a", "b", "5.01", "5.02"), pair("c", "d", "5.01", "5.02")],
            [("a", []), ("c", [])],
            id="the same figures at places that do not hang together",
        ),
        pytest.param(
            [pair("a", "b", "5.01", "5.02"), pair("a", "c", "5.01", "5.03")],
            [("a", []), ("a", [])],
            id="other figures at a shared place",
        ),
        pytest.param(
            [pair("a", "b", "5.01", "6.02", Severity.ERROR), pair("c", "b", "5.01", "6.02", Severity.ERROR)],
            [("a", []), ("c", [])],
            id="errors are told by their roots alone",
        ),
    ],
)
def test_a_rounding_between_the_same_two_figures_is_told_once(
    found: list[Finding], expected: list[tuple[str, list[str]]]
) -> None:
    assert shape(by_root(found)) == expected


def change(reference: str, stated: str, computed: str, *operands: str) -> Finding:
    named = tuple(Operand(one, "", "", None) for one in operands)
    return Finding(Severity.ERROR, "c", "", Operand(reference, "", "", None), stated, computed, "", named)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(
            [
                change("a", "增加15.44万元", "减少15.44万元", "x", "y"),
                change("b", "增加6.72%", "减少6.7189%", "y", "x"),
            ],
            [("a", ["b"])],
            id="a change and its rate",
        ),
        pytest.param(
            [
                change("a", "增加15.44万元", "减少15.44万元", "x", "y"),
                change("b", "增加6.72%", "减少6.7189%", "x", "z"),
            ],
            [("a", []), ("b", [])],
            id="of other figures",
        ),
        pytest.param(
            [change("a", "增加15.44万元", "增加14.44万元", "x", "y"), change("b", "增加6.72%", "增加6.1%", "x", "y")],
            [("a", []), ("b", [])],
            id="wrong in their digits",
        ),
    ],
)
def test_one_wrong_direction_is_told_once(found: list[Finding], expected: list[tuple[str, list[str]]]) -> None:
    assert shape(by_root(found)) == expected


@pytest.mark.parametrize(
    ("like", "computed", "words", "expected"),
    [
        (Value(Decimal("88.96"), PERCENT, 2, Kind.RATE, "%"), "0.8716847", "88.96%", "87.17%"),
        (Value(Decimal("42511.52"), WAN, 2, Kind.MONEY, "万元"), "424315200", "42,511.52万元", "42,431.52万元"),
        (Value(Decimal("1000"), WAN, 0, Kind.MONEY, "万元"), "98765432", "1000万元", "9877万元"),
        (Value(Decimal("94"), Decimal(1), 0, Kind.SCORE, ""), "92", "94", "92"),
        (Value(Decimal("3"), PERCENT, 1, Kind.RATE, "pp"), "0.0246", "3.0个百分点", "2.5个百分点"),
    ],
)
def test_the_right_value_is_written_as_the_wrong_one(like: Value, computed: str, words: str, expected: str) -> None:
    assert as_stated(like, Decimal(computed), words) == expected


def remedies(analysis: Analysis) -> dict[str, str]:
    return {one.stated: one.remedy for one in findings(analysis) if one.severity is Severity.ERROR}


def test_each_error_of_a_sample_says_what_would_make_it_right(
    analysed: Callable[[Path], Analysis], sample: Path
) -> None:
    assert remedies(analysed(sample)) == {
        "42,511.52万元": "应为42,431.52万元",
        "88.96%": "应为87.17%",
        "增加2817.33万元": "应为减少2817.33万元",
        "1.2302%": "应为123.0786%",
        "218.93元": "应为218.93万元",
        "2021年": "应为2022年",
    }


def test_a_figure_without_decimals_is_mended_with_those_of_its_source() -> None:
    text = (
        "收入支出决算总表\n单位：万元\n| 收入 |  | 支出 |  |\n| 项目 | 决算数 | 项目 | 决算数 |\n"
        "| 本年收入合计 | 99.50 | 本年支出合计 | 99.50 |\n| 总计 | 99.50 | 总计 | 99.50 |\n\n"
        "一、收入支出决算总体情况说明\n\n2022年度收入支出总计0万元。\n"
    )
    found = findings(analyse(document_of(text, "x", "0")))
    assert [(one.stated, one.remedy) for one in found if one.severity is Severity.ERROR] == [("0万元", "应为99.50万元")]


def test_a_bound_is_no_equality() -> None:
    cell = Cell(1, 1, "1.254", value=Value(Decimal("1.254"), Decimal(1), 3, Kind.NUMBER, ""))
    table = Table("t1", "自评表", "other", (cell,), 1, 1)
    outcome = CheckOutcome(
        *("o1", "F-target", Status.INCONSISTENT, ("t1.r1.c1",), "1.254", "1.600"),
        severity=Severity.DOUBTFUL,
        bound="at_least",
    )
    analysis = Analysis(Document("x", "0", "text/plain", "", tables=(table,)), outcomes=(outcome,))
    assert [one.remedy for one in findings(analysis)] == ["不应低于1.600"]
    equal = replace(analysis, outcomes=(replace(outcome, bound=None),))
    assert [one.remedy for one in findings(equal)] == ["应为1.600"]


def test_findings_come_by_severity_and_in_the_order_of_the_document(
    analysed: Callable[[Path], Analysis], sample: Path
) -> None:
    found = findings(analysed(sample))
    assert [one.order for one in found] == sorted(one.order for one in found)
    assert {one.severity for one in found} >= {Severity.ERROR, Severity.ROUNDING}
    only = with_severity(found, [Severity.ROUNDING])
    assert only == tuple(one for one in found if one.severity is Severity.ROUNDING)
    assert [one.remedy for one in only] == ["", "", ""]


def test_a_figure_is_quoted_in_its_sentence_and_a_cell_by_its_labels(
    analysed: Callable[[Path], Analysis], sample: Path
) -> None:
    total, share, *_ = findings(analysed(sample))
    assert str(total.subject.place) == "表3《支出按经济分类情况表》第9行“本年支出合计”第2列“决算数”"
    assert total.subject.quote == ""
    assert share.subject.quote == "事业收入38,642.17万元，占88.96%；"
    assert share.operands[1].quote == "本年收入合计44,330.43万元，其中：财政拨款收入4,…"
    text = analysed(sample).document.text
    assert text[share.subject.start : share.subject.end] == "88.96%"
