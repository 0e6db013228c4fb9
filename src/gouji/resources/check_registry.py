"""Typed view of ``checks.yaml``: the declared checks, and the names by which their operands are found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from gouji.errors import ResourceError
from gouji.resources.concepts import Group
from gouji.resources.concepts import concepts as load_concepts
from gouji.resources.loading import read_yaml
from gouji.resources.names import fold, fold_label

FILE = "checks.yaml"
SCHEMA = "gouji-checks/1"
SUBJECTS: Mapping[str, frozenset[str]] = {
    "parts": frozenset({""}),
    "listing": frozenset({"total", "code", "outline"}),
    "rates": frozenset({""}),
    "equality": frozenset({"total", "class", "item", "basic", "sides"}),
    "crossing": frozenset({"funds", "flow", "custom", "bound"}),
    "form_sum": frozenset({"funds", "points", "grades"}),
    "form_rate": frozenset({"rate", "score"}),
    "form_bound": frozenset({"points", "cost", "target"}),
    "wording": frozenset({"budget", "prior"}),
    "derived": frozenset({"shares", "counts", "opening", "zero_base", "bound", "blank"}),
    "period": frozenset({"comparison", "title", "date"}),
    "aligned": frozenset(
        {"same", "sum", "difference", "change", "change_rate", "share", "completion", "average", "count"}
    ),
}
"""Shapes of rules, each with the subjects that its rows may have."""
OPTIONAL = frozenset(
    {
        "axis",
        "whole",
        "parts",
        "minus",
        "unless",
        "least",
        "pattern",
        "mode",
        "of",
        "over",
        "subject",
        "severity",
        "pairs",
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole: a concept, and the concepts that make it up where it is not listed itself."""

    concept: str
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A declared check; what a field means is up to the shape (see the module of that name in ``gouji.checks``)."""

    id: str
    shape: str
    title: str
    source: str
    axis: str = ""
    whole: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    minus: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    least: int = 1
    pattern: re.Pattern[str] | None = None
    mode: str = ""
    of: str = ""
    over: str = ""
    subject: str = ""
    severity: str = "error"
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Folded names and what they mean; `flags` are the words set true for a meaning (``total``, ``skip``, ``side``)."""

    meaning: Mapping[str, str]
    flags: Mapping[str, frozenset[str]]

    def of(self, label: str) -> str | None:
        """Meaning of a label: the fullest form of it that is known.

        Examples
        --------
        >>> load().concepts.of("（1）公务用车购置费"), load().concepts.of("某项费用")
        ('vehicle_purchase', None)
        """
        for form in fold_label(label):
            found = self.meaning.get(fold(form))
            if found is not None:
                return found
        return None

    def has(self, meaning: str | None, flag: str) -> bool:
        """Whether a meaning carries a flag."""
        return meaning is not None and flag in self.flags[meaning]


@dataclass(frozen=True, slots=True)
class Registry:
    """All that ``checks.yaml`` declares."""

    checks: tuple[Check, ...]
    measures: Names
    concepts: Names
    form_concepts: Names
    calibers: tuple[tuple[str, tuple[str, ...]], ...]
    words: Mapping[str, tuple[str, ...]]
    grades: Mapping[str, int]

    def caliber_of(self, title: str) -> str:
        """Whose money a table shows, by its title; ``all`` where the title names no fund.

        Examples
        --------
        >>> load().caliber_of("一般公共预算财政拨款支出决算表"), load().caliber_of("支出决算表")
        ('general', 'all')
        """
        text = fold(title)
        return next((id_ for id_, words in self.calibers if any(word in text for word in words)), "all")


@cache
def load() -> Registry:
    """Read and check ``checks.yaml`` once.

    Raises
    ------
    ResourceError
        On unknown keys, shapes or concepts, on ids that occur twice and on names that belong to two meanings.
    """
    content = read_yaml(FILE, SCHEMA)
    _refuse_unknown(
        "top",
        content,
        {"schema", "version", "measures", "concepts", "form_concepts", "calibers", "words", "grades", "checks"},
    )
    shared = load_concepts()
    measures = _names("measures", content["measures"], shared.measures)
    concepts, forms = (_names(key, content[key], shared.quantities) for key in ("concepts", "form_concepts"))
    calibers = tuple((row["id"], shared.funds.of(row, FILE)) for row in content["calibers"])
    checks = tuple(sorted((_check(row, measures, concepts) for row in content["checks"]), key=lambda c: c.id))
    for before, after in zip(checks, checks[1:], strict=False):
        if before.id == after.id:
            raise ResourceError(f"{FILE}: check {after.id!r} is declared twice")
    words = {key: tuple(found) for key, found in content["words"].items()}
    grades = {name: int(row["low"]) for row in content["grades"] for name in row["names"]}
    return Registry(checks, measures, concepts, forms, calibers, words, grades)


