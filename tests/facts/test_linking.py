"""What a cause explains: invented sentences with hand-made facts (tests/cases/cause_links.yaml), and table rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.facts.explained_cells import cells_explained
from gouji.facts.linking import link_causes
from gouji.model.document import Cell, Document, Passage, PassageKind, Table
from gouji.model.facts import Base, Direction, Fact, Label, Measure, Mention
from gouji.model.spans import OffsetMap, Span

CASES = Path(__file__).parent.parent / "cases" / "cause_links.yaml"
SCHEMA = "gouji-cause-link-cases/1"
MARK = re.compile(r"\{(?P<fact>[^|{}]+)\|(?P<figure>[^{}]+)\}|⟦|⟧\((?P<explains>[^()]*)\)")


@dataclass(frozen=True)
class Case:
    id: str
    document: Document
    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...]
    explains: tuple[tuple[str, ...], ...]


def read_case(row: dict[str, str]) -> Case:
    """Build the document, mentions and facts of a case; marks that do not close are an error."""
    if set(row) != {"id", "text"}:
        raise ValueError(f"{row.get('id')}: keys are {sorted(row)}")
    plain = ""
    at = 0
    opened: int | None = None
    figures: list[tuple[str, Span]] = []
    causes: list[tuple[Span, tuple[str, ...]]] = []
    for mark in MARK.finditer(row["text"]):
        plain += row["text"][at : mark.start()]
        at = mark.end()
        if mark["fact"]:
            figures.append((mark["fact"], Span(len(plain), len(plain) + len(mark["figure"]))))
            plain += mark["figure"]
        elif mark[0] == "⟦":
            opened = len(plain)
        elif opened is None:
            raise ValueError(f"{row['id']}: mark closed that was not open")
        else:
            causes.append((Span(opened, len(plain)), tuple(mark["explains"].split())))
            opened = None
    plain += row["text"][at:]
    if opened is not None or not causes or any(c in plain for c in "{}⟦⟧"):
        raise ValueError(f"{row['id']}: a mark is not closed, or nothing is marked")
    lines = [(m.start(), m[0]) for m in re.finditer("[^\n]+", plain)]
    passages = tuple(
        Passage(f"p{i}", PassageKind.PARAGRAPH, line, OffsetMap.identity(len(line), start))
        for i, (start, line) in enumerate(lines, start=1)
    )
    document = Document("case", "0", "text/plain", plain, passages=passages)

    def mention(name: str, label: Label, span: Span) -> Mention:
        passage = document.passage_at(span)
        assert passage is not None
        start = passage.span.start
        return Mention(name, label, span, passage.id, Span(span.start - start, span.end - start))

    mentions = [mention(f"m{written.split()[0]}", Label.AMOUNT, span) for written, span in figures]
    mentions += [mention(f"k{i}", Label.CAUSE, span) for i, (span, _) in enumerate(causes, start=1)]
    return Case(
        row["id"], document, tuple(mentions), tuple(read_fact(f) for f, _ in figures), tuple(e for _, e in causes)
    )


def read_fact(written: str) -> Fact:
    """``f1 基本支出 change prior_year decrease``."""
    name, indicator, measure, *rest = written.split()
    base = Base(rest[0]) if rest else Base.NONE
    direction = Direction(rest[1]) if len(rest) > 1 else Direction.NONE
    return Fact(name, f"m{name}", None, (indicator,), Measure(measure), "2023", base, direction)


def load_cases() -> list[Case]:
    content = yaml.safe_load(CASES.read_text("utf-8"))
    assert set(content) == {"schema", "version", "cases"}
    assert content["schema"] == SCHEMA
    cases = [read_case(row) for row in content["cases"]]
    assert len({c.id for c in cases}) == len(cases) > 20
    return cases


@pytest.mark.parametrize("case", load_cases(), ids=lambda c: c.id)
def test_links_each_cause_to_the_facts_it_explains(case: Case) -> None:
    found = link_causes(case.document, case.mentions, case.facts)
    assert [c.explains for c in found] == list(case.explains)
    assert [c.id for c in found] == [f"c{i}" for i in range(1, len(found) + 1)]


@pytest.mark.parametrize("text", ["⟦停工", "停工⟧()", "{f1 支出 actual|3万元⟦停工⟧()", "停工"])
def test_case_reader_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="wrong"):
        read_case({"id": "wrong", "text": text})


HEADS = ("三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")


def form(row: tuple[str, ...], heads: tuple[str, ...] = HEADS) -> Document:
    """A table with one row under its headings."""
    cells = [Cell(1, c, head, role="header") for c, head in enumerate(heads, start=1)]
    cells += [
        Cell(2, c, text, col_path=(head,)) for c, (head, text) in enumerate(zip(heads, row, strict=True), start=1)
    ]
    table = Table("t1", "自评表", "self_evaluation", tuple(cells), 2, len(heads))
    return Document("case", "0", "text/plain", "", tables=(table,))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("演练次数", "4次", "3次", "10", "7.5", "汛期改期"), ("t1.r2.c3", "t1.r2.c5")),
        (("演练次数", "4次", "4次", "10", "9", "资料不全"), ("t1.r2.c5",)),
        (("演练次数", "4次", "5次", "10", "10", "上级加派"), ("t1.r2.c3",)),
        (("演练次数", "4次", "4次", "10", "10", "按期完成两次"), ("t1.r2.c3", "t1.r2.c5")),
    ],
    ids=["both-short", "score-short", "more-than-planned", "neither"],
)
def test_a_reason_in_a_form_explains_outcome_and_score(row: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert cells_explained(form(row), "t1.r2.c6") == expected


def test_a_reason_in_another_table_explains_the_change() -> None:
    document = form(("公用经费", "90", "80", "-10", "压减会议"), ("项目", "上年数", "本年数", "增减额", "增减原因"))
    assert cells_explained(document, "t1.r2.c5") == ("t1.r2.c4",)


def test_a_reason_in_an_unknown_table_explains_nothing() -> None:
    assert cells_explained(form(("甲", "乙"), ("名称", "原因")), "t1.r2.c2") == ()
    assert cells_explained(form(("甲", "乙"), ("名称", "原因")), "t9.r2.c2") == ()


@given(
    st.lists(
        st.sampled_from(["{f%d 支出 change prior_year decrease|3万元}", "⟦停工%d⟧()", "，", "。", "；", "\n"]),
        max_size=30,
    )
)
@settings(deadline=None, max_examples=100)
def test_every_cause_is_linked_once_and_only_to_facts(pieces: list[str]) -> None:
    text = "".join(p % i if "%" in p else p for i, p in enumerate(pieces)) + "⟦停工⟧()"
    case = read_case({"id": "any", "text": text})
    causes = link_causes(case.document, case.mentions, case.facts)
    known = {f.id for f in case.facts}
    assert [c.span for c in causes] == [m.id for m in case.mentions if m.label is Label.CAUSE]
    assert all(set(c.explains) <= known for c in causes)
