"""Statistics over documents: intervals, differences between systems, corrections for many comparisons.

The unit is always the document: figures of one report share its author, its layout and its mistakes. A statistic of a
set of documents is computed anew for every resample, so micro averages (sums of counts over the documents) and macro
averages (means over the documents) are treated alike. Seeds are fixed: the same input gives the same digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gouji.evaluate.score import Score

RESAMPLES = 2000
EXCHANGES = 1 << 16
SEED = 20
Counts = npt.NDArray[np.int64]
"""Shape (n_documents, 4): found, right, predicted, gold."""
Statistic = Callable[[Counts], npt.NDArray[np.float64]]
"""From counts of shape (n_samples, n_documents, 4) to values of shape (n_samples,)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval over documents; without an interval for a single document."""

    value: float
    documents: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Difference of two systems on the same documents, second less first.

    `low` and `high` bound it in 95 % of paired resamples; `p` is the two-sided p-value of approximate randomisation,
    None where a single document leaves nothing to exchange.
    """

    difference: float
    documents: int
    low: float | None = None
    high: float | None = None
    p: float | None = None


def counts_of(scores: Sequence[Score]) -> Counts:
    """Give the counts of one row over documents."""
    return np.array([[s.found, s.right, s.predicted, s.gold] for s in scores], dtype=np.int64).reshape(-1, 4)


def micro_f1(counts: Counts) -> npt.NDArray[np.float64]:
    """F1 of the sums over documents, for every sample.

    Examples
    --------
    >>> micro_f1(np.array([[[1, 1, 2, 2], [3, 3, 3, 4]]])).round(4).tolist()
    [0.7273]
    """
    return _f1(counts.sum(axis=-2))


def macro_f1(counts: Counts) -> npt.NDArray[np.float64]:
    """Mean over documents of their F1, for every sample."""
    mean: npt.NDArray[np.float64] = _f1(counts).mean(axis=-1)
    return mean


def mean(values: Sequence[float], resamples: int = RESAMPLES) -> Estimate:
    """Mean of one number per document, with its percentile interval over resamples of the documents.

    Raises
    ------
    ValueError
        If there are no values.

    Examples
    --------
    >>> mean([0.5, 0.5, 0.5])
    Estimate(value=0.5, documents=3, low=0.5, high=0.5)
    >>> mean([0.8]).low is None
    True
    """
    if not values:
        raise ValueError("no documents")
    numbers = np.array(values, dtype=np.float64)
    if len(numbers) < 2:
        return Estimate(float(numbers.mean()), len(numbers))
    low, high = np.percentile(numbers[_draws(len(numbers), resamples)].mean(axis=-1), [2.5, 97.5])
    return Estimate(float(numbers.mean()), len(numbers), float(low), float(high))


def estimate(counts: Counts, statistic: Statistic = micro_f1, resamples: int = RESAMPLES) -> Estimate:
    """Value of a statistic with its percentile interval over resamples of the documents.

    Parameters
    ----------
    counts : Counts, shape (n_documents, 4)
    statistic : Statistic
    resamples : int

    Raises
    ------
    ValueError
        If there are no documents.
    """
    if not len(counts):
        raise ValueError("no documents")
    value = float(statistic(counts[None])[0])
    if len(counts) < 2:
        return Estimate(value, len(counts))
    draws = statistic(counts[_draws(len(counts), resamples)])
    low, high = np.percentile(draws, [2.5, 97.5])
    return Estimate(value, len(counts), float(low), float(high))


def compare(first: Counts, second: Counts, statistic: Statistic = micro_f1, resamples: int = RESAMPLES) -> Comparison:
    """Compare two systems on the same documents.

    The interval is of the paired bootstrap (Efron and Tibshirani 1993; Koehn 2004): the same resample of documents for
    both. The p-value is of approximate randomisation (Noreen 1989; Yeh 2000): the outputs of the two systems are
    exchanged document by document; all exchanges are tried up to sixteen documents, else `resamples` of them by lot,
    and the observed one is counted among those.

    Raises
    ------
    ValueError
        If the two have different numbers of documents, or none.
    """
    if len(first) != len(second) or not len(first):
        raise ValueError(f"not the same documents: {len(first)} and {len(second)}")
    difference = float(statistic(second[None])[0] - statistic(first[None])[0])
    documents = len(first)
    if documents < 2:
        return Comparison(difference, documents)
    draws = _draws(documents, resamples)
    low, high = np.percentile(statistic(second[draws]) - statistic(first[draws]), [2.5, 97.5])
    exchange = _exchanges(documents, resamples)
    ours = np.where(exchange[..., None], second[None], first[None])
    theirs = np.where(exchange[..., None], first[None], second[None])
    # an exchange of everything gives the observed difference but for the last digit of the sums
    extreme = np.abs(statistic(theirs) - statistic(ours)).round(12) >= round(abs(difference), 12)
    exact = 2**documents <= EXCHANGES
    p = float(extreme.mean()) if exact else float((extreme.sum() + 1) / (len(extreme) + 1))
    return Comparison(difference, documents, float(low), float(high), p)


def holm(values: Sequence[float]) -> list[float]:
    """p-values corrected for their number (Holm 1979): step-down, never falling, at most 1.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    out = [0.0] * len(values)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(values)), key=lambda i: values[i])):
        highest = max(highest, min(1.0, (len(values) - rank) * values[index]))
        out[index] = highest
    return out


def _f1(counts: Counts) -> npt.NDArray[np.float64]:
    """F1 from counts, with the conventions of `Score`: nothing to find and nothing predicted is 1."""
    found, right, predicted, gold = (counts[..., i].astype(np.float64) for i in range(4))
    precision = np.where(predicted > 0, right / np.maximum(predicted, 1), np.where(gold > 0, 0.0, 1.0))
    recall = np.where(gold > 0, found / np.maximum(gold, 1), 1.0)
    both = precision + recall
    result: npt.NDArray[np.float64] = np.where(both > 0, 2 * precision * recall / np.where(both > 0, both, 1.0), 0.0)
    return result


def _draws(documents: int, resamples: int) -> npt.NDArray[np.int64]:
    """Resamples of documents with replacement, shape (resamples, documents)."""
    return np.random.default_rng(SEED).integers(0, documents, size=(resamples, documents))


def _exchanges(documents: int, resamples: int) -> npt.NDArray[np.bool_]:
    """Which documents exchange the two systems, shape (n, documents): all ways, or that many by lot."""
    if 2**documents <= EXCHANGES:
        ways = np.arange(2**documents)
        every: npt.NDArray[np.bool_] = (ways[:, None] >> np.arange(documents)) & 1 == 1
        return every
    return np.random.default_rng(SEED).integers(0, 2, size=(resamples, documents)).astype(bool)
