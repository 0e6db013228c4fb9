"""One side of a comparison: an analysis or a gold file in the contract's shape, and how its items are matched.

Items of text documents are matched by their offsets; those of documents without offsets by page, label and value,
and causes by the hash of their words without white space (annotation guidelines, section 1).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Hashable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path
from typing import Any

from gouji.errors import AnnotationError

Data = Mapping[str, Any]
Key = Hashable
SCHEMAS = ("gouji-analysis/1", "gouji-gold/1")
COLUMNS = ("c", "seq", "txt_c", "logical_c")  # every address that a cell may be given by
CELL_NUMBER = re.compile(r"-?\d*\.?\d+[%％]?")


class Side:
    """An analysis or a gold file, indexed for comparison."""

    def __init__(self, data: Data, *, offsets: bool) -> None:
        self.data = data
        self.offsets = offsets

    @cached_property
    def mentions(self) -> dict[str, Data]:
        """Mentions by id."""
        return {m["id"]: m for m in self.data["mentions"]}

    @cached_property
    def figure_of(self) -> dict[str, str]:
        """Figure mention of each fact, by fact id."""
        return {f["id"]: f["figure"] for f in self.data["facts"]}

    def labelled(self, label: str) -> list[Data]:
        """Mentions of one label."""
        return [m for m in self.data["mentions"] if m["label"] == label]

    def key(self, mention: Data) -> Key:
        """Give what a mention is matched by, label included."""
        if self.offsets:
            return (mention["label"], mention["start"], mention["end"])
        if mention["label"] == "CAUSE":
            return ("CAUSE", mention.get("sha1") or words_hash(mention.get("text", "")))
        return (*self.place(mention), mention.get("unit"))

    def place(self, mention: Data) -> tuple[Any, ...]:
        """Give what a figure is matched by where its label does not matter."""
        if self.offsets:
            return (mention["start"], mention["end"])
        return (mention.get("page"), mention["label"], number(mention.get("value")))

    def locate(self, reference: str) -> Key:
        """Place of a fact's figure or of a mention; any other reference (a cell) is its own place."""
        mention = self.mentions.get(self.figure_of.get(reference, reference))
        return reference if mention is None else self.place(mention)

    def values(self, reference: str) -> frozenset[Decimal | str]:
        """Every value that a reference may stand for, in the canonical unit."""
        mention = self.mentions.get(self.figure_of.get(reference, reference))
        value = number(mention.get("value")) if mention is not None else None
        return frozenset([value]) if value is not None else self._cell_values.get(reference, frozenset())

    @cached_property
    def _cell_values(self) -> dict[str, frozenset[Decimal | str]]:
        """Give what each cell may stand for: as written, in yuan if it was written in 万元, as a fraction if in %."""
        out: dict[str, frozenset[Decimal | str]] = {}
        for table in self.data.get("tables", []):
            for cell in table["cells"]:
                text = re.sub(r"[\s,，]", "", str(cell.get("number") or cell.get("text") or ""))
                values: frozenset[Decimal | str] = frozenset()
                if CELL_NUMBER.fullmatch(text):
                    value = Decimal(text.rstrip("%％"))
                    values = frozenset(v.normalize() for v in (value, value * 10000, value / 100))
                for address in addresses(table, cell):
                    out.setdefault(address, values)
        return out


def addresses(table: Data, cell: Data) -> list[str]:
    """All addresses of a cell."""
    return [f"{table['id']}.r{cell['r']}.c{cell[k]}" for k in COLUMNS if cell.get(k) is not None]


def sides(predicted: Data, gold: Data) -> tuple[Side, Side]:
    """Both sides of a comparison, matched by offsets if the gold has them."""
    offsets = all("start" in m for m in gold["mentions"])
    return Side(predicted, offsets=offsets), Side(gold, offsets=offsets)


def number(value: object) -> Decimal | str | None:
    """Value of a mention for comparison: trailing zeros do not count; a text that is no number stays a text."""
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)


def words_hash(text: str) -> str:
    """SHA-1 of a text without white space, as gold files without offsets give causes."""
    return hashlib.sha1(re.sub(r"\s", "", text).encode(), usedforsecurity=False).hexdigest()


def read_json(path: Path, schema: str | None = None) -> dict[str, Any]:
    """Read an analysis or a gold file.

    Raises
    ------
    AnnotationError
        If the file cannot be read or is not of the schema.
    """
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as err:
        raise AnnotationError(f"{path}: 读不了这个 JSON 文件（{err}）。") from err
    wanted = (schema,) if schema else SCHEMAS
    if not isinstance(data, dict) or data.get("schema") not in wanted:
        found = data.get("schema") if isinstance(data, dict) else type(data).__name__
        raise AnnotationError(f"{path}: schema 为 {found!r}，应为 {' 或 '.join(wanted)}。")
    return data
