"""What opens an explanation: a cue before it, a cue around it, a list, or its place right after a comparison."""

from __future__ import annotations

import re
from bisect import bisect_left

from gouji.extract.cause_begging import begs, ends_counted, left_over, rated
from gouji.extract.cause_clauses import BLANK, ITEM_NAME, NAME, View
from gouji.extract.cause_cuts import FULL_STOPS, Clause
from gouji.extract.cause_items import EDGE
from gouji.extract.cause_statements import announced, eventful, heads_a_cue, marker, not_cause, segment_end
from gouji.extract.cause_zones import Zone, reach, trailing
from gouji.model.facts import Label
from gouji.resources.cause_lexicon import COUNTED, PREFIX, SO, Cue

BY_PLACE, BY_PLACE_NEXT = 0.7, 0.55
FRONTED = frozenset({"because", "because-of", "thanks-to", "along-with", "under-influence"})
PLAIN = frozenset({"thanks-to", "is-colon", "reason-comma", "reason-bare"})  # need no comparison right before them
CONCEDED = frozenset({"concession", "denied"})
SCORED = CONCEDED | {"score"}
PASSED_OVER = CONCEDED | {"excepting"}  # what may stand between a change and the cue: 这不是少发，而是
HEADING_SERIES = frozenset({"numbers", "bracketed-numbers", "bracketed-chinese"})  # without a cue they number headings
SEGMENT_ENDS = FULL_STOPS | {"；", "："}
LEAD = 4  # clauses: how far behind its beginning an explanation may have the cue that it leads up to
REMARK = 6  # characters: 进度滞后, 得分偏低
WINDOW = 160  # characters: how far the closing half of a cue may stand from its opening

Opened = tuple[Zone, str, float, str]
"""The stretch, the words of the cue, the confidence, and the rule."""


def opening(view: View, at: int) -> Opened | None:
    """Explanation that begins in clause `at`, if one does.

    Most clauses of a report open none: each way is asked what is cheap to know first.
    """
    return cued(view, at) or framed(view, at) or listed(view, at) or placed(view, at) or leading(view, at)


def _context(view: View, at: int) -> bool:
    """Whether something that a cause can explain stands right before clause `at`."""
    if at > 1 and not_cause(view, at - 1, PASSED_OVER):
        at -= 1
    if at > 1 and _remark(view, at - 1) and begs(view, at - 2):
        return True
    return view.weak_anchor(at - 1) or rated(view, at - 1) or left_over(view, at - 1) if at > 0 else view.behind


def _remark(view: View, at: int) -> bool:
    """Whether the clause is a short remark that leads up to a cue: ``进度滞后，盖因…``."""
    clause = view.clauses[at]
    short = clause.stop == "，" and clause.end - clause.start <= REMARK and at + 1 < len(view.clauses)
    return short and view.lexicon.any_prefix.match(view.text, view.clauses[at + 1].start) is not None


def cued(view: View, at: int) -> Opened | None:
    """Explanation announced by a cue before it: the first cue of the clause that opens one, the longest first."""
    if not view.hinted(PREFIX, at):
        return None
    clause = view.clauses[at]
    limit = min(clause.end + 1, len(view.text))
    cues = view.lexicon.of_form("prefix")
    done: set[int] = set()
    reached: dict[int, int] = {}
    for place, tried in view.cues.places(PREFIX, at, clause.start, limit):
        here: list[tuple[re.Match[str], Cue]] = []
        for number in tried:
            match = cues[number].pattern.match(view.text, place, limit)
            if match is None or number in done or place < reached.get(number, 0):
                continue
            if _allowed(view, at, cues[number], place):
                done.add(number)
                here.append((match, cues[number]))
            elif cues[number].head == "any":
                reached[number] = match.end()
        for match, cue in sorted(here, key=lambda found: -found[0].end()):
            opened = _opened(view, at, match, cue)
            if opened is not None:
                return opened
    return None


def _opened(view: View, at: int, match: re.Match[str], cue: Cue) -> Opened | None:
    """Explanation that a matched cue opens; None if it is no cue where it stands."""
    if cue.head == "any" and at > 0 and not view.figures:
        return None
    start = _content(view, match.end())
    if start >= len(view.text) or "。" in view.text[match.end() : start]:
        return None
    if cue.head == "state" and not _anchored(view, at, match.start(), cue):
        before = _fronted(view, at, start) if cue.id in FRONTED else None
        return None if before is None else (before, match[0], cue.confidence, "fronted")
    if (
        cue.id in FRONTED
        and match.start() == view.clauses[at].start
        and at > 0
        and view.clauses[at - 1].stop in SEGMENT_ENDS
    ):
        before = _fronted(view, at, start)  # a new sentence: what it explains stands in it, if anywhere
        if before is not None and _changes(view, before.next_clause):
            return before, match[0], cue.confidence, "fronted"
    zone = reach(view, start)
    if zone.end <= start or (cue.id == "because" and not_cause(view, at)):
        return None
    return zone, match[0].strip("，："), cue.confidence, cue.id


