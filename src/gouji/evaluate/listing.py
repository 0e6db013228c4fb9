"""Evaluations as lines of text and as JSON: what ``gouji evaluate`` shows."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gouji.errors import AnnotationError
from gouji.evaluate.evaluation import Evaluation, Mean, mean, means

SPLITS = "splits.tsv"


def lines(evaluations: Sequence[Evaluation]) -> Iterator[str]:
    """One document: its rows. More: means over documents with intervals, then the findings of each."""
    if len(evaluations) == 1:
        yield from _document(evaluations[0])
    else:
        yield from _corpus(evaluations)
    for evaluation in evaluations:
        yield _findings(evaluation)


def as_dict(evaluations: Sequence[Evaluation]) -> dict[str, Any]:
    """Everything as it is written to JSON: documents by name and, for several, the means."""
    out: dict[str, Any] = {
        "schema": "gouji-evaluation/1",
        "documents": {
            e.name: {
                "scores": {row: score.as_dict() for row, score in e.scores.items()},
                "findings": e.findings.as_dict(),
            }
            for e in evaluations
        },
    }
    if len(evaluations) > 1:
        out["mean"] = {
            kind: {row: _mean(m) for row, m in means(evaluations, kind).items()}
            for kind in ("f1", "precision", "recall")
        }
        out["mean"]["conflict_recall"] = _mean(mean([e.findings.recall.recall for e in evaluations]))
    return out


def names_of_split(folder: Path, split: str) -> list[str]:
    """Documents of one split, by ``splits.tsv`` in the folder of the gold.

    Raises
    ------
    AnnotationError
        If there is no such file, or no such split in it.
    """
    path = folder / SPLITS
    if not path.is_file():
        raise AnnotationError(f"{folder}: 没有 {SPLITS}，不能按划分选取。")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    names = [row["doc_id"] for row in rows if row["split"] == split]
    if not names:
        known = "、".join(sorted({row["split"] for row in rows}))
        raise AnnotationError(f"{path}: 没有划分 {split!r}，已有：{known}。")
    return names


def _document(evaluation: Evaluation) -> Iterator[str]:
    yield evaluation.name
    yield f"  {'':30s}{'P':>8}{'R':>8}{'F1':>8}{'hit':>8}{'pred':>8}{'gold':>8}"
    for row, s in evaluation.scores.items():
        yield (f"  {row:30s}{s.precision:8.3f}{s.recall:8.3f}{s.f1:8.3f}{s.found:8d}{s.predicted:8d}{s.gold:8d}")


def _corpus(evaluations: Sequence[Evaluation]) -> Iterator[str]:
    yield f"{len(evaluations)} 份文件的平均，括号内为按文件重抽样的 95% 区间"
    yield f"  {'':30s}{'F1':>8}{'':18}{'P':>8}{'R':>8}"
    precision, recall = means(evaluations, "precision"), means(evaluations, "recall")
    for row, m in means(evaluations).items():
        interval = f"[{m.low:.3f}, {m.high:.3f}]" if m.low is not None else ""
        yield f"  {row:30s}{m.value:8.3f}  {interval:16s}{precision[row].value:8.3f}{recall[row].value:8.3f}"


def _findings(evaluation: Evaluation) -> str:
    f = evaluation.findings
    total = len(f.found) + len(f.missed)
    missed = f"；漏报 {'、'.join(f.missed)}" if f.missed else ""
    alarms = f"（{'、'.join(f.false_alarms)}）" if f.false_alarms else ""
    return f"  {evaluation.name}：不符 {len(f.found)}/{total}，误报 {len(f.false_alarms)}{alarms}{missed}"


def _mean(m: Mean) -> dict[str, Any]:
    ends = None if m.low is None or m.high is None else [round(m.low, 4), round(m.high, 4)]
    return {"value": round(m.value, 4), "documents": m.documents, "interval95": ends}
