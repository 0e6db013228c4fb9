"""Counts of evaluated projects and the amounts they involve, against the forms and the groups of the text.

A report says how many projects were evaluated, with how much money, and how many reached which grade; the forms that
follow it must bear that out. Which forms a group means is told by its number: all, those with a report of their own, or
the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from gouji.align.figures import Figure, FigureIndex
from gouji.align.form_tables import Form
from gouji.align.forms import FUND_OF, Forms, is_telling, same_cells
from gouji.model.facts import Label
from gouji.model.outcomes import Alignment, Relation
from gouji.model.values import Verdict, judge, total
from gouji.resources.alignment import align_terms

BAND = re.compile(
    r"(?P<low>\d+)(?:[（(]含[)）])?(?:分)?[-—–~～至到](?P<high>\d+)"
    r"|(?P<below>\d+)分?(?:以下|及以下)"
    r"|(?P<above>\d+)分?(?:[（(]含[)）])?以上"
)


class Evaluations:
    """What a report says of all its forms together."""

    def __init__(self, forms: Forms, figures: FigureIndex) -> None:
        self.figures = figures
        self.forms = forms.forms
        reported = {form.id for form in forms.linked.values()}
        groups = [
            self.forms,
            [f for f in self.forms if f.id in reported],
            [f for f in self.forms if f.id not in reported],
        ]
        self.groups = [group for group in groups if group]
        self.terms = align_terms().forms

    def relations(self, figure: Figure) -> list[Alignment]:
        """Ask what a figure outside forms follows from by forms."""
        if not self.forms or figure.form is not None or not figure.fact.path:
            return []
        if figure.mention.label is Label.QUANTITY:
            rows = [self._count(figure), self._graded(figure), self._listed(figure)]
        else:
            rows = [self._money(figure), self._listed(figure)]
        return [row for row in rows if row is not None]

    def _count(self, figure: Figure) -> Alignment | None:
        """Tie a number of evaluated projects to the forms, where it is their number."""
        if not self._is_evaluated(figure) or figure.value.number != len(self.forms):
            return None
        cells = tuple(form.name for form in self.forms if form.name is not None)
        return Alignment(figure.id, Relation.COUNT, cells, Verdict.AGREES, Decimal(len(self.forms)))

    def _is_evaluated(self, figure: Figure) -> bool:
        """Whether a count is one of evaluated projects."""
        name = figure.fact.path[-1] if figure.fact.path else ""
        return BAND.search(name) is None and any(word in name for word in self.terms["evaluated"])

    def _listed(self, figure: Figure) -> Alignment | None:
        """Tie a number or an amount of evaluated projects to the groups, or grades, listed after it."""
        after = self.figures.after(figure)
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

    def _graded(self, figure: Figure) -> Alignment | None:
        """Tie a number of projects within a band of scores to the total scores."""
        band = BAND.search("".join(figure.fact.path[-1].split()))
        if band is None or not any(word in figure.fact.path[-1] for word in self.terms["graded"]):
            return None
        low, high = _bounds(band)
        forms = self._subset(figure)
        if forms is None or any(form.score is None for form in forms):
            return None
        scores = [form.score for form in forms if form.score is not None]
        inside = [s for s in scores if low <= s.value.number < high or (s.value.number == high == 100)]
        exact = Decimal(len(inside))
        verdict = Verdict.AGREES if figure.value.number == exact else Verdict.CONFLICT
        return Alignment(figure.id, Relation.COUNT, tuple(s.address for s in inside), verdict, exact)

    def _subset(self, figure: Figure) -> list[Form] | None:
        """Forms that a group of projects means, by its stated number; None where the text states none that fits."""
        group = figure.fact.path[:-1]
        for other in reversed(self.figures.before(figure)):
            if other.mention.label is Label.QUANTITY and (other.fact.path == group or self._is_evaluated(other)):
                return next((forms for forms in self.groups if len(forms) == other.value.number), None)
        return None

    def _money(self, figure: Figure) -> Alignment | None:
        """Tie an amount to the forms' funds that it sums up."""
        if not figure.is_money or not figure.value.number:
            return None
        if figure.quantity.component != "project" and not self._is_involved(figure):
            return None
        own = FUND_OF.get(figure.measure, ())
        # 涉及资金 is mostly the budget of the evaluated projects, whatever the sentence calls it
        measures = own if figure.quantity.component else tuple(dict.fromkeys((*own, "adjusted_budget", "actual")))
        group = self._subset(figure)
        subsets = [group] if group is not None else self.groups
        for measure in measures:
            for forms in subsets:
                row = _sum_of_funds(figure, forms, measure)
                if row is not None:
                    return row
        return None


def _sum_of_funds(figure: Figure, forms: Sequence[Form], measure: str) -> Alignment | None:
    """Tie an amount to the funds of some forms, if it is their sum, or to that of the only one."""
    cells = [cell for cell in (form.fund(measure) for form in forms) if cell is not None]
    if len(cells) == 1 and len(forms) == 1 and is_telling(figure):
        return same_cells(figure, cells)
    if len(cells) < 2:
        return None
    computed = total([(1, cell.value) for cell in cells], refined=True)
    verdict = judge(figure.value, computed)
    if verdict is Verdict.CONFLICT:
        return None
    return Alignment(figure.id, Relation.SUM, tuple(c.address for c in cells), verdict, computed.exact)


def _bounds(band: re.Match[str]) -> tuple[Decimal, Decimal]:
    """Lowest score of a band, and the score that it ends before."""
    if band["below"]:
        return Decimal(0), Decimal(band["below"])
    if band["above"]:
        return Decimal(band["above"]), Decimal(100)
    return Decimal(band["low"]), Decimal(band["high"])
