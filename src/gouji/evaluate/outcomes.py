"""Scores of findings: which conflicts of the gold were found, and what was cried out for nothing.

A gold conflict is found when a conflicting alignment or an inconsistent outcome of severity ``error`` involves the
claimed figure or cell, or one of its consequences. A predicted error is a false alarm when nothing that it involves
belongs to any conflict, rounding or doubtful record of the gold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gouji.evaluate.score import Score
from gouji.evaluate.sides import Data, addresses

CELL = re.compile(r"t\d+\.r\d+\.c\d+")
FACT = re.compile(r"\bf\d+\b")
REFERENCE = re.compile(rf"{CELL.pattern}|{FACT.pattern}")

Place = Any  # (start, end) of a stretch of text, (table, row, start or text) of a cell, or a bare cell address


@dataclass(frozen=True, slots=True)
class Alarm:
    """A predicted error: its check or relation, the places claimed to be wrong, and all places involved."""

    name: str
    places: frozenset[Place]


@dataclass(frozen=True, slots=True)
class FindingsScore:
    """Conflicts of one document: ids found and missed, alarms, false alarms, and those the gold forbids.

    `kinds` counts conflicts by the gold's kind of error: found, and all.
    """

    found: tuple[str, ...]
    missed: tuple[str, ...]
    predicted: int
    false_alarms: tuple[str, ...]
    forbidden: int
    kinds: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def recall(self) -> Score:
        """Score of conflicts; its precision counts false alarms against all alarms."""
        right = self.predicted - len(self.false_alarms)
        return Score(len(self.found), right, self.predicted, len(self.found) + len(self.missed))

    def as_dict(self) -> dict[str, Any]:
        """Give the row as it is written to JSON."""
        return {
            "found": list(self.found),
            "missed": list(self.missed),
            "predicted": self.predicted,
            "false_alarms": list(self.false_alarms),
            "forbidden": self.forbidden,
            "kinds": {kind: list(counts) for kind, counts in sorted(self.kinds.items())},
        }


def findings_score(predicted: Data, gold: Data) -> FindingsScore:
    """Compare the errors that an analysis reports with the conflicts of the gold."""
    theirs, alarms = _Places(gold), _alarms(predicted)
    kinds = ("conflicts", "roundings", "doubtful")
    known = frozenset[Place]().union(*(theirs.involved(x) for kind in kinds for x in gold.get(kind, [])))
    found: list[str] = []
    missed: list[str] = []
    for record in gold.get("conflicts", []):
        claimed = theirs.claimed(record) or theirs.involved(record)
        (found if any(_meet(a.places, claimed) for a in alarms) else missed).append(record["id"])
    false = [a for a in alarms if not _meet(a.places, known)]
    forbidden = sum(
        any(len(a.places & theirs.involved(record)) >= 2 for a in false) for record in gold.get("not_conflicts", [])
    )
    by_kind: dict[str, tuple[int, int]] = {}
    for record in gold.get("conflicts", []):
        hits, total = by_kind.get(str(record.get("kind")), (0, 0))
        by_kind[str(record.get("kind"))] = (hits + (record["id"] in found), total + 1)
    return FindingsScore(tuple(found), tuple(missed), len(alarms), tuple(a.name for a in false), forbidden, by_kind)


def _alarms(data: Data) -> list[Alarm]:
    """Errors that a file reports; what an alignment and an outcome say of the same places is one error."""
    places = _Places(data)
    out = []
    for a in data.get("alignments", []):
        if a["verdict"] == "conflict":
            out.append(Alarm(a["relation"], places.of([a["figure"], *a.get("operands", [])])))
    told = {alarm.places for alarm in out}
    for o in data.get("outcomes", []):
        if o["status"] == "inconsistent" and o.get("severity", "error") == "error":
            involved = places.of(o.get("operands", []))
            if o.get("start") is not None:
                involved |= {(o["start"], o["end"])}
            if any(involved <= places for places in told):
                continue
            out.append(Alarm(o["check"], involved))
    return out


class _Places:
    """Places of the references of one file."""

    def __init__(self, data: Data) -> None:
        mentions = {m["id"]: (m["start"], m["end"]) for m in data["mentions"] if "start" in m}
        self.places: dict[str, Place] = {}
        for table in data["tables"]:
            for cell in table["cells"]:
                start = cell.get("start")
                text = start if start is not None else re.sub(r"\s", "", cell.get("text") or "")
                for address in addresses(table, cell):
                    self.places[address] = (table["id"], cell["r"], text)
        self.places |= mentions
        self.places |= {f["id"]: mentions[f["figure"]] for f in data["facts"] if f["figure"] in mentions}

    def of(self, references: Iterable[str]) -> frozenset[Place]:
        """Places of references; a cell that the file does not hold is its own place."""
        out = set()
        for reference in references:
            place = self.places.get(reference)
            if place is None and CELL.fullmatch(str(reference)):
                place = reference
            if place is not None:
                out.add(place)
        return frozenset(out)

    def claimed(self, record: Data) -> frozenset[Place]:
        """Give what a gold record says is wrong, and what fails because of it."""
        where = record.get("where")
        references: list[str] = list(record.get("consequences") or [])
        references += FACT.findall(str(record.get("claim", "")))[:1]
        out: set[Place] = set()
        if isinstance(where, dict):
            references += [where[k] for k in ("mention", "figure", "cell", "table") if where.get(k)]
            references += [r for k in ("figures", "cells", "mentions") for r in where.get(k) or []]
            if where.get("end") is not None:
                out.add((where.get("start", where.get("offset")), where["end"]))
        return frozenset(out) | self.of(references)

    def involved(self, record: Data) -> frozenset[Place]:
        """Give everything that a gold record names."""
        texts = (record.get("operands") or []) + (record.get("also") or [])
        return self.claimed(record) | self.of(r for text in texts for r in REFERENCE.findall(str(text)))


def _meet(left: frozenset[Place], right: frozenset[Place]) -> bool:
    """Whether two sets share a place, or hold stretches of text that overlap."""
    if left & right:
        return True
    ours, theirs = ([p for p in places if isinstance(p, tuple) and len(p) == 2] for places in (left, right))
    return any(a[0] < b[1] and b[0] < a[1] for a in ours for b in theirs)
