"""Fit the classifier of causes with scikit-learn and take it out as plain arrays."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from gouji.facts.cause_features import Floats, beside, classifier_options, codes, directed, stretches
from gouji.facts.learned_categories import CauseClassifier
from gouji.training.examples import Example

Arrays = dict[str, npt.NDArray[Any]]


class Source(StrEnum):
    """Where a cause comes from: an annotated document, a generated one, or a list of phrases."""

    ANNOTATED = "annotated"
    GENERATED = "generated"
    PHRASES = "phrases"


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One labelled cause: its words, the directions of what it explains, its categories, its document's group."""

    text: str
    directions: tuple[str, ...]
    categories: tuple[str, ...]
    group: str
    source: Source = Source.ANNOTATED


@dataclass(frozen=True, slots=True)
class CategoryParameters:
    """How the classifiers are fitted.

    Parameters
    ----------
    strength : float
        Inverse of the penalty on the weights, for each category by itself.
    main : float
        The same for the one that tells the main category.
    annotated : float
        How much a cause of an annotated document counts beside an invented one, for each category by itself.
    folds : int
        Folds of the annotated causes for the calibration.
    """

    strength: float = 4.0
    main: float = 30.0
    annotated: float = 4.0
    folds: int = 4

    def as_dict(self) -> dict[str, float | int]:
        """Give the parameters by name."""
        return asdict(self)


def cause_rows(example: Example, source: Source = Source.ANNOTATED) -> list[CauseRow]:
    """Causes of a document."""
    spans = {m.id: m.span for m in example.mentions}
    direction = {f["id"]: str(f["direction"]) for f in example.data["facts"]}
    text = example.document.text
    return [
        CauseRow(
            text[spans[c.span].start : spans[c.span].end],
            tuple(dict.fromkeys(direction[e] for e in c.explains if e in direction)),
            c.categories,
            example.group,
            source,
        )
        for c in example.causes
    ]


def fit_categories(rows: Sequence[CauseRow], parameters: CategoryParameters, calibrate: bool = True) -> Arrays:
    """Fit one linear classifier a category, and one that tells the main category of a cause.

    Phrases, which mostly have one category, teach the main one; what stands beside it is learned of documents.

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
    annotated = [r for r in rows if r.source is Source.ANNOTATED]
    groups = sorted({r.group for r in annotated})
    if calibrate and len(groups) >= parameters.folds:
        arrays["slope"], arrays["shift"] = _calibration(rows, annotated, groups, parameters)
    return arrays


def _linear(rows: Sequence[CauseRow], parameters: CategoryParameters, main: bool = True) -> Arrays:
    """Fit both; `main` is left out where only the calibration is wanted."""
    import scipy.sparse
    from sklearn.linear_model import LogisticRegression

    known, idf = _vocabulary(rows)
    characters = _characters(rows, known, idf)
    documents = [at for at, r in enumerate(rows) if r.source is not Source.PHRASES]
    further = scipy.sparse.csr_matrix(np.array([beside(rows[at].text, rows[at].directions) for at in documents]))
    features = scipy.sparse.hstack([characters[documents], further], format="csr")
    weight = np.array([parameters.annotated if rows[at].source is Source.ANNOTATED else 1.0 for at in documents])
    weights = np.zeros((features.shape[1], len(codes())))
    bias = np.full(len(codes()), NEVER)
    for at, code in enumerate(codes()):
        wanted = np.array([code in rows[row].categories for row in documents])
        if wanted.any() and not wanted.all():
            model = LogisticRegression(C=parameters.strength, solver="liblinear", random_state=0, max_iter=300)
            model.fit(features, wanted, sample_weight=weight)
            weights[:, at], bias[at] = model.coef_[0], model.intercept_[0]
    cut = len(known)
    return {
        "known": np.array(known, dtype=np.int64),
        "idf": idf.astype(np.float32),
        "weights": weights[:cut].astype(np.float16),
        "beside": weights[cut:].astype(np.float32),
        "bias": bias,
        **(_main(rows, characters, parameters) if main else {}),
    }


def _main(rows: Sequence[CauseRow], characters: Any, parameters: CategoryParameters) -> Arrays:
    """Fit the one that tells the main category, of annotated causes and of phrases."""
    import scipy.sparse
    from sklearn.linear_model import LogisticRegression

    places = [at for at, r in enumerate(rows) if r.source is not Source.GENERATED]
    towards = np.array([directed(rows[at].directions) for at in places])
    features = scipy.sparse.hstack([characters[places], scipy.sparse.csr_matrix(towards)], format="csr")
    told = [rows[at].categories[0] for at in places]
    weights = np.zeros((features.shape[1], len(codes())))
    bias = np.full(len(codes()), NEVER)
    if len(set(told)) > 1:
        model = LogisticRegression(C=parameters.main, max_iter=400).fit(features, told)
        columns = [codes().index(code) for code in model.classes_]
        two = len(columns) == 2  # scikit-learn then gives one row for both
        weights[:, columns] = np.vstack([-model.coef_, model.coef_]).T if two else model.coef_.T
        bias[columns] = [-model.intercept_[0], model.intercept_[0]] if two else model.intercept_
    cut = characters.shape[1]
    return {
        "main": weights[:cut].astype(np.float16),
        "main_directions": weights[cut:].astype(np.float32),
        "main_bias": bias,
    }


def _vocabulary(rows: Sequence[CauseRow]) -> tuple[list[int], Floats]:
    """Stretches that enough causes have, and how much each counts."""
    frequency: Counter[int] = Counter()
    for row in rows:
        frequency.update(stretches(row.text).keys())
    known = sorted(key for key, n in frequency.items() if n >= classifier_options().least_documents)
    return known, np.array([math.log((1 + len(rows)) / (1 + frequency[key])) + 1 for key in known])


def _characters(rows: Sequence[CauseRow], known: Sequence[int], idf: Floats) -> Any:
    """Weighted stretches of every cause, as a sparse matrix of unit rows."""
    import scipy.sparse

    place = {key: at for at, key in enumerate(known)}
    data: list[float] = []
    column: list[int] = []
    ends = [0]
    for row in rows:
        found = [(place[key], n) for key, n in sorted(stretches(row.text).items()) if key in place]
        values = np.array([1 + math.log(n) for _, n in found]) * idf[[at for at, _ in found]]
        data += (values / np.sqrt((values**2).sum())).tolist() if found else []
        column += [at for at, _ in found]
        ends.append(len(data))
    return scipy.sparse.csr_matrix((data, column, ends), shape=(len(rows), len(known)))


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
        left = [r for r in rows if r.source is not Source.PHRASES and r.group not in held]
        arrays = _linear(left, parameters, main=False)
        model = CauseClassifier(arrays | {"slope": one, "shift": one})
        for row in annotated:
            if row.group in held:
                scores += model.scores(row.text, row.directions).tolist()
                right += [code in row.categories for code in codes()]
    fitted = LogisticRegression(C=1e6).fit(np.array(scores)[:, None], right)
    return one * float(fitted.coef_[0, 0]), one * float(fitted.intercept_[0])
