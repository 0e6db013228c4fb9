"""What takes part in a benchmark: a name, the rows it answers, and a function from a document to predictions.

A new system is a function ``Document -> predictions`` in the contract's shape and one entry of `ADAPTERS`; or no code
at all: predictions of any program, written as ``NAME.analysis.json`` files, take part as ``NAME=FOLDER``.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gouji.analysis import analyse
from gouji.benchmark.baselines import fixed_tolerance, value_only
from gouji.benchmark.others import cn2an_values, jionlp_money, recognizers, spacy_model
from gouji.errors import AnnotationError
from gouji.evaluate.sides import read_json
from gouji.export.contract import to_dict
from gouji.model.document import Document
from gouji.settings import SYSTEMS, Settings

Predictions = dict[str, Any]
Predict = Callable[[Document], Predictions]
MENTIONS = frozenset({"AMOUNT", "RATE", "QUANTITY", "INDICATOR", "CAUSE"})
EVERYTHING = MENTIONS | {"fact", "cause", "alignment", "conflict"}


@dataclass(frozen=True)
class System:
    """A system that takes part.

    Parameters
    ----------
    name : str
    answers : frozenset of str
        Labels and layers that it predicts (`EVERYTHING`); rows of others are shown as not answered.
    predict : callable
        From a document to predictions in the contract's shape; layers it does not answer may be missing.
    about : str
        What it is, for the run card.
    packages : tuple of str
        Distributions whose versions belong into the run card.
    """

    name: str
    answers: frozenset[str]
    predict: Predict
    about: str = ""
    packages: tuple[str, ...] = ()

    def versions(self) -> dict[str, str]:
        """Give the versions of its packages."""
        return {package: importlib.metadata.version(package) for package in self.packages}


@dataclass(frozen=True)
class Adapter:
    """How a system of another program is made: what it answers, and a maker that fails if it is not installed."""

    make: Callable[[str], Predict]
    answers: frozenset[str]
    about: str
    packages: tuple[str, ...] = field(default=())


ADAPTERS: Mapping[str, Adapter] = {
    "jionlp": Adapter(jionlp_money, frozenset({"AMOUNT"}), "JioNLP, extract_money", ("jionlp",)),
    "cn2an": Adapter(cn2an_values, frozenset({"AMOUNT", "RATE"}), "numerals by cn2an, a plain pattern", ("cn2an",)),
    "recognizers": Adapter(
        recognizers,
        frozenset({"AMOUNT", "RATE"}),
        "Microsoft Recognizers-Text, currency and percentage",
        ("recognizers-text-suite",),
    ),
    "spacy": Adapter(spacy_model, MENTIONS, "a trained spaCy pipeline: entities or span groups", ("spacy",)),
    "value-only": Adapter(
        value_only,
        frozenset({"alignment"}),
        "baseline: a figure is tied to every cell of equal value",
    ),
    "fixed-tolerance": Adapter(
        fixed_tolerance,
        frozenset({"alignment", "conflict"}),
        "baseline: figures agree when they differ by 0.01 at most",
    ),
}


def system_of(spec: str) -> System:
    """Make a system of how it is called on the command line.

    Parameters
    ----------
    spec : str
        ``rules``, ``crf``, ``hybrid``; a name of `ADAPTERS`, with an argument behind a colon where it takes one
        (``spacy:models/ner``); or ``NAME=FOLDER`` for prediction files.

    Raises
    ------
    AnnotationError
        If there is no such system, its program is not installed, or the folder does not exist.
    """
    name, equals, folder = spec.partition("=")
    if equals:
        if not Path(folder).is_dir():
            raise AnnotationError(f"{folder}: 找不到预测结果的文件夹。")
        return System(name, EVERYTHING, _files(Path(folder)), f"prediction files in {Path(folder).name}")
    kind, _, argument = spec.partition(":")
    if kind in SYSTEMS:
        return System(kind, EVERYTHING, _ours(kind), f"gouji, {kind}", ("gouji",))
    adapter = ADAPTERS.get(kind)
    if adapter is None:
        known = "、".join((*SYSTEMS, *ADAPTERS))
        raise AnnotationError(f"没有系统 {kind!r}，可用：{known}，或 名称=预测结果文件夹。")
    try:
        return System(kind, adapter.answers, adapter.make(argument), adapter.about, adapter.packages)
    except ImportError as err:
        needed = "、".join(adapter.packages)
        raise AnnotationError(f"系统 {kind} 需要 {needed}，请先运行 pip install {needed}（{err}）。") from err


def _ours(system: str) -> Predict:
    settings = Settings(system=system)
    return lambda document: to_dict(analyse(document, settings))


def _files(folder: Path) -> Predict:
    def predict(document: Document) -> Predictions:
        found = sorted(folder.rglob(f"{document.name}.analysis.json")) or sorted(
            folder.rglob(f"{document.name}.gold.json")
        )
        if not found:
            raise AnnotationError(f"{folder}: 没有 {document.name}.analysis.json。")
        return read_json(found[0])

    return predict
