from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from gouji.errors import ResourceError
from gouji.resources import check_registry
from gouji.resources.check_registry import FILE, SCHEMA, load
from gouji.resources.loading import read_yaml


@pytest.fixture
def content(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A copy of the file's content that the loader reads instead."""
    changed = deepcopy(read_yaml(FILE, SCHEMA))
    monkeypatch.setattr(check_registry, "read_yaml", lambda name, schema: changed)
    load.cache_clear()
    yield changed
    load.cache_clear()


def test_a_misspelt_key_of_a_check_is_refused(content: dict[str, Any]) -> None:
    content["checks"][0]["part"] = ["basic"]
    with pytest.raises(ResourceError, match=r"T-row-expenditure.*part"):
        load()


def test_an_unknown_shape_is_refused(content: dict[str, Any]) -> None:
    content["checks"][0]["shape"] = "sums"
    with pytest.raises(ResourceError, match=r"unknown shape 'sums'"):
        load()


def test_an_unknown_subject_is_refused(content: dict[str, Any]) -> None:
    next(row for row in content["checks"] if row["id"] == "X-total")["subject"] = "sum"
    with pytest.raises(ResourceError, match=r"X-total.*unknown subject 'sum'"):
        load()


def test_there_are_no_more_than_a_dozen_shapes_of_rules() -> None:
    assert {check.shape for check in load().checks} == set(check_registry.SUBJECTS)
    assert len(check_registry.SUBJECTS) <= 12


def test_an_unknown_concept_is_refused(content: dict[str, Any]) -> None:
    content["checks"][0]["parts"] = ["basics"]
    with pytest.raises(ResourceError, match=r"unknown concept 'basics'"):
        load()


def test_an_unknown_measure_is_refused(content: dict[str, Any]) -> None:
    next(row for row in content["checks"] if row["id"] == "F-total-max")["of"] = "points"
    with pytest.raises(ResourceError, match=r"unknown measure 'points'"):
        load()


def test_an_unknown_severity_is_refused(content: dict[str, Any]) -> None:
    content["checks"][0]["severity"] = "fatal"
    with pytest.raises(ResourceError, match=r"unknown severity 'fatal'"):
        load()


def test_a_check_without_a_source_is_refused(content: dict[str, Any]) -> None:
    del content["checks"][0]["source"]
    with pytest.raises(ResourceError, match=r"T-row-expenditure.*no 'source'"):
        load()


def test_a_check_that_is_declared_twice_is_refused(content: dict[str, Any]) -> None:
    content["checks"].append(deepcopy(content["checks"][0]))
    with pytest.raises(ResourceError, match=r"'T-row-expenditure' is declared twice"):
        load()


def test_a_name_of_two_concepts_is_refused(content: dict[str, Any]) -> None:
    content["concepts"].append({"id": "another", "names": ["公务接待费"]})
    with pytest.raises(ResourceError, match=r"'公务接待费' of 'another' already belongs to 'reception'"):
        load()


def test_a_concept_that_is_declared_twice_is_refused(content: dict[str, Any]) -> None:
    content["concepts"].append({"id": "basic", "names": ["某支出"]})
    with pytest.raises(ResourceError, match=r"'basic' is declared twice"):
        load()


@pytest.mark.parametrize(
    ("label", "concept"),
    [
        ("一、一般公共预算财政拨款收入", "general_budget"),
        ("（1）公务用车购置费", "vehicle_purchase"),
        ("因公出国(境)费用", "abroad"),
        ("“三公”经费合计", "three_public"),
        ("年初财政拨款结转和结余", "opening_balance"),
        ("收　入", "side_income"),
        ("功能分类科目编码", "code_column"),
        ("总计", "grand_total"),
        ("教育支出", None),
        ("合计数据说明", None),
    ],
)
def test_meaning_of_labels(label: str, concept: str | None) -> None:
    assert load().concepts.of(label) == concept


@pytest.mark.parametrize(
    ("title", "caliber"),
    [
        ("收入支出决算总表", "all"),
        ("财政拨款收入支出决算总表", "fiscal"),
        ("一般公共预算财政拨款支出决算表", "general"),
        ("政府性基金预算财政拨款收入支出决算表", "government_fund"),
        ("国有资本经营预算财政拨款支出决算表", "state_capital"),
        ("一般公共预算财政拨款“三公”经费支出决算表", "three_public"),
        ("项目支出绩效自评表", "project"),
    ],
)
def test_caliber_of_tables_by_their_titles(title: str, caliber: str) -> None:
    assert load().caliber_of(title) == caliber
