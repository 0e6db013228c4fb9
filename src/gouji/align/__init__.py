"""Facts + tables -> alignments, and why a figure has none.

Reading order: `quantity` (what a name names), `cells` and `figures` (the two sides), `restate` (`same`), `operands`
(finding the terms of a relation), `changes`, `ratios`, `sums`, `form_tables`, `forms` and `evaluations`
(self-evaluation forms), `matching` (the order in which these are asked).
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.align.matching import Matcher
from gouji.model.document import Document
from gouji.model.facts import Fact, Mention
from gouji.model.outcomes import Alignment

__all__ = ["align"]


def align(document: Document, mentions: Sequence[Mention], facts: Sequence[Fact]) -> tuple[Alignment, ...]:
    """Tie every fact of an AMOUNT or RATE (and counts that restate or sum) to cells and to each other.

    Parameters
    ----------
    document : Document
    mentions, facts : sequence
        As extracted and assembled; facts without a figure that has a value are passed over.

    Returns
    -------
    tuple of Alignment
        In the order of the facts in the text; a figure may have several (it restates a cell and is the sum of
        others). A figure of an AMOUNT or RATE that nothing confirms has one of relation ``none`` whose `reason` is
        an id of ``align.yaml``; in a conflict, `reason` names what differs (``direction``, ``unit``,
        ``value_differs``, ``cells_disagree``).
    """
    return Matcher(document, mentions, facts).align()
