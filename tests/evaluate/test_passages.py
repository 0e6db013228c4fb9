"""Passages with inline gold: the reader of marks is strict, and what generalised on them still does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import gouji
from gouji.errors import AnnotationError
from gouji.evaluate.evaluation import Evaluation, evaluate, means
from gouji.evaluate.passages import load_passages, read_passage
from gouji.export.contract import to_dict

FLOORS = [
    ("AMOUNT span+value", 1.00),
    ("RATE span+value", 1.00),
    ("fact measure+base+direction", 0.97),
    ("fact indicator", 0.97),
    ("INDICATOR span", 0.90),
    ("CAUSE span", 0.95),
    ("CAUSE span+main category", 0.80),
    ("CAUSE link", 0.95),
]


@pytest.fixture(scope="module")
def scored(root: Path) -> list[Evaluation]:
    passages = load_passages(root / "annotations" / "passages" / "unseen-regions-2.yaml")
    return [evaluate(to_dict(gouji.analyse(p.document)), p.gold) for p in passages]


@pytest.mark.parametrize(("row", "floor"), FLOORS)
def test_mean_over_the_ten_passages(scored: list[Evaluation], row: str, floor: float) -> None:
    assert len(scored) == 10
    assert means(scored, "f1")[row].value >= floor


def test_marks_become_mentions_facts_and_causes() -> None:
    figure = "【A f1 2万元|change prior_year decrease】"
    text = f"【I 会议费|economic】比上年减少{figure}，因【C 停办【Q 1次|count @】|f1|schedule】。"
    passage = read_passage({"id": "one", "year": 2022, "text": text})
    assert passage.document.text == "会议费比上年减少2万元，因停办1次。"
    assert passage.document.fiscal_year == 2022
    assert [(m["label"], m["start"], m["end"]) for m in passage.gold["mentions"]] == [
        ("INDICATOR", 0, 3),
        ("AMOUNT", 8, 11),
        ("CAUSE", 13, 17),
        ("QUANTITY", 15, 17),
    ]
    assert passage.gold["facts"] == [
        {
            "id": "f1",
            "figure": "m2",
            "indicator": "m1",
            "path": ["会议费"],
            "measure": "change",
            "period": "2022",
            "base": "prior_year",
            "direction": "decrease",
            "of": None,
        },
        {
            "id": "x2",
            "figure": "m4",
            "indicator": None,
            "path": [],
            "measure": "count",
            "period": "2022",
            "base": "none",
            "direction": "none",
            "of": None,
        },
    ]
    assert passage.gold["causes"] == [{"id": "c1", "span": "m3", "explains": ["f1"], "categories": ["schedule"]}]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"text": "【I 会议费|economic"}, "没有写完整"),
        ({"text": "【I 会议费"}, "没有闭合"),
        ({"text": "会议费"}, "没有任何标记"),
        ({"text": "【A f1 很多|actual】"}, "不是数字"),
        ({"text": "【C 停办|f9|schedule】"}, "没有标注"),
        ({"text": "【A f1 1元|actual】【A f1 2元|actual】"}, "编号重复"),
        ({"text": "【A 1元|actual】", "region": "x"}, "键应为"),
    ],
    ids=lambda value: value["text"] if isinstance(value, dict) else "",
)
def test_marks_are_read_strictly(row: dict[str, Any], message: str) -> None:
    with pytest.raises(AnnotationError, match=message):
        read_passage({"id": "wrong", "year": 2022} | row)


@pytest.mark.parametrize("content", ["schema: other/1\npassages: []\n", "schema: gouji-passages/2\npassages: []\n"])
def test_files_of_another_schema_are_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "passages.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AnnotationError, match="短文"):
        load_passages(path)


def test_ids_stand_once(tmp_path: Path) -> None:
    path = tmp_path / "passages.yaml"
    row = "  - {id: a, year: 2022, text: 【A 1元|actual】}\n"
    path.write_text(f"schema: gouji-passages/2\npassages:\n{row}{row}", encoding="utf-8")
    with pytest.raises(AnnotationError, match="重复"):
        load_passages(path)
