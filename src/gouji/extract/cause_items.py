"""The single reasons of an explanation, without markers, cues and results stated again."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.extract.cause_clauses import View
from gouji.extract.cause_joins import joined
from gouji.extract.cause_statements import marker, plain_cue, result
from gouji.extract.cause_zones import Zone, closing, trailing

EDGE = " \t\u3000\xa0\n，；。！？：、.．;,"
TAIL = EDGE + "“‘《"
REST = "其余"  # 其余，…: a further reason; 其余12座: of what was spoken of
FURTHER = ("strong", "after_stop")  # …，同时…: behind a comma too
NOTE = 6  # characters: a longer bracket at the end of a cause is a remark, not part of a name such as 出国（境）
ENDING = 6  # characters: the longest of the words that end a cause and belong to its cue
BOTH_REACH = 8  # characters behind an explanation
NUMERALS = {c: i for i, c in enumerate("一二三四五六七八", start=1)} | {str(i): i for i in range(2, 9)} | {"两": 2}


def items(view: View, zone: Zone, cue: str = "") -> Iterator[tuple[int, int]]:
    """Stretches of the single causes of an explanation, markers and inner cues left out.

    A cue that says how many reasons follow (``三方面``) cuts a list without markers at its commas, if that gives
    the number.
    """
    starts = [zone.start]
    first = marker(view, zone.start, zone.end)
    at = view.first_clause(zone.start)
    while at + 1 < zone.next_clause:
        sep, clause = view.clauses[at].stop, view.clauses[at + 1]
        at += 1
        if clause.start >= zone.end:
            break
        found = marker(view, clause.start, zone.end)
        listed = found is not None and (first is None or found[0] == first[0])
        further = any(view.lexicon.further[key].match(view.text, clause.start, zone.end) for key in FURTHER)
        if listed or further or (sep == "；" and first is None):
            starts.append(clause.start)
    if len(starts) == 1:
        behind = min(zone.end + BOTH_REACH, len(view.text))
        numbers = (
            view.lexicon.number.search(cue),
            view.lexicon.shapes["together"].search(view.text, zone.start, behind),
        )
        counted = (_counted(view, zone, NUMERALS[number[0][:1]]) for number in numbers if number is not None)
        starts = next(filter(None, counted), starts)
    for start, end in zip(starts, [*starts[1:], zone.end], strict=True):
        for left, right in joined(view, *clean(view, start, end)):
            yield left, trim(view, left, right)


def _counted(view: View, zone: Zone, wanted: int) -> list[int]:
    """Find where each of an announced number of reasons starts; empty if the clauses are not as many."""
    lexicon, clauses = view.lexicon, view.clauses
    at = view.first_clause(zone.start)
    ks = [k for k in range(at + 1, min(zone.next_clause, len(clauses))) if clauses[k].start < zone.end]
    later = [clauses[k].start for k in ks if not result(view, k)]
    own = [s for s in later if not lexicon.dependent.match(view.text, s, clauses[view.first_clause(s)].end)]
    return next(([zone.start, *s] for s in (later, own) if len(s) + 1 == wanted), [])


def clean(view: View, start: int, end: int) -> tuple[int, int]:
    """Leave out marker, cue and punctuation at both ends, and a result stated again at the end."""
    text, lexicon = view.text, view.lexicon
    skip = EDGE
    while start < end and text[start] in skip:
        start += 1
    found = marker(view, start, end)
    if found:
        start = found[1]
    leads = (lexicon.further[key].match(text, start, end) for key in ("strong", "after_stop", "contrast"))
    lead = next((match for match in leads if match is not None), None)
    if lead is not None and not (lead[0] == REST and text[lead.end() : lead.end() + 1].isdigit()):
        start = lead.end()
    while start < end and text[start] in skip:
        start += 1
    while cue := plain_cue(view, start, end) or lexicon.item_copula.match(text, start, end):
        start = cue.end()
        while start < end and text[start] in skip:
            start += 1
    return start, trim(view, start, end)


def trim(view: View, start: int, end: int) -> int:
    """End of the item without trailing clauses that only state the result, and without punctuation."""
    text = view.text
    while True:
        while end > start and text[end - 1] in TAIL:
            end -= 1
        ending = view.lexicon.endings.search(text, max(start, end - ENDING), end)
        if ending is not None and ending.start() > start:
            end = ending.start()
            continue
        if end > start and text[end - 1] == "）":
            opening = view.bracket_ending(end)
            if opening is not None and opening[0] > start and end - opening[0] > NOTE:
                end = opening[0]
                continue
        at = view.first_clause(end - 1) if end > start else 0
        if end <= start or at >= len(view.clauses):
            return end
        clause = view.clauses[at]
        if clause.start > start and trailing(view, at):
            end = clause.start
            continue
        tail = closing(view, max(start, clause.start), end)
        if tail is not None and tail > start:
            end = tail
            continue
        return end
