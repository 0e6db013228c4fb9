"""Splits of the annotated documents, checked, and passages that two splits nearly share.

A passage counts as near another if the sets of their stretches of five characters, figures left out, overlap by at
least four fifths. Forms of the genre repeat (无政府性基金预算财政拨款支出), so some overlap is no leak; it is counted
and shown, so that nobody has to believe it.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.errors import AnnotationError
from gouji.evaluate.sides import read_json
from gouji.model.document import Document, PassageKind
from gouji.readers import read

LENGTH = 5
SHORTEST = 12  # characters, figures left out: shorter passages are forms
NEAR = 0.8
FIGURES = re.compile(r"[0-9０-９.,，．%％\s]+")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document of the splits: its text file (None where only stand-off gold is shipped), its split, its publisher."""

    name: str
    split: str
    publisher: str
    path: Path | None


def annotated(root: Path, beside: Sequence[Path] = ()) -> list[Annotated]:
    """List the annotated documents and check them.

    Parameters
    ----------
    root : Path
        Folder with ``corpora`` and ``annotations``.
    beside : sequence of Path
        Folders in which to look for texts that are not shipped.

    Raises
    ------
    AnnotationError
        If a gold file is missing or was made for other bytes, or one publisher's documents stand in two splits.
    """
    table = root / "annotations" / "splits.tsv"
    if not table.is_file():
        raise AnnotationError(f"{table}: 找不到划分表。")
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    out = []
    for row in rows:
        name = row["doc_id"]
        gold = read_json(root / "annotations" / f"{name}.gold.json", "gouji-gold/1")["document"]
        places = [root / "corpora" / name / f"{name}.txt", *(folder / f"{name}.txt" for folder in beside)]
        path = next((place for place in places if place.is_file()), None)
        if path is not None and hashlib.sha256(path.read_bytes()).hexdigest() != gold["sha256"]:
            raise AnnotationError(f"{path}: 内容与标注所依据的文件（{gold['sha256'][:12]}…）不同。")
        out.append(Annotated(name, row["split"], gold.get("organisation") or name, path))
    owners: dict[str, set[str]] = {}
    for each in out:
        owners.setdefault(each.publisher, set()).add(each.split)
    both = sorted(name for name, splits in owners.items() if len(splits) > 1)
    if both:
        raise AnnotationError(f"{table}: 同一单位的文件分在不同的划分：{'、'.join(both)}。")
    return out


@dataclass(frozen=True, slots=True)
class Near:
    """Two passages of different splits: documents, places in their texts, and how much they share."""

    left: str
    right: str
    left_start: int
    right_start: int
    shared: float


def near_duplicates(documents: Mapping[str, Sequence[tuple[str, Document]]]) -> list[Near]:
    """Find passages that documents of different splits nearly share.

    Parameters
    ----------
    documents : mapping of str to sequence of (str, Document)
        Named documents by split.

    Returns
    -------
    list of Near
        The nearest first.
    """
    passages = [
        (split, name, p.span.start, _stretches(p.text))
        for split, listed in documents.items()
        for name, document in listed
        for p in document.passages
        if p.kind is PassageKind.PARAGRAPH
    ]
    places: dict[str, list[int]] = {}
    for at, (_, _, _, found) in enumerate(passages):
        for stretch in found:
            places.setdefault(stretch, []).append(at)
    out = []
    for at, (split, name, start, found) in enumerate(passages):
        shared: Counter[int] = Counter(other for stretch in found for other in places[stretch] if other > at)
        for other, count in shared.items():
            there, title, begin, theirs = passages[other]
            ratio = count / (len(found) + len(theirs) - count)
            if there != split and ratio >= NEAR:
                out.append(Near(name, title, start, begin, round(ratio, 3)))
    return sorted(out, key=lambda n: (-n.shared, n.left, n.left_start, n.right, n.right_start))


def _stretches(text: str) -> frozenset[str]:
    words = FIGURES.sub("", text)
    if len(words) < SHORTEST:
        return frozenset()
    return frozenset(words[i : i + LENGTH] for i in range(len(words) - LENGTH + 1))


def report(root: Path, beside: Sequence[Path] = ()) -> Iterable[str]:
    """Lines of a report on the splits: documents and passages of each, passages that two of them nearly share."""
    by_split: dict[str, list[tuple[str, Document]]] = {}
    for each in annotated(root, beside):
        if each.path is not None:
            by_split.setdefault(each.split, []).append((each.name, read(each.path)))
    for split, listed in by_split.items():
        count = sum(p.kind is PassageKind.PARAGRAPH for _, d in listed for p in d.passages)
        yield f"{split}：{len(listed)} 份，{count} 段"
    found = near_duplicates(by_split)
    yield f"不同划分间相近的段落（五字片段重合不少于 {NEAR:.0%}）：{len(found)} 对"
    for near in found:
        yield f"  {near.left}@{near.left_start} ~ {near.right}@{near.right_start}：{near.shared:.0%}"
