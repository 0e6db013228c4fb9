"""What differs between two annotations of one text: two runs, two annotators, a suggestion and its correction.

Spans are paired in three steps, each one to one: the same stretch and label; the same stretch with another label
(*relabelled*); overlapping stretches of one label, the largest overlap first (*moved*). What is left over was *removed*
or *added*. Of every pair the attributes are compared: of a figure its value and what its fact says, of an indicator its
type, of a cause its categories and the figures that it explains (*changed*, one for each attribute).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gouji.evaluate.sides import Data, Side, number

KINDS = ("added", "removed", "moved", "relabelled", "changed")
_FACT = ("measure", "base", "direction", "period", "of")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Parameters
    ----------
    kind : str
        Of `KINDS`.
    label : str
        Label after; of a removed span the one before.
    before, after : tuple of int or None
        Stretch on either side, None where there is none.
    field : str
        What changed: ``label``, ``span``, ``value``, ``measure``, …; "" for added and removed spans.
    old, new : str
        What it was and is.
    """

    kind: str
    label: str
    before: tuple[int, int] | None
    after: tuple[int, int] | None
    field: str = ""
    old: str = ""
    new: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Stretch to look at."""
        found = self.after or self.before
        assert found is not None
        return found


def differences(before: Data, after: Data) -> list[Difference]:
    """List the differences between two annotations of one text, in order of their places.

    Parameters
    ----------
    before, after : mapping
        In the contract's shape, mentions with offsets.

    Examples
    --------
    >>> rows = {"facts": [], "causes": []}
    >>> one = {"mentions": [{"id": "m1", "label": "CAUSE", "start": 2, "end": 9}], **rows}
    >>> two = {"mentions": [{"id": "m7", "label": "CAUSE", "start": 4, "end": 9}], **rows}
    >>> [(d.kind, d.before, d.after) for d in differences(one, two)]
    [('moved', (2, 9), (4, 9))]
    """
    left, right = Side(before, offsets=True), Side(after, offsets=True)
    pairs, removed, added = _pairs(before["mentions"], after["mentions"])
    out = [Difference("removed", m["label"], _span(m), None) for m in removed]
    out += [Difference("added", m["label"], None, _span(m)) for m in added]
    mates = {m["id"]: n["id"] for m, n in pairs}
    ours, theirs = _rows(left), _rows(right)
    for m, n in pairs:
        if m["label"] != n["label"]:
            out.append(Difference("relabelled", n["label"], _span(m), _span(n), "label", m["label"], n["label"]))
        elif _span(m) != _span(n):
            spans = [f"{one['start']}-{one['end']}" for one in (m, n)]
            out.append(Difference("moved", n["label"], _span(m), _span(n), "span", *spans))
        for name, old, new in _changes(ours[m["id"]], theirs[n["id"]], mates):
            out.append(Difference("changed", n["label"], _span(m), _span(n), name, old, new))
    return sorted(out, key=lambda d: (d.place, d.label, KINDS.index(d.kind), d.field))


def _pairs(before: Sequence[Data], after: Sequence[Data]) -> tuple[list[tuple[Data, Data]], list[Data], list[Data]]:
    pairs: list[tuple[Data, Data]] = []
    left, right = list(before), list(after)
    for key in (_labelled, _span):
        waiting: dict[Any, list[Data]] = {}
        for mention in right:
            waiting.setdefault(key(mention), []).append(mention)
        rest = []
        for mention in left:
            mates = waiting.get(key(mention))
            if mates:
                pairs.append((mention, mates.pop(0)))
            else:
                rest.append(mention)
        left = rest
        right = [m for m in right if any(m is one for one in waiting[key(m)])]
    for m, n in _overlapping(left, right):
        pairs.append((m, n))
    taken = {id(one) for pair in pairs for one in pair}
    return pairs, [m for m in left if id(m) not in taken], [m for m in right if id(m) not in taken]


def _overlapping(left: Sequence[Data], right: Sequence[Data]) -> Iterator[tuple[Data, Data]]:
    """Overlapping pairs of one label, one to one, the largest overlap first, then in order."""
    candidates = [
        (-(min(m["end"], n["end"]) - max(m["start"], n["start"])), i, j)
        for i, m in enumerate(left)
        for j, n in enumerate(right)
        if m["label"] == n["label"] and m["start"] < n["end"] and n["start"] < m["end"]
    ]
    used: set[tuple[str, int]] = set()
    for _, i, j in sorted(candidates):
        if ("l", i) not in used and ("r", j) not in used:
            used |= {("l", i), ("r", j)}
            yield left[i], right[j]


def _rows(side: Side) -> dict[str, dict[str, Any]]:
    """Attributes of every mention, those of its fact and of its cause among them; explained figures by their ids."""
    facts = {f["figure"]: f for f in reversed(side.data["facts"])}
    causes = {c["span"]: c for c in side.data["causes"]}
    out = {}
    for identity, mention in side.mentions.items():
        row: dict[str, Any] = {"value": number(mention.get("value")), "type": mention.get("type")}
        fact = facts.get(identity)
        if fact is not None:
            row |= {name: fact.get(name) or None for name in _FACT} | {"indicator": fact.get("indicator")}
        cause = causes.get(identity)
        if cause is not None:
            figures = [side.figure_of.get(e, e) for e in cause.get("explains", ())]
            row |= {"categories": list(cause.get("categories") or ()), "explains": frozenset(figures)}
        out[identity] = row
    return out


def _changes(old: Data, new: Data, mates: Data) -> Iterator[tuple[str, str, str]]:
    for name in sorted(old.keys() | new.keys()):
        ours, theirs = old.get(name), new.get(name)
        if name == "explains":
            moved = frozenset(mates.get(figure, figure) for figure in ours or ())
            if moved != (theirs or frozenset()):
                yield name, str(len(ours or ())), str(len(theirs or ()))
        elif name == "indicator":
            if (mates.get(ours, ours) if ours else None) != theirs:
                yield name, str(ours or ""), str(theirs or "")
        elif (ours or None) != (theirs or None) and {str(ours or "none"), str(theirs or "none")} != {"none"}:
            yield name, _shown(ours), _shown(theirs)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _span(mention: Data) -> tuple[int, int]:
    return mention["start"], mention["end"]


def _labelled(mention: Data) -> tuple[str, int, int]:
    return mention["label"], mention["start"], mention["end"]
