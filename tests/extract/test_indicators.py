"""Indicator mentions: invented sentences with inline marks (cases/indicators.yaml), sections, cells, properties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gouji.extract.figures import tag_figures
from gouji.extract.indicators import tag_indicators
from gouji.model.document import Cell, Document, Passage, PassageKind, Section, Table
from gouji.model.spans import OffsetMap
from gouji.resources.gazetteer import gazetteer
from gouji.resources.gazetteer_loading import TYPES

CASES = Path(__file__).parent.parent / "cases" / "indicators.yaml"
MARK = re.compile(r"⟦([^⟦⟧|]+)\|([a-z_]+)(?:\|([^⟦⟧|]+))?⟧")

Expected = tuple[int, str, str, str]
"""Start in the text, text of the mention, type, canonical name."""


@dataclass(frozen=True)
class Case:
    id: str
    text: str
    expected: tuple[Expected, ...]
    title: str = ""


def read_case(raw: dict[str, Any]) -> Case:
    """Cut the marks out of a case's text; refuse one that is not closed, not known or empty."""
    if not {"id", "text"} <= set(raw) <= {"id", "text", "title"} or not raw["text"]:
        raise ValueError(f"case {raw.get('id')!r}: expected id, text and perhaps title, found {sorted(raw)}")
    text, expected, at = "", [], 0
    for mark in MARK.finditer(raw["text"]):
        text += raw["text"][at : mark.start()]
        name, kind, canonical = mark.groups()
        if kind not in TYPES:
            raise ValueError(f"case {raw['id']!r}: type {kind!r} is not in the guidelines")
        expected.append((len(text), name, kind, canonical or name))
        text, at = text + name, mark.end()
    text += raw["text"][at:]
    if re.search(r"[⟦⟧|]", text):
        raise ValueError(f"case {raw['id']!r}: a mark is not closed")
    return Case(raw["id"], text, tuple(expected), raw.get("title", ""))


def load_cases() -> list[Case]:
    content = yaml.safe_load(CASES.read_text("utf-8"))
    if content["schema"] != "gouji-indicator-cases/1" or not content["cases"]:
        raise ValueError(f"{CASES.name}: no cases of the schema")
    cases = [read_case(raw) for raw in content["cases"]]
    if len({case.id for case in cases}) != len(cases):
        raise ValueError(f"{CASES.name}: duplicate ids")
    return cases


def document_of(*lines: str, kinds: tuple[PassageKind, ...] = (), title: str = "", cell: bool = False) -> Document:
    """A document of a passage a line, all in one section."""
    text = "\n".join(lines)
    passages, at = [], 0
    for number, line in enumerate(lines, start=1):
        kind = kinds[number - 1] if kinds else PassageKind.CELL if cell else PassageKind.PARAGRAPH
        where = "t1.r1.c1" if cell else None
        passages.append(Passage(f"p{number}", kind, line, OffsetMap.identity(len(line), at), "s1", where))
        at += len(line) + 1
    tables = (
        (Table("t1", "", "self_evaluation", (Cell(1, 1, text, row_path=("产出指标", "质量指标")),), 1, 1),)
        if cell
        else ()
    )
    sections = (Section("s1", title, 1, 0, len(text)),)
    return Document("d", "", "text/plain", text, sections, tuple(passages), tables)


def found_in(document: Document) -> tuple[Expected, ...]:
    """Mentions as cases write them."""
    mentions = tag_indicators(document, tag_figures(document))
    return tuple((m.span.start, document.text[m.span.start : m.span.end], m.type or "", m.name or "") for m in mentions)


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.id)
def test_exactly_the_marked_names_are_found(case: Case) -> None:
    assert found_in(document_of(case.text, title=case.title)) == case.expected


@pytest.mark.parametrize(
    "raw",
    [
        {"id": "open", "text": "⟦收入合计|revenue 3万元"},
        {"id": "unknown-type", "text": "⟦收入合计|income⟧3万元"},
        {"id": "empty", "text": ""},
        {"id": "extra", "text": "3万元", "note": ""},
    ],
    ids=lambda raw: raw["id"],
)
def test_case_reader_refuses(raw: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=raw["id"]):
        read_case(raw)


def test_glossary_section_has_no_mentions() -> None:
    document = document_of(
        "基本支出：指为保障机构运转而发生的支出，如3.00万元的公用经费3.00万元。", title="专业名词解释"
    )
    assert found_in(document) == ()


