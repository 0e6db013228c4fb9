"""Precision, recall and F1 from counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one row of an evaluation.

    `found` of the `gold` items were found; `right` of the `predicted` items are right. Where an item is one
    place the two are the same number; they differ for alignments, where several predictions may be right for
    one gold row and only the agreed gold rows are asked for.

    Examples
    --------
    >>> score = Score.of(3, predicted=4, gold=6)
    >>> score.precision, score.recall, round(score.f1, 2)
    (0.75, 0.5, 0.6)
    >>> Score.of(0, predicted=0, gold=0).f1, Score.of(0, predicted=2, gold=0).f1
    (1.0, 0.0)
    """

    found: int
    right: int
    predicted: int
    gold: int

    @classmethod
    def of(cls, hits: int, *, predicted: int, gold: int) -> Score:
        """Score of items that are matched one to one."""
        return cls(hits, hits, predicted, gold)

    @classmethod
    def of_items(cls, predicted: Iterable[Hashable], gold: Iterable[Hashable]) -> Score:
        """Score of two multisets: an item predicted twice but in the gold once is right once.

        Examples
        --------
        >>> Score.of_items(["a", "a", "b"], ["a", "c"])
        Score(found=1, right=1, predicted=3, gold=2)
        """
        ours, theirs = Counter(predicted), Counter(gold)
        return cls.of((ours & theirs).total(), predicted=ours.total(), gold=theirs.total())

    @property
    def precision(self) -> float:
        """Share of the predictions that are right; 1 where nothing was predicted and nothing was to be."""
        if not self.predicted:
            return 0.0 if self.gold else 1.0
        return self.right / self.predicted

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 where there was nothing to find."""
        return self.found / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_dict(self) -> dict[str, float | int]:
        """Give the row as it is written to JSON, ratios with four decimals."""
        return {
            "p": round(self.precision, 4),
            "r": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "tp": self.found,
            "pred": self.predicted,
            "gold": self.gold,
        }
