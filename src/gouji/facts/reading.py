"""From a production that matched to readings: what each figure says, of which indicator, against which base.

Reading order: `Reader.read` (a line), `Reader._take` (a match), then one method for each kind of role.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gouji.facts.productions import Found, read_letters
from gouji.facts.state import Frame, State
from gouji.facts.tokens import Line, Token
from gouji.facts.wholes import name_of_whole
from gouji.model.facts import Base, Direction, Label, Measure, Mention
from gouji.resources.lexicon import BARE_BUDGET, lexicon

BUDGETS = {Measure.INITIAL_BUDGET: Base.INITIAL_BUDGET, Measure.ADJUSTED_BUDGET: Base.ADJUSTED_BUDGET}
BASE_VALUES = {
    Base.PRIOR_YEAR: Measure.PRIOR,
    Base.INITIAL_BUDGET: Measure.INITIAL_BUDGET,
    Base.ADJUSTED_BUDGET: Measure.ADJUSTED_BUDGET,
    Base.OTHER_YEAR: Measure.OTHER,
}
COUNTED = frozenset(
    "staffing assets quantity other score procurement quality timeliness satisfaction project_funds".split()
)
"""Types whose counts may follow in a clause of their own (行政编制75人，实际73人)."""
RATED = frozenset(
    "execution quality quantity timeliness satisfaction economic_benefit social_benefit ecological_benefit sustainability other".split()
)
"""Types that a plain rate can be the value of."""
JOINING = '"的了共约近'


@dataclass
class Reading:
    """What one figure says, before names and directions are settled."""

    figure: Mention
    indicator: Mention | None
    measure: Measure
    period: str | None
    base: Base = Base.NONE
    direction: Direction = Direction.NONE
    of: str | None = None
    base_period: str | None = None
    flags: list[str] = field(default_factory=list)
    rule: str = ""
    name: str | None = None
    parent: Mention | None = None
    in_cause: Mention | None = None


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What a base phrase names."""

    base: Base
    period: str | None
    flags: tuple[str, ...]


