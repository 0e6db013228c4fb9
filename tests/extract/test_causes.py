"""Cause spans: invented sentences with inline marks (tests/cases/causes.yaml), and properties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.extract.causes import tag_causes
from gouji.extract.figures import tag_figures
from gouji.extract.indicators import tag_indicators
from gouji.model.document import Cell, Document, Passage, PassageKind, Section, Table
from gouji.model.facts import Mention
from gouji.model.spans import OffsetMap, Span

CASES = Path(__file__).parent.parent / "cases" / "causes.yaml"
SCHEMA = "gouji-cause-cases/1"
FINAL = "。，；：、！？,;:.!? \n"


@dataclass(frozen=True)
class Case:
    id: str
    text: str
    causes: tuple[Span, ...]


def read_case(row: dict[str, Any]) -> Case:
    """Take the marks out of a case; an unclosed or nested mark or an unknown key is an error."""
    if set(row) != {"id", "text"}:
        raise ValueError(f"{row.get('id')}: keys are {sorted(row)}")
    plain: list[str] = []
    spans: list[Span] = []
    start: int | None = None
    for char in row["text"]:
        if char == "⟦":
            if start is not None:
                raise ValueError(f"{row['id']}: mark inside a mark")
            start = len(plain)
        elif char == "⟧":
            if start is None or start == len(plain):
                raise ValueError(f"{row['id']}: mark closed that was not open, or empty")
            spans.append(Span(start, len(plain)))
            start = None
        else:
            plain.append(char)
    if start is not None:
        raise ValueError(f"{row['id']}: mark not closed")
    return Case(row["id"], "".join(plain), tuple(spans))


def load_cases(text: str) -> list[Case]:
    """Read a case file strictly."""
    content = yaml.safe_load(text)
    if not isinstance(content, dict) or set(content) != {"schema", "version", "cases"} or content["schema"] != SCHEMA:
        raise ValueError("not a file of cause cases")
    cases = [read_case(row) for row in content["cases"] or []]
    ids = [case.id for case in cases]
    if not cases or len(set(ids)) != len(ids):
        raise ValueError("no cases, or an id twice")
    return cases


def document_of(text: str) -> Document:
    """A document with one paragraph per line."""
    passages = [
        Passage(f"p{i}", PassageKind.PARAGRAPH, m[0], OffsetMap.identity(len(m[0]), m.start()))
        for i, m in enumerate(re.finditer("[^\n]+", text), start=1)
    ]
    return Document("case", "0", "text/plain", text, passages=tuple(passages))


def tag(document: Document) -> list[Mention]:
    figures = tag_figures(document)
    return tag_causes(document, figures, tag_indicators(document, figures))


@pytest.mark.parametrize("case", load_cases(CASES.read_text("utf-8")), ids=lambda c: c.id)
def test_finds_exactly_the_marked_causes(case: Case) -> None:
    found = tag(document_of(case.text))
    assert [case.text[m.span.start : m.span.end] for m in found] == [case.text[s.start : s.end] for s in case.causes]
    assert [m.span for m in found] == list(case.causes)


@pytest.mark.parametrize(
    "row",
    [
        {"id": "open", "text": "因为⟦停工"},
        {"id": "closed", "text": "因为停工⟧"},
        {"id": "empty", "text": "因为⟦⟧停工"},
        {"id": "nested", "text": "因为⟦停⟦工⟧⟧"},
        {"id": "key", "text": "因为", "cause": "停工"},
    ],
    ids=lambda r: r["id"],
)
def test_case_reader_refuses(row: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=row["id"]):
        read_case(row)


@pytest.mark.parametrize(
    "text", ["", "schema: other/1\nversion: 1\ncases: []", f"schema: {SCHEMA}\nversion: 1\ncases: []"]
)
def test_case_file_reader_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="cases"):
        load_cases(text)


@pytest.mark.parametrize(
    ("text", "cue", "confident"),
    [
        ("支出比上年减少9.00万元，主要原因是项目验收延后。", "主要原因是", True),
        ("支出比上年减少9.00万元，减少原因：项目验收延后。", "原因", True),
        ("支出比上年减少9.00万元，项目验收延后。", "", False),
        ("支出比上年减少9.00万元，这与项目验收延后有关。", "这与…有关", True),
    ],
)
def test_cue_and_confidence(text: str, cue: str, confident: bool) -> None:
    (mention,) = tag(document_of(text))
    assert mention.cue == cue
    assert mention.confidence is not None
    assert (mention.confidence > 0.9) is confident


def cell_document(head: str, text: str) -> Document:
    """A table with one heading and one cell below it, which is also a passage."""
    cells = (
        Cell(1, 1, head, 0, len(head), role="header"),
        Cell(2, 1, text, len(head) + 1, len(head) + 1 + len(text), col_path=(head,)),
    )
    table = Table("t1", "自评表", "self_evaluation", cells, 2, 1)
    passage = Passage("p1", PassageKind.CELL, text, OffsetMap.identity(len(text), len(head) + 1), cell="t1.r2.c1")
    return Document("case", "0", "text/plain", f"{head}\n{text}", passages=(passage,), tables=(table,))


REASON = "偏差原因分析及改进措施"


@pytest.mark.parametrize(
    ("head", "text", "causes"),
    [
        (REASON, "评审核减", ["评审核减"]),
        (REASON, "驾校学员变动大，要求驾校做好登记", ["驾校学员变动大"]),
        (REASON, "来访群众多，窗口人员少，增加窗口和值班人员", ["来访群众多，窗口人员少"]),
        (REASON, "因为汛期封路影响施工", ["汛期封路影响施工"]),
        (REASON, "合同价低于预算。今后将细化询价。", ["合同价低于预算"]),
        (REASON, "设备老化，个别数据丢失。下一步更换。", ["设备老化，个别数据丢失"]),
        (REASON, "数据应用不足，需加强研判。", ["数据应用不足"]),
        (REASON, "按季度据实结算，费用压缩.", ["按季度据实结算，费用压缩"]),
        (REASON, "偏差原因：招标时间较晚。改进措施：提前准备。", ["招标时间较晚"]),
        (REASON, "1.人员不足，加强招聘。2.场地未落实，尽快协调。", ["人员不足", "场地未落实"]),
        ("增减原因", "追加修缮经费", ["追加修缮经费"]),
        ("增减原因", "上级资金集中下达；返还收入增加", ["上级资金集中下达", "返还收入增加"]),
        ("变动原因说明", "退休两人", ["退休两人"]),
        (REASON, "无", []),
        (REASON, "0", []),
        (REASON, "/", []),
        (REASON, "无偏差", []),
        (REASON, "加强日常巡查", []),
        (REASON, "与预算持平", []),
        (REASON, "下一步加快支付", []),
        ("实际完成值", "评审核减", []),
        ("备注", "评审核减", []),
    ],
)
def test_reason_cells(head: str, text: str, causes: list[str]) -> None:
    document = cell_document(head, text)
    found = tag(document)
    assert [document.text[m.span.start : m.span.end] for m in found] == causes


def test_glossary_and_headings_are_not_searched() -> None:
    text = "支出比上年减少9.00万元，主要原因是项目延后。"
    whole = f"一、名词解释\n{text}\n"
    section = Section("s1", "名词解释", 2, 0, len(whole))
    heading = Passage("p1", PassageKind.HEADING, text, OffsetMap.identity(len(text), 8))
    inside = Passage("p2", PassageKind.PARAGRAPH, text, OffsetMap.identity(len(text), 8), section="s1")
    for passage in (heading, inside):
        document = Document("case", "0", "text/plain", whole, sections=(section,), passages=(passage,))
        assert tag(document) == []


def test_spans_count_in_the_source_of_a_broken_line() -> None:
    source = "支出比上年减少9.00万元，主要原因是项目\n  验收延后。"
    kept = [i for i, c in enumerate(source) if c not in "\n "]
    passage = Passage("p1", PassageKind.PARAGRAPH, "".join(source[i] for i in kept), OffsetMap.of_kept(kept))
    document = Document("case", "0", "text/plain", source, passages=(passage,))
    (found,) = tag(document)
    assert source[found.span.start : found.span.end] == "项目\n  验收延后"


def test_blanks_between_characters_do_not_hide_a_cue() -> None:
    text = "支出 比 上年 减少 9.00 万元 ， 主要 原因 是 来访 批次 减少 。"
    document = document_of(text)
    (found,) = tag(document)
    assert text[found.span.start : found.span.end] == "来访 批次 减少"
    assert found.cue == "主要原因是"


WORDS = (
    "支出 比上年 减少 增长 9.00万元 5% 3人 主要原因是 原因： 因 由于 系 随着 受疫情影响 一是 二是 项目延后 人员退休 "
    "设备老化 （ ） “ ” ， 。 ； ： 其中 所致 与 有关 1、 主要用于 导致 无"
)
PIECES = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=40)


@given(PIECES)
@settings(deadline=None, max_examples=200)
def test_causes_are_clean_and_apart(pieces: list[str]) -> None:
    document = document_of("".join(pieces))
    found = tag(document)
    last = 0
    for mention in found:
        words = document.text[mention.span.start : mention.span.end]
        assert mention.span.start >= last
        last = mention.span.end
        assert words
        assert words[0] not in FINAL
        assert words[-1] not in FINAL
        assert not words.startswith(("主要原因是", "原因："))
        assert mention.confidence is not None
        assert 0 < mention.confidence <= 1


@given(PIECES)
@settings(deadline=None, max_examples=50)
def test_the_same_text_gives_the_same_causes(pieces: list[str]) -> None:
    document = document_of("".join(pieces))
    assert tag(document) == tag(document)


@pytest.mark.parametrize(
    "piece", ["主要原因是", "因", "一是甲，", "（", "支出减少5%，因停工，", "与", "受", "之所以", "减少"]
)
def test_ten_thousand_repetitions_end(piece: str) -> None:
    text = piece * 10_000
    document = document_of(text)
    found = tag_causes(document, [], [])
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in found)
