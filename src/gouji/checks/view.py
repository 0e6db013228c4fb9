"""A statutory table as its checks see it: lines and columns by what they mean.

Reading order: `TableView`, then `Line` and `Column`, then how they are made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gouji.checks.figures import Operand, money_decimals, operand
from gouji.model.document import Cell, Document, Table
from gouji.resources.check_registry import Registry
from gouji.resources.names import code_of_row, fold, fold_label
from gouji.resources.script import plain

BALANCES = frozenset({"opening_balance", "closing_balance"})
FUND_LINES = frozenset({"general_budget", "government_fund", "state_capital"})
"""Lines that break a balance down by fund."""
CODE = re.compile(r"^(\d{3}|\d{5}|\d{7})(?=\D|$)")
YEAR = re.compile(r"^(20\d{2})年?度?")
END_OF_NAME = "）)：:元万亿辆个（( "
"""Characters after the name in a label: brackets with a unit."""
AMONG = re.compile(r"^\s*(?:其中|[#*]其中)")
NUMBERINGS = (
    re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]"),
    re.compile(r"^\d{1,2}[、.．](?!\d)"),
    re.compile(r"^[（(]\d{1,2}[）)]"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: the measure that its headings name, and the rest of them as concepts or folded names.

    `flow` is ``income`` or ``expenditure`` where a heading says which half of the table it is.
    """

    c: int
    side: int
    measure: str | None
    path: tuple[str, ...]
    heading: str
    flow: str = ""

    @property
    def concept(self) -> str:
        """Innermost heading; empty where only a measure heads the column."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of one side of a table.

    `rank` is the place of its numbering style among 一、（一）1.（1）, None without a number; `indent` counts leading
    blanks; `among` says that its label begins with 其中. `first_side` is where a label that reaches over several sides
    begins; `under` is the balance that a line breaks down by fund.
    """

    r: int
    side: int
    first_side: int
    label: str
    concept: str | None
    measure: str | None
    code: str
    rank: int | None
    indent: int
    among: bool
    total: bool
    under: str = ""


@dataclass(frozen=True)
class TableView:
    """Lines and columns of a table."""

    table: Table
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    caliber: str
    other_year: bool = False
    """Whether the table's title names another year than the report's."""
    measure: str = "actual"
    """What figures are that no heading says anything of: the outturn, or the budget in a table of the budget."""

    @cached_property
    def _decimals(self) -> int:
        return money_decimals(self.table)

    def columns_of(self, line: Line) -> list[Column]:
        """Columns that stand beside the line's label."""
        return [column for column in self.columns if column.side == line.side]

    def figure(self, line: Line, column: Column) -> Operand | None:
        """Figure where a line and a column meet, at the precision that the table keeps."""
        cell = self.table.grid.get((line.r, column.c))
        if cell is None or line.side != column.side:
            return None
        words = "".join(f"“{name}”" for name in (line.label, column.heading) if name)
        return operand(self.table, cell, self._decimals, words)

    def address(self, line: Line, column: Column) -> str | None:
        """Address of the cell where a line and a column meet, if there is a cell."""
        cell = self.table.grid.get((line.r, column.c))
        return self.table.address(cell) if cell else None


def view(document: Document, table: Table, registry: Registry) -> TableView:
    """Find the lines and columns of a table."""
    numeric = [cell for cell in table.cells if cell.value is not None and not _is_marker(cell, registry)]
    if not numeric:
        return TableView(table, (), (), registry.caliber_of(table.title))
    first = _first_row(table, min(cell.r for cell in numeric))
    number_columns = _number_columns(table, first, registry)
    sides = _sides(table, first, number_columns)
    columns = tuple(
        column for c in number_columns if (column := _column(document, table, c, first, sides[c], registry)) is not None
    )
    lines: list[Line] = []
    codes: dict[int, str] = {}
    for r in range(first, table.n_rows + 1):
        for side in dict.fromkeys(column.side for column in columns):
            line = _line(document, table, r, side, codes.get(side, ""), sides, columns, registry)
            if line is not None:
                codes[side] = line.code or codes.get(side, "")
                lines.append(line)
    lines = _under_balances(lines)
    measure = "initial_budget" if of_budget(table, registry) else "actual"
    caliber = registry.caliber_of(table.title)
    return TableView(table, columns, tuple(lines), caliber, _of_other_year(document, table), measure)


