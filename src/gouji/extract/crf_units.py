"""Document -> units of text for the character tagger: characters, with figures, years and numbers whole.

All passages are laid into one array, so that every step works on the whole document at
once. A unit is one code point: a character, or a private code point that stands for a figure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from gouji.extract.cause_cells import reason_cells
from gouji.model.document import Document, Passage, PassageKind
from gouji.model.facts import Label, Mention
from gouji.model.spans import Span
from gouji.resources.indicator_context import indicator_context
from gouji.resources.script import folding

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

AMOUNT, RATE, QUANTITY, YEAR, NUMBER = (chr(0xE000 + i) for i in range(5))
FIGURE_UNITS = {Label.AMOUNT: AMOUNT, Label.RATE: RATE, Label.QUANTITY: QUANTITY}
STOPS = "，。；：！？\n"
"""What ends a clause."""

DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
LINE = re.compile("[^\n]+")
BLANKS = " \t\u3000\xa0"
widened = folding(str.maketrans("(),;:!?", "（），；：！？"))
FAR = 1 << 40  # characters: more than any passage has
PARAGRAPH, HEADING, CELL, REASON, PERFORMANCE, PERFORMANCE_CELL = range(1, 7)


@dataclass(frozen=True)
class Units:
    """The units of a document.

    Attributes
    ----------
    passages : tuple of Passage
        Those that may hold causes or indicators, in order.
    text : str
        One character a unit; every passage ends with a line feed, which is a unit too.
    starts, ends : array of int
        Of each unit, in the text of its passage.
    owners : array of int
        Index of each unit's passage.
    where : array of int
        What kind of passage a unit stands in.
    stretches : tuple of tuple of int
        First unit and end of each passage that has any; an explanation may go on over a full stop, so a passage is
        what is labelled as one.
    """

    passages: tuple[Passage, ...]
    text: str
    starts: Ints
    ends: Ints
    owners: Ints
    where: Ints
    stretches: tuple[tuple[int, int], ...]

    @cached_property
    def _places(self) -> tuple[dict[str, int], Ints]:
        index = {passage.id: at for at, passage in enumerate(self.passages)}
        return index, np.searchsorted(self.owners, np.arange(len(self.passages) + 1))

    def place(self, mention: Mention) -> tuple[int, int]:
        """First unit of a mention and the one after its last; (0, 0) if its passage is not read."""
        index, bounds = self._places
        owner = index.get(mention.passage)
        if owner is None:
            return 0, 0
        left, right = int(bounds[owner]), int(bounds[owner + 1])
        starts = self.starts[left:right]
        first, end = np.searchsorted(starts, (mention.local.start, mention.local.end))
        return left + int(first), left + int(end)

    def places(self, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
        """Places of many mentions, as `place` gives them."""
        index, _ = self._places
        owners = np.array([index.get(m.passage, -1) for m in mentions], dtype=np.int64)
        starts = np.array([m.local.start for m in mentions], dtype=np.int64)
        ends = np.array([m.local.end for m in mentions], dtype=np.int64)
        ordered = self.owners * FAR + self.starts
        firsts = np.where(owners < 0, 0, np.searchsorted(ordered, owners * FAR + starts))
        stops = np.where(owners < 0, 0, np.searchsorted(ordered, owners * FAR + ends))
        return list(zip(firsts.tolist(), stops.tolist(), strict=True))

    def span(self, first: int, end: int) -> Span:
        """Stretch, in the text of their passage, of the units ``first`` to ``end``."""
        return Span(int(self.starts[first]), int(self.ends[end - 1]))


def units_of(
    document: Document,
    figures: Sequence[Mention],
    whole_figures: bool = True,
    only: Collection[str] | None = None,
) -> Units:
    """Cut the passages of a document into units.

    Parameters
    ----------
    document : Document
    figures : sequence of Mention
        AMOUNT, RATE and QUANTITY mentions.
    whole_figures : bool
        Whether figures are one unit each; otherwise their characters are units, for a tagger that is to find them.
    only : collection of str, optional
        Passages to read; all if not given.
    """
    placed = _placed(document, only)
    joined = widened("".join([passage.text.replace("\n", " ") + "\n" for passage, _ in placed]))
    lengths = np.array([len(passage.text) + 1 for passage, _ in placed], dtype=np.int64)
    bases = np.concatenate(([0], np.cumsum(lengths)))
    base_of = {passage.id: int(base) for (passage, _), base in zip(placed, bases[:-1], strict=True)}
    code = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).copy()
    keep = np.ones(len(code), dtype=bool)
    last = np.arange(1, len(code) + 1, dtype=np.int64)
    if whole_figures:
        _collapse(joined, base_of, figures, code, keep, last)
    for blank in BLANKS:
        keep &= code != ord(blank)  # what a figure begins with is no blank any more
    kept = np.flatnonzero(keep)
    owners = np.repeat(np.arange(len(placed), dtype=np.int64), lengths)[kept]
    text = code[kept].tobytes().decode("utf-32-le")
    kinds = np.array([where for _, where in placed] or [0], dtype=np.int64)
    base = bases[owners] if len(placed) else np.zeros(0, dtype=np.int64)
    return Units(
        tuple(passage for passage, _ in placed),
        text,
        kept - base,
        last[kept] - base,
        owners,
        kinds[owners] if len(placed) else np.zeros(0, dtype=np.int64),
        tuple(match.span() for match in LINE.finditer(text)),
    )


def _collapse(
    joined: str,
    base_of: dict[str, int],
    figures: Sequence[Mention],
    code: npt.NDArray[np.uint32],
    keep: Flags,
    last: Ints,
) -> None:
    """Put one private code point for each figure, year and number; the rest of it drops out."""
    numbers = [match.span() for match in DIGITS.finditer(joined)]
    years = [end - start == 4 and joined[end] == "年" and "." not in joined[start:end] for start, end in numbers]
    starts, ends = np.array(numbers, dtype=np.int64).reshape(-1, 2).T
    code[starts], last[starts] = np.where(years, ord(YEAR), ord(NUMBER)), ends
    keep &= ~_covered(starts + 1, ends, len(code))
    read = [m for m in figures if m.passage in base_of]
    bases = np.array([base_of[m.passage] for m in read], dtype=np.int64)
    starts = bases + np.array([m.local.start for m in read], dtype=np.int64)
    ends = bases + np.array([m.local.end for m in read], dtype=np.int64)
    code[starts], last[starts] = [ord(FIGURE_UNITS[m.label]) for m in read], ends
    keep &= ~_covered(starts, ends, len(code))
    keep[starts] = True


def _covered(starts: Ints, ends: Ints, size: int) -> Flags:
    """Tell which places some stretches cover."""
    edges = np.bincount(starts, minlength=size + 1) - np.bincount(ends, minlength=size + 1)
    return np.asarray(np.cumsum(edges)[:size] > 0)


def _placed(document: Document, only: Collection[str] | None) -> list[tuple[Passage, int]]:
    """Passages that are read, each with the kind of its place."""
    words = indicator_context()
    reasons: frozenset[str] | None = None  # looked for when a cell is read
    told_of: dict[str | None, tuple[bool, bool]] = {}
    out: list[tuple[Passage, int]] = []
    for passage in document.passages:
        if (only is not None and passage.id not in only) or passage.kind is PassageKind.CAPTION or not passage.text:
            continue
        if passage.section not in told_of:
            title = "\n".join(above.title for above in document.heading_chain(passage.section))
            found = (words.excluded_sections.search(title), words.performance_sections.search(title))
            told_of[passage.section] = (found[0] is not None, found[1] is not None)
        excluded, told = told_of[passage.section]
        if excluded:
            continue
        if passage.kind is PassageKind.CELL:
            reasons = reason_cells(document) if reasons is None else reasons
            where = REASON if passage.cell in reasons else PERFORMANCE_CELL if told else CELL
        elif passage.kind is PassageKind.HEADING:
            where = HEADING
        else:
            where = PERFORMANCE if told else PARAGRAPH
        out.append((passage, where))
    return out
