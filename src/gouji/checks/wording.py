"""Shape `wording`: what the text says by words of two figures: 决算数大于预算数, 与年初预算数持平, 与上年持平.

The words are a claim of the sentence about the figures before them. Which figures are meant must be certain: the
nearest outturn, unless the words name another indicator, and the budget that stands with it in the passage; where no
budget is stated, the completion rate beside it says as much.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from gouji.align.figures import WINDOW, Figure
from gouji.align.quantity import read_name
from gouji.checks.figures import WHOLE, Operand
from gouji.checks.relations import Answer, Form, Relation, Term, Unchecked, severity_of
from gouji.checks.report import Report
from gouji.model.document import Passage
from gouji.model.facts import Measure
from gouji.model.spans import Span
from gouji.resources.check_registry import Check

FORMS = {"more": Form.ABOVE, "less": Form.BELOW, "equal": Form.LEVEL, "alike": Form.LEVEL}
BUDGETS = (Measure.ADJUSTED_BUDGET, Measure.INITIAL_BUDGET)
NO_FIGURES = "未能确定所说的是哪两个数"


def wording(check: Check, report: Report) -> Iterator[Answer]:
    """Judge every statement of order that the narrative makes."""
    pattern = _pattern(check.subject, report.registry.words)
    for passage in report.document.passages:
        if passage.cell is not None:
            continue
        for match in pattern.finditer(passage.text):
            span = passage.offsets.to_source(Span(match.start("claim"), match.end("claim")))
            pair = _pair(check, report, passage, match)
            if pair is None:
                yield Unchecked(check, NO_FIGURES, (), passage.page)
                continue
            form = next(form for name, form in FORMS.items() if match.groupdict().get(name))
            left, right = pair
            yield Relation(check, form, left, (Term(right),), severity=severity_of(check), words=(span.start, span.end))


def _pattern(subject: str, words: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    """Write the words of a kind of statement as a pattern."""
    said = {key: "|".join(map(re.escape, sorted(words[key], key=len, reverse=True))) for key in WORDS}
    about = f"(?P<about>{said['about']})?"
    if subject == "prior":
        base = f"与(?:{said['last_year']})(?:决算|执行|支出)?数?(?:相比)?"
        return re.compile(f"(?P<name>)(?P<claim>{base}{about}(?P<alike>{said['alike']}))")
    outturn, budget = f"(?:{said['outturn']})数?", f"(?:{said['budget_kind']})?(?:{said['budget']})数?"
    order = f"(?:(?P<more>{said['more']})|(?P<less>{said['less']})|(?P<equal>等于))"
    named = r"(?P<name>[^，。；;：:、]{0,80}?)"  # bounded, so that a line without punctuation is searched once
    alike = f"{about}(?P<alike>{said['alike']})"
    return re.compile(f"{named}(?P<claim>{outturn}[略稍]?{order}{budget}|{outturn}与{budget}{alike})")


WORDS = ("last_year", "alike", "outturn", "budget", "budget_kind", "more", "less", "about")


def _pair(check: Check, report: Report, passage: Passage, match: re.Match[str]) -> tuple[Operand, Operand] | None:
    """Figures that the words are about: outturn and budget, outturn and prior year, or a rate and the whole."""
    group = report.figures.of_passage.get(passage.id, [])
    at = bisect_right(group, match.start("claim"), key=lambda f: f.mention.local.end)
    before = group[max(0, at - WINDOW) : at]
    actual = _actual(report, passage, match, before)
    if actual is None:
        return None
    left = report.operand(actual.id)
    if check.subject == "prior":
        nearest = before[-1] is actual and "。" not in passage.text[actual.mention.local.end : match.start("claim")]
        prior = report.resolver.level(actual.quantity, actual.above, "prior", actual) if nearest else None
        right = report.operand(prior.ref) if prior is not None else None
        return (left, right) if left is not None and right is not None else None
    same = [f for f in before if f.quantity == actual.quantity and f.above == actual.above]
    budget = next((f for f in reversed(same) if f.measure in BUDGETS), None)
    if budget is not None:
        right = report.operand(budget.id)
        return (left, right) if left is not None and right is not None else None
    rate = next((f for f in reversed(same) if f.measure is Measure.COMPLETION_RATE), None)
    found = report.operand(rate.id) if rate is not None and rate.order > actual.order else None
    return (found, WHOLE) if found is not None else None


def _actual(report: Report, passage: Passage, match: re.Match[str], before: Sequence[Figure]) -> Figure | None:
    """Outturn that the words are about: the nearest one, or that of the indicator that they name."""
    levels = [f for f in before if f.measure is Measure.ACTUAL and f.is_money]
    name = YEARS.sub("", "".join(match["name"].split()))
    if not levels or not name or name in SELF:
        return levels[-1] if levels else None
    inside = report.named(passage.id, *match.span("name"))
    core = read_name(inside[-1].name or "").core if inside else read_name(name).core
    return next((f for f in reversed(levels) if core and f.quantity.core == core), None)


YEARS = re.compile(r"(?:20\d{2}年度?|本年度?|本部门|本单位|上述|以上|该项|其中)")
SELF = frozenset({"支出", "收入", "其", "的", "项目", "经费"})
"""Words before 决算数 that name nothing."""
