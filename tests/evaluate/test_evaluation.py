"""Evaluation over files: matching of names, means and intervals, and what an analysis scores against itself."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gouji.errors import AnnotationError
from gouji.evaluate.evaluation import Evaluation, evaluate, means, pairs
from gouji.evaluate.listing import as_dict, lines, names_of_split
from gouji.evaluate.outcomes import FindingsScore
from gouji.evaluate.score import Score
from gouji.evaluate.statistics import mean
from gouji.export.contract import to_dict

NO_FINDINGS = FindingsScore((), (), 0, (), 0)


def evaluation(name: str, found: int) -> Evaluation:
    return Evaluation(name, {"AMOUNT span": Score.of(found, predicted=4, gold=4)}, NO_FINDINGS)


def test_gold_scored_against_itself_is_perfect(gold: Callable[[str], dict[str, Any]]) -> None:
    data = gold("henan-hospital-2023")
    result = evaluate(data, data)
    assert {name: score.f1 for name, score in result.scores.items()} == dict.fromkeys(result.scores, 1.0)


def test_an_empty_analysis_finds_nothing_and_cries_nothing(gold: Callable[[str], dict[str, Any]]) -> None:
    data = gold("henan-hospital-2023")
    empty = {"mentions": [], "facts": [], "causes": [], "alignments": [], "outcomes": [], "tables": []}
    result = evaluate({"document": data["document"]} | empty, data)
    assert result.scores["AMOUNT span"] == Score(0, 0, 0, 50)
    assert (len(result.findings.missed), result.findings.false_alarms) == (len(data["conflicts"]), ())


def test_means_are_over_documents_and_intervals_hold_them() -> None:
    found = means([evaluation("a", 4), evaluation("b", 2), evaluation("c", 0)])
    assert found["AMOUNT span"].value == pytest.approx(0.5)
    assert (found["AMOUNT span"].low, found["AMOUNT span"].high) == (0.0, 1.0)
    assert found["AMOUNT span"].documents == 3


def test_the_interval_is_the_same_in_every_run() -> None:
    assert mean([0.1, 0.4, 0.9, 0.95]) == mean([0.1, 0.4, 0.9, 0.95])


def test_files_are_matched_by_name(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.gold.json").touch()
        (tmp_path / f"{name}.analysis.json").touch()
    (tmp_path / "c.gold.json").touch()
    found = pairs(tmp_path, tmp_path)
    assert [(p.name, g.name) for p, g in found] == [
        ("a.analysis.json", "a.gold.json"),
        ("b.analysis.json", "b.gold.json"),
    ]
    assert [g.name for _, g in pairs(tmp_path, tmp_path / "b.gold.json")] == ["b.gold.json"]
    with pytest.raises(AnnotationError, match="c"):
        pairs(tmp_path, tmp_path, ["a", "c"])


@pytest.mark.parametrize("missing", ["predicted", "gold"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    (tmp_path / "x.gold.json").touch()
    paths = {"predicted": tmp_path, "gold": tmp_path} | {missing: tmp_path / "nowhere"}
    with pytest.raises(AnnotationError, match="nowhere"):
        pairs(paths["predicted"], paths["gold"])


def test_splits_are_read_from_the_folder_of_the_gold(root: Path) -> None:
    held_out = ["anhui-health-2021", "guangxi-school-2023", "jiangxi-transport-2023", "zhejiang-subdistrict-2022"]
    assert names_of_split(root / "annotations", "test") == held_out
    with pytest.raises(AnnotationError, match="dev、test"):
        names_of_split(root / "annotations", "train")


def test_listing_of_one_document_and_of_several() -> None:
    one = list(lines([evaluation("a", 4)]))
    assert one[0] == "a"
    assert one[2].split() == ["AMOUNT", "span", "1.000", "1.000", "1.000", "4", "4", "4"]
    several = list(lines([evaluation("a", 4), evaluation("b", 2)]))
    assert several[0].startswith("2 份文件的平均")
    assert several[2].split()[2] == "0.750"
    assert as_dict([evaluation("a", 4)])["documents"]["a"]["scores"]["AMOUNT span"]["f1"] == 1.0


def disturbed(data: dict[str, Any], seed: int) -> dict[str, Any]:
    """A gold file as an imperfect analysis: mentions moved and dropped, attributes and operands exchanged."""
    chance = random.Random(seed)
    data = json.loads(json.dumps(data)) | {"outcomes": []}
    data["mentions"] = [m for m in data["mentions"] if chance.random() < 0.9]
    for m in data["mentions"]:
        if chance.random() < 0.15:
            m["end"] += 1
        if m.get("value") and chance.random() < 0.1:
            m["value"] = "12.50"
    for f in data["facts"]:
        for key, values in (("measure", ["actual", "share"]), ("base", [None, "prior_year"]), ("direction", ["flat"])):
            if chance.random() < 0.2:
                f[key] = chance.choice(values)
        if f.get("path") and chance.random() < 0.2:
            f["path"][-1] += "支出"
    for c in data["causes"]:
        chance.shuffle(c["categories"])
        c["explains"] = c["explains"][: chance.randint(0, 3)]
    for a in data["alignments"]:
        if chance.random() < 0.3:
            a["operands"] = chance.sample(a["operands"], max(0, len(a["operands"]) - 1))
        if chance.random() < 0.1:
            a["verdict"], a["relation"] = "conflict", chance.choice(["same", "sum", "share"])
    for table in data["tables"]:
        for cell in chance.sample(table["cells"], min(2, len(table["cells"]))):
            address = f"{table['id']}.r{cell['r']}.c{cell['c']}"
            row = {"check": "total", "status": "inconsistent", "operands": [address], "severity": "error"}
            data["outcomes"].append(row)
    return data


@pytest.mark.parametrize("name", ["henan-hospital-2023", "shanghai-culture-2023", "fengtai-emergency-2021"])
@pytest.mark.parametrize("seed", [1, 2])
def test_numbers_are_those_of_the_independent_scorer(shared: Path, tmp_path: Path, name: str, seed: int) -> None:
    gold_path = shared / "gold" / f"{name}.gold.json"
    gold = json.loads(gold_path.read_text("utf-8"))
    predicted = disturbed(gold, seed)
    path = tmp_path / f"{name}.analysis.json"
    path.write_text(json.dumps(predicted), "utf-8")
    command = [sys.executable, str(shared / "tools" / "score.py"), str(path), str(gold_path), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    result = evaluate(predicted, gold)
    assert {row: result.scores[row].as_dict() for row in theirs} == theirs
    assert _findings_line(result) == _findings_of_the_tool(shared, tmp_path, gold_path)


def _findings_line(result: Evaluation) -> str:
    f = result.findings
    total = len(f.found) + len(f.missed)
    false = len(f.false_alarms)
    return (
        f"{len(f.found)} of {total} conflicts, {false} false alarms in 1 documents, {f.forbidden} of the forbidden kind"
    )


def _findings_of_the_tool(shared: Path, analyses: Path, gold_path: Path) -> str:
    folder = analyses / "gold"
    folder.mkdir()
    (folder / gold_path.name).write_bytes(gold_path.read_bytes())
    command = [sys.executable, str(shared / "tools" / "findings.py"), str(analyses), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip().split("\n")[-1]


def test_standoff_gold_gives_the_numbers_of_the_full_one(
    shared: Path, real_report: Path, analysed: Callable[[Path], Any], gold: Callable[[str], dict[str, Any]]
) -> None:
    name = real_report.stem
    predicted = to_dict(analysed(real_report))
    full = evaluate(predicted, json.loads((shared / "gold" / f"{name}.gold.json").read_text("utf-8")))
    standoff = evaluate(predicted, gold(name))
    assert {row: full.scores[row] for row in standoff.scores} == standoff.scores
    assert standoff.findings == full.findings
