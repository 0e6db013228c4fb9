"""Score whole invented reports with inline gold and a list of planted errors (``annotations/reports``).

    python benchmarks/reports.py [annotations/reports/NAME.yaml ...]

Means over the reports with 95 % intervals, as `benchmarks/passages.py` gives them, and for every report how many of
its planted errors a finding of severity *error* names as its subject (told), how many one involves at all (found), and
how many such findings involve none of them (false).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from passages import ROWS

import gouji
from gouji.evaluate.evaluation import evaluate, means
from gouji.evaluate.passages import load_passages
from gouji.export.contract import to_dict
from gouji.findings.build import findings
from gouji.findings.model import Finding, with_severity
from gouji.model.outcomes import Severity

FOLDER = Path(__file__).parents[1] / "annotations" / "reports"


@dataclass(frozen=True, slots=True)
class Planted:
    """How the planted errors of a report were met."""

    planted: int
    found: int
    told: int
    false: int
    doubtful: int


def place_of(text: str, record: dict[str, Any]) -> tuple[int, int]:
    """Stretch of a planted error in the text of its report.

    Raises
    ------
    ValueError
        If its context does not stand in the text.
    """
    where, figure = record["where"], record["text"]
    if isinstance(where, str):
        base = text.index(where)
        return base + where.index(figure), base + where.index(figure) + len(figure)
    names = [_bare(part) for part in re.split(r"[\s（）()]+", where["table"]) if part]
    rows = [_bare(part) for part in re.split(r"[\s/]+", where["row"]) if part]
    lines = list(re.finditer(r"[^\n]+", text))
    begins = [at for at, line in enumerate(lines) if "\t" not in line[0] and any(n in _bare(line[0]) for n in names)]
    for line in (line for at in begins for line in lines[at:]):
        cells = line[0].split("\t")
        if figure in cells and any(row in _bare(line[0]) for row in rows):
            start = line.start() + sum(len(cell) + 1 for cell in cells[: cells.index(figure)])
            return start, start + len(figure)
    raise ValueError(f"{where}: {figure} is in no such row")


def _bare(text: str) -> str:
    return "".join(text.split())


def places(finding: Finding) -> Iterator[tuple[int, int]]:
    """Stretches of all that takes part in a finding, its subject first."""
    for operand in (finding.subject, *finding.operands):
        if operand.start is not None and operand.end is not None:
            yield operand.start, operand.end
    for other in finding.related:
        yield from places(other)


def met(path: Path) -> Planted:
    """Compare the findings of a report with its planted errors."""
    document = load_passages(path)[0].document
    listed = yaml.safe_load(path.with_suffix(".errors.yaml").read_text("utf-8"))["errors"]
    wanted = [place_of(document.text, record) for record in listed]
    everything = findings(gouji.analyse(document))
    errors = with_severity(everything, [Severity.ERROR])

    def within(stretch: tuple[int, int], place: tuple[int, int]) -> bool:
        return stretch[0] < place[1] and place[0] < stretch[1]

    told = sum(any(within(next(places(f), (0, 0)), w) for f in errors) for w in wanted)
    found = sum(any(within(p, w) for f in errors for p in places(f)) for w in wanted)
    false = sum(not any(within(p, w) for p in places(f) for w in wanted) for f in errors)
    return Planted(len(wanted), found, told, false, len(with_severity(everything, [Severity.DOUBTFUL])))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="*")
    paths = parser.parse_args().paths or sorted(p for p in FOLDER.glob("*.yaml") if not p.stem.endswith(".errors"))
    reports = [p for path in paths for p in load_passages(path)]
    scores = means([evaluate(to_dict(gouji.analyse(p.document)), p.gold) for p in reports])
    sys.stdout.write(f"{len(reports)} reports, {sum(len(p.document.text) for p in reports):,} characters\n\n")
    for row in ROWS:
        low, high = scores[row].low, scores[row].high
        interval = "" if low is None or high is None else f" [{low:.3f}, {high:.3f}]"
        sys.stdout.write(f"{row:30} {scores[row].value:.3f}{interval}\n")
    sys.stdout.write("\n| report | planted | found | told | false | doubtful |\n|---|---:|---:|---:|---:|---:|\n")
    for path in paths:
        p = met(path)
        sys.stdout.write(f"| {path.stem} | {p.planted} | {p.found} | {p.told} | {p.false} | {p.doubtful} |\n")


if __name__ == "__main__":
    main()
