"""What a single line may be: heading, unit line, form number, table title, page number, line of a contents page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from gouji.model.quick import quick
from gouji.readers.cell_values import unit_list
from gouji.resources.beginnings import guarded
from gouji.resources.script import without_readings
from gouji.resources.table_kinds import load, title_key
from gouji.text.money import money_units
from gouji.text.normalise import fold, strip_blanks

_HAN = "一二三四五六七八九十百零〇"
# 第一部分 概况 / 一、概况 / （一）概况 / 1.概况 / （1）概况
_NUMBERING = re.compile(
    rf"""
    (?P<part>第[{_HAN}\d]{{1,3}}(?:部分|章|篇))[\s、.：:]*
  | (?P<han>[{_HAN}]{{1,3}})[、.]\s*
  | [（(](?P<bracketed>[{_HAN}]{{1,3}})[）)][、.]?\s*
  | (?P<digit>\d{{1,2}})(?:[、．]|[.](?!\d))\s*
  | [（(](?P<small>\d{{1,2}})[）)][、.]?\s*
    """,
    re.X,
)
_NUMBER_FIRST = frozenset("第（(" + _HAN)
LEVELS = {"part": 1, "han": 2, "bracketed": 3, "digit": 4, "small": 5}
_FIRST = frozenset({"一", "1", "01"})
# —10— / - 1 - / 第 3 页 共 9 页 / 12
_PAGE_NUMBER = re.compile(
    r"[—–\-－‐·•]{1,3}\s*\d{1,4}\s*[—–\-－‐·•]{1,3}|第\s*\d{1,4}\s*页(?:\s*[/，,]?\s*共\s*\d{1,4}\s*页)?"
)
_BARE_NUMBER = re.compile(r"\d{1,4}")
_LEADER_FIELD = re.compile(r"PAGEREF\s+_Toc")
_FORM_NUMBER = re.compile(
    r"(?:公开|附|附件|预|决|财决)?\s*\d{0,2}\s*表\s*\d{0,2}(?:-\d+)?|(?:公开|附)\s*\d{1,2}\s*表|附(?:件|表)\s*\d{0,2}[:：]?"
)
_YEAR_LINE = re.compile(r"[（(]?\s*(?:19|20)\d{2}\s*年(?:度)?\s*[）)]?")
_HEAD_FIELD = re.compile(
    r"(?:单位|编制单位|填报单位|编报单位|部门|单位名称|部门名称|公开单位|公开部门|填表单位|填报部门|预算单位|编制部门|报表编号)\s*[:：]"
)
_SENTENCE_END = "。！？；;!?"
TITLE_MOST = 60
_CAPTION_MOST = 2 * TITLE_MOST


@quick
@dataclass(frozen=True, slots=True)
class Numbering:
    """Number at the beginning of a line: its level, the number as written, and how many characters it takes."""

    level: int
    number: str
    length: int
    first: bool


def numbering(body: str) -> Numbering | None:
    """Read the number at the beginning of a line.

    Examples
    --------
    >>> numbering("（一）总体情况。"), numbering("142.38 万元，完成")
    (Numbering(level=3, number='（一）', length=3, first=True), None)
    """
    first_char = body[:1]
    if first_char not in _NUMBER_FIRST and not first_char.isdecimal():  # most lines
        return None
    found = _NUMBERING.match(body)
    if not found or found.lastgroup is None:
        return None
    inner = found[found.lastgroup]
    first = inner in _FIRST or inner.startswith(("第一", "第1"))
    return Numbering(LEVELS[found.lastgroup], found[0].strip(), found.end(), first)


def is_page_number(body: str) -> bool:
    """Whether a line is a page number with its ornaments: ``—10—``, ``- 1 -``, ``第3页``."""
    return len(body) <= 20 and _PAGE_NUMBER.fullmatch(body) is not None


def is_bare_number(body: str) -> bool:
    """Whether a line is one short number, which between wrapped lines is a page number."""
    return len(body) <= 4 and _BARE_NUMBER.fullmatch(body) is not None


def is_contents_line(body: str) -> bool:
    """Whether a line has the dots that lead to a page number in a table of contents."""
    head = body[:400]
    # 单位概况……1 / 部门决算情况说明......... 12
    dots = "……" in head or "...." in head or "····" in head or "．．．．" in head
    return dots or ("PAGEREF" in head and _LEADER_FIELD.search(head) is not None)


def is_sentence_end(body: str) -> bool:
    """Whether the last character of a line, closing quotes and brackets aside, ends a sentence."""
    return body.rstrip("”’」』）)\"' 　")[-1:] in _SENTENCE_END if body else False


@lru_cache(maxsize=256)  # one line is asked for several things in turn
def _words(body: str) -> str:
    """Words of a line in one script, readings beside characters left out."""
    return without_readings(fold(body))


@cache
def _unit_line() -> re.Pattern[str]:
    lead = guarded(rf"[（(]?\s*(?:{'|'.join(sorted(load().words.unit_line, key=len, reverse=True))})")
    # the units of all currencies are thousands: whether it is one is asked afterwards
    return re.compile(rf"{lead}\s*[:：]?\s*(?:人民币)?\s*[（(]?\s*(?P<unit>[^\s:：（()）]+)\s*[）)]?\s*[）)]?\s*$")


def unit_of_line(body: str) -> str | None:
    """Read the unit that a line states for a table, None if it is no unit line.

    Examples
    --------
    >>> unit_of_line("金额单位：万元"), unit_of_line("编制单位：某某局  单位:元"), unit_of_line("本单位有车辆")
    ('万元', '元', None)
    >>> unit_of_line("单位：辆、台（套）、万元"), unit_of_line("主管单位：甲局、乙局")
    ('辆、台（套）、万元', None)
    """
    if len(body) > _CAPTION_MOST:
        return None
    words = _words(body)
    if not any(word in words for word in load().words.unit_line):
        return None
    found = _unit_line().search(words)
    while found is not None and found["unit"] not in money_units():
        found = _unit_line().search(words, found.start() + 1)
    return found["unit"] if found is not None else _mixed(words)


def _mixed(words: str) -> str | None:
    """Units of a line that names several, as it writes them: ``辆、台（套）、万元``."""
    head, colon, tail = words.replace("：", ":").rpartition(":")
    if not colon or not head.rstrip().endswith(tuple(load().words.unit_line)):
        return None
    listed = strip_blanks(tail).rstrip("）)") if "（" in head or "(" in head else strip_blanks(tail)
    return listed if len(unit_list(listed)) > 1 else None


def is_form_number(body: str) -> bool:
    """Whether a line is a form's number: ``公开01表``, ``附表3``."""
    return len(body) <= 12 and _FORM_NUMBER.fullmatch(strip_blanks(_words(body))) is not None


