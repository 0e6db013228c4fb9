"""The grammar: what a sequence of typed tokens says of its figures.

A production is a name and a pattern over the letters of `gouji.facts.tokens`; its groups name the roles of the tokens
that they take:

=============  ==================================================================================================
``base``       the phrase that names the base of a comparison
``before``     value of the base (比上年的5万元增加…)
``dir``        direction or extent
``change``     change amount, change rate; several where the indicators before it share them out
``rate``       second figure of a change, same direction; ``joined`` the same behind 、
``subject``    indicator that the figures after it belong to
``value``      plain value, measured by ``measure`` or by default
``budget``     budget word of a completion rate, ``planned`` its value
``complete``   completion rate
``share``      share of a whole, ``whole`` the tokens that name the whole
``aim``        a target, or the difference from it; ``unlike`` before what is compared with
``gap``        difference of the outturn from the value named before, without a direction
``old new``    from – to
=============  ==================================================================================================

Productions are tried in order at every token; the first that matches is read and reading goes on behind it. A token
at which none matches only moves the state (`gouji.facts.state`). Every pattern has a bounded length, so reading is
linear in the tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gouji.model.quick import quick
from gouji.resources.beginnings import guarded

PARTS = {
    "BASE": r"(?P<base>q{0,3}(?:P(?=[TYIMBq]{0,6}[TYBM])[TYIMBq]{1,7}|C|L(?=[TYI]{0,5}[TYBM])[TYIMB]{1,6})"
    r"(?:(?:\(q?\)|q)[MB]{0,2})?)",
    "CLOSE": r"L?,?",
    "DIR": r"(?P<dir>[DN])",
    "CHANGE": r"(?P<change>[ARrQ])",
    "CHANGES": r"(?P<changes>[ARrQ](?:[J,][ARrQ]){1,12})",
    "VALUES": r"(?P<values>[AQ](?:[J,][AQ]){1,12})",
    "RATE": r"(?:(?:\(?,?(?P<rate>R)|J(?P<joined>[RQ]))(?!N))?",
    "SUBJECT": r"(?P<subject>I?)",
    "MEASURE": r"(?P<measure>[MB])",
    "BUDGET": r"(?P<budget>[TYI]{0,6}B)",
}
"""Pieces that productions share: base phrases (比 and what it names, 同比, 相比 before a year), directions, figures."""


@dataclass(frozen=True, slots=True)
class Production:
    """A named pattern over letters, with an example of what it reads."""

    name: str
    pattern: re.Pattern[str]
    example: str
    groups: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, name: str, pattern: str, example: str) -> Production:
        """Write out the shared pieces of a pattern; blanks between pieces only separate them."""
        pieces = [PARTS.get(piece, piece) for piece in pattern.split()]
        compiled = re.compile("".join(pieces))
        return cls(name, compiled, example, tuple(compiled.groupindex.items()))


PRODUCTIONS = tuple(
    Production.of(*row)
    for row in (
        # comparisons with a base in the same clause
        ("base_value_change", r"BASE (?P<before>[AQR]) (?:L,?)? G? DIR CHANGE", "较上年8万元增加2万元"),
        ("base_value_bracketed", r"BASE \( (?P<before>[AQ]) \) G? DIR CHANGE", "比上年（8万元）增加2万元"),
        ("base_value_comma", r"BASE (?<=[MB]) (?P<before>[AQ]) , DIR CHANGE", "比上年决算数8万元，增加2万元"),
        ("base_value_change_missing", r"BASE (?P<before>[AQ]) (?P<missing>[AQ])", "较上年决算数8万元2万元"),
        ("base_value_alone", r"BASE (?P<before>[AQ]) L", "与上年8万元相比，本年减少"),
        ("compared_postposed", r"BASE CLOSE CHANGE (?P<dir>N)", "较上年2万元的增量"),
        ("compared_missing", r"BASE CLOSE (?P<missing>[AQRr])", "较上年2万元，增长25%"),
        ("compared_list_before", r"G BASE CLOSE I? DIR CHANGES", "分别比上年增加1万元、2万元"),
        ("compared_list", r"BASE CLOSE I? G DIR CHANGES", "比上年分别增加1万元、2万元"),
        ("compared", r"BASE CLOSE SUBJECT [JI]{0,9} G? (?P<dir>[DNp]) N? [:(]? CHANGE RATE", "比上年增加2万元，10%"),
        ("outturn_against_budget", r"(?P<dir>D) (?P<against>B) G? CHANGE", "决算数大于预算数2万元"),
        ("against_target", r"(?P<dir>D) (?P<measure>M) G? (?P<aim>[ARrQ])", "低于目标值1.4个百分点"),
        ("compared_other", r"(?P<unlike>[uL]) SUBJECT (?P<dir>D) [:(]? CHANGE RATE", "价格较编制预算时上涨5%"),
        ("against_period", r"(?P<dir>D) (?P<since>[TY][MB]{0,2}) G? (?P<over>[ARrQ])", "高于上年决算数2万元"),
        ("from_to", r"(?:O[TYMBI]{0,6})? (?P<old>[ARrQ]) ,? (?P<dir>X) (?P<new>[ARrQ])", "由上年的8万元增加到10万元"),
        ("changed_to", r"(?P<dir>X) (?P<new>[ARrQ])", "增至10万元"),
        # changes whose base is carried
        ("changes_list", r"G DIR CHANGES", "分别减少1万元、2万元、3万元"),
        ("change", r"G? DIR N? [:(]? CHANGE RATE", "减少2万元，下降5%"),
        ("change_named", r"(?P<dir>D) (?P<subject>I) CHANGE", "增加人员经费2万元"),
        ("change_postposed", r"CHANGE (?P<dir>N)", "2万元的增量"),
        # completion, shares, other rates
        ("completion_of_value", r"[KSWG]? BUDGET (?P<planned>A) (?P<complete>R)", "完成预算50万元的90%"),
        ("completion_share", r"S (?P<budget>[TY]{0,6}B) (?P<complete>R)", "占调整预算数的90%"),
        ("completion_list", r"G? K G? BUDGET G? (?P<complete>R(?:[J,]R){1,12})", "分别完成年初预算的90%、95%"),
        ("completion", r"[KW] BUDGET (?P<complete>R)", "完成年初预算的90%"),
        ("completion_bare", r"K (?P<complete>R)", "年初预算50万元，完成90%"),
        ("completion_named", r"(?P<named>k) [:K]? (?P<complete>R)", "预算执行率为90%"),
        ("remainder_rate", r"s :? (?P<remainder>R)", "结余率2%"),
        ("variance_rate", r"v :? (?P<variance>R)", "差异率8%"),
        ("multiple", r"W [TY] M? (?P<other>R)", "是上年的1.5倍"),
        ("share_list", r"G? (?P<verb>S) (?P<whole>[TYIMB]{0,8}) S? G? (?P<shares>R(?:[J,]R){1,12})", "分别占30%、70%"),
        ("share", r"(?P<verb>S) (?P<whole>[TYIMBkE_]{0,8}) S? G? (?P<share>R)", "占支出合计的30%"),
        ("policy", r"(?P<dir>p) (?P<other>[ARrQ])", "按合同价的30%支付"),
        # values
        ("average", r"V :? (?P<average>[AQ])", "平均每辆2万元"),
        ("score", r"U :? (?P<score>[QR])", "平均得分92分"),
        ("max_score", r"z :? (?P<max_score>[QR])", "分值10分"),
        ("lapse", r"o (?P<other>Q)", "推迟2个月"),
        ("gap", r"g :? (?P<gap>A)", "年初预算8万元，差值为2万元"),
        ("value_with_measure_behind", r"B? SUBJECT (?P<value>A) \( MEASURE \)", "涉及资金8万元（执行数）"),
        ("last_year_value", r"Y SUBJECT [IM]{0,4} :? (?P<prior>[AQ])", "上年8万元"),
        ("last_year_budget", r"Y SUBJECT (?P<measure>B) :? (?P<last>A)", "上年预算数8万元"),
        ("values_list", r"(?P<measure>[MB]?) G :? VALUES", "决算数分别为1万元、2万元"),
        ("several_values", r"I(?:JI){1,12} (?P<measure>[MB]?) G :? VALUES", "收入、支出分别为1万元、2万元"),
        (
            "shared_value",
            r"(?P<several>I(?:JI){1,12}) (?P<measure>[MB]?) G? :? (?P<value>A)",
            "事业收入、经营收入均为0万元",
        ),
        ("measured_value", r"MEASURE SUBJECT [:G]{0,3} (?P<value>[AQR])", "年初预算为8万元"),
        ("foreign", r"[;,(] (?P<foreign>:) (?P<figure>[ARrQ])", "（…；邻区：5%）"),
        ("plain_value", r"(?P<value>[AQRr])", "收入合计8万元"),
    )
)


PLAIN_VALUE = PRODUCTIONS[-1]


@quick
@dataclass(frozen=True, slots=True)
class Found:
    """A production that matched: the numbers of the tokens of each group, from the left, and of the whole."""

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
    for found in _ANY.finditer(letters):
        start, end = found.span()
        if at < start:
            yield from range(at, start)
        at = end
        production = PRODUCTIONS[found.lastindex - 1]  # type: ignore[operator]  # every branch ends in a group
        if production is PLAIN_VALUE:  # a third of the figures
            yield Found(production.name, start, end, {"value": range(start, end)})
            continue
        match = production.pattern.match(letters, start)
        assert match is not None, production.name
        groups: dict[str, range] = {}
        for name, number in production.groups:
            first, last = match.span(number)
            if first < last:
                groups[name] = range(first, last)
        yield Found(production.name, start, end, groups)
    yield from range(at, len(letters))


def _joined() -> re.Pattern[str]:
    """One pattern of all productions: which of them matches first, its last group tells."""
    unnamed = (re.sub(r"\(\?P<\w+>", "(?:", production.pattern.pattern) for production in PRODUCTIONS)
    return re.compile(guarded("|".join(f"(?:{pattern})()" for pattern in unnamed)))


_ANY = _joined()
