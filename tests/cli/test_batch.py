"""Many files: names of their results, and records of failures whatever goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji import batch
from gouji.batch import output_names, process
from gouji.errors import ReaderError
from gouji.model.outcomes import Analysis

STEMS = st.sampled_from(["report", "Report", "report-2", "b"])


@given(st.lists(st.tuples(st.sampled_from(["x", "y"]), STEMS, st.sampled_from([".txt", ".docx"])), max_size=8))
def test_every_file_has_results_of_its_own(parts: list[tuple[str, str, str]]) -> None:
    paths = [Path(folder) / f"{stem}{suffix}" for folder, stem, suffix in parts]
    named = output_names(paths)
    assert [path for path, _ in named] == list(dict.fromkeys(paths))
    names = [name.casefold() for _, name in named]
    assert len(set(names)) == len(names)


def test_a_number_behind_a_name_is_not_another_files_name() -> None:
    paths = [Path("x/a.txt"), Path("y/a.txt"), Path("x/a-2.txt")]
    assert [name for _, name in output_names(paths)] == ["a", "a-3", "a-2"]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ReaderError("a.txt", "坏了"), "坏了"),
        (PermissionError(13, "denied", "/x/a.txt"), "没有读写权限（a.txt）。"),
        (OSError(28, "No space left on device"), "读写失败（No space left on device）。"),
        (KeyError("x"), "程序内部错误（KeyError），请加 --debug 查看详情并报告。"),
        (RecursionError(), "程序内部错误（RecursionError），请加 --debug 查看详情并报告。"),
    ],
)
def test_whatever_goes_wrong_becomes_a_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt"):
        Path(name).write_text("本页无正文。\n", "utf-8")
    whole = batch.analyse

    def analyse(path: Path, settings: batch.Settings, tables: object = ()) -> Analysis:
        if path.name == "a.txt":
            raise error
        return whole(path, settings)

    monkeypatch.setattr(batch, "analyse", analyse)
    first, second = process([Path("a.txt"), Path("b.txt")], Path("out"), ["json"])
    assert (first.failed, first.error, first.outputs) == (True, sentence, ())
    assert type(error).__name__ in (first.trace or "")
    assert (second.failed, second.outputs) == (False, ("b.analysis.json",))
    lines = Path("out", "records.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["error"] for line in lines] == [sentence, None]


def test_no_file_of_a_report_is_written_when_one_cannot_be_made(
    tmp_path: Path, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Analysis) -> str:
        raise ValueError("no page")

    monkeypatch.setattr(batch, "page", fail)
    (record,) = process([sample], tmp_path)
    assert record.failed
    assert [p.name for p in tmp_path.iterdir()] == ["records.jsonl"]


def test_what_was_done_stays_on_record_when_the_rest_is_not_taken(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.txt" for name in ("first", "second")]
    for file in files:
        file.write_text("支出3.00万元，比上年减少1.00万元。\n", "utf-8")
    records = process(files, tmp_path / "out", ["json"])
    next(records)
    records.close()
    lines = (tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["first.txt"]
