"""Training material, folds, and the model that one command makes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from gouji.cli import app
from gouji.extract.crf_decoder import spans_of
from gouji.model.facts import Label
from gouji.model.spans import Span
from gouji.resources.artefacts import checked
from gouji.resources.crf_templates import crf_templates, span_labels
from gouji.training.crf_fit import CrfParameters
from gouji.training.crossval import KINDS, cross_validate, folds
from gouji.training.draw import EXPLAINED, Draw, drawn
from gouji.training.examples import Example, corpus, example, sequences
from gouji.training.phrases import phrase_files
from gouji.training.search import search
from gouji.training.shipping import material, train_tagger


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
    assert folds(examples, 2) == [([1], [0, 2, 3]), ([0, 2, 3], [1])]  # type: ignore[arg-type]


def test_only_documents_of_the_split_are_loaded_and_text_that_is_not_there_is_left_out(root: Path) -> None:
    names = [e.name for e in corpus(root)]
    assert "henan-hospital-2023" in names
    assert {"anhui-health-2021", "fengtai-emergency-2021"}.isdisjoint(names)


def small_root(root: Path, folder: Path) -> Path:
    """A folder like the project's with two documents."""
    lines = ["doc_id\tsplit\tgroup"]
    for name in ("henan-hospital-2023", "hunan-court-2022"):
        (folder / "annotations").mkdir(parents=True, exist_ok=True)
        (folder / "corpora" / name).mkdir(parents=True)
        for path in (f"annotations/{name}.gold.json", f"corpora/{name}/{name}.txt"):
            (folder / path).write_bytes((root / path).read_bytes())
        lines.append(f"{name}\tdev\tauthored")
    (folder / "annotations" / "splits.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def test_training_twice_gives_the_same_bytes_and_papers_that_fit(root: Path, tmp_path: Path) -> None:
    source = material(small_root(root, tmp_path / "small"), 1, 5)
    templates = crf_templates()
    for name in ("crf", "hybrid"):
        for out in ("one", "two"):
            train_tagger(name, source, tmp_path / out, CrfParameters(rounds=6))
        written = (tmp_path / "one" / f"{name}.npz").read_bytes()
        assert written == (tmp_path / "two" / f"{name}.npz").read_bytes()
        papers = (tmp_path / "one" / f"{name}.json").read_text("utf-8")
        model = checked(name, papers, written, templates.feature_version, templates.sha256)
        assert set(model.labels) <= set(span_labels(KINDS))
        assert {"O", "B-CAUSE", "E-INDICATOR"} <= set(model.labels)
        assert np.abs(model.arrays["weight"]).max() > 0
        used = set(model.arrays["template"].tolist())
        assert bool(used & set(templates.groups["rules"])) is (name == "hybrid")
        generator = {"seed": 5, "documents": 1, "styles": "all", "passages": {"explaining": 6, "others": 3}}
        assert json.loads(papers)["generator"] == generator
        assert list(json.loads(papers)["data"]) == ["henan-hospital-2023", "hunan-court-2022"]


def test_passages_are_drawn_by_lot_those_with_an_explanation_first(root: Path) -> None:
    source = sequences(load(root, "henan-hospital-2023"), KINDS)
    part = drawn(source, Draw(5, 2))
    explains = [bool(np.isin(labels, EXPLAINED).any()) for labels in part.labels]
    assert (len(part.labels), sum(explains)) == (7, 5)
    again = drawn(source, Draw(5, 2))
    assert again.laid.starts.tolist() == part.laid.starts.tolist()
    whole = {start: at for at, start in enumerate(source.laid.starts.tolist())}
    kept = [whole[start] for start in part.laid.starts.tolist()]
    assert all(part.labels[at] is source.labels[place] for at, place in enumerate(kept))
    assert len(drawn(source, Draw(1000, 1000)).labels) == len(source.labels)


def test_cross_validation_scores_every_document_once_by_each_system(root: Path, tmp_path: Path) -> None:
    examples = corpus(small_root(root, tmp_path / "small"))
    found = cross_validate(examples, parameters=CrfParameters(rounds=6))
    assert {system: [e.name for e in rows] for system, rows in found.items()} == {
        system: [e.name for e in examples] for system in ("rules", "crf", "hybrid")
    }
    assert found["rules"][0].scores["CAUSE span"].f1 > 0.7


def test_a_search_tries_every_point_of_its_grid_and_puts_the_best_first(root: Path, tmp_path: Path) -> None:
    examples = corpus(small_root(root, tmp_path / "small"))
    tried = search(examples, grid={"c1": [0.1, 20.0]}, start=CrfParameters(rounds=8))
    assert [t.parameters.c1 for t in tried] == [0.1, 20.0]
    assert tried[0].f1.value > tried[1].f1.value
    assert {t.parameters.rounds for t in tried} == {8}


@pytest.mark.parametrize("name", ["crf", "hybrid", "categories"])
def test_papers_of_the_shipped_models_name_documents_of_one_split_as_they_are(root: Path, name: str) -> None:
    models = root / "src" / "gouji" / "resources" / "models"
    papers = json.loads((models / f"{name}.json").read_text("utf-8"))
    lists = phrase_files(root) if name == "categories" else {}
    assert papers["data"] == {e.name: e.data["document"]["sha256"] for e in corpus(root, papers["split"])} | lists
    assert papers["generator"]["documents"] > 0
    assert (models / f"{name}.npz").stat().st_size < 3_000_000


def test_material_without_documents_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["train", "crf", "--root", str(tmp_path), "--out", str(tmp_path / "x")])
    assert result.exit_code == 1
    assert "splits.tsv" in result.stderr
    assert not (tmp_path / "x").exists()
