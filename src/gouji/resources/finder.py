"""Many words looked for in one pass over a text, by an Aho-Corasick automaton."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, MatchKind

HALVES = re.compile("[\ud800-\udfff]")


class Finder:
    """Finds words in texts, whatever their number, in time linear in the text.

    Parameters
    ----------
    words : iterable of str
        None twice, none empty.
    longest : bool
        Whether to find the leftmost and of those the longest, none overlapping; otherwise all.

    Examples
    --------
    >>> Finder(["收入", "收入合计", "合计"], longest=True).find("收入合计")
    [(1, 0, 4)]
    >>> Finder(["收入", "收入合计", "合计"], longest=False).find("收入合计")
    [(0, 0, 2), (1, 0, 4), (2, 2, 4)]
    """

    def __init__(self, words: Iterable[str], *, longest: bool) -> None:
        self.overlapping = not longest
        self._automaton = AhoCorasick(words, MatchKind.LeftmostLongest if longest else MatchKind.Standard)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Give the number of each word that stands in a text, with its start and end."""
        try:
            return self._automaton.find_matches_as_indexes(text, self.overlapping)
        except UnicodeEncodeError:  # a damaged file has left halves of characters
            return self._automaton.find_matches_as_indexes(HALVES.sub("\ufffd", text), self.overlapping)