def test_caption_has_no_mentions() -> None:
    assert found_in(document_of("公务接待费3.00万元", kinds=(PassageKind.CAPTION,))) == ()


def test_name_that_stands_only_in_the_heading_is_tagged_there() -> None:
    document = document_of(
        "3.公务接待费",
        "2022年决算数1.00万元，比年初预算减少0.20万元。",
        kinds=(PassageKind.HEADING, PassageKind.PARAGRAPH),
    )
    assert found_in(document) == ((2, "公务接待费", "three_public", "公务接待费"),)


def test_section_heading_names_the_topic_of_a_text_that_does_not() -> None:
    document = document_of(
        "二、机关运行经费支出情况说明",
        "2023年支出8.60万元，比上年减少0.40万元。",
        kinds=(PassageKind.HEADING, PassageKind.PARAGRAPH),
    )
    assert found_in(document) == ((2, "机关运行经费", "operating", "机关运行经费"),)


def test_heading_names_no_count_of_units() -> None:
    document = document_of(
        "一、“三公”经费情况", "包括本部门所属2个事业单位。", kinds=(PassageKind.HEADING, PassageKind.PARAGRAPH)
    )
    assert found_in(document) == ()


def test_heading_is_left_alone_where_the_text_names_its_topic() -> None:
    document = document_of(
        "3.公务接待费", "2022年公务接待费决算数1.00万元。", kinds=(PassageKind.HEADING, PassageKind.PARAGRAPH)
    )
    assert found_in(document) == ((13, "公务接待费", "three_public", "公务接待费"),)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("配齐30名专职网格员，开展巡查", ((5, "专职网格员", "quality", "专职网格员"),)),
        ("12家民宿消防检查", ((3, "民宿消防检查", "quality", "民宿消防检查"),)),
        ("不超出年初预算50万元", ()),
        ("共计58.13万元", ()),
        ("委托检测站检测，费用2.90万元", ((8, "费用", "cost", "费用"),)),
    ],
)
def test_cells_name_what_is_counted_after_the_count(line: str, expected: tuple[Expected, ...]) -> None:
    assert found_in(document_of(line, cell=True)) == expected


def test_performance_text_counts_what_was_done() -> None:
    document = document_of("全年完成了18个重点改造项目工作。", title="部门绩效评价情况")
    assert found_in(document) == ((8, "重点改造项目", "quantity", "重点改造项目"),)


@pytest.mark.parametrize(
    ("line", "named"),
    [("1.湖东管网改造项目", True), ("（2）城乡居民医保补助：", True), ("1.总体情况", False), ("3.公务接待费", False)],
)
def test_line_of_its_own_names_the_project_of_the_text_behind_it(line: str, named: bool) -> None:
    found = found_in(document_of(line, "全年预算数5.00万元，执行数4.00万元，自评较好。", title="预算绩效情况说明"))
    assert [kind for _, _, kind, _ in found if kind == "project_funds"] == ["project_funds"] * named
    assert ("全年预算数" in [name for _, name, _, _ in found]) is not named


def test_running_text_elsewhere_does_not() -> None:
    assert found_in(document_of("全年完成了18个重点改造项目工作。", title="收入支出决算情况说明")) == ()


def test_without_figures_nothing_is_tagged() -> None:
    assert found_in(document_of("收入包括财政拨款收入、事业收入和其他收入。")) == ()


CONTEXT_ONLY = ("结余",)
NAMES = [e.name for e in gazetteer() if e.type in ("revenue", "total", "balance") and e.name not in CONTEXT_ONLY]


@given(st.sampled_from(sorted(NAMES)), st.decimals(min_value=0, max_value=99999, places=2))
def test_any_full_name_before_an_amount_is_tagged_whole(name: str, amount: object) -> None:
    entry = gazetteer().lookup(name)
    assert entry is not None
    assert found_in(document_of(f"2022年度{name}{amount}万元。")) == ((6, name, entry.type, name),)


@given(st.text(alphabet="收支总计、财政拨款入“三公”经费（类）款项占比的其中，。3万元%增加 \n", max_size=60))
def test_mentions_lie_inside_their_passage_and_do_not_overlap(text: str) -> None:
    line = text.replace("\n", " ")
    document = document_of(line)
    mentions = tag_indicators(document, tag_figures(document))
    ends = [0, *(m.span.end for m in mentions)]
    assert all(end <= m.span.start < m.span.end <= len(line) for end, m in zip(ends, mentions, strict=False))
