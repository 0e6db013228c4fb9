"""Kinds of tables, and the words of their layouts, from ``table_kinds.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

from gouji.errors import ResourceError
from gouji.resources.loading import read_yaml
from gouji.resources.script import plain

FILE = "table_kinds.yaml"
SCHEMA = "gouji-table-kinds/1"
OTHER = "other"
_NOISE = re.compile(r"[\s“”\"'‘’「」『』（）()《》〈〉、，,：:·\-—－]")
_YEAR = re.compile(r"(?:19|20)\d{2}年(?:度)?")


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of table: the titles it goes by, and header words that give it away."""

    id: str
    aliases: tuple[str, ...]
    signature: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Words:
    """Words of table layouts; every set is compared with text without white space."""

    unit_line: frozenset[str]
    note: frozenset[str]
    total: frozenset[str]
    marker_row: frozenset[str]
    marker_column: frozenset[str]
    code_column: frozenset[str]
    unit_column: frozenset[str]
    score_column: frozenset[str]
    rate_column: frozenset[str]
    money_column: frozenset[str]
    count_column: frozenset[str]
    count_row: frozenset[str]
    text_column: frozenset[str]


@dataclass(frozen=True)
class FormWords:
    """Labels of the self-evaluation form."""

    project: frozenset[str]
    department: frozenset[str]
    implementer: frozenset[str]
    funds_header: frozenset[str]
    goal_header: frozenset[str]
    level1: frozenset[str]
    level2: frozenset[str]
    level3: frozenset[str]
    max_score: frozenset[str]
    score: frozenset[str]
    reason: frozenset[str]
    total: frozenset[str]


@dataclass(frozen=True)
class DocumentWords:
    """Words by which a document's kind and its publisher are told."""

    kinds: Mapping[str, tuple[str, ...]]
    places: tuple[str, ...]
    bodies: tuple[str, ...]
    after_name: tuple[str, ...]


@dataclass(frozen=True)
class TableKinds:
    """All that the file holds."""

    kinds: tuple[TableKind, ...]
    words: Words
    form: FormWords
    documents: DocumentWords
    measured: Mapping[str, tuple[str, ...]]

    @cached_property
    def _by_length(self) -> tuple[tuple[str, str], ...]:
        pairs = [(title_key(alias), kind.id) for kind in self.kinds for alias in kind.aliases]
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))

    def by_title(self, title: str) -> str | None:
        """Kind whose longest alias the title contains, or None.

        Examples
        --------
        >>> load().by_title("财政拨款“三公”经费支出决算表"), load().by_title("人员名册")
        ('three_public', None)
        """
        key = title_key(title)
        for alias, kind in self._by_length:
            if alias in key:
                return kind
        return None

    def by_header(self, texts: Iterable[str]) -> str | None:
        """Kind whose signature words all occur in the header texts, or None."""
        whole = "\n".join(title_key(text) for text in texts)
        for kind in self.kinds:
            if kind.signature and all(word in whole for word in kind.signature):
                return kind.id
        return None


def title_key(title: str) -> str:
    """Title in simplified script without white space, quotes, brackets and years, as titles are compared.

    Examples
    --------
    >>> title_key("2022年度“三公”经费（汇总）表")
    '三公经费汇总表'
    """
    return _YEAR.sub("", _NOISE.sub("", plain(title)))


@cache
def load() -> TableKinds:
    """Load and check the file.

    Raises
    ------
    ResourceError
        On an unknown or missing key, an empty list, a kind twice, or an alias that two kinds claim.
    """
    content = read_yaml(FILE, SCHEMA)
    _require_keys(content, {"schema", "version", "kinds", "words", "measured", "form", "documents"}, "top level")
    kinds = tuple(_kind(entry) for entry in content["kinds"])
    owners: dict[str, str] = {}
    seen: set[str] = set()
    for kind in kinds:
        if kind.id in seen or kind.id == OTHER:
            raise ResourceError(f"{FILE}: kind {kind.id!r} is defined twice or reserved")
        seen.add(kind.id)
        for alias in kind.aliases:
            key = title_key(alias)
            if not key or key in owners:
                raise ResourceError(f"{FILE}: kind {kind.id!r}: alias {alias!r} already belongs to {owners.get(key)!r}")
            owners[key] = kind.id
    words = Words(**_groups(content["words"], Words))
    form = FormWords(**_groups(content["form"], FormWords))
    return TableKinds(kinds, words, form, _documents(content["documents"]), _measured(content["measured"]))


def _measured(content: dict[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """Words of headers by the unit that they are counted in."""
    return MappingProxyType({unit: _strings(words, f"measured: {unit}") for unit, words in content.items()})


def _documents(content: dict[str, Any]) -> DocumentWords:
    """Words of documents, their kinds those of the contract."""
    _require_keys(content, {"kinds", "places", "bodies", "after_name"}, "documents")
    _require_keys(content["kinds"], {"three_public", "final_accounts", "budget"}, "documents: kinds")
    kinds = {kind: _strings(words, f"documents: kinds: {kind}") for kind, words in content["kinds"].items()}
    lists = (_strings(content[key], f"documents: {key}") for key in ("places", "bodies", "after_name"))
    return DocumentWords(MappingProxyType(kinds), *lists)


def _kind(entry: dict[str, Any]) -> TableKind:
    """Kind from its mapping."""
    where = f"kind {entry.get('id')!r}"
    unknown = set(entry) - {"id", "aliases", "signature", "source"}
    if unknown or not entry.get("id") or not entry.get("source"):
        raise ResourceError(f"{FILE}: {where}: unknown keys {sorted(unknown)} or no id or source")
    signature = _strings(entry["signature"], where) if "signature" in entry else ()
    return TableKind(str(entry["id"]), _strings(entry["aliases"], where), signature, str(entry["source"]))


def _groups(content: dict[str, Any], cls: type[Words] | type[FormWords]) -> dict[str, frozenset[str]]:
    """Word groups by name, exactly those of the class."""
    _require_keys(content, set(cls.__annotations__), cls.__name__)
    return {name: frozenset(_strings(values, name)) for name, values in content.items()}


def _strings(values: object, where: str) -> tuple[str, ...]:
    """Non-empty list of different strings."""
    if not isinstance(values, list) or not values or not all(isinstance(v, str) and v for v in values):
        raise ResourceError(f"{FILE}: {where}: expected a list of words, found {values!r}")
    if len(set(values)) != len(values):
        raise ResourceError(f"{FILE}: {where}: a word stands twice")
    return tuple(values)


def _require_keys(content: object, keys: set[str], where: str) -> None:
    """Exactly these keys."""
    if not isinstance(content, dict) or set(content) != keys:
        raise ResourceError(f"{FILE}: {where}: expected the keys {sorted(keys)}")
