"""Tokens cover the text, a figure is one token, and both word cutters cut alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.model.spans import Span
from gouji.text.figures import scan
from gouji.text.tokenise import cutter, tokenise

WORDS = ("财政拨款收入", "公务用车购置及运行维护费", "年末结转和结余", "机关运行经费")
SENTENCES = (
    "本年收入合计5,312.40万元，其中：财政拨款收入5,200.00万元，占97.88%。",
    "公务用车购置及运行维护费支出决算为12.30万元，比上年减少1.1万元，下降8.21%。",
    "年末结转和结余0.00万元；机关运行经费 88.16 万元。",
    "“三公”经费按《党政机关厉行节约反对浪费条例》从严管理，全年接待94批次、812人次。",
    "Windows 10专业版授权3套，\n\n联系电话：010-65430000。",
)


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    """Load the dictionary of the reference, too, before a test with a deadline needs it."""
    cutter((), "jieba")


def spans(text: str) -> list[Span]:
    return [Span(f.start, f.end) for f in scan(text)]


def test_figures_are_single_tokens_and_words_are_cut_between() -> None:
    text = "财政拨款收入1,234.56万元，增长 99.79%。"
    tokens = tokenise(text, spans(text), WORDS)
    assert [(t.text, t.kind) for t in tokens] == [
        ("财政拨款收入", "word"),
        ("1,234.56万元", "figure"),
        ("，", "mark"),
        ("增长", "word"),
        (" ", "space"),
        ("99.79%", "figure"),
        ("。", "mark"),
    ]


def test_numbers_that_are_no_figures_are_numbers() -> None:
    assert [(t.text, t.kind) for t in tokenise("2021年")] == [("2021", "number"), ("年", "word")]


def test_an_empty_text_has_no_tokens() -> None:
    assert tokenise("") == []


@pytest.mark.parametrize("figures", [[Span(0, 2), Span(1, 3)], [Span(2, 3), Span(0, 1)], [Span(0, 9)]])
def test_figures_out_of_place_are_refused(figures: list[Span]) -> None:
    with pytest.raises(ValueError, match="figure"):
        tokenise("1元2元", figures)


def test_own_words_stay_whole_in_one_dictionary_only() -> None:
    assert [t.text for t in tokenise("机关运行经费", (), WORDS)] == ["机关运行经费"]
    assert [t.text for t in tokenise("机关运行经费")] == ["机关", "运行", "经费"]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_both_engines_cut_alike(sentence: str) -> None:
    pytest.importorskip("rjieba", reason="rjieba is an optional extra")
    figures = spans(sentence)
    assert tokenise(sentence, figures, WORDS, "rjieba") == tokenise(sentence, figures, WORDS, "jieba")


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(KeyError):
        cutter((), "other")


@given(st.text(max_size=60), st.sampled_from(["jieba", "auto"]))
def test_tokens_cover_any_text(text: str, engine: str) -> None:
    tokens = tokenise(text, spans(text), (), engine)
    assert "".join(t.text for t in tokens) == text
    assert all(text[t.start : t.end] == t.text and t.text for t in tokens)


@given(st.lists(st.sampled_from([*SENTENCES, *WORDS, "1,234.56万元", "，", "\n"]), max_size=6).map("".join))
def test_every_figure_of_running_text_is_a_token(text: str) -> None:
    figures = spans(text)
    assert [Span(t.start, t.end) for t in tokenise(text, figures, WORDS) if t.kind == "figure"] == figures
