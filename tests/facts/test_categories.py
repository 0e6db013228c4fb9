"""Categories and adequacy of causes, and the lexicons behind them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.errors import ResourceError
from gouji.facts.categories import adequacy, classify
from gouji.model.facts import Direction
from gouji.resources import cause_categories, cause_lexicon, cause_scopes
from gouji.resources.loading import read_yaml
from gouji.resources.wording import vocabularies


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("三名职工调出", "personnel"),
        ("在职人员增加", "personnel"),
        ("社保缴费基数上调", "pay_policy"),
        ("补发警衔津贴，调整津贴标准", "pay_policy"),
        ("机构改革后职能划转", "reorganisation"),
        ("项目结束，经费减少", "project_scope"),
        ("新增数字档案项目", "project_scope"),
        ("工程未完工，款项结转下年", "schedule"),
        ("合同尾款未到付款条件", "schedule"),
        ("年中追加防汛经费", "extra_allocation"),
        ("上级下达专项资金", "extra_allocation"),
        ("县财政收回未执行指标", "budget_cut"),
        ("财政收回维修设备款", "budget_cut"),
        ("采购设备时成交价较低", "procurement_saving"),
        ("公务接待支出较上年减少", "restatement"),
        ("财力紧张，预算压减", "budget_cut"),
        ("落实八项规定，厉行节约", "thrift"),
        ("公开招标节约资金", "procurement_saving"),
        ("评审核减造价", "procurement_saving"),
        ("受疫情影响，培训取消", "epidemic"),
        ("油价上涨", "price_volume"),
        ("在园学生人数减少", "price_volume"),
        ("本年度未发生接待", "not_incurred"),
        ("年初预算按全年满编测算", "estimate"),
        ("更换电梯，维修屋面", "equipment"),
        ("落实惠企减免政策", "policy"),
        ("房屋出租收入减少", "revenue"),
        ("台风后抢险", "event"),
        ("列支科目调整", "reclassification"),
        ("报废两辆老旧车", "vehicles"),
        ("支出较上年有所减少", "restatement"),
        ("按计划执行", "restatement"),
        ("其他", "other"),
    ],
)
def test_main_category(text: str, main: str) -> None:
    assert classify(text)[0] == main


def test_every_category_but_other_has_words() -> None:
    assert set(cause_categories.categories().words) == set(vocabularies()["category"]) - {"other"}


def test_the_earlier_of_two_equal_categories_is_the_main_one() -> None:
    assert classify("机构改革，追加经费") == ("reorganisation", "extra_allocation")
    assert classify("追加经费，机构改革") == ("extra_allocation", "reorganisation")


@pytest.mark.parametrize(
    ("text", "main"),
    [
        ("新录用三人及社保缴费基数上调", "personnel"),
        ("疫情期间多采用视频方式开会", "epidemic"),
        ("上年有运动会，本年没有此类因素", "event"),
        ("自动站因用地手续未批", "schedule"),
        ("跨年度实施的锅炉拆改任务已收尾", "project_scope"),
    ],
)
def test_which_word_of_a_clause_goes_first(text: str, main: str) -> None:
    assert classify(text, [Direction.DECREASE])[0] == main


def test_the_direction_of_the_change_decides_between_equals() -> None:
    text = "财力紧张后追加经费"
    assert classify(text, [Direction.DECREASE])[0] == "budget_cut"
    assert classify(text, [Direction.INCREASE])[0] == "extra_allocation"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("认真落实八项规定，厉行节约", "generic"),
        ("工作需要", "generic"),
        ("严格落实中央八项规定及其实施细则精神", "generic"),
        ("厉行勤俭节约，反对铺张浪费", "generic"),
        ("压缩印刷、差旅等一般性支出", "generic"),
        ("按规定补发年度目标绩效奖励", "specific"),
        ("结转两年以上资金按规定交回财政", "specific"),
        ("支出减少", "restatement"),
        ("无", "none"),
        ("两台巡逻艇坞修", "specific"),
        ("厉行节约，取消两次外出观摩并合并档案培训班", "specific"),
    ],
)
def test_adequacy(text: str, expected: str) -> None:
    assert adequacy(text, classify(text)) == expected


@given(st.text(max_size=60))
def test_any_text_has_categories_of_the_page(text: str) -> None:
    codes = classify(text)
    assert 1 <= len(codes) <= 3
    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(vocabularies()["category"])
    assert adequacy(text, codes) in vocabularies()["adequacy"]


def lexicon() -> dict[str, Any]:
    return deepcopy(read_yaml(cause_lexicon.FILE, cause_lexicon.SCHEMA))


def category_words() -> dict[str, Any]:
    return deepcopy(read_yaml(cause_categories.FILE, cause_categories.SCHEMA))


def scope_words() -> dict[str, Any]:
    return deepcopy(read_yaml(cause_scopes.FILE, cause_scopes.SCHEMA))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.update(extra=1), "extra"),
        (lambda c: c["cues"].append(dict(c["cues"][0])), "twice"),
        (lambda c: c["cues"][0].update(form="infix"), "infix"),
        (lambda c: c["cues"][0].update(note="x"), "note"),
        (lambda c: c["cues"][0].update(pattern="(?:"), "no pattern"),
        (lambda c: c["cues"][0].update(pattern="因?"), "empty"),
        (lambda c: c["cues"][0].update(pattern="{unknown}"), "unknown"),
        (lambda c: c["slots"]["reason"].append("原因"), "twice"),
        (lambda c: c["state_core"].append("colour"), "colour"),
        (lambda c: c["not_causes"][0].pop("source"), "source"),
        (lambda c: c.update(null_causes=[]), "null_causes"),
    ],
)
def test_cause_lexicon_refuses(change: Any, message: str) -> None:
    content = lexicon()
    change(content)
    with pytest.raises(ResourceError, match=message):
        cause_lexicon.build(content)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.update(extra=1), "extra"),
        (lambda c: c["categories"].update(weather={"direction": "none", "words": {5: ["雨"]}}), "weather"),
        (lambda c: c["categories"]["thrift"].update(direction="down"), "thrift"),
        (lambda c: c["categories"]["thrift"]["words"].update({8: ["省"]}), "weights"),
        (lambda c: c["categories"]["thrift"]["words"][5].append("厉行节约"), "twice"),
        (lambda c: c["categories"]["thrift"]["words"][5].append("("), "no pattern"),
        (lambda c: c["categories"]["thrift"]["words"][5].append("省?"), "empty"),
    ],
)
def test_category_words_refuse(change: Any, message: str) -> None:
    content = category_words()
    change(content)
    with pytest.raises(ResourceError, match=message):
        cause_categories.build(content)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.update(extra=1), "extra"),
        (lambda c: c["columns"].pop("score"), "score|keys"),
        (lambda c: c.update(group="以上"), "count"),
        (lambda c: c.update(common="("), "cause_scopes"),
        (lambda c: c["directions"].update(sideways=["横"]), "sideways"),
    ],
)
def test_scope_words_refuse(change: Any, message: str) -> None:
    content = scope_words()
    change(content)
    with pytest.raises(ResourceError, match=message):
        cause_scopes.build(content)
