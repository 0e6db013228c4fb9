"""Units -> channels: what is known of every unit before any model looks at it, as whole numbers; zero is outside.

The channels and the number of their values are declared in ``resources/crf.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import repeat

import numpy as np

from gouji.extract.crf_clauses import sorts_of
from gouji.extract.crf_units import AMOUNT, NUMBER, QUANTITY, RATE, YEAR, Flags, Ints, Units
from gouji.model.facts import Label, Mention
from gouji.resources.alternatives import any_of
from gouji.resources.cause_lexicon import cause_lexicon
from gouji.resources.gazetteer import fiscal_words, gazetteer
from gouji.text.tokenise import cutter

STOPS = "，。；：！？\n"
KINDS = ("，", "。！？", "；", "：", "、", "（〔【", "）〕】", '“”"‘’《》', AMOUNT, RATE, QUANTITY, YEAR + NUMBER)
HAN, LATIN, OTHER = len(KINDS) + 1, len(KINDS) + 2, len(KINDS) + 3
GROUPS = (
    ("total", "balance"), ("revenue",), ("expenditure",), ("function",), ("economic",), ("three_public",),
    ("operating", "procurement", "service_purchase"), ("assets", "staffing"), ("fund",), ("project_funds",),
    ("execution", "score"),
)  # fmt: skip
IN_STRONG, FIRST_AFTER, AFTER, IN_WEAK, FIRST_WEAK, AFTER_WEAK, AFTER_STOP = range(1, 8)
CLAUSE_STATES = 4
CERTAIN = 0.9  # confidence from which a rule is sure of a cause
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?|[。！？]")
WEAK_FIRST = re.compile(f"(?<![^{STOPS}])[^{STOPS}\n]")


def channels_of(units: Units, rules: Sequence[Mention] = ()) -> dict[str, Ints]:
    """Give every channel of every unit.

    Parameters
    ----------
    units : Units
    rules : sequence of Mention
        Causes and indicators that the rules found, for a tagger that works with them.

    Returns
    -------
    dict of str to array of int
        One number a unit; a line feed between passages is zero in all of them.
    """
    text = units.text
    code = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    breaks = code == 10
    seg, gaz = _words(text)
    clause: Ints = np.cumsum(np.isin(code, _codes(STOPS))) - np.isin(code, _codes(STOPS))
    here, prev, since, states = _clauses(text, code, clause, breaks)
    cue, mark = _cues(units)
    sort, after = sorts_of(text, clause, states, breaks)
    out = {
        "char": np.where(breaks, 0, np.minimum(code, 131071)),
        "kind": _kinds()[np.minimum(code, 0xFFFF)],
        "seg": seg,
        "gaz": gaz,
        "cue": cue,
        "mark": mark,
        "here": here,
        "prev": prev,
        "tail": _tails(text, clause),
        "since": since,
        "sort": sort,
        "after": after,
        "told": _most(states, cue, breaks),
        "where": units.where.copy(),
        "rule": _told(units, [m for m in rules if m.label is Label.CAUSE], lambda m: (m.confidence or 0.0) >= CERTAIN),
        "name": _told(units, [m for m in rules if m.label is Label.INDICATOR], lambda m: m.entry is not None),
    }
    for values in out.values():
        values[breaks] = 0
    return out


def _told(units: Units, mentions: Sequence[Mention], certain: Callable[[Mention], bool]) -> Ints:
    """Place of each unit in a mention of the rules, sure ones and others apart."""
    out = np.zeros(len(units.text), dtype=np.int64)
    for mention, (first, end) in zip(mentions, units.places(mentions), strict=True):
        if first >= end:
            continue
        base = 5 if certain(mention) else 0
        out[first:end] = base + 2
        out[first] = base + 1
        out[end - 1] = base + (4 if end - first == 1 else 3)
    return out


def _codes(letters: str) -> list[int]:
    return [ord(letter) for letter in letters]


@cache
def _kinds() -> Ints:
    """Class of every code point of the basic plane."""
    out = np.full(0x10000, OTHER, dtype=np.int64)
    out[0x4E00:0xA000] = HAN
    for letters in ("az", "AZ"):
        out[ord(letters[0]) : ord(letters[1]) + 1] = LATIN
    for number, letters in enumerate(KINDS, start=1):
        out[_codes(letters)] = number
    return out


@cache
def _groups() -> dict[str, int]:
    """Group of each word of the fiscal dictionary that names an indicator."""
    number = {kind: at for at, kinds in enumerate(GROUPS, start=1) for kind in kinds}
    other = len(GROUPS) + 1
    out = {}
    for word in fiscal_words():
        entry = gazetteer().lookup(word)
        out[word] = number.get(entry.type, other) if entry is not None else other + 1
    return out


def _words(text: str) -> tuple[Ints, Ints]:
    """Place of each unit in its word, and the group of the word."""
    groups = _groups()
    words = list(cutter(fiscal_words())(text))
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    group = np.fromiter(map(groups.get, words, repeat(0)), dtype=np.int64, count=len(words))
    ends = np.cumsum(lengths)
    seg = np.full(len(text), 2, dtype=np.int64)
    seg[ends - 1] = 3
    seg[ends - lengths] = 1
    seg[ends[lengths == 1] - 1] = 4
    return seg, np.repeat(group, lengths)


@cache
def _change() -> re.Pattern[str]:
    lexicon = cause_lexicon()
    return re.compile(any_of((*lexicon.change_words, *lexicon.completion_words)))


def _most(states: Ints, cue: Ints, breaks: Flags) -> Ints:
    """Tell the most that a clause of each unit's passage states, and whether the passage has a cue."""
    if not len(states):
        return states
    passage: Ints = np.cumsum(breaks) - breaks
    firsts = np.concatenate(([0], np.flatnonzero(breaks)[:-1] + 1))
    cued = np.maximum.reduceat(cue, firsts) > 0
    most: Ints = np.maximum.reduceat(states, firsts) + CLAUSE_STATES * cued
    return most[passage]


