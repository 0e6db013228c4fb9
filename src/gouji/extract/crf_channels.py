"""Units -> channels: what is known of every unit before any model looks at it, as whole numbers; zero is outside.

The channels and the number of their values are declared in ``resources/crf.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import compress

import numpy as np

from gouji.extract.crf_clauses import sorts_of
from gouji.extract.crf_units import AMOUNT, NUMBER, QUANTITY, RATE, STOPS, YEAR, Flags, Ints, Units
from gouji.model.facts import Label, Mention
from gouji.resources.alternatives import Sieved, any_of
from gouji.resources.beginnings import guarded
from gouji.resources.cause_lexicon import cause_lexicon
from gouji.resources.gazetteer import fiscal_words, gazetteer
from gouji.text.tokenise import Cut, cutter

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


def channels_of(
    units: Units, rules: Sequence[Mention] = (), places: Sequence[tuple[int, int]] | None = None
) -> dict[str, Ints]:
    """Give every channel of every unit.

    Parameters
    ----------
    units : Units
    rules : sequence of Mention
        Causes and indicators that the rules found, for a tagger that works with them.
    places : sequence of tuple of int, optional
        Those of the rules, as `Units.places` gives them, if they are known already.

    Returns
    -------
    dict of str to array of int
        One number a unit; what stands at the line feeds between passages is not meant to be read.
    """
    text = units.text
    code = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    basic = np.minimum(code, 0xFFFF)
    breaks, stops = code == ord("\n"), _stops()[basic]
    clause: Ints = np.cumsum(stops) - stops
    seg, gaz = _words(text)
    here, prev, since, states = _clauses(text, code, clause, breaks)
    cue, mark = _cues(text, np.flatnonzero(np.diff(stops, prepend=True) & ~stops).tolist())
    sort, after = sorts_of(text, clause, states, stops, breaks)
    rule, name = _told(len(text), rules, units.places(rules) if places is None else places)
    return {
        "char": np.minimum(code, 131071),
        "kind": _kinds()[basic],
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
        "where": units.where,
        "rule": rule,
        "name": name,
    }


def _told(size: int, rules: Sequence[Mention], places: Sequence[tuple[int, int]]) -> Ints:
    """Place of each unit in a cause and in an indicator of the rules, sure ones and others apart.

    None of a kind overlap.
    """
    out = np.zeros(2 * size, dtype=np.int64)
    firsts, ends = np.array(places, dtype=np.int64).reshape(-1, 2).T
    lengths = ends - firsts
    causes = np.array([mention.label is Label.CAUSE for mention in rules], dtype=bool)
    sure = [
        (mention.confidence or 0.0) >= CERTAIN if cause else mention.entry is not None
        for mention, cause in zip(rules, causes.tolist(), strict=True)
    ]
    base = 5 * np.array(sure, dtype=np.int64)
    read = lengths > 0
    lengths, base, firsts = lengths[read], base[read], (firsts + size * ~causes)[read]
    units = np.repeat(firsts + lengths - np.cumsum(lengths), lengths) + np.arange(int(lengths.sum()))
    out[units] = np.repeat(base + 2, lengths)
    out[firsts] = base + 1
    out[firsts + lengths - 1] = base + 3 + (lengths == 1)
    return out.reshape(2, size)


def _codes(letters: str) -> list[int]:
    return [ord(letter) for letter in letters]


@cache
def _stops() -> Flags:
    """Tell which code points of the basic plane end a clause."""
    out = np.zeros(0x10000, dtype=bool)
    out[_codes(STOPS)] = True
    return out


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


@cache
def _shortest() -> int:
    """Give the length of the shortest name; most words are shorter."""
    return min(map(len, _groups()))


@cache
def _cutter() -> Cut:
    return cutter(fiscal_words())


def _words(text: str) -> tuple[Ints, Ints]:
    """Place of each unit in its word, and the group of the word."""
    groups = _groups()
    words = list(_cutter()(text))
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    long = lengths >= _shortest()
    group = np.zeros_like(lengths)
    group[long] = [groups.get(word, 0) for word in compress(words, long.tolist())]
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
    moving[clause[[match.start() for match in _change().finditer(text)]]] = True
    opens = np.ones(number, dtype=bool)  # first clause of a passage
    opens[clause[1:][~breaks[:-1] & (clause[1:] != clause[:-1])]] = False
    states = np.where(money & moving, 4, np.where(money, 3, np.where(moving, 2, 1)))
    before = np.concatenate(([0], states[:-1]))
    before[opens] = 5
    at = np.arange(number)
    compared: Ints = np.maximum.accumulate(np.where(money & moving, at, -5))
    last = np.concatenate(([-5], compared[:-1]))  # comparison before each clause
    since = np.where(last < np.maximum.accumulate(np.where(opens, at, 0)), 4, np.minimum(at - last, 4))
    here = (1 + money + 2 * (count & ~money)).astype(np.int64)
    return here[clause], before[clause], since[clause], states[clause].astype(np.int64)


@cache
def _tail_pattern() -> re.Pattern[str]:
    """Words that close an explanation (所致, 导致), or say that something had an influence."""
    lexicon = cause_lexicon()
    closes = [cue.close.pattern for cue in lexicon.of_form("circumfix") if cue.close is not None]
    leads = [cue.pattern.pattern for cue in lexicon.of_form("suffix") if cue.id == "leads-to"]
    return re.compile(guarded("(?P<influence>影响|原因)|" + "|".join(f"(?:{p})" for p in (*closes, *leads))))


def _tails(text: str, clause: Ints) -> Ints:
    found = [(match.start(), match["influence"] is not None) for match in _tail_pattern().finditer(text)]
    flags = np.zeros(int(clause[-1]) + 1 if len(clause) else 0, dtype=np.int64)
    flags[clause[[start for start, influence in found if influence]]] = 1
    flags[clause[[start for start, influence in found if not influence]]] = 2
    return flags[clause]


@cache
def _cue_patterns() -> tuple[re.Pattern[str], re.Pattern[str], Sieved, re.Pattern[str]]:
    """Nouns of reason, what may follow them, cues that begin a clause, list markers."""
    lexicon = cause_lexicon()
    prefixes = lexicon.of_form("prefix")
    strong = "|".join(f"(?:{cue.pattern.pattern})" for cue in prefixes if cue.id.startswith("reason"))
    weak = [cue.pattern for cue in prefixes if not cue.id.startswith(("reason", "is-plain"))]
    marks = "|".join(
        [*(f"(?:{rule.pattern.pattern})" for rule in lexicon.lists), f"{NUMBER}[、.．）]", f"（{NUMBER}）"]
    )
    return re.compile(any_of(lexicon.reasons)), re.compile(strong), Sieved(weak), re.compile(guarded(marks))


def _cues(text: str, firsts: Sequence[int]) -> tuple[Ints, Ints]:
    """State of each unit as to cues, and whether it belongs to the marker of a list item.

    Parameters
    ----------
    text : str
    firsts : sequence of int
        First unit of every clause that has more than a stop.
    """
    nouns, strong, weak, marks = _cue_patterns()
    weak_at = weak.all.match if weak.words.search(text) else weak.quick.match
    cue, mark = bytearray(len(text)), bytearray(len(text))
    announced = False  # the passage before ended with a cue and a colon
    opens, cued = True, False
    clauses = 0  # how many were read
    for start, end in (match.span() for match in SENTENCE.finditer(text)):
        if cued and not opens:
            _fill(cue, start, end, AFTER_STOP)
        if opens and announced:
            _fill(cue, start, end, AFTER, FIRST_AFTER)
        items = []
        at = start
        for match in nouns.finditer(text, start, end):
            found = strong.match(text, match.start(), end) if match.start() >= at else None
            if found is None:
                continue
            at = found.end()
            while at < end and text[at] in "：，":
                at += 1
            _fill(cue, match.start(), at, IN_STRONG)
            _fill(cue, at, end, AFTER, FIRST_AFTER)
            items.append(at)
        while clauses < len(firsts) and firsts[clauses] < end:
            first = firsts[clauses]
            found = weak_at(text, first, end) if cue[first] in (0, AFTER_WEAK, AFTER_STOP) else None
            if found is not None and found.end() > first:
                _fill(cue, first, found.end(), IN_WEAK)
                _fill(cue, found.end(), end, AFTER_WEAK, FIRST_WEAK)
            items.append(first)
            clauses += 1
        for first in items:
            if (found := marks.match(text, first, end)) is not None:
                _fill(mark, first, found.end(), 1)
        opens = end < len(text) and text[end] == "\n"
        cued = cue[end - 1] not in (0, AFTER_STOP)
        announced = opens and text[end - 1] == "：" and cued
    return np.frombuffer(cue, dtype=np.uint8).astype(np.int64), np.frombuffer(mark, dtype=np.uint8).astype(np.int64)


def _fill(states: bytearray, start: int, end: int, state: int, first: int | None = None) -> None:
    """Set the state of a stretch of units, and that of its first unit if it is another."""
    if start < end:
        states[start:end] = bytes((state,)) * (end - start)
        states[start] = state if first is None else first
