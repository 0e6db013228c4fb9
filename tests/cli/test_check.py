"""``gouji check``: exit status, formats, severities, several files, and what goes wrong."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from gouji.cli import app

RUNNER = CliRunner()
CLEAN = (
    "一、收入决算说明\n\n本年收入合计100.00万元，其中：财政拨款收入60.00万元，占60.00%；其他收入40.00万元，占40.00%。\n"
)
WRONG = CLEAN.replace("占40.00%", "占45.00%")


def run(*arguments: str | Path) -> Result:
    return RUNNER.invoke(app, ["check", *(str(a) for a in arguments)])


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.txt"
    path.write_text(CLEAN, "utf-8")
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.txt"
    path.write_text(WRONG, "utf-8")
    return path


def test_status_is_zero_without_errors_and_three_with(clean: Path, wrong: Path) -> None:
    assert run(clean).exit_code == 0
    assert run(wrong).exit_code == 3
    assert run(clean, wrong).exit_code == 3


def test_a_file_that_fails_outweighs_errors_for_the_result_is_not_whole(clean: Path, wrong: Path) -> None:
    result = run("nowhere.txt", wrong)
    assert result.exit_code == 1
    assert result.stderr == "gouji: nowhere.txt：找不到这个文件，请检查路径和文件名。\n"
    assert "45.00%" in result.stdout
    assert run("nowhere.txt", clean).exit_code == 1


def test_the_text_tells_place_stated_computed_and_remedy(wrong: Path) -> None:
    assert run(wrong).stdout.splitlines() == [
        "wrong　部门决算",
        "  错误 1，存疑 0，舍入差异 0，格式 0",
        "",
        "  【错误】",
        "    1. 收入决算说明，第3行",
        "       其他收入（占比）：原文 45.00%，计算得 40.00%，应为40.00%（占比＝部分÷整体）",
        "       原句：其他收入40.00万元，占45.00%。",
        "       依据：40.00万元 其他收入（决算数）［收入决算说明，第3行］",
        "       依据：100.00万元 收入合计（决算数）［收入决算说明，第3行］",
        "       佐证：收入决算说明，第3行，其他收入（占比）：原文 45.00%，计算得 40.00%（各项占比之和＝100%）",
        "",
    ]


def test_a_severity_is_only_what_is_listed_not_the_status(wrong: Path) -> None:
    result = run(wrong, "--severity", "form,doubtful")
    assert result.exit_code == 3
    assert "45.00%" not in result.stdout
    assert "45.00%" in run(wrong, "--severity", "error").stdout


def test_json_is_a_line_a_file_failures_too(clean: Path, wrong: Path) -> None:
    result = run(clean, "nowhere.txt", wrong, "--format", "json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["document"]["source"] for row in rows] == ["clean.txt", "nowhere.txt", "wrong.txt"]
    assert [row.get("counts", {}).get("error") for row in rows] == [0, None, 1]
    assert rows[1]["error"] == "找不到这个文件，请检查路径和文件名。"


def test_sarif_and_csv_of_several_files_are_one_whole(clean: Path, wrong: Path) -> None:
    log = json.loads(run(clean, "nowhere.txt", wrong, "--format", "sarif").stdout)
    (one,) = log["runs"]
    assert [a["location"]["uri"] for a in one["artifacts"]] == ["clean.txt", "nowhere.txt", "wrong.txt"]
    assert [r["level"] for r in one["results"]] == ["error"]
    rows = list(csv.DictReader(io.StringIO(run(clean, wrong, "--format", "csv").stdout)))
    assert [(row["文件"], row["原文"]) for row in rows] == [("wrong.txt", "45.00%")]


def test_html_shows_the_findings_of_the_page_of_analyze(wrong: Path) -> None:
    result = run(wrong, "--format", "html")
    assert result.exit_code == 3
    assert result.stdout.startswith("<!doctype html>")
    assert '<span class="v">应为40.00%</span>' in result.stdout
    assert '<span class="v">应为40.00%</span>' not in run(wrong, "--format", "html", "--severity", "form").stdout


def test_a_folder_gets_files_and_records(clean: Path, wrong: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run(clean, wrong, "nowhere.txt", "--format", "text,json,csv,html,sarif", "--out", out)
    assert result.exit_code == 1
    suffixes = ("csv", "html", "json", "sarif", "txt")
    assert sorted(p.name for p in out.iterdir()) == [
        *(f"clean.findings.{s}" for s in suffixes),
        "records.jsonl",
        *(f"wrong.findings.{s}" for s in suffixes),
    ]
    records = [json.loads(line) for line in (out / "records.jsonl").read_text("utf-8").splitlines()]
    assert [(r["source"], r["error"] is None) for r in records] == [
        ("clean.txt", True),
        ("wrong.txt", True),
        ("nowhere.txt", False),
    ]
    assert json.loads((out / "wrong.findings.json").read_text("utf-8"))["counts"]["error"] == 1
    assert result.stdout.splitlines() == [
        "clean　错误 0，存疑 0，舍入差异 0，格式 0",
        "wrong　错误 1，存疑 0，舍入差异 0，格式 0",
        f"共 3 份：完成 2，失败 1。结果在 {out}。",
    ]


def test_a_folder_stands_for_its_reports_and_their_tables(root: Path, tmp_path: Path) -> None:
    name = "henan-hospital-2023"
    shutil.copy(root / "corpora" / name / f"{name}.xlsx", tmp_path)
    lines = (root / "corpora" / name / f"{name}.txt").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / f"{name}.txt").write_text("".join(line for line in lines if not line.startswith("|")), "utf-8")
    (log,) = json.loads(run(tmp_path, "--format", "sarif").stdout)["runs"]
    assert [a["location"]["uri"] for a in log["artifacts"]] == [f"{name}.txt", f"{name}.xlsx"]
    places = [r["locations"][0]["physicalLocation"] for r in log["results"] if r["level"] == "error"]
    assert {p["artifactLocation"]["index"] for p in places} == {0, 1}
    assert not any("region" in p for p in places if p["artifactLocation"]["index"] == 1)
    with_tables = run(tmp_path / f"{name}.txt", "--tables", tmp_path / f"{name}.xlsx", "--format", "json")
    assert json.loads(with_tables.stdout)["counts"] == json.loads(run(tmp_path, "--format", "json").stdout)["counts"]
    assert with_tables.exit_code == 3
    (tmp_path / "other.txt").write_text(CLEAN, "utf-8")
    assert run(tmp_path, "--format", "html").exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("--format", "pdf"),
        ("--format", ""),
        ("--format", "json,csv"),
        ("--severity", "fatal"),
        ("other.txt", "--format", "html"),
    ],
)
def test_misuse_is_status_two(clean: Path, arguments: tuple[str, ...]) -> None:
    assert run(clean, *arguments).exit_code == 2


def test_nothing_half_written_where_the_folder_is_a_file(clean: Path, tmp_path: Path) -> None:
    result = run(clean, "--out", clean)
    assert result.exit_code == 2
    assert clean.read_text("utf-8") == CLEAN
