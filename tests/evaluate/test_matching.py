"""Mention scores against counts made by hand. A span is written ``L0-4``: label letter, start, end."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.evaluate.figure_values import Values, figure_values
from gouji.evaluate.matching import mention_scores, overlaps
from gouji.evaluate.score import Score
from gouji.evaluate.sides import sides
from gouji.evaluate.spans import LABELS

LETTERS = {"A": "AMOUNT", "R": "RATE", "Q": "QUANTITY", "I": "INDICATOR", "C": "CAUSE"}
READINGS = ("strict", "exact", "type", "partial", "characters")


def spans(text: str) -> dict[str, Any]:
    mentions = []
    for number, one in enumerate(text.split(), start=1):
        start, end = one[1:].split("-")
        mentions.append({"id": f"m{number}", "label": LETTERS[one[0]], "start": int(start), "end": int(end)})
    return {"mentions": mentions, "facts": [], "causes": [], "alignments": [], "tables": []}


# predicted, gold, then hits of strict, exact, type, partial (in halves), characters; counted by hand
CASES = [
    ("nothing at all", "", "", (0, 0, 0, 0, 0)),
    ("the same span", "C0-4", "C0-4", (1, 1, 1, 2, 4)),
    ("nothing predicted", "", "C0-4 C6-8", (0, 0, 0, 0, 0)),
    ("nothing to find", "C0-4 C6-8", "", (0, 0, 0, 0, 0)),
    ("another label", "R0-4", "A0-4", (0, 1, 0, 2, 0)),
    ("a character too long", "C0-5", "C0-4", (0, 0, 1, 1, 4)),
    ("a character too short", "C0-3", "C0-4", (0, 0, 1, 1, 3)),
    ("shifted", "C2-6", "C0-4", (0, 0, 1, 1, 2)),
    ("shifted, another label", "R2-6", "C0-4", (0, 0, 0, 1, 0)),
    ("touching only", "C4-8", "C0-4", (0, 0, 0, 0, 0)),
    ("adjacent spans, both right", "C0-4 C4-8", "C0-4 C4-8", (2, 2, 2, 4, 8)),
    ("adjacent spans joined", "C0-8", "C0-4 C4-8", (0, 0, 1, 1, 8)),
    ("one span cut in two", "C0-4 C4-8", "C0-8", (0, 0, 1, 1, 8)),
    ("predicted twice", "C0-4 C0-4", "C0-4", (1, 1, 1, 2, 4)),
    ("predicted twice, in the gold twice", "C0-4 C0-4", "C0-4 C0-4", (2, 2, 2, 4, 4)),
    ("twice with two labels, one of them right", "C0-4 R0-4", "C0-4", (1, 1, 1, 2, 4)),
    ("nested in the gold", "C0-10", "C0-10 C2-4", (1, 1, 1, 2, 10)),
    ("nested predicted", "C0-10 C2-4", "C0-10", (1, 1, 1, 2, 10)),
    ("a figure inside a cause", "A2-6 C0-10", "A2-6 C0-10", (2, 2, 2, 4, 14)),
    ("the equal one is taken before the longer one", "C0-9 C0-4", "C0-4", (1, 1, 1, 2, 4)),
    # first come, first served would give 0-6 to 0-4 and leave 4-8 alone; the best gives 0-2 to it and 0-6 to 4-8
    ("the best, not the first partner", "C0-6 C0-2", "C0-4 C4-8", (0, 0, 2, 2, 6)),
    ("a chain of three", "C0-3 C2-6 C5-9", "C1-3 C3-6 C6-9", (0, 0, 3, 3, 8)),
    ("two of a label, one of another", "C0-4 R5-9", "C0-4 C5-9", (1, 2, 1, 4, 4)),
    ("labels swapped", "R0-4 A5-9", "A0-4 R5-9", (0, 2, 0, 4, 0)),
    ("all in one, all labels", "A0-2 R3-5 Q6-8 I9-11 C12-14", "A0-2 R3-5 Q6-8 I9-11 C12-15", (4, 4, 5, 9, 10)),
    ("far apart", "C0-4", "C100-104", (0, 0, 0, 0, 0)),
    ("out of order", "C9-12 C0-4", "C0-4 C9-12", (2, 2, 2, 4, 7)),
    ("one predicted over three", "C0-20", "C0-4 C5-9 C10-14", (0, 0, 1, 1, 12)),
]


@pytest.mark.parametrize(("predicted", "gold", "hits"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_hits_are_those_counted_by_hand(predicted: str, gold: str, hits: tuple[int, ...]) -> None:
    found = mention_scores(*sides(spans(predicted), spans(gold)), LABELS)
    sizes = [len(predicted.split()), len(gold.split())]
    marked = [len({(s[0], i) for s in side.split() for i in _range(s)}) for side in (predicted, gold)]
    expected = {}
    for reading, hit in zip(READINGS, hits, strict=True):
        factor = 2 if reading == "partial" else 1
        ours, theirs = marked if reading == "characters" else [factor * size for size in sizes]
        expected[reading] = Score.of(hit, predicted=ours, gold=theirs)
    assert found == expected


def _range(span: str) -> range:
    start, end = span[1:].split("-")
    return range(int(start), int(end))


STRETCHES = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda p: (p[0], p[0] + p[1])), max_size=4)


@given(STRETCHES, STRETCHES)
def test_no_other_matching_has_more_pairs(predicted: list[tuple[int, int]], gold: list[tuple[int, int]]) -> None:
    pairs = overlaps(predicted, gold)
    for i, j in pairs:
        assert predicted[i][0] < gold[j][1]
        assert gold[j][0] < predicted[i][1]
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    padded = [*range(len(predicted)), *[None] * len(gold)]
    best = max(
        sum(
            i is not None and predicted[i][0] < g[1] and g[0] < predicted[i][1]
            for i, g in zip(order, gold, strict=False)
        )
        for order in permutations(padded, len(gold))
    )
    assert len(pairs) == best


def test_a_long_chain_does_not_exhaust_the_stack() -> None:
    predicted = [(10 * i + 5, 10 * i + 15) for i in range(3000)]
    gold = [(10 * i, 10 * i + 10) for i in range(3001)]
    assert len(overlaps(predicted, gold)) == 3000


def figures(*rows: tuple[int, int, str | None]) -> dict[str, Any]:
    mentions = [
        {"id": f"m{i}", "label": "AMOUNT", "start": s, "end": e, "value": v} for i, (s, e, v) in enumerate(rows)
    ]
    return {"mentions": mentions, "facts": [], "causes": []}


@pytest.mark.parametrize(
    ("predicted", "gold", "expected"),
    [
        ([(0, 4, "1.50")], [(0, 4, "1.5")], Values(right=1)),
        ([(0, 4, "15")], [(0, 4, "1.5")], Values(silent=1)),
        ([(0, 4, None)], [(0, 4, "1.5")], Values(withheld=1)),
        ([], [(0, 4, "1.5")], Values(missed=1)),
        ([(0, 5, "1.5")], [(0, 4, "1.5")], Values(missed=1, invented=1)),
        # of two predictions on one span the right one counts, the other is invented
        ([(0, 4, "9"), (0, 4, "1.5")], [(0, 4, "1.5")], Values(right=1, invented=1)),
        ([(0, 4, "1"), (5, 9, "2"), (10, 12, None)], [(0, 4, "1"), (5, 9, "3"), (10, 12, "4")], Values(1, 1, 1)),
    ],
)
def test_values_right_silent_withheld_missed(predicted: list, gold: list, expected: Values) -> None:
    found = figure_values(*sides(figures(*predicted), figures(*gold)))
    assert found == expected


def test_accuracy_is_of_the_values_given() -> None:
    assert Values(right=3, silent=1, withheld=6, missed=10).accuracy == 0.75
    assert Values(right=3, silent=1, withheld=6, missed=10, invented=1).as_score() == Score.of(3, predicted=5, gold=20)
    assert Values().accuracy == 1.0
