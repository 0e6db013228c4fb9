"""Figures and indicators -> facts, by a grammar over typed tokens.

Reading order: `tokens` (a passage becomes typed tokens), `productions` (what sequences of them say), `reading` (roles
become readings), `state` (what is carried from clause to clause), then `wholes`, `directions`, `paths` and `frames`
for what a clause leaves open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from gouji.facts.bases import rebase
from gouji.facts.directions import settle
from gouji.facts.doubts import doubt
from gouji.facts.frames import Frames
from gouji.facts.owners import other_subject
from gouji.facts.paths import Paths
from gouji.facts.reading import Reader
from gouji.facts.readings import Reading
from gouji.facts.state import HEADS, State
from gouji.facts.tokens import Line, tokenise
from gouji.model.document import Document, Passage, PassageKind
from gouji.model.facts import COMPARED, FIGURES, Base, Fact, Label, Mention
from gouji.model.spans import Span
from gouji.resources.lexicon import lexicon
from gouji.text.clauses import SENTENCE_END

CLAUSE = re.compile(r"[，,。；;、]")
COUNTED_NOUN = re.compile(r"\s*(?!其中|分别|包括|[为是与和及])[\u4e00-\u9fff]")


def assemble_facts(document: Document, mentions: Sequence[Mention]) -> tuple[Fact, ...]:
    """Read one fact per figure that states something of an indicator.

    Parameters
    ----------
    document : Document
    mentions : sequence of Mention
        All mentions of the document, sorted; causes among them.

    Returns
    -------
    tuple of Fact
        Ids ``f1``, ``f2``, … in the order of their figures.
    """
    by_passage: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_passage.setdefault(mention.passage, []).append(mention)
    assembler = _Assembler(document)
    drafts: list[Draft] = []
    for passage in document.passages:
        if passage.id in by_passage:
            drafts.extend(assembler.passage(passage, by_passage[passage.id]))
    drafts.sort(key=_place)
    return tuple([Fact(f"f{n}", *fields) for n, (_, fields) in enumerate(drafts, start=1)])


Draft = tuple[tuple[int, int], tuple[Any, ...]]
"""Where the figure of a fact stands, and all fields of the fact but its id, which only their order gives."""
_place = itemgetter(0)


class _Assembler:
    """Goes through the passages of a document in order, with what one leaves to the next."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lexicon = lexicon()
        self.frames = Frames.of(document, self.lexicon)
        self.paths = Paths()
        self.section: str | None = None
        self.heading: dict[str | None, Mention] = {}
        self.last: State | None = None
        self._tops: dict[str | None, tuple[str, ...]] = {}

    def passage(self, passage: Passage, mentions: Sequence[Mention]) -> list[Draft]:
        """Facts of one passage."""
        if passage.kind is PassageKind.HEADING:
            for mention in mentions:
                if mention.label is Label.INDICATOR:
                    self.heading.setdefault(passage.section, mention)
        lines = tokenise(passage, mentions, self.frames.year, self.lexicon)
        text = lines[0].text
        for token in lines[0].tokens:
            if token.letter == "I" and token.mention is not None:
                self.paths.note(token.mention, text[token.start : token.end], token.level)
        if not any(mention.label in FIGURES for mention in mentions):
            self._title(passage, mentions)
            return []
        frame = self.frames.frame(passage)
        state = State(indicator=self._inherited(passage, lines[0], mentions))
        if state.indicator is not None and state.indicator.rule in HEADS:
            state.project = state.indicator
        state.head = self._head(passage)
        state.sums = self._sums(passage)
        state.said = self._said(passage)
        readings = Reader(frame, state).read(lines[0])
        for line in lines[1:]:
            readings += Reader(frame, State(base=state.base, base_period=state.base_period)).read(line)
        rebase(readings)
        settle(readings)
        doubt(readings)
        self.last, self.section = (state, passage.section) if passage.cell is None else (self.last, self.section)
        bounds = [0, *(match.end() for match in SENTENCE_END.finditer(passage.text)), len(passage.text)]
        sentences: dict[int, Span] = {}
        facts = []
        for reading in readings:
            if reading.indicator is None and self._bare_count(reading, passage):
                continue
            at = bisect_right(bounds, reading.figure.local.start)
            sentence = sentences.get(at)
            if sentence is None:
                sentence = sentences[at] = passage.offsets.to_source(Span(bounds[at - 1], bounds[at]))
            place = reading.figure.span
            facts.append(((place.start, place.end), self._fact(reading, frame.prefix, sentence)))
        return facts

    def _title(self, passage: Passage, mentions: Sequence[Mention]) -> None:
        """Let a line that is hardly more than a name stand over the passages behind it: 产出成本指标."""
        named = [mention for mention in mentions if mention.label is Label.INDICATOR]
        if passage.cell is None and len(named) == 1 and len(named[0].local) * 2 > len(passage.text.strip()):
            self.last, self.section = State(indicator=named[0]), passage.section

    def _inherited(self, passage: Passage, line: Line, mentions: Sequence[Mention]) -> Mention | None:
        """Take the indicator that a passage begins with: its heading's, else the last one of its section.

        The last one is left where the passage begins with a subject of its own: 绩效方面，街道对15个项目自评。
        """
        if passage.cell is not None:
            return None
        for section in reversed(self.document.heading_chain(passage.section)):
            if section.id in self.heading:
                return self.heading[section.id]
        if self.last is None or self.section != passage.section or self.section is None:
            return None
        letters = line.letters
        figures = [n for n, letter in enumerate(letters) if letter in "AQRr"]
        if not figures:
            return self.last.indicator
        first = line.tokens[next((n for n in figures if letters[n] != "Q"), figures[0])]
        named = any(m.label is Label.INDICATOR and m.local.start < first.start for m in mentions)
        return None if named or other_subject(line, figures[0], self.lexicon) else self.last.indicator

    def _head(self, passage: Passage) -> Mention | None:
        """Head of the lists of a passage that names none: that of the passage before in the same section."""
        if self.last is None or passage.cell is not None:
            return None
        same = self.section is not None and self._top(passage.section) == self._top(self.section)
        return (self.last.head or self.last.indicator) if same else None

    def _sums(self, passage: Passage) -> dict[str, Mention]:
        """Give the sums that the passages before in the same section have named."""
        here, there = self._top(passage.section), self._top(self.section)
        same = bool(here and there) and all(a == b for a, b in zip(here, there, strict=False))
        return dict(self.last.sums) if same and self.last is not None and passage.cell is None else {}

    def _said(self, passage: Passage) -> Base | None:
        """Budget that the section has spoken of before: what its 预算 alone means."""
        if self.last is None or passage.cell is not None or self.section is None:
            return None
        same = self._top(passage.section) == self._top(self.section)
        return (self.last.budget or self.last.said) if same else None

    def _top(self, section: str | None) -> tuple[str, ...]:
        known = self._tops.get(section)
        if known is None:
            known = self._tops[section] = tuple(s.id for s in self.document.heading_chain(section)[:2])
        return known

    def _bare_count(self, reading: Reading, passage: Passage) -> bool:
        """Tell a count of an organisation's own parts, a figure without indicator that states no fact."""
        figure = reading.figure
        if figure.label is not Label.QUANTITY:
            return False
        counted = passage.text[figure.local.end : figure.local.end + 14]
        if COUNTED_NOUN.match(counted):  # 对部门整体和11个项目自评: it is the projects that are counted
            noun = CLAUSE.split(counted)[0][:8]
            return "单位" in noun and self.lexicon.holds("structure", noun)
        before = passage.text[max(0, figure.local.start - 8) : figure.local.start].rstrip()
        return before.endswith(self.lexicon.by_kind["structure_listed"])

    def _fact(self, reading: Reading, prefix: tuple[str, ...], sentence: Span) -> tuple[Any, ...]:
        """Fields of a fact behind its id."""
        indicator = reading.indicator
        compared = reading.measure in COMPARED
        return (
            reading.figure.id,
            indicator.id if indicator is not None else None,
            self.paths.of(indicator, reading.name, reading.parent, prefix),
            reading.measure,
            reading.period,
            reading.base if compared else Base.NONE,
            reading.direction,
            reading.of,
            reading.base_period if compared else None,
            tuple(dict.fromkeys(reading.flags)) if reading.flags else (),
            reading.rule,
            sentence,
        )
