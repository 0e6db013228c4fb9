"""Words of the aligner (``align.yaml``): funds, parts, measures, quantities (named in ``concepts.yaml``), reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from gouji.errors import ResourceError
from gouji.resources.concepts import Group, concepts
from gouji.resources.loading import read_yaml

FILE = "align.yaml"
GROUPS = frozenset(
    {
        "schema",
        "version",
        "calibers",
        "components",
        "tails",
        "concepts",
        "measures",
        "empty_labels",
        "sides",
        "titles",
        "forms",
        "lists",
        "headings",
        "reasons",
    }
)


@dataclass(frozen=True)
class AlignTerms:
    """Content of ``align.yaml``.

    Phrase lists are longest first. `concept_of` maps an alias to its concept, `own_caliber` holds the concepts whose
    fund is fixed by definition, `measures` pairs a label word with its measure, `forms` the word lists of
    self-evaluation forms.
    """

    calibers: tuple[tuple[str, str], ...]
    components: tuple[tuple[str, str], ...]
    tails: tuple[str, ...]
    concept_of: Mapping[str, str]
    own_caliber: frozenset[str]
    measures: tuple[tuple[str, str], ...]
    empty_labels: frozenset[str]
    sides: Mapping[str, str]
    titles: tuple[tuple[str, str], ...]
    forms: Mapping[str, tuple[str, ...]]
    lists: tuple[str, ...]
    headings: tuple[str, ...]
    reasons: Mapping[str, str]


@cache
def align_terms() -> AlignTerms:
    """Load, check and freeze ``align.yaml``.

    Raises
    ------
    ResourceError
        If a group or key is unknown, a source is missing, a concept is unknown, an id stands twice, or a name
        has two owners.
    """
    content = read_yaml(FILE, "gouji-align/1")
    if set(content) != GROUPS:
        raise ResourceError(f"{FILE}: expected the groups {sorted(GROUPS)}, found {sorted(content)}")
    shared = concepts()
    for entry in content["concepts"]:
        if entry.get("caliber", "own") != "own":
            raise ResourceError(f"{FILE}: concept {entry['id']!r}: caliber is {entry['caliber']!r}, expected 'own'")
    reasons: dict[str, str] = {}
    for entry in content["reasons"]:
        _keys(entry, {"id", "text"})
        if entry["id"] in reasons:
            raise ResourceError(f"{FILE}: reason {entry['id']!r} stands twice")
        reasons[entry["id"]] = entry["text"]
    forms = dict(content["forms"])
    if "source" not in forms:
        raise ResourceError(f"{FILE}: forms: a source is missing")
    del forms["source"]
    return AlignTerms(
        calibers=_longest_first(_owners(content["calibers"], shared.funds)),
        components=_longest_first(_owners(content["components"], shared.quantities)),
        tails=tuple(sorted(_words(content["tails"], "tails"), key=len, reverse=True)),
        concept_of=MappingProxyType(_owners(content["concepts"], shared.quantities, {"caliber"})),
        own_caliber=frozenset(entry["id"] for entry in content["concepts"] if "caliber" in entry),
        measures=_longest_first(_owners(content["measures"], shared.measures)),
        empty_labels=frozenset(_words(content["empty_labels"], "empty_labels")),
        sides=MappingProxyType(dict(_phrases(content["sides"]))),
        titles=_phrases(content["titles"]),
        forms=MappingProxyType({name: tuple(words) for name, words in forms.items()}),
        lists=tuple(_words(content["lists"], "lists")),
        headings=tuple(sorted(_words(content["headings"], "headings"), key=len, reverse=True)),
        reasons=MappingProxyType(reasons),
    )


def _owners(rows: Iterable[dict[str, Any]], group: Group, optional: set[str] | None = None) -> dict[str, str]:
    """Id of the row that each name belongs to; the names of a row come from ``concepts.yaml``."""
    owner: dict[str, str] = {}
    seen: set[str] = set()
    for row in rows:
        _keys(row, {"id"}, {"of"} | (optional or set()))
        if row["id"] in seen:
            raise ResourceError(f"{FILE}: {row['id']!r} stands twice")
        seen.add(row["id"])
        for name in group.of(row, FILE):
            if name in owner:
                raise ResourceError(f"{FILE}: {row['id']!r}: {name!r} already belongs to {owner[name]!r}")
            owner[name] = row["id"]
    return owner


def _longest_first(owner: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(owner.items(), key=lambda item: -len(item[0])))


def _phrases(group: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Pairs of phrase and id, longest phrase first; a phrase belongs to one id."""
    owner: dict[str, str] = {}
    for name, entry in group.items():
        for word in _words(entry, name):
            if word in owner:
                raise ResourceError(f"{FILE}: {name}: {word!r} already belongs to {owner[word]!r}")
            owner[word] = name
    return _longest_first(owner)


def _words(entry: Any, name: str) -> list[str]:
    _keys(entry, {"source", "words"}, name=name)
    words: list[str] = entry["words"]
    if not words or not all(isinstance(word, str) and word for word in words):
        raise ResourceError(f"{FILE}: {name}: expected a list of words")
    return words


def _keys(entry: Any, needed: set[str], optional: set[str] | None = None, *, name: str | None = None) -> None:
    if not isinstance(entry, dict) or not needed <= set(entry) <= needed | (optional or set()):
        label = name or (entry.get("id") if isinstance(entry, dict) else entry)
        raise ResourceError(f"{FILE}: {label!r}: expected the keys {sorted(needed)}")
