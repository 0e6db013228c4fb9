"""Passages -> INDICATOR mentions.

Reading order: `tag_indicators`, which walks the figures of each passage and gives the name that each belongs to;
`indicator_names` (names that the gazetteer or a chain of 类款项 knows), `indicator_gaps` (what may stand between a name
and its figure), `free_names` (names that no gazetteer knows).

One name is looked for per stretch between two figures: a figure without a name of its own continues the topic, and a
name without a figure (``主要包括办公费、水费``) is no mention. Source: annotation guidelines, section 2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from gouji.extract.free_names import FreeNames
from gouji.extract.indicator_funds import fund_of_section, with_funds
from gouji.extract.indicator_gaps import Gaps, may_head
from gouji.extract.indicator_names import BUDGETS, Candidate, find_candidates, listed_before
from gouji.extract.indicator_projects import project_title, projects
from gouji.model.document import Document, Passage, PassageKind
from gouji.model.facts import Label, Mention
from gouji.resources.gazetteer import gazetteer
from gouji.resources.indicator_context import indicator_context

NUMBERED = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]{1,2}[)）]?\s*[、.．]?")
LONGEST_HEADING = 60
MONEY_TYPES = frozenset(
    ["total", "revenue", "expenditure", "balance", "function", "economic", "operating", "fund", "project_funds", "cost"]
)
OPEN_GROUPS = ("quality.", "quantity.", "timeliness.", "satisfaction.")
"""Groups whose entries kept as written are heads of longer names more often than names."""
FUNDS = "project_funds.budget"
"""Entry of 项目资金 and its like, which are heads of the names of funds too."""
IN_PERFORMANCE = frozenset(["cost.fee", "project_funds.spent"])
"""费用 and 实际支出 are names in performance text only; elsewhere they are what is spent on the item spoken of."""
OF_A_PROJECT = BUDGETS | {"project_funds.budget", "project_funds.spent", "project_funds.evaluated"}
SPENT = frozenset(
    [
        "three_public.abroad",
        "three_public.cars",
        "three_public.car_purchase",
        "three_public.car_running",
        "procurement.small",
    ]
)
"""Items of expenditure that are never counted: of 因公出国（境）0个团组 the groups are."""
COUNT_TYPES = frozenset(["staffing"])


def tag_indicators(document: Document, figures: Sequence[Mention]) -> list[Mention]:
    """Tag the names that figures belong to, in order.

    Parameters
    ----------
    document : Document
    figures : sequence of Mention
        AMOUNT, RATE and QUANTITY mentions.

    Returns
    -------
    list of Mention
        INDICATOR mentions with type and canonical name, `entry` where the gazetteer knows the name.
    """
    by_passage: dict[str, list[Mention]] = {}
    for figure in figures:
        by_passage.setdefault(figure.passage, []).append(figure)
    caption, cell = PassageKind.CAPTION, PassageKind.CELL
    out: list[Mention] = []
    waiting: Passage | None = None  # a heading that is nothing but a name
    sections = {p.section for p in document.passages}
    kinds = {section: _section_kind(document, section) for section in sections}
    funds = {section: _section_fund(document, section) for section in sections}
    for passage in document.passages:
        section = kinds[passage.section]
        if section == "excluded" or passage.kind is caption:
            waiting = None
            continue
        found = by_passage.get(passage.id, [])
        if len(found) > 1:
            found.sort(key=_place)
        elif not found:
            waiting = passage if passage.kind is not cell else None
            if passage.kind is cell or not NUMBERED.match(passage.text) or not may_head(passage.text):
                continue
        performs = section == "performance" or passage.cell is not None
        title = project_title(waiting.text, passage.text) if performs and waiting is not None and found else None
        tagger = _PassageTagger(passage, found, performs, _level(document, passage), titled=title is not None)
        named = with_funds(tagger.tag(), passage.text, funds[passage.section])
        heading = _heading_name(waiting) if waiting is not None and tagger.continues_heading else None
        heading = title or heading
        if waiting is not None and heading is not None:
            out.append(_mention(waiting, heading))
        out += [_mention(passage, candidate) for candidate in named]
        waiting = None if found else waiting
    return out


_place = attrgetter("local.start", "local.end")


def _section_kind(document: Document, section: str | None) -> str:
    """Whether a section is to be left out (名词解释), tells of performance, or neither."""
    words = indicator_context()
    titles = "\n".join(above.title for above in document.heading_chain(section))
    if words.excluded_sections.search(titles):
        return "excluded"
    return "performance" if words.performance_sections.search(titles) else ""


def _section_fund(document: Document, section: str | None) -> str:
    """Fund that the innermost section is about whose title names one."""
    titles = (fund_of_section(above.title) for above in reversed(document.heading_chain(section)))
    return next((fund for fund in titles if fund), "")


def _level(document: Document, passage: Passage) -> str | None:
    """Type of indicator that the row of a cell stands under, by its path (质量指标, 成本指标)."""
    cell = document.cell_at(passage.cell) if passage.cell is not None else None
    for label in reversed(cell.row_path if cell is not None else ()):
        entry = gazetteer().canonical(label)
        if entry is not None and entry.id.startswith("performance.") and entry.type != "other":
            return entry.type
    return None


def _heading_name(passage: Passage) -> Candidate | None:
    """Find the name that a heading is about: ``2.公务接待费``, ``二、机关运行经费支出情况说明``."""
    text = passage.text
    candidates = find_candidates(text) if len(text) <= LONGEST_HEADING else []
    if not candidates:
        return None
    name = candidates[-1]
    words = indicator_context()
    rest = NUMBERED.sub("", text[: name.span.start]) + text[name.span.end :]
    rest = words.filler.sub("", words.heading_word.sub("", rest))
    return name if not rest.strip(" 。：:、（）()") else None


def _mention(passage: Passage, candidate: Candidate) -> Mention:
    return Mention(
        "",
        Label.INDICATOR,
        passage.offsets.to_source(candidate.span),
        passage.id,
        candidate.span,
        page=passage.page,
        type=candidate.type,
        name=candidate.name,
        entry=candidate.entry.id if candidate.entry else None,
        rule=candidate.rule,
    )


def _fits(candidate: Candidate, figure: Mention) -> bool:
    """Whether a name may have such a figure: money is not counted, people are not paid out."""
    if figure.label is Label.QUANTITY:
        item = candidate.entry.id if candidate.entry is not None else ""
        # 检测车辆8600辆次 counts no stock of cars
        times = figure.value is not None and figure.value.unit.endswith("次")
        return candidate.type not in MONEY_TYPES and item not in SPENT and not (times and candidate.type == "assets")
    return figure.label is not Label.AMOUNT or candidate.type not in COUNT_TYPES


class _PassageTagger:
    """Chooses the names of one passage, figure by figure."""

    def __init__(
        self, passage: Passage, figures: list[Mention], performance: bool, level: str | None, *, titled: bool
    ) -> None:
        self.titled = titled  # the line before is the name of a project
        self.performance = performance
        self.text = passage.text
        self.figures = figures
        self.projects = projects(self.text, performance) if level is None and passage.cell is None else []
        self.candidates = self._beside_projects(find_candidates(self.text))
        self.free = FreeNames(passage, figures, performance, level)
        self.gaps = Gaps(self.text, self.free.starts)
        self.chosen: dict[tuple[int, int], Candidate] = {}  # by start and end
        self.named_until = 0
        self.continues_heading = False

    def tag(self) -> list[Candidate]:
        """Names in order, each once."""
        previous = 0
        at = 0
        candidates = self.candidates
        for index, figure in enumerate(self.figures):
            here: list[Candidate] = []
            start = figure.local.start
            while at < len(candidates) and candidates[at].span.start < start:
                if candidates[at].span.start >= previous:
                    here.append(candidates[at])
                at += 1
            names = self._names_for(figure, here, previous)
            for name in names:
                if self.performance and name.type == "economic":  # 劳务费 of a project is one of its costs
                    name = replace(name, type="cost")
                self._choose(name)
                self.named_until = max(self.named_until, name.span.end)
            if index == 0:
                self.continues_heading = not names and figure.label is not Label.QUANTITY
            previous = figure.local.end
        self._topics_without_figure()
        self.chosen |= {(project.span.start, project.span.end): project for project in self.projects}
        return [self.chosen[place] for place in sorted(self.chosen)]

    def _choose(self, candidate: Candidate) -> None:
        self.chosen.setdefault((candidate.span.start, candidate.span.end), candidate)

    def _beside_projects(self, candidates: list[Candidate]) -> list[Candidate]:
        """Leave out what lies inside the name of a project, and the 全年预算数 and 实际支出 that are its own."""
        if not self.projects and not self.titled:
            return candidates
        first = -1 if self.titled else self.projects[0].span.start
        return [
            c
            for c in candidates
            if not any(c.span.overlaps(p.span) for p in self.projects)
            and not (c.span.start > first and c.entry is not None and c.entry.id in OF_A_PROJECT)
        ]

    def _names_for(self, figure: Mention, here: list[Candidate], previous: int) -> list[Candidate]:
        """Names of one figure among those since the previous one, or a free name; none: the topic goes on."""
        start = figure.local.start
        usable = [c for c in here if self._may_name(c) and self.gaps.usable(c, start)] if here else here
        if usable and _fits(usable[-1], figure) and self.gaps.joins(usable[-1], start):
            listed = listed_before(self.text, usable, start) if len(usable) > 1 else usable
            return [self._longer(listed[0], figure, previous)] if len(listed) == 1 else listed
        free = self.free.name_of(figure, previous)
        if free is None or free.span.start < self.named_until or self._of_project(free):
            return []
        return [next((c for c in here if c.span == free.span), free)]

    def _of_project(self, name: Candidate) -> bool:
        """Whether a free name lies in that of a project, or says the money of the project: 该项目预算资金."""
        if (self.titled or self.projects) and name.name.startswith(("该项目", "项目")):
            return name.type == "project_funds"
        return any(name.span.overlaps(project.span) for project in self.projects)

    def _longer(self, candidate: Candidate, figure: Mention, previous: int) -> Candidate:
        """Name a rate or a fund by the longer phrase that ends with it (自评覆盖率, 古籍修复项目资金)."""
        entry = candidate.entry
        if entry is None or not (entry.id == FUNDS or entry.as_written and entry.id.startswith(OPEN_GROUPS)):
            return candidate
        free = self.free.name_of(figure, previous)
        if free is None or free.span.end != candidate.span.end or free.span.start >= candidate.span.start:
            return candidate
        known = None if entry.id == FUNDS else entry
        return replace(candidate, span=free.span, name=free.name, rule=free.rule, entry=known)

    def _may_name(self, candidate: Candidate) -> bool:
        """Bare 费用 names a cost in performance text, and is the item spoken of anywhere else."""
        bare = candidate.entry is not None and candidate.entry.id in IN_PERFORMANCE
        return self.performance or not (bare or (candidate.type == "cost" and candidate.short))

    def _topics_without_figure(self) -> None:
        """Tag names that state no figure but are the topic of some.

        They head a numbered item (``1.因公出国（境）费。与上年持平``, a chain before a sentence that counts something)
        or are the whole of a list (``本年收入的具体构成为：``).
        """
        money = [figure.local.start for figure in self.figures if figure.label is not Label.QUANTITY]
        for candidate in self.candidates:
            heads = candidate.type == "three_public" or (candidate.levels and money[-1:] > [candidate.span.end])
            item = heads and self.gaps.heads_item(candidate.span)
            if item or self.gaps.heads_composition(candidate.span):
                self._choose(candidate)
