"""What is left of a document in each of its renderings: cells, paragraphs, and the scores of the extraction.

    python benchmarks/renderings.py [--split dev] [--lists NAME FORMAT]

For every shipped document of a split (all, if none is named) and every format that it is shipped in:

* the share of the gold's table cells that are the same by text, by value, by row path, by column path, by all of these
  (tables paired by title and order, cells by position, white space aside; a gold cell that has no cell at its place
  differs in all);
* the share of the text file's paragraphs and headings that are there, whole and in order, white space aside;
* the scores against the gold, carried over to the rendering (`gouji.evaluate.transfer`): their distance from those of
  the text file in points, as the mean over documents.

A workbook holds the tables alone, so it has neither paragraphs nor scores of its own. "–": no reader for the format.
"""

from __future__ import annotations

import argparse
import difflib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import gouji
from gouji.evaluate.evaluation import Evaluation, evaluate
from gouji.evaluate.listing import names_of_split
from gouji.evaluate.sides import Data, number, read_json
from gouji.evaluate.transfer import match_tables, transfer
from gouji.export.contract import to_dict
from gouji.model.document import Document, PassageKind
from gouji.readers import READERS
from gouji.readers.formats import sniff
from gouji.text.normalise import strip_blanks

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "annotations"
FORMATS = ("txt", "html", "docx", "pdf", "xlsx")
TABLES_ONLY = ("xlsx",)
ASPECTS = ("text", "value", "row path", "column path", "all")
RUNNING = (PassageKind.PARAGRAPH, PassageKind.HEADING)


@dataclass
class Counts:
    """Cells and paragraphs of one document in one format: how many are the same, of how many."""

    cells: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ASPECTS, 0))
    n_cells: int = 0
    paragraphs: int = 0
    n_paragraphs: int = 0
    lost: int = 0
    differences: list[str] = field(default_factory=list)


def compare_cells(gold: Data, predicted: Data, counts: Counts) -> None:
    """Count the gold's cells that the rendering has."""
    pairs = match_tables(gold["tables"], predicted["tables"])
    grid = {(t["id"], c["r"], c["c"]): c for t in predicted["tables"] for c in t["cells"]}
    for table in gold["tables"]:
        for cell in table["cells"]:
            mate = grid.get((pairs.get(table["id"], ""), cell["r"], cell["c"]))
            same = [mate is not None and a == b for a, b in zip(_aspects(cell), _aspects(mate or {}), strict=True)]
            for aspect, right in zip(ASPECTS, [*same, all(same)], strict=True):
                counts.cells[aspect] += right
            counts.n_cells += 1
            if not all(same):
                seen = _aspects(mate) if mate else None
                counts.differences.append(f"{table['id']}.r{cell['r']}.c{cell['c']}: {_aspects(cell)} != {seen}")


def _aspects(cell: Data) -> tuple[object, ...]:
    paths = ([strip_blanks(text) for text in cell.get(key) or []] for key in ("row_path", "col_path"))
    return (strip_blanks(cell.get("text") or ""), (number(cell.get("value")), cell.get("unit")), *paths)


def compare_paragraphs(text: Document, other: Document, counts: Counts) -> None:
    """Count the paragraphs of the text file that stand in the rendering, in order."""
    ours = [strip_blanks(p.text) for p in text.passages if p.kind in RUNNING]
    there = [(p.kind, strip_blanks(p.text)) for p in other.passages if p.kind is not PassageKind.CELL]
    theirs = [text for kind, text in there if kind in RUNNING or text in set(ours)]
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    blocks = matcher.get_matching_blocks()
    counts.paragraphs, counts.n_paragraphs = sum(b.size for b in blocks), len(ours)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            counts.differences.append(f"{tag}: {ours[i:j]} -> {theirs[k:m]}")


