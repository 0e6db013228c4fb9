"""Many words in one pattern find what the words one by one find."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.resources.alternatives import FirstOf, Sieved, any_of

WORDS = st.lists(st.text("上年比.(", min_size=1, max_size=4), min_size=1, max_size=12)


@given(WORDS, st.text("上年比.(度", max_size=30), st.sampled_from(["", "年", "$", "(?!度)"]))
def test_words_as_a_tree_match_as_words_in_a_row(words, text, behind):
    row = "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
    assert [m.span() for m in re.finditer(any_of(words) + behind, text)] == [
        m.span() for m in re.finditer(row + behind, text)
    ]


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("因为少", 3, (0, 1)),  # the first, not the longest
        ("由于少", 3, (1, 2)),
        ("由于少", 1, None),  # the text ends before the word does
        ("3年少", 3, (2, 2)),
        ("少", 1, None),
    ],
)
def test_first_of_several_patterns(text, end, expected):
    choice = FirstOf([re.compile("因"), re.compile("因为|由于"), re.compile(r"(\d)年")])
    assert choice.found(text, 0, end) == expected


def test_first_of_none_matches_nothing():
    assert FirstOf([]).found("因", 0, 1) is None


PATTERNS = [
    re.compile(pattern)
    for pattern in ("[^，]{0,3}用于|其中$", "(?=[因])因为?", "[^，]*(?:随之|三是)", r"[^，]*\d年", "[^，]{0,2}？")
]


@given(st.text("用于其中因为随之三是3３年，？", max_size=14))
def test_sieved_patterns_find_what_all_of_them_find(text):
    sieved = Sieved(PATTERNS, "，")
    worded = sieved.words.search(text) is not None
    assert sieved.found(text, 0, len(text), worded) == FirstOf(PATTERNS).found(text, 0, len(text))


def test_only_patterns_that_may_begin_with_anything_and_hold_a_word_are_left_out():
    assert Sieved(PATTERNS).numbers == [1, 3]  # a digit is no telling word: there are digits beside those of ASCII
    assert Sieved(PATTERNS).words.search("随之")
    assert not Sieved(PATTERNS).words.search("因为３年")
