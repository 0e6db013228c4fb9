"""Where an explanation may begin and end: at punctuation, list markers, cues, and a few words inside a clause.

What a model has learned of characters may lead it to cut a phrase that it never saw. The places where no explanation
of the genre begins or ends are closed before the best labels are looked for.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from gouji.extract.crf_channels import IN_STRONG, IN_WEAK
from gouji.extract.crf_clauses import RESTATES
from gouji.extract.crf_decoder import BARRED, CompiledCrf
from gouji.extract.crf_features import Laid, moved
from gouji.extract.crf_units import Flags, Floats, Ints, Units
from gouji.model.facts import Label
from gouji.resources.crf_templates import CrfTemplates, crf_templates

MARKS = "，。；：！？（）〔〕【】"
SHORT = re.compile("（[^，。；）]{1,2}）")  # 因公出国（境）费: a bracket inside a name ends nothing
INSIDE = "，。；：、！？）〕】"
MARK, NEVER_FIRST, NEVER_LAST = 1, 2, 4


def best(model: CompiledCrf, units: Units, laid: Laid) -> tuple[CompiledCrf, Floats, list[Ints]]:
    """Give the best labels of every passage that keep to the borders.

    Returns
    -------
    CompiledCrf
        The tagger with unlawful ways closed, for `CompiledCrf.certainty`.
    array of float
        Its scores of labels, closed ones among them.
    list of array of int
        As `CompiledCrf.decode` gives them.
    """
    model = model.lawful()
    emissions = model.emissions(laid) + closed_borders(units, laid, model.labels, model.templates)
    return model, emissions, model.decode(laid, emissions)


def closed_borders(units: Units, laid: Laid, labels: tuple[str, ...], templates: CrfTemplates) -> Floats:
    """Give what to add to the scores of the labels of every unit, as `CompiledCrf.emissions` gives them.

    Parameters
    ----------
    units, laid
        As for the tagger.
    labels : tuple of str
        Of units.
    templates : CrfTemplates
    """
    char, cue, mark = (laid.channels[name] for name in ("char", "cue", "mark"))
    sets = _sets()[char]
    led = (cue == IN_STRONG) | (cue == IN_WEAK) | (mark == 1)
    begins = moved(led | ((sets & MARK) > 0), -1) | (moved(char, -1) == 0)
    begins |= _placed(units, laid, templates.behind, True)
    begins &= ~(led | ((sets & NEVER_FIRST) > 0) | _placed(units, laid, templates.never_first, False))
    begins &= laid.channels["sort"] != RESTATES
    ends = moved(_placed(units, laid, templates.before, False) | ((sets & MARK) > 0), 1) | (moved(char, 1) == 0)
    ends &= ~(((sets & NEVER_LAST) > 0) | moved(_placed(units, laid, SHORT, False), 1))
    out = np.zeros((len(char), len(labels)))
    for at, label in enumerate(labels):
        place, _, kind = label.partition("-")
        if kind == Label.CAUSE and place in "BS":
            out[~begins, at] = -BARRED
        if kind == Label.CAUSE and place in "ES":
            out[~ends, at] = -BARRED
    return out


@cache
def _sets() -> npt.NDArray[np.uint8]:
    """Tell which sets each character belongs to, one bit a set."""
    out = np.zeros(crf_templates().channels["char"], dtype=np.uint8)
    for bit, letters in ((MARK, MARKS), (NEVER_FIRST, INSIDE), (NEVER_LAST, INSIDE[:-3])):
        out[[ord(letter) for letter in letters]] |= bit
    return out


def _placed(units: Units, laid: Laid, words: re.Pattern[str], behind: bool) -> Flags:
    """Units behind a word, or those that a word begins with."""
    found = np.zeros(len(units.text) + 1, dtype=bool)
    place = re.Match.end if behind else re.Match.start
    found[[place(match) for match in words.finditer(units.text)]] = True
    found[-1] = False
    return found[laid.units]
