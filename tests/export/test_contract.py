"""The contract: fields, exact decimals, order of rows, the same bytes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.export.contract import natural, to_dict, to_json
from gouji.model.document import Document
from gouji.model.facts import Base, Direction, Measure
from gouji.model.outcomes import Analysis, Relation, Severity, Status
from gouji.model.values import Verdict

KEYS = ["schema", "document", "sections", "mentions", "facts", "causes", "tables", "alignments", "outcomes", "ledger"]


@pytest.fixture
def analysis(analysed: Callable[[Path], Analysis], sample: Path) -> Analysis:
    return analysed(sample)


def test_the_text_round_trips_and_has_a_row_a_line(analysis: Analysis) -> None:
    text = to_json(analysis)
    data = json.loads(text)
    assert list(data) == KEYS
    assert data == to_dict(analysis)
    assert sum(line.startswith('{"id": "f') for line in text.splitlines()) == len(analysis.facts)


def test_an_empty_analysis_is_valid() -> None:
    data = json.loads(to_json(Analysis(Document("x", "0", "text/plain", "")), with_text=True))
    assert list(data) == ["schema", "document", "text", *KEYS[2:]]
    assert [data[key] for key in KEYS[2:]] == [[]] * 8


def test_rows_stand_in_order_whatever_order_they_came_in(analysis: Analysis) -> None:
    chance = random.Random(1)

    def shuffled(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(chance.sample(rows, len(rows)))

    fields = ("mentions", "facts", "causes", "alignments", "outcomes", "ledger")
    mixed = replace(analysis, **{name: shuffled(getattr(analysis, name)) for name in fields})
    assert to_json(mixed) == to_json(analysis)


def test_values_are_exact_decimal_strings(analysis: Analysis) -> None:
    data = to_dict(analysis)
    values = [m["value"] for m in data["mentions"] if m["label"] in ("AMOUNT", "RATE", "QUANTITY")]
    values += [c["value"] for t in data["tables"] for c in t["cells"] if c["value"] is not None]
    values += [a["computed"] for a in data["alignments"] if a["computed"] is not None]
    assert values == [format(Decimal(v), "f") for v in values]
    assert "467915100" in values


def test_every_code_is_of_its_vocabulary(analysis: Analysis) -> None:
    data = to_dict(analysis)
    facts = {(f["measure"], f["base"], f["direction"]) for f in data["facts"]}
    assert facts <= {(m, b, d) for m in Measure for b in Base for d in Direction}
    assert {(a["relation"], a["verdict"]) for a in data["alignments"]} <= {(r, v) for r in Relation for v in Verdict}
    assert {o["status"] for o in data["outcomes"]} <= set(Status)
    wrong = [o for o in data["outcomes"] if o["status"] == "inconsistent"]
    assert {o["severity"] for o in wrong} <= set(Severity)
    assert {r["status"] for r in data["ledger"]} <= {"aligned", "derived", "context", "external", "unresolved"}


def test_every_reference_leads_somewhere(analysis: Analysis) -> None:
    data = to_dict(analysis)
    mentions = {m["id"] for m in data["mentions"]}
    facts = {f["id"] for f in data["facts"]}
    cells = {f"{t['id']}.r{c['r']}.c{c['c']}" for t in data["tables"] for c in t["cells"]}
    assert {f["figure"] for f in data["facts"]} <= mentions
    assert {f["indicator"] for f in data["facts"]} <= mentions | {None}
    assert {c["span"] for c in data["causes"]} <= mentions
    assert {e for c in data["causes"] for e in c["explains"]} <= facts | cells
    assert {a["figure"] for a in data["alignments"]} <= facts
    assert {o for a in data["alignments"] for o in a["operands"]} <= facts | cells
    assert {o for row in data["outcomes"] for o in row["operands"]} <= facts | cells


def test_every_narrative_amount_and_rate_has_one_ledger_row(analysis: Analysis) -> None:
    data = to_dict(analysis)
    figures = [m["id"] for m in data["mentions"] if m["label"] in ("AMOUNT", "RATE")]
    assert [r["figure"] for r in data["ledger"]] == figures


def test_ids_are_ordered_by_their_numbers() -> None:
    assert sorted(["t10.r1.c1", "t2.r12.c1", "t2.r2.c10"], key=natural) == ["t2.r2.c10", "t2.r12.c1", "t10.r1.c1"]
