"""Scores of facts: what is said of each AMOUNT and RATE."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from gouji.evaluate.score import Score
from gouji.evaluate.sides import Data, Side

MONEY_AND_RATES = ("AMOUNT", "RATE")
ATTRIBUTES = (
    ("measure", ("measure",)),
    ("direction", ("direction",)),
    ("base", ("base",)),
    ("period", ("period",)),
    ("measure+base+direction", ("measure", "base", "direction")),
)
LEVELS = re.compile(r"[（(](?:类|款|项)(?:，下同)?[)）]")
MARKS = re.compile(r"[\s“”\"'‘’「」《》（）()、，,]")


def fact_scores(ours: Side, gold: Side) -> dict[str, Score]:
    """Score facts found, each attribute, and the indicator's name.

    A fact is found where both sides state something of the same figure. ``fact indicator`` lets one name
    contain the other. Gold without names (stand-off gold of a report that is not ours to copy) has no rows on
    names.
    """
    mine, theirs = _by_figure(ours), _by_figure(gold)
    shared = [k for k in theirs if k in mine]

    def score(hits: int) -> Score:
        return Score.of(hits, predicted=len(mine), gold=len(theirs))

    out = {"fact found": score(len(shared))}
    for name, fields in ATTRIBUTES:
        out[f"fact {name}"] = score(sum(_equal(mine[k], theirs[k], fields) for k in shared))
    if theirs and not any("path" in fact for fact in theirs.values()):
        return out
    out["fact indicator exact"] = score(sum(_name(mine[k]) == _name(theirs[k]) for k in shared))
    out["fact indicator"] = score(sum(near(_name(mine[k]), _name(theirs[k])) for k in shared))
    whole = ("measure", "base", "direction")
    out["fact whole"] = score(
        sum(near(_name(mine[k]), _name(theirs[k])) and _equal(mine[k], theirs[k], whole) for k in shared)
    )
    return out


def near(left: str, right: str) -> bool:
    """Whether two names are equal, or one of at least three characters lies in the other.

    Examples
    --------
    >>> near("收入合计", "本年收入合计"), near("收入", "收入合计"), near("", "")
    (True, False, True)
    """
    return left == right or (min(len(left), len(right)) >= 3 and (left in right or right in left))


def _by_figure(side: Side) -> dict[tuple[Any, ...], Data]:
    rows: dict[tuple[Any, ...], Data] = {}
    for fact in side.data["facts"]:
        mention = side.mentions.get(fact["figure"])
        if mention is not None and mention["label"] in MONEY_AND_RATES:
            rows.setdefault(side.place(mention), fact)
    return rows


def _equal(left: Data, right: Data, fields: Sequence[str]) -> bool:
    return all((left.get(f) or "none") == (right.get(f) or "none") for f in fields)


def _name(fact: Data) -> str:
    path = fact.get("path") or [""]
    return MARKS.sub("", LEVELS.sub("", str(path[-1] or "")))
