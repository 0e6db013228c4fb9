"""The self-evaluation form (项目支出绩效自评表): information, funds, goals, indicator rows, total.

The form has no grid of its own: each block has its own columns, and in a flattened text merged cells are left out. A
cell's column is therefore its position in the row as the source has it; header and cell of one block stand at the
same position.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gouji.model.document import Blank, Cell
from gouji.model.values import Value
from gouji.readers.cell_values import bare, blank_of, clean, in_place, stated_unit
from gouji.readers.cells import RawCell, RawTable, Row
from gouji.resources.table_kinds import FormWords, load

_LABEL_MOST = 12
_EMPTY, _NOT_BLANK = Blank.EMPTY, Blank.NOT_BLANK  # to ask an enumeration takes five times as long as a name


def is_form(raw: RawTable) -> bool:
    """Whether a table is a self-evaluation form: one of its rows heads the three levels of indicators, with points."""
    return any(_is_indicator_header([clean(cell.text) for cell in row]) for row in raw.rows)


def _is_indicator_header(texts: list[str]) -> bool:
    words = load().form
    return (
        not words.max_score.isdisjoint(texts)
        and not words.level1.isdisjoint(texts)
        and not (words.level3.isdisjoint(texts) and words.level2.isdisjoint(texts))
    )


@dataclass(slots=True)
class _Block:
    """Columns of the block being read: header text by position, and the label in front of its rows."""

    kind: str = "info"
    header: dict[int, str] = field(default_factory=dict)
    group: str = ""
    filled: dict[int, str] = field(default_factory=dict)
    levels: list[int] = field(default_factory=list)  # positions of the three levels of indicators


def form_cells(raw: RawTable, unit: str | None) -> tuple[tuple[Cell, ...], dict[str, str]]:
    """Cells of a form, and what it says of its project.

    Returns
    -------
    tuple
        The cells, and attributes ``project``, ``department`` and ``implementer`` as far as the form has them.
    """
    words = load().form
    block = _Block()
    cells: list[Cell] = []
    attributes: dict[str, str] = {}
    for index, row in enumerate(raw.rows, start=1):
        texts = [clean(cell.text) for cell in row]
        turned = _turn(block, texts, words)
        if turned is not None:
            block = turned
            cells += [_plain(index, c, cell, "header") for c, cell in enumerate(row, start=1)]
        elif block.kind == "info":
            cells += _info_row(index, row, texts, attributes, words)
        elif _is_total(texts, words):
            cells += _total_row(index, row, texts, block)
        else:
            cells += _body_row(index, row, texts, block, unit)
    return tuple(cells), attributes


def _turn(block: _Block, texts: list[str], words: FormWords) -> _Block | None:
    """Open the block that a row heads, if it is a header row."""
    if _is_indicator_header(texts):
        group = texts[0] if texts[0] not in words.level1 else ""
        header = {i: t for i, t in enumerate(texts) if t and t != group}
        known = (words.level1, words.level2, words.level3)
        levels = [i for i, t in header.items() if any(t in names for names in known)]
        return _Block("indicators", header, group, levels=levels or [0])
    if not words.funds_header.isdisjoint(texts) and len(words.funds_header.intersection(texts)) >= 2:
        group = texts[0] if texts[0] not in words.funds_header else ""
        return _Block("funds", {i: t for i, t in enumerate(texts) if t and (i or not group)}, group)
    if not words.goal_header.isdisjoint(texts) and len(words.goal_header.intersection(texts)) >= 2:
        group = texts[0] if sum(map(bool, texts)) > 2 else ""
        return _Block("goals", {i: t for i, t in enumerate(texts) if t and (i or not group)}, group)
    return None


def _plain(r: int, c: int, cell: RawCell, role: str) -> Cell:
    """Header, label or blank cell."""
    text = cell.text
    if not text:
        return Cell(r, c, text, cell.start, cell.end, role="blank", blank=_EMPTY)
    return Cell(r, c, text, cell.start, cell.end, role="blank" if cell.blank else role, blank=blank_of(text))


def _info_row(r: int, row: Row, texts: list[str], attributes: dict[str, str], words: FormWords) -> list[Cell]:
    """Labels and what stands behind them, by turns."""
    cells: list[Cell] = []
    label = ""
    for c, (cell, text) in enumerate(zip(row, texts, strict=True), start=1):
        if not label and text:
            label = text
            cells.append(_plain(r, c, cell, "label"))
            continue
        role = "blank" if cell.blank else "info"
        path = (label,) if label else ()
        cells.append(Cell(r, c, cell.text, cell.start, cell.end, row_path=path, role=role, blank=blank_of(cell.text)))
        for key, names in (
            ("project", words.project),
            ("department", words.department),
            ("implementer", words.implementer),
        ):
            if label in names and text:
                attributes.setdefault(key, text)
        if text or c % 2 == 0:
            label = ""
    return cells


def _is_total(texts: list[str], words: FormWords) -> bool:
    """Whether a row is the form's total: it begins with one of its labels and has little else than numbers."""
    shown = [text for text in texts if text]
    return bool(shown) and shown[0] in words.total and all(len(text) <= _LABEL_MOST for text in shown)


