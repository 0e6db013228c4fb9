"""Splits: hashes, publishers, and passages that two splits nearly share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gouji.cli import app
from gouji.errors import AnnotationError
from gouji.evaluate.duplicates import annotated, near_duplicates, report
from gouji.readers.txt import document_of

LONG = "单位本年度认真组织实施了重点项目并按照合同约定支付了相应款项"


def test_the_shipped_annotations_fit_their_files_and_share_no_passage(root: Path) -> None:
    listed = annotated(root)
    assert len(listed) == 14
    assert [a.name for a in listed if a.path is None] == ["fengtai-emergency-2021"]
    lines = list(report(root))
    assert [line.partition("：")[0] for line in lines[:2]] == ["test", "dev"]
    assert lines[2].endswith("：0 对")


def test_passages_that_differ_in_figures_only_are_near() -> None:
    left, right = (document_of(f"一、说明\n{LONG}{n}万元。\n", "x", "0") for n in ("12.5", "99"))
    other = document_of("一、说明\n这一段与别的段落没有任何相同之处只是凑够了字数而已。\n", "x", "0")
    found = near_duplicates({"dev": [("a", left)], "test": [("b", right), ("c", other)]})
    assert [(n.left, n.right, n.shared) for n in found] == [("a", "b", 1.0)]
    assert near_duplicates({"dev": [("a", left), ("b", right)]}) == []


def copy(root: Path, folder: Path, names: dict[str, str]) -> Path:
    (folder / "annotations").mkdir(parents=True)
    lines = ["doc_id\tsplit\tgroup"]
    for name, split in names.items():
        (folder / "corpora" / name).mkdir(parents=True)
        for path in (f"annotations/{name}.gold.json", f"corpora/{name}/{name}.txt"):
            (folder / path).write_bytes((root / path).read_bytes())
        lines.append(f"{name}\t{split}\tauthored")
    (folder / "annotations" / "splits.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def test_a_changed_file_is_refused(root: Path, tmp_path: Path) -> None:
    folder = copy(root, tmp_path, {"henan-hospital-2023": "dev"})
    path = folder / "corpora" / "henan-hospital-2023" / "henan-hospital-2023.txt"
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(AnnotationError, match="henan-hospital-2023"):
        annotated(folder)


def test_a_publisher_in_two_splits_is_refused(root: Path, tmp_path: Path) -> None:
    folder = copy(root, tmp_path, {"henan-hospital-2023": "dev", "hunan-court-2022": "test"})
    path = folder / "annotations" / "hunan-court-2022.gold.json"
    data = json.loads(path.read_text("utf-8"))
    data["document"]["organisation"] = "淇源县人民医院"
    path.write_text(json.dumps(data), "utf-8")
    with pytest.raises(AnnotationError, match="淇源县人民医院"):
        annotated(folder)


def test_the_command_reports_and_refuses(root: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["corpus", "duplicates", "--root", str(root)])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == list(report(root))
    result = CliRunner().invoke(app, ["corpus", "duplicates", "--root", str(tmp_path)])
    assert result.exit_code == 1
    assert "splits.tsv" in result.stderr