class Reader:
    """Reads the lines of one passage with one state."""

    def __init__(self, frame: Frame, state: State) -> None:
        self.frame = frame
        self.state = state
        self.readings: list[Reading] = []

    def read(self, line: Line) -> list[Reading]:
        """Read a line from the left; readings in the order of their figures."""
        self.readings = []
        self.line = line
        self.sealed = line.cause is not None
        for step in read_letters(line.letters):
            if isinstance(step, int):
                self.state.feed(line.tokens[step])
            else:
                self._take(step)
        return self.readings

    def _take(self, found: Found) -> None:
        self.found = found
        self.rule = found.name
        held = self._held(found)
        for number in range(found.start, found.end):
            token = self.line.tokens[number]
            if number in held or token.letter in "ARrQ":
                continue
            self.state.feed(token)
        groups = found.groups
        comparison = self._compare(groups["base"]) if "base" in groups else None
        if "against" in groups:
            comparison = self._against(groups["against"])
        for name in sorted((n for n in groups if n in ROLES), key=lambda n: groups[n].start):
            ROLES[name](self, groups[name], comparison)

    def _held(self, found: Found) -> set[int]:
        """Tokens that must not move the state: those of a base, of a whole, of a planned budget; a comma inside a match."""
        held: set[int] = set()
        for name in ("base", "whole", "budget", "against"):
            held |= set(found.groups.get(name, ()))
        held |= {n for n in range(found.start, found.end) if self.line.tokens[n].letter in ",;"}
        if "base" in found.groups:
            last = found.groups["base"].stop - 1
            if self.line.tokens[last].letter == "I" and "before" not in found.groups:
                held.discard(
                    last
                )  # 较上年公务接待费减少: the name ends the base phrase and is what the change belongs to
        return held

    # --- bases ------------------------------------------------------------------------------------------------------------------

    def _compare(self, group: range) -> _Comparison:
        tokens = [self.line.tokens[n] for n in group]
        flags = [t.row.flag for t in tokens if t.letter in "qC" and t.row is not None and t.row.flag]
        period: str | None = None
        base = Base.PRIOR_YEAR
        dated = next((t for t in tokens if t.letter in "TY"), None)
        budget = next((t for t in tokens if t.letter == "B"), None)
        if budget is not None:
            base = self._budget(budget)
            period = self.frame.year_text(dated.year) if dated is not None else None
        elif dated is None or dated.letter == "Y" or dated.year is None:
            period = self._earlier()
        else:
            base, period, doubt = self._dated(dated, tokens)
            flags += doubt
        self.state.base, self.state.base_period = base, period
        self.state.prior_compared |= base is Base.PRIOR_YEAR
        self.state.flags.extend(f for f in flags if f == "same_caliber")
        return _Comparison(base, period, tuple(flags))

    def _dated(self, dated: Token, tokens: Sequence[Token]) -> tuple[Base, str, list[str]]:
        """Base that a written year other than the last names; a year too early or the fiscal year itself is mostly a slip."""
        year, fiscal = dated.year or 0, self.frame.year
        qualified = any(t.row is not None and t.letter == "q" and t.row.value for t in tokens)
        slip = fiscal is not None and year in (fiscal, fiscal - 2) and not qualified and not self.state.prior_compared
        if slip or fiscal is None:
            return Base.PRIOR_YEAR, str(year), ["base_period_suspect"] if slip else []
        return Base.OTHER_YEAR, str(year), []

    def _against(self, group: range) -> _Comparison:
        base = self._budget(self.line.tokens[group.start])
        self.state.base, self.state.base_period = base, None
        return _Comparison(base, None, ())

    def _budget(self, token: Token) -> Base:
        """Budget that a token means; what 预算 alone means the sentence or else the document says."""
        value = token.row.value if token.row is not None else BARE_BUDGET
        if value == BARE_BUDGET:
            return self.state.budget or self.frame.bare_budget
        return BUDGETS[Measure(value)]

    def _earlier(self) -> str | None:
        return None if self.frame.year is None else str(self.frame.year - 1)

    # --- readings ------------------------------------------------------------------------------------------------------------------

    def _add(self, number: int, measure: Measure, **more: object) -> Reading:
        token = self.line.tokens[number]
        figure = token.mention
        if figure is None:
            raise AssertionError("a figure token without its mention")
        indicator = self._owner(number)
        reading = Reading(figure, indicator, measure, self.frame.year_text(), rule=self.rule, in_cause=self.line.cause)
        for key, value in more.items():
            setattr(reading, key, value)
        if self.state.children and self.state.head is not indicator:
            reading.parent = self.state.head
        reading.flags.extend(
            f for f in self.state.flags if f not in reading.flags and measure in (Measure.CHANGE, Measure.CHANGE_RATE)
        )
        self.readings.append(reading)
        return reading

    def _owner(self, number: int) -> Mention | None:
        """Indicator of a figure: the current one; a count belongs to the name at its side, and no carried name of another kind."""
        token = self.line.tokens[number]
        if token.letter != "Q":
            return self.state.indicator if not self.sealed or self.state.in_clause else None
        following = self.line.tokens[number + 1] if number + 1 < len(self.line.tokens) else None
        before = self.line.tokens[number - 1] if number else None
        beside = (
            before is not None and before.letter == "I" and not self.line.between(number - 1, number).strip(JOINING)
        )
        if following is not None and following.letter == "I" and not beside:
            if not self.line.between(number, number + 1).strip(JOINING):
                return following.mention
        if self.state.in_clause:
            return self.state.indicator
        carried = self.state.indicator
        return carried if carried is not None and carried.type in COUNTED and not self.sealed else None

    def _measure(self, number: int, token: Token | None) -> Measure:
        """What a plain value measures."""
        letter = self.line.tokens[number].letter
        if token is not None and token.letter == "B":
            base = self._budget(token)
            if token.row is not None and token.row.kind == "budget":
                self.state.budget = base
            return Measure.INITIAL_BUDGET if base is Base.INITIAL_BUDGET else Measure.ADJUSTED_BUDGET
        if token is not None:
            return Measure.ACTUAL
        if self.frame.default is not None:
            return self.frame.default
        if letter == "Q":
            return Measure.SCORE if _is_score(self.line.tokens[number], self.state.indicator) else Measure.COUNT
        if self.sealed:
            return Measure.OTHER
        if letter in "Rr":
            owner = self.state.indicator
            return Measure.ACTUAL if owner is not None and owner.type in RATED else Measure.OTHER
        return Measure.ACTUAL

    def _value(self, group: range, _: _Comparison | None) -> None:
        found = self.found.groups.get("measure")
        token = self.line.tokens[found.start] if found else None
        for number in group:
            measure = self._measure(number, token)
            reading = self._add(number, measure)
            year, fiscal = self.state.year, self.frame.year
            if year is not None and fiscal is not None and year != fiscal and year < fiscal:
                reading.period = str(year)
        if "several" in self.found.groups:
            first = self.line.tokens[self.found.groups["several"].start].mention
            self.readings[-1].indicator = first
            self.readings[-1].flags.append("shared")

    def _values(self, group: range, comparison: _Comparison | None) -> None:
        numbers = [n for n in group if self.line.tokens[n].letter in "AQ"]
        for position, number in enumerate(numbers):
            self._value(range(number, number + 1), comparison)
            self._share_out(position, len(numbers))

    def _share_out(self, position: int, count: int) -> None:
        """Give the figures of a list to the indicators named together before it, by order."""
        if len(self.state.run) == count:
            self.readings[-1].indicator = self.state.run[position]

    def _before(self, group: range, comparison: _Comparison | None) -> None:
        if comparison is None:
            raise AssertionError("a base value without a base")
        period = comparison.period or self.frame.year_text()
        if comparison.base is Base.PRIOR_YEAR:
            period = self._earlier()
        named = [self.line.tokens[n].mention for n in self.found.groups["base"] if self.line.tokens[n].letter == "I"]
        reading = self._add(group.start, BASE_VALUES[comparison.base], period=period)
        if named:
            reading.indicator = named[-1]

    def _change(self, group: range, comparison: _Comparison | None) -> None:
        numbers = [n for n in group if self.line.tokens[n].letter in "ARrQ"]
        for position, number in enumerate(numbers):
            token = self.line.tokens[number]
            measure = Measure.CHANGE_RATE if token.letter == "R" else Measure.CHANGE
            base, period = self._base(token, comparison)
            reading = self._add(number, measure, base=base, base_period=period)
            self._direct(reading)
            if comparison is not None:
                reading.flags.extend(f for f in comparison.flags if f not in reading.flags)
            if len(numbers) > 1:
                self._share_out(position, len(numbers))

    def _base(self, token: Token, comparison: _Comparison | None) -> tuple[Base, str | None]:
        if comparison is not None:
            return comparison.base, comparison.period
        if self.state.base is not None:
            return self.state.base, self.state.base_period
        if token.letter == "Q" and self.sealed:
            return Base.NONE, None
        return Base.PRIOR_YEAR, self._earlier()

    def _direct(self, reading: Reading) -> None:
        """Direction by the word, flat for no change, unsigned for a doubly negated one."""
        group = self.found.groups.get("dir")
        row = self.line.tokens[group.start].row if group is not None else None
        direction = Direction(row.value) if row is not None else Direction.NONE
        if row is not None and row.flag:
            reading.flags.append(row.flag)
        value = reading.figure.value
        if value is not None and value.canonical < 0 and direction is not Direction.NONE:
            direction = Direction.DECREASE
            reading.flags.append("negative")
        if value is not None and value.canonical == Decimal(0) and direction is not Direction.NONE:
            direction = Direction.FLAT
        reading.direction = direction

    def _missing(self, group: range, comparison: _Comparison | None) -> None:
        self._change(group, comparison)
        self.readings[-1].flags.append("direction_missing")

    def _odd(self, group: range, comparison: _Comparison | None) -> None:
        """A figure after a base and no word of direction: a change without its word; `directions.settle` may find it the base value."""
        self._missing(group, comparison)

    def _old(self, group: range, _: _Comparison | None) -> None:
        number = group.start
        measure = Measure.PRIOR if self.line.tokens[number].letter in "AQ" else Measure.OTHER
        self._add(number, measure, period=self._earlier())

    def _new(self, group: range, _: _Comparison | None) -> None:
        letter = self.line.tokens[group.start].letter
        self._add(group.start, Measure.COUNT if letter == "Q" else Measure.ACTUAL)

    def _planned(self, group: range, _: _Comparison | None) -> None:
        base = self._completion_base()
        self._add(group.start, Measure.ADJUSTED_BUDGET if base is Base.ADJUSTED_BUDGET else Measure.INITIAL_BUDGET)

    def _complete(self, group: range, _: _Comparison | None) -> None:
        base = self._completion_base()
        self._add(group.start, Measure.COMPLETION_RATE, base=base)

    def _completion_base(self) -> Base:
        groups = self.found.groups
        if "budget" in groups:
            base = self._budget(self.line.tokens[groups["budget"].stop - 1])
            self.state.budget = base
            return base
        if "named" in groups:
            row = self.line.tokens[groups["named"].start].row
            return Base(row.value) if row is not None else Base.ADJUSTED_BUDGET
        return self.state.budget or self.frame.bare_budget

    def _share(self, group: range, _: _Comparison | None) -> None:
        numbers = [n for n in group if self.line.tokens[n].letter == "R"]
        opening = self.line.tokens[self.found.start].end
        text = self.line.text[opening : self.line.tokens[numbers[0]].start]
        named = [
            self.line.tokens[n].mention for n in self.found.groups.get("whole", ()) if self.line.tokens[n].letter == "I"
        ]
        whole = named[-1] if named else None
        for position, number in enumerate(numbers):
            reading = self._add(number, Measure.SHARE)
            reading.of = name_of_whole(text, whole, self.state.head, reading.indicator)
            if len(numbers) > 1:
                self._share_out(position, len(numbers))

    def _remainder(self, group: range, _: _Comparison | None) -> None:
        self._add(group.start, Measure.SHARE)

    def _variance(self, group: range, _: _Comparison | None) -> None:
        row = self.line.tokens[self.found.start].row
        self._add(group.start, Measure.CHANGE_RATE, base=Base(row.value) if row is not None else Base.INITIAL_BUDGET)

    def _plain(self, measure: Measure, group: range) -> None:
        self._add(group.start, measure)

    def _foreign(self, group: range, comparison: _Comparison | None) -> None:
        """（…；邻区：5%）: another unit's figure, read as the one before it in the bracket."""
        if not self.state.depth or not self.readings:
            self._value(group, comparison)
            return
        model = self.readings[-1]
        reading = self._add(
            group.start, model.measure, base=model.base, direction=model.direction, base_period=model.base_period
        )
        reading.indicator = None
        opening = self.line.text[: self.line.tokens[self.found.groups["foreign"].start].start]
        name = opening[max(opening.rfind(c) for c in "；;，,（(") + 1 :]
        reading.name = name + (model.indicator.name or "" if model.indicator is not None else "")
        reading.flags.append("foreign_unit")

    def _prior(self, group: range, _: _Comparison | None) -> None:
        letter = self.line.tokens[group.start].letter
        self._add(group.start, Measure.PRIOR if letter == "A" else Measure.COUNT, period=self._earlier())
        self.state.year = None

    def _last_budget(self, group: range, _: _Comparison | None) -> None:
        token = self.line.tokens[self.found.groups["measure"].start]
        base = self._budget(token)
        self._add(group.start, BASE_VALUES[base], period=self._earlier())


