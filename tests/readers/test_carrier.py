"""Noise of the carriers, a case a kind: what is read all the same, what is refused, and that it is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gouji.analysis import analyse
from gouji.model.document import Document
from gouji.model.facts import FIGURES, Label
from gouji.model.outcomes import Analysis
from gouji.readers.txt import document_of


def analysed(text: str) -> Analysis:
    return analyse(document_of(text, "报告", "0"))


def tagged(text: str) -> list[tuple[str, str, str | None]]:
    """Words of every mention as they stand in the source, with its value."""
    found = analysed(text)
    return [
        (str(m.label), found.document.text[m.span.start : m.span.end], f"{m.value.canonical:f}" if m.value else None)
        for m in found.mentions
    ]


def figures(text: str) -> list[tuple[str, str | None]]:
    return [(words, value) for label, words, value in tagged(text) if Label(label) in FIGURES]


def numbers(document: Document) -> Iterator[tuple[str, str, str]]:
    for table in document.tables:
        for cell in table.numbers():
            yield "/".join(cell.row_path), "/".join(cell.col_path), cell.text


CLEAN = "机关运行经费支出12.50万元，比上年增加1.50万元，增长13.64%，主要原因是物价上涨。"


@pytest.mark.parametrize(
    ("noisy", "kind"),
    [
        ("機關運行經費支出12.50萬元，比上年增加1.50萬元，增長13.64%，主要原因是物價上漲。", "traditional script"),
        (
            "机关运行经(jīng)费(fèi)支出12.50万元，比上年增加1.50万元，增长13.64%，主要原因是物价上涨。",
            "readings",
        ),
        ("机关运行经费支出12.50万元，,比上年增加1.50万元，，增长13.64%，主要原因是物价上涨。。", "doubled marks"),
        ("机关运行经费支出12.50万元,比上年增加1.50万元,增长13.64％,主要原因是物价上涨.", "half width"),
        (
            "机关运行经费支出１２．５０万元，比上年增加１．５０万元，增长13.64％，主要原因是物价上涨。",
            "full width",
        ),
        ("机 关 运 行 经 费 支出12.50万元，比 上 年 增 加 1.50万元，增长13.64%，主要原因是物价上涨。", "stretched"),
        ('HYPERLINK "http://a.cn/%20b50%" \\t "_blank"' + CLEAN, "field codes"),
    ],
)
def test_facts_are_those_of_the_clean_text(noisy: str, kind: str) -> None:
    def told(text: str) -> list[tuple[object, ...]]:
        found = analysed(text)
        value = {m.id: m.value.canonical for m in found.mentions if m.value}
        return [(f.path, value.get(f.figure), f.measure, f.base, f.direction) for f in found.facts]

    assert told(noisy) == told(CLEAN), kind
    assert len(analysed(noisy).causes) == 1


def test_spans_keep_the_characters_of_the_source() -> None:
    assert tagged("機關運行經(jīng)費(fèi)支出12.50萬元，與上年持平。")[:2] == [
        ("INDICATOR", "機關運行經(jīng)費", None),
        ("AMOUNT", "12.50萬元", "125000"),
    ]


def test_letters_in_brackets_that_are_no_readings_stay() -> None:
    document = document_of("使用手机应用(app)缴费，因公出国（境）费9.50万元。", "x", "0")
    assert document.passages[0].text == "使用手机应用(app)缴费，因公出国（境）费9.50万元。"


def test_characters_that_both_scripts_have_are_folded_in_traditional_texts_alone() -> None:
    assert document_of("於潜镇支出9.50万元。", "x", "0").passages[0].text == "於潜镇支出9.50万元。"
    assert document_of("由於物價上漲，支出9.50萬元。", "x", "0").passages[0].text == "由于物价上涨，支出9.50万元。"


@pytest.mark.parametrize(
    ("text", "kept", "said"),
    [
        ("本年收入12?4.50万元，支出9.50万元。", ["9.50万元"], "12?4.50万元"),
        ("增加\ufffd1234万元，增长3.2%。", ["3.2%"], "\ufffd1234万元"),
        ("確?！1,234萬元，其他9.50萬元", ["9.50萬元"], "确?！1,234万元"),
        ("罩С?1234萬元。支出9.50万元", ["9.50万元"], "?1234万元"),
        ("收入12\ue0043.50万元，支出9.50万元。", ["9.50万元"], "12\ue0043.50"),
        ("收入1,2**.00万元，支出9.50万元。", ["9.50万元"], "1,2**.00万元"),
    ],
)
def test_a_figure_beside_lost_characters_is_refused_and_said(text: str, kept: list[str], said: str) -> None:
    assert [words for words, _ in figures(text)] == kept
    warning = document_of(text, "x", "0").warnings[-1]
    assert said in warning
    assert warning.startswith("第1行")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("为什么减少12.50万元？因为节约3.00万元。", ["12.50万元", "3.00万元"]),
        ("收入12.50万元**，支出9.50万元*。", ["12.50万元", "9.50万元"]),
        ("详见http://a.gov.cn/x.jsp?id=12，支出9.50万元。", ["9.50万元"]),
    ],
)
def test_questions_notes_and_addresses_are_no_lost_characters(text: str, kept: list[str]) -> None:
    assert [words for words, _ in figures(text)] == kept
    assert document_of(text, "x", "0").warnings == ()


def test_many_lost_characters_are_said_once_for_all() -> None:
    warnings = document_of("收入\ufffd9.50万元。\n" * 30, "x", "0").warnings
    assert (len(warnings), warnings[-1]) == (21, "另有 11 处同样的问题。")


def test_masks_and_unfilled_templates_give_no_figures() -> None:
    assert figures("支出****万元，其中**年**月支出XX万元，增长（下降）XX%，占……。") == []
    text = "XX年度收入总计XX万元，比上年增加（减少）XX万元，主要原因是……（填写说明）。\n"
    found = analysed("XX部门**年度部门决算\n一、收入情况\n" + text)
    assert (found.facts, {o.check for o in found.outcomes if o.status == "inconsistent"}) == ((), {"W-placeholder"})


def test_injected_paragraphs_are_flagged_and_not_used() -> None:
    text = "一、收入情况\n本年收入9.50万元。\n澳门新葡京官方下载，注册送38元，投注平台www.a.com\n查处赌博案件12起。\n"
    document = document_of(text, "x", "0")
    assert [p.text for p in document.passages] == ["一、收入情况", "本年收入9.50万元。", "查处赌博案件12起。"]
    assert document.warnings == ("第3行疑似被植入的广告或链接，没有采用。",)
    assert document.text == text


CONTENTS = (
    "目    录\n第一部分 部门概况\t PAGEREF _Toc123456789 \\h 3\n第二部分 决算情况说明\t PAGEREF _Toc123456790 \\h 12\n"
)


def test_contents_with_field_codes_are_neither_table_nor_sections() -> None:
    document = document_of(
        CONTENTS + "第一部分 部门概况\n负责公共文化服务。\n第二部分 决算情况说明\n本年收入9.50万元。\n", "x", "0"
    )
    assert document.tables == ()
    assert [(s.title, document.text[s.start :].startswith(s.number)) for s in document.sections] == [
        ("部门概况", True),
        ("决算情况说明", True),
    ]
    assert document.sections[0].start > len(CONTENTS) - 1


def test_an_empty_table_is_a_title_alone() -> None:
    document = document_of("国有资本经营预算财政拨款支出决算表（空表）\n单位：万元\n一、情况说明\n无。\n", "x", "0")
    assert document.tables == ()
    assert [p.text for p in document.passages if p.kind == "caption"] == [
        "国有资本经营预算财政拨款支出决算表（空表）",
        "单位：万元",
    ]


def test_a_flattened_table_without_order_claims_nothing() -> None:
    found = analysed(
        "“三公”经费支出决算表\n单位：万元\n因公出国（境）费\n公务接待费\n公务用车购置及运行费\n合计\n0.00\n1.20\n3.40\n4.60\n"
    )
    assert (found.mentions, found.facts) == ((), ())
    assert [o for o in found.outcomes if o.status == "inconsistent"] == []


def test_columns_are_told_by_their_headers_in_whatever_order() -> None:
    text = (
        "“三公”经费支出决算表\n单位：万元\n| 合计 | 公务接待费 | 公务用车购置及运行费 | | | 因公出国（境）费 |\n"
        "| | | 小计 | 购置费 | 运行费 | |\n| 4.60 | 1.20 | 3.40 | 0.00 | 3.40 | 0.00 |\n"
    )
    assert list(numbers(document_of(text, "x", "0"))) == [
        ("", "合计", "4.60"),
        ("", "公务接待费", "1.20"),
        ("", "公务用车购置及运行费/小计", "3.40"),
        ("", "公务用车购置及运行费/购置费", "0.00"),
        ("", "公务用车购置及运行费/运行费", "3.40"),
        ("", "因公出国（境）费", "0.00"),
    ]


def test_a_page_that_begins_inside_a_sentence_has_a_cause_of_nothing() -> None:
    found = analysed("12\n主要原因是厉行节约，压减一般性支出。\n二、支出情况\n本年支出9.50万元。\n")
    assert [c.explains for c in found.causes] == [()]


def test_a_glossary_tells_no_facts_and_no_causes() -> None:
    found = analysed(
        "第四部分 名词解释\n一、财政拨款收入：指单位从同级财政部门取得的财政预算资金，主要用于保障机构正常运转。\n"
        "二、“三公”经费：指用财政拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。\n"
    )
    assert (found.facts, found.causes) == ((), ())


def test_what_is_kept_back_is_said() -> None:
    document = document_of("四、“三公”经费情况\n因涉密，有关数据不宜公开。\n五、项目\n开展涉密检查12次。\n", "x", "0")
    assert document.warnings == ("第2行说明有关数据不公开，该处没有数可核。",)


def test_numbers_that_skip_make_sections_all_the_same() -> None:
    document = document_of(
        "一、收入情况\n1.财政拨款收入9.50万元。\n3.其他收入1.50万元。\n（二）支出情况。本年支出11.00万元。\n", "x", "0"
    )
    assert [(s.number, s.title) for s in document.sections] == [
        ("一、", "收入情况"),
        ("1.", "财政拨款收入"),
        ("3.", "其他收入"),
        ("（二）", "支出情况"),
    ]


def test_a_table_in_noisy_script_reads_like_a_clean_one() -> None:
    noisy = (
        "支出決算表\n單位：萬(wàn)元\n| 功能分類科目編碼 | 科目名稱 | 本 年 支 出 合 計 | 項 目 支 出 |\n"
        "| ２０５ | 教育支出 | 12.50 | 2.50 |\n| ２０５０１ | 教育管理事務(wù) | 12.50 | 2.50 |\n"
    )
    (table,) = document_of(noisy, "x", "0").tables
    assert (table.title, table.kind, table.unit) == ("支出决算表", "expenditure", "万元")
    assert [(c.row_path, c.col_path, c.text) for c in table.numbers()] == [
        (("教育支出",), ("本年支出合计",), "12.50"),
        (("教育支出",), ("项目支出",), "2.50"),
        (("教育支出", "教育管理事务"), ("本年支出合计",), "12.50"),
        (("教育支出", "教育管理事务"), ("项目支出",), "2.50"),
    ]
