"""The benchmark on three small documents with systems whose every error is known."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gouji.benchmark.others import cn2an_values
from gouji.benchmark.run import Run, run, tasks_of
from gouji.benchmark.systems import EVERYTHING, System, system_of
from gouji.benchmark.table import table_of
from gouji.benchmark.write import errors_csv, gains_csv, latex, markdown, run_card, table_csv, write
from gouji.cli import app
from gouji.errors import AnnotationError
from gouji.model.document import Document
from gouji.readers import read

TEXT = "一、收入情况\n本年收入{a}万元，增长{b}%，主要原因是人员增加。\n"
FIGURES = {"one": ("1,200.00", "1.69"), "two": ("80.50", "2.00"), "three": ("7.25", "30.10")}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Gold and reports of three documents, each with an amount, a rate and a cause."""
    gold, texts = tmp_path / "gold", tmp_path / "reports"
    gold.mkdir()
    texts.mkdir()
    for name, (a, b) in FIGURES.items():
        path = texts / f"{name}.txt"
        path.write_text(TEXT.format(a=a, b=b), "utf-8")
        document = read(path)
        (gold / f"{name}.gold.json").write_text(json.dumps(annotation(document, a, b)), "utf-8")
    return gold, texts


def annotation(document: Document, a: str, b: str) -> dict[str, Any]:
    def row(identity: str, label: str, words: str, **more: Any) -> dict[str, Any]:
        start = document.text.index(words)
        return {"id": identity, "label": label, "start": start, "end": start + len(words), **more}

    amount = str(int(float(a.replace(",", "")) * 10000))
    return {
        "schema": "gouji-gold/1",
        "document": {"name": document.name, "sha256": document.sha256, "length": len(document.text)},
        "mentions": [
            row("m1", "AMOUNT", f"{a}万元", value=amount, unit="万元"),
            row("m2", "RATE", f"{b}%", value=str(float(b) / 100), unit="%"),
            row("m3", "CAUSE", "人员增加"),
        ],
        "facts": [],
        "causes": [],
        "alignments": [],
        "tables": [],
    }


def of_gold(gold: Path, **changed: Any) -> System:
    """A system that predicts the gold, but for what is changed: mention ids to fields, None to leave it out."""

    def predict(document: Document) -> dict[str, Any]:
        data = json.loads((gold / f"{document.name}.gold.json").read_text("utf-8"))
        rows = [{**m, **(changed.get(m["id"]) or {})} for m in data["mentions"] if changed.get(m["id"], {}) is not None]
        return {"mentions": rows}

    name = changed.pop("name", "perfect")
    return System(name, frozenset(changed.pop("answers", EVERYTHING)), predict)


@pytest.fixture
def done(folders: tuple[Path, Path]) -> Run:
    gold, texts = folders
    tasks, left_out = tasks_of(gold, [texts])
    systems = [
        of_gold(gold, name="perfect"),
        of_gold(gold, name="half", m2=None, m1={"value": "5"}),
        of_gold(gold, name="money", answers={"AMOUNT"}, m1={"value": None}, m2=None, m3=None),
    ]
    return run(tasks, systems, left_out)


def test_table_in_markdown(done: Run) -> None:
    lines = markdown(done, table_of(done), "micro").splitlines()
    one, none = "1.000 [1.000, 1.000]", "0.000 [0.000, 0.000]"
    assert lines[:2] == ["| F1 | perfect | half | money |", "|---|---|---|---|"]
    assert f"| AMOUNT, span | {one} | {one} | {one} |" in lines
    assert f"| AMOUNT, span and value | {one} | {none} | {none} |" in lines
    assert f"| RATE, span | {one} | {none} | – |" in lines
    assert f"| CAUSE, span | {one} | {one} | – |" in lines
    # two figures a document: one of them has a wrong value, the amount of "money" none at all
    zero, half = "0.0000 [0.0000, 0.0000]", "0.5000 [0.5000, 0.5000]"
    assert f"| wrong values given, of all figures | {zero} | {half} | {zero} |" in lines


def test_every_form_of_the_table_says_the_same(done: Run) -> None:
    table = table_of(done)
    rows = list(csv.DictReader(io.StringIO(table_csv(done, table))))
    found = {(r["row"], r["system"]): r for r in rows}
    assert found["RATE, span", "half"]["value"] == "0.0"
    assert found["RATE, span", "half"]["difference"] == "-1.0"
    # three documents, all of them worse: 2 of the 8 exchanges are as extreme
    assert found["RATE, span", "half"]["p"] == "0.25"
    assert ("RATE, span", "money") not in found
    assert r"RATE, span & 1.000 & 0.000 & -- \\" in latex(done, table).splitlines()
    assert latex(done, table).splitlines()[0] == r"\begin{tabular}{lrrr}"


