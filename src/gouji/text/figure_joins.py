"""Numbers that belong together: ranges, lists that share a unit, and units that stand elsewhere.

Every rule looks at neighbouring tokens only, so that the whole step is linear.
"""

from __future__ import annotations

import re
from dataclasses import replace

from gouji.text.figure_fractions import join_fractions
from gouji.text.figure_grammar import Grammar
from gouji.text.figure_ranges import NO_LIST_AFTER, RANGE_GAP, UNITED, join_ranges, may_share, shared
from gouji.text.figure_units import Form, Token
from gouji.text.money import money_units
from gouji.text.spelled import Written

# 12、15和18万元 · 12.5,13.6万元
LIST_GAP = re.compile(r"\s?(?:、|/|,|，|和|及|与|、和|以及|及其)\s?")
# 第1、3、5项 · 第1-3批
CUT_AFTER = re.compile("(?![第表图附件条款号])[一-鿿,，。；:(]")
ORDINAL_GAP = re.compile(r"[、和及与或至到~—-]")
# 预算执行率(%) 99.58 · (金额单位:元)
HEADED = re.compile(
    r"\((?:金额)?(?:单位:?)?(?P<unit>(?:人民币)?元|人民币万元|万元|亿元|千元|百万元|元|%|‰)\)[ :\n\t]{0,4}$"
)
UNIT_LINE = re.compile(r"单位(?:均?为|:)\s?(?P<unit>人民币元|人民币万元|万元|亿元|千元|百万元|元)")
# 人数(人) 75
COUNTED = re.compile(r"\((?P<unit>[^()\n]{1,5})\)[ :\n\t]{1,4}$")
# 总计:12,345.67(元)
UNIT_BEHIND = re.compile(r"[ \n]?\((?P<unit>人民币元|万元|亿元|千元|百万元|元|%|‰)\)")
BRACKETED = re.compile(r"\)[ \n]?(?P<unit>万元|亿元|千元|百万元|元|%)")
# US$3.5 million
ENGLISH = re.compile(r" ?(?P<scale>thousand|million|billion|trillion)s?(?![A-Za-z])")
ENGLISH_POWERS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
CLAUSE = re.compile(r"[，。；、,;:\n]")
SENTENCE = re.compile(r"[。；;\n]")
# What may follow 万 or 亿 that stand for 万元 and 亿元.
UNIT_END = re.compile(r"[^一-鿿A-Za-z0-9%‰]|$|[多余](?![一-鿿])|以上|以下|以内|左右|上下|和|及|与|元")
WINDOW = 40
_BARE, _SCALED, _MEASURE = Form.BARE, Form.SCALED, Form.MEASURE
_NO_UNIT = (_BARE, _SCALED)
LOOSE = frozenset({_BARE, _SCALED, Form.FRACTION})
"""Forms that may yet get a unit or a neighbour; what has its unit can only be an end of a range."""


def join(text: str, tokens: list[Token], grammar: Grammar) -> list[Token]:
    """Make ranges of pairs, share units along lists, and find the unit of numbers that have none of their own.

    Returns
    -------
    list of Token
        Tokens that have a unit, in order.
    """
    forms = {token.form for token in tokens}
    if forms.isdisjoint(LOOSE):
        return join_ranges(text, tokens, grammar) if len(tokens) > 1 else tokens
    if forms == {_BARE} and not _may_have_unit(text, grammar):
        return []
    tokens = _without_ordinals(text, _without_broken(text, tokens))
    _symbols(text, tokens, grammar)
    _brackets(text, tokens, grammar)
    tokens = join_ranges(text, tokens, grammar)
    _share(text, tokens)
    _infer(text, tokens, grammar)
    _partner(text, tokens, grammar)
    _inherit(text, tokens, grammar)
    tokens = join_fractions(text, tokens)
    return [t for t in tokens if t.form not in _NO_UNIT]


def _may_have_unit(text: str, grammar: Grammar) -> bool:
    """Whether bare numbers among themselves may get a unit: from brackets, a unit line, a symbol, or as a fraction."""
    marks = "(" in text or ")" in text or "/" in text or "单位" in text
    return marks or grammar.currency_sign.search(text) is not None


def _without_broken(text: str, tokens: list[Token]) -> list[Token]:
    """Leave out what a blank inside a number has left: 52.3 6万元, 完成9 8.5%; nobody knows where it was cut."""
    out: list[Token] = []
    for token in tokens:
        part = out[-1] if out else None
        broken = (
            part is not None
            and part.form is _BARE
            and token.form in UNITED
            and token.start - part.end == 1
            and text[part.end] in " \n"
            and _is_cut(part, token)
        )
        if broken:
            out[-1] = replace(token, form=_BARE, written=None)
        else:
            out.append(token)
    return out


def _is_cut(part: Token, token: Token) -> bool:
    """Whether two numbers with a blank between them are one: a word before them and no cell, no name, no year."""
    first, second = part.written, token.written
    if first is None or second is None or _is_year(part) or not CUT_AFTER.match(part.lead):
        return False
    whole = token.form is not Form.MEASURE and not second.decimals and second.number < 100
    return whole if first.decimals else first.number < 10000 and second.decimals > 0


