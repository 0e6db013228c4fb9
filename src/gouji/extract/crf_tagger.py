"""Passages -> INDICATOR and CAUSE mentions by the character tagger."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cache, cached_property

import numpy as np

from gouji.extract.crf_borders import best
from gouji.extract.crf_decoder import CompiledCrf, spans_in
from gouji.extract.crf_features import lay
from gouji.extract.crf_units import CELL, PERFORMANCE, PERFORMANCE_CELL, Ints, Units, units_of
from gouji.extract.indicator_names import Candidate, find_candidates
from gouji.model.document import Document, Passage
from gouji.model.facts import Label, Mention
from gouji.model.spans import Span
from gouji.resources.artefacts import shipped
from gouji.resources.crf_templates import crf_templates
from gouji.resources.indicator_context import indicator_context

RULE = "crf"


@cache
def shipped_crf(name: str = "crf") -> CompiledCrf:
    """Load one of the package's own taggers: ``crf``, which works alone, or ``hybrid``, which sees the rules' choices.

    Raises
    ------
    ArtefactError
        If it is missing or its papers do not fit it.
    """
    templates = crf_templates()
    model = shipped(name, templates.feature_version, templates.sha256)
    return CompiledCrf(model.arrays, model.labels, templates)


def tag_learned(
    document: Document,
    figures: Sequence[Mention],
    model: CompiledCrf | None = None,
    rules: Sequence[Mention] = (),
    only: Collection[str] | None = None,
    heard: Callable[[list[Mention]], list[Mention]] | None = None,
) -> list[Mention]:
    """Tag indicators and causes.

    Parameters
    ----------
    document : Document
    figures : sequence of Mention
        AMOUNT, RATE and QUANTITY mentions.
    model : CompiledCrf, optional
        The package's own if not given.
    rules : sequence of Mention
        What the rules found, for a model that was fitted with it.
    only : collection of str, optional
        Passages to read; all if not given.
    heard : callable, optional
        Chooses among the mentions of one passage, not yet typed and without confidence; the others are left out.

    Returns
    -------
    list of Mention
        In order; `confidence` is the smallest probability of a unit's label within the span. What the rules found just
        so is left out: most of the time goes into what they did not.
    """
    model = shipped_crf() if model is None else model
    units = units_of(document, figures, only=only)
    places = units.places(rules)
    laid = lay(units, rules, places)
    model, emissions, paths = best(model, units, laid)
    told = {
        str(label): {place for m, place in zip(rules, places, strict=True) if m.label is label}
        for label in {m.label for m in rules}
    }
    of_stretch: dict[int, list[Mention]] = {}
    for label, first, end in _spans(units, model.labels, paths):
        if (first, end) not in told.get(label, ()):
            at = bisect_right(units.stretches, (first, len(units.text))) - 1
            of_stretch.setdefault(at, []).append(_mention(units, label, first, end))
    chosen = ((at, mentions if heard is None else heard(mentions)) for at, mentions in of_stretch.items())
    found = [(at, mentions) for at, mentions in chosen if mentions]
    out: list[Mention] = []
    typing = _Typing(figures)
    certainty = model.certainty(laid, emissions, paths, [at for at, _ in found])
    for (at, mentions), certain in zip(found, certainty, strict=True):
        first = units.stretches[at][0]
        for mention, (start, end) in zip(mentions, units.places(mentions), strict=True):
            confidence = round(float(certain[start - first : end - first].min()), 4)
            mention = replace(mention, confidence=confidence)
            out.append(typing.typed(mention, units, start) if mention.label is Label.INDICATOR else mention)
    return sorted(out, key=lambda m: (m.span.start, m.span.end))


def _spans(units: Units, labels: tuple[str, ...], paths: Sequence[Ints]) -> list[tuple[str, int, int]]:
    """Read the spans of all passages together; what stands between two passages belongs to none."""
    path = np.full(len(units.text), len(labels), dtype=np.int64)
    for (first, end), own in zip(units.stretches, paths, strict=True):
        path[first:end] = own
    return spans_in(path, (*labels, "O"))


def _mention(units: Units, label: str, first: int, end: int) -> Mention:
    passage = units.passages[int(units.owners[first])]
    local = units.span(first, end)
    return Mention(
        "",
        Label(label),
        passage.offsets.to_source(local),
        passage.id,
        local,
        page=passage.page,
        cue="" if label == Label.CAUSE else None,
        rule=f"{label.lower()}-{RULE}",
    )


class _Typing:
    """Gives names and types to indicators: the gazetteer's where it knows the name, else by the figure beside it."""

    def __init__(self, figures: Sequence[Mention]) -> None:
        self.all_figures = figures
        self.candidates: dict[str, list[Candidate]] = {}

    @cached_property
    def figures(self) -> dict[str, list[Mention]]:
        """Figures of each passage, in order; put in order only if an indicator asks for them."""
        out: dict[str, list[Mention]] = {}
        for figure in sorted(self.all_figures, key=lambda m: m.local):
            out.setdefault(figure.passage, []).append(figure)
        return out

    def typed(self, mention: Mention, units: Units, first: int) -> Mention:
        """Put type, canonical name and entry to an indicator."""
        passage = units.passages[int(units.owners[first])]
        where = int(units.where[first])
        written = "".join(passage.text[mention.local.start : mention.local.end].split())
        known = self._known(passage, mention.local)
        if known is not None:
            kind = "cost" if known.type == "economic" and where in (PERFORMANCE, PERFORMANCE_CELL) else known.type
            entry = known.entry.id if known.entry else None
            return replace(mention, type=kind, name=known.name, entry=entry)
        kind = self._by_figure(passage, mention.local, written, where)
        return replace(mention, type=kind, name=written)

    def _known(self, passage: Passage, local: Span) -> Candidate | None:
        """Name of the gazetteer that ends where the span ends."""
        if passage.id not in self.candidates:
            self.candidates[passage.id] = find_candidates(passage.text)
        found = [c for c in self.candidates[passage.id] if c.span.overlaps(local)]
        return found[-1] if found and abs(found[-1].span.end - local.end) <= SLACK else None

    def _by_figure(self, passage: Passage, local: Span, name: str, where: int) -> str:
        """Type by the label of the next figure, or of the one before where none follows."""
        words = indicator_context()
        told = where in (PERFORMANCE, PERFORMANCE_CELL, CELL)
        figures = self.figures.get(passage.id, [])
        at = bisect_left([f.local.start for f in figures], local.end)
        figure = figures[min(at, len(figures) - 1)] if figures else None
        if figure is None or figure.label is Label.RATE:
            return "satisfaction" if "满意" in name else "other"
        if figure.label is Label.AMOUNT:
            return words.cell_types["money"] if told and not words.money_head.search(name) else "project_funds"
        return words.cell_types["quantity"] if told else "other"


SLACK = 2  # characters: a bracket, a level or a quotation mark
