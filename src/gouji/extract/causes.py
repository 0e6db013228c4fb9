"""Passages -> CAUSE mentions.

Reading order: `cause_clauses` (what a clause states), `cause_zones` (how far an explanation reaches and which
items it has), this module (what opens an explanation: a cue, a list, or its place right after a comparison),
`cause_cells` (reasons in table cells).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from gouji.extract.cause_cells import cell_causes, reason_cells, shortfall_causes
from gouji.extract.cause_clauses import BLANK, FULL_STOPS, View
from gouji.extract.cause_zones import EDGE, Found, Zone, eventful, items, marker, not_cause, reach, trailing
from gouji.model.document import Document, Passage, PassageKind
from gouji.model.facts import Label, Mention
from gouji.model.spans import Span
from gouji.resources.cause_lexicon import CauseLexicon, Cue, cause_lexicon

BY_PLACE, BY_PLACE_NEXT, BY_BRACKET = 0.7, 0.55, 0.75
FRONTED = frozenset({"because", "because-of", "thanks-to", "along-with", "under-influence"})
PLAIN = frozenset({"thanks-to", "is-colon", "reason-comma", "reason-bare"})  # need no comparison right before them
WINDOW = 160  # characters: how far the closing half of a cue may stand from its opening


def tag_causes(document: Document, figures: Sequence[Mention], indicators: Sequence[Mention]) -> list[Mention]:
    """Tag the cause explanations of all passages.

    Parameters
    ----------
    document : Document
    figures, indicators : sequence of Mention
        Mentions found before.

    Returns
    -------
    list of Mention
        In order; spans leave out the cue (`cue`) and the final punctuation, and do not overlap.
    """
    by_passage: dict[str, tuple[list[Mention], list[Mention]]] = defaultdict(lambda: ([], []))
    for mention in figures:
        by_passage[mention.passage][0].append(mention)
    for mention in indicators:
        by_passage[mention.passage][1].append(mention)
    cells = reason_cells(document)
    skipped = skipped_sections(document, cause_lexicon())
    out: list[Mention] = []
    for passage in document.passages:
        if passage.kind is PassageKind.CELL:
            found = cell_causes(passage) if passage.cell in cells else shortfall_causes(passage)
        elif passage.kind is PassageKind.PARAGRAPH and passage.section not in skipped:
            own = by_passage[passage.id]
            found = tuple(passage_causes(View(passage.text, *own)))
        else:
            continue
        out += [_mention(passage, item) for item in found]
    return out


def skipped_sections(document: Document, lexicon: CauseLexicon) -> frozenset[str]:
    """Ids of the sections that define words or list duties."""
    return frozenset(
        s.id
        for s in document.sections
        if any(word in above.title for above in document.heading_chain(s.id) for word in lexicon.skipped_sections)
    )


def passage_causes(view: View) -> Iterator[Found]:
    """Read one passage from left to right."""
    at = 0
    while at < len(view.clauses):
        opened = _cued(view, at) or _framed(view, at) or _listed(view, at) or _placed(view, at)
        if opened is None:
            yield from _bracketed(view, at)
            at += 1
            continue
        zone, cue, confidence, rule = opened
        for start, end in items(view, zone, cue):
            if acceptable(view, start, end):
                yield Found(start, end, cue, confidence, rule)
        at = max(zone.next_clause, at + 1)


Opened = tuple[Zone, str, float, str]


def acceptable(view: View, start: int, end: int) -> bool:
    """Whether the stretch is an explanation at all, and not a null cause."""
    text = view.text[start:end].strip(EDGE)
    if len(text) < 2 or text in view.lexicon.null_causes:
        return False
    return not any(p.match(text) for p in view.lexicon.null_starts)


def _context(view: View, at: int) -> bool:
    """Whether something that a cause can explain stands right before clause `at`."""
    if at > 1 and not_cause(view, at - 1, frozenset({"excepting"})):
        at -= 1
    return at > 0 and view.weak_anchor(at - 1)


def _cued(view: View, at: int) -> Opened | None:
    """Explanation announced by a cue that stands before it."""
    best: tuple[re.Match[str], Cue] | None = None
    for cue in view.lexicon.of_form("prefix"):
        match = _match(view, at, cue)
        if match and (best is None or (match.start(), -match.end()) < (best[0].start(), -best[0].end())):
            best = match, cue
    if best is None:
        return None
    match, cue = best
    if cue.head == "any" and not (view.figures and at > 0 or at == 0):
        return None
    start = _content(view, match.end())
    if start >= len(view.text) or view.text[match.end() : start].count("。"):
        return None
    if cue.head == "state" and not _anchored(view, at, match.start(), cue):
        zone = _fronted(view, at, start) if cue.id in FRONTED else None
        return None if zone is None else (zone, match[0], cue.confidence, "fronted")
    zone = reach(view, start)
    if zone.end <= start or (cue.id == "because" and not_cause(view, at)):
        return None
    return zone, match[0].strip("，："), cue.confidence, cue.id


def _match(view: View, at: int, cue: Cue) -> re.Match[str] | None:
    """Match a cue in a clause if what stands before it allows it."""
    clause = view.clauses[at]
    limit = min(clause.end + 1, len(view.text))
    if cue.head == "any":
        found = cue.pattern.finditer(view.text, clause.start, limit)
        return next((m for m in found if not view.in_bracket(m.start())), None)
    for step in view.steps(clause.start, clause.end):
        match = cue.pattern.match(view.text, step, limit)
        if match and (cue.head == "state" or (step > clause.start and view.has_core(clause.start, step))):
            return match
    return None


def _content(view: View, at: int) -> int:
    """First character of the explanation after a cue that ends at `at`."""
    while at < len(view.text) and (view.text[at] in EDGE or view.text[at] in " \n"):
        at += 1
    return at


def _anchored(view: View, at: int, start: int, cue: Cue) -> bool:
    """Whether an ambiguous cue at `start` in clause `at` follows something to explain."""
    clause = view.clauses[at]
    if cue.id in PLAIN:
        return view.figures_near(at)
    if view.figures_in(clause.start, start):
        return True
    if start > clause.start and not view.has_core(clause.start, start):
        return False
    return view.figures_near(at) and (start > clause.start or _context(view, at))


def _fronted(view: View, at: int, start: int) -> Zone | None:
    """Explanation that stands before its change: up to the first comparison of the sentence."""
    k = view.next_anchor[at]
    return None if k is None else Zone(start, view.clauses[k - 1].end, k)


def _framed(view: View, at: int) -> Opened | None:
    """Explanation that stands between the two halves of a cue."""
    clause = view.clauses[at]
    limit = min(clause.end + WINDOW, len(view.text))
    for cue in view.lexicon.of_form("circumfix"):
        for step in view.steps(clause.start, clause.end):
            opening = cue.pattern.match(view.text, step, limit)
            if opening is None or not (opening.end() > step or (_context(view, at) and step == clause.start)):
                continue
            if cue.close is None:
                zone = reach(view, _content(view, opening.end()))
                return zone, opening[0], cue.confidence, cue.id
            framed = _closed(view, cue, at, opening.end(), limit)
            if framed and (cue.head == "any" or _anchored(view, at, step, cue)):
                zone, close = framed
                return zone, f"{opening[0]}…{close}", cue.confidence, cue.id
            if cue.head == "state" and opening.end() > step:
                break
    return None


def _closed(view: View, cue: Cue, at: int, start: int, limit: int) -> tuple[Zone, str] | None:
    """Find the closing half of a cue at the end of a clause of the same sentence."""
    assert cue.close is not None  # noqa: S101 (only called for circumfixes)
    sentence = view.clauses[at].sentence
    for close in cue.close.finditer(view.text, start, limit):
        k = view.first_clause(close.start())
        if k >= len(view.clauses) or view.clauses[k].sentence != sentence:
            return None
        clause = view.clauses[k]
        rest = view.stated[close.end() : clause.end].strip(BLANK)
        if close.start() > start and (not rest or view.covered(close.end(), clause.end)):
            return Zone(start, close.start(), k + 1), close[0]
    return None


def _listed(view: View, at: int) -> Opened | None:
    """List of reasons that follows a comparison without a cue."""
    clause = view.clauses[at]
    found = marker(view, clause.start, clause.end)
    if found is None or not _context(view, at) or found[0] == "numbers":
        return None
    zone = reach(view, clause.start)
    return zone, "", BY_PLACE, "list"


def _placed(view: View, at: int) -> Opened | None:
    """Explanation without any cue, right after the comparison."""
    if at == 0 or not view.anchors[at - 1] or not view.figures_near(at):
        return None
    before, clause = view.clauses[at - 1], view.clauses[at]
    if before.stop not in ("，", "。", "；") or before.stop == "；":
        return None
    start = clause.start
    lead = view.text.startswith("其中", start) and not view.figures_in(start, clause.end)
    if lead:
        start += 2
    if not eventful(view, at):
        return None
    next_sentence = before.stop in FULL_STOPS
    if next_sentence and not _plain_sentence(view, at):
        return None
    zone = reach(view, start)
    last = view.first_clause(zone.end - 1)
    if all(view.states_count(view.clauses[k]) or trailing(view, k) for k in range(at, last + 1)):
        return None
    return zone, "", BY_PLACE_NEXT if next_sentence else BY_PLACE, "place"


def _plain_sentence(view: View, at: int) -> bool:
    """Whether the sentence that begins at `at` compares nothing itself."""
    sentence = view.clauses[at].sentence
    k = at
    while k < len(view.clauses) and view.clauses[k].sentence == sentence and view.clauses[k].stop != "；":
        clause = view.clauses[k]
        if view.has_money_or_rate(clause.start, clause.end) and (view.anchors[k] or view.states_figure(clause)):
            return False
        k += 1
    return True


def _bracketed(view: View, at: int) -> Iterator[Found]:
    """Explanations in brackets right after the figure."""
    clause = view.clauses[at]
    for start, end in view.brackets_in(clause.start + 1, clause.end):
        inner = View(view.text[start + 1 : end - 1], [], [])
        if not inner.clauses or view.has_money_or_rate(start, end):
            continue
        opened = _cued(inner, 0)
        cue, confidence, rule = (opened[1], opened[2], opened[3]) if opened else ("", BY_BRACKET, "bracket")
        if opened is None and not (view.anchors[at] and end >= clause.end and eventful(inner, 0)):
            continue
        zone = opened[0] if opened else reach(inner, 0)
        for left, right in items(inner, zone):
            if acceptable(inner, left, right):
                yield Found(start + 1 + left, start + 1 + right, cue, confidence, rule)


def _mention(passage: Passage, found: Found) -> Mention:
    local = Span(found.start, found.end)
    return Mention(
        "",
        Label.CAUSE,
        passage.offsets.to_source(local),
        passage.id,
        local,
        page=passage.page,
        cue=found.cue,
        confidence=found.confidence,
        rule=f"cause-{found.rule}",
    )
