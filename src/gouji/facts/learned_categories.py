"""Categories of a cause by the learned classifier: plain arrays, applied with numpy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from gouji.facts.categories import classify
from gouji.facts.cause_features import Floats, beside, classifier_options, codes, directed, stretches
from gouji.model.facts import Direction
from gouji.resources.artefacts import shipped
from gouji.resources.cause_categories import scores


@dataclass(frozen=True, slots=True)
class Judged:
    """Probability of every category, in the order of `codes`."""

    codes: tuple[str, ...]
    probabilities: tuple[float, ...]

    @property
    def ranked(self) -> list[tuple[float, str]]:
        """Probability and category, the likeliest first."""
        return sorted(zip(self.probabilities, self.codes, strict=True), key=lambda p: (-p[0], p[1]))


class CauseClassifier:
    """A trained classifier.

    Parameters
    ----------
    arrays : mapping of str to array
        ``known`` (sorted numbers of stretches), ``idf``; for each category by itself ``weights`` (n_known, n_codes),
        ``beside`` (n_beside, n_codes), ``bias``, ``slope`` and ``shift`` (calibration); for the main category ``main``
        (n_known, n_codes), ``main_directions`` (n_directions, n_codes), ``main_bias``.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self.known = {int(key): at for at, key in enumerate(arrays["known"].tolist())}
        self.idf: Floats = arrays["idf"].astype(np.float64)
        self.weights: Floats = arrays["weights"].astype(np.float64)
        self.beside: Floats = arrays["beside"].astype(np.float64)
        if "main" in arrays:
            self.main_weights: Floats = arrays["main"].astype(np.float64)
            self.main_directions: Floats = arrays["main_directions"].astype(np.float64)
            self.main_bias: Floats = arrays["main_bias"].astype(np.float64)
        self.bias: Floats = arrays["bias"].astype(np.float64)
        self.slope: Floats = arrays["slope"].astype(np.float64)
        self.shift: Floats = arrays["shift"].astype(np.float64)

    def _found(self, text: str) -> tuple[npt.NDArray[np.int64], Floats]:
        """Rows of the stretches that are known, and the weight of each."""
        found = [(self.known[key], count) for key, count in stretches(text).items() if key in self.known]
        rows = np.array([row for row, _ in found], dtype=np.int64)
        values = np.array([1.0 + math.log(count) for _, count in found]) * self.idf[rows]
        return rows, values / np.sqrt((values**2).sum()) if found else values

    def scores(self, text: str, directions: Iterable[str] = ()) -> Floats:
        """Give the score of every category by itself, before calibration."""
        rows, values = self._found(text)
        return np.asarray(
            self.bias + beside(text, directions) @ self.beside + values @ self.weights[rows], dtype=np.float64
        )

    def judge(self, text: str, directions: Iterable[str] = ()) -> Judged:
        """Give the calibrated probability that a cause has each category."""
        z = self.slope * self.scores(text, directions) + self.shift
        return Judged(codes(), tuple((1 / (1 + np.exp(-z))).tolist()))

    def main(self, text: str, directions: Iterable[str] = ()) -> Judged:
        """Give the probability that each category is the main one."""
        return _chances(self._main(text, directions))

    def _main(self, text: str, directions: Iterable[str]) -> Floats:
        rows, values = self._found(text)
        z = self.main_bias + directed(directions) @ self.main_directions + values @ self.main_weights[rows]
        return np.asarray(z, dtype=np.float64)

    def classify(self, text: str, directions: Iterable[str] = ()) -> tuple[str, ...]:
        """Categories of a cause, the main one first."""
        listed = tuple(directions)
        return self._with_further(text, listed, self.main(text, listed), UNTOLD)

    def beside_rules(self, text: str, directions: Iterable[str] = ()) -> tuple[str, ...]:
        """Categories by both: what the rules choose counts the more, the more their heaviest word tells.

        Where nothing is likely enough, the rules decide if a word of theirs settles a category by itself.
        """
        listed = tuple(directions)
        chosen, heaviest = _of_rules(text, listed)
        main = _chances(self._main(text, listed) + _bonus(chosen, heaviest))
        return self._with_further(text, listed, main, chosen if heaviest >= SETTLES else UNTOLD)

    def main_beside_rules(self, text: str, directions: Iterable[str] = ()) -> Judged:
        """Give the probability that each category is the main one, the rules' choice among what tells."""
        listed = tuple(directions)
        return _chances(self._main(text, listed) + _bonus(*_of_rules(text, listed)))

    def _with_further(self, text: str, directions: tuple[str, ...], main: Judged, unsure: str) -> tuple[str, ...]:
        options = classifier_options()
        likeliest, first = main.ranked[0]
        if likeliest < options.main_at_least:
            first = unsure
        beside_it = dict(zip(codes(), self.judge(text, directions).probabilities, strict=True))
        further = [
            code
            for chance, code in main.ranked
            if code != first and (chance >= options.rival_at_least or beside_it[code] >= options.second_at_least)
        ]
        return (first, *further)[: options.most]


UNTOLD = "other"
SETTLES = 5  # weight of a word that settles a category by itself
RESTATES = 6  # weight of what is made only of words that restate a change, beside the words of other categories


def _of_rules(text: str, directions: tuple[str, ...]) -> tuple[str, int]:
    """Give the main category by the rules, and the weight of the heaviest word that tells of it."""
    chosen = classify(text, [Direction(d) for d in directions])[0]
    found = scores(text).get(chosen)
    return chosen, found.heaviest if found is not None else RESTATES if chosen == "restatement" else 0


def _bonus(chosen: str, heaviest: int) -> Floats:
    """Give what the rules' choice adds to the logarithms of the chances."""
    out = np.zeros(len(codes()))
    out[codes().index(chosen)] = classifier_options().rule_bonus * heaviest
    return out


def _chances(z: Floats) -> Judged:
    weights = np.exp(z - z.max())
    return Judged(codes(), tuple((weights / weights.sum()).tolist()))


@cache
def shipped_classifier() -> CauseClassifier:
    """Load the package's own classifier.

    Raises
    ------
    ArtefactError
        If it is missing or its papers do not fit it.
    """
    options = classifier_options()
    return CauseClassifier(shipped("categories", options.feature_version, options.sha256).arrays)
