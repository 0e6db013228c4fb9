"""Lines to passages: hard-wrapped lines are joined, page numbers between them dropped.

A line goes on in the next one if it is *full* (its width is near the usual width of full lines around it), and the
next one does not begin anew (no heading, no number, no indentation). Where paragraphs are marked by indentation this
holds even for a full line that happens to end with a sentence; elsewhere a line that ends a sentence ends its
paragraph. Justified print fits more digits than characters into a line, so a line that ends inside a clause goes on
even if it is a fifth short. In a text without a usual width every line is a paragraph, but for lines that cannot end
or begin one: a comma at the end, a closing mark at the beginning, a number parted from its unit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gouji.model.quick import quick
from gouji.model.spans import Span
from gouji.readers.lines import LONG, Line
from gouji.readers.marks import is_bare_number, is_caption, is_contents_line, is_page_number, is_sentence_end, numbering
from gouji.text.money import money_units
from gouji.text.normalise import View, fold, join

_SLACK = 4  # display columns that a full line may stay below the usual width: two characters kept together
_WINDOW = 200  # lines over which the usual width is taken
_NARROW, _WIDE = 24, 160
_MANY = 12  # full lines that a file of lines has at least
_SHARE = 8  # one line in eight must be full; the rest may be a table printed without rules
_CLAUSE_END = re.compile(r"[；;：:]$")
_OPEN_END = frozenset("，、（“《〈(,")
_CLOSING = re.compile(r"[，。、；：）】》”’％%！？]")
# a figure is not cut, so the line before it may end early: 完成年初预算的 | 109.94%。
_FIGURE_FIRST = re.compile(r"\d[\d,，.]*\s*(?:[%％‰]|个?百分点|[百千]?万?亿?元)")
_POINT_END = re.compile(r".*[^\d.,．，]\d{1,3}(?:,\d{3})*[.．,]$")  # 增加120. | 73万元
_POINTS = (".", "．", ",")
_SCALE_END = re.compile(r"\d ?[百千]?[万亿]$")  # 减少3.1 万 | 元


@quick
@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines ``[first, last)`` that make one passage, and the passage."""

    first: int
    last: int
    view: View


def paragraphs(text: str, lines: Sequence[Line], indices: Sequence[int]) -> Iterator[Paragraph]:
    """Join the lines of text at `indices` (ascending, tables left out) to paragraphs.

    Yields
    ------
    Paragraph
        In order; together they hold every line that is not blank, page numbers apart.
    """
    shown = [i for i in indices if lines[i].body and not is_page_number(lines[i].body)]
    if not shown:
        return
    layout = _Layout(lines, shown)
    position = 0
    while position < len(shown):
        taken = [shown[position]]
        following = position + 1
        while following < len(shown):
            step = layout.step(following)
            if step == 0:
                break
            taken.append(shown[following + step - 1])
            following += step
        yield Paragraph(taken[0], taken[-1] + 1, _view(text, lines, taken))
        position = following


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether lines, each a paragraph as the file has it, are in truth the lines of a page.

    It is so where half of the lines that are no headings are as long as one another, and hardly one is longer: a file
    made of a printed page has a paragraph a line.
    """
    shown = [line for line in lines if not line.blank]
    for measure, low in _MEASURES:
        sizes = [measure(line) for line in shown]
        usual, near = _usual(sizes, low)
        if usual and near >= _MANY and near * 2 >= sum(size >= low for size in sizes):
            return True
    return False


def cell_paragraphs(text: str, start: int, end: int) -> Iterator[View]:
    """Passages of a cell of running text: its lines joined, anew at each number (``2.``) and after a sentence end."""
    pieces: list[Span] = []
    at = start
    last = ""
    for raw in text[start:end].split("\n"):
        body = raw.strip()
        if body:
            begin = at + len(raw) - len(raw.lstrip())
            if pieces and (numbering(body) is not None or is_sentence_end(last)):
                yield join(text, pieces)
                pieces = []
            pieces.append(Span(begin, begin + len(body)))
            last = body
        at += len(raw) + 1
    if pieces:
        yield join(text, pieces)


def _view(text: str, lines: Sequence[Line], taken: Sequence[int]) -> View:
    return join(text, [Span(lines[i].body_start, lines[i].body_end) for i in taken])


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How lines around a place are wrapped, at a display width or a number of characters, and how paragraphs begin."""

    sizes: list[int]  # of all lines, by their position
    usual: int  # 0 if lines are not wrapped
    indented: bool  # whether paragraphs begin with an indentation

    def full(self, position: int) -> bool:
        """Whether a line is as long as full lines are."""
        return self.usual > 0 and abs(self.sizes[position] - self.usual) <= _SLACK

    def nearly_full(self, position: int, body: str) -> bool:
        """Whether a line is short by no more than justified print varies, and ends inside a clause."""
        return 5 * self.sizes[position] >= 4 * self.usual and not _CLAUSE_END.search(body)


