"""Layouts to documents: the canonical text is written, and with it what stands where; the rest is `assembly`.

A paragraph stands on a line of its own (on several where its author broke it, or where the file has a paragraph for
each line of a page), a table between blank lines with a row a line: a tab parts the places of the grid, so that a
merged cell is followed by as many tabs as it covers columns, and what goes on from the row above is left blank.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from gouji.model.document import Document
from gouji.readers.assembly import Place, Source, assemble
from gouji.readers.cells import Carrier, RawCell, RawTable, Row, cell_of
from gouji.readers.layout import Layout, TableBlock, TextBlock
from gouji.readers.lines import split_lines
from gouji.readers.paragraphs import Paragraph, is_wrapped, paragraphs
from gouji.readers.sources import newlines
from gouji.readers.unwrap import unwrap


def compose(layout: Layout, name: str, sha256: str) -> Document:
    """Make the document of a layout.

    Parameters
    ----------
    layout : Layout
    name : str
        Of the document: the file's stem.
    sha256 : str
        Of the file's bytes.
    """
    writer = _Writer()
    for block in unwrap(layout).blocks:
        if isinstance(block, TextBlock):
            writer.paragraph(block)
        else:
            writer.table(block)
    text = "".join(writer.parts)
    lines = split_lines(text)
    tables = [_raw_table(text, first, last, block, starts) for first, last, block, starts in writer.tables]
    firsts = writer.firsts
    in_tables = {i for table in tables for i in range(table.first, table.last)}
    if is_wrapped([line for i, line in enumerate(lines) if i not in in_tables and i not in writer.levels]):
        firsts = sorted(f for level in writer.levels for f in (level, level + 1))

    def cut(run: Sequence[int]) -> Iterator[Paragraph]:
        for piece in _by_block(run, firsts):
            yield from paragraphs(text, lines, piece)

    source = Source(text, lines, tables, cut, writer.levels, _Places(writer.places).at)
    return assemble(source, name, sha256, layout.media, layout.warnings)


def _by_block(run: Sequence[int], firsts: Sequence[int]) -> Iterator[list[int]]:
    """Parts of a run of lines that belong to one block each."""
    piece: list[int] = []
    block = -1
    for index in run:
        found = bisect_right(firsts, index)
        if found != block and piece:
            yield piece
            piece = []
        block = found
        piece.append(index)
    if piece:
        yield piece


class _Places:
    """Page and box of what stands at an offset."""

    def __init__(self, places: list[tuple[int, Place]]) -> None:
        self._starts = [start for start, _ in places]
        self._places = [place for _, place in places]

    def at(self, offset: int) -> Place:
        index = bisect_right(self._starts, offset) - 1
        return self._places[index] if index >= 0 else (None, None)


class _Writer:
    """The text as far as it is written, and what stands where in it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.line = 0
        self.firsts: list[int] = []  # first lines of the blocks
        self.levels: dict[int, int] = {}
        self.places: list[tuple[int, Place]] = []
        self.tables: list[tuple[int, int, TableBlock, dict[tuple[int, int], tuple[int, int]]]] = []
        self._recent: set[str] = set()  # paragraphs since the last table, without white space

    def paragraph(self, block: TextBlock) -> None:
        """Write a paragraph on its own line; a blank one leaves nothing."""
        body = newlines(block.text).strip("\n")
        if not body.strip():
            return
        self.firsts.append(self.line)
        if block.heading is not None:
            self.levels[self.line] = block.heading
        self.places.append((self.at, (block.page, block.box)))
        self._recent.add("".join(body.split()))
        self._write(body + "\n")

    def table(self, table: TableBlock) -> None:
        """Write a table between blank lines, its name above it where no paragraph says it."""
        name = table.title.strip()
        if name and "".join(name.split()) not in self._recent:
            self.paragraph(TextBlock(name, table.page))
        self._recent = set()
        self._write("\n")
        self.firsts.append(self.line)
        first = self.line
        origins = {(c.r, c.c): c for c in table.cells}
        starts: dict[tuple[int, int], tuple[int, int]] = {}
        for r in range(table.n_rows):
            for c in range(table.n_cols):
                if c:
                    self._write("\t")
                cell = origins.get((r, c))
                if cell is not None:
                    body = newlines(cell.text).replace("\t", " ").strip("\n")
                    self.places.append((self.at, (cell.page or table.page, cell.box)))
                    starts[r, c] = (self.at, self.at + len(body))
                    self._write(body)
            self._write("\n")
        self.tables.append((first, self.line, table, starts))
        self.firsts.append(self.line)
        self._write("\n")

    def _write(self, piece: str) -> None:
        self.parts.append(piece)
        self.at += len(piece)
        self.line += piece.count("\n")


def _raw_table(
    text: str, first: int, last: int, table: TableBlock, starts: dict[tuple[int, int], tuple[int, int]]
) -> RawTable:
    """Rows of a table: with the extents that the format states, or padded where it states none."""
    rows: list[list[RawCell]] = [[] for _ in range(table.n_rows)]
    for cell in sorted(table.cells, key=lambda c: c.c):
        found = cell_of(text, *starts[cell.r, cell.c])
        rows[cell.r].append(RawCell(found.start, found.end, found.text, cell.colspan, cell.rowspan))
        for below in range(cell.r + 1, cell.r + cell.rowspan):
            rows[below].append(RawCell(None, None, "", cell.colspan, continues=True))
    merged = any(c.rowspan > 1 or c.colspan > 1 for c in table.cells)
    placed: tuple[Row, ...] = tuple(map(tuple, rows))
    return RawTable(Carrier.KNOWN if merged else Carrier.PADDED, placed, first, last)
