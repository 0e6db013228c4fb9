"""A conditional random field as plain arrays, decoded by numpy for all passages of a document at once.

The arrays hold what python-crfsuite learned (`gouji.training.crf_fit` takes them out of its model). The labels are
those that python-crfsuite gives; only the way there differs: the weights of many templates are one table
(`crf_tables`), and the Viterbi recursion goes through all passages side by side (`crf_paths`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy

import numpy as np
import numpy.typing as npt

from gouji.extract.crf_features import Laid
from gouji.extract.crf_paths import best_labels
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
        allowed = np.array([[follows(before, after) for after in self.labels] for before in self.labels])
        other.transition = self.transition - BARRED * ~allowed
        return other

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
