"""Scores of mentions: spans, values, types."""

from __future__ import annotations

from gouji.evaluate.score import Score
from gouji.evaluate.sides import Side, number

FIGURES = ("AMOUNT", "RATE", "QUANTITY")
LABELS = (*FIGURES, "INDICATOR", "CAUSE")


def span_scores(ours: Side, gold: Side) -> dict[str, Score]:
    """Score exact spans of each label; of figures also with their value, of indicators with their type.

    ``CAUSE characters`` counts characters that lie in some cause, so that a border that is off by a word costs a
    word and not the span.
    """
    out: dict[str, Score] = {}
    for label in LABELS:
        mine, theirs = ours.labelled(label), gold.labelled(label)
        out[f"{label} span"] = Score.of_items(map(ours.key, mine), map(gold.key, theirs))
        if not gold.offsets:
            continue
        if label in FIGURES:
            out[f"{label} span+value"] = Score.of_items(
                ((ours.key(m), number(m.get("value"))) for m in mine),
                ((gold.key(m), number(m.get("value"))) for m in theirs),
            )
        if label == "INDICATOR":
            out["INDICATOR span+type"] = Score.of_items(
                ((ours.key(m), m.get("type")) for m in mine), ((gold.key(m), m.get("type")) for m in theirs)
            )
    if gold.offsets:
        out["CAUSE characters"] = Score.of_items(_characters(ours), _characters(gold))
    return out


def _characters(side: Side) -> set[int]:
    return {i for m in side.labelled("CAUSE") for i in range(m["start"], m["end"])}
