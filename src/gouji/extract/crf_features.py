"""Channels -> features: each template reads some channels around a unit and gives one whole number.

The same numbers serve training, where they are written as strings for python-crfsuite (`strings`), and use, where
`crf_decoder` looks up their weights. Zero channels all around make the number zero: nothing to see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from gouji.extract.crf_channels import channels_of
from gouji.extract.crf_units import Flags, Ints, Units
from gouji.model.facts import Mention
from gouji.resources.crf_templates import CrfTemplates, Part, crf_templates

Values = TypeVar("Values", Ints, Flags)
Shape = tuple[Part, ...]
"""A template moved so that its first part is read at the unit itself."""


@dataclass(frozen=True)
class Laid:
    """Channels of a document laid out with gaps of zeros between passages.

    Attributes
    ----------
    channels : dict of str to array of int
    starts, lengths : array of int
        Of every passage, in the arrays.
    firsts : array of int
        First unit of every passage, in `Units`.
    units : array of int
        The unit that stands at each place; one more than there are in the gaps.
    """

    channels: dict[str, Ints]
    starts: Ints
    lengths: Ints
    firsts: Ints
    units: Ints

    def moved(self, name: str, distance: int) -> Ints:
        """Values of a channel as seen from `distance` units before them; many templates ask for the same."""
        known = self._moved.get((name, distance))
        if known is None:
            known = self._moved[name, distance] = moved(self.channels[name], distance)
        return known

    @cached_property
    def _moved(self) -> dict[tuple[str, int], Ints]:
        return {}


def lay(units: Units, rules: Sequence[Mention] = (), places: Sequence[tuple[int, int]] | None = None) -> Laid:
    """Lay out the channels of the passages of a document, with gaps as wide as the templates reach.

    Parameters
    ----------
    units : Units
    rules, places
        As in `channels_of`.
    """
    gap, many = crf_templates().reach, len(units.text)
    bounds = np.array(units.stretches, dtype=np.int64).reshape(-1, 2)
    firsts, lengths = bounds[:, 0], bounds[:, 1] - bounds[:, 0]
    starts = gap + np.concatenate(([0], np.cumsum(lengths + gap)))
    before = np.cumsum(lengths) - lengths
    source = np.arange(int(lengths.sum())) + np.repeat(firsts - before, lengths)
    laid = np.full(int(starts[-1]) + gap, many)
    laid[source + np.repeat(starts[:-1] - firsts, lengths)] = source
    found = channels_of(units, rules, places)
    values = np.zeros((len(found), many + 1), dtype=np.int64)
    np.stack(list(found.values()), out=values[:, :many])
    channels = dict(zip(found, values.take(laid, axis=1), strict=True))
    return Laid(channels, starts[:-1], lengths, firsts, laid)


def shape_of(template: tuple[Part, ...]) -> tuple[Shape, int]:
    """Shape of a template, and how far it is moved.

    Examples
    --------
    >>> shape_of((("char", -2), ("char", -1)))
    ((('char', 0), ('char', 1)), -2)
    """
    first = template[0][1]
    return tuple((name, distance - first) for name, distance in template), first


def numbers(laid: Laid, shape: Shape, templates: CrfTemplates) -> Ints:
    """Give the number that a shape reads at every place; places near the ends see zeros beyond them."""
    out = np.zeros(len(next(iter(laid.channels.values()))), dtype=np.int64)
    for name, distance in shape:
        out *= templates.channels[name]
        out += laid.moved(name, distance)
    return out


def moved(values: Values, distance: int) -> Values:
    """Values as seen from `distance` units before them, zeros from beyond the ends.

    Examples
    --------
    >>> moved(np.array([1, 2, 3]), 1).tolist(), moved(np.array([1, 2, 3]), -1).tolist()
    ([2, 3, 0], [0, 1, 2])
    """
    if not distance:
        return values
    out = np.zeros_like(values)
    if distance > 0:
        out[:-distance] = values[distance:]
    else:
        out[-distance:] = values[:distance]
    return out


def strings(laid: Laid, templates: CrfTemplates, used: Sequence[int] | None = None) -> list[list[list[str]]]:
    """Features as python-crfsuite wants them: for every passage, for every unit, a list of strings.

    Parameters
    ----------
    laid : Laid
    templates : CrfTemplates
    used : sequence of int, optional
        Places of the templates to use, all if not given.
    """
    columns: list[list[str]] = []
    for at in range(len(templates.templates)) if used is None else used:
        shape, shift = shape_of(templates.templates[at])
        values = moved(numbers(laid, shape, templates), shift)
        columns.append([f"{at}:{value}" for value in values.tolist()])
    rows = list(map(list, zip(*columns, strict=True)))
    return [rows[s : s + n] for s, n in zip(laid.starts.tolist(), laid.lengths.tolist(), strict=True)]
