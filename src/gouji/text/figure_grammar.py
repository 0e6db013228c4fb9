"""The grammar of figures: words of ``units.yaml`` and shapes of numbers, compiled into one expression for one scan.

The expression begins with a character class, so that the search skips running text at the speed of C, and every
repetition in it is bounded or possessive, so that the scan is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from gouji.resources.unit_types import RateUnit, Units
from gouji.resources.units import load_units
from gouji.text.money import change_pattern
from gouji.text.numerals import alternation
from gouji.text.spelled import numeral_class

GAP = r"[ \n]{0,2}"
"""White space or a line break between a number and its unit belongs to the figure."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled grammar.

    `candidate` finds numbers, with their unit where they have one. Groups of Arabic numbers: ``a`` (empty, the
    number's end), ``mixed``, ``excess``, ``scale``, ``over``, ``money``, ``change``, ``rate``, ``measure``, without
    unit ``bare``, its scale, and ``per`` (5分之2). Of Chinese ones the same with ``c`` before the name, ``cto``
    (三至五家), and ``of`` (百分之), ``whole`` (百分百), ``parts`` (三分之一), ``onehalf``, ``vague`` (数十万元),
    ``doubled``; of words ``half`` (半个百分点), ``alone`` (对折) and ``glyph`` (½).

    `stated` says that the text is known to be a figure, so that 三项 and 一辆 are counts and no names.
    """

    units: Units
    candidate: re.Pattern[str]
    rates: Mapping[str, RateUnit]
    rates_by_id: Mapping[str, RateUnit]
    misread: frozenset[str]
    unless_after: Mapping[str, tuple[str, ...]]
    before: Mapping[str, str]
    before_lengths: tuple[int, ...]
    before_last: frozenset[str]
    after: Mapping[str, str]
    after_lengths: tuple[int, ...]
    after_first: frozenset[str]
    threshold_before: re.Pattern[str]
    threshold_after: re.Pattern[str]
    money_context: re.Pattern[str]
    counted_last: re.Pattern[str]
    spent: re.Pattern[str]
    per_ahead: re.Pattern[str]
    only_bounds: re.Pattern[str]
    partner_before: tuple[str, ...]
    partner_between: frozenset[str]
    partner_to: frozenset[str]
    currency_before: tuple[tuple[str, str], ...]
    currency_words: tuple[str, ...]
    currency_after: tuple[tuple[str, str], ...]
    words_after: tuple[str, ...]
    currency_sign: re.Pattern[str]
    currency_unit: Mapping[str, str]
    currency_last: frozenset[str]
    after_currency_first: frozenset[str]
    plain_rates: Mapping[str, str]
    plain_measures: frozenset[str]
    stated: bool = False


@cache
def grammar_of_stated() -> Grammar:
    """Give the same grammar for a text that is known to be a figure."""
    return replace(grammar(), stated=True)


@cache
def grammar() -> Grammar:
    """Compile the grammar once."""
    units = load_units()
    rates = {word: rate for rate in units.rates for word in (*rate.words, *rate.before)}
    symbols = [(word, c.id) for c in units.currencies for word in (*c.words, *c.symbols)]
    return Grammar(
        units=units,
        candidate=_candidate(units),
        rates=rates,
        rates_by_id={rate.id: rate for rate in units.rates},
        misread=frozenset((*units.numerals.misread, "。", "·")),
        unless_after=dict(units.unless_after),
        before=dict(units.before),
        before_lengths=_lengths(units.before),
        before_last=frozenset(word[-1] for word in units.before),
        after=dict(units.after),
        after_lengths=_lengths(units.after),
        after_first=frozenset(word[0] for word in units.after),
        threshold_before=re.compile(rf"(?:{alternation(units.names.threshold_before)})[为在超过达到]{{0,4}}$"),
        threshold_after=re.compile(
            rf"(?:\(不含[^()]{{0,8}}\))?的?[^，。；、,;]{{0,6}}?(?:{alternation(units.names.threshold_after)})"
        ),
        money_context=re.compile(alternation([*units.money_words, *units.money_directions])),
        counted_last=re.compile(rf".*(?:(?P<thing>{alternation(units.things)})|{alternation(units.money_words)})"),
        per_ahead=_per_ahead(units),
        spent=re.compile(f"(?:{alternation(units.spent)})[了约近为是共计上好达]{{0,2}}$"),
        only_bounds=re.compile(
            f"[{''.join(sorted({re.escape(c) for w in (*units.before, *units.after) for c in w}))}\\s。]*"
        ),
        partner_before=units.partner_before,
        partner_between=frozenset(units.partner_between),
        partner_to=frozenset(units.partner_to),
        currency_before=tuple(sorted(symbols, key=lambda s: -len(s[0]))),
        currency_words=tuple(word for word, _ in symbols),
        currency_after=tuple((word, c.id) for c in units.currencies for word in c.words),
        words_after=tuple(word for c in units.currencies for word in c.words),
        currency_sign=re.compile(alternation([word for word, _ in symbols])),
        currency_unit={c.id: c.units[0] for c in units.currencies},
        currency_last=frozenset(word[-1] for word, _ in symbols),
        after_currency_first=frozenset(word[0] for c in units.currencies for word in c.words),
        plain_rates=_plain(units, {w: rate.id for rate in units.rates if rate.id != "tenths" for w in rate.words}),
        plain_measures=frozenset(_plain(units, {word: word for word in units.measures if not word.isascii()})),
    )


def _plain(units: Units, words: Mapping[str, str]) -> dict[str, str]:
    """Words of units that are one wherever they stand behind Arabic digits.

    Left out are those of which more is to be asked: 年, 秒, 分, 倍半, 个半月.
    """
    halved = (*units.numerals.half_behind, "个")
    asked = {"年", "秒", "秒钟", *units.scores}
    return {word: name for word, name in words.items() if word not in asked and not word.startswith(halved)}


def _per_ahead(units: Units) -> re.Pattern[str]:
    """Match what makes an amount one for each: 每平方米2,800元, 每人每天180元, 每亩补贴50元, 人均3.2万元."""
    one = alternation([*units.measures, "月", "日", "年", "季", "学期", "学年"])
    return re.compile(
        rf"(?:每(?P<per>(?:{one})(?:每(?:{one}))?)|(?P<average>[人车户亩台件次批年月日生床])均)[一-鿿]{{0,4}}$"
    )


def _lengths(words: Mapping[str, str]) -> tuple[int, ...]:
    """Lengths of the words, longest first."""
    return tuple(sorted({len(w) for w in words}, reverse=True))


def _candidate(units: Units) -> re.Pattern[str]:
    """One expression for every number that may be a figure."""
    n = units.numerals
    chinese = numeral_class()
    alone = "".join(word[0] for rate in units.rates for word in rate.alone if word[0] not in chinese)
    first = f"0-9{chinese}{n.vague}{n.half}{''.join(n.glyphs)}{''.join(n.misread)}{alone}"
    return re.compile(f"[{first}](?:{_arabic(units)}|{_chinese(units, chinese)}|{_words(units, alone)})")


def _arabic(units: Units) -> str:
    """Match what follows the first digit of 1,234.56万元, 3万5千元, 70余万元, 2台(套)."""
    n = units.numerals
    scales = "".join(dict.fromkeys([*n.tens, *n.myriads]))
    digits = "".join(n.digits)
    latin = "".join(n.latin_scales)
    money = rf"(?={GAP}[{scales}]{{0,3}}{GAP}(?:{alternation(units.money)}))"
    counted = alternation([m for m in units.measures if m != "年"])
    mixed = (
        rf"(?:[{scales}]{{1,2}}(?:零?[0-9]{{1,3}},[0-9]{{3}}|[0-9{digits}]{{1,8}})(?:\.[0-9]+)?){{1,5}}"
        rf"(?=[{scales}]|{alternation(units.money)}|(?<=[0-9]{{2}})(?:{counted}))"  # 1亿2300人
        rf"|[{scales}][0-9{digits}](?=[，。；、]|$)"  # 1万2
        r"| [万亿] [0-9]{1,4}(?= [千百十] 元)"  # 3 万 5 千 元
    )
    same_line = rf"(?!(?<=\n)[{''.join(n.tens)}])"  # 表1, and on the next line 十万元
    return (
        rf"(?:{_number(units, money)})(?P<a>)(?P<mixed>{mixed})?"
        rf"(?:分之(?P<per>[0-9{digits}]++(?![0-9{numeral_class()}]))"
        rf"|(?P<excess>[{n.excess}]?){GAP}(?:个(?=[亿万]))?(?P<scale>{same_line}[{scales}]{{0,3}}?)(?P<over>[{n.excess}]?)"
        rf"{GAP}(?:{_unit(units, '')})"
        rf"|(?P<bexcess>[{n.excess}](?=[{scales}]))?{GAP}(?:个(?=[亿万]))?(?P<bare>[{latin}](?![0-9A-Za-z])|{same_line}[{scales}]{{0,3}}|))"
    )


def _number(units: Units, money: str) -> str:
    """Match an Arabic number behind its first character; `money` is what must follow where the marks are doubtful."""
    misread = "".join(units.numerals.misread)
    return (
        # most numbers: digits and a point, and behind them nothing that could part or go on with a number
        rf"(?<=[0-9])[0-9]*+(?:\.[0-9]++)?+(?![,，'’ 。·点.\n{misread}])"
        rf"|(?<=[0-9{misread}])(?<![A-Za-z0-9][{misread}])(?=[0-9,]{{0,12}}+\.?[0-9]{{0,9}}+[{misread}]|(?<=[{misread}])[0-9.,])"
        rf"(?:[0-9{misread}]|,(?=[0-9{misread}]{{3}}(?![0-9{misread}])))*+(?:\.[0-9{misread}]++)?+"
        rf"(?={GAP}(?:[万亿千百]{{0,2}}{GAP}元|%))"  # O.5, l2.5, 1OO万元, 1,O00元
        r"|(?<=[0-9])(?:"
        r"[0-9]{0,2}(?: ?[,，][ \n]?[0-9]{3}){1,6}(?![0-9]) ?\.[ \n]?[0-9]+"  # 1,234.50 · 8，205.30
        rf"|[0-9]{{0,2}}(?:[,，][0-9]{{3}}){{1,4}}[。·][0-9]{{1,4}}(?={GAP}(?:[万亿]{GAP}元|%))"  # 1,234。56万元
        rf"|[0-9]{{0,2}}(?:[,，][0-9]{{3}}){{1,4}}(?![0-9]){money}"  # 8，205元
        r"|[0-9]{0,2}(?:,\n?[0-9]{3}){1,6}(?![0-9])"  # 1,234
        r"|[0-9]{0,2}(?:,[0-9]{2,4}){1,5}\.[0-9]+"  # 224,70.50: marks set wrongly
        rf"|[0-9]{{0,2}}(?: [0-9]{{3}}){{1,4}}(?![0-9])(?:\.[0-9]+|{money})"  # 1 284.50
        rf"|[0-9]{{0,2}}(?:, [0-9]{{3}}){{2,4}}(?![0-9])(?:\.[0-9]+|{money})"  # 1, 234, 567
        r"|[0-9]{0,2}(?:['’][0-9]{3}){1,4}(?![0-9])(?:\.[0-9]+)?"  # 1'234.50
        rf"|(?: [0-9]){{0,9}}+ \.(?: [0-9]){{1,4}}(?=(?: [万亿])?{GAP}元)"  # 1 2 . 5 万 元
        rf"|[0-9]{{0,4}}[。·][0-9]{{1,4}}(?={GAP}(?:[万亿]{GAP}元|%))"  # 12。5万元: a point misread
        rf"|[0-9]{{0,4}}点[0-9]{{1,4}}(?={GAP}[万亿]?{GAP}(?:元|%))"  # 1点5万元
        r"|[0-9]*+(?:[ \n]?\.[ \n]?[0-9]++)*+)"  # 3 . 5, 18.\n65
    )


def _chinese(units: Units, chinese: str) -> str:
    """Match what follows the first character of 两千三百万元, 百分之五, 三分之一, 数十万元, 半个百分点."""
    n = units.numerals
    scales = "".join(dict.fromkeys([*n.tens, *n.myriads]))
    digits = "".join(n.digits)
    parts = "".join(w[0] for rate in units.rates for w in rate.before)
    percent = rf"[0-9]++(?:\.[0-9]++)?|[{chinese}]++(?:{n.point}[{digits}]++)?"
    # 二十五千克: a 千 that no numeral can have there belongs to the unit.
    tens = "".join(n.tens)
    run = rf"(?:(?!(?<=[{tens}])千|(?<=[{tens}][{digits}])千)[{chinese}])"
    return (
        rf"(?<=[{chinese}])(?<![{chinese}][{chinese}])(?:"
        rf"(?<=[{parts}])分之{GAP}(?P<of>{percent})(?:[至到~—-](?P<ofto>{percent})(?!分之))?"
        r"|(?<=百)分(?P<whole>百)"
        rf"|(?P<onehalf>(?<=一)半)"
        rf"|[{chinese}]*+(?:又[{chinese}]++)?分之(?P<parts>[{chinese}]++)"
        rf"|{run}*+(?:{n.point}[{digits}{scales}]++)?(?P<c>)"
        rf"(?:[至到~—-](?P<cto>{run}++))?"
        rf"(?:(?P<doubled>{alternation(units.doubling_words)})"
        rf"|(?P<cexcess>[{n.excess}{n.vague}]?)(?:个(?=[亿万]))?(?P<cscale>[{scales}]{{0,3}}?){GAP}"
        rf"(?:{_unit(units, 'c')}|(?P<cbare>(?<=[万亿千百])|(?<=[万千][{digits}])(?=[，。；、]|$)))))"
        rf"|(?<=[{n.vague}])(?P<vague>[{scales}]{{0,4}}(?:个[万亿]{{1,2}})?){GAP}"
        rf"(?:{_unit(units, 'v')}|(?P<vbare>(?<=[万亿])))"
    )


def _words(units: Units, alone: str) -> str:
    """Match figures that are words of their own: 半个百分点, 对折, ½."""
    n = units.numerals
    halves = alternation(n.halved)
    rest = alternation([word[1:] for rate in units.rates for word in rate.alone if word[0] in alone])
    return (
        rf"(?<=[{n.half}])(?P<half>{halves})"
        rf"|(?<=[{alone}])(?P<alone>{rest})"
        rf"|(?<=[{''.join(n.glyphs)}])(?P<glyph>)"
    )


def _unit(units: Units, prefix: str) -> str:
    """Alternatives of the unit, longer words first."""
    rate = [w for r in units.rates for w in r.words]
    measure = [*units.measures, *units.scores]
    every = [*units.money, *rate, *measure]
    first = "".join(sorted({re.escape(w[0]) for w in every}))
    every_measure = alternation(list(units.measures))  # 份(册), 期(班)
    return (
        rf"(?=[{first}])(?!个[亿万])(?:(?P<{prefix}money>{alternation(units.money)})(?P<{prefix}change>{change_pattern()})(?:[整正](?![一-鿿]))?"
        rf"|(?P<{prefix}rate>{alternation(rate)})"
        rf"|(?P<{prefix}measure>{alternation(measure)}(?:\((?:{every_measure})\)|(?<=[人批场件户辆])/次)?))"
    )
