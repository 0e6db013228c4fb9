"""Answers as outcomes: status, both figures as a reader writes them, and a sentence that says what does not fit."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.checks.figures import Operand
from gouji.checks.relations import Form, Relation, Unchecked, compute
from gouji.checks.slips import corrected, other_view
from gouji.model.document import Document
from gouji.model.facts import Direction
from gouji.model.outcomes import CheckOutcome, Status
from gouji.model.printing import computed_like
from gouji.model.values import Computed, Kind, Verdict
from gouji.resources.wording import word

STATUS: Mapping[Verdict, Status] = {
    Verdict.AGREES: Status.CONSISTENT,
    Verdict.ROUNDING: Status.ROUNDING,
    Verdict.CONFLICT: Status.INCONSISTENT,
    Verdict.NONE: Status.NOT_CHECKED,
}
FORMULA: Mapping[Form, str] = {
    Form.SUM: "应为{computed}",
    Form.RATIO: "按所列数计算应为{computed}",
    Form.CHANGE: "按所列数计算应为{computed}",
    Form.GROWTH: "按所列数计算应为{computed}",
    Form.PRODUCT: "按所列数计算应为{computed}",
    Form.GIVEN: "应为{computed}",
    Form.AT_MOST: "不应超过{computed}",
    Form.AT_LEAST: "不应低于{computed}",
}
BOUNDS = frozenset({Form.AT_MOST, Form.AT_LEAST})
UNDEFINED = "基数为零，无法计算"
MANY = 4


def outcome(
    document: Document, relation: Relation, found: Verdict, suspect: str | None = None, root: str | None = None
) -> CheckOutcome:
    """Outcome of a relation by its verdict; where it fails, seen from the place that is probably wrong."""
    status = STATUS[found]
    claimed, computed = relation.claimed, compute(relation)
    refs = relation.refs
    solved = (
        corrected(relation, suspect) if status is Status.INCONSISTENT and suspect not in (None, claimed.ref) else None
    )
    if solved is not None:
        claimed, computed = solved
        refs = (claimed.ref, *(ref for ref in refs if ref != claimed.ref))
    stated, right = stated_as(claimed), computed_as(claimed, computed)
    if relation.words is not None:
        stated, right = "".join(document.text[slice(*relation.words)].split()), _order(relation)
    return CheckOutcome(
        id="",
        check=relation.check.id,
        status=status,
        operands=tuple(ref for ref in dict.fromkeys(refs) if ref),
        stated=stated,
        computed=right,
        reason=_reason(relation, status),
        page=claimed.page,
        message=_message(document, relation, claimed, computed, status),
        severity=relation.severity if status is Status.INCONSISTENT else None,
        root=root if status is Status.INCONSISTENT else None,
        start=relation.words[0] if relation.words else None,
        end=relation.words[1] if relation.words else None,
        bound=str(relation.form) if relation.form in BOUNDS else None,
    )


def _order(relation: Relation) -> str:
    """Word for how the claimed figure really stands to its term."""
    left, right = relation.claimed.value.canonical, relation.terms[0].operand.value.canonical
    return "大于" if left > right else "小于" if left < right else "等于"


def _reason(relation: Relation, status: Status) -> str | None:
    """Say why a relation has no answer, or why its failure is uncertain."""
    if status is Status.NOT_CHECKED:
        return UNDEFINED
    return (relation.doubt or None) if status is Status.INCONSISTENT else None


def unanswered(unchecked: Unchecked) -> CheckOutcome:
    """Outcome of a check that could not be answered."""
    return CheckOutcome(
        id="",
        check=unchecked.check.id,
        status=Status.NOT_CHECKED,
        operands=tuple(dict.fromkeys(unchecked.refs)),
        reason=unchecked.reason,
        page=unchecked.page,
        message=f"{unchecked.check.title}：未核对，{unchecked.reason}",
    )


def stated_as(operand: Operand) -> str:
    """Stated figure with the unit that its column carries."""
    unit = operand.value.unit
    bare = operand.value.kind in (Kind.MONEY, Kind.RATE) and operand.text[-1:].isdigit()
    return operand.text + unit if bare else operand.text


def computed_as(like: Operand, computed: Computed | None) -> str | None:
    """Write the computed figure as the stated one is written, with more decimals where it has them."""
    if computed is None:
        return None
    if not like.signed or not computed.exact:
        return computed_like(like.value, computed.exact)
    direction = Direction.DECREASE if computed.exact < 0 else Direction.INCREASE
    return word("direction", direction) + computed_like(like.value, abs(computed.exact))


def _message(
    document: Document, relation: Relation, claimed: Operand, computed: Computed | None, status: Status
) -> str:
    """One sentence: where, what is stated, what it should be, from what."""
    if status in (Status.CONSISTENT, Status.NOT_CHECKED) or computed is None:
        return ""
    table = document.table_of.get(claimed.ref.split(".")[0])
    title = f"《{''.join(table.title.split())}》" if table and table.title else ""
    if relation.words is not None:
        term = relation.terms[0].operand
        words = "".join(document.text[slice(*relation.words)].split())
        verb = "在舍入误差之内" if status is Status.ROUNDING else "不符"
        listed = f"{claimed.words}{stated_as(claimed)}，{term.words}{stated_as(term)}"
        return f"文称“{words}”，所列{listed}，实为{_order(relation)}，{verb}"
    others = [relation.claimed, *(term.operand for term in relation.terms)]
    others = [operand for operand in others if operand.ref != claimed.ref]
    listed = "、".join(f"{operand.words}{stated_as(operand)}" for operand in others[:MANY])
    if len(others) > MANY:
        listed += f"等{len(others)}项"
    formula = FORMULA[relation.form].format(computed=computed_as(claimed, computed))
    verb = "在舍入误差之内" if status is Status.ROUNDING else "不符"
    wrong = status is Status.INCONSISTENT
    doubt = f"；{relation.doubt}" if relation.doubt and wrong else other_view(relation, claimed.ref) if wrong else ""
    title = "" if claimed.words.startswith("《") else title
    stated = f"{title}{claimed.words}{stated_as(claimed)}"
    return f"{stated}，{formula}（依据：{listed}），{verb}（{relation.check.title}）{doubt}"
