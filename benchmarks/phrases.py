"""Score the categories of invented explanations (``annotations/phrases/categories.tsv``), a row a part and classifier.

python benchmarks/phrases.py
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from gouji.facts.categories import classify
from gouji.facts.learned_categories import shipped_classifier
from gouji.model.facts import Direction

PHRASES = Path(__file__).parents[1] / "annotations" / "phrases" / "categories.tsv"
Classifier = Callable[[str, Direction], str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """An explanation, the direction of the change it explains, and its categories, the main one first."""

    part: str
    direction: Direction
    categories: tuple[str, ...]
    text: str


def phrases(path: Path = PHRASES) -> list[Phrase]:
    """Read the phrases."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return [Phrase(r["part"], Direction(r["direction"]), tuple(r["categories"].split()), r["text"]) for r in rows]


def main_by_rules(text: str, direction: Direction) -> str:
    """Give the main category by weighted words."""
    return classify(text, [direction])[0]


def main_combined(text: str, direction: Direction) -> str:
    """Give the main category by weighted words, and by the classifier where no word settles it."""
    return shipped_classifier().beside_rules(text, [str(direction)])[0]


def macro_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """Mean F1 over the categories of the gold; pairs of predicted and gold."""
    listed = list(pairs)
    codes = sorted({gold for _, gold in listed})
    return sum(
        2 * sum(p == g == c for p, g in listed) / (sum(p == c for p, _ in listed) + sum(g == c for _, g in listed))
        for c in codes
    ) / len(codes)


def main() -> None:
    print("| part | phrases | classifier | main category: accuracy | macro F1 |\n|---|---:|---|---:|---:|")
    found = phrases()
    for part in dict.fromkeys(p.part for p in found):
        chosen = [p for p in found if p.part == part]
        for name, judge in (("rules", main_by_rules), ("combined", main_combined)):
            pairs = [(judge(p.text, p.direction), p.categories[0]) for p in chosen]
            accuracy = sum(p == g for p, g in pairs) / len(pairs)
            print(f"| {part} | {len(pairs)} | {name} | {accuracy:.3f} | {macro_f1(pairs):.3f} |")


if __name__ == "__main__":
    main()
