"""Training material, folds, and the model that one command makes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from gouji.extract.crf_decoder import spans_of
from gouji.model.facts import Label
from gouji.model.spans import Span
from gouji.resources.artefacts import checked
from gouji.resources.crf_templates import crf_templates, span_labels
from gouji.training.crf_fit import CrfParameters
from gouji.training.crossval import KINDS, folds
from gouji.training.examples import Example, corpus, example, sequences
from gouji.training.shipping import train_crf


def load(root: Path, name: str) -> Example:
    return example(root / "corpora" / name / f"{name}.txt", root / "annotations" / f"{name}.gold.json")


def test_labels_of_units_give_back_the_gold_spans(root: Path) -> None:
    source = load(root, "henan-hospital-2023")
    found = sequences(source, KINDS)
    names = span_labels(KINDS)
    spans = set()
    for (first, _), labels in zip(found.units.stretches, found.labels, strict=True):
        for kind, start, end in spans_of([names[i] for i in labels.tolist()]):
            local = found.units.span(first + start, first + end)
            passage = found.units.passages[int(found.units.owners[first])]
            spans.add((kind, passage.offsets.to_source(local)))
    gold = {(str(m.label), m.span) for m in source.mentions if m.label in (Label.CAUSE, Label.INDICATOR)}
    assert gold - spans == {("INDICATOR", Span(3317, 3323))}  # a name inside a cause: one label a unit
    assert spans <= gold


def test_no_group_is_on_both_sides_of_a_fold() -> None:
    class Named:
        def __init__(self, group: str) -> None:
            self.group = group

    examples = [Named(g) for g in ("a", "b", "a", "c")]
    assert folds(examples) == [([1, 3], [0, 2]), ([0, 2, 3], [1]), ([0, 1, 2], [3])]  # type: ignore[arg-type]


def test_only_documents_of_the_split_are_loaded_and_text_that_is_not_there_is_left_out(root: Path) -> None:
    names = [e.name for e in corpus(root)]
    assert "henan-hospital-2023" in names
    assert {"anhui-health-2021", "fengtai-emergency-2021"}.isdisjoint(names)


def test_training_twice_gives_the_same_bytes_and_papers_that_fit(root: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    name = "henan-hospital-2023"
    (small / "annotations").mkdir(parents=True)
    (small / "corpora" / name).mkdir(parents=True)
    (small / "annotations" / "splits.tsv").write_text(f"doc_id\tsplit\tgroup\n{name}\tdev\tauthored\n", "utf-8")
    for path in (f"annotations/{name}.gold.json", f"corpora/{name}/{name}.txt"):
        (small / path).write_bytes((root / path).read_bytes())
    for out in ("one", "two"):
        train_crf(small, tmp_path / out, parameters=CrfParameters(rounds=8))
    assert (tmp_path / "one" / "crf.npz").read_bytes() == (tmp_path / "two" / "crf.npz").read_bytes()
    papers, content = (tmp_path / "one" / "crf.json").read_text("utf-8"), (tmp_path / "one" / "crf.npz").read_bytes()
    templates = crf_templates()
    model = checked("crf", papers, content, templates.feature_version, templates.sha256)
    assert set(model.labels) <= set(span_labels(KINDS))
    assert {"O", "B-CAUSE", "E-INDICATOR"} <= set(model.labels)
    assert np.abs(model.arrays["weight"]).max() > 0
    assert list(json.loads(papers)["data"]) == [name]


def test_the_papers_of_the_shipped_tagger_name_documents_of_one_split_as_they_are(root: Path) -> None:
    models = root / "src" / "gouji" / "resources" / "models"
    papers = json.loads((models / "crf.json").read_text("utf-8"))
    assert papers["data"] == {e.name: e.data["document"]["sha256"] for e in corpus(root, papers["split"])}
    assert (models / "crf.npz").stat().st_size < 3_000_000
