"""The layout of a Hugging Face dataset: ``data/SPLIT.jsonl`` and a card, nothing uploaded.

A row is a document with its text and all layers, so that nothing is lost; ``load_dataset(FOLDER)`` reads it as it lies.
Values of free shape (tables, checks) are JSON strings, for columns must have one type in all rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gouji.errors import AnnotationError
from gouji.export.files import write_atomic
from gouji.interchange.annotated import Annotated, Loss, of_contract

NAME = "hf"
CARD = "README.md"
_MENTION = ("id", "label", "start", "end", "value", "unit", "type", "name")
_FACT = ("id", "figure", "indicator", "measure", "period", "base", "direction", "of")


def write(documents: Sequence[Annotated], out: Path, *, splits: Mapping[str, str] | None = None) -> list[Loss]:
    """Write the dataset's folder.

    Parameters
    ----------
    documents : sequence of Annotated
    out : Path
    splits : mapping of str to str, optional
        Split of each document by name; ``train`` where none is given.
    """
    by_split: dict[str, list[Annotated]] = {}
    for document in documents:
        by_split.setdefault((splits or {}).get(document.name, "train"), []).append(document)
    (out / "data").mkdir(parents=True, exist_ok=True)
    for split, members in by_split.items():
        lines = (json.dumps(row(member), ensure_ascii=False) + "\n" for member in members)
        write_atomic(out / "data" / f"{split}.jsonl", "".join(lines))
    write_atomic(out / CARD, _card({split: len(members) for split, members in by_split.items()}))
    return []


def row(document: Annotated) -> dict[str, Any]:
    """One document as a row."""
    return {
        "id": document.name,
        "text": document.text,
        "sha256": document.document.get("sha256"),
        "mentions": [{k: m.get(k) for k in _MENTION} for m in document.mentions],
        "facts": [{**{k: f.get(k) for k in _FACT}, "path": list(f.get("path") or [])} for f in document.facts],
        "causes": [
            {k: c[k] if k in ("id", "span") else list(c[k]) for k in ("id", "span", "explains", "categories")}
            for c in document.causes
        ],
        "contract": json.dumps(document.as_contract(), ensure_ascii=False),
    }


def read(path: Path) -> tuple[list[Annotated], list[Loss]]:
    """Read a dataset's folder, or one of its JSONL files.

    Raises
    ------
    AnnotationError
        If there is no JSONL file, or a row is none of ours.
    """
    files = sorted((path / "data").glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise AnnotationError(f"{path}: 没有 data/*.jsonl，不是数据集的文件夹。")
    documents = []
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").split("\n"), start=1):
            if not line.strip():
                continue
            try:
                data = json.loads(line)
                documents.append(of_contract(json.loads(data["contract"]), data["text"]))
            except (ValueError, KeyError, TypeError) as err:
                raise AnnotationError(f"{file}:{number}: 不是本工具写出的数据行（{err}）。") from err
    return documents, []


def _card(counts: Mapping[str, int]) -> str:
    files = "".join(f"      - split: {split}\n        path: data/{split}.jsonl\n" for split in counts)
    rows = "".join(f"| {split} | {count} |\n" for split, count in counts.items())
    return (
        "---\nlanguage:\n  - zh\ntask_categories:\n  - token-classification\n"
        "tags:\n  - public-finance\n  - final-accounts\n"
        f"configs:\n  - config_name: default\n    data_files:\n{files}---\n\n"
        "# Departmental final-account reports, annotated\n\n"
        "One row a document: `text`; `mentions` with half-open offsets in code points (AMOUNT, RATE, QUANTITY,\n"
        "INDICATOR, CAUSE) and exact decimal values as strings; `facts`; `causes`; `contract`, the whole annotation\n"
        "as JSON (`gouji-gold/1`). Check the licence of the texts before sharing them.\n\n"
        f"| split | documents |\n|---|---:|\n{rows}"
    )
