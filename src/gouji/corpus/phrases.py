"""Causes: a category that fits the direction, a phrase composed from its parts, now and then with a consequence."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from gouji.corpus.grammar import Expander, Slot
from gouji.corpus.resources import corpus_grammar
from gouji.corpus.writer import Writer, money, rounded

CONSEQUENCE = 0.45
OTHERWISE = 0.25  # how often a category is chosen that the kind of quantity does not suggest


@dataclass(frozen=True, slots=True)
class Phrase:
    """A composed cause: its pieces (text and slots for figures) and its category."""

    pieces: tuple[str | Slot, ...]
    category: str


class Phrases:
    """Composes causes."""

    def __init__(self, chance: random.Random, expander: Expander) -> None:
        self.chance = chance
        self.expander = expander
        self.used: set[str] = set()

    def compose(self, direction: str, setting: str = "") -> Phrase:
        """Compose a cause of a change that goes `direction`; `setting` says what kind of quantity changed."""
        grammar = corpus_grammar()
        codes = list(grammar.causes)
        likely = grammar.likely.get(direction, {})
        settings = grammar.settings[setting] if setting else {}
        other = OTHERWISE if setting else 1.0
        weights = [grammar.weights.get(c, 1.0) * likely.get(c, 1.0) * settings.get(c, other) for c in codes]
        category = self.chance.choices(codes, weights)[0]
        pieces = self.expander.expand(self.chance.choice(grammar.causes[category]), direction)
        if category != "restatement" and self.chance.random() < CONSEQUENCE:
            pieces += self.expander.expand(self.chance.choice(grammar.frames["consequences"]), direction)
        return Phrase(tuple(pieces), category)

    def write(self, writer: Writer, phrase: Phrase, unit: str, period: str) -> str:
        """Write a cause as a mention, with the figures in it; gives its id."""
        span = writer.open_span("CAUSE")
        for piece in phrase.pieces:
            if isinstance(piece, str):
                writer.text(piece)
            else:
                self.figure(writer, piece.name, unit, period)
        writer.close_span(span)
        return str(span["id"])

    def figure(self, writer: Writer, slot: str, unit: str, period: str) -> None:
        """Write a figure of a slot such as ``#amount``, ``#rate``, ``#count:人``."""
        chance = self.chance
        if slot == "#amount":
            written, value, decimals = money(chance.randrange(100, 90000), unit, chance.random() < 0.15)
            figure = writer.mention("AMOUNT", written + unit, value=str(value), unit=unit, decimals=decimals)
        elif slot == "#rate":
            percent = rounded(Decimal(chance.randrange(10, 900)) / 1000, chance.choice((0, 1, 2)))
            decimals = -int(percent.as_tuple().exponent)
            figure = writer.mention("RATE", f"{percent}%", value=str(percent / 100), unit="%", decimals=decimals)
        else:
            unit = slot.partition(":")[2]
            number = chance.choice((chance.randrange(2, 10), chance.randrange(2, 400)))
            figure = writer.mention("QUANTITY", f"{number}{unit}", value=str(number), unit=unit, decimals=0)
        writer.fact(figure, None, (), "other", period=period)
