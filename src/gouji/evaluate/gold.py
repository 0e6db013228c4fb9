"""Gold files (gouji-gold/1): load, and attach to a document whose bytes they were made for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from gouji.errors import AnnotationError
from gouji.evaluate.sides import read_json
from gouji.model.document import Document
from gouji.model.facts import FIGURES, Base, Cause, Direction, Fact, Label, Measure, Mention
from gouji.model.outcomes import Alignment, Analysis, Relation
from gouji.model.spans import Span
from gouji.model.values import Kind, Value, Verdict, plain

SCHEMA = "gouji-gold/1"
MONEY_SCALE = {
    "元": 1,
    "万元": 10_000,
    "亿元": 100_000_000,
    "万": 10_000,
    "亿": 100_000_000,
    "千元": 1_000,
    "百万元": 1_000_000,
}
RATE_SCALE = {"%": "0.01", "‰": "0.001", "pp": "0.01", "tenths": "0.1", "times": "1"}


@dataclass(frozen=True)
class Gold:
    """A gold file attached to its document: the annotations as model objects, and the whole file in `data`."""

    analysis: Analysis
    data: dict[str, Any]


def load(path: str | Path) -> dict[str, Any]:
    """Read a gold file.

    Raises
    ------
    AnnotationError
        If the file is not JSON or not of the schema ``gouji-gold/1``.
    """
    return read_json(Path(path), SCHEMA)


def attach(data: dict[str, Any], document: Document) -> Gold:
    """Attach annotations to the document they were made for.

    The tables of the analysis are those that the reader found; the gold's own are in ``Gold.data``.

    Raises
    ------
    AnnotationError
        If the document's bytes are not those that the gold was made for.
    """
    wanted = data["document"]["sha256"]
    if wanted != document.sha256:
        name = data["document"]["name"]
        raise AnnotationError(f"{name}: 标注所依据的文件（{wanted[:12]}…）与这份文件（{document.sha256[:12]}…）不同。")
    mentions = tuple(_mention(row, document) for row in data["mentions"])
    facts = tuple(
        Fact(
            row["id"],
            row["figure"],
            row["indicator"],
            tuple(row.get("path", ())),
            Measure(row["measure"]),
            row["period"],
            Base(row["base"] or "none"),
            Direction(row["direction"] or "none"),
            row.get("of"),
        )
        for row in data["facts"]
    )
    causes = tuple(Cause(r["id"], r["span"], tuple(r["explains"]), tuple(r["categories"])) for r in data["causes"])
    alignments = tuple(
        Alignment(
            r["figure"],
            Relation(r["relation"]),
            tuple(r["operands"]),
            Verdict(r["verdict"]),
            Decimal(r["computed"]) if r.get("computed") else None,
        )
        for r in data["alignments"]
    )
    return Gold(Analysis(document, mentions, facts, causes, alignments), data)


def _mention(row: dict[str, Any], document: Document) -> Mention:
    span = Span(row["start"], row["end"])
    passage = document.passage_at(span)
    label = Label(row["label"])
    mention = Mention(
        row["id"],
        label,
        span,
        passage.id if passage else "",
        passage.offsets.to_target(span) if passage else span,
        type=row.get("type"),
        name=row.get("name"),
        rule="gold",
    )
    if label not in FIGURES:
        return mention
    upper = _value(row, "upper") if row.get("upper") is not None else None
    return replace(mention, value=_value(row, "value"), upper=upper, approx="about" if row.get("approx") else None)


def _value(row: dict[str, Any], key: str) -> Value:
    """Rebuild a value from the canonical figure and the unit of a gold row; the unit gives back the written number."""
    canonical = Decimal(row[key])
    unit = "".join(str(row["unit"]).split())
    if row["label"] == Label.AMOUNT:
        kind, scale = Kind.MONEY, Decimal(MONEY_SCALE.get(unit, 1))
    elif row["label"] == Label.RATE:
        kind, scale = Kind.RATE, Decimal(RATE_SCALE.get(unit, "1"))
    else:
        kind, scale = Kind.COUNT, Decimal(1)
    number = plain(canonical / scale)
    exponent = number.as_tuple().exponent
    written = row.get("decimals")
    decimals = written if written is not None else max(0, -exponent if isinstance(exponent, int) else 0)
    return Value(number, scale, decimals, kind, unit)
