"""Clauses of a passage as the cause tagger sees them: figures, names and brackets masked, what each clause states.

A clause is an *anchor* if it states a change, a completion rate or a zero, in figures or in words: something a
cause can explain. Masks keep every character's position.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import cache, cached_property
from operator import attrgetter

from gouji.extract.cause_cuts import PARTS, Clause, cut, fold, pairs, written_over
from gouji.extract.indicator_names import PEOPLE
from gouji.model.facts import Label, Mention
from gouji.resources.alternatives import any_of
from gouji.resources.beginnings import guarded
from gouji.resources.cause_lexicon import CLOSING, COUNT, FIGURE, OPENING, CauseLexicon, Cue, cause_lexicon
from gouji.resources.cue_finder import FoundCues, numbers

NAME, BRACKET = "\ue002", "\ue003"  # beside FIGURE and COUNT
FULLY = Decimal("0.9")  # what was carried out to nine tenths was carried out: what follows praises rather than explains
ITEM_NAME = re.compile(
    "[\u4e00-\u9fff“”（）]{2,20}?(?:经费|费用?|支出|收入|总额|资金|补助|规模)(?![\u4e00-\u9fff]{0,3}(?:费|支出|收入))"
)
BLANK = " \t\u3000\xa0“”\"‘’'《》、"
SKIPPED = frozenset(BLANK + FIGURE + COUNT + NAME + BRACKET)


class View:
    """One passage with its mentions, ready to be searched for causes.

    Parameters
    ----------
    text : str
        Text of the passage.
    figures, indicators : sequence of Mention
        Mentions of this passage.
    behind : bool
        Whether the text stands in brackets right behind a change, which its causes then explain.
    """

    def __init__(
        self, text: str, figures: Sequence[Mention], indicators: Sequence[Mention], *, behind: bool = False
    ) -> None:
        self.text = fold(text)
        self.behind = behind
        self.figures = sorted(figures, key=attrgetter("local.start", "local.end"))
        self.lexicon: CauseLexicon = cause_lexicon()
        self._bits = self.lexicon.finder.bits
        self.brackets, inside = pairs(self.text)
        self.masked = self.stated = self.text
        if self.figures or indicators or self.brackets:
            self._mask(indicators)
        self.clauses = tuple(cut(self.text, inside))
        self._ends = [c.end for c in self.clauses]
        self._figure_starts = [f.local.start for f in self.figures]
        self._money_starts = [f.local.start for f in self.figures if f.label is not Label.QUANTITY]
        if self.figures:
            self._share_out()
        self.heads: dict[int, list[int]] = {}  # filled by the openings, by clause, like the next
        self.begging: dict[int, bool] = {}

    def _mask(self, indicators: Sequence[Mention]) -> None:
        """Mask figures (`masked`), and names and brackets too (`stated`)."""
        figures = [(f.local.start, f.local.end, COUNT if f.label is Label.QUANTITY else FIGURE) for f in self.figures]
        self.masked = masked = written_over(self.text, [(s, e, mask * (e - s)) for s, e, mask in figures])
        names = []
        # 离世退休职工12人 tells what happened to them
        told = [name for name in indicators if name.entry is not None or not (name.name or "").endswith(PEOPLE)]
        for start, end in sorted([(name.local.start, name.local.end) for name in told]):
            if masked[start:end] == self.text[start:end]:
                names.append((start, end, NAME * (end - start)))
            else:  # a figure in a name
                mixed = zip(masked[start:end], self.text[start:end], strict=True)
                names.append((start, end, "".join([NAME if mark == char else mark for mark, char in mixed])))
        brackets = [(start, end, BRACKET * (end - start)) for start, end in self.brackets]
        self.stated = written_over(written_over(masked, names), brackets)

    def _share_out(self) -> None:
        """Tell each clause its figures."""
        last, starts = 0, self._figure_starts
        for clause in self.clauses:
            clause.first = bisect_left(starts, clause.start, last)
            clause.last = last = bisect_left(starts, clause.end, clause.first)
            clause.money = clause.first < last and self.has_money_or_rate(clause.start, clause.end)

    @cached_property
    def _closings(self) -> dict[str, list[int]]:
        return {cue: [m.start() for m in p.finditer(self.text)] for cue, p in self.lexicon.closings.items()}

    @cached_property
    def cues(self) -> FoundCues:
        """Where cues may stand."""
        return FoundCues(self.lexicon.finder, self.text, self._ends)

    def hinted(self, group: str, at: int) -> int:
        """Which patterns of a group of `CauseLexicon.finder` may match in clause `at`."""
        return self.cues.hints[at] & self._bits[group]

    def hinted_anywhere(self, group: str) -> int:
        """Which patterns of a group of `CauseLexicon.finder` may match in the passage."""
        return self.cues.anywhere & self._bits[group]

    def frames(self, at: int) -> list[Cue]:
        """Circumfixes whose opening half may stand in clause `at`, and the closing half in the passage."""
        found = (self.cues.hints[at] >> self.lexicon.finder.first[OPENING]) & self._closed
        if not found:
            return []
        circumfixes = self.lexicon.of_form("circumfix")
        return [circumfixes[number] for number in numbers(found)]

    @cached_property
    def _closed(self) -> int:
        """Circumfixes whose closing half may stand in the passage, by number."""
        return self.hinted_anywhere(CLOSING) >> self.lexicon.finder.first[CLOSING]

    def may_frame(self, start: int, end: int) -> bool:
        """Whether a circumfix may close, or one without closing half begin, in the stretch."""
        at = bisect_left(self._framing, start)
        return at < len(self._framing) and self._framing[at] < end

    @cached_property
    def _framing(self) -> list[int]:
        return [m.start() for m in self.lexicon.framing.finditer(self.text)]

    def may_close(self, cue: str, start: int, end: int) -> bool:
        """Whether the closing half of a circumfix may begin in the stretch."""
        found = self._closings[cue]
        return bisect_left(found, start) < bisect_left(found, end)

    def first_clause(self, position: int) -> int:
        """Index of the clause that holds `position`, or of the first one after it."""
        return bisect_right(self._ends, position)

    def figures_near(self, at: int) -> bool:
        """Whether the sentence of clause `at`, up to it, or the sentence before has an amount or a rate."""
        if self.behind:
            return True
        clause = self.clauses[at]
        return clause.money or self.has_money_or_rate(clause.near, clause.end)

    def in_bracket(self, position: int) -> bool:
        """Whether a character lies in brackets."""
        at = bisect_right(self.brackets, (position, len(self.text))) - 1
        return at >= 0 and position < self.brackets[at][1]

    def figures_in(self, start: int, end: int) -> list[Mention]:
        """Figures that begin in the stretch."""
        return self.figures[bisect_left(self._figure_starts, start) : bisect_left(self._figure_starts, end)]

    def figures_of(self, clause: Clause) -> list[Mention]:
        """Figures that begin in the clause."""
        return self.figures[clause.first : clause.last]

    def has_money_or_rate(self, start: int, end: int) -> bool:
        """Whether an amount or a rate begins in the stretch."""
        at = bisect_left(self._money_starts, start)
        return at < len(self._money_starts) and self._money_starts[at] < end

    def covered(self, start: int, end: int, names: bool = True) -> bool:
        """Whether the stretch holds nothing but words that restate a change (and figures and, if `names`, names)."""
        return self.covered_until(start, end, names) == end

    def covered_until(self, start: int, end: int, names: bool = True) -> int:
        """End of the part of the stretch, from its start on, that only restates a change."""
        match = restating().match(self.stated if names else self.masked, start, end)
        return start if match is None else match.end()

    def steps(self, start: int, end: int) -> list[int]:
        """Positions up to which the stretch only restates a change, word by word, `start` first."""
        source = self.stated
        out = [start]
        at = start
        while at < end:
            if source[at] in SKIPPED:
                at += 1
                if at == end or source[at] not in SKIPPED:
                    out.append(at)
                continue
            match = self.lexicon.state_words.match(source, at, end)
            if match is None:
                break
            at = match.end()
            out.append(at)
        return out

    def has_core(self, start: int, end: int) -> bool:
        """Whether the stretch has a word that states a direction or an execution."""
        words = self.lexicon.state_words.finditer(self.stated, start, end)
        return any(m[0] in self.lexicon.core_words for m in words)

    def restates(self, clause: Clause, names: bool = True) -> bool:
        """Whether the clause only says, without a figure, that something changed."""
        if clause.first < clause.last:
            return False
        return self.covered(clause.start, clause.end, names) and self.has_core(clause.start, clause.end)

    def names_change(self, at: int) -> bool:
        """Whether the clause says of a budget item that it changed, and a cue follows (接待费下降，是…)."""
        clause = self.clauses[at]
        name = ITEM_NAME.match(self.text, clause.start, clause.end)
        if name is None or self.covered_until(clause.start, name.end()) >= name.end():
            return False
        if self.lexicon.any_suffix.pattern.search(self.text, clause.start, name.end()):
            return False  # 补发津贴造成支出增加
        end = self.covered_until(name.end(), clause.end)
        if not self.has_core(name.end(), end):
            return False
        if end < clause.end:
            return self.lexicon.anywhere.match(self.text, end, min(clause.end + 1, len(self.text))) is not None
        if clause.stop != "，" or at + 1 == len(self.clauses):
            return False
        then = self.clauses[at + 1]
        cues = (self.lexicon.any_prefix, self.lexicon.any_frame)
        return any(cue.match(self.text, then.start, then.end) for cue in cues)

    @cached_property
    def next_anchor(self) -> tuple[int | None, ...]:
        """For each clause, the first anchor after it in its sentence, before a semicolon."""
        out: list[int | None] = [None] * len(self.clauses)
        for at in range(len(self.clauses) - 2, -1, -1):
            if self.clauses[at].stop in PARTS:
                continue
            out[at] = at + 1 if self.anchors[at + 1] else out[at + 1]
        return tuple(out)

    def bracket_ending(self, position: int) -> tuple[int, int] | None:
        """Bracket that ends right before `position`."""
        at = bisect_right(self.brackets, (position, -1)) - 1
        return self.brackets[at] if at >= 0 and self.brackets[at][1] == position else None

    def brackets_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Brackets that begin in the stretch."""
        return self.brackets[bisect_left(self.brackets, (start, 0)) : bisect_left(self.brackets, (end, 0))]

    def repeats(self, clause: Clause) -> bool:
        """Whether the clause restates a change of the whole (支出, 费用), and not that something was not there."""
        if not self.restates(clause, names=False):
            return False
        words = self.lexicon.state_words.finditer(self.stated, clause.start, clause.end)
        return not any(m[0] in self.lexicon.absent_words for m in words)

    @cached_property
    def anchors(self) -> tuple[bool, ...]:
        """For each clause, whether it states something that a cause can explain."""
        only_restates, stated = restating().fullmatch, self.stated
        return tuple(
            [
                self._states_change(c)
                if c.money
                else c.first == c.last
                and only_restates(stated, c.start, c.end) is not None
                and self.has_core(c.start, c.end)
                for c in self.clauses
            ]
        )

    def _states_change(self, clause: Clause) -> bool:
        """Whether the clause, which has an amount or a rate, says that the whole has changed, or that there is none."""
        return not self.tells_each(clause) and (self._compares(clause) or self._ends_in_zero(clause))

    def tells_each(self, clause: Clause) -> bool:
        """Whether the clause says how a standard or a price changed: ``人均补助标准提高5元``."""
        each = self.lexicon.shapes["each"].search(self.masked, clause.start, clause.end)
        if each is None:
            return False
        return (
            self.has_core(clause.start, clause.end)
            or self.lexicon.shapes["adjusted"].search(self.masked, clause.start, clause.end) is not None
        )

    def _compares(self, clause: Clause) -> bool:
        """Whether the clause states a change, or how far something was carried out, in figures."""
        change, completion = figure_patterns()
        return (
            change.search(self.stated, clause.start, clause.end) is not None
            or completion.search(self.stated, clause.start, clause.end) is not None
        )

    def falls_short(self, at: int) -> bool:
        """Whether the clause gives a rate of execution, under a name that holds the word, that begs an explanation."""
        clause = self.clauses[at]
        if not clause.money or figure_patterns()[1].search(self.masked, clause.start, clause.end) is None:
            return False
        values = [f.value for f in self.figures_of(clause) if f.label is Label.RATE]
        return bool(values) and values[-1] is not None and values[-1].canonical < FULLY

    def _ends_in_zero(self, clause: Clause) -> bool:
        """Whether the clause ends with a figure that is zero."""
        if not self._ends_in_figure(clause):
            return False
        value = self.figures[clause.last - 1].value
        return value is not None and value.number == 0

    def states_zero(self, at: int) -> bool:
        """Whether the clause is an anchor only because its figure is zero."""
        clause = self.clauses[at]
        return not self._compares(clause) and self._ends_in_zero(clause)

    def weak_anchor(self, at: int) -> bool:
        """Whether the clause at least ends like a statement of a change, whatever its subject."""
        clause = self.clauses[at]
        if self.anchors[at] or self.falls_short(at):
            return True
        words = list(self.lexicon.state_words.finditer(self.stated, clause.start, clause.end))
        if not words or words[-1].end() != clause.end:
            return False
        return any(word[0] in self.lexicon.core_words for word in words[-3:])

    def states_figure(self, clause: Clause) -> bool:
        """Whether the clause ends with an amount or rate: ``上年支出6.47万元``."""
        if not clause.money or self.figures[clause.last - 1].label is Label.QUANTITY:
            return False
        return self._ends_in_figure(clause) and not self.tells_each(clause)

    def states_count(self, clause: Clause) -> bool:
        """Whether the clause ends with a count: ``年末保有5辆``."""
        return self._ends_in_figure(clause)

    def _ends_in_figure(self, clause: Clause) -> bool:
        """Whether nothing follows the last figure of the clause but blanks, quotes and brackets."""
        if clause.first == clause.last:
            return False
        end = self.figures[clause.last - 1].local.end
        return end >= clause.end or not self.stated[end : clause.end].strip(BLANK + BRACKET)


@cache
def restating() -> re.Pattern[str]:
    """Give the pattern of words that restate a change, one after another, each taken as it is found first."""
    skipped = re.escape("".join(sorted(SKIPPED)))
    return re.compile(f"(?:[{skipped}]|(?>{cause_lexicon().state_words.pattern}))*+")


@cache
def figure_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of a change and of a completion before (or after) a masked figure."""
    lexicon = cause_lexicon()
    word = any_of(lexicon.change_words)
    base = "(?:年初|全年|调整|年中|当年)*预算数?|(?:上年|去年|上一年)度?(?:决算数?|支出|同期)?"
    between = f"(?:支出|收入|经费|费用|资金|{base})?[{BRACKET}了约近达到为率额仅至幅度共计均各别分{BLANK}]{{0,6}}"
    change = f"{word}{between}{FIGURE}|{FIGURE}的?{word}|[比较][^，。；]{{1,10}}[低高](?:了|出)?{FIGURE}"
    completion = f"{any_of(lexicon.completion_words)}[^，；。]{{0,14}}{FIGURE}"
    return re.compile(guarded(change)), re.compile(guarded(completion))
