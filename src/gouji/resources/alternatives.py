"""Many words or patterns as one regular expression, which tries few of them at any place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gouji.resources.beginnings import guarded

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
    tree: Tree = {}
    for word in sorted(words):
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return f"(?:{_branches(tree)})"


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
