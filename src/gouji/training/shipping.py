"""Fit the models that the package ships, and write their papers. One command a model, the same bytes every time.

The shipped models are fitted on the split ``dev`` of the shipped documents and on generated ones, so that whoever has
the project can make them again, and the documents of the other split stay unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from gouji.corpus.generate import collection
from gouji.errors import AnnotationError
from gouji.evaluate.evaluation import Evaluation, means
from gouji.facts.cause_features import classifier_options, codes
from gouji.resources.artefacts import store
from gouji.resources.crf_templates import crf_templates
from gouji.training.categories_fit import CategoryParameters, CauseRow, Source, cause_rows, fit_categories
from gouji.training.crf_fit import CrfParameters, fit_crf
from gouji.training.crossval import KINDS, cross_validate, fitting
from gouji.training.draw import Draw, drawn
from gouji.training.examples import Example, corpus, generated
from gouji.training.phrases import phrase_files, phrase_rows

SHIPPED_SPLIT = "dev"
SCORED = ("CAUSE span", "CAUSE characters", "INDICATOR span", "INDICATOR span+type")
DIGITS = 4
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Material:
    """What is fitted on: the annotated documents, and so many generated ones from a seed."""

    annotated: tuple[Example, ...]
    docs: int
    seed: int
    phrases: tuple[CauseRow, ...]
    lists: Mapping[str, str]
    """Hashes of the files that the phrases stand in."""

    @property
    def generated(self) -> Iterator[Example]:
        """Generated documents, made anew each time: a thousand of them at once would fill the memory."""
        return (generated(report) for report in collection(self.seed, self.docs))

    @property
    def papers(self) -> dict[str, Any]:
        """What the papers say of it."""
        return {
            "data": {e.name: e.data["document"]["sha256"] for e in self.annotated},
            "generator": {"seed": self.seed, "documents": self.docs, "styles": "all"},
            "split": SHIPPED_SPLIT,
        }


def material(root: Path, docs: int, seed: int) -> Material:
    """Load what the shipped models are fitted on.

    Parameters
    ----------
    root : Path
        Folder with ``corpora`` and ``annotations``.
    docs, seed : int
        Number of generated documents, and their seed.

    Raises
    ------
    AnnotationError
        If there is nothing to fit on.
    """
    annotated = tuple(corpus(root, SHIPPED_SPLIT))
    if not annotated:
        raise AnnotationError(f"{root}: 没有可用于训练的文件。")
    return Material(annotated, docs, seed, tuple(phrase_rows(root)), phrase_files(root))


def train_tagger(
    name: str,
    source: Material,
    out: Path,
    parameters: CrfParameters | None = None,
    score: bool = False,
    told: Told = lambda _: None,
) -> dict[str, Any]:
    """Fit a tagger and write its arrays and its papers.

    Parameters
    ----------
    name : str
        ``crf``, which works alone, or ``hybrid``, which also sees what the rules say.
    source : Material
    out : Path
        Folder for the model.
    parameters : CrfParameters, optional
    score : bool
        Whether to put the scores of a grouped cross-validation over the annotated documents into the papers.
    told : callable
        Is told what is being done.

    Returns
    -------
    dict
        The papers, without what writing adds.
    """
    parameters = parameters or CrfParameters()
    scores = {}
    if score:
        found = cross_validate(source.annotated, tuple(source.generated), parameters, systems=(name,), told=told)
        scores = {system: summarised(rows) for system, rows in found.items()}
    templates = crf_templates()
    used = templates.places({"rules"} if name == "crf" else ())
    told(f"{name}：{len(source.annotated)} 份标注文件，{source.docs} 份生成文件")
    parts = chain(
        (fitting(e, name) for e in source.annotated), (drawn(fitting(e, name), Draw()) for e in source.generated)
    )
    fitted = fit_crf(parts, KINDS, parameters, used=used)
    papers = {
        "name": name,
        "kind": "conditional random field on characters",
        "feature_version": templates.feature_version,
        "resource_sha256": templates.sha256,
        "labels": list(fitted.labels),
        "parameters": parameters.as_dict(),
        "scores": scores,
        **source.papers,
        "generator": source.papers["generator"] | {"passages": asdict(Draw())},
    }
    store(out, fitted.arrays, papers)
    return papers


def train_categories(
    source: Material, out: Path, parameters: CategoryParameters | None = None, told: Told = lambda _: None
) -> dict[str, Any]:
    """Fit the classifier of causes and write ``categories.npz`` and ``categories.json``.

    Returns
    -------
    dict
        The papers, without what writing adds.
    """
    parameters = parameters or CategoryParameters()
    rows = [r for e in source.annotated for r in cause_rows(e)]
    rows += [r for e in source.generated for r in cause_rows(e, Source.GENERATED)]
    rows += source.phrases
    told(f"categories：{len(rows)} 条原因")
    arrays = fit_categories(rows, parameters)
    options = classifier_options()
    papers = {
        "name": "categories",
        "kind": "linear classifiers on stretches of characters",
        "feature_version": options.feature_version,
        "resource_sha256": options.sha256,
        "labels": list(codes()),
        "parameters": parameters.as_dict(),
        "scores": {},
        **source.papers,
        "data": source.papers["data"] | source.lists,
    }
    store(out, arrays, papers)
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
