"""Relations that others computed on a report, looked for among the outcomes of an analysis.

A record names its figures by table, row and column (``T5.201.合计``) or by words of the text, with their values, and
says whether they fit (``pass``, ``rounding``, ``error``). It is present if one outcome rests on just these figures:
each stands at a cell of the named table and row with the value, or is a figure of the text with the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gouji.evaluate.sides import Data
from gouji.resources.names import code_of_row

TABLES = {
    "T1": "income_expenditure_summary",
    "T2": "income",
    "T3": "expenditure",
    "T4": "fiscal_appropriation_summary",
    "T5": "general_budget_expenditure",
    "T6": "general_budget_basic",
    "T7": "three_public",
    "T8": "government_fund",
    "T9": "state_capital",
}
STATUS = {"pass": "consistent", "rounding": "rounding", "error": "inconsistent"}
WORDED = {
    "text_direction": ("N-order",),
    "derived_prior": ("N-opening",),
    "period": ("P-stock-date", "W-title-year"),
    "text_share_sum": ("N-shares",),
}
"""Kinds of records whose figures are words, years or computed: found by the check that states them."""
SCALES = {"元": Decimal(1), "万元": Decimal(10000), "%": Decimal("0.01"), "个": Decimal(1)}
TOTAL_SHARE = ("合计", "100")
TABLE_OF = re.compile(r"T\d(?=[.\[]|$)")
IMPLIED = "推算"
SUM_OF = "之和"
ALLOWED = "acceptable"


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one record: ``same``, ``other`` (present with another result), ``absent`` or ``blank``."""

    id: str
    kind: str
    claim: str
    expected: str
    answer: str


def compare(records: Sequence[Data], analysis: Data) -> list[Found]:
    """Look for every record among the outcomes of an analysis.

    Parameters
    ----------
    records : sequence of dict
        With ``kind``, ``claim``, ``figures`` (``where``, ``value``, ``unit``) and ``result`` or ``severity``.
    analysis : dict
        In the shape of the contract.

    Returns
    -------
    list of Found
        One a record. A record whose figures are all blank or zero is ``blank``: there is nothing to compare.
    """
    side = _Side(analysis)
    return [_find(record, side) for record in records]


class _Side:
    """Outcomes and figures of an analysis, by value and place."""

    def __init__(self, analysis: Data) -> None:
        self.outcomes = analysis["outcomes"]
        self.value: dict[str, Decimal] = {}
        self.place: dict[str, tuple[str, str]] = {}
        mention = {m["id"]: m for m in analysis["mentions"]}
        for fact in analysis["facts"]:
            value = mention[fact["figure"]].get("value")
            if value is not None:
                self.value[fact["id"]] = Decimal(value)
        for table in analysis["tables"]:
            for ref, place, value in _cells(table):
                self.value[ref] = value
                self.place[ref] = place

    def figures(self, outcome: Data) -> dict[str, Decimal]:
        """Operands of an outcome that are not zero, with their values."""
        return {ref: v for ref in outcome["operands"] if (v := self.value.get(ref)) is not None and v}


def _cells(table: Data) -> Iterator[tuple[str, tuple[str, str], Decimal]]:
    """Numbers of a table with the kind of the table and the code of the row, empty where it has none."""
    rows: dict[int, list[Data]] = {}
    for cell in table["cells"]:
        rows.setdefault(cell["r"], []).append(cell)
    codes: dict[int, str] = {}
    for _, row in sorted(rows.items()):
        labels: list[Data] = []
        for cell in sorted(row, key=lambda cell: cell["c"]):
            if cell.get("value") is None:
                labels.append(cell)
                continue
            side = labels[0]["c"] if labels else 0
            code = code_of_row([label["text"] or "" for label in labels], codes.get(side, "")) if labels else ""
            codes[side] = code or codes.get(side, "")
            here = code or (codes[side] if not labels else "")
            yield f"{table['id']}.r{cell['r']}.c{cell['c']}", (table["kind"], here), Decimal(cell["value"])


def _find(record: Data, side: _Side) -> Found:
    expected = STATUS[record.get("result") or record["severity"]]
    answer = _answer(record, side, expected)
    return Found(record["id"], record["kind"], record["claim"], expected, answer)


def _answer(record: Data, side: _Side, expected: str) -> str:
    """Say whether a record is among the outcomes, with the same result."""
    worded = WORDED.get(record["kind"])
    figures = [f for f in record["figures"] if f["unit"] in SCALES and _number(f) and IMPLIED not in f["where"]]
    stated = [f for f in figures if SUM_OF not in f["where"] and (f["where"], f["value"]) != TOTAL_SHARE]
    sums = [f for f in figures if SUM_OF in f["where"]]
    if not stated and worded is None:
        return "blank"
    wanted = [_candidates(figure, side) for figure in stated]
    found = [
        outcome
        for outcome in side.outcomes
        if outcome["status"] != "not_checked"
        and (worded is None or outcome["check"].startswith(worded))
        and _rests_on(outcome, wanted, [_number(f) for f in sums], side, exact=worded is None)
    ]
    statuses = {outcome["status"] for outcome in found}
    if record["kind"] == ALLOWED:
        return "other" if "inconsistent" in statuses else "same"
    if not statuses:
        return "absent"
    return "same" if expected in statuses else "other"


def _rests_on(
    outcome: Data, wanted: Sequence[set[str]], sums: Sequence[Decimal | None], side: _Side, *, exact: bool
) -> bool:
    """Whether an outcome has one operand for each wanted figure and, if need be, no others but those of a sum."""
    operands = side.figures(outcome)
    left = dict(operands)
    for candidates in wanted:
        hit = next((ref for ref in left if ref in candidates), None)
        if hit is None:
            return False
        del left[hit]
    if sums:
        return bool(left) and any(sum(left.values(), Decimal(0)) == total for total in sums)
    return not exact or not left


def _candidates(figure: Data, side: _Side) -> set[str]:
    """Places that a figure of a record may stand for."""
    number, where = _number(figure), str(figure["where"])
    table = TABLE_OF.match(where)
    out = set()
    for ref, value in side.value.items():
        if number is None or abs(value) != abs(number):
            continue
        place = side.place.get(ref)
        if (table is None) != (place is None) and not (table is None and not where.startswith("正文")):
            continue
        if table is not None and place is not None and not _fits(where[table.end() :], TABLES[table[0]], place):
            continue
        out.add(ref)
    return out


def _fits(where: str, kind: str, place: tuple[str, str]) -> bool:
    """Whether a cell lies in a table of a kind, and in the row whose code is named."""
    if place[0] != kind:
        return False
    parts = [part for part in where.split(".") if part]
    return not (parts and parts[0].isdigit()) or place[1] == parts[0]


def _number(figure: Mapping[str, Any]) -> Decimal | None:
    """Value of a figure in the canonical unit; None where it is blank or no number."""
    try:
        number = Decimal(str(figure["value"]).rstrip("%"))
    except ArithmeticError:
        return None
    unit = str(figure["unit"])
    return number * SCALES.get(unit, Decimal(1))