def _under_balances(lines: list[Line]) -> list[Line]:
    """Mark the lines that only name a fund below a balance: parts of the balance, no incomes (公开04表)."""
    out = []
    balance: dict[int, str] = {}
    for line in lines:
        if line.concept in BALANCES:
            balance[line.side] = line.concept
        elif line.concept not in FUND_LINES:
            balance[line.side] = ""
        under = balance.get(line.side, "") if line.concept in FUND_LINES else ""
        out.append(replace(line, under=under) if under else line)
    return out


def of_budget(table: Table, registry: Registry) -> bool:
    """Whether a title announces the budget and not how it was carried out."""
    title = fold(table.title)
    budget, outturn = registry.words["budget_titles"], registry.words["outturn_titles"]
    return any(word in title for word in budget) and not any(word in title for word in outturn)


def _of_other_year(document: Document, table: Table) -> bool:
    return None not in (table.year, document.fiscal_year) and table.year != document.fiscal_year


def _first_row(table: Table, figures: int) -> int:
    """First row below the headings: the reader marks them; without marks, the first row with a figure."""
    heads = [cell.r + cell.rowspan - 1 for cell in table.cells if cell.role == "header" and cell.r < figures]
    return min(max(heads) + 1, figures) if heads else figures


def _is_marker(cell: Cell, registry: Registry) -> bool:
    """Whether a number only counts lines or columns, or is a code."""
    names = [*cell.col_path, *cell.row_path]
    return any(registry.concepts.has(registry.concepts.of(name), "skip") for name in names)


def _number_columns(table: Table, first: int, registry: Registry) -> list[int]:
    """Columns with figures, or with nothing but blanks under a heading, in order."""
    words: set[int] = set()
    seen: set[int] = set()
    for cell in table.cells:
        if cell.r < first:
            continue
        if cell.value is not None and not _is_marker(cell, registry):
            seen.add(cell.c)
        elif cell.value is not None or (cell.text.strip() and not cell.blank):
            words.update(range(cell.c, cell.c + cell.colspan))
    headed = {
        c for cell in table.cells if cell.r < first and cell.text.strip() for c in range(cell.c, cell.c + cell.colspan)
    }
    return [c for c in range(1, table.n_cols + 1) if c in seen or (c not in words and c in headed)]


def _sides(table: Table, first: int, number_columns: list[int]) -> dict[int, int]:
    """Side of each column: a new side begins where columns of labels follow columns of figures."""
    sides: dict[int, int] = {}
    side, before = -1, False
    for c in range(1, table.n_cols + 1):
        is_number = c in number_columns
        if not is_number and (before or side < 0):
            side += 1
        sides[c] = max(side, 0)
        before = is_number
    return sides


def _column(document: Document, table: Table, c: int, first: int, side: int, registry: Registry) -> Column | None:
    """Read the headings of a column; None for a column that only counts lines."""
    body = [cell for cell in table.cells if cell.c == c and cell.r >= first and cell.col_path]
    headings = list(body[0].col_path) if body else _headings(table, c, first)
    measure: str | None = None
    flow = ""
    path: list[str] = []
    for heading in headings:
        concept = registry.concepts.of(heading)
        if registry.concepts.has(concept, "skip"):
            return None
        if concept is not None and registry.concepts.has(concept, "side"):
            flow = concept.removeprefix("side_")
            continue
        found = _measure(heading, document, registry)
        if found is not None:
            measure = "prior" if "prior" in (measure, found) else found
            continue
        year = YEAR.match(heading)
        if year and not heading[year.end() :]:
            measure = measure or _of_year(int(year[1]), document)
            continue
        path.append(concept or fold(heading))
    if len(path) > 1 and path[-1] == "total" and path[-2] in registry.concepts.flags:
        path.pop()
    return Column(c, side, measure, tuple(path), "".join(headings[-1].split()) if headings else "", flow)


