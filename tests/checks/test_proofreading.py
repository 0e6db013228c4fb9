"""Checks of form: what they mark and what they leave alone, and that a well-made report stays silent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.analysis import analyse
from gouji.checks.proofreading import SHAPES
from gouji.checks.proofreading.names import difference
from gouji.errors import ResourceError
from gouji.findings import findings
from gouji.model.document import Document
from gouji.model.outcomes import Analysis, CheckOutcome, Severity, Status
from gouji.readers.txt import document_of
from gouji.resources.proofreading import SHAPES as DECLARED
from gouji.resources.proofreading import _check, load_proofreading

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "proofreading.yaml").read_text("utf-8")
)
PLAIN = "一、收入\n\n本年收入合计100.00万元。\n"


def outcomes(text: str, check: str) -> list[CheckOutcome]:
    return [o for o in analyse(document_of(text, "x", "0")).outcomes if o.check == check]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['check']}-{'|'.join(case['marks']) or 'silent'}")
def test_a_check_marks_exactly_these_words(case: dict[str, Any]) -> None:
    assert set(case) == {"check", "text", "marks"}
    found = outcomes(case["text"], case["check"])
    assert [o.stated for o in found if o.status is Status.INCONSISTENT] == case["marks"]
    for one in found:
        if one.status is Status.INCONSISTENT:
            assert one.start is not None
            assert one.end is not None
            assert " ".join(case["text"][one.start : one.end].split()) == one.stated
            assert one.severity is next(c.severity for c in load_proofreading() if c.id == one.check)
            assert one.stated in one.message


@pytest.mark.parametrize("check", [check.id for check in load_proofreading()])
def test_every_check_has_a_case_that_it_marks_and_one_that_it_leaves(check: str) -> None:
    own = [case["marks"] for case in CASES if case["check"] == check]
    assert any(own)
    assert not all(own)


@pytest.mark.parametrize("check", [check.id for check in load_proofreading()])
def test_every_check_answers_once_where_there_is_nothing_to_mark(check: str) -> None:
    (answer,) = outcomes(PLAIN, check)
    assert answer.status in (Status.CONSISTENT, Status.NOT_CHECKED)
    assert (answer.reason is None) == (answer.status is Status.CONSISTENT)


@pytest.mark.parametrize(
    ("check", "right"),
    [
        ("W-choice", "增长5.26%"),
        ("W-organisation", "泽川县农业农村局"),
        ("W-title-year", "2022年"),
        ("W-zero-base", None),
    ],
)
def test_what_should_stand_there_is_told_where_it_is_known(check: str, right: str | None) -> None:
    texts = {"W-choice": "一、收入\n\n本年收入100.00万元，比上年增加5.00万元，下降（增长）5.26%。\n"}
    text = texts.get(check) or next(case["text"] for case in CASES if case["check"] == check and case["marks"])
    assert [o.computed for o in outcomes(text, check)][0] == right


def test_opposite_words_are_quoted_not_corrected() -> None:
    (one,) = outcomes("一、支出\n\n公务接待费比上年减少3.00万元，增长5.00%。\n", "W-opposite")
    assert one.computed is None
    assert one.message == "“增长5.00%”与同一变动的“比上年减少3.00万元”方向相反"


def test_many_slips_of_one_kind_are_one_mark_with_a_count() -> None:
    (one,) = outcomes("一、收入\n\n（图1）（柱状图）\n\n（图2）（饼图）\n\n（图3）（饼图）\n", "W-chart")
    assert one.stated == "（柱状图）"
    assert one.message.endswith("（此类另有2处）")


def test_form_findings_come_after_the_numeric_ones_and_have_a_place() -> None:
    text = "第一部分 XX部门概况\n\n一、收入\n\n本年收入合计100.00万元，其中：其他收入40.00万元，占45.00%。\n"
    found = findings(analyse(document_of(text, "x", "0")))
    assert [(f.severity, f.check) for f in found] == [(Severity.ERROR, "N-share"), (Severity.FORM, "W-placeholder")]
    assert [str(f.subject.place) for f in found] == ["XX部门概况 › 收入，第5行", "XX部门概况，第1行"]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("农业农材局", "农业农村局", "材村"),
        ("农业农村村局", "农业农村局", "村"),
        ("农业村农局", "农业农村局", "村农"),
        ("农业农村局", "农业农村局", ""),
        ("农业局", "农业农村局", None),
        ("", "局", "局"),
    ],
)
def test_a_slip_of_the_pen_is_one_character_or_two_in_wrong_order(left: str, right: str, expected: str | None) -> None:
    assert difference(left, right) == expected


def test_every_shape_is_used_and_written() -> None:
    assert set(SHAPES) == DECLARED == {check.shape for check in load_proofreading()}


ROW = {"id": "W-x", "shape": "pattern", "title": "t", "source": "s", "message": "m"}


@pytest.mark.parametrize(
    "wrong",
    [{"shape": "other"}, {"colour": "red"}, {"in": ["footnote"]}, {"patterns": ["("]}, {"patterns": ["a*"]}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_row_that_is_not_well_formed_is_refused(wrong: dict[str, Any]) -> None:
    _check(ROW)
    with pytest.raises(ResourceError, match="W-x"):
        _check({**ROW, **wrong})


FORMS = {
    "hubei-police-2022": [("W-wording", "大小于")],
    "hunan-court-2022": [("W-placeholder", "XX")],
    "sichuan-agriculture-2022": [("W-chart", "（柱状图）")],
}
"""Slips of form in the shipped documents of the split ``dev``: all of them, and nothing else is marked."""


def test_well_made_documents_stay_silent(dev_document: Document) -> None:
    found = findings(analyse(dev_document))
    marks = [(one.check, one.stated) for one in found if one.check.startswith("W-")]
    assert marks == FORMS.get(dev_document.name, [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("putuo-finance-2024", []),
        (
            "putuo-finance-2024-with-errors",
            [
                *[("W-contents", 2), ("W-placeholder", 7), ("W-empty-table", 15)],
                *[("W-title-year", 18), ("W-doubled", 25)],
            ],
        ),
    ],
)
def test_a_published_report_and_its_version_with_errors(
    analysed: Callable[[Path], Analysis], shared: Path, name: str, expected: list[tuple[str, int]]
) -> None:
    path = shared / "corpora" / "real" / f"{name}.pdf"
    if not path.is_file():
        pytest.skip(f"{path.name} is not in 'shared/corpora/real' beside the project")
    found = [f for f in findings(analysed(path)) if f.severity is Severity.FORM]
    assert [(f.check, f.subject.place.page if f.subject.place else None) for f in found] == expected
