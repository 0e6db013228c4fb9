from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gouji.checks import check
from gouji.model.document import Document
from gouji.model.facts import Fact, Mention
from gouji.model.outcomes import Status
from gouji.resources.check_registry import load
from gouji.resources.proofreading import load_proofreading

Build = Callable[[Mapping[str, Any]], tuple[Document, tuple[Mention, ...], tuple[Fact, ...]]]
HEADS = [
    "项目",
    "科目编码",
    "合计",
    "本年支出合计",
    "基本支出",
    "项目支出",
    "决算数",
    "预算数",
    "占本年支出%",
    "完成预算%",
    "行次",
]
LABELS = [
    "合计",
    "总计",
    "本年支出合计",
    "一、甲",
    "其中：乙",
    "205",
    "20502",
    "301",
    "年初结转和结余",
    "公务接待费",
    "",
]
CELLS = st.sampled_from([*LABELS, "1.00", "2.50", "0", "-3.1", "—", "7%", "12,345.67"])
TITLES = st.sampled_from(["收入支出决算总表", "支出决算表", "一般公共预算财政拨款支出决算表", "“三公”经费表", ""])


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Any]:
    width = draw(st.integers(1, 6))
    heads = draw(st.lists(st.sampled_from(HEADS), min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))
    kind = draw(st.sampled_from(["other", "expenditure"]))
    return {"title": draw(TITLES), "kind": kind, "rows": [" | ".join(row) for row in [heads, *rows]]}


@given(st.lists(tables(), max_size=3))
def test_any_tables_have_an_answer_of_every_check_and_failures_say_what_fails(
    build: Build, drawn: list[dict[str, Any]]
) -> None:
    made, mentions, facts = build({"tables": drawn})
    outcomes = check(made, mentions, facts, ())
    declared = sorted(one.id for one in (*load().checks, *load_proofreading()))
    assert sorted({outcome.check for outcome in outcomes}) == declared
    for outcome in outcomes:
        failed = outcome.status is Status.INCONSISTENT
        assert (
            failed == (outcome.severity is not None) == (outcome.root is not None) == (bool(outcome.message) and failed)
        )
        assert outcome.reason is not None or outcome.status is not Status.NOT_CHECKED
        assert all(made.cell_at(address) is not None for address in outcome.operands)
