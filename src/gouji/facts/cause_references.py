"""Changes explained by the cause of another: ``契税减收3万元，与土地增值税同因``, ``原因同第（5）项``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from gouji.model.document import Document, Passage
from gouji.model.facts import Mention
from gouji.resources.cause_scopes import scopes
from gouji.resources.gazetteer import gazetteer

NUMBER = re.compile("[^0-9一二三四五六七八九十]*([0-9]+|[一二三四五六七八九十]+)")
HEADED = re.compile("[\\s（(]*([0-9]+|[一二三四五六七八九十]+)[）).．、]")
NEAR = 40  # causes, passages: how far back the one that is meant may stand

Stated = Callable[[Passage, int], Sequence[str]]
"""Gives the ids of the facts of the comparison that ends before a position of a passage."""


def references(
    document: Document,
    causes: Mapping[str, Sequence[Mention]],
    explained: Callable[[Mention], Sequence[str]],
    names: Callable[[str], Sequence[str]],
    stated: Stated,
) -> dict[str, set[str]]:
    """Find the changes that a text explains by referring to the cause of another.

    Parameters
    ----------
    document : Document
    causes : mapping
        Cause mentions by passage, in order.
    explained : callable
        Gives the ids of the facts that a cause explains by itself.
    names : callable
        Gives the names that the indicator of a fact goes by.
    stated : callable
        See `Stated`.

    Returns
    -------
    dict
        By the id of a cause mention, ids of the further facts that it explains. A reference whose cause cannot be
        told adds nothing.
    """
    out: dict[str, set[str]] = defaultdict(set)
    pattern = scopes().reference
    seen: list[Mention] = []
    for index, passage in enumerate(document.passages):
        seen += causes.get(passage.id, ())
        if passage.cell is not None or "同" not in passage.text:
            continue
        for match in pattern.finditer(passage.text):
            facts = set(stated(passage, match.start()))
            earlier = [c for c in seen[-NEAR:] if c.passage != passage.id or c.local.end <= match.start()]
            name = match["name"] or match["other"]
            if match["above"]:
                meant = [c for c in earlier if explained(c) == explained(earlier[-1])]
            elif name:
                meant = _of_name(name, earlier, explained, names)
            else:
                meant = list(_of_item(document.passages[max(index - NEAR, 0) : index], match["item"], causes))
            for cause in meant:
                out[cause.id] |= facts
    return out


def _of_name(
    name: str,
    earlier: Sequence[Mention],
    explained: Callable[[Mention], Sequence[str]],
    names: Callable[[str], Sequence[str]],
) -> list[Mention]:
    """Causes of the latest change of the indicator that a name names; all of them, if they are several."""
    entry = gazetteer().lookup(name)
    canonical = entry.name if entry is not None else name

    def named(cause: Mention) -> bool:
        known = [n for fact in explained(cause) for n in names(fact)]
        if canonical in known:
            return True
        return any(len(n) > 2 and (n in name or name.startswith(n[:4]) and n.startswith(name[:4])) for n in known)

    last = next((c for c in reversed(earlier) if named(c)), None)
    if last is None:
        return []
    return [c for c in earlier if explained(c) == explained(last)]


def _of_item(above: Sequence[Passage], item: str, causes: Mapping[str, Sequence[Mention]]) -> Iterator[Mention]:
    """Causes of the numbered item that a reference names."""
    wanted = NUMBER.match(item)
    for passage in reversed(above):
        headed = HEADED.match(passage.text)
        if headed and wanted and headed[1] == wanted[1]:
            yield from causes.get(passage.id, ())
            return
