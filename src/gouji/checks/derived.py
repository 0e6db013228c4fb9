"""Shape `derived`: relations that cross the text, from what its figures imply.

* subject shares: the shares of one complete list sum to 100 % within what their rounding allows;
* subject counts: things counted by kinds, the last of them "other", are as many as the whole;
* subject opening: last year's total less its expenditure, both implied by changes, is this year's opening balance;
* subject zero_base: a rate over a base of zero says nothing;
* subject bound: a part does not exceed its whole (``bounds`` of ``relations.yaml``);
* subject blank: a table without any figure, while the text states what it should hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.align.figures import Figure
from gouji.align.quantity import Quantity
from gouji.checks.figures import WHOLE, Operand
from gouji.checks.relations import Answer, Form, Relation, Term, Unchecked, severity_of
from gouji.checks.report import Report
from gouji.model.facts import SIGN, Base, Fact, Label, Measure
from gouji.model.outcomes import Alignment, Severity
from gouji.model.outcomes import Relation as Tie
from gouji.model.values import Kind, Value, Verdict, judge, total
from gouji.resources.check_registry import Check
from gouji.resources.relations import relations
from gouji.text.clauses import SENTENCE_END

CALIBERS = ("all", "fiscal", "general", "fund", "capital")
NONE = Value(Decimal(0), Decimal("0.01"), 0, Kind.COUNT, "%")
NOTHING = Operand("", NONE, NONE, "0%", "基数")
COUNTED = frozenset({Measure.COUNT, Measure.ACTUAL})
OTHERS = "其他"
KINDS_MISSING = "所列各类不含“其他”，可能不是全部"
SELECTION = "所列占比的各项之和不等于整体，可能不是全部"
NO_PRIOR = "上年总计或上年支出不能由本年数和增减额推算"
OTHER_CHANGES = "上年结余可能经收回、调整或分配"
DISTRIBUTED = "列有结余分配或使用非财政拨款结余，上年年末结余不等于上年总计减上年支出"
OUTSIDE = ("surplus_used", "surplus_distributed")
"""Lines that a grand total includes beside income, expenditure and balances, as the tables name them."""
OUTSIDE_CORES = ("balance_used", "surplus_distribution")
"""The same as the text names them."""
BLANK_TABLE = "全表空白，也可能未读出其中的数"
HELD = {
    "three_public": Quantity("three_public", "own"),
    "government_fund": Quantity("expenditure", "fund"),
    "state_capital": Quantity("expenditure", "capital"),
}
"""What the total of a table is, by kinds of tables that many reports leave empty."""
LEVELS = (Measure.ACTUAL, Measure.INITIAL_BUDGET, Measure.ADJUSTED_BUDGET)
ZERO = "基数为零，比率无意义"


def derived(check: Check, report: Report) -> Iterator[Answer]:
    """Relations by the check's subject."""
    subjects = {
        "shares": _shares,
        "counts": _counts,
        "opening": _opening,
        "zero_base": _zero_base,
        "bound": _bounds,
        "blank": _blanks,
    }
    yield from subjects[check.subject](check, report)


def _shares(check: Check, report: Report) -> Iterator[Answer]:
    """Add up the shares of a passage that are of one whole and whose parts make up that whole."""
    groups: dict[tuple[str, str], list[Alignment]] = {}
    for alignment in report.alignments:
        if alignment.relation is Tie.SHARE and (figure := report.figures.of_id.get(alignment.figure)) is not None:
            groups.setdefault((figure.passage, alignment.operands[1]), []).append(alignment)
    for (_, whole_ref), found in groups.items():
        share_of = {a.operands[0]: a.figure for a in reversed(found) if a.operands[0] != whole_ref}
        pairs = [(report.operand(share), report.operand(ref)) for ref, share in reversed(share_of.items())]
        whole = report.operand(whole_ref)
        if whole is None or len(pairs) < 2:
            continue
        shares = [share for share, _ in pairs if share is not None]
        parts = [part for _, part in pairs if part is not None]
        if judge(whole.value, total([(1, part.value) for part in parts])) is Verdict.CONFLICT:
            yield Unchecked(check, SELECTION, tuple(share.ref for share in shares), shares[0].page)
        elif len(shares) == len(parts) == len(pairs):
            yield Relation(check, Form.SUM, WHOLE, tuple(map(Term, shares)), severity=severity_of(check))


