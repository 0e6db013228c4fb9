"""How the tagger that works alone gains by generated documents: 0, 100, 1,000, 10,000.

    python benchmarks/learning_curve.py [--sizes 0,100,1000,10000] [--folds 3]

Without ``--folds`` one split: fitted on the shipped documents of the split ``dev`` and on generated ones, scored on the
split ``test`` and on four other regions. With ``--folds`` grouped cross-validation over all annotated documents. Of
each generated document a fixed number of passages is drawn (`gouji.training.draw`), and they are made, written down as
features and forgotten one after the other, so that ten thousand fit into memory. Means of F1 over documents, 95 %
intervals by resampling documents; beside them what fitting took.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from gouji.corpus.generate import collection
from gouji.evaluate.evaluation import Evaluation, means
from gouji.evaluate.statistics import Estimate
from gouji.extract import number
from gouji.extract.crf_decoder import CompiledCrf
from gouji.extract.crf_tagger import tag_learned
from gouji.resources.crf_templates import crf_templates
from gouji.training.crf_fit import CrfParameters, fit_crf
from gouji.training.crossval import KINDS, folds, scored
from gouji.training.draw import Draw, drawn
from gouji.training.examples import Example, Sequences, corpus, example, generated, sequences

ROOT = Path(__file__).parents[1]
BESIDE = [ROOT.parent / "shared" / "corpora" / "real"]
SEED = 7
ROWS = ("CAUSE span", "CAUSE characters", "INDICATOR span")


class Stream:
    """Passages of generated documents, made anew each time; counts what it gave."""

    def __init__(self, docs: int, draw: Draw) -> None:
        self.docs, self.draw = docs, draw
        self.passages = self.units = 0

    def __iter__(self) -> Iterator[Sequences]:
        self.passages = self.units = 0
        for report in collection(SEED, self.docs):
            part = drawn(sequences(generated(report), KINDS), self.draw)
            self.passages += len(part.labels)
            self.units += int(part.laid.lengths.sum())
            yield part


def material(own: Sequence[Sequences], stream: Stream) -> Iterator[Sequences]:
    """Annotated documents, then generated ones."""
    yield from own
    yield from stream


def fitted(own: Sequence[Sequences], stream: Stream, parameters: CrfParameters) -> CompiledCrf:
    """Fit the tagger that works alone."""
    return fit_crf(material(own, stream), KINDS, parameters, used=crf_templates().places({"rules"})).compiled()


def evaluation(source: Example, model: CompiledCrf) -> Evaluation:
    """Score one document."""
    return scored(source, number([*source.figures, *tag_learned(source.document, source.figures, model)]))


def shown(value: Estimate) -> str:
    """Write a mean with its interval."""
    return f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]" if value.low is not None else f"{value.value:.3f}"


def line(stream: Stream, found: Sequence[Evaluation], start: float) -> str:
    """One line of the table."""
    values = means(found)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    cells = [f"{stream.docs:,}", f"{stream.passages:,}", *(shown(values[r]) for r in ROWS)]
    return "| " + " | ".join([*cells, f"{(time.process_time() - start) / 60:.1f}", f"{memory:.1f}"]) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=lambda s: [int(n) for n in s.split(",")], default=[0, 100, 1000, 10000])
    parser.add_argument("--folds", type=int, default=0, help="grouped folds over all annotated documents")
    parser.add_argument("--explaining", type=int, default=Draw().explaining, help="passages with an explanation")
    parser.add_argument("--others", type=int, default=Draw().others, help="passages without one")
    arguments = parser.parse_args()
    parameters = CrfParameters()
    if arguments.folds:
        examples = corpus(ROOT, None, BESIDE)
        splits = folds(examples, arguments.folds)
    else:
        dev, test = corpus(ROOT, "dev"), corpus(ROOT, "test")
        regions = sorted((ROOT / "tests" / "data" / "regions").glob("*.txt"))
        examples = [*dev, *test, *(example(p, p.with_suffix(".gold.json")) for p in regions)]
        splits = [(list(range(len(dev))), list(range(len(dev), len(examples))))]
    own = [sequences(e, KINDS) for e in examples]
    print("| generated documents | passages of them | " + " | ".join(ROWS) + " | minutes of one core | GB |")
    print("|---:|---:|" + "---|" * len(ROWS) + "---:|---:|", flush=True)
    for docs in arguments.sizes:
        start = time.process_time()
        stream = Stream(docs, Draw(arguments.explaining, arguments.others))
        found: list[Evaluation] = []
        for fit, held in splits:
            model = fitted([own[i] for i in fit], stream, parameters)
            found += [evaluation(examples[i], model) for i in held]
            print(time.strftime("%H:%M:%S"), docs, "generated documents", file=sys.stderr, flush=True)
        print(line(stream, found, start), flush=True)


if __name__ == "__main__":
    main()
