"""A table as it is found on a page, until all pages are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gouji.model.document import Box
from gouji.readers.layout import GridCell, TableBlock
from gouji.readers.marks import is_sentence_end, numbering
from gouji.readers.pdf.lines import Line, line_of
from gouji.readers.pdf.wrapping import CLOSING, has_room, is_number, joined
from gouji.text.normalise import strip_blanks

MOST_HEAD = 8
"""Rows of a table that may be its header."""
_WHOLE = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d{1,6})?%?")
"""A number that may have been broken: well formed, so that two numbers one below the other are not taken for one."""


@dataclass(slots=True)
class PdfCell:
    """A cell: its first position, its extent, its lines and the edges that its text keeps between."""

    r: int
    c: int
    rowspan: int
    colspan: int
    lines: list[Line]
    page: int
    box: Box

    @property
    def edge(self) -> float:
        """Right edge of the cell for text: as far from its border as the text begins from the other."""
        return self.box.right - max(0.0, min((line.x0 for line in self.lines), default=0.0) - self.box.left)

    @property
    def text(self) -> str:
        """Its lines joined; a new line only where a paragraph ends."""
        out = ""
        last: Line | None = None
        for line in self.lines:
            if last is None:
                out = line.text
            elif _parted(last, line, self.edge):
                out += "\n" + line.text
            else:
                out = joined(out, line.text)
            last = line
        return out

    def begins_in(self, below: PdfCell) -> bool:
        """Whether the text of the cell below is certainly another: a number of its own, or numbered."""
        if is_number(below.text):
            return _WHOLE.fullmatch(self.text + below.text) is None
        return numbering(below.lines[0].text) is not None

    def goes_on_in(self, below: PdfCell) -> bool:
        """Whether its text goes on in the cell below, from which the end of a page parts it.

        Lines that were broken before tell how far text reaches; some writers break well before the border.
        """
        last, first = self.lines[-1], below.lines[0]
        if self.begins_in(below):
            return False
        if first.text[0] in CLOSING:
            return True
        right = max(line.x1 for line in self.lines) if len(self.lines) > 1 else self.edge
        if is_number(below.text):  # a figure in a narrow column is broken anywhere
            return not has_room(last, right, line_of(first.glyphs[:1]))
        return not is_sentence_end(last.text) and not has_room(last, right, first)


def _parted(line: Line, after: Line, right: float) -> bool:
    """Whether two lines of a cell are two paragraphs."""
    if not has_room(line, right, after):
        return False
    if is_number(line.text) and is_number(after.text):
        return True
    return is_sentence_end(line.text) or numbering(after.text) is not None


@dataclass(slots=True)
class PdfTable:
    """A grid: the edges of its columns, its cells, the page that it begins on and its place there."""

    xs: tuple[float, ...]
    n_rows: int
    cells: list[PdfCell]
    page: int
    box: Box
    ruled: bool = True
    head: list[PdfCell] = field(init=False)  # cells of the first rows
    bottom: list[PdfCell] = field(init=False)  # cells that reach the last row

    def __post_init__(self) -> None:
        self.head = [cell for cell in self.cells if cell.r < MOST_HEAD]
        self.bottom = [cell for cell in self.cells if cell.r + cell.rowspan == self.n_rows]

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    def words(self, r: int) -> list[str]:
        """Texts of one of the first rows, without blanks."""
        return [strip_blanks(cell.text) for cell in sorted(self.head, key=lambda cell: cell.c) if cell.r == r]

    def append(self, cells: list[PdfCell], rows: int) -> None:
        """Put rows below the others; cells count them from 0."""
        for cell in cells:
            cell.r += self.n_rows
        self.cells += cells
        self.head += [cell for cell in cells if cell.r < MOST_HEAD]
        self.n_rows += rows
        self.bottom = [cell for cell in [*self.bottom, *cells] if cell.r + cell.rowspan == self.n_rows]

    def block(self) -> TableBlock:
        """Make the table that the reader hands on."""
        cells = tuple(
            GridCell(cell.r, cell.c, cell.text, cell.rowspan, cell.colspan, cell.page, cell.box)
            for cell in sorted(self.cells, key=lambda cell: (cell.r, cell.c))
        )
        return TableBlock(cells, self.n_rows, self.n_cols, self.page, self.box)
