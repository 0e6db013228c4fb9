"""One-to-one matching of spans, and the mention scores that rest on it.

Four readings of "found", as SemEval 2013 task 9 names them, each by a matching that gives the highest possible score
and uses every span at most once:

* *strict*: same stretch, same label;
* *exact*: same stretch, any label;
* *type*: overlapping stretches, same label;
* *partial*: overlapping stretches, any label, half credit unless they are the same.

Strict and exact matches are counted as multisets. A match of equal stretches is never worse than two overlaps, so
*partial* takes equal stretches first and then as many overlaps as can be; *type* takes as many overlaps of one label as
can be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gouji.evaluate.score import Score
from gouji.evaluate.sides import Data, Side

Stretch = tuple[int, int]


def overlaps(predicted: Sequence[Stretch], gold: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Match as many overlapping stretches as can be, one to one.

    Parameters
    ----------
    predicted, gold : sequence of (int, int)
        Half-open stretches; spans that only touch do not overlap.

    Returns
    -------
    list of (int, int)
        Positions in `predicted` and `gold`, by those in `gold`. The number of pairs is the highest possible
        (augmenting paths, Kuhn 1955); of two partners the earlier is tried first.

    Examples
    --------
    >>> overlaps([(0, 10)], [(0, 4), (4, 10)])
    [(0, 0)]
    >>> overlaps([(0, 5), (4, 10)], [(0, 10), (0, 3)])
    [(1, 0), (0, 1)]
    """
    order = sorted(range(len(predicted)), key=lambda i: predicted[i])
    first = 0
    longest = max((end - start for start, end in predicted), default=0)
    by_start = sorted(range(len(gold)), key=lambda j: gold[j])
    near: list[list[int]] = [[] for _ in gold]
    for j in by_start:
        start, end = gold[j]
        while first < len(order) and predicted[order[first]][0] + longest <= start:
            first += 1
        for i in order[first:]:
            if predicted[i][0] >= end:
                break
            if predicted[i][1] > start:
                near[j].append(i)
    partner: dict[int, int] = {}
    for j in range(len(gold)):
        free = next((i for i in near[j] if i not in partner), None)
        if free is not None:
            partner[free] = j
        else:
            _augment(j, near, partner)
    return sorted(((i, j) for i, j in partner.items()), key=lambda pair: pair[1])


def _augment(root: int, near: Sequence[Sequence[int]], partner: dict[int, int]) -> bool:
    """Find a partner for a gold span, moving others where that frees one; without recursion, for chains may be long."""
    seen: set[int] = set()
    path: list[tuple[int, int]] = []  # (gold, prediction tried), from the root on
    stack = [(root, iter(near[root]))]
    while stack:
        j, rest = stack[-1]
        i = next((one for one in rest if one not in seen), None)
        if i is None:
            stack.pop()
            if path:
                path.pop()
            continue
        seen.add(i)
        path.append((j, i))
        if i not in partner:
            for gold, predicted in path:
                partner[predicted] = gold
            return True
        stack.append((partner[i], iter(near[partner[i]])))
    return False


def mention_scores(ours: Side, gold: Side, labels: Sequence[str]) -> dict[str, Score]:
    """Score mentions of some labels together: strict, exact, type, partial, characters.

    Counts of *partial* are in halves: an equal stretch counts two, an overlap one, and so every span counts two.

    Parameters
    ----------
    ours, gold : Side
        With offsets.
    labels : sequence of str
        One label for a row of that label, several for the micro average over them.
    """
    mine = [m for m in ours.data["mentions"] if m["label"] in labels]
    theirs = [m for m in gold.data["mentions"] if m["label"] in labels]
    sizes = {"predicted": len(mine), "gold": len(theirs)}
    equal = Counter(map(_stretch, mine)) & Counter(map(_stretch, theirs))
    left, right = _without(mine, equal), _without(theirs, equal)
    touching = len(overlaps([_stretch(m) for m in left], [_stretch(m) for m in right]))
    typed = sum(
        len(overlaps([_stretch(m) for m in mine if m["label"] == x], [_stretch(m) for m in theirs if m["label"] == x]))
        for x in labels
    )
    halves = 2 * equal.total() + touching
    return {
        "strict": Score.of_items(map(_labelled, mine), map(_labelled, theirs)),
        "exact": Score.of(equal.total(), **sizes),
        "type": Score.of(typed, **sizes),
        "partial": Score.of(halves, predicted=2 * len(mine), gold=2 * len(theirs)),
        "characters": Score.of_items(_characters(mine), _characters(theirs)),
    }


def _without(mentions: Sequence[Data], taken: Counter[Stretch]) -> list[Data]:
    left = Counter(taken)
    out = []
    for mention in mentions:
        if left[_stretch(mention)]:
            left[_stretch(mention)] -= 1
        else:
            out.append(mention)
    return out


def _stretch(mention: Data) -> Stretch:
    return mention["start"], mention["end"]


def _labelled(mention: Data) -> tuple[str, int, int]:
    return mention["label"], mention["start"], mention["end"]


def _characters(mentions: Sequence[Data]) -> set[tuple[str, int]]:
    return {(m["label"], i) for m in mentions for i in range(m["start"], m["end"])}