def _allowed(view: View, at: int, cue: Cue, place: int) -> bool:
    """Whether what stands before a cue in its clause allows it."""
    if cue.head == "any":
        return not view.in_bracket(place)
    start = view.clauses[at].start
    return _is_head(view, at, place) and (cue.head == "state" or (place > start and view.has_core(start, place)))


def heads(view: View, at: int) -> list[int]:
    """Positions in a clause up to which it only names what changed, or restates the change."""
    known = view.heads.get(at)
    if known is not None:
        return known
    clause = view.clauses[at]
    steps = view.steps(clause.start, clause.end)
    name = ITEM_NAME.match(view.text, clause.start, clause.end)
    if name is not None and steps[-1] < name.end() and view.covered_until(clause.start, name.end()) < name.end():
        steps += view.steps(name.end(), clause.end)
    view.heads[at] = steps
    return steps


def _is_head(view: View, at: int, place: int) -> bool:
    """Whether a position is one of the heads of a clause."""
    steps = heads(view, at)
    k = bisect_left(steps, place)
    return k < len(steps) and steps[k] == place


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
    if start == clause.start and at > 0 and ends_counted(view, at - 1):
        return True
    if view.figures_in(clause.start, start):
        return True
    if start > clause.start and not view.has_core(clause.start, start):
        headed = view.lexicon.shapes["rest"].fullmatch(view.text, clause.start, start) or ITEM_NAME.fullmatch(
            view.text, clause.start, start
        )
        return headed is not None and not view.anchors[at] and view.figures_near(at)
    return view.figures_near(at) and (start > clause.start or _context(view, at))


def _fronted(view: View, at: int, start: int) -> Zone | None:
    """Explanation that stands before its change: up to the first comparison of the sentence."""
    k = view.next_anchor[at]
    if k is None:
        return None
    end = next((i for i in range(at + 1, k) if view.states_figure(view.clauses[i])), k)
    return Zone(start, view.clauses[end - 1].end, end)


def _changes(view: View, at: int) -> bool:
    """Whether a clause states a change in figures."""
    return view.anchors[at] and view.has_money_or_rate(view.clauses[at].start, view.clauses[at].end)


def framed(view: View, at: int) -> Opened | None:
    """Explanation that stands between the two halves of a cue."""
    cues = view.frames(at)
    if not cues:
        return None
    clause = view.clauses[at]
    limit = min(clause.end + WINDOW, len(view.text))
    if not view.may_frame(clause.start, limit):
        return None
    for cue in cues:
        if cue.id in view.lexicon.closings and not view.may_close(cue.id, clause.start, limit):
            continue
        for step in heads(view, at):
            opening = cue.pattern.match(view.text, step, limit)
            if opening is None:
                continue
            # Without opening words the explanation begins with its clause, which is then not the change explained.
            bare = step == clause.start and _context(view, at) and not view.anchors[at]
            if opening.end() == step and not (bare and _bare_zone(view, cue, at, limit)):
                continue
            if cue.close is None:
                start = _content(view, opening.end())
                if start >= len(view.text):
                    break  # the words end the passage: nothing follows that could be the cause
                return reach(view, start), opening[0], cue.confidence, cue.id
            framed = _closed(view, cue, at, opening.end(), limit)
            if framed and any(view.anchors[at + 1 : framed[0].next_clause]):
                framed = None  # a comparison in between: the halves belong to two explanations
            named = cue.head == "name" and step > clause.start
            if framed and (cue.head == "any" or named or (cue.head == "state" and _anchored(view, at, step, cue))):
                zone, close = framed
                return zone, f"{opening[0]}…{close}", cue.confidence, cue.id
            if cue.head == "state" and opening.end() > step:
                break
    return None