def _without_ordinals(text: str, tokens: list[Token]) -> list[Token]:
    """Leave out what goes on with an ordinal: 第1、3、5项."""
    out: list[Token] = []
    end = -1
    for token in tokens:
        goes_on = end >= 0 and token.form in (_BARE, _MEASURE) and ORDINAL_GAP.fullmatch(text, end, token.start)
        end = token.end if token.form is _BARE and (goes_on or token.lead == "第") else -1
        if not goes_on:
            out.append(token)
    return out


def _share(text: str, tokens: list[Token]) -> None:
    """Give the unit of a figure to the bare numbers that a list puts before it."""
    for at in range(len(tokens) - 1, 0, -1):
        full, bare = tokens[at], tokens[at - 1]
        if bare.form not in _NO_UNIT or full.form not in UNITED or full.upper is not None:
            continue
        gap = LIST_GAP.fullmatch(text, bare.end, full.start) if full.start - bare.end <= 6 else None
        if gap is None or bare.written is None or not may_share(text, bare, gap[0].strip()):
            continue
        if gap[0] == "/" and not bare.written.decimals:
            continue
        unit = full.unit if bare.form is _BARE or full.form is not Form.MONEY else _restate(bare, full.unit)
        tokens[at - 1] = replace(
            bare, form=full.form, written=shared(bare, full), unit=unit, flags=(*bare.flags, "unit_shared")
        )


def _restate(bare: Token, unit: str) -> str:
    """Give 3万 in 3万、5万元 its unit: its own scale and the word for money."""
    return bare.unit + unit.lstrip("十百千万亿")


def _symbols(text: str, tokens: list[Token], grammar: Grammar) -> None:
    """Read ¥1,234.50, $3.5万, USD 500 and 500USD: a symbol in place of the unit; ¥100-200 has it once."""
    if not grammar.currency_sign.search(text):
        return
    for at, token in enumerate(tokens):
        if token.form not in (_BARE, _SCALED):
            continue
        found, end = _symbol(text, token, grammar, tokens[at - 1].end if at else 0)
        if found is None:
            continue
        unit = token.unit + grammar.currency_unit[found]
        written, english = token.written, ENGLISH.match(text, end)
        if english and written is not None:
            written = Written(written.number, written.power + ENGLISH_POWERS[english["scale"]], written.decimals)
            end = english.end()
        tokens[at] = replace(token, end=end, form=Form.MONEY, unit=unit, written=written)
        high = tokens[at + 1] if at + 1 < len(tokens) else None
        if high and high.form is _BARE and high.written and token.written and high.start - end <= 3:
            gap = RANGE_GAP.fullmatch(text, end, high.start)
            if gap and not gap["sign"] and token.written.value < high.written.value:
                tokens[at + 1] = replace(high, form=Form.MONEY, unit=unit)


def _symbol(text: str, token: Token, grammar: Grammar, floor: int) -> tuple[str | None, int]:
    """Currency of the symbol before (from `floor` on) or behind a number, and where the figure ends."""
    start = token.start
    start -= start > 0 and text[start - 1] in "-+"
    start -= start > 0 and text[start - 1] == " "
    for word, owner in grammar.currency_before:
        if text.endswith(word, floor, start) and not _in_word(text, start - len(word) - 1, word):
            return owner, token.end
    end = token.end + (text[token.end : token.end + 1] == " ")
    for word, owner in grammar.currency_before:
        if (
            text.startswith(word, end)
            and not _in_word(text, end + len(word), word)
            and not text[end + len(word) :][:1].isdigit()
        ):
            return owner, end + len(word)
    return None, token.end


def _in_word(text: str, at: int, word: str) -> bool:
    """Whether a Latin code goes on as another word at `at`."""
    return word[0].isascii() and word[0].isalpha() and 0 <= at < len(text) and text[at].isascii() and text[at].isalpha()


def _brackets(text: str, tokens: list[Token], grammar: Grammar) -> None:
    """Read (3.20)万元, as accounts write what is negative."""
    for at, token in enumerate(tokens):
        if token.form is not _BARE or token.lead != "(" or text[token.end : token.end + 1] != ")":
            continue
        unit = BRACKETED.match(text, token.end)
        written = token.written
        before = text[token.start - 2] if token.start > 1 else ""
        if unit is None or written is None or before.isdigit() or not _is_precise(text, token):
            continue
        word = unit["unit"]
        form, power = (Form.RATE, 0) if word == "%" else (Form.MONEY, money_units()[word].power)
        written = Written(-written.number, power, written.decimals)
        tokens[at] = replace(token, start=token.start - 1, end=unit.end(), form=form, written=written, unit=word)


def _infer(text: str, tokens: list[Token], grammar: Grammar) -> None:
    """Read 4.2亿 as money where its clause, or a money figure of its sentence, shows that it is."""
    for at, token in enumerate(tokens):
        if token.form is not _SCALED or token.written is None:
            continue
        if not UNIT_END.match(text, token.end) or not _is_money(text, token, tokens[at - 1] if at else None, grammar):
            continue
        tokens[at] = replace(token, form=Form.MONEY, unit=token.unit or "元", flags=(*token.flags, "unit_inferred"))


