"""Seconds and peak memory of whole documents, start-up included, as ``gouji analyze`` is run by a user.

    python benchmarks/speed.py [FILE ...] [--runs 5]

Each run is a new process with byte code present, as an installed package has it (the first run of each is not counted).
Runs of the different programs are interleaved, and the median is shown; "start" is a process that only imports gouji,
and the ratio to a bare interpreter is what travels from machine to machine. Without files: a shipped sample, and the
real report where it stands beside the project.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpora" / "henan-hospital-2023" / "henan-hospital-2023.txt"
REAL = ROOT.parent / "shared" / "corpora" / "real" / "fengtai-emergency-2021.txt"


@dataclass(frozen=True)
class Measured:
    """Median seconds and highest peak memory of one program, and how many times a bare interpreter's seconds."""

    name: str
    seconds: float
    megabytes: float
    ratio: float


def measure(files: list[Path], runs: int = 5) -> list[Measured]:
    """Measure a bare interpreter, the import, and the analysis of each file."""
    with tempfile.TemporaryDirectory() as out:
        programs = {"python -c pass": ["-c", "pass"], "import gouji": ["-c", "import gouji"]}
        for file in files:
            programs[f"analyze {file.name} ({file.stat().st_size // 1000} kB)"] = [
                *("-m", "gouji", "analyze", str(file), "--out", out)
            ]
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
        settings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        settings["PYTHONPYCACHEPREFIX"] = str(Path(out) / "cache")
        for number in range(runs + 1):
            for name, arguments in programs.items():
                measured = _run(arguments, settings)
                if number:
                    taken[name].append(measured)
    medians = {name: statistics.median(seconds for seconds, _ in rows) for name, rows in taken.items()}
    bare = medians["python -c pass"]
    return [
        Measured(name, medians[name], max(memory for _, memory in rows), medians[name] / bare)
        for name, rows in taken.items()
    ]


def default_files() -> list[Path]:
    """Shipped sample, and the real report where it is there."""
    return [path for path in (SAMPLE, REAL) if path.is_file()]


def table(rows: list[Measured]) -> str:
    """Measurements as a Markdown table."""
    lines = ["| | seconds, median | peak memory, MB | times a bare interpreter |", "|---|---:|---:|---:|"]
    lines += [f"| `{m.name}` | {m.seconds:.2f} | {m.megabytes:.0f} | {m.ratio:.1f} |" for m in rows]
    return "\n".join(lines)


def _run(arguments: list[str], settings: dict[str, str]) -> tuple[float, float]:
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, env=settings)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments} ended with status {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    print(table(measure(arguments.files or default_files(), arguments.runs)))


if __name__ == "__main__":
    main()
