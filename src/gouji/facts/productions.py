"""The grammar: what a sequence of typed tokens says of its figures.

A production is a name and a pattern over the letters of `gouji.facts.tokens`; its groups name the roles of the tokens that they take:

=============  ==============================================================================================================
``base``       the phrase that names the base of a comparison
``before``     value of the base (比上年的5万元增加…)
``dir``        direction or extent
``change``     change amount, change rate; several where the indicators before it share them out
``rate``       second figure of a change, same direction
``subject``    indicator that the figures after it belong to
``value``      plain value, measured by ``measure`` or by default
``budget``     budget word of a completion rate, ``planned`` its value
``complete``   completion rate
``share``      share of a whole, ``whole`` the tokens that name the whole
``old new``    from – to
=============  ==============================================================================================================

Productions are tried in order at every token; the first that matches is read and reading goes on behind it. A token at which none
matches only moves the state (`gouji.facts.state`). Every pattern is a plain sequence, so reading is linear in the tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

FIGURE = "[ARrQ]"
BASE = r"(?:q*P(?=[TYIMBq]*[TYBM])[TYIMBq]{1,7}|q*C|q*L(?=[TYI]*[TYBM])[TYIMB]{1,6})(?:\(q\)|\(\)|q)?"
CLOSE = "L?,?"


@dataclass(frozen=True, slots=True)
class Production:
    """A named pattern over letters."""

    name: str
    pattern: re.Pattern[str]
    example: str


def _production(name: str, pattern: str, example: str) -> Production:
    return Production(name, re.compile(pattern.replace("BASE", f"(?P<base>{BASE})").replace(" ", "")), example)


PRODUCTIONS: tuple[Production, ...] = (
    _production(
        "base_value_change", rf"BASE (?P<before>[AQ]) L?,? G?(?P<dir>[DN]) (?P<change>{FIGURE})", "较上年8万元增加2万元"
    ),
    _production("base_value_change_missing", r"BASE (?P<before>[AQ]) (?P<missing>[AQ])", "较上年决算数8万元2万元"),
    _production("compared_postposed", rf"BASE {CLOSE} (?P<change>{FIGURE}) (?P<dir>N)", "较上年2万元的增量"),
    _production("compared_missing", rf"BASE {CLOSE} (?P<missing>[AQRr])", "较上年2万元，增长25%"),
    _production(
        "compared_list",
        rf"BASE {CLOSE} I? G(?P<dir>[DN]) (?P<changes>{FIGURE}(?:[J,]{FIGURE})+)",
        "比上年分别增加1万元、2万元",
    ),
    _production(
        "compared",
        rf"BASE {CLOSE} (?P<subject>I?) [JI]* G?(?P<dir>[DN]) N? \(? (?P<change>{FIGURE}) (?:\(?,?(?P<rate>R)(?![N]))?",
        "比上年增加2万元",
    ),
    _production(
        "outturn_against_budget", rf"(?P<dir>D) (?P<against>B) G?(?P<change>{FIGURE})", "决算数大于预算数2万元"
    ),
    _production("from_to", r"(?:O[TYMBI]*)? (?P<old>[ARrQ]) ,?(?P<dir>X) (?P<new>[ARrQ])", "由上年的8万元增加到10万元"),
    _production("changed_to", rf"(?P<dir>X) (?P<new>{FIGURE})", "增至10万元"),
    _production(
        "changes_list", rf"G(?P<dir>[DN]) (?P<changes>{FIGURE}(?:[J,]{FIGURE})+)", "分别减少1万元、2万元、3万元"
    ),
    _production(
        "change", rf"G?(?P<dir>[DN]) N? \(? (?P<change>{FIGURE}) (?:\(?,?(?P<rate>R)(?![N]))?", "减少2万元，下降5%"
    ),
    _production("change_named", rf"(?P<dir>D) (?P<subject>I) (?P<change>{FIGURE})", "增加人员经费2万元"),
    _production("change_postposed", rf"(?P<change>{FIGURE}) (?P<dir>N)", "2万元的增量"),
    _production(
        "completion_of_value", r"[KSWG]? (?P<budget>[TYI]*B) (?P<planned>A) (?P<complete>R)", "完成预算50万元的90%"
    ),
    _production("completion", r"[KSW] (?P<budget>[TYI]*B) (?P<complete>R)", "完成年初预算的90%"),
    _production("completion_bare", r"K (?P<complete>R)", "年初预算50万元，完成90%"),
    _production("completion_named", r"(?P<named>k) [:K]? (?P<complete>R)", "预算执行率为90%"),
    _production("remainder_rate", r"s :? (?P<remainder>R)", "结余率2%"),
    _production("variance_rate", r"v :? (?P<variance>R)", "差异率8%"),
    _production("multiple", r"W [TY]M? (?P<other>R)", "是上年的1.5倍"),
    _production("share_list", r"S(?P<whole>[TYIMB]*) G?(?P<shares>R(?:[J,]R)+)", "分别占30%、70%"),
    _production("share", r"S(?P<whole>[TYIMBkE]*) G?(?P<share>R)", "占支出合计的30%"),
    _production("average", r"V :? (?P<average>[AQ])", "平均每辆2万元"),
    _production("score", r"U :? (?P<score>[QR])", "平均得分92分"),
    _production("max_score", r"z :? (?P<max_score>[QR])", "分值10分"),
    _production("policy", r"p (?P<other>[Rr])", "按合同价的30%支付"),
    _production("lapse", r"o (?P<other>Q)", "推迟2个月"),
    _production("last_year_value", r"Y (?P<subject>I?) [IM]* :? (?P<prior>[AQ])", "上年8万元"),
    _production("last_year_budget", r"Y (?P<subject>I?) (?P<measure>B) :? (?P<last>A)", "上年预算数8万元"),
    _production("values_list", r"G(?P<measure>[MB]?) :? (?P<values>[AQ](?:[J,][AQ])+)", "分别为1万元、2万元"),
    _production(
        "shared_value", r"(?P<several>I(?:JI)+) (?P<measure>[MB]?) G?:? (?P<value>A)", "事业收入、经营收入均为0万元"
    ),
    _production("measured_value", r"(?P<measure>[MB]) (?P<subject>I?) [:G]* (?P<value>[AQR])", "年初预算为8万元"),
    _production("foreign", rf"[;,] (?P<foreign>:) (?P<figure>{FIGURE})", "（…；邻区：5%）"),
    _production("plain_value", r"(?P<value>[AQRr])", "收入合计8万元"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A production that matched: the numbers of the tokens of each group, and of the whole."""

    name: str
    start: int
    end: int
    groups: dict[str, range]


def read_letters(letters: str) -> Iterator[Found | int]:
    """Read a line of letters from the left.

    Yields
    ------
    Found or int
        A production that matched, or the number of a token at which none did, in order.

    Examples
    --------
    >>> [(f.name, f.start, f.end) for f in read_letters("IA,PYDA,DR.") if isinstance(f, Found)]
    [('plain_value', 1, 2), ('compared', 3, 7), ('change', 8, 10)]
    """
    at = 0
    while at < len(letters):
        found = _at(letters, at)
        if found is None:
            yield at
            at += 1
        else:
            yield found
            at = found.end


def _at(letters: str, at: int) -> Found | None:
    for production in PRODUCTIONS:
        match = production.pattern.match(letters, at)
        if match is not None:
            groups = {name: range(*match.span(name)) for name in match.groupdict() if match.group(name)}
            return Found(production.name, match.start(), match.end(), groups)
    return None
