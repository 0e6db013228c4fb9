"""One root for all relations that one wrong cell breaks.

A relation that fails does not say which of its figures is wrong. The figure whose correction makes most failing
relations hold and breaks fewest of those that hold is taken for the wrong one; the relations that it mends are its
witnesses, and the next root is sought among the rest. Among figures that do so equally well it is the one that a
single slip of the pen explains, if there is only one such.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from gouji.checks.relations import SINGLE, Form, Relation, as_value, parts_of, verdict
from gouji.checks.slips import corrected, is_slip
from gouji.model.values import Value, Verdict

RESTRICTED = (Form.AT_LEAST, *SINGLE)


@dataclass(frozen=True, slots=True)
class Root:
    """The place that is probably wrong, and the relations (by position) that fail because of it."""

    ref: str
    relations: tuple[int, ...]


def roots(relations: Sequence[Relation], failing: Sequence[int]) -> list[Root]:
    """Share the failing relations out among roots.

    Parameters
    ----------
    relations : sequence of Relation
        All relations that were judged.
    failing : sequence of int
        Positions of those that do not hold.

    Returns
    -------
    list of Root
        Each failing relation belongs to exactly one.
    """
    where = {id(relation): i for i, relation in enumerate(relations)}
    around = {ref: [where[id(r)] for r in found] for ref, found in parts_of(relations).items()}
    changed: dict[str, Value] = {}
    open_ = set(failing)
    candidates: dict[int, list[_Candidate]] = {}
    stale = set(open_)
    queue = _Queue()
    out: list[Root] = []
    while open_:
        for i in stale & open_:
            candidates[i] = _candidates(relations, i, open_, around, changed)
            queue.put(i, max(candidates[i], key=_rank))
        best = queue.first(open_)
        mended = best.mended or (best.of,)
        equals = {c.ref for c in candidates[best.of] if c.rank == best.rank}
        ref = best.ref if len(equals) == 1 else relations[best.of].claimed.ref
        out.append(Root(ref, tuple(sorted(mended))))
        if best.value is not None and best.net > 0 and ref == best.ref:
            changed[ref] = best.value
        open_ -= set(mended)
        stale = {k for i in mended for other in _refs(relations[i]) for k in around[other]}
    return out


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place that may be wrong, seen from the relation `of`."""

    ref: str
    of: int
    value: Value | None
    mended: tuple[int, ...]
    broken: int
    claims: int
    slip: bool = False

    @property
    def net(self) -> int:
        return len(self.mended) - self.broken

    @property
    def rank(self) -> tuple[int, ...]:
        """Most mended less broken; then what alone is one slip; then what most of them claim; then the earliest."""
        return (self.net, self.slip, self.claims, len(self.mended), -self.of)


class _Queue:
    """The best candidate of each failing relation, the best of all first; linear searches would make it quadratic."""

    def __init__(self) -> None:
        self._heap: list[tuple[tuple[int, ...], int]] = []
        self._best: dict[int, _Candidate] = {}

    def put(self, i: int, best: _Candidate) -> None:
        """Note the best candidate of a relation in place of the one noted before."""
        self._best[i] = best
        heappush(self._heap, (tuple(-part for part in best.rank), i))

    def first(self, open_: set[int]) -> _Candidate:
        """Give the best candidate of the relations that are still open; ranks differ from relation to relation."""
        while True:
            rank, i = self._heap[0]
            if i in open_ and rank == tuple(-part for part in self._best[i].rank):
                return self._best[i]
            heappop(self._heap)


def _rank(candidate: _Candidate) -> tuple[int, ...]:
    return candidate.rank


def _refs(relation: Relation) -> list[str]:
    """Figures of a relation, each once."""
    refs = (relation.claimed.ref, *(term.operand.ref for term in relation.terms))
    return [ref for ref in dict.fromkeys(refs) if ref]


def _candidates(
    relations: Sequence[Relation],
    i: int,
    open_: set[int],
    around: Mapping[str, list[int]],
    changed: Mapping[str, Value],
) -> list[_Candidate]:
    """Every figure of one failing relation, corrected so that this relation would hold."""
    relation = relations[i]
    out = [_Candidate(relation.claimed.ref, i, None, (), 0, 1)]
    for ref in _refs(relation):
        solved = corrected(relation, ref) if relation.form not in RESTRICTED and ref not in changed else None
        if solved is None:
            continue
        value = as_value(solved[0].value, solved[1])
        trial = {**changed, ref: value}
        near = around[ref]
        mended = tuple(j for j in near if j in open_ and _holds(relations[j], trial))
        broken = sum(j not in open_ and _holds(relations[j], changed) and not _holds(relations[j], trial) for j in near)
        claims = sum(relations[j].claimed.ref == ref for j in mended)
        by_rate = relation.form is Form.GROWTH and ref != relation.claimed.ref  # told only where it is a slip
        out.append(_Candidate(ref, i, value, mended, broken, claims, by_rate or is_slip(solved[0].value, value)))
    return _told_by_slip(out)


def _told_by_slip(candidates: list[_Candidate]) -> list[_Candidate]:
    """Let a slip count for a candidate only where it tells it from all others that mend as much."""
    most = max(candidate.net for candidate in candidates)
    slips = {candidate.ref for candidate in candidates if candidate.slip and candidate.net == most}
    alone = len(slips) == 1
    return [replace(c, slip=alone and c.slip and c.net == most) for c in candidates]


def _holds(relation: Relation, changed: Mapping[str, Value]) -> bool:
    return verdict(relation, changed) is not Verdict.CONFLICT
