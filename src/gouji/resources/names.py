"""Folding of indicator names, and the short notation that the gazetteer files write variants in."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, product

from gouji.errors import ResourceError
from gouji.model.spans import Span

REMEMBERED = 16384
"""Names whose folded forms are kept: the labels of a report come back many times."""
QUOTES = "“”\"'‘’「」『』＂＇《》〝〞"
BRACKETS = "（）()[]［］【】〔〕"
DROPPED = frozenset(QUOTES + BRACKETS)
OPENING = {"“": "”", "‘": "’", "「": "」", "『": "』", "（": "）)", "(": "）)", "《": "》", '"': '"'}
CLOSING = {"”": "“", "’": "‘", "」": "「", "』": "『", "）": "（(", ")": "（(", "》": "《"}
HALVES = re.compile("[" + re.escape("".join((*OPENING, *CLOSING))) + "]")
CHOICE = re.compile(r"\[([^\[\]{}]*)\]|\{([^\[\]{}]*)\}")

# 五、教育支出 · （一）行政运行 · 1.公务接待费 · 20132 组织事务 · 其中：基本支出 · 减：… · “组织事务”（款）
NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十\d]{1,3}[)）][、.]?|\d{1,2}[、.．)）]|[①-⑳])"
)
LEAD = re.compile(r"^(?:其中|减|加|[-—–*·•※])[:：、]?")
CODE = re.compile(r"^[2-5]\d{2}(?:\d{2}){0,2}[-—–:：]?")
LEVEL = re.compile(
    r"[(（](?:\d*[类款项](?:[,，、]下同)?)[)）]|[(（](?:单位|计量单位)?[:：]?(?:万元|元|亿元|%|人|辆|个|台|套|台[、/]套|批次|人次)[)）]$"
)
TAIL = re.compile(r"[:：]$")


PASSED_OVER = frozenset({*DROPPED, "、", *(c for c in map(chr, range(0x3001)) if c.isspace())})
"""Characters that do not count when names are compared: all white space is below U+3001."""

PASSED = re.compile("[" + re.escape("".join(sorted(PASSED_OVER))) + "]")


@lru_cache(maxsize=REMEMBERED)
def fold(name: str) -> str:
    """Fold a name for comparison: compatibility forms, no white space, no quotes, no brackets, no 、.

    Examples
    --------
    >>> fold("因公出国(境)费") == fold("因 公出国（境）费"), fold("收、支总计")
    (True, '收支总计')
    """
    kept = (c for c in unicodedata.normalize("NFKC", name) if not c.isspace() and c not in DROPPED and c not in "、,")
    return unicodedata.normalize("NFKC", "".join(kept))  # once more: an accent may have stood on a space


@lru_cache(maxsize=REMEMBERED)
def fold_label(label: str) -> tuple[str, ...]:
    """Forms of a table label without item number, code, 其中 and level in brackets, the least changed first."""
    text = "".join(label.split())
    out = [text]
    for pattern in (LEVEL, TAIL, NUMBERING, LEAD, NUMBERING, CODE, LEAD):
        shorter = pattern.sub("", text)
        if shorter and shorter != text:
            text = shorter
            out.append(text)
    return tuple(out)


def code_of_row(texts: Sequence[str], above: str = "") -> str:
    """Classification code of a row, from the cells before its figures: whole, or a level a column.

    Parameters
    ----------
    texts : sequence of str
        Texts of the label columns, blanks included.
    above : str
        Code of the row above, from which a level that is not repeated is taken.

    Examples
    --------
    >>> code_of_row(["2010601", "行政运行"]), code_of_row(["201", "06", "01", "行政运行"])
    ('2010601', '2010601')
    >>> code_of_row(["", "", "02", "一般行政管理事务"], "2010601"), code_of_row(["", "合计"], "2010601")
    ('2010602', '')
    """
    pieces = ["".join(text.split()) for text in texts]
    whole = [piece for piece in pieces if piece.isascii() and piece.isdigit() and len(piece) in (3, 5, 7)]
    levels = [i for i, piece in enumerate(pieces) if piece.isascii() and piece.isdigit() and len(piece) == 2]
    if whole and len(whole[-1]) > 3:
        return whole[-1]
    if whole:
        return whole[-1] + "".join(pieces[i] for i in levels)
    if levels and levels[0] in (1, 2) and len(above) >= 1 + 2 * levels[0]:
        return above[: 1 + 2 * levels[0]] + "".join(pieces[i] for i in levels)
    return ""


class Folded:
    """Letters of a text that count when names are compared, one for one; case and width stay.

    Examples
    --------
    >>> folded = Folded("公务 接待费")
    >>> folded.letters, folded.place(2)
    ('公务接待费', 3)
    """

    __slots__ = ("_ends", "letters")

    def __init__(self, text: str) -> None:
        pieces = PASSED.split(text)
        self.letters = "".join(pieces) if len(pieces) > 1 else text
        self._ends = list(accumulate(map(len, pieces)))  # what was left out is one character between two pieces

    def place(self, number: int) -> int:
        """Where a letter stood in the text."""
        return number + bisect_right(self._ends, number)


def balanced(text: str, start: int, end: int) -> Span:
    """Widen a span by the other half of a quote or bracket that it holds one half of, if right beside it.

    Examples
    --------
    >>> balanced("的“三公”经费", 2, 7)
    Span(start=1, end=7)
    """
    if HALVES.search(text, start, end) is None:
        return Span(start, end)
    open_halves: list[str] = []
    missing: list[str] = []
    for c in text[start:end]:
        if c in OPENING and not (c == '"' and open_halves[-1:] == ['"']):
            open_halves.append(c)
        elif (c in CLOSING or c == '"') and open_halves and c in OPENING[open_halves[-1]]:
            open_halves.pop()
        elif c in CLOSING:
            missing.append(c)
    if missing and start and text[start - 1] in CLOSING[missing[0]]:
        start -= 1
    elif '"' in open_halves and start and text[start - 1] in '"“「':
        return Span(start - 1, end)  # the straight quote inside was the closing half
    if open_halves and end < len(text) and text[end] in OPENING[open_halves[-1]]:
        end += 1
    return Span(start, end)


def expand(form: str) -> list[str]:
    """Write out the variants of a form: ``[x|y]`` is optional, ``{x|y}`` a choice; neither nests.

    Raises
    ------
    ResourceError
        If a bracket of the notation is left open.

    Examples
    --------
    >>> expand("{年初|上年}结转[和]结余")
    ['年初结转结余', '年初结转和结余', '上年结转结余', '上年结转和结余']
    """
    parts: list[list[str]] = []
    at = 0
    for choice in CHOICE.finditer(form):
        parts.append([form[at : choice.start()]])
        optional, needed = choice.groups()
        parts.append(["", *optional.split("|")] if optional is not None else needed.split("|"))
        at = choice.end()
    parts.append([form[at:]])
    out = ["".join(pieces) for pieces in product(*parts)]
    if any(c in "[]{}|" for c in "".join(out)):
        raise ResourceError(f"{form!r}: brackets of the notation do not match")
    return out
