"""Other libraries' scores where their definitions agree with ours, gold against itself, and labels at chance."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from nervaluate import Evaluator
from seqeval.metrics import f1_score
from seqeval.scheme import IOB2
from sklearn.metrics import cohen_kappa_score

from gouji.evaluate.agreement import kappa
from gouji.evaluate.evaluation import evaluate
from gouji.evaluate.sides import sides
from gouji.evaluate.spans import LABELS, span_scores

ROOT = Path(__file__).resolve().parents[2]
GOLD = sorted((ROOT / "annotations").glob("*.gold.json"))
FLAT = ("AMOUNT", "RATE", "QUANTITY", "INDICATOR")
"""Labels whose spans never overlap each other in the gold: a sequence of tags can hold them."""


def gold_of(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((ROOT / f"annotations/{name}.gold.json").read_text("utf-8"))
    return data


def disturbed(gold: dict[str, Any], seed: int) -> dict[str, Any]:
    """Mentions dropped, relabelled and cut, so that none overlaps another of its kind."""
    chance = random.Random(seed)
    mentions = []
    for m in gold["mentions"]:
        lot = chance.random()
        if lot < 0.1:
            continue
        row = dict(m)
        if lot < 0.2 and m["label"] in FLAT:
            row["label"] = chance.choice(FLAT)
        elif lot < 0.35 and m["end"] - m["start"] > 2:
            row["start"] += 1
        mentions.append(row)
    return {**gold, "mentions": mentions}


def tags(data: dict[str, Any]) -> list[str]:
    out = ["O"] * data["document"]["length"]
    for m in data["mentions"]:
        if m["label"] in FLAT:
            out[m["start"]] = f"B-{m['label']}"
            out[m["start"] + 1 : m["end"]] = [f"I-{m['label']}"] * (m["end"] - m["start"] - 1)
    return out


@pytest.mark.parametrize("name", ["henan-hospital-2023", "shanghai-culture-2023"])
@pytest.mark.parametrize("seed", [1, 2])
def test_strict_f1_is_that_of_seqeval(name: str, seed: int) -> None:
    gold = gold_of(name)
    predicted = disturbed(gold, seed)
    found = span_scores(*sides(predicted, gold))
    ours = [found[f"{label} span"] for label in FLAT]
    hits, given, wanted = sum(s.found for s in ours), sum(s.predicted for s in ours), sum(s.gold for s in ours)
    theirs = f1_score([tags(gold)], [tags(predicted)], mode="strict", scheme=IOB2)
    assert 2 * hits / (given + wanted) == pytest.approx(theirs)


@pytest.mark.parametrize("name", ["henan-hospital-2023", "fujian-district-2022"])
@pytest.mark.parametrize("label", ["AMOUNT", "INDICATOR"])
def test_one_label_agrees_with_nervaluate(name: str, label: str) -> None:
    """Of one label in one document the definitions agree; its ends are inclusive, so ours are taken less one."""
    gold = gold_of(name)
    predicted = disturbed(gold, 3)
    shown = [
        [
            [
                {"label": m["label"], "start": m["start"], "end": m["end"] - 1}
                for m in d["mentions"]
                if m["label"] == label
            ]
        ]
        for d in (gold, predicted)
    ]
    theirs = Evaluator(*shown, tags=[label]).evaluate()["overall"]
    ours = span_scores(*sides(predicted, gold))
    assert ours[f"{label} span"].f1 == pytest.approx(theirs["strict"].f1)
    assert ours[f"{label} partial"].f1 == pytest.approx(theirs["partial"].f1)
    assert ours[f"{label} type"].f1 == pytest.approx(theirs["ent_type"].f1)


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.name.removesuffix(".gold.json"))
def test_gold_against_itself_is_one(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    result = evaluate({**gold, "outcomes": []}, gold)
    assert {row: score.f1 for row, score in result.scores.items() if score.f1 != 1.0} == {}
    assert (result.values.silent, result.values.missed, result.values.invented) == (0, 0, 0)


def test_shuffled_labels_are_near_chance() -> None:
    """Labels dealt anew: a span is right as often as two draws from the labels agree."""
    gold = gold_of("henan-hospital-2023")
    share = Counter(m["label"] for m in gold["mentions"])
    expected = sum((count / share.total()) ** 2 for count in share.values())
    found = []
    for seed in range(200):
        labels = [m["label"] for m in gold["mentions"]]
        random.Random(seed).shuffle(labels)
        dealt = [{**m, "label": label} for m, label in zip(gold["mentions"], labels, strict=True)]
        found.append(span_scores(*sides({**gold, "mentions": dealt}, gold))["mentions strict"].f1)
    assert sum(found) / len(found) == pytest.approx(expected, abs=0.01)


def test_kappa_is_that_of_sklearn() -> None:
    chance = random.Random(5)
    left = [chance.choice("abc") for _ in range(300)]
    right = [one if chance.random() < 0.6 else chance.choice("abc") for one in left]
    assert kappa(Counter(zip(left, right, strict=True))) == pytest.approx(cohen_kappa_score(left, right))
    assert kappa(Counter()) is None
    assert kappa(Counter({("a", "a"): 5})) is None


def test_labels_are_all_scored() -> None:
    gold = gold_of("henan-hospital-2023")
    found = span_scores(*sides(gold, gold))
    assert {row.split()[0] for row in found} == {*LABELS, "mentions"}
