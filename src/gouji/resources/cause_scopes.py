"""Words that say what a cause explains (``cause_scopes.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from gouji.errors import ResourceError
from gouji.model.facts import Direction
from gouji.resources.loading import read_yaml

FILE = "cause_scopes.yaml"
SCHEMA = "gouji-cause-scopes/1"
KEYS = {
    "schema",
    "version",
    "group",
    "reference",
    "of_two",
    "common",
    "budget",
    "prior",
    "other_change",
    "score",
    "rate",
    "apart",
    "counts",
    "directions",
    "columns",
}
COLUMNS = {"outcome", "target", "score", "maximum", "change"}


@dataclass(frozen=True)
class Scopes:
    """The patterns, compiled; `columns` by the role of the cell under the heading."""

    group: re.Pattern[str]
    reference: re.Pattern[str]
    of_two: re.Pattern[str]
    common: re.Pattern[str]
    budget: re.Pattern[str]
    prior: re.Pattern[str]
    other_change: re.Pattern[str]
    score: re.Pattern[str]
    rate: re.Pattern[str]
    apart: re.Pattern[str]
    counts: Mapping[str, int]
    directions: Mapping[Direction, re.Pattern[str]]
    columns: Mapping[str, re.Pattern[str]]

    def count(self, match: re.Match[str]) -> int | None:
        """How many changes a match of `group` speaks of; None if it does not say."""
        word = match["count"]
        if word is None:
            return None
        return self.counts[word] if word in self.counts else int(word)

    def direction(self, head: str) -> Direction | None:
        """Direction that the words before a cause name, None if they name none or both."""
        found = [d for d, pattern in self.directions.items() if pattern.search(head)]
        return found[0] if len(found) == 1 else None


@cache
def scopes() -> Scopes:
    """Load the scope words.

    Raises
    ------
    ResourceError
        If a key is unknown or missing, or a pattern is none.
    """
    return build(read_yaml(FILE, SCHEMA))


def build(content: dict[str, Any]) -> Scopes:
    """Compile and check the content of the file."""
    if set(content) != KEYS or set(content["columns"]) != COLUMNS:
        raise ResourceError(f"{FILE}: keys differ from the expected ones: {sorted(set(content) ^ KEYS)}")
    try:
        group = re.compile(content["group"])
        directions = {Direction(d): re.compile("|".join(words)) for d, words in content["directions"].items()}
        columns = {role: re.compile(pattern) for role, pattern in content["columns"].items()}
        reference = re.compile("|".join(content["reference"]))
        of_two, common, budget, prior, other, score, rate, apart = (
            re.compile(content[key])
            for key in ("of_two", "common", "budget", "prior", "other_change", "score", "rate", "apart")
        )
    except (re.error, ValueError) as err:
        raise ResourceError(f"{FILE}: {err}") from err
    if "count" not in group.groupindex:
        raise ResourceError(f"{FILE}: group: expected a named group 'count'")
    return Scopes(
        group=group,
        reference=reference,
        of_two=of_two,
        common=common,
        budget=budget,
        prior=prior,
        other_change=other,
        score=score,
        rate=rate,
        apart=apart,
        counts=MappingProxyType(dict(content["counts"])),
        directions=MappingProxyType(directions),
        columns=MappingProxyType(columns),
    )
