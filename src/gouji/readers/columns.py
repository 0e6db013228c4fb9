"""What the rows and the columns of a table are: header or data, label, code or number."""

from __future__ import annotations

import re
from enum import StrEnum

from gouji.model.document import Blank
from gouji.readers.cell_values import blank_of, clean, is_code, is_number, is_text_header, is_year
from gouji.readers.cells import Row
from gouji.resources.table_kinds import load

_HEADER_MOST = 6
_DASH = Blank.DASH
_ITEM = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{3,7}$|\d{1,2}[.、．]")


class Column(StrEnum):
    """What a column holds."""

    LABEL = "label"
    CODE = "code"
    MARKER = "marker"  # 行次: the numbers of the rows
    NUMBER = "number"
    TEXT = "text"  # running text beside numbers: 增减原因, 备注


def is_data_number(text: str) -> bool:
    """Whether a cell holds a number that no header would hold: not a bare year."""
    return is_number(text) and not is_year(text)


def is_marker_row(row: Row) -> bool:
    """Whether a row numbers the columns: 栏次 1 2 3 (labels of code columns may stand before it), or 1 to n alone."""
    words = [clean(cell.text) for cell in row if not cell.blank]
    if not words:
        return False
    marks, codes = load().words.marker_row, load().words.code_column
    rest = [word for word in words if word not in codes]
    if rest and rest[0] in marks:
        return all(word in marks or len(word) <= 3 or not is_number(word) for word in rest)
    return len(words) >= 3 and words == [str(i) for i in range(1, len(words) + 1)]


def count_header_rows(rows: tuple[Row, ...]) -> int:
    """How many rows from the top are header: those above the first row with a number, marker rows included.

    In a table without numbers, those above the first row that begins with an item (a total, a code, a numbered
    name); failing that, one.
    """
    for index, row in enumerate(rows[: _HEADER_MOST + 1]):
        if not is_marker_row(row) and any(is_data_number(cell.text) for cell in row):
            return index
    for index, row in enumerate(rows[: _HEADER_MOST + 1]):
        first = next((clean(cell.text) for cell in row if not cell.blank), "")
        if index and not is_marker_row(row) and (first in load().words.total or _ITEM.match(first)):
            return index
    return min(1, len(rows))


def column_kinds(body: list[Row], leaf: list[str], count: int) -> list[Column]:
    """Tell what each column holds, by its innermost header text and its cells.

    Parameters
    ----------
    body : list of Row
        Data rows that have one cell for each of the `count` columns.
    leaf : list of str
        Innermost header texts, "" where not known.
    """
    words = load().words
    kinds: list[Column] = []
    for column in range(count):
        cells = [row[column].text for row in body if not row[column].blank]
        name = leaf[column]
        if name in words.marker_column:
            kinds.append(Column.MARKER)
        elif name in words.code_column or _looks_like_codes(body, cells, column, count):
            kinds.append(Column.CODE)
        elif not cells:
            blank_label = column == 0 or name in ("项目", "科目名称") or is_text_header([name])
            kinds.append(Column.LABEL if blank_label else Column.NUMBER)
        elif 2 * len([cell for cell in cells if is_number(cell) or _is_dash(cell)]) >= len(cells):
            kinds.append(Column.NUMBER)
        else:
            kinds.append(Column.LABEL)
    return _tell_text(kinds, leaf)


def _looks_like_codes(body: list[Row], cells: list[str], column: int, count: int) -> bool:
    """Whether a column without a telling header holds classification codes.

    Most cells are codes, five digits or more among them, and the column beside it holds words.
    """
    if column + 1 >= count or not cells:
        return False
    codes = [cell.strip() for cell in cells if is_code(cell)]
    if len(codes) * 5 < len(cells) * 4 or not any(len(code) > 3 for code in codes):
        return False
    beside = [row[column + 1].text for row in body if not row[column + 1].blank]
    return bool(beside) and sum(is_number(cell) for cell in beside) * 2 < len(beside)


def _is_dash(text: str) -> bool:
    return blank_of(text) is _DASH


def _tell_text(kinds: list[Column], leaf: list[str]) -> list[Column]:
    """Take columns of words that no number follows, or whose header says so, for text beside the numbers."""
    last_number = max((i for i, kind in enumerate(kinds) if kind is Column.NUMBER), default=-1)
    if last_number < 0:
        return kinds
    seen_number = False
    out: list[Column] = []
    for index, kind in enumerate(kinds):
        seen_number = seen_number or kind is Column.NUMBER
        beside = kind is Column.LABEL and seen_number and (index > last_number or is_text_header([leaf[index]]))
        out.append(Column.TEXT if beside else kind)
    return out


def halves(kinds: list[Column]) -> list[int]:
    """Half that each column belongs to, counted from 0: labels after numbers begin a new one (收入 | 支出).

    Examples
    --------
    >>> halves([Column.LABEL, Column.NUMBER, Column.LABEL, Column.NUMBER])
    [0, 0, 1, 1]
    """
    out: list[int] = []
    half = 0
    stubs, data = (Column.LABEL, Column.CODE, Column.MARKER), (Column.NUMBER, Column.TEXT)
    for index, kind in enumerate(kinds):
        if index and kind in stubs and kinds[index - 1] in data:
            half += 1
        out.append(half)
    return out
