"""A round of annotation: suggestions out, corrections back, told apart and counted."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gouji.cli import app
from gouji.evaluate.differences import differences
from gouji.interchange.rounds import TOOLS

TEXT = "2023年度部门决算\n本年收入合计1,200.00万元，比上年增加20.00万元，增长1.69%，主要原因是人员增加。\n"


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    return result.exit_code, result.output


@pytest.fixture
def report(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/a.txt").write_text(TEXT, "utf-8")
    return tmp_path / "reports"


@pytest.mark.parametrize("tool", TOOLS)
def test_untouched_suggestions_come_back_without_a_correction(tool: str, report: Path, tmp_path: Path) -> None:
    assert run("annotate", report, "--for", tool, "--out", tmp_path / "round")[0] == 0
    code, output = run("annotate", tmp_path / "round", "--collect", "--out", tmp_path / "gold")
    gold = json.loads((tmp_path / "gold/a.gold.json").read_text("utf-8"))
    assert code == 0
    assert output.splitlines()[:-1] == [
        "  金额：建议 2，未改 2",
        "  比率：建议 1，未改 1",
        "  指标：建议 1，未改 1",
        "  原因：建议 1，未改 1",
    ]
    assert [m["value"] for m in gold["mentions"] if m["label"] == "AMOUNT"] == ["12000000", "200000"]
    assert [len(c["explains"]) for c in gold["causes"]] == [2]


def test_corrections_in_brat_are_read_anew_and_listed(report: Path, tmp_path: Path) -> None:
    run("annotate", report, "--for", "brat", "--out", tmp_path / "round")
    file = tmp_path / "round/a.ann"
    lines = file.read_text("utf-8").splitlines()
    named = {line.split("\t")[2]: line.split("\t")[0] for line in lines if line.startswith("T")}
    amount, cause, rate = named["20.00万元"], named["人员增加"], named["1.69%"]
    out = []
    for line in lines:
        first, _, rest = line.partition("\t")
        if first == cause:
            start = TEXT.index("人员增加")
            line = f"{cause}\tCAUSE {start - 5} {start + 4}\t主要原因是人员增加"
        elif f" {rate} " in f" {rest} " or f":{rate}\t" in line or f":{rate} " in line or first == rate:
            continue
        elif rest.startswith(f"Direction {amount} "):
            line = f"{first}\tDirection {amount} decrease"
        out.append(line)
    file.write_text("\n".join(out) + "\nT99\tQUANTITY 0 5\t2023年\n", "utf-8")
    code, output = run("annotate", tmp_path / "round", "--collect", "--out", tmp_path / "gold")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "gold/corrections.csv").read_text("utf-8-sig"))))
    start = TEXT.index("主要")
    assert code == 0
    assert [(r["变动"], r["标签"], r["原文"], r["属性"], r["原来"], r["现在"]) for r in rows] == [
        ("增加", "QUANTITY", "2023年", "", "", ""),
        ("改属性", "AMOUNT", "20.00万元", "direction", "increase", "decrease"),
        ("删去", "RATE", "1.69%", "", "", ""),
        ("改边界", "CAUSE", "主要原因是人员增加", "span", f"{start + 5}-{start + 9}", f"{start}-{start + 9}"),
        ("改属性", "CAUSE", "主要原因是人员增加", "explains", "2", "1"),
    ]
    assert "  比率：建议 1，未改 0，删去 1" in output.splitlines()
    assert "  属性改动：direction 1，explains 1" in output.splitlines()


def test_an_open_round_is_never_overwritten_and_a_changed_text_is_refused(report: Path, tmp_path: Path) -> None:
    run("annotate", report, "--for", "brat", "--out", tmp_path / "round")
    code, output = run("annotate", report, "--for", "brat", "--out", tmp_path / "round")
    assert (code, "这里已有一轮标注，不会覆盖" in output) == (1, True)
    (tmp_path / "round/a.txt").write_text(TEXT + "。", "utf-8")
    code, output = run("annotate", tmp_path / "round", "--collect", "--out", tmp_path / "gold")
    assert (code, "文档 a 的正文被改动了" in output) == (1, True)
    assert run("annotate", report, "--collect", "--out", tmp_path / "gold")[0] == 1
    assert run("annotate", report, "--out", tmp_path / "gold")[0] == 2


def mentions(*rows: tuple[str, int, int]) -> dict[str, object]:
    named = [{"id": f"m{i}", "label": r[0], "start": r[1], "end": r[2]} for i, r in enumerate(rows, start=1)]
    return {"mentions": named, "facts": [], "causes": []}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [("RATE", 0, 2)], [("added", "RATE", None, (0, 2))]),
        ([("RATE", 0, 2)], [], [("removed", "RATE", (0, 2), None)]),
        ([("RATE", 0, 2)], [("AMOUNT", 0, 2)], [("relabelled", "AMOUNT", (0, 2), (0, 2))]),
        # one long span cut in two: the larger part is the moved one, the other is new
        (
            [("CAUSE", 0, 10)],
            [("CAUSE", 0, 4), ("CAUSE", 4, 10)],
            [("added", "CAUSE", None, (0, 4)), ("moved", "CAUSE", (0, 10), (4, 10))],
        ),
        # spans that touch do not overlap
        (
            [("CAUSE", 0, 4)],
            [("CAUSE", 4, 8)],
            [("removed", "CAUSE", (0, 4), None), ("added", "CAUSE", None, (4, 8))],
        ),
        # the same span twice, once in the other: one is left over
        ([("RATE", 0, 2), ("RATE", 0, 2)], [("RATE", 0, 2)], [("removed", "RATE", (0, 2), None)]),
    ],
)
def test_spans_are_paired_one_to_one(before: list, after: list, expected: list) -> None:
    found = differences(mentions(*before), mentions(*after))
    assert [(d.kind, d.label, d.before, d.after) for d in found] == expected
