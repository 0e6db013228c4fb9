"""The file of joins, and what is refused in it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from gouji.errors import ResourceError
from gouji.resources.cause_joins import FILE, SCHEMA, build, cause_joins
from gouji.resources.loading import read_yaml


def test_staff_follows_from_a_reorganisation_and_not_from_pay() -> None:
    sources = cause_joins().after_comma["personnel"]
    assert "reorganisation" in sources
    assert "pay_policy" not in sources


@pytest.mark.parametrize("text", ["市场油价上涨", "物业保洁单价上调", "存款利率下行", "峰谷电价调整"])
def test_prices(text: str) -> None:
    assert cause_joins().prices.match(text)


@pytest.mark.parametrize("text", ["评价结果较好", "出车次数下降", "在职人员增加", "代价较大"])
def test_no_prices(text: str) -> None:
    assert cause_joins().prices.match(text) is None


def _without_sweeping(content: dict[str, Any]) -> None:
    del content["sweeping"]


def _with_an_unknown_source(content: dict[str, Any]) -> None:
    content["after_comma"]["event"].append("weather")


def _with_an_unknown_key(content: dict[str, Any]) -> None:
    content["after_comma"]["weather"] = ["event"]


def _with_an_unknown_coordinate(content: dict[str, Any]) -> None:
    content["coordinated"].append("weather")


@pytest.mark.parametrize(
    "spoil", [_without_sweeping, _with_an_unknown_source, _with_an_unknown_key, _with_an_unknown_coordinate]
)
def test_a_spoilt_file_is_refused(spoil: Callable[[dict[str, Any]], None]) -> None:
    content = deepcopy(read_yaml(FILE, SCHEMA))
    spoil(content)
    with pytest.raises(ResourceError, match="cause_joins.yaml: "):
        build(content)
