"""What noise of the carriers costs: the shipped documents made noisy, and the scores against gold moved along.

    python benchmarks/noise.py [--split dev]

Every kind of noise is put into the text of each document by a fixed seed, offsets of the gold are moved with the
characters, and the scores are compared with those of the clean text, in points, as the mean over documents. Noise that
changes the length of lines is kept out of texts whose lines are wrapped at a width and of tables aligned by blanks:
there it would undo the layout, which no carrier does.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from renderings import points

from gouji.analysis import analyse
from gouji.evaluate.evaluation import Evaluation, evaluate
from gouji.evaluate.listing import names_of_split
from gouji.evaluate.sides import read_json
from gouji.export.contract import to_dict
from gouji.model.document import PassageKind
from gouji.readers.txt import document_of
from gouji.resources.script import always

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "annotations"
ROWS = (
    "AMOUNT span+value", "RATE span+value", "QUANTITY span+value", "INDICATOR span", "CAUSE span", "fact whole",
    "alignment relation+operands",
)  # fmt: skip
HAN = re.compile("[\u4e00-\u9fff]")
RUN = re.compile("[\u4e00-\u9fff]{4,}")
Chance = random.Random
Pieces = list[str]
"""For each character of the clean text, what stands in its place: the character first, noise behind it."""


def traditional(text: str, chance: Chance) -> Pieces:
    """Traditional script, for each character the first form of the table."""
    table = {to: chr(code) for code, to in sorted(always().items(), reverse=True)}
    return [table.get(c, c) for c in text]


def readings(text: str, chance: Chance) -> Pieces:
    """Put readings behind one character in twenty."""
    return [c + "(fèi)" if HAN.match(c) and chance.random() < 0.05 else c for c in text]


def stretched(text: str, chance: Chance) -> Pieces:
    """Blanks inside one run of Chinese characters in ten."""
    out = list(text)
    for run in RUN.finditer(text):
        if chance.random() < 0.1:
            for i in range(run.start(), run.end() - 1):
                out[i] += " "
    return out


def doubled(text: str, chance: Chance) -> Pieces:
    """One comma in four doubled, by a half-width one."""
    return [c + "," if c == "，" and chance.random() < 0.25 else c for c in text]


def mixed(text: str, chance: Chance) -> Pieces:
    """Half-width brackets, commas and quotes for half of the full-width ones, one side at a time."""
    narrow = {"（": "(", "）": ")", "，": ",", "“": '"', "”": '"', "；": ";", "：": ":"}
    out = [narrow[c] if c in narrow and chance.random() < 0.5 else c for c in text]
    digits = [i for i, c in enumerate(out) if c == "," and text[i - 1].isdigit() and text[i + 1 : i + 2].isdigit()]
    for i in digits:
        out[i] = text[i]
    return out


def wide(text: str, chance: Chance) -> Pieces:
    """Full-width digits and signs in half of the lines."""
    table = {c: chr(ord(c) + 0xFEE0) for c in "0123456789.%"}
    return [
        table.get(c, c) if half else c
        for line in text.splitlines(keepends=True)
        for half in [chance.random() < 0.5]
        for c in line
    ]


KINDS: dict[str, Callable[[str, Chance], Pieces]] = {
    f.__name__: f for f in (traditional, readings, stretched, doubled, mixed, wide)
}


LONGER = ("readings", "stretched", "doubled", "wide")
ALIGNED = re.compile(r"\S {2,}\S.*\S {2,}\S|\d {2,}\d")


def spared(text: str, pieces: Pieces) -> Pieces:
    """Noise kept out of lines of tables that are aligned by blanks, and of texts wrapped at a width."""
    lines = text.split("\n")
    passages = document_of(text, "", "").passages
    if any("\n" in text[p.span.start : p.span.end] for p in passages if p.kind is PassageKind.PARAGRAPH):
        return list(text)
    out, at = list(pieces), 0
    for line in lines:
        if ALIGNED.search(line):
            out[at : at + len(line)] = line
        at += len(line) + 1
    return out


def noisy(text: str, gold: dict[str, Any], pieces: Pieces) -> tuple[str, dict[str, Any]]:
    """Noisy text, and the gold with its offsets moved."""
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece)
    made = "".join(pieces)

    def moved(value: Any) -> Any:
        if isinstance(value, list):
            return [moved(v) for v in value]
        if not isinstance(value, dict):
            return value
        out = {k: moved(v) for k, v in value.items()}
        if isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
            start, end = value["start"], value["end"]
            out |= {"start": starts[start] if start < len(starts) else at}
            out["end"] = starts[end - 1] + 1 if end > start else out["start"]
        return out

    sha = hashlib.sha256(made.encode()).hexdigest()
    return made, {**moved(gold), "document": {**gold["document"], "sha256": sha}}


def scored(name: str, kind: str | None) -> Evaluation:
    """Evaluate one document with one kind of noise."""
    gold = read_json(GOLD / f"{name}.gold.json")
    text = (ROOT / "corpora" / name / f"{name}.txt").read_text("utf-8")
    pieces = list(text) if kind is None else KINDS[kind](text, random.Random(f"{name} {kind}"))
    if kind in LONGER:
        pieces = spared(text, pieces)
    made, moved = noisy(text, gold, pieces)
    document = document_of(made, name, moved["document"]["sha256"])
    return evaluate(to_dict(analyse(document)), moved)


def report(names: list[str]) -> Iterator[str]:
    """Scores of the clean texts, and what each kind of noise changes."""
    clean = [scored(name, None) for name in names]
    found = {kind: [scored(name, kind) for name in names] for kind in KINDS}
    yield "| score | clean | " + " | ".join(KINDS) + " |"
    yield "|---|---:|" + "---:|" * len(KINDS)
    for row in [*ROWS, "conflicts: recall", "conflicts: false alarms"]:
        base = _mean(clean, row)
        yield f"| {row} | {base:.2f} | " + " | ".join(f"{_mean(e, row) - base:+.2f}" for e in found.values()) + " |"


def _mean(evaluations: list[Evaluation], row: str) -> float:
    return sum(points(e, row) for e in evaluations) / len(evaluations)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", default="dev")
    names = names_of_split(GOLD, parser.parse_args().split)
    print("\n".join(report([n for n in names if (ROOT / "corpora" / n / f"{n}.txt").is_file()])))


if __name__ == "__main__":
    main()
