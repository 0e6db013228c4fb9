"""Rules and the character tagger together: rules where they are certain, the tagger where wording is free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouji.model.facts import Label, Mention


@dataclass(frozen=True, slots=True)
class Policy:
    """How sure a side must be.

    Parameters
    ----------
    rule_certain : float
        A cause that a rule read with at least this confidence stands, whatever the tagger says.
    rule_alone : float
        A cause of a rule that the tagger does not see at all stands from this confidence on.
    learned : float
        A cause of the tagger that no rule contradicts stands from this probability on.
    learned_name : float
        The same of indicators.
    """

    rule_certain: float = 0.9
    rule_alone: float = 0.7
    learned: float = 0.5
    learned_name: float = 0.6


DEFAULT = Policy()
CERTAIN_NAMES = ("gazetteer", "chain")


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
    out: list[Mention] = []
    for label, choose in ((Label.INDICATOR, _names), (Label.CAUSE, _causes)):
        ours = [m for m in rules if m.label is label]
        theirs = [m for m in learned if m.label is label]
        out += choose(ours, theirs, policy)
    return out


def _causes(rules: list[Mention], learned: list[Mention], policy: Policy) -> list[Mention]:
    kept = [m for m in rules if (m.confidence or 0.0) >= policy.rule_certain]
    kept += [m for m in _free(learned, kept) if (m.confidence or 0.0) >= policy.learned]
    return kept + [m for m in _free(rules, kept) if (m.confidence or 0.0) >= policy.rule_alone]


def _names(rules: list[Mention], learned: list[Mention], policy: Policy) -> list[Mention]:
    kept = [m for m in rules if m.entry is not None or m.rule.startswith(CERTAIN_NAMES)]
    kept += [m for m in _free(learned, kept) if (m.confidence or 0.0) >= policy.learned_name]
    return kept + _free(rules, kept)


def _free(mentions: Iterable[Mention], taken: Sequence[Mention]) -> list[Mention]:
    """Mentions that overlap none of those taken."""
    spans: dict[str, list[Mention]] = {}
    for mention in taken:
        spans.setdefault(mention.passage, []).append(mention)
    return [m for m in mentions if not any(m.span.overlaps(t.span) for t in spans.get(m.passage, ()))]
