"""What ``units.yaml`` says, as types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Numerals:
    """Characters of numerals; `tens` and `myriads` map to powers of ten."""

    digits: Mapping[str, int]
    tens: Mapping[str, int]
    myriads: Mapping[str, int]
    capital: str
    bare: str
    point: str
    negative: tuple[str, ...]
    not_negative_after: str
    decreases: tuple[str, ...]
    vague: str
    excess: str
    half: str
    half_behind: tuple[str, ...]
    halved: tuple[str, ...]
    compounds: Mapping[str, str]
    neighbours: tuple[str, ...]
    glyphs: Mapping[str, tuple[int, int]]
    latin_scales: Mapping[str, str]
    misread: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: words before or after the figure, symbols before it, units after its number.

    `powers` maps units that are not the main one (角, 分钱) to their power of ten.
    """

    id: str
    words: tuple[str, ...]
    symbols: tuple[str, ...]
    units: tuple[str, ...]
    powers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RateUnit:
    """A unit of proportions.

    `scale` is one of it as a fraction of one, `alone` maps whole expressions to their number.
    """

    id: str
    words: tuple[str, ...]
    before: tuple[str, ...]
    alone: Mapping[str, Decimal]
    scale: Decimal


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure word.

    `spelled` says from which count on Chinese numerals before it are a count (``0`` never, ``pair`` only 两), `whole`
    that it counts things without fractions.
    """

    spelled: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Names:
    """Words that make a number with a unit no figure, or no figure of its own; see ``units.yaml``."""

    spoken_nouns: tuple[str, ...]
    determiners_of_one: str
    determiners: str
    ordinal: str
    per: str
    rank_before: tuple[str, ...]
    rank_measures: frozenset[str]
    scale_before: Mapping[str, str]
    ends_in_number: tuple[str, ...]
    latin_names: Mapping[str, tuple[str, ...]]
    duration_after: tuple[str, ...]
    duration_before: tuple[str, ...]
    period_before: tuple[str, ...]
    level_digits: Mapping[str, int]
    threshold_before: tuple[str, ...]
    threshold_after: tuple[str, ...]
    ages: frozenset[str]
    quoted_tails: tuple[str, ...]
    before_half: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Units:
    """Everything that ``units.yaml`` says.

    `before` and `after` map approximators to bounds, `approx` bounds to the names that mentions use. `fold` is a
    table for `str.translate` from one character to one.
    """

    numerals: Numerals
    fold: Mapping[int, str]
    currencies: tuple[Currency, ...]
    rates: tuple[RateUnit, ...]
    doubling_words: tuple[str, ...]
    doubling_before: tuple[str, ...]
    measures: Mapping[str, Measure]
    unless_after: Mapping[str, tuple[str, ...]]
    names: Names
    money_words: tuple[str, ...]
    money_directions: tuple[str, ...]
    things: tuple[str, ...]
    other_context: tuple[str, ...]
    spent: tuple[str, ...]
    partner_before: tuple[str, ...]
    partner_between: tuple[str, ...]
    partner_to: tuple[str, ...]
    scores: tuple[str, ...]
    before: Mapping[str, str]
    not_before: frozenset[str]
    after: Mapping[str, str]
    approx: Mapping[str, str]

    def measure(self, word: str) -> Measure | None:
        """Give what is known of a measure word; 份(册) and 人/次 go by their first part."""
        return self.measures.get(word) or self.measures.get(re.split(r"[(/（]", word, maxsplit=1)[0])

    @property
    def money(self) -> tuple[str, ...]:
        """Words for the units of every currency."""
        return tuple(unit for currency in self.currencies for unit in (*currency.units, *currency.powers))
