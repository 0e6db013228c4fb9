"""Invented explanations with their categories, to fit the classifier on (``annotations/phrases/fitting-*.tsv``)."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

from gouji.errors import AnnotationError
from gouji.facts.cause_features import codes
from gouji.model.facts import Direction
from gouji.training.categories_fit import CauseRow, Source

FILES = "annotations/phrases/fitting-*.tsv"
COLUMNS = ["direction", "categories", "text"]


def phrase_rows(root: Path) -> list[CauseRow]:
    """Read all phrases of a project, file by file.

    Parameters
    ----------
    root : Path
        Folder with ``annotations``.

    Raises
    ------
    AnnotationError
        If a file has other columns, or a line an unknown direction or category.
    """
    return [row for path in sorted(root.glob(FILES)) for row in _rows(path)]


def phrase_files(root: Path) -> dict[str, str]:
    """Give the SHA-256 of each file of phrases, by its name."""
    return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(root.glob(FILES))}


def _rows(path: Path) -> Iterator[CauseRow]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        if lines.fieldnames != COLUMNS:
            raise AnnotationError(f"{path}: 列应为 {'、'.join(COLUMNS)}。")
        for line in lines:
            given = tuple(line["categories"].split())
            if not given or not set(given) <= set(codes()) or line["direction"] not in set(Direction):
                raise AnnotationError(f"{path}: 方向或类别不合规定：{line['direction']}、{line['categories']}。")
            yield CauseRow(line["text"], (line["direction"],), given, path.stem, Source.PHRASES)
