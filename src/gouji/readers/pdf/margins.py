"""Margins and pitch of the running text of a page: what a full line is, and what an indented one."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gouji.readers.marks import is_sentence_end
from gouji.readers.pdf.lines import Line
from gouji.readers.pdf.pages import Page
from gouji.readers.pdf.wrapping import CLOSING, has_room

_LONG = 0.6  # of the widest line
_COLUMN = 0.5  # of the page; running text is wider
_OWN = 6  # long lines by which a page has margins of its own
_INDENT = 1.3  # ems
_SPACED = 1.2  # times the usual distance of lines


@dataclass(frozen=True, slots=True)
class Margins:
    """Left and right edge of running text, usual distance of its baselines in ems; how paragraphs are set apart."""

    left: float
    right: float
    pitch: float
    indented: bool
    spaced: bool

    @property
    def width(self) -> float:
        """Width of running text."""
        return max(1.0, self.right - self.left)

    def indent(self, line: Line) -> float:
        """How far a line is set in, in ems."""
        return (line.x0 - self.left) / line.em

    def share(self, line: Line) -> float:
        """How much of the width between the margins a line reaches."""
        return (line.x1 - self.left) / self.width

    def is_indented(self, line: Line) -> bool:
        """Whether a line is set in as the first line of a paragraph is."""
        return self.indent(line) > _INDENT


def margins_of(pages: Sequence[Page]) -> dict[int, Margins]:
    """Margins by page number: a page's own where it has enough long lines, else those of all pages as wide."""
    by_width: dict[int, list[Page]] = {}
    for page in pages:
        by_width.setdefault(round(page.width / 10), []).append(page)
    out: dict[int, Margins] = {}
    for group in by_width.values():
        shared = _margins([page.lines for page in group], group[0].width)
        for page in group:
            long = _long([page.lines])
            own = _margins([page.lines], page.width) if len(long) >= _OWN else shared
            out[page.number] = replace(shared, left=own.left, right=own.right)
    return out


def _long(pages: Sequence[Sequence[Line]]) -> list[Line]:
    widest = max((line.x1 - line.x0 for lines in pages for line in lines), default=0.0)
    return [line for lines in pages for line in lines if line.x1 - line.x0 >= _LONG * widest]


def _margins(pages: Sequence[Sequence[Line]], width: float) -> Margins:
    long = _long(pages)
    if not long:
        return Margins(0.0, width, 1.5, indented=False, spaced=False)
    left = _left(long)
    right = _right(long)
    if right - left < _COLUMN * width:  # nothing but short lines: as much is left free at the right as at the left
        right = max(right, width - left)
    wrapped = [
        (a, b)
        for lines in pages
        for a, b in zip(lines, lines[1:], strict=False)
        if a.em == b.em and abs(b.x0 - left) < b.em and not has_room(a, right, b)
    ]
    pitches = Counter(round((b.base - a.base) / b.em, 1) for a, b in wrapped)
    pitch = max(pitches, key=lambda p: (pitches[p], -p)) if pitches else 1.5
    begins = [
        (b.x0 - left) / b.em > _INDENT
        for lines in pages
        for a, b in zip(lines, lines[1:], strict=False)
        if has_room(a, right, b) and a.em == b.em and b.x1 - b.x0 > 0.5 * (right - left)
    ]
    indented = bool(begins) and sum(begins) * 5 >= len(begins) * 3
    ends = [
        (b.base - a.base) / b.em > _SPACED * pitch
        for lines in pages
        for a, b in zip(lines, lines[1:], strict=False)
        if a.em == b.em and is_sentence_end(a.text) and has_room(a, right, b)
    ]
    spaced = sum(ends) * 5 > len(ends) * 4
    return Margins(left, right, pitch, indented, spaced)


def _left(long: list[Line]) -> float:
    """Left edge that most long lines have, the smaller of two."""
    counts = Counter(round(line.x0) for line in long)
    best = max(counts, key=lambda x: (counts[x] + counts[x - 1] + counts[x + 1], -x))
    return min(line.x0 for line in long if abs(line.x0 - best) <= 1.5)


def _reach(line: Line) -> float:
    """Right edge of a line without the mark at its end, which may hang out over the margin."""
    last = line.glyphs[-1]
    return min(line.x1, last.x0) if last.text in CLOSING and len(line.glyphs) > 1 else line.x1


def _right(long: list[Line]) -> float:
    """Right edge of full lines: where most end, if the print is justified, else the farthest that is no outlier."""
    rights = sorted(_reach(line) for line in long)
    em = sorted(line.em for line in long)[len(long) // 2]
    best, count = rights[-1], 0
    for index, right in enumerate(rights):
        near = index + 1 - bisect_left(rights, right - 0.35 * em)
        if near >= count:
            best, count = right, near
    if count * 5 >= len(rights) * 2:
        return best
    return rights[max(0, len(rights) - 1 - len(rights) // 40)]
