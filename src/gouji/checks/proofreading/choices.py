"""Shape `choice`: two directions side by side, where the form asks to choose one: 下降（增长）27.78%.

In some regions 增加（减少）0万元 is how a change of nothing is written, so only figures other than zero are marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from gouji.checks.proofreading.marks import Mark, mark
from gouji.checks.report import Report
from gouji.model.document import PassageKind
from gouji.model.facts import FIGURES, Mention
from gouji.model.outcomes import Relation
from gouji.model.spans import Span
from gouji.resources.proofreading import ProofCheck

CHANGES = frozenset({Relation.CHANGE, Relation.CHANGE_RATE})


def choice(check: ProofCheck, report: Report) -> Iterator[Mark]:
    """Two directions directly before a figure that is not zero."""
    begins = {(m.passage, m.local.start): m for m in report.mentions if m.label in FIGURES}
    for passage in report.document.passages:
        if passage.kind not in (PassageKind.PARAGRAPH, PassageKind.CELL):
            continue
        for found in _pairs(check.pairs).finditer(passage.text):
            figure = begins.get((passage.id, found.end()))
            if figure is None or figure.value is None or not figure.value.number:
                continue
            local = Span(found.start(), figure.local.end)
            words = (found["first"] or found["third"], found["second"] or found["fourth"])
            right = _chosen(report, figure, words)
            written = passage.text[figure.local.start : figure.local.end]
            fact = report.fact_of_figure.get(figure.id)
            operands = (fact,) if fact is not None else ()
            yield mark(report.document, passage, local, right + written if right else "", operands)


@cache
def _pairs(pairs: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """Compile the two ways of writing a choice: 增加（减少） and 增加/减少, either word first."""
    both = [*pairs, *((second, first) for first, second in pairs)]
    bracketed = "|".join(f"(?:{a})(?=[（(]{b}[）)])" for a, b in both)
    slashed = "|".join(f"(?:{a})(?=(?:/|或|或者){b})" for a, b in both)
    seconds = "|".join(sorted({b for _, b in both}, key=len, reverse=True))
    return re.compile(
        rf"(?P<first>{bracketed})[（(](?P<second>{seconds})[）)]\s*|(?P<third>{slashed})(?:/|或者|或)(?P<fourth>{seconds})\s*"
    )


def _chosen(report: Report, figure: Mention, words: Sequence[str]) -> str:
    """Word that the computed change calls for; empty where nothing was computed."""
    fact = report.fact_of_figure.get(figure.id)
    for alignment in report.alignments:
        if alignment.figure == fact and alignment.relation in CHANGES and alignment.computed:
            falls = [word for word in words if any(sign in word for sign in "减降小低")]
            rises = [word for word in words if word not in falls]
            chosen = falls if alignment.computed < 0 else rises
            return chosen[0] if len(chosen) == 1 else ""
    return ""
