"""What holds before a word is read: fiscal year, what 预算 alone means, columns of the self-evaluation form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.facts.assemble import assemble_facts
from gouji.facts.frames import bare_budget, fiscal_year
from gouji.model.document import Cell, Document, Passage, PassageKind, Table
from gouji.model.facts import Base, Fact, Label, Measure, Mention
from gouji.model.spans import OffsetMap, Span
from gouji.resources.lexicon import lexicon
from gouji.text.parsing import parse_figure


def document(text: str) -> Document:
    return Document("d", "0" * 64, "text/plain", text)


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("完成年初预算的90%", Base.INITIAL_BUDGET),
        ("全年预算数，年初预算数", Base.INITIAL_BUDGET),
        ("全 年 预 算 数", Base.ADJUSTED_BUDGET),
        ("调整预算数", Base.ADJUSTED_BUDGET),
        ("完成预算的90%", Base.INITIAL_BUDGET),
    ],
)
def test_what_budget_alone_means(text: str, base: Base) -> None:
    assert bare_budget(document(text), lexicon()) is base


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2022年度决算。2022年收入", 2022),
        ("2022年收入，较2021年增加，比2021年减少，与2021年相比", 2022),
        ("决算", None),
    ],
)
def test_fiscal_year_where_the_reader_gives_none(text: str, year: int | None) -> None:
    assert fiscal_year(document(text)) == year


def test_the_readers_fiscal_year_wins() -> None:
    assert fiscal_year(replace(document("2022年"), fiscal_year=2020)) == 2020


def form(column: str, text: str, figure: str) -> tuple[Document, list[Mention]]:
    """Build a form with one cell of running text under `column`, in a row whose number cell names 成本指标."""
    path = ("绩效指标", "产出指标", "成本指标", text)
    cells = (Cell(1, 1, text, 0, len(text), col_path=(column,)), Cell(1, 2, "5", row_path=path, role="number"))
    table = Table("t1", "自评表", "self_evaluation", cells, 1, 2, attributes={"project": "甲项目"})
    passage = Passage("p1", PassageKind.CELL, text, OffsetMap.identity(len(text)), cell="t1.r1.c1")
    found = Document("d", "0" * 64, "text/plain", text, passages=(passage,), tables=(table,), fiscal_year=2022)
    span = Span(text.index(figure), text.index(figure) + len(figure))
    mention = Mention("m1", Label.AMOUNT, span, "p1", span, value=parse_figure(figure))
    return found, [mention]


@pytest.mark.parametrize(
    ("column", "text", "measure"),
    [
        ("预期目标", "费用5万元", Measure.TARGET),
        ("实际完成情况", "费用5万元", Measure.ACTUAL),
        ("三级指标", "费用5万元", Measure.TARGET),
        ("三级指标", "预算5万元", Measure.ADJUSTED_BUDGET),
        ("三级指标", "不超出年初预算5万元", Measure.INITIAL_BUDGET),
        ("三级指标", "实际完成5万元", Measure.ACTUAL),
        ("预期目标", "完成年初预定目标，剩余5万元", Measure.ACTUAL),
        ("偏差原因分析", "费用5万元", Measure.TARGET),
    ],
)
def test_figures_of_a_form_by_their_column_and_words(column: str, text: str, measure: Measure) -> None:
    facts = assemble_facts(*form(column, text, "5万元"))
    assert [(fact.measure, fact.path) for fact in facts] == [(measure, ("甲项目", "成本指标"))]


def test_the_whole_fact_of_a_form() -> None:
    (fact,) = assemble_facts(*form("预期目标", "费用5万元", "5万元"))
    assert fact == Fact(
        "f1", "m1", None, ("甲项目", "成本指标"), Measure.TARGET, "2022", rule="plain_value", sentence=Span(0, 5)
    )