def _headings(table: Table, c: int, first: int) -> list[str]:
    """Texts above a column, merged cells once."""
    above = dict.fromkeys(table.grid[r, c] for r in range(1, first) if (r, c) in table.grid)
    return [plain(cell.text) for cell in above if cell.text.strip()]


def _measure(heading: str, document: Document, registry: Registry) -> str | None:
    """Measure that a heading names; the outturn of an earlier year is `prior`."""
    text = "".join(heading.split())
    year = YEAR.match(text)
    found = registry.measures.of(text[year.end() :] if year else text)
    if found == "actual" and year:
        return _of_year(int(year[1]), document) or found
    return found


def _of_year(year: int, document: Document) -> str | None:
    """`prior` for a year before the document's own."""
    return "prior" if document.fiscal_year is not None and year < document.fiscal_year else None


def _line(
    document: Document,
    table: Table,
    r: int,
    side: int,
    above: str,
    sides: dict[int, int],
    columns: tuple[Column, ...],
    registry: Registry,
) -> Line | None:
    """Read the label of one side of a row, `above` being the last code; None for rows that only count columns."""
    own = [column for column in columns if column.side == side]
    labels = [c for c, s in sides.items() if s == side and c < min(column.c for column in own)]
    cells = list(dict.fromkeys(table.grid[r, c] for c in labels if (r, c) in table.grid))
    if not any((r, column.c) in table.grid for column in own):
        return None
    code = code_of_row([table.grid[r, c].text if (r, c) in table.grid else "" for c in labels], above)
    name, named = "", None
    for cell in cells:
        text = plain(cell.text)
        found = CODE.match(text)
        if found and not code:
            code = found[1]
        if found and not text.isdigit():
            text = text[len(found[1]) :].lstrip("-—–:： ")
        if text and not text.isdigit():
            name, named = text, cell
    if not name:
        paths = [table.grid[r, column.c].row_path for column in own if (r, column.c) in table.grid]
        name = next((path[-1] for path in paths if path and not path[-1].isdigit()), "")
    if registry.concepts.has(registry.concepts.of(name), "skip") or not (name or code or _figures(table, r, own)):
        return None
    measure = _measure(name, document, registry) if name else None
    concept = registry.concepts.of(name)
    bare = name.strip()
    rank = next((i for i, style in enumerate(NUMBERINGS) if style.match(bare)), None)
    return Line(
        r,
        side,
        sides.get(named.c, side) if named else side,
        "".join(name.split()),
        concept,
        measure,
        code,
        rank,
        _indent(document, named),
        AMONG.match(name) is not None,
        _is_total(table, name, concept, registry),
    )


def _is_total(table: Table, name: str, concept: str | None, registry: Registry) -> bool:
    """Whether a line heads or closes a list: by its concept, or by a name that ends in a word for a total.

    人员经费 and 公用经费 do so in the table of basic expenditure; elsewhere they are items, unless they say 合计.
    """
    named = name.rstrip(END_OF_NAME).endswith(registry.words["closing"])
    if concept in ("personnel", "public") and "基本支出" not in table.title:
        return named
    return named or registry.concepts.has(concept, "total")


def _figures(table: Table, r: int, own: Sequence[Column]) -> bool:
    """Whether a row has a figure in any of some columns; a row without label, code and figures is only a gap."""
    return any((cell := table.grid.get((r, column.c))) is not None and cell.value is not None for column in own)


def _indent(document: Document, cell: Cell | None) -> int:
    """Blanks before a label, where the source shows them; a full-width blank counts two."""
    if cell is None:
        return 0
    blanks = cell.text[: len(cell.text) - len(cell.text.lstrip())]
    if not blanks and cell.start is not None and cell.start <= len(document.text):
        at = cell.start
        while at > 0 and document.text[at - 1] in " \u3000\u00a0":
            at -= 1
        if at == 0 or document.text[at - 1] in "\n\t|":
            blanks = document.text[at : cell.start]
    return sum(2 if blank == "\u3000" else 1 for blank in blanks)


def bare_name(label: str) -> str:
    """Name of a line without number, code and level, folded."""
    return fold(fold_label(label)[-1])
