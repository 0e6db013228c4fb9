"""What a document says of itself: whose it is, for which year, and what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from gouji.model.document import Passage, PassageKind, Table
from gouji.resources.table_kinds import load, title_key

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年度?")
_FISCAL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年度?(?:部门|单位|收入|收、?支|财政|全区|全市|全县|全省|本级|决算|预算|一般公共预算|“三公”)")
# 云岫区生态环境局2022年度部门决算 / 荆浦市公安局概况
_TITLE = re.compile(
    r"(?:第[一二三四五六七八九十]部分\s*)?(?P<name>[^\W\d_]{2,30}?)\s*(?:(?:19|20)\d{2}\s*年度?\s*)?(?:部门|单位)?(?P<what>决算|预算|概况|“三公”经费)"
)
_BODY = re.compile(r"[\u4e00-\u9fff]{2,24}?(?:局|委员会|委|办公室|厅|院|中心|学校|中学|小学|街道办事处|办事处|镇人民政府|乡人民政府|人民政府|法院|检察院|医院|大学|学院|支队|站|所|协会|联合会|总会)")
_FIRST = 60
_SCAN = 4000


def describe(name: str, passages: Sequence[Passage], tables: Sequence[Table]) -> tuple[str | None, int | None, str]:
    """Organisation, fiscal year and kind of a document.

    Parameters
    ----------
    name : str
        File name without suffix; used for the year only where the text names none.
    passages : sequence of Passage
    tables : sequence of Table

    Returns
    -------
    tuple
        Organisation or None, year or None, and ``final_accounts``, ``budget``, ``three_public`` or ``other``.
    """
    texts = [p.text[:_SCAN] for p in passages if p.kind is not PassageKind.CELL][:_FIRST]
    return _organisation(passages, tables), _fiscal_year(name, texts), _kind(texts, tables)


def _fiscal_year(name: str, texts: Sequence[str]) -> int | None:
    """The year named most often before a word of the accounts; the earliest on a tie."""
    for pattern in (_FISCAL_YEAR, _YEAR):
        years = Counter(int(y) for text in texts for y in pattern.findall(text))
        if years:
            most = max(years.values())
            return next(y for y in years if years[y] == most)
    found = re.search(r"(?<!\d)((?:19|20)\d{2})(?!\d)", name)
    return int(found[1]) if found else None


def _kind(texts: Sequence[str], tables: Sequence[Table]) -> str:
    """Kind by the words of titles and headings; three-public only where nothing else is accounted for."""
    titles = [title_key(text) for text in texts if len(text) <= 60] + [title_key(t.title) for t in tables]
    counts = {kind: sum(any(word in title for word in words) for title in titles) for kind, words in load().documents}
    kinds = {t.kind for t in tables}
    final, budget, special = counts.get("final_accounts", 0), counts.get("budget", 0), counts.get("three_public", 0)
    whole = "".join(texts)
    if not titles or final + budget + special == 0:
        final, budget = whole.count("决算"), whole.count("预算")
        return "other" if final + budget == 0 else "final_accounts" if final * 2 >= budget else "budget"
    only_special = kinds <= {"three_public"} and special * 2 >= len([t for t in titles if t])
    if special and only_special:
        return "three_public"
    return "final_accounts" if final else "budget" if budget else "three_public"


def _organisation(passages: Sequence[Passage], tables: Iterable[Table]) -> str | None:
    """The publisher, by title lines, else by the form's department, else by the body that the text names most."""
    short = [p.text for p in passages[:_FIRST] if len(p.text) <= 60 and p.kind is not PassageKind.CELL]
    for text in short:
        found = _TITLE.fullmatch(text.strip()) or _TITLE.match(text.strip())
        if found:
            body = _BODY.fullmatch(found["name"])
            if body:
                return body[0]
    departments = Counter(t.attributes["department"] for t in tables if t.attributes.get("department"))
    if departments:
        return departments.most_common(1)[0][0]
    return None
