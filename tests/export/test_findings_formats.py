"""Findings as JSON, CSV and SARIF: what each must have for the programs that read it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gouji.export.findings import HEADINGS, findings_csv, findings_dict, findings_json
from gouji.export.sarif import Checked, fingerprint, sarif
from gouji.findings import Finding, findings
from gouji.model.outcomes import Analysis, Severity

LEVELS = {"none", "note", "warning", "error"}
SOURCE = "报告 一/sample.txt"


@pytest.fixture
def checked(analysed: Callable[[Path], Analysis], sample: Path) -> Checked:
    analysis = analysed(sample)
    return Checked(SOURCE, analysis, findings(analysis))


def run_of(*documents: Checked) -> dict[str, Any]:
    log = json.loads(sarif(documents))
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    return run  # type: ignore[no-any-return]


def check_location(run: dict[str, Any], location: dict[str, Any], text: str) -> None:
    """What SARIF 2.1.0 asks of a location in a text artifact (3.28 to 3.30)."""
    physical = location["physicalLocation"]
    artifact = physical["artifactLocation"]
    assert run["artifacts"][artifact["index"]]["location"]["uri"] == artifact["uri"]
    assert not artifact["uri"].startswith("/")
    assert artifact["uri"].isascii()
    for logical in location.get("logicalLocations", []):
        assert set(logical) == {"name", "fullyQualifiedName", "kind"}
    if "region" not in physical:
        return
    region = physical["region"]
    start, length = region["charOffset"], region["charLength"]
    assert text[start : start + length] == region["snippet"]["text"] != ""
    lines = text.split("\n")
    begin = sum(len(line) + 1 for line in lines[: region["startLine"] - 1]) + region["startColumn"] - 1
    end = sum(len(line) + 1 for line in lines[: region["endLine"] - 1]) + region["endColumn"] - 1
    assert (begin, end) == (start, start + length)


def test_the_log_has_the_structure_of_sarif(checked: Checked) -> None:
    assert checked.analysis is not None
    text = checked.analysis.document.text
    run = run_of(checked)
    driver = run["tool"]["driver"]
    rules = driver["rules"]
    assert driver["name"] == "gouji"
    assert [rule["id"] for rule in rules] == sorted({one.check for one in checked.found})
    assert all(rule["shortDescription"]["text"] for rule in rules)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    assert run["artifacts"][0]["hashes"] == {"sha-256": checked.analysis.document.sha256}
    assert len(run["results"]) == len(checked.found) == 9
    for result, found in zip(run["results"], checked.found, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == found.check
        assert result["level"] in LEVELS
        assert found.stated in result["message"]["text"]
        assert len(result["locations"]) == 1
        related = result["relatedLocations"]
        assert [one["id"] for one in related] == list(range(1, len(found.operands) + len(found.related) + 1))
        assert all(one["message"]["text"] for one in related)
        for location in (*result["locations"], *related):
            check_location(run, location, text)


def test_levels_follow_severity(checked: Checked) -> None:
    one = checked.found[0]
    found = [replace(one, severity=severity) for severity in Severity]
    levels = [result["level"] for result in run_of(Checked(SOURCE, checked.analysis, found))["results"]]
    assert levels == ["error", "warning", "note", "note"]


def test_a_paged_format_has_pages_and_no_regions(checked: Checked) -> None:
    assert checked.analysis is not None
    document = replace(checked.analysis.document, media="application/pdf")
    subject = checked.found[0].subject
    assert subject.place is not None
    paged = replace(checked.found[0], subject=replace(subject, place=replace(subject.place, page=7)))
    run = run_of(Checked("a.pdf", replace(checked.analysis, document=document), [paged]))
    physical = run["results"][0]["locations"][0]["physicalLocation"]
    assert "region" not in physical
    assert physical["properties"] == {"page": 7, "start": subject.start, "end": subject.end}


def test_a_fingerprint_outlives_text_put_in_before_it(checked: Checked) -> None:
    def moved(one: Finding) -> Finding:
        place = one.subject.place
        assert place is not None
        return replace(one, subject=replace(one.subject, start=1, end=2, place=replace(place, line=9, page=3)))

    marks = [fingerprint(one) for one in checked.found]
    assert len(set(marks)) == len(marks)
    assert [fingerprint(moved(one)) for one in checked.found] == marks
    assert fingerprint(replace(checked.found[0], stated="1万元")) not in marks


def test_a_file_that_failed_is_a_notification(checked: Checked) -> None:
    run = run_of(checked, Checked("nowhere.txt", failure="找不到这个文件"))
    (invocation,) = run["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert invocation["executionSuccessful"] is False
    assert notification["message"]["text"] == "找不到这个文件"
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "nowhere.txt", "index": 1}
    assert len(run["artifacts"]) == 2
    assert len(run["results"]) == len(checked.found)


def test_json_is_one_line_with_counts_places_and_witnesses(checked: Checked) -> None:
    assert checked.analysis is not None
    line = findings_json(checked.analysis, checked.found, SOURCE)
    assert "\n" not in line
    data = json.loads(line)
    assert data == findings_dict(checked.analysis, checked.found, SOURCE)
    assert data["schema"] == "gouji-findings/1"
    assert data["counts"] == {"error": 6, "doubtful": 0, "rounding": 3, "form": 0}
    first = data["findings"][0]
    assert (first["stated"], first["computed"], first["remedy"]) == (
        *("42,511.52万元", "42431.52万元", "应为42,431.52万元"),
    )
    assert first["subject"]["cell"] == "t3.r9.c2"
    assert (first["subject"]["row"], first["subject"]["column"]) == ("本年支出合计", "决算数")
    assert len(first["operands"]) == 4
    assert len(first["witnesses"]) == 8


def test_csv_has_a_row_a_finding_of_every_document(checked: Checked) -> None:
    assert checked.analysis is not None
    text = findings_csv([(checked.analysis, checked.found, "a.txt"), (checked.analysis, checked.found[:2], "b.txt")])
    rows = list(csv.DictReader(io.StringIO(text)))
    assert text.splitlines()[0] == ",".join(HEADINGS)
    assert [row["文件"] for row in rows] == ["a.txt"] * 9 + ["b.txt"] * 2
    assert [row["序号"] for row in rows] == [*map(str, range(1, 10)), "1", "2"]
    assert (rows[0]["级别"], rows[0]["修正"], rows[0]["单元格"], rows[0]["佐证处数"]) == (
        *("错误", "应为42,431.52万元", "t3.r9.c2", "8"),
    )
