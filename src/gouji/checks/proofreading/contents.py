"""Shapes `contents`, `empty_table` and `title_year`: what titles promise, against what stands below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gouji.checks.proofreading.marks import Mark, Unmarked, mark, words_of
from gouji.checks.report import Report
from gouji.model.document import Document, PassageKind, Table
from gouji.model.spans import Span
from gouji.resources.proofreading import ProofCheck
from gouji.resources.table_kinds import load, title_key

NO_CONTENTS = "文中没有目录，或目录没有列出表"
NO_TABLES = "目录所列的多张表不在这份文件中，可能另行公开"
NO_NARRATIVE = "文件中只有报表，空表说明可能在另行公开的正文中"
NO_YEAR = "未能确定决算年度"
STATUTORY = frozenset(
    {
        "income_expenditure_summary",
        "income",
        "expenditure",
        "fiscal_appropriation_summary",
        "general_budget_expenditure",
    }
    | {"general_budget_basic", "three_public", "government_fund", "state_capital", "procurement", "service_purchase"}
)
LINE = re.compile(r"[^\n]+")
# 一、收入支出决算总表……3   收入决算表 PAGEREF _Toc123 \h 4   （二）收入决算表（公开02表）
ENTRY = re.compile(
    r"(?P<title>[^…\t\n]*?表)\s*(?:[（(][^（()）\n]{1,10}[）)])?\s*(?:…|\.{2,}|·{2,}|\t|PAGEREF|\s)*\s*\d{0,3}\s*$"
)
PIECES = re.compile(r"(?<=\d)[\u3000\t]{2,}|[\u3000]{2,}")
NUMBER = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十\d]{1,3}(?:部分)?[、.．\s]|[（(][一二三四五六七八九十\d]{1,3}[）)]|表\s*\d+[：:\s])\s*"
)
PART = re.compile(r"\s*第[一二三四五六七八九十\d]{1,3}部分")
YEAR = re.compile(r"(20\d{2})\s*年")
NOTE_AFTER = 240
"""Characters after a table, and before the next, in which its note stands."""
LEAST_CELLS = 4
FEW = 2
"""Tables that a report may forget; where more are missing, they are published elsewhere."""
MOST_LINES = 120
LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Entry:
    """A table that the contents name."""

    span: Span
    key: str


def contents(check: ProofCheck, report: Report) -> Iterator[Mark | Unmarked]:
    """Tables that the contents name and that neither a title nor a sentence below them does."""
    entries, end = _entries(report.document, frozenset(check.words))
    if not entries:
        yield Unmarked(NO_CONTENTS)
        return
    document = report.document
    kinds = {table.kind for table in document.tables}
    below = title_key(document.text[end:])
    absent = [entry for entry in entries if load().by_title(entry.key) not in kinds]
    missing = [entry for entry in absent if not _is_named(entry.key, below)]
    if len(missing) > FEW or len(missing) == len(entries):
        yield Unmarked(NO_TABLES)
        return
    for entry in missing:
        passage = document.passage_at(entry.span)
        yield Mark(entry.span, words_of(document, entry.span), passage.page if passage else None)


def _is_named(entry: str, words: str) -> bool:
    """Whether words name a table; 支出决算表 is not named by 一般公共预算财政拨款支出决算表."""
    longer = (alias for kind in load().kinds for alias in map(title_key, kind.aliases) if entry in alias)
    for alias in sorted(set(longer) - {entry}, key=len, reverse=True):
        words = words.replace(alias, "\n")
    return entry in words


def _entries(document: Document, heads: frozenset[str]) -> tuple[list[_Entry], int]:
    """Tables of the list of contents, and where the list ends: at the line that its first entry announces."""
    lines = list(LINE.finditer(document.text))
    start = next((i for i, line in enumerate(lines) if "".join(line[0].split()) in heads), None)
    if start is None:
        return [], 0
    out: list[_Entry] = []
    first: str | None = None
    for line in lines[start + 1 : start + 1 + MOST_LINES]:
        key = title_key(NUMBER.sub("", _bare(line[0])))
        if (
            (first is not None and key == first)
            or len(line[0]) > 6 * LONGEST
            or line[0].rstrip().endswith(("。", "；"))
        ):
            return out, line.start()
        first = first or key or None
        for piece, at in _pieces(line[0]):
            found = ENTRY.search(piece)
            title = NUMBER.sub("", found["title"]) if found and not PART.match(piece) else ""
            if found and 3 < len(title) <= LONGEST and title_key(title):
                begin = line.start() + at + found.end("title") - len(title)
                out.append(_Entry(Span(begin, begin + len(title)), title_key(title)))
    return [], 0


def _pieces(line: str) -> Iterator[tuple[str, int]]:
    """Entries of a line that lists several of them, with their places in it."""
    at = 0
    for gap in PIECES.finditer(line):
        yield line[at : gap.start()], at
        at = gap.end()
    yield line[at:], at


def _bare(line: str) -> str:
    """Title of a line of contents, without dots and page number."""
    return re.sub(r"(?:…|\.{2,}|·{2,}|\t|PAGEREF.*|\s)*\d{0,3}\s*$", "", line.split("……")[0]).strip()


def empty_table(check: ProofCheck, report: Report) -> Iterator[Mark | Unmarked]:
    """Statutory tables without any figure, of which neither a note nor a sentence says that they are empty."""
    if not any(p.kind is PassageKind.PARAGRAPH and len(p.text) > LONGEST for p in report.document.passages):
        yield Unmarked(NO_NARRATIVE)
        return
    for table in report.document.tables:
        if table.kind not in STATUTORY or table.start is None or not table.title or not _is_empty(table):
            continue
        if not _is_explained(report.document, table, check.words):
            span = Span(table.start, table.start + len(table.title))
            yield Mark(span, words_of(report.document, span), table.page)


def _is_empty(table: Table) -> bool:
    """Whether a table has headings and no figure, not even a zero; what has hardly a cell is no table."""
    return len(table.cells) >= LEAST_CELLS and not any(True for _ in table.numbers())


def _is_explained(document: Document, table: Table, words: tuple[str, ...]) -> bool:
    assert table.start is not None
    end = table.end or table.start
    others = [other for other in document.tables if other.start is not None and other.id != table.id]
    before = max((other.end or 0 for other in others if (other.end or 0) <= table.start), default=0)
    after = min((other.start or 0 for other in others if (other.start or 0) >= end), default=len(document.text))
    own = document.text[max(before, table.start - NOTE_AFTER // 4) : min(after, end + NOTE_AFTER)]
    near = "".join(own.split())
    if any(word in near for word in words):
        return True
    key = title_key(table.title)
    for passage in document.passages:
        named = passage.kind is PassageKind.PARAGRAPH and key[-12:] in title_key(passage.text)
        if named and any(word in passage.text for word in words):
            return True
    return False


def title_year(check: ProofCheck, report: Report) -> Iterator[Mark | Unmarked]:
    """Headings that name another year than the report's, unless they compare, plan, or announce the next budget."""
    year = report.document.fiscal_year
    if year is None:
        yield Unmarked(NO_YEAR)
        return
    for passage in report.document.passages:
        if passage.kind is not PassageKind.HEADING or any(word in passage.text for word in check.words):
            continue
        years = list(YEAR.finditer(passage.text))
        if len(years) == 1 and int(years[0][1]) != year:
            yield mark(report.document, passage, Span(years[0].start(), years[0].end()), f"{year}年")
