"""Passages -> CAUSE mentions.

Reading order: `cause_cuts` (where a passage is cut), `cause_clauses` (what a clause states), `cause_statements`
(what it is to an explanation), `cause_begging` (what begs one), `cause_openings` (what opens one), `cause_zones` (how
far it reaches), `cause_items` and `cause_joins` (which reasons it holds), this module (passage by passage),
`cause_cells` (reasons in table cells).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gouji.extract.cause_begging import counted
from gouji.extract.cause_cells import cell_causes, reason_cells, shortfall_causes
from gouji.extract.cause_clauses import NAME, View
from gouji.extract.cause_items import EDGE, items
from gouji.extract.cause_openings import Opened, cued, opening
from gouji.extract.cause_statements import eventful, marker, plain_cue, segment_end, states_something
from gouji.extract.cause_zones import FIRST, Found, reach
from gouji.extract.indicator_names import LEVEL
from gouji.model.document import Document, Passage, PassageKind
from gouji.model.facts import Label, Mention
from gouji.model.spans import Span
from gouji.resources.cause_lexicon import CauseLexicon, cause_lexicon

BY_BRACKET = 0.75
COUNTED = re.compile(r"[比较](?:上年|去年|年初)[^，。；]{0,6}[增减][^，。；]{0,2}\d+[人名个家]")
"""在职人员比上年减少2人: what is looked at even where a unit and its duties are described."""
BLANK = re.compile("[ \u3000\xa0]")
STRETCH = re.compile(r"(?<=[^\x00-\x7f])[ \u3000\xa0]+(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Carry:
    """An explanation that the next passage may go on with: the cue, and the series of its list markers if any."""

    cue: str
    confidence: float
    rule: str
    series: str | None


def tag_causes(document: Document, figures: Sequence[Mention], indicators: Sequence[Mention]) -> list[Mention]:
    """Tag the cause explanations of all passages.

    Parameters
    ----------
    document : Document
    figures, indicators : sequence of Mention
        Mentions found before.

    Returns
    -------
    list of Mention
        In order; spans leave out the cue (`cue`) and the final punctuation, and do not overlap.
    """
    by_passage: dict[str, tuple[list[Mention], list[Mention]]] = defaultdict(lambda: ([], []))
    for mention in figures:
        by_passage[mention.passage][0].append(mention)
    for mention in indicators:
        by_passage[mention.passage][1].append(mention)
    cells = reason_cells(document)
    skipped = skipped_sections(document, cause_lexicon())
    out: list[Mention] = []
    carry: Carry | None = None
    for passage in document.passages:
        if passage.kind is PassageKind.CELL:
            found = cell_causes(passage) if passage.cell in cells else shortfall_causes(passage)
            carry = None
        elif (passage.section not in skipped or COUNTED.search(passage.text)) and (
            passage.kind is PassageKind.PARAGRAPH or carry
        ):
            view, kept = unstretched(passage.text, *by_passage[passage.id])
            reader = Reader(view, carry)
            found = tuple(reader.read(headed=passage.kind is PassageKind.HEADING))
            if kept is not None:
                found = tuple(replace(f, start=kept[f.start], end=kept[f.end - 1] + 1) for f in found)
            carry = reader.carry
        else:
            continue
        out += [_mention(passage, item) for item in found]
    return out


def unstretched(text: str, figures: Sequence[Mention], indicators: Sequence[Mention]) -> tuple[View, list[int] | None]:
    """View of a passage without blanks between Chinese characters (``主 要 原 因``), which page layout leaves.

    Returns
    -------
    tuple
        The view, and the positions of its characters in `text`; None where nothing was left out.
    """
    if BLANK.search(text) is None or STRETCH.search(text) is None:
        return View(text, figures, indicators), None
    dropped = {i for match in STRETCH.finditer(text) for i in range(*match.span())}
    kept = [i for i in range(len(text)) if i not in dropped]

    def moved(mention: Mention) -> Mention:
        local = Span(bisect_left(kept, mention.local.start), bisect_left(kept, mention.local.end))
        return replace(mention, local=local)

    view = View("".join(text[i] for i in kept), [moved(m) for m in figures], [moved(m) for m in indicators])
    return view, kept


def skipped_sections(document: Document, lexicon: CauseLexicon) -> frozenset[str]:
    """Ids of the sections that define words or list duties."""
    named = {s.id for s in document.sections if any(word in s.title for word in lexicon.skipped_sections)}
    if not named:
        return frozenset()
    return frozenset(s.id for s in document.sections if any(a.id in named for a in document.heading_chain(s.id)))


class Reader:
    """Reads one passage from left to right; `carry` says what the next one may go on with."""

    def __init__(self, view: View, carry: Carry | None = None) -> None:
        self.view = view
        self.carry = carry

    def read(self, headed: bool = False) -> Iterator[Found]:
        """Yield the causes in order.

        Parameters
        ----------
        headed : bool
            The passage was taken for a heading: only an explanation carried over from above is read.
        """
        view, carry = self.view, self.carry
        self.carry = None
        at = 0
        remarks = any(end - start >= REMARK for start, end in view.brackets)
        if carry is not None and self._goes_on(carry):
            zone = reach(view, view.clauses[0].start)
            yield from self._items((zone, carry.cue, carry.confidence, carry.rule))
            at = zone.next_clause
        while at < len(view.clauses) and not headed:
            opened = opening(view, at)
            if opened is None:
                if remarks:
                    yield from _bracketed(view, at)
                at += 1
                continue
            yield from self._items(opened)
            at = max(opened[0].next_clause, at + 1)
        if self.carry is None and not headed:
            self.carry = self._announced()

    def _items(self, opened: Opened) -> Iterator[Found]:
        zone, cue, confidence, rule = opened
        for start, end in items(self.view, zone, cue):
            if acceptable(self.view, start, end):
                yield Found(start, end, cue, confidence, rule)
        first = marker(self.view, zone.start, zone.end)
        last = zone.next_clause >= len(self.view.clauses)
        self.carry = Carry(cue, confidence, rule, first[0]) if first and last else None

    def _goes_on(self, carry: Carry) -> bool:
        """Whether the passage begins with a further reason."""
        view = self.view
        if not view.clauses:
            return False
        found = marker(view, view.clauses[0].start, view.clauses[0].end)
        if carry.series is not None:
            if found is None or found[0] != carry.series or FIRST.match(view.text, view.clauses[0].start):
                return False
            if LEVEL.search(view.text, found[1], view.clauses[0].end):
                return False  # 6.公务员医疗补助（项）。年初预算为2万元: the next item of the report, known or not
            named = view.stated.startswith(NAME, found[1])  # 3.教育支出（类）…: the next heading, not the next reason
            return not (named and view.has_money_or_rate(found[1], view.clauses[segment_end(view, 0) - 1].end))
        return found is not None or (not states_something(view, 0) and eventful(view, 0))

    def _announced(self) -> Carry | None:
        """Give the cue at the very end of the passage, if one announces what the next passage says."""
        view = self.view
        if not view.clauses or view.clauses[-1].stop not in ("：", ""):
            return None
        last = view.clauses[-1]
        for at in range(max(last.start, last.end - LONGEST_CUE), last.end):
            cue = plain_cue(view, at, min(last.end + 1, len(view.text)))
            if cue is not None and not view.text[cue.end() :].strip(EDGE):
                return Carry(cue[0], CARRIED, "carried", None)
        return None


CARRIED = 0.9
LONGEST_CUE = 24  # characters
SHORTEST_CAUSE = 2  # characters
REMARK = SHORTEST_CAUSE + 2  # characters of a bracket that can hold a cause, marks included: not （类）, （境）


def acceptable(view: View, start: int, end: int) -> bool:
    """Whether the stretch is an explanation at all, and not a null cause."""
    text = view.text[start:end].strip(EDGE)
    if len(text) < SHORTEST_CAUSE or text in view.lexicon.null_causes:
        return False
    return view.lexicon.any_null.match(text) is None


def _bracketed(view: View, at: int) -> Iterator[Found]:
    """Explanations in brackets right after the figure."""
    clause = view.clauses[at]
    for start, end in view.brackets_in(clause.start, clause.end):
        if end - start < REMARK or view.has_money_or_rate(start, end):
            continue
        inside = start > clause.start
        behind = inside or (at > 0 and view.anchors[at - 1])
        inner = View(view.text[start + 1 : end - 1], [], [], behind=behind)
        if not inner.clauses:
            continue
        opened = cued(inner, 0)
        cue, confidence, rule = (opened[1], opened[2], opened[3]) if opened else ("", BY_BRACKET, "bracket")
        changed = view.anchors[at] or counted(view, clause.start, start)
        if opened is None and not (changed and inside and end >= clause.end and eventful(inner, 0)):
            continue
        zone = opened[0] if opened else reach(inner, 0)
        for left, right in items(inner, zone):
            if acceptable(inner, left, right):
                yield Found(start + 1 + left, start + 1 + right, cue, confidence, rule)


def _mention(passage: Passage, found: Found) -> Mention:
    local = Span(found.start, found.end)
    return Mention(
        "",
        Label.CAUSE,
        passage.offsets.to_source(local),
        passage.id,
        local,
        page=passage.page,
        cue=found.cue,
        confidence=found.confidence,
        rule=f"cause-{found.rule}",
    )
