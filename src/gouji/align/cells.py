"""Index of the statutory tables' cells by meaning: indicator, fund, part, measure, year.

Self-evaluation forms are read by `forms.py`; here they are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gouji.align.quantity import Label, Quantity, caliber_of, read_label, read_name
from gouji.model.document import Cell, Document, Table
from gouji.model.values import Kind, Value
from gouji.resources.alignment import align_terms
from gouji.resources.names import code_of_row, fold, fold_label
from gouji.resources.script import plain

FORM = "self_evaluation"
CODE_LENGTHS = (3, 5, 7)
BALANCES = frozenset({"opening_balance", "closing_balance"})
"""Quantities that a table breaks down by fund in the lines below."""


@dataclass(frozen=True, slots=True)
class CellEntry:
    """A number of a table with what it says.

    `quantity.caliber` is always set (``all`` where nothing limits it). `above` holds the cores of the items above it
    in its classification, outermost first. `side` is ``revenue`` or ``expenditure`` where the column says so.
    """

    address: str
    value: Value
    quantity: Quantity
    measure: str
    year: int | None
    above: tuple[str, ...] = ()
    side: str | None = None
    coded: bool = False
    name: str = ""


class CellIndex:
    """Cells by the core of their indicator."""

    def __init__(self, entries: Iterable[CellEntry]) -> None:
        self.of_core: dict[str, list[CellEntry]] = defaultdict(list)
        self.of_value: dict[Decimal, list[CellEntry]] = defaultdict(list)
        for entry in entries:
            self.of_core[entry.quantity.core].append(entry)
            self.of_value[entry.value.canonical].append(entry)

    def with_value(self, value: Value) -> Sequence[CellEntry]:
        """Entries that hold exactly a value, in document order."""
        return self.of_value.get(value.canonical, ())

    def find(self, core: str) -> Sequence[CellEntry]:
        """Entries of an indicator, in document order."""
        return self.of_core.get(core, ())


def index_cells(document: Document) -> CellIndex:
    """Read every number of the document's tables, forms apart."""
    entries: list[CellEntry] = []
    for table in document.tables:
        if table.kind != FORM:
            entries.extend(_entries(table, document))
    return CellIndex(entries)


def _entries(table: Table, document: Document) -> list[CellEntry]:
    """Entries of one table; its title gives the fund, and the measure where no label does."""
    title = _title_quantity(table.title)
    fiscal_year = table.year if table.year is not None else document.fiscal_year
    coming = table.year is not None and document.fiscal_year is not None and table.year > document.fiscal_year
    default = "budget" if document.kind == "budget" or coming else "actual"
    codes = _codes(table)
    balances = _balances(table)
    names = {code: name for code, name in codes.values() if name}
    out: list[CellEntry] = []
    for cell in table.cells:
        value = cell.value
        if value is None:
            continue
        rows = [read_label(text) for text in cell.row_path if not _is_code(text)]
        columns = [read_label(text) for text in cell.col_path]
        code = codes.get(cell.r, ("", ""))[0]
        entry = _entry(table, cell, value, rows, columns, title, default)
        if entry is not None and (cell.r, cell.c) in balances:
            entry = replace(entry, quantity=replace(entry.quantity, core=balances[cell.r, cell.c]))
        if entry is None:
            continue
        above = entry.above
        if code and not above:
            above = tuple(read_name(names[code[:n]]).core for n in CODE_LENGTHS if n < len(code) and code[:n] in names)
        year = entry.year if entry.year is not None else _year(entry.measure, fiscal_year)
        measure = entry.measure
        if measure == "actual" and year is not None and fiscal_year is not None and year < fiscal_year:
            measure = "prior"
        out.append(replace(entry, measure=measure, year=year, above=above, coded=bool(code), name=_name(cell)))
    return out


def _balances(table: Table) -> dict[tuple[int, int], str]:
    """Cells of lines that only name a fund, below a balance: what of it belongs to the fund, no income of the fund.

    Notes
    -----
    公开04表: 年初财政拨款结转和结余, then 一般公共预算财政拨款, 政府性基金预算财政拨款, 国有资本经营预算财政拨款.
    """
    out: dict[tuple[int, int], str] = {}
    above: dict[int, str | None] = {}
    for cell in table.cells:
        if not cell.row_path:
            continue
        label = read_label(cell.row_path[-1])
        if label.item is not None:
            above[cell.c] = label.item.core if label.item.core in BALANCES else None
        elif label.caliber is not None and (core := above.get(cell.c)) is not None:
            out[cell.r, cell.c] = core
    return out