def test_error_lists_name_kind_and_sentence_and_only_what_is_answered(done: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(errors_csv(done, "half"))))
    assert [(r["document"], r["kind"], r["label"], r["words"], r["gold"], r["predicted"]) for r in rows[:2]] == [
        ("one", "attribute", "AMOUNT", "1,200.00万元", "12000000", "5"),
        ("one", "missed", "RATE", "1.69%", "", ""),
    ]
    assert rows[1]["sentence"] == "本年收入1,200.00万元，增长1.69%，主要原因是人员增加。"
    assert {r["label"] for r in csv.DictReader(io.StringIO(errors_csv(done, "money")))} == {"AMOUNT"}
    assert list(csv.DictReader(io.StringIO(errors_csv(done, "perfect")))) == []


def test_gains_and_losses_against_the_first_system(done: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(gains_csv(done, "perfect", "half"))))
    assert [(r["document"], r["kind"], r["layer"], r["what"]) for r in rows if r["document"] == "two"] == [
        ("two", "lost", "AMOUNT", "805000"),
        ("two", "new error", "AMOUNT", "5"),
        ("two", "lost", "RATE", "0.02"),
    ]


def test_the_run_card_holds_what_is_needed_to_take_the_figures_again(done: Run) -> None:
    card = run_card(done, average="micro", split="dev")
    assert [s["name"] for s in card["systems"]] == ["perfect", "half", "money"]
    assert [d["name"] for d in card["documents"]] == ["one", "three", "two"]
    assert all(len(d["sha256"]) == len(d["gold_sha256"]) == 64 for d in card["documents"])
    assert (card["split"], card["seed"], card["resamples"]) == ("dev", 20, 2000)


def test_files_are_written_and_the_same_again(done: Run, tmp_path: Path) -> None:
    names = write(done, table_of(done), tmp_path / "a", average="micro", split=None)
    write(done, table_of(done), tmp_path / "b", average="micro", split=None)
    assert names == [
        "table.md",
        "table.csv",
        "table.tex",
        "run.json",
        "index.html",
        "errors/perfect.csv",
        "errors/half.csv",
        "gains/perfect-half.csv",
        "errors/money.csv",
        "gains/perfect-money.csv",
    ]
    assert [(tmp_path / "a" / n).read_bytes() for n in names] == [(tmp_path / "b" / n).read_bytes() for n in names]
    page = (tmp_path / "a/index.html").read_text("utf-8")
    assert page.count("<svg") == 1
    assert '<td style="--w: 0.0%">0.000 [0.000, 0.000]</td>' in page


def test_command_line_with_prediction_files_and_gold_without_its_report(folders: tuple[Path, Path]) -> None:
    gold, texts = folders
    (texts / "three.txt").unlink()
    out = gold.parent / "out"
    arguments = ["benchmark", "--systems", f"rules,mine={gold}", "--gold", str(gold), "--texts", str(texts)]
    result = CliRunner().invoke(app, [*arguments, "--out", str(out)])
    assert result.exit_code == 0
    assert "| AMOUNT, span and value | 1.000 [1.000, 1.000] | 1.000 [1.000, 1.000] |" in result.output
    assert "Left out: three：所给文件夹里没有这份标注的报告。" in result.output
    assert (out / "index.html").is_file()


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("none", "没有系统 'none'，可用：rules、crf、hybrid、jionlp"),
        ("mine=nowhere", "找不到预测结果的文件夹"),
        ("spacy", "spacy:文件夹"),
        ("spacy:nowhere", "不是可以载入的 spaCy 模型"),
    ],
)
def test_unknown_systems_are_refused(spec: str, words: str) -> None:
    with pytest.raises(AnnotationError, match=words):
        system_of(spec)


def test_two_systems_of_one_name_are_refused(folders: tuple[Path, Path]) -> None:
    gold, texts = folders
    tasks, _ = tasks_of(gold, [texts])
    with pytest.raises(AnnotationError, match="有同名的系统"):
        run(tasks, [of_gold(gold), of_gold(gold)])


def test_an_adapter_gives_spans_in_the_document(folders: tuple[Path, Path]) -> None:
    document = read(folders[1] / "one.txt")
    rows = cn2an_values("")(document)["mentions"]
    assert [(m["label"], document.text[m["start"] : m["end"]], m["value"]) for m in rows] == [
        ("AMOUNT", "1,200.00万元", "12000000.0"),
        ("RATE", "1.69%", "0.0169"),
    ]
