"""A fixed number of passages of each generated document, by lot: those that explain something first.

Generated documents repeat themselves where nothing is explained. With some passages of each, ten thousand documents
are as much text as two thousand whole ones, and hold more different explanations.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from gouji.model.facts import Label
from gouji.resources.crf_templates import crf_templates, span_labels
from gouji.training.examples import Sequences

KINDS = crf_templates().label_sets["shipped"]
EXPLAINED = [at for at, name in enumerate(span_labels(KINDS)) if name.endswith(f"-{Label.CAUSE}")]
"""Labels of the first kind; of another set of labels it is that one's first kind that comes first."""


@dataclass(frozen=True, slots=True)
class Draw:
    """How many passages of a document are drawn: with an explanation, and without one."""

    explaining: int = 6
    others: int = 3


def part_of(source: Sequences, places: Sequence[int]) -> Sequences:
    """Keep only some passages of a document."""
    chosen = np.array(places, dtype=np.int64)
    laid = replace(
        source.laid,
        starts=source.laid.starts[chosen],
        lengths=source.laid.lengths[chosen],
        firsts=source.laid.firsts[chosen],
    )
    return replace(source, laid=laid, labels=tuple(source.labels[i] for i in places))


def drawn(source: Sequences, draw: Draw) -> Sequences:
    """Draw passages of a document; the same document gives the same ones."""
    order = list(range(len(source.labels)))
    random.Random(f"gouji-draw-{source.name}").shuffle(order)
    told = {at for at in order if np.isin(source.labels[at], EXPLAINED).any()}
    first = [at for at in order if at in told][: draw.explaining]
    rest = [at for at in order if at not in told][: draw.others]
    return part_of(source, sorted([*first, *rest]))