def _total_row(r: int, row: Row, texts: list[str], block: _Block) -> list[Cell]:
    """Read the total: its label, then cells that stand under the last columns of the indicator block."""
    width = max(block.header, default=0) + 1
    at = next(i for i, text in enumerate(texts) if text)
    unit = stated_unit((texts[at],))
    cells: list[Cell] = []
    for position, cell in enumerate(row):
        if position <= at:
            cells.append(_plain(r, position + 1, cell, "label"))
            continue
        column = position if len(row) == width else width - (len(row) - position)
        header = block.header.get(column, "")
        cells.append(_valued(r, position + 1, cell, (texts[at],), (header,) if header else (), unit))
    return cells


def _body_row(r: int, row: Row, texts: list[str], block: _Block, unit: str | None) -> list[Cell]:
    """Read a row below a header row: labels on the left, filled down, then cells under the headers."""
    labels = _label_columns(block)
    path: list[str] = [block.group] if block.group else []
    for column in labels:
        text = texts[column] if column < len(texts) else ""
        if text:
            _forget(block, column, labels)
            block.filled[column] = text
        elif block.kind == "indicators" and column == labels[-1]:
            _forget(block, column, labels)
            block.filled.pop(column, None)
        if column in block.filled and (block.kind == "indicators" or text):
            path.append(block.filled[column])
    cells: list[Cell] = []
    above, header = tuple(path), block.header
    wording = labels[-1] if block.kind == "indicators" else -1
    unit_here = stated_unit(above[:1]) or (unit if block.kind == "funds" else None)
    for position, cell in enumerate(row):
        if position in labels:
            cells.append(_plain(r, position + 1, cell, "text" if position == wording else "label"))
        elif position not in header:
            if position == 0 and cell.text.strip():
                block.group = texts[0]
            cells.append(_plain(r, position + 1, cell, "label"))
        else:
            cells.append(_valued(r, position + 1, cell, above, (header[position],), unit_here))
    return cells


def _forget(block: _Block, column: int, labels: list[int]) -> None:
    """Let a new label end what was filled down to the right of it."""
    for other in labels:
        if other > column:
            block.filled.pop(other, None)


def _label_columns(block: _Block) -> list[int]:
    """Positions of the labels of a block's rows."""
    if block.kind == "indicators":
        return block.levels
    if block.kind == "goals":
        return []
    first = min((i for i in block.header), default=1)
    if block.group and first == 1:
        return [0]  # the words over the labels, 项目资金（万元）, stand in their column
    return list(range(1 if block.group else 0, first))


def _valued(
    r: int, c: int, cell: RawCell, row_path: tuple[str, ...], col_path: tuple[str, ...], unit: str | None
) -> Cell:
    """Cell under a header: a number in the unit that its row or its table states, a blank or text."""
    text, value, blank = cell.text, None, _NOT_BLANK
    found = bare(text)
    if isinstance(found, Value):
        value = in_place(found, col_path, row_path, unit)
    elif found is not None:
        blank = found
    role = "number" if value is not None else "blank" if blank else "text"
    return Cell(r, c, text, cell.start, cell.end, 1, 1, None, None, value, row_path, col_path, role, blank)


def is_running_text(cell: Cell, words: FormWords) -> bool:
    """Whether a cell of a form is running text.

    It is if it holds a goal, what was achieved, an indicator's wording or a reason; never a target or an actual value.
    """
    if cell.role != "text":
        return False
    if not cell.col_path:
        return True  # wording of a third-level indicator
    return cell.col_path[-1] in words.reason or cell.col_path[-1] in words.goal_header


LINE_NUMBER = re.compile(r"\d{1,2}[.、．]")
