"""Facts with their places, and choices among them that need nothing else of the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gouji.model.facts import CHANGES, Base, Direction, Fact, Measure
from gouji.model.quick import quick

BUDGETS = frozenset({Base.INITIAL_BUDGET, Base.ADJUSTED_BUDGET})
PARTED = re.compile("[；;。]")


@quick
@dataclass(frozen=True, slots=True)
class Placed:
    """A fact with the place of its figure in its passage."""

    fact: Fact
    start: int
    end: int

    @property
    def subject(self) -> tuple[str, ...]:
        """What the fact is about: facts of one subject are explained together."""
        return self.fact.path or (self.fact.indicator or "",)


def of_budget(named: list[Placed]) -> list[Placed]:
    """Give what a cause of 决算数小于预算数 explains of what its head names: the differences, else the outturn."""
    against = [p for p in named if p.fact.measure in CHANGES and p.fact.base in BUDGETS]
    if against:
        return [p for p in against if p.subject == against[-1].subject]
    return [p for p in named if p.fact.measure is Measure.ACTUAL][-1:]


def of_both(own: list[Placed], changes: list[Placed]) -> list[Placed]:
    """Give what a cause explains whose head names the budget and last year."""
    return [*of_budget(own), *(p for p in changes if p.fact.base is Base.PRIOR_YEAR)]


def same_segment(text: str, left: Placed, right: Placed) -> bool:
    """Whether no semicolon or sentence end stands between two figures."""
    first, second = sorted((left, right), key=lambda p: p.start)
    return PARTED.search(text, first.end, second.start) is None


def in_bracket(text: str, placed: Placed) -> bool:
    """Whether the figure stands in brackets."""
    before = text[max(placed.start - 80, 0) : placed.start]
    opened = max(before.rfind("（"), before.rfind("("))
    return opened >= 0 and opened > max(before.rfind("）"), before.rfind(")"))


def fits(placed: Placed, direction: Direction | None) -> bool:
    """Whether the fact goes in the direction, if one is wanted."""
    return direction is None or placed.fact.direction is direction


def last_subjects(facts: list[Placed], count: int | None) -> list[Placed]:
    """Facts of the last `count` subjects, all if None."""
    subjects: list[tuple[str, ...]] = []
    for placed in reversed(facts):
        if placed.subject not in subjects:
            subjects.append(placed.subject)
    kept = set(subjects[:count])
    return [p for p in facts if p.subject in kept]
