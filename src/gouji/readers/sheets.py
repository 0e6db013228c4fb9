"""A sheet of cells to blocks: titles, unit lines and notes become paragraphs, what is left are tables.

A sheet has no paragraphs: title, unit, form number and notes stand in cells above and below the grid, merged across it
or not, and several tables may stand below one another. Rows are told apart by how many of their cells hold something,
and by the words that heads and notes of tables use.

Decisions. A sheet that is hidden is not read, nor are rows and columns hidden by hand: they are not published. Rows
that a filter or a folded outline hides are read: totals count them, and only the view hides them. Everything that is
left out is said in a warning.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gouji.readers.cell_values import is_number
from gouji.readers.layout import Block, GridCell, TableBlock, TextBlock
from gouji.readers.marks import is_caption, is_form_number, is_head_field, is_note, is_title, unit_of_line
from gouji.text.normalise import strip_blanks

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 300, 100_000
"""Of a sheet, counted over cells that hold something; detail tables of whole governments have some thousand rows."""
_MOST_MERGED = 1_000_000  # places under merged cells that are looked at
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表|附表|table|g|z)[\s\d-]*", re.IGNORECASE)
_ORDINAL = re.compile(r"\d{1,2}[\s._、-]+")
_SENTENCE = re.compile(r"[，。；：！？]")
_PROSE = 20
_MAY_BE_FURNITURE = frozenset("：:表位附")  # a field, a form's number and a unit line have one of these

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0, ends included."""


class TooLargeError(Exception):
    """A sheet beyond the bounds; its text says what was seen."""


@dataclass
class Sheet:
    """A sheet as it shows itself.

    Parameters
    ----------
    name : str
    cells : dict of (int, int) to str
        Shown text of the cells that hold something, by row and column from 0.
    merges : list of Merge
    hidden_rows, hidden_columns : set of int
        Left out.
    """

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def put(self, r: int, c: int, text: str) -> None:
        """Add a cell.

        Raises
        ------
        TooLargeError
            If the sheet grows beyond the bounds.
        """
        if r >= MOST_ROWS or c >= MOST_COLUMNS or len(self.cells) >= MOST_CELLS:
            raise TooLargeError(f"超过 {MOST_ROWS} 行、{MOST_COLUMNS} 列或 {MOST_CELLS} 个单元格")
        self.cells[r, c] = text


def sheet_title(name: str) -> str:
    """Name of a sheet as a table's title, without the number of the sheet; "" for a name that a program gave.

    Examples
    --------
    >>> sheet_title("2 收入决算表"), sheet_title("Sheet1")
    ('收入决算表', '')
    """
    name = name.strip()
    return "" if _DEFAULT_NAME.fullmatch(name) else _ORDINAL.sub("", name, count=1)


def blocks(sheet: Sheet) -> list[Block]:
    """Paragraphs and tables of a sheet, from the top down; its name is the title of a first table that has none."""
    rows = _rows(sheet)
    width = max((cell.c + cell.colspan for row in rows for cell in row), default=0)
    out: list[Block] = []
    title = sheet_title(sheet.name)
    for is_table, group in _cut(rows, width):
        if is_table:
            out.append(_table(group, "" if _titled(out) else title))
            title = ""
        else:
            out += [TextBlock(cell.text.strip()) for row in group for cell in row if cell.text.strip()]
    return out


def _titled(above: Sequence[Block]) -> bool:
    """Whether a title stands among the blocks above the first table of a sheet."""
    texts = [block.text for block in above if isinstance(block, TextBlock)]
    return any(is_title(text) or not (_is_furniture(text) or is_caption(text)) for text in texts)


def _rows(sheet: Sheet) -> list[list[GridCell]]:
    """Cells row by row on a grid without hidden and unused rows and columns; rows that hold nothing are empty lists."""
    used = {at: text for at, text in sheet.cells.items() if text.strip()}
    shown = {(r, c): t for (r, c), t in used.items() if r not in sheet.hidden_rows and c not in sheet.hidden_columns}
    spans = _spans(sheet, used, shown)
    if not shown:
        return []
    columns = sorted({c for _, c in shown})
    first, last = min(r for r, _ in shown), max(r for r, _ in shown)
    numbers = [r for r in range(first, last + 1) if r not in sheet.hidden_rows]
    rows: list[list[GridCell]] = [[] for _ in numbers]
    for (r, c), text in sorted(shown.items()):
        bottom, right = spans.get((r, c), (r, c))
        row, column = bisect_left(numbers, r), bisect_left(columns, c)
        height, breadth = bisect_left(numbers, bottom + 1) - row, bisect_left(columns, right + 1) - column
        rows[row].append(GridCell(row, column, text, height, breadth))
    return rows


