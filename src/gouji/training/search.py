"""Search for the parameters of the tagger over grouped folds, by scikit-learn's grids and splits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gouji.evaluate.score import Score
from gouji.evaluate.statistics import Estimate, mean
from gouji.extract.crf_borders import best
from gouji.extract.crf_decoder import CompiledCrf, spans_of
from gouji.resources.crf_templates import crf_templates, span_labels
from gouji.training.crf_fit import CrfParameters, fit_crf
from gouji.training.crossval import KINDS
from gouji.training.draw import Draw, drawn
from gouji.training.examples import Example, Sequences, sequences

GRID: Mapping[str, Sequence[float]] = {"c1": (0.03, 0.1, 0.3, 1.0), "c2": (0.01, 0.1)}
FOLDS = 3


@dataclass(frozen=True, slots=True)
class Tried:
    """Parameters, and what they gave: F1 of exact spans, mean over the labels, then over the documents."""

    parameters: CrfParameters
    f1: Estimate


def search(
    examples: Sequence[Example],
    further: Iterable[Example] = (),
    grid: Mapping[str, Sequence[float]] = GRID,
    start: CrfParameters | None = None,
    count: int = FOLDS,
) -> list[Tried]:
    """Try every point of a grid.

    Parameters
    ----------
    examples : sequence of Example
        Annotated documents; no group of them is on both sides of a fold.
    further : iterable of Example
        Generated documents, passages of which are fitted on in every fold.
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
    generated = [drawn(sequences(e, KINDS), Draw()) for e in further]
    groups = [e.group for e in examples]
    splits = list(GroupKFold(min(count, len(set(groups)))).split(own, groups=groups))
    used = crf_templates().places({"rules"})
    start = start or CrfParameters()
    out = []
    for point in ParameterGrid({name: list(values) for name, values in grid.items()}):
        parameters = CrfParameters(**(start.as_dict() | point))
        scores: dict[int, float] = {}
        for fit, test in splits:
            material = [*(own[i] for i in fit), *generated]
            model = fit_crf(material, KINDS, parameters, used=used).compiled()
            for i in test.tolist():
                scores[i] = sum(span_f1([own[i]], model, kind) for kind in KINDS) / len(KINDS)
        out.append(Tried(parameters, mean([scores[i] for i in sorted(scores)])))
    return sorted(out, key=lambda tried: -tried.f1.value)


def span_f1(sources: Sequence[Sequences], model: CompiledCrf, kind: str) -> float:
    """F1 of exact spans of one label over some documents together."""
    names = span_labels(KINDS)
    gold, found = [], []
    for number, source in enumerate(sources):
        paths = best(model, source.units, source.laid)[2]
        for at, (path, wanted) in enumerate(zip(paths, source.labels, strict=True)):
            found += [(number, at, s) for s in spans_of([model.labels[i] for i in path.tolist()]) if s[0] == kind]
            gold += [(number, at, s) for s in spans_of([names[i] for i in wanted.tolist()]) if s[0] == kind]
    return Score.of_items(found, gold).f1
