"""Score short passages whose gold is written inline: means over the passages with 95 % intervals.

python benchmarks/passages.py [annotations/passages/unseen-regions-2.yaml]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import gouji
from gouji.evaluate.evaluation import evaluate, means
from gouji.evaluate.passages import load_passages
from gouji.export.contract import to_dict

DEFAULT = Path(__file__).parents[1] / "annotations" / "passages" / "unseen-regions-2.yaml"
ROWS = (
    "AMOUNT span+value",
    "RATE span+value",
    "QUANTITY span+value",
    "INDICATOR span",
    "INDICATOR span+type",
    "fact measure+base+direction",
    "fact indicator",
    "fact whole",
    "CAUSE span",
    "CAUSE link",
    "CAUSE span+main category",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "path", type=Path, nargs="?", default=DEFAULT, help="a file of annotations/passages with inline gold"
    )
    path = parser.parse_args().path
    found = [evaluate(to_dict(gouji.analyse(p.document)), p.gold) for p in load_passages(path)]
    scores = means(found)
    for row in ROWS:
        low, high = scores[row].low, scores[row].high
        interval = "" if low is None or high is None else f" [{low:.3f}, {high:.3f}]"
        sys.stdout.write(f"{row:30} {scores[row].value:.3f}{interval}\n")


if __name__ == "__main__":
    main()
