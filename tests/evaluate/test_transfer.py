"""Gold carried from one rendering of a document to another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.evaluate.evaluation import evaluate
from gouji.evaluate.transfer import align, match_tables, transfer
from gouji.model.spans import Span

SOURCE = "一、收入情况\n本年收入9.50万元，增加0.50\n万元。\n收入表\n\t收入\t9.50\n二、其他\n无。\n"
TARGET = "一、收入情况\n\n 本年收入 9.50 万元，增加0.50万元。\n\n收入决算表\n收入|9.50\n\n二、其他\n\n无。"


def mention(identity: str, text: str, source: str, label: str = "AMOUNT") -> dict[str, object]:
    start = source.index(text)
    return {"id": identity, "label": label, "start": start, "end": start + len(text), "value": "95000", "unit": "万元"}


def table(identity: str, title: str, cells: list[tuple[int, int, str]], source: str) -> dict[str, object]:
    at = source.index(title)
    rows = []
    for r, c, text in cells:
        at = source.index(text, at)
        rows.append({"r": r, "c": c, "text": text, "start": at, "end": at + len(text)})
        at += len(text)
    return {"id": identity, "title": title, "cells": rows}


def analysis(sha: str, source: str, mentions: list[dict[str, object]], title: str, cells: list[tuple[int, int, str]]):
    tables = [table("t2" if sha == "b" else "t1", title, cells, source)]
    return {
        "document": {"name": "x", "sha256": sha}, "mentions": mentions, "tables": tables, "facts": [
            {"id": "f1", "figure": "m1", "measure": "actual"}], "causes": [], "outcomes": [], "alignments": [
            {"figure": "f1", "relation": "same", "operands": [f"{tables[0]['id']}.r1.c2"], "verdict": "agrees"}],
    }  # fmt: skip


def gold() -> dict[str, object]:
    mentions = [mention("m1", "9.50万元", SOURCE), mention("m2", "0.50\n万元", SOURCE)]
    data = analysis("a", SOURCE, mentions, "收入表", [(1, 1, "收入"), (1, 2, "9.50")])
    record = {"id": "x1", "where": {"mention": "m2", "start": mentions[1]["start"], "end": mentions[1]["end"]},
              "claim": "t1.r1.c2", "operands": ["t1.r1.c2"]}  # fmt: skip
    return {**data, "conflicts": [record]}


def other() -> dict[str, object]:
    mentions = [mention("m1", "9.50 万元", TARGET), mention("m2", "0.50万元", TARGET)]
    return analysis("b", TARGET, mentions, "收入决算表", [(1, 1, "收入"), (1, 2, "9.50")])


def test_offsets_addresses_and_records_are_those_of_the_other_rendering() -> None:
    moved = transfer(gold(), SOURCE, other(), TARGET)
    assert [TARGET[m["start"] : m["end"]] for m in moved.gold["mentions"]] == ["9.50 万元", "0.50万元"]
    assert moved.gold["alignments"][0]["operands"] == ["t2.r1.c2"]
    at = TARGET.index("0.50万元")
    assert moved.gold["conflicts"] == [
        {"id": "x1", "where": {"mention": "m2", "start": at, "end": at + 6}, "claim": "t2.r1.c2",
         "operands": ["t2.r1.c2"]}
    ]  # fmt: skip
    assert (moved.tables, moved.lost) == ({"t1": "t2"}, [])


def test_a_perfect_reading_of_the_other_rendering_scores_one() -> None:
    scores = evaluate(other(), transfer(gold(), SOURCE, other(), TARGET).gold).scores
    assert {row: s.f1 for row, s in scores.items() if row in ("AMOUNT span", "alignment relation+operands")} == {
        "AMOUNT span": 1.0,
        "alignment relation+operands": 1.0,
    }


def test_words_that_the_rendering_lacks_count_as_missed() -> None:
    short = TARGET.replace("，增加0.50万元", "")
    predicted = {**other(), "mentions": [mention("m1", "9.50 万元", short)], "tables": []}
    moved = transfer(gold(), SOURCE, predicted, short)
    assert moved.lost == ["m2"]
    score = evaluate(predicted, moved.gold).scores["AMOUNT span"]
    assert (score.found, score.predicted, score.gold) == (1, 1, 2)


@pytest.mark.parametrize(
    ("gold_titles", "titles", "expected"),
    [
        (["收入表", "支出表"], ["支出表", "收入表"], {"t1": "u2", "t2": "u1"}),
        (["自评表", "自评表"], ["自评表", "自评表"], {"t1": "u1", "t2": "u2"}),
        (["收入表", "支出表"], ["收入表", "Sheet2"], {"t1": "u1", "t2": "u2"}),
        (["收入表", "支出表"], ["Sheet1"], {}),
    ],
)
def test_tables_are_paired_by_title_then_by_order(gold_titles, titles, expected) -> None:
    ours = [{"id": f"t{i}", "title": t} for i, t in enumerate(gold_titles, 1)]
    theirs = [{"id": f"u{i}", "title": t} for i, t in enumerate(titles, 1)]
    assert match_tables(ours, theirs) == expected


def test_what_is_skipped_is_not_compared() -> None:
    assert align("甲9乙", "甲9乙", [Span(1, 2)], [Span(1, 2)]) == {0: 0, 2: 2}


WORDS = st.lists(st.text("甲乙丙丁1234，。", min_size=1, max_size=12), min_size=1, max_size=12)


@given(WORDS, st.lists(st.sampled_from(["", "\n", " ", "\n\n"]), min_size=12, max_size=12))
def test_white_space_alone_never_changes_what_is_found(words: list[str], blanks: list[str]) -> None:
    source = "\n".join(words)
    target = "".join(word + blank for word, blank in zip(words, blanks, strict=False))
    found = align(source, target)
    assert [target[found[i]] for i, c in enumerate(source) if not c.isspace()] == [c for c in source if not c.isspace()]