def _counts(check: Check, report: Report) -> Iterator[Answer]:
    """Add up the kinds of a list that ends with the other ones: 车辆23辆，其中：…17辆、其他用车2辆."""
    facts = [f for f in report.facts if report.mention_of[f.figure].label is Label.QUANTITY and f.measure in COUNTED]
    for at, whole in enumerate(facts):
        parts = list(_kinds(report, whole, facts[at + 1 :]))
        if len(parts) < 2:
            continue
        claimed, terms = report.operand(whole.id), [report.operand(part.id) for part in parts]
        found = [Term(term) for term in terms if term is not None]
        if claimed is None or len(found) < len(parts):
            continue
        if any(part.path[-1].startswith(OTHERS) for part in parts):
            yield Relation(check, Form.SUM, claimed, tuple(found), severity=severity_of(check))
        else:
            yield Unchecked(check, KINDS_MISSING, (claimed.ref, *(t.operand.ref for t in found)), claimed.page)


def _kinds(report: Report, whole: Fact, later: Sequence[Fact]) -> Iterator[Fact]:
    """Give the counts that follow in the sentence, of the same unit and one level below."""
    of = report.mention_of[whole.figure]
    for fact in later:
        figure = report.mention_of[fact.figure]
        if figure.passage != of.passage or fact.path[:-1] != whole.path or len(whole.path) != 1:
            return
        between = report.document.text[of.span.end : figure.span.start]
        if between.count("（") > between.count("）"):
            continue  # 其他用车5辆（含教练车3辆）
        if SENTENCE_END.search(between) or "；" in between or figure.value is None or of.value is None:
            return
        if figure.value.unit != of.value.unit:
            return
        yield fact


def _opening(check: Check, report: Report) -> Iterator[Answer]:
    """State this year's opening balance as what last year's total and expenditure leave."""
    for caliber in CALIBERS:
        grand = _implied(report, Quantity("grand_total", caliber))
        spent = _implied(report, Quantity("expenditure", caliber))
        if spent is None and caliber == "fiscal":
            spent = _alone(report)
        opening = report.resolver.cell(Quantity("opening_balance", caliber), (), "actual")
        claimed = report.operand(opening.ref) if opening is not None else None
        if grand is None and spent is None:
            continue
        if grand is None or spent is None or claimed is None:
            refs = tuple(term.operand.ref for term in (*(grand or ()), *(spent or ())))
            yield Unchecked(check, NO_PRIOR, refs)
            continue
        if caliber == "all" and (outside := _distributed(report)):
            yield Unchecked(check, DISTRIBUTED, (claimed.ref, *outside), claimed.page)
            continue
        terms = (*grand, *(Term(term.operand, -term.sign) for term in spent))
        yield Relation(check, Form.SUM, claimed, terms, severity=severity_of(check), doubt=OTHER_CHANGES)


def _distributed(report: Report) -> tuple[str, ...]:
    """Find what was distributed of a surplus or taken from one: a unit that has it now may have had it last year."""
    found = [
        figure.ref
        for view in report.views
        for line in view.lines
        if line.concept in OUTSIDE
        for column in view.columns_of(line)
        if (figure := view.figure(line, column)) is not None and figure.value.canonical
    ]
    stated = [figure for core in OUTSIDE_CORES for figure in report.figures.of_quantity.get((core, None, None), [])]
    return (*found, *(figure.id for figure in stated if figure.is_money and figure.value.canonical))


