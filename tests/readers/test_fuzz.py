"""A small run of the fuzzer: every mutated file ends as a document or as a `ReaderError`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

COUNT = 120


def test_mutated_files_end_as_documents_or_as_reader_errors(root: Path) -> None:
    command = [sys.executable, str(root / "benchmarks" / "fuzz.py"), "--count", str(COUNT), "--seed", "7"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    total = done.stdout.strip().splitlines()[-1].strip("|").split("|")
    files, read, refused, *failed = (int(cell) for cell in total[1:])
    assert (files, read + refused, sum(failed)) == (COUNT, COUNT, 0)
    assert read > COUNT // 4
