"""Scores of mentions: spans, values, types."""

from __future__ import annotations

from gouji.evaluate.matching import mention_scores
from gouji.evaluate.score import Score
from gouji.evaluate.sides import Side, number

FIGURES = ("AMOUNT", "RATE", "QUANTITY")
LABELS = (*FIGURES, "INDICATOR", "CAUSE")


def span_scores(ours: Side, gold: Side) -> dict[str, Score]:
    """Score exact spans of each label; of figures also with their value, of indicators with their type.

    ``LABEL characters`` counts characters that lie in some span of the label, so that a border that is off by a word
    costs a word and not the span; *type* and *partial* are those of `matching`. ``mentions …`` is the micro average
    over all labels.
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
        for label in LABELS:
            scores = mention_scores(ours, gold, (label,))
            out |= {f"{label} {reading}": scores[reading] for reading in ("type", "partial", "characters")}
        out |= {f"mentions {reading}": score for reading, score in mention_scores(ours, gold, LABELS).items()}
    return out
