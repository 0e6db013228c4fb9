"""Seconds that the analysis itself takes beyond reading: extraction, facts, alignment, checks, ledger.

    python benchmarks/analysis_speed.py [FILE ...] [--runs 9]

Measured in one process after a first run that loads dictionaries, in seconds of processor time, so that other programs
on the machine do not count; the least of the runs is shown, and beside it a reference loop of the interpreter run in
turn with the stages: the ratio is what travels from machine to machine.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from gouji.align import align
from gouji.checks import account, check
from gouji.extract import extract
from gouji.facts import assemble
from gouji.model.document import Document
from gouji.readers import read

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "corpora" / "real"
SAMPLES = (
    ROOT / "corpora" / "henan-hospital-2023" / "henan-hospital-2023.txt",
    REAL / "putuo-finance-2024.pdf",
    REAL / "fengtai-emergency-2021.txt",
)
STAGES = ("extract", "facts", "align", "checks", "ledger")


def stages(document: Document) -> list[float]:
    """Run the stages once; processor seconds of each."""
    times = [time.process_time()]

    def done(result: object) -> None:
        times.append(time.process_time())

    mentions = extract(document)
    done(mentions)
    facts, _ = assemble(document, mentions)
    done(facts)
    alignments = align(document, mentions, facts)
    done(alignments)
    outcomes = check(document, mentions, facts, alignments)
    done(outcomes)
    done(account(document, mentions, facts, alignments, outcomes))
    return [after - before for before, after in zip(times, times[1:], strict=False)]


def reference() -> float:
    """Processor seconds of a fixed loop: a million additions to a dictionary's values."""
    start = time.process_time()
    counts: dict[int, int] = {}
    for i in range(1_000_000):
        counts[i & 1023] = counts.get(i & 1023, 0) + 1
    return time.process_time() - start


def measure(path: Path, runs: int, clock: Callable[[], float] = reference) -> tuple[list[float], float, float]:
    """Least seconds of each stage and of the whole, and of the reference loop run in turn."""
    document = read(path)
    stages(document)
    rows, loops = [], []
    for _ in range(runs):
        loops.append(clock())
        rows.append(stages(document))
    return [min(column) for column in zip(*rows, strict=True)], min(map(sum, rows)), min(loops)


def main() -> None:
    """Print a row a document."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    print(f"| document | {' | '.join(STAGES)} | together | times the loop |")
    print("|---|" + "---:|" * (len(STAGES) + 2))
    for path in options.files or [path for path in SAMPLES if path.is_file()]:
        columns, whole, loop = measure(path, options.runs)
        print(f"| {path.name} | {' | '.join(f'{s:.3f}' for s in columns)} | {whole:.3f} | {whole / loop:.1f} |")


if __name__ == "__main__":
    main()
