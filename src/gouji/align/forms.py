"""Figures of self-evaluation forms, and of the project reports that rest on one form.

In a form the table is known, so the question is which of its cells: the funds by measure, the indicator's own row,
then targets and results by name and value. What is left of the funds is the budget less the outturn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from gouji.align.figures import WINDOW, Figure, FigureIndex
from gouji.align.form_tables import CURRENT, FUND_MEASURES, Form, FormCell, fits, read_forms
from gouji.align.restate import TELLING
from gouji.model.document import Document
from gouji.model.facts import Measure
from gouji.model.outcomes import Alignment, Relation
from gouji.model.values import Kind, Verdict, combine, judge, total
from gouji.resources.alignment import align_terms

FUND_OF = {
    Measure.INITIAL_BUDGET: ("initial_budget",),
    Measure.ADJUSTED_BUDGET: ("adjusted_budget",),
    Measure.ACTUAL: ("actual",),
    Measure.TARGET: ("adjusted_budget", "initial_budget", "actual"),
    Measure.OTHER: ("adjusted_budget", "actual"),
}
REACH = 6
"""Characters before a figure in which its own word stands (剩余2元)."""
COLUMNS_OF = {Measure.ACTUAL: ("achieved",)}


class Forms:
    """The forms of a document, and the project reports that speak of one of them."""

    def __init__(self, document: Document, figures: FigureIndex) -> None:
        self.figures = figures
        self.forms = read_forms(document)
        self.of_id = {form.id: form for form in self.forms}
        self.terms = align_terms().forms
        self.linked = self._link_reports(document)

    def same(self, figure: Figure) -> list[Alignment]:
        """Cells of its own form that a figure in a form restates."""
        form = self.of_id.get(figure.form or "")
        if form is None or not figure.is_level or self._is_remainder(figure):
            return []
        cells: list[FormCell] = []
        if figure.row in form.indicators:
            order = COLUMNS_OF.get(figure.measure, ("target", "achieved"))
            own = form.indicators[figure.row]
            cells.extend(cell for measure in order for cell in own[measure])
        else:
            cells.extend(self._by_name(figure, form))
        if figure.is_money and (figure.row in form.indicators or is_telling(figure)):
            cells.extend(c for c in (form.fund(m) for m in FUND_OF.get(figure.measure, ())) if c is not None)
        row = same_cells(figure, cells)
        return [row] if row is not None else []

    def of_project(self, figure: Figure) -> list[Alignment]:
        """Cells of the form that a project report is about, for a figure of that report."""
        form = self.linked.get(figure.section or "")
        if form is None or not figure.is_money or not figure.is_level or self._is_remainder(figure):
            return []
        row = same_cells(figure, [c for c in (form.fund(m) for m in FUND_OF.get(figure.measure, ())) if c is not None])
        return [row] if row is not None else []

    def relations(self, figure: Figure) -> list[Alignment]:
        """Ask what a figure follows from by forms."""
        form = self.of_id.get(figure.form or "") or self.linked.get(figure.section or "")
        rows: list[Alignment | None] = []
        if form is not None:
            if figure.is_money and (self._is_remainder(figure) or (figure.form and _only_remainder(figure, form))):
                rows.append(_remainder(figure, form))
            if figure.measure is Measure.COMPLETION_RATE:
                rows.append(_completion(figure, form))
            if figure.measure is Measure.SHARE and self._is_remainder(figure):
                rows.append(self._remainder_share(figure, form))
            if figure.form is not None and figure.is_level:
                rows.extend([self._sum_in_form(figure, form), self._repeated(figure)])
        return [row for row in rows if row is not None]

    def _is_remainder(self, figure: Figure) -> bool:
        name = figure.fact.path[-1] if figure.fact.path else ""
        before = self.figures.text[max(0, figure.mention.span.start - REACH) : figure.mention.span.start]
        return any(word in name or word in before for word in self.terms["remainder"])

    def _by_name(self, figure: Figure, form: Form) -> Iterable[FormCell]:
        """Targets or results of rows that share a word with the figure's name, or alone repeat a telling figure."""
        column = COLUMNS_OF.get(figure.measure, ("target",))[0]
        name = figure.fact.path[-1] if figure.fact.path else ""
        rows = [
            (row, cell)
            for row, cell in form.indicator_cells(column)
            if fits(figure.value, cell.value) is not Verdict.CONFLICT
        ]
        near = [row for row, _ in rows if _alike(name, form.labels.get(row, ""))]
        wanted = set(near) if near else ({row for row, _ in rows} if len(rows) == 1 and is_telling(figure) else set())
        for row, cell in form.indicator_cells():
            if row in wanted:
                yield cell

    def _sum_in_form(self, figure: Figure, form: Form) -> Alignment | None:
        """Tie a total to the amounts listed before it in its cell, or to those of the goals."""
        before = [
            f
            for f in self.figures.before(figure)
            if f.value.kind is figure.value.kind and f.is_level and f.measure is figure.measure
        ]
        if figure.value.kind is Kind.COUNT:
            return self._sum_of_repeats(figure, before)
        if not figure.is_money:
            return None
        groups = [[f for f in before if not self._is_remainder(f)]]
        if figure.row in form.indicators:
            groups.extend(self._goal_groups(figure))
        for group in groups:
            if len(group) >= 2:
                computed = total([(1, f.value) for f in group], refined=True)
                if judge(figure.value, computed) is Verdict.AGREES:
                    return Alignment(
                        figure.id, Relation.SUM, tuple(f.id for f in group), Verdict.AGREES, computed.exact
                    )
        return None

    def _before_in_form(self, figure: Figure) -> Iterator[Figure]:
        """Figures of the same form before one, the nearest first."""
        for at in range(figure.order - 1, max(-1, figure.order - 1 - 2 * WINDOW), -1):
            other = self.figures.figures[at]
            if other.form != figure.form:
                return
            yield other

    def _goal_groups(self, figure: Figure) -> list[list[Figure]]:
        """Amounts of the form's goal cells before the figure, by cell and measure; those of its own measure first."""
        groups: dict[tuple[str, Measure], list[Figure]] = {}
        for other in self._before_in_form(figure):
            if other.is_money and other.is_level and other.row != figure.row and not self._is_remainder(other):
                groups.setdefault((other.passage, other.measure), []).insert(0, other)
        return [group for _, group in sorted(groups.items(), key=lambda item: item[0][1] is not figure.measure)]

    def _sum_of_repeats(self, figure: Figure, before: Sequence[Figure]) -> Alignment | None:
        """Tie a count to two or more equal-named counts before it that it sums up."""
        groups: dict[tuple[str, ...], list[Figure]] = {}
        for other in before:
            if other.value.unit == figure.value.unit:
                groups.setdefault(other.fact.path, []).append(other)
        for group in groups.values():
            if len(group) >= 2:
                computed = total([(1, f.value) for f in group])
                if judge(figure.value, computed) is Verdict.AGREES:
                    return Alignment(
                        figure.id, Relation.SUM, tuple(f.id for f in group), Verdict.AGREES, computed.exact
                    )
        return None

    def _repeated(self, figure: Figure) -> Alignment | None:
        """Tie a count to one of the form's goals that it repeats: by unit, value and a word of its name."""
        if figure.value.kind is not Kind.COUNT or figure.row is None or figure.value.number < 10:
            return None
        name = figure.fact.path[-1] if figure.fact.path else ""
        for other in self._before_in_form(figure):
            if other.row != figure.row and other.value == figure.value and _alike(name, (other.fact.path or ("",))[-1]):
                return Alignment(figure.id, Relation.SAME, (other.id,), Verdict.AGREES, other.value.canonical)
        return None

    def _remainder_share(self, figure: Figure, form: Form) -> Alignment | None:
        """Tie a rate of what is left to the remainder before it and the budget."""
        budget = form.fund("adjusted_budget")
        left = [f for f in self.figures.before(figure) if f.is_money and self._is_remainder(f)]
        if budget is None or not left:
            return None
        computed = combine(lambda a, b: a / b, [left[-1].value, budget.value])
        if computed is None:
            return None
        verdict = judge(figure.value, computed)
        return Alignment(figure.id, Relation.SHARE, (left[-1].id, budget.address), verdict, computed.exact)

    def _link_reports(self, document: Document) -> dict[str, Form]:
        """Sections that report on the project of one form: its budget and outturn are stated there, no other's."""
        pairs: dict[tuple[Decimal, Decimal], list[Form]] = {}
        for form in self.forms:
            budget, actual = form.fund("adjusted_budget"), form.fund("actual")
            if (
                budget is not None
                and actual is not None
                and actual.value.number
                and budget.value.number != actual.value.number
            ):
                pairs.setdefault((budget.value.canonical, actual.value.canonical), []).append(form)
        if not pairs:
            return {}
        amounts: dict[str, set[Decimal]] = {}
        members: dict[str, set[str]] = {}
        for figure in self.figures.figures:
            if not figure.is_money or figure.form is not None or figure.section is None:
                continue
            top = _report_of(document, figure.section, self.terms["report"])
            if top is not None:
                amounts.setdefault(top, set()).add(figure.value.canonical)
                members.setdefault(top, set()).add(figure.section)
        linked: dict[str, Form] = {}
        for top, values in amounts.items():
            found = [forms for (budget, actual), forms in pairs.items() if budget in values and actual in values]
            if len(found) == 1 and len(found[0]) == 1:
                linked.update(dict.fromkeys(members[top], found[0][0]))
        return linked


