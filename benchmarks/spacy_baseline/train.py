"""Train spaCy's `ner` or `spancat` on the same units and the same folds as the character tagger; for comparison only.

    python benchmarks/spacy_baseline/train.py ner [--docs 60] [--steps 400] [--fold 0]

A unit of text is one token, so that all systems can express the same spans. One fold of the grouped cross-validation is
held out; the configurations are spaCy's own (``spacy init config --lang zh``), with fewer steps. Nothing of this is
shipped.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config

from gouji.corpus.generate import collection
from gouji.evaluate.score import Score
from gouji.extract.crf_decoder import spans_of
from gouji.resources.crf_templates import span_labels
from gouji.training.crossval import KINDS, folds
from gouji.training.examples import Sequences, corpus, generated, sequences

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BESIDE = [ROOT.parent / "shared" / "corpora" / "real"]
KEY = "sc"


def docs_of(source: Sequences, vocab: Any) -> Iterator[Doc]:
    """Passages of a document, a unit a token, with gold as entities and as spans."""
    names = span_labels(KINDS)
    for (first, end), labels in zip(source.units.stretches, source.labels, strict=True):
        doc = Doc(vocab, words=list(source.units.text[first:end]), spaces=[False] * (end - first))
        found = spans_of([names[i] for i in labels.tolist()])
        doc.ents = [Span(doc, a, b, label=kind) for kind, a, b in found]
        doc.spans[KEY] = list(doc.ents)
        yield doc


def score(nlp: Any, held: Sequence[Sequences], kind: str) -> dict[str, Score]:
    """Exact spans of each label on held-out documents."""
    gold, found = [], []
    for number, source in enumerate(held):
        wanted = list(docs_of(source, nlp.vocab))
        texts = [Doc(nlp.vocab, words=[t.text for t in doc], spaces=[False] * len(doc)) for doc in wanted]
        for at, (doc, reference) in enumerate(zip(nlp.pipe(texts), wanted, strict=True)):
            spans = doc.ents if kind == "ner" else doc.spans.get(KEY, [])
            found += [(s.label_, number, at, s.start, s.end) for s in spans]
            gold += [(s.label_, number, at, s.start, s.end) for s in reference.ents]
    return {
        label: Score.of_items([f for f in found if f[0] == label], [g for g in gold if g[0] == label])
        for label in KINDS
    }


def trained(kind: str, fit: Sequence[Sequences], held: Sequence[Sequences], steps: int) -> Any:
    """Pipeline trained on some documents."""
    vocab = spacy.blank("zh").vocab
    with tempfile.TemporaryDirectory() as folder:
        for name, part in (("train", fit), ("dev", held)):
            DocBin(docs=[d for s in part for d in docs_of(s, vocab)]).to_disk(Path(folder) / f"{name}.spacy")
        overrides = {f"paths.{name}": str(Path(folder) / f"{name}.spacy") for name in ("train", "dev")}
        config = load_config(HERE / f"{kind}.cfg", overrides={**overrides, "training.max_steps": steps})
        return train(init_nlp(config))[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["ner", "spancat"])
    parser.add_argument("--docs", type=int, default=60)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--fold", type=int, default=0)
    arguments = parser.parse_args()
    examples = corpus(ROOT, None, BESIDE)
    fit, test = folds(examples, 5)[arguments.fold]
    material = [sequences(examples[i], KINDS) for i in fit]
    material += [sequences(generated(g), KINDS) for g in collection(7, arguments.docs)]
    held = [sequences(examples[i], KINDS) for i in test]
    nlp = trained(arguments.kind, material, held, arguments.steps)
    print(f"spaCy {arguments.kind}, fold {arguments.fold} of 5, {len(held)} documents held out:")
    for label, found in score(nlp, held, arguments.kind).items():
        print(f"  {label}: P {found.precision:.3f}  R {found.recall:.3f}  F1 {found.f1:.3f}  ({found.gold} spans)")


if __name__ == "__main__":
    main()
