"""Fit the character tagger with python-crfsuite, and take what it learned out of its model as plain arrays."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from gouji.extract.crf_decoder import CompiledCrf
from gouji.extract.crf_features import strings
from gouji.resources.crf_templates import crf_templates, span_labels
from gouji.training.examples import Sequences


@dataclass(frozen=True, slots=True)
class CrfParameters:
    """How the tagger is fitted: penalties of the weights, rarest feature that counts, rounds."""

    c1: float = 0.1
    c2: float = 0.1
    min_freq: int = 2
    rounds: int = 50

    def as_dict(self) -> dict[str, float | int]:
        """Give the parameters by name."""
        return asdict(self)


Arrays = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Fitted:
    """What was learned.

    `arrays` are ``template``, ``number``, ``label``, ``weight`` of the state features, ordered, and ``transition``;
    `labels` the labels of units that the material had.
    """

    arrays: Arrays
    labels: tuple[str, ...]

    def compiled(self) -> CompiledCrf:
        """Give the tagger, ready to use."""
        return CompiledCrf(self.arrays, self.labels, crf_templates())


def fit_crf(
    material: Iterable[Sequences],
    kinds: tuple[str, ...],
    parameters: CrfParameters,
    model: Path | None = None,
    used: Sequence[int] | None = None,
) -> Fitted:
    """Fit a tagger.

    Parameters
    ----------
    material : iterable of Sequences
        Each is forgotten once its features are written down.
    kinds : tuple of str
        Labels of spans.
    parameters : CrfParameters
    model : Path, optional
        Where python-crfsuite's own model is to be left.
    used : sequence of int, optional
        Places of the templates to use; all if not given.

    Returns
    -------
    Fitted
    """
    import pycrfsuite

    templates = crf_templates()
    names = span_labels(kinds)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": parameters.c1,
            "c2": parameters.c2,
            "feature.minfreq": parameters.min_freq,
            "max_iterations": parameters.rounds,
        }
    )
    for document in material:
        features = strings(document.laid, templates, used)
        for rows, labels in zip(features, document.labels, strict=True):
            trainer.append(rows, [names[label] for label in labels.tolist()])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.crfsuite" if model is None else model
        trainer.train(str(path))
        return taken_out(path, names)


def taken_out(path: Path, names: tuple[str, ...]) -> Fitted:
    """Take the weights out of a model of python-crfsuite; it knows only labels that its material had."""
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    try:
        info = tagger.info()
    finally:
        tagger.close()
    names = tuple(name for name in names if name in info.labels)
    place = {name: at for at, name in enumerate(names)}
    rows = sorted(
        (*map(int, attribute.split(":")), place[label], weight)
        for (attribute, label), weight in info.state_features.items()
    )
    transition = np.zeros((len(names), len(names)))
    for (before, after), weight in info.transitions.items():
        transition[place[before], place[after]] = weight
    columns = list(zip(*rows, strict=True)) if rows else [(), (), (), ()]
    arrays: Arrays = {
        "template": np.array(columns[0], dtype=np.int16),
        "number": np.array(columns[1], dtype=np.int64),
        "label": np.array(columns[2], dtype=np.int8),
        "weight": np.array(columns[3], dtype=np.float64),
        "transition": transition,
    }
    return Fitted(arrays, names)