class _Layout:
    """What is known of the layout around each line."""

    def __init__(self, lines: Sequence[Line], shown: Sequence[int]) -> None:
        self.shown = [lines[i] for i in shown]
        sizes = [list(map(measure, self.shown)) for measure, _ in _MEASURES]
        self.wraps: list[_Wrap] = []
        for low in range(0, len(shown), _WINDOW):
            self.wraps.append(_wrap_of(self.shown, sizes, max(0, low - _WINDOW // 2), low + _WINDOW + _WINDOW // 2))

    def step(self, following: int) -> int:
        """Count the places from the line before `following` to the one that continues it; 2 over a page number."""
        shown = self.shown
        line, after = shown[following - 1], shown[following]
        wrap = self.wraps[min(following // _WINDOW, len(self.wraps) - 1)]
        if is_bare_number(after.body) and following + 1 < len(shown) and not is_sentence_end(line.body):
            return 2 if wrap.full(following - 1) and self._continues(following - 1, shown[following + 1], wrap) else 0
        return 1 if self._continues(following - 1, after, wrap) else 0

    def _continues(self, position: int, after: Line, wrap: _Wrap) -> bool:
        line = self.shown[position]
        if len(line.raw) > LONG:
            return False
        full = wrap.full(position)
        ended = wrap.usual > 0 and is_sentence_end(line.body)  # asked of wrapped lines alone
        if not full:  # most lines of a text that is not wrapped, so it is asked first
            broken = (
                wrap.usual > 0
                and not ended
                and (bool(_FIGURE_FIRST.match(after.body)) or wrap.nearly_full(position, line.body))
            )
            if not broken and not _cannot_part(line.body, after.body):
                return False
        if is_contents_line(line.body) or is_contents_line(after.body):
            return False
        number = numbering(after.body)
        if number is not None and number.level == 1 or is_caption(line.body):
            return False
        if after.indent >= 2 and after.indent > line.indent:
            return False
        if not full:
            return number is None
        if number is not None:
            return not ended and number.level > 2 and wrap.indented and after.indent == 0
        if ended:
            return wrap.indented and after.indent < 2
        return True


def _wrap_of(lines: list[Line], measured: list[list[int]], begin: int, end: int) -> _Wrap:
    """Tell how the lines of a window are wrapped: by the measure under which more of them are full."""
    found = [(_usual(sizes[begin:end], low), sizes) for sizes, (_, low) in zip(measured, _MEASURES, strict=True)]
    (usual, _), sizes = max(found, key=lambda item: item[0][1])
    return _Wrap(sizes, usual, usual > 0 and _marks_by_indent(lines[begin:end], sizes[begin:end], usual))


def _display(line: Line) -> int:
    return line.width


def _characters(line: Line) -> int:
    return len(line.raw.rstrip())


_MEASURES: tuple[tuple[Callable[[Line], int], int], ...] = ((_display, _NARROW), (_characters, _NARROW // 2))


def _usual(sizes: list[int], low: int) -> tuple[int, int]:
    """Find the size of full lines, and how many lines have it; 0, 0 if lines are not wrapped.

    It is a size that one line in eight comes near to and few exceed.
    """
    counts = Counter(size for size in sizes if low <= size <= _WIDE)
    if not counts:
        return 0, 0
    slack = _SLACK if low == _NARROW else _SLACK // 2
    near, best = max((sum(counts[size - d] for d in range(slack + 1)), size) for size in counts)
    beyond = sum(size > best + slack for size in sizes)
    if near < 3 or near * _SHARE < sum(size >= low for size in sizes) or beyond * 8 > near:
        return 0, 0
    return best, near


def _marks_by_indent(lines: list[Line], sizes: list[int], usual: int) -> bool:
    """Whether paragraphs are indented: most lines below one that is not full and ends a sentence are."""
    begins = [
        after.indent >= 2
        for line, size, after in zip(lines, sizes, lines[1:], strict=False)
        if size < usual - _SLACK and is_sentence_end(line.body) and numbering(after.body) is None
    ]
    if not begins:
        return any(line.indent >= 2 for line in lines)
    return sum(begins) * 5 >= len(begins) * 4


def _cannot_part(body: str, after: str) -> bool:
    """Whether two lines belong together by their edge alone: open end, closing mark first, number and unit."""
    if body[-1:] in _OPEN_END or _CLOSING.match(after):
        return True
    scaled = body[-1:] in "万亿" and _SCALE_END.search(body, max(0, len(body) - 4)) is not None
    if scaled and fold(after[:1]) == "元" or (body[-1:] in _POINTS and after[:1].isdigit() and _POINT_END.match(body)):
        return True
    return body[-1:].isdecimal() and _begins_with_money(after)


def _begins_with_money(text: str) -> bool:
    """Whether a unit of money of at most four characters stands first."""
    head = fold(text[:4])
    return any(head[:length] in money_units() for length in range(1, len(head) + 1))
