"""The best labels of many sequences at once, by the recursion of Viterbi, and how probable they are.

Every step of the recursion goes through all sequences, and a step costs nearly the same for one as for fifty. So the
way to a unit and the way on from it are scored side by side, and the label whose ways are the best together is taken;
nothing has to be followed back. Long sequences are cut into pieces that go side by side too. What stands before or
behind a piece is not known then; its recursion begins some units outside, as if nothing stood there, since scores
forget where they came from. Whether they did is seen in the end: `_settled` proves that the labels are the best, or
sends the sequence through the plain recursion. Cutting changes no label.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gouji.extract.crf_units import Flags, Floats, Ints

PIECE = 32
"""Units of a piece."""

AROUND = 24
"""Units around a piece at which its recursion begins; of 702 places in reports 32 do at all, 16 at 99 of 100."""

SAME = 1e-9
"""Scores that differ by less are equal but for the order of additions."""

SCALED = 4
"""Units after which sums of chances are scaled; a unit takes them down by e to the 80th at most, a number by 700."""


@dataclass(frozen=True)
class _Pieces:
    """Sequences cut into pieces, those of one sequence one after the other; places count within the sequence.

    Attributes
    ----------
    owner : array of int
        Sequence of each piece.
    firsts, ends : array of int
        Of the own units of each piece.
    begins, stops : array of int
        Where the recursions to them and on from them begin: first unit, and end.
    of_unit, unit : array of int
        Piece and place of every unit of all sequences, one after the other.
    """

    owner: Ints
    firsts: Ints
    ends: Ints
    begins: Ints
    stops: Ints
    of_unit: Ints
    unit: Ints

    @classmethod
    def of(cls, lengths: Ints) -> _Pieces:
        many = -(-lengths // PIECE)
        owner = np.repeat(np.arange(len(lengths)), many)
        firsts = (np.arange(len(owner)) - (np.cumsum(many) - many)[owner]) * PIECE
        ends = np.minimum(firsts + PIECE, lengths[owner])
        of_unit = np.repeat(np.arange(len(owner)), ends - firsts)
        unit = np.arange(len(of_unit)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        stops = np.minimum(ends + AROUND, lengths[owner])
        return cls(owner, firsts, ends, np.maximum(firsts - AROUND, 0), stops, of_unit, unit)


def best_labels(emissions: Floats, transition: Floats, starts: Ints, lengths: Ints) -> Ints:
    """Give the best label of every unit.

    Parameters
    ----------
    emissions : array of float
        Scores of the labels of every unit.
    transition : array of float
        Of every label after every other, from row to column.
    starts, lengths : array of int
        Of the sequences, which have at least one unit each.

    Returns
    -------
    array of int
        Of the units of all sequences, one after the other.
    """
    if not len(lengths):
        return np.zeros(0, dtype=np.int64)
    pieces = _Pieces.of(lengths)
    to, on = _scores(emissions, transition, starts, pieces)
    here = emissions[starts[pieces.owner[pieces.of_unit]] + pieces.unit]
    ways = to[pieces.unit - pieces.begins[pieces.of_unit], pieces.of_unit]
    ways += on[pieces.stops[pieces.of_unit] - 1 - pieces.unit, pieces.of_unit]
    ways -= here  # it is in both
    labels: Ints = ways.argmax(axis=1)
    bounds = np.cumsum(lengths)
    for at in np.flatnonzero(~_settled(to, here, transition, pieces, labels)).tolist():
        whole = slice(int(bounds[at] - lengths[at]), int(bounds[at]))
        labels[whole] = _plain(here[whole], transition)
    return labels


def _scores(emissions: Floats, transition: Floats, starts: Ints, pieces: _Pieces) -> tuple[Floats, Floats]:
    """Score of the best way to every label and of the best way on from it, each with the score of the label itself.

    Both have the shape (step, piece, label); steps are counted from where a recursion begins, and say nothing beyond
    the other end of the piece.
    """
    start, many = starts[pieces.owner], len(pieces.owner)
    steps = np.arange(max(int((pieces.ends - pieces.begins).max()), int((pieces.stops - pieces.firsts).max())))[:, None]
    to = np.minimum(pieces.begins + steps, pieces.ends - 1)
    on = np.maximum(pieces.stops - 1 - steps, pieces.firsts)
    places = np.concatenate([start + to, start + on], axis=1)
    scores = emissions.take(places, axis=0).transpose(0, 2, 1).copy()
    moves = np.repeat(np.stack([transition, transition.T], axis=2), many, axis=2)  # from each label, to each
    ways = np.empty_like(moves)
    best = np.empty(scores.shape[1:])
    for before, here in zip(scores[:, :, None, :], scores[1:], strict=False):
        np.add(before, moves, out=ways)
        np.maximum.reduce(ways, axis=0, out=best)
        np.add(here, best, out=here)
    both = scores.transpose(0, 2, 1)
    return both[:, :many], both[:, many:]


def _settled(to: Floats, here: Floats, transition: Floats, pieces: _Pieces, labels: Ints) -> Flags:
    """Tell of which sequences the labels are proved to be the best.

    They are if each unit's label is the best way on from the label before, by the scores of its own piece, and if where
    two pieces meet no other label has a higher score in the former than the latter gives it, measured by the label.
    """
    step = pieces.unit - pieces.begins[pieces.of_unit]
    later = np.flatnonzero(pieces.unit > 0)
    piece, at, label, before = pieces.of_unit[later], step[later], labels[later], labels[later - 1]
    lost = to[at - 1, piece, before] + transition[before, label] + here[later, label] < to[at, piece, label] - SAME
    out = np.ones(int(pieces.owner[-1]) + 1, dtype=bool)
    out[pieces.owner[piece[lost]]] = False
    meet = later[pieces.unit[later] == pieces.firsts[piece]]  # first units of pieces; the unit before is in both
    piece = pieces.of_unit[meet]
    gained = to[step[meet] - 1, piece] - to[step[meet - 1], piece - 1]
    least = gained[np.arange(len(meet)), labels[meet - 1]] - SAME
    out[pieces.owner[piece[(gained < least[:, None]).any(axis=1)]]] = False
    return out


def _plain(emissions: Floats, transition: Floats) -> Ints:
    """Best labels of one sequence, one unit after the other and back again."""
    score = emissions[0]
    back = []
    for emitted in emissions[1:]:
        ways = score[:, None] + transition
        back.append(ways.argmax(axis=0))
        score = ways.max(axis=0) + emitted
    path = [int(score.argmax())]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    return np.array(path[::-1], dtype=np.int64)


def marginals(emissions: Floats, transition: Floats, starts: Ints, lengths: Ints) -> Floats:
    """Give the probability of every label of every unit, shape (step, sequence, label).

    Parameters
    ----------
    emissions, transition, starts, lengths
        As in `best_labels`, for at least one sequence; nothing is said of steps beyond the end of a sequence.

    Notes
    -----
    The sums of all ways to a unit and of all ways on from it are the same recursion, once from the first unit on and
    once from the last one back, and go side by side. What belongs to one unit may be scaled as one likes.
    """
    sequence = np.arange(len(lengths))
    step = np.minimum(np.arange(int(lengths.max()))[:, None], lengths - 1)
    there = np.stack([starts + step, starts + lengths - 1 - step], axis=1)
    weights = emissions[there]
    weights = np.exp(weights - weights.max(axis=3, keepdims=True))
    moves = np.exp(np.stack([transition, transition.T]))
    sums = np.ones_like(weights)  # without the weights of the unit itself
    row = weights[0].copy()
    for at, (before, weight) in enumerate(zip(sums[1:], weights[1:], strict=True), start=1):
        np.matmul(row, moves, out=before)
        np.multiply(before, weight, out=row)
        if not at % SCALED:
            row /= row.sum(axis=2, keepdims=True)
    sums /= sums.max(axis=3, keepdims=True)
    joint = sums[:, 0] * weights[:, 0] * sums[lengths - 1 - step, 1, sequence]
    return np.asarray(joint / joint.sum(axis=2, keepdims=True), dtype=np.float64)
