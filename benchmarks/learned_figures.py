"""Amounts, rates and quantities by the character tagger, beside the scanner that the package reads them with.

    python benchmarks/learned_figures.py [--docs 100] [--folds 5]

For comparison only. The tagger sees characters, no figures; it is fitted for these three labels alone, because a unit
has one label and a figure inside an explanation would be lost. Grouped cross-validation over the annotated documents,
passages of generated ones in the material of every fold. Exact spans in paragraphs, headings and captions (cells hold
no mentions); means of F1 over documents, 95 % intervals by resampling documents.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from gouji.corpus.generate import collection
from gouji.evaluate.score import Score
from gouji.evaluate.statistics import Estimate, mean
from gouji.extract.crf_decoder import spans_of
from gouji.extract.crf_units import CELL, PERFORMANCE_CELL, REASON
from gouji.resources.crf_templates import crf_templates, span_labels
from gouji.training.crf_fit import CrfParameters, fit_crf
from gouji.training.crossval import folds
from gouji.training.draw import Draw, drawn
from gouji.training.examples import Sequences, corpus, generated, labelled, sequences

ROOT = Path(__file__).parents[1]
BESIDE = [ROOT.parent / "shared" / "corpora" / "real"]
SEED = 7
KINDS = crf_templates().label_sets["figures"]
CELLS = (CELL, REASON, PERFORMANCE_CELL)
Spans = set[tuple[int, str, int, int]]


def spans(source: Sequences, paths: Sequence[np.ndarray], names: Sequence[str]) -> Spans:
    """Spans outside cells, by the number of the passage."""
    return {
        (at, *span)
        for at, (path, (first, _)) in enumerate(zip(paths, source.units.stretches, strict=True))
        if int(source.units.where[first]) not in CELLS
        for span in spans_of([names[i] for i in path.tolist()])
    }


def shown(value: Estimate) -> str:
    """Write a mean with its interval."""
    return f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]" if value.low is not None else f"{value.value:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=int, default=100, help="generated documents")
    parser.add_argument("--folds", type=int, default=5)
    arguments = parser.parse_args()
    names = span_labels(KINDS)
    examples = corpus(ROOT, None, BESIDE)
    own = [sequences(e, KINDS, whole_figures=False) for e in examples]
    further = [
        drawn(sequences(generated(report), KINDS, whole_figures=False), Draw())
        for report in collection(SEED, arguments.docs)
    ]
    used = crf_templates().places({"rules"})
    found: dict[tuple[str, str], list[Score]] = {(s, k): [] for s in ("scanner", "tagger") for k in KINDS}
    for fit, test in folds(examples, arguments.folds):
        model = fit_crf([*(own[i] for i in fit), *further], KINDS, CrfParameters(), used=used).compiled()
        for i in test:
            gold = spans(own[i], own[i].labels, names)
            answers = {
                "scanner": spans(own[i], labelled(own[i].units, examples[i].figures, KINDS), names),
                "tagger": spans(own[i], model.decode(own[i].laid), model.labels),
            }
            for system, answer in answers.items():
                for kind in KINDS:
                    mine, theirs = ([s for s in each if s[1] == kind] for each in (answer, gold))
                    found[system, kind].append(Score.of_items(mine, theirs))
        print(time.strftime("%H:%M:%S"), "fold done", file=sys.stderr, flush=True)
    print("| exact spans | " + " | ".join(f"{k} ({sum(s.gold for s in found['scanner', k])})" for k in KINDS) + " |")
    print("|" + "---|" * (len(KINDS) + 1))
    for system in ("scanner", "tagger"):
        print(f"| {system} | " + " | ".join(shown(mean([s.f1 for s in found[system, k]])) for k in KINDS) + " |")


if __name__ == "__main__":
    main()
