"""What is found by words is what trying every pattern at every place finds."""

import re

from hypothesis import given
from hypothesis import strategies as st

from gouji.resources.cause_lexicon import OPENING, PREFIX, cause_lexicon
from gouji.resources.cue_finder import CueFinder, FoundCues, numbers

WHOLE = ["(?:主要|其)*的?(?:主因|原因)[是：]?", "(?=一来|其一)", "[^，]{0,3}何来？", r"\d+年因", "[^，]", "是(?!因)"]
WIDE = ["因[^，]{0,2}，(?:主要)?是?", "(?:\ue000|以)上"]
FINDER = CueFinder(
    {"whole": [re.compile(p) for p in WHOLE], "wide": [re.compile(p) for p in WIDE]}, {"whole"}, "\ue000"
)
CAUSES = cause_lexicon().finder
LETTERS = st.lists(st.sampled_from([*"主要其的原因是：，一来何？1２年以上。", "\ue000"]), max_size=24).map("".join)
WORDS = [
    *"其是因为受与随在，。：？２",
    "主要",
    "原因",
    "由于",
    "影响",
    "一是",
    "减少",
    "增加",
    "支出",
    "何来",
    "带动下",
]
WORDS += ["有关", "而来", "造成", "比上年", "之所以", "得益于", "5万元"]
CUES = st.lists(st.sampled_from(WORDS), max_size=16).map("".join)


def clauses(text):
    """Start and end of the clauses of a text, white space none."""
    return [match.span() for match in re.finditer("[^，。]+", text)]


def same(finder, text, group, patterns, reach):
    """Compare what is found in each clause, and the hints, with what every pattern matches there."""
    spans = clauses(text)
    found = FoundCues(finder, text, [end for _, end in spans])
    for at, (start, end) in enumerate(spans):
        limit = min(end + reach, len(text))
        expected = {
            (number, match.span())
            for number, pattern in enumerate(patterns)
            for place in range(start, end + 1)
            if (match := pattern.match(text, place, limit)) is not None
        }
        tried = [(place, number) for place, listed in found.places(group, at, start, end + 1) for number in listed]
        assert tried == sorted(set(tried))
        assert {(span[0], number) for number, span in expected} <= set(tried)
        hinted = set(numbers((found.hints[at] & finder.bits[group]) >> finder.first[group]))
        anywhere = set(numbers((found.anywhere & finder.bits[group]) >> finder.first[group]))
        assert {number for number, _ in expected} <= hinted & anywhere


@given(LETTERS)
def test_patterns_of_every_kind(text):
    shown = text.replace("\ue000", "以")  # what the mask stands for
    same(FINDER, shown, "whole", FINDER.patterns[: len(WHOLE)], 1)
    same(FINDER, shown, "wide", FINDER.patterns[len(WHOLE) :], 9)


@given(CUES)
def test_cues_of_the_lexicon(text):
    same(CAUSES, text, PREFIX, [cue.pattern for cue in cause_lexicon().of_form("prefix")], 1)
    same(CAUSES, text, OPENING, [cue.pattern for cue in cause_lexicon().of_form("circumfix")], 160)
