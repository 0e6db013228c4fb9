"""The aligner on invented documents: whole results, near-misses, and properties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.align import align
from gouji.align.restate import slip
from gouji.model.document import Document
from gouji.model.outcomes import Analysis, Relation
from gouji.model.values import Kind, Value, Verdict
from gouji.resources.alignment import align_terms

Builder = Callable[[dict[str, Any]], Any]
Runner = Callable[[Any], dict[str, list[str]]]


def test_every_figure_has_exactly_the_alignments_of_its_case(case: Any, run_case: Runner) -> None:
    assert run_case(case) == case.expected


def test_the_same_document_gives_the_same_alignments_whatever_the_order_of_its_facts(case: Any) -> None:
    forward = align(case.document, case.mentions, case.facts)
    backward = align(case.document, case.mentions[::-1], case.facts[::-1])
    assert forward == backward


def test_every_unconfirmed_figure_says_why(case: Any) -> None:
    rows = [row for row in align(case.document, case.mentions, case.facts) if row.relation is Relation.NONE]
    known = align_terms().reasons
    assert [row.reason for row in rows if row.reason not in known] == []
    assert [row for row in rows if row.operands or row.verdict is not Verdict.NONE] == []


def test_a_document_without_tables_or_facts_has_no_alignments() -> None:
    assert align(Document("empty", "0" * 64, "text/plain", ""), (), ()) == ()


def share_entry(part: Decimal, whole: Decimal, rate: Decimal) -> dict[str, Any]:
    text = (
        "# 二、收入决算情况说明\n"
        f"收入合计{{f1 收入合计 actual}}{whole}万元{{/}}，其他收入{{f2 其他收入 actual}}{part}万元{{/}}，"
        f"占{{f3 其他收入 share of=收入合计}}{rate}%{{/}}。"
    )
    return {"id": "share", "text": text, "expected": {"f1": [], "f2": [], "f3": []}}


def test_a_correctly_rounded_share_agrees(build_case: Builder, run_case: Runner) -> None:
    @given(st.integers(1, 10**7), st.integers(1, 10**7))
    def holds(left: int, right: int) -> None:
        part, whole = sorted((Decimal(left) / 100, Decimal(right) / 100))
        rate = (part / whole * 100).quantize(Decimal("0.01"))
        assert run_case(build_case(share_entry(part, whole, rate)))["f3"] == ["share f2,f1 agrees"]

    holds()


def test_a_share_that_is_off_by_a_hundredfold_is_a_conflict(build_case: Builder, run_case: Runner) -> None:
    @given(st.integers(10**4, 10**7), st.integers(10**4, 10**7))
    def holds(left: int, right: int) -> None:
        part, whole = sorted((Decimal(left) / 100, Decimal(right) / 100))
        rate = (part / whole).quantize(Decimal("0.0001"))
        assert run_case(build_case(share_entry(part, whole, rate)))["f3"] == ["share f2,f1 conflict"]

    holds()


def wan(number: str) -> Value:
    value = Decimal(number)
    return Value(value, Decimal(10000), len(number.partition(".")[2]), Kind.MONEY, "万元")


@pytest.mark.parametrize(
    ("stated", "meant", "expected"),
    [
        ("2.388", "2388.15", "moved"),
        ("97.526", "97526", "moved"),
        ("650.00", "560.00", "swapped"),
        ("409.84", "490.84", "swapped"),
        ("1234.56", "1284.56", "mistyped"),
        ("12.30", "45.60", None),
        ("1.00", "3.00", None),
        ("0.00", "3.00", None),
        ("310.00", "300.00", None),
        ("100.00", "105.55", None),
    ],
)
def test_slips_of_the_pen(stated: str, meant: str, expected: str | None) -> None:
    assert slip(wan(stated), wan(meant)) == expected


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"id": "x", "text": "{f1 收入合计 actual}3万元", "expected": {}}, "not closed"),
        ({"id": "x", "text": "{f1 收入合计 actual}3万元{/}", "expected": {}}, "expectations"),
        ({"id": "x", "text": "", "expected": {}, "wanted": 1}, "keys"),
    ],
)
def test_the_case_reader_refuses_what_it_does_not_understand(
    build_case: Builder, entry: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        build_case(entry)


def test_foreign_money_is_compared_with_nothing(analysed: Callable[[Path], Analysis], sample: Path) -> None:
    before = analysed(sample)
    first = next(a for a in before.alignments if a.relation is Relation.SAME)
    figure = before.fact_of[first.figure].figure
    mentions = [replace(m, currency="USD") if m.id == figure else m for m in before.mentions]
    after = align(before.document, mentions, before.facts)
    assert first.figure in {a.figure for a in before.alignments}
    assert first.figure not in {a.figure for a in after}
