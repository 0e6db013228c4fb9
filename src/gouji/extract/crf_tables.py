"""Weights of a trained model as few tables, each of which answers many templates with one look.

A template reads some channels around a unit. Templates with few values are put together: one table holds, for every
combination of the values that any of them reads, the sum of their weights. Templates with many values (characters)
keep a table of the combinations that were learned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gouji.extract.crf_features import Laid, Shape, shape_of
from gouji.extract.crf_units import Floats, Ints
from gouji.resources.crf_templates import CrfTemplates, Part

FULL = 1 << 14
"""Templates are put together as long as their table has at most so many rows."""

DIRECT = 1 << 21
"""So many numbers at most are looked up in a table of all of them, more among those that are known."""


@dataclass(frozen=True)
class _Channels:
    """The values of every channel that any template knows, numbered anew; all others are one value.

    `new` gives the new number of every value, `sizes` how many there are.
    """

    new: dict[str, Ints]
    sizes: dict[str, int]

    def many(self, parts: Sequence[Part]) -> int:
        """Give the number of combinations of what some parts read."""
        out = 1
        for name, _ in parts:
            out *= self.sizes[name]
        return out


@dataclass(frozen=True)
class _Learned:
    """What a model has learned of one template: a row of values, one a part, a label and a weight for each feature."""

    parts: Shape
    values: Ints
    labels: Ints
    weights: Floats


@dataclass(frozen=True)
class _Known:
    """Known numbers in order, each found by its place plus one; any other number is zero."""

    numbers: Ints
    direct: npt.NDArray[np.unsignedinteger[Any]] | None

    @classmethod
    def of(cls, numbers: Ints, size: int) -> _Known:
        """Take down numbers, all of them smaller than `size`."""
        numbers = np.unique(numbers)
        direct = None
        if size <= DIRECT:
            direct = np.zeros(size, dtype=np.min_scalar_type(len(numbers)))  # small: it is read all over
            direct[numbers] = np.arange(1, len(numbers) + 1)
        return cls(numbers, direct)

    def places(self, numbers: Ints) -> Ints:
        if self.direct is not None:
            return self.direct.take(numbers).astype(np.int64)
        if not len(self.numbers):
            return np.zeros_like(numbers)
        at = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        return np.where(self.numbers[at] == numbers, at + 1, 0)


@dataclass(frozen=True)
class _Step:
    """How one more part makes the number of a shape: it takes the place of the last digit, of `size` values.

    `known`: the number so far is first replaced by its place among those known, lest it grow too large.
    """

    name: str
    distance: int
    size: int
    known: _Known | None


@dataclass(frozen=True)
class _Table:
    """Weights of a shape, a table for each place that the shape is read at.

    `known` gives the row of a number; without it the number is the row.
    """

    steps: tuple[_Step, ...]
    known: _Known | None
    weights: tuple[tuple[int, Floats], ...]

    def rows(self, channels: Mapping[str, Ints], size: int) -> Ints:
        """Rows of all units but the last ones, from which the shape would look beyond the end."""
        size -= self.steps[-1].distance
        number: Ints = channels[self.steps[0].name][:size]
        for step in self.steps[1:]:
            number = number if step.known is None else step.known.places(number)
            number = number * step.size
            number += channels[step.name][step.distance : step.distance + size]
        return number if self.known is None else self.known.places(number)


class WeightTables:
    """The weights of all features of a model.

    Parameters
    ----------
    arrays : mapping of str to array
        ``template``, ``number``, ``label``, ``weight``: one entry a feature.
    labels : int
        Number of labels.
    templates : CrfTemplates
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]], labels: int, templates: CrfTemplates) -> None:
        self.labels = labels
        self.reach = templates.reach
        learned, self._channels = _renumbered(_learned(arrays, templates), templates.channels)
        small = [each for each in learned if self._channels.many(each.parts) <= FULL]
        large = [each for each in learned if self._channels.many(each.parts) > FULL]
        self._tables = (*self._full(small), *self._sparse(large))

    def sums(self, laid: Laid) -> Floats:
        """Sum of the weights of all features of every unit, shape (n_units, n_labels); zero in the gaps at the ends."""
        size = len(laid.channels["char"])
        total = np.zeros((size, self.labels))
        inner = total[self.reach : size - self.reach]
        found = np.empty_like(inner)
        channels = {name: new.take(laid.channels[name]) for name, new in self._channels.new.items()}
        for table in self._tables:
            rows = table.rows(channels, size)
            for shift, weights in table.weights:
                first = self.reach + shift
                weights.take(rows[first : first + len(inner)], 0, found, "clip")
                inner += found
        return total

    def _full(self, learned: Sequence[_Learned]) -> list[_Table]:
        """Put templates together, each to those that it makes the least larger."""
        many = self._channels.many
        groups: list[tuple[set[Part], list[_Learned]]] = []
        for each in sorted(learned, key=lambda each: (-many(each.parts), each.parts)):
            fitting = [group for group in groups if many([*group[0].union(each.parts)]) <= FULL]
            if fitting:
                group = min(fitting, key=lambda group: many([*group[0].union(each.parts)]) / many([*group[0]]))
                group[0].update(each.parts)
                group[1].append(each)
            else:
                groups.append((set(each.parts), [each]))
        return [self._full_table(sorted(parts, key=_by_distance), members) for parts, members in groups]

    def _full_table(self, parts: list[Part], members: list[_Learned]) -> _Table:
        total = np.zeros((*(self._channels.sizes[name] for name, _ in parts), self.labels))
        for each in members:
            mine = [part for part in parts if part in each.parts]
            sizes = [self._channels.sizes[name] if (name, at) in mine else 1 for name, at in parts]
            own = np.zeros((*sizes, self.labels))
            at = [each.values[:, each.parts.index(part)] if part in mine else 0 for part in parts]
            own[(*at, each.labels)] = each.weights
            total += own
        shape, shift = shape_of(tuple(parts))
        steps = tuple(_Step(name, at, self._channels.sizes[name], None) for name, at in shape)
        return _Table(steps, None, ((shift, total.reshape(-1, self.labels)),))

    def _sparse(self, learned: Sequence[_Learned]) -> list[_Table]:
        """Keep one table of known rows for each shape, wherever it is read."""
        shapes: dict[Shape, list[tuple[int, _Learned]]] = {}
        for each in learned:
            order = sorted(range(len(each.parts)), key=lambda at: _by_distance(each.parts[at]))
            shape, shift = shape_of(tuple(each.parts[at] for at in order))
            sorted_ = _Learned(shape, each.values[:, order], each.labels, each.weights)
            shapes.setdefault(shape, []).append((shift, sorted_))
        return [self._sparse_table(shape, members) for shape, members in shapes.items()]

    def _sparse_table(self, shape: Shape, members: list[tuple[int, _Learned]]) -> _Table:
        values = np.concatenate([each.values for _, each in members])
        numbers, size, steps = values[:, 0], self._channels.sizes[shape[0][0]], []
        for column, (name, distance) in enumerate(shape):
            known, more = None, self._channels.sizes[name]
            if column:
                if size * more > DIRECT:
                    known = _Known.of(numbers, size)
                    numbers, size = known.places(numbers), len(known.numbers) + 1
                numbers, size = numbers * more + values[:, column], size * more
            steps.append(_Step(name, distance, more, known))
        last = _Known.of(numbers, size)
        rows = np.split(last.places(numbers), np.cumsum([len(each.values) for _, each in members])[:-1])
        weights = []
        for (shift, each), row in zip(members, rows, strict=True):
            table = np.zeros((len(last.numbers) + 1, self.labels))
            table[row, each.labels] = each.weights
            weights.append((shift, table))
        return _Table(tuple(steps), last, tuple(weights))