def _implied(report: Report, quantity: Quantity) -> tuple[Term, Term] | None:
    """Last year's figure as this year's less its change, where the text states the change."""
    for figure in report.figures.of_quantity.get((quantity.core, quantity.component, None), []):
        sign = SIGN.get(figure.fact.direction)
        if figure.measure is not Measure.CHANGE or figure.fact.base is not Base.PRIOR_YEAR or sign is None:
            continue
        if figure.quantity.caliber != quantity.caliber or figure.above:
            continue
        current = report.resolver.level(quantity, (), "actual", figure)
        operands = (report.operand(current.ref) if current else None, report.operand(figure.id))
        if operands[0] is not None and operands[1] is not None:
            return Term(operands[0]), Term(operands[1], -sign)
    return None


def _alone(report: Report) -> tuple[Term, Term] | None:
    """Expenditure of the general budget, where it is all that the grants paid for."""
    cells = [report.resolver.cell(Quantity("expenditure", fund), (), "actual") for fund in ("fiscal", "general")]
    if cells[0] is None or cells[1] is None or cells[0].value.canonical != cells[1].value.canonical:
        return None
    return _implied(report, Quantity("expenditure", "general"))


def _zero_base(check: Check, report: Report) -> Iterator[Answer]:
    """Rates that the aligner found to have a base of zero: only 0 % can be said of it."""
    for alignment in report.alignments:
        if alignment.reason != "base_zero":
            continue
        claimed = report.operand(alignment.figure)
        fact = report.fact_of[alignment.figure]
        if claimed is None or fact.measure not in (Measure.CHANGE_RATE, Measure.COMPLETION_RATE):
            continue
        yield Relation(check, Form.AT_MOST, claimed, (Term(NOTHING),), severity=severity_of(check), doubt=ZERO)


def _bounds(check: Check, report: Report) -> Iterator[Answer]:
    """State declared parts against the whole that stands before them in their passage."""
    for bound in relations().bounds:
        for whole in _stated(report, bound.whole.core):
            parts = [_near(report, whole, term.core) for term in bound.parts]
            if None in parts:
                continue
            operands = [report.operand(part.id) for part in parts if part is not None]
            claimed = report.operand(whole.id)
            if claimed is None or None in operands:
                continue
            terms = tuple(Term(operand) for operand in operands if operand is not None)
            yield Relation(check, Form.AT_LEAST, claimed, terms, severity=Severity(check.severity))


def _stated(report: Report, core: str) -> list[Figure]:
    found = report.figures.of_quantity.get((core, None, None), [])
    return [figure for figure in found if figure.measure is Measure.ACTUAL and figure.is_money]


def _near(report: Report, whole: Figure, core: str) -> Figure | None:
    """Outturn of a part that stands after its whole in the same passage."""
    return next((f for f in _stated(report, core) if f.passage == whole.passage and f.order > whole.order), None)


def _blanks(check: Check, report: Report) -> Iterator[Answer]:
    """Compare what the text states with tables that are blank throughout: an empty table means zero, if anything."""
    for table in report.document.tables:
        quantity = HELD.get(table.kind)
        if quantity is None or any(True for _ in table.numbers()):
            continue
        cell = next((cell for cell in table.cells if cell.blank and cell.col_path), None)
        for figure in report.figures.of_quantity.get((quantity.core, None, None), []):
            same = figure.quantity.caliber == quantity.caliber and not figure.above
            claimed = report.operand(figure.id) if same and figure.measure in LEVELS and figure.is_money else None
            if claimed is not None:
                refs = (table.address(cell),) if cell is not None else ()
                blank = replace(NOTHING, text="空白", words=f"《{''.join(table.title.split())}》")
                severity = severity_of(check)
                yield Relation(check, Form.AT_MOST, claimed, (Term(blank),), refs, severity, BLANK_TABLE)
