"""Pages drawn for tests: text at a baseline, ruled grids, wrapped paragraphs; heights are counted from the top."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gouji.readers.layout import Layout, TableBlock, TextBlock
from gouji.readers.pdf.reading import layout_of

HAN = "STSong-Light"
WIDTH, HEIGHT = A4
LEFT, EM = 72.0, 12.0
ACROSS = 36  # characters on a full line


class Drawing:
    """A PDF in the making."""

    def __init__(self, size: tuple[float, float] = A4, **options: object) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(HAN))
        self._buffer = io.BytesIO()
        self.size = size
        self.canvas = Canvas(self._buffer, pagesize=size, invariant=1, **options)

    def text(self, x: float, y: float, text: str, em: float = EM, font: str = HAN) -> None:
        """Draw a line of text with its baseline at `y` below the top."""
        self.canvas.setFont(font, em)
        self.canvas.drawString(x, self.size[1] - y, text)

    def right(self, x: float, y: float, text: str, em: float = EM, font: str = HAN) -> None:
        """Draw a line of text that ends at `x`."""
        self.canvas.setFont(font, em)
        self.canvas.drawRightString(x, self.size[1] - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a ruling line."""
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

    def paragraph(self, y: float, text: str, indent: int = 2, across: int = ACROSS, pitch: float = 20) -> float:
        """Draw a wrapped paragraph; return the baseline below it."""
        first, rest = text[: across - indent], text[across - indent :]
        lines = [first, *(rest[i : i + across] for i in range(0, len(rest), across))]
        for number, line in enumerate(lines):
            self.text(LEFT + (indent * EM if number == 0 else 0), y, line)
            y += pitch
        return y

    def grid(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """Draw a grid with every line and a text in each cell."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                self.text(xs[c] + 4, ys[r] + 15, text, 10)

    def page(self) -> None:
        """End a page."""
        self.canvas.showPage()

    def bytes(self) -> bytes:
        """End the last page and the file."""
        self.canvas.save()
        return self._buffer.getvalue()

    def layout(self) -> Layout:
        """What the reader makes of it."""
        return layout_of(self.bytes(), Path("drawn.pdf"))


def texts(layout: Layout) -> list[str]:
    """Paragraphs of a layout."""
    return [block.text for block in layout.blocks if isinstance(block, TextBlock)]


def tables(layout: Layout) -> list[TableBlock]:
    """Tables of a layout."""
    return [block for block in layout.blocks if isinstance(block, TableBlock)]


def rows(table: TableBlock) -> list[list[str]]:
    """Texts of the cells that begin in each row of a table."""
    return [[cell.text for cell in table.cells if cell.r == r] for r in range(table.n_rows)]
