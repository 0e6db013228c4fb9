"""From a production that matched to readings: what each figure says, of which indicator, against which base.

Reading order: `gouji.facts.matches` (a line, a match), then one method for each role that a production gives to tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gouji.facts.comparisons import (
    BASE_VALUES,
    Comparison,
    beyond_budget,
    budget_of,
    carried,
    compare,
)
from gouji.facts.directions import direct
from gouji.facts.matches import Matches
from gouji.facts.measures import PLAIN, SCORED
from gouji.facts.owners import average_of, both_totals, cut_object, words_before
from gouji.facts.readings import Reading
from gouji.facts.targets import BOUNDS, QUALITIES, compared_with, is_aim, is_difference, names_another
from gouji.facts.wholes import is_bare, item_of_budget, name_of_whole, sum_of_items
from gouji.model.facts import Base, Measure
from gouji.resources.lexicon import lexicon

_CHANGE, _CHANGE_RATE = Measure.CHANGE, Measure.CHANGE_RATE


class Reader(Matches):
    """Reads what the tokens of each role say."""

    def _before(self, number: int) -> Reading:
        """Read the value of the base itself (比上年的5万元增加…)."""
        comparison = self.comparison or Comparison(Base.PRIOR_YEAR, None)
        reading = self._add(number, BASE_VALUES[comparison.base])
        prior = comparison.base is Base.PRIOR_YEAR
        reading.period = self.frame.year_before() if prior else comparison.period or reading.period
        reading.indicator = self._named("base") or reading.indicator
        return reading

    def _change(self, number: int) -> Reading:
        letter = self.letters[number]
        bound = self._dir_row() in BOUNDS and letter in "RQ"
        if self.comparison is None and bound and self._names_another(number):
            return self._add(number, Measure.OTHER)
        if self.comparison is None and (bound or is_aim(self.line, number, lexicon())):
            return self._limit(number)
        self._stand_aside(number)
        if "unlike" in self.found.groups and self.comparison is not None and self._dir_row() in QUALITIES:
            return self._add(number, Measure.COUNT if letter == "Q" else Measure.OTHER)
        self._leave(number)
        beyond = self._beyond_budget()
        reading = self._add(number, _CHANGE_RATE if letter == "R" else _CHANGE)
        counted = letter == "Q" and self.line.cause is not None
        found = self.comparison or beyond or carried(self.frame, self.state, count_in_cause=counted)
        reading.base, reading.base_period = found.base, found.period
        reading.assumed = self.comparison is None
        if found.flags:
            reading.flag(*found.flags)
        self._direct(reading)
        each = self.letters.find("G", self.found.start, self.found.end) >= 0
        last = self.readings[-2].name if len(self.readings) > 1 else None
        if (each or last) and (both := both_totals(reading.indicator, self.state, each=each, last=last)):
            reading.indicator, reading.name = None, both
        return reading

    def _dir_row(self) -> str:
        """Id of the row of the word of direction, empty without one."""
        words = self._tokens("dir")
        return words[0].row.id if words and words[0].row is not None else ""

    def _names_another(self, number: int) -> bool:
        return self._dir_row() in BOUNDS and names_another(self.line, self._number("dir"), number)

    def _stand_aside(self, number: int) -> None:
        """Leave a change without base that is one from another thing, or the rate of such a change behind it."""
        if self.comparison is not None:
            return
        last = self.readings[-1] if self.readings else None
        told = last is not None and last.measure is _CHANGE and last.base is Base.NONE and not last.assumed
        same = told and self.letters[number] == "R" and "." not in self.letters[self.last : number]
        if same or self._names_another(number):
            self.comparison = Comparison(Base.NONE, None)

    def _joined(self, number: int) -> Reading:
        """Read a figure joined to a change by 、: one more change if nothing names it (减少3批次、20人次)."""
        return self._value(number) if self.line.between(number - 1, number) else self._change(number)

    def _over(self, number: int) -> Reading:
        """Read a figure behind a period that a bound goes before: 高于上年决算数2万元."""
        since = self._tokens("since")
        if self._dir_row() in BOUNDS and not self.line.between(self.found.groups["since"].stop - 1, number):
            self.comparison = compare(since, self.frame, self.state)
            return self._change(number)
        if since[0].letter == "Y" and len(since) == 1 and self.letters[number] in "AQ":
            return self._prior(number)
        for token in since:
            self.state.feed(token)
        return self._value(number)

    def _limit(self, number: int) -> Reading:
        """Read a bound: a target where the value before it is compared with it, else a value as any other."""
        compared = compared_with(self.line, number, self.readings)
        return self._add(number, Measure.TARGET if compared is not None else self._measure(number, None))

    def _aim(self, number: int) -> Reading:
        """Read a figure behind 低于目标值: the target itself, or how far it was missed."""
        word = self._tokens("measure")[0]
        target = word.row is not None and word.row.value == Measure.TARGET
        if not target or not is_difference(self.line, number, self.readings):
            return self._value(number)
        self.comparison = Comparison(Base.NONE, None)
        return self._change(number)

    def _beyond_budget(self) -> Comparison | None:
        between = self.letters[self.last : self.found.start]
        return beyond_budget(self._dir_row(), self.readings[-1] if self.readings and "." not in between else None)

    def _direct(self, reading: Reading) -> None:
        direct(reading, next((token.row for token in self._tokens("dir")), None))

    def _missing(self, number: int) -> Reading:
        """Read a figure behind a base without a word of direction; `directions.settle` says what it is."""
        reading = self._change(number)
        reading.flag("direction_missing")
        return reading

    def _gap(self, number: int) -> Reading:
        """Read a difference without base and direction: from the budget that the passage has named, if it has."""
        reading = self._missing(number)
        if self.comparison is None and self.state.base is None and self.state.budget is not None:
            reading.base, reading.base_period = self.state.budget, None
        return reading

    def _old(self, number: int) -> Reading:
        reading = self._add(number, Measure.PRIOR if self.letters[number] in "AQR" else Measure.OTHER)
        reading.period = self.frame.year_before()
        return reading

    def _new(self, number: int) -> Reading:
        letter = self.tokens[number].letter
        budget = self.readings[-1].measure is Measure.INITIAL_BUDGET if self.readings else False
        if letter == "A" and budget and self._dir_row() == "changed-to":
            return self._add(number, Measure.ADJUSTED_BUDGET)  # 年初批复10万元，调整为12万元
        return self._add(number, Measure.COUNT if letter == "Q" else Measure.ACTUAL)

    def _planned(self, number: int) -> Reading:
        return self._add(number, BASE_VALUES[self._completion_base()])

    def _complete(self, number: int) -> Reading:
        first, budget = self.tokens[self.found.start], self._tokens("budget")
        share = self.found.name == "completion_share"
        if share and (whole := item_of_budget(self.line.text[first.end : budget[-1].end])):  # 占项目支出预算的60%
            reading = self._add(number, Measure.SHARE)
            reading.of = name_of_whole(whole, None, None, reading.indicator)
            return reading
        reading = self._add(number, Measure.COMPLETION_RATE)
        reading.base = self._completion_base()
        return reading

    def _completion_base(self) -> Base:
        if budget := self._tokens("budget"):
            self.state.budget = budget_of(budget[-1], self.frame, self.state)
            return self.state.budget
        if (named := self._tokens("named")) and named[0].row is not None:
            return Base(named[0].row.value)
        return self.state.budget or self.state.said or self.frame.bare_budget

    def _share(self, number: int) -> Reading:
        reading = self._add(number, Measure.SHARE)
        first = next(t for t in (*self._tokens("share"), *self._tokens("shares")) if t.letter == "R")
        text = self.line.text[self.tokens[self._number("verb")].end : first.start]
        named = self._named("whole")
        if self.state.whole is not None and named is None and is_bare(text):
            reading.of = self.state.whole
        else:
            head, part = self.state.head, reading.indicator
            above = head is not None and part is not None and head.passage != part.passage
            whole = self._sum_of(reading, text) if above and named is None else None  # 3.公务接待费3万元，占18%
            reading.of = whole or name_of_whole(text, named, head, part) or self._sum_of(reading, text)
            self.state.whole = None if is_bare(text) else reading.of
        return reading

    def _sum_of(self, reading: Reading, text: str) -> str | None:
        """Name the last sum before a numbered item with a bare share: 收入合计9万元。（一）财政拨款收入8万元，占88%."""
        part = reading.indicator
        start = next((t.start for t in self.tokens if t.mention is part), 0)
        return sum_of_items(self.state.sums, part, self.line.text[:start]) if is_bare(text) else None

    def _variance(self, number: int) -> Reading:
        row = self.tokens[self.found.start].row
        reading = self._add(number, Measure.CHANGE_RATE)
        reading.base = Base(row.value) if row is not None else Base.INITIAL_BUDGET
        return reading

    def _average(self, number: int) -> Reading:
        """Read an average: it has its own name where a tagged name says it, else the name that its word stands for."""
        reading = self._add(number, Measure.AVERAGE)
        word = self.tokens[self.found.start]
        if word.end > word.start and word.row is not None:
            name = average_of(reading.indicator or self.state.indicator, word.row) or word.row.value
            reading.name, reading.indicator = (name, None) if name else (reading.name, reading.indicator)
        return reading

    def _foreign(self, number: int) -> Reading:
        """Read another unit's figure in a bracket (…；邻区：5%) as the one before it."""
        if not self.state.depth or not self.readings:
            return self._value(number)
        model = next((r for r in reversed(self.readings) if r.indicator is not None), self.readings[-1])
        reading = self._add(number, model.measure)
        reading.base, reading.direction, reading.base_period = model.base, model.direction, model.base_period
        name = words_before(self.line, self._number("foreign"), lexicon()) or ""
        own = model.indicator.name if model.indicator is not None and model.indicator.name else ""
        reading.indicator, reading.name = None, name + own
        reading.flag("foreign_unit")
        return reading

    def _prior(self, number: int) -> Reading:
        reading = self._add(number, Measure.PRIOR if self.tokens[number].letter == "A" else Measure.COUNT)
        reading.period = self.frame.year_before()
        self.state.year = None
        return reading

    def _last_budget(self, number: int) -> Reading:
        reading = self._add(number, BASE_VALUES[budget_of(self._tokens("measure")[0], self.frame, self.state)])
        reading.period = self.frame.year_before()
        return reading

    def _plain(self, number: int) -> Reading:
        """Read a figure whose word says the measure, and names it where its clause names nothing that is scored."""
        behind = self.letters[self.last : self.found.start][1:]
        if self._dir_row() == "policy-cut" and behind == "," and self.readings and self.readings[-1].measure is _CHANGE:
            return self._change(number)  # 减少2万元，压减10%
        reading = self._add(number, PLAIN[next(role for role in PLAIN if role in self.found.groups)])
        if "remainder" in self.found.groups:
            reading.of = self.state.planned
        if self.found.name == "policy" and reading.indicator is None:
            reading.name = cut_object(self.line, number) or reading.name
        word = self.tokens[self.found.start]
        scored = reading.indicator is not None and reading.indicator.type in SCORED
        if word.letter in "Uz" and word.end > word.start and not self.state.in_clause and not scored:
            reading.indicator, reading.name = None, self.line.text[word.start : word.end]
        return reading


ROLES: Mapping[str, Callable[[Reader, int], Reading]] = {
    "before": Reader._before,
    "change": Reader._change,
    "changes": Reader._change,
    "rate": Reader._change,
    "joined": Reader._joined,
    "over": Reader._over,
    "missing": Reader._missing,
    "gap": Reader._gap,
    "aim": Reader._aim,
    "value": Reader._value,
    "values": Reader._value,
    "old": Reader._old,
    "new": Reader._new,
    "planned": Reader._planned,
    "complete": Reader._complete,
    "share": Reader._share,
    "shares": Reader._share,
    "variance": Reader._variance,
    "average": Reader._average,
    "figure": Reader._foreign,
    "prior": Reader._prior,
    "last": Reader._last_budget,
} | dict.fromkeys(PLAIN, Reader._plain)
Reader.roles = ROLES
