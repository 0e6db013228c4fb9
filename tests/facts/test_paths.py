"""Paths of facts: levels of the functional classification, heads of lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gouji.facts.assemble import assemble_facts
from gouji.facts.paths import split_chain
from gouji.facts.wholes import name_of_whole
from gouji.model.facts import Label, Mention
from gouji.model.spans import Span


def paths(build_case: Callable[[dict[str, Any]], Any], text: str) -> list[str]:
    case = build_case({"id": "x", "text": text})
    return ["/".join(fact.path) for fact in assemble_facts(case.document, case.mentions)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1、“{教育支出|#function}”（类）决算{3万元|actual @}。"
            "其中：“{进修及培训|#function}”（款，下同）决算{3万元|actual @}。",
            ["教育支出", "教育支出/进修及培训"],
        ),
        (
            "“{教育支出|#function}”（类）。\n“{进修及培训|#function}”（款）{3万元|actual @}。\n"
            "“{甲支出|#function}”（类）{3万元|actual @}。",
            ["教育支出/进修及培训", "甲支出"],
        ),
        (
            "{甲支出（类）乙事务（款）丙运行（项）=丙运行|#function}。年初预算{3万元|actual @}，"
            "{丁事业（项）=丁事业|#function}{3万元|actual @}。",
            ["甲支出/乙事务/丙运行", "甲支出/乙事务/丁事业"],
        ),
        ("20132-{组织事务|#function}{3万元|actual @}", ["一般公共服务支出/组织事务"]),
        (
            "{收入合计|#revenue}{3万元|actual @}，其中：{其他收入|#revenue}{3万元|actual @}，"
            "{结余|#balance}{3万元|actual @}",
            ["收入合计", "收入合计/其他收入", "结余"],
        ),
    ],
    ids=["level behind the name", "levels over paragraphs", "chain", "codes", "parts"],
)
def test_paths(text: str, expected: list[str], build_case: Callable[[dict[str, Any]], Any]) -> None:
    assert paths(build_case, text) == expected


@pytest.mark.parametrize(
    ("surface", "chain"),
    [
        ("教育支出（类）普通教育（款）小学教育（项）", [("类", "教育支出"), ("款", "普通教育"), ("项", "小学教育")]),
        ("教育支出（205类）普通教育（02款）", [("类", "教育支出"), ("款", "普通教育")]),
        ("教育支出(类) 普通教育", [("类", "教育支出"), ("", "普通教育")]),
        ("因公出国（境）费", [("", "因公出国(境)费")]),
    ],
)
def test_chains(surface: str, chain: list[tuple[str, str]]) -> None:
    assert split_chain(surface) == chain


HEAD = Mention("h", Label.INDICATOR, Span(0, 1), "p", Span(0, 1), name="一般公共预算财政拨款支出")
PART = Mention("q", Label.INDICATOR, Span(0, 1), "p", Span(0, 1), name="教育支出")


@pytest.mark.parametrize(
    ("text", "named", "head", "whole"),
    [
        ("", None, HEAD, "一般公共预算财政拨款支出"),
        ("", None, None, None),
        ("", None, PART, None),
        ("本年财政拨款支出", None, HEAD, "一般公共预算财政拨款支出"),
        ("总支出的", None, HEAD, "一般公共预算财政拨款支出"),
        ("甲费总额的", None, HEAD, "甲费总额"),
        ("本年支出合计的", HEAD, None, "一般公共预算财政拨款支出"),
    ],
)
def test_wholes(text: str, named: Mention | None, head: Mention | None, whole: str | None) -> None:
    assert name_of_whole(text, named, head, PART) == whole
