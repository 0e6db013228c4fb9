"""Findings -> JSON (gouji-findings/1) and CSV.

The JSON of one document is one line, so that a list of reports can be written as it grows (JSON Lines).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from gouji.export.csv import table
from gouji.findings import Finding, Operand
from gouji.model.outcomes import Analysis, Severity
from gouji.resources.wording import word

SCHEMA = "gouji-findings/1"
HEADINGS = (
    *("文件", "单位", "年度", "序号", "级别", "核对", "核对内容", "事项", "原文", "计算值", "修正", "说明"),
    *("章节", "表", "行", "列", "单元格", "文中行号", "页", "起", "止", "原句", "依据", "佐证处数", "佐证"),
)


def findings_dict(analysis: Analysis, found: Sequence[Finding], source: str) -> dict[str, Any]:
    """Put the findings of one document into a mapping: the document, counts by severity, the findings."""
    document = analysis.document
    return {
        "schema": SCHEMA,
        "document": {
            "source": source,
            "name": document.name,
            "sha256": document.sha256,
            "media": document.media,
            "organisation": document.organisation,
            "fiscal_year": document.fiscal_year,
        },
        "counts": counts(found),
        "findings": [_finding(number, finding) for number, finding in enumerate(found, start=1)],
    }


def findings_json(analysis: Analysis, found: Sequence[Finding], source: str) -> str:
    """Write the findings of one document as one line of JSON, without a line end."""
    return json.dumps(findings_dict(analysis, found, source), ensure_ascii=False)


def failure_json(source: str, message: str) -> str:
    """Write what became of a document that could not be checked as one line of JSON, without a line end."""
    return json.dumps({"schema": SCHEMA, "document": {"source": source}, "error": message}, ensure_ascii=False)


def counts(found: Iterable[Finding]) -> dict[str, int]:
    """How many findings of each severity, none left out.

    Examples
    --------
    >>> counts([])
    {'error': 0, 'doubtful': 0, 'rounding': 0, 'form': 0}
    """
    number = Counter(finding.severity for finding in found)
    return {str(severity): number[severity] for severity in Severity}


def findings_csv(documents: Iterable[tuple[Analysis, Sequence[Finding], str]]) -> str:
    """One row a finding, of one document or of several; CRLF line ends, no mark in front."""
    rows = []
    for analysis, found, source in documents:
        document = analysis.document
        head = {"文件": source, "单位": document.organisation, "年度": document.fiscal_year}
        rows += [{**head, **_row(number, finding)} for number, finding in enumerate(found, start=1)]
    return table(HEADINGS, rows)


def _finding(number: int, finding: Finding) -> dict[str, Any]:
    return {
        "id": number,
        "severity": str(finding.severity),
        "check": finding.check,
        "title": finding.title,
        "subject": _operand(finding.subject),
        "stated": finding.stated,
        "computed": finding.computed or None,
        "remedy": finding.remedy or None,
        "message": finding.message,
        "operands": [_operand(one) for one in finding.operands],
        "witnesses": [_witness(one) for one in finding.related],
    }


def _witness(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "title": finding.title,
        "subject": _operand(finding.subject),
        "stated": finding.stated,
        "computed": finding.computed or None,
        "message": finding.message,
        "operands": [_operand(one) for one in finding.operands],
    }


def _operand(one: Operand) -> dict[str, Any]:
    place = one.place
    row: dict[str, Any] = {"ref": one.reference, "name": one.name, "written": one.written}
    if one.quote:
        row["quote"] = one.quote
    row |= {"start": one.start, "end": one.end}
    if place is not None:
        row |= {"place": str(place), "page": place.page, "line": place.line}
        if place.address:
            row |= {"cell": place.address, "table": place.table, "row": place.row, "column": place.column}
        else:
            row["section"] = list(place.section)
    return row


def _row(number: int, finding: Finding) -> dict[str, object]:
    subject, place = finding.subject, finding.subject.place
    row: dict[str, object] = {
        "序号": number,
        "级别": word("severity", finding.severity),
        "核对": finding.check,
        "核对内容": finding.title,
        "事项": subject.name,
        "原文": finding.stated,
        "计算值": finding.computed,
        "修正": finding.remedy,
        "说明": finding.message,
        "起": subject.start,
        "止": subject.end,
        "原句": subject.quote,
        "依据": "；".join(_told(one) for one in finding.operands),
        "佐证处数": len(finding.related),
        "佐证": "；".join(_told(one.subject) for one in finding.related),
    }
    if place is not None:
        row |= {"章节": " › ".join(place.section), "表": place.table, "行": place.row, "列": place.column}
        row |= {"单元格": place.address, "文中行号": place.line, "页": place.page}
    return row


def _told(one: Operand) -> str:
    return f"{one.name}{one.written}［{one.place or one.reference}］"
