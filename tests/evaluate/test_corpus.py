"""The shipped corpus: every file is the one of the manifest, every gold file fits its document and its schema."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.errors import AnnotationError
from gouji.evaluate.gold import attach, load
from gouji.model.facts import Base, Direction, Label, Measure
from gouji.model.outcomes import Relation
from gouji.model.values import Verdict
from gouji.readers import read

ROOT = Path(__file__).parents[2]
HELD_OUT = "test"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


MANIFEST = table(ROOT / "corpora" / "manifest.tsv")
SPLITS = {row["doc_id"]: row["split"] for row in table(ROOT / "annotations" / "splits.tsv")}
DEV = sorted(name for name, split in SPLITS.items() if split != HELD_OUT)


def test_the_manifest_lists_exactly_the_files_of_the_corpus() -> None:
    listed = {row["file"] for row in MANIFEST if row["file"] != "-"}
    there = {p.relative_to(ROOT / "corpora").as_posix() for p in (ROOT / "corpora").glob("*/*")}
    assert listed == there


def test_every_file_has_the_hash_of_the_manifest() -> None:
    hashes = {
        row["file"]: hashlib.sha256((ROOT / "corpora" / row["file"]).read_bytes()).hexdigest()
        for row in MANIFEST
        if row["file"] != "-"
    }
    assert hashes == {row["file"]: row["sha256"] for row in MANIFEST if row["file"] != "-"}


def test_every_document_has_gold_and_a_split() -> None:
    documents = {row["doc_id"] for row in MANIFEST}
    golds = {p.name.removesuffix(".gold.json") for p in (ROOT / "annotations").glob("*.gold.json")}
    assert documents == golds == set(SPLITS)
    assert set(SPLITS.values()) == {"dev", HELD_OUT}


def test_every_gold_file_is_for_the_text_of_the_manifest() -> None:
    texts = {row["doc_id"]: row["sha256"] for row in MANIFEST if row["media"] == "text/plain"}
    golds = {name: load(ROOT / "annotations" / f"{name}.gold.json")["document"]["sha256"] for name in SPLITS}
    assert golds == texts


@pytest.mark.parametrize("name", DEV)
def test_gold_keeps_to_labels_and_vocabularies(name: str, gold: Callable[[str], dict[str, Any]]) -> None:
    labels = yaml.safe_load((ROOT / "annotations" / "labels.yaml").read_text("utf-8"))
    data = gold(name)
    assert {m["label"] for m in data["mentions"]} <= set(labels["labels"])
    assert {m["type"] for m in data["mentions"] if m["label"] == "INDICATOR"} <= set(labels["indicator_types"])
    assert {c for row in data["causes"] for c in row["categories"]} <= set(labels["cause_categories"])
    assert {f["measure"] for f in data["facts"]} <= set(labels["measures"])
    assert {f["base"] or "none" for f in data["facts"]} <= set(labels["bases"])
    assert {f["direction"] or "none" for f in data["facts"]} <= set(labels["directions"])
    assert {a["relation"] for a in data["alignments"]} <= set(labels["relations"])
    assert {a["verdict"] for a in data["alignments"]} <= set(labels["verdicts"])
    ids = [row["id"] for key in ("mentions", "facts", "causes", "conflicts") for row in data[key]]
    assert len(ids) == len(set(ids))
    assert {f["figure"] for f in data["facts"]} <= {m["id"] for m in data["mentions"]}


def test_labels_are_those_of_the_program() -> None:
    labels = yaml.safe_load((ROOT / "annotations" / "labels.yaml").read_text("utf-8"))
    enums = {
        "labels": Label,
        "measures": Measure,
        "bases": Base,
        "directions": Direction,
        "relations": Relation,
        "verdicts": Verdict,
    }
    assert {key: labels[key] for key in enums} == {key: [str(v) for v in enum] for key, enum in enums.items()}


def test_standoff_gold_carries_no_words_of_its_report() -> None:
    text = (ROOT / "annotations" / "fengtai-emergency-2021.gold.json").read_text("utf-8")
    words = set(re.findall(r"[一-鿿]+", text))
    assert max(map(len, words)) <= 2  # units: 万元, 小时
    assert "text" not in json.loads(text)["tables"][0]["cells"][0]
    assert max(len(digits) for digits in re.findall(r'"number": "([^"]*)"', text)) < 12


@pytest.mark.parametrize("name", [n for n in DEV if (ROOT / "corpora" / n).is_dir()])
def test_gold_attaches_to_its_document(name: str, gold: Callable[[str], dict[str, Any]]) -> None:
    document = read(ROOT / "corpora" / name / f"{name}.txt")
    attached = attach(gold(name), document)
    data = attached.data
    spans = [(m.span.start, m.span.end) for m in attached.analysis.mentions]
    assert spans == [(m["start"], m["end"]) for m in data["mentions"]]
    values = [str(m.value.canonical) if m.value else None for m in attached.analysis.mentions]
    assert values == [m.get("value") for m in data["mentions"]]
    assert data["document"]["length"] == len(document.text)


def test_gold_is_refused_by_a_document_of_other_bytes(sample: Path, gold: Callable[[str], dict[str, Any]]) -> None:
    document = replace(read(sample), sha256="0" * 64)
    with pytest.raises(AnnotationError, match="henan-hospital-2023"):
        attach(gold("henan-hospital-2023"), document)


def test_standoff_gold_attaches_when_the_report_is_supplied(
    real_report: Path, gold: Callable[[str], dict[str, Any]]
) -> None:
    attached = attach(gold("fengtai-emergency-2021"), read(real_report))
    assert len(attached.analysis.mentions) == 557
    assert len(attached.data["conflicts"]) == 22


@pytest.mark.parametrize(("content", "words"), [("no json", "读不了"), ('{"schema": "gouji-gold/9"}', "gouji-gold/9")])
def test_a_gold_file_that_is_none_is_refused(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "x.gold.json"
    path.write_text(content, "utf-8")
    with pytest.raises(AnnotationError, match=words):
        load(path)
