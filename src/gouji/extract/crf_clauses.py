"""What kind of clause a unit stands in, and which kind follows: for where an explanation ends no cue is needed.

The words are those of the cause lexicon that the rules use; here they are evidence among other, not a decision.
"""

from __future__ import annotations

import numpy as np

from gouji.extract.crf_units import AMOUNT, NUMBER, QUANTITY, RATE, YEAR, Flags, Ints
from gouji.resources.cause_lexicon import cause_lexicon

RESTATES, NO_CAUSE, RESULT, DEPENDENT, FURTHER, COMPARES, FIGURE, MOVES, PLAIN, LAST = range(1, 11)
STATES = {4: COMPARES, 3: FIGURE, 2: MOVES, 1: PLAIN}
SKIPPED = frozenset("“”\"‘’'《》、" + AMOUNT + RATE + QUANTITY + YEAR + NUMBER)
LONGEST = 24  # units; a longer clause says more than that something changed


def sorts_of(text: str, clause: Ints, states: Ints, breaks: Flags) -> tuple[Ints, Ints]:
    """Kind of the clause of each unit, and of the clause after it.

    Parameters
    ----------
    text : str
        One character a unit.
    clause : array of int
        Number of each unit's clause; the mark that ends it belongs to it.
    states : array of int
        What the clause states, from nothing (1) to a comparison (4).
    breaks : array of bool
        Units that end a passage.
    """
    if not len(clause):
        return clause, clause
    firsts = np.flatnonzero(np.diff(clause, prepend=-1))
    ends = np.append(firsts[1:], len(clause))
    kinds = np.array(
        [
            _sort(text, first, end, int(states[first]))
            for first, end in zip(firsts.tolist(), ends.tolist(), strict=True)
        ],
        dtype=np.int64,
    )
    after = np.append(kinds[1:], LAST)
    after[breaks[ends - 1]] = LAST
    return kinds[clause], after[clause]


def _sort(text: str, first: int, end: int, states: int) -> int:
    lexicon = cause_lexicon()
    if end - first > 1 and text[end - 1] in "，。；：！？\n":
        end -= 1
    if end - first <= LONGEST and states <= 2 and _restates(text, first, end):
        return RESTATES
    if lexicon.any_not_cause(None).match(text, first, end):
        return NO_CAUSE
    if lexicon.any_result.match(text, first, end):
        return RESULT
    if lexicon.further["strong"].match(text, first, end) or lexicon.further["after_stop"].match(text, first, end):
        return FURTHER
    if lexicon.dependent.match(text, first, end):
        return DEPENDENT
    return STATES[states]


def _restates(text: str, first: int, end: int) -> bool:
    """Whether the clause consists of words that say that something changed, and of nothing else."""
    lexicon = cause_lexicon()
    core = False
    while first < end:
        if text[first] in SKIPPED:
            first += 1
            continue
        match = lexicon.state_words.match(text, first, end)
        if match is None or match.end() == first:
            return False
        core = core or match[0] in lexicon.core_words
        first = match.end()
    return core
