"""Agreement between two annotators of the same documents.

* F1 of spans, of each label and of all, either annotator being the other's gold (F1 does not mind which);
* Cohen's kappa on characters: inside or outside a span of the label, and over all labels by the set of labels that a
  character has (Cohen 1960);
* Krippendorff's alpha, nominal, on the type of indicators, the main category of causes, and measure, base and direction
  of facts, over the spans that both marked (Krippendorff 2004);
* gamma, for spans and labels together (Mathet et al. 2015), where pygamma-agreement is installed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gouji.errors import AnnotationError
from gouji.evaluate.score import Score
from gouji.evaluate.sides import Data, Side
from gouji.evaluate.spans import LABELS, span_scores
from gouji.evaluate.statistics import Estimate, counts_of, estimate

CHOICES = ("type", "main category", "measure", "base", "direction")


@dataclass(frozen=True)
class Agreement:
    """Agreement over documents.

    `f1` and `characters` by label, ``all`` among them; `choices` alpha by attribute with the number of spans both
    marked, alpha None where all values are the same or there are none. `gamma` is None where it was not asked for.
    """

    documents: int
    f1: dict[str, Estimate] = field(default_factory=dict)
    kappa: dict[str, float | None] = field(default_factory=dict)
    alpha: dict[str, tuple[float | None, int]] = field(default_factory=dict)
    gamma: float | None = None


def agreement(pairs: Sequence[tuple[Data, Data]], *, gamma: bool = False) -> Agreement:
    """Agreement of two annotators.

    Parameters
    ----------
    pairs : sequence of (mapping, mapping)
        The two annotations of each document, in the contract's shape.
    gamma : bool
        Whether to compute gamma too.

    Raises
    ------
    AnnotationError
        If two annotations are not of the same document, carry no offsets, or gamma's library is not installed.
    """
    both = [_sides(*pair) for pair in pairs]
    rows: dict[str, list[Score]] = {}
    for left, right in both:
        scores = span_scores(left, right)
        for label in LABELS:
            rows.setdefault(label, []).append(scores[f"{label} span"])
        rows.setdefault("all", []).append(scores["mentions strict"])
    used = {label: scores for label, scores in rows.items() if any(s.gold + s.predicted for s in scores)}
    f1 = {label: estimate(counts_of(scores)) for label, scores in used.items()}
    kappas = {label: _character_kappa(both, (label,)) for label in LABELS if label in f1}
    kappas["all"] = _character_kappa(both, LABELS)
    alphas = {name: _alpha([pair for one in both for pair in _choices(name, *one)]) for name in CHOICES}
    return Agreement(len(pairs), f1, kappas, alphas, _gamma(both) if gamma else None)


def kappa(pairs: Counter[tuple[Any, Any]]) -> float | None:
    """Cohen's kappa of counted pairs of nominal codes; None where chance alone would agree on everything.

    Examples
    --------
    >>> kappa(Counter({("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15}))
    0.4
    """
    total = pairs.total()
    if not total:
        return None
    left, right = Counter[Any](), Counter[Any]()
    for (a, b), count in pairs.items():
        left[a] += count
        right[b] += count
    observed = sum(count for (a, b), count in pairs.items() if a == b) * total
    expected = sum(left[code] * right[code] for code in left)
    return None if expected == total * total else (observed - expected) / (total * total - expected)


def _sides(one: Data, other: Data) -> tuple[Side, Side]:
    ours, theirs = one["document"], other["document"]
    if ours["sha256"] != theirs["sha256"]:
        raise AnnotationError(f"{ours['name']}、{theirs['name']}: 两份标注不是同一份文件的。")
    if any("start" not in m for side in (one, other) for m in side["mentions"]):
        raise AnnotationError(f"{ours['name']}: 标注没有字符位置，不能计算一致性。")
    return Side(one, offsets=True), Side(other, offsets=True)


def _character_kappa(both: Sequence[tuple[Side, Side]], labels: Sequence[str]) -> float | None:
    pairs: Counter[tuple[frozenset[str], frozenset[str]]] = Counter()
    for left, right in both:
        length = max(int(side.data["document"].get("length") or 0) for side in (left, right))
        ours, theirs = _labels(left, labels), _labels(right, labels)
        marked = ours.keys() | theirs.keys()
        for i in marked:
            pairs[ours.get(i, frozenset()), theirs.get(i, frozenset())] += 1
        pairs[frozenset(), frozenset()] += max(0, length - len(marked))
    return kappa(pairs)


def _labels(side: Side, labels: Sequence[str]) -> dict[int, frozenset[str]]:
    """Give the labels of every character that has one."""
    out: dict[int, frozenset[str]] = {}
    for m in side.data["mentions"]:
        if m["label"] in labels:
            for i in range(m["start"], m["end"]):
                out[i] = out.get(i, frozenset()) | {m["label"]}
    return out


def _choices(name: str, left: Side, right: Side) -> Iterator[tuple[str, str]]:
    """Pairs of values of an attribute, over spans that both marked."""
    ours, theirs = _values(name, left), _values(name, right)
    return ((ours[key], theirs[key]) for key in ours if key in theirs)


def _values(name: str, side: Side) -> dict[Any, str]:
    if name == "type":
        return {side.key(m): str(m["type"]) for m in side.labelled("INDICATOR") if m.get("type")}
    if name == "main category":
        causes = [c for c in side.data["causes"] if c["span"] in side.mentions and c.get("categories")]
        return {side.key(side.mentions[c["span"]]): str(c["categories"][0]) for c in causes}
    facts = [f for f in side.data["facts"] if f["figure"] in side.mentions]
    return {side.key(side.mentions[f["figure"]]): str(f.get(name) or "none") for f in facts}


def _alpha(pairs: Sequence[tuple[str, str]]) -> tuple[float | None, int]:
    import krippendorff

    codes = sorted({code for pair in pairs for code in pair})
    if len(codes) < 2:
        return None, len(pairs)
    table = np.array([[codes.index(a) for a, _ in pairs], [codes.index(b) for _, b in pairs]])
    value = krippendorff.alpha(reliability_data=table, level_of_measurement="nominal", value_domain=range(len(codes)))
    return float(value), len(pairs)


def _gamma(both: Sequence[tuple[Side, Side]]) -> float:
    """Mean gamma of the documents, weighted by their spans."""
    try:
        from pyannote.core import Segment
        from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum
    except ImportError as err:
        raise AnnotationError("计算 gamma 需要 pygamma-agreement，请先运行 pip install 'gouji[gamma]'。") from err
    total = weight = 0.0
    for sides in both:
        continuum = Continuum()
        for annotator, side in zip("AB", sides, strict=True):
            continuum.add_annotator(annotator)
            for m in side.data["mentions"]:
                continuum.add(annotator, Segment(m["start"], m["end"]), m["label"])
        if not continuum.num_units:
            continue
        np.random.seed(0)  # the library draws its chance continua from numpy's global state
        result = continuum.compute_gamma(CombinedCategoricalDissimilarity(delta_empty=1.0, alpha=1.0, beta=1.0))
        total += float(result.gamma) * continuum.num_units
        weight += continuum.num_units
    if not weight:
        raise AnnotationError("两份标注都没有文本段，不能计算 gamma。")
    return total / weight