def is_year_line(body: str) -> bool:
    """Whether a line is a year alone: ``（2021年度）``."""
    return len(body) <= 14 and _YEAR_LINE.fullmatch(_words(body)) is not None


def is_head_field(body: str) -> bool:
    """Whether a line is a field of a table's head: ``编制单位：…``."""
    return len(body) <= TITLE_MOST and _HEAD_FIELD.match(_words(body)) is not None


def is_note(body: str) -> bool:
    """Whether a line is a note below a table: ``注：…``, ``说明：…``."""
    begin = body[:12]
    if "：" not in begin and ":" not in begin:
        return False
    head, colon, _ = _words(begin).replace("：", ":").partition(":")
    return bool(colon) and strip_blanks(head).rstrip("0123456789.、") in load().words.note


def is_title(body: str) -> bool:
    """Whether a line is, by its words, the title of a table; neither a numbered line is one nor a form's number."""
    if len(body) > TITLE_MOST or is_sentence_end(body) or "，" in body or numbering(body) is not None:
        return False
    if is_form_number(body):
        return False
    key = title_key(body)
    return key.endswith(("表", "表续")) and (len(key) <= 30 or load().by_title(body) is not None)


def is_caption(body: str) -> bool:
    """Whether a line belongs to the head of a table: title, unit line, form number, year, field."""
    return len(body) <= _CAPTION_MOST and _is_caption(body)


@lru_cache(maxsize=256)
def _is_caption(body: str) -> bool:
    return (
        is_form_number(body)
        or is_year_line(body)
        or unit_of_line(body) is not None
        or is_head_field(body)
        or is_title(body)
    )
