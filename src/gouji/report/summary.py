"""The few lines about a document that stand on the screen when it was analysed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gouji.findings import Finding, findings
from gouji.model.facts import Label
from gouji.model.outcomes import Analysis, Severity, Status
from gouji.model.values import Verdict
from gouji.resources.wording import vocabularies, word


def summary(analysis: Analysis) -> Iterator[str]:
    """Lines of the summary: what was found, what became of the figures, what does not hold and where."""
    yield heading(analysis)
    for name, line in figures(analysis).items():
        yield f"  {name}　{line}"
    for warning in analysis.document.warnings:
        yield f"  注意　{warning}"
    found = findings(analysis)
    errors = [f for f in found if f.severity is Severity.ERROR]
    if errors:
        yield f"  不符 {len(errors)} 处："
        for number, finding in enumerate(errors, start=1):
            yield from _finding(number, finding)
    others = Counter(str(f.severity) for f in found if f.severity is not Severity.ERROR)
    if others:
        told = "，".join(f"{word('severity', code)} {others[code]} 处" for code in Severity if others[code])
        yield f"  另有{told}，见报告。"


def heading(analysis: Analysis) -> str:
    """Name of the document, its organisation, year and kind, as far as they are known."""
    document = analysis.document
    parts = [document.name, document.organisation or ""]
    parts.append(f"{document.fiscal_year}年度" if document.fiscal_year else "")
    parts.append(word("kind", document.kind) if document.kind != "other" else "")
    return "　".join(p for p in parts if p)


def figures(analysis: Analysis) -> dict[str, str]:
    """Put counts into words, by heading: mentions, their whereabouts, facts and causes, results of the comparison."""
    labels = Counter(str(m.label) for m in analysis.mentions)
    numbers = "，".join(
        f"{word('label', label)} {labels[label]}" for label in (Label.AMOUNT, Label.RATE, Label.QUANTITY)
    )
    fates = Counter(row.status for row in analysis.ledger)
    ledger = "，".join(f"{name} {fates[code]}" for code, name in vocabularies()["ledger"].items() if fates[code])
    document = analysis.document
    out = {"数字": f"{numbers}；指标 {labels[Label.INDICATOR]}；表格 {len(document.tables)}"}
    if ledger:
        out["去向"] = f"金额与比率 {len(analysis.ledger)}：{ledger}"
    out["事实"] = f"{len(analysis.facts)}；原因 {len(analysis.causes)}"
    out["核对"] = _checked(analysis)
    return out


def _checked(analysis: Analysis) -> str:
    verdicts = Counter(str(a.verdict) for a in analysis.alignments if a.verdict is not Verdict.NONE)
    statuses = Counter(str(o.status) for o in analysis.outcomes)
    text = "，".join(f"{word('verdict', code)} {verdicts[code]}" for code in ("agrees", "rounding", "conflict"))
    checks = "，".join(f"{word('status', code)} {statuses[code]}" for code in Status if statuses[code])
    return f"正文数字：{text}" + (f"；勾稽检查：{checks}" if checks else "")


def _finding(number: int, finding: Finding) -> Iterator[str]:
    subject = finding.subject
    name = f"{subject.name}：" if subject.name else ""
    computed = f"，计算得 {finding.computed}" if finding.computed else ""
    yield f"  {number:>3}. {subject.place or '全文'}"
    yield f"       {name}原文 {finding.stated or '—'}{computed}（{finding.title}）"
    if finding.message and not finding.computed:
        yield f"       {finding.message}"
    if finding.related:
        yield f"       连带 {len(finding.related)} 处"
