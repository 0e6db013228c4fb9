"""The best labels of many sequences at once, by the recursion of Viterbi, and how probable they are.

Every step of the recursion goes through all sequences, and a step costs nearly the same for one as for fifty. So long
sequences are cut into pieces that go side by side. What a later piece begins from is not known then; it begins some
units earlier, as if nothing stood before, since scores forget where they came from. Whether they did is seen where two
pieces meet, and a sequence whose pieces do not fit is gone through again as a whole: cutting changes no label.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np

from gouji.extract.crf_units import Flags, Floats, Ints

PIECE = 32
"""Units of a piece."""

BEFORE = 24
"""Units before a piece at which it begins; 32 were enough at each of 702 places of reports, 16 at 99 of 100."""

AT_ONCE = 256
"""Units whose ways back are looked at together; more would not stay in the nearest memory."""

SAME = 1e-9
"""Scores that differ by less are equal but for the order of additions."""

SCALED = 4
"""Units after which sums of chances are scaled; a unit takes them down by e to the 80th at most, a number by 700."""


@dataclass(frozen=True)
class _Pieces:
    """Sequences cut into pieces, those of one sequence one after the other.

    Attributes
    ----------
    owner : array of int
        Sequence of each piece.
    ends : array of int
        Where the own units of each piece end, in its sequence.
    begins : array of int
        Where it begins, in its sequence, with the units before its own.
    first : array of int
        First piece of each sequence.
    """

    owner: Ints
    ends: Ints
    begins: Ints
    first: Ints

    @classmethod
    def of(cls, lengths: Ints, longest: int) -> _Pieces:
        many = np.maximum(-(-lengths // longest), 1)
        owner = np.repeat(np.arange(len(lengths)), many)
        first = np.cumsum(many) - many
        begins = (np.arange(len(owner)) - first[owner]) * longest
        ends = np.minimum(begins + longest, lengths[owner])
        return cls(owner, ends, np.maximum(begins - BEFORE, 0), first)


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
    labels, settled = _in_pieces(emissions, transition, starts, lengths, PIECE)
    if not settled.all():
        again = ~settled
        whole, _ = _in_pieces(emissions, transition, starts[again], lengths[again], int(lengths[again].max()))
        labels[np.repeat(again, lengths)] = whole
    return labels


def _in_pieces(emissions: Floats, transition: Floats, starts: Ints, lengths: Ints, longest: int) -> tuple[Ints, Flags]:
    """Give the best labels as far as the pieces show, and of which sequences they are certain to be the best."""
    settled = np.ones(len(lengths), dtype=bool)
    if not len(lengths):
        return np.zeros(0, dtype=np.int64), settled
    pieces = _Pieces.of(lengths, longest)
    scores = _scores(emissions, transition, starts[pieces.owner] + pieces.begins, pieces.ends - pieces.begins)
    bases = np.cumsum(lengths) - lengths
    unit = np.arange(int(lengths.sum())) - np.repeat(bases, lengths)  # in its sequence
    piece = np.repeat(pieces.first, lengths) + unit // longest
    step = unit - pieces.begins[piece]
    many = len(transition)
    back = _best_ways(scores[step - 1, piece], transition) + many * (np.arange(len(unit)) - 1)[:, None]
    last = np.append(pieces.first[1:], len(pieces.owner)) - 1
    final = scores[pieces.ends[last] - pieces.begins[last] - 1, last].argmax(axis=1)
    labels = _followed(back, bases, lengths, final, many)
    later = np.flatnonzero(pieces.begins)
    meets = pieces.ends[later - 1] - 1  # last unit of the piece before, in the sequence
    gained = scores[meets - pieces.begins[later], later] - scores[meets - pieces.begins[later - 1], later - 1]
    way = labels[bases[pieces.owner[later]] + meets]
    lost = (gained < gained[np.arange(len(later)), way][:, None] - SAME).any(axis=1)
    settled[pieces.owner[later[lost]]] = False  # another label on the way may be better than the later piece knew
    return labels, settled


def _scores(emissions: Floats, transition: Floats, starts: Ints, lengths: Ints) -> Floats:
    """Score of the best way to every label, shape (step, sequence, label); nothing beyond the end of a sequence."""
    steps = np.arange(int(lengths.max()))[:, None]
    scores = emissions.take(starts + np.minimum(steps, lengths - 1), axis=0).transpose(0, 2, 1).copy()
    moves = np.repeat(transition[:, :, None], len(starts), axis=2)  # from each label, to each
    ways = np.empty_like(moves)
    best = np.empty(scores.shape[1:])
    for before, here in zip(scores[:, :, None, :], scores[1:], strict=False):
        np.add(before, moves, out=ways)
        np.maximum.reduce(ways, axis=0, out=best)
        np.add(here, best, out=here)
    out: Floats = scores.transpose(0, 2, 1)
    return out


def _best_ways(scores: Floats, transition: Floats) -> Ints:
    """Label from which the best way comes to each label of each unit, from the scores one unit before."""
    moves = np.ascontiguousarray(transition.T)
    back = np.empty(scores.shape, dtype=np.int64)
    ways = np.empty((AT_ONCE, *moves.shape))  # to each label, from each
    for at in range(0, len(scores), AT_ONCE):
        some = ways[: len(scores) - at]
        np.add(scores[at : at + AT_ONCE, None, :], moves, out=some)
        some.argmax(axis=2, out=back[at : at + AT_ONCE])
    return back


def _followed(back: Ints, bases: Ints, lengths: Ints, final: Ints, many: int) -> Ints:
    """Follow the best ways back from the ends of the sequences.

    A way is told by the place, among the labels of all units, that it comes from.
    """
    flat = back.reshape(-1).data
    places = []
    for base, length, label in zip(bases[::-1].tolist(), lengths[::-1].tolist(), final[::-1].tolist(), strict=True):
        at = (base + length - 1) * many + label
        places.append(at)
        for _ in range(length - 1):
            at = flat[at]
            places.append(at)
    return np.frombuffer(array("q", places), dtype=np.int64)[::-1] % many


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
