"""Ranges, 1.2—1.5万元 and -5%~3%, and which bare numbers may share the unit of a figure behind them."""

from __future__ import annotations

import re
from dataclasses import replace

from gouji.text.figure_context import sign_before
from gouji.text.figure_grammar import Grammar
from gouji.text.figure_units import Form, Token
from gouji.text.spelled import Written

# 1.2—1.5万元 · 80%~90% · 1至2次 · 90(含)-100分
RANGE_GAP = re.compile(
    r"\s?(?:\((?:不?含)\))?\s?(?:-{1,2}|—{1,2}|~{1,2}|至|到)\s?(?P<minus>(?<=[-—~至到])[-负])?(?P<sign>[¥$€£]?)"
)
FROM = re.compile(r"[由从自]")
NO_LIST_AFTER = re.compile(r"[第表图〔［\[(（号A-Za-z条款#№]")
UNITED = (Form.MONEY, Form.RATE, Form.MEASURE, Form.SCORE)


def join_ranges(text: str, tokens: list[Token], grammar: Grammar) -> list[Token]:
    """Join lower and upper end where a dash or 至 stands between them and the upper end has a unit."""
    out: list[Token] = []
    for token in tokens:
        low = out[-1] if out else None
        joined = low and _range(text, low, token, grammar)
        if joined:
            out[-1] = joined
        else:
            out.append(token)
    return out


def _range(text: str, low: Token, high: Token, grammar: Grammar) -> Token | None:
    if high.start - low.end > 8 or high.upper is not None or low.upper is not None:
        return None
    scaled = high.form is Form.SCALED and low.form in (Form.BARE, Form.SCALED)
    if high.form not in UNITED and not scaled:
        return None
    gap = RANGE_GAP.fullmatch(text, low.end, high.start)
    if gap is None or low.written is None or high.written is None:
        return None
    if low.form is not high.form and low.form not in (Form.BARE, Form.SCALED):
        return None
    if scaled and not may_share(text, low, ""):
        return None
    if low.form is high.form and low.form is not Form.MONEY and low.unit != high.unit:
        return None
    sign, start = sign_before(text, low.start, grammar)
    mark = gap[0].strip()
    minus = bool(gap["minus"]) or (sign < 0 and mark == "--")
    if (minus and sign > 0) or (sign < 0 and mark == "-"):
        return None  # -5%-3%: nobody knows which dash is a sign
    if sign > 0 and low.start and text[low.start - 1] in "-—~":
        return None  # a chain of numbers: a telephone number, a date
    if low.form in UNITED and mark in ("至", "到") and low.start and FROM.match(text, low.start - 1):
        return None  # 由1万元到2万元 tells of two times
    written = shared(low, high) if low.form in (Form.BARE, Form.SCALED) else low.written
    upper = _negative(high.written) if minus else high.written
    if not minus and not written.value < upper.value:
        written = low.written  # 8500到3万港元
    if sign < 0:
        written = _negative(written)
    if not written.value < upper.value:
        return None
    start = low.start if sign > 0 else start
    return replace(high, start=start, written=written, upper=upper, bound="range", lead=low.lead)


def _negative(written: Written) -> Written:
    return Written(-written.number, written.power, written.decimals)


def shared(bare: Token, full: Token) -> Written:
    """Give a bare number the scale of the full figure: in 1.2—1.5万元 the 1.2 is in 万 too."""
    assert bare.written is not None
    assert full.written is not None
    if bare.form is Form.SCALED:
        return bare.written
    return Written(bare.written.number, full.written.power, bare.written.decimals)


def may_share(text: str, bare: Token, gap: str) -> bool:
    """Refuse item numbers (1、28万元), years (2020、2021年), ordinals, codes and long digit strings."""
    written = bare.written
    assert written is not None
    whole = not written.decimals and not written.power
    if bare.lead and NO_LIST_AFTER.match(bare.lead):
        return False
    digits = bare.end - bare.start
    round_sum = written.number == 2000 and gap in ("、", "和", "与", "及")  # 3000、2000、1000元
    if whole and (digits >= 7 or (digits == 4 and 1949 <= written.number <= 2099 and not round_sum)):
        return False
    at_item = not bare.lead or bare.lead in "\n。；：:;　 "
    return not (
        whole
        and digits <= 2
        and at_item
        and gap == "、"
        and not text[max(0, bare.start - 3) : bare.start].rstrip().endswith("为")
    )
