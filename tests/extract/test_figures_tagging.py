"""Figures of passages become mentions with offsets of the document."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.extract.figures import tag_figures
from gouji.extract.tokens import tokenise_document
from gouji.model.document import Cell, Document, Passage, PassageKind, Table
from gouji.model.facts import FIGURES, Label
from gouji.model.spans import OffsetMap, Span
from gouji.model.values import Kind, Value
from gouji.readers import read

SOURCE = "一、收入\n本年收入3,104.\n20万元，单价50万元以上设备2台。\n1 3\n"


def document() -> Document:
    start = SOURCE.index("本年")
    end = SOURCE.index("\n1 3")
    kept = [i for i in range(start, end) if SOURCE[i] != "\n"]
    passage = Passage("p1", PassageKind.PARAGRAPH, "".join(SOURCE[i] for i in kept), OffsetMap.of_kept(kept), page=4)
    at = SOURCE.index("1 3")
    value = Value(Decimal(1), Decimal(1), 0, Kind.NUMBER, "")
    cells = (
        Cell(1, 1, "1", at, at + 1, value=value, role="number"),
        Cell(1, 2, "3", at + 2, at + 3, value=value, role="number"),
    )
    table = Table("t1", "", "other", cells, 1, 2, start=at, end=at + 3)
    return Document("made", "0" * 64, "text/plain", SOURCE, passages=(passage,), tables=(table,))


def test_mentions_point_into_the_document_across_a_line_break() -> None:
    mentions = tag_figures(document())
    assert [(SOURCE[m.span.start : m.span.end], m.label, m.page, m.passage) for m in mentions] == [
        ("3,104.\n20万元", Label.AMOUNT, 4, "p1"),
        ("2台", Label.QUANTITY, 4, "p1"),
    ]
    assert mentions[0].local == Span(4, 14)
    assert mentions[0].value == Value(Decimal("3104.20"), Decimal(10000), 2, Kind.MONEY, "万元")


def test_approximators_and_ranges_are_attributes() -> None:
    text = "约3万元，不低于90%，1-2次"
    made = Document(
        "made",
        "0" * 64,
        "text/plain",
        text,
        passages=(Passage("p1", PassageKind.PARAGRAPH, text, OffsetMap.identity(len(text))),),
    )
    assert [(m.approx, m.upper and m.upper.canonical, m.rule) for m in tag_figures(made)] == [
        ("about", None, "figure"),
        ("at_least", None, "figure"),
        (None, Decimal(2), "figure"),
    ]


def test_tokens_cover_the_document_and_keep_its_figures_whole() -> None:
    tokens = tokenise_document(document())
    assert "".join(t.text for t in tokens) == SOURCE
    assert [t.text for t in tokens if t.kind == "figure"] == ["3,104.\n20万元", "2台", "1", "3"]


def test_a_document_without_passages_has_no_figures() -> None:
    made = Document("made", "0" * 64, "text/plain", "")
    assert tag_figures(made) == []
    assert tokenise_document(made) == []


def test_both_engines_cut_documents_alike(dev_document: Document) -> None:
    pytest.importorskip("rjieba", reason="rjieba is an optional extra")
    tokens = tokenise_document(dev_document, engine="jieba")
    assert "".join(t.text for t in tokens) == dev_document.text
    assert tokenise_document(dev_document, engine="rjieba") == tokens


def scores(path: Path, gold: Path) -> dict[str, float]:
    """F1 of span and value by label."""
    found = tag_figures(read(path))
    wanted = json.loads(gold.read_text("utf-8"))["mentions"]
    out = {}
    for label in FIGURES:
        ours = {(m.span.start, m.span.end, m.value and m.value.canonical) for m in found if m.label is label}
        theirs = {(m["start"], m["end"], Decimal(m["value"])) for m in wanted if m["label"] == label}
        out[label.value] = 2 * len(ours & theirs) / (len(ours) + len(theirs))
    return out


def test_floors_on_the_real_report(real_report: Path, shared: Path) -> None:
    reached = scores(real_report, shared / "gold" / "fengtai-emergency-2021.gold.json")
    assert reached == {"AMOUNT": 1.0, "RATE": 1.0, "QUANTITY": pytest.approx(1.0, abs=0.03)}


def test_foreign_money_keeps_its_currency() -> None:
    text = "贷款3.2万美元，配套5万元。"
    offsets = OffsetMap.identity(len(text))
    made = Document(
        "made", "0" * 64, "text/plain", text, passages=(Passage("p1", PassageKind.PARAGRAPH, text, offsets),)
    )
    assert [(m.currency, m.value and m.value.canonical) for m in tag_figures(made)] == [
        ("USD", Decimal(32000)),
        (None, Decimal(50000)),
    ]