def _report_of(document: Document, section: str, words: Sequence[str]) -> str | None:
    """Innermost heading above a section that announces a project report."""
    for heading in reversed(document.heading_chain(section) if section in document.section_of else []):
        if any(word in heading.title for word in words):
            return heading.id
    return None


def same_cells(figure: Figure, cells: Sequence[FormCell]) -> Alignment | None:
    """Tie a figure to those of some cells that it restates, if it restates any."""
    rows = [(fits(figure.value, cell.value), cell) for cell in cells]
    hits = [(verdict, cell) for verdict, cell in rows if verdict is not Verdict.CONFLICT]
    if not hits:
        return None
    verdict = Verdict.AGREES if any(v is Verdict.AGREES for v, _ in hits) else Verdict.ROUNDING
    refs = tuple(dict.fromkeys(cell.address for _, cell in hits))
    return Alignment(figure.id, Relation.SAME, refs, verdict, hits[0][1].value.canonical)


def _remainder(figure: Figure, form: Form) -> Alignment | None:
    """Compare what is left of the funds with budget less outturn."""
    budget, actual = form.fund("adjusted_budget"), form.fund("actual")
    if budget is None or actual is None:
        return None
    computed = total([(1, budget.value), (-1, actual.value)], refined=True)
    verdict = judge(figure.value, computed)
    return Alignment(figure.id, Relation.DIFFERENCE, (budget.address, actual.address), verdict, computed.exact)