ROLES = {
    "before": Reader._before,
    "change": Reader._change,
    "changes": Reader._change,
    "rate": Reader._change,
    "missing": Reader._missing,
    "odd": Reader._odd,
    "value": Reader._value,
    "values": Reader._values,
    "old": Reader._old,
    "new": Reader._new,
    "planned": Reader._planned,
    "complete": Reader._complete,
    "share": Reader._share,
    "shares": Reader._share,
    "remainder": Reader._remainder,
    "variance": Reader._variance,
    "average": lambda self, group, _: self._plain(Measure.AVERAGE, group),
    "score": lambda self, group, _: self._plain(Measure.SCORE, group),
    "max_score": lambda self, group, _: self._plain(Measure.MAX_SCORE, group),
    "other": lambda self, group, _: self._plain(Measure.OTHER, group),
    "figure": Reader._foreign,
    "prior": Reader._prior,
    "last": Reader._last_budget,
}


def _is_score(token: Token, indicator: Mention | None) -> bool:
    mention = token.mention
    unit = mention.value.unit if mention is not None and mention.value is not None else ""
    return unit == "分" and (
        indicator is None or indicator.type == "score" or lexicon().holds("target_place", indicator.name or "")
    )


def is_figure(mention: Mention) -> bool:
    """Whether a mention is a figure that the grammar reads."""
    return mention.label in (Label.AMOUNT, Label.RATE, Label.QUANTITY)
