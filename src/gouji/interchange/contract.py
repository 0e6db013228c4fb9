"""The contract itself: ``NAME.gold.json`` as written here, ``NAME.analysis.json`` and ``NAME.gold.json`` as read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gouji.errors import AnnotationError
from gouji.export.files import write_atomic
from gouji.interchange.annotated import Annotated, Loss, load_contract
from gouji.model.facts import Label

NAME = "gouji"
SUFFIXES = (".gold.json", ".analysis.json")


def write(documents: Sequence[Annotated], out: Path, *, with_text: bool = False) -> list[Loss]:
    """Write ``NAME.gold.json`` for each document; marks with a label that is none of ours are left out and named."""
    losses = []
    for document in documents:
        data, lost = gold_of(document, with_text=with_text)
        write_atomic(out / f"{document.name}.gold.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        losses += lost
    return losses


def gold_of(document: Annotated, *, with_text: bool = False) -> tuple[dict[str, Any], list[Loss]]:
    """Give the gold of a document as the contract's mapping, rows with labels of ours only."""
    data = document.as_contract(with_text=with_text)
    known = frozenset(Label)
    strange = [m["label"] for m in data["mentions"] if m["label"] not in known]
    data["mentions"] = [m for m in data["mentions"] if m["label"] in known]
    losses = [
        Loss(document.name, f"标签 {label} 的文本段", strange.count(label), "标签不在 labels.yaml 中，可用 --map 改名")
        for label in sorted(set(strange))
    ]
    return data, losses


def read(path: Path, texts: Sequence[Path] = ()) -> tuple[list[Annotated], list[Loss]]:
    """Read one file of the contract, or all of a folder.

    Raises
    ------
    AnnotationError
        If there is none, one does not fit, or its text cannot be found.
    """
    files = sorted(p for p in path.iterdir() if p.name.endswith(SUFFIXES)) if path.is_dir() else [path]
    if not files:
        raise AnnotationError(f"{path}: 没有 .gold.json 或 .analysis.json 文件。")
    return [load_contract(file, texts) for file in files], []
