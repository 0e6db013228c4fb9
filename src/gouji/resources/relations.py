"""Declared relations between indicators (``relations.yaml``): sums, differences, averages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from gouji.errors import ResourceError
from gouji.resources.loading import read_yaml

FILE = "relations.yaml"
CALIBERS = frozenset({"general", "fund", "capital", "fiscal"})
GROUPS = ("sums", "differences", "averages", "bounds")
COMPONENTS = frozenset({"basic", "project"})


@dataclass(frozen=True, slots=True)
class Term:
    """An operand of a relation: concept, fund (None: that of the whole) and part of the expenditure."""

    core: str
    caliber: str | None = None
    component: str | None = None


@dataclass(frozen=True, slots=True)
class SumRelation:
    """`whole` is the sum of `parts` and of those `optional` parts that are stated; `complete` parts exhaust it."""

    id: str
    whole: Term
    parts: tuple[Term, ...]
    optional: tuple[Term, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True)
class DifferenceRelation:
    """`result` is `minuend` less all `subtrahends`."""

    id: str
    result: Term
    minuend: Term
    subtrahends: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class AverageRelation:
    """A name that contains all `words` is `amount` by `number`, a count in one of `units`."""

    id: str
    words: tuple[str, ...]
    amount: Term
    number: Term
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundRelation:
    """`whole` is not less than all `parts` together, which need not exhaust it."""

    id: str
    whole: Term
    parts: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """All declared relations, in file order."""

    sums: tuple[SumRelation, ...]
    differences: tuple[DifferenceRelation, ...]
    averages: tuple[AverageRelation, ...]
    bounds: tuple[BoundRelation, ...]


@cache
def relations() -> Relations:
    """Load, check and freeze ``relations.yaml``.

    Raises
    ------
    ResourceError
        If a key, fund or part is unknown, or an id stands twice.
    """
    content = read_yaml(FILE, "gouji-relations/1")
    if set(content) != {"schema", "version", *GROUPS}:
        raise ResourceError(f"{FILE}: expected the groups {sorted(GROUPS)}, found {sorted(content)}")
    seen: set[str] = set()
    for entry in (entry for group in GROUPS for entry in content[group]):
        if entry["id"] in seen:
            raise ResourceError(f"{FILE}: {entry['id']!r} stands twice")
        seen.add(entry["id"])
    return Relations(
        tuple(_sum(entry) for entry in content["sums"]),
        tuple(_difference(entry) for entry in content["differences"]),
        tuple(_average(entry) for entry in content["averages"]),
        tuple(_bound(entry) for entry in content["bounds"]),
    )


def parse_term(text: str) -> Term:
    """Read ``concept@fund/part``.

    Examples
    --------
    >>> parse_term("支出@general/basic")
    Term(core='支出', caliber='general', component='basic')

    Raises
    ------
    ResourceError
        If the fund or the part is not known.
    """
    rest, _, component = text.partition("/")
    core, _, caliber = rest.partition("@")
    if (caliber and caliber not in CALIBERS) or (component and component not in COMPONENTS) or not core:
        raise ResourceError(f"{FILE}: {text!r}: expected concept@fund/part")
    return Term(core, caliber or None, component or None)


def _sum(entry: dict[str, Any]) -> SumRelation:
    _keys(entry, {"id", "source", "whole", "parts"}, {"optional", "complete"})
    return SumRelation(
        entry["id"],
        parse_term(entry["whole"]),
        tuple(map(parse_term, entry["parts"])),
        tuple(map(parse_term, entry.get("optional", []))),
        bool(entry.get("complete", False)),
    )


def _difference(entry: dict[str, Any]) -> DifferenceRelation:
    _keys(entry, {"id", "source", "result", "minuend", "subtrahends"}, set())
    terms = tuple(map(parse_term, entry["subtrahends"]))
    return DifferenceRelation(entry["id"], parse_term(entry["result"]), parse_term(entry["minuend"]), terms)


def _average(entry: dict[str, Any]) -> AverageRelation:
    _keys(entry, {"id", "source", "words", "amount", "number", "units"}, set())
    amount, number = parse_term(entry["amount"]), parse_term(entry["number"])
    return AverageRelation(entry["id"], tuple(entry["words"]), amount, number, tuple(entry["units"]))


def _bound(entry: dict[str, Any]) -> BoundRelation:
    _keys(entry, {"id", "source", "whole", "parts"}, set())
    return BoundRelation(entry["id"], parse_term(entry["whole"]), tuple(map(parse_term, entry["parts"])))


def _keys(entry: dict[str, Any], needed: set[str], optional: set[str]) -> None:
    if not needed <= set(entry) <= needed | optional:
        raise ResourceError(f"{FILE}: {entry.get('id')!r}: expected the keys {sorted(needed)}, found {sorted(entry)}")
