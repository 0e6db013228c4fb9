"""Intervals, differences and corrections: by hand where small, by scipy where it has the same definition."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from gouji.evaluate.score import Score
from gouji.evaluate.statistics import compare, counts_of, estimate, holm, macro_f1, mean, micro_f1


def rows(*hits: int, of: int = 10) -> np.ndarray:
    return counts_of([Score.of(hit, predicted=of, gold=of) for hit in hits])


def test_micro_sums_counts_and_macro_averages_documents() -> None:
    # 1 of 1 and 1 of 9: micro 2/10, macro (1 + 1/9) / 2
    counts = counts_of([Score.of(1, predicted=1, gold=1), Score.of(1, predicted=9, gold=9)])
    assert micro_f1(counts[None])[0] == pytest.approx(0.2)
    assert macro_f1(counts[None])[0] == pytest.approx((1 + 1 / 9) / 2)


def test_empty_documents_count_as_in_score() -> None:
    empty, invented, missed = Score(0, 0, 0, 0), Score(0, 0, 3, 0), Score(0, 0, 0, 3)
    for score in (empty, invented, missed, Score(2, 3, 4, 5)):
        assert micro_f1(counts_of([score])[None])[0] == pytest.approx(score.f1)


def test_an_interval_is_that_of_the_percentile_bootstrap() -> None:
    values = [0.2, 0.9, 0.4, 0.8, 0.7, 0.95, 0.6]
    ours = mean(values, resamples=20_000)
    theirs = stats.bootstrap((values,), np.mean, n_resamples=20_000, method="percentile", rng=1).confidence_interval
    assert ours.value == pytest.approx(np.mean(values))
    assert (ours.low, ours.high) == (pytest.approx(theirs.low, abs=0.01), pytest.approx(theirs.high, abs=0.01))


def test_one_document_has_no_interval_and_no_documents_no_value() -> None:
    single = estimate(rows(7))
    assert (round(single.value, 9), single.documents, single.low, single.high) == (0.7, 1, None, None)
    with pytest.raises(ValueError, match="no documents"):
        estimate(rows())
    with pytest.raises(ValueError, match="no documents"):
        mean([])


def test_all_documents_alike_leave_no_width() -> None:
    found = estimate(rows(5, 5, 5))
    assert (round(found.value, 9), round(found.low or 0, 9), round(found.high or 0, 9)) == (0.5, 0.5, 0.5)


def test_a_difference_in_every_document_is_as_rare_as_it_can_be() -> None:
    # all exchanges of five documents: only "none" and "all" are as extreme, 2 of 32
    found = compare(rows(1, 2, 3, 4, 5), rows(2, 3, 4, 5, 6))
    assert found.difference == pytest.approx(0.1)
    assert found.p == pytest.approx(2 / 32)
    assert (found.low, found.high) == (pytest.approx(0.1), pytest.approx(0.1))


def test_a_system_against_itself_differs_by_nothing() -> None:
    found = compare(rows(1, 5, 9), rows(1, 5, 9))
    assert (found.difference, found.low, found.high, found.p) == (0.0, 0.0, 0.0, 1.0)


def test_randomisation_agrees_with_scipy_over_many_documents() -> None:
    chance = np.random.default_rng(3)
    first, second = chance.integers(0, 8, 30), chance.integers(2, 10, 30)
    ours = compare(rows(*map(int, first)), rows(*map(int, second)), macro_f1, resamples=5000)
    theirs = stats.permutation_test(
        (second / 10, first / 10),
        lambda a, b, axis: np.mean(a - b, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=5000,
        rng=1,
    )
    assert ours.difference == pytest.approx(theirs.statistic)
    assert ours.p == pytest.approx(theirs.pvalue, abs=0.01)


def test_systems_on_different_documents_are_not_compared() -> None:
    with pytest.raises(ValueError, match="not the same documents: 2 and 3"):
        compare(rows(1, 2), rows(1, 2, 3))


@pytest.mark.parametrize(
    ("values", "corrected"),
    [
        ([], []),
        ([0.03], [0.03]),
        # sorted .01 .02 .03 .04, times 4 3 2 1 = .04 .06 .06 .04, never falling
        ([0.04, 0.01, 0.03, 0.02], [0.06, 0.04, 0.06, 0.06]),
        ([0.5, 0.9], [1.0, 1.0]),
    ],
)
def test_holm_by_hand(values: list[float], corrected: list[float]) -> None:
    assert holm(values) == pytest.approx(corrected)
