"""Cause mentions + facts -> causes: what each cause explains, and of which category it is.

A cause explains the comparison that it stands beside: all changes of one indicator in the stretch before it (or,
where the cause comes first, after it); where the text only says how far a budget was carried out, the actual.
Words before the cause may say otherwise: ``以上四项``, an indicator by name, ``决算数小于预算数``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain

from gouji.facts.categories import adequacy, against, classify
from gouji.facts.cause_references import references
from gouji.facts.explained_cells import cells_explained
from gouji.facts.placed import (
    BUDGETS,
    PARTED,
    Placed,
    fits,
    in_bracket,
    last_subjects,
    of_both,
    of_budget,
    same_segment,
)
from gouji.model.document import Document, Passage
from gouji.model.facts import CHANGES, Base, Cause, Direction, Fact, Label, Measure, Mention
from gouji.resources.cause_lexicon import cause_lexicon
from gouji.resources.cause_scopes import Scopes, scopes
from gouji.resources.script import plain
from gouji.text.clauses import SENTENCE_END

MAIN = CHANGES | {
    Measure.ACTUAL,
    Measure.COMPLETION_RATE,
    Measure.INITIAL_BUDGET,
    Measure.ADJUSTED_BUDGET,
    Measure.PRIOR,
}
FRONTING = " \u3000\n由于因为随着鉴于，："
SHORT_NAME = re.compile(
    "[；。，]*(?:其中)?([\\u4e00-\\u9fff]{2,8}?(?:费|支出|收入|经费))(?:的)?(?:增|减|上|下|提|降|多|少|回)"
)
FRONTED = re.compile("(?:由于|因为?|随着|鉴于)$")
NEAR = 80  # facts: how many before a cause in its passage can be meant
BACK = 6  # passages: how far above its figures a paragraph of causes may stand


Judge = Callable[[str, Iterable[Direction]], tuple[str, ...]]
"""Gives the categories of a cause, the main one first, from its words and the directions of what it explains."""


def link_causes(
    document: Document, mentions: Sequence[Mention], facts: Sequence[Fact], judge: Judge = classify
) -> tuple[Cause, ...]:
    """Link every cause mention to the facts or cells that it explains.

    Parameters
    ----------
    document : Document
    mentions : sequence of Mention
        All mentions of the document.
    facts : sequence of Fact
    judge : callable
        Gives the categories.

    Returns
    -------
    tuple of Cause
        Ids ``c1``, ``c2``, … in text order; `explains` in document order, empty if nothing could be told.
    """
    linker = Linker(document, mentions, facts)
    causes = sorted(chain.from_iterable(linker.causes.values()), key=lambda m: (m.span.start, m.span.end, m.id))
    further = references(document, linker.causes, linker.explains, linker.names_of, linker.stated)
    out = []
    for number, mention in enumerate(causes, start=1):
        text = document.text[mention.span.start : mention.span.end]
        explains = linker.explains(mention)
        if mention.id in further:
            explains = tuple(sorted({*explains, *further[mention.id]}, key=linker.order.__getitem__))
        directions = [linker.fact_of[e].direction for e in explains if e in linker.fact_of]
        words = plain(text)
        codes = judge(words, directions)
        flags = ("direction_suspect",) if against(words, codes[0], directions) else ()
        out.append(Cause(f"c{number}", mention.id, explains, codes, adequacy(words, codes), flags))
    return tuple(out)


def _bare(text: str) -> str:
    """Text without white space and quotes."""
    return "".join(text.split()).replace("“", "").replace("”", "").replace('"', "")


class Linker:
    """The facts of a document by passage, and the rules of scope."""

    def __init__(self, document: Document, mentions: Sequence[Mention], facts: Sequence[Fact]) -> None:
        self.document = document
        self.fact_of = {f.id: f for f in facts}
        self.scopes: Scopes = scopes()
        self.looks_back = re.compile("|".join(cause_lexicon().reasons))  # 主要原因： follows what it explains
        figure = {m.id: m for m in mentions}
        self.causes: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            if mention.label is Label.CAUSE:
                self.causes[mention.passage].append(mention)
        for causes in self.causes.values():
            causes.sort(key=lambda m: (m.local.start, m.local.end))
        self._starts = {p: [c.local.start for c in causes] for p, causes in self.causes.items()}
        self._reach = {p: list(accumulate((c.local.end for c in causes), max)) for p, causes in self.causes.items()}
        self.placed: dict[str, list[Placed]] = defaultdict(list)
        self.scored: dict[str, list[Placed]] = defaultdict(list)
        score = Measure.SCORE
        for fact in facts:
            at = figure.get(fact.figure)
            if at is None or (at.passage in self._starts and self._inside_cause(at)):
                continue
            kept = self.placed if fact.measure in MAIN else self.scored if fact.measure is score else None
            if kept is not None:
                kept[at.passage].append(Placed(fact, at.local.start, at.local.end))
        for group in (*self.placed.values(), *self.scored.values()):
            group.sort(key=lambda p: p.start)
        self.mention_of = figure
        self._names: dict[str, tuple[str, ...]] = {}
        self._named_alike: dict[tuple[str, str], tuple[str, ...]] = {}  # facts of one indicator have one name
        self.index = {p.id: i for i, p in enumerate(document.passages)}
        self.order = {f.id: i for i, f in enumerate(facts)}
        self.first = {c.id: first for group in self.causes.values() for c, first in self._groups(group)}
        self._shared: dict[str, tuple[str, ...]] = {}
        self._ends: dict[str, list[int]] = {}

    def _inside_cause(self, mention: Mention) -> bool:
        """Whether a cause overlaps the mention, by the furthest end of those that begin before the mention ends."""
        at = bisect_left(self._starts[mention.passage], mention.local.end) - 1
        return at >= 0 and self._reach[mention.passage][at] > mention.local.start

    def names(self, fact: Fact) -> tuple[str, ...]:
        """Names that a sentence may call the indicator of a fact by."""
        known = self._names.get(fact.id)
        if known is not None:
            return known
        key = fact.path[-1] if fact.path else "", fact.indicator or ""
        found = self._named_alike.get(key)
        if found is None:
            names = [key[0]] if fact.path else []
            mention = self.mention_of.get(key[1])
            if mention is not None:
                names.append(plain(self.document.text[mention.span.start : mention.span.end]))
            found = self._named_alike[key] = tuple(map(_bare, names))
        self._names[fact.id] = found
        return found

    def names_of(self, explained: str) -> tuple[str, ...]:
        """Names of the indicator of a fact by its id; of a cell none are known."""
        fact = self.fact_of.get(explained)
        return () if fact is None else self.names(fact)

    def explains(self, cause: Mention) -> tuple[str, ...]:
        """Ids of the facts, or addresses of the cells, that a cause explains."""
        passage = self.document.passage_of[cause.passage]
        if passage.cell is not None:
            return cells_explained(self.document, passage.cell)
        first = self.first[cause.id]
        if first.id not in self._shared:
            found = {p.fact.id for p in self._explained(passage, first)}
            self._shared[first.id] = tuple(sorted(found, key=self.order.__getitem__))
        return self._shared[first.id]

    def _groups(self, causes: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
        """Give each cause of a passage with the first of those that no statement of a figure parts it from."""
        starts = [p.start for p in self.placed[causes[0].passage]]
        first = causes[0]
        text = self.document.passage_of[first.passage].text
        for before, cause in zip([first, *causes], causes, strict=False):
            stated = bisect_left(starts, before.local.end) < bisect_left(starts, cause.local.start)
            apart = self.scopes.apart.search(text, before.local.end, cause.local.start)
            named = SHORT_NAME.match(text, before.local.end, cause.local.start)
            if stated or apart or named or self._fronted(causes[0].passage, text, before, cause, starts):
                first = cause
            yield cause, first

    def _fronted(self, passage: str, text: str, before: Mention, cause: Mention, starts: list[int]) -> bool:
        """Whether a cause opens a sentence of its own and a change follows it there: ``受…影响，培训费增加5万元``."""
        stop = next(reversed(list(PARTED.finditer(text, before.local.end, cause.local.start))), None)
        if stop is None or text[stop.end() : cause.local.start].strip(FRONTING):
            return False
        close = SENTENCE_END.search(text, cause.local.end)
        end = close.start() if close else len(text)
        later = self.placed[passage][bisect_left(starts, cause.local.end) : bisect_left(starts, end)]
        return any(p.fact.measure in CHANGES for p in later)

    def _explained(self, passage: Passage, cause: Mention) -> list[Placed]:
        facts = self.placed[passage.id]
        at = cause.local.start
        start, end = self._sentence(passage, at)
        count = bisect_left(facts, at, key=lambda p: p.end)
        before = facts[max(count - NEAR, 0) : count]
        inside = [p for p in before if p.start >= start]
        head = passage.text[max(start, before[-1].end if before else 0, self._cause_before(cause)) : at]
        if self.scopes.score.search(head):
            return [p for p in self.scored[passage.id] if start <= p.start and p.end <= at][-1:]
        wide = self._above(passage, before)
        if self.scopes.rate.search(head):
            rates = [p for p in wide if p.fact.measure is Measure.COMPLETION_RATE][-1:]
            if rates:
                return rates
        scoped = self._scoped(head, wide, inside) or self._of_two(head, wide)
        if scoped:
            return scoped
        later = facts[count : bisect_left(facts, end, key=lambda p: p.start)]
        after = [p for p in later if p.fact.measure in CHANGES]
        own = [p for p in inside if not PARTED.search(passage.text, p.end, at)]
        follows = after and not PARTED.search(passage.text, cause.local.end, after[0].start)
        if follows and FRONTED.search(head) and not any(p.fact.measure in CHANGES for p in own):
            inside = []  # 支出14万元，由于…，比上年增加11万元
        if after and not inside and not (before and self.looks_back.search(head)):
            return [p for p in after if p.subject == after[0].subject and same_segment(passage.text, after[0], p)]
        outturns = [p for p in later if p.fact.measure is Measure.ACTUAL]
        if outturns and not inside and passage.text[start:at].strip(FRONTING) == "" and head.strip(FRONTING) == "":
            return outturns[:1]  # 由于…，支出决算达25万元，完成年初预算的107%
        return self._beside(passage, head, inside or before or wide, wide)

    def stated(self, passage: Passage, at: int) -> tuple[str, ...]:
        """Ids of the facts of the comparison that ends before a position."""
        start, _ = self._sentence(passage, at)
        facts = self.placed[passage.id]
        count = bisect_left(facts, at, key=lambda p: p.end)
        before = facts[max(count - NEAR, 0) : count]
        inside = [p for p in before if p.start >= start]
        found = self._beside(passage, "", inside or before, self._above(passage, before))
        return tuple(p.fact.id for p in found)

    def _cause_before(self, cause: Mention) -> int:
        causes = self.causes[cause.passage]
        at = bisect_left(causes, cause.local.start, key=lambda c: c.local.start)
        return causes[at - 1].local.end if at else 0

    def _sentence(self, passage: Passage, at: int) -> tuple[int, int]:
        """Start and end of the sentence that position `at` is in."""
        if passage.id not in self._ends:
            self._ends[passage.id] = [m.end() for m in SENTENCE_END.finditer(passage.text)]
        ends = self._ends[passage.id]
        following = bisect_right(ends, at)
        start = ends[following - 1] if following else 0
        return start, ends[following] if following < len(ends) else len(passage.text)

    def _above(self, passage: Passage, before: list[Placed]) -> list[Placed]:
        """Facts before the cause: of its passage, then of the passages above it in its section."""
        out = list(before)
        at = self.index[passage.id]
        chain = {s.id for s in self.document.heading_chain(passage.section)}
        for above in reversed(self.document.passages[max(at - BACK, 0) : at]):
            if above.cell is not None or (above.section not in chain and passage.section is not None):
                break
            out = self.placed.get(above.id, [])[-NEAR:] + out
        return out

    def _scoped(self, head: str, wide: list[Placed], inside: list[Placed]) -> list[Placed]:
        """Facts that the words before the cause name themselves."""
        group = self.scopes.group.search(head)
        direction = self.scopes.direction(head)
        if group:
            wanted = self.scopes.count(group)
            changes = [p for p in wide if p.fact.measure in CHANGES and fits(p, direction)]
            outturns = [p for p in wide if p.fact.measure is Measure.ACTUAL and not changes]
            return last_subjects(changes or outturns, wanted)
        if self.scopes.common.search(head):
            changes = [p for p in wide if p.fact.measure in CHANGES and fits(p, direction)] if direction else []
            return changes or [p for p in inside if p.fact.measure is Measure.ACTUAL]
        named = self._named(head, wide)
        changes = [p for p in named if p.fact.measure in CHANGES and (direction is None or fits(p, direction))]
        if self.scopes.budget.search(head):
            return of_budget(named)
        if not changes:
            return self._parts_of(named, wide, direction)
        last = changes[-1]
        return [p for p in changes if p.subject == last.subject and p.fact.base is last.fact.base]

    def _of_two(self, head: str, wide: list[Placed]) -> list[Placed]:
        """Give the changes of the first or the second of two things, where the head says 前者 or 后者."""
        found = self.scopes.of_two.search(head)
        if found is None:
            return []
        both = last_subjects([p for p in wide if p.fact.measure in CHANGES], 2)
        former = both[0].subject if both else ()
        return [p for p in both if (p.subject == former) == (found[0] == "前者")]

    def _parts_of(self, named: list[Placed], wide: list[Placed], direction: Direction | None) -> list[Placed]:
        """Give the changes in one direction listed behind a whole that states none itself (三公经费下降的原因是)."""
        if not named or direction is None:
            return []
        first = self.order[named[0].fact.id]
        listed = [p for p in wide if self.order[p.fact.id] > first]
        own = [p for p in listed if p.subject == named[0].subject and p.fact.measure in CHANGES]
        return [] if own else [p for p in listed if p.fact.measure in CHANGES and p.fact.direction is direction]

    def _named(self, head: str, wide: list[Placed]) -> list[Placed]:
        """Facts whose indicator the head names; the longest name wins."""
        bare = _bare(head)
        best = 0
        out: list[Placed] = []
        sizes: dict[tuple[str, ...], int] = {}  # facts of one indicator have the same names
        for placed in wide:
            names = self.names(placed.fact)
            if names not in sizes:
                sizes[names] = max((len(n) for n in names if len(n) > 2 and n in bare), default=0)
            size = sizes[names]
            if size > best:
                best, out = size, [placed]
            elif size and size == best:
                out.append(placed)
        return out or self._short_named(bare, wide)

    def _short_named(self, head: str, wide: list[Placed]) -> list[Placed]:
        """Facts whose name ends with the short name that the head begins with: ``接待费增加`` of 公务接待费."""
        short = SHORT_NAME.match(head)
        if short is None:
            return []
        return [p for p in wide if any(n.endswith(short[1]) for n in self.names(p.fact))]

    def _beside(self, passage: Passage, head: str, facts: list[Placed], wide: list[Placed]) -> list[Placed]:
        """Facts of the comparison right before the cause."""
        if not facts:
            return []
        near = [p for p in facts if not in_bracket(passage.text, p)]
        if not near:
            outer = (
                [p for p in wide if not in_bracket(passage.text, p)] if self.scopes.other_change.search(head) else []
            )
            near = outer or facts[:1]
        changes = [p for p in near if p.fact.measure in CHANGES]
        last = near[-1]
        if last.fact.measure is Measure.PRIOR and changes:
            last = changes[-1]
        if self.scopes.other_change.search(head) and changes and last.fact.measure is Measure.ACTUAL:
            last = changes[-1]
        way = self.scopes.direction(head)
        if way is not None and last.fact.direction not in (way, Direction.NONE):
            last = next((p for p in reversed(changes) if p.fact.direction is way), last)
        own = [p for p in near if p.subject == last.subject]
        mine = [p for p in own if p.fact.measure in CHANGES]
        if self.scopes.budget.search(head) and self.scopes.prior.search(head):
            return of_both(own, mine) or [last]  # 决算数小于预算数、也低于上年的主要原因是
        if self.scopes.budget.search(head):
            mine = [p for p in mine if p.fact.base in BUDGETS]
        elif mine and last.fact.measure is Measure.COMPLETION_RATE:
            mine = []
        if mine:
            dated = [p for p in mine if p.fact.base is Base.PRIOR_YEAR] if self.scopes.prior.search(head) else []
            return self._side_by_side(passage, near, dated or mine)
        if last.fact.measure is Measure.SHARE and changes:
            return [p for p in changes if p.subject == changes[-1].subject]
        actual = [p for p in own if p.fact.measure is Measure.ACTUAL] or [
            p for p in self.placed[passage.id] if p.subject == last.subject and p.fact.measure is Measure.ACTUAL
        ]
        if not actual and last.fact.measure is Measure.COMPLETION_RATE:  # 执行数35万元，执行率88%
            actual = [p for p in near if p.fact.measure is Measure.ACTUAL and same_segment(passage.text, p, last)]
        return actual[-1:] or [last]

    def _side_by_side(self, passage: Passage, near: list[Placed], mine: list[Placed]) -> list[Placed]:
        """Give the changes that one cause behind the last of them explains: those of its segment, and others before it.

        The others compare the same thing with another base: ``较上年增加…；较年初预算增加…，主要原因是``.
        """
        tail = mine[-1]
        out = [p for p in mine if same_segment(passage.text, p, tail)]
        for placed in reversed(mine[: len(mine) - len(out)]):
            first = out[0]
            others = any(placed.start < p.start < first.start and p.subject != tail.subject for p in near)
            if placed.fact.base is tail.fact.base or others or self._cause_between(passage, placed.end, first.start):
                break
            out.insert(0, placed)
        return out

    def _cause_between(self, passage: Passage, start: int, end: int) -> bool:
        """Whether a cause of the passage begins in a stretch."""
        starts = self._starts.get(passage.id, [])
        at = bisect_left(starts, start)
        return at < len(starts) and starts[at] < end
