"""Features of a cause for the learned classifier: stretches of characters, directions, what the rules say."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from gouji.errors import ResourceError
from gouji.facts.categories import classify
from gouji.resources.cause_categories import scores
from gouji.resources.loading import read_text, read_yaml
from gouji.resources.wording import vocabularies

FILE = "cause_classifier.yaml"
SCHEMA = "gouji-cause-classifier/1"
FIGURE = re.compile(r"[0-9０-９]+(?:[.,，．][0-9０-９]+)*")
BLANK = re.compile(r"\s+")
DIRECTIONS = ("increase", "decrease", "flat")
SHIFT = 21  # bits of a code point
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ClassifierOptions:
    """The content of the file, and its hash."""

    feature_version: int
    ngrams: tuple[int, ...]
    least_documents: int
    rule_weight: int
    rule_bonus: float
    main_at_least: float
    rival_at_least: float
    second_at_least: float
    most: int
    sha256: str


@cache
def classifier_options() -> ClassifierOptions:
    """Load the options.

    Raises
    ------
    ResourceError
        If keys are missing or unknown, or a stretch is longer than three characters.
    """
    content: dict[str, Any] = dict(read_yaml(FILE, SCHEMA))
    for key in ("schema", "version"):
        content.pop(key)
    try:
        options = ClassifierOptions(sha256=hashlib.sha256(read_text(FILE).encode()).hexdigest(), **content)
    except TypeError as err:
        raise ResourceError(f"{FILE}: keys are {sorted(content)} ({err})") from err
    if not options.ngrams or max(options.ngrams) > 3:
        raise ResourceError(f"{FILE}: ngrams are {options.ngrams}, expected lengths up to 3")
    return options


def codes() -> tuple[str, ...]:
    """Categories in the order of the model's columns."""
    return tuple(sorted(vocabularies()["category"]))


def stretches(text: str) -> Counter[int]:
    """Count the stretches of characters of a cause, each packed into one number.

    Examples
    --------
    >>> len(stretches("人员")), stretches("3人") == stretches("12人")
    (7, True)
    """
    letters = "^" + BLANK.sub("", FIGURE.sub("0", text)) + "$"
    points = [ord(c) for c in letters]
    out: Counter[int] = Counter()
    for length in classifier_options().ngrams:
        for at in range(len(points) - length + 1):
            key = 0
            for point in points[at : at + length]:
                key = (key << SHIFT) | point
            out[key] += 1
    return out


def directed(directions: Iterable[str]) -> Floats:
    """Directions of the changes explained as features of the main category."""
    listed = [str(d) for d in directions]
    return np.array([DIRECTION_WEIGHT * (d in listed) for d in DIRECTIONS])


DIRECTION_WEIGHT = 0.5  # beside stretches of characters, whose squares add up to one


def beside(text: str, directions: Iterable[str]) -> Floats:
    """Features beside the characters: directions of the changes explained, scores and choice of the rules."""
    listed = [str(d) for d in directions]
    found = scores(text)
    chosen = classify(text, ())
    weight = classifier_options().rule_weight
    told = [float(d in listed) for d in DIRECTIONS]
    heaviest = [found[c].heaviest / weight if c in found else 0.0 for c in codes()]
    total = [math.log1p(found[c].total) / 2 if c in found else 0.0 for c in codes()]
    main = [float(chosen[0] == c) for c in codes()]
    return np.array([*told, *heaviest, *total, *main])
