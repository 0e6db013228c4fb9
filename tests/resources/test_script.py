"""The table of scripts: one to one, and nothing of simplified script in it."""

from __future__ import annotations

import pytest

from gouji.resources.script import always, beside, folding, plain, simplified, without_readings

GENRE = {
    "機關運行經費與上年決算數持平": "机关运行经费与上年决算数持平",
    "財政撥款結轉結餘調整預算": "财政拨款结转结余调整预算",
    "佔總額比重，採購車輛，併入單位，週轉經費": "占总额比重，采购车辆，并入单位，周转经费",
    "壓減開支，嚴格執行規定，厲行節約": "压减开支，严格执行规定，厉行节约",
    "衛生健康、農林水、城鄉社區、災害防治": "卫生健康、农林水、城乡社区、灾害防治",
    "職業年金繳費、撫卹、獎勵、醫療補助": "职业年金缴费、抚恤、奖励、医疗补助",
    "績效目標實現，滿意度達標": "绩效目标实现，满意度达标",
    "國內債務還本付息，資本性支出": "国内债务还本付息，资本性支出",
}


@pytest.mark.parametrize(("traditional", "expected"), GENRE.items())
def test_words_of_the_genre(traditional: str, expected: str) -> None:
    assert simplified(traditional) == expected


def test_the_table_is_broad_and_leaves_simplified_script_alone() -> None:
    assert len(always()) > 2500
    for code in always():
        with pytest.raises(UnicodeEncodeError):
            chr(code).encode("gb2312")
    for table in (always(), beside()):
        assert all(len(to) == 1 and to.encode("gb2312") for to in table.values())


def test_a_simplified_text_is_its_own_folding() -> None:
    text = "".join(bytes([a, b]).decode("gb2312", "ignore") for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF))
    assert simplified(text) == text


def test_folding_is_done_once() -> None:
    with pytest.raises(ValueError, match="folded twice"):
        folding(str.maketrans("甲乙", "乙丙"))
    assert folding({})("（a）") == "（a）"


@pytest.mark.parametrize(
    ("text", "expected"), [("经(jīng)费", "经费"), ("经（fèi）费", "经费"), ("用车(辆)", "用车(辆)"), ("经费", "经费")]
)
def test_readings_fall_away(text: str, expected: str) -> None:
    assert without_readings(text) == expected


def test_positions_stay() -> None:
    assert all(len(simplified(text)) == len(text) for text in GENRE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("項 目\n名 稱", "项目名称"),
        ("經(jīng)費", "经费"),
        ("２０５０１", "20501"),
        ("出国（境）费", "出国（境）费"),
    ],
)
def test_words_of_cells(text: str, expected: str) -> None:
    assert plain(text) == expected
