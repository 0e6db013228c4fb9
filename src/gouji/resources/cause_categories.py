"""Words by which the categories of a cause are told (``cause_categories.yaml``)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import groupby
from types import MappingProxyType
from typing import Any

from gouji.errors import ResourceError
from gouji.resources.alternatives import any_of
from gouji.resources.beginnings import OTHER_DIGITS, first_words, guarded
from gouji.resources.finder import Finder
from gouji.resources.loading import read_yaml
from gouji.resources.wording import vocabularies

FILE = "cause_categories.yaml"
SCHEMA = "gouji-cause-categories/1"
WEIGHTS = (7, 6, 5, 4, 3, 2, 1)
GAP = "[^，。；]{0,10}?"
CLASS = re.compile("<([a-z]+)>")
DIRECTIONS = ("increase", "decrease", "none")


@dataclass(frozen=True)
class Words:
    """Words of one weight: their pattern, and strings one of which begins every match; None where none can be told."""

    source: str
    begins: frozenset[str] | None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first asked for: a short report needs few."""
        return re.compile(guarded(self.source) if self.begins is None else self.source)


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
        for number, starts in sorted(self._places(text, 0).items()):
            code, weight, words = self._rows[number]
            pattern = words.pattern
            if starts is None:
                yield from ((code, weight, *match.span()) for match in pattern.finditer(text))
                continue
            reached = 0
            for start in sorted(starts):
                match = pattern.match(text, start) if start >= reached else None
                if match is not None:
                    reached = match.end()
                    yield code, weight, start, reached

    def heaviest(self, text: str, least: int) -> dict[str, tuple[int, int]]:
        """Weight of the heaviest word of each category that has one of at least that weight, and its first place."""
        out: dict[str, tuple[int, int]] = {}
        for number, starts in sorted(self._places(text, least).items()):
            code, weight, words = self._rows[number]
            if code in out:  # a heavier word
                continue
            pattern = words.pattern
            found = pattern.search(text) if starts is None else None
            found = found or next(filter(None, (pattern.match(text, start) for start in sorted(starts or ()))), None)
            if found is not None:
                out[code] = weight, found.start()
        return out

    def _places(self, text: str, least: int) -> dict[int, set[int] | None]:
        """Patterns of at least that weight that may match, and where they may begin; None: anywhere."""
        rows = self._rows
        finder, begun, always = self._beginnings
        if OTHER_DIGITS.search(text):
            always = range(len(rows))
        places: dict[int, set[int] | None] = {number: None for number in always if rows[number][1] >= least}
        for word, start, _ in finder.find(text):
            for number in begun[word]:
                if rows[number][1] >= least:
                    known = places.setdefault(number, set())
                    if known is not None:
                        known.add(start)
        return places

    @cached_property
    def _rows(self) -> list[tuple[str, int, Words]]:
        return [(code, weight, words) for code, row in self.words.items() for weight, words in row]

    @cached_property
    def _beginnings(self) -> tuple[Finder, list[list[int]], Iterable[int]]:
        """Finder of what matches begin with, the patterns of each beginning, those of which it cannot be told."""
        patterns: dict[str, list[int]] = {}
        always = [number for number, (_, _, words) in enumerate(self._rows) if words.begins is None]
        for number, (_, _, words) in enumerate(self._rows):
            for word in words.begins or ():
                patterns.setdefault(word, []).append(number)
        return Finder(patterns, longest=False), list(patterns.values()), always


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
        longest_first = groupby(sorted(listed, key=lambda w: (-len(w), w)), key=str.isalnum)
        parts = [any_of(words) if plain else "|".join(words).replace("…", GAP) for plain, words in longest_first]
        source = "|".join(parts)
        words = Words(source, first_words(source))
        may_be_empty = words.begins is None and words.pattern.match("") is not None
    except re.error as err:
        raise ResourceError(f"{FILE}: {code}: no pattern ({err})") from err
    if may_be_empty:
        raise ResourceError(f"{FILE}: {code}: a word matches the empty string")
    return words


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
