"""Shapes `unit_of_siblings` and `unit_of_cells`: a figure without the unit that its siblings have."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator

from gouji.checks.proofreading.marks import Mark, mark, mark_cell
from gouji.checks.report import Report
from gouji.model.document import Cell, PassageKind, Table
from gouji.model.facts import Label, Mention
from gouji.model.spans import Span
from gouji.model.values import Verdict
from gouji.resources.proofreading import ProofCheck
from gouji.text.clauses import sentences

END = r"(?=\s*(?:[。；;）)]|[,，](?!\s*\d)|$))"
# 占33.33；  占收入合计的33.33，
SHARE = re.compile(rf"占(?:比|[^,，。；;、\d]{{0,14}}的)?\s*(?P<number>\d+(?:\.\d+)?){END}")
# 增加5.00，  支出10.00；
AMOUNT = re.compile(
    rf"(?:增加|减少|为|支出|收入|费|经费|资金|拨款|结余|结转|合计|总计)\s*(?P<number>\d[\d,]*\.\d{{2,6}}){END}"
)
CLAUSE = re.compile(r"[,，。；;、]")
MOST = 3
"""A column has at least so many figures with the sign for each one without."""
PERCENT = "%"
LONGEST = 200
"""Characters of a clause that are looked at before a number."""
SIBLINGS = 2
"""Amounts in the other unit that make one odd."""


def unit_of_siblings(check: ProofCheck, report: Report) -> Iterator[Mark]:
    """Bare numbers in a sentence whose other amounts have a unit, bare shares where other shares have their sign."""
    for passage in report.document.passages:
        if passage.kind is not PassageKind.PARAGRAPH:
            continue
        text = passage.text
        if "占" in text and re.search(r"占[^,，。；;、]{0,16}\d\s*%", text):
            for found in SHARE.finditer(text):
                yield mark(report.document, passage, Span(found.start(), found.end("number")))
        for sentence in sentences(text):
            words = text[sentence.start : sentence.end]
            if not re.search(r"\d\s*(?:万元|亿元|元)", words):
                continue
            for found in AMOUNT.finditer(words):
                clause = CLAUSE.split(words[max(0, found.start("number") - LONGEST) : found.start("number")])[-1]
                if not any(score in clause for score in check.words):
                    local = Span(found.start(), found.end("number")).shift(sentence.start)
                    yield mark(report.document, passage, local)


def unit_of_cells(check: ProofCheck, report: Report) -> Iterator[Mark]:
    """Cells without the percent sign that most other cells of one heading have, over all tables of a kind."""
    columns: dict[tuple[str, str, str], list[tuple[Table, Cell]]] = defaultdict(list)
    for table in report.document.tables:
        for cell in table.numbers():
            if cell.col_path and cell.value is not None and cell.value.number:
                row = cell.row_path[-1] if cell.row_path and table.kind == "self_evaluation" else ""
                own = "" if table.kind == "self_evaluation" else table.id
                columns[own, row, cell.col_path[-1]].append((table, cell))
    for found in columns.values():
        signed = [cell for _, cell in found if cell.text.strip().endswith((PERCENT, "％"))]
        bare = [(table, cell) for table, cell in found if re.fullmatch(r"\s*\d+(?:\.\d+)?\s*", cell.text)]
        if not bare or len(signed) < MOST * len(bare):
            continue
        for table, cell in bare:
            marked = mark_cell(report.document, cell, table.page, f"{cell.text.strip()}{PERCENT}", table.address(cell))
            if marked is not None:
                yield marked


def odd_unit(check: ProofCheck, report: Report) -> Iterator[Mark]:
    """One amount in 元 among amounts in 万元, or the other way round, that is written with the digits of its siblings.

    Prices, averages and norms may well have a unit of their own, and so may an amount whose conflict has been told.
    """
    told = {alignment.figure for alignment in report.alignments if alignment.verdict is Verdict.CONFLICT}
    amounts: dict[str, list[Mention]] = defaultdict(list)
    for mention in report.mentions:
        if mention.label is Label.AMOUNT and mention.value is not None and mention.value.number:
            amounts[mention.passage].append(mention)
    for passage in report.document.passages:
        own = amounts.get(passage.id, [])
        if passage.kind not in (PassageKind.PARAGRAPH, PassageKind.CELL) or len(own) <= SIBLINGS:
            continue
        for sentence in sentences(passage.text):
            first = bisect_left(own, sentence.start, key=lambda m: m.local.start)
            last = bisect_right(own, sentence.end, lo=first, key=lambda m: m.local.end)
            inside = own[first:last]
            odd = _odd(inside)
            if odd is None or report.fact_of_figure.get(odd.id) in told:
                continue
            clause = CLAUSE.split(passage.text[sentence.start : odd.local.start])[-1]
            if not any(word in clause for word in check.words):
                fact = report.fact_of_figure.get(odd.id)
                yield mark(report.document, passage, odd.local, operands=(fact,) if fact else ())


def _odd(amounts: list[Mention]) -> Mention | None:
    """Amount that alone is in 元 or in 万元, with as many decimals and about as many digits as the others."""
    by_unit: dict[str, list[Mention]] = defaultdict(list)
    for mention in amounts:
        by_unit[mention.value.unit if mention.value else ""].append(mention)
    if set(by_unit) != {"元", "万元"}:
        return None
    few, many = sorted(by_unit.values(), key=len)
    odd = few[0].value
    if len(few) != 1 or len(many) < SIBLINGS or odd is None:
        return None
    values = [mention.value for mention in many if mention.value is not None]
    sizes = [value.number.adjusted() for value in values]
    alike = all(value.decimals == odd.decimals for value in values) and odd.decimals > 0
    return few[0] if alike and min(sizes) - 1 <= odd.number.adjusted() <= max(sizes) + 1 else None
