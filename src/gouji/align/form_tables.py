"""A self-evaluation form as the aligner sees it: its funds, its indicator rows, its score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from gouji.align.cells import FORM
from gouji.align.quantity import read_label, read_name
from gouji.model.document import Cell, Document, Table
from gouji.model.values import Computed, Kind, Value, Verdict, judge
from gouji.resources.alignment import align_terms
from gouji.resources.script import plain

TOTAL, CURRENT = "form_total", "form_current"
FUND_MEASURES = ("initial_budget", "adjusted_budget", "actual", "completion_rate")


@dataclass(frozen=True, slots=True)
class FormCell:
    """A number of a form with its address."""

    address: str
    value: Value


@dataclass
class Form:
    """Numbers of one form.

    `funds` are by row (``form_total``, ``form_current``) and measure, `indicators` by grid row and measure
    (``target``, ``achieved``), `labels` the texts of an indicator row, `score` the total score, `name` the cell of
    the project's name.
    """

    table: Table
    funds: dict[tuple[str, str], FormCell] = field(default_factory=dict)
    indicators: dict[int, dict[str, list[FormCell]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    labels: dict[int, str] = field(default_factory=dict)
    score: FormCell | None = None
    name: str | None = None

    @property
    def id(self) -> str:
        """Id of the table."""
        return self.table.id

    def fund(self, measure: str, row: str = TOTAL) -> FormCell | None:
        """Cell of the funds block."""
        return self.funds.get((row, measure))

    def indicator_cells(self, measure: str | None = None) -> Iterator[tuple[int, FormCell]]:
        """Target and result cells with their rows."""
        for row, by_measure in self.indicators.items():
            for name, cells in by_measure.items():
                if measure is None or name == measure:
                    for cell in cells:
                        yield row, cell


def read_forms(document: Document) -> list[Form]:
    """All self-evaluation forms of a document, in order."""
    return [_read(table) for table in document.tables if table.kind == FORM]


def _read(table: Table) -> Form:
    form = Form(table)
    project = plain(table.attributes.get("project", ""))
    totals = align_terms().forms["score_total"]
    texts: dict[int, list[str]] = defaultdict(list)
    for cell in table.cells:
        if cell.value is None:
            words = plain(cell.text)
            texts[cell.r].append(words)
            if form.name is None and project and words == project:
                form.name = table.address(cell)
            continue
        _place(form, cell, cell.value, totals)
    for row in form.indicators:
        form.labels[row] = "".join(texts[row])
    return form


def _place(form: Form, cell: Cell, value: Value, totals: tuple[str, ...]) -> None:
    """Put a number where it belongs."""
    found = FormCell(form.table.address(cell), value)
    measure = next((m for m in (read_label(text).measure for text in reversed(cell.col_path)) if m), None)
    rows = ["".join(text.split()) for text in cell.row_path]
    cores = [read_name(text).core for text in rows if text]
    row = next((core for core in reversed(cores) if core in (TOTAL, CURRENT)), None)
    if measure in FUND_MEASURES and row is not None:
        form.funds.setdefault((row, measure), found)
    elif measure in ("target", "achieved"):
        form.indicators[cell.r][measure].append(found)
    elif any(text in totals for text in rows):
        form.score = found  # the score stands after its maximum


def fits(stated: Value, cell: Value) -> Verdict:
    """How a figure of a form's text stands to a number of its cells, whose unit is often left to the label.

    Examples
    --------
    >>> from decimal import Decimal
    >>> houses = Value(Decimal(540), Decimal(1), 0, Kind.COUNT, "家")
    >>> fits(houses, Value(Decimal("540"), Decimal(1), 0, Kind.NUMBER, ""))
    <Verdict.AGREES: 'agrees'>
    """
    if stated.kind is cell.kind:
        return judge(stated, Computed.of(cell))
    if Kind.RATE in (stated.kind, cell.kind) or (cell.kind is Kind.MONEY and stated.kind is not Kind.MONEY):
        return Verdict.CONFLICT
    bare = Value(cell.number, stated.scale, cell.decimals, stated.kind, stated.unit)
    return judge(stated, Computed.of(bare))
