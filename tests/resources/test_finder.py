"""Many words in one pass: all of them or the longest, and texts that a damaged file has left."""

import pytest

from gouji.resources.finder import Finder

WORDS = ["收入", "本年收入", "本年收入合计", "合计", "计"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本年收入合计", [(2, 0, 6)]),
        ("本年收入共计", [(1, 0, 4), (4, 5, 6)]),
        ("收入合计收入", [(0, 0, 2), (3, 2, 4), (0, 4, 6)]),
        ("支出", []),
        ("", []),
        ("\ud800收入", [(0, 1, 3)]),
    ],
)
def test_leftmost_of_those_the_longest(text: str, expected: list[tuple[int, int, int]]) -> None:
    assert Finder(WORDS, longest=True).find(text) == expected


def test_all_words_where_they_overlap() -> None:
    found = Finder(WORDS, longest=False).find("本年收入合计")
    assert sorted(found) == [(0, 2, 4), (1, 0, 4), (2, 0, 6), (3, 4, 6), (4, 5, 6)]


def test_without_words_nothing_is_found() -> None:
    assert Finder([], longest=True).find("收入") == []
