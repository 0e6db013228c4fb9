"""Which question is asked of which figure, in which order."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.align.cells import CellEntry, index_cells
from gouji.align.changes import align_change, align_change_rate
from gouji.align.figures import Figure, index_figures
from gouji.align.forms import Forms
from gouji.align.operands import Resolver
from gouji.align.ratios import align_average, align_completion, align_share
from gouji.align.restate import restate_cell, restate_figure, unit_slip
from gouji.align.sums import align_differences, align_sums
from gouji.model.document import Document
from gouji.model.facts import Fact, Label, Measure, Mention
from gouji.model.outcomes import Alignment, Relation
from gouji.model.values import Verdict


class Matcher:
    """Aligns the facts of one document: first what restates a cell, then the relations that build on it."""

    def __init__(self, document: Document, mentions: Sequence[Mention], facts: Sequence[Fact]) -> None:
        self.figures = index_figures(document, mentions, facts)
        self.cells = index_cells(document)
        self.forms = Forms(document, self.figures)
        self.corrected: dict[str, CellEntry] = {}
        self.resolver = Resolver(self.figures, self.cells, self.corrected)
        self.reasons: dict[str, str] = {}

    def align(self) -> tuple[Alignment, ...]:
        """All alignments, in text order."""
        same: dict[str, list[Alignment]] = {}
        for figure in self.figures.figures:
            same[figure.id] = self._same(figure)
        out: list[Alignment] = []
        seen: set[tuple[object, ...]] = set()
        for figure in self.figures.figures:
            key = (figure.quantity, figure.above, figure.measure, figure.fact.base, figure.fact.period, figure.form)
            rows = [*same[figure.id], *self._relations(figure, key not in seen)]
            seen.add(key)
            if not rows and (restated := restate_figure(figure, self.figures)) is not None:
                rows = [restated]
            if not rows and figure.mention.label in (Label.AMOUNT, Label.RATE):
                rows = [
                    Alignment(figure.id, Relation.NONE, (), Verdict.NONE, None, self.reasons.get(figure.id, "no_table"))
                ]
            out.extend(_unique(rows))
        return tuple(out)

    def _same(self, figure: Figure) -> list[Alignment]:
        """What a figure restates; notes the cell that contradicts it, and why there is none."""
        if figure.form is not None or (linked := self.forms.of_project(figure)):
            return self.forms.same(figure) if figure.form is not None else linked
        slipped = unit_slip(figure, self.figures)
        restated = restate_cell(figure, self.cells)
        if restated.reason is not None:
            self.reasons[figure.id] = restated.reason
        if restated.corrected is not None:
            self.corrected[figure.id] = restated.corrected
        if not restated.rows and slipped is not None:
            return [slipped]
        return list(restated.rows)

    def _relations(self, figure: Figure, first: bool) -> list[Alignment]:
        """What a figure follows from."""
        rows: list[Alignment] = []
        answer: Alignment | str | None = None
        if figure.measure is Measure.CHANGE:
            answer = align_change(figure, self.resolver)
            rows.extend(align_sums(figure, self.resolver, self.figures, first))
        elif figure.measure is Measure.CHANGE_RATE:
            answer = align_change_rate(figure, self.resolver, self.figures)
        elif figure.measure is Measure.SHARE:
            answer = align_share(figure, self.resolver, self.figures)
        elif figure.measure is Measure.COMPLETION_RATE:
            answer = align_completion(figure, self.resolver, self.figures)
        elif figure.measure is Measure.AVERAGE:
            answer = align_average(figure, self.resolver, self.figures)
        elif figure.is_level:
            rows.extend(align_sums(figure, self.resolver, self.figures, first))
            rows.extend(align_differences(figure, self.resolver))
        rows.extend(self.forms.relations(figure))
        if isinstance(answer, Alignment):
            rows.append(answer)
        elif isinstance(answer, str):
            self.reasons[figure.id] = answer
        return rows


def _unique(rows: Sequence[Alignment]) -> list[Alignment]:
    """Rows without repeats of one relation with the same operands."""
    return list({(row.relation, row.operands): row for row in rows}.values())
