"""Figures of self-evaluation forms, and of the reports on projects and evaluations that rest on the forms.

In a form the table is known, so the question is which of its cells: the funds by measure, the indicator's own row,
then targets and results by name and value. What is left of the funds is the budget less the outturn. Counts and sums
over forms are confirmed where they come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from gouji.align.figures import WINDOW, Figure, FigureIndex
from gouji.align.form_tables import CURRENT, Form, FormCell, fits, read_forms
from gouji.model.document import Document
from gouji.model.facts import Label, Measure
from gouji.model.outcomes import Alignment, Relation
from gouji.model.values import Computed, Kind, Verdict, combine, judge, total
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
BAND = re.compile(
    r"(?P<low>\d+)(?:[（(]含[)）])?(?:分)?[-—–~～至到](?P<high>\d+)|(?P<below>\d+)分?(?:以下|及以下)|(?P<above>\d+)分?(?:[（(]含[)）])?以上"
)


class Forms:
    """The forms of a document, the project reports that speak of one of them, and the evaluations that sum them up."""

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
        if figure.is_money and (figure.row in form.indicators or _telling(figure)):
            cells.extend(c for c in (form.fund(m) for m in FUND_OF.get(figure.measure, ())) if c is not None)
        row = _same(figure, cells)
        return [row] if row is not None else []

    def of_project(self, figure: Figure) -> list[Alignment]:
        """Cells of the form that a project report is about, for a figure of that report."""
        form = self.linked.get(figure.section or "")
        if form is None or not figure.is_money or not figure.is_level or self._is_remainder(figure):
            return []
        row = _same(figure, [c for c in (form.fund(m) for m in FUND_OF.get(figure.measure, ())) if c is not None])
        return [row] if row is not None else []

    def relations(self, figure: Figure) -> list[Alignment]:
        """Ask what a figure follows from by forms."""
        form = self.of_id.get(figure.form or "") or self.linked.get(figure.section or "")
        rows: list[Alignment | None] = []
        if form is not None:
            if self._is_remainder(figure) and figure.is_money:
                rows.append(_remainder(figure, form))
            if figure.measure is Measure.COMPLETION_RATE:
                rows.append(_completion(figure, form))
            if figure.measure is Measure.SHARE and self._is_remainder(figure):
                rows.append(self._remainder_share(figure, form))
            if figure.form is not None and figure.is_level:
                rows.extend([self._sum_in_form(figure, form), self._repeated(figure)])
        elif self.forms:
            rows.extend([self._count(figure), self._graded(figure), self._money(figure), self._groups(figure)])
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
        wanted = set(near) if near else ({row for row, _ in rows} if len(rows) == 1 and _telling(figure) else set())
        for row, cell in form.indicator_cells():
            if row in wanted:
                yield cell

    def _sum_in_form(self, figure: Figure, form: Form) -> Alignment | None:
        """Tie a total to the amounts listed before it in its cell, or to those of the goals."""
        before = [
            f
            for f in self.figures.of_passage[figure.passage]
            if f.order < figure.order
            and f.value.kind is figure.value.kind
            and f.is_level
            and f.measure is figure.measure
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

    def _count(self, figure: Figure) -> Alignment | None:
        """Tie a number of evaluated projects to the forms, where it is their number."""
        if figure.mention.label is not Label.QUANTITY or not figure.fact.path:
            return None
        if not self._is_evaluated(figure) or figure.value.number != len(self.forms):
            return None
        cells = tuple(form.name for form in self.forms if form.name is not None)
        return Alignment(figure.id, Relation.COUNT, cells, Verdict.AGREES, Decimal(len(self.forms)))

    def _is_evaluated(self, figure: Figure) -> bool:
        """Whether a count is one of evaluated projects."""
        name = figure.fact.path[-1] if figure.fact.path else ""
        return BAND.search(name) is None and any(word in name for word in self.terms["evaluated"])

    def _groups(self, figure: Figure) -> Alignment | None:
        """Tie a number or an amount of evaluated projects to the groups, or the grades, that its passage lists after it."""
        after = [f for f in self.figures.of_passage[figure.passage] if f.order > figure.order]
        if figure.mention.label is Label.QUANTITY and self._is_evaluated(figure):
            counts = [f for f in after if f.mention.label is Label.QUANTITY and f.fact.path]
            stop = next((i for i, f in enumerate(counts) if self._is_evaluated(f)), len(counts))
            lists = [
                [f for f in counts if self._is_evaluated(f)],
                [f for f in counts[:stop] if BAND.search(f.fact.path[-1])],
            ]
        elif figure.is_money and self._is_involved(figure):
            lists = [[f for f in after if f.is_money and f.measure is figure.measure and self._is_involved(f)]]
        else:
            return None
        for parts in lists:
            if len(parts) >= 2:
                computed = total([(1, part.value) for part in parts])
                if judge(figure.value, computed) is Verdict.AGREES:
                    return Alignment(
                        figure.id, Relation.SUM, tuple(f.id for f in parts), Verdict.AGREES, computed.exact
                    )
        return None

    def _is_involved(self, figure: Figure) -> bool:
        name = figure.fact.path[-1] if figure.fact.path else ""
        return any(word in name for word in self.terms["involved"])

    def _remainder_share(self, figure: Figure, form: Form) -> Alignment | None:
        """Tie a rate of what is left to the remainder before it and the budget."""
        budget = form.fund("adjusted_budget")
        left = [
            f
            for f in self.figures.of_passage[figure.passage]
            if f.order < figure.order and f.is_money and self._is_remainder(f)
        ]
        if budget is None or not left:
            return None
        computed = combine(lambda a, b: a / b, [left[-1].value, budget.value])
        if computed is None:
            return None
        verdict = judge(figure.value, computed)
        return Alignment(figure.id, Relation.SHARE, (left[-1].id, budget.address), verdict, computed.exact)

    def _graded(self, figure: Figure) -> Alignment | None:
        """Tie a number of projects within a band of scores to the total scores."""
        if figure.mention.label is not Label.QUANTITY or len(figure.fact.path) < 1:
            return None
        band = BAND.search("".join(figure.fact.path[-1].split()))
        if band is None or not any(word in figure.fact.path[-1] for word in self.terms["graded"]):
            return None
        low, high = _bounds(band)
        forms = self._subset(figure)
        if forms is None or any(form.score is None for form in forms):
            return None
        scores = [form.score for form in forms if form.score is not None]
        inside = [s for s in scores if low <= s.value.number < high or (s.value.number == high == 100)]
        verdict = judge(figure.value, Computed(Decimal(len(inside)), Computed.of(figure.value).interval))
        exact = Decimal(len(inside))
        verdict = Verdict.AGREES if figure.value.number == exact else Verdict.CONFLICT
        return Alignment(figure.id, Relation.COUNT, tuple(s.address for s in inside), verdict, exact)

    def _subset(self, figure: Figure) -> list[Form] | None:
        """Forms that a group of projects means, by its stated number: all, those with a report, or the others."""
        group = figure.fact.path[:-1]
        numbers = [
            f.value.number
            for f in self.figures.figures[max(0, figure.order - 30) : figure.order]
            if f.mention.label is Label.QUANTITY
            and f.passage == figure.passage
            and (f.fact.path == group or self._is_evaluated(f))
        ]
        if not numbers:
            return None
        reported = {form.id for form in self.linked.values()}
        for forms in self._subsets(reported):
            if len(forms) == numbers[-1]:
                return forms
        return None

    def _subsets(self, reported: set[str]) -> list[list[Form]]:
        sets = [
            self.forms,
            [f for f in self.forms if f.id in reported],
            [f for f in self.forms if f.id not in reported],
        ]
        return [forms for forms in sets if forms]

    def _money(self, figure: Figure) -> Alignment | None:
        """Tie an amount to the forms' funds that it sums up."""
        if not figure.is_money or not figure.value.number or not figure.fact.path:
            return None
        if figure.quantity.component != "project" and not self._is_involved(figure):
            return None
        own = FUND_OF.get(figure.measure, ())
        # 涉及资金 is mostly the budget of the evaluated projects, whatever the sentence calls it
        measures = own if figure.quantity.component else tuple(dict.fromkeys((*own, "adjusted_budget", "actual")))
        group = self._subset(figure)
        subsets = [group] if group is not None else self._subsets({form.id for form in self.linked.values()})
        for measure in measures:
            for forms in subsets:
                row = _sum_of_funds(figure, forms, measure)
                if row is not None:
                    return row
        return None

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


