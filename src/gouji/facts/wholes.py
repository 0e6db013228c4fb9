"""What a share is a share of: the words between 占 and the rate, or the head of the list that the part stands in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gouji.model.facts import Mention
from gouji.resources.gazetteer import gazetteer
from gouji.resources.lexicon import lexicon

# 占本年|2022年度|全部 … 的|比重|比例为|达
LEADING = re.compile(r"^(?:(?:19|20)\d\d年度?|本年度?|当年|全年|全部|本部门|我[局市县区])+")
TRAILING = re.compile(r"(?:的|之|比重|比例|为|达到?|约|近|近于|仅|分别|超过|了|：|:|，|,)+$")

ITEM = re.compile(r"(?:^|[。;；:：])(?:\([一二三四五六七八九十\d]{1,2}\)|[\d一二三四五六七八九十]{1,2}[、.．])$")
TITLE = re.compile(r"(?:年初|全年|调整后?)?预算[数额]?$")
"""What of a budget's name is not the name of its item."""

WHOLES = {
    "revenue": ("revenue", "total"),
    "expenditure": ("expenditure", "total"),
    "function": ("expenditure", "function", "fund", "total"),
    "economic": ("expenditure", "economic", "operating", "total"),
    "three_public": ("three_public",),
    "procurement": ("procurement",),
}
"""Types that the whole of an unnamed share may have, by the type of the part; types not listed may have any."""


def name_of_whole(text: str, named: Mention | None, head: Mention | None, part: Mention | None) -> str | None:
    """Canonical name of the whole of a share.

    Parameters
    ----------
    text : str
        What stands between 占 and the rate.
    named : Mention or None
        The indicator tagged there, if one is.
    head : Mention or None
        Head of the list that the part stands in.
    part : Mention or None
        The indicator that the share belongs to; never its own whole.

    Returns
    -------
    str or None
        None where nothing names the whole; never a guess by value.

    Examples
    --------
    >>> name_of_whole("基本支出的", None, None, None)
    '基本支出'
    """
    if named is not None and named is not part:
        return named.name
    if head is part:
        head = None
    core = TRAILING.sub("", text)
    short = LEADING.sub("", core)
    if is_bare(text):
        total = gazetteer().lookup(short) if head is None and short else None  # 占总收入的81%
        return head.name if head is not None and _may_hold(head, part) else total.name if total is not None else None
    if head is not None and head.name is not None and short in head.name:
        return head.name
    entry = gazetteer().canonical(core) or gazetteer().canonical(short)
    return entry.name if entry is not None else short


def is_bare(text: str) -> bool:
    """Whether the words of a share name no whole of their own: 占30%, 占总额的30%.

    Examples
    --------
    >>> is_bare("的"), is_bare("总额的"), is_bare("基本支出的")
    (True, True, False)
    """
    short = LEADING.sub("", TRAILING.sub("", text))
    return not short or short in lexicon().by_kind["whole_any"]


def item_of_budget(words: str) -> str:
    """Item whose budget is named by words that end in one; empty where they name the budget as such.

    Examples
    --------
    >>> item_of_budget("项目支出预算"), item_of_budget("年初预算")
    ('项目支出', '')
    """
    item = TITLE.sub("", words)
    return item if len(item) > 1 and item != words and item not in lexicon().by_kind["whole_any"] else ""


def sum_of_items(sums: Mapping[str, Mention], part: Mention | None, before: str) -> str | None:
    """Name of the last sum, by type of the parts, if a part begins its passage or follows the number of an item."""
    whole = sums.get(part.type or "") if part is not None else None
    itemised = not before.strip() or ITEM.search(before) is not None
    return whole.name if whole is not None and whole is not part and itemised else None


def _may_hold(head: Mention, part: Mention | None) -> bool:
    """Whether the head of a list can be the whole of a part: no balance is the whole of an expenditure."""
    allowed = WHOLES.get(part.type or "") if part is not None else None
    return allowed is None or head.type is None or head.type in allowed
