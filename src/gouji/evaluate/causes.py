"""Scores of causes: their category, and which figures they explain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gouji.evaluate.score import Score
from gouji.evaluate.sides import Data, Key, Side


def cause_scores(ours: Side, gold: Side) -> dict[str, Score]:
    """Score spans with the right main category, and pairs of a cause and a figure that it explains."""
    mine, theirs = _by_span(ours), _by_span(gold)
    hits = sum(_main(mine[k], "?") == _main(theirs[k], "!") for k in theirs if k in mine)
    out = {"CAUSE span+main category": Score.of(hits, predicted=len(mine), gold=len(theirs))}
    out["CAUSE categories"] = Score.of_items(_categories(mine), _categories(theirs))
    if gold.offsets:
        left, right = _links(ours, mine), _links(gold, theirs)
        out["CAUSE link"] = Score.of_items(left, right)
        whole = sum(
            _main(mine[k], "?") == _main(theirs[k], "!") and _of(k, left) == _of(k, right) for k in theirs if k in mine
        )
        out["CAUSE end to end"] = Score.of(whole, predicted=len(mine), gold=len(theirs))
        out |= word_scores(ours, gold)
    return out


def word_scores(ours: Side, gold: Side) -> dict[str, Score]:
    """Score causes and effects as FinCausal does, on characters in place of words.

    A row is a stretch that holds a cause with the figures it explains, on either side; stretches that overlap are one
    row. In a row every character is of a cause, of an effect (an explained figure) or of neither; a row is exact where
    both sides agree on all its characters (FinCausal 2020, task 2: exact match, and F1 weighted over the classes:
    `weighted_f1`).
    """
    mine, theirs = _stretches(ours), _stretches(gold)
    rows: list[list[int]] = []
    for start, end in sorted((min(s for s, _ in row), max(e for _, e in row)) for row in (*mine, *theirs)):
        if rows and start < rows[-1][1]:
            rows[-1][1] = max(rows[-1][1], end)
        else:
            rows.append([start, end])
    left, right = _classes(mine), _classes(theirs)
    inside = [range(start, end) for start, end in rows]
    exact = sum(all(left.get(i) == right.get(i) for i in row) for row in inside)
    out = {"FinCausal exact": Score.of(exact, predicted=len(rows), gold=len(rows))}
    for name, kind in CLASSES:
        ours_of = {i for row in inside for i in row if left.get(i) == kind}
        theirs_of = {i for row in inside for i in row if right.get(i) == kind}
        out[f"FinCausal {name}"] = Score.of_items(ours_of, theirs_of)
    return out


def weighted_f1(scores: Mapping[str, Score]) -> float:
    """F1 of the three classes, weighted by their characters in the gold; 1 where there is no row at all."""
    rows = [scores[f"FinCausal {name}"] for name, _ in CLASSES]
    total = sum(row.gold for row in rows)
    return sum(row.f1 * row.gold for row in rows) / total if total else 1.0


CLASSES = (("cause", "C"), ("effect", "E"), ("neither", None))


def _stretches(side: Side) -> list[list[tuple[int, int]]]:
    """Stretches of each cause, its own first, then of the figures that it explains."""
    place = {
        f: (side.mentions[m]["start"], side.mentions[m]["end"]) for f, m in side.figure_of.items() if m in side.mentions
    }
    out = []
    for cause in side.data["causes"]:
        span = side.mentions.get(cause["span"])
        if span is not None:
            out.append([(span["start"], span["end"]), *(place[e] for e in cause.get("explains", []) if e in place)])
    return out


def _classes(rows: Sequence[Sequence[tuple[int, int]]]) -> dict[int, str]:
    """Class of every character that has one; a figure inside a cause belongs to the cause."""
    effects = {i: "E" for row in rows for start, end in row[1:] for i in range(start, end)}
    return effects | {i: "C" for row in rows for i in range(*row[0])}


def _categories(causes: Mapping[Key, Data]) -> Iterator[tuple[Key, str]]:
    return (
        (key, category) for key, cause in causes.items() for category in dict.fromkeys(cause.get("categories") or ())
    )


def _of(key: Key, links: set[tuple[Key, Key]]) -> set[Key]:
    return {figure for cause, figure in links if cause == key}


def _by_span(side: Side) -> dict[Key, Data]:
    return {side.key(side.mentions[c["span"]]): c for c in side.data["causes"] if c["span"] in side.mentions}


def _main(cause: Data, missing: str) -> str:
    categories = cause.get("categories") or [missing]
    return str(categories[0])


def _links(side: Side, causes: dict[Key, Data]) -> set[tuple[Key, Key]]:
    figures = {f: side.place(side.mentions[m]) for f, m in side.figure_of.items() if m in side.mentions}
    return {(key, figures[e]) for key, cause in causes.items() for e in cause.get("explains", []) if e in figures}
