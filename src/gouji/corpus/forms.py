"""Tables that give reasons in cells: the self-evaluation form, and comparisons with a column of reasons."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gouji.corpus.grammar import Expander, plain
from gouji.corpus.phrases import Phrases
from gouji.corpus.quantities import Quantities
from gouji.corpus.tables import Filled, Reason, Table, word

MANY = 400  # numbers in cells are below
COMPARED = ("rev", "rev_general", "exp", "basic", "project", "end")
TRIES = 20


class Forms:
    """Makes tables whose last column gives reasons.

    Parameters
    ----------
    chance : random.Random
    phrases : Phrases
    expander : Expander
    quantities : Quantities
    forms : mapping
        As in ``forms.yaml``.
    """

    def __init__(
        self,
        chance: random.Random,
        phrases: Phrases,
        expander: Expander,
        quantities: Quantities,
        forms: Mapping[str, Any],
    ) -> None:
        self.chance, self.phrases, self.expander, self.quantities, self.forms = (
            chance,
            phrases,
            expander,
            quantities,
            forms,
        )

    def evaluation(self) -> Table:
        """Make a self-evaluation form: what was aimed at, what was reached, why not."""
        form, chance = self.forms["evaluation"], self.chance
        rows: list[tuple[Filled, ...]] = [
            tuple(word(name) for name in (*form["columns"], chance.choice(form["heads"])))
        ]
        reasons: dict[tuple[int, int], Reason] = {}
        for first, second, third, wanted, reached in form["rows"]:
            if chance.random() < 0.2:
                continue
            last = ""
            if chance.randrange(1000) < form["share"]:
                last = self._last((len(rows) + 1, len(rows[0])), reasons)
            points = chance.choice((5, 10, 15, 20))
            cells = (first, second, *(self._words(t) for t in (third, wanted, reached)), str(points))
            got = str(points - chance.randrange(1, 5)) if last else str(points)
            rows.append(tuple(word(text) for text in (*cells, got, last)))
        return Table(chance.choice(form["titles"]), tuple(rows), reasons)

    def compared(self, unit: str) -> Table:
        """Make a table of changes against the prior year, each with its reason."""
        form, chance = self.forms["reasons"], self.chance
        rows: list[tuple[Filled, ...]] = [
            tuple(word(name) for name in (*form["columns"], chance.choice(form["heads"])))
        ]
        reasons: dict[tuple[int, int], Reason] = {}
        for key in COMPARED:
            quantity = self.quantities[key]
            change = quantity.actual - quantity.prior
            if not quantity.prior or not change:
                continue
            at = (len(rows) + 1, len(rows[0]))
            direction = "increase" if change > 0 else "decrease"
            phrase = chance.choice((False, True)) and self._plain(direction)
            last = self._marked(at, reasons, phrase, "") if phrase else self._last(at, reasons, direction)
            rate = (Decimal(change) / Decimal(quantity.prior) * 100).quantize(Decimal("0.01"))
            scale = Decimal("0.01") if unit == "万元" else Decimal(100)
            figures = (quantity.prior * scale, quantity.actual * scale, change * scale)
            named = (quantity.names[0], *(f"{f:.2f}" for f in figures), f"{rate}%", last)
            rows.append(tuple(word(text) for text in named))
        return Table(chance.choice(form["titles"]), tuple(rows), reasons)

    def _words(self, template: str) -> str:
        pieces = self.expander.expand(template)
        return "".join(p if isinstance(p, str) else str(self.chance.randrange(1, MANY)) for p in pieces)

    def _plain(self, direction: str) -> tuple[str, str]:
        """Words and category of a cause without figures."""
        for _ in range(TRIES):
            phrase = self.phrases.compose(direction)
            if phrase.category != "restatement" and all(isinstance(p, str) for p in phrase.pieces):
                return plain(phrase.pieces), phrase.category
        return self._short()

    def _short(self) -> tuple[str, str]:
        short = self.forms["evaluation"]["short"]
        category = self.chance.choice(list(short))
        return self._words(self.chance.choice(short[category])), category

    def _last(self, at: tuple[int, int], reasons: dict[tuple[int, int], Reason], direction: str = "decrease") -> str:
        """Text of a cell of the last column: a reason, with or without a measure to be taken, or neither."""
        form, chance = self.forms["evaluation"], self.chance
        kind = chance.random()
        if kind < 0.25:
            return self._words(chance.choice(form["nulls"]))
        phrase = self._short() if kind < 0.65 else self._plain(direction)
        return self._marked(at, reasons, phrase, self._words(chance.choice(form["after"])))

    def _marked(
        self, at: tuple[int, int], reasons: dict[tuple[int, int], Reason], phrase: tuple[str, str], after: str
    ) -> str:
        text, category = phrase
        reasons[at] = Reason(len(text), category)
        return text + after
