"""Tables with ``|``: a row per line, or a cell per line that ends in ``|``."""

from __future__ import annotations

import re

from gouji.readers.cell_values import is_number
from gouji.readers.cells import Carrier, RawCell, RawTable, Row, cell_of
from gouji.readers.lines import LONG, Line, next_shown
from gouji.readers.marks import is_caption, numbering

_RULE = re.compile(r"[|:\-+= ]+")
_MOST_COLUMNS = 16


def is_piped(line: Line) -> bool:
    """Whether a line is a row of cells apart by ``|``."""
    return line.raw.count("|") >= 2 and len(line.raw) <= LONG


def is_piped_cell(line: Line) -> bool:
    """Whether a line is one cell that ends in ``|``."""
    return line.body.endswith("|") and line.raw.count("|") == 1 and len(line.raw) <= LONG


def take_piped(text: str, lines: list[Line], first: int) -> RawTable:
    """Read the rows that begin at line `first`; rules such as ``|---|---|`` are dropped."""
    rows: list[Row] = []
    at = last = first
    spaced = first + 1 < len(lines) and lines[first + 1].blank  # blank lines between all rows
    while at < len(lines) and is_piped(lines[at]):
        line = lines[at]
        if not _RULE.fullmatch(line.body) or "-" not in line.body:
            rows.append(_row(text, line))
        last = at + 1
        at = next_shown(lines, at + 1) if spaced else at + 1
    at = last
    same = len({len(row) for row in rows}) == 1
    return RawTable(Carrier.PADDED if same else Carrier.FLATTENED, tuple(rows), first, at)


def _row(text: str, line: Line) -> Row:
    """Cells of one line; the bars at its two ends open and close the row."""
    edges = [line.start + m.start() for m in re.finditer(r"\|", line.raw)]
    bounds = edges if line.body.startswith("|") else [line.body_start - 1, *edges]
    if not line.body.endswith("|"):
        bounds = [*bounds, line.end]
    return tuple(_between(text, left + 1, right) for left, right in zip(bounds, bounds[1:], strict=False))


def _between(text: str, start: int, end: int) -> RawCell:
    """Cell between two bars; the one blank beside each bar is the bar's."""
    if start < end and text[start] == " ":
        start += 1
    if start < end and text[end - 1] == " ":
        end -= 1
    return cell_of(text, start, end)


def take_piped_cells(text: str, lines: list[Line], first: int) -> RawTable:
    """Read cells that stand one per line, each ended by ``|``; a cell may be broken over several lines.

    Blank lines part the rows if there are any; else the number of columns is the one under which numbers stand below
    numbers.
    """
    groups: list[list[RawCell]] = [[]]
    at, last, start = first, first, None
    while at < len(lines):
        line = lines[at]
        if line.blank:
            if start is not None or at + 1 >= len(lines) or not _goes_on(lines, at + 1):
                break
            groups.append([])
        elif is_piped_cell(line):
            begin = line.start if start is None else start
            groups[-1].append(cell_of(text, begin, line.start + line.raw.rindex("|")))
            start, last = None, at + 1
        elif start is None and not is_caption(line.body) and not _is_heading(line) and _goes_on(lines, at + 1):
            start = line.start
        elif start is None or is_caption(line.body):
            break
        at += 1
    groups = [group for group in groups if group]
    cells = [cell for group in groups for cell in group]
    if len(cells) < 4:
        return RawTable(Carrier.PADDED, (), first, max(last, at))
    if len(groups) > 1:
        same = len({len(group) for group in groups}) == 1
        carrier = Carrier.PADDED if same else Carrier.FLATTENED
        return RawTable(carrier, tuple(map(tuple, groups)), first, last)
    columns = _columns(cells)
    rows = tuple(tuple(cells[i : i + columns]) for i in range(0, len(cells), columns))
    return RawTable(Carrier.PADDED, rows, first, last)


def _goes_on(lines: list[Line], at: int) -> bool:
    """Whether a cell ends within the next three lines."""
    return any(is_piped_cell(line) for line in lines[at : at + 3])


def _is_heading(line: Line) -> bool:
    mark = numbering(line.body)
    return mark is not None and mark.level == 1


def _columns(cells: list[RawCell]) -> int:
    """Find the number of columns under which numbers stand below numbers; the fewest on a tie."""
    sorts = [is_number(cell.text) for cell in cells]
    best, best_score = 1, -1.0
    for count in range(2, min(_MOST_COLUMNS, len(cells) // 2) + 1):
        if len(cells) % count:
            continue
        body = sorts[count:]
        score = 0
        for column in range(count):
            below = body[column::count]
            score += max(sum(below), len(below) - sum(below))
        share = score / max(1, len(body))
        if share > best_score + 1e-9:
            best, best_score = count, share
    return best
