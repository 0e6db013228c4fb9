"""Scores of alignments: relation, operands, verdict.

Recall is asked on the gold rows that both annotators had (``agreed``; all where a file does not say); a prediction
that meets any gold row counts as right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gouji.evaluate.score import Score
from gouji.evaluate.sides import Key, Side

ONE_IS_ENOUGH = frozenset({"same", "change", "change_rate", "count"})


@dataclass(frozen=True, slots=True)
class Row:
    """An alignment of one figure: its operands as places, and as the values that each may stand for."""

    relation: str
    places: frozenset[Key]
    verdict: str
    values: tuple[frozenset[Decimal | str], ...]
    agreed: bool


Rows = Mapping[Key, Sequence[Row]]


def alignment_scores(ours: Side, gold: Side) -> dict[str, Score]:
    """Score the relation alone, with its operands, with its verdict; and the figures said to be in conflict."""
    mine, theirs = rows_of(ours), rows_of(gold)
    asked = sum(row.agreed for rows in theirs.values() for row in rows)
    predicted = sum(map(len, mine.values()))
    relation = operands = verdict = 0
    for place, rows in theirs.items():
        for row in rows:
            if not row.agreed:
                continue
            mates = [m for m in mine.get(place, ()) if m.relation == row.relation]
            exact = [m for m in mates if same_operands(m, row)]
            relation += bool(mates)
            operands += bool(exact)
            verdict += any(m.verdict == row.verdict for m in exact or mates)
    right = right_operands = 0
    for place, rows in mine.items():
        for row in rows:
            mates = [g for g in theirs.get(place, ()) if g.relation == row.relation]
            right += bool(mates)
            right_operands += any(same_operands(row, g) for g in mates)
    return {
        "alignment relation": Score(relation, right, predicted, asked),
        "alignment relation+operands": Score(operands, right_operands, predicted, asked),
        "alignment relation+verdict": Score(verdict, right, predicted, asked),
        "conflicting figures": Score.of_items(_conflicting(mine), _conflicting(theirs)),
        "alignment exact cells": _exact(mine, theirs),
        "abstention": _abstention(ours, gold),
    } | _by_relation(mine, theirs)


def _exact(mine: Rows, theirs: Rows) -> Score:
    """Score rows whose operands are the very places of the gold, equal values elsewhere not counted.

    Of ``same`` one of the cells that the gold lists is enough, for it may list every cell of the quantity.
    """

    def meets(ours: Row, gold: Row) -> bool:
        if ours.relation != gold.relation:
            return False
        return ours.places == gold.places or (gold.relation == "same" and bool(ours.places & gold.places))

    asked = [(place, row) for place, rows in theirs.items() for row in rows if row.agreed]
    found = sum(any(meets(m, row) for m in mine.get(place, ())) for place, row in asked)
    given = [(place, row) for place, rows in mine.items() for row in rows]
    right = sum(any(meets(row, g) for g in theirs.get(place, ())) for place, row in given)
    return Score(found, right, len(given), len(asked))


def _by_relation(mine: Rows, theirs: Rows) -> dict[str, Score]:
    """Score relation and operands of each relation that either side has."""
    relations = sorted({row.relation for rows in (*mine.values(), *theirs.values()) for row in rows})
    out = {}
    for relation in relations:
        asked = [(p, r) for p, rows in theirs.items() for r in rows if r.relation == relation and r.agreed]
        given = [(p, r) for p, rows in mine.items() for r in rows if r.relation == relation]
        found = sum(_met(r, mine.get(p, ())) for p, r in asked)
        right = sum(any(g.relation == relation and same_operands(r, g) for g in theirs.get(p, ())) for p, r in given)
        out[f"alignment {relation}"] = Score(found, right, len(given), len(asked))
    return out


def _met(gold: Row, ours: Sequence[Row]) -> bool:
    return any(m.relation == gold.relation and same_operands(m, gold) for m in ours)


def _abstention(ours: Side, gold: Side) -> Score:
    """Score the figures of which the gold says that nothing confirms them; predicted where we say so or say nothing.

    Only figures that the gold speaks of are counted.
    """
    spoken = {gold.locate(a["figure"]): a["relation"] == "none" for a in gold.data.get("alignments", [])}
    tied = {ours.locate(a["figure"]) for a in ours.data.get("alignments", []) if a["relation"] != "none"}
    silent = {place for place in spoken if place not in tied}
    return Score.of_items(silent, {place for place, none in spoken.items() if none})


def rows_of(side: Side) -> Rows:
    """Alignments of a side by the place of their figure; those that say "nothing confirms it" are left out."""
    out: dict[Key, list[Row]] = defaultdict(list)
    for a in side.data.get("alignments", []):
        if a["relation"] == "none":
            continue
        operands = a.get("operands", [])
        places = frozenset(side.locate(o) for o in operands)
        values = tuple(side.values(o) for o in operands)
        out[side.locate(a["figure"])].append(Row(a["relation"], places, a["verdict"], values, a.get("agreed", True)))
    return out


def same_operands(ours: Row, gold: Row) -> bool:
    """Whether operands are the same places or hold the same values, for a quantity lives in many cells.

    Of ``same`` any shared cell is enough; of a change, a change rate and a count one operand of equal value; all
    other relations need every value of the gold, and at most one operand more.
    """
    if ours.places == gold.places or (gold.relation == "same" and ours.places & gold.places):
        return True
    needed = [values for values in gold.values if values]
    if not needed:
        return False
    hits = sum(any(values & other for other in ours.values) for values in needed)
    if gold.relation in ONE_IS_ENOUGH:
        return hits >= 1
    return hits == len(needed) and len(ours.values) <= len(gold.values) + 1


def _conflicting(rows: Rows) -> set[Key]:
    return {place for place, found in rows.items() if any(row.verdict == "conflict" for row in found)}
