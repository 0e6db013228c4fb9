"""Findings as lines of text: what a person reads on the screen, with every place quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from gouji.findings import Finding, Operand
from gouji.model.outcomes import Analysis, Severity
from gouji.report.summary import heading
from gouji.resources.wording import word

MOST = 8
"""Operands or witnesses that are quoted; the JSON has all of them."""


def listing(analysis: Analysis, found: Sequence[Finding]) -> Iterator[str]:
    """Lines on one document: its name, how many of each severity, and each finding with its places."""
    yield heading(analysis)
    yield f"  {tally(found)}"
    for warning in analysis.document.warnings:
        yield f"  注意　{warning}"
    number = 0
    for severity, group in groupby(found, key=lambda finding: finding.severity):
        yield ""
        yield f"  【{word('severity', severity)}】"
        for finding in group:
            number += 1
            yield from _finding(number, finding)


def tally(found: Sequence[Finding]) -> str:
    """How many findings of each severity, in words.

    Examples
    --------
    >>> tally([])
    '错误 0，存疑 0，舍入差异 0，格式 0'
    """
    number = [sum(finding.severity is severity for finding in found) for severity in Severity]
    return "，".join(f"{word('severity', code)} {count}" for code, count in zip(Severity, number, strict=True))


def _finding(number: int, finding: Finding) -> Iterator[str]:
    subject = finding.subject
    yield f"  {number:>3}. {subject.place or '全文'}"
    yield f"       {claim(finding)}"
    if subject.quote:
        yield f"       原句：{subject.quote}"
    if finding.note:
        yield f"       {finding.note}"
    yield from _quoted("依据", finding.operands, str(subject.place))
    yield from _witnesses(finding.related)


def claim(finding: Finding, *, remedy: bool = True) -> str:
    """Claim in one line: what is stated, what was computed, what would make it right, and by which relation."""
    name = f"{finding.subject.name}：" if finding.subject.name else ""
    computed = f"，计算得 {finding.computed}" if finding.computed else ""
    remedy_words = f"，{finding.remedy}" if finding.remedy and remedy else ""
    return f"{name}原文 {finding.stated or '—'}{computed}{remedy_words}（{finding.title}）"


def _quoted(label: str, operands: Sequence[Operand], told: str) -> Iterator[str]:
    """Quote the operands; the words of one that stands where the finding itself stands were quoted with it."""
    for one in operands[:MOST]:
        name = f" {one.name}" if one.name else ""
        quote = f"　{one.quote}" if one.quote and str(one.place) != told else ""
        yield f"       {label}：{one.written or '（空白）'}{name}［{one.place or one.reference}］{quote}"
    if len(operands) > MOST:
        yield f"       {label}：等 {len(operands)} 项"


def _witnesses(related: Sequence[Finding]) -> Iterator[str]:
    for one in related[:MOST]:
        yield f"       佐证：{one.subject.place or one.subject.reference}，{claim(one, remedy=False)}"
    if len(related) > MOST:
        yield f"       佐证：等 {len(related)} 处"
