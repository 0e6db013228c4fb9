"""Systems x documents -> evaluations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gouji.benchmark.systems import System
from gouji.errors import AnnotationError
from gouji.evaluate.evaluation import GOLD, Evaluation, evaluate
from gouji.evaluate.sides import read_json
from gouji.interchange.annotated import report_of
from gouji.model.document import Document
from gouji.readers import read

_LAYERS = ("mentions", "facts", "causes", "tables", "alignments", "outcomes", "ledger")


@dataclass(frozen=True)
class Task:
    """A document of the benchmark with its gold."""

    document: Document
    gold: Mapping[str, Any]
    gold_sha256: str


@dataclass(frozen=True)
class Run:
    """Everything that a benchmark found out.

    `evaluations` and `predictions` by system, then by document, in the order given; `left_out` says of gold that could
    not be used why.
    """

    tasks: tuple[Task, ...]
    systems: tuple[System, ...]
    evaluations: Mapping[str, Mapping[str, Evaluation]]
    predictions: Mapping[str, Mapping[str, Mapping[str, Any]]]
    left_out: tuple[str, ...] = field(default=())


def tasks_of(gold: Path, texts: Sequence[Path], names: Iterable[str] | None = None) -> tuple[list[Task], list[str]]:
    """Find the report of every gold file.

    Parameters
    ----------
    gold : Path
        Folder with ``NAME.gold.json``.
    texts : sequence of Path
        Folders with the reports, told by the hash of their bytes.
    names : iterable of str, optional
        Only documents of these names.

    Returns
    -------
    tuple
        Tasks by name, and a sentence for each gold file whose report is not there or whose spans carry no offsets.

    Raises
    ------
    AnnotationError
        If there is no gold file, or no report at all.
    """
    wanted = None if names is None else set(names)
    files = [p for p in sorted(gold.glob(f"*{GOLD}")) if wanted is None or p.name.removesuffix(GOLD) in wanted]
    if not files:
        raise AnnotationError(f"{gold}: 没有可用的 {GOLD[1:]} 文件。")
    tasks, left_out = [], []
    for file in files:
        data = read_json(file, "gouji-gold/1")
        path = report_of(data["document"], texts)
        if path is None:
            left_out.append(f"{file.name.removesuffix(GOLD)}：所给文件夹里没有这份标注的报告。")
        elif any("start" not in m for m in data["mentions"]):
            left_out.append(f"{file.name.removesuffix(GOLD)}：标注没有字符位置。")
        else:
            tasks.append(Task(read(path), data, hashlib.sha256(file.read_bytes()).hexdigest()))
    if not tasks:
        raise AnnotationError(f"{gold}: 找不到任何一份标注的报告，请用 --texts 指出它们所在的文件夹。")
    return tasks, left_out


def run(tasks: Sequence[Task], systems: Sequence[System], left_out: Sequence[str] = ()) -> Run:
    """Let every system predict every document, and compare with the gold.

    Raises
    ------
    AnnotationError
        If two systems have one name, or a prediction does not fit its document.
    """
    names = [system.name for system in systems]
    if len(set(names)) < len(names):
        raise AnnotationError(f"有同名的系统：{'、'.join(names)}；请用 名称=文件夹 区分。")
    predictions: dict[str, dict[str, Mapping[str, Any]]] = {}
    evaluations: dict[str, dict[str, Evaluation]] = {}
    for system in systems:
        predictions[system.name], evaluations[system.name] = {}, {}
        for task in tasks:
            predicted = complete(system.predict(task.document), task.gold)
            predictions[system.name][task.document.name] = predicted
            evaluations[system.name][task.document.name] = evaluate(predicted, task.gold)
    return Run(tuple(tasks), tuple(systems), evaluations, predictions, tuple(left_out))


def complete(predicted: Mapping[str, Any], gold: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in layers that a system does not predict, and the document where it does not name one."""
    empty: dict[str, Any] = {layer: [] for layer in _LAYERS}
    return {"document": gold["document"], **empty, **predicted}
