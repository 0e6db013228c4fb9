"""Fit the classifier of causes with scikit-learn and take it out as plain arrays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gouji.facts.cause_features import Floats, beside, classifier_options, codes, stretches
from gouji.facts.learned_categories import CauseClassifier
from gouji.training.examples import Example

Arrays = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One annotated cause: its words, the directions of what it explains, its categories, its document's group."""

    text: str
    directions: tuple[str, ...]
    categories: tuple[str, ...]
    group: str
    generated: bool = False


@dataclass(frozen=True, slots=True)
class CategoryParameters:
    """How the classifier is fitted: strength of the weights, and how much an annotated cause counts."""

    strength: float = 4.0
    annotated: float = 4.0
    folds: int = 4

    def as_dict(self) -> dict[str, float | int]:
        """Give the parameters by name."""
        return asdict(self)


def cause_rows(source: Example, generated: bool = False) -> list[CauseRow]:
    """Causes of a document."""
    spans = {m.id: m.span for m in source.mentions}
    direction = {f["id"]: str(f["direction"]) for f in source.data["facts"]}
    text = source.document.text
    return [
        CauseRow(
            text[spans[c.span].start : spans[c.span].end],
            tuple(dict.fromkeys(direction[e] for e in c.explains if e in direction)),
            c.categories,
            source.group,
            generated,
        )
        for c in source.causes
    ]


def fit_categories(rows: Sequence[CauseRow], parameters: CategoryParameters, calibrate: bool = True) -> Arrays:
    """Fit one linear classifier a category.

    Parameters
    ----------
    rows : sequence of CauseRow
    parameters : CategoryParameters
    calibrate : bool
        Whether to fit slope and shift of the probabilities on grouped folds of the annotated causes.

    Returns
    -------
    dict of str to array
        As `CauseClassifier` wants them.
    """
    arrays = _linear(rows, parameters)
    arrays["slope"], arrays["shift"] = np.ones(len(codes())), np.zeros(len(codes()))
    annotated = [r for r in rows if not r.generated]
    groups = sorted({r.group for r in annotated})
    if calibrate and len(groups) >= parameters.folds:
        arrays["slope"], arrays["shift"] = _calibration(rows, annotated, groups, parameters)
    return arrays


def _linear(rows: Sequence[CauseRow], parameters: CategoryParameters) -> Arrays:
    import scipy.sparse
    from sklearn.linear_model import LogisticRegression

    options = classifier_options()
    counted = [stretches(r.text) for r in rows]
    frequency: dict[int, int] = {}
    for counts in counted:
        for key in counts:
            frequency[key] = frequency.get(key, 0) + 1
    known = sorted(key for key, n in frequency.items() if n >= options.least_documents)
    place = {key: at for at, key in enumerate(known)}
    idf = np.array([math.log((1 + len(rows)) / (1 + frequency[key])) + 1 for key in known])
    data: list[float] = []
    column: list[int] = []
    ends = [0]
    for counts in counted:
        found = [(place[key], n) for key, n in sorted(counts.items()) if key in place]
        values = np.array([1 + math.log(n) for _, n in found]) * idf[[at for at, _ in found]]
        data += (values / np.sqrt((values**2).sum())).tolist() if found else []
        column += [at for at, _ in found]
        ends.append(len(data))
    characters = scipy.sparse.csr_matrix((data, column, ends), shape=(len(rows), len(known)))
    further = np.array([beside(r.text, r.directions) for r in rows])
    features = scipy.sparse.hstack([characters, scipy.sparse.csr_matrix(further)], format="csr")
    weight = np.array([1.0 if r.generated else parameters.annotated for r in rows])
    weights = np.zeros((features.shape[1], len(codes())))
    bias = np.full(len(codes()), NEVER)
    for at, code in enumerate(codes()):
        wanted = np.array([code in r.categories for r in rows])
        if wanted.any() and not wanted.all():
            model = LogisticRegression(C=parameters.strength, solver="liblinear", random_state=0, max_iter=300)
            model.fit(features, wanted, sample_weight=weight)
            weights[:, at], bias[at] = model.coef_[0], model.intercept_[0]
    cut = len(known)
    return {
        "known": np.array(known, dtype=np.int64),
        "idf": idf.astype(np.float32),
        "weights": weights[:cut].astype(np.float32),
        "beside": weights[cut:].astype(np.float32),
        "bias": bias,
    }


NEVER = -6.0  # score of a category that the material does not have


def _calibration(
    rows: Sequence[CauseRow], annotated: Sequence[CauseRow], groups: Sequence[str], parameters: CategoryParameters
) -> tuple[Floats, Floats]:
    """Slope and shift of the scores, one pair for all categories, on causes that the scores were not fitted on."""
    from sklearn.linear_model import LogisticRegression

    scores: list[float] = []
    right: list[bool] = []
    one = np.ones(len(codes()))
    for fold in range(parameters.folds):
        held = {g for at, g in enumerate(groups) if at % parameters.folds == fold}
        arrays = _linear([r for r in rows if r.generated or r.group not in held], parameters)
        model = CauseClassifier(arrays | {"slope": one, "shift": one})
        for row in annotated:
            if row.group in held:
                scores += model.scores(row.text, row.directions).tolist()
                right += [code in row.categories for code in codes()]
    fitted = LogisticRegression(C=1e6).fit(np.array(scores)[:, None], right)
    return one * float(fitted.coef_[0, 0]), one * float(fitted.intercept_[0])
