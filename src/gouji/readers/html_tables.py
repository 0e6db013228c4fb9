"""Tables of web pages to grids, after the algorithm of the standard and with bounds that it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from gouji.readers.layout import Block, TextBlock
from gouji.readers.markup import local
from gouji.readers.nesting import MOST_COLUMNS, CellContent, is_too_large, table_blocks

_GROUPS = frozenset(("thead", "tbody", "tfoot", "form", "font", "span", "div", "center", "b", "strong"))
_CELLS = frozenset(("td", "th"))


def table(
    element: etree._Element, content: Callable[[etree._Element], list[Block]], warnings: list[str]
) -> list[Block]:
    """Blocks of a table.

    Parameters
    ----------
    element : element
    content : callable
        Blocks of a cell.
    warnings : list of str
        A sentence is added if the table is too large to be read as one.
    """
    cells: list[CellContent] = []
    below: dict[int, CellContent] = {}  # by column: cells that go on into rows further down
    left: dict[int, int] = {}  # by column: how many more rows
    n_rows = n_cols = 0
    title = ""
    for part in _parts(element):
        name = local(part)
        if name == "caption":
            title = " ".join(b.text for b in content(part) if isinstance(b, TextBlock)).strip()
            continue
        if is_too_large(n_rows, n_cols):  # what is left is read, and no longer placed
            cells += [CellContent(n_rows, 0, 1, 1, content(part))]
            continue
        row = [part] if name in _CELLS else [c for c in part.iterchildren() if local(c) in _CELLS]
        column = 0
        began = set()
        for cell in row:
            while column in left:
                column += 1
            width = min(_span(cell, "colspan"), max(1, MOST_COLUMNS - column))
            for at in range(column + 1, column + width):
                if at in left:  # runs into a cell from above
                    width = at - column
                    break
            found = CellContent(n_rows, column, 1, width, content(cell))
            height = _span(cell, "rowspan")
            cells.append(found)
            for at in range(column, column + width):
                below[at], left[at] = found, height
                began.add(at)
            column += width
        if not row and not left:
            continue
        n_cols = max(n_cols, column, max(left, default=-1) + 1)
        _go_down(below, left, began)
        n_rows += 1
    if not cells:
        return [TextBlock(title)] if title else []
    return table_blocks(cells, max(n_rows, *(c.r + c.rowspan for c in cells)), n_cols, title, warnings)


def _go_down(below: dict[int, CellContent], left: dict[int, int], began: set[int]) -> None:
    """Let cells from above cover the row that was read, and end those that reach no further."""
    grown: set[int] = set()
    for at, cell in list(below.items()):
        if at not in began and id(cell) not in grown:
            cell.rowspan += 1
            grown.add(id(cell))
        left[at] -= 1
        if left[at] <= 0:
            del left[at], below[at]


def _parts(element: etree._Element) -> Iterator[etree._Element]:
    """Rows, loose cells and the caption of a table, in order; what editors wrap around rows is opened."""
    stack = [element.iterchildren()]
    while stack:
        part = next(stack[-1], None)
        if part is None:
            stack.pop()
        elif local(part) in ("tr", "caption") or local(part) in _CELLS:
            yield part
        elif local(part) in _GROUPS:
            stack.append(part.iterchildren())


def _span(cell: etree._Element, name: str) -> int:
    """Extent that a cell states: 1 where it states nonsense; whether the rows are there the table tells."""
    text = (cell.get(name) or "1").strip()
    digits = text[: len(text) - len(text.lstrip("0123456789"))][:9]
    if name == "rowspan" and digits == "0":
        return 1_000_000
    return max(1, int(digits)) if digits else 1
