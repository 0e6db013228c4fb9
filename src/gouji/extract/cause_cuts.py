"""Where a passage is cut into clauses, and its brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gouji.resources.script import folding

full_width = folding(str.maketrans({"(": "（", ")": "）", ";": "；", "!": "！", "?": "？"}))
BETWEEN = re.compile(r"(?<!\d)[,]|[,](?!\d)|(?<!\d):|:(?!\d)")
CLOSING = {"）": "（", "”": "“", "》": "《", "】": "【", "〕": "〔"}
STOPS = frozenset("，；。！？：\n")
FULL_STOPS = frozenset("。！？\n")
PARTS = FULL_STOPS | {"；"}
BRACKET_REACH = 300  # characters; a bracket open for longer was never meant to close
SPACE = frozenset(" \t\u3000\xa0")
MARKS = re.compile("[" + re.escape("".join({*CLOSING, *CLOSING.values(), *FULL_STOPS})) + "]")
OPENING = frozenset(CLOSING.values())
OPENS = re.compile("[" + re.escape("".join(sorted(OPENING))) + "]")
CUTS = re.compile("[" + "".join(sorted(STOPS)) + "]")


@dataclass(slots=True)  # not frozen: one is made for every clause, in a quarter of the time
class Clause:
    """A clause without its closing mark `stop`, which is empty at the end of the passage.

    The sentence before its own, or its own if there is none, begins at `near`. The figures that begin in the clause are
    those of the passage from `first` to before `last`; `money` says whether one of them is an amount or a rate.
    """

    start: int
    end: int
    stop: str
    sentence: int
    near: int
    first: int = 0
    last: int = 0
    money: bool = False


def fold(text: str) -> str:
    """Write punctuation full width, one character for one; a comma or colon between digits stays.

    Examples
    --------
    >>> fold("减少1,234.5元,原因:无")
    '减少1,234.5元，原因：无'
    """
    wide = full_width(text)
    return BETWEEN.sub(lambda m: "，" if m[0] == "," else "：", wide) if "," in wide or ":" in wide else wide


def pairs(text: str) -> tuple[list[tuple[int, int]], bytearray | None]:
    """Outermost brackets, marks included, and for each character whether it lies in a bracket or in quotes."""
    if OPENS.search(text) is None:
        return [], None
    inside = bytearray(len(text))
    stack: list[tuple[str, int]] = []
    found: list[tuple[int, int, str]] = []
    for match in MARKS.finditer(text):
        char, at = match[0], match.start()
        if char in OPENING:
            stack.append((char, at))
        elif char in CLOSING:
            while stack:
                opening, start = stack.pop()
                if opening == CLOSING[char]:
                    if at - start < BRACKET_REACH:
                        found.append((start, at + 1, opening))
                    break
        elif stack and at - stack[0][1] > BRACKET_REACH:
            stack.clear()
    for start, end, _ in found:
        inside[start:end] = b"\x01" * (end - start)
    outermost: list[tuple[int, int]] = []
    for start, end, opening in sorted(found):
        if opening == "（" and (not outermost or start >= outermost[-1][1]):
            outermost.append((start, end))
    return outermost, inside


def written_over(text: str, stretches: Iterable[tuple[int, int, str]]) -> str:
    """Write strings of the same length over stretches of a text, which are in order; where two overlap, the later.

    Examples
    --------
    >>> written_over("减少5.0万元，", [(2, 7, "-----")]), written_over("减少", [(0, 2, "--"), (1, 2, "+")])
    ('减少-----，', '-+')
    """
    pieces: list[str] = []
    at = 0
    for start, end, string in stretches:
        if start < at:
            written = "".join(pieces)
            pieces = [written[:start], string, written[end:]]
        else:
            pieces += (text[at:start], string)
        at = max(at, end)
    return "".join([*pieces, text[at:]])


def cut(text: str, inside: bytearray | None) -> list[Clause]:
    """Clauses in order, outer white space left out; empty ones are dropped, their mark kept for the one before."""
    out: list[Clause] = []
    start = sentence = near = opened = 0
    last = -1  # the sentence that begins at `opened`
    cuts = [match.start() for match in CUTS.finditer(text)]
    if inside is not None:
        cuts = [at for at in cuts if not inside[at]]
    for at in (*cuts, len(text)):
        stop = text[at : at + 1]
        left, right = start, at
        while left < right and text[left] in SPACE:
            left += 1
        while right > left and text[right - 1] in SPACE:
            right -= 1
        if left < right:
            if sentence != last:
                near = opened if 0 <= last == sentence - 1 else left
                opened, last = left, sentence
            out.append(Clause(left, right, stop, sentence, near))
        if stop in FULL_STOPS:
            sentence += 1
        start = at + 1
    return out
