"""Scores of causes: their category, and which figures they explain."""

from __future__ import annotations

from gouji.evaluate.score import Score
from gouji.evaluate.sides import Data, Key, Side


def cause_scores(ours: Side, gold: Side) -> dict[str, Score]:
    """Score spans with the right main category, and pairs of a cause and a figure that it explains."""
    mine, theirs = _by_span(ours), _by_span(gold)
    hits = sum(_main(mine[k], "?") == _main(theirs[k], "!") for k in theirs if k in mine)
    out = {"CAUSE span+main category": Score.of(hits, predicted=len(mine), gold=len(theirs))}
    if gold.offsets:
        out["CAUSE link"] = Score.of_items(_links(ours, mine), _links(gold, theirs))
    return out


def _by_span(side: Side) -> dict[Key, Data]:
    return {side.key(side.mentions[c["span"]]): c for c in side.data["causes"] if c["span"] in side.mentions}


def _main(cause: Data, missing: str) -> str:
    categories = cause.get("categories") or [missing]
    return str(categories[0])


def _links(side: Side, causes: dict[Key, Data]) -> set[tuple[Key, Key]]:
    figures = {f: side.place(side.mentions[m]) for f, m in side.figure_of.items() if m in side.mentions}
    return {(key, figures[e]) for key, cause in causes.items() for e in cause.get("explains", []) if e in figures}