def _clauses(text: str, code: Ints, clause: Ints, breaks: Flags) -> tuple[Ints, Ints, Ints, Ints]:
    """Tell what each unit's clause states, what the clause before states, how far back the last comparison is.

    The last array is what the clause states as one of four: nothing, a direction, a figure, a comparison.
    """
    if not len(code):
        return clause, clause, clause, clause
    number = int(clause[-1]) + 1
    money = np.bincount(clause[(code == ord(AMOUNT)) | (code == ord(RATE))], minlength=number) > 0
    count = np.bincount(clause[code == ord(QUANTITY)], minlength=number) > 0
    moving = np.zeros(number, dtype=bool)
    moving[[int(clause[match.start()]) for match in _change().finditer(text)]] = True
    opens = np.ones(number, dtype=bool)  # first clause of a passage
    opens[clause[1:][~breaks[:-1] & (clause[1:] != clause[:-1])]] = False
    states = np.where(money & moving, 4, np.where(money, 3, np.where(moving, 2, 1)))
    before = np.concatenate(([0], states[:-1]))
    before[opens] = 5
    since = np.zeros(number, dtype=np.int64)
    distance = 4
    for at in range(number):
        distance = 4 if opens[at] else min(distance + 1, 4)
        since[at] = distance
        if money[at] and moving[at]:
            distance = 0
    here = (1 + money + 2 * (count & ~money)).astype(np.int64)
    return here[clause], before[clause], since[clause], states[clause].astype(np.int64)


@cache
def _tail_pattern() -> re.Pattern[str]:
    """Words that close an explanation (所致, 导致), or say that something had an influence."""
    lexicon = cause_lexicon()
    closes = [cue.close.pattern for cue in lexicon.of_form("circumfix") if cue.close is not None]
    leads = [cue.pattern.pattern for cue in lexicon.of_form("suffix") if cue.id == "leads-to"]
    return re.compile("(?P<influence>影响|原因)|" + "|".join(f"(?:{p})" for p in (*closes, *leads)))


def _tails(text: str, clause: Ints) -> Ints:
    flags = np.zeros(int(clause[-1]) + 1 if len(clause) else 0, dtype=np.int64)
    for match in _tail_pattern().finditer(text):
        at = int(clause[min(match.start(), len(clause) - 1)])
        flags[at] = max(int(flags[at]), 1 if match["influence"] else 2)
    return flags[clause]


@cache
def _cue_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Nouns of reason, what may follow them, cues that begin a clause, list markers."""
    lexicon = cause_lexicon()
    prefixes = lexicon.of_form("prefix")
    strong = "|".join(f"(?:{cue.pattern.pattern})" for cue in prefixes if cue.id.startswith("reason"))
    weak = "|".join(f"(?:{cue.pattern.pattern})" for cue in prefixes if not cue.id.startswith(("reason", "is-plain")))
    marks = "|".join(
        [*(f"(?:{rule.pattern.pattern})" for rule in lexicon.lists), f"{NUMBER}[、.．）]", f"（{NUMBER}）"]
    )
    return re.compile(any_of(lexicon.reasons)), re.compile(strong), re.compile(weak), re.compile(marks)


def _cues(units: Units) -> tuple[Ints, Ints]:
    """State of each unit as to cues, and whether it belongs to the marker of a list item."""
    text = units.text
    nouns, strong, weak, marks = _cue_patterns()
    cue = np.zeros(len(text), dtype=np.int64)
    mark = np.zeros(len(text), dtype=np.int64)
    announced = False  # the passage before ended with a cue and a colon
    opens, cued = True, False
    for start, end in (match.span() for match in SENTENCE.finditer(text)):
        at = start
        behind: list[int] = []
        if cued and not opens:
            cue[start:end] = AFTER_STOP
        if opens and announced:
            cue[start] = FIRST_AFTER
            cue[start + 1 : end] = AFTER
        for match in nouns.finditer(text, start, end):
            if match.start() < at:
                continue
            found = strong.match(text, match.start(), end)
            if found is None:
                continue
            at = found.end()
            while at < end and text[at] in "：，":
                at += 1
            cue[match.start() : at] = IN_STRONG
            cue[at:end] = AFTER
            if at < end:
                cue[at] = FIRST_AFTER
                behind.append(at)
        for first in WEAK_FIRST.finditer(text, start, end):
            begin = first.start()
            found = weak.match(text, begin, end) if cue[begin] in (0, AFTER_WEAK, AFTER_STOP) else None
            if found is not None and found.end() > begin:
                cue[begin : found.end()] = IN_WEAK
                cue[found.end() : end] = AFTER_WEAK
                if found.end() < end:
                    cue[found.end()] = FIRST_WEAK
        for first in WEAK_FIRST.finditer(text, start, end):
            _mark(marks, text, first.start(), end, mark)
        for begin in behind:
            _mark(marks, text, begin, end, mark)
        opens = end < len(text) and text[end] == "\n"
        cued = bool(cue[end - 1]) and cue[end - 1] != AFTER_STOP
        announced = opens and text[end - 1] == "：" and cued
    return cue, mark


def _mark(marks: re.Pattern[str], text: str, at: int, end: int, mark: Ints) -> None:
    """Mark the list marker that begins at a place, if one does."""
    found = marks.match(text, at, end)
    if found is not None:
        mark[at : found.end()] = 1
