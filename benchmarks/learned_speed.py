"""Throughput of the hybrid on one core, interleaved with python-crfsuite called plainly and with spaCy's NER.

    python benchmarks/learned_speed.py [--rounds 5] [--docs 8]

All start from a document that is read already and end with its mentions. *hybrid*: figures, rules and the compiled
tagger (`gouji.extract.extract`). *python-crfsuite*: the same figures and features written as strings, `Tagger.tag`
passage by passage. *spaCy NER*: a pipeline of `ner` alone on the same units as tokens; how well it was trained does not
matter to its speed. The rounds are interleaved in one process; ratios are of medians. Ratios travel, seconds do not.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pycrfsuite

from gouji.extract import extract
from gouji.extract.crf_decoder import CompiledCrf
from gouji.extract.crf_features import lay, strings
from gouji.extract.crf_units import units_of
from gouji.extract.figures import tag_figures
from gouji.model.document import Document
from gouji.resources.crf_templates import crf_templates
from gouji.training.crf_fit import CrfParameters, fit_crf
from gouji.training.crossval import KINDS
from gouji.training.examples import corpus, sequences

ROOT = Path(__file__).parents[1]
BESIDE = [ROOT.parent / "shared" / "corpora" / "real"]


def crfsuite(folder: Path) -> tuple[Callable[[Document], Any], CompiledCrf, Any]:
    """Tagger of python-crfsuite on the shipped documents, and the same weights compiled."""
    path = folder / "model.crfsuite"
    used = crf_templates().places({"rules"})
    material = [sequences(e, KINDS) for e in corpus(ROOT)]
    model = fit_crf(material, KINDS, CrfParameters(rounds=30), path, used).compiled()
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))

    def tag(document: Document) -> Any:
        laid = lay(units_of(document, tag_figures(document)))
        return [tagger.tag(rows) for rows in strings(laid, crf_templates(), used)]

    return tag, model, tagger


def spacy_ner() -> Callable[[Document], Any]:
    """Pipeline of spaCy's `ner` with its own defaults."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    nlp = spacy.blank("zh")
    ner = nlp.add_pipe("ner")
    for kind in KINDS:
        ner.add_label(kind)
    doc = Doc(nlp.vocab, words=list("支出减少"), spaces=[False] * 4)
    nlp.initialize(lambda: [Example.from_dict(doc, {"entities": ["O"] * 4})])

    def tag(document: Document) -> Any:
        units = units_of(document, tag_figures(document))
        texts = (units.text[a:b] for a, b in units.stretches)
        docs = (Doc(nlp.vocab, words=list(t), spaces=[False] * len(t)) for t in texts)
        return list(nlp.pipe(docs, batch_size=64))

    return tag


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--docs", type=int, default=14)
    arguments = parser.parse_args()
    documents = [e.document for e in corpus(ROOT, None, BESIDE)][: arguments.docs]
    size = sum(len(p.text) for d in documents for p in d.passages)
    with tempfile.TemporaryDirectory() as folder:
        plain, compiled, tagger = crfsuite(Path(folder))
        systems: dict[str, Callable[[Document], Any]] = {
            "hybrid": lambda d: extract(d, "hybrid"),
            "crf": lambda d: extract(d, "crf"),
            "rules": lambda d: extract(d, "rules"),
            "python-crfsuite": plain,
            "spaCy NER": spacy_ner(),
        }
        taken: dict[str, list[float]] = {name: [] for name in systems}
        decoding: dict[str, list[float]] = {"numpy": [], "crfsuite": []}
        for number in range(arguments.rounds + 1):  # the first round warms up
            for name, system in systems.items():
                start = time.process_time()
                for document in documents:
                    system(document)
                if number:
                    taken[name].append(time.process_time() - start)
            differ, compared = decode(documents, compiled, tagger, decoding if number else None)
    median = {name: statistics.median(values) for name, values in taken.items()}
    print(f"{len(documents)} documents, {size:,} characters of passages, {arguments.rounds} rounds, processor time\n")
    print("| system | characters a second | hybrid is faster by |\n|---|---:|---:|")
    for name, seconds in median.items():
        print(f"| {name} | {size / seconds:,.0f} | {seconds / median['hybrid']:.1f} |")
    numpy, crf = statistics.median(decoding["numpy"]), statistics.median(decoding["crfsuite"])
    print(f"\nDecoding alone, from the same channels: numpy {crf / numpy:.1f} times as fast as python-crfsuite;")
    print(f"{differ} of {compared} passages labelled otherwise.")


def decode(
    documents: list[Document], model: CompiledCrf, tagger: Any, out: dict[str, list[float]] | None
) -> tuple[int, int]:
    """Decode the same channels by both, with the same weights."""
    used = crf_templates().places({"rules"})
    laid = [lay(units_of(d, tag_figures(d))) for d in documents]
    start = time.process_time()
    ours = [model.decode(each) for each in laid]
    middle = time.process_time()
    theirs = [[tagger.tag(rows) for rows in strings(each, crf_templates(), used)] for each in laid]
    end = time.process_time()
    if out is not None:
        out["numpy"].append(middle - start)
        out["crfsuite"].append(end - middle)
    pairs = [
        ([model.labels[i] for i in a.tolist()], b)
        for left, right in zip(ours, theirs, strict=True)
        for a, b in zip(left, right, strict=True)
    ]
    return sum(a != b for a, b in pairs), len(pairs)


if __name__ == "__main__":
    main()
