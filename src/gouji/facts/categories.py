"""Categories and adequacy of a cause: the rule baseline, by weighted words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from gouji.model.facts import Direction
from gouji.resources.cause_categories import categories, scores
from gouji.resources.cause_lexicon import cause_lexicon

SECOND_AT_LEAST = 5  # a second category needs a word that settles it by itself
DECISIVE = 7  # words of this weight decide wherever they stand
LATER = 99  # a word that is only typical counts behind every clause's reason
# 项目经费减少 says that there were fewer projects, 结转资金变化 what was carried over, 收入来源减少 what came in
STOCK = re.compile("项目|结转|结余|来源|盘子")
ACTION = re.compile("(?:进一步|大力|持续|严格)?(?:压缩|压减|缩减|控制|节约|节省)")
FIGURE = re.compile(r"\d[\d,.]*(?:万元|亿元|元|%|个百分点)")
CLAUSE = re.compile("[，；。]")
# 新录用13人及社保基数上调: what is joined on comes later, although the clause is one
JOINED = re.compile("、|以及|及|和")
MARKED = re.compile("(?:大幅度?|明显|显著)(?:增加|减少|增长|下降|上升|降低)")
# 上年更新巡查车，本年未购车: what was last year is the background
BACKGROUND = re.compile("(?:上年|去年|上一年)[^，；。]*，(?=本年|今年|当年)")
FITTING = 1  # what a direction that fits adds


def classify(text: str, directions: Iterable[Direction] = ()) -> tuple[str, ...]:
    """Categories of a cause, the main one first.

    Parameters
    ----------
    text : str
        The cause's words.
    directions : iterable of Direction
        Directions of the changes that it explains; a category that usually explains such a change is preferred.

    Returns
    -------
    tuple of str
        Codes of the categories page; ``other`` alone if no word tells.

    Notes
    -----
    Every category scores the weight of its heaviest word, and at most two for each further one; a word that
    names what happened (weight 6) goes before all things that it happened to. The first clause that tells
    goes before later ones, in it the heaviest word, then what stands before 及 and 、, then the highest score; words
    of weight 7 go before all, the earlier first. A text made only of words that restate a change is a restatement.

    Examples
    --------
    >>> classify("在职人员增加，缴费基数调整")
    ('personnel', 'pay_policy')
    >>> classify("支出有所减少")
    ('restatement',)
    """
    if restates(text):
        return ("restatement",)
    found = scores(text)
    if len(found) < 2:
        return tuple(found) or ("other",)
    wanted = {str(d) for d in directions}
    usual = categories().direction

    background = BACKGROUND.match(text)
    clauses = [match.start() for match in CLAUSE.finditer(text)]

    def rank(code: str) -> tuple[int, int, int, int, int, int, str]:
        score = found[code]
        fitting = FITTING if usual[code] in wanted else 0
        settled = score.heaviest if score.heaviest > SECOND_AT_LEAST else 0
        behind = background.end() if background and score.first >= background.end() else 0
        passed = bisect_left(clauses, score.first) - bisect_left(clauses, behind)
        clause = passed if score.heaviest >= SECOND_AT_LEAST else LATER
        decisive = score.heaviest == DECISIVE
        place = score.first if decisive else len(JOINED.findall(text, behind, score.first)) if settled else 0
        return 0 if decisive else clause, -settled, clause, place, -(score.total + fitting), score.first, code

    ordered = sorted(found, key=rank)
    if not ordered:
        return ("other",)
    return (ordered[0], *(c for c in ordered[1:3] if found[c].heaviest >= SECOND_AT_LEAST))


def restates(text: str) -> bool:
    """Whether a text is made only of words that restate a change, and names of budget items.

    Examples
    --------
    >>> restates("本年支出较上年减少"), restates("培训班减少")
    (True, False)
    """
    if STOCK.search(text) or ACTION.match(text):
        return False  # 压缩会议费 that somebody did something
    lexicon = cause_lexicon()
    text = FIGURE.sub("", text)
    words = {match[0] for match in lexicon.state_words.finditer(text)}
    if words.isdisjoint(lexicon.core_words) or not words.isdisjoint(lexicon.absent_words):
        return False
    left = lexicon.state_words.sub("", categories().restated.sub("", text))
    return not left.strip("，、。；：（）“” ")


def against(text: str, main: str, directions: Sequence[Direction]) -> bool:
    """Whether a cause goes against what it explains: saving for an increase, a marked change for none.

    Examples
    --------
    >>> up, flat = Direction.INCREASE, Direction.FLAT
    >>> against("厉行节约", "thrift", [up]), against("活动范围大幅增加", "price_volume", [flat])
    (True, True)
    >>> against("厉行节约", "thrift", [Direction.DECREASE]), against("车辆数没有变动", "vehicles", [flat])
    (False, False)
    """
    if not directions:
        return False
    if all(d is Direction.INCREASE for d in directions):
        return main in categories().saving
    return all(d is Direction.FLAT for d in directions) and MARKED.search(text) is not None


def adequacy(text: str, codes: tuple[str, ...]) -> str:
    """How much a cause explains: ``specific``, ``generic``, ``restatement`` or ``none``.

    Generic is a cause that any unit could give for any change: nothing but formulas of saving, need and plan.

    Examples
    --------
    >>> adequacy("厉行节约，从严控制", ("thrift",)), adequacy("全年两次换届培训", ("event",))
    ('generic', 'specific')
    """
    if text.strip("，、。；： ") in cause_lexicon().null_causes:
        return "none"
    if codes[0] == "restatement":
        return "restatement"
    words = categories()
    pattern = words.generic if words.generic.search(text) or codes[0] not in UNTOLD else words.weak
    if pattern.search(text):
        left = cause_lexicon().state_words.sub("", words.fillers.sub("", pattern.sub("", text)))
        if len(left.strip("，、。；：（）“” 根据按照因")) <= GENERIC_REST:
            return "generic"
    return "specific"


UNTOLD = ("other", "restatement")
GENERIC_REST = 3  # characters that formulas may leave over and still say nothing of their own
