"""Scores against counts made by hand: two documents' worth of hits, misses and inventions in each table."""

from __future__ import annotations

from typing import Any

import pytest

from gouji.errors import AnnotationError
from gouji.evaluate.alignments import alignment_scores
from gouji.evaluate.causes import cause_scores
from gouji.evaluate.evaluation import evaluate
from gouji.evaluate.facts import fact_scores
from gouji.evaluate.outcomes import findings_score
from gouji.evaluate.score import Score
from gouji.evaluate.sides import sides
from gouji.evaluate.spans import span_scores


def mention(identifier: str, label: str, start: int, end: int, value: str | None = None, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"id": identifier, "label": label, "start": start, "end": end}
    return row | ({"value": value} if value is not None else {}) | more


def fact(identifier: str, figure: str, measure: str = "actual", **more: Any) -> dict[str, Any]:
    base = {"indicator": None, "path": ["收入合计"], "period": "2023", "base": "none", "direction": "none"}
    return {"id": identifier, "figure": figure, "measure": measure} | base | more


def data(**parts: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"mentions": [], "facts": [], "causes": [], "alignments": [], "tables": []}
    return {"document": {"name": "x", "sha256": "0"}} | empty | parts


def scores(of: Any, predicted: dict[str, Any], gold: dict[str, Any]) -> dict[str, Score]:
    result: dict[str, Score] = of(*sides(predicted, gold))
    return result


def test_spans_count_exact_matches_values_and_types() -> None:
    gold = data(
        mentions=[
            mention("m1", "AMOUNT", 0, 5, "10000"),
            mention("m2", "AMOUNT", 5, 9, "20000"),  # adjacent to the one before
            mention("m3", "INDICATOR", 20, 24, type="revenue"),
            mention("m4", "CAUSE", 30, 40),
        ]
    )
    predicted = data(
        mentions=[
            mention("a", "AMOUNT", 0, 5, "10000.00"),  # trailing zeros are no difference
            mention("b", "AMOUNT", 5, 9, "20001"),  # the span only
            mention("c", "AMOUNT", 5, 9, "20000"),  # a second hit on one gold span
            mention("d", "INDICATOR", 20, 24, type="expenditure"),
            mention("e", "CAUSE", 32, 44),  # 8 of 10 characters, and 4 too many
        ]
    )
    found = scores(span_scores, predicted, gold)
    assert found["AMOUNT span"] == Score(2, 2, 3, 2)
    assert found["AMOUNT span+value"] == Score(2, 2, 3, 2)
    assert found["INDICATOR span"] == Score(1, 1, 1, 1)
    assert found["INDICATOR span+type"] == Score(0, 0, 1, 1)
    assert found["CAUSE span"] == Score(0, 0, 1, 1)
    assert found["CAUSE characters"] == Score(8, 8, 12, 10)
    assert found["RATE span"].f1 == 1.0  # nothing to find, nothing found


def test_spans_of_documents_without_offsets_are_matched_by_page_value_and_hash() -> None:
    gold = data(
        mentions=[
            {"id": "m1", "label": "AMOUNT", "page": 3, "value": "500", "unit": "元"},
            {"id": "m2", "label": "CAUSE", "page": 3, "sha1": "0a0df7d49a3b1d3e0e0e4bd5e1f0b2a8f8a0c9a1"},
        ]
    )
    predicted = data(
        mentions=[
            {"id": "a", "label": "AMOUNT", "page": 3, "start": 7, "end": 9, "value": "500.0", "unit": "元"},
            {"id": "b", "label": "AMOUNT", "page": 4, "start": 17, "end": 19, "value": "500", "unit": "元"},
        ]
    )
    found = scores(span_scores, predicted, gold)
    assert found["AMOUNT span"] == Score(1, 1, 2, 1)
    assert found["CAUSE span"] == Score(0, 0, 0, 1)
    assert "AMOUNT span+value" not in found