def _entry(
    table: Table, cell: Cell, value: Value, rows: list[Label], columns: list[Label], title: Quantity, default: str
) -> CellEntry | None:
    labels = [*rows, *columns]
    measure = next((label.measure for label in reversed(labels) if label.measure), None)
    year = next((label.year for label in reversed(labels) if label.year is not None), None)
    component = next((label.component for label in reversed(labels) if label.component), None)
    caliber = next((label.caliber for label in reversed(columns) if label.caliber), None)
    row_items = [label.item for label in rows if label.item is not None]
    column_items = [label for label in columns if label.item is not None]
    side = next((label.side for label in column_items if label.side), None)
    inner = column_items[-1].item if column_items else None
    row_caliber = next((label.caliber for label in reversed(rows) if label.caliber), None)
    if row_items:
        item = row_items[-1]
        side = side or _side(inner)
        component = component or (inner.component if inner is not None else None)
        if (
            inner is not None
            and inner.core not in ("income", "expenditure", "")
            and inner.core != item.core
            and not inner.component
        ):
            return None if measure is None else _cross(table, cell, value, item, measure, year)
    elif inner is not None and (not column_items[-1].side or table.title):
        item = inner
        if row_caliber is not None and column_items[-1].side is not None:
            item = Quantity(inner.core, row_caliber, inner.component)
    else:
        named = caliber or row_caliber
        # 项目支出之财政拨款: the column limits what the title of all funds names
        item = replace(title, caliber=named) if named and title.caliber == "all" else title
    part = item.component or component
    item = Quantity(item.core or title.core or ("expenditure" if part else ""), item.caliber, part)
    if not item.core:
        return None
    if item.caliber is None:
        item = item.within(caliber or row_caliber or title.caliber or "all")
    number = _rate(value) if measure in ("completion_rate", "ratio", "share", "change_rate") else value
    above = tuple(i.core for i in row_items[:-1])
    return CellEntry(table.address(cell), number, item, measure or default, year, above, side)


def _name(cell: Cell) -> str:
    """Name of a cell's row as written, folded; that of its column where the row has none."""
    for path in (cell.row_path, cell.col_path):
        named = [text for text in path if read_label(text).item is not None]
        if named:
            return fold(fold_label(named[-1])[-1])
    return ""


def _cross(table: Table, cell: Cell, value: Value, item: Quantity, measure: str, year: int | None) -> CellEntry:
    """Keep apart a cell of two items (a function by a source of income)."""
    return CellEntry(table.address(cell), value, Quantity(item.core, "cross", item.component), measure, year)


def _side(item: Quantity | None) -> str | None:
    if item is None:
        return None
    return {"income": "revenue", "expenditure": "expenditure"}.get(item.core)


def _title_quantity(title: str) -> Quantity:
    """Say what the total of a table is the total of (支出 in 支出决算表); nothing where both sides are meant."""
    terms = align_terms()
    text = "".join(title.split())
    totals = [core for word, core in terms.titles if word in text]
    own = next((core for core in totals if core in terms.own_caliber), None)
    if own is not None:
        return Quantity(own, "own")
    component = next((name for word, name in terms.components if word in text), None)
    return Quantity(totals[0] if len(totals) == 1 else "", caliber_of(title) or "all", component)


def _codes(table: Table) -> dict[int, tuple[str, str]]:
    """Classification code and item name of each row that has a code before its first figure."""
    out: dict[int, tuple[str, str]] = {}
    above = ""
    figures = {cell.c for cell in table.numbers() if not _is_code("".join(cell.text.split()))}
    last = min(figures, default=1)
    for r in range(1, table.n_rows + 1):
        texts = [cell.text if (cell := table.grid.get((r, c))) is not None else "" for c in range(1, last)]
        code = code_of_row(texts, above)
        names = [text for text in texts if text.strip() and not "".join(text.split()).isdigit()]
        if code and names:
            above = code
            out[r] = (code, plain(names[-1]))
    return out


def _is_code(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) in CODE_LENGTHS


def _year(measure: str, fiscal_year: int | None) -> int | None:
    if fiscal_year is None:
        return None
    return fiscal_year - 1 if measure == "prior" else fiscal_year


def _rate(value: Value) -> Value:
    """Take a number under a per cent label as a rate, whatever unit the table gave it."""
    if value.kind is Kind.RATE:
        return value
    return Value(value.number, Decimal("0.01"), value.decimals, Kind.RATE, "%")
