"""Relations that others computed on the published reports, and how many of them the outcomes hold with the same result.

    python benchmarks/known_checks.py [--list]

The records lie beside the project (``NAME.checks.json``: figures with their tables, rows and columns, and the result);
no sentence of a report is in them. ``--list`` names those that are absent or have another result.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from gouji.analysis import analyse
from gouji.evaluate.known_checks import Found, compare
from gouji.export.contract import to_dict

SHARED = Path(__file__).parents[1].parent / "shared"
NAMES = ("putuo-finance-2024", "putuo-finance-2024-with-errors")


def found_in(name: str) -> list[Found]:
    """Look for the records of one report among its outcomes."""
    records = json.loads((SHARED / "gold" / f"{name}.checks.json").read_text("utf-8"))
    return compare(records, to_dict(analyse(SHARED / "corpora" / "real" / f"{name}.pdf")))


def main() -> None:
    """Print a row a report."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--list", action="store_true", help="name the records that are absent or differ")
    listed = parser.parse_args().list
    print("| report | records | same result | other result | absent | nothing to compare | share |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name in NAMES:
        found = found_in(name)
        count = Counter(record.answer for record in found)
        compared = len(found) - count["blank"]
        numbers = (len(found), count["same"], count["other"], count["absent"], count["blank"])
        print(f"| {name} | {' | '.join(map(str, numbers))} | {count['same'] / compared:.3f} |")
        if listed:
            for record in found:
                if record.answer in ("other", "absent"):
                    print(f"    {record.id} {record.kind} {record.claim}: {record.expected}, {record.answer}")


if __name__ == "__main__":
    main()
