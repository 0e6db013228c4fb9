"""Fit the models that the package ships, and write their papers. One command, the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from gouji.errors import AnnotationError
from gouji.evaluate.evaluation import Evaluation, means
from gouji.resources.artefacts import store
from gouji.resources.crf_templates import crf_templates
from gouji.training.crf_fit import CrfParameters, fit_crf
from gouji.training.crossval import KINDS, cross_validate
from gouji.training.examples import Example, corpus, sequences

SHIPPED_SPLIT = "dev"
"""The shipped models are fitted on this split of the shipped documents alone, so that the others stay unseen."""
SCORED = ("CAUSE span", "CAUSE characters", "INDICATOR span", "INDICATOR span+type")
DIGITS = 4


def train_crf(
    root: Path,
    out: Path,
    further: Sequence[Example] = (),
    generator: dict[str, Any] | None = None,
    parameters: CrfParameters | None = None,
    score: bool = True,
    told: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Fit the tagger and write ``crf.npz`` and ``crf.json``.

    Parameters
    ----------
    root : Path
        Folder with ``corpora`` and ``annotations``.
    out : Path
        Folder for the model.
    further : sequence of Example
        Generated documents.
    generator : dict, optional
        How they were made: seed, number, styles.
    parameters : CrfParameters, optional
    score : bool
        Whether to put the scores of a grouped cross-validation into the papers.
    told : callable
        Is told what is being done.

    Returns
    -------
    dict
        The papers, without what writing adds.

    Raises
    ------
    AnnotationError
        If there is nothing to fit on.
    """
    parameters = parameters or CrfParameters()
    examples = corpus(root, SHIPPED_SPLIT)
    if not examples and not further:
        raise AnnotationError(f"{root}: 没有可用于训练的文件。")
    generated = [sequences(e, KINDS) for e in further]
    scores = {}
    if score and len(examples) > 1:
        told("交叉验证")
        found = cross_validate(examples, generated, parameters, told=told)
        scores = {system: summarised(rows) for system, rows in found.items()}
    told("训练")
    fitted = fit_crf([*(sequences(e, KINDS) for e in examples), *generated], KINDS, parameters)
    templates = crf_templates()
    papers = {
        "name": "crf",
        "kind": "conditional random field on characters",
        "feature_version": templates.feature_version,
        "resource_sha256": templates.sha256,
        "labels": list(fitted.labels),
        "data": {e.name: e.data["document"]["sha256"] for e in examples},
        "generator": generator,
        "split": SHIPPED_SPLIT,
        "parameters": parameters.as_dict(),
        "scores": scores,
    }
    store(out, fitted.arrays, papers)
    return papers


def summarised(rows: Sequence[Evaluation]) -> dict[str, Any]:
    """Mean F1 over documents of the rows that matter, with its 95 % interval and the number of documents."""
    found = means(rows)
    return {
        row: {
            "f1": round(found[row].value, DIGITS),
            "low": None if found[row].low is None else round(found[row].low or 0.0, DIGITS),
            "high": None if found[row].high is None else round(found[row].high or 0.0, DIGITS),
            "documents": found[row].documents,
        }
        for row in SCORED
        if row in found
    }
