"""Shapes `organisation` and `item_name`: names that differ by a character or two from what they should be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.proofreading.marks import Mark, Unmarked, mark, mark_cell
from gouji.checks.report import Report
from gouji.model.document import Cell, PassageKind, Table
from gouji.model.facts import Label
from gouji.model.spans import Span
from gouji.resources.gazetteer import gazetteer
from gouji.resources.gazetteer_loading import Entry
from gouji.resources.names import fold
from gouji.resources.proofreading import ProofCheck

LEAST = 6
"""Shortest name of an organisation that can be told from another by one character."""
SHORTEST = 4
"""Shortest name of an item that can be told from another by one character."""
NO_NAME = "未能确定单位名称"
NO_CODES = "文中没有带编码的科目"
CODE = re.compile(r"\d{3}|\d{5}|\d{7}")
HAN = re.compile(r"[\u4e00-\u9fff]")


def organisation(check: ProofCheck, report: Report) -> Iterator[Mark | Unmarked]:
    """Names that are the organisation's own but for one character, where that character does not make another one.

    Notes
    -----
    市应急管理局 above 区应急管理局, 第一中学 beside 第二中学 are other organisations: levels and ordinals do not count.
    """
    name = "".join((report.document.organisation or "").split())
    if len(name) < LEAST or name not in report.document.text:
        yield Unmarked(NO_NAME)
        return
    head, tail = name[:2], name[-2:]
    for passage in report.document.passages:
        text = passage.text
        if passage.kind is PassageKind.CELL or (head not in text and tail not in text):
            continue
        for local in _near(text, name, frozenset(check.words)):
            yield mark(report.document, passage, local, name)


def _near(text: str, name: str, other: frozenset[str]) -> Iterator[Span]:
    """Stretches at a distance of one from a name, that begin and end like it."""
    at = 0
    while (at := text.find(name[0], at)) >= 0:
        for length in (len(name), len(name) - 1, len(name) + 1):
            found = text[at : at + length]
            if len(found) == length and found[-1] == name[-1] and _is_slip(found, name, other):
                if not text.startswith(name, at) and name not in found:
                    yield Span(at, at + length)
                break
        at += 1


def _is_slip(found: str, name: str, other: frozenset[str]) -> bool:
    """Whether two names differ by one character put in, left out or exchanged, or two neighbours in wrong order."""
    differing = difference(found, name)
    return differing is not None and differing != "" and not (set(differing) & other) and bool(HAN.match(differing))


def difference(left: str, right: str) -> str | None:
    """Characters in which two texts differ, if they differ by one slip of the pen; empty where they are the same.

    Examples
    --------
    >>> difference("应急管里局", "应急管理局"), difference("文化旅游局", "文化和旅游局"), difference("财政局", "审计局")
    ('里理', '和', None)
    >>> difference("急应管理局", "应急管理局")
    '急应'
    """
    begin = 0
    while begin < min(len(left), len(right)) and left[begin] == right[begin]:
        begin += 1
    end = 0
    while end < min(len(left), len(right)) - begin and left[-1 - end] == right[-1 - end]:
        end += 1
    one, two = left[begin : len(left) - end], right[begin : len(right) - end]
    if len(one) + len(two) <= 1 or (len(one) == len(two) == 1):
        return one + two
    return one if len(one) == 2 and one == two[::-1] else None


def item_name(check: ProofCheck, report: Report) -> Iterator[Mark | Unmarked]:
    """Names beside a code that are nearly those of the code table, and names of the text that nearly are one."""
    coded = 0
    for table in report.document.tables:
        for code, beside in _coded(table):
            entry = gazetteer().by_code(code)
            coded += 1
            if entry is not None and _nearly(beside.text, entry):
                marked = mark_cell(report.document, beside, table.page, entry.name, table.address(beside))
                if marked is not None:
                    yield marked
    if coded:
        yield from _items_of_the_text(report)
    else:
        yield Unmarked(NO_CODES)


def _items_of_the_text(report: Report) -> Iterator[Mark]:
    """Items that the text names a slip away from an item of the report's own tables."""
    document = report.document
    labels = {fold(cell.text) for table in document.tables for _, cell in _coded(table)}
    for mention in report.mentions:
        if mention.label is not Label.INDICATOR or mention.type != "function" or mention.entry is not None:
            continue
        passage = document.passage_of.get(mention.passage)
        words = fold(passage.text[mention.local.start : mention.local.end]) if passage is not None else ""
        if passage is None or len(words) < SHORTEST or words in labels or gazetteer().canonical(words) is not None:
            continue
        near = sorted(name for name in labels if _slip_of(words, name))
        if len(near) == 1:
            yield mark(document, passage, mention.local, near[0])


def _coded(table: Table) -> Iterator[tuple[str, Cell]]:
    """Codes of a table with the cells of their names."""
    for cell in table.cells:
        code = "".join(cell.text.split())
        beside = table.grid.get((cell.r, cell.c + cell.colspan)) if CODE.fullmatch(code) else None
        if beside is not None and beside.value is None and beside.text.strip():
            yield code, beside


def _nearly(written: str, entry: Entry) -> bool:
    """Whether a written name is a slip away from the entry's, and no name of any other."""
    words = fold(written)
    if len(words) < SHORTEST or gazetteer().lookup(words) is not None or gazetteer().canonical(words) is not None:
        return False
    return _slip_of(words, fold(entry.name))


def _slip_of(words: str, right: str) -> bool:
    found = difference(words, right)
    return bool(found) and HAN.match(found or "") is not None