def _spans(
    sheet: Sheet, used: dict[tuple[int, int], str], shown: dict[tuple[int, int], str]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Last row and column of merged cells; a merged cell whose corner is hidden moves to its first shown place.

    Merged ranges that overlap are no ranges: the first one stands. What a range covers shows nothing but its corner.
    """
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    last_row, last_column = max((r for r, _ in used), default=0), max((c for _, c in used), default=0)
    covered: set[tuple[int, int]] = set()
    work = 0
    for top, left, bottom, right in sheet.merges:
        bottom, right = min(bottom, last_row), min(right, last_column)
        work += max(0, bottom - top + 1) * max(0, right - left + 1)
        if work > _MOST_MERGED:
            break
        places = [
            (r, c)
            for r in range(top, bottom + 1) if r not in sheet.hidden_rows
            for c in range(left, right + 1) if c not in sheet.hidden_columns
        ]  # fmt: skip
        if not places or not covered.isdisjoint(places):
            continue
        covered.update(places)
        text = used.get((top, left))
        for place in places:
            shown.pop(place, None)
        if text is not None:
            shown[places[0]] = text
            spans[places[0]] = (bottom, right)
    return spans


def _cut(rows: list[list[GridCell]], width: int) -> Iterator[tuple[bool, list[list[GridCell]]]]:
    """Cut rows into heads and notes (False) and tables (True)."""
    told = _tell(rows, width)
    index = 0
    while index < len(rows):
        if told[index] != "table":
            if rows[index]:
                yield False, [rows[index]]
            index += 1
            continue
        end = index
        while end < len(rows) and told[end] != "text" and not (told[end] == "gap" and _begins_anew(rows, told, end)):
            end += 1
        yield True, [row for row in rows[index:end] if row]
        index = end


def _tell(rows: list[list[GridCell]], width: int) -> list[str]:
    """Tell what each row is: ``text``, ``table`` or ``gap`` (holds nothing)."""
    told: list[str] = []
    in_table = in_notes = False
    covered_to = 0  # rows that a tall cell of the table still covers
    for index, row in enumerate(rows):
        if index < covered_to:
            kind = "table"
        elif not row:
            kind, in_notes = "gap", False
        elif in_table:
            alone = told[-1] == "gap" and _stands_alone(rows, index, width)
            kind = "text" if alone or _is_below(row, width, in_notes) else "table"
        else:
            kind = "text" if _is_head(row, width) else "table"
        if kind == "text":
            in_notes = in_notes or any(is_note(cell.text.strip()) for cell in row)
            in_table = in_table and in_notes
        elif kind == "table":
            in_table, in_notes = True, False
            covered_to = max([covered_to, *(cell.r + cell.rowspan for cell in row)])
        told.append(kind)
    return told


def _is_head(row: Sequence[GridCell], width: int) -> bool:
    """Whether a row above a table belongs to its head: one cell, or fields of a head alone."""
    if len(row) > 1:
        return _is_furniture_row(row)
    cell = row[0]
    wide = cell.colspan >= max(2, width - 1)
    first = cell.c == 0 and cell.rowspan == 1 and not is_number(cell.text)
    return width == 1 or first or wide or is_caption(cell.text.strip())


def _is_furniture_row(row: Sequence[GridCell]) -> bool:
    """Whether several cells are the head of a table: fields, a unit, a form's number; years and titles beside them."""
    texts = [cell.text.strip() for cell in row]
    return any(map(_is_furniture, texts)) and all(_is_furniture(text) or is_caption(text) for text in texts)


def _is_furniture(text: str) -> bool:
    """Whether a text is a unit line, a form's number or a field such as ``部门：某某局``."""
    if _MAY_BE_FURNITURE.isdisjoint(text):
        return False
    label, colon, _ = strip_blanks(text).replace("：", ":").partition(":")
    is_field = bool(colon) and 0 < len(label) <= 6 and label not in ("其中", "其中含")
    return is_field or is_form_number(text) or is_head_field(text) or unit_of_line(text) is not None


def _is_below(row: Sequence[GridCell], width: int, in_notes: bool) -> bool:
    """Whether a row below data is no data: a note, the head of another table, a sentence across the table."""
    if len(row) > 1:
        return _is_furniture_row(row) or all(is_note(cell.text.strip()) for cell in row)
    cell, text = row[0], row[0].text.strip()
    if in_notes or is_note(text) or is_caption(text):
        return True
    sentence = len(text) >= _PROSE and _SENTENCE.search(text) is not None
    return sentence and cell.c == 0 and cell.colspan >= min(width, max(2, width - 1))


def _stands_alone(rows: list[list[GridCell]], index: int, width: int) -> bool:
    """Whether the one cell of a row below a gap is a heading: across the table, last of all, or above a header row."""
    row = rows[index]
    if len(row) > 1 or is_number(row[0].text):
        return False
    after = next((r for r in rows[index + 1 :] if r), None)
    return row[0].colspan >= max(2, width - 1) or after is None or len(after) > 1 and _is_header_row(after)


def _is_header_row(row: Sequence[GridCell]) -> bool:
    return len(row) > 1 and not any(is_number(cell.text) for cell in row)


def _begins_anew(rows: list[list[GridCell]], told: list[str], gap: int) -> bool:
    """Whether the rows below a gap are another table: a head, or a header row (words in several cells, no number)."""
    after = next((i for i in range(gap, len(rows)) if rows[i]), None)
    return after is None or told[after] != "table" or _is_header_row(rows[after])


def _table(rows: list[list[GridCell]], title: str) -> TableBlock:
    """Table of rows, its grid complete: columns that no cell begins in are left out, blanks get cells of their own."""
    used = sorted({cell.c for row in rows for cell in row})
    numbers = [row[0].r for row in rows]
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for row in rows:
        for cell in row:
            r, c = bisect_left(numbers, cell.r), bisect_left(used, cell.c)
            bottom, right = bisect_left(numbers, cell.r + cell.rowspan), bisect_left(used, cell.c + cell.colspan)
            taken.update((i, j) for i in range(r, bottom) for j in range(c, right))
            cells.append(GridCell(r, c, _tidy(cell.text), bottom - r, right - c))
    cells += [GridCell(r, c, "") for r in range(len(rows)) for c in range(len(used)) if (r, c) not in taken]
    return TableBlock(tuple(sorted(cells, key=lambda cell: (cell.r, cell.c))), len(rows), len(used), title=title)


def _tidy(text: str) -> str:
    """Text of a cell: blanks at its end dropped, those at its beginning are indentation."""
    return "\n".join(line.rstrip() for line in text.rstrip().split("\n"))
