"""Evaluations as lines of text and as JSON: what ``gouji evaluate`` shows."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gouji.errors import AnnotationError
from gouji.evaluate.agreement import Agreement
from gouji.evaluate.causes import weighted_f1
from gouji.evaluate.evaluation import Evaluation, means
from gouji.evaluate.figure_values import Values
from gouji.evaluate.statistics import Estimate, mean

SPLITS = "splits.tsv"
MAIN = (
    *(f"{label} {reading}" for label in ("AMOUNT", "RATE", "QUANTITY") for reading in ("span", "span+value")),
    *("INDICATOR span", "INDICATOR span+type", "CAUSE span", "CAUSE type", "CAUSE partial", "CAUSE characters"),
    *("mentions strict", "mentions type", "mentions partial", "mentions characters"),
    *("fact found", "fact measure", "fact direction", "fact base", "fact period", "fact measure+base+direction"),
    *("fact indicator exact", "fact indicator", "fact whole"),
    *("CAUSE span+main category", "CAUSE categories", "CAUSE link", "CAUSE end to end"),
    *("FinCausal exact", "FinCausal cause", "FinCausal effect"),
    *("alignment relation", "alignment relation+operands", "alignment relation+verdict", "alignment exact cells"),
    *("abstention", "conflicting figures"),
)
"""Rows that are shown without ``--all``."""


def lines(evaluations: Sequence[Evaluation], every: bool = False) -> Iterator[str]:
    """One document: its rows. More: means over documents with intervals, then the findings of each.

    With `every` all rows are shown, else those of `MAIN`.
    """
    shown = [row for row in dict.fromkeys(r for e in evaluations for r in e.scores) if every or row in MAIN]
    if len(evaluations) == 1:
        yield from _document(evaluations[0], shown)
    else:
        yield from _corpus(evaluations, shown)
    yield from _values(evaluations)
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
                "values": asdict(e.values),
                "ledger": dict(e.ledger),
                "fincausal_weighted_f1": round(weighted_f1(e.scores), 4) if "FinCausal cause" in e.scores else None,
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


def _document(evaluation: Evaluation, shown: Sequence[str]) -> Iterator[str]:
    yield evaluation.name
    yield f"  {'':30s}{'P':>8}{'R':>8}{'F1':>8}{'hit':>8}{'pred':>8}{'gold':>8}"
    for row in shown:
        s = evaluation.scores[row]
        yield (f"  {row:30s}{s.precision:8.3f}{s.recall:8.3f}{s.f1:8.3f}{s.found:8d}{s.predicted:8d}{s.gold:8d}")


def _corpus(evaluations: Sequence[Evaluation], shown: Sequence[str]) -> Iterator[str]:
    yield f"{len(evaluations)} 份文件的平均，括号内为按文件重抽样的 95% 区间"
    yield f"  {'':30s}{'F1':>8}{'':18}{'P':>8}{'R':>8}"
    precision, recall, f1 = (means(evaluations, kind) for kind in ("precision", "recall", "f1"))
    for row in shown:
        m = f1[row]
        interval = f"[{m.low:.3f}, {m.high:.3f}]" if m.low is not None else ""
        yield f"  {row:30s}{m.value:8.3f}  {interval:16s}{precision[row].value:8.3f}{recall[row].value:8.3f}"


def _findings(evaluation: Evaluation) -> str:
    f = evaluation.findings
    total = len(f.found) + len(f.missed)
    missed = f"；漏报 {'、'.join(f.missed)}" if f.missed else ""
    alarms = f"（{'、'.join(f.false_alarms)}）" if f.false_alarms else ""
    kinds = "、".join(f"{kind} {hits}/{total}" for kind, (hits, total) in sorted(f.kinds.items()))
    by_kind = f"；按类：{kinds}" if kinds else ""
    return f"  {evaluation.name}：不符 {len(f.found)}/{total}，误报 {len(f.false_alarms)}{alarms}{missed}{by_kind}"


def _values(evaluations: Sequence[Evaluation]) -> Iterator[str]:
    """Values of all figures together, and the ledger of all documents together."""
    rows = [asdict(e.values) for e in evaluations]
    total = Values(**{name: sum(row[name] for row in rows) for name in asdict(Values())})
    if any(asdict(total).values()):
        yield (
            f"  数值：正确 {total.right}，错误 {total.silent}，未给 {total.withheld}，漏标 {total.missed}，"
            f"多标 {total.invented}；给出的数值中正确 {total.accuracy:.4f}"
        )
    words = [weighted_f1(e.scores) for e in evaluations if "FinCausal cause" in e.scores]
    if words:
        yield f"  FinCausal：按类加权 F1 {sum(words) / len(words):.3f}（各文件的平均）"
    ledger = Counter[str]()
    for evaluation in evaluations:
        ledger += Counter(evaluation.ledger)
    if ledger:
        parts = "，".join(
            f"{status} {count}（{count / ledger.total():.1%}）" for status, count in sorted(ledger.items())
        )
        yield f"  数字去向：{parts}"


def _mean(m: Estimate) -> dict[str, Any]:
    ends = None if m.low is None or m.high is None else [round(m.low, 4), round(m.high, 4)]
    return {"value": round(m.value, 4), "documents": m.documents, "interval95": ends}


def agreement_lines(result: Agreement) -> Iterator[str]:
    """Agreement as a table: a line a label, then a line an attribute."""
    yield f"{result.documents} 份文件；F1 括号内为按文件重抽样的 95% 区间"
    yield f"  {'':16s}{'F1':>8}{'':18}{'kappa':>8}"
    for label, f1 in result.f1.items():
        interval = f"[{f1.low:.3f}, {f1.high:.3f}]" if f1.low is not None else ""
        yield f"  {label:16s}{f1.value:8.3f}  {interval:16s}{_shown(result.kappa.get(label))}"
    yield f"  {'':16s}{'alpha':>8}{'n':>8}"
    for name, (alpha, count) in result.alpha.items():
        yield f"  {name:16s}{_shown(alpha)}{count:8d}"
    if result.gamma is not None:
        yield f"  {'gamma':16s}{result.gamma:8.3f}"


def difference_lines(rows: Sequence[Mapping[str, Any]], texts: Mapping[str, str]) -> Iterator[str]:
    """Differences as lines: document, what, where, and the words where the text is at hand."""
    for row in rows:
        start, end = row.get("start"), row.get("end")
        if "before" in row:
            start, end = row["after"] or row["before"]
        words = "" if start is None else " ".join(texts[row["document"]][start:end].split())
        what = row.get("what") or " → ".join(str(row[k]) for k in ("old", "new") if row.get(k))
        parts = [row["document"], row["kind"], row.get("layer") or row.get("label"), row.get("field"), what]
        place = "" if start is None else f"{start}–{end}"
        yield "  ".join(str(part) for part in (*parts, place, words) if part)


def _shown(value: float | None) -> str:
    return f"{'–':>8}" if value is None else f"{value:8.3f}"
