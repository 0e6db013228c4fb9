"""A pattern behind its beginning matches what the pattern alone matches."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.resources import beginnings
from gouji.resources.beginnings import all_words, ascii_digits, first_words, guarded, inner_words

PATTERNS = [
    "(?:主要|其)*的?(?:主因|原因)(?=：)",
    "(?:主要)?(?=受[^，]{1,4}影响)",
    r"\d+年|(?:上|本)年",
    "[一-三1]、|[(（]",
    "(?!原)(?:主|原)因",
    "(?<=主)要?|因$",
    "^主+?要",
    "(?:-|主|\\])要",
]


TEXTS = st.text("主要其的原因：受影响，1２年上本一、(（-]", max_size=12)


@given(st.sampled_from(PATTERNS), TEXTS)
def test_same_matches(pattern, text):
    alone, behind = re.compile(pattern), re.compile(guarded(pattern))
    assert [m.span() for m in behind.finditer(text)] == [m.span() for m in alone.finditer(text)]
    assert all(bool(behind.match(text, at)) == bool(alone.match(text, at)) for at in range(len(text)))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("因|由于", "(?=[因由])(?:因|由于)"),
        ("(?:主要)?因", "(?=[主因])(?:(?:主要)?因)"),
        ("主?", "主?"),  # may be empty
        ("[^，]因", "[^，]因"),  # may begin with anything
        ("(?:.|因)为", "(?:.|因)为"),
    ],
)
def test_what_a_match_begins_with(pattern, expected):
    assert guarded(pattern) == expected


def test_without_the_parser_a_pattern_stays_as_it_is(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(beginnings, "import_module", missing)
    assert guarded("因此|由于") == "因此|由于"  # a pattern that has not been parsed before
    assert first_words("因此|由于|鉴于") is None
    assert inner_words("因此|由于|鉴于") is None


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("因|由于", {"因", "由于"}),
        ("新?(?:招录|录用)[^，]{0,9}人", {"招录", "录用", "新招录", "新录用"}),
        ("(?=[因])(?:因为?)", {"因", "因为"}),
        ("[人名]次", {"人次", "名次"}),
        ("主*因", {"主", "因"}),
        (r"(?:\d{2}年)?(?:度|末)", {*"0123456789", "度", "末"}),
        ("[^，]因", None),
        (r"\d+月", set("0123456789")),
        ("因?", None),  # may be empty
    ],
)
def test_words_that_a_match_begins_with(pattern, expected):
    assert first_words(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[^，]{0,12}主要用于", {"主要用于"}),
        ("[^，]{0,9}(?:与|同)[^，]*(?:持平|一致)$", {"持平", "一致"}),  # the longer ones tell more
        ("[^，]*(?:随之|因而)|(?:并|从而)", {"随之", "因而", "并", "从而"}),
        ("(?:(?:主要)?用于)", {"用于"}),  # and few
        ("[^，]{0,4}(?:参见)?", None),
        ("[^，]+因|[^，]+", None),  # one branch tells nothing
        ("(?:主要|其)*的?(?:主因|原因)", {"主因", "原因"}),  # longer words than those of the beginning
        ("[^，]{0,9}(?:何来|因何而起)？|为何", {"何来？", "因何而起？", "为何"}),
        ("(?=一来|其一)", {"一来", "其一"}),
        ("(?!未)(?<=虽)然", {"然"}),
        ("(?:主要)?(?=受[^，]{1,4}影响)", {"影响"}),
        ("[^，]因?", None),
        ("(?:因|[^，])", None),
    ],
)
def test_words_that_are_in_every_match(pattern, expected):
    assert inner_words(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("未能?开展", {"未开展", "未能开展"}),
        ("(?:人|车)员?退", {"人退", "人员退", "车退", "车员退"}),
        ("开展|未开展?", None),  # 未开 or 未开展
        ("未开展(?!活动)", None),
        ("开展$", None),
        ("2人", None),  # ２人 is another string
        ("人[^，]", None),
        ("人+", None),
    ],
)
def test_all_that_a_pattern_matches(pattern, expected):
    assert all_words(pattern) == expected


@given(st.sampled_from(PATTERNS), TEXTS, st.integers(0, 12), st.integers(0, 12))
def test_no_match_without_its_words(pattern, text, start, end):
    match, begun, held = re.compile(pattern).match(text, start, end), first_words(pattern), inner_words(pattern)
    if match is not None:
        shown = ascii_digits(text)
        assert begun is None or shown.startswith(tuple(begun), start, end)
        assert held is None or any(word in shown[start:end] for word in held)
