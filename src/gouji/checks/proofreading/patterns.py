"""Shape `pattern`: words that no finished report has."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.proofreading.marks import Mark, mark
from gouji.checks.report import Report
from gouji.model.document import Passage
from gouji.model.spans import Span
from gouji.resources.proofreading import ProofCheck

STOPS = "。；！？\n"


def pattern(check: ProofCheck, report: Report) -> Iterator[Mark]:
    """Every match in the passages that the check reads, unless its sentence says why."""
    for passage in report.document.passages:
        if passage.kind in check.passages:
            for local in matches(check, passage):
                yield mark(report.document, passage, local)


def matches(check: ProofCheck, passage: Passage) -> Iterator[Span]:
    """Stretches of a passage that a check of the shape marks; of two that overlap the one found first."""
    taken: list[Span] = []
    for one in check.patterns:
        for found in one.finditer(passage.text):
            group = "at" if "at" in one.groupindex and found["at"] is not None else 0
            local = Span(found.start(group), found.end(group))
            if any(local.overlaps(other) for other in taken):
                continue
            sentence = _sentence(passage.text, local)
            if not any(reason.search(sentence) for reason in check.unless):
                taken.append(local)
                yield local


def _sentence(text: str, local: Span) -> str:
    begin = max(text.rfind(stop, 0, local.start) for stop in STOPS) + 1
    ends = [at for stop in STOPS if (at := text.find(stop, local.end)) >= 0]
    return text[begin : min(ends, default=len(text))]
