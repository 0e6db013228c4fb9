"""Kinds of tables as data: titles, signatures, and a strict loader."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from gouji.errors import ResourceError
from gouji.resources import table_kinds
from gouji.resources.loading import read_text


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("收入支出决算总表", "income_expenditure_summary"),
        ("公开02表 收入决算表", "income"),
        ("财政拨款收入支出决算总表", "fiscal_appropriation_summary"),
        ("一般公共预算财政拨款支出决算表", "general_budget_expenditure"),
        ("一般公共预算财政拨款基本支出决算表", "general_budget_basic"),
        ('2022年度财政拨款"三公"经费支出决算表', "three_public"),
        ("「三公」经费、机关运行经费支出决算表", "three_public"),
        ("政府性基金预算财政拨款收入支出决算表", "government_fund"),
        ("国有资本经营预算财政拨款支出决算表", "state_capital"),
        ("（2021年度）项目支出绩效自评表", "self_evaluation"),
        ("某区一般公共预算收入决算表", "whole_government_income"),
        ("人员花名册", None),
    ],
)
def test_kind_by_title(title: str, kind: str | None) -> None:
    assert table_kinds.load().by_title(title) == kind


def test_kind_by_header() -> None:
    kinds = table_kinds.load()
    assert kinds.by_header(["项目", "本年收入合计", "财政拨款收入", "上级补助收入"]) == "income"
    assert kinds.by_header(["项目", "预算数"]) is None


def test_every_alias_leads_to_its_own_kind() -> None:
    kinds = table_kinds.load()
    assert {alias: kinds.by_title(alias) for kind in kinds.kinds for alias in kind.aliases} == {
        alias: kind.id for kind in kinds.kinds for alias in kind.aliases
    }


def _change(content: dict[str, Any], change: str) -> None:
    first, second = content["kinds"][0], content["kinds"][1]
    if change == "unknown key":
        first["titles"] = ["x"]
    elif change == "no source":
        del first["source"]
    elif change == "kind twice":
        second["id"] = first["id"]
    elif change == "alias of two kinds":
        second["aliases"] = [first["aliases"][0] + " "]
    elif change == "empty list":
        first["aliases"] = []
    elif change == "group missing":
        del content["words"]["total"]
    elif change == "word twice":
        content["form"]["score"] = ["得分", "得分"]


@pytest.mark.parametrize(
    "change",
    ["unknown key", "no source", "kind twice", "alias of two kinds", "empty list", "group missing", "word twice"],
)
def test_loader_refuses(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = yaml.safe_load(read_text(table_kinds.FILE))
    _change(content, change)
    monkeypatch.setattr(table_kinds, "read_yaml", lambda name, schema: content)
    with pytest.raises(ResourceError, match=r"table_kinds\.yaml"):
        table_kinds.load.__wrapped__()
