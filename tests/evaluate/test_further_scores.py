"""Scores of whole causes, of causes as words, of exact cells, of abstention and of kinds of errors, counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from gouji.evaluate.alignments import alignment_scores
from gouji.evaluate.causes import cause_scores, weighted_f1
from gouji.evaluate.evaluation import Evaluation, evaluate
from gouji.evaluate.listing import as_dict, lines
from gouji.evaluate.outcomes import findings_score
from gouji.evaluate.score import Score
from gouji.evaluate.sides import sides


def data(**parts: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"mentions": [], "facts": [], "causes": [], "alignments": [], "tables": []}
    return {"document": {"name": "x", "sha256": "0"}} | empty | parts


def causes(*rows: tuple[tuple[int, int], list[str], list[str]]) -> dict[str, Any]:
    """Three figures at 0-4, 5-9 and 40-44, and causes by span, explained facts and categories."""
    mentions = [
        {"id": f"m{i}", "label": "AMOUNT", "start": start, "end": start + 4, "value": "1"}
        for i, start in enumerate((0, 5, 40), start=1)
    ]
    mentions += [{"id": f"k{i}", "label": "CAUSE", "start": s, "end": e} for i, ((s, e), _, _) in enumerate(rows)]
    facts = [{"id": f"f{i}", "figure": f"m{i}", "measure": "change"} for i in (1, 2, 3)]
    told = [
        {"id": f"c{i}", "span": f"k{i}", "explains": explained, "categories": categories}
        for i, (_, explained, categories) in enumerate(rows)
    ]
    return data(mentions=mentions, facts=facts, causes=told)


GOLD = causes(((10, 20), ["f1", "f2"], ["thrift", "policy"]), ((50, 60), ["f3"], ["epidemic"]))


@pytest.mark.parametrize(
    ("predicted", "whole", "categories"),
    [
        pytest.param(GOLD, Score(2, 2, 2, 2), Score(3, 3, 3, 3), id="the gold itself"),
        pytest.param(
            causes(((10, 20), ["f1"], ["thrift", "policy"]), ((50, 60), ["f3"], ["epidemic"])),
            Score(1, 1, 2, 2),
            Score(3, 3, 3, 3),
            id="a figure too few",
        ),
        pytest.param(
            causes(((10, 20), ["f2", "f1"], ["thrift"]), ((50, 60), ["f3"], ["epidemic", "event"])),
            Score(2, 2, 2, 2),  # only the main category is asked
            Score(2, 2, 3, 3),
            id="further categories",
        ),
        pytest.param(
            causes(((10, 21), ["f1", "f2"], ["thrift"]), ((50, 60), ["f3"], ["event"])),
            Score(0, 0, 2, 2),
            Score(0, 0, 2, 3),
            id="one border and one main category wrong",
        ),
        pytest.param(causes(), Score(0, 0, 0, 2), Score(0, 0, 0, 3), id="nothing"),
    ],
)
def test_causes_end_to_end_and_all_categories(predicted: dict[str, Any], whole: Score, categories: Score) -> None:
    found = cause_scores(*sides(predicted, GOLD))
    assert (found["CAUSE end to end"], found["CAUSE categories"]) == (whole, categories)


def test_causes_as_words_by_hand() -> None:
    # two rows: 0-20 (figures 0-4 and 5-9, cause 10-20) and 40-60 (figure 40-44, cause 50-60)
    predicted = causes(((10, 18), ["f1", "f2"], ["thrift"]), ((50, 60), ["f3"], ["epidemic"]))
    found = cause_scores(*sides(predicted, GOLD))
    assert found["FinCausal exact"] == Score(1, 1, 2, 2)
    assert found["FinCausal cause"] == Score(18, 18, 18, 20)
    assert found["FinCausal effect"] == Score(12, 12, 12, 12)
    assert found["FinCausal neither"] == Score(8, 8, 10, 8)  # 4, 9, 44-49; and 18, 19 that the prediction leaves out
    # F1: 36/38 of 20, 1 of 12, 16/18 of 8, of 40 characters
    assert weighted_f1(found) == pytest.approx((36 / 38 * 20 + 12 + 16 / 18 * 8) / 40)


def test_causes_as_words_count_rows_of_either_side_and_join_those_that_overlap() -> None:
    gold = causes(((10, 20), ["f1"], ["thrift"]), ((18, 30), ["f2"], ["policy"]))
    invented = causes(((10, 20), ["f1"], ["thrift"]), ((18, 30), ["f2"], ["policy"]), ((50, 60), [], ["event"]))
    assert cause_scores(*sides(gold, gold))["FinCausal exact"] == Score(1, 1, 1, 1)
    found = cause_scores(*sides(invented, gold))
    assert found["FinCausal exact"] == Score(1, 1, 2, 2)
    assert found["FinCausal cause"] == Score(20, 20, 30, 20)
    assert weighted_f1(cause_scores(*sides(causes(), causes()))) == 1.0


TABLES = [
    {
        "id": "t1",
        "cells": [
            {"r": 2, "c": 2, "text": "1,234.50"},
            {"r": 2, "c": 3, "text": "1234.5"},
            {"r": 3, "c": 2, "text": "10"},
            {"r": 4, "c": 2, "text": "20"},
        ],
    }
]
MENTIONS = [
    {"id": f"m{i}", "label": "AMOUNT", "start": 10 * i, "end": 10 * i + 4, "value": value}
    for i, value in enumerate(("12345000", "300000", "7"), start=1)
]
FACTS = [{"id": f"f{i}", "figure": f"m{i}", "measure": "actual"} for i in (1, 2, 3)]


def aligned(*rows: tuple[str, str, tuple[str, ...]]) -> dict[str, Any]:
    alignments = [{"figure": f, "relation": r, "operands": list(o), "verdict": "agrees"} for f, r, o in rows]
    return data(mentions=MENTIONS, facts=FACTS, tables=TABLES, alignments=alignments)


ALIGNED = aligned(("f1", "same", ("t1.r2.c2",)), ("f2", "sum", ("t1.r3.c2", "t1.r4.c2")), ("f3", "none", ()))


@pytest.mark.parametrize(
    ("predicted", "exact", "same", "total", "abstained"),
    [
        pytest.param(
            ALIGNED, Score(2, 2, 2, 2), Score(1, 1, 1, 1), Score(1, 1, 1, 1), Score(1, 1, 1, 1), id="the gold itself"
        ),
        pytest.param(
            aligned(("f1", "same", ("t1.r2.c3",)), ("f2", "sum", ("t1.r4.c2", "t1.r3.c2"))),
            Score(1, 1, 2, 2),  # an equal value in another cell is right as a value and wrong as a place
            Score(1, 1, 1, 1),
            Score(1, 1, 1, 1),
            Score(1, 1, 1, 1),
            id="a cell of equal value",
        ),
        pytest.param(
            aligned(("f1", "none", ()), ("f3", "same", ("t1.r3.c2",))),
            Score(0, 0, 1, 2),
            Score(0, 0, 1, 1),
            Score(0, 0, 0, 1),
            Score(0, 0, 2, 1),  # silent on f1 and f2, which the gold ties, and not on f3
            id="silent where the gold speaks, and the other way round",
        ),
        pytest.param(
            aligned(("f1", "same", ("t1.r2.c2",)), ("f2", "same", ("t1.r3.c2",))),
            Score(1, 1, 2, 2),
            Score(1, 1, 2, 1),
            Score(0, 0, 0, 1),
            Score(1, 1, 1, 1),
            id="another relation",
        ),
    ],
)
def test_exact_cells_relations_and_abstention(
    predicted: dict[str, Any], exact: Score, same: Score, total: Score, abstained: Score
) -> None:
    found = alignment_scores(*sides(predicted, ALIGNED))
    assert found["alignment exact cells"] == exact
    assert (found["alignment same"], found["alignment sum"]) == (same, total)
    assert found["abstention"] == abstained


def checked() -> tuple[dict[str, Any], dict[str, Any]]:
    gold = data(
        mentions=MENTIONS,
        facts=FACTS,
        conflicts=[
            {"id": "x1", "kind": "direction", "where": {"figure": "f1"}},
            {"id": "x2", "kind": "direction", "where": {"figure": "f2"}},
            {"id": "x3", "kind": "unit", "where": {"figure": "f3"}},
        ],
    )
    wrong = [{"check": "c", "status": "inconsistent", "severity": "error", "operands": [f]} for f in ("f1", "f3")]
    ledger = [{"figure": f"m{i}", "status": status} for i, status in enumerate(("aligned", "aligned", "external"), 1)]
    return data(mentions=MENTIONS, facts=FACTS, outcomes=wrong, ledger=ledger), gold


def test_conflicts_by_kind_and_what_became_of_figures_and_values() -> None:
    predicted, gold = checked()
    assert findings_score(predicted, gold).kinds == {"direction": (1, 2), "unit": (1, 1)}
    result = evaluate(predicted, gold)
    assert result.ledger == {"aligned": 2, "external": 1}
    shown = list(lines([result]))
    assert "  数字去向：aligned 2（66.7%），external 1（33.3%）" in shown
    assert "  数值：正确 3，错误 0，未给 0，漏标 0，多标 0；给出的数值中正确 1.0000" in shown
    assert shown[-1].endswith("按类：direction 1/2、unit 1/1")


def test_the_weighted_score_of_causes_is_shown_as_text_and_in_json() -> None:
    predicted = causes(((10, 18), ["f1", "f2"], ["thrift"]), ((50, 60), ["f3"], ["epidemic"]))
    result: Evaluation = evaluate(predicted, GOLD)
    expected = weighted_f1(result.scores)
    assert f"  FinCausal：按类加权 F1 {expected:.3f}（各文件的平均）" in list(lines([result]))
    assert as_dict([result])["documents"]["x"]["fincausal_weighted_f1"] == round(expected, 4)
