"""Which indicator a figure belongs to, and what to call a figure that has none."""

from __future__ import annotations

import re
from functools import cache

from gouji.facts.state import PROJECT, State
from gouji.facts.tokens import Line, Token
from gouji.model.facts import Mention
from gouji.resources.gazetteer import gazetteer
from gouji.resources.lexicon import Lexicon, Row

COUNTED = frozenset(("staffing", "assets", "quantity", "other", "score", "quality", "timeliness", "satisfaction"))
"""Types whose counts may follow in a clause of their own (行政编制75人，实际73人)."""
NOT_PAID = COUNTED | {"execution", "economic_benefit", "social_benefit", "ecological_benefit", "sustainability"}
"""Types that no amount is of in a paragraph on a project: 自评得分98分。全年预算数为5万元."""
TOTALS = ("total.revenue", "total.expenditure", "total.both")
JOINING = '"的了共约近'
"""What may stand between a count and the name beside it."""
CLAUSE = re.compile(r"[，,；;。！？!?：:、()\"]")
RECEPTION_UNITS = frozenset(("批", "批次", "人次", "人", "团组", "个批次"))
# 中标价比控制价下浮12%, 区财政对非刚性支出按5%压减, 会议、差旅等一般性支出: what the figure is said of
COMPARED_WITH = re.compile(r"(?<=..)[比较](?![例重率大多高价为长]).{2,}$")
DONE_TO = re.compile(r"^.{2,}?(?:对(?![外口象])|将(?!军)|把|给予)(?=..)")
ONE_OF = re.compile(r"^.{1,10}等(?![级次待于额])(?=...)")
ITEM = re.compile(r"^[一二三四五六七八九]是|^其[一二三四五]")
# 按5%统一压减公用经费
CUT = re.compile(
    r"(?:的?比例)?(?:统一|一律|再|普遍)*(?:压减|核减|压缩|调减|削减|扣减|压降)([一-鿿]{3,10}?)(?=[，,。；;、]|$)"
)
RATE_NAME = re.compile("[率度比]$")
SHORTEST, LONGEST = 2, 16
SUBJECT = 3
"""Characters that make a subject of their own."""


def owner(line: Line, number: int, state: State) -> Mention | None:
    """Find the indicator of the figure token numbered `number`.

    An amount or a rate belongs to the current indicator; inside a cause only to one that its own clause names. A
    count belongs to the name at its side (遴选3名工作人员), else to the name of its clause, else to a carried name
    that is counted, by its type or by the count before (9批次，108人次).
    """
    sealed = line.cause is not None
    token = line.tokens[number]
    if token.letter != "Q":
        return state.indicator if not sealed or state.in_clause else None
    following = line.tokens[number + 1] if number + 1 < len(line.tokens) else None
    before = line.tokens[number - 1] if number else None
    beside = before is not None and before.letter == "I" and not line.between(number - 1, number).strip(JOINING)
    touches = following is not None and not line.between(number, number + 1).strip(JOINING)
    if following is not None and following.letter == "I" and touches and not beside:
        return following.mention
    if state.in_clause:
        return state.indicator
    current = state.indicator
    counted = current is not None and (current.type in COUNTED or current is state.counted)
    if current is not None and not sealed and _hosts(current, token):
        return current
    if counted and current is not None and RATE_NAME.search(current.name or "") and current is not state.counted:
        counted = False  # 目标完成率91%，举办培训班8期
    return current if counted and not sealed else None


def is_of_project(state: State, *, measured: bool) -> bool:
    """Whether an amount is that of the project or item that heads its passage, and not of the name carried to it.

    Parameters
    ----------
    state : State
    measured : bool
        Whether the figure says of itself that it is a budget or an outturn.
    """
    current = state.indicator
    if state.project is None:
        return False
    if current is None:
        return measured
    if state.project.rule == PROJECT:
        return measured or current.type in NOT_PAID
    return measured and (current.type in NOT_PAID or current.type == "project_funds")


def _hosts(current: Mention, token: Token) -> bool:
    """Whether a count says how often an item of expenditure was used: 国内公务接待支出2万元，接待18批次，130人次."""
    unit = token.mention.value.unit if token.mention is not None and token.mention.value is not None else ""
    return current.type == "three_public" and "接待" in (current.name or "") and unit in RECEPTION_UNITS


def both_totals(indicator: Mention | None, state: State, *, each: bool, last: str | None) -> str | None:
    """Name of both totals where one change is said of them: 收入总计9万元，支出总计9万元，比上年各增加2万元，增长30%.

    Parameters
    ----------
    indicator : Mention or None
        The one that the change would belong to.
    state : State
    each : bool
        Whether the words of the change say 各 or 均.
    last : str or None
        Name of the figure before.
    """
    if indicator is None or not (each or last):
        return None
    revenue, expenditure, both = total_names()
    named = indicator.name == expenditure and any(m.name == revenue for m in state.named)
    return both if named and (each or last == both) else None


