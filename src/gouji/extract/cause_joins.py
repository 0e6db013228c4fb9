"""Reasons that nothing but a comma or a coordinator joins: one reason with its course, or two.

Told by what the clauses are about: a clause whose category cannot follow from those of the clauses before it begins
a reason of its own. Where a clause tells no category, nothing is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from gouji.extract.cause_clauses import View
from gouji.resources.cause_categories import categories
from gouji.resources.cause_joins import cause_joins
from gouji.resources.cause_lexicon import COUNT

TELLING = 5  # weight of a word that settles a category by itself
LONG = 8  # characters: what 以及 joins is then said of each, and not two names
SEEN = 160  # characters on each side of a joint that are looked at, so that a long line stays linear
SHORTEST = 5  # characters on each side of a coordinator: shorter ones join names
COORDINATOR = re.compile("、|以及|(?<![而并])且(?!行)|[和及与](?![时其])")
BETWEEN_NAMES = frozenset("和及与")
LISTED = re.compile("[^，；。、]{0,12}等")
OBJECTS = re.compile("[^，。；、和及与]{1,4}(?:、[^，。；、和及与]{1,4})*[和及与]")  # 严控印刷、差旅和办公设备购置
PRICES = "price_volume"
HEAD, PARALLEL = 2, 8  # characters: 合同教师、代课教师 are names with one head
FRAME = re.compile("受[^，；。]")


def joined(view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut one explanation where a further reason begins without a mark.

    Yields
    ------
    tuple of int
        Start and end of each reason; the explanation itself if nothing cuts it.
    """
    first = start
    for left, right in _joints(view, start, end):
        if right - first > 1 and _separate(view, first, left, right, end):
            yield first, left
            word = cause_joins().coordinators.match(view.text, right, end)
            first = word.end() if word else right
    yield first, end


def _joints(view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Commas and coordinators of the stretch, outside brackets: start and end of each."""
    at = view.first_clause(start)
    while at < len(view.clauses) and view.clauses[at].start < end:
        clause = view.clauses[at]
        left, right = max(clause.start, start), min(clause.end, end)
        if clause.start > start and view.clauses[at - 1].stop == "，":
            yield view.clauses[at - 1].end, clause.start
        for match in COORDINATOR.finditer(view.text, left + SHORTEST, max(left, right - SHORTEST)):
            if not view.in_bracket(match.start()):
                yield match.span()
        at += 1


def _separate(view: View, first: int, left: int, right: int, end: int) -> bool:
    """Whether what follows the joint between `left` and `right` is a reason of its own."""
    text, joins = view.text, cause_joins()
    clause = view.clauses[view.first_clause(right)]
    comma = clause.start == right
    first, end = max(first, left - SEEN), min(end, right + SEEN)
    stop = min(clause.end, end)
    word = joins.coordinators.match(text, right, stop) if comma else None
    if word is not None:
        comma, right = False, word.end()
    elif not comma and not _coordinates(view, left, right, stop):
        return False
    if joins.goes_on.match(text, right, stop) or view.lexicon.dependent.match(text, right, stop):
        return False
    if comma and FRAME.match(text, first) and text.endswith("影响", first, left):
        return False  # 受车位移交影响，停车费不再收取
    if FRAME.match(text, first) and "影响" not in text[first:left] and "影响" in text[right:end]:
        return False
    if text.startswith("受", right) and "影响" in text[right:stop]:
        return True  # …、受疫情影响：a frame begins a reason
    if (
        text[left:right] == "以及"
        and min(left - first, stop - right) >= LONG
        and not view.lexicon.shapes["governed"].match(text, first)
    ):
        return True
    priced = joins.prices.match(text, right, stop) is not None
    main = PRICES if priced and comma else _main(text[right:stop])
    if main is None or main not in (joins.after_comma if comma else joins.coordinated):
        return False
    if comma and main == PRICES and not priced:
        return False
    before = [_telling(part if comma else part[part.rfind("的") + 1 :]) for part in text[first:left].split("，")]
    told = [found for found in before if found]
    if not told or any(main in found for found in told):
        return False
    sources = joins.after_comma[main] if comma else joins.sweeping
    return not any(_heaviest(found) <= sources for found in told)


def _coordinates(view: View, left: int, right: int, stop: int) -> bool:
    """Whether a coordinator joins clauses, not names: 和 and 及 do only before a clause that ends in a change."""
    head = view.text[left - HEAD : left]
    if (
        LISTED.match(view.text, right, stop)
        or OBJECTS.match(view.text, right, stop)
        or head in view.text[right : right + PARALLEL]
    ):
        return False
    if view.text[left:right] not in BETWEEN_NAMES:
        return True
    start = view.clauses[view.first_clause(left)].start
    if not _ends_in_change(view, start, left) and cause_joins().predicates.search(view.text, start, left) is None:
        return False  # 屋面防水和档案室改造核减
    return _ends_in_change(view, right, stop)  # …与新录用7人


def _ends_in_change(view: View, start: int, end: int) -> bool:
    """Whether the stretch ends with a word that states a change, or with a count."""
    if view.stated[end - 1 : end] == COUNT:
        return True
    words = list(view.lexicon.state_words.finditer(view.text, start, end))
    return bool(words) and words[-1].end() == end and words[-1][0] in view.lexicon.core_words


@lru_cache(maxsize=64)  # what follows one joint stands before the next
def _telling(text: str) -> Mapping[str, tuple[int, int]]:
    """Categories that a word of the text settles, with their rank: heaviest word, early before late."""
    found = categories().heaviest(text, TELLING).items()
    return MappingProxyType({code: (weight, -first) for code, (weight, first) in found})


def _heaviest(found: Mapping[str, tuple[int, int]]) -> set[str]:
    """Categories whose words weigh most: of 机构移交报废车辆 both may be meant."""
    top = max(weight for weight, _ in found.values())
    return {code for code, (weight, _) in found.items() if weight == top}


def _first(found: Mapping[str, tuple[int, int]]) -> str:
    return max(found, key=lambda code: (found[code], code))


def _main(text: str) -> str | None:
    found = _telling(text)
    return _first(found) if found else None