def _same(figure: Figure, cells: Sequence[FormCell]) -> Alignment | None:
    rows = [(fits(figure.value, cell.value), cell) for cell in cells]
    hits = [(verdict, cell) for verdict, cell in rows if verdict is not Verdict.CONFLICT]
    if not hits:
        return None
    verdict = Verdict.AGREES if any(v is Verdict.AGREES for v, _ in hits) else Verdict.ROUNDING
    refs = tuple(dict.fromkeys(cell.address for _, cell in hits))
    return Alignment(figure.id, Relation.SAME, refs, verdict, hits[0][1].value.canonical)


def _sum_of_funds(figure: Figure, forms: Sequence[Form], measure: str) -> Alignment | None:
    """Tie an amount to the funds of some forms, if it is their sum, or to that of the only one."""
    cells = [cell for cell in (form.fund(measure) for form in forms) if cell is not None]
    if len(cells) == 1 and len(forms) == 1 and _telling(figure):
        return _same(figure, cells)
    if len(cells) < 2:
        return None
    computed = total([(1, cell.value) for cell in cells], refined=True)
    verdict = judge(figure.value, computed)
    if verdict is Verdict.CONFLICT:
        return None
    return Alignment(figure.id, Relation.SUM, tuple(c.address for c in cells), verdict, computed.exact)


def _remainder(figure: Figure, form: Form) -> Alignment | None:
    """Compare what is left of the funds with budget less outturn."""
    budget, actual = form.fund("adjusted_budget"), form.fund("actual")
    if budget is None or actual is None:
        return None
    computed = total([(1, budget.value), (-1, actual.value)], refined=True)
    verdict = judge(figure.value, computed)
    return Alignment(figure.id, Relation.DIFFERENCE, (budget.address, actual.address), verdict, computed.exact)


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


def _telling(figure: Figure) -> bool:
    """Whether a figure has three significant digits, so that its repetition in the same form is no accident."""
    return len(figure.value.number.normalize().as_tuple().digits) >= 3


def _alike(left: str, right: str) -> bool:
    """Whether two names share two characters in a row."""
    pairs = {left[i : i + 2] for i in range(len(left) - 1)}
    return any(right[i : i + 2] in pairs for i in range(len(right) - 1))


def _bounds(band: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Lowest score of a band, and the score that it ends before."""
    if band["below"]:
        return Decimal(0), Decimal(band["below"])
    if band["above"]:
        return Decimal(band["above"]), Decimal(100)
    return Decimal(band["low"]), Decimal(band["high"])
