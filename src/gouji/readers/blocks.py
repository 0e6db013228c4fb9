"""Which lines of a text are tables, and how each is carried; the rest is text."""

from __future__ import annotations

import re

from gouji.readers.aligned import begins_aligned, take_aligned
from gouji.readers.cells import RawTable, Row
from gouji.readers.lines import Line
from gouji.readers.marks import is_bare_number, is_caption, numbering, unit_of_line
from gouji.readers.piped import is_piped, is_piped_cell, take_piped, take_piped_cells
from gouji.readers.tabbed import is_tabbed, take_tabbed

_FIELD = re.compile(r"^PAGEREF\s+_Toc\w*(?:\s+\\h)?\s*")  # left behind before the page number
_HEAD_MOST = 6
"""Lines above a table that may be its head."""


def find_tables(text: str, lines: list[Line]) -> list[RawTable]:
    """Find the tables of a text, in order and apart; no line is looked at more than a few times."""
    tables: list[RawTable] = []
    at = 0
    while at < len(lines):
        table = _table_at(text, lines, at)
        if table is None:
            at += 1
            continue
        if is_table(table.rows):
            tables.append(table)
        at = max(table.last, at + 1)
    return tables


def is_table(rows: tuple[Row, ...]) -> bool:
    """Whether rows are a table: two of them or more, two columns or more, and no page of contents."""
    return len(rows) > 1 and max(len(row) for row in rows) > 1 and not is_contents(rows)


def is_contents(rows: tuple[Row, ...]) -> bool:
    """Whether rows are headings with page numbers: a text and a whole number each, the numbers never falling."""
    pages: list[int] = []
    numbered = 0
    for row in rows:
        shown = [_FIELD.sub("", cell.text.strip()) for cell in row if not cell.blank]
        if len(shown) == 1 and numbering(shown[0]) is None:
            continue  # the word 目录
        if len(shown) > 2 or not is_bare_number(shown[-1] if shown else ""):
            return False
        pages.append(int(shown[-1]))
        numbered += numbering(shown[0]) is not None
    return numbered * 2 > len(pages) and pages == sorted(pages)


def _table_at(text: str, lines: list[Line], at: int) -> RawTable | None:
    """Read the table that begins at a line; without rows if it only looks like one, None if it does not."""
    line = lines[at]
    if is_tabbed(line):
        return take_tabbed(text, lines, at)
    if not line.body:
        return None
    if "|" in line.raw and is_piped(line):
        return take_piped(text, lines, at)
    if "|" in line.raw and is_piped_cell(line):
        return take_piped_cells(text, lines, at)
    if begins_aligned(lines, at, announced=_announced):
        return take_aligned(text, lines, at)
    return None


def head_lines(lines: list[Line], table: RawTable, floor: int) -> list[int]:
    """List the lines above a table that belong to its head, from the top.

    Captions belong to it (title, unit line, form number, year, field), blank lines between them apart; if none of
    them is a title, so does the line right above them where it is short and ends no sentence.

    Parameters
    ----------
    lines : list of Line
    table : RawTable
    floor : int
        Lines before this one are spoken for.
    """
    found: list[int] = []
    at = table.first - 1
    while at >= floor and len(found) < _HEAD_MOST and table.first - at <= 2 * _HEAD_MOST:
        line = lines[at]
        if line.blank:
            at -= 1
        elif is_caption(line.body):
            found.insert(0, at)
            at -= 1
        else:
            break
    return found


def _announced(lines: list[Line], at: int) -> bool:
    """Whether a unit line is the nearest line above."""
    above = at - 1
    while above >= 0 and lines[above].blank and at - above < 3:
        above -= 1
    return above >= 0 and unit_of_line(lines[above].body) is not None
