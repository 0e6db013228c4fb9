"""Sentences and clauses of a passage."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.model.spans import Span

# 。！？, several of them, and closing marks behind them; or a line end. A class comes first: it is found quickly.
SENTENCE_END = re.compile(r"[。！？!?\n](?:(?<!\n)[。！？!?]*[”’」』）)]*)?")
CLAUSE_END = re.compile(r"[，,；;。！？!?：:\n]+")


def sentences(text: str) -> list[Span]:
    """Cut a text into sentences, which end at 。！？ or a line end, terminator included.

    They come in order and cover the text but for empty stretches.
    """
    return _cut(text, SENTENCE_END, ())


def clauses(text: str, keep: Sequence[Span] = ()) -> list[Span]:
    """Cut a text into clauses, which end at a comma, semicolon, colon or sentence end, terminator included.

    Parameters
    ----------
    text : str
    keep : sequence of Span
        Stretches that are never cut (figures: ``1,234.56``).
    """
    return _cut(text, CLAUSE_END, keep)


def _cut(text: str, end: re.Pattern[str], keep: Sequence[Span]) -> list[Span]:
    inside = {i for span in keep for i in range(span.start, span.end)}
    out: list[Span] = []
    start = 0
    for match in end.finditer(text):
        if match.start() in inside:
            continue
        out.append(Span(start, match.end()))
        start = match.end()
    if start < len(text):
        out.append(Span(start, len(text)))
    return out
