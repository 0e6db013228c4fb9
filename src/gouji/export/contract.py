"""Analysis -> the contract (gouji-analysis/1), the one JSON shape that other programs read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gouji.model.document import Cell, Table
from gouji.model.facts import FIGURES, Fact, Label, Mention
from gouji.model.outcomes import Analysis, CheckOutcome
from gouji.model.values import Value

SCHEMA = "gouji-analysis/1"


def to_dict(analysis: Analysis, *, with_text: bool = False) -> dict[str, Any]:
    """Analysis as the contract's mapping, keys and rows in the contract's order."""
    document = analysis.document
    out: dict[str, Any] = {
        "schema": SCHEMA,
        "document": {
            "name": document.name,
            "sha256": document.sha256,
            "length": len(document.text),
            "media": document.media,
            "organisation": document.organisation,
            "fiscal_year": document.fiscal_year,
            "kind": document.kind,
            "warnings": list(document.warnings),
            "attachments": [
                {"name": a.name, "sha256": a.sha256, "media": a.media, "tables": list(a.tables)}
                for a in document.attachments
            ],
        },
    }
    if with_text:
        out["text"] = document.text
    out["sections"] = [
        {"id": s.id, "title": s.title, "level": s.level, "start": s.start, "end": s.end, "page": s.page}
        for s in document.sections
    ]
    out["mentions"] = [_mention(m) for m in sorted(analysis.mentions, key=lambda m: (m.span, m.label))]
    out["facts"] = [_fact(f) for f in sorted(analysis.facts, key=lambda f: natural(f.id))]
    out["causes"] = [
        {
            "id": c.id,
            "span": c.span,
            "explains": list(c.explains),
            "categories": list(c.categories),
            "adequacy": c.adequacy,
        }
        | ({"flags": list(c.flags)} if c.flags else {})
        for c in sorted(analysis.causes, key=lambda c: natural(c.id))
    ]
    out["tables"] = [_table(t) for t in document.tables]
    out["alignments"] = [
        {
            "figure": a.figure,
            "relation": str(a.relation),
            "operands": list(a.operands),
            "verdict": str(a.verdict),
            "computed": None if a.computed is None else decimal_string(a.computed),
            "reason": a.reason,
        }
        for a in sorted(analysis.alignments, key=lambda a: (natural(a.figure), a.relation, a.operands))
    ]
    out["outcomes"] = [_outcome(o) for o in sorted(analysis.outcomes, key=lambda o: natural(o.id))]
    out["ledger"] = [
        {"figure": r.figure, "status": r.status, "reason": r.reason}
        for r in sorted(analysis.ledger, key=lambda r: natural(r.figure))
    ]
    return out


def to_json(analysis: Analysis, *, with_text: bool = False) -> str:
    """Analysis as JSON text, characters unescaped, ending in a newline; the same analysis gives the same bytes."""
    return contract_json(to_dict(analysis, with_text=with_text))


def contract_json(data: Mapping[str, Any]) -> str:
    """Write the contract's mapping as JSON text with a row a line, so that analyses can be compared line by line.

    Examples
    --------
    >>> print(contract_json({"schema": "x", "facts": [{"id": "f1"}, {"id": "f2"}], "causes": []}), end="")
    {
    "schema": "x",
    "facts": [
    {"id": "f1"},
    {"id": "f2"}
    ],
    "causes": []
    }
    """
    return "{\n" + ",\n".join(f"{_flat(key)}: {_rows(value)}" for key, value in data.items()) + "\n}\n"


def _rows(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _flat(value)
    return "[\n" + ",\n".join(_row(row) for row in value) + "\n]"


def _row(row: Any) -> str:
    if not isinstance(row, dict) or "cells" not in row:
        return _flat(row)
    return "{" + ", ".join(f"{_flat(k)}: {_rows(v) if k == 'cells' else _flat(v)}" for k, v in row.items()) + "}"


# One encoder without indentation: with it, json falls back to Python code that is several times slower.
_flat = json.JSONEncoder(ensure_ascii=False).encode


def natural(identifier: str) -> list[tuple[int, int, str]]:
    """Order of ids: numbers in them count as numbers.

    Examples
    --------
    >>> sorted(["f10", "f9", "t2.r10.c1", "t2.r9.c1"], key=natural)
    ['f9', 'f10', 't2.r9.c1', 't2.r10.c1']
    """
    parts = re.findall(r"\d+|\D+", identifier)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def decimal_string(value: Decimal) -> str:
    """Exact decimal without exponent."""
    return format(value, "f")


def _mention(m: Mention) -> dict[str, Any]:
    row: dict[str, Any] = {"id": m.id, "label": str(m.label), "start": m.span.start, "end": m.span.end, "page": m.page}
    if m.label in FIGURES:
        row |= _value(m.value)
        if m.upper is not None:
            row["upper"] = decimal_string(m.upper.canonical)
        if m.currency:
            row["currency"] = m.currency
        if m.approx:
            row |= {"approx": True, "bound": m.approx}
    elif m.label is Label.INDICATOR:
        row |= {"type": m.type, "name": m.name, "entry": m.entry}
    else:
        row |= {"cue": m.cue, "confidence": m.confidence}
    return row | {"rule": m.rule}


def _value(value: Value | None) -> dict[str, Any]:
    if value is None:
        return {"value": None, "unit": None}
    return {"value": decimal_string(value.canonical), "unit": value.unit, "decimals": value.decimals}


def _fact(f: Fact) -> dict[str, Any]:
    return {
        "id": f.id,
        "figure": f.figure,
        "indicator": f.indicator,
        "path": list(f.path),
        "measure": str(f.measure),
        "period": f.period,
        "base": str(f.base),
        "direction": str(f.direction),
        "of": f.of,
        "base_period": f.base_period,
        "flags": list(f.flags),
        "rule": f.rule,
        "sentence": None if f.sentence is None else [f.sentence.start, f.sentence.end],
    }


def _table(t: Table) -> dict[str, Any]:
    return {
        "id": t.id,
        "title": t.title,
        "kind": t.kind,
        "unit": t.unit,
        "page": t.page,
        "section": t.section,
        "n_rows": t.n_rows,
        "n_cols": t.n_cols,
        "year": t.year,
        "attributes": dict(sorted(t.attributes.items())),
        "cells": [_cell(c) for c in t.cells],
    }


def _cell(c: Cell) -> dict[str, Any]:
    row: dict[str, Any] = {
        "r": c.r,
        "c": c.c,
        "rowspan": c.rowspan,
        "colspan": c.colspan,
        "text": c.text,
        "start": c.start,
        "end": c.end,
        "value": None if c.value is None else decimal_string(c.value.canonical),
        "unit": None if c.value is None else c.value.unit or None,
        "row_path": list(c.row_path),
        "col_path": list(c.col_path),
        "role": c.role,
    }
    if c.seq is not None:
        row["seq"] = c.seq
    if c.logical_c is not None:
        row["logical_c"] = c.logical_c
    return row


def _outcome(o: CheckOutcome) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": o.id,
        "check": o.check,
        "status": str(o.status),
        "operands": list(o.operands),
        "stated": o.stated,
        "computed": o.computed,
        "reason": o.reason,
        "page": o.page,
        "message": o.message,
        "severity": None if o.severity is None else str(o.severity),
        "root": o.root,
    }
    if o.start is not None:
        row |= {"start": o.start, "end": o.end}
    return row