def test_facts_count_attributes_of_shared_figures_of_money_and_rates() -> None:
    gold = data(
        mentions=[
            mention("m1", "AMOUNT", 0, 4, "1"),
            mention("m2", "RATE", 5, 9, "0.1"),
            mention("m3", "AMOUNT", 10, 14, "3"),
            mention("m4", "QUANTITY", 20, 22, "3"),
        ],
        facts=[
            fact("f1", "m1"),
            fact("f2", "m2", "change_rate", base="prior_year", direction="increase"),
            fact("f3", "m3", path=["“公务接待费”（款）"]),
            fact("f4", "m4", "count"),
        ],
    )
    predicted = data(
        mentions=[mention("a", "AMOUNT", 0, 4, "1"), mention("b", "RATE", 5, 9, "0.1"), mention("c", "AMOUNT", 10, 14)],
        facts=[
            fact("f1", "a", path=["本年收入合计"]),
            fact("f2", "b", "change_rate", base="prior_year", direction="decrease"),
            fact("f3", "c", path=["公务接待费"], base=None),
            fact("f4", "c", "share"),  # a second fact of one figure does not count
        ],
    )
    found = scores(fact_scores, predicted, gold)
    assert found["fact found"] == Score(3, 3, 3, 3)
    assert found["fact measure"] == Score(3, 3, 3, 3)
    assert found["fact direction"] == Score(2, 2, 3, 3)
    assert found["fact measure+base+direction"] == Score(2, 2, 3, 3)
    assert found["fact indicator exact"] == Score(2, 2, 3, 3)
    assert found["fact indicator"] == Score(3, 3, 3, 3)
    assert found["fact whole"] == Score(2, 2, 3, 3)


def test_gold_without_names_has_no_rows_on_names() -> None:
    row = fact("f1", "m1")
    del row["path"]
    gold = data(mentions=[mention("m1", "AMOUNT", 0, 4, "1")], facts=[row])
    found = scores(fact_scores, data(), gold)
    assert [name for name in found if "indicator" in name or "whole" in name] == []
    assert found["fact found"] == Score(0, 0, 0, 1)


def test_causes_count_main_category_and_explained_figures() -> None:
    mentions = [mention("m1", "AMOUNT", 0, 4, "1"), mention("m2", "CAUSE", 10, 20), mention("m3", "CAUSE", 20, 30)]
    gold = data(
        mentions=mentions,
        facts=[fact("f1", "m1")],
        causes=[
            {"id": "c1", "span": "m2", "explains": ["f1"], "categories": ["thrift", "policy"]},
            {"id": "c2", "span": "m3", "explains": ["t1.r2.c3"], "categories": ["epidemic"]},
        ],
    )
    predicted = data(
        mentions=mentions,
        facts=[fact("f9", "m1")],
        causes=[
            {"id": "c1", "span": "m2", "explains": ["f9"], "categories": ["policy", "thrift"]},
            {"id": "c2", "span": "m3", "explains": ["f9"], "categories": ["epidemic"]},
        ],
    )
    found = scores(cause_scores, predicted, gold)
    assert found["CAUSE span+main category"] == Score(1, 1, 2, 2)
    assert found["CAUSE link"] == Score(1, 1, 2, 1)


def cell(r: int, c: int, text: str, **more: Any) -> dict[str, Any]:
    return {"r": r, "c": c, "text": text} | more


TABLES = [
    {
        "id": "t1",
        "cells": [cell(2, 2, "1,234.50"), cell(2, 3, "1234.5"), cell(3, 2, "10"), cell(4, 2, "20", seq=7)],
    }
]
FIGURES = [mention("m1", "AMOUNT", 0, 4, "12345000"), mention("m2", "AMOUNT", 5, 9, "300000")]
FACTS = [fact("f1", "m1"), fact("f2", "m2")]


def alignment(figure: str, relation: str, *operands: str, verdict: str = "agrees", **more: Any) -> dict[str, Any]:
    return {"figure": figure, "relation": relation, "operands": list(operands), "verdict": verdict} | more


