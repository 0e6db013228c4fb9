"""When a table was probably not read as it was printed.

A report has a wrong cell here and there. Where most relations of one table fail, and no few cells explain it, the
columns or lines were misread or mean something else, and nothing can be said of the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gouji.checks.relations import Form, Relation
from gouji.checks.roots import Root

FEW = 3
"""Wrong cells that one table may have before its reading is doubted."""
MISREAD = "表中多数关系不成立，可能未正确读出该表"


def table_of(relation: Relation) -> str:
    """Id of the table whose figure a relation claims."""
    return relation.claimed.ref.split(".")[0]


def rests_on(relation: Relation, tables: frozenset[str]) -> bool:
    """Whether any figure of a relation stands in one of the tables."""
    return any(ref.split(".")[0] in tables for ref in relation.refs)


def misread(relations: Sequence[Relation], failing: Sequence[int], found: Sequence[Root]) -> frozenset[str]:
    """Tables in which more relations fail than hold, from more than a few cells.

    Parameters
    ----------
    relations : sequence of Relation
        All that were judged. Those in which every figure is zero, and bounds, which hardly ever fail, do not count.
    failing : sequence of int
        Positions of those that do not hold.
    found : sequence of Root
    """
    wrong = set(failing)
    held: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for i, relation in enumerate(relations):
        if i in wrong:
            failed[table_of(relation)] += 1
        elif relation.form is not Form.AT_MOST and any(term.operand.value.canonical for term in relation.terms):
            held[table_of(relation)] += 1
    cells = Counter(root.ref.split(".")[0] for root in found)
    return frozenset(table for table in failed if cells[table] > FEW and failed[table] > held[table])
