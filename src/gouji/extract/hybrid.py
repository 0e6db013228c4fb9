"""Rules and the character tagger together: rules where they are certain, the tagger where wording is free.

The tagger of the hybrid is fitted with the rules' choices among its features, so it says where it would do otherwise.
It is heard in four cases: it cuts an explanation of the rules into several, it takes the place of one that the rules
doubt, it adds one that no rule saw, it names what no gazetteer knows. Each time it must be sure. Names of the
gazetteer, table cells, and passages without a figure where no rule found anything, are the rules' alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouji.extract.crf_decoder import CompiledCrf
from gouji.extract.crf_tagger import shipped_crf, tag_learned
from gouji.model.document import Document, PassageKind
from gouji.model.facts import Label, Mention


@dataclass(frozen=True, slots=True)
class Policy:
    """How sure the tagger must be, as the smallest probability of a unit's label in the span.

    Parameters
    ----------
    cut : float
        Of all parts, to cut an explanation of the rules at what stands between the parts.
    doubted : float
        Confidence of a rule below which the tagger may take its place.
    instead : float
        To take it.
    alone : float
        To stand where no rule saw an explanation.
    name : float
        To stand in place of a name that the rules found by its position, or where they found none.
    """

    cut: float = 0.9
    doubted: float = 0.75
    instead: float = 0.9
    alone: float = 0.98
    name: float = 0.95


DEFAULT = Policy()
BETWEEN = 4  # characters between two parts: a comma, a joining word
EDGE = 2  # characters that the parts may leave over at both ends


def tag_hybrid(
    document: Document,
    figures: Sequence[Mention],
    rules: Sequence[Mention],
    model: CompiledCrf | None = None,
    policy: Policy = DEFAULT,
) -> list[Mention]:
    """Tag indicators and causes by both.

    Parameters
    ----------
    document : Document
    figures, rules : sequence of Mention
        What figures and rules there are.
    model : CompiledCrf, optional
        The package's own if not given.
    policy : Policy
    """
    spoken = {m.passage for m in (*figures, *rules)}
    heard = [
        p.id for p in document.passages if p.kind is not PassageKind.CELL and (p.id in spoken or p.text[-1:] in "：:")
    ]
    model = shipped_crf("hybrid") if model is None else model
    of_passage: dict[str, list[Mention]] = {}
    for mention in rules:
        of_passage.setdefault(mention.passage, []).append(mention)

    def chosen(learned: list[Mention]) -> list[Mention]:
        return _with_a_chance(learned, of_passage.get(learned[0].passage, ()), policy)

    return combined(rules, tag_learned(document, figures, model, rules, frozenset(heard), chosen), policy)


def _with_a_chance(learned: list[Mention], rules: Sequence[Mention], policy: Policy) -> list[Mention]:
    """Leave out of one passage what `combined` would leave out however sure the tagger is."""
    sure = [m for m in rules if m.label is Label.INDICATOR and m.entry is not None]
    names = _free(_of(learned, Label.INDICATOR), sure)
    causes, known = _of(learned, Label.CAUSE), _of(rules, Label.CAUSE)
    cutting = [m for rule in known if len(parts := _parts(rule, causes)) > 1 for m in parts]
    doubted = [rule for rule in known if (rule.confidence or 0.0) < policy.doubted]
    settled = [rule for rule in known if (rule.confidence or 0.0) >= policy.doubted]
    instead = [m for m in causes if any(m.span.overlaps(rule.span) for rule in doubted)]
    kept = {m.span for m in (*cutting, *instead, *_free(causes, settled))}
    return [*names, *(m for m in causes if m.span in kept)]


def combined(rules: Sequence[Mention], learned: Sequence[Mention], policy: Policy = DEFAULT) -> list[Mention]:
    """Put the indicators and causes of both together.

    Parameters
    ----------
    rules, learned : sequence of Mention
        INDICATOR and CAUSE mentions of the two, without ids.
    policy : Policy

    Returns
    -------
    list of Mention
        Of one label no two overlap.
    """
    names = [m for m in rules if m.label is Label.INDICATOR]
    sure = [m for m in names if m.entry is not None]
    new = [m for m in _free(_of(learned, Label.INDICATOR), sure) if (m.confidence or 0.0) >= policy.name]
    kept = [*sure, *new]
    out = [*kept, *_free([m for m in names if m.entry is None], kept)]
    causes = _of(learned, Label.CAUSE)
    of_passage: dict[str, list[Mention]] = {}
    for mention in causes:
        of_passage.setdefault(mention.passage, []).append(mention)
    chosen: list[Mention] = []
    for mention in _of(rules, Label.CAUSE):
        there = of_passage.get(mention.passage)
        chosen += _heard(mention, there, policy) if there else [mention]
    alone = [m for m in _free(causes, _of(rules, Label.CAUSE)) if (m.confidence or 0.0) >= policy.alone]
    return [*out, *chosen, *_free(alone, chosen)]


def _heard(rule: Mention, learned: Sequence[Mention], policy: Policy) -> list[Mention]:
    """Give what becomes of one cause of the rules."""
    parts = _parts(rule, learned)
    if _cuts(rule, parts) and all((m.confidence or 0.0) >= policy.cut for m in parts):
        return parts
    if (rule.confidence or 0.0) >= policy.doubted:
        return [rule]
    instead = [m for m in learned if m.span.overlaps(rule.span) and (m.confidence or 0.0) >= policy.instead]
    return instead or [rule]


def _parts(rule: Mention, learned: Sequence[Mention]) -> list[Mention]:
    """Causes of the tagger that lie within one of the rules."""
    return [m for m in learned if rule.span.start - EDGE <= m.span.start and m.span.end <= rule.span.end + EDGE]


def _cuts(rule: Mention, parts: Sequence[Mention]) -> bool:
    """Whether some parts make up a cause of the rules, with little between them."""
    if len(parts) < 2:
        return False
    gaps = [after.span.start - before.span.end for before, after in zip(parts, parts[1:], strict=False)]
    covered = parts[0].span.start - rule.span.start <= EDGE and rule.span.end - parts[-1].span.end <= EDGE
    return covered and all(0 < gap <= BETWEEN for gap in gaps)


def _of(mentions: Iterable[Mention], label: Label) -> list[Mention]:
    return [m for m in mentions if m.label is label]


def _free(mentions: Iterable[Mention], taken: Sequence[Mention]) -> list[Mention]:
    """Mentions that overlap none of those taken."""
    spans: dict[str, list[Mention]] = {}
    for mention in taken:
        spans.setdefault(mention.passage, []).append(mention)
    return [m for m in mentions if not any(m.span.overlaps(t.span) for t in spans.get(m.passage, ()))]
