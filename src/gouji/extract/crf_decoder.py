"""A conditional random field as plain arrays, decoded by numpy for all passages of a document at once.

The arrays hold what python-crfsuite learned (`gouji.training.crf_fit` takes them out of its model). The labels are
those that python-crfsuite gives; only the way there differs: a template's weights are one table, and the Viterbi
recursion goes through all passages in step, the longest first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gouji.extract.crf_features import Laid, Shape, numbers, shape_of
from gouji.extract.crf_units import Ints
from gouji.resources.crf_templates import CrfTemplates

Floats = npt.NDArray[np.float64]
BARRED = 50.0
"""What is taken off the score of a way that is closed; more than any weight, and no overflow in sums of chances."""

DIRECT = 1 << 21
"""A shape with at most so many values is looked up in a table of all of them, any other among those it knows."""


@dataclass(frozen=True)
class _ShapeTable:
    """The numbers that a shape knows, and a table of weights for each place it is read at.

    `known` is sorted; `direct` gives the row of each number, for small shapes. Row 0 is no weight at all.
    """

    shape: Shape
    known: Ints
    direct: npt.NDArray[np.int32] | None
    tables: tuple[tuple[int, Floats], ...]

    def rows(self, values: Ints) -> Ints:
        if self.direct is not None:
            return self.direct[values].astype(np.int64)
        if not len(self.known):
            return np.zeros_like(values)
        at = np.minimum(np.searchsorted(self.known, values), len(self.known) - 1)
        return np.where(self.known[at] == values, at + 1, 0)


class CompiledCrf:
    """A trained model, ready to decode.

    Parameters
    ----------
    arrays : mapping of str to array
        ``template``, ``number``, ``label``, ``weight``: one entry a state feature; ``transition``, shape
        (n_labels, n_labels), from row to column.
    labels : tuple of str
    templates : CrfTemplates
    """

    def __init__(
        self, arrays: Mapping[str, npt.NDArray[np.generic]], labels: tuple[str, ...], templates: CrfTemplates
    ) -> None:
        self.labels = labels
        self.templates = templates
        self.transition: Floats = np.asarray(arrays["transition"], dtype=np.float64)
        self._tables = tuple(self._compile(arrays))

    def lawful(self) -> CompiledCrf:
        """Give the same tagger with no way from a label to one that cannot follow it."""
        other = copy(self)
        allowed = np.array([[follows(before, after) for after in self.labels] for before in self.labels])
        other.transition = self.transition - BARRED * ~allowed
        return other

    def _compile(self, arrays: Mapping[str, npt.NDArray[np.generic]]) -> list[_ShapeTable]:
        template = np.asarray(arrays["template"], dtype=np.int64)
        number = np.asarray(arrays["number"], dtype=np.int64)
        label = np.asarray(arrays["label"], dtype=np.int64)
        weight = np.asarray(arrays["weight"], dtype=np.float64)
        places: dict[Shape, list[tuple[int, int]]] = {}
        for at, parts in enumerate(self.templates.templates):
            shape, shift = shape_of(parts)
            places.setdefault(shape, []).append((at, shift))
        out = []
        for shape, members in places.items():
            mine = np.isin(template, [at for at, _ in members])
            known = np.unique(number[mine])
            tables = []
            for at, shift in members:
                here = template == at
                table = np.zeros((len(known) + 1, len(self.labels)))
                table[np.searchsorted(known, number[here]) + 1, label[here]] = weight[here]
                tables.append((shift, table))
            size = int(np.prod([self.templates.channels[name] for name, _ in shape], dtype=np.float64))
            direct = None
            if size <= DIRECT:
                direct = np.zeros(size, dtype=np.int32)
                direct[known] = np.arange(1, len(known) + 1)
            out.append(_ShapeTable(shape, known, direct, tuple(tables)))
        return out

    def emissions(self, laid: Laid) -> Floats:
        """Sum of the weights of all features of every unit, shape (n_units, n_labels)."""
        size = len(laid.channels["char"])
        total = np.zeros((size, len(self.labels)))
        found = np.empty_like(total)
        for table in self._tables:
            rows = table.rows(numbers(laid, table.shape, self.templates))
            for shift, weights in table.tables:
                left, right = max(-shift, 0), size - max(shift, 0)  # beyond the ends nothing has a weight
                there = found[: right - left]
                np.take(weights, rows[left + shift : right + shift], axis=0, out=there, mode="clip")
                total[left:right] += there
        return total

    def decode(self, laid: Laid, emissions: Floats | None = None) -> list[Ints]:
        """Best labels of every passage, as places in `labels`; `emissions` spares computing them again."""
        emissions = self.emissions(laid) if emissions is None else emissions
        order = np.argsort(-laid.lengths, kind="stable")
        lengths = laid.lengths[order]
        starts = laid.starts[order]
        longest = int(lengths[0]) if len(lengths) else 0
        in_step = np.searchsorted(-lengths, -np.arange(longest), side="left")  # passages that go on so far
        places = np.concatenate(([0], np.cumsum(in_step)))  # of each step, one unit a passage, in what follows
        steps = np.repeat(np.arange(longest), in_step)
        emitted = emissions[starts[np.arange(len(steps)) - places[steps]] + steps]
        back = np.zeros(emitted.shape, dtype=np.intp)
        moves = np.ascontiguousarray(self.transition.T)
        paths = np.empty((len(lengths), *moves.shape))  # of each passage, to each label, from each label
        score = emissions[starts]
        bounds = places.tolist()
        for left, right in zip(bounds[1:-1], bounds[2:], strict=True):
            best, all_paths = score[: right - left], paths[: right - left]
            np.add(best[:, None, :], moves, out=all_paths)
            all_paths.argmax(axis=2, out=back[left:right])
            np.maximum.reduce(all_paths, axis=2, out=best)
            np.add(best, emitted[left:right], out=best)
        last = score.argmax(axis=1).tolist() if len(lengths) else []
        out: list[Ints] = [np.zeros(0, dtype=np.int64)] * len(lengths)
        flat = back.reshape(-1).data
        for column, (passage, length) in enumerate(zip(order.tolist(), lengths.tolist(), strict=True)):
            out[passage] = self._back(flat, bounds, column, length, last[column])
        return out

    def _back(self, back: memoryview, bounds: list[int], column: int, length: int, label: int) -> Ints:
        """Go back from the last label of a passage, by what was the best way to each label of each unit."""
        path = [label]
        for step in range(length - 1, 0, -1):
            label = back[(bounds[step] + column) * len(self.labels) + label]
            path.append(label)
        path.reverse()
        return np.array(path, dtype=np.int64)

    def certainty(self, laid: Laid, emissions: Floats, paths: Sequence[Ints], chosen: Sequence[int]) -> list[Floats]:
        """Probability of the given label of every unit, for some passages.

        Parameters
        ----------
        laid : Laid
        emissions : array of float
        paths : sequence of array of int
            Labels of all passages, as `decode` gives them.
        chosen : sequence of int
            Passages to look at.

        Returns
        -------
        list of array of float
            One array for each chosen passage.
        """
        places = np.array(chosen, dtype=np.int64)
        order = np.argsort(-laid.lengths[places], kind="stable")
        out: list[Floats] = [np.zeros(0)] * len(places)
        if len(places):
            ordered = places[order]
            joint = self._posteriors(emissions, laid.starts[ordered], laid.lengths[ordered])
            for column, at in enumerate(order.tolist()):
                path = paths[places[at]]
                out[at] = joint[np.arange(len(path)), column, path]
        return out

    def _posteriors(self, emissions: Floats, starts: Ints, lengths: Ints) -> Floats:
        """Probability of every label of every unit of some passages, the longest first, shape (longest, n, n_labels).

        Forward and backward sums go through all passages in step and are scaled at every unit.
        """
        longest = int(lengths[0])
        active = np.searchsorted(-lengths, -np.arange(longest), side="left")
        inside = np.arange(longest)[:, None] < lengths[None, :]
        emission = emissions[np.where(inside, starts[None, :] + np.arange(longest)[:, None], starts[None, :])]
        weights = np.exp(emission - emission.max(axis=2, keepdims=True))
        moves = np.exp(self.transition)
        forward = np.ones_like(weights)
        backward = np.ones_like(weights)
        forward[0] = weights[0] / weights[0].sum(axis=1, keepdims=True)
        many = active.tolist()
        for t in range(1, longest):
            n = many[t]
            row = (forward[t - 1, :n] @ moves) * weights[t, :n]
            np.divide(row, np.add.reduce(row, axis=1, keepdims=True), out=forward[t, :n])
        for t in range(longest - 2, -1, -1):
            n = many[t + 1]
            row = (weights[t + 1, :n] * backward[t + 1, :n]) @ moves.T
            np.divide(row, np.add.reduce(row, axis=1, keepdims=True), out=backward[t, :n])
        joint = forward * backward
        return np.asarray(joint / joint.sum(axis=2, keepdims=True), dtype=np.float64)


def follows(before: str, after: str) -> bool:
    """Whether a label may stand behind another.

    Examples
    --------
    >>> follows("B-CAUSE", "E-CAUSE"), follows("O", "I-CAUSE"), follows("I-CAUSE", "B-INDICATOR")
    (True, False, False)
    """
    if before[0] in "OES":
        return after[0] in "OBS"
    return after[0] in "IE" and after[2:] == before[2:]


def spans_of(labels: list[str]) -> list[tuple[str, int, int]]:
    """Read spans from labels of units; a span that is not closed ends where another begins or nothing goes on.

    Examples
    --------
    >>> spans_of(["O", "B-CAUSE", "I-CAUSE", "E-CAUSE", "S-INDICATOR", "I-CAUSE", "O"])
    [('CAUSE', 1, 4), ('INDICATOR', 4, 5), ('CAUSE', 5, 6)]
    """
    out: list[tuple[str, int, int]] = []
    start, open_kind = 0, ""
    for at, label in enumerate([*labels, "O"]):
        if label == "O" and not open_kind:
            continue  # most units
        place, _, kind = label.partition("-")
        if open_kind and (kind != open_kind or place in "BSO"):
            out.append((open_kind, start, at))
            open_kind = ""
        if kind and not open_kind:
            start, open_kind = at, kind
        if open_kind and place in "ES":
            out.append((open_kind, start, at + 1))
            open_kind = ""
    return out
