"""When two reasons that a comma or a coordinator joins are two (``cause_joins.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from gouji.errors import ResourceError
from gouji.resources.alternatives import any_of
from gouji.resources.loading import read_yaml
from gouji.resources.wording import vocabularies

FILE = "cause_joins.yaml"
SCHEMA = "gouji-cause-joins/1"

KEYS = {
    "schema",
    "version",
    "after_comma",
    "coordinated",
    "sweeping",
    "prices",
    "coordinators",
    "goes_on",
    "predicates",
}


@dataclass(frozen=True, slots=True)
class CauseJoins:
    """The file, checked.

    `after_comma` holds per category those that a clause of it can follow from, `coordinated` the categories that begin
    a reason of their own behind a coordinator unless one of `sweeping` stands before, `prices` matches a clause about
    what something costs everywhere, `coordinators` the opening of a clause that is coordinated with the one before,
    `goes_on` that of a clause that belongs to it, `predicates` what a part has that 和 may join to another.
    """

    after_comma: Mapping[str, frozenset[str]]
    coordinated: frozenset[str]
    sweeping: frozenset[str]
    prices: re.Pattern[str]
    coordinators: re.Pattern[str]
    goes_on: re.Pattern[str]
    predicates: re.Pattern[str]


@cache
def cause_joins() -> CauseJoins:
    """Load the file.

    Raises
    ------
    ResourceError
        If a key or a category is unknown.
    """
    return build(read_yaml(FILE, SCHEMA))


def build(content: dict[str, Any]) -> CauseJoins:
    """Compile and check the content of the file."""
    if set(content) != KEYS:
        raise ResourceError(f"{FILE}: unexpected keys: {sorted(content)}")
    after = {code: frozenset(sources) for code, sources in content["after_comma"].items()}
    known = vocabularies()["category"]
    listed = (*content["coordinated"], *content["sweeping"])
    unknown = {*after, *listed, *(code for sources in after.values() for code in sources)} - set(known)
    if unknown:
        raise ResourceError(f"{FILE}: no such category: {sorted(unknown)}")
    return CauseJoins(
        MappingProxyType(after),
        frozenset(content["coordinated"]),
        frozenset(content["sweeping"]),
        re.compile(content["prices"]),
        re.compile(any_of(tuple(content["coordinators"]))),
        re.compile(any_of(tuple(content["goes_on"]))),
        re.compile(any_of(tuple(content["predicates"]))),
    )
