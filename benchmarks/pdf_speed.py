"""Seconds and peak memory of reading a PDF beside pdfplumber: its text in order and all its tables.

    python benchmarks/pdf_speed.py [FILE ...] [--runs 5]

Each run is a new process, the runs of the two are interleaved, and medians are shown. Seconds are the processor's (both
use one core), of the work alone, without start-up and imports, when it is done for the second time in a process. For
gouji's "layout" they include the joining of paragraphs and of tables over pages; "document" is its whole reader, down
to values, header paths and sections. Memory is the process's highest. Without files: the PDFs of ``corpora`` and, where
it is there, of the folder of real reports beside the project.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "corpora" / "real"

_FRAME = """
import resource, sys, time
from pathlib import Path
path = Path(sys.argv[1])
{imports}
for _ in range(2):
    begin = time.process_time()
    {work}
print(time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
PROGRAMS = {
    "layout": _FRAME.format(
        imports="from gouji.readers.pdf.reading import layout_of", work="layout_of(path.read_bytes(), path)"
    ),
    "document": _FRAME.format(
        imports="from gouji.readers import read; import gouji.readers.pdf.reading", work="read(path)"
    ),
    "pdfplumber": _FRAME.format(
        imports="import logging, pdfplumber; logging.getLogger('pdfminer').setLevel(logging.ERROR)",
        work="with pdfplumber.open(path) as f: [(p.extract_text(), p.extract_tables()) for p in f.pages]",
    ),
}


def measure(path: Path, runs: int) -> dict[str, tuple[float, float]]:
    """Median seconds and highest megabytes of each program on one file."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in PROGRAMS}
    for _ in range(runs):
        for name, program in PROGRAMS.items():
            done = subprocess.run(
                [sys.executable, "-c", program, str(path)], capture_output=True, check=True, text=True
            )
            seconds, megabytes = map(float, done.stdout.split())
            taken[name].append((seconds, megabytes))
    return {name: (statistics.median(s for s, _ in rows), max(m for _, m in rows)) for name, rows in taken.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    files = arguments.files or [*sorted(ROOT.glob("corpora/*/*.pdf")), *sorted(REAL.glob("*.pdf"))]
    print("| document | layout | document | pdfplumber | ratio | layout MB | document MB | pdfplumber MB |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    totals = dict.fromkeys(PROGRAMS, 0.0)
    for path in files:
        found = measure(path, arguments.runs)
        for name, (seconds, _) in found.items():
            totals[name] += seconds
        ratio = found["pdfplumber"][0] / found["layout"][0]
        seconds = " | ".join(f"{s:.3f}" for s, _ in found.values())
        print(f"| {path.stem} | {seconds} | x{ratio:.1f} | " + " | ".join(f"{m:.0f}" for _, m in found.values()) + " |")
    sums = " | ".join(f"{s:.3f}" for s in totals.values())
    print(f"| all | {sums} | x{totals['pdfplumber'] / totals['layout']:.1f} | | | |")


if __name__ == "__main__":
    main()
