"""Values of figures: right, wrong without a word (silent errors), withheld, and of spans that were missed.

A wrong value is worse than a missing one, so the two are never one number.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from gouji.evaluate.score import Score
from gouji.evaluate.sides import Side, number
from gouji.evaluate.spans import FIGURES


@dataclass(frozen=True, slots=True)
class Values:
    """Figures of the gold by what became of their value.

    `right`: same span, same value (and the same upper end of a range). `silent`: same span, another value. `withheld`:
    same span, no value given. `missed`: no such span. `invented`: predicted figures where the gold has none.
    """

    right: int = 0
    silent: int = 0
    withheld: int = 0
    missed: int = 0
    invented: int = 0

    @property
    def accuracy(self) -> float:
        """Share of the values given that are right; 1 where none was given."""
        given = self.right + self.silent
        return self.right / given if given else 1.0

    def as_score(self) -> Score:
        """Give the values as precision (of those given) and recall (of the gold)."""
        gold = self.right + self.silent + self.withheld + self.missed
        return Score.of(self.right, predicted=self.right + self.silent + self.invented, gold=gold)


def figure_values(ours: Side, gold: Side, labels: tuple[str, ...] = FIGURES) -> Values:
    """Count what became of the values of the gold's figures."""
    counts: Counter[str] = Counter()
    waiting: dict[tuple[str, int, int], list[tuple[object, object]]] = {}
    for m in ours.data["mentions"]:
        if m["label"] in labels:
            place = (m["label"], m["start"], m["end"])
            waiting.setdefault(place, []).append((number(m.get("value")), number(m.get("upper"))))
    for m in gold.data["mentions"]:
        if m["label"] not in labels:
            continue
        found = waiting.get((m["label"], m["start"], m["end"]))
        if not found:
            counts["missed"] += 1
            continue
        wanted = (number(m.get("value")), number(m.get("upper")))
        value = found.pop(found.index(wanted) if wanted in found else 0)
        counts["right" if value == wanted else "withheld" if value[0] is None else "silent"] += 1
    invented = sum(map(len, waiting.values()))
    return Values(counts["right"], counts["silent"], counts["withheld"], counts["missed"], invented)
