"""Tables laid out with blanks: columns are what stands below one another when a Chinese character counts two."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from gouji.readers.cell_values import is_number
from gouji.readers.cells import Carrier, RawCell, RawTable, Row
from gouji.readers.columns import is_data_number
from gouji.readers.lines import Line, display_width, next_shown
from gouji.readers.marks import is_bare_number, is_caption, is_note, is_page_number, is_sentence_end, numbering
from gouji.resources.table_kinds import load

_GAP = re.compile(r"(?:[ \u00a0]{2,}|[ \u00a0]*\u3000[ \u00a0\u3000]*)")
_BLANKS = " \u00a0\u3000"
_WIDEST = 60
_LINE_MOST = 600


@dataclass(slots=True)  # not frozen: one is made for every stretch, in a quarter of the time
class Segment:
    """A stretch of a line between gaps: display columns ``[left, right)`` and offsets in the text."""

    left: int
    right: int
    start: int
    end: int
    text: str


def segments(line: Line) -> list[Segment]:
    """Stretches of a line between gaps of two blanks or more."""
    out: list[Segment] = []
    if line.blank or len(line.raw) > _LINE_MOST:
        return out
    raw, start = line.raw, line.start
    at = len(raw) - len(raw.lstrip())
    stop = at + len(line.body)
    left = display_width(raw[:at])
    while at < stop:
        gap = _GAP.search(raw, at, stop)
        end = gap.start() if gap else stop
        piece = raw[at:end]
        right = left + display_width(piece)
        out.append(Segment(left, right, start + at, start + end, piece))
        if not gap:
            break
        left = right + display_width(gap[0])
        at = gap.end()
    return out


def _has_gap(body: str) -> bool:
    """Whether a line has a gap; hardly a line of running text has the blanks that one is made of."""
    return ("  " in body or "\u3000" in body or "\u00a0" in body) and _GAP.search(body) is not None


def _row_parts(line: Line) -> list[Segment]:
    """Stretches of a line that may be a row: several short ones, none of them a sentence; none of another line."""
    if len(line.raw) > _LINE_MOST or not _has_gap(line.body) or "|" in line.raw:
        return []
    parts = segments(line)
    if len(parts) < 2 or line.body.startswith("第") and numbering(line.body):
        return []
    return parts if all(len(part.text) <= _WIDEST and not is_sentence_end(part.text) for part in parts) else []


def begins_aligned(lines: list[Line], at: int, *, announced: Callable[[list[Line], int], bool]) -> bool:
    """Whether a table begins at a line; `announced` tells whether a unit line stands right above one.

    Without a unit line there must be two rows running, and a number in the cells of one of the next three.
    """
    first = _row_parts(lines[at])
    if not first:
        return False
    if announced(lines, at):
        return True
    following: list[list[Segment]] = []
    for _ in range(3):
        at = next_shown(lines, at + 1)
        if at >= len(lines) or lines[at].blank:
            break
        following.append(_row_parts(lines[at]))
        if not following[0]:
            break
    if not following or not following[0]:
        return False
    return any(is_number(part.text) for parts in [first, *following] for part in parts)


def take_aligned(text: str, lines: list[Line], first: int) -> RawTable:
    """Read the rows that begin at line `first`; without rows if they make no two columns."""
    at = first
    taken: list[list[Segment]] = []
    spaced = first + 1 < len(lines) and lines[first + 1].blank  # blank lines between all rows
    last = first + 1
    while at < len(lines):
        line = lines[at]
        parts = _row_parts(line) if line.body else []
        if parts or line.body and _is_short_row(lines, at, spaced=spaced):
            if not (is_page_number(line.body) or is_bare_number(line.body)):
                taken.append(parts or segments(line))
            last = at + 1
        else:
            break
        at = next_shown(lines, at + 1) if spaced else at + 1
    at = last
    if len(taken) < 2:
        return RawTable(Carrier.PADDED, (), first, at)
    taken = _mend_header(text, taken)
    columns = _columns(taken)
    if len(columns) < 2:
        return RawTable(Carrier.PADDED, (), first, at)
    lefts, rights = [left for left, _ in columns], [right for _, right in columns]
    rows = tuple([_row(text, parts, lefts, rights) for parts in taken])
    return RawTable(Carrier.PADDED, rows, first, at)


def _is_short_row(lines: list[Line], at: int, *, spaced: bool) -> bool:
    """Whether a line of one stretch is a row of blanks or a broken header cell: a row follows, or it is a total."""
    line = lines[at]
    if len(line.body) > _WIDEST or is_sentence_end(line.body) or is_caption(line.body) or is_note(line.body):
        return False
    mark = numbering(line.body)
    if mark is not None and mark.level == 1:
        return False
    if line.body in load().words.total:
        return True
    below = next_shown(lines, at + 1) if spaced else at + 1
    return below < len(lines) and (bool(_row_parts(lines[below])) or lines[below].body in load().words.total)


def _mend_header(text: str, taken: list[list[Segment]]) -> list[list[Segment]]:
    """Put back the second line of a header cell that was printed with its line break.

    It stands alone at the left margin, while the row above ends beyond it and the row below begins further right.
    """
    out: list[list[Segment]] = []
    for index, parts in enumerate(taken):
        below = taken[index + 1] if index + 1 < len(taken) else []
        broken = (
            len(parts) == 1
            and out
            and index < 4
            and parts[0].left == 0
            and bool(below)
            and below[0].left > 0
            and not any(is_number(p.text) for row in (out[-1], parts, below) for p in row)
            and all(not any(is_number(p.text) for p in row) for row in out)
        )
        if broken:
            last = out[-1][-1]
            joined = Segment(last.left, last.right, last.start, parts[0].end, text[last.start : parts[0].end])
            out[-1] = [*out[-1][:-1], joined]
        else:
            out.append(parts)
    return out


def _columns(taken: list[list[Segment]]) -> list[tuple[int, int]]:
    """Columns as display stretches: each stretch opens or widens a column, what touches two columns spans them.

    Numbers come first, then the words beside them from the narrowest, then the header from its lowest row, so that
    what spans is met when the columns below it are known.
    """
    body = next((i for i, row in enumerate(taken) if any(is_data_number(p.text) for p in row)), len(taken))
    order: dict[tuple[int, int], tuple[int, int, int]] = {}
    for index, row in enumerate(taken):
        for p in row:
            width = p.right - p.left
            rank = (0, width, 0) if is_number(p.text) else (1, width, 0) if index >= body else (2, -index, width)
            key = (p.left, p.right)
            order[key] = min(order.get(key, rank), rank)
    lefts: list[int] = []
    rights: list[int] = []
    for left, right in sorted(order, key=lambda stretch: (order[stretch], stretch)):
        low = bisect_left(rights, left + 1)  # first column that ends after `left`
        high = bisect_left(lefts, right)  # first column that begins at or after `right`
        if high == low:
            lefts.insert(low, left)
            rights.insert(low, right)
        elif high == low + 1:
            lefts[low] = min(lefts[low], left)
            rights[low] = max(rights[low], right)
    return _join_apart(list(zip(lefts, rights, strict=True)), taken, body)


def _join_apart(columns: list[tuple[int, int]], taken: list[list[Segment]], body: int) -> list[tuple[int, int]]:
    """Make one column of a header flush left and its numbers flush right where the two do not overlap.

    A column with nothing but a header then stands left of one with nothing but cells of the body.
    """
    lefts = [left for left, _ in columns]
    uses: list[set[bool]] = [set() for _ in columns]
    for index, row in enumerate(taken):
        for p in row:
            low = max(bisect_left(lefts, p.left + 1) - 1, 0)
            high = max(bisect_left(lefts, p.right), low + 1)
            if high == low + 1:
                uses[low].add(index >= body)
            else:
                for column in range(low, high):
                    uses[column].add(False)
    out: list[tuple[int, int]] = []
    at = 0
    while at < len(columns):
        if at + 1 < len(columns) and uses[at] == {False} and uses[at + 1] == {True}:
            out.append((columns[at][0], columns[at + 1][1]))
            at += 2
        else:
            out.append(columns[at])
            at += 1
    return out


def _row(text: str, parts: list[Segment], lefts: list[int], rights: list[int]) -> Row:
    """Give a row one cell for each column; a cell that touches several is as wide, the others are blank."""
    row = [RawCell(None, None, "")] * len(lefts)
    for part in parts:
        low = min(bisect_left(rights, part.left + 1), len(lefts) - 1)
        high = max(bisect_left(lefts, part.right), low + 1)
        if not row[low].blank:  # two stretches in one column: the first one goes on
            first = row[low]
            row[low] = RawCell(first.start, part.end, text[first.start : part.end], first.width)
            continue
        start = part.start if part.left <= lefts[low] or is_number(part.text) else _indented(text, part, lefts[low])
        row[low] = RawCell(start, part.end, part.text if start == part.start else text[start : part.end], high - low)
    return tuple(row)


def _indented(text: str, part: Segment, edge: int) -> int:
    """Find where a label begins with its indentation: at the left edge of its column, as far as blanks reach."""
    start, left = part.start, part.left
    while left > edge and start > 0 and text[start - 1] in _BLANKS:
        left -= display_width(text[start - 1])
        if left < edge:
            break
        start -= 1
    return start
