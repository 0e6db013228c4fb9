"""What a document says of itself: whose it is, for which year, and what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from gouji.model.document import Passage, PassageKind, Table
from gouji.readers.marks import numbering
from gouji.resources.alternatives import any_of
from gouji.resources.table_kinds import load, title_key

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
# 较2021年决算数 names a base, not the fiscal year
_FISCAL_YEAR = re.compile(r"(?<![\d比较与同])((?:19|20)\d{2})\s*年度")
_TITLES = (PassageKind.HEADING, PassageKind.CAPTION)
_FIRST = 80
_SCAN = 4000
_OPENING = 6
_CLAUSE = re.compile(r"[，。；：]")
_LEADING_YEAR = re.compile(r"\A(?:19|20)\d{2}\s*年度?\s*")
_TITLE_MOST = 60


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
    outside = [p for p in passages[: _FIRST * 4] if p.kind is not PassageKind.CELL]
    titles = [p.text for p in passages if p.kind in _TITLES and len(p.text) <= _TITLE_MOST] + [t.title for t in tables]
    titles += [p.text for p in outside[:3] if len(p.text) <= _TITLE_MOST]
    texts = [p.text[:_SCAN] for p in outside[:_FIRST]]
    return _organisation(outside, tables), _fiscal_year(name, titles, texts), _kind(titles, texts, tables)


def _fiscal_year(name: str, titles: Sequence[str], texts: Sequence[str]) -> int | None:
    """Take the year that titles name most often, else the one that the text does; the first on a tie."""
    for pattern, where in ((_FISCAL_YEAR, titles), (_YEAR, titles), (_FISCAL_YEAR, texts), (_YEAR, texts)):
        years = Counter(int(year) for text in where for year in pattern.findall(text))
        if years:
            most = max(years.values())
            return next(year for year in years if years[year] == most)
    found = re.search(r"(?<!\d)((?:19|20)\d{2})(?!\d)", name)
    return int(found[1]) if found else None


def _kind(titles: Sequence[str], texts: Sequence[str], tables: Sequence[Table]) -> str:
    """Kind by the words of titles, else of the text; three-public expenses only where little else stands."""
    keys = [title_key(title) for title in titles]
    found = {kind: sum(any(w in key for w in words) for key in keys) for kind, words in load().documents.kinds.items()}
    if not any(found.values()):
        whole = title_key("".join(texts))
        found = {kind: sum(whole.count(w) for w in words) for kind, words in load().documents.kinds.items()}
        if not any(found.values()):
            return "other"
    others = sum(kind not in ("three_public", "other") for kind in (t.kind for t in tables))
    if found["three_public"] * 2 >= max(len(keys), 1) and not others:
        return "three_public"
    return "budget" if found["budget"] > 2 * found["final_accounts"] else "final_accounts"


@cache
def _name() -> re.Pattern[str]:
    """Name of a public body with the name of its place: 云岫区生态环境局."""
    words = load().documents
    places = "|".join(sorted(words.places, key=len, reverse=True))
    bodies = "|".join(sorted(words.bodies, key=len, reverse=True))
    return re.compile(rf"(?:[\u4e00-\u9fff]{{1,6}}?(?:{places})){{1,3}}?[\u4e00-\u9fff]{{0,14}}?(?:{bodies})")


@cache
def _body() -> re.Pattern[str]:
    """Last word of a name of a public body."""
    return re.compile(any_of(load().documents.bodies))


@cache
def _name_end() -> re.Pattern[str]:
    """Pattern of what ends a name: punctuation, figures, words that reports put behind it."""
    return re.compile(rf"[，。；：（(\s\d]|{'|'.join(load().documents.after_name)}")


def _organisation(passages: Sequence[Passage], tables: Iterable[Table]) -> str | None:
    """Find the publisher.

    It is the body that a title begins with, else the one that the forms name as department, else the one that stands
    first in the opening paragraphs or in several clauses.
    """
    for passage in passages:
        if len(passage.text) <= _TITLE_MOST and (passage.kind in _TITLES or passage is passages[0]):
            found = _begins_with_body(passage.text)
            if found:
                return found
    departments = Counter(t.attributes["department"] for t in tables if t.attributes.get("department"))
    if departments:
        return departments.most_common(1)[0][0]
    names: Counter[str] = Counter()
    for index, passage in enumerate(passages[:_FIRST]):
        for clause in _CLAUSE.split(passage.text[:_SCAN]):
            name = _begins_with_body(clause)
            if name:
                names[name] += 2 if index < _OPENING and clause == passage.text[: len(clause)] else 1
    best = names.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else None


def _begins_with_body(text: str) -> str | None:
    """Body whose name stands first in a text, its number aside."""
    if _body().search(text) is None:
        return None
    number = numbering(text)
    rest = text[number.length :] if number is not None else text
    rest = _LEADING_YEAR.sub("", rest.strip())
    head = _name_end().split(rest, maxsplit=1)[0]
    found = _name().match(head)
    if not found:
        return None
    return _longest(head, found[0])


def _longest(head: str, name: str) -> str:
    """Longest name that begins with `name` and that a report's own word, not part of a name, follows."""
    for extra in range(6, 0, -1):
        longer = head[: len(name) + extra]
        if len(longer) == len(name) + extra and longer.endswith(load().documents.bodies):
            return longer
    return name
