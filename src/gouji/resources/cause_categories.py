"""Words by which the categories of a cause are told (``cause_categories.yaml``)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import groupby
from types import MappingProxyType
from typing import Any

from gouji.errors import ResourceError
from gouji.resources.alternatives import any_of
from gouji.resources.beginnings import all_words, ascii_digits, first_words, guarded
from gouji.resources.finder import Finder
from gouji.resources.loading import read_yaml
from gouji.resources.wording import vocabularies

FILE = "cause_categories.yaml"
SCHEMA = "gouji-cause-categories/1"
WEIGHTS = (7, 6, 5, 4, 3, 2, 1)
GAP = "[^，。；]{0,10}?"
CLASS = re.compile("<([a-z]+)>")
DIRECTIONS = ("increase", "decrease", "none")


class Word:
    """One word, or the pattern of several.

    Parameters
    ----------
    source : str

    Attributes
    ----------
    begins : frozenset of str or None
        Strings one of which begins every match; None where none can be told.
    whole : bool
        Whether each of them is a match.
    """

    __slots__ = ("_match", "begins", "source", "whole")

    def __init__(self, source: str) -> None:
        words = frozenset({source}) if source.isalpha() else all_words(source)
        self.source = source
        self.whole = words is not None
        self.begins = first_words(source) if words is None else words
        self._match: Callable[[str, int], re.Match[str] | None] | None = None

    def end(self, text: str, start: int) -> int | None:
        """Where a match ends that begins at a place; None if there is none."""
        if self._match is None:  # compiled when it is first asked for: a short report needs few
            self._match = re.compile(self.source).match
        match = self._match(text, start)
        return None if match is None else match.end()


@dataclass(frozen=True)
class Words:
    """Words of one weight, in the order in which they are tried."""

    each: tuple[Word, ...]
    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """All in one pattern."""
        return re.compile(guarded(self.source))

    @property
    def begins(self) -> bool:
        """Whether it is known what a match begins with."""
        return all(word.begins is not None for word in self.each)


@dataclass(frozen=True)
class Categories:
    """The lexicon, compiled.

    `words` holds per category the words by weight, heaviest first; `direction` the direction of the change that a
    category usually explains; `saving` the categories that explain no increase; `generic` the wordings that any unit
    could give for any change, `weak` those that say so only where no category is told, `fillers` what may stand beside
    them, `restated` the names of budget items themselves.
    """

    words: Mapping[str, tuple[tuple[int, Words], ...]]
    direction: Mapping[str, str]
    saving: frozenset[str]
    generic: re.Pattern[str]
    weak: re.Pattern[str]
    fillers: re.Pattern[str]
    restated: re.Pattern[str]

    def matches(self, text: str) -> Iterator[tuple[str, int, int, int]]:
        """Words of a text: category, weight, start and end; by category, of each the heavier first.

        A pattern is tried only at the places where something stands that its matches begin with.
        """
        each = self._beginnings[2]
        last, reached = -1, 0
        for row, start, number, end in self._tried(text, 0):
            code, weight, words = self._rows[row]
            if start < 0:
                yield from ((code, weight, *match.span()) for match in words.pattern.finditer(text))
                continue
            reached = reached if row == last else 0
            last = row
            if start >= reached:
                stop = end or each[number].end(text, start)
                if stop is not None:
                    reached = stop
                    yield code, weight, start, stop

    def heaviest(self, text: str, least: int) -> dict[str, tuple[int, int]]:
        """Weight of the heaviest word of each category that has one of at least that weight, and its first place."""
        out: dict[str, tuple[int, int]] = {}
        each = self._beginnings[2]
        for row, start, number, end in self._tried(text, least):
            code, weight, words = self._rows[row]
            if code in out:
                continue
            if start < 0:
                found = words.pattern.search(text)
                if found is not None:
                    out[code] = weight, found.start()
            elif end or each[number].end(text, start) is not None:
                out[code] = weight, start
        return out

    def _tried(self, text: str, least: int) -> list[tuple[int, int, int, int]]:
        """Row, start, number and end of the words of at least that weight that may stand there, in order.

        The end is 0 where the word is yet to be matched. A row of which no beginnings are known is tried everywhere:
        its start is -1.
        """
        finder, begun, _ = self._beginnings
        tried = [(row, -1, -1, 0) for row in self._unbegun if self._rows[row][1] >= least]
        tried += [
            (row, start, number, end if whole else 0)
            for word, start, end in finder.find(ascii_digits(text))
            for weight, row, number, whole in begun[word]
            if weight >= least
        ]
        tried.sort()
        return tried

    @cached_property
    def _rows(self) -> list[tuple[str, int, Words]]:
        return [(code, weight, words) for code, row in self.words.items() for weight, words in row]

    @cached_property
    def _unbegun(self) -> list[int]:
        """Rows of which it cannot be told what a match begins with."""
        return [number for number, (_, _, words) in enumerate(self._rows) if not words.begins]

    @cached_property
    def _beginnings(self) -> tuple[Finder, list[list[tuple[int, int, int, bool]]], list[Word]]:
        """Finder of what words begin with, weight, row and number of the words of each beginning, and the words."""
        begun: dict[str, list[tuple[int, int, int, bool]]] = {}
        each = [(weight, row, word) for row, (_, weight, words) in enumerate(self._rows) for word in words.each]
        for number, (weight, row, word) in enumerate(each):
            if row not in self._unbegun:
                for beginning in word.begins or ():
                    begun.setdefault(beginning, []).append((weight, row, number, word.whole))
        return Finder(begun, longest=False), list(begun.values()), [word for _, _, word in each]


@cache
def categories() -> Categories:
    """Load the category words.

    Raises
    ------
    ResourceError
        If a category is unknown or has an unknown key, a word stands twice in it or is no pattern.
    """
    return build(read_yaml(FILE, SCHEMA))


def build(content: dict[str, Any]) -> Categories:
    """Compile and check the content of the file."""
    if set(content) != {"schema", "version", "classes", "categories", "saving", "generic", "restated"}:
        raise ResourceError(f"{FILE}: unexpected keys: {sorted(content)}")
    classes = {name: f"(?:{any_of(listed)})" for name, listed in content["classes"].items()}
    words: dict[str, tuple[tuple[int, Words], ...]] = {}
    direction: dict[str, str] = {}
    known = vocabularies()["category"]
    for code, row in content["categories"].items():
        if code not in known:
            raise ResourceError(f"{FILE}: {code!r} is no category")
        if set(row) != {"direction", "words"} or row["direction"] not in DIRECTIONS:
            raise ResourceError(f"{FILE}: {code}: expected direction {DIRECTIONS} and words, found {sorted(row)}")
        by_weight = {weight: _written_out(code, listed, classes) for weight, listed in row["words"].items()}
        words[code] = _weighted(code, by_weight)
        direction[code] = row["direction"]
    keys = ("generic", "words"), ("generic", "weak"), ("generic", "fillers"), ("restated", "words")
    generic, weak, fillers, restated = (_pattern(name, content[name][key]).pattern for name, key in keys)
    saving = frozenset(content["saving"]["codes"])
    if not saving <= set(words):
        raise ResourceError(f"{FILE}: saving: no such category: {sorted(saving - set(words))}")
    return Categories(MappingProxyType(words), MappingProxyType(direction), saving, generic, weak, fillers, restated)


def _written_out(code: str, listed: list[str], classes: Mapping[str, str]) -> list[str]:
    """Words with the members of the classes that they name."""
    unknown = sorted({name for word in listed for name in CLASS.findall(word)} - set(classes))
    if unknown:
        raise ResourceError(f"{FILE}: {code}: no such class: {unknown}")
    return [CLASS.sub(lambda m: classes[m[1]], word) for word in listed]


def _weighted(code: str, by_weight: dict[int, list[str]]) -> tuple[tuple[int, Words], ...]:
    if set(by_weight) - set(WEIGHTS):
        raise ResourceError(f"{FILE}: {code}: weights are {sorted(by_weight)}, expected some of {WEIGHTS}")
    seen = [word for listed in by_weight.values() for word in listed]
    twice = sorted({word for word in seen if seen.count(word) > 1})
    if twice:
        raise ResourceError(f"{FILE}: {code}: stands twice: {twice}")
    return tuple((weight, _pattern(code, by_weight[weight])) for weight in WEIGHTS if weight in by_weight)


def _pattern(code: str, listed: list[str]) -> Words:
    try:
        longest_first = sorted(listed, key=lambda w: (-len(w), w))
        words = Words(tuple(Word(word.replace("…", GAP)) for word in longest_first), _source(longest_first))
        may_be_empty = not words.begins and words.pattern.match("") is not None
    except re.error as err:
        raise ResourceError(f"{FILE}: {code}: no pattern ({err})") from err
    if may_be_empty:
        raise ResourceError(f"{FILE}: {code}: a word matches the empty string")
    return words


def _source(words: list[str]) -> str:
    rows = groupby(words, key=str.isalnum)
    return "|".join(any_of(row) if plain else "|".join(row).replace("…", GAP) for plain, row in rows)


@dataclass(frozen=True, slots=True)
class Score:
    """What the words of one category in a text weigh: the heaviest, all of them, and where the heaviest stands."""

    heaviest: int
    total: int
    first: int


@lru_cache(maxsize=64)  # several steps ask for one cause in turn
def scores(text: str) -> Mapping[str, Score]:
    """Score every category that a text has words of; overlapping words count once, the heavier.

    Examples
    --------
    >>> scores("受疫情影响，培训未开展")["not_incurred"]
    Score(heaviest=7, total=7, first=6)
    """
    out: dict[str, Score] = {}
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)  # start, end and weight, as they are found
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)  # start and end, by place
    for code, weight, left, right in categories().matches(text):
        taken, known = found[code], places[code]
        at = bisect_left(known, (left, right))
        if (at == 0 or known[at - 1][1] <= left) and (at == len(known) or right <= known[at][0]):
            known.insert(at, (left, right))
            taken.append((left, right, weight))
    for code, taken in found.items():
        first, _, heaviest = taken[0]
        out[code] = Score(heaviest, heaviest + sum(min(weight, FURTHER) for *_, weight in taken[1:]), first)
    return MappingProxyType(out)


FURTHER = 2  # what a further word of a category adds at most
