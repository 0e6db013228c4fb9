"""Gold of one rendering of a document, carried over to another: offsets and cell addresses as they are there.

Gold points into the canonical text of one file. The same report as a web page or a PDF has the same words with other
white space, in other places. `transfer` finds each word and each cell again, so that one gold file judges every
rendering. What the other rendering lacks stays in the gold, at places that nothing can match.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from gouji.evaluate.outcomes import CELL
from gouji.evaluate.sides import Data, addresses
from gouji.model.spans import Span
from gouji.resources.table_kinds import title_key

_LEAST = 6  # characters of a line that may serve as an anchor
_WORK = 4_000_000  # product of two stretches beyond which they are not compared character by character
_LINE = re.compile(r"[^\n]+")


@dataclass
class Transfer:
    """What was carried over.

    Parameters
    ----------
    gold : dict
        The gold with the offsets, addresses and hash of the other rendering.
    tables : dict of str to str
        Ids of the gold's tables and of the tables found for them.
    lost : list of str
        Ids of mentions whose words the rendering does not have.
    """

    gold: dict[str, Any]
    tables: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)


def transfer(gold: Data, source: str, predicted: Data, target: str) -> Transfer:
    """Carry gold over to another rendering.

    Parameters
    ----------
    gold : mapping
        Gold in the contract's shape, made for the text `source`.
    source : str
    predicted : mapping
        Analysis of the other rendering; its tables give the cells.
    target : str
        Its canonical text.
    """
    pairs = match_tables(gold["tables"], predicted["tables"])
    cells = _Cells(gold, predicted, pairs, source, target)
    places = align(source, target, cells.gold_spans, cells.predicted_spans)
    places.update(cells.characters)
    out = Transfer({**gold, "document": {**gold["document"], "sha256": predicted["document"]["sha256"]}}, pairs)
    out.gold["mentions"] = []
    beyond = len(target) + 1
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for mention in gold["mentions"]:
        found = _moved(places, mention["start"], mention["end"], source)
        if found is None:
            out.lost.append(mention["id"])
            found = (beyond, beyond + mention["end"] - mention["start"])
            beyond = found[1] + 1
        spans[mention["start"], mention["end"]] = found
        out.gold["mentions"].append({**mention, "start": found[0], "end": found[1]})
    out.gold["tables"] = cells.tables()
    for key in ("alignments", "conflicts", "not_conflicts", "roundings", "doubtful"):
        if key in gold:
            out.gold[key] = [_record(row, cells.address, spans) for row in gold[key]]
    return out


def match_tables(gold: Sequence[Data], predicted: Sequence[Data]) -> dict[str, str]:
    """Pair tables by title, those of the same title in order; what is left by order, if as many are left."""
    by_title: dict[str, list[str]] = defaultdict(list)
    for table in predicted:
        by_title[title_key(table["title"])].append(table["id"])
    pairs: dict[str, str] = {}
    for table in gold:
        candidates = by_title[title_key(table["title"])]
        if candidates:
            pairs[table["id"]] = candidates.pop(0)
    ours = [t["id"] for t in gold if t["id"] not in pairs]
    theirs = [t["id"] for t in predicted if t["id"] not in set(pairs.values())]
    if len(ours) == len(theirs):
        pairs |= dict(zip(ours, theirs, strict=True))
    return pairs


def align(
    source: str, target: str, skip_source: Iterable[Span] = (), skip_target: Iterable[Span] = ()
) -> dict[int, int]:
    r"""Find the characters of one text in another that differs in white space and in a few places.

    Lines that occur once in both anchor the comparison; only what lies between two anchors is compared character by
    character.

    Returns
    -------
    dict of int to int
        From offsets in `source` to offsets in `target`; white space and what was skipped or not found is left out.

    Examples
    --------
    >>> align("增加 9.50\n万元", "支出增加9.50万元")
    {0: 2, 1: 3, 3: 4, 4: 5, 5: 6, 6: 7, 8: 8, 9: 9}
    """
    left, right = _Stream(source, skip_source), _Stream(target, skip_target)
    pairs: list[tuple[int, int]] = []
    at_left = at_right = 0
    for i, j, length in [*_anchors(left, right), (len(left.text), len(right.text), 0)]:
        pairs += _between(left.text, right.text, (at_left, i), (at_right, j))
        pairs += [(i + k, j + k) for k in range(length)]
        at_left, at_right = i + length, j + length
    return {left.offsets[i]: right.offsets[j] for i, j in pairs}


class _Stream:
    """Characters of a text that are neither white space nor skipped, and where each stood."""

    def __init__(self, text: str, skip: Iterable[Span]) -> None:
        hidden = bytearray(len(text))
        for span in skip:
            hidden[span.start : span.end] = b"\1" * (span.end - span.start)
        self.offsets = [i for i, c in enumerate(text) if not hidden[i] and not c.isspace()]
        self.text = "".join(text[i] for i in self.offsets)
        bounds = [bisect_left(self.offsets, at) for m in _LINE.finditer(text) for at in m.span()]
        self.lines = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if b - a >= _LEAST]


def _anchors(left: _Stream, right: _Stream) -> list[tuple[int, int, int]]:
    """Lines of `left` that occur once in both, as the longest chain that keeps their order."""
    found: list[tuple[int, int, int]] = []
    for a, b in left.lines:
        line = left.text[a:b]
        j = right.text.find(line)
        if (
            j >= 0
            and right.text.find(line, j + 1) < 0
            and left.text.find(line) == a
            and left.text.find(line, a + 1) < 0
        ):
            found.append((a, j, b - a))
    tails: list[int] = []  # places in `right` at which chains of each length end lowest
    ends: list[int] = []  # and the anchors there
    before: list[int] = []
    for index, (_, j, _) in enumerate(found):
        rank = bisect_left(tails, j)
        before.append(ends[rank - 1] if rank else -1)
        tails[rank : rank + 1], ends[rank : rank + 1] = [j], [index]
    chain: list[tuple[int, int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.insert(0, found[at])
        at = before[at]
    return chain


def _between(left: str, right: str, ours: tuple[int, int], theirs: tuple[int, int]) -> list[tuple[int, int]]:
    """Pairs of positions inside two stretches that anchors leave."""
    a, b = left[slice(*ours)], right[slice(*theirs)]
    if not a or not b or len(a) * len(b) > _WORK:
        return []
    at = b.find(a)
    blocks = [(0, at, len(a))] if at >= 0 else difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return [(ours[0] + i + k, theirs[0] + j + k) for i, j, size in blocks for k in range(size)]


def _moved(places: dict[int, int], start: int, end: int, source: str) -> tuple[int, int] | None:
    """Stretch that the words of a stretch have become; None if a word of it is not there."""
    kept = [places.get(i) for i in range(start, end) if not source[i].isspace()]
    if not kept or None in kept:
        return None
    found = [k for k in kept if k is not None]
    return (found[0], found[-1] + 1) if found == sorted(found) else None


class _Cells:
    """Cells of the gold and of the rendering, paired by their place in paired tables."""

    def __init__(self, gold: Data, predicted: Data, pairs: dict[str, str], source: str, target: str) -> None:
        self.gold, self.pairs = gold, pairs
        self.grid = {(t["id"], c["r"], c["c"]): c for t in predicted["tables"] for c in t["cells"]}
        self.gold_spans = _spans(gold["tables"])
        self.predicted_spans = _spans(predicted["tables"])
        self.by_address: dict[str, str] = {}
        self.characters: dict[int, int] = {}
        for table in gold["tables"]:
            for cell in table["cells"]:
                place = f"{pairs.get(table['id'], table['id'] + 'x')}.r{cell['r']}.c{cell['c']}"
                for address in addresses(table, cell):
                    self.by_address.setdefault(address, place)
                self._pair_characters(cell, self._mate(table, cell), source, target)

    def _mate(self, table: Data, cell: Data) -> Data | None:
        return self.grid.get((self.pairs.get(table["id"], ""), cell["r"], cell["c"]))

    def _pair_characters(self, cell: Data, mate: Data | None, source: str, target: str) -> None:
        if mate is None or cell.get("start") is None or mate.get("start") is None:
            return
        ours = [i for i in range(cell["start"], cell["end"]) if not source[i].isspace()]
        theirs = [i for i in range(mate["start"], mate["end"]) if not target[i].isspace()]
        if "".join(source[i] for i in ours) == "".join(target[i] for i in theirs):
            self.characters.update(zip(ours, theirs, strict=True))

    def address(self, reference: str) -> str:
        """Address of a cell in the rendering."""
        return self.by_address.get(reference, f"x{reference}")

    def tables(self) -> list[dict[str, Any]]:
        """Tables of the gold with the ids and the offsets of the rendering."""
        out = []
        for table in self.gold["tables"]:
            cells = []
            for cell in table["cells"]:
                mate = self._mate(table, cell)
                there = {k: mate.get(k) if mate else None for k in ("start", "end", "seq", "logical_c")}
                cells.append({**cell, **there})
            out.append({**table, "id": self.pairs.get(table["id"], table["id"] + "x"), "cells": cells})
        return out


def _spans(tables: Iterable[Data]) -> list[Span]:
    """Stretches of the tables' cells, blank ones too: what stands between them is layout and hides itself."""
    out = []
    for table in tables:
        placed = [c for c in table["cells"] if c.get("start") is not None and c.get("end") is not None]
        if placed:
            out.append(Span(min(c["start"] for c in placed), max(c["end"] for c in placed)))
    return out


def _record(row: Data, address: Any, spans: dict[tuple[int, int], tuple[int, int]]) -> dict[str, Any]:
    """Alignment or finding with its cell addresses and offsets moved."""
    out: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            out[key] = _record(value, address, spans)
        elif isinstance(value, list):
            out[key] = [CELL.sub(lambda m: address(m[0]), v) if isinstance(v, str) else v for v in value]
        else:
            out[key] = CELL.sub(lambda m: address(m[0]), value) if isinstance(value, str) else value
    if isinstance(row.get("start"), int) and isinstance(row.get("end"), int):
        moved = spans.get((row["start"], row["end"]))
        if moved:
            out["start"], out["end"] = moved
        else:
            out.pop("start"), out.pop("end")
    return out
