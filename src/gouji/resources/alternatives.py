"""Many words or patterns as one regular expression, which tries few of them at any place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gouji.resources.beginnings import guarded, inner_words

Tree = dict[str, "Tree"]
"""Words letter by letter; the empty string marks the end of a word."""


def any_of(words: Iterable[str]) -> str:
    """Give a group that matches any of the words, the longest first.

    Words that begin alike share their beginning, so that a place of a text is compared with one letter of each
    beginning and not with every word.

    Examples
    --------
    >>> any_of(["上年", "上年度", "比"])
    '(?:上年(?:度|)|比)'
    """
    return f"(?:{branches(words)})"


def branches(words: Iterable[str]) -> str:
    """Give what `any_of` gives without the group around it, to be put beside other branches.

    Where all branches of a pattern begin with a letter, a search passes over other letters quickly.
    """
    tree: Tree = {}
    for word in sorted(words):
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: Tree) -> str:
    branches = [re.escape(letter) + _rest(below) for letter, below in node.items() if letter]
    return "|".join([*branches, ""] if "" in node else branches)


def _rest(node: Tree) -> str:
    return _branches(node) if len(node) == 1 else f"(?:{_branches(node)})"


class FirstOf:
    """Patterns in order, matched as one.

    Examples
    --------
    >>> FirstOf([re.compile("因"), re.compile("因为|由于")]).match("由于", 0, 2).end()
    2
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        marked = (f"(?:{pattern.pattern})(?P<p{number}>)" for number, pattern in enumerate(patterns))
        self.pattern = re.compile(guarded("|".join(marked) or "(?!)"))
        self.match = self.pattern.match

    def found(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Give the number of the first pattern that matches at `start`, and where its match ends.

        Examples
        --------
        >>> FirstOf([re.compile("因"), re.compile("因为|由于")]).found("由于", 0, 2)
        (1, 2)
        """
        match = self.match(text, start, end)
        return None if match is None or match.lastgroup is None else (int(match.lastgroup[1:]), match.end())


class Sieved:
    """Patterns in order, matched as one, that are asked less where no telling word stands.

    Some patterns may begin with nearly anything (``[^，]{0,12}主要用于``) and take long to fail. Each match of theirs
    has one of the `words` in it; a stretch of text without a word needs the others alone (`quick`).

    Parameters
    ----------
    patterns : sequence of pattern
    barred : str
        Characters that no stretch to be matched contains, but as its only one.

    Examples
    --------
    >>> both = Sieved([re.compile("[^，]{0,12}主要用于"), re.compile("(?:因此|故)")])
    >>> both.words.pattern, both.quick.match("款项主要用于"), both.found("款项主要用于", 0, 6, True)
    ('(?:主要用于)', None, (0, 6))
    """

    def __init__(self, patterns: Sequence[re.Pattern[str]], barred: str = "") -> None:
        words = [_telling(pattern.pattern, barred) for pattern in patterns]
        self.all = FirstOf(patterns)
        self.numbers = [number for number, own in enumerate(words) if own is None]
        self.quick = FirstOf([patterns[number] for number in self.numbers])
        self.words = re.compile(any_of({word for own in words if own is not None for word in own}))

    def found(self, text: str, start: int, end: int, worded: bool) -> tuple[int, int] | None:
        """Give the number of the first pattern that matches at `start`, and where its match ends.

        `worded`: whether one of the words stands in the stretch.
        """
        if worded:
            return self.all.found(text, start, end)
        found = self.quick.found(text, start, end)
        return None if found is None else (self.numbers[found[0]], found[1])


def _telling(pattern: str, barred: str) -> frozenset[str] | None:
    """Give words one of which is in every match of a pattern that may begin with anything; None if that is not known.

    A word with a digit is no telling one, for there are digits beside those of ASCII.
    """
    words = inner_words(pattern) if guarded(pattern) == pattern else None
    if words is None or any(letter.isdigit() for word in words for letter in word):
        return None
    return frozenset(word for word in words if len(word) == 1 or not set(word) & set(barred))
