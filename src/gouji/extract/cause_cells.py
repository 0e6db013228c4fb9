"""Reasons in table cells: columns such as 偏差原因分析及改进措施 and 增减原因."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gouji.extract.cause_clauses import View
from gouji.extract.cause_items import EDGE
from gouji.extract.cause_joins import joined
from gouji.extract.cause_statements import HAN
from gouji.extract.cause_zones import Found
from gouji.model.document import Document, Passage
from gouji.resources.cause_lexicon import cause_lexicon

NUMBERING = re.compile("[（(]?[1-9一二三四五六][）).．、](?!\\d)")
BRACKET = re.compile("[（(]")
CONFIDENCE = 0.85


def reason_cells(document: Document) -> frozenset[str]:
    """Addresses of the cells that stand under a heading which asks for a reason."""
    lexicon = cause_lexicon()
    return frozenset(
        table.address(cell)
        for table in document.tables
        for cell in table.cells
        if cell.role not in ("header", "number", "blank")
        and cell.col_path
        and any(head in cell.col_path[-1] for head in lexicon.cell_heads)
        and not any(word in cell.col_path[-1] for word in lexicon.cell_rejects)
    )


def cell_causes(passage: Passage) -> tuple[Found, ...]:
    """Read the reasons of one cell; the measures to be taken are left out.

    A cell is read sentence by sentence; within a sentence the reason runs up to the clause that begins with a
    measure. After the first measure only a numbered item or a new cue opens another reason.
    """
    view = View(passage.text, [], [])
    lexicon = view.lexicon
    out: list[Found] = []
    measured = False
    at = 0
    while at < len(view.clauses):
        sentence = view.clauses[at].sentence
        stop = at
        while stop < len(view.clauses) and view.clauses[stop].sentence == sentence:
            stop += 1
        start = view.clauses[at].start
        numbered = NUMBERING.match(view.text, start)
        start = numbered.end() if numbered else start
        announced = lexicon.any_prefix.match(view.text, start)
        cue = announced[0] if announced else ""
        start = announced.end() if announced else start
        while start < len(view.text) and view.text[start] in EDGE:
            start += 1
        last = _until_measure(view, at, stop, start)
        while last is not None and last > start and view.text[last - 1] in EDGE:
            last -= 1
        if last is not None and (not measured or numbered or announced):
            out += [
                Found(a, b, cue, CONFIDENCE, "cell")
                for part in _parts(view, start, last)
                for a, b in joined(view, *part)
                if _is_reason(view, a, b)
            ]
        measured = True
        at = stop
    return tuple(out)


def shortfall_causes(passage: Passage) -> tuple[Found, ...]:
    """Read the reasons that a cell on the outcome gives in brackets after saying that something was not done."""
    if not BRACKET.search(passage.text):
        return ()
    view = View(passage.text, [], [])
    out: list[Found] = []
    for clause in view.clauses:
        if not view.lexicon.shortfall.match(view.text, clause.start, clause.end):
            continue
        for start, end in view.brackets_in(clause.start, clause.end):
            inner = cell_causes(replace(passage, text=view.text[start + 1 : end - 1]))
            out += [replace(f, start=f.start + start + 1, end=f.end + start + 1) for f in inner]
    return tuple(out)


def _until_measure(view: View, at: int, stop: int, start: int) -> int | None:
    """End of the reason in the clauses ``at`` to ``stop``; None if it begins with the measure."""
    end: int | None = None
    for k in range(at, stop):
        clause = view.clauses[k]
        left = max(clause.start, start)
        if left >= clause.end:
            continue
        if view.lexicon.cell_measures.match(view.text, left, clause.end):
            return end
        end = clause.end
    return end


def _parts(view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches between the semicolons of a reason: each is a reason of its own."""
    while start < end:
        found = view.text.find("；", start, end)
        stop = end if found < 0 else found
        left, right = start, stop
        while left < right and view.text[left] in EDGE:
            left += 1
        yield left, right
        start = stop + 1


def _is_reason(view: View, start: int, end: int) -> bool:
    text = view.text[start:end].strip(EDGE)
    if len(HAN.findall(text)) < 2 or text in view.lexicon.null_causes:
        return False
    return view.lexicon.any_null.match(text) is None