def measured(name: str) -> Iterator[tuple[str, Counts | None, Evaluation | None]]:
    """Every format of one document; None for a format without a reader, scores None where it has no narrative."""
    gold = read_json(GOLD / f"{name}.gold.json")
    text = gouji.analyse(ROOT / "corpora" / name / f"{name}.txt")
    for form in FORMATS:
        path = ROOT / "corpora" / name / f"{name}.{form}"
        if not path.is_file():
            continue
        if sniff(path.read_bytes(), path).id not in READERS:
            yield form, None, None
            continue
        analysis = text if form == "txt" else gouji.analyse(path)
        predicted, counts = to_dict(analysis), Counts()
        compare_cells(gold, predicted, counts)
        if form in TABLES_ONLY:
            yield form, counts, None
            continue
        compare_paragraphs(text.document, analysis.document, counts)
        moved = transfer(gold, text.document.text, predicted, analysis.document.text)
        counts.lost = len(moved.lost)
        yield form, counts, evaluate(predicted, moved.gold)


def report(names: list[str]) -> Iterator[str]:
    """Both tables, as Markdown."""
    counts: dict[str, list[Counts]] = defaultdict(list)
    scores: dict[str, dict[str, Evaluation]] = defaultdict(dict)
    for name in names:
        for form, counted, evaluation in measured(name):
            if counted is not None:
                counts[form].append(counted)
            if evaluation is not None:
                scores[form][name] = evaluation
    yield "| format | documents | cells | " + " | ".join(ASPECTS) + " | paragraphs | mentions lost |"
    yield "|---|---:|---:|" + "---:|" * len(ASPECTS) + "---:|---:|"
    for form in FORMATS:
        yield _counts_row(form, counts[form])
    yield ""
    yield from _scores(scores)


def _counts_row(form: str, rows: list[Counts]) -> str:
    if not rows:
        return f"| {form} | –" + " | –" * (len(ASPECTS) + 3) + " |"
    cells = sum(r.n_cells for r in rows)
    shares = [f"{sum(r.cells[a] for r in rows) / cells:.4f}" for a in ASPECTS]
    paragraphs = sum(r.n_paragraphs for r in rows)
    kept = f"{sum(r.paragraphs for r in rows) / paragraphs:.4f}" if paragraphs else "no narrative"
    return f"| {form} | {len(rows)} | {cells} | " + " | ".join(shares) + f" | {kept} | {sum(r.lost for r in rows)} |"


def _scores(scores: dict[str, dict[str, Evaluation]]) -> Iterator[str]:
    """Score of the text file, and the distance of each format from it over the documents that have it."""
    forms = [form for form in FORMATS[1:] if scores[form]]
    yield "| score | txt | " + " | ".join(forms) + " |"
    yield "|---|---:|" + "---:|" * len(forms)
    text = scores["txt"]
    rows = dict.fromkeys(row for evaluation in text.values() for row in evaluation.scores)
    for row in [*rows, "conflicts: recall", "conflicts: false alarms"]:
        base = {name: points(e, row) for name, e in text.items() if _has(e, row)}
        cells = []
        for form in forms:
            apart = [points(e, row) - base[name] for name, e in scores[form].items() if name in base and _has(e, row)]
            cells.append(f"{sum(apart) / len(apart):+.2f}" if apart else "–")
        yield f"| {row} | {sum(base.values()) / len(base):.2f} | " + " | ".join(cells) + " |"


def _has(evaluation: Evaluation, row: str) -> bool:
    """Whether a document has a score: not every one has every relation."""
    return row.startswith("conflicts:") or row in evaluation.scores


def points(evaluation: Evaluation, row: str) -> float:
    """Score in points; false alarms as a number."""
    if row == "conflicts: false alarms":
        return float(len(evaluation.findings.false_alarms))
    if row == "conflicts: recall":
        return 100 * evaluation.findings.recall.recall
    score = evaluation.scores[row]
    return 100 * (score.recall if row.startswith("alignment") else score.f1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", help="only documents of this split")
    parser.add_argument("--lists", nargs=2, metavar=("NAME", "FORMAT"), help="differences of one document instead")
    arguments = parser.parse_args()
    if arguments.lists:
        name, wanted = arguments.lists
        for form, counted, _ in measured(name):
            if form == wanted and counted is not None:
                print("\n".join(counted.differences))
        return
    names = [p.name for p in sorted((ROOT / "corpora").iterdir()) if p.is_dir()]
    if arguments.split:
        names = [n for n in names if n in names_of_split(GOLD, arguments.split)]
    print("\n".join(report(names)))


if __name__ == "__main__":
    main()
