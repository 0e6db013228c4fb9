"""Shape `period`: years that comparisons (subject comparison), table titles (title) and dates of stocks (date) name.

A final account compares with the year before. 与2020年度相比 in a report on 2022 is a year left over from an older
report, unless the sentence says why it looks further back: a reason in brackets (疫情前), a span of years (两年平均),
or a comparison with last year beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.checks.relations import Unchecked
from gouji.checks.report import Report
from gouji.checks.view import of_budget
from gouji.model.document import Document, Passage, PassageKind
from gouji.model.facts import Base, Fact, Measure
from gouji.model.outcomes import CheckOutcome, Severity, Status
from gouji.model.spans import Span
from gouji.resources.check_registry import Check, Registry
from gouji.resources.script import simplified
from gouji.text.clauses import sentences

YEAR = re.compile(r"(20\d{2})\s*年")
YEAR_END = re.compile(r"截[至止](?P<year>20\d{2})\s*年\s*(?:12\s*月\s*31\s*日|年?末|底)")
TAIL = 16
"""Characters after the year in which the comparison says what it compares with."""
CLAUSE_END = re.compile(r"[，。；;,]")
SENTENCE_END = re.compile(r"[。！？]")
MOST_DIFFER = "多数比较所用年度与决算年度不合，可能未正确识别决算年度"
NEXT_BUDGET = "下一年度的预算表"
NO_YEAR = "未能确定决算年度"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A year that a comparison names, in a sentence of a passage; `own` where it must be the report's own year."""

    passage: Passage
    sentence: Span
    words: Span
    year: int
    tail: str
    own: bool = False


def period(check: Check, report: Report) -> Iterator[CheckOutcome | Unchecked]:
    """Years by the check's subject."""
    if report.document.fiscal_year is None:
        yield Unchecked(check, NO_YEAR)
        return
    subjects = {"comparison": _compared, "title": _titled, "date": _dated}
    yield from subjects[check.subject](check, report, report.document.fiscal_year)


def _compared(check: Check, report: Report, fiscal_year: int) -> Iterator[CheckOutcome | Unchecked]:
    """Judge every year that a comparison of the narrative names."""
    document, mentions, facts = report.document, report.mentions, report.facts
    comparisons = list(_comparisons(document, report.registry))
    judged = [_judge(found, fiscal_year, report.registry) for found in comparisons]
    wrong = sum(status is Status.INCONSISTENT for status, _, _ in judged)
    if wrong > 1 and 2 * wrong > len(judged):
        yield Unchecked(check, MOST_DIFFER)
        return
    starts = {mention.id: mention.span.start for mention in mentions}
    placed = sorted((starts[fact.figure], i) for i, fact in enumerate(facts) if fact.figure in starts)
    for found, (status, severity, reason) in zip(comparisons, judged, strict=True):
        span = found.passage.offsets.to_source(found.words)
        stated = f"{found.year}年"
        expected = f"{fiscal_year if found.own else fiscal_year - 1}年"
        yield CheckOutcome(
            id="",
            check=check.id,
            status=status,
            operands=_facts(document, span.end, placed, facts, own=found.own),
            stated=stated,
            computed=expected if status is Status.INCONSISTENT else stated,
            reason=reason,
            page=found.passage.page,
            message=_message(document, span, expected, own=found.own) if status is Status.INCONSISTENT else "",
            severity=severity if status is Status.INCONSISTENT else None,
            start=span.start,
            end=span.end,
        )


def _comparisons(document: Document, registry: Registry) -> Iterator[Comparison]:
    """Years directly after a word of comparison."""
    cues, joining, compared = (registry.words[key] for key in ("comparison", "joining", "compared"))
    for passage in document.passages:
        if passage.kind is not PassageKind.PARAGRAPH or "年" not in passage.text:
            continue
        for sentence in sentences(passage.text):
            text = passage.text[sentence.start : sentence.end]
            for match in YEAR.finditer(text):
                before = text[: match.start()].rstrip()
                tail = "".join(text[match.end() : match.end() + TAIL].split())
                cue = next((cue for cue in cues if before.endswith(cue)), None)
                if cue is None and any(word in CLAUSE_END.split(tail)[0] for word in compared):
                    cue = next((cue for cue in joining if before.endswith(cue)), None)
                own = cue is None and _own(before, tail, registry)
                cue = cue or next((cue for cue in registry.words["own_year"] if own and before.endswith(cue)), None)
                if cue is None:
                    continue
                start = sentence.start + len(before) - len(cue)
                words = Span(start, sentence.start + match.end())
                yield Comparison(passage, sentence, words, int(match[1]), tail, own)


def _own(before: str, tail: str, registry: Registry) -> bool:
    """Whether a share or a completion names the year of its whole (占2022年项目支出预算, 完成2022年年初预算)."""
    head = CLAUSE_END.split(tail)[0]
    return before.endswith(registry.words["own_year"]) and any(word in head for word in registry.words["budget"])


