"""Facts of invented clauses: every comparison template of the genre, the traps, and near-misses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gouji.facts.assemble import assemble_facts
from gouji.facts.productions import PRODUCTIONS

Build = Callable[[dict[str, Any]], Any]


def test_reads_exactly_the_marked_facts(fact_case: Any, show: Callable[..., Any]) -> None:
    facts = assemble_facts(fact_case.document, fact_case.mentions)
    wanted = list(fact_case.expected)
    found = [
        show(fact, fact_case.mentions, fact_case.document.text, rule=bool(n < len(wanted) and wanted[n].rule))
        for n, fact in enumerate(facts)
    ]
    assert found == wanted


def test_every_production_reads_a_case(all_cases: list[Any]) -> None:
    rules = {fact.rule for case in all_cases for fact in assemble_facts(case.document, case.mentions)}
    assert rules == {production.name for production in PRODUCTIONS}


def test_the_table_is_not_thinned_out(all_cases: list[Any]) -> None:
    assert len(all_cases) >= 150


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"id": "open", "text": "{收入|#revenue"}, "not closed"),
        ({"id": "bare", "text": "收入}5万元"}, "without its word"),
        ({"id": "left", "text": "{收入"}, "left open"),
        ({"id": "empty", "text": "收入增加"}, "no figure"),
        ({"id": "number", "text": "{收入|change}"}, "is no figure"),
        ({"id": "name", "text": "{5万元|change}"}, "has no name"),
        ({"id": "key", "text": "{5万元|change @收入 off=x}"}, "unknown key"),
        ({"id": "word", "text": "{5万元|chage @收入}"}, "chage"),
        ({"id": "keys", "text": "{5万元|change @收入}", "more": 1}, "keys are"),
    ],
    ids=lambda value: value["id"] if isinstance(value, dict) else "",
)
def test_cases_are_read_strictly(row: dict[str, Any], message: str, build_case: Build) -> None:
    with pytest.raises(ValueError, match=message):
        build_case(row)


def test_facts_are_numbered_in_the_order_of_their_figures(build_case: Build) -> None:
    text = "{甲项|#other}{3万元|actual @甲项}，{新购{2辆|count @}|!}，比上年增加{1万元|change @甲项}。"
    case = build_case({"id": "order", "text": text})
    facts = assemble_facts(case.document, case.mentions)
    spans = [next(m.span.start for m in case.mentions if m.id == fact.figure) for fact in facts]
    assert [fact.id for fact in facts] == ["f1", "f2", "f3"]
    assert spans == sorted(spans)


def test_a_document_without_mentions_has_no_facts(build_case: Build) -> None:
    case = build_case({"id": "none", "text": "{5万元|nofact}"})
    assert assemble_facts(case.document, ()) == ()
