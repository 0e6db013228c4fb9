"""Mentions -> facts and causes."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.facts.assemble import assemble_facts
from gouji.facts.categories import classify
from gouji.facts.linking import Judge, link_causes
from gouji.model.document import Document
from gouji.model.facts import Cause, Fact, Mention


def assemble(
    document: Document, mentions: Sequence[Mention], classifier: str = "rules"
) -> tuple[tuple[Fact, ...], tuple[Cause, ...]]:
    """Read facts from the figures, and say which of them each cause explains.

    Parameters
    ----------
    document : Document
    mentions : sequence of Mention
    classifier : str
        What gives the categories: ``rules``, ``learned`` or ``combined``.
    """
    facts = assemble_facts(document, mentions)
    return facts, link_causes(document, mentions, facts, judge_of(classifier))


def judge_of(classifier: str) -> Judge:
    """Give the function that tells the categories of a cause from its words and the directions of what it explains.

    Raises
    ------
    ArtefactError
        If the learned classifier is asked for and its papers do not fit it.
    """
    if classifier == "rules":
        return classify
    from gouji.facts import learned_categories  # numpy and the model are loaded only where they are used

    model = learned_categories.shipped_classifier()
    return model.classify if classifier == "learned" else model.beside_rules