@pytest.mark.parametrize(
    ("gold", "predicted", "relation", "operands", "verdict"),
    [
        pytest.param(
            [alignment("f1", "same", "t1.r2.c2")],
            [alignment("f1", "same", "t1.r2.c3")],
            *((1, 1), (1, 1), (1, 1)),
            id="another cell of the same value",
        ),
        pytest.param(
            [alignment("f2", "sum", "t1.r3.c2", "t1.r4.c2")],
            [alignment("f2", "sum", "t1.r3.c2", "t1.r4.c7", verdict="conflict")],
            *((1, 1), (1, 1), (0, 1)),
            id="a cell by its other address, with the wrong verdict",
        ),
        pytest.param(
            [alignment("f2", "sum", "t1.r3.c2", "t1.r4.c2")],
            [alignment("f2", "sum", "t1.r3.c2")],
            *((1, 1), (0, 0), (1, 1)),
            id="a part is missing",
        ),
        pytest.param(
            [alignment("f1", "same", "t1.r2.c2", agreed=False)],
            [alignment("f1", "same", "t1.r2.c2"), alignment("f1", "sum", "t1.r3.c2"), alignment("f2", "none")],
            *((0, 1), (0, 1), (0, 1)),
            id="a row that one annotator had counts for precision alone",
        ),
    ],
)
def test_alignments(
    gold: list[dict[str, Any]],
    predicted: list[dict[str, Any]],
    relation: tuple[int, int],
    operands: tuple[int, int],
    verdict: tuple[int, int],
) -> None:
    parts = {"mentions": FIGURES, "facts": FACTS, "tables": TABLES}
    found = scores(alignment_scores, data(alignments=predicted, **parts), data(alignments=gold, **parts))
    asked = sum(row.get("agreed", True) for row in gold)
    count = sum(row["relation"] != "none" for row in predicted)
    assert found["alignment relation"] == Score(*relation, count, asked)
    assert found["alignment relation+operands"] == Score(*operands, count, asked)
    assert found["alignment relation+verdict"] == Score(*verdict, count, asked)


def test_findings_count_conflicts_met_and_alarms_that_meet_nothing() -> None:
    mentions = [mention("m1", "AMOUNT", 0, 4, "1"), mention("m2", "AMOUNT", 5, 9, "2"), mention("m3", "RATE", 20, 25)]
    facts = [fact("f1", "m1"), fact("f2", "m2"), fact("f3", "m3")]
    tables = [{"id": "t1", "cells": [cell(2, 2, "8"), cell(3, 2, "9"), cell(4, 2, "10")]}]
    gold = data(
        mentions=mentions,
        facts=facts,
        tables=tables,
        conflicts=[
            {"id": "x1", "where": {"mention": "m1"}, "claim": "f1 1元", "operands": ["t1.r2.c2"]},
            {"id": "x2", "where": {"cell": "t1.r3.c2"}, "operands": [], "consequences": ["f2"]},
            {"id": "x3", "where": {"start": 40, "end": 48}, "operands": []},
            {"id": "x4", "where": {"cell": "t9.r1.c1"}, "operands": []},
        ],
        roundings=[{"id": "x5", "where": {"mention": "m3"}, "operands": []}],
        not_conflicts=[{"id": "n1", "where": {"mention": "m3"}, "operands": ["t1.r4.c2"]}],
    )
    predicted = data(
        mentions=mentions,
        facts=facts,
        tables=tables,
        alignments=[
            alignment("f1", "same", "t1.r2.c2", verdict="conflict"),
            alignment("f2", "change", "f1", verdict="conflict"),
            alignment("f3", "share", "f1", verdict="agrees"),
        ],
        outcomes=[
            {"check": "year", "status": "inconsistent", "operands": [], "start": 46, "end": 50},
            {"check": "total", "status": "inconsistent", "operands": ["t1.r4.c2"]},
            {"check": "form", "status": "inconsistent", "operands": ["t1.r4.c2"], "severity": "form"},
            {"check": "fine", "status": "consistent", "operands": ["t1.r4.c2"]},
        ],
    )
    found = findings_score(predicted, gold)
    assert found.found == ("x1", "x2", "x3")
    assert found.missed == ("x4",)
    assert (found.predicted, found.false_alarms, found.forbidden) == (4, ("total",), 0)
    assert found.recall == Score(3, 3, 4, 4)


def test_an_alarm_that_ties_what_the_gold_forbids_to_tie_is_counted() -> None:
    mentions = [mention("m1", "AMOUNT", 0, 4, "1"), mention("m2", "AMOUNT", 5, 9, "2")]
    parts = {"mentions": mentions, "facts": [fact("f1", "m1"), fact("f2", "m2")]}
    gold = data(not_conflicts=[{"id": "n1", "operands": ["f1", "f2"]}], **parts)
    predicted = data(alignments=[alignment("f1", "same", "f2", verdict="conflict")], **parts)
    assert findings_score(predicted, gold).forbidden == 1


def test_an_analysis_of_other_bytes_is_refused() -> None:
    other = data() | {"document": {"name": "x", "sha256": "1"}}
    with pytest.raises(AnnotationError, match="不同"):
        evaluate(other, data())
