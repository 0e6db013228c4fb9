"""Sections by their headings, and what a document says of itself."""

from __future__ import annotations

import pytest

from gouji.model.document import PassageKind
from gouji.readers.marks import is_caption, is_note, is_page_number, is_title, numbering, unit_of_line
from gouji.readers.txt import document_of


def outline(text: str) -> list[str]:
    """Sections as ``id number title``."""
    return [f"{s.id} {s.number}{s.title}" for s in document_of(text, "x", "0").sections]


def test_headings_of_every_level_and_their_parents() -> None:
    text = (
        "第二部分 决算说明\n一、收入情况\n（一）总体情况。2022年度收入9.5万元。\n"
        "1．“教育支出”（类）。2022年度决算3万元。\n"
        "（1）培训2次。\n二、支出情况\n支出9万元。\n"
    )
    assert outline(text) == [
        "s1 第二部分决算说明",
        "s1.1 一、收入情况",
        "s1.1.1 （一）总体情况",
        "s1.1.1.1 1.“教育支出”（类）",
        "s1.1.1.1.1 （1）培训",
        "s1.2 二、支出情况",
    ]


def test_sections_end_where_the_next_of_their_rank_begins() -> None:
    text = "一、收入\n共3万元。\n（一）其他。\n二、支出\n共3万元。\n"
    document = document_of(text, "x", "0")
    assert [text[s.start : s.end] for s in document.sections] == [
        "一、收入\n共3万元。\n（一）其他。\n",
        "（一）其他。\n",
        "二、支出\n共3万元。\n",
    ]
    assert [s.title for s in document.heading_chain("s1.1")] == ["收入", "其他"]


def test_numbers_that_skip_or_mix_do_not_matter() -> None:
    text = "一、“三公”经费\n1.出国费。0万元。\n3.接待费。1万元。\n（二）用车费。2万元。\n三、绩效\n好。\n"
    assert outline(text) == [
        "s1 一、“三公”经费",
        "s1.1 1.出国费",
        "s1.2 3.接待费",
        "s1.3 （二）用车费",
        "s2 三、绩效",
    ]


def test_a_list_right_below_a_bare_heading_of_lower_rank_is_inside_it() -> None:
    text = "第四部分 绩效\n1、评价报告\n（一）概况\n好。\n（二）结论\n好。\n二、自评表\n无。\n"
    assert outline(text) == [
        "s1 第四部分绩效",
        "s1.1 1、评价报告",
        "s1.1.1 （一）概况",
        "s1.1.2 （二）结论",
        "s1.2 二、自评表",
    ]


@pytest.mark.parametrize(
    "contents",
    [
        "第一部分 概况\n一、主要职责\n第二部分 说明\n一、收入情况\n",
        "第一部分 概况 1\n一、主要职责 1\n第二部分 说明 3\n一、收入情况 3\n",
        "第一部分 概况……1\n一、主要职责……1\n第二部分 说明………3\n",
        "第一部分 概况……1　　第二部分 说明……2\n",
    ],
)
def test_contents_page_makes_no_sections(contents: str) -> None:
    body = "第一部分 概况\n一、主要职责\n管理教育。\n第二部分 说明\n一、收入情况\n收入3万元。\n"
    document = document_of("目录\n" + contents + body, "x", "0")
    assert [s.title for s in document.sections] == ["概况", "主要职责", "说明", "收入情况"]
    assert document.sections[0].start == len("目录\n" + contents)


def test_passages_know_their_section_and_kind() -> None:
    text = "一、收入情况\n（一）本级。收入3万元。\n注意事项如下。\n名词解释见后。\n"
    passages = document_of(text, "x", "0").passages
    assert [(p.kind, p.section) for p in passages] == [
        (PassageKind.HEADING, "s1"),
        (PassageKind.PARAGRAPH, "s1.1"),
        (PassageKind.PARAGRAPH, "s1.1"),
        (PassageKind.PARAGRAPH, "s1.1"),
    ]


@pytest.mark.parametrize(
    ("body", "number"),
    [("一、概况", "一、"), ("（三）概况", "（三）"), ("2.接待费", "2."), ("３．接待费", "３．"),
     ("（12）其他", "（12）"), ("第三部分 说明", "第三部分"),
     ("142.38 万元", None), ("15分钟", None), ("（项）", None), ("2022年", None), ("一是", None), ("第一批", None)],
)  # fmt: skip
def test_numbering(body: str, number: str | None) -> None:
    found = numbering(body)
    assert (found.number if found else None) == number


@pytest.mark.parametrize(
    ("body", "unit"),
    [("单位：万元", "万元"), ("（单位:元）", "元"), ("金额单位：万元", "万元"),
     ("编制单位：某局 2022年 单位：元", "元"), ("计量单位：亿元", "亿元"),
     ("本单位共有车辆3辆", None), ("单位负责人：某某", None)],
)  # fmt: skip
def test_unit_line(body: str, unit: str | None) -> None:
    assert unit_of_line(body) == unit


def test_marks_of_single_lines() -> None:
    assert [is_page_number(b) for b in ("—10—", "- 1 -", "第3页", "—", "2022", "10—12")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert [is_note(b) for b in ("注：本表为空。", "说明:无", "备注1：无", "说明如下", "情况说明：好")] == [
        True
    ] * 3 + [False] * 2
    assert [is_title(b) for b in ("收入决算表", "三、收入决算表", "详见附表，本表为空表", "代表")] == [
        True,
        False,
        False,
        True,
    ]
    assert [is_caption(b) for b in ("公开07表", "（2021年度）", "2021年", "附表3", "收入3万元")] == [
        True,
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("临江县水利局2022年度部门决算\n第一部分 概况\n", ("临江县水利局", 2022, "final_accounts")),
        (
            "第一部分 概况\n临江县水利局是县政府工作部门。\n第二部分 2021年度部门决算说明\n好。\n",
            ("临江县水利局", 2021, "final_accounts"),
        ),
        ("一、2024年部门预算编制说明\n二、2024年预算收支情况\n", (None, 2024, "budget")),
        ("2020年度“三公”经费支出情况说明\n“三公”经费支出3万元，比2019年减少1万元。\n", (None, 2020, "three_public")),
        ("天气很好。\n", (None, None, "other")),
    ],
)  # fmt: skip
def test_document_says_of_itself(text: str, says: tuple[str | None, int | None, str]) -> None:
    document = document_of(text, "x", "0")
    assert (document.organisation, document.fiscal_year, document.kind) == says
