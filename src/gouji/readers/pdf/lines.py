"""Characters to lines: by their baselines, then from left to right; stream order is no reading order."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from gouji.model.document import Box
from gouji.readers.pdf.glyphs import Glyph

_SAME_LINE = (
    0.35  # baselines apart by this share of the font size are one line: digits and Han in two fonts, raised marks
)
_APART = 0.25  # a gap of this many ems parts two Latin words
_STRETCHED = 0.7  # a gap of this many ems between other characters is a blank
_DOUBLE = 0.3  # the same character drawn again this near is a bold made by overprinting
_COLUMN = 1.4  # a gap of this many ems may be one between columns
_BASE, _LEFT = itemgetter(0), itemgetter(1)  # of a piece, of a character
_FIGURES = 0.6  # so may one of this many between two figures


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its characters from left to right, white space at its ends left out."""

    glyphs: tuple[Glyph, ...]
    text: str
    x0: float
    x1: float
    base: float
    em: float

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.base - 0.88 * self.em

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.base + 0.14 * self.em

    @property
    def box(self) -> Box:
        """Its rectangle."""
        return box_of([self])

    def segments(self) -> list[Line]:
        """Parts of the line that wide gaps set apart; the line itself where there are none."""
        shown = [glyph for glyph in self.glyphs if not glyph.text.isspace()]
        cuts = [
            index
            for index, (a, b) in enumerate(zip(shown, shown[1:], strict=False), start=1)
            if b.x0 - a.x1 > _FIGURES * min(a.em, b.em) and _parts(a, b)
        ]
        if not cuts:
            return [self]
        return [line_of(shown[a:b]) for a, b in zip([0, *cuts], [*cuts, len(shown)], strict=True)]


def _parts(left: Glyph, right: Glyph) -> bool:
    """Whether the gap between two characters may be one between columns."""
    gap = (right.x0 - left.x1) / max(left.em, right.em)
    return gap > _COLUMN or gap > _FIGURES and left.text.isdigit() and right.text in "0123456789-"


def box_of(lines: Iterable[Line]) -> Box:
    """Rectangle around lines."""
    shown = list(lines)
    return Box(
        round(min(line.x0 for line in shown), 2),
        round(min(line.top for line in shown), 2),
        round(max(line.x1 for line in shown), 2),
        round(max(line.bottom for line in shown), 2),
    )


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Lines of some characters, from the top down.

    Characters that follow one another in the stream on one baseline stay together; the pieces are put to lines by
    their baselines, whatever the order in which they were drawn.
    """
    if not glyphs:
        return []
    pieces = _pieces(glyphs)
    pieces.sort(key=_BASE)
    groups: list[list[Glyph]] = []
    at: list[tuple[float, float]] = []  # baseline and font size of each group, of its largest piece
    for base, em, piece in pieces:
        if groups and abs(base - at[-1][0]) <= _SAME_LINE * min(max(em, 1.0), at[-1][1]) + 0.1:
            groups[-1] += piece
            if em > at[-1][1]:
                at[-1] = (base, em)
        else:
            groups.append(piece)
            at.append((base, em))
    return [line for group in groups if (line := _line(group)) is not None]


def _pieces(glyphs: Sequence[Glyph]) -> list[tuple[float, float, list[Glyph]]]:
    """Cut the stream where the baseline or the size changes; each piece with its first baseline and its size."""
    out: list[tuple[float, float, list[Glyph]]] = []
    piece: list[Glyph] = []
    size = line = math.nan
    for glyph in glyphs:
        _, _, _, base, em = glyph
        if em != size or not -0.2 < base - line < 0.2:
            piece = [glyph]
            out.append((base, em, piece))
        else:
            piece.append(glyph)
        size, line = em, base
    return out


def _line(group: list[Glyph]) -> Line | None:
    group.sort(key=_LEFT)
    kept: list[Glyph] = []
    right = -math.inf
    for glyph in group:
        _, x0, x1, _, _ = glyph
        if x0 >= right or not _is_double(glyph, kept):
            kept.append(glyph)
            right = x1
    while kept and kept[-1].text.isspace():
        kept.pop()
    start = next((i for i, glyph in enumerate(kept) if not glyph.text.isspace()), len(kept))
    return line_of(kept[start:]) if start < len(kept) else None


def _is_double(glyph: Glyph, kept: list[Glyph]) -> bool:
    """Whether a character was drawn before, a hair's breadth to the left."""
    near = glyph.x0 - _DOUBLE * (glyph.x1 - glyph.x0)
    at = len(kept) - 1
    while at >= 0 and kept[at].x0 > near and kept[at].text != glyph.text:
        at -= 1
    return at >= 0 and kept[at].x0 > near


def line_of(glyphs: Sequence[Glyph]) -> Line:
    """Line of characters that stand from left to right, blanks put where they are apart."""
    text: list[str] = []
    last = glyphs[0]
    end, size = last.x1, last.em
    for glyph in glyphs:
        shown, x0, x1, _, em = glyph
        if x0 - end > _APART * size and not shown.isspace() and not last.text.isspace():
            text.append(_blank(last, glyph))
        text.append(shown)
        last, end, size = glyph, x1, em
    sizes = [glyph[4] for glyph in glyphs]
    bases = [glyph[3] for glyph in glyphs]
    if sizes.count(size) < len(sizes):
        counts = Counter(sizes)
        size = max(counts, key=lambda size: (counts[size], size))
        bases = [glyph[3] for glyph in glyphs if glyph[4] == size]
    bases.sort()
    right = max([glyph[2] for glyph in glyphs[-3:]])
    return Line(tuple(glyphs), "".join(text), glyphs[0].x0, right, bases[len(bases) // 2], size)


def _blank(left: Glyph, right: Glyph) -> str:
    """White space that a gap between two characters stands for."""
    gap = (right.x0 - left.x1) / max(left.em, right.em)
    if gap <= _APART:
        return ""
    if gap > _COLUMN:
        return "  "
    words = left.text.isascii() and right.text.isascii() and (left.text.isalpha() or right.text.isalpha())
    return " " if words or gap > _STRETCHED else ""
