"""The loader of units refuses what is not well formed, naming the entry."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from gouji.errors import ResourceError
from gouji.resources.loading import read_yaml
from gouji.resources.units import FILE, SCHEMA, load_units, parse_units

Content = dict[str, Any]


@pytest.fixture
def content() -> Content:
    return copy.deepcopy(read_yaml(FILE, SCHEMA))


def test_the_shipped_file_is_well_formed(content: Content) -> None:
    assert parse_units(content) == load_units()


def test_words_behind_a_measure_belong_to_units_that_exist() -> None:
    units = load_units()
    known = {*units.measures, *units.money, *units.scores, *(w for rate in units.rates for w in rate.words)}
    assert set(units.unless_after) <= known


def _add_unknown_key(content: Content) -> None:
    content["measures"][0]["colour"] = "red"


def _add_measure_twice(content: Content) -> None:
    content["measures"][1]["words"].append(content["measures"][0]["words"][0])


def _list_word_twice(content: Content) -> None:
    content["scores"]["words"].append(content["scores"]["words"][0])


def _bound_of_two_words(content: Content) -> None:
    content["bounds"]["before"]["gt"].append(content["bounds"]["before"]["about"][0])


def _unknown_spelling(content: Content) -> None:
    content["measures"][0]["spelled"] = 7


def _fold_to_two(content: Content) -> None:
    content["fold"]["㎡"] = "m2"


def _rate_twice(content: Content) -> None:
    content["rates"][1]["words"].append(content["rates"][0]["words"][0])


def _empty_word(content: Content) -> None:
    content["names"]["quoted_tails"].append("")


def _missing_bound(content: Content) -> None:
    del content["approx"]["vague"]


def _unknown_scale_bound(content: Content) -> None:
    content["names"]["scale_before"]["近"] = "nearly"


def _more_at_the_top(content: Content) -> None:
    content["extra"] = []


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_add_unknown_key, "measures: people: unknown keys"),
        (_add_measure_twice, "belongs to 'people' and to"),
        (_list_word_twice, "scores: listed twice"),
        (_bound_of_two_words, "belongs to 'about' and to 'gt'"),
        (_unknown_spelling, "measures: people: spelled"),
        (_fold_to_two, "not one character for one"),
        (_rate_twice, "rates: '%' belongs to"),
        (_empty_word, "quoted_tails: expected a list of words"),
        (_missing_bound, "approx: expected the bounds"),
        (_unknown_scale_bound, "scale_before: unknown bounds"),
        (_more_at_the_top, "top level: unknown keys"),
    ],
)
def test_a_spoilt_file_is_refused(content: Content, spoil: Callable[[Content], None], message: str) -> None:
    spoil(content)
    with pytest.raises(ResourceError, match=message):
        parse_units(content)
