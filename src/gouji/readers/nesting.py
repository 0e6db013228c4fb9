"""Cells that hold more than text: tables within tables, and pages laid out in tables.

Readers of formats with nested tables hand over what each cell holds as blocks; what comes back are blocks in reading
order without anything nested.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gouji.readers.columns import is_data_number
from gouji.readers.layout import Block, GridCell, TableBlock, TextBlock

MOST_NESTED = 20
"""Tables nested deeper than this are read as text."""
MOST_CELLS = 200_000
MOST_COLUMNS = 512
TOO_LARGE = f"有表格超过 {MOST_COLUMNS} 列或 {MOST_CELLS} 格，按文字读取。"
TOO_DEEP = f"有表格嵌套超过 {MOST_NESTED} 层，更深的内容按文字读取。"


@dataclass(slots=True)
class CellContent:
    """A cell of a grid, row and column from 0, with all that stands in it."""

    r: int
    c: int
    rowspan: int = 1
    colspan: int = 1
    blocks: list[Block] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Paragraphs of the cell outside of tables in it."""
        return "\n".join(b.text for b in self.blocks if isinstance(b, TextBlock))

    @property
    def nested(self) -> list[TableBlock]:
        """Tables in the cell."""
        return [b for b in self.blocks if isinstance(b, TableBlock)]


def table_blocks(
    cells: Sequence[CellContent], n_rows: int, n_cols: int, title: str, warnings: list[str]
) -> list[Block]:
    """Blocks of a table: itself, then what is nested in it; or, of a layout table, what its cells hold one by one.

    Parameters
    ----------
    cells : sequence of CellContent
        In order of row and column; every place is covered by at most one.
    n_rows, n_cols : int
    title : str
        Name that the format gives the table.
    warnings : list of str
        A sentence is added if the grid is too large to be one.
    """
    if is_too_large(n_rows, n_cols):
        if TOO_LARGE not in warnings:
            warnings.append(TOO_LARGE)
        return [*_named(title), *(block for cell in cells for block in cell.blocks)]
    if len(cells) == 1 or any(c.nested for c in cells) and _is_layout(cells):
        return [*_named(title), *(block for cell in cells for block in cell.blocks)]
    grid = tuple(GridCell(c.r, c.c, c.text, c.rowspan, c.colspan) for c in cells)
    table = TableBlock(grid, n_rows, n_cols, title=title)
    return [table, *(nested for cell in cells for nested in cell.nested)]


def is_too_large(n_rows: int, n_cols: int) -> bool:
    """Whether a grid is beyond the bounds: one wide row makes every row of a long table wide."""
    return n_cols > MOST_COLUMNS or n_rows * n_cols > MOST_CELLS


def _named(title: str) -> list[Block]:
    return [TextBlock(title)] if title.strip() else []


def _is_layout(cells: Sequence[CellContent]) -> bool:
    """Whether a table with tables in it only places them: it holds no number itself, or little else than them."""
    own = [c for c in cells if c.text.strip()]
    holders = [c for c in cells if c.nested]
    if any(is_data_number(c.text.strip()) for c in own if not c.nested):
        return len(holders) * 2 >= len(own)
    return True
