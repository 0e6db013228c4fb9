"""Words around indicator names: fillers, boundaries, heads (``indicators/context.yaml``), as compiled patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from gouji.errors import ResourceError
from gouji.resources.alternatives import any_of
from gouji.resources.loading import read_yaml

FILE = "indicators/context.yaml"
SCHEMA = "gouji-indicator-context/1"
LISTS = (
    "purpose",
    "staff_heads",
    "quantity_heads",
    "done_verbs",
    "project_words",
    "project_heads",
    "not_projects",
    "excluded_sections",
    "performance_sections",
    "money_boundary",
    "count_boundary",
    "trailing",
    "openers",
    "money_heads",
    "count_heads",
    "rate_heads",
    "not_names",
    "after_stops",
    "after_leads",
    "heading_words",
)
FILLERS = ("measure", "copula", "comparison", "direction", "anaphora")


@dataclass(frozen=True)
class IndicatorContext:
    """The word lists as patterns; each alternation has its longest words first.

    `filler` is what may stand between a name and its figure, `tail` what of it may end the phrase before a figure; no
    word of the latter has more than `tail_longest` letters, and each ends with one of `tail_last`.
    """

    filler: re.Pattern[str]
    purpose: re.Pattern[str]
    money_boundary: re.Pattern[str]
    count_boundary: re.Pattern[str]
    tail: re.Pattern[str]
    tail_longest: int
    tail_last: frozenset[str]
    opener: re.Pattern[str]
    money_head: re.Pattern[str]
    count_head: re.Pattern[str]
    rate_head: re.Pattern[str]
    after_stop: re.Pattern[str]
    after_lead: re.Pattern[str]
    heading_word: re.Pattern[str]
    staff_head: re.Pattern[str]
    quantity_head: re.Pattern[str]
    done_verb: re.Pattern[str]
    project_word: re.Pattern[str]
    project_head: re.Pattern[str]
    not_project: re.Pattern[str]
    excluded_sections: re.Pattern[str]
    performance_sections: re.Pattern[str]
    not_names: frozenset[str]
    cell_types: dict[str, str]
    money_types: dict[str, str]
    rate_types: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def indicator_context() -> IndicatorContext:
    """Load and compile the lists, once.

    Raises
    ------
    ResourceError
        If a list is missing, not known, or holds something other than words.
    """
    content = read_yaml(FILE, SCHEMA)
    unknown = set(content) - {"schema", "version", "filler", "cells", "money_types", "rate_types", *LISTS}
    if unknown or set(content["filler"]) != set(FILLERS):
        raise ResourceError(f"{FILE}: unknown or missing lists {sorted(unknown) or sorted(content['filler'])}")
    words = {name: _words(name, content.get(name)) for name in LISTS}
    filler = [word for name in FILLERS for word in _words(f"filler.{name}", content["filler"][name])]
    heads = {*words["money_heads"], *words["count_heads"], *words["rate_heads"]}
    tails = [*words["trailing"], *(word for word in filler if len(word) > 1 and word not in heads)]
    return IndicatorContext(
        filler=re.compile(any_of(filler)),
        purpose=re.compile(any_of(words["purpose"])),
        money_boundary=re.compile(any_of(words["money_boundary"])),
        count_boundary=re.compile(any_of(words["count_boundary"])),
        tail=re.compile(f"{any_of(tails)}$"),
        tail_longest=max(map(len, tails)),
        tail_last=frozenset(word[-1] for word in tails),
        opener=re.compile(f"{any_of(words['openers'])}$"),
        money_head=re.compile(f"{any_of(words['money_heads'])}$"),
        count_head=re.compile(f"{any_of(words['count_heads'])}$"),
        rate_head=re.compile(f"{any_of(words['rate_heads'])}$"),
        after_stop=re.compile(any_of(words["after_stops"])),
        after_lead=re.compile(any_of(words["after_leads"])),
        heading_word=re.compile(any_of(words["heading_words"])),
        staff_head=re.compile(f"{any_of(words['staff_heads'])}$"),
        quantity_head=re.compile(f"{any_of(words['quantity_heads'])}$"),
        done_verb=re.compile(f"{any_of(words['done_verbs'])}(?!对象|中心|站|率|量|数|事项|机构)"),
        project_word=re.compile(f"{any_of(words['project_words'])}$"),
        project_head=re.compile(f"{any_of(words['project_heads'])}$"),
        not_project=re.compile(any_of(words["not_projects"])),
        excluded_sections=re.compile(any_of(words["excluded_sections"])),
        performance_sections=re.compile(any_of(words["performance_sections"])),
        not_names=frozenset(words["not_names"]),
        cell_types=dict(content["cells"]),
        money_types=dict(content["money_types"]),
        rate_types=tuple(
            (kind, re.compile(any_of(_words(f"rate_types.{kind}", listed))))
            for kind, listed in content["rate_types"].items()
        ),
    )


def _words(name: str, raw: object) -> list[str]:
    if not isinstance(raw, list) or not raw or not all(isinstance(word, str) and word for word in raw):
        raise ResourceError(f"{FILE}: {name!r}: expected a list of words, found {raw!r:.60}")
    return raw
