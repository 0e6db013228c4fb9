"""What learning gives: grouped cross-validation, learning curves, ablation, cues left out, categories.

    python benchmarks/learning.py cv [--docs 60] [--folds 7]
    python benchmarks/learning.py annotated | ablation | cues | categories

Every figure is of documents that no document of the same publisher was fitted on; generated documents are fitted on and
never scored. Means over documents with 95 % intervals by resampling documents. The published report is used where its
text lies beside the project. Fitting is most of the time: a table takes from two to thirty minutes on one core.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from gouji.corpus.generate import collection
from gouji.evaluate.evaluation import Evaluation, means
from gouji.evaluate.score import Score
from gouji.evaluate.statistics import Estimate, counts_of, estimate, mean
from gouji.extract.crf_borders import best
from gouji.extract.crf_decoder import spans_of
from gouji.facts.categories import classify
from gouji.facts.learned_categories import CauseClassifier
from gouji.model.facts import Direction
from gouji.resources.crf_templates import crf_templates, span_labels
from gouji.training.categories_fit import CategoryParameters, CauseRow, Source, cause_rows, fit_categories
from gouji.training.crf_fit import CrfParameters, fit_crf
from gouji.training.crossval import KINDS, cross_validate, folds
from gouji.training.draw import Draw, drawn, part_of
from gouji.training.examples import Example, Sequences, corpus, example, generated, sequences
from gouji.training.phrases import phrase_rows

ROOT = Path(__file__).parents[1]
BESIDE = [ROOT.parent / "shared" / "corpora" / "real"]
SEED = 7
ROWS = ("CAUSE span", "CAUSE characters", "CAUSE link", "INDICATOR span", "INDICATOR span+type")
CUES = {
    "主要原因是": r"主要原因是",
    "主要原因：": r"原因(?:是)?[：:]",
    "{增减}的原因": r"(?:增加|减少|增长|下降|变动)的?(?:主要)?原因",
    "主要是": r"主要是",
    "由于、因、系、所致": r"(?:由于|因为|，因|，系|所致)",
}
Answers = dict[str, list[tuple[CauseRow, tuple[str, ...]]]]
"""Causes with the categories that each classifier gives them."""


def shown(value: Estimate) -> str:
    """Write a mean with its interval."""
    if value.low is None or value.high is None:
        return f"{value.value:.3f}"
    return f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]"


def row(name: str, found: Sequence[Evaluation], rows: Sequence[str] = ROWS) -> str:
    """One line of a table."""
    values = means(found)
    return f"| {name} | " + " | ".join(shown(values[r]) for r in rows) + " |"


def head(first: str, rows: Sequence[str] = ROWS) -> str:
    """Head of a table."""
    return f"| {first} | " + " | ".join(rows) + " |\n|" + "---|" * (len(rows) + 1)


def documents() -> list[Example]:
    """Annotated documents of all splits."""
    return corpus(ROOT, None, BESIDE)


def made(docs: int) -> list[Example]:
    """Make generated documents."""
    return [generated(report) for report in collection(SEED, docs)]


def told(text: str) -> None:
    """Say what has been done."""
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


def cv(arguments: argparse.Namespace) -> None:
    """Compare the three systems."""
    parameters = CrfParameters(rounds=arguments.rounds)
    found = cross_validate(documents(), made(arguments.docs), parameters, count=arguments.folds, told=told)
    print(head(f"{arguments.docs} generated documents"))
    for system, rows in found.items():
        print(row(system, rows))
    print()
    print("| document | " + " | ".join(found) + " |\n|" + "---|" * (len(found) + 1))
    for each in zip(*found.values(), strict=True):
        print(f"| {each[0].name} | " + " | ".join(f"{e.scores['CAUSE span'].f1:.2f}" for e in each) + " |")
    gain = [
        h.scores["CAUSE span"].f1 - r.scores["CAUSE span"].f1
        for h, r in zip(found["hybrid"], found["rules"], strict=True)
    ]
    print(f"\nCAUSE span, hybrid less rules, document by document: {shown(mean(gain))}")


def annotated(arguments: argparse.Namespace) -> None:
    """Score the tagger that works alone by the number of annotated documents it is fitted on."""
    examples, further = documents(), [drawn(sequences(e, KINDS), Draw()) for e in made(arguments.docs)]
    own = [sequences(e, KINDS) for e in examples]
    used = crf_templates().places({"rules"})
    print("| annotated documents | CAUSE F1 | INDICATOR F1 |\n|---|---|---|")
    for size in arguments.sizes:
        scores: dict[str, list[float]] = {kind: [] for kind in KINDS}
        for fit, test in folds(examples, arguments.folds):
            chosen = fit[:: max(1, len(fit) // size)][:size] if size else []
            material = [*(own[i] for i in chosen), *further]
            if not material:
                continue
            model = fit_crf(material, KINDS, CrfParameters(rounds=arguments.rounds), used=used).compiled()
            for i in test:
                _, _, paths = best(model, own[i].units, own[i].laid)
                for kind, score in span_scores(own[i], paths, model.labels).items():
                    scores[kind].append(score.f1)
        print(f"| {size} | " + " | ".join(shown(mean(scores[k])) for k in KINDS) + " |", flush=True)


def span_scores(source: Sequences, paths: Sequence[np.ndarray], labels: Sequence[str]) -> dict[str, Score]:
    """Exact spans of one document in units."""
    names = span_labels(KINDS)
    gold, found = [], []
    for at, (path, wanted) in enumerate(zip(paths, source.labels, strict=True)):
        found += [(at, *s) for s in spans_of([labels[i] for i in path.tolist()])]
        gold += [(at, *s) for s in spans_of([names[i] for i in wanted.tolist()])]
    return {k: Score.of_items([f for f in found if f[1] == k], [g for g in gold if g[1] == k]) for k in KINDS}


def ablation(arguments: argparse.Namespace) -> None:
    """Leave out one group of features at a time."""
    rows = ("CAUSE span", "CAUSE characters", "INDICATOR span")
    print(head("without", rows))
    groups = [g for g in crf_templates().groups if g != "rules"]
    for group in ("nothing", *groups):
        found = cross_validate(
            documents(), made(arguments.docs), CrfParameters(rounds=arguments.rounds), ("crf",),
            leaving_out=(group,) if group in groups else (), count=arguments.folds, told=told,
        )  # fmt: skip
        print(row(group, found["crf"], rows), flush=True)


def cues(arguments: argparse.Namespace) -> None:
    """Leave a cue out of the material; score the passages of held-out documents that have it."""
    examples = documents()
    own = [sequences(e, KINDS) for e in examples]
    further = [drawn(sequences(e, KINDS), Draw()) for e in made(arguments.docs)]
    used = crf_templates().places({"rules"})
    found: dict[tuple[str, bool], list[Score]] = {(name, without): [] for name in CUES for without in (False, True)}
    count = dict.fromkeys(CUES, 0)
    whose: dict[tuple[str, bool], list[int]] = {key: [] for key in found}
    for fit, test in folds(examples, arguments.folds):
        material = [own[i] for i in fit] + further
        whole = fit_crf(material, KINDS, CrfParameters(rounds=arguments.rounds), used=used).compiled()
        for name, pattern in CUES.items():
            cue = re.compile(pattern)
            less = [kept(s, cue, False) for s in material]
            model = fit_crf(less, KINDS, CrfParameters(rounds=arguments.rounds), used=used).compiled()
            for i, part in ((i, kept(own[i], cue, True)) for i in test):
                if part.labels:
                    count[name] += len(part.labels)
                    for without, each in ((False, whole), (True, model)):
                        _, _, paths = best(each, part.units, part.laid)
                        found[name, without].append(span_scores(part, paths, each.labels)["CAUSE"])
                        whose[name, without].append(i)
            told(f"cues {name}")
    print("| cue left out of the material | passages | CAUSE F1 with it | CAUSE F1 without it |\n|---|---|---|---|")
    for name in CUES:
        print(f"| {name} | {count[name]} | " + " | ".join(together(found[name, w]) for w in (False, True)) + " |")
    totals = []
    for without in (False, True):
        by_document: dict[int, list[Score]] = {}
        for name in CUES:
            for i, score in zip(whose[name, without], found[name, without], strict=True):
                by_document.setdefault(i, []).append(score)
        totals.append(together([added(scores) for scores in by_document.values()]))
    print(f"| all together | {sum(count.values())} | " + " | ".join(totals) + " |")


def added(scores: Sequence[Score]) -> Score:
    """Sum of the counts of one document."""
    hits, predicted, gold = (sum(getattr(s, k) for s in scores) for k in ("found", "predicted", "gold"))
    return Score.of(hits, predicted=predicted, gold=gold)


def together(scores: Sequence[Score]) -> str:
    """F1 of the sums over documents, resampled by document: a cue is rare in any one of them."""
    return shown(estimate(counts_of(scores)))


def kept(source: Sequences, cue: re.Pattern[str], with_it: bool) -> Sequences:
    """Keep only the passages that have a cue, or only those that have it not."""
    bounds = zip(source.laid.firsts.tolist(), source.laid.lengths.tolist(), strict=True)
    places = [
        at
        for at, (first, length) in enumerate(bounds)
        if (cue.search(source.units.text, first, first + length) is not None) is with_it
    ]
    return part_of(source, places)


def categories(arguments: argparse.Namespace) -> None:
    """Compare the classifiers on the gold spans of causes."""
    examples = documents()
    by_name = {e.name: cause_rows(e) for e in examples}
    further = [r for e in made(arguments.docs) for r in cause_rows(e, Source.GENERATED)] + phrase_rows(ROOT)
    told_by: Answers = {k: [] for k in ("rules", "learned", "combined")}
    for fit, test in folds(examples, arguments.folds):
        rows = [r for i in fit for r in by_name[examples[i].name]] + further
        model = CauseClassifier(fit_categories(rows, CategoryParameters()))
        for i in test:
            judge(model, by_name[examples[i].name], told_by)
    table("annotated documents, grouped folds", told_by)
    unseen = sorted((ROOT / "tests" / "data" / "regions").glob("*.txt"))
    rows = [r for e in corpus(ROOT, "dev") for r in cause_rows(e)] + further
    model = CauseClassifier(fit_categories(rows, CategoryParameters()))
    told_by = {k: [] for k in told_by}
    for path in unseen:
        judge(model, cause_rows(example(path, path.with_suffix(".gold.json"))), told_by)
    table("documents of four other regions, fitted on the split dev", told_by)


def judge(
    model: CauseClassifier, rows: Sequence[CauseRow], out: dict[str, list[tuple[CauseRow, tuple[str, ...]]]]
) -> None:
    """Classify causes by each of the classifiers."""
    for r in rows:
        out["rules"].append((r, classify(r.text, [Direction(d) for d in r.directions])))
        out["learned"].append((r, model.classify(r.text, r.directions)))
        out["combined"].append((r, model.beside_rules(r.text, r.directions)))


def table(title: str, told_by: Answers) -> None:
    """Print accuracy of the main category, its macro F1, and F1 over all categories."""
    count = len(next(iter(told_by.values())))
    print(f"\n{title} ({count} causes)\n")
    print("| classifier | main category: accuracy | macro F1 | all categories: micro F1 |\n|---|---|---|---|")
    for name, found in told_by.items():
        groups = dict.fromkeys(r.group for r, _ in found)
        accuracy = [mean_of(p[0] == r.categories[0] for r, p in found if r.group == g) for g in groups]
        micro = mean_of(p[0] == r.categories[0] for r, p in found)
        ours = [(i, c) for i, (_, p) in enumerate(found) for c in p]
        every = Score.of_items(ours, [(i, c) for i, (r, _) in enumerate(found) for c in r.categories])
        print(f"| {name} | {micro:.3f}; over documents {shown(mean(accuracy))} | {macro(found):.3f} | {every.f1:.3f} |")


def macro(found: Sequence[tuple[CauseRow, tuple[str, ...]]]) -> float:
    """Mean F1 over the main categories that the gold has."""
    scores = []
    for code in sorted({r.categories[0] for r, _ in found}):
        hits = sum(p[0] == code == r.categories[0] for r, p in found)
        predicted, gold = sum(p[0] == code for _, p in found), sum(r.categories[0] == code for r, _ in found)
        scores.append(Score.of(hits, predicted=predicted, gold=gold).f1)
    return sum(scores) / len(scores)


def mean_of(values: Iterable[bool]) -> float:
    listed = [float(v) for v in values]
    return sum(listed) / len(listed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tables = {
        "cv": cv,
        "annotated": annotated,
        "ablation": ablation,
        "cues": cues,
        "categories": categories,
    }
    parser.add_argument("table", choices=tables)
    parser.add_argument("--docs", type=int, default=60, help="generated documents")
    parser.add_argument("--folds", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--sizes", type=lambda s: [int(n) for n in s.split(",")], default=[0, 3, 7])
    arguments = parser.parse_args()
    tables[arguments.table](arguments)


if __name__ == "__main__":
    main()
