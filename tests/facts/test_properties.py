"""What holds of any text: every amount and rate has exactly one fact, and every token is read once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.facts.assemble import assemble_facts
from gouji.facts.productions import PRODUCTIONS, Found, read_letters
from gouji.facts.tokens import LETTERS
from gouji.model.facts import Base, Direction, Label, Measure

LETTER = "".join(sorted(set(LETTERS.values()) | set("IARrQTY_,;.:()")))
WORDS_TEXT = """
    比 较 与 上年 2020年 2021年 年初预算 全年预算数 预算 决算数 减少 增加（减少） 增幅 下降 占 的
    完成 为 其中 ： ， 。 ； （ ） 、
    分别 各 相比 同比 由 增至 车均 得分 按 主要原因是 执行率 同口径 未超过 持平 合计
"""
WORDS = st.sampled_from(WORDS_TEXT.split())
MARKS = st.sampled_from(
    [
        "{收入|#revenue}",
        "{公务接待费|#three_public}",
        "{执行率|#execution}",
        "{5万元|actual @}",
        "{0元|actual @}",
        "{-3%|share @}",
    ]
    + ["{2个百分点|change @}", "{7人|count @}", "{办公费上涨{2万元|other @}|!}"]
)


@given(st.text(alphabet=LETTER, max_size=60))
def test_every_token_is_read_once(letters: str) -> None:
    covered = [
        n
        for step in read_letters(letters)
        for n in (range(step.start, step.end) if isinstance(step, Found) else [step])
    ]
    assert covered == list(range(len(letters)))


@given(st.text(alphabet=LETTER, max_size=60))
def test_every_figure_has_a_role(letters: str) -> None:
    roles = [
        n
        for step in read_letters(letters)
        if isinstance(step, Found)
        for name, group in step.groups.items()
        for n in group
    ]
    figures = [n for n, letter in enumerate(letters) if letter in "ARrQ"]
    assert sorted(n for n in roles if n in set(figures)) == figures


@settings(max_examples=200)
@given(st.lists(st.one_of(WORDS, MARKS), min_size=1, max_size=25))
def test_every_amount_and_rate_has_exactly_one_fact(
    build_case: Callable[[dict[str, Any]], Any], pieces: list[str]
) -> None:
    case = build_case({"id": "x", "text": "".join([*pieces, "{9万元|actual @}"])})
    facts = assemble_facts(case.document, case.mentions)
    wanted = [m.id for m in case.mentions if m.label in (Label.AMOUNT, Label.RATE)]
    label = {m.id: m.label for m in case.mentions}
    assert [f.figure for f in facts if label[f.figure] is not Label.QUANTITY] == wanted
    assert [f.id for f in facts] == [f"f{n}" for n in range(1, len(facts) + 1)]
    for fact in facts:
        assert (fact.direction is Direction.NONE) or fact.measure in (Measure.CHANGE, Measure.CHANGE_RATE)
        assert fact.base is Base.NONE or fact.measure in (Measure.CHANGE, Measure.CHANGE_RATE, Measure.COMPLETION_RATE)
        assert (fact.of is None) or fact.measure is Measure.SHARE


def test_no_pattern_is_unbounded() -> None:
    """An unbounded repeat before the figure of a production would look at long lists again and again."""
    assert [
        p.name
        for p in PRODUCTIONS
        if any(sign in p.pattern.pattern.replace("\\", "") for sign in ("]*", ")*", "]+", ")+"))
    ] == []
