"""Words of the aligner (``align.yaml``): funds, parts, measures, quantities of several names, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from gouji.errors import ResourceError
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
        If a group or key is unknown, a source is missing, or an alias has two owners.
    """
    content = read_yaml(FILE, "gouji-align/1")
    if set(content) != GROUPS:
        raise ResourceError(f"{FILE}: expected the groups {sorted(GROUPS)}, found {sorted(content)}")
    concept_of: dict[str, str] = {}
    own: set[str] = set()
    for entry in content["concepts"]:
        _keys(entry, {"id", "source", "aliases"}, {"caliber"})
        if entry.get("caliber", "own") != "own":
            raise ResourceError(f"{FILE}: concept {entry['id']!r}: caliber is {entry['caliber']!r}, expected 'own'")
        for alias in entry["aliases"]:
            if alias in concept_of:
                raise ResourceError(
                    f"{FILE}: concept {entry['id']!r}: alias {alias!r} already belongs to {concept_of[alias]!r}"
                )
            concept_of[alias] = entry["id"]
        if "caliber" in entry:
            own.add(entry["id"])
    measures: dict[str, str] = {}
    for entry in content["measures"]:
        _keys(entry, {"id", "source", "words"})
        for word in entry["words"]:
            if word in measures:
                raise ResourceError(f"{FILE}: measure {entry['id']!r}: {word!r} already belongs to {measures[word]!r}")
            measures[word] = entry["id"]
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
        calibers=_phrases(content["calibers"]),
        components=_phrases(content["components"]),
        tails=tuple(sorted(_words(content["tails"], "tails"), key=len, reverse=True)),
        concept_of=MappingProxyType(concept_of),
        own_caliber=frozenset(own),
        measures=tuple(sorted(measures.items(), key=lambda item: -len(item[0]))),
        empty_labels=frozenset(_words(content["empty_labels"], "empty_labels")),
        sides=MappingProxyType(dict(_phrases(content["sides"]))),
        titles=_phrases(content["titles"]),
        forms=MappingProxyType({name: tuple(words) for name, words in forms.items()}),
        lists=tuple(_words(content["lists"], "lists")),
        headings=tuple(sorted(_words(content["headings"], "headings"), key=len, reverse=True)),
        reasons=MappingProxyType(reasons),
    )


def _phrases(group: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Pairs of phrase and id, longest phrase first; a phrase belongs to one id."""
    owner: dict[str, str] = {}
    for name, entry in group.items():
        for word in _words(entry, name):
            if word in owner:
                raise ResourceError(f"{FILE}: {name}: {word!r} already belongs to {owner[word]!r}")
            owner[word] = name
    return tuple(sorted(owner.items(), key=lambda item: -len(item[0])))


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
