"""Cells of a table that a reason in its row explains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gouji.model.document import Document
from gouji.resources.cause_scopes import scopes


def cells_explained(document: Document, address: str) -> tuple[str, ...]:
    """Cells of its row that a reason in a table explains: the outcome and its score, where they fall short.

    Of the row's cells under 实际完成值 and 得分 those that differ from the target and the maximum; if neither
    does, or the row has no such pair, both. In other tables: the row's cell of change or difference.
    """
    name, row, _ = address.split(".")
    table = document.table_of.get(name)
    if table is None:
        return ()
    columns = scopes().columns
    found: dict[str, list[str]] = defaultdict(list)
    cells = table.row(int(row[1:]))
    for cell in cells:
        head = "".join(cell.col_path)
        for role, pattern in columns.items():
            if pattern.search(head) and cell.role != "header":
                found[role].append(table.address(cell))
                break
    if found["outcome"] or found["score"]:
        texts = {table.address(c): c.text.strip() for c in cells}
        short = [a for role, top in PAIRS for a in _short(texts, found, role, top)]
        return tuple(short or [*found["outcome"], *found["score"]])
    return tuple(found["change"])


PAIRS = (("outcome", "target"), ("score", "maximum"))  # a cell, and the one it is measured by


def _short(texts: dict[str, str], found: dict[str, list[str]], role: str, top: str) -> Iterator[str]:
    """Cells of a role whose text is not that of the cell they are measured by."""
    for at, address in enumerate(found[role]):
        if at >= len(found[top]) or texts[address] != texts[found[top][at]]:
            yield address
