"""Tables with tabs: a cell per line led by a tab, rows apart by blank lines; or a row per line, cells apart by tabs.

A cell may go on over line breaks, even over a blank line: what follows is then a line without a tab, and is no
caption and no heading.
"""

from __future__ import annotations

from collections import Counter

from gouji.readers.cells import Carrier, RawCell, RawTable, Row, cell_of
from gouji.readers.lines import LONG, Line
from gouji.readers.marks import is_caption, is_note, numbering

_PROSE = 40
"""Cells longer than this on the middle of a block are paragraphs indented by a tab, not cells."""
_TAIL = 40
"""A line longer than this right below an empty last cell is a paragraph after the table."""


def is_tabbed(line: Line) -> bool:
    """Whether a line is a cell led by a tab, or a row of cells apart by tabs."""
    raw = line.raw
    return "\t" in raw and (raw[0] == "\t" or "\t" in line.body or "\t" in raw.rstrip())


def take_tabbed(text: str, lines: list[Line], first: int) -> RawTable:
    """Read the table that begins at line `first`.

    Returns
    -------
    RawTable
        Without rows if the tabs there are the indentation of paragraphs.
    """
    reader = _Reader(text, lines, first)
    reader.run()
    rows = tuple(mend(reader.rows))
    if not _is_table(rows):
        return RawTable(Carrier.FLATTENED, (), first, reader.at)
    counts = {len(row) for row in rows}
    carrier = Carrier.PADDED if reader.tsv and len(counts) == 1 else Carrier.FLATTENED
    return RawTable(carrier, rows, first, reader.at)


class _Reader:
    """State while the lines of one table are read."""

    def __init__(self, text: str, lines: list[Line], first: int) -> None:
        self.text, self.lines, self.at = text, lines, first
        self.rows: list[list[RawCell]] = []
        # stretches of the cells of the row being read, and their words where they are known
        self.open: list[tuple[int, int, str]] = []
        self.tsv = False

    def run(self) -> None:
        """Read lines until the table ends; `at` is then the first line after it."""
        last, lines, count = self.at, self.lines, len(self.lines)
        while self.at < count:
            line = lines[self.at]
            if line.raw[:1] == "\t" or is_tabbed(line) or self._is_row_of_blanks(line):
                self._take(line)
                last = self.at = self.at + 1
            elif not line.body:
                if not self._cross_blank():
                    break
                last = self.at
            elif self.open and not _ends_table(line) and not self._is_paragraph_after(line):
                self.open[-1] = (self.open[-1][0], line.end, "")
                last = self.at = self.at + 1
            else:
                break
        self._close()
        self.at = last

    def _take(self, line: Line) -> None:
        raw = line.raw
        if (raw.find("\t", 1) > 0 and "\t" in raw.rstrip()[1:]) or self._is_row_of_blanks(line):
            self.tsv = True
            self._close()
            at = line.start
            for piece in raw.split("\t"):
                self.open.append((at, at + len(piece), ""))
                at += len(piece) + 1
            self._close()
        elif raw[0] == "\t":
            self.open.append((line.start + 1, line.end, line.body))

    def _is_row_of_blanks(self, line: Line) -> bool:
        """Whether a line is a row of which only the first cell is filled: ``六、经营收入`` and three tabs."""
        return self.tsv and bool(self.rows) and 0 < line.raw.count("\t") == len(self.rows[-1]) - 1

    def _cross_blank(self) -> bool:
        """At a blank line: go to the row or the rest of a cell that follows, if one does."""
        after, lines, count = self.at, self.lines, len(self.lines)
        while after < count and not lines[after].body and lines[after].raw[:1] != "\t":
            after += 1
        if after == count:
            return False
        if is_tabbed(lines[after]):
            self._close()
            self.at = after
            return True
        if not self.open:
            return False
        end = after
        while end < count and lines[end].body and not is_tabbed(lines[end]):
            line = lines[end]
            if _ends_table(line) or line.body.startswith("第") and numbering(line.body) or len(line.raw) > LONG:
                return False
            end += 1
        following = end
        while following < count and not lines[following].body and not is_tabbed(lines[following]):
            following += 1
        if following == count or not is_tabbed(lines[following]):
            return False
        self.open[-1] = (self.open[-1][0], lines[end - 1].end, "")
        self.at = end
        return True

    def _is_paragraph_after(self, line: Line) -> bool:
        start, end, _ = self.open[-1]
        return len(line.body) > _TAIL and not self.text[start:end].strip()

    def _close(self) -> None:
        if self.open:
            self.rows.append(
                [
                    RawCell(start, end, body) if body and len(body) == end - start else cell_of(self.text, start, end)
                    for start, end, body in self.open
                ]
            )
            self.open = []


def _ends_table(line: Line) -> bool:
    """Whether a line without a tab can only stand outside a table."""
    if is_caption(line.body) or is_note(line.body):
        return True
    mark = numbering(line.body)
    return mark is not None and mark.level == 1


def mend(rows: list[list[RawCell]]) -> list[Row]:
    """Put rows together that a blank line inside a cell has broken: two that make one of the usual length."""
    counts = Counter(len(row) for row in rows)
    usual, times = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if times < 3:
        return [tuple(row) for row in rows]
    out: list[Row] = []
    seen_full = False
    at = 0
    while at < len(rows):
        row = rows[at]
        if (
            seen_full
            and at + 1 < len(rows)
            and len(row) + len(rows[at + 1]) == usual
            and not rows[at + 1][0].blank
            and counts[len(row)] < times
        ):
            row = row + rows[at + 1]
            at += 1
        seen_full = seen_full or len(row) == usual
        out.append(tuple(row))
        at += 1
    return out


def _is_table(rows: tuple[Row, ...]) -> bool:
    """Whether rows are a table and not paragraphs that begin with a tab."""
    if sum(len(row) > 1 for row in rows) * 2 < len(rows) or not rows:
        return False
    lengths = sorted([len(cell.text) for row in rows for cell in row if cell.text and not cell.text.isspace()])
    return bool(lengths) and lengths[len(lengths) // 2] <= _PROSE
