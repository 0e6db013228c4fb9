from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.checks import account
from gouji.checks.ledger import NO_ALIGNMENT, NO_FACT, NO_SOURCE
from gouji.model.document import Document
from gouji.model.facts import Fact, Label, Mention
from gouji.model.outcomes import Alignment, CheckOutcome, LedgerRow, Relation, Status
from gouji.model.values import Verdict

Build = Callable[[Mapping[str, Any]], tuple[Document, tuple[Mention, ...], tuple[Fact, ...]]]

STATUSES = {"aligned", "derived", "context", "external", "unresolved"}
TEXT = {"text": "支出合计[80.00万元]，占[60.00%]；上年为[70.00万元]，另有[3.00万元]，共[5个]项目。"}


def same(figure: str, *operands: str, verdict: Verdict = Verdict.AGREES) -> Alignment:
    return Alignment(figure, Relation.SAME, operands, verdict, Decimal(1))


def none(figure: str, reason: str | None) -> Alignment:
    return Alignment(figure, Relation.NONE, (), Verdict.NONE, None, reason)


@pytest.mark.parametrize(
    ("alignments", "row"),
    [
        ([same("f1", "t1.r1.c1")], LedgerRow("m1", "aligned")),
        ([same("f1", "t1.r1.c1", verdict=Verdict.CONFLICT)], LedgerRow("m1", "aligned")),
        ([same("f1", "f3"), same("f3", "t1.r1.c1")], LedgerRow("m1", "aligned")),
        ([same("f1", "f3"), same("f3", "f1")], LedgerRow("m1", "derived", "same")),
        ([Alignment("f1", Relation.SUM, ("t1.r1.c1", "t1.r2.c1"), Verdict.AGREES)], LedgerRow("m1", "derived", "sum")),
        ([Alignment("f2", Relation.SHARE, ("f1", "f3"), Verdict.ROUNDING)], LedgerRow("m1", "context")),
        ([none("f1", "上年数不在表中"), Alignment("f2", Relation.SHARE, ("f1", "f3"), Verdict.AGREES)],
         LedgerRow("m1", "context", "上年数不在表中")),
        ([none("f1", "上年数不在表中")], LedgerRow("m1", "external", "上年数不在表中")),
        ([none("f1", None)], LedgerRow("m1", "external", NO_SOURCE)),
        ([none("f1", "ambiguous_cell")], LedgerRow("m1", "unresolved", "ambiguous_cell")),
        ([], LedgerRow("m1", "unresolved", NO_ALIGNMENT)),
    ],
)  # fmt: skip
def test_status_of_a_figure_by_its_alignments(build: Build, alignments: list[Alignment], row: LedgerRow) -> None:
    made, mentions, facts = build(TEXT)
    assert account(made, mentions, facts, alignments, ())[0] == row


def test_a_figure_without_a_fact_is_unresolved(build: Build) -> None:
    made, mentions, _ = build(TEXT)
    assert account(made, mentions, (), (), ())[1] == LedgerRow("m2", "unresolved", NO_FACT)


def test_a_figure_that_a_check_used_is_context(build: Build) -> None:
    made, mentions, facts = build(TEXT)
    used = CheckOutcome("c", "c", Status.CONSISTENT, ("f2", "f3"), "1", "1")
    assert account(made, mentions, facts, (), (used,))[2] == LedgerRow("m3", "context")


RELATIONS = st.sampled_from(list(Relation))
OPERANDS = st.lists(st.sampled_from(["f1", "f2", "f3", "f4", "f5", "t1.r1.c1", "t2.r2.c2"]), max_size=3)


@given(st.lists(st.tuples(st.sampled_from(["f1", "f2", "f3", "f4", "f5"]), RELATIONS, OPERANDS), max_size=12))
def test_every_amount_and_rate_has_exactly_one_row_whatever_the_alignments(
    build: Build,
    drawn: list[tuple[str, Relation, list[str]]],
) -> None:
    made, mentions, facts = build(TEXT)
    alignments = [Alignment(f, relation, tuple(operands), Verdict.AGREES) for f, relation, operands in drawn]
    rows = account(made, mentions, facts, alignments, ())
    assert [row.figure for row in rows] == [m.id for m in mentions if m.label in (Label.AMOUNT, Label.RATE)]
    assert {row.status for row in rows} <= STATUSES
