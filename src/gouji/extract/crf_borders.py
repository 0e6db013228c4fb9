"""Where an explanation may begin and end: at punctuation, list markers, cues, and a few words inside a clause.

What a model has learned of characters may lead it to cut a phrase that it never saw. The places where no explanation
of the genre begins or ends are closed before the best labels are looked for.
"""

from __future__ import annotations

import re

import numpy as np

from gouji.extract.crf_channels import IN_STRONG, IN_WEAK
from gouji.extract.crf_clauses import RESTATES
from gouji.extract.crf_decoder import BARRED, CompiledCrf
from gouji.extract.crf_features import Laid, moved
from gouji.extract.crf_units import Flags, Floats, Ints, Units
from gouji.model.facts import Label
from gouji.resources.crf_templates import CrfTemplates

MARKS = np.array([0, *map(ord, "，。；：！？（）〔〕【】")], dtype=np.int64)
SHORT = re.compile("（[^，。；）]{1,2}）")  # 因公出国（境）费: a bracket inside a name ends nothing
INSIDE = np.array([*map(ord, "，。；：、！？）〕】")], dtype=np.int64)


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
    led = (cue == IN_STRONG) | (cue == IN_WEAK) | (mark == 1)
    begins = np.isin(moved(char, -1), MARKS) | moved(led.astype(np.int64), -1).astype(bool)
    begins |= _placed(units, laid, templates.behind, True)
    begins &= ~led & ~np.isin(char, INSIDE) & ~_placed(units, laid, templates.never_first, False)
    begins &= laid.channels["sort"] != RESTATES
    ends = np.isin(moved(char, 1), MARKS) | moved(
        _placed(units, laid, templates.before, False).astype(np.int64), 1
    ).astype(bool)
    ends &= ~np.isin(char, INSIDE[:-3]) & ~moved(_placed(units, laid, SHORT, False).astype(np.int64), 1).astype(bool)
    out = np.zeros((len(char), len(labels)))
    for at, label in enumerate(labels):
        place, _, kind = label.partition("-")
        if kind == Label.CAUSE:
            closed = (~begins if place in "BS" else False) | (~ends if place in "ES" else False)
            out[:, at] = np.where(closed, -BARRED, 0.0)
    return out


def _placed(units: Units, laid: Laid, words: re.Pattern[str], behind: bool) -> Flags:
    """Units behind a word, or those that a word begins with."""
    found = np.zeros(len(units.text) + 1, dtype=bool)
    found[[match.end() if behind else match.start() for match in words.finditer(units.text)]] = True
    out = np.zeros(len(laid.channels["char"]), dtype=bool)
    for start, length, first in zip(laid.starts.tolist(), laid.lengths.tolist(), laid.firsts.tolist(), strict=True):
        out[start : start + length] = found[first : first + length]
    return out
