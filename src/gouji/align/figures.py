"""The facts as the aligner sees them (figure, quantity, fund taken from the headings, place), and their index."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from gouji.align.cells import FORM
from gouji.align.quantity import Quantity, caliber_of, read_name
from gouji.model.document import Document, Passage
from gouji.model.facts import Fact, Label, Measure, Mention
from gouji.model.values import Value
from gouji.resources.script import simplified

LEVELS = frozenset(
    {
        Measure.ACTUAL,
        Measure.INITIAL_BUDGET,
        Measure.ADJUSTED_BUDGET,
        Measure.PRIOR,
        Measure.TARGET,
        Measure.COUNT,
        Measure.OTHER,
    }
)
SENTENCE_ENDS = "。！？"
WINDOW = 60
"""Figures of one indicator looked at on either side of a figure, so that the search stays linear."""

CHAIN = 3  # 类, 款 and 项


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact with its value and everything its identity depends on.

    `above` holds the cores of its path without its own, outermost first; `sentence` counts sentences through the
    document; `form` is the id of the self-evaluation form that it stands in, `row` the row there;
    `named` says that its name stands in its own passage and is not taken from a heading.
    """

    fact: Fact
    mention: Mention
    value: Value
    quantity: Quantity
    above: tuple[str, ...]
    order: int
    passage: str
    sentence: int
    section: str | None
    form: str | None = None
    row: int | None = None
    named: bool = True

    @property
    def id(self) -> str:
        """Id of the fact."""
        return self.fact.id

    @property
    def measure(self) -> Measure:
        """Measure of the fact."""
        return self.fact.measure

    @property
    def is_level(self) -> bool:
        """Whether the figure states a level (not a change, a rate or an average)."""
        return self.fact.measure in LEVELS

    @property
    def is_money(self) -> bool:
        """Whether the figure is an amount."""
        return self.mention.label is Label.AMOUNT


@dataclass
class FigureIndex:
    """Figures in text order, by passage, by indicator."""

    figures: list[Figure]
    text: str = ""
    of_id: dict[str, Figure] = field(default_factory=dict)
    of_quantity: dict[tuple[str, str | None, str | None], list[Figure]] = field(
        default_factory=lambda: defaultdict(list)
    )
    of_passage: dict[str, list[Figure]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for figure in self.figures:
            self.of_id[figure.id] = figure
            self.of_quantity[(figure.quantity.core, figure.quantity.component, figure.form)].append(figure)
            self.of_passage[figure.passage].append(figure)

    def before(self, figure: Figure) -> list[Figure]:
        """Figures before one in its passage, in order; the `WINDOW` nearest."""
        group = self.of_passage[figure.passage]
        at = bisect_left(group, figure.order, key=lambda f: f.order)
        return group[max(0, at - WINDOW) : at]

    def after(self, figure: Figure) -> list[Figure]:
        """Figures after one in its passage, in order; the `WINDOW` nearest."""
        group = self.of_passage[figure.passage]
        at = bisect_left(group, figure.order, key=lambda f: f.order) + 1
        return group[at : at + WINDOW]

    def between(self, left: Figure, right: Figure) -> str:
        """Text between two figures."""
        return self.text[left.mention.span.end : right.mention.span.start]

    def near(self, quantity: Quantity, figure: Figure) -> list[Figure]:
        """Figures of an indicator near a figure, in its form or, like it, in none; at most `WINDOW` a side.

        Figures without a name have nothing in common but their sentence.
        """
        group = self.of_quantity.get((quantity.core, quantity.component, figure.form), [])
        at = bisect_left(group, figure.order, key=lambda f: f.order)
        found = group[max(0, at - WINDOW) : at + WINDOW]
        return found if quantity.core else [f for f in found if f.sentence == figure.sentence]


def index_figures(document: Document, mentions: Sequence[Mention], facts: Sequence[Fact]) -> FigureIndex:
    """View every fact that has a figure with a value, in text order; foreign money is compared with nothing."""
    mention_of = {m.id: m for m in mentions}
    ends = [i for i, c in enumerate(document.text) if c in SENTENCE_ENDS]
    calibers: dict[str | None, str | None] = {}
    forms = {table.id for table in document.tables if table.kind == FORM}
    seen: list[tuple[int, Fact, Mention, Value]] = []
    for fact in facts:
        mention = mention_of.get(fact.figure)
        if mention is not None and mention.value is not None and mention.currency is None:
            seen.append((mention.span.start, fact, mention, mention.value))
    seen.sort(key=lambda row: row[0])
    figures = []
    for order, (start, fact, mention, value) in enumerate(seen):
        passage = document.passage_of.get(mention.passage)
        section = passage.section if passage else None
        if section not in calibers:
            calibers[section] = _section_caliber(document, section)
        form, row = _form_of(passage, forms)
        named = mention_of.get(fact.indicator or "")
        names = fact.path or ((mention.name,) if mention.name else ())
        quantity = read_name(names[-1]) if names else Quantity("")
        above = _cores_above(names, quantity.core)
        context = _path_caliber(names[:-1]) or calibers[section] or "all"
        figures.append(
            Figure(
                fact,
                mention,
                value,
                quantity.within(context),
                above,
                order,
                mention.passage or f"@{bisect_right(ends, start)}",
                bisect_right(ends, start),
                section,
                form,
                row,
                named is not None and named.passage == mention.passage,
            )
        )
    return FigureIndex(figures, simplified(document.text))


def _cores_above(names: Sequence[str], core: str) -> tuple[str, ...]:
    """Cores of the levels above the last one; its own only where 款 and 项 of a chain have one name."""
    twins = len(names) == CHAIN and names[-2] == names[-1]  # …其他卫生健康支出（款）其他卫生健康支出（项）
    return tuple(q.core for q in map(read_name, names[:-1]) if q.core and (twins or q.core != core))


def _path_caliber(names: Sequence[str]) -> str | None:
    """Fund that the headings of a path name, innermost first."""
    for name in reversed(names):
        found = read_name(name).caliber
        if found in ("general", "fund", "capital", "fiscal"):
            return found
    return None


def _section_caliber(document: Document, section: str | None) -> str | None:
    """Fund that the headings above a passage name, innermost first."""
    if section is None or section not in document.section_of:
        return None
    for heading in reversed(document.heading_chain(section)):
        found = caliber_of(heading.title)
        if found is not None:
            return found
    return None


def _form_of(passage: Passage | None, forms: set[str]) -> tuple[str | None, int | None]:
    """Form and row of a passage that is a cell of a self-evaluation form."""
    if passage is None or passage.cell is None:
        return None, None
    table, row, _ = passage.cell.split(".")
    return (table, int(row[1:])) if table in forms else (None, None)
