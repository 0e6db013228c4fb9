"""Shapes `unit_of_siblings` and `unit_of_cells`: a figure without the unit that its siblings have."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from gouji.checks.proofreading.marks import Mark, mark, mark_cell
from gouji.checks.report import Report
from gouji.model.document import Cell, PassageKind, Table
from gouji.model.spans import Span
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
                clause = CLAUSE.split(words[: found.start("number")])[-1]
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
