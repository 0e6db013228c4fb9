"""Where the patterns of a lexicon may match in a text, found in one pass: most clauses have no place for any."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from gouji.resources.beginnings import ascii_digits, first_words, inner_words
from gouji.resources.finder import Finder


class CueFinder:
    """Finds the words that patterns begin with, and those one of which is in each match.

    Sets of patterns are the bits of a number: `bits` those of a group, which begin with bit `first`; `unbegun` those of
    which no beginning is known, `unheld` those of which no words are, `outside` those whose matches may leave a clause.

    Parameters
    ----------
    groups : mapping of str to sequence of re.Pattern
        Patterns by group, in which a pattern's number is its place in the order.
    whole : collection of str
        Groups whose matches end in the clause in which they begin, or with the character behind it.
    masks : str
        Characters that stand for others in the text in which the patterns are matched.
    """

    def __init__(self, groups: Mapping[str, Sequence[re.Pattern[str]]], whole: Collection[str], masks: str) -> None:
        self.patterns = [pattern for patterns in groups.values() for pattern in patterns]
        self.first: dict[str, int] = {}
        self.bits: dict[str, int] = {}
        self.unbegun = self.unheld = self.outside = 0
        rows: dict[str, list[int]] = {}
        for group, patterns in groups.items():
            first = self.first[group] = sum(bits.bit_count() for bits in self.bits.values())
            bits = self.bits[group] = ((1 << len(patterns)) - 1) << first
            self.outside |= 0 if group in whole else bits
            for number, pattern in enumerate(patterns, first):
                begun = _fewest(first_words(pattern.pattern), masks)
                held = _fewest(inner_words(pattern.pattern), masks)
                self.unbegun |= (begun is None) << number
                self.unheld |= (held is None) << number
                for words, column in (begun, 0), (held, 1):
                    for word in words or ():
                        rows.setdefault(word, [0, 0])[column] |= 1 << number
        self.rows = [(begins, holds) for begins, holds in rows.values()]
        self.find = Finder(rows, longest=False).find


def _fewest(words: frozenset[str] | None, masks: str) -> frozenset[str] | None:
    """Words without those that begin with another; None if one has a character that no text shows."""
    if words is None or any(char in word for word in words for char in masks):
        return None
    return frozenset(word for word in words if not any(word[:end] in words for end in range(1, len(word))))


class FoundCues:
    """Places of one text where patterns may match.

    Parameters
    ----------
    finder : CueFinder
    text : str
    ends : sequence of int
        Where its clauses end. What stands between two counts as part of the later one, but the character right behind
        the end of one as part of it.

    Attributes
    ----------
    hints : list of int
        For each clause, the patterns that may match in it.
    anywhere : int
        The patterns that may match in the text.
    """

    __slots__ = ("_finder", "_text", "_words", "anywhere", "hints")

    def __init__(self, finder: CueFinder, text: str, ends: Sequence[int]) -> None:
        self._finder, self._text = finder, text
        self._words: dict[int, list[tuple[int, int]]] = {}  # start and number of those found, by clause
        rows, unbegun, unheld = finder.rows, finder.unbegun, finder.unheld
        for word, start, _ in finder.find(ascii_digits(text)):
            at = bisect_left(ends, start)
            known = self._words.get(at)
            if known is None:
                self._words[at] = [(start, word)]
            else:
                known.append((start, word))
        self.hints = [unbegun & (unheld | finder.outside)] * (len(ends) + 1)
        any_begun, any_held = unbegun, unheld
        for at, found in self._words.items():
            begun, held = unbegun, unheld
            for _, word in found:
                begins, holds = rows[word]
                begun |= begins
                held |= holds
            self.hints[at] = begun & (held | finder.outside)
            any_begun |= begun
            any_held |= held
        self.anywhere = any_begun & any_held

    def places(self, group: str, at: int, start: int, end: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Places of clause `at`, from `start` to before `end`, where patterns of a group may match.

        Yields
        ------
        tuple
            The place, and the numbers of the patterns in their group; in order.
        """
        finder = self._finder
        wanted, first = self.hints[at] & finder.bits[group], finder.first[group]
        everywhere = wanted & finder.unbegun
        found = dict.fromkeys(range(start, end), everywhere) if everywhere else {}
        for place, word in self._words.get(at, ()):
            if start <= place < end:
                found[place] = found.get(place, everywhere) | (finder.rows[word][0] & wanted)
        for place in sorted(found):
            yield place, numbers(found[place] >> first)


@lru_cache(maxsize=1024)  # few sets of patterns are asked for often
def numbers(bits: int) -> tuple[int, ...]:
    """Numbers of the bits that are set, in order.

    Examples
    --------
    >>> numbers(0b1101)
    (0, 2, 3)
    """
    out = []
    while bits:
        out.append((bits & -bits).bit_length() - 1)
        bits &= bits - 1
    return tuple(out)
