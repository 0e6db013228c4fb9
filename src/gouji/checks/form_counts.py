"""Shape `form_sum` (of grades): how many projects are said to have reached a grade, against the totals of the forms.

Counts stand in groups, one for each way of evaluation (90（含）-100分的3个、80（含）-90分的1个). The forms do not say
to which group a project belongs, so the groups are added up grade by grade, and compared only if together they count
as many projects as there are forms with a total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gouji.checks.forms import Slot
from gouji.checks.relations import Unchecked
from gouji.checks.report import Report
from gouji.model.document import Document
from gouji.model.facts import Label, Mention
from gouji.model.outcomes import CheckOutcome, Severity, Status
from gouji.resources.check_registry import Check, Registry

BAND = re.compile(
    r"(?P<low>\d{2,3})分?(?:[（(]含[^）)]*[）)])?[-—–~～至到]+(?P<high>\d{2,3})分?|(?P<from>\d{2,3})分?(?:[（(]含[^）)]*[）)])?(?:及)?以上"
    r"|(?P<below>\d{2,3})分?(?:[（(]不?含[^）)]*[）)])?以下"
)
BEFORE = 24
"""Characters before a count in which its band or grade is named."""
NO_FORMS = "文中没有可以计数的自评表"
OTHER_NUMBER = "各等级个数之和与自评表个数不同，自评表可能未全部公开"
ORDER_UNSEEN = "各等级个数未成组列出"


@dataclass(frozen=True, slots=True)
class GradeCount:
    """A count of the narrative, with the least total of its grade (0 for the lowest)."""

    mention: Mention
    low: int


def form_count(check: Check, report: Report) -> Iterator[CheckOutcome | Unchecked]:
    """Compare counts by grade with the forms' totals."""
    counts = list(_counts(report.document, report.mentions, report.registry))
    if not counts:
        return
    totals = [
        slot for form in report.forms if (slot := form.totals.get("score")) is not None and slot.figure is not None
    ]
    fact_of = {fact.figure: fact.id for fact in report.facts}
    refs = tuple(fact_of[count.mention.id] for count in counts if count.mention.id in fact_of)
    if not totals:
        yield Unchecked(check, NO_FORMS, refs)
        return
    lows = sorted({count.low for count in counts} | {0})
    if len(lows) < 2:
        yield Unchecked(check, ORDER_UNSEEN, refs)
        return
    if sum((_number(count) for count in counts), Decimal(0)) != len(totals):
        yield Unchecked(check, OTHER_NUMBER, refs)
        return
    for low in reversed(lows):
        inside = [slot for slot in totals if _grade(slot, lows) == low]
        own = [count for count in counts if count.low == low]
        stated = sum((_number(count) for count in own), Decimal(0))
        if own:
            yield _outcome(check, own, inside, stated, fact_of)


def _counts(document: Document, mentions: Sequence[Mention], registry: Registry) -> Iterator[GradeCount]:
    """Find counts of projects that follow a band of points or the name of a grade."""
    units = registry.words["project_units"]
    for mention in mentions:
        if mention.label is not Label.QUANTITY or mention.value is None or mention.value.unit not in units:
            continue
        passage = document.passage_of.get(mention.passage)
        if passage is None:
            continue
        start = max(0, mention.local.start - BEFORE)
        text = "".join(passage.text[start : mention.local.start].split())
        bands = list(BAND.finditer(text))
        if bands and not re.search(r"[。；;]", text[bands[-1].end() :]):
            band = bands[-1]
            low = 0 if band["below"] else int(band["low"] or band["from"])
            yield GradeCount(mention, low)
            continue
        name = re.search(
            r"(?:等级|评级|评为|评价结果|结果)?[为“\"]*([^，。、；：:“”\"\d]{1,2})[”\"]*(?:的|等级)*(?:项目)?(?:有|为)?$",
            text,
        )
        if name and name[1] in registry.grades:
            yield GradeCount(mention, registry.grades[name[1]])


def _number(count: GradeCount) -> Decimal:
    return count.mention.value.canonical if count.mention.value is not None else Decimal(0)


def _grade(slot: Slot, lows: Sequence[int]) -> int:
    """Least total of the grade that a form's total falls into."""
    score = slot.figure.value.canonical if slot.figure is not None else Decimal(0)
    return max((low for low in lows if score >= low), default=0)


def _outcome(
    check: Check, own: Sequence[GradeCount], inside: Sequence[Slot], stated: Decimal, fact_of: dict[str, str]
) -> CheckOutcome:
    """Outcome for one grade; doubtful where it fails, for a total may be wrong as well as a count."""
    right = stated == len(inside)
    refs = tuple(fact_of[c.mention.id] for c in own if c.mention.id in fact_of)
    return CheckOutcome(
        id="",
        check=check.id,
        status=Status.CONSISTENT if right else Status.INCONSISTENT,
        operands=(*refs, *(slot.ref for slot in inside)),
        stated=f"{stated:f}个",
        computed=f"{len(inside)}个",
        page=own[0].mention.page,
        message="" if right else f"正文所述该等级项目共{stated:f}个，按自评表总分为{len(inside)}个",
        severity=None if right else Severity(check.severity),
    )
