"""Names of statutory quantities, of measures and of funds (``concepts.yaml``), which other data files take by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from gouji.errors import ResourceError
from gouji.resources.loading import read_yaml
from gouji.resources.names import expand, fold

FILE = "concepts.yaml"
SCHEMA = "gouji-concepts/1"
GROUPS = frozenset({"schema", "version", "quantities", "measures", "funds"})


@dataclass(frozen=True, slots=True)
class Group:
    """Concepts of one kind: the folded names of each, by its id."""

    kind: str
    names: Mapping[str, tuple[str, ...]]

    def of(self, row: Mapping[str, Any], file: str) -> tuple[str, ...]:
        """Folded names that a row of another data file stands for.

        Parameters
        ----------
        row : Mapping
            A row with an ``id``, and ``of`` (ids of concepts) or ``names`` (in the notation of names) or both; a row
            with neither stands for the concept of its own id.
        file : str
            The row's file, for the message.

        Raises
        ------
        ResourceError
            If the row asks for a concept that does not exist.

        Examples
        --------
        >>> concepts().funds.of({"id": "fund", "of": ["fiscal"], "names": ["财政[补助]资金"]}, "some.yaml")
        ('财政拨款', '财政资金', '财政补助资金')
        """
        own = row.get("names", ())
        found: list[str] = []
        for id_ in row.get("of", () if own else (row["id"],)):
            if id_ not in self.names:
                raise ResourceError(f"{file}: {row['id']!r}: {FILE} has no {id_!r} among its {self.kind}")
            found += self.names[id_]
        return tuple(dict.fromkeys((*found, *_written_out(own))))


@dataclass(frozen=True, slots=True)
class Concepts:
    """Content of ``concepts.yaml``."""

    quantities: Group
    measures: Group
    funds: Group


@cache
def concepts() -> Concepts:
    """Read and check ``concepts.yaml`` once.

    Raises
    ------
    ResourceError
        If a group or key is unknown, a source or the names are missing, an id stands twice or a name has two owners.
    """
    content = read_yaml(FILE, SCHEMA)
    if set(content) != GROUPS:
        raise ResourceError(f"{FILE}: expected the groups {sorted(GROUPS)}, found {sorted(content)}")
    return Concepts(*(_group(kind, content[kind]) for kind in ("quantities", "measures", "funds")))


def _group(kind: str, rows: Iterable[Mapping[str, Any]]) -> Group:
    """Check one group and write its names out."""
    names: dict[str, tuple[str, ...]] = {}
    owner: dict[str, str] = {}
    for row in rows:
        if set(row) != {"id", "source", "names"} or not all(row.values()):
            raise ResourceError(f"{FILE}: {kind}: {row.get('id')!r}: expected the keys id, source and names, not empty")
        id_ = row["id"]
        if id_ in names:
            raise ResourceError(f"{FILE}: {kind}: {id_!r} is declared twice")
        names[id_] = _written_out(row["names"])
        for name in names[id_]:
            if owner.setdefault(name, id_) != id_:
                raise ResourceError(f"{FILE}: {kind}: name {name!r} of {id_!r} already belongs to {owner[name]!r}")
    return Group(kind, MappingProxyType(names))


def _written_out(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(form) for name in names for form in expand(name)))
