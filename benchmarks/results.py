"""Write docs/results.md: every figure that the project states of itself, with the command that gives it.

    python benchmarks/results.py [--held-out] [--no-speed] [--out docs/results.md]

Analyses the shipped documents of the split ``dev`` (and, with ``--held-out``, those of the split ``test``), and the
real report where it stands beside the project, and compares them with the gold of ``annotations/``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import speed

import gouji
from gouji.evaluate.evaluation import Evaluation, evaluate, means
from gouji.evaluate.listing import names_of_split
from gouji.evaluate.sides import read_json
from gouji.evaluate.statistics import Estimate, mean
from gouji.export.contract import to_dict

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "annotations"
REAL = "fengtai-emergency-2021"
ROWS = {
    "AMOUNT span+value": ("f1", "amounts: span and value, F1"),
    "RATE span+value": ("f1", "rates: span and value, F1"),
    "QUANTITY span+value": ("f1", "quantities: span and value, F1"),
    "INDICATOR span": ("f1", "indicators: exact span, F1"),
    "INDICATOR span+type": ("f1", "indicators: exact span and type, F1"),
    "fact measure+base+direction": ("f1", "facts: measure, base and direction, F1"),
    "fact indicator": ("f1", "facts: name of the indicator, F1"),
    "fact whole": ("f1", "facts: all of these, F1"),
    "CAUSE span": ("f1", "causes: exact span, F1"),
    "CAUSE characters": ("f1", "causes: characters, F1"),
    "CAUSE span+main category": ("f1", "causes: span and main category, F1"),
    "CAUSE link": ("f1", "causes: figures explained, F1"),
    "alignment relation+operands": ("recall", "alignments: relation and operands, recall on agreed rows"),
    "alignment relation+verdict": ("recall", "alignments: relation and verdict, recall on agreed rows"),
}


def evaluated(name: str, path: Path) -> Evaluation:
    """Analyse a document and compare it with its gold."""
    return evaluate(to_dict(gouji.analyse(path)), read_json(GOLD / f"{name}.gold.json"))


def shipped(split: str) -> list[Evaluation]:
    """Evaluate the shipped documents of a split."""
    paths = {name: ROOT / "corpora" / name / f"{name}.txt" for name in names_of_split(GOLD, split)}
    return [evaluated(name, path) for name, path in paths.items() if path.is_file()]


def scores_table(columns: dict[str, list[Evaluation]]) -> str:
    """Rows of scores, a column a group of documents: the mean and its interval."""
    lines = ["| | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    for row, (kind, words) in ROWS.items():
        cells = [_cell(means(group, kind).get(row)) for group in columns.values()]
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    recalls = [mean([e.findings.recall.recall for e in group]) for group in columns.values()]
    lines.append("| planted or known conflicts: recall | " + " | ".join(map(_cell, recalls)) + " |")
    alarms = [sum(len(e.findings.false_alarms) for e in group) / len(group) for group in columns.values()]
    lines.append("| false alarms, a document | " + " | ".join(f"{value:.2f}" for value in alarms) + " |")
    return "\n".join(lines)


def conflicts_table(evaluations: list[Evaluation]) -> str:
    """Conflicts found, a row a document."""
    lines = ["| document | conflicts found | false alarms | forbidden pairs reported |", "|---|---:|---:|---:|"]
    for e in evaluations:
        f = e.findings
        lines.append(
            f"| {e.name} | {len(f.found)} of {len(f.found) + len(f.missed)} | {len(f.false_alarms)} | {f.forbidden} |"
        )
    return "\n".join(lines)


def _cell(value: Estimate | None) -> str:
    if value is None:
        return "–"
    interval = "" if value.low is None else f" [{value.low:.3f}, {value.high:.3f}]"
    return f"{value.value:.3f}{interval}"


def _speed() -> str:
    """Table of ``speed.py``, run in a process of its own: a child's peak memory counts what its parent held."""
    command = [sys.executable, str(ROOT / "benchmarks" / "speed.py")]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def text(held_out: bool, with_speed: bool) -> str:
    """Give the whole page."""
    columns = {}
    real = speed.REAL
    if real.is_file():
        columns["real report (1)"] = [evaluated(REAL, real)]
    dev = shipped("dev")
    columns[f"shipped, dev ({len(dev)})"] = dev
    if held_out:
        test = shipped("test")
        columns[f"shipped, held out ({len(test)})"] = test
    parts = [HEAD, "## Scores\n", scores_table(columns), SCORES_NOTE]
    parts += ["## Conflicts by document\n", conflicts_table([e for group in columns.values() for e in group]), ""]
    if with_speed:
        parts += [SPEED, _speed()]
    return "\n".join(parts)


HEAD = """# Results

Written by `python benchmarks/results.py --held-out` (without `--held-out`, that column is left out). For one document:

    gouji analyze corpora/NAME/NAME.txt --out gouji-out --format json
    gouji evaluate gouji-out/NAME.analysis.json annotations/NAME.gold.json

a whole split: analyse its documents into one folder, then `gouji evaluate gouji-out annotations --split dev`.

**What the columns are.** The number of documents stands in brackets. *Real report*: a district bureau's published final
accounts with 29 self-evaluation forms, annotated by two people independently (F1 between them: figures and causes 1.00,
indicator spans .84); its text is not shipped, its stand-off gold is, and it attaches to a file with the right hash.
*Shipped, dev*: invented departments in the wording of nine regions, with planted errors, whose gold is complete by
construction; they were looked at while the program was written. *Held out*: the same kind of document from four other
regions, set aside by lot before any tuning. They were opened after a first scoring (anhui for
its causes alone), so this column flatters; `docs/held-out.md` has the figures of the first scoring, and those of
documents by other writers.
Invented documents are tidier than published ones: take figures on them as an upper bound.

**How it is counted.** Spans are exact to the character; values are exact decimals; a fact counts if measure, base and
direction are all right; alignments are asked on rows both annotators had. Means are over documents; in square brackets
the 95 % interval from 2,000 resamples of the documents. A single document has no interval. `src/gouji/evaluate/` holds
the definitions; the tests compare them with hand-made counts and with an independent scorer.
"""

KEPT = "\n## Figures of other commands\n"
"""Heading of the section that is written by hand: what other benchmarks came to, each with its command."""

SCORES_NOTE = """
"–": the stand-off gold of the real report carries no names, so rows on names cannot be scored on it.
"""

SPEED = """## Speed

`python benchmarks/speed.py`: the whole command in a new process, dictionaries included, median of five interleaved runs
on a shared machine. Ratios travel; seconds do not.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", action="store_true", help="score the split 'test' too")
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "results.md")
    arguments = parser.parse_args()
    before = arguments.out.read_text("utf-8") if arguments.out.is_file() else ""
    kept = before[before.index(KEPT) :] if KEPT in before else ""
    arguments.out.write_text(text(arguments.held_out, not arguments.no_speed) + kept, "utf-8")


if __name__ == "__main__":
    main()