@cache
def total_names() -> tuple[str, ...]:
    """Canonical names of the totals of revenue and of expenditure, and of both together."""
    return tuple(_names()[item] for item in TOTALS)


@cache
def _names() -> dict[str, str]:
    """Canonical names of the indicators, by their identifiers."""
    return {entry.id: entry.name for entry in gazetteer()}


def words_before(line: Line, number: int, lexicon: Lexicon) -> str | None:
    """Name a figure without indicator by the words of its clause before token `number`, particles taken off.

    Returns
    -------
    str or None
        The canonical name where the words are one, else the words; None where no words of two to sixteen characters
        stand there.
    """
    opening = line.tokens[number - 1].end if number else line.start
    chunk = _chunk(line, opening, line.tokens[number].start)
    if not chunk and number and line.tokens[number - 1].letter == ",":
        before = line.tokens[number - 2].end if number > 1 else line.start
        chunk = _chunk(line, before, line.tokens[number - 1].start)  # 本年收入，8万元
    elif chunk and number and _than(line, number - 1):  # 中标价比控制价下浮12%
        return words_before(line, number - 1, lexicon)
    chunk = subject(chunk)
    leads, trails = lexicon.by_kind["name_lead"], lexicon.by_kind["name_trail"]
    before_cut = None
    counted = line.tokens[number].letter == "Q"
    while chunk and before_cut != chunk:
        entry = gazetteer().lookup(chunk) or (gazetteer().lookup(chunk, "assets") if counted else None)
        if entry is not None:
            return entry.name
        before_cut = chunk
        chunk = next((chunk.removesuffix(trail) for trail in trails if chunk.endswith(trail)), chunk)
        if chunk == before_cut:
            chunk = next((chunk.removeprefix(lead) for lead in leads if chunk.startswith(lead)), chunk)
    return chunk if SHORTEST <= len(chunk) <= LONGEST and not any(c.isdigit() for c in chunk) else None


def subject(words: str) -> str:
    """Leave out what is compared with, who does it, and what is listed before 等.

    Examples
    --------
    >>> subject("中标价较控制价"), subject("一是区财政对非刚性支出"), subject("差旅等一般性支出")
    ('中标价', '非刚性支出', '一般性支出')
    """
    for pattern in (ITEM, COMPARED_WITH, DONE_TO, ONE_OF):
        words = pattern.sub("", words)
    return words


def average_of(indicator: Mention | None, word: Row) -> str | None:
    """Name of an average of cars bought (每辆5万元) or of visitors received (人均50元), None for any other.

    Parameters
    ----------
    indicator : Mention or None
        What the figures before it belong to.
    word : Row
        Word of the lexicon that says that it is an average.
    """
    entries = _names()
    name = (indicator.name or "") if indicator is not None else ""
    if word.value and name in (entries["three_public.car_purchase"], entries["assets.cars_bought"]):
        return entries["three_public.purchase_average"]
    if not word.value and "接待" in name:
        return entries["three_public.reception_average"]
    return None


def cut_object(line: Line, number: int) -> str | None:
    """Name what a rate cuts where it is told behind it: 市财政按5%统一压减公用经费."""
    found = CUT.match(line.text, line.tokens[number].end)
    return found[1] if found is not None else None


def other_subject(line: Line, number: int, lexicon: Lexicon) -> bool:
    """Whether the clause of a figure names a thing of its own that is no indicator: 财政专户拨付5万元.

    So it does if three characters of it or more are left without the words that make tokens, stand for the current
    indicator or say nothing.
    """
    opening = number
    while opening and number - opening < LONGEST and line.tokens[opening - 1].letter not in ",;.:()Z":
        opening -= 1
    start = line.tokens[opening - 1].end if opening else line.start
    words: list[str] = []
    for token in line.tokens[opening : number + 1]:
        words.append(line.text[start : token.start])
        start = token.end
    rest = CLAUSE.split("|".join(words)[-LONGEST:])[-1]
    for form in lexicon.by_kind["generic"] if _letters(rest) >= SUBJECT else ():
        rest = rest.replace(form, "")
    return _letters(rest) >= SUBJECT


def _than(line: Line, number: int) -> bool:
    """Whether a token is a bare 比 or 较."""
    token = line.tokens[number]
    return line.text[token.start : token.end] in ("比", "较")


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _chunk(line: Line, start: int, end: int) -> str:
    """Words of the last clause of a stretch."""
    return CLAUSE.split(line.text[max(start, end - LONGEST) : end])[-1]


def is_score(token: Token) -> bool:
    """Whether a count is one of points."""
    unit = token.mention.value.unit if token.mention is not None and token.mention.value is not None else ""
    return unit == "分"
