"""Paragraphs and tables of a Word file in reading order, as the file shows them when all changes are accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from gouji.readers.docx_numbering import Numbering
from gouji.readers.docx_parts import R, W, attribute, is_on, whole
from gouji.readers.docx_styles import BODY, PLAIN, Style, Styles, numbering_of
from gouji.readers.docx_text import Inline, inline
from gouji.readers.layout import Block, TextBlock
from gouji.readers.markup import local
from gouji.readers.nesting import MOST_COLUMNS, MOST_NESTED, TOO_DEEP, CellContent, table_blocks

_WRAPPERS = frozenset(("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "Choice", "Fallback"))


@dataclass(slots=True)
class Body:
    """Reader of the parts that hold text; its numbers count on and its fields stay open from block to block.

    `included` reads what else the text takes in (``w:altChunk``), by the id of its relation.
    """

    styles: Styles
    numbering: Numbering
    inline: Inline = field(default_factory=Inline)
    warnings: list[str] = field(default_factory=list)
    included: Callable[[str], list[Block]] = lambda _: []

    def blocks(self, container: etree._Element, depth: int = 0) -> Iterator[Block]:
        """Blocks of a body, a cell, a note or a text box."""
        held = ""  # text of paragraphs whose end was deleted
        for element in unwrapped(container, ("p", "tbl", "altChunk")):
            kind = local(element)
            if kind == "altChunk":
                yield from self.included(element.get(R + "id") or "")
            elif kind == "tbl":
                yield from self._table(element, depth)
            else:
                block, boxes = self._paragraph(element, depth, held)
                properties = element.find(W + "pPr")
                joined = properties is not None and is_on(properties.find(W + "rPr"), "del")
                held = block.text if joined else ""
                if block.text.strip() and not joined:
                    yield block
                for box in boxes:
                    yield from self.blocks(box, depth)
        if held.strip():
            yield TextBlock(held)

    def _paragraph(self, element: etree._Element, depth: int, held: str) -> tuple[TextBlock, list[etree._Element]]:
        """Paragraph with its number, and the text boxes anchored in it."""
        properties = element.find(W + "pPr")
        identity = attribute(None if properties is None else properties.find(W + "pStyle")) or self.styles.default
        style = self.styles.get(identity)
        text, boxes = inline(element, self.inline, self.styles, hidden=style.hidden, contents=style.contents)
        prefix = self._number(properties, style, identity or "")
        if not text.strip() and not depth:
            prefix = ""
        heading = style.heading
        outline = None if properties is None else properties.find(W + "outlineLvl")
        if outline is not None:
            level = whole(attribute(outline), BODY)
            heading = level + 1 if 0 <= level < BODY else None
        return TextBlock(held + prefix + (text.lstrip() if prefix else text), heading=heading), boxes

    def _number(self, properties: etree._Element | None, style: Style, identity: str) -> str:
        number, level = numbering_of(properties)
        if number is None and level is None and style is PLAIN:
            return ""
        if number is None:
            number = style.number
            if level is None and style.level is None and number is not None:
                level = self.numbering.level_of_style(number, identity)
        return self.numbering.next(number, (style.level or 0) if level is None else level)

    def _table(self, table: etree._Element, depth: int) -> list[Block]:
        """Table with what is nested in it."""
        if depth >= MOST_NESTED:
            if TOO_DEEP not in self.warnings:
                self.warnings.append(TOO_DEEP)
            found = (self._paragraph(p, depth, "")[0] for p in table.iter(W + "p"))
            return [block for block in found if block.text.strip()]
        cells: list[CellContent] = []
        above: dict[int, CellContent] = {}  # by column: cells that go on into the row below
        n_rows = n_cols = 0
        for row in unwrapped(table, ("tr",)):
            properties = row.find(W + "trPr")
            if is_on(properties, "del") or is_on(properties, "hidden"):
                continue
            column = _skipped(properties)
            below: dict[int, CellContent] = {}
            last: CellContent | None = None
            for tc in unwrapped(row, ("tc",)):
                shape = tc.find(W + "tcPr")
                width = _width(shape, column)
                if last is not None and _merge(shape, "hMerge") == "continue":
                    last.colspan += width
                    column += width
                    continue
                blocks = list(self.blocks(tc, depth + 1))
                merge = _merge(shape, "vMerge")
                origin = above.get(column) if merge == "continue" else None
                if origin is not None and origin.colspan == width:
                    origin.rowspan += 1
                    last = origin
                else:
                    last = CellContent(n_rows, column, 1, width, blocks)
                    cells.append(last)
                if merge:
                    below[column] = last
                column += width
            above = below
            n_cols = max(n_cols, column)
            n_rows += 1
        return table_blocks(cells, n_rows, n_cols, "", self.warnings)


def unwrapped(container: etree._Element, wanted: tuple[str, ...]) -> Iterator[etree._Element]:
    """Elements of the wanted names right inside a container, content controls and insertions opened.

    What was deleted or moved away is left out; of alternatives the first one counts.
    """
    stack = [container.iterchildren()]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        name = local(element)
        if name in wanted:
            yield element
        elif name == "AlternateContent":
            stack.append(iter(list(element)[:1]))
        elif name in _WRAPPERS:
            stack.append(element.iterchildren())


def _skipped(properties: etree._Element | None) -> int:
    """Grid columns that a row leaves out before its first cell."""
    return 0 if properties is None else _bounded(attribute(properties.find(W + "gridBefore")), 0, 0)


def _width(shape: etree._Element | None, column: int) -> int:
    return 1 if shape is None else _bounded(attribute(shape.find(W + "gridSpan")), 1, column)


def _bounded(text: str | None, least: int, column: int) -> int:
    """Count of columns, bounded so that no file can state a grid without end."""
    return max(least, min(whole(text, least), max(least, MOST_COLUMNS - column)))


def _merge(shape: etree._Element | None, name: str) -> str | None:
    """How a cell is merged: ``restart``, ``continue``, None for not at all."""
    found = None if shape is None else shape.find(W + name)
    if found is None:
        return None
    return "restart" if attribute(found) == "restart" else "continue"
