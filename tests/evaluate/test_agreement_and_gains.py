"""Agreement of annotators, differences and gains of runs: small cases by hand, and the commands."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import krippendorff
import pytest
from typer.testing import CliRunner

from gouji.cli import app
from gouji.errors import AnnotationError
from gouji.evaluate.agreement import agreement, kappa
from gouji.evaluate.gains import gains


def annotation(*rows: tuple[str, int, int, dict[str, Any]], name: str = "x", length: int = 20) -> dict[str, Any]:
    mentions, facts, causes = [], [], []
    for number, (label, start, end, more) in enumerate(rows, start=1):
        told = dict(more)
        measure, category = told.pop("measure", None), told.pop("category", None)
        mentions.append({"id": f"m{number}", "label": label, "start": start, "end": end} | told)
        if measure:
            facts.append({"id": f"f{number}", "figure": f"m{number}", "measure": measure})
        if category:
            causes.append({"id": f"c{number}", "span": f"m{number}", "explains": [], "categories": [category]})
    document = {"name": name, "sha256": name, "length": length}
    parts = {"mentions": mentions, "facts": facts, "causes": causes, "alignments": [], "tables": []}
    return {"schema": "gouji-gold/1", "document": document} | parts


A = annotation(("CAUSE", 0, 10, {"category": "thrift"}), ("AMOUNT", 12, 16, {"measure": "actual", "value": "5"}))
B = annotation(("CAUSE", 2, 10, {"category": "thrift"}), ("AMOUNT", 12, 16, {"measure": "change", "value": "5"}))


def test_two_annotators_by_hand() -> None:
    found = agreement([(A, B)])
    assert {label: estimate.value for label, estimate in found.f1.items()} == {"AMOUNT": 1.0, "CAUSE": 0.0, "all": 0.5}
    # characters of causes: 8 both in, 2 in one only, 10 both out: (18/20 - (10*8 + 10*12)/400) / (1 - 200/400)
    assert found.kappa["CAUSE"] == pytest.approx((0.9 - 0.5) / 0.5)
    assert found.kappa["AMOUNT"] == 1.0
    assert found.alpha["measure"] == (pytest.approx(krippendorff.alpha([[0], [1]], level_of_measurement="nominal")), 1)
    assert found.alpha["main category"] == (None, 0)  # no cause span is shared


def test_kappa_of_the_textbook() -> None:
    # Cohen's example in its usual form: 20 yes, 15 no, 5 and 10 apart
    pairs = Counter({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15})
    assert kappa(pairs) == pytest.approx(0.4)


def test_alpha_of_many_spans_is_that_of_krippendorff() -> None:
    values = ["actual", "change", "actual", "share", "actual", "change"]
    other = ["actual", "change", "change", "share", "actual", "share"]
    one, two = (
        annotation(*(("AMOUNT", 2 * i, 2 * i + 1, {"measure": m}) for i, m in enumerate(side)))
        for side in (values, other)
    )
    codes = {"actual": 0, "change": 1, "share": 2}
    expected = krippendorff.alpha(
        [[codes[v] for v in values], [codes[v] for v in other]], level_of_measurement="nominal"
    )
    assert agreement([(one, two)]).alpha["measure"] == (pytest.approx(expected), 6)


def test_other_documents_and_missing_offsets_are_refused() -> None:
    with pytest.raises(AnnotationError, match="不是同一份文件的"):
        agreement([(A, annotation(name="y"))])
    bare = annotation(("CAUSE", 0, 4, {}))
    del bare["mentions"][0]["start"]
    with pytest.raises(AnnotationError, match="没有字符位置"):
        agreement([(bare, bare)])


def test_gains_and_losses_by_hand() -> None:
    gold = annotation(
        ("AMOUNT", 0, 4, {"value": "10", "measure": "actual"}),
        ("RATE", 5, 8, {"value": "0.5", "measure": "change_rate"}),
        ("CAUSE", 10, 14, {"category": "thrift"}),
    )
    before = annotation(
        ("AMOUNT", 0, 4, {"value": "10", "measure": "actual"}),
        ("CAUSE", 9, 14, {"category": "thrift"}),
    )
    after = annotation(
        ("AMOUNT", 0, 4, {"value": "10.0", "measure": "change"}),
        ("RATE", 5, 8, {"value": "0.5", "measure": "change_rate"}),
        ("CAUSE", 10, 14, {"category": "policy"}),
    )
    found = gains(before | {"outcomes": []}, after | {"outcomes": []}, gold)
    assert [(c.kind, c.layer, c.start, c.end, c.what) for c in found] == [
        ("lost", "fact", 0, 4, "actual none none"),
        ("new error", "fact", 0, 4, "change none none"),
        ("gained", "RATE", 5, 8, "0.5"),
        ("gained", "fact", 5, 8, "change_rate none none"),
        ("cured error", "CAUSE", 9, 14, ""),
        ("cured error", "cause category", 9, 14, "thrift"),
        ("gained", "CAUSE", 10, 14, ""),
        ("new error", "cause category", 10, 14, "policy"),
    ]
    assert gains(after, after, gold) == []


def write(path: Path, data: dict[str, Any]) -> Path:
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_commands(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    write(tmp_path / "a/x.gold.json", A)
    write(tmp_path / "b/x.gold.json", B)
    run = CliRunner().invoke(app, ["agree", str(tmp_path / "a"), str(tmp_path / "b")])
    assert run.exit_code == 0
    assert "  CAUSE              0.000                     0.800" in run.output.splitlines()
    run = CliRunner().invoke(app, ["diff", str(tmp_path / "a"), str(tmp_path / "b")])
    assert (run.exit_code, run.output.splitlines()[-1]) == (0, "changed 1，moved 1")
    run = CliRunner().invoke(app, ["diff", str(tmp_path / "a"), str(tmp_path / "b"), "--gold", str(tmp_path / "a")])
    assert (run.exit_code, run.output.splitlines()[-1]) == (0, "lost 3，new error 3")
    run = CliRunner().invoke(app, ["diff", str(tmp_path / "a"), str(tmp_path / "none")])
    assert (run.exit_code, "找不到这个文件或文件夹" in run.output) == (1, True)
    run = CliRunner().invoke(app, ["agree", str(tmp_path / "a"), str(tmp_path / "b/x.gold.json")])
    assert (run.exit_code, "一个是文件，一个是文件夹" in run.output) == (1, True)
