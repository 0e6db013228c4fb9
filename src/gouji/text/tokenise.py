"""Tokens: figures first, then words between them.

Figures are cut out before the words, since a word cutter takes ``1,234.56`` and ``99.79%`` apart. Between them jieba
cuts, with its own tokenizer (never the process-wide one) and the words given; rjieba does the same seventeen times
faster and is used where it is installed. Both run without the hidden Markov model: their words are then the same.
"""

from __future__ import annotations

import importlib.util
import logging
import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from gouji.model.spans import Span

Cut = Callable[[str], Iterable[str]]
SPACES = re.compile(r"\s+")
NUMBER = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch ``text[start:end]`` of a text; `kind` is ``figure``, ``word``, ``number``, ``mark`` or ``space``."""

    text: str
    start: int
    end: int
    kind: str


def tokenise(text: str, figures: Sequence[Span] = (), words: tuple[str, ...] = (), engine: str = "auto") -> list[Token]:
    """Cut a text into tokens.

    Parameters
    ----------
    text : str
    figures : sequence of Span
        In order, not overlapping; each becomes one token.
    words : tuple of str
        Words that the dictionary is to know besides its own: the names of the gazetteer.
    engine : str
        ``jieba``, ``rjieba``, or ``auto``: rjieba where it is installed.

    Returns
    -------
    list of Token
        They cover the text: their texts joined are `text`.

    Raises
    ------
    ValueError
        If figures overlap, are out of order or reach beyond the text.

    Examples
    --------
    >>> [t.text for t in tokenise("支出1,234.56万元，增长", [Span(2, 12)])]
    ['支出', '1,234.56万元', '，', '增长']
    """
    cut = cutter(words, engine)
    out: list[Token] = []
    at = 0
    for figure in figures:
        if figure.start < at or figure.end > len(text):
            raise ValueError(f"figure {figure} overlaps another or lies outside a text of {len(text)} characters")
        _words(text, at, figure.start, cut, out)
        out.append(Token(text[figure.start : figure.end], figure.start, figure.end, "figure"))
        at = figure.end
    _words(text, at, len(text), cut, out)
    return out


def _words(text: str, start: int, end: int, cut: Cut, out: list[Token]) -> None:
    """Append the words of a stretch between figures."""
    if start == end:
        return
    at = start
    for word in cut(text[start:end]):
        out.append(Token(word, at, at + len(word), _kind(word)))
        at += len(word)
    assert at == end, f"the cutter lost characters between {start} and {end}"


def _kind(word: str) -> str:
    if word.isspace():
        return "space"
    if NUMBER.fullmatch(word):
        return "number"
    return "word" if any(c.isalnum() for c in word) else "mark"


@cache
def cutter(words: tuple[str, ...] = (), engine: str = "auto") -> Cut:
    """Make a word cutter with its own dictionary; made once for each list of words.

    Notes
    -----
    The dictionary is loaded here, on the first call and not on import: the rest of gouji never needs it.
    """
    if engine == "auto":
        engine = "rjieba" if importlib.util.find_spec("rjieba") else "jieba"
    make = {"jieba": _jieba, "rjieba": _rjieba}[engine]
    return make(words)


def _jieba(words: tuple[str, ...]) -> Cut:
    """Cutter of jieba, the reference."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own: pkg_resources, and escapes in its patterns
        import jieba

    logging.getLogger("jieba").setLevel(logging.WARNING)
    tokenizer: Any = jieba.Tokenizer()
    tokenizer.initialize()
    for word, freq in _frequencies(words, tokenizer.suggest_freq):
        tokenizer.add_word(word, freq)
    return lambda text: tokenizer.cut(text, HMM=False)


def _rjieba(words: tuple[str, ...]) -> Cut:
    """Cutter of rjieba: no user dictionary file, so words go in one by one."""
    import rjieba

    tokenizer = rjieba.Jieba()
    for word, freq in _frequencies(words, tokenizer.suggest_freq):
        tokenizer.add_word(word, freq, "n")
    return lambda text: tokenizer.cut(text, False)


def _frequencies(words: tuple[str, ...], suggest: Callable[[str], int]) -> list[tuple[str, int]]:
    """Give each word the frequency that keeps it whole, before any word goes in, so that order does not matter."""
    return [(word, suggest(word)) for word in dict.fromkeys(words) if word.strip() and not SPACES.search(word)]
