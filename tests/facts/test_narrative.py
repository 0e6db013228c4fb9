"""Whole readings of invented paragraphs: traps of comparisons and causes, templates and cues of the genre."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gouji.evaluate.passages import GoldPassage, load_passages
from gouji.extract import extract
from gouji.facts import assemble
from gouji.model.facts import Label

CASES = load_passages(Path(__file__).parent.parent / "cases" / "narrative.yaml")
FIELDS = ("measure", "base", "direction", "of")


def expected(case: GoldPassage) -> dict[str, Any]:
    """Give everything that a case marks, in the order of the text."""
    text = case.document.text
    mentions = {m["id"]: m for m in case.gold["mentions"]}
    figure = {f["id"]: mentions[f["figure"]]["start"] for f in case.gold["facts"]}
    facts = []
    for fact in case.gold["facts"]:
        name = (fact["path"] or [""])[-1]
        flags = tuple(filter(None, fact.get("flags", "").split(",")))
        facts.append((figure[fact["id"]], name, *(fact[k] for k in FIELDS), flags))
    return {
        "mentions": [(m["label"], text[m["start"] : m["end"]]) for m in case.gold["mentions"]],
        "facts": sorted(facts),
        "causes": [
            (mentions[c["span"]]["start"], tuple(figure[e] for e in c["explains"]), c["categories"][0])
            for c in case.gold["causes"]
        ],
    }


def read(case: GoldPassage) -> dict[str, Any]:
    """Give the same of what the program reads; figures without a fact in the gold keep none here."""
    document = case.document
    mentions = extract(document)
    facts, causes = assemble(document, mentions)
    by_id = {m.id: m for m in mentions}
    start = {f.id: by_id[f.figure].span.start for f in facts}
    gold = {m["id"]: m for m in case.gold["mentions"]}
    stated = {gold[f["figure"]]["start"] for f in case.gold["facts"]}
    return {
        "mentions": [(str(m.label), document.text[m.span.start : m.span.end]) for m in mentions],
        "facts": [
            (start[f.id], f.path[-1] if f.path else "", *(getattr(f, k) for k in FIELDS), f.flags)
            for f in facts
            if start[f.id] in stated
        ],
        "causes": [(by_id[c.span].span.start, tuple(start[e] for e in c.explains), c.categories[0]) for c in causes],
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_reads_everything_that_is_marked_and_nothing_else(case: GoldPassage) -> None:
    assert read(case) == expected(case)


def test_every_row_of_the_list_of_traps_has_a_case() -> None:
    rows = {case.id.split("-")[1] for case in CASES if case.id.startswith("trap-")}
    elsewhere = {"78"}  # reasons in table columns: tests/extract/test_causes.py, tests/facts/test_linking.py
    assert {str(n) for n in (*range(51, 79), 91, 92)} == rows | elsewhere


def test_causes_against_the_direction_of_the_change_are_flagged() -> None:
    read = [(case.id, assemble(case.document, extract(case.document))[1]) for case in CASES]
    flagged = [(name, cause.flags) for name, causes in read for cause in causes if cause.flags]
    assert flagged == [("trap-68-cause-against-the-direction", ("direction_suspect",))]


def test_a_cause_without_a_cue_is_less_certain() -> None:
    case = next(c for c in CASES if c.id == "trap-75-clause-without-cue")
    cued = next(c for c in CASES if c.id == "cue-main-reason-is")
    (doubtful,) = [m for m in extract(case.document) if m.label is Label.CAUSE]
    (certain,) = [m for m in extract(cued.document) if m.label is Label.CAUSE]
    assert doubtful.cue == ""
    assert doubtful.confidence is not None
    assert certain.confidence is not None
    assert doubtful.confidence < certain.confidence
