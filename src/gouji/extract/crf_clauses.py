"""What kind of clause a unit stands in, and which kind follows: for where an explanation ends no cue is needed.

The words are those of the cause lexicon that the rules use; here they are evidence among other, not a decision.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from gouji.extract.crf_units import AMOUNT, NUMBER, QUANTITY, RATE, STOPS, YEAR, Flags, Ints
from gouji.resources.alternatives import FirstOf, any_of
from gouji.resources.beginnings import guarded, inner_words
from gouji.resources.cause_lexicon import cause_lexicon

RESTATES, NO_CAUSE, RESULT, DEPENDENT, FURTHER, COMPARES, FIGURE, MOVES, PLAIN, LAST = range(1, 11)
STATES = {4: COMPARES, 3: FIGURE, 2: MOVES, 1: PLAIN}
SKIPPED = "“”\"‘’'《》、" + AMOUNT + RATE + QUANTITY + YEAR + NUMBER
STOP = re.compile(f"[{STOPS}]")
LONGEST = 24  # units; a longer clause says more than that something changed


def sorts_of(text: str, clause: Ints, states: Ints, stops: Flags, breaks: Flags) -> tuple[Ints, Ints]:
    """Kind of the clause of each unit, and of the clause after it.

    Parameters
    ----------
    text : str
        One character a unit.
    clause : array of int
        Number of each unit's clause; the mark that ends it belongs to it.
    states : array of int
        What the clause states, from nothing (1) to a comparison (4).
    stops, breaks : array of bool
        Units that end a clause, and those among them that end a passage.
    """
    if not len(clause):
        return clause, clause
    firsts = np.flatnonzero(np.diff(clause, prepend=-1))
    ends = np.append(firsts[1:], len(clause))
    without_stop = ends - (stops[ends - 1] & (ends - firsts > 1))
    worded = np.zeros(len(firsts), dtype=bool)
    worded[clause[[match.start() for match in _beginnings().words.finditer(text)]]] = True
    told = zip(firsts.tolist(), without_stop.tolist(), states[firsts].tolist(), worded.tolist(), strict=True)
    kinds = np.array([_sort(text, *each) for each in told], dtype=np.int64)
    after = np.append(kinds[1:], LAST)
    after[breaks[ends - 1]] = LAST
    return kinds[clause], after[clause]


@dataclass(frozen=True)
class _Beginnings:
    """What clauses begin with, as patterns in order, and the kind of clause that each of them means.

    Some patterns may begin with nearly anything (``[^，]{0,12}主要用于``) and take long to fail. Each match of theirs
    has one of the `words` in it; in a clause without a word only the others are tried.
    """

    patterns: FirstOf
    kinds: tuple[int, ...]
    quick: FirstOf
    quick_kinds: tuple[int, ...]
    words: re.Pattern[str]

    @classmethod
    def of(cls, kinds: Mapping[int, Sequence[re.Pattern[str]]]) -> _Beginnings:
        """Find out which patterns are quick."""
        pairs = [(pattern, kind) for kind, patterns in kinds.items() for pattern in patterns]
        words = [_words(pattern.pattern) for pattern, _ in pairs]
        quick = [pair for pair, own in zip(pairs, words, strict=True) if own is None]
        return cls(
            FirstOf([pattern for pattern, _ in pairs]),
            tuple(kind for _, kind in pairs),
            FirstOf([pattern for pattern, _ in quick]),
            tuple(kind for _, kind in quick),
            re.compile(any_of({word for own in words if own is not None for word in own})),
        )

    def kind(self, text: str, first: int, end: int, worded: bool) -> int | None:
        """Kind that a clause begins as."""
        patterns, kinds = (self.patterns, self.kinds) if worded else (self.quick, self.quick_kinds)
        found = patterns.found(text, first, end)
        return None if found is None else kinds[found[0]]


def _words(pattern: str) -> frozenset[str] | None:
    """Give words one of which is in every match within a clause; None if it is quick, or nothing is known of it."""
    words = inner_words(pattern) if guarded(pattern) == pattern else None
    if words is None or any(letter.isdigit() for word in words for letter in word):
        return None
    return frozenset(word for word in words if len(word) == 1 or not STOP.search(word))


@cache
def _beginnings() -> _Beginnings:
    lexicon = cause_lexicon()
    of_kind = {
        NO_CAUSE: [rule.pattern for rule in lexicon.not_causes],
        RESULT: [rule.pattern for rule in lexicon.results],
        FURTHER: [lexicon.further["strong"], lexicon.further["after_stop"]],
        DEPENDENT: [lexicon.dependent],
    }
    return _Beginnings.of(of_kind)


def _sort(text: str, first: int, end: int, states: int, worded: bool) -> int:
    if end - first <= LONGEST and states <= 2 and _restates(text, first, end):
        return RESTATES
    return _beginnings().kind(text, first, end, worded) or STATES[states]


@cache
def _restating() -> re.Pattern[str]:
    """Words that say that something changed, as many as follow one another; none is taken shorter to make room."""
    return re.compile(f"(?:[{re.escape(SKIPPED)}]|{cause_lexicon().state_words.pattern})*+")


def _restates(text: str, first: int, end: int) -> bool:
    """Whether the clause consists of words that say that something changed, and of nothing else."""
    words = _restating().match(text, first, end)
    if words is None or words.end() < end:
        return False
    lexicon = cause_lexicon()
    while first < end:
        match = None if text[first] in SKIPPED else lexicon.state_words.match(text, first, end)
        if match is not None and match[0] in lexicon.core_words:
            return True
        first = first + 1 if match is None else match.end()
    return False
