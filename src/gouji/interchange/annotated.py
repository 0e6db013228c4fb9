"""An annotated document as it passes between formats, and what a format could not hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gouji.errors import AnnotationError
from gouji.evaluate.sides import read_json
from gouji.readers import read

Data = Mapping[str, Any]
LAYERS = (
    "sections",
    "tables",
    "alignments",
    "outcomes",
    "ledger",
    "conflicts",
    "roundings",
    "doubtful",
    "not_conflicts",
)
"""Layers of the contract beyond mentions, facts and causes: a format for spans has no place for them."""


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """Something that a format could not hold: of which document, what, how many, and why."""

    document: str
    what: str
    count: int
    why: str

    def __str__(self) -> str:
        """Give one line for a reader."""
        return f"{self.document}：{self.what} {self.count} 项未写入（{self.why}）"


@dataclass(frozen=True)
class Annotated:
    """A text with its annotations.

    Parameters
    ----------
    name : str
        Name of the document.
    text : str
        Canonical text; all offsets are code points in it.
    document : mapping
        The contract's ``document``: ``sha256``, ``media`` and what else is known.
    mentions, facts, causes : tuple of mapping
        Rows in the contract's shape.
    layers : mapping
        Further layers of the contract (tables, alignments, …), by name.
    """

    name: str
    text: str
    document: Data
    mentions: tuple[Data, ...] = ()
    facts: tuple[Data, ...] = ()
    causes: tuple[Data, ...] = ()
    layers: Mapping[str, Any] = field(default_factory=dict)

    def as_contract(self, schema: str = "gouji-gold/1", *, with_text: bool = False) -> dict[str, Any]:
        """Give the contract's mapping."""
        document = {"name": self.name, **self.document, "length": len(self.text)}
        out: dict[str, Any] = {"schema": schema, "document": document}
        if with_text:
            out["text"] = self.text
        out |= {"mentions": list(self.mentions), "facts": list(self.facts), "causes": list(self.causes)}
        return out | {"alignments": []} | dict(self.layers)


def of_contract(data: Data, text: str) -> Annotated:
    """Annotated document of a contract's mapping and its text."""
    layers = {k: v for k, v in data.items() if k not in ("schema", "document", "text", "mentions", "facts", "causes")}
    document = {k: v for k, v in data["document"].items() if k not in ("name", "length")}
    mentions, facts, causes = (tuple(data.get(k, ())) for k in ("mentions", "facts", "causes"))
    return Annotated(data["document"]["name"], text, document, mentions, facts, causes, layers)


def of_text(name: str, text: str) -> Annotated:
    """Document without annotations, its hash that of the text as UTF-8."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Annotated(name, text, {"sha256": sha256, "media": "text/plain"})


def load_contract(path: Path, texts: Iterable[Path] = ()) -> Annotated:
    """Read an analysis or a gold file with its text.

    Parameters
    ----------
    path : Path
        ``NAME.analysis.json`` or ``NAME.gold.json``.
    texts : iterable of Path
        Folders to look in for the report's file, by the hash of its bytes, where the JSON carries no text.

    Raises
    ------
    AnnotationError
        If the file does not fit the schema, its text cannot be found, or its mentions carry no offsets.
    """
    data = read_json(path)
    if any("start" not in m for m in data["mentions"]):
        raise AnnotationError(f"{path}: 标注没有字符位置（依赖阅读器的文本），不能转换为其他格式。")
    text = data.get("text")
    if text is None:
        report = report_of(data["document"], [*texts, path.parent])
        text = None if report is None else read(report).text
    if text is None:
        raise AnnotationError(
            f"{path}: 文件中没有正文，所给文件夹里也没有与之相符（sha256 {data['document']['sha256'][:12]}…）的报告；"
            "请用 --texts 指出报告所在的文件夹，或在 analyze 时加 --with-text。"
        )
    return of_contract(data, text)


def report_of(document: Data, folders: Iterable[Path]) -> Path | None:
    """Find the report that a document was made of: the file of its name with its hash, in folders and below them."""
    for folder in folders:
        for candidate in sorted(folder.rglob(f"{document['name']}.*")):
            if candidate.suffix == ".json" or not candidate.is_file():
                continue
            if hashlib.sha256(candidate.read_bytes()).hexdigest() == document["sha256"]:
                return candidate
    return None
