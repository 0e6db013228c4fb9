"""The self-evaluation form as its checks see it: the funds block, the rows of indicators, the totals."""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.checks.figures import Operand, money_decimals, operand
from gouji.model.document import Cell, Document, Table
from gouji.resources.check_registry import Registry
from gouji.resources.names import fold
from gouji.resources.script import plain

KIND = "self_evaluation"
FUND_MEASURES = ("initial_budget", "adjusted_budget", "actual")
LEVELS = 2
"""Header texts of an indicator row before its own name: first and second level."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the form: its address, and its figure unless it is blank."""

    ref: str
    figure: Operand | None
    text: str


@dataclass(slots=True)
class IndicatorRow:
    """A row of the indicator block."""

    r: int
    name: str
    kinds: tuple[str, ...]
    slots: dict[str, Slot] = field(default_factory=dict)


@dataclass(slots=True)
class FormView:
    """A form, by its blocks.

    `funds` holds the funds block by (line, column), `rows` the indicators, `totals` the stated totals by measure;
    `other_sources` are the measures for which the funds block has money from a source that no concept names.
    """

    table: Table
    funds: dict[tuple[str, str], Slot] = field(default_factory=dict)
    rows: list[IndicatorRow] = field(default_factory=list)
    totals: dict[str, Slot] = field(default_factory=dict)
    other_sources: set[str] = field(default_factory=set)

    @property
    def project(self) -> str:
        """Name of the project, empty where the form does not give it."""
        return "".join(self.table.attributes.get("project", "").split())


def form_views(document: Document, registry: Registry) -> list[FormView]:
    """Read the self-evaluation forms of a document, in order."""
    return [_form(table, registry) for table in document.tables if table.kind == KIND]


def _form(table: Table, registry: Registry) -> FormView:
    """Sort the cells of a form into its blocks by their header paths."""
    out = FormView(table)
    decimals = money_decimals(table)
    rows: dict[int, IndicatorRow] = {}
    unnamed: list[Slot] = []
    for cell in sorted(table.cells, key=lambda cell: (cell.r, cell.c)):
        row = _row_concept(cell, registry)
        measure = registry.measures.of(cell.col_path[-1]) if cell.col_path else None
        words = "".join(f"“{''.join(part.split())}”" for part in (*cell.row_path[-1:], *cell.col_path[-1:]))
        slot = Slot(table.address(cell), operand(table, cell, decimals, words), plain(cell.text))
        if row == "score_total":
            if measure in ("max_score", "score"):
                out.totals.setdefault(measure, slot)
            elif not cell.col_path and slot.figure is not None:
                unnamed.append(slot)
        elif row is not None and measure is not None:
            out.funds.setdefault((row, measure), slot)
        elif row is None and measure in FUND_MEASURES and slot.figure is not None and slot.figure.value.canonical:
            out.other_sources.add(measure)
        elif row is None and cell.row_path and measure in ("max_score", "score", "target", "achieved"):
            path = tuple(fold(part) for part in cell.row_path)
            found = rows.setdefault(cell.r, IndicatorRow(cell.r, path[-1], path[:-1]))
            found.slots.setdefault(measure, slot)
    out.rows = [row for _, row in sorted(rows.items()) if "target" in row.slots or "achieved" in row.slots]
    if not out.totals:
        out.totals = dict(zip(("max_score", "score"), unnamed, strict=False))
    return out


def _row_concept(cell: Cell, registry: Registry) -> str | None:
    """Tell what row of the form a cell stands in: a line of the funds block, the totals, or none of them."""
    if not cell.row_path or len(cell.row_path) > LEVELS:
        return None
    return registry.form_concepts.of(cell.row_path[-1])
