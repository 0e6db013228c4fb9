"""What a match of a pattern can begin with, told in front of the pattern: most places of a text fail at once.

Patterns of a language with many words begin with optional words (``(?:主要|其)*的?原因``), at which the regular
expression engine tries every branch before it gives up. A look at the one character that stands there is cheaper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from typing import Any

SOURCES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}
MOST_WORDS = 500
RARITY = 50  # how much rarer a word is than one with a character less
CONDITIONAL = re.compile(r"[\\^$\d]|\(\?[^:]")  # also matters what stands around a match
OTHER_DIGITS = re.compile(r"[^\D0-9]")
Begins = tuple[frozenset[str] | None, bool]
"""What a match may begin with, as items of a character class (None: anything), and whether it may be empty."""


def guarded(pattern: str) -> str:
    """Put what a match begins with in front of a pattern; what matches stays the same.

    Examples
    --------
    >>> guarded("(?:主要)?原因"), guarded("[^，]*原因")
    ('(?=[主原])(?:(?:主要)?原因)', '[^，]*原因')
    """
    items, empty = _of_sequence(_parsed(pattern))
    if not items or empty:
        return pattern
    return f"(?=[{''.join(sorted(items))}])(?:{pattern})"


def first_words(pattern: str) -> frozenset[str] | None:
    """Give strings one of which begins every match of a pattern; None where that cannot be told.

    Digits are those of ASCII: the words are to be looked for in a text that `ascii_digits` has gone over.

    Examples
    --------
    >>> sorted(first_words("新?(?:招录|录用)[^，]{0,9}人")), first_words("[^，]人")
    (['录用', '招录', '新录用', '新招录'], None)
    """
    begun, whole = _words_of_sequence(_parsed(pattern))
    words = begun | whole
    return None if "" in words else words


def all_words(pattern: str) -> frozenset[str] | None:
    """Give the strings that a pattern matches, if they are few, without digits, and none begins with another.

    Examples
    --------
    >>> sorted(all_words("未能?开展")), all_words("未开展(?!活动)"), all_words("未开展?")
    (['未开展', '未能开展'], None, None)
    """
    if CONDITIONAL.search(pattern):
        return None
    begun, whole = _words_of_sequence(_parsed(pattern))
    if begun or "" in whole or any(word[:end] in whole for word in whole for end in range(1, len(word))):
        return None
    return whole


def ascii_digits(text: str) -> str:
    """Write digits of other scripts, which patterns know too, as those of ASCII, one for one.

    Examples
    --------
    >>> ascii_digits("２人")
    '2人'
    """
    return OTHER_DIGITS.sub(lambda match: str(int(match[0])), text)


def inner_words(pattern: str) -> frozenset[str] | None:
    """Give strings one of which stands in every match, or in what it looks ahead at; None where none can be told.

    Of the parts of a pattern the one is taken whose words are found least often: long ones, and few.
    Digits are those of ASCII, as in `first_words`.

    Examples
    --------
    >>> sorted(inner_words("[^，]{0,9}(?:何来|因何而起)？")), inner_words("[^，]人?")
    (['何来？', '因何而起？'], None)
    """
    return _inner_words(tuple(_parsed(pattern)))


def _inner_words(parts: tuple[tuple[Any, Any], ...]) -> frozenset[str] | None:
    found: list[frozenset[str]] = []
    for at, (operation, value) in enumerate(parts):
        name = str(operation)
        held: list[frozenset[str] | None] = []
        if name == "BRANCH":
            held = [_inner_words(tuple(branch)) for branch in value[1]]
        elif name == "SUBPATTERN":
            held = [_inner_words(tuple(value[-1]))]
        elif name == "ASSERT" and value[0] > 0:
            held = [_inner_words(tuple(value[1]))]
        known = [words for words in held if words is not None]
        if held and len(known) == len(held):
            found.append(frozenset().union(*known))
        if not any("" in words for words in _words_of_part(operation, value)):
            found.append(frozenset().union(*_words_of_sequence(parts[at:])))
    return min(found, key=lambda words: sum(RARITY ** -len(word) for word in words), default=None)


def _words_of_sequence(parts: Iterable[tuple[Any, Any]]) -> tuple[frozenset[str], frozenset[str]]:
    """Strings that only begin what a sequence matches, and those that are all of it."""
    begun: frozenset[str] = frozenset()
    whole = frozenset({""})
    for part in parts:
        begins, is_whole = _words_of_part(*part)
        if len(whole) * (len(begins) + len(is_whole)) > max(MOST_WORDS, len(begins) + len(is_whole)):
            return begun | whole, frozenset()
        begun |= {word + more for word in whole for more in begins}
        if "" in begins:  # anything may follow
            return begun, frozenset()
        whole = frozenset(word + more for word in whole for more in is_whole)
    return begun, whole


def _words_of_part(operation: Any, value: Any) -> tuple[frozenset[str], frozenset[str]]:
    name = str(operation)
    nothing: frozenset[str] = frozenset()
    if name == "LITERAL":
        return nothing, frozenset({chr(value)})
    if name == "IN" and all(str(item) == "LITERAL" for item, _ in value):
        return nothing, frozenset(chr(of) for _, of in value)
    if name == "IN" and [str(of) for _, of in value] == ["CATEGORY_DIGIT"]:
        return nothing, frozenset("0123456789")
    if name == "BRANCH":
        branches = [_words_of_sequence(branch) for branch in value[1]]
        return nothing.union(*(begun for begun, _ in branches)), nothing.union(*(whole for _, whole in branches))
    if name == "SUBPATTERN":
        return _words_of_sequence(value[-1])
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        begun, whole = _words_of_sequence(value[2])
        begun, whole = (begun, whole) if value[1] == 1 else (begun | whole, nothing)
        return begun, whole | {""} if value[0] == 0 else whole
    return (nothing, frozenset({""})) if name in ("ASSERT", "ASSERT_NOT", "AT") else (frozenset({""}), nothing)


@lru_cache(maxsize=8)  # one pattern is asked for both
def _parsed(pattern: str) -> Iterable[tuple[Any, Any]]:
    """Parse a pattern as `re` does; its parser is not public, and without it nothing is known of a pattern."""
    try:
        parsed: Iterable[tuple[Any, Any]] = import_module("re._parser").parse(pattern)
    except (ImportError, AttributeError):
        return [("UNKNOWN", None)]
    return parsed


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> Begins:
    items: frozenset[str] = frozenset()
    for part in parts:
        begins, empty = _of_part(*part)
        if begins is None:
            return None, False
        items |= begins
        if not empty:
            return items, False
    return items, True


def _of_part(operation: Any, value: Any) -> Begins:
    name = str(operation)
    if name == "LITERAL":
        return frozenset({re.escape(chr(value))}), False
    if name == "IN":
        return _of_class(value), False
    if name == "BRANCH":
        branches = [_of_sequence(branch) for branch in value[1]]
        known = [begins for begins, _ in branches if begins is not None]
        all_known = len(known) == len(branches)
        return frozenset().union(*known) if all_known else None, any(empty for _, empty in branches)
    if name == "SUBPATTERN":
        return _of_sequence(value[-1])
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        begins, empty = _of_sequence(value[2])
        return begins, empty or value[0] == 0
    if name == "ASSERT" and value[0] > 0:
        begins, empty = _of_sequence(value[1])
        return (frozenset(), True) if begins is None or empty else (begins, False)
    return (frozenset(), True) if name in ("ASSERT", "ASSERT_NOT", "AT") else (None, False)


def _of_class(value: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    items = set()
    for operation, of in value:
        name = str(operation)
        if name == "LITERAL":
            items.add(re.escape(chr(of)))
        elif name == "RANGE":
            items.add(f"{re.escape(chr(of[0]))}-{re.escape(chr(of[1]))}")
        elif name == "CATEGORY" and str(of) in SOURCES:
            items.add(SOURCES[str(of)])
        else:
            return None
    return frozenset(items)
