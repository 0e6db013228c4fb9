"""The XLSX reader: every shown sheet by its XML, numbers as the sheet shows them, formulas by their cached values.

A cell of a published table is its number in its format. calamine knows no formats and no hidden rows; openpyxl knows
them in the mode that keeps every cell as an object. So the sheets' XML is read here, a row at a time, and nothing of
it is kept but texts.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gouji.errors import ReaderError
from gouji.model.document import Document
from gouji.readers.archives import Archive
from gouji.readers.compose import compose
from gouji.readers.formats import XLSX
from gouji.readers.layout import Block, Layout
from gouji.readers.markup import local, parse_xml, stream_xml
from gouji.readers.number_formats import GENERAL, exact, hides_text, shown
from gouji.readers.sheets import Merge, Sheet, TooLargeError, blocks
from gouji.readers.xlsx_parts import (
    Workbook,
    formats_of,
    integer,
    is_true,
    relations,
    shared_strings,
    sheet_parts,
    string_of,
    unescape,
)
from gouji.settings import Settings

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_TAKEN = ("row", "col", "mergeCell", "sheetView", "filterColumn")
_MOST_MERGES = 50_000
_NOTHING = "没有可读的单元格"


def read_xlsx(data: bytes, path: Path, settings: Settings) -> Document:
    """Read a workbook.

    Parameters
    ----------
    data : bytes
    path : Path
        The document is named by its stem.
    settings : Settings

    Returns
    -------
    Document
        Titles, unit lines and notes of the sheets as paragraphs, the grids as tables, in the order of the tabs.

    Raises
    ------
    ReaderError
        If the package is damaged, or no shown sheet holds anything that could be read.
    """
    book = _Book(data, path)
    found: list[Block] = []
    warnings: list[str] = []
    for part in book.workbook.sheets:
        if not part.shown:
            warnings.append(f"工作表“{part.name}”是隐藏的，没有读取。")
            continue
        try:
            sheet, notes = book.sheet(part.name, part.part)
        except TooLargeError as err:
            warnings.append(f"工作表“{part.name}”{err}，没有读取。")
            continue
        found += blocks(sheet)
        warnings += notes
    return finish(found, warnings, XLSX.media, data, path)


def finish(found: list[Block], warnings: list[str], media: str, data: bytes, path: Path) -> Document:
    """Document of the blocks of all sheets.

    Raises
    ------
    ReaderError
        If there are none.
    """
    if not found:
        raise ReaderError(path, f"工作簿里{_NOTHING}（{''.join(warnings) or '各工作表都是空的。'}）")
    return compose(Layout(tuple(found), media, tuple(warnings)), path.stem, hashlib.sha256(data).hexdigest())


class _Book:
    """A package with what its sheets share."""

    def __init__(self, data: bytes, path: Path) -> None:
        self.path = path
        self.archive = Archive(data, path)
        root = relations(self._xml("_rels/.rels"), "")
        main = next((part for part, kind in root.values() if kind == "officeDocument"), "xl/workbook.xml")
        folder, _, name = main.rpartition("/")
        targets = relations(self._xml(f"{folder}/_rels/{name}.rels"), folder)
        book = self._xml(main)
        parts = {kind: part for part, kind in reversed(targets.values())}
        strings = self._xml(parts["sharedStrings"]) if "sharedStrings" in parts else None
        styles = self._xml(parts["styles"]) if "styles" in parts else None
        self.workbook = Workbook(
            tuple(sheet_parts(book, targets)),
            shared_strings(strings) if strings is not None else [],
            formats_of(styles) if styles is not None else [],
            any(is_true(e.get("date1904")) for e in book.iter() if local(e) == "workbookPr"),
        )

    def _xml(self, part: str) -> Any:
        return parse_xml(self.archive.read(part), self.path, part)

    def sheet(self, name: str, part: str) -> tuple[Sheet, list[str]]:
        """Read a sheet row by row, and what could not be used of it.

        Raises
        ------
        TooLargeError
            If it is beyond the bounds.
        """
        reader = _SheetReader(Sheet(name), self.workbook)
        for element in stream_xml(self.archive.read(part), self.path, part, _TAKEN):
            reader.take(element)
        reader.unfold()
        return reader.sheet, sheet_warnings(reader.sheet, reader.seen)


@dataclass
class _SheetReader:
    """A sheet as far as it was read."""

    sheet: Sheet
    book: Workbook
    row: int = -1
    column: int = -1
    shows_zeros: bool = True
    filtered: bool = False
    folded: set[int] = field(default_factory=set)  # rows that a folded outline hides
    seen: Counter[str] = field(default_factory=Counter)

    def take(self, element: Any) -> None:
        """Take an element that is complete, and free it."""
        name = local(element)
        if name == "row":
            self._row(element)
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
        elif name == "col":
            self._columns(element)
        elif name == "mergeCell" and len(self.sheet.merges) < _MOST_MERGES:
            merge = area(element.get("ref") or "")
            if merge is not None:
                self.sheet.merges.append(merge)
        elif name == "sheetView" and element.get("showZeros") in ("0", "false"):
            self.shows_zeros = False
        elif name == "filterColumn":
            self.filtered = True

    def _columns(self, element: Any) -> None:
        first, last = integer(element.get("min")), integer(element.get("max"))
        hidden = is_true(element.get("hidden")) or element.get("width") in ("0", "0.0")
        if hidden and first and last:
            self.sheet.hidden_columns.update(range(first - 1, min(last, 16_384)))

    def _row(self, element: Any) -> None:
        self.row = _index(element.get("r"), self.row)
        self.column = -1
        if is_true(element.get("hidden")):
            self.sheet.hidden_rows.add(self.row)
            if integer(element.get("outlineLevel")):
                self.folded.add(self.row)
        for cell in element:
            if local(cell) == "c":
                self._cell(cell)

    def _cell(self, element: Any) -> None:
        place = _PLACE.fullmatch(element.get("r") or "")
        self.column = column_number(place[1]) if place else self.column + 1
        row = int(place[2]) - 1 if place else self.row
        text = self._text(element)
        if text:
            self.sheet.put(row, self.column, text)

    def _text(self, element: Any) -> str:
        kind = element.get("t", "n")
        parts = {local(e): e for e in element}
        if "v" not in parts:
            self.seen["formula"] += "f" in parts and "is" not in parts
            return string_of(parts["is"]) if "is" in parts else ""
        value = parts["v"].text or ""
        return self._shown(kind, value, element.get("s"))

    def _shown(self, kind: str, value: str, styled: str | None) -> str:
        """Text of a cell with a value of some kind."""
        style = integer(styled) or 0
        code = self.book.formats[style] if style < len(self.book.formats) else GENERAL
        if kind == "s":
            number = integer(value.strip())
            text = self.book.strings[number] if number is not None and number < len(self.book.strings) else ""
            return "" if hides_text(code) else text
        if kind in ("str", "inlineStr"):
            return "" if hides_text(code) else unescape(value)
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if kind in ("e", "d"):
            self.seen["error"] += kind == "e"
            return value
        return self._number(value.strip(), code)

    def _number(self, stored: str, code: str) -> str:
        number = exact(stored)
        if number is None:
            self.seen["number"] += bool(stored)
            return stored
        if number == 0 and not self.shows_zeros:
            return ""
        return shown(number, code, since_1904=self.book.since_1904)

    def unfold(self) -> None:
        """Take back what only the view hides: rows under a filter, rows of a folded outline."""
        self.sheet.hidden_rows -= self.sheet.hidden_rows if self.filtered else self.folded


def sheet_warnings(sheet: Sheet, seen: Counter[str]) -> list[str]:
    """Sentences about hidden rows and columns with something in them, and about formulas without a value."""
    out: list[str] = []
    rows = sorted({r + 1 for r, _ in sheet.cells if r in sheet.hidden_rows})
    columns = sorted({c for _, c in sheet.cells if c in sheet.hidden_columns})
    if rows:
        out.append(f"工作表“{sheet.name}”有 {len(rows)} 行是隐藏的（第 {_listed(map(str, rows))} 行），没有读取。")
    if columns:
        names = _listed(map(column_name, columns))
        out.append(f"工作表“{sheet.name}”有 {len(columns)} 列是隐藏的（{names} 列），没有读取。")
    if seen["formula"]:
        out.append(f"工作表“{sheet.name}”有 {seen['formula']} 个公式没有保存结果，按空白处理；请用 Excel 打开并保存。")
    if seen["error"]:
        out.append(f"工作表“{sheet.name}”有 {seen['error']} 个单元格是错误值（如 #REF!），没有数值。")
    return out


def _listed(words: Any, most: int = 8) -> str:
    shown_words = list(words)
    return "、".join(shown_words[:most]) + (" 等" if len(shown_words) > most else "")


def column_number(letters: str) -> int:
    """Column from 0 by its letters.

    Examples
    --------
    >>> column_number("A"), column_number("AB"), column_name(27)
    (0, 27, 'AB')
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_name(number: int) -> str:
    """Letters of a column counted from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def area(reference: str) -> Merge | None:
    """Rows and columns of a range such as ``A1:C2``, None if it is none."""
    first, _, last = reference.partition(":")
    top, bottom = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
    if top is None or bottom is None:
        return None
    rows = sorted((int(top[2]) - 1, int(bottom[2]) - 1))
    columns = sorted((column_number(top[1]), column_number(bottom[1])))
    return rows[0], columns[0], rows[1], columns[1]


def _index(stated: str | None, last: int) -> int:
    number = integer(stated)
    return number - 1 if number else last + 1
