"""Typed view of ``proofreading.yaml``: the checks of a report's form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from gouji.errors import ResourceError
from gouji.model.outcomes import Severity
from gouji.resources.loading import read_yaml

FILE = "proofreading.yaml"
SCHEMA = "gouji-proofreading/1"
SHAPES = frozenset(
    {"pattern", "choice", "unit_of_siblings", "unit_of_cells", "organisation", "item_name", "contents", "empty_table"}
    | {"title_year", "signed_direction", "opposite", "zero_base", "odd_unit"}
)
PASSAGES = frozenset({"paragraph", "heading", "caption", "cell"})
KEYS = frozenset({"id", "shape", "title", "source", "message"})
OPTIONAL = frozenset({"patterns", "unless", "in", "once", "pairs", "words", "severity"})


@dataclass(frozen=True, slots=True)
class ProofCheck:
    """A check of form. `message` takes ``{words}``, what is written, and ``{right}``, what it is compared with.

    `patterns` and `unless` belong to the shape ``pattern``; `once` tells all hits of a document as one. `words` are
    what other shapes look for, `pairs` the two directions of a choice. `severity` is doubtful where the figure itself
    may be wrong.
    """

    id: str
    shape: str
    title: str
    source: str
    message: str
    patterns: tuple[re.Pattern[str], ...] = ()
    unless: tuple[re.Pattern[str], ...] = ()
    passages: frozenset[str] = frozenset({"paragraph"})
    once: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    severity: Severity = Severity.FORM


@cache
def load_proofreading() -> tuple[ProofCheck, ...]:
    """Read and check ``proofreading.yaml`` once; by id.

    Raises
    ------
    ResourceError
        On unknown keys, shapes and kinds of passages, on ids that occur twice, on patterns that cannot be compiled or
        match the empty text.
    """
    content = read_yaml(FILE, SCHEMA)
    unknown = sorted(set(content) - {"schema", "version", "checks"})
    if unknown:
        raise ResourceError(f"{FILE}: unknown keys {unknown}")
    checks = sorted((_check(row) for row in content["checks"]), key=lambda check: check.id)
    for before, after in zip(checks, checks[1:], strict=False):
        if before.id == after.id:
            raise ResourceError(f"{FILE}: check {after.id!r} is declared twice")
    return tuple(checks)


def _check(row: Mapping[str, Any]) -> ProofCheck:
    id_ = row.get("id", "?")
    missing, unknown = sorted(KEYS - set(row)), sorted(set(row) - KEYS - OPTIONAL)
    if missing or unknown:
        raise ResourceError(f"{FILE}: check {id_!r}: missing keys {missing}, unknown keys {unknown}")
    if row["shape"] not in SHAPES:
        raise ResourceError(f"{FILE}: check {id_!r}: unknown shape {row['shape']!r}, expected one of {sorted(SHAPES)}")
    passages = frozenset(row.get("in", ["paragraph"]))
    if not passages <= PASSAGES:
        raise ResourceError(f"{FILE}: check {id_!r}: unknown passages {sorted(passages - PASSAGES)}")
    return ProofCheck(
        row["id"],
        row["shape"],
        row["title"],
        row["source"],
        row["message"],
        patterns=tuple(_pattern(id_, text) for text in row.get("patterns", ())),
        unless=tuple(_pattern(id_, text) for text in row.get("unless", ())),
        passages=passages,
        once=bool(row.get("once", False)),
        pairs=tuple((first, second) for first, second in row.get("pairs", ())),
        words=tuple(row.get("words", ())),
        severity=_severity(id_, row.get("severity", "form")),
    )


def _severity(id_: str, code: str) -> Severity:
    if code not in ("form", "doubtful"):
        raise ResourceError(f"{FILE}: check {id_!r}: severity {code!r} is neither 'form' nor 'doubtful'")
    return Severity(code)


def _pattern(id_: str, text: str) -> re.Pattern[str]:
    try:
        found = re.compile(text)
    except re.error as err:
        raise ResourceError(f"{FILE}: check {id_!r}: pattern {text!r}: {err}") from err
    if found.search(""):
        raise ResourceError(f"{FILE}: check {id_!r}: pattern {text!r} matches the empty text")
    return found
