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
from gouji.facts.cause_features import Floats, beside, classifier_options, codes, stretches
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
        ``known`` (sorted numbers of stretches), ``idf``, ``weights`` (n_known, n_codes), ``beside`` (n_beside,
        n_codes), ``bias``, ``slope`` and ``shift`` (calibration of every category).
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self.known = {int(key): at for at, key in enumerate(arrays["known"].tolist())}
        self.idf: Floats = arrays["idf"].astype(np.float64)
        self.weights: Floats = arrays["weights"].astype(np.float64)
        self.beside: Floats = arrays["beside"].astype(np.float64)
        self.bias: Floats = arrays["bias"].astype(np.float64)
        self.slope: Floats = arrays["slope"].astype(np.float64)
        self.shift: Floats = arrays["shift"].astype(np.float64)

    def scores(self, text: str, directions: Iterable[str] = ()) -> Floats:
        """Give the score of every category, before calibration."""
        found = [(self.known[key], count) for key, count in stretches(text).items() if key in self.known]
        out = self.bias + beside(text, directions) @ self.beside
        if found:
            rows = np.array([row for row, _ in found])
            values = np.array([1.0 + math.log(count) for _, count in found]) * self.idf[rows]
            out = out + (values / np.sqrt((values**2).sum())) @ self.weights[rows]
        return np.asarray(out, dtype=np.float64)

    def judge(self, text: str, directions: Iterable[str] = ()) -> Judged:
        """Give the calibrated probability of every category."""
        z = self.slope * self.scores(text, directions) + self.shift
        return Judged(codes(), tuple((1 / (1 + np.exp(-z))).tolist()))

    def classify(self, text: str, directions: Iterable[str] = ()) -> tuple[str, ...]:
        """Categories of a cause, the main one first."""
        options = classifier_options()
        ranked = self.judge(text, directions).ranked
        further = [code for p, code in ranked[1 : options.most] if p >= options.second_at_least]
        return (ranked[0][1], *further)

    def beside_rules(self, text: str, directions: Iterable[str] = ()) -> tuple[str, ...]:
        """Categories by the rules where their words settle the main one, else by the classifier where it is sure."""
        listed = tuple(directions)
        ours, theirs = self.classify(text, listed), classify(text, [Direction(d) for d in listed])
        found = scores(text).get(theirs[0])
        if theirs[0] != "restatement" and (found is None or found.heaviest < SETTLES):
            sure = self.judge(text, listed).ranked[0][0] >= classifier_options().second_at_least
            return ours if sure else theirs
        further = [code for code in ours if code != theirs[0]]
        return (theirs[0], *further)[: classifier_options().most]


SETTLES = 5  # weight of a word that settles a category by itself


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
