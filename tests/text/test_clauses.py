"""Sentences and clauses: where they end, and that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.model.spans import Span
from gouji.text.clauses import clauses, sentences


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("收入增加。支出减少。", ["收入增加。", "支出减少。"]),
        ("他说：“增加。”支出减少", ["他说：“增加。”", "支出减少"]),
        ("收入增加！？支出", ["收入增加！？", "支出"]),
        ("收入\n支出", ["收入\n", "支出"]),
        ("增加1.5万元；减少", ["增加1.5万元；减少"]),
        ("", []),
    ],
)
def test_sentences(text: str, pieces: list[str]) -> None:
    assert [text[s.start : s.end] for s in sentences(text)] == pieces


def test_clauses_end_at_commas_but_not_inside_what_is_kept() -> None:
    text = "增加1,234元,下降；其中：甲"
    figure = Span(2, 8)
    assert [text[c.start : c.end] for c in clauses(text, [figure])] == ["增加1,234元,", "下降；", "其中：", "甲"]
    assert [text[c.start : c.end] for c in clauses(text)] == ["增加1,", "234元,", "下降；", "其中：", "甲"]


@given(st.text(alphabet="收支增。，；：！\n”“", max_size=30))
def test_pieces_join_to_the_text(text: str) -> None:
    for pieces in (sentences(text), clauses(text)):
        assert "".join(text[p.start : p.end] for p in pieces) == text
