"""Search for the parameters of the tagger over grouped folds, by scikit-learn's grids and splits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gouji.evaluate.score import Score
from gouji.extract.crf_decoder import CompiledCrf, spans_of
from gouji.resources.crf_templates import crf_templates, span_labels
from gouji.training.crf_fit import CrfParameters, fit_crf
from gouji.training.crossval import KINDS
from gouji.training.examples import Example, Sequences, sequences

GRID: Mapping[str, Sequence[float]] = {"c1": (0.03, 0.1, 0.3), "c2": (0.003, 0.03)}
FOLDS = 3


@dataclass(frozen=True, slots=True)
class Tried:
    """Parameters, and the mean F1 over folds and labels that they gave."""

    parameters: CrfParameters
    f1: float


def search(
    examples: Sequence[Example],
    further: Sequence[Example] = (),
    grid: Mapping[str, Sequence[float]] = GRID,
    start: CrfParameters | None = None,
    count: int = FOLDS,
) -> list[Tried]:
    """Try every point of a grid.

    Parameters
    ----------
    examples : sequence of Example
        Annotated documents; no group of them is on both sides of a fold.
    further : sequence of Example
        Generated documents, fitted on in every fold.
    grid : mapping
        Values to try, by the name of the parameter.
    start : CrfParameters, optional
        The parameters that the grid does not name.
    count : int
        Number of folds, at most one a group.

    Returns
    -------
    list of Tried
        The best first; of equals the earlier in the grid.
    """
    from sklearn.model_selection import GroupKFold, ParameterGrid

    own = [sequences(e, KINDS) for e in examples]
    generated = [sequences(e, KINDS) for e in further]
    groups = [e.group for e in examples]
    splits = list(GroupKFold(min(count, len(set(groups)))).split(own, groups=groups))
    used = crf_templates().places({"rules"})
    start = start or CrfParameters()
    out = []
    for point in ParameterGrid({name: list(values) for name, values in grid.items()}):
        parameters = CrfParameters(**(start.as_dict() | point))
        scores = []
        for fit, test in splits:
            material = [*(own[i] for i in fit), *generated]
            model = fit_crf(material, KINDS, parameters, used=used).compiled()
            scores += [span_f1([own[i] for i in test], model, kind) for kind in KINDS]
        out.append(Tried(parameters, sum(scores) / len(scores)))
    return sorted(out, key=lambda tried: -tried.f1)


def span_f1(sources: Sequence[Sequences], model: CompiledCrf, kind: str) -> float:
    """F1 of exact spans of one label over some documents together."""
    names = span_labels(KINDS)
    gold, found = [], []
    for number, source in enumerate(sources):
        for at, (path, wanted) in enumerate(zip(model.decode(source.laid), source.labels, strict=True)):
            found += [(number, at, s) for s in spans_of([model.labels[i] for i in path.tolist()]) if s[0] == kind]
            gold += [(number, at, s) for s in spans_of([names[i] for i in wanted.tolist()]) if s[0] == kind]
    return Score.of_items(found, gold).f1
