"""What holds for a document and each passage before a word of it is read: fiscal year, budgets, columns, headings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from gouji.facts.state import Frame
from gouji.model.document import Cell, Document, Passage, PassageKind, Table
from gouji.model.facts import Base, Measure
from gouji.resources.lexicon import Lexicon, fold
from gouji.resources.script import plain

YEAR = re.compile(r"(?<![比较与同])(20\d\d)年")
SELF_EVALUATION = "self_evaluation"


@dataclass(frozen=True)
class Frames:
    """Frames of the passages of a document."""

    document: Document
    lexicon: Lexicon
    year: int | None
    bare_budget: Base

    @classmethod
    def of(cls, document: Document, lexicon: Lexicon) -> Frames:
        """Read what holds for the whole document."""
        return cls(document, lexicon, fiscal_year(document), bare_budget(document, lexicon))

    def frame(self, passage: Passage) -> Frame:
        """Frame of one passage."""
        if passage.cell is not None:
            return self._cell(passage, passage.cell)
        key = passage.section, passage.kind is PassageKind.HEADING
        known = self._known.get(key)
        if known is None:
            year, default = self._section_year(passage), self._section_default(passage)
            planned = year is not None and passage.kind is not PassageKind.HEADING
            known = self._known[key] = Frame(year or self.year, self.bare_budget, default, planned=planned)
        return known

    @cached_property
    def _known(self) -> dict[tuple[str | None, bool], Frame]:
        """Frames of running text and of headings, by section."""
        return {}

    def _cell(self, passage: Passage, address: str) -> Frame:
        cell = self.document.cell_at(address)
        table = self.document.table_of.get(address.split(".")[0])
        if cell is None or table is None:
            return Frame(self.year, self.bare_budget)
        own = self.place(passage.text[:12])
        default = own or next((found for label in reversed(cell.col_path) if (found := self.place(label))), None)
        project = table.attributes.get("project", "")
        budget = Base.ADJUSTED_BUDGET if table.kind == SELF_EVALUATION else self.bare_budget
        prefix = (project,) if project else ()
        return Frame(table.year or self.year, budget, default or Measure.TARGET, prefix, row_label(table, cell))

    def _section_year(self, passage: Passage) -> int | None:
        """Year of a part on the coming year's budget; no other heading may move the year of its figures."""
        for section in reversed(self.document.heading_chain(passage.section)):
            year = YEAR.search(section.title)
            if year and self.lexicon.holds("budget", section.title) and "决算" not in section.title:
                return int(year[1]) if self.year is not None and int(year[1]) == self.year + 1 else None
        return None

    def _section_default(self, passage: Passage) -> Measure | None:
        if passage.kind is PassageKind.HEADING:
            return None
        chain = self.document.heading_chain(passage.section)
        return next((found for section in reversed(chain) if (found := self.place(section.title))), None)

    def place(self, label: str) -> Measure | None:
        """Tell what figures under a label are: targets, outturns, or what they say themselves."""
        if label not in self._places:
            actual, target = self.lexicon.holds("actual_place", label), self.lexicon.holds("target_place", label)
            self._places[label] = Measure.ACTUAL if actual else Measure.TARGET if target else None
        return self._places[label]

    @cached_property
    def _places(self) -> dict[str, Measure | None]:
        """What was told of labels: a section's title is asked for in every section below it."""
        return {}


def row_label(table: Table, cell: Cell) -> str | None:
    """Label that stands above an indicator's wording in its row: 成本指标; None in a block that has no such rows."""
    row = (table.grid.get((cell.r, column)) for column in range(1, table.n_cols + 1))
    for other in row:
        if other is not None and len(other.row_path) > 1 and other.row_path[-1] == plain(cell.text):
            return other.row_path[-2]
    return None


def fiscal_year(document: Document) -> int | None:
    """Fiscal year of a document: as read, else the year that it writes most often but as a base, the later of two."""
    if document.fiscal_year is not None:
        return document.fiscal_year
    counts = Counter(int(found) for found in YEAR.findall(document.text))
    return max(counts, key=lambda year: (counts[year], year)) if counts else None


def bare_budget(document: Document, lexicon: Lexicon) -> Base:
    """Tell which budget 预算 alone means: the initial one if the document knows it, the adjusted one if only that.

    The forms say 完成预算X% and mean the column that their tables have.
    """
    forms = {row.id: row.forms for row in lexicon.rows if row.kind == "budget"}
    initial = [form for form in forms["initial"] if form.startswith("年初")]
    if any(form in document.text for form in initial):  # as most texts write it; what is folded need not be asked
        return Base.INITIAL_BUDGET
    text = fold(plain(document.text))
    if any(form in text for form in initial):
        return Base.INITIAL_BUDGET
    return Base.ADJUSTED_BUDGET if any(form in text for form in forms["adjusted"]) else Base.INITIAL_BUDGET
