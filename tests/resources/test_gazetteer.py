"""The gazetteer: lookups, scan, hierarchy, and what the loader refuses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.errors import ResourceError
from gouji.model.spans import Span
from gouji.resources.gazetteer import Gazetteer, canonical, fiscal_words, gazetteer
from gouji.resources.gazetteer_loading import CLASSIFICATION_COLUMNS, TYPES, build_index
from gouji.resources.indicator_context import indicator_context
from gouji.resources.loading import read_tsv
from gouji.resources.names import balanced, expand, fold, fold_label


@pytest.mark.parametrize(
    ("label", "name", "kind"),
    [
        ("收、支总计", "收支总计", "total"),
        ("收入支出总计", "收支总计", "total"),
        ("本年收入合计", "收入合计", "revenue"),
        ("本 年 支 出 合 计", "支出合计", "expenditure"),
        ("年初结转结余", "年初结转和结余", "balance"),
        ("上年结转和结余", "年初结转和结余", "balance"),
        ("五、教育支出", "教育支出", "function"),
        ("（八）社会保障和就业支出", "社会保障和就业支出", "function"),
        ("2080505机关事业单位基本养老保险缴费支出", "机关事业单位基本养老保险缴费支出", "function"),
        ("20805 行政事业单位养老支出", "行政事业单位养老支出", "function"),
        ("“组织事务”（款）", "组织事务", "function"),
        ("30101 基本工资", "基本工资", "economic"),
        ("对个人和家庭补助支出", "对个人和家庭的补助", "economic"),
        ("其中：基本支出", "基本支出", "expenditure"),
        ("1.因公出国（境）费", "因公出国（境）费", "three_public"),
        ("（2）公务用车运行维护费（万元）", "公务用车运行维护费", "three_public"),
        ("公务车购置费", "公务用车购置费", "three_public"),
        ("车均运维费", "车均运行维护费", "three_public"),
        ("「三公」经费", "“三公”经费", "three_public"),
        ("机构运行经费", "机关运行经费", "operating"),
        ("货物类采购支出", "政府采购货物支出", "procurement"),
        ("单价100万元（含）以上专用设备", "单位价值100万元以上的专用设备", "assets"),
        ("国有资本经营预算财政拨款支出", "国有资本经营预算财政拨款支出", "fund"),
        ("服务对象满意度", "服务对象满意度", "satisfaction"),
        ("产出数量指标", "数量指标", "quantity"),
    ],
)
def test_labels_have_their_canonical_name(label: str, name: str, kind: str) -> None:
    entry = canonical(label)
    assert entry is not None
    assert (entry.name, entry.type) == (name, kind)


@pytest.mark.parametrize("label", ["", "项目", "2022年", "合计", "一、", "货物", "金额单位：万元", "栏次"])
def test_other_labels_have_none(label: str) -> None:
    assert canonical(label) is None


@pytest.mark.parametrize(
    ("label", "within", "name"),
    [
        ("货物", "procurement", "政府采购货物支出"),
        ("工程", "procurement", "政府采购工程支出"),
        ("购置费", "three_public", "公务用车购置费"),
        ("离休", "staffing", "离休人员"),
        ("一、一般公共预算财政拨款", "revenue", "一般公共预算财政拨款收入"),
    ],
)
def test_short_forms_count_within_their_type(label: str, within: str, name: str) -> None:
    entry = gazetteer().canonical(label, within)
    assert entry is not None
    assert entry.name == name
    assert gazetteer().canonical(label, "score") is None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("201", "一般公共服务支出"),
        ("20132", "组织事务"),
        ("2050803", "培训支出"),
        ("207", "文化旅游体育与传媒支出"),
        ("20805", "行政事业单位养老支出"),
        ("2080506", "机关事业单位职业年金缴费支出"),
        ("2101101", "行政单位医疗"),
        ("21305", "巩固脱贫攻坚成果衔接乡村振兴"),
        ("2130104", "事业运行"),
        ("2210201", "住房公积金"),
        ("22102", "住房改革支出"),
        ("224", "灾害防治及应急管理支出"),
        ("22960", "彩票公益金安排的支出"),
        ("231", "债务还本支出"),
        ("30201", "办公费"),
        ("30217", "公务接待费"),
        ("310", "资本性支出"),
    ],
)
def test_codes_bear_the_names_in_force(code: str, name: str) -> None:
    entry = gazetteer().by_code(code)
    assert entry is not None
    assert entry.name == name


def test_replaced_names_are_known_with_their_last_year() -> None:
    entry = gazetteer().lookup("行政事业单位离退休")
    assert entry is not None
    assert (entry.codes, entry.valid) == (("20805",), (None, 2019))


def test_every_item_has_its_section_and_class() -> None:
    codes = {row["code"] for row in read_tsv("indicators/functional.tsv", CLASSIFICATION_COLUMNS) if not row["to"]}
    assert [code for code in sorted(codes) if len(code) > 3 and code[:-2] not in codes] == []


def test_hierarchy() -> None:
    book = gazetteer()
    assert [entry.name for entry in book.ancestors("2040501")] == ["公共安全支出", "法院"]
    assert book.parent("204") is None
    assert book.code_under("行政运行", "20405") == "2040501"
    assert book.code_under("行政运行") is None


def test_scan_takes_the_longest_name_and_its_quotes() -> None:
    text = "2022年“三公”经费3万元，公务用车购置及运行维护费2万元，（公务接待费）1万元"
    assert [text[m.span.start : m.span.end] for m in gazetteer().scan(text)] == [
        "“三公”经费",
        "公务用车购置及运行维护费",
        "公务接待费",
    ]


def test_fiscal_words_are_bare_and_sorted() -> None:
    words = fiscal_words()
    assert {"三公经费", "财政拨款收入", "因公出国境费", "学前教育"} <= set(words)
    assert list(words) == sorted(words)
    assert not any(set(word) & set("“”（）") for word in words)


def test_every_entry_is_found_by_each_of_its_forms() -> None:
    book = gazetteer()
    strays = [(e.id, form) for e in book for form in e.aliases if book.lookup(form) is not e and book.lookup(form) != e]
    assert strays == []
    assert {entry.type for entry in book} <= TYPES


@given(st.sampled_from(sorted(e.name for e in gazetteer())), st.data())
def test_white_space_and_quotes_do_not_matter(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))
    assert gazetteer().lookup(name[:at] + data.draw(st.sampled_from([" ", "\n", "”", "（"])) + name[at:]) is not None


@given(st.text(max_size=40))
def test_scan_gives_stretches_of_the_text_in_order(text: str) -> None:
    spans = [m.span for m in gazetteer().scan(text)]
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    assert all(0 <= s.start < s.end <= len(text) for s in spans)


def entry(**changes: object) -> dict[str, Any]:
    return {"id": "a.b", "name": "甲收入", "type": "revenue", **changes}


def load(*entries: dict[str, Any], rows: tuple[dict[str, str], ...] = ()) -> Gazetteer:
    content = {"schema": "", "version": 1, "groups": [{"source": "a test", "entries": list(entries)}]}
    return Gazetteer(build_index([("f.yaml", content)], [("t.tsv", "function", "fn", rows)]))


def row(code: str, name: str, **changes: str) -> dict[str, str]:
    return {"code": code, "name": name, "from": "", "to": "", "aliases": "", **changes}


@pytest.mark.parametrize(
    ("entries", "rows", "message"),
    [
        ([entry(alias=["x"])], (), "f.yaml: entry 'a.b': unknown or missing keys"),
        ([{"id": "a.b", "name": "甲"}], (), "unknown or missing keys"),
        ([entry(type="income")], (), "type 'income'"),
        ([entry(), entry(name="乙收入")], (), "duplicate id 'a.b'"),
        ([entry(), entry(id="c.d", name="乙收入", aliases=["“甲” 收入"])], (), "already belongs to 'a.b'"),
        ([entry(aliases=["“”"])], (), "empty alias"),
        ([entry(aliases=["{甲|乙收入"])], (), "brackets of the notation"),
        ([entry(codes=["30101"]), entry(id="c.d", name="乙", codes=["30101"])], (), "code 30101 already belongs"),
        ([], (row("20", "甲"),), "t.tsv: row '20' '甲'"),
        ([], (row("201", "甲", to="soon"),), "to is 'soon'"),
        ([], (row("201", "甲"), row("202", "乙", aliases="甲")), "already belongs to 'fn.201'"),
        ([], (row("201", "甲"), row("201", "乙"), row("201", "丙")), "duplicate id"),
    ],
)
def test_loader_refuses(entries: list[dict[str, Any]], rows: tuple[dict[str, str], ...], message: str) -> None:
    with pytest.raises(ResourceError, match=message):
        load(*entries, rows=rows)


def test_group_needs_its_source() -> None:
    with pytest.raises(ResourceError, match="'source' and 'entries'"):
        build_index([("f.yaml", {"groups": [{"entries": []}]})], [])


def test_classification_lends_its_code_to_the_owner_of_the_name() -> None:
    book = load(entry(), rows=(row("201", "甲收入", aliases="甲的收入"), row("202", "乙")))
    owner = book.by_code("201")
    assert owner is not None
    assert (owner.id, owner.type, owner.codes, owner.code) == ("a.b", "revenue", ("201",), "201")
    assert book.lookup("甲的收入") == owner


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("基本支出", ["基本支出"]),
        ("[本年]收入", ["收入", "本年收入"]),
        ("{年初|上年}结转[和]结余", ["年初结转结余", "年初结转和结余", "上年结转结余", "上年结转和结余"]),
    ],
)
def test_notation_of_variants(form: str, expected: list[str]) -> None:
    assert expand(form) == expected


def test_label_forms_lose_one_thing_at_a_time() -> None:
    assert fold_label("其中：1. 培训费（万元）") == ("其中：1.培训费（万元）", "其中：1.培训费", "1.培训费", "培训费")


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("的“三公”经费", 2, 7, Span(1, 7)),
        ('的"三公"经费', 2, 7, Span(1, 7)),
        ("因公出国（境）", 0, 6, Span(0, 7)),
        ("（公务接待费）", 1, 6, Span(1, 6)),
    ],
)
def test_balanced(text: str, start: int, end: int, expected: Span) -> None:
    assert balanced(text, start, end) == expected


@given(st.text(max_size=30))
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_glossary_has_one_term_for_each_word() -> None:
    rows = read_tsv("glossary.tsv", ("chinese", "english"))
    assert len({r["chinese"] for r in rows}) == len({r["english"] for r in rows}) == len(rows)
    assert {"勾稽": "cross-check", "预算执行率": "execution rate"}.items() <= {
        r["chinese"]: r["english"] for r in rows
    }.items()


def test_context_words_take_off_what_is_no_name() -> None:
    words = indicator_context()
    assert words.filler.sub("", "年初预算为") == ""
    assert words.tail.search("补助资金") is None
    assert words.money_head.search("小型水库维护补助") is not None
