"""Folding and joining keep the way back to the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.model.spans import Span
from gouji.text.normalise import FOLDS, fold, join, strip_blanks, unwrap

TEXTS = st.text(alphabet="决算支出１２．，5, .%％（）a b\n\t　", max_size=60)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１２．０８％", "12.08%"),
        ("Ａ类ｂ级", "A类b级"),
        ("１，５１６．３４", "1,516.34"),
        ("１，５，１６", "1，5，16"),  # a list, no thousands
        ("增加1，516", "增加1，516"),  # between half-width digits the comma may part a list
        ("收入，支出。（类）：“三公”；", "收入，支出。（类）：“三公”；"),
        ("项　目\u00a0名", "项 目 名"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(TEXTS)
def test_folding_keeps_every_position(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert all(a == b or ord(a) in FOLDS or (a, b) == ("，", ",") for a, b in zip(text, folded, strict=True))


@given(TEXTS)
def test_unwrapped_text_is_the_source_but_for_white_space(source: str) -> None:
    view = unwrap(source)
    assert "\n" not in view.text
    assert strip_blanks(view.text) == strip_blanks(fold(source))
    assert view.offsets.length == len(view.text)


@given(TEXTS, st.data())
def test_spans_go_back_to_what_they_stand_for(source: str, data: st.DataObject) -> None:
    view = unwrap(source)
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    span = view.to_source(Span(start, end))
    assert strip_blanks(fold(source)[span.start : span.end]) == strip_blanks(view.text[start:end])
    if start < end and not view.text[start].isspace() and not view.text[end - 1].isspace():
        assert view.offsets.to_target(span) == Span(start, end)


def test_words_of_latin_script_do_not_run_together_and_figures_do() -> None:
    assert unwrap("big\ndata 12\n.5万元").text == "big data 12.5万元"


def test_pieces_may_leave_out_whole_lines() -> None:
    source = "占比12\n—10—\n.50%。"
    view = join(source, [Span(0, 4), Span(10, 15)])
    assert view.text == "占比12.50%。"
    assert view.to_source(Span(2, 8)) == Span(2, 14)
    assert source[2:14] == "12\n—10—\n.50%"


def test_nothing_to_join() -> None:
    assert (join("abc", []).text, unwrap("").text, unwrap("\n\n").text) == ("", "", "")
