"""A conditional random field as plain arrays, decoded by numpy for all passages of a document at once.

The arrays hold what python-crfsuite learned (`gouji.training.crf_fit` takes them out of its model). The labels are
those that python-crfsuite gives; only the way there differs: the weights of many templates are one table
(`crf_tables`), and the Viterbi recursion goes through all passages side by side (`crf_paths`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gouji.extract.crf_features import Laid
from gouji.extract.crf_paths import best_labels, marginals
from gouji.extract.crf_tables import WeightTables
from gouji.extract.crf_units import Floats, Ints
from gouji.resources.crf_templates import CrfTemplates

BARRED = 50.0
"""What is taken off the score of a way that is closed; more than any weight, and no overflow in sums of chances."""


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
        self._weights = WeightTables(arrays, len(labels), templates)

    def lawful(self) -> CompiledCrf:
        """Give the same tagger with no way from a label to one that cannot follow it."""
        other = copy(self)
        other.transition = self._lawful
        return other

    @cached_property
    def _lawful(self) -> Floats:
        allowed = np.array([[follows(before, after) for after in self.labels] for before in self.labels])
        return np.asarray(self.transition - BARRED * ~allowed, dtype=np.float64)

    def emissions(self, laid: Laid) -> Floats:
        """Sum of the weights of all features of every unit, shape (n_units, n_labels)."""
        return self._weights.sums(laid)

    def decode(self, laid: Laid, emissions: Floats | None = None) -> list[Ints]:
        """Best labels of every passage, as places in `labels`; `emissions` spares computing them again."""
        emissions = self.emissions(laid) if emissions is None else emissions
        labels = best_labels(emissions, self.transition, laid.starts, laid.lengths)
        ends = np.cumsum(laid.lengths).tolist()
        return [labels[end - length : end] for end, length in zip(ends, laid.lengths.tolist(), strict=True)]

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
        if not len(chosen):
            return []
        places = np.array(chosen, dtype=np.int64)
        joint = marginals(emissions, self.transition, laid.starts[places], laid.lengths[places])
        return [joint[np.arange(len(paths[at])), row, paths[at]] for row, at in enumerate(chosen)]


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


def spans_of(labels: Sequence[str]) -> list[tuple[str, int, int]]:
    """Read spans from labels of units, as `spans_in` does.

    Examples
    --------
    >>> spans_of(["O", "B-CAUSE", "I-CAUSE", "E-CAUSE", "S-INDICATOR", "I-CAUSE", "O"])
    [('CAUSE', 1, 4), ('INDICATOR', 4, 5), ('CAUSE', 5, 6)]
    """
    names = sorted(set(labels))
    place = {name: at for at, name in enumerate(names)}
    return spans_in(np.array([place[label] for label in labels], dtype=np.int64), names)


def spans_in(path: Ints, labels: Sequence[str]) -> list[tuple[str, int, int]]:
    """Read spans from labels of units; a span that is not closed ends where another begins or nothing goes on.

    Parameters
    ----------
    path : array of int
        Label of every unit, as a place in `labels`.
    labels : sequence of str
    """
    parts = [label.partition("-") for label in labels]
    kinds = list(dict.fromkeys(["", *(kind for _, _, kind in parts)]))
    kind = np.array([kinds.index(kind) for _, _, kind in parts], dtype=np.int64)[path]
    opens = np.array([place in "BS" for place, _, _ in parts], dtype=bool)[path]
    closes = np.array([place in "ES" for place, _, _ in parts], dtype=bool)[path]
    apart = (kind[1:] != kind[:-1]) | closes[:-1] | opens[1:]
    firsts = np.flatnonzero((kind > 0) & np.concatenate(([True], apart)))
    ends = np.flatnonzero((kind > 0) & np.concatenate((apart, [True]))) + 1
    named = [kinds[number] for number in kind[firsts].tolist()]
    return list(zip(named, firsts.tolist(), ends.tolist(), strict=True))
