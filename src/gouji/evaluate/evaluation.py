"""Analyses x gold -> scores: of one document, and over many with intervals by resampling documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gouji.errors import AnnotationError
from gouji.evaluate.alignments import alignment_scores
from gouji.evaluate.causes import cause_scores
from gouji.evaluate.facts import fact_scores
from gouji.evaluate.figure_values import Values, figure_values
from gouji.evaluate.outcomes import FindingsScore, findings_score
from gouji.evaluate.score import Score
from gouji.evaluate.sides import Data, read_json, sides
from gouji.evaluate.spans import span_scores
from gouji.evaluate.statistics import Estimate, mean

ANALYSIS, GOLD = ".analysis.json", ".gold.json"


@dataclass(frozen=True)
class Evaluation:
    """Scores of one document by row, its findings, what became of its figures' values, and its ledger by status."""

    name: str
    scores: Mapping[str, Score]
    findings: FindingsScore
    values: Values = Values()
    ledger: Mapping[str, int] = field(default_factory=dict)


def evaluate(predicted: Data, gold: Data) -> Evaluation:
    """Compare an analysis with its gold, both in the contract's shape.

    Raises
    ------
    AnnotationError
        If the analysis is of other bytes than the gold was made for.
    """
    ours, wanted = predicted["document"]["sha256"], gold["document"]["sha256"]
    name = gold["document"]["name"]
    if ours != wanted:
        raise AnnotationError(f"{name}: 分析所依据的文件（sha256 {ours[:12]}…）与标注（{wanted[:12]}…）不同。")
    left, right = sides(predicted, gold)
    scores = span_scores(left, right) | fact_scores(left, right) | cause_scores(left, right)
    values = figure_values(left, right) if right.offsets else Values()
    ledger = dict(sorted(Counter(row["status"] for row in predicted.get("ledger", [])).items()))
    return Evaluation(
        name,
        scores | alignment_scores(left, right),
        findings_score(predicted, gold),
        values,
        dict(sorted(ledger.items())),
    )


def pairs(predicted: Path, gold: Path, names: Iterable[str] | None = None) -> list[tuple[Path, Path]]:
    """Find the analysis of every gold file.

    Parameters
    ----------
    predicted, gold : Path
        Two files, or two folders with ``NAME.analysis.json`` and ``NAME.gold.json``; the analyses may lie in
        folders below.
    names : iterable of str, optional
        Only documents of these names.

    Raises
    ------
    AnnotationError
        If a path does not exist, a named document has no analysis, or there is nothing to compare.
    """
    for path in (predicted, gold):
        if not path.exists():
            raise AnnotationError(f"{path}: 找不到这个文件或文件夹。")
    if gold.is_file():
        name = gold.name.removesuffix(GOLD)
        found = predicted if predicted.is_file() else _below(predicted).get(name)
        if found is None:
            raise AnnotationError(f"{predicted}: 没有 {name}{ANALYSIS}。")
        return [(found, gold)]
    analyses = _below(predicted) if predicted.is_dir() else {predicted.name.removesuffix(ANALYSIS): predicted}
    golds = {p.name.removesuffix(GOLD): p for p in sorted(gold.glob(f"*{GOLD}"))}
    wanted = list(names) if names is not None else sorted(analyses.keys() & golds.keys())
    missing = [n for n in wanted if n not in analyses or n not in golds]
    if missing or not wanted:
        raise AnnotationError(
            f"{predicted}、{gold}: 没有可比较的文件" + (f"：{'、'.join(missing)}。" if missing else "。")
        )
    return [(analyses[n], golds[n]) for n in wanted]


def evaluate_files(predicted: Path, gold: Path) -> Evaluation:
    """Compare two files."""
    return evaluate(read_json(predicted, "gouji-analysis/1"), read_json(gold, "gouji-gold/1"))


def means(evaluations: Sequence[Evaluation], kind: str = "f1") -> dict[str, Estimate]:
    """Mean of each row over the documents that have it; `kind` is ``f1``, ``precision`` or ``recall``."""
    rows = dict.fromkeys(row for e in evaluations for row in e.scores)
    return {row: mean([getattr(e.scores[row], kind) for e in evaluations if row in e.scores]) for row in rows}


def _below(folder: Path) -> dict[str, Path]:
    return {p.name.removesuffix(ANALYSIS): p for p in sorted(folder.rglob(f"*{ANALYSIS}"))}
