"""A production that matched, taken apart: the state moves, figures become readings, plain values are measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from gouji.facts.comparisons import (
    BASE_VALUES,
    BUDGETS,
    Comparison,
    against_budget,
    budget_of,
    compare,
)
from gouji.facts.measures import plain_measure
from gouji.facts.owners import is_of_project, other_subject, owner, words_before
from gouji.facts.productions import PLAIN_VALUE, Found, read_letters
from gouji.facts.readings import Reading
from gouji.facts.state import MOVING, Frame, State
from gouji.facts.targets import is_aim, names_other_base
from gouji.facts.tokens import Line, Token
from gouji.model.facts import CHANGES, Base, Measure, Mention
from gouji.resources.lexicon import lexicon

FIGURES = frozenset("ARrQ")
HELD = ("base", "whole", "budget", "against", "since")
"""Roles whose tokens do not move the state: the 年初预算 of a comparison is no budget word of the clause."""


class Matches:
    """Takes the matches of the lines of one passage with one state; `roles` says how the tokens of a role are read."""

    roles: ClassVar[Mapping[str, Callable[[Any, int], Reading]]] = {}

    def __init__(self, frame: Frame, state: State) -> None:
        self.frame = frame
        self.year = frame.year_text()
        self.state = state
        self.readings: list[Reading] = []
        self.comparison: Comparison | None = None
        self.last = 0

    def read(self, line: Line) -> list[Reading]:
        """Read a line from the left; readings in the order of their figures."""
        self.readings = []
        self.line = line
        self.tokens, self.letters = line.tokens, line.letters
        letters, tokens, feed = line.letters, line.tokens, self.state.feed
        for step in read_letters(letters):
            if not isinstance(step, int):
                self._take(step)
            elif letters[step] in MOVING:
                feed(tokens[step])
        return self.readings

    def _take(self, found: Found) -> None:
        """Move the state by the tokens of a match, then read its roles in the order of their figures."""
        self.found = found
        if found.name == PLAIN_VALUE.name:
            self.comparison = None
            self._value(found.start)
            return
        letters, tokens = self.letters, self.tokens
        before = tokens[found.start - 1].end if found.start else self.line.start
        self.state.turn(self.line.text[before : tokens[found.start].start])
        if found.end - found.start > 1:
            held = self._held()
            for number in range(found.start, found.end):
                if letters[number] in MOVING and number not in held:
                    self.state.feed(tokens[number])
        self.comparison = None
        if "base" in found.groups:
            self.comparison = compare(self._tokens("base"), self.frame, self.state)
        elif "against" in found.groups:
            self.comparison = against_budget(self._tokens("against")[0], self.frame, self.state)
        elif "unlike" in found.groups and names_other_base(self.line, self._number("unlike"), self._number("dir")):
            self.comparison = Comparison(Base.NONE, None)
        for role, members in found.groups.items():
            read = self.roles.get(role)
            if read is None:
                continue
            numbers = [n for n in members if letters[n] in FIGURES]
            names = self.state.in_order(len(numbers)) if len(numbers) > 1 else []
            for position, number in enumerate(numbers):
                reading = read(self, number)
                if names:
                    reading.indicator = names[position]  # 分别减少A、B、C: to the names before them, by order

    def _held(self) -> set[int]:
        """Tokens of a match that do not move the state; a comma inside a match ends no clause."""
        groups, letters = self.found.groups, self.letters
        held = {n for n in range(self.found.start, self.found.end) if letters[n] in ",;"}
        for name in HELD:
            if name in groups:
                held.update(groups[name])
        if "base" in groups and "before" not in groups:
            # 较上年公务接待费减少: the name behind the base is what the change belongs to
            last = groups["base"].stop - 1
            if letters[last] == "I":
                held.discard(last)
        return held

    def _tokens(self, role: str) -> list[Token]:
        return [self.tokens[n] for n in self.found.groups.get(role, ())]

    def _number(self, role: str) -> int:
        return self.found.groups[role].start

    def _named(self, role: str) -> Mention | None:
        """Last indicator among the tokens of a role."""
        return next((t.mention for t in reversed(self._tokens(role)) if t.letter == "I"), None)

    def _add(self, number: int, measure: Measure) -> Reading:
        state = self.state
        token = self.tokens[number]
        figure = token.mention
        if figure is None:
            raise AssertionError("a figure token without its mention")
        if (
            token.letter == "A"
            and not state.in_clause
            and is_of_project(state, measured="measure" in self.found.groups)
        ):
            state.indicator = state.project
        indicator = owner(self.line, number, state)
        reading = Reading(figure, indicator, measure, self.year, rule=self.found.name)
        if indicator is None:
            reading.name = self.frame.label or state.loose or self._words(number)
            self._remember(reading, number)
        if state.children and state.head is not indicator:
            reading.parent = state.head
        if state.flags and measure in CHANGES:
            reading.flag(*state.flags)
        state.measure, self.last = measure, number
        if indicator is not None and measure in BUDGETS:
            state.planned = indicator.name
        if token.letter == "Q":
            state.counted = indicator
        self.readings.append(reading)
        return reading

    def _remember(self, reading: Reading, number: int) -> None:
        """Keep an unmarked amount's name for the changes behind it; a joined count shares its neighbour's."""
        joined = number > 0 and self.tokens[number - 1].letter == "J"
        if reading.name is None and joined and self.readings:
            reading.name = self.readings[-1].name
        if self.tokens[number].letter == "A" and self.line.cause is None:
            self.state.loose = reading.name

    def _leave(self, number: int) -> None:
        """Leave the carried indicator where a figure's clause names another thing: better none than a wrong one."""
        alone = self.comparison is None and self.line.cause is None and self.state.carries
        if alone and self.letters[number] in "AR" and other_subject(self.line, number, lexicon()):
            self.state.indicator, self.state.loose = None, self._words(number)

    def _words(self, number: int) -> str | None:
        """Words that name a figure without indicator: those right before it, else those before the whole match."""
        words = words_before(self.line, number, lexicon())
        return words if words is not None else words_before(self.line, self.found.start, lexicon())

    def _value(self, number: int) -> Reading:
        self._leave(number)
        word = self._tokens("measure")[0] if "measure" in self.found.groups else None
        reading = self._add(number, self._measure(number, word))
        if reading.measure is Measure.COMPLETION_RATE and word is not None and word.letter == "B":
            reading.base = budget_of(word, self.frame, self.state)  # 仅年初预算的60%
        written, fiscal = self.state.year, self.frame.year
        if written is not None and fiscal is not None and written < fiscal:
            reading.period = str(written)
        if reading.name is not None and reading.measure is Measure.SHARE:
            reading.of = reading.name
        if "several" in self.found.groups:
            reading.indicator = self._tokens("several")[0].mention
            reading.flag("shared")
        return reading

    def _measure(self, number: int, word: Token | None) -> Measure:
        """Tell what a plain value measures: by its word, else its place, else what figures of its kind mostly are."""
        letter, start = self.letters[number], self.tokens[number].start
        if is_aim(self.line, number, lexicon()):
            return Measure.TARGET
        if word is not None and word.letter == "B" and letter == "R" and self.line.text.endswith("的", 0, start):
            return Measure.COMPLETION_RATE
        if word is not None and word.letter == "B" and letter != "Q":
            return self._budget_measure(word)
        if word is not None and word.letter == "B":
            return self.frame.default or Measure.COUNT
        named = self._named("subject")
        return plain_measure(self.line, number, word, self.frame, self.state, named, self.readings)

    def _budget_measure(self, word: Token) -> Measure:
        base = budget_of(word, self.frame, self.state)
        if word.row is not None and word.row.kind == "budget":
            self.state.budget = base
        return BASE_VALUES[base]
