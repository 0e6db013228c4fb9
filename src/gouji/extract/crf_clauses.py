"""What kind of clause a unit stands in, and which kind follows: for where an explanation ends no cue is needed.

The words are those of the cause lexicon that the rules use; here they are evidence among other, not a decision.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from gouji.extract.crf_units import AMOUNT, NUMBER, QUANTITY, RATE, STOPS, YEAR, Flags, Ints
from gouji.resources.alternatives import Sieved
from gouji.resources.cause_lexicon import cause_lexicon

RESTATES, NO_CAUSE, RESULT, DEPENDENT, FURTHER, COMPARES, FIGURE, MOVES, PLAIN, LAST = range(1, 11)
STATES = {4: COMPARES, 3: FIGURE, 2: MOVES, 1: PLAIN}
SKIPPED = "“”\"‘’'《》、" + AMOUNT + RATE + QUANTITY + YEAR + NUMBER
LONGEST = 24  # units; a longer clause says more than that something changed


def sorts_of(text: str, clause: Ints, states: Ints, stops: Flags, breaks: Flags) -> tuple[Ints, Ints]:
    """Kind of the clause of each unit, and of the clause after it.

    Parameters
    ----------
    text : str
        One character a unit.
    clause : array of int
        Number of each unit's clause; the mark that ends it belongs to it.
    states : array of int
        What the clause states, from nothing (1) to a comparison (4).
    stops, breaks : array of bool
        Units that end a clause, and those among them that end a passage.
    """
    if not len(clause):
        return clause, clause
    firsts = np.flatnonzero(np.diff(clause, prepend=-1))
    ends = np.append(firsts[1:], len(clause))
    without_stop = ends - (stops[ends - 1] & (ends - firsts > 1))
    patterns, kind_of = _beginnings()
    worded = np.zeros(len(firsts), dtype=bool)
    worded[clause[[match.start() for match in patterns.words.finditer(text)]]] = True
    kinds: Ints = np.array([STATES[state] for state in range(1, 5)])[states[firsts] - 1]
    short = ((without_stop - firsts <= LONGEST) & (states[firsts] <= 2)).tolist()
    told = zip(firsts.tolist(), without_stop.tolist(), worded.tolist(), strict=True)
    for at, (first, end, has_word) in enumerate(told):
        if short[at] and _restates(text, first, end):
            kinds[at] = RESTATES
        elif (found := patterns.found(text, first, end, has_word)) is not None:
            kinds[at] = kind_of[found[0]]
    after = np.append(kinds[1:], LAST)
    after[breaks[ends - 1]] = LAST
    return kinds[clause], after[clause]


@cache
def _beginnings() -> tuple[Sieved, tuple[int, ...]]:
    """Give what clauses begin with, and the kind of clause that each of the patterns means."""
    lexicon = cause_lexicon()
    of_kind = {
        NO_CAUSE: [rule.pattern for rule in lexicon.not_causes],
        RESULT: [rule.pattern for rule in lexicon.results],
        FURTHER: [lexicon.further["strong"], lexicon.further["after_stop"]],
        DEPENDENT: [lexicon.dependent],
    }
    kinds = tuple(kind for kind, patterns in of_kind.items() for _ in patterns)
    return Sieved([pattern for patterns in of_kind.values() for pattern in patterns], STOPS), kinds


@cache
def _restating() -> re.Pattern[str]:
    """Words that say that something changed, as many as follow one another; none is taken shorter to make room."""
    return re.compile(f"(?:[{re.escape(SKIPPED)}]|{cause_lexicon().state_words.pattern})*+")


def _restates(text: str, first: int, end: int) -> bool:
    """Whether the clause consists of words that say that something changed, and of nothing else."""
    words = _restating().match(text, first, end)
    if words is None or words.end() < end:
        return False
    lexicon = cause_lexicon()
    while first < end:
        match = None if text[first] in SKIPPED else lexicon.state_words.match(text, first, end)
        if match is not None and match[0] in lexicon.core_words:
            return True
        first = first + 1 if match is None else match.end()
    return False
