"""A report as its checks see it: everything that was read from it, and its figures as operands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from gouji.align.cells import index_cells
from gouji.align.figures import FigureIndex, index_figures
from gouji.align.operands import Resolver
from gouji.checks.figures import Operand, as_rate
from gouji.checks.forms import KIND, FormView, form_views
from gouji.checks.quantities import Quantity, as_one, quantities
from gouji.checks.view import TableView, view
from gouji.model.document import Document
from gouji.model.facts import CHANGES, SIGN, Fact, Label, Mention
from gouji.model.outcomes import Alignment
from gouji.model.places import ADDRESS
from gouji.model.printing import written, written_cell
from gouji.model.values import Kind, Value
from gouji.resources.check_registry import Registry
from gouji.resources.wording import word

OTHER_LAYOUTS = frozenset({KIND, "project_goals"})
"""Kinds of tables that are forms, not lists of figures."""


@dataclass(frozen=True)
class Report:
    """What the checks ask of: the document, what was extracted from it, and the declared names."""

    document: Document
    mentions: Sequence[Mention]
    facts: Sequence[Fact]
    alignments: Sequence[Alignment]
    registry: Registry

    @cached_property
    def views(self) -> list[TableView]:
        """Tables that list figures."""
        tables = (table for table in self.document.tables if table.kind not in OTHER_LAYOUTS)
        return [view(self.document, table, self.registry) for table in tables]

    @cached_property
    def quantities(self) -> dict[Quantity, list[Operand]]:
        """Cells by what they measure."""
        return quantities(self.views)

    @cached_property
    def restated(self) -> dict[Quantity, list[Operand]]:
        """Cells by what they measure, expenditure of a fund and of its whole as one where their totals are equal."""
        return as_one(self.quantities)

    @cached_property
    def forms(self) -> list[FormView]:
        """Self-evaluation forms."""
        return form_views(self.document, self.registry)

    @cached_property
    def figures(self) -> FigureIndex:
        """Figures of the text by passage and indicator."""
        return index_figures(self.document, self.mentions, self.facts)

    @cached_property
    def resolver(self) -> Resolver:
        """Finds levels of a quantity in text and tables."""
        return Resolver(self.figures, index_cells(self.document), {})

    @cached_property
    def mention_of(self) -> dict[str, Mention]:
        """Mentions by id."""
        return {mention.id: mention for mention in self.mentions}

    @cached_property
    def indicators_of(self) -> dict[str, list[Mention]]:
        """Indicators by passage, in order."""
        found: dict[str, list[Mention]] = {}
        for mention in sorted(self.mentions, key=lambda m: m.span.start):
            if mention.label is Label.INDICATOR:
                found.setdefault(mention.passage, []).append(mention)
        return found

    def named(self, passage: str, start: int, end: int) -> list[Mention]:
        """Find the indicators that begin in a stretch of a passage."""
        names = self.indicators_of.get(passage, [])
        first = bisect_left(names, start, key=lambda m: m.local.start)
        return names[first : bisect_left(names, end, lo=first, key=lambda m: m.local.start)]

    @cached_property
    def fact_of(self) -> dict[str, Fact]:
        """Facts by id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def fact_of_figure(self) -> dict[str, str]:
        """Ids of facts by the mention of their figure."""
        return {fact.figure: fact.id for fact in reversed(self.facts)}

    def operand(self, ref: str, like: Value | None = None) -> Operand | None:
        """Figure of a fact or a cell as an operand; `like` gives the unit of a bare number."""
        found = self._of_cell(ref) if ADDRESS.fullmatch(ref) else self._of_fact(ref)
        if found is None or like is None or found.value.kind is like.kind:
            return found
        if like.kind is Kind.RATE:
            return found.with_value(as_rate(found.written))
        return found.with_value(replace(like, number=found.written.number, decimals=found.written.decimals))

    def _of_cell(self, ref: str) -> Operand | None:
        cell = self.document.cell_at(ref)
        if cell is None or cell.value is None:
            return None
        table = self.document.table_of[ref.split(".")[0]]
        rows = [name for name in cell.row_path if not name.strip().isdigit()]
        names = (*rows[-1:], *cell.col_path[-1:])
        words = f"《{''.join(table.title.split())}》" + "".join(f"“{''.join(name.split())}”" for name in names)
        return Operand(ref, cell.value, cell.value, written_cell(cell), words, cell.page or table.page)

    def _of_fact(self, ref: str) -> Operand | None:
        fact = self.fact_of.get(ref)
        mention = self.mention_of.get(fact.figure) if fact else None
        if fact is None or mention is None or mention.value is None:
            return None
        name = fact.path[-1].replace("“", "‘").replace("”", "’") if fact.path else ""
        words = f"“{name}”" if name else ""
        words += word("measure", fact.measure)
        text = written(self.document, mention)
        if fact.measure in CHANGES:
            text = word("direction", fact.direction) + text
        signed = fact.measure in CHANGES and fact.direction in SIGN
        return Operand(ref, mention.value, mention.value, text, words, mention.page, signed)

    def sign(self, ref: str) -> int | None:
        """Direction of a change as a sign; None where its words give none."""
        fact = self.fact_of.get(ref)
        return SIGN.get(fact.direction) if fact is not None and fact.measure in CHANGES else None