def _judge(found: Comparison, fiscal_year: int, registry: Registry) -> tuple[Status, Severity, str | None]:
    """Whether the year may stand there, how sure that is, and why."""
    words = registry.words
    if found.own:
        sure = found.year == fiscal_year - 1
        wrong = Severity.ERROR if sure else Severity.DOUBTFUL
        return (Status.CONSISTENT if found.year >= fiscal_year else Status.INCONSISTENT), wrong, None
    if found.year == fiscal_year - 1:
        return Status.CONSISTENT, Severity.ERROR, None
    clause = CLAUSE_END.split(found.tail)[0]
    if found.year == fiscal_year:
        if any(word in clause for word in words["of_this_year"]):
            return Status.CONSISTENT, Severity.ERROR, None
        sure = any(word in clause for word in words["of_a_year"])
        return Status.INCONSISTENT, Severity.ERROR if sure else Severity.DOUBTFUL, None
    sentence = found.passage.text[found.sentence.start : found.sentence.end]
    if any(word in found.tail for word in words["further_back"]) or any(
        word in sentence for word in words["span_of_years"]
    ):
        return Status.NOT_CHECKED, Severity.ERROR, "文中说明了与更早年度比较的理由"
    last = (*words["last_year"], f"{fiscal_year - 1}年")
    if found.year < fiscal_year - 1 and any(word in sentence.replace(" ", "") for word in last):
        return Status.NOT_CHECKED, Severity.ERROR, "同一句中另有与上年的比较"
    sure = found.year == fiscal_year - 2 or found.year > fiscal_year
    return Status.INCONSISTENT, Severity.ERROR if sure else Severity.DOUBTFUL, None


def _facts(
    document: Document, start: int, placed: Sequence[tuple[int, int]], facts: Sequence[Fact], *, own: bool
) -> tuple[str, ...]:
    """Comparisons (or shares and completions) stated after the year at `start`, up to the next year or sentence.

    Searched by offsets of the document: page layout may cut a sentence into several passages.
    """
    text = simplified(document.text)
    ends = [match.start() for pattern in (SENTENCE_END, YEAR) if (match := pattern.search(text, start))]
    end = min(ends, default=len(text))
    inside = placed[bisect_left(placed, (start, 0)) : bisect_left(placed, (end, 0))]
    if own:
        return tuple(facts[i].id for _, i in inside if facts[i].measure in (Measure.SHARE, Measure.COMPLETION_RATE))[:1]
    return tuple(facts[i].id for _, i in inside if facts[i].base in (Base.PRIOR_YEAR, Base.OTHER_YEAR))


def _message(document: Document, span: Span, expected: str, *, own: bool) -> str:
    words = "".join(document.text[span.start : span.end].split())
    kind = "不是决算年度" if own else "所比较的年度不是上一年度"
    return f"“{words}”{kind}，决算年度为{document.fiscal_year}年，应为{expected}"


def _titled(check: Check, report: Report, fiscal_year: int) -> Iterator[CheckOutcome | Unchecked]:
    """Judge the year that a table's title or unit line names."""
    document = report.document
    for table in document.tables:
        if table.year is None:
            continue
        if table.year == fiscal_year + 1 and of_budget(table, report.registry):
            yield Unchecked(check, NEXT_BUDGET, (), table.page)
            continue
        words = f"表《{table.title}》所属年度为{table.year}年，决算年度为{fiscal_year}年"
        span = None if table.start is None else Span(table.start, table.start + len(table.title))
        yield _of_year(check, table.year, fiscal_year, "年", words, span, table.page)


def _dated(check: Check, report: Report, fiscal_year: int) -> Iterator[CheckOutcome | Unchecked]:
    """Judge the year whose last day a stock is stated for (截至2023年12月31日)."""
    document = report.document
    for passage in document.passages:
        if passage.kind is not PassageKind.PARAGRAPH or "年" not in passage.text:
            continue
        for match in YEAR_END.finditer(passage.text):
            year = int(match["year"])
            if year < fiscal_year - 1 or year > fiscal_year + 1:
                continue  # a plan or an older count says why it looks elsewhere
            span = passage.offsets.to_source(Span(match.start(), match.end()))
            words = f"“{match.group()}”不是决算年度（{fiscal_year}年）的年末"
            yield _of_year(check, year, fiscal_year, "年末", words, span, passage.page)


def _of_year(
    check: Check, year: int, fiscal_year: int, suffix: str, wrong: str, span: Span | None, page: int | None
) -> CheckOutcome:
    """Judge a year that must be the report's own; `wrong` is what is said where it is not."""
    right = year == fiscal_year
    return CheckOutcome(
        id="",
        check=check.id,
        status=Status.CONSISTENT if right else Status.INCONSISTENT,
        operands=(),
        stated=f"{year}{suffix}",
        computed=f"{fiscal_year}{suffix}",
        page=page,
        message="" if right else wrong,
        severity=None if right else Severity(check.severity),
        start=None if span is None else span.start,
        end=None if span is None else span.end,
    )
