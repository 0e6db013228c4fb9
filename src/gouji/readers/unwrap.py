"""Tables as formats have them to tables as reports mean them.

Word files and web pages put titles, unit lines and notes into the rows of a table, lay whole pages out in a table of
one cell, and cut the grid at columns where no cell begins. What is text becomes text, what is left is the table.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from gouji.readers.blocks import is_contents
from gouji.readers.cells import RawCell
from gouji.readers.layout import Block, GridCell, Layout, TableBlock, TextBlock
from gouji.readers.marks import is_caption, is_note, is_sentence_end

_HEAD_MOST = 6
_NEARLY = 3
_WHOLE_PAGE = 500
"""A cell of more characters than this that holds nearly all of a table is a page laid out in a table."""


def unwrap(layout: Layout) -> Layout:
    """Layout with every table reduced to its grid, its head and notes and what is no table as paragraphs."""
    blocks = layout.blocks
    above = (None, *blocks)
    return replace(
        layout, blocks=tuple(b for a, block in zip(above, blocks, strict=False) for b in _unwrapped(block, a))
    )


def _unwrapped(block: Block, above: Block | None) -> list[Block]:
    if isinstance(block, TextBlock):
        return [block]
    table = trimmed(block)
    titled = isinstance(above, TextBlock) and is_caption(above.text.strip())
    head, table = _peel_head(table, titled=titled)
    table, notes = _peel_notes(table)
    named = [TextBlock(table.title.strip(), table.page)] if table.title.strip() and not _is_table(table) else []
    middle: list[Block] = [table] if _is_table(table) else [*named, *_paragraphs(table)]
    return [*head, *middle, *notes]


def _is_table(table: TableBlock) -> bool:
    """Whether a grid is a table: two rows and two columns or more, no contents page, no page laid out in a cell."""
    if table.n_rows < 2 or table.n_cols < 2:
        return False
    rows = [tuple(RawCell(None, None, c.text) for c in row) for row in _by_row(table)]
    if is_contents(tuple(row for row in rows if row)):
        return False
    longest = max(len(c.text) for c in table.cells)
    return longest <= _WHOLE_PAGE or longest * 10 < 9 * sum(len(c.text.strip()) for c in table.cells)


def _by_row(table: TableBlock) -> list[list[GridCell]]:
    """Cells that begin in each row, from left to right."""
    rows: list[list[GridCell]] = [[] for _ in range(table.n_rows)]
    for cell in sorted(table.cells, key=lambda c: (c.r, c.c)):
        rows[cell.r].append(cell)
    return rows


def trimmed(table: TableBlock) -> TableBlock:
    """Table without rows and columns that no cell begins in, without blank ones at its edges, and without holes."""
    shown = [c for c in table.cells if c.text.strip()]
    if not shown:
        return replace(table, cells=(), n_rows=0, n_cols=0)
    top, left = min(c.r for c in shown), min(c.c for c in shown)
    bottom, right = max(c.r for c in shown), max(c.c for c in shown)
    rows = sorted({c.r for c in table.cells if top <= c.r <= bottom})
    columns = sorted({c.c for c in table.cells if left <= c.c <= right})
    return _filled(_cut(table, rows, columns))


def _filled(table: TableBlock) -> TableBlock:
    """Table with a blank cell at every place that a reader has left open."""
    if sum(c.rowspan * c.colspan for c in table.cells) == table.n_rows * table.n_cols:
        return table
    taken = {
        (r, c) for cell in table.cells for r in range(cell.r, cell.r + cell.rowspan)
        for c in range(cell.c, cell.c + cell.colspan)
    }  # fmt: skip
    every = ((r, c) for r in range(table.n_rows) for c in range(table.n_cols))
    return replace(table, cells=(*table.cells, *(GridCell(r, c, "") for r, c in every if (r, c) not in taken)))


def _cut(table: TableBlock, rows: list[int], columns: list[int]) -> TableBlock:
    """Table of the given rows and columns alone; a cell is kept if one of its places is."""
    row_at = {r: i for i, r in enumerate(rows)}
    column_at = {c: i for i, c in enumerate(columns)}
    cells: list[GridCell] = []
    for cell in table.cells:
        # not by counting through the extent: a file may state an enormous one
        r = _covered(row_at, rows, cell.r, cell.rowspan)
        c = _covered(column_at, columns, cell.c, cell.colspan)
        if r and c:
            cells.append(replace(cell, r=r.start, c=c.start, rowspan=len(r), colspan=len(c)))
    return replace(table, cells=tuple(cells), n_rows=len(rows), n_cols=len(columns))


def _covered(at: dict[int, int], kept: list[int], start: int, length: int) -> range:
    """Places among the kept ones that a stretch covers."""
    if length == 1:
        return range(at[start], at[start] + 1) if start in at else range(0)
    return range(bisect_left(kept, start), bisect_left(kept, start + length))


def _peel_head(table: TableBlock, *, titled: bool) -> tuple[list[Block], TableBlock]:
    """Part the rows at the top that are captions from the table.

    One cell over the whole width is the title of a table that has none above it, else a header over all columns.
    """
    rows = _by_row(table)
    head: list[Block] = []
    taken = 0
    while taken < min(_HEAD_MOST, table.n_rows - 2):
        shown = [c for c in rows[taken] if c.text.strip()]
        if any(c.r + c.rowspan > taken + 1 for c in rows[taken]) or not _is_head(shown, table.n_cols, titled):
            break
        head += [TextBlock(c.text.strip(), c.page or table.page, c.box) for c in shown]
        taken += 1
    if not taken:
        return [], table
    return head, _cut(table, list(range(taken, table.n_rows)), list(range(table.n_cols)))


def _is_head(shown: list[GridCell], width: int, titled: bool) -> bool:
    wide = min(width, max(_NEARLY, width - 1))
    if not titled and len(shown) == 1 and width > 1 and shown[0].colspan >= wide:
        return True
    return all(is_caption(line.strip()) for c in shown for line in c.text.split("\n") if line.strip())


def _peel_notes(table: TableBlock) -> tuple[TableBlock, list[Block]]:
    """Part the rows at the bottom that are one cell of a note over the whole width from the table."""
    rows = _by_row(table)
    last = table.n_rows
    while last > 2:
        cells = rows[last - 1]
        whole = len(cells) == 1 and cells[0].colspan == table.n_cols > 1
        if not whole or not (is_note(cells[0].text.strip()) or is_sentence_end(cells[0].text.strip())):
            break
        last -= 1
    if last == table.n_rows:
        return table, []
    notes = [TextBlock(c.text.strip(), c.page or table.page, c.box) for row in rows[last:] for c in row]
    return _cut(table, list(range(last)), list(range(table.n_cols))), list(notes)


def _paragraphs(table: TableBlock) -> Iterable[TextBlock]:
    """Paragraphs of a grid that is no table: cell by cell; the lines of a contents page stay whole."""
    rows = _by_row(table)
    raw = tuple(tuple(RawCell(None, None, c.text) for c in row) for row in rows if row)
    if raw and is_contents(raw):
        for row in rows:
            words = [c.text.strip() for c in row if c.text.strip()]
            if words:
                yield TextBlock("……".join(words), row[0].page or table.page)
        return
    for row in rows:
        for cell in row:
            for line in cell.text.split("\n"):
                if line.strip():
                    yield TextBlock(line.strip(), cell.page or table.page, cell.box)