def _is_money(text: str, token: Token, before: Token | None, grammar: Grammar) -> bool:
    """Whether the clause names money, or else the sentence has a money figure right before."""
    assert token.written is not None
    rest = len(text) - (token.end - token.start)
    if rest <= 6 and grammar.only_bounds.fullmatch(text[: token.start] + text[token.end :]):
        return True  # nothing but the figure
    if token.unit in grammar.units.numerals.latin_scales:
        return grammar.spent.search(text, max(0, token.start - 3), token.start) is not None
    if token.unit and token.written.power < 4:
        return False  # 3千, 2百
    lowest = max(0, token.start - WINDOW)
    window = text[lowest : token.start]
    clause = CLAUSE.split(window)[-1]
    last = grammar.counted_last.match(clause)
    if last and last["thing"]:
        return False
    if grammar.money_context.search(clause):
        return True
    if any(word in clause for word in grammar.units.other_context):
        return False
    if token.written is not None and token.written.decimals >= 2:
        return True  # 0.00万: written as only amounts are
    sentence = SENTENCE.split(window)[-1]
    if before is not None and before.form is Form.MONEY and before.end >= token.start - len(sentence):
        return True
    return grammar.money_context.search(sentence) is not None


def _partner(text: str, tokens: list[Token], grammar: Grammar) -> None:
    """Give the unit of its partner to 1,234.56 in 比上年的1,234.56增加12.30元, and to 12.5 in 由12.5增加到18.9万元."""
    for at in range(len(tokens) - 1):
        bare, full = tokens[at], tokens[at + 1]
        if bare.form not in _NO_UNIT or full.form not in UNITED or full.start - bare.end > 8:
            continue
        between = text[bare.end : full.start].strip()
        named = (
            between in grammar.partner_between
            and bare.form is _BARE
            and full.form is Form.MONEY
            and _is_precise(text, bare)
            and text.endswith(grammar.partner_before, 0, bare.start)
        )
        if named or (between in grammar.partner_to and may_share(text, bare, "")):
            flags = (*bare.flags, "unit_shared")
            unit = full.unit if bare.form is _BARE else _restate(bare, full.unit)
            tokens[at] = replace(bare, form=full.form, written=shared(bare, full), unit=unit, flags=flags)


def _inherit(text: str, tokens: list[Token], grammar: Grammar) -> None:
    """Give precise bare numbers the unit that a heading in brackets or a unit line states."""
    line = UNIT_LINE.search(text) if "单位" in text else None
    if line is None and ")" not in text:
        return
    for at, token in enumerate(tokens):
        if token.form is not _BARE or token.written is None:
            continue
        headed = HEADED.search(text, max(0, token.start - 16), token.start)
        counted = COUNTED.search(text, max(0, token.start - 12), token.start) if headed is None else None
        if counted and _ends(text, token) and _is_counted(counted["unit"], grammar):
            flags = (*token.flags, "unit_inherited")
            tokens[at] = replace(token, form=Form.MEASURE, unit=counted["unit"], flags=flags)
            continue
        whole_here = headed is not None and not _is_year(token)
        if not _is_precise(text, token) and not whole_here and (line is None or not _in_row(text, token)):
            continue
        found = headed or (line if line and line.end() <= token.start else None)
        if found is None and _is_precise(text, token):
            found = UNIT_BEHIND.match(text, token.end)
        if found is None or not _ends(text, token):
            continue
        unit = found["unit"].removeprefix("人民币")
        if unit in ("%", "‰"):
            tokens[at] = replace(token, form=Form.RATE, unit=unit, flags=(*token.flags, "unit_inherited"))
            continue
        power = money_units()[unit].power
        written = Written(token.written.number, power, token.written.decimals)
        tokens[at] = replace(token, form=Form.MONEY, written=written, unit=unit, flags=(*token.flags, "unit_inherited"))


def _is_counted(unit: str, grammar: Grammar) -> bool:
    """Whether a heading in brackets is a measure word, and no level of the functional classification."""
    return unit in grammar.units.measures and unit not in grammar.units.names.level_digits


def _in_row(text: str, token: Token) -> bool:
    """Whether a whole number stands in a row of words and numbers: blanks around it, no 表 or 第 before."""
    if _is_year(token) or token.lead != " " or token.end - token.start > 6 or token.start < 2:
        return False
    return NO_LIST_AFTER.match(text, token.start - 2) is None and text[token.end : token.end + 1] in ("", " ", "\n")


def _is_year(token: Token) -> bool:
    """Whether a whole number may be a year."""
    written = token.written
    return written is not None and not written.decimals and 1949 <= written.value <= 2099


def _ends(text: str, token: Token) -> bool:
    """Whether the number stands alone."""
    return not text[token.end : token.end + 1].isalnum()


def _is_precise(text: str, token: Token) -> bool:
    """Whether a bare number is written like an amount: with decimals or thousands marks."""
    return bool(token.written and token.written.decimals) or "," in text[token.start : token.end]
