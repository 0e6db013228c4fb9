"""Pages as read: lines of text and tables, in the order of the page."""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.readers.pdf.grid import PdfTable
from gouji.readers.pdf.lines import Line


@dataclass(slots=True)
class Page:
    """A page: number from 1, size in points, its lines outside the tables from the top down, its tables.

    `glyphs` counts its characters, `cost` these and the paths drawn on it, those of many corners as several.
    """

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[PdfTable] = field(default_factory=list)
    glyphs: int = 0
    cost: int = 0

    def items(self) -> list[Line | PdfTable]:
        """Lines and tables from the top down; a line beside a table comes by its middle."""

        def height(item: Line | PdfTable) -> tuple[float, float]:
            if isinstance(item, PdfTable):
                return item.box.top, item.box.left
            return (item.top + item.bottom) / 2, item.x0

        return sorted([*self.lines, *self.tables], key=height)
