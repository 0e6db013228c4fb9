"""The lexicon of facts and its strict loader."""

from __future__ import annotations

from typing import Any

import pytest

from gouji.errors import ResourceError
from gouji.facts.tokens import LETTERS
from gouji.resources.lexicon import UNSCANNED, VALUES, fold, lexicon, load


def rows(*entries: dict[str, Any], kind: str = "direction") -> dict[str, Any]:
    return {"groups": [{"kind": kind, "source": "a page", "rows": list(entries)}]}


UP = {"id": "up", "value": "increase", "forms": ["增加"]}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"groups": []}, "no rows"),
        ({"groups": [{"kind": "direction", "rows": [UP]}]}, "'source'"),
        ({"groups": [{"kind": "direction", "source": "", "rows": [UP]}]}, "'source'"),
        (rows(UP, kind="directions"), "unknown kind 'directions'"),
        (rows({**UP, "colour": 1}), "'up': unknown or missing keys"),
        (rows({"id": "up", "value": "increase"}), "'up': unknown or missing keys"),
        (rows({**UP, "value": "up"}), "'up' is no value of kind 'direction'"),
        (rows({**UP, "flag": "odd"}), "unknown flag 'odd'"),
        (rows({**UP, "next": ["nothing"]}), "unknown kinds after it"),
        (rows(UP, UP), "duplicate id 'up'"),
        (rows({**UP, "forms": [" "]}), "a form is empty"),
        (rows({**UP, "forms": []}), "a form is empty"),
        (rows({**UP, "forms": ["增[加"]}), "do not match"),
        (rows(UP, {"id": "more", "value": "increase", "forms": ["增加"]}), "belongs to 'up' and to 'more'"),
        (rows({"id": "ago", "value": "last", "forms": ["上年"]}, kind="period"), "no value of kind 'period'"),
    ],
    ids=str,
)
def test_refuses(content: dict[str, Any], message: str) -> None:
    with pytest.raises(ResourceError, match=message):
        load(content)


def test_a_form_may_have_two_rows_if_one_has_a_condition() -> None:
    found = load(rows(UP, {"id": "if", "value": "decrease", "forms": ["增加"], "next": ["figure"]}))
    assert [row.id for row in found.by_form["增加"]] == ["if", "up"]


def test_forms_are_folded_and_written_out() -> None:
    found = load(rows({"id": "r", "value": "none", "forms": ["{增|减}（减）[数]"]}))
    assert sorted(found.by_form) == ["减(减)", "减(减)数", "增(减)", "增(减)数"]
    assert fold("增（减） 数") == "增(减)数"


def test_the_longest_form_wins() -> None:
    found = lexicon().pattern.finditer(fold("比增加（减少）多"))
    assert [(*match.span(), lexicon().by_form[match[0]][0].id) for match in found] == [
        (0, 1, "than"),
        (1, 7, "residue"),
        (7, 8, "increase-short"),
    ]


def test_every_kind_that_is_scanned_has_a_letter() -> None:
    assert set(VALUES) - UNSCANNED - {"mask"} == set(LETTERS)


def test_every_kind_has_rows() -> None:
    assert {row.kind for row in lexicon().rows} == set(VALUES)


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("项目支出", None),
        ("项目预算", "bare"),
        ("全年预算数", "adjusted"),
        ("计划成本", "initial"),
        ("预算执行率", "execution-rate"),
        ("结余率", "remainder-rate"),
        ("差异率", "variance-rate"),
        ("车均购置费", "average-name"),
        ("一般性支出压减", "policy-cut"),
    ],
)
def test_endings_of_names(name: str, ending: str | None) -> None:
    row = lexicon().ending(name)
    assert (row.id if row else None) == ending
