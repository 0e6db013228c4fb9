"""The heaviest words of the categories, looked for alone, are those that the scores know."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.resources.cause_categories import categories, scores

PHRASES = [
    "三名职工调出",
    "机构改革",
    "项目结束",
    "合同尾款",
    "未到付款条件",
    "受疫情影响",
    "２人退休",
    "厉行节约",
    "，",
    "经费",
    "追加",
]


@settings(deadline=None)  # the first text that has a word compiles its pattern
@given(st.lists(st.sampled_from(PHRASES), max_size=6).map("".join), st.integers(1, 7))
def test_heaviest_words_as_in_the_scores(text: str, least: int) -> None:
    expected = {code: (s.heaviest, s.first) for code, s in scores(text).items() if s.heaviest >= least}
    assert categories().heaviest(text, least) == expected


def test_one_heaviest_word_a_category() -> None:
    assert categories().heaviest("受疫情影响，培训未开展", 7) == {"epidemic": (7, 0), "not_incurred": (7, 6)}
