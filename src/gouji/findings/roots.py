"""Which findings follow from which: a wrong figure that breaks six relations is one finding with six witnesses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.findings.model import Finding
from gouji.model.facts import Direction
from gouji.model.outcomes import Severity
from gouji.resources.wording import word

NUMERIC = frozenset({Severity.ERROR, Severity.DOUBTFUL})


def by_root(found: Sequence[Finding]) -> list[Finding]:
    """Put findings of one root under the first of them, then findings that rest on a wrong figure under that figure.

    The checks have shared the relations that they know out among roots already; a finding that has none, because only
    the aligner knows of it, rests on another if it was computed from the figure that the other says to be wrong.
    Findings that only report a rounding, or the form of the report, never carry others, but that one figure is printed
    as 326.71 in three places and as 326.72 in four is told once, with the other pairs of places under it.
    """
    return _by_pair(_by_direction(_by_operands(_by_name(found))))


def _by_direction(found: Sequence[Finding]) -> list[Finding]:
    """Join a change and its rate that rest on the same figures and both go the wrong way."""
    first: dict[tuple[str, str, frozenset[str]], int] = {}
    out: list[Finding] = []
    for finding in found:
        turn = _turn(finding)
        if turn is not None and turn in first:
            at = first[turn]
            own = replace(finding, related=())
            out[at] = replace(out[at], related=(*out[at].related, own, *finding.related))
            continue
        if turn is not None:
            first[turn] = len(out)
        out.append(finding)
    return out


def _turn(finding: Finding) -> tuple[str, str, frozenset[str]] | None:
    """Stated and computed direction of a change with the figures that it rests on, where the two differ."""
    directions = [word("direction", one) for one in (Direction.INCREASE, Direction.DECREASE)]
    told = [next((d for d in directions if text.startswith(d)), "") for text in (finding.stated, finding.computed)]
    if finding.severity is not Severity.ERROR or not all(told) or told[0] == told[1]:
        return None
    return told[0], told[1], frozenset(one.reference for one in finding.operands)


def _by_pair(found: Sequence[Finding]) -> list[Finding]:
    """Join roundings between the same two figures whose places hang together."""
    first: dict[tuple[frozenset[str], str], int] = {}
    out: list[Finding] = []
    for finding in found:
        at = None
        if finding.severity is Severity.ROUNDING and len(finding.operands) == 1 and finding.computed:
            pair = frozenset(_bare(figure) for figure in (finding.stated, finding.computed))
            places = [(pair, one.reference) for one in (finding.subject, *finding.operands)]
            at = next((first[place] for place in places if place in first), None)
            for place in places:
                first.setdefault(place, len(out) if at is None else at)
        if at is None:
            out.append(finding)
        else:
            out[at] = replace(out[at], related=(*out[at].related, finding))
    return out


def _bare(figure: str) -> str:
    return figure.replace(",", "").replace("，", "")


def _by_name(found: Sequence[Finding]) -> list[Finding]:
    """Join what the checks themselves give one root."""
    first: dict[str, int] = {}
    out: list[Finding] = []
    for finding in found:
        if finding.root is not None and finding.root in first:
            at = first[finding.root]
            out[at] = replace(out[at], related=(*out[at].related, finding))
            continue
        if finding.root is not None:
            first[finding.root] = len(out)
        out.append(finding)
    return out


def _by_operands(found: Sequence[Finding]) -> list[Finding]:
    wrong = {f.subject.reference: i for i, f in enumerate(found) if f.severity is Severity.ERROR}
    parent = [_rests_on(finding, i, found, wrong) for i, finding in enumerate(found)]
    out: dict[int, Finding] = {}
    for i, finding in enumerate(found):
        if parent[i] is None:
            out[i] = finding
    for i, finding in enumerate(found):
        top = _top(parent, i)
        if top != i:
            own = replace(finding, related=())
            out[top] = replace(out[top], related=(*out[top].related, own, *finding.related))
    return list(out.values())


def _rests_on(finding: Finding, at: int, found: Sequence[Finding], wrong: dict[str, int]) -> int | None:
    """Position of the finding whose wrong figure this one was computed from; None where there is none, or both do."""
    if finding.severity not in NUMERIC or finding.root is not None:
        return None
    for one in finding.operands:
        other = wrong.get(one.reference)
        if other is None or other == at:
            continue
        mutual = any(back.reference == finding.subject.reference for back in found[other].operands)
        if not mutual or (found[other].root is not None and finding.root is None):
            return other
    return None


def _top(parent: Sequence[int | None], at: int) -> int:
    """Position of the finding that carries all that this one rests on; a circle is cut where it closes."""
    seen = {at}
    while (above := parent[at]) is not None and above not in seen:
        seen.add(above)
        at = above
    return at
