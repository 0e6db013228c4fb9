"""Workbooks as one XML file (Excel 2003; much software for the web exports it and names it .xls)."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from gouji.model.document import Document
from gouji.readers.formats import XMLSS
from gouji.readers.layout import Block
from gouji.readers.markup import local, parse_xml, text_of
from gouji.readers.number_formats import exact
from gouji.readers.sheets import Sheet, TooLargeError, blocks
from gouji.readers.xlsx import finish
from gouji.settings import Settings

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST = 1_000_000


def read_xml_sheets(data: bytes, path: Path, settings: Settings) -> Document:
    """Read a workbook that is one XML file.

    Parameters
    ----------
    data : bytes
    path : Path
        The document is named by its stem.
    settings : Settings

    Returns
    -------
    Document
    """
    root = parse_xml(data, path, path.name)
    found: list[Block] = []
    warnings: list[str] = []
    for element in root.iter(_SS + "Worksheet"):
        name = element.get(_SS + "Name") or ""
        if any(
            text_of(e).strip() in ("SheetHidden", "SheetVeryHidden") for e in element.iter() if local(e) == "Visible"
        ):
            warnings.append(f"工作表“{name}”是隐藏的，没有读取。")
            continue
        try:
            found += blocks(_sheet(element, name))
        except TooLargeError as err:
            warnings.append(f"工作表“{name}”{err}，没有读取。")
    return finish(found, warnings, XMLSS.media, data, path)


def _sheet(element: etree._Element, name: str) -> Sheet:
    sheet = Sheet(name)
    table = element.find(_SS + "Table")
    row_at = -1
    for row in table.iterchildren(_SS + "Row") if table is not None else ():
        row_at = _index(row, row_at)
        if row.get(_SS + "Hidden") == "1":
            sheet.hidden_rows.add(row_at)
        column = -1
        for cell in row.iterchildren(_SS + "Cell"):
            column = _index(cell, column)
            data = cell.find(_SS + "Data")
            if data is not None:
                sheet.put(row_at, column, _shown(data))
            right, down = _whole(cell.get(_SS + "MergeAcross")), _whole(cell.get(_SS + "MergeDown"))
            if right or down:
                sheet.merges.append((row_at, column, row_at + down, column + right))
            column += right
    return sheet


def _shown(data: etree._Element) -> str:
    """Text of a cell; numbers as they are stored, without the tail that binary fractions leave."""
    text = text_of(data)
    number = exact(text) if data.get(_SS + "Type") == "Number" else None
    return text if number is None else format(number, "f")


def _index(element: etree._Element, last: int) -> int:
    """Row or column from 0: the one stated, else the next."""
    stated = _whole(element.get(_SS + "Index"))
    return stated - 1 if stated - 1 > last else last + 1


def _whole(text: str | None) -> int:
    return min(int(text), _MOST) if text and text.isdecimal() and len(text) < 10 else 0
