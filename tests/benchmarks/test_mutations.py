"""The mutation test itself: what it changes, and that it tells a found mutant from a missed one."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

from gouji.analysis import analyse
from gouji.model.spans import Span
from gouji.readers.txt import document_of

TEXT = (
    "一、收入决算说明\n\n"
    "本年收入合计100.00万元，其中：财政拨款收入60.00万元，占60.00%；其他收入40.00万元，占40.00%。"
    "职工食堂收入7.00万元。\n"
)


@pytest.fixture(scope="module")
def mutations() -> ModuleType:
    sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
    try:
        import mutations as module
    finally:
        sys.path.pop(0)
    return module


@pytest.mark.parametrize(
    ("written", "expected"),
    [("1,234.56", "1,234.66"), ("99.96", None), ("19.95", "20.05"), ("5", None), ("5.00", "5.10")],
)
def test_a_step_keeps_the_length(mutations: ModuleType, written: str, expected: str | None) -> None:
    assert mutations.step(written, random.Random(0)) == expected


@pytest.mark.parametrize("written", ["1,234.56", "10.5", "77.70", "105"])
def test_a_swap_exchanges_two_neighbours_and_leads_with_no_zero(mutations: ModuleType, written: str) -> None:
    for seed in range(20):
        new = mutations.swap(written, random.Random(seed))
        assert sorted(new) == sorted(written)
        assert len([i for i, (a, b) in enumerate(zip(written, new, strict=True)) if a != b]) == 2
        assert new[0] != "0"


def test_equal_digits_cannot_be_swapped(mutations: ModuleType) -> None:
    assert mutations.swap("77.77", random.Random(0)) is None


def test_offsets_behind_a_longer_change_are_those_of_the_unchanged_text(mutations: ModuleType) -> None:
    figure = mutations.Figure(Span(10, 14), "narrative, in a relation", ("unit",))
    mutant = mutations.Mutant("unit", figure, Span(13, 14), "万元")
    assert [mutant.moved(offset) for offset in (3, 13, 15, 20)] == [3, 13, 14, 19]


def test_a_figure_in_a_relation_is_found_and_one_in_none_is_not(mutations: ModuleType) -> None:
    document = document_of(TEXT, "x", "0")
    base = analyse(document)
    figures = {TEXT[f.span.start : f.span.end]: f for f in mutations.figures(base)}
    assert figures["60.00%"].group == "narrative, in a relation"
    assert figures["7.00万元"].group == "narrative, in none"
    for words, found in (("60.00%", True), ("40.00万元", True), ("7.00万元", False)):
        mutant = mutations.mutate(TEXT, figures[words], "step", random.Random(0))
        after = mutations.changed(document, mutant)
        assert mutations.is_found(mutations.keys(base), analyse(after), mutant) is found
