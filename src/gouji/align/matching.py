"""Which question is asked of which figure, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.align.cells import CellEntry, index_cells
from gouji.align.changes import align_change, align_change_rate
from gouji.align.evaluations import Evaluations
from gouji.align.figures import Figure, index_figures
from gouji.align.forms import Forms
from gouji.align.operands import FOREIGN_UNIT, SAME_CALIBER, Resolver
from gouji.align.ratios import align_average, align_completion, align_share, rate_by_place
from gouji.align.restate import Restated, restate_cell, restate_figure, unit_slip
from gouji.align.sums import align_differences, align_sums
from gouji.model.document import Document
from gouji.model.facts import Fact, Label, Measure, Mention
from gouji.model.outcomes import Alignment, Relation
from gouji.model.values import Verdict

SIDES = frozenset({"income", "expenditure"})
GRAND_TOTAL = "grand_total"


class Matcher:
    """Aligns the facts of one document: first what restates a cell, then the relations that build on it."""

    def __init__(self, document: Document, mentions: Sequence[Mention], facts: Sequence[Fact]) -> None:
        self.figures = index_figures(document, mentions, facts)
        self.cells = index_cells(document)
        self.forms = Forms(document, self.figures)
        self.evaluations = Evaluations(self.forms, self.figures)
        self.corrected: dict[str, CellEntry] = {}
        self.resolver = Resolver(self.figures, self.cells, self.corrected)
        self.literal = Resolver(self.figures, self.cells, {})
        self.reasons: dict[str, str] = {}

    def align(self) -> tuple[Alignment, ...]:
        """All alignments, in text order."""
        same: dict[str, list[Alignment]] = {}
        for figure in self.figures.figures:
            same[figure.id] = [] if FOREIGN_UNIT in figure.fact.flags else self._same(figure)
        out: list[Alignment] = []
        seen: set[tuple[object, ...]] = set()
        for figure in self.figures.figures:
            key = (figure.quantity, figure.above, figure.measure, figure.fact.base, figure.fact.period, figure.form)
            if FOREIGN_UNIT in figure.fact.flags:
                self.reasons[figure.id] = "other_unit"
                out.extend(self._unconfirmed(figure))
                continue
            held = any(row.verdict is not Verdict.CONFLICT for row in same[figure.id])
            rows = [*same[figure.id], *self._relations(figure, key not in seen, held)]
            seen.add(key)
            if not any(row.relation is Relation.SAME for row in rows) and (figure.is_level or not rows):
                restated = restate_figure(figure, self.figures)
                rows.extend([restated] if restated is not None else [])
            out.extend(_unique(rows) or self._unconfirmed(figure))
        return tuple(out)

    def _unconfirmed(self, figure: Figure) -> list[Alignment]:
        """Say why nothing confirms an amount or a rate; a count needs no confirmation."""
        if figure.mention.label not in (Label.AMOUNT, Label.RATE):
            return []
        reason = self.reasons.get(figure.id, "no_table")
        return [Alignment(figure.id, Relation.NONE, (), Verdict.NONE, None, reason)]

    def _same(self, figure: Figure) -> list[Alignment]:
        """Ask what a figure restates; note the cell that contradicts it, and why there is none."""
        if figure.form is not None or (linked := self.forms.of_project(figure)):
            return self.forms.same(figure) if figure.form is not None else linked
        slipped = unit_slip(figure, self.figures)
        restated = restate_cell(figure, self.cells)
        if restated.corrected is not None:
            restated = self._as_grand_total(figure) or restated
        if restated.reason is not None:
            self.reasons[figure.id] = restated.reason
        if restated.corrected is not None:
            self.corrected[figure.id] = restated.corrected
        if not restated.rows and slipped is not None:
            return [slipped]
        return list(restated.rows)

    def _as_grand_total(self, figure: Figure) -> Restated | None:
        """Read 总收入 and 总支出 as grand totals where a sentence gives both one figure and it is the tables' 总计.

        What comes in and what goes out are equal only with the balances: 总收入8,558.06万元，总支出8,558.06万元.
        """
        if figure.quantity.core not in SIDES or figure.quantity.component is not None or not figure.is_level:
            return None
        near = (*self.figures.before(figure), *self.figures.after(figure))
        sides = {f.quantity.core for f in near if f.sentence == figure.sentence and f.value == figure.value}
        if not sides & (SIDES - {figure.quantity.core} | {GRAND_TOTAL}):
            return None
        total = replace(figure, quantity=replace(figure.quantity, core=GRAND_TOTAL))
        restated = restate_cell(total, self.cells)
        return restated if restated.rows and restated.corrected is None else None

    def _relations(self, figure: Figure, first: bool, held: bool) -> list[Alignment]:
        """Ask what a figure follows from; one that a cell holds anyway need not be put together from other cells."""
        rows: list[Alignment] = []
        if figure.is_level or figure.measure is Measure.CHANGE:
            sums = align_sums(figure, self.resolver, self.figures, first)
            rows.extend(row for row in sums if not held or all(ref in self.figures.of_id for ref in row.operands))
        if figure.is_level and not held:
            rows.extend(align_differences(figure, self.resolver))
        rows.extend(self.forms.relations(figure))
        rows.extend(self.evaluations.relations(figure))
        answer = self._comparison(figure, self.resolver)
        if self.corrected and isinstance(answer, Alignment) and answer.verdict is Verdict.CONFLICT:
            # a figure that its cell contradicts may still be what its own sentence reckons with
            literal = self._comparison(figure, self.literal)
            if isinstance(literal, Alignment) and literal.verdict is not Verdict.CONFLICT:
                answer = literal
        conflict = isinstance(answer, Alignment) and answer.verdict is Verdict.CONFLICT
        if conflict and SAME_CALIBER in figure.fact.flags:
            answer = "same_caliber"  # what it leaves out is in no figure of the report
        if isinstance(answer, Alignment):
            if not (answer.verdict is Verdict.CONFLICT and any(row.relation is answer.relation for row in rows)):
                rows.append(answer)
        elif answer is not None:
            self.reasons[figure.id] = answer
        return rows

    def _comparison(self, figure: Figure, resolver: Resolver) -> Alignment | str | None:
        """Align a change, rate, share or average; None for other measures."""
        if figure.measure is Measure.CHANGE:
            return align_change(figure, resolver)
        if figure.measure is Measure.CHANGE_RATE:
            answer = align_change_rate(figure, resolver, self.figures)
            if answer == "actual_absent":
                return rate_by_place(figure, Relation.CHANGE_RATE, resolver, self.figures) or answer
            return answer
        if figure.measure is Measure.SHARE:
            return align_share(figure, resolver, self.figures)
        if figure.measure is Measure.COMPLETION_RATE:
            return align_completion(figure, resolver, self.figures)
        if figure.measure is Measure.AVERAGE:
            return align_average(figure, resolver, self.figures)
        return None


def _unique(rows: Sequence[Alignment]) -> list[Alignment]:
    """Rows without repeats of one relation with the same operands."""
    return list({(row.relation, row.operands): row for row in rows}.values())
