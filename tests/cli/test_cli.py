"""The command line as a user meets it: files written, exit status, one sentence for each kind of trouble."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

import gouji
from gouji.cli import app

RUNNER = CliRunner()


def run(*arguments: str | Path) -> Result:
    return RUNNER.invoke(app, [str(a) for a in arguments])


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_report_gives_four_files_and_a_summary(sample: Path, tmp_path: Path) -> None:
    result = run("analyze", sample, "--out", tmp_path)
    assert result.exit_code == 0
    assert names(tmp_path) == [
        "henan-hospital-2023.analysis.json",
        "henan-hospital-2023.causes.csv",
        "henan-hospital-2023.facts.csv",
        "henan-hospital-2023.html",
        "records.jsonl",
    ]
    assert "henan-hospital-2023" in result.stdout.splitlines()[0]
    for words in ("金额 50", "去向", "事实", "原因", "不符", "计算得", "第65行", "共 1 份：完成 1，失败 0"):
        assert words in result.stdout


@pytest.mark.parametrize(
    ("formats", "suffixes"),
    [
        ("json", [".analysis.json"]),
        ("csv", [".causes.csv", ".facts.csv"]),
        ("HTML, json,", [".analysis.json", ".html"]),
    ],
)
def test_only_the_formats_asked_for_are_written(
    sample: Path, tmp_path: Path, formats: str, suffixes: list[str]
) -> None:
    assert run("analyze", sample, "--out", tmp_path, "--format", formats).exit_code == 0
    assert names(tmp_path) == [f"henan-hospital-2023{s}" for s in suffixes] + ["records.jsonl"]


def test_results_go_to_gouji_out_by_default(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("analyze", sample, "--format", "json").exit_code == 0
    assert names(tmp_path / "gouji-out") == ["henan-hospital-2023.analysis.json", "records.jsonl"]


def test_the_text_is_in_the_json_only_on_demand(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "henan-hospital-2023.analysis.json"
    run("analyze", sample, "--out", tmp_path, "--format", "json")
    assert "text" not in json.loads(path.read_text("utf-8"))
    run("analyze", sample, "--out", tmp_path, "--format", "json", "--with-text")
    data = json.loads(path.read_text("utf-8"))
    assert data["text"] == sample.read_text("utf-8")
    assert len(data["text"]) == data["document"]["length"]


def test_the_same_input_gives_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert run("analyze", sample, "--out", tmp_path / folder).exit_code == 0
    contents = [{p.name: p.read_bytes() for p in (tmp_path / folder).iterdir()} for folder in ("a", "b")]
    assert contents[0] == contents[1]


def test_two_reports_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for folder, amount in (("a", "1.00"), ("b", "2.00")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "report.txt").write_text(f"本年收入合计{amount}万元。\n", "utf-8")
    inputs = [tmp_path / "a" / "report.txt", tmp_path / "b" / "report.txt"]
    result = run("analyze", *inputs, inputs[0], "--out", tmp_path / "out", "--format", "json")
    assert result.exit_code == 0
    assert names(tmp_path / "out") == ["records.jsonl", "report-2.analysis.json", "report.analysis.json"]
    assert "report-2.*" in result.stdout
    values = [
        json.loads((tmp_path / "out" / f"{name}.analysis.json").read_text("utf-8"))["mentions"][-1]["value"]
        for name in ("report", "report-2")
    ]
    assert values == ["10000", "20000"]


def test_a_failing_report_does_not_stop_the_others(sample: Path, tmp_path: Path) -> None:
    result = run("analyze", "nowhere.txt", sample, "--out", tmp_path, "--format", "json")
    assert result.exit_code == 1
    assert result.stderr == "gouji: nowhere.txt：找不到这个文件，请检查路径和文件名。\n"
    assert "共 2 份：完成 1，失败 1" in result.stdout
    records = [json.loads(line) for line in (tmp_path / "records.jsonl").read_text("utf-8").splitlines()]
    assert [(r["source"], r["outputs"], r["error"] is None) for r in records] == [
        ("nowhere.txt", [], False),
        ("henan-hospital-2023.txt", ["henan-hospital-2023.analysis.json"], True),
    ]


BAD = {
    "folder": None,
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 20,
    "picture.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(100),
    "unknown.xyz": b"\x00\x01\x02\x03" * 50,
    "page.html": b"<!DOCTYPE html><html></html>",
    "pipe": None,
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_report_gets_one_sentence(tmp_path: Path, name: str) -> None:
    path, content = tmp_path / name, BAD[name]
    if name == "pipe":
        os.mkfifo(path)
    elif content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    result = run("analyze", path, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith(f"gouji: {path}：")
    assert "Traceback" not in result.stderr
    assert names(tmp_path / "out") == ["records.jsonl"]


VALID = {
    "no table": "一、收入决算说明\n\n本年收入合计100.00万元，其中：财政拨款收入100.00万元，占100.00%。\n",
    "no text": "收入决算表\n单位：万元\n| 项目 | 金额 |\n"
    "| 财政拨款收入 | 90.00 |\n| 其他收入 | 10.00 |\n| 合计 | 100.00 |\n",
    "unfilled template": "2023年度收入总计  万元，比上年增加（减少）  万元，增长（下降）  %，主要原因是：        。\n",
    "words alone": "本页无正文。\n",
}


@pytest.mark.parametrize("text", VALID.values(), ids=VALID)
def test_a_report_with_little_in_it_is_a_valid_analysis(tmp_path: Path, text: str) -> None:
    path = tmp_path / "little.txt"
    path.write_text(text, "utf-8")
    result = run("analyze", path, "--out", tmp_path / "out")
    assert (result.exit_code, result.stderr) == (0, "")
    data = json.loads((tmp_path / "out" / "little.analysis.json").read_text("utf-8"))
    assert data["schema"] == "gouji-analysis/1"
    assert [a for a in data["alignments"] if a["verdict"] == "conflict"] == []
    assert [o for o in data["outcomes"] if o["status"] == "inconsistent" and o["severity"] != "form"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["analyze"], "Missing argument"),
        (["analyze", "x.txt", "--format", "xml"], "xml"),
        (["analyze", "x.txt", "--format", ","], "json"),
        (["analyze", "x.txt", "--nonsense"], "No such option"),
        (["tokenize", "x.txt", "--format", "xml"], "xml"),
        (["evaluate", "x.json"], "Missing argument"),
        (["nonsense"], "No such command"),
    ],
)
def test_misuse_is_status_2(arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_an_output_folder_that_is_a_file_is_misuse(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    assert run("analyze", sample, "--out", tmp_path / "out").exit_code == 2


def test_debug_shows_where_it_failed(tmp_path: Path) -> None:
    quiet = run("analyze", "nowhere.txt", "--out", tmp_path)
    loud = run("analyze", "nowhere.txt", "--out", tmp_path, "--debug")
    assert "Traceback" not in quiet.stderr
    assert "Traceback" in loud.stderr


def test_version() -> None:
    assert run("--version").stdout == f"gouji {gouji.__version__}\n"


def test_the_module_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "gouji", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, f"gouji {gouji.__version__}\n")


def test_tokens_cover_the_text_and_keep_figures_whole(sample: Path) -> None:
    result = run("tokenize", sample, "--format", "jsonl")
    tokens = [json.loads(line) for line in result.stdout.splitlines()]
    text = sample.read_text("utf-8")
    assert "".join(t["text"] for t in tokens) == text
    assert [text[t["start"] : t["end"]] for t in tokens] == [t["text"] for t in tokens]
    assert "46,791.51万元" in [t["text"] for t in tokens if t["kind"] == "figure"]


def test_words_are_one_line_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("收入合计1,234.50万元。\n支出合计1,000.00万元。\n", "utf-8")
    assert run("tokenize", path, "--format", "words").stdout == "收入合计 1,234.50万元 。\n支出合计 1,000.00万元 。\n"


def test_tokenize_says_what_is_wrong_with_a_file() -> None:
    result = run("tokenize", "nowhere.txt")
    assert (result.exit_code, result.stderr) == (1, "gouji: nowhere.txt：找不到这个文件，请检查路径和文件名。\n")


def test_evaluate_shows_scores_and_findings(root: Path, sample: Path, tmp_path: Path) -> None:
    run("analyze", sample, "--out", tmp_path, "--format", "json")
    gold = root / "annotations" / "henan-hospital-2023.gold.json"
    result = run("evaluate", tmp_path / "henan-hospital-2023.analysis.json", gold)
    assert result.exit_code == 0
    rows = {line[2:32].strip(): line for line in result.stdout.splitlines()}
    assert rows["AMOUNT span"].split()[-1] == "50"
    as_json = json.loads(run("evaluate", tmp_path, gold, "--json").stdout)
    assert as_json["documents"]["henan-hospital-2023"]["scores"]["AMOUNT span"]["gold"] == 50


@pytest.mark.parametrize(
    ("gold", "words"), [("nowhere", "nowhere"), ("a.gold.json", "JSON"), ("b.gold.json", "gouji-gold/1")]
)
def test_evaluate_says_what_is_wrong_with_a_file(tmp_path: Path, gold: str, words: str) -> None:
    (tmp_path / "a.gold.json").write_text("no json", "utf-8")
    (tmp_path / "b.gold.json").write_text('{"schema": "other"}', "utf-8")
    (tmp_path / "x.analysis.json").write_text('{"schema": "gouji-analysis/1"}', "utf-8")
    result = run("evaluate", tmp_path / "x.analysis.json", tmp_path / gold)
    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("system", ["crf", "hybrid"])
def test_another_system_tags_causes(sample: Path, tmp_path: Path, system: str) -> None:
    assert run("analyze", sample, "--out", tmp_path, "--format", "json", "--system", system).exit_code == 0
    data = json.loads((tmp_path / "henan-hospital-2023.analysis.json").read_text("utf-8"))
    assert len(data["causes"]) > 10


def test_a_system_that_is_none_is_misuse(sample: Path, tmp_path: Path) -> None:
    result = run("analyze", sample, "--out", tmp_path, "--system", "neural")
    assert result.exit_code == 2
    assert names(tmp_path) == []


def report_with_annex(folder: Path) -> tuple[Path, Path]:
    """Write an invented narrative and a workbook with its table."""
    folder.mkdir()
    narrative, annex = folder / "决算.txt", folder / "附表.xlsx"
    narrative.write_text("一、收入决算情况说明\n本年收入合计125.50万元，其中：其他收入5.50万元。\n", "utf-8")
    book = openpyxl.Workbook()
    for row in (["收入决算表"], ["单位：万元"], ["项目", "本年收入合计", "其他收入"], ["合计", 125.5, 5.5]):
        book.active.append(row)
    book.save(annex)
    return narrative, annex


@pytest.mark.parametrize("as_folder", [False, True])
def test_a_report_and_its_tables_are_one_document(tmp_path: Path, as_folder: bool) -> None:
    narrative, annex = report_with_annex(tmp_path / "in")
    given = [tmp_path / "in"] if as_folder else [narrative, "--tables", annex]
    result = run("analyze", *given, "--out", tmp_path / "out", "--format", "json")
    assert (result.exit_code, names(tmp_path / "out")) == (0, ["records.jsonl", "决算.analysis.json"])
    data = json.loads((tmp_path / "out" / "决算.analysis.json").read_text("utf-8"))
    assert data["document"]["sha256"] == hashlib.sha256(narrative.read_bytes()).hexdigest()
    assert [(a["name"], a["tables"]) for a in data["document"]["attachments"]] == [("附表.xlsx", ["t1"])]
    assert [a["operands"] for a in data["alignments"] if a["relation"] == "same"] == [["t1.r2.c2"], ["t1.r2.c3"]]
    (record,) = (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()
    assert json.loads(record)["tables"] == ["附表.xlsx"]


def test_tables_that_cannot_be_read_fail_the_report_with_a_sentence(tmp_path: Path) -> None:
    narrative, annex = report_with_annex(tmp_path / "in")
    annex.write_bytes(annex.read_bytes()[:200])
    result = run("analyze", narrative, "--tables", annex, "--out", tmp_path / "out")
    assert (result.exit_code, names(tmp_path / "out")) == (1, ["records.jsonl"])
    assert "附件" in result.stderr
    assert "附表.xlsx" in result.stderr
    assert "Traceback" not in result.stderr


def test_tables_go_with_one_report_only(sample: Path, tmp_path: Path) -> None:
    result = run("analyze", sample, tmp_path / "b.txt", "--tables", tmp_path / "x.xlsx", "--out", tmp_path)
    assert result.exit_code == 2
    assert "附表只能与一份报告一起给出" in " ".join(result.stderr.replace("│", " ").split())