def _by_distance(part: Part) -> tuple[int, str]:
    return part[1], part[0]


def _learned(arrays: Mapping[str, npt.NDArray[Any]], templates: CrfTemplates) -> list[_Learned]:
    """Take the numbers of features apart again into the values that their templates read."""
    template = np.asarray(arrays["template"], dtype=np.int64)
    out = []
    for at, parts in enumerate(templates.templates):
        here = template == at
        number = np.asarray(arrays["number"], dtype=np.int64)[here]
        values = np.zeros((len(number), len(parts)), dtype=np.int64)
        for column in range(len(parts) - 1, -1, -1):
            number, values[:, column] = np.divmod(number, templates.channels[parts[column][0]])
        label = np.asarray(arrays["label"], dtype=np.int64)[here]
        weight = np.asarray(arrays["weight"], dtype=np.float64)[here]
        if len(values):
            out.append(_Learned(parts, values, label, weight))
    return out


def _renumbered(learned: Sequence[_Learned], sizes: Mapping[str, int]) -> tuple[list[_Learned], _Channels]:
    """Give the values of channels new numbers, so that those which nothing was learned of take no place in tables."""
    values: dict[str, list[Ints]] = {}
    for each in learned:
        for column, (name, _) in enumerate(each.parts):
            values.setdefault(name, []).append(each.values[:, column])
    new: dict[str, Ints] = {}
    many: dict[str, int] = {}
    for name, columns in values.items():
        known = np.unique(np.concatenate(columns))
        others = int(len(known) < sizes[name])  # 0 stands for what is not known
        new[name] = np.zeros(sizes[name], dtype=np.int64)
        new[name][known] = np.arange(others, len(known) + others)
        many[name] = len(known) + others
    out = [
        _Learned(
            each.parts,
            np.stack([new[name][each.values[:, column]] for column, (name, _) in enumerate(each.parts)], axis=1),
            each.labels,
            each.weights,
        )
        for each in learned
    ]
    return out, _Channels(new, many)
