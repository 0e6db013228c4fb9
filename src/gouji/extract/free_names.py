"""Names that no gazetteer knows: the noun phrase that a figure belongs to, before it or after it."""

from __future__ import annotations

import re

from gouji.extract.indicator_names import Candidate
from gouji.model.document import Passage
from gouji.model.facts import Label, Mention
from gouji.model.spans import Span
from gouji.resources.indicator_context import indicator_context

CLAUSE_BREAK = re.compile(r"[，,。；;：:、！？\n（(“”\"《》]|\d[.．]\s*")
AFTER_BREAK = re.compile(r"[，,。；;：:、！？\n“”\"《》)）]")
HAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9（）()]+")
LONGEST = 24
SHORTEST = 2


class FreeNames:
    """Finds free names around the figures of one passage."""

    def __init__(self, passage: Passage, figures: list[Mention], performance: bool) -> None:
        self.text = passage.text
        self.figures = figures
        self.performance = performance
        self.words = indicator_context()

    def name_of(self, figure: Mention, previous: int) -> Candidate | None:
        """Name of a figure, None where none can be told."""
        before = self._before(figure, previous)
        if before is not None or figure.label is not Label.QUANTITY or not self.performance:
            return before
        return self._after(figure)

    def _before(self, figure: Mention, previous: int) -> Candidate | None:
        start, end = self._clause(previous, figure.local.start)
        end = self._without_fillers(start, end)
        begin = self._boundary(start, end)
        name = self.text[begin:end]
        if not SHORTEST <= len(name) <= LONGEST or name in self.words.not_names or not HAN.fullmatch(name):
            return None
        kind = self._type(figure, name, self.text[start:begin])
        return None if kind is None else Candidate(Span(begin, end), kind, name, "free-before")

    def _clause(self, previous: int, end: int) -> tuple[int, int]:
        start = previous
        for match in CLAUSE_BREAK.finditer(self.text, previous, end):
            if match.end() < end:
                start = match.end()
        return start, end

    def _without_fillers(self, start: int, end: int) -> int:
        """End of the phrase once trailing fillers (``年初预算为``, ``较上年提高``) are taken off."""
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in "（("):
            end -= 1
        piece = self.text[start:end]
        comparison = re.search(r"(?:比|较|由|从|同比|与)", piece)
        if comparison and comparison.start() >= SHORTEST:
            piece = piece[: comparison.start()]
        changed = True
        while changed:
            changed = False
            for match in self.words.filler.finditer(piece):
                if match.end() == len(piece) and match.start() < match.end():
                    piece, changed = piece[: match.start()], True
        return start + len(piece.rstrip())

    def _boundary(self, start: int, end: int) -> int:
        """Where the phrase begins: after the last word that takes an object."""
        begin = start
        for match in self.words.boundary.finditer(self.text, start, end):
            if end - match.end() >= SHORTEST:
                begin = match.end()
        while begin < end and self.text[begin].isspace():
            begin += 1
        return begin

    def _type(self, figure: Mention, name: str, lead: str) -> str | None:
        """Type of a free name by its head, its figure and where it stands; None if it is none."""
        words = self.words
        if figure.label is Label.AMOUNT:
            if not words.money_head.search(name):
                return None
            return words.cell_types["money"] if self.performance and name.endswith(("费", "费用")) else "project_funds"
        if figure.label is Label.RATE:
            if not words.rate_head.search(name):
                return None
            return "satisfaction" if "满意" in name else "other"
        if not words.count_head.search(name):
            return None
        if self.performance:
            return words.cell_types["quantity"]
        return "other" if not lead.strip() or words.opener.search(lead) else None

    def _after(self, figure: Mention) -> Candidate | None:
        start = figure.local.end
        while start < len(self.text) and self.text[start] == " ":
            start += 1
        stop = AFTER_BREAK.search(self.text, start)
        end = min(stop.start() if stop else len(self.text), start + LONGEST)
        following = next((f.local.start for f in self.figures if f.local.start >= start), len(self.text))
        end = min(end, following)
        for match in self.words.after_stop.finditer(self.text, start, end):
            if match.start() - start >= SHORTEST:
                end = match.start()
                break
            if match.start() == start:
                return None
        name = self.text[start:end].strip()
        if not SHORTEST <= len(name) <= LONGEST or name in self.words.not_names or not HAN.fullmatch(name):
            return None
        return Candidate(Span(start, start + len(name)), self.words.cell_types["quantity"], name, "free-after")