def _only_remainder(figure: Figure, form: Form) -> bool:
    """Whether an outturn named by no word of what is left can, in its form, be nothing else (已完成，640元)."""
    if figure.measure is not Measure.ACTUAL or not figure.value.number:
        return False
    row = _remainder(figure, form)
    funds = (form.fund(measure) for measure in FUND_MEASURES)
    other = any(cell is not None and fits(figure.value, cell.value) is not Verdict.CONFLICT for cell in funds)
    return row is not None and row.verdict is Verdict.AGREES and not other


def _completion(figure: Figure, form: Form) -> Alignment | None:
    """Tie a rate of execution, or of funds received, to the funds of the form."""
    budget = form.fund("adjusted_budget")
    for upper in (form.fund("actual"), form.fund("adjusted_budget", CURRENT)):
        if upper is None or budget is None:
            continue
        computed = combine(lambda a, b: a / b, [upper.value, budget.value])
        if computed is not None and (verdict := judge(figure.value, computed)) is not Verdict.CONFLICT:
            return Alignment(figure.id, Relation.COMPLETION, (upper.address, budget.address), verdict, computed.exact)
    return None


def is_telling(figure: Figure) -> bool:
    """Whether a figure has three significant digits, so that its repetition in the same form is no accident."""
    return figure.value.significant >= TELLING


def _alike(left: str, right: str) -> bool:
    """Whether two names share two characters in a row."""
    pairs = {left[i : i + 2] for i in range(len(left) - 1)}
    return any(right[i : i + 2] in pairs for i in range(len(right) - 1))
