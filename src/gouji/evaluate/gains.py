"""Gains and losses between two runs, by the gold: what became right, what became wrong, by layer and with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gouji.evaluate.outcomes import findings_score
from gouji.evaluate.sides import Data, Side, number, sides

KINDS = ("gained", "lost", "new error", "cured error")


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two runs.

    Parameters
    ----------
    kind : str
        *gained*: right now, missing before; *lost*: the other way; *new error*: predicted now and not in the gold;
        *cured error*: predicted before, not in the gold, and gone.
    layer : str
        ``AMOUNT``, …, ``fact``, ``cause link``, ``conflict``, ``false alarm``.
    start, end : int or None
        Where, None for a conflict that the gold gives no stretch.
    what : str
        Value, attributes or id.
    """

    kind: str
    layer: str
    start: int | None
    end: int | None
    what: str = ""


def gains(before: Data, after: Data, gold: Data) -> list[Change]:
    """List the changes from one run to another.

    Parameters
    ----------
    before, after, gold : mapping
        Of one document, in the contract's shape, with offsets.
    """
    first, truth = sides(before, gold)
    second, _ = sides(after, gold)
    ours, theirs, wanted = (Counter(_items(side)) for side in (first, second, truth))
    out = []
    for kind, items in (
        ("gained", (theirs & wanted) - (ours & wanted)),
        ("lost", (ours & wanted) - (theirs & wanted)),
        ("new error", (theirs - wanted) - (ours - wanted)),
        ("cured error", (ours - wanted) - (theirs - wanted)),
    ):
        out += [Change(kind, layer, start, end, what) for layer, start, end, what in items.elements()]
    left, right = findings_score(before, gold), findings_score(after, gold)
    for kind, names in (("gained", set(right.found) - set(left.found)), ("lost", set(left.found) - set(right.found))):
        out += [Change(kind, "conflict", None, None, name) for name in names]
    alarms = Counter(right.false_alarms), Counter(left.false_alarms)
    for kind, counts in (("new error", alarms[0] - alarms[1]), ("cured error", alarms[1] - alarms[0])):
        out += [Change(kind, "false alarm", None, None, name) for name in counts.elements()]
    return sorted(out, key=lambda c: (c.start is None, c.start or 0, c.end or 0, c.layer, KINDS.index(c.kind), c.what))


def _items(side: Side) -> Iterator[tuple[str, int, int, str]]:
    """Everything that a side states, as (layer, start, end, what)."""
    for m in side.data["mentions"]:
        value = number(m.get("value"))
        told = f"{value:f}" if isinstance(value, Decimal) else str(value or "")
        yield m["label"], m["start"], m["end"], told
    for fact in side.data["facts"]:
        mention = side.mentions.get(fact["figure"])
        if mention is not None:
            stated = [str(fact.get(name) or "none") for name in ("measure", "base", "direction")]
            yield "fact", mention["start"], mention["end"], " ".join(stated)
    for cause in side.data["causes"]:
        span = side.mentions.get(cause["span"])
        if span is None:
            continue
        categories = cause.get("categories") or ("none",)
        yield "cause category", span["start"], span["end"], str(categories[0])
        for explained in cause.get("explains", ()):
            figure = side.mentions.get(side.figure_of.get(explained, ""))
            if figure is not None:
                yield "cause link", span["start"], span["end"], f"{figure['start']}-{figure['end']}"
