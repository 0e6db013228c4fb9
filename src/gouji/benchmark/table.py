"""Evaluations -> one table over systems: micro F1 with intervals, and whether the first system is beaten.

Every row names what it needs of a system; a system that does not answer it has no cell. The interval is over documents;
the p-value compares with the first system that answers the row, corrected over all comparisons of the table (Holm).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gouji.benchmark.run import Run
from gouji.benchmark.systems import System
from gouji.evaluate.evaluation import Evaluation
from gouji.evaluate.score import Score
from gouji.evaluate.statistics import Comparison, Estimate, compare, counts_of, estimate, holm, macro_f1, mean, micro_f1

STATISTICS = {"micro": micro_f1, "macro": macro_f1}
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its key among the scores, its words, and the label or layer that a system must answer."""

    key: str
    words: str
    needs: str


ROWS = (
    Row("AMOUNT span", "AMOUNT, span", "AMOUNT"),
    Row("AMOUNT span+value", "AMOUNT, span and value", "AMOUNT"),
    Row("RATE span", "RATE, span", "RATE"),
    Row("RATE span+value", "RATE, span and value", "RATE"),
    Row("QUANTITY span+value", "QUANTITY, span and value", "QUANTITY"),
    Row("INDICATOR span", "INDICATOR, span", "INDICATOR"),
    Row("INDICATOR partial", "INDICATOR, partial", "INDICATOR"),
    Row("INDICATOR span+type", "INDICATOR, span and type", "INDICATOR"),
    Row("CAUSE span", "CAUSE, span", "CAUSE"),
    Row("CAUSE partial", "CAUSE, partial", "CAUSE"),
    Row("CAUSE characters", "CAUSE, characters", "CAUSE"),
    Row("CAUSE link", "CAUSE, figures explained", "cause"),
    Row("CAUSE categories", "CAUSE, categories", "cause"),
    Row("CAUSE end to end", "CAUSE, end to end", "cause"),
    Row("fact measure+base+direction", "facts: measure, base, direction", "fact"),
    Row("fact whole", "facts: all fields and name", "fact"),
    Row("alignment relation+operands", "alignment: relation and operands", "alignment"),
    Row("alignment exact cells", "alignment: the exact cells", "alignment"),
    Row("conflicts", "conflicts", "conflict"),
)
ALARMS = Row("false alarms", "false alarms a document", "conflict")
SILENT = Row("silent errors", "wrong values given, of all figures", "AMOUNT")


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell of the table: value with interval, and the comparison with the row's first system (None for itself)."""

    estimate: Estimate
    comparison: Comparison | None = None
    p: float | None = None

    @property
    def significant(self) -> bool:
        """Whether the difference from the first system is unlikely to be chance, after correction."""
        return self.p is not None and self.p < SIGNIFICANT


Table = Mapping[Row, Mapping[str, Entry]]


def table_of(run: Run, average: str = "micro") -> Table:
    """Build the table.

    Parameters
    ----------
    run : Run
    average : str
        ``micro`` (counts summed over documents) or ``macro`` (mean over documents).
    """
    statistic = STATISTICS[average]
    table: dict[Row, dict[str, Entry]] = {}
    for row in ROWS:
        answering = [system for system in run.systems if row.needs in system.answers]
        scores = {system.name: _scores(run, system, row) for system in answering}
        if not any(score.gold or score.predicted for group in scores.values() for score in group):
            continue
        entries: dict[str, Entry] = {}
        for system in answering:
            counts = counts_of(scores[system.name])
            first = counts_of(scores[answering[0].name])
            compared = None if system is answering[0] else compare(first, counts, statistic)
            entries[system.name] = Entry(estimate(counts, statistic), compared)
        table[row] = entries
    table = _corrected(table)
    for extra, number in ((SILENT, _silent), (ALARMS, _alarms)):
        answering = [system for system in run.systems if extra.needs in system.answers]
        if answering:
            table[extra] = {
                s.name: Entry(mean([number(e) for e in run.evaluations[s.name].values()])) for s in answering
            }
    return table


def _scores(run: Run, system: System, row: Row) -> list[Score]:
    nothing = Score(0, 0, 0, 0)
    found = run.evaluations[system.name].values()
    if row.key == "conflicts":
        return [e.findings.recall for e in found]
    return [e.scores.get(row.key, nothing) for e in found]


def _silent(evaluation: Evaluation) -> float:
    values = evaluation.values
    total = values.right + values.silent + values.withheld + values.missed
    return values.silent / total if total else 0.0


def _alarms(evaluation: Evaluation) -> float:
    return float(len(evaluation.findings.false_alarms))


def _corrected(table: Mapping[Row, Mapping[str, Entry]]) -> dict[Row, dict[str, Entry]]:
    """Correct all p-values of the table for their number."""
    places = [
        (row, name, entry.comparison.p)
        for row, entries in table.items()
        for name, entry in entries.items()
        if entry.comparison is not None and entry.comparison.p is not None
    ]
    values = holm([p for _, _, p in places])
    out = {row: dict(entries) for row, entries in table.items()}
    for (row, name, _), p in zip(places, values, strict=True):
        out[row][name] = replace(out[row][name], p=p)
    return out


def names_of(systems: Sequence[System]) -> list[str]:
    """Names of the systems, in order."""
    return [system.name for system in systems]
