"""Frames filled for a quantity: figures, names, comparisons and explanations, each with its gold."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gouji.corpus.grammar import Expander, plain
from gouji.corpus.phrases import Phrases
from gouji.corpus.quantities import Quantities, Quantity
from gouji.corpus.resources import corpus_grammar
from gouji.corpus.writer import Pending, Writer, money, rounded
from gouji.resources.gazetteer import gazetteer

DIRECT = {"A": "actual", "B": "initial_budget", "F": "adjusted_budget", "P": "prior"}
CHANGES = {"D": "prior", "E": "initial_budget"}
RATES = {
    "R": ("change_rate", "prior"),
    "G": ("change_rate", "initial_budget"),
    "C": ("completion_rate", "initial_budget"),
    "CF": ("completion_rate", "adjusted_budget"),
    "S": ("share", ""),
}
BASES = {"prior": "prior_year", "initial_budget": "initial_budget", "adjusted_budget": "adjusted_budget"}
LEVELS = ("（类）", "（款）", "（项）")
NULL_SHARE, TRAIL_SHARE, PURPOSE_SHARE = 0.05, 0.12, 0.3


@dataclass
class State:
    """What a sentence has said of one quantity so far."""

    quantity: Quantity
    indicator: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    causes: list[tuple[str, str]] = field(default_factory=list)


class Sentences:
    """Writes sentences about quantities.

    Parameters
    ----------
    chance : random.Random
    writer : Writer
    quantities : Quantities
    style : mapping
        As in ``styles.yaml``.
    names : mapping of str to str
        ``org``, ``area``.
    year : int
    errors : int
        How many figures may be planted wrong.
    """

    def __init__(
        self,
        chance: random.Random,
        writer: Writer,
        quantities: Quantities,
        style: Mapping[str, Any],
        expander: Expander,
        names: Mapping[str, str],
        year: int,
        errors: int,
    ) -> None:
        self.chance, self.writer, self.quantities, self.style = chance, writer, quantities, style
        self.expander, self.names, self.year, self.errors = expander, names, year, errors
        self.phrases = Phrases(chance, expander)
        self.frames = corpus_grammar().frames

    def write(self, frame: str, key: str, setting: str = "", template: str | None = None) -> None:
        """Write a sentence of a frame about the quantity `key`."""
        template = self.chance.choice(self.frames[frame]) if template is None else template
        states: dict[str, State] = {}
        fronted = template == "{fronted}"
        if fronted:
            rest = self.chance.choice(self.frames["fronted_rest"])
            weights, forms = zip(*self.frames["fronted"], strict=True)
            template = str(self.chance.choices(forms, weights)[0]).replace("{rest}", rest) + "。"
        direction = self._direction(self.quantities[key], template)
        self._fill(template, key, states, direction, setting)
        for state in states.values():
            self._explain(state)

    def _fill(self, template: str, key: str, states: dict[str, State], direction: str, setting: str) -> None:
        for piece in self.expander.expand(template):
            if isinstance(piece, str):
                self.writer.text(piece)
                continue
            owner, _, name = piece.name.rpartition(".")
            state = states.setdefault(owner or key, State(self.quantities[owner or key]))
            if owner and name in ("because", "v", "w", "D"):
                direction = self._direction(state.quantity, "{D}")
            self._slot(name, state, states, direction, setting)

    def _direction(self, quantity: Quantity, template: str) -> str:
        """Direction of the change that a template tells: against the prior year if it is told, else the budget."""
        measure = "prior" if "{D}" in template or "{v}" in template else "initial_budget"
        difference = quantity.actual - quantity.value(measure)
        return "increase" if difference > 0 else "decrease" if difference < 0 else "flat"

    def _slot(self, name: str, state: State, states: dict[str, State], direction: str, setting: str) -> None:
        quantity, writer = state.quantity, self.writer
        words = {"increase": "增加", "decrease": "减少", "flat": "持平"}
        if name in DIRECT:
            self._stated(state, DIRECT[name], name)
        elif name in CHANGES:
            self._changed(state, name)
        elif name in RATES:
            self._rate(state, name)
        elif name in ("I", "I2") or name.startswith("I+"):
            state.indicator = self._named(quantity, name[2:] if name.startswith("I+") else "")
        elif name == "I_whole":
            whole = self.quantities[quantity.whole or "exp"]
            writer.text(whole.names[0])
        elif name in ("v", "w", "v2", "w2"):
            writer.text(self._verb(quantity, "prior" if len(name) == 1 else "initial_budget", name[0] == "w"))
        elif name == "o":
            writer.text(
                "决算数"
                + {"increase": "大于", "decrease": "小于", "flat": "等于"}[self._against(quantity)]
                + self.chance.choice(("预算数", "年初预算数"))
            )
        elif name == "dir":
            writer.text(words[direction])
        elif name == "because":
            self._because(state, states, direction, setting)
        elif name in ("c1", "c2", "c3"):
            phrase = self.phrases.compose(direction, setting)
            state.causes.append((self.phrases.write(writer, phrase, self._unit(), str(self.year)), phrase.category))
        elif name.startswith("#"):
            self.phrases.figure(writer, name, self._unit(), str(self.year))
        else:
            self._word(name, states, direction, setting, state)

    def _word(self, name: str, states: dict[str, State], direction: str, setting: str, state: State) -> None:
        """Words that are no mention."""
        chance, frames = self.chance, self.frames
        if name == "trail":
            if chance.random() < TRAIL_SHARE:
                self._fill(chance.choice(frames["trailing"]), state.quantity.key, states, direction, setting)
        elif name == "purpose":
            if chance.random() < PURPOSE_SHARE and self.writer.last() in "。，":
                self._fill(chance.choice(frames["purpose"]), state.quantity.key, states, direction, setting)
        elif name in ("use", "thing"):
            self._fill(chance.choice(frames[f"{name}s"]), state.quantity.key, states, direction, setting)
        elif name in ("eco", "eco2"):
            pool = frames["economic_people" if name == "eco" else "economic_public"]
            self.writer.text("、".join(chance.sample(pool, chance.randrange(3, 6))) + chance.choice(("", "等")))
        elif name == "xi":
            self.writer.text("系")
        elif name in ("y", "py"):
            self.writer.text(str(self.year - (name == "py")))
        else:
            self.writer.text(self.names[name])

    def _because(self, state: State, states: dict[str, State], direction: str, setting: str) -> None:
        chance, frames = self.chance, self.frames
        quantity = state.quantity
        if direction == "flat":
            self.writer.text(
                plain(self.expander.expand(chance.choice(frames["nulls"]).replace("{py}", str(self.year - 1))))
            )
            return
        if chance.random() < NULL_SHARE:
            return
        weights, forms = zip(*frames["because"], strict=True)
        self._fill(str(chance.choices(forms, weights)[0]), quantity.key, states, direction, setting)

    def _named(self, quantity: Quantity, ending: str = "") -> str:
        """Write a name as the style has it; the mention has no quotation marks."""
        if quantity.code and len(quantity.code) == 7 and self.style["chain"] in ("levels", "colon"):
            text = "".join(f"{n}{level}" for n, level in zip(quantity.path, LEVELS, strict=True))
            return self.writer.mention("INDICATOR", text, type="function", name=quantity.path[-1])
        text = self.chance.choice(quantity.names)
        if quantity.code and len(quantity.code) > 3 and self.style["chain"] == "coded":
            self.writer.text(f"{quantity.code}-")
        entry = gazetteer().lookup(text)
        name = entry.name if entry is not None else text
        return self.writer.mention("INDICATOR", text + ending, type=quantity.type, name=name)

    def _unit(self) -> str:
        return str(self.style["unit"])

    def _money(self, hundreds: int) -> str:
        unit = self._unit()
        written, value, decimals = money(hundreds, unit, self.chance.randrange(1000) < self.style["comma"])
        space = " " if self.chance.randrange(1000) < self.style["space"] else ""
        return self.writer.mention("AMOUNT", f"{written}{space}{unit}", value=str(value), unit=unit, decimals=decimals)

    def _stated(self, state: State, measure: str, slot: str) -> None:
        quantity = state.quantity
        value = quantity.value(measure)
        if quantity.unit == "%":
            percent = Decimal(value).scaleb(-1)
            figure = self.writer.mention("RATE", f"{percent}%", value=str(percent / 100), unit="%", decimals=1)
        elif quantity.unit:
            figure = self.writer.mention(
                "QUANTITY", f"{value}{quantity.unit}", value=str(value), unit=quantity.unit, decimals=0
            )
            measure = "count" if measure == "actual" else measure
        else:
            figure = self._money(value)
        period = str(self.year - 1) if measure == "prior" else str(self.year)
        fact = self.writer.fact(figure, state.indicator, quantity.path, measure, period=period)
        state.facts[slot] = fact
        self.writer.stated.setdefault((quantity.key, measure), fact)
        if not quantity.unit:
            computed = Decimal(value * 100)
            self.writer.pending.append(Pending(fact, "same", [(quantity.key, measure)], computed))

    def _changed(self, state: State, slot: str) -> None:
        quantity, base = state.quantity, CHANGES[slot]
        difference = quantity.actual - quantity.value(base)
        if quantity.unit:
            figure = self.writer.mention(
                "QUANTITY",
                f"{abs(difference)}{quantity.unit}",
                value=str(abs(difference)),
                unit=quantity.unit,
                decimals=0,
            )
        else:
            figure = self._money(abs(difference))
        direction = "increase" if difference > 0 else "decrease" if difference < 0 else "flat"
        fact = self.writer.fact(
            figure,
            state.indicator,
            quantity.path,
            "change",
            period=str(self.year),
            base=BASES[base],
            direction=direction,
        )
        state.facts[slot] = fact
        if not quantity.unit:
            operands: list[str | tuple[str, str]] = [(quantity.key, "actual"), (quantity.key, base)]
            self.writer.pending.append(Pending(fact, "change", operands, Decimal(difference * 100)))

    def _rate(self, state: State, slot: str) -> None:
        quantity = state.quantity
        measure, base = RATES[slot]
        key = quantity.key if base else quantity.whole or "exp"
        base = base or "actual"
        below = self.quantities[key].value(base)
        above = quantity.actual - below if measure == "change_rate" else quantity.actual
        exact = Decimal(above) / Decimal(below) if below else Decimal(above != 0)
        decimals = self.chance.choice(self.style["rate_decimals"])
        percent = abs(rounded(exact, decimals))
        wrong = self._planted(percent, decimals) if below and above else None
        shown = percent if wrong is None else wrong
        figure = self.writer.mention(
            "RATE", f"{shown}%", value=str(shown / 100), unit="%", decimals=max(0, -int(shown.as_tuple().exponent))
        )
        direction = "none"
        if measure == "change_rate":
            direction = "increase" if above > 0 else "decrease" if above < 0 else "flat"
        attributes: dict[str, Any] = {"direction": direction, "period": str(self.year)}
        if measure == "share":
            attributes["of"] = self.quantities[key].names[0]
        else:
            attributes["base"] = BASES[base]
        fact = self.writer.fact(figure, state.indicator, quantity.path, measure, **attributes)
        state.facts[slot] = fact
        relation = {"change_rate": "change_rate", "completion_rate": "completion", "share": "share"}[measure]
        operands: list[str | tuple[str, str]] = [(quantity.key, "actual"), (key, base)]
        change = state.facts.get("D" if base == "prior" else "E")
        if measure == "change_rate" and change is not None:
            operands[1] = change
        verdict = "agrees" if wrong is None else "conflict"
        self.writer.pending.append(Pending(fact, relation, operands, exact if below else None, verdict))
        if wrong is not None:
            row = self.writer.mentions[int(figure[1:]) - 1]
            self.writer.conflicts.append(
                {
                    "id": f"x{len(self.writer.conflicts) + 1}",
                    "kind": relation,
                    "where": {"figure": fact, "mention": figure, "start": row["start"], "end": row["end"]},
                    "claim": f"{shown}%",
                    "relation": relation,
                    "operands": [],
                    "expected": f"{percent}%",
                }
            )

    def _planted(self, percent: Decimal, decimals: int) -> Decimal | None:
        """Give a wrong percentage instead, while there are errors to plant."""
        if self.errors <= 0 or self.chance.random() > 0.06 or percent < 1:
            return None
        kind = self.chance.choice(("scale", "digit", "digit"))
        wrong = (
            percent / 100
            if kind == "scale"
            else percent + self.chance.choice((-1, 1)) * Decimal(self.chance.randrange(2, 20)) / 2
        )
        wrong = wrong.quantize(Decimal(1).scaleb(-(decimals + 2 if kind == "scale" else decimals)))
        if wrong <= 0:
            return None
        self.errors -= 1
        return wrong

    def _verb(self, quantity: Quantity, base: str, rate: bool) -> str:
        up = quantity.actual >= quantity.value(base)
        usual = ("增长" if up else "下降") if rate else ("增加" if up else "减少")
        verbs = self.style["rate_verbs" if rate else "amount_verbs"]
        fitting = [v for v in verbs if v.startswith("增") == up]
        return self.chance.choice(fitting) if fitting and self.chance.random() < 0.6 else usual

    def _against(self, quantity: Quantity) -> str:
        difference = quantity.actual - quantity.initial_budget
        return "increase" if difference > 0 else "decrease" if difference < 0 else "flat"

    def _explain(self, state: State) -> None:
        """Say what each cause explains: the changes told of its quantity, else the outturn."""
        told = [state.facts[s] for s in ("D", "R", "E", "G") if s in state.facts]
        if not told:
            told = [state.facts["A"]] if "A" in state.facts else []
        for span, category in state.causes:
            self.writer.causes.append(
                {"id": f"c{len(self.writer.causes) + 1}", "span": span, "explains": told, "categories": [category]}
            )
