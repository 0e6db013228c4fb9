"""Best labels and sums of weights against the plain way to them."""

from __future__ import annotations

import numpy as np
import pytest

from gouji.extract import crf_paths, crf_tables
from gouji.extract.crf_features import lay, numbers, shape_of
from gouji.extract.crf_paths import best_labels
from gouji.extract.crf_tables import WeightTables
from gouji.extract.crf_units import Floats, Ints, units_of
from gouji.extract.figures import tag_figures
from gouji.model.document import Document
from gouji.resources.crf_templates import crf_templates

LENGTHS = np.array([1, 32, 33, 200, 3, 97, 513])


def plain(emissions: Floats, transition: Floats) -> list[int]:
    """Best labels of one sequence, one unit after the other."""
    score, back = emissions[0], []
    for emitted in emissions[1:]:
        ways = score[:, None] + transition
        back.append(ways.argmax(axis=0))
        score = ways.max(axis=0) + emitted
    path = [int(score.argmax())]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    return path[::-1]


@pytest.mark.parametrize(
    ("sticky", "again"),
    [(0.0, False), (1.0, False), (40.0, True)],  # the last: labels that nearly never change remember where they began
)
def test_sequences_in_pieces_get_the_labels_that_they_get_whole(
    sticky: float, again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.default_rng(7)
    transition = random.normal(size=(5, 5)) + sticky * np.eye(5)
    starts = 4 + np.cumsum(LENGTHS + 3) - LENGTHS - 3
    emissions = random.normal(size=(int(LENGTHS.sum()) + 3 * len(LENGTHS) + 8, 5))
    alone = []
    through = crf_paths._plain
    monkeypatch.setattr(crf_paths, "_plain", lambda *a: (alone.append(len(a[0])), through(*a))[1])
    found = best_labels(emissions, transition, starts, LENGTHS)
    assert found.tolist() == [
        label
        for start, length in zip(starts.tolist(), LENGTHS.tolist(), strict=True)
        for label in plain(emissions[start : start + length], transition)
    ]
    assert bool(alone) is again


def test_no_sequences_have_no_labels() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert best_labels(np.zeros((6, 2)), np.zeros((2, 2)), none, none).tolist() == []


@pytest.mark.parametrize(("full", "direct"), [(1 << 14, 1 << 21), (1, 1 << 21), (1 << 14, 64), (1, 1)])
def test_tables_sum_the_weights_of_all_templates(
    full: int, direct: int, dev_document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crf_tables, "FULL", full)
    monkeypatch.setattr(crf_tables, "DIRECT", direct)
    templates, random = crf_templates(), np.random.default_rng(3)
    laid = lay(units_of(dev_document, tag_figures(dev_document)))
    inside = np.repeat(laid.starts - np.cumsum(laid.lengths) + laid.lengths, laid.lengths)
    inside += np.arange(len(inside))
    wanted = np.zeros((len(inside), 2))
    learned: list[tuple[int, int, int, float]] = []
    for at, parts in enumerate(templates.templates):
        shape, shift = shape_of(parts)
        seen: Ints = numbers(laid, shape, templates)[inside + shift]
        for number in random.choice(np.unique(seen), 40).tolist():
            for label in range(2):
                weight = float(random.normal())
                if not any((at, number, label) == entry[:3] for entry in learned[-90:]):
                    learned.append((at, number, label, weight))
                    wanted[seen == number, label] += weight
    columns = [np.array(column) for column in zip(*learned, strict=True)]
    arrays = dict(zip(("template", "number", "label", "weight"), columns, strict=True))
    found = WeightTables(arrays, 2, templates).sums(laid)[inside]
    assert found == pytest.approx(wanted, abs=1e-12)
    assert np.count_nonzero(found) > len(found)