def _names(key: str, rows: Iterable[Mapping[str, Any]], group: Group) -> Names:
    """Index the rows by their folded names: those of the concepts a row stands for, and its own."""
    meaning: dict[str, str] = {}
    flags: dict[str, frozenset[str]] = {}
    for row in rows:
        _refuse_unknown(f"{key} {row.get('id')!r}", row, {"id", "of", "names", "total", "skip", "side"})
        id_ = row["id"]
        if id_ in flags:
            raise ResourceError(f"{FILE}: {key}: {id_!r} is declared twice")
        flags[id_] = frozenset(flag for flag in ("total", "skip", "side") if row.get(flag))
        for name in group.of(row, FILE):
            owner = meaning.setdefault(name, id_)
            if owner != id_:
                raise ResourceError(f"{FILE}: {key}: name {name!r} of {id_!r} already belongs to {owner!r}")
    return Names(meaning, flags)


def _check(row: Mapping[str, Any], measures: Names, concepts: Names) -> Check:
    """Turn one row into a check, or say what is wrong with it."""
    id_ = row.get("id", "?")
    _refuse_unknown(f"check {id_!r}", row, {"id", "shape", "title", "source"} | OPTIONAL)
    for key in ("id", "shape", "title", "source"):
        if not row.get(key):
            raise ResourceError(f"{FILE}: check {id_!r} has no {key!r}")
    shape, subject = row["shape"], row.get("subject", "")
    if shape not in SUBJECTS:
        raise ResourceError(f"{FILE}: check {id_!r}: unknown shape {shape!r}, expected one of {sorted(SUBJECTS)}")
    if subject not in SUBJECTS[shape]:
        expected = sorted(SUBJECTS[shape])
        raise ResourceError(f"{FILE}: check {id_!r}: unknown subject {subject!r}, expected one of {expected}")
    parts = tuple(_part(part) for part in row.get("parts", ()))
    fields: dict[str, Any] = {key: row[key] for key in ("axis", "least", "mode", "of", "over", "subject") if key in row}
    named = [
        *row.get("whole", ()),
        *row.get("minus", ()),
        *row.get("unless", ()),
        *(c for p in parts for c in (p.concept, *p.instead)),
    ]
    for concept in named:
        if concept not in concepts.flags:
            raise ResourceError(f"{FILE}: check {id_!r}: unknown concept {concept!r}")
    for key in ("of", "over"):
        if key in fields and fields[key] not in measures.flags:
            raise ResourceError(f"{FILE}: check {id_!r}: unknown measure {fields[key]!r}")
    severity = row.get("severity", "error")
    if severity not in ("error", "doubtful", "form"):
        raise ResourceError(f"{FILE}: check {id_!r}: unknown severity {severity!r}")
    return Check(
        id_,
        row["shape"],
        row["title"],
        row["source"],
        whole=tuple(row.get("whole", ())),
        parts=parts,
        minus=tuple(row.get("minus", ())),
        unless=tuple(row.get("unless", ())),
        pattern=re.compile(row["pattern"]) if "pattern" in row else None,
        severity=severity,
        pairs=tuple((str(left), str(right)) for left, right in row.get("pairs", ())),
        **fields,
    )


def _part(part: str | Mapping[str, list[str]]) -> Part:
    """Read a part: a concept, or a concept with its own parts."""
    if isinstance(part, str):
        return Part(part)
    ((concept, instead),) = part.items()
    return Part(concept, tuple(instead))


def _refuse_unknown(where: str, row: Mapping[str, Any], known: set[str] | frozenset[str]) -> None:
    """Refuse keys that nothing reads: a misspelt key would be silently without effect."""
    unknown = sorted(set(row) - set(known))
    if unknown:
        raise ResourceError(f"{FILE}: {where}: unknown keys {unknown}")