def _bare_zone(view: View, cue: Cue, at: int, limit: int) -> bool:
    """Whether nothing between the clause and the closing half of the cue states a figure or opens the cue."""
    assert cue.close is not None  # noqa: S101 (its opening half may be left out)
    close = cue.close.search(view.text, view.clauses[at].start, limit)
    if close is None:
        return False
    for k in range(at, min(view.first_clause(close.start()) + 1, len(view.clauses))):
        clause = view.clauses[k]
        if view.anchors[k] or (clause.start < close.start() and view.states_figure(clause)):
            return False
        found = cue.pattern.match(view.text, clause.start, close.start()) if k > at else None
        if found is not None and found.end() > clause.start:
            return False
    return True


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


def listed(view: View, at: int) -> Opened | None:
    """List of reasons that follows a comparison without a cue."""
    if at == 0 and not view.behind:
        return None
    clause = view.clauses[at]
    if view.lexicon.any_list.match(view.text, clause.start, clause.end) is None:
        return None
    found = marker(view, clause.start, clause.end)
    if found is None or not _context(view, at) or found[0] in HEADING_SERIES:
        return None
    zone = reach(view, clause.start)
    return zone, "", BY_PLACE, "list"


def placed(view: View, at: int) -> Opened | None:
    """Explanation without any cue, right after the comparison."""
    if at == 0 or view.clauses[at - 1].stop not in ("，", "。", "："):
        return None
    if not view.figures_near(at) and not view.hinted_anywhere(COUNTED):
        return None
    if not begs(view, at - 1) and not (at > 1 and begs(view, at - 2)):
        return None
    prior = at - 2 if at > 1 and not_cause(view, at - 1, SCORED) else at - 1
    if not begs(view, prior) or not (view.figures_near(at) or ends_counted(view, prior)):
        return None
    before, clause = view.clauses[at - 1], view.clauses[at]
    start = clause.start
    lead = view.text.startswith("其中", start) and not view.figures_in(start, clause.end)
    if lead:
        start += 2
    if not eventful(view, at) or _remark(view, at):
        return None
    next_sentence = before.stop in FULL_STOPS
    if next_sentence and (view.states_zero(prior) or not _plain_sentence(view, at)):
        return None
    zone = reach(view, start)
    last = view.first_clause(zone.end - 1)
    if _leads_up(view, at, last):
        return None
    if all(_only_counts(view, view.clauses[k]) or trailing(view, k) for k in range(at, last + 1)):
        return None
    return zone, "", BY_PLACE_NEXT if next_sentence else BY_PLACE, "place"


def _leads_up(view: View, at: int, last: int) -> bool:
    """Whether what begins in clause `at` only leads up to a cue: ``增幅不大，靠的是…``, ``决算小于预算，主要是…``."""
    lexicon, clauses = view.lexicon, view.clauses
    near = clauses[min(last, at + LEAD)].end
    if last > at and lexicon.anywhere.search(view.text, clauses[at].end, min(near + 1, len(view.text))):
        return True
    later = range(at + 1, min(last, at + LEAD) + 1)
    return any(announced(view, k) or heads_a_cue(view, k) or framed(view, k) is not None for k in later)


def leading(view: View, at: int) -> Opened | None:
    """Explanation without a cue before a change that says it follows: ``项目不再安排，拨款收入因此减少5万元``."""
    above = view.clauses[at - 1] if at > 0 else None
    if above is not None and above.stop not in SEGMENT_ENDS:
        return None
    headed = above is not None and above.stop == "：" and NAME in view.stated[above.start : above.end]
    if not headed and not view.hinted_anywhere(SO):
        return None
    k = view.next_anchor[at]
    if k is None:
        return None
    change = view.clauses[next((i for i in range(at + 1, k) if view.states_figure(view.clauses[i])), k)]
    if not headed and view.lexicon.shapes["so"].search(view.masked, change.start, change.end) is None:
        return None
    end = next((i for i in range(at, k) if not eventful(view, i)), k)
    if end == at:
        return None
    return Zone(view.clauses[at].start, view.clauses[end - 1].end, end), "", BY_PLACE, "leading"


def _only_counts(view: View, clause: Clause) -> bool:
    """Whether a clause tells how many there are or were, and not that they have become more or fewer."""
    figures = view.figures_of(clause)
    if not figures or figures[-1].label is not Label.QUANTITY:
        return False
    return (
        view.states_count(clause)
        and view.lexicon.shapes["count-change"].search(view.stated, clause.start, clause.end) is None
    )


def _plain_sentence(view: View, at: int) -> bool:
    """Whether the sentence that begins at `at` compares nothing itself."""
    for k in range(at, segment_end(view, at)):
        clause = view.clauses[k]
        if clause.money and (view.anchors[k] or view.states_figure(clause)):
            return False
    return True
