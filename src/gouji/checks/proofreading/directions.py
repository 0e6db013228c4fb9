"""Shapes `signed_direction`, `opposite` and `zero_base`: words of direction that contradict their figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gouji.checks.proofreading.marks import Mark, mark
from gouji.checks.report import Report
from gouji.model.facts import Direction, Fact, Measure
from gouji.model.outcomes import Relation
from gouji.model.spans import Span
from gouji.model.values import Verdict
from gouji.resources.proofreading import ProofCheck

WORD = re.compile(
    r"(?:[比较](?:上年|去年|年初预算)?)?(?:增加|减少|增长|下降|降低|上升|提高|增支|减支|增收|减收|增|减|升|降|多|少)[了为]?\s*$"
)
"""Word of direction before a figure, with what it compares with where that stands directly before it."""
OPPOSED = {Direction.INCREASE: Direction.DECREASE, Direction.DECREASE: Direction.INCREASE}


def signed_direction(check: ProofCheck, report: Report) -> Iterator[Mark]:
    """Mark a word of falling before a negative figure: 下降-3.00%."""
    for fact in report.facts:
        if "negative" in fact.flags:
            yield from _mark(report, fact)


def opposite(check: ProofCheck, report: Report) -> Iterator[Mark]:
    """Amount and rate of one change that go opposite ways, where arithmetic has not told already which is wrong."""
    wrong = {a.figure for a in report.alignments if a.verdict is Verdict.CONFLICT}
    last: Fact | None = None
    for fact in report.facts:
        if fact.measure is Measure.CHANGE:
            last = fact
            continue
        if fact.measure is not Measure.CHANGE_RATE or last is None:
            continue
        same = (fact.path, fact.base, fact.sentence) == (last.path, last.base, last.sentence)
        opposed = same and OPPOSED.get(fact.direction) is last.direction and not {fact.id, last.id} & wrong
        if opposed and _is_something(report, fact) and _is_something(report, last):
            for one in _mark(report, fact):
                yield replace(one, other=_words(report, last))


def zero_base(check: ProofCheck, report: Report) -> Iterator[Mark]:
    """Mark a rate of growth where the base is zero: it is stated, or the change is the whole of the outturn."""
    whole = {
        alignment.figure
        for alignment in report.alignments
        if alignment.relation is Relation.CHANGE_RATE and alignment.computed is None
    }
    for i, fact in enumerate(report.facts):
        if fact.measure is not Measure.CHANGE_RATE or fact.direction is not Direction.INCREASE:
            continue
        if not _is_something(report, fact):
            continue
        if "base_zero" in fact.flags or fact.id in whole or _grew_from_nothing(report, fact, i):
            yield from _mark(report, fact)


def _grew_from_nothing(report: Report, fact: Fact, at: int) -> bool:
    """Whether the change stated with a rate is all of the outturn stated before it."""
    before = [f for f in report.facts[max(0, at - 6) : at] if f.path == fact.path]
    change = next((f for f in reversed(before) if f.measure is Measure.CHANGE and f.base is fact.base), None)
    actual = next((f for f in reversed(before) if f.measure is Measure.ACTUAL), None)
    if change is None or actual is None or change.direction is not Direction.INCREASE:
        return False
    return _value(report, change) == _value(report, actual) is not None


def _value(report: Report, fact: Fact) -> object:
    mention = report.mention_of.get(fact.figure)
    return mention.value.canonical if mention is not None and mention.value is not None else None


def _is_something(report: Report, fact: Fact) -> bool:
    return bool(_value(report, fact))


def _mark(report: Report, fact: Fact) -> Iterator[Mark]:
    """Mark a figure with the word of direction before it."""
    mention = report.mention_of.get(fact.figure)
    passage = report.document.passage_of.get(mention.passage) if mention is not None else None
    if mention is None or passage is None:
        return
    yield mark(report.document, passage, _with_word(passage.text, mention.local), "", (fact.id,))


def _with_word(text: str, local: Span) -> Span:
    """Stretch of a figure with the word of direction before it."""
    found = WORD.search(text[: local.start])
    return Span(found.start() if found else local.start, local.end)


def _words(report: Report, fact: Fact) -> str:
    mention = report.mention_of[fact.figure]
    passage = report.document.passage_of.get(mention.passage)
    if passage is None:
        return ""
    local = _with_word(passage.text, mention.local)
    return passage.text[local.start : local.end]
