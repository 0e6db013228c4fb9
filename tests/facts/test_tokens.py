"""Passages as lines of typed tokens: which letters stand for which words, and which words make no token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gouji.facts.tokens import tokenise
from gouji.resources.lexicon import lexicon

Build = Callable[[dict[str, Any]], Any]
# text with marks as in the cases of facts, and the letters of its lines
LINES = [
    ("2022年度{收入|#revenue}{5万元|actual @}，比上年减少{1万元|change @}。", ["TIA,PYDA."]),
    ("比2022年年初预算增加{1万元|change @}", ["PTBDA"]),
    ("完成年初预算的{90%|share @}", ["KBR"]),
    ("占年初预算的{90%|share @}", ["SBR"]),
    ("占支出合计的{90%|share @}", ["SR"]),
    ("占地{90亩|count @}", ["Q"]),
    ("占用资金{9万元|actual @}", ["A"]),
    ("增加（减少）{0万元|change @}", ["DA"]),
    ("（减）幅{2%|change @}", ["DR"]),
    ("较多，共{2万元|change @}", [",A"]),
    ("较计划少{2天|change @}", ["PMDQ"]),
    ("较定额标准少{2天|change @}", ["uDQ"]),
    ("较多地减少{2天|change @}", ["DQ"]),
    ("低于{95%|target @}的目标值", ["DRM"]),
    ("绩效目标{3个|count @}", ["Q"]),
    ("与{人员经费|#economic}{2万元|change @}", ["JIA"]),
    ("与上年相比，{2万元|change @}", ["PYL,A"]),
    ("由上年的{2万元|change @}增至{3万元|actual @}", ["OYAXA"]),
    ("一般公共预算财政拨款{2万元|change @}", ["A"]),
    ("预算执行率{2%|change @}", ["kR"]),
    ("增值税{2万元|change @}", ["A"]),
    ("高标准农田{2万元|change @}", ["A"]),
    ("未超过预算{2万元|change @}", ["BA"]),
    ("上年结转和结余{2万元|change @}", ["A"]),
    ("2022年12月31日，{2辆|count @}", ["T,Q"]),
    ("{行政运行|#function}（项）。{2万元|change @}", ["I.A"]),
    ("{“三公”经费决算数|#three_public}{2万元|change @}", ["IMA"]),
    ("{实有人数|#staffing}{2人|count @}", ["IMQ"]),
    ("增加了对甲乙丙丁戊己庚辛的拨款{2万元|change @}", ["D_A"]),
    ("{1万元|actual @}，{新购{2辆|count @}|!}，增加{3万元|change @}", ["A,Z,DA", "Q"]),
    ("{1万元|actual @}，{人员增加|!}。", ["A,Z."]),
]


@pytest.mark.parametrize(("text", "letters"), LINES, ids=[text for text, _ in LINES])
def test_letters_of_a_passage(text: str, letters: list[str], build_case: Build) -> None:
    case = build_case({"id": "x", "text": text})
    lines = tokenise(case.document.passages[0], case.mentions, 2022, lexicon())
    assert [line.letters for line in lines] == letters


def test_the_year_before_the_fiscal_year_has_its_own_letter(build_case: Build) -> None:
    case = build_case({"id": "x", "text": "2021年{5万元|actual @}"})
    letters = [
        tokenise(case.document.passages[0], case.mentions, year, lexicon())[0].letters for year in (2022, 2021, None)
    ]
    assert letters == ["YA", "TA", "TA"]


def test_levels_behind_and_inside_names(build_case: Build) -> None:
    text = (
        "“{组织事务|#function}”（款，下同）{5万元|actual @}，{教育支出（类）普通教育（款）|#function}{6万元|actual @}"
    )
    case = build_case({"id": "x", "text": text})
    (line,) = tokenise(case.document.passages[0], case.mentions, 2022, lexicon())
    assert [(token.letter, token.level) for token in line.tokens if token.letter == "I"] == [("I", "款"), ("I", "款")]
