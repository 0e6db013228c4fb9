"""Folding of width and script (one character to one), line joining; each gives text and the way back to the source.

Matching sees what this module makes; results are stored as offsets of the source. Two operations, kept apart:

`fold` replaces characters one to one, so offsets stay as they are. It touches only what has no meaning of its own in
Chinese text: full-width digits and letters, the signs around figures (％ ． ＋ － ／ ＝ ＜ ＞ ～), the many kinds of
blank, and traditional script. Chinese punctuation (，。：；（）“”) stays, because extractors read clauses by it; a
full-width comma is folded only between full-width digits, where it can only part thousands.

`join` and `unwrap` drop line breaks (and the indentation beside them) and what carriers put between the words (see
`gouji.text.noise`), and remember what was dropped. Other white space *inside* a line stays: ``6585.16 万元`` is matched
with its blank, and the extractors allow for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouji.model.quick import quick
from gouji.model.spans import OffsetMap, Span
from gouji.resources.script import WIDE, folding, simplified
from gouji.text.noise import cuts

_SIGNS = {ord(a): ord(b) for a, b in zip("％．＋－／＝＜＞～−", "%.+-/=<>~-", strict=True)}
_BLANKS = dict.fromkeys(
    map(ord, "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t\v\f"), 0x20
)
FOLDS = WIDE | _SIGNS | _BLANKS
"""Width, one character to one, by code point."""

_fold_width = folding(FOLDS)
_WIDE_THOUSANDS = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_WHITE = re.compile(r"\s+")
_BREAK = re.compile(r"[^\S\n]*\n\s*")


@quick
@dataclass(frozen=True, slots=True)
class View:
    """A normalised text and the way back to its source."""

    text: str
    offsets: OffsetMap

    def to_source(self, span: Span) -> Span:
        """Stretch of the source that a stretch of the text stands for."""
        return self.offsets.to_source(span)

    def without(self, spans: Sequence[Span]) -> View:
        """View without some stretches (ascending, apart); itself if that would leave nothing."""
        if not spans or sum(map(len, spans)) >= len(self.text):
            return self
        bounds = [0, *(at for span in spans for at in (span.start, span.end)), len(self.text)]
        kept = [range(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True)]
        offsets = OffsetMap.of_kept(self.offsets.source_of(i) for part in kept for i in part)
        return View("".join(self.text[part.start : part.stop] for part in kept), offsets)


def fold(text: str) -> str:
    """Fold width and script, one character to one: position `i` of the result is position `i` of the text.

    Examples
    --------
    >>> fold("增长１２．０８％，共７３．８４万元")
    '增长12.08%，共73.84万元'
    >>> fold("１，５１６元")
    '1,516元'
    """
    folded = _fold_width(text)
    if folded == text:
        return simplified(text)
    if "，" in text and _WIDE_THOUSANDS.search(text):
        folded = _fold_width(_WIDE_THOUSANDS.sub(",", text))
    return simplified(folded)


def strip_blanks(text: str) -> str:
    r"""Text without any white space, as header paths and table titles are written.

    Examples
    --------
    >>> strip_blanks("年度 指标\n值　")
    '年度指标值'
    """
    return _WHITE.sub("", text)


def join(source: str, pieces: Sequence[Span]) -> View:
    """Fold the pieces of a source and put them one after another.

    Parameters
    ----------
    source : str
    pieces : sequence of Span
        Ascending, not overlapping. Where two Latin words would run together the second piece is taken
        from one character earlier, if that character is white space.

    Returns
    -------
    View
        Offsets lead into `source`.
    """
    if len(pieces) == 1:  # most passages are one line
        at, end = pieces[0].start, pieces[0].end
        folded = fold(source[at:end].replace("\n", " "))
        view = View(folded, OffsetMap.identity(len(folded), at))
        return view.without(cuts(folded))
    targets: list[int] = []
    sources: list[int] = []
    parts: list[str] = []
    length = 0
    for piece in pieces:
        start, end = piece.start, piece.end
        if start == end:
            continue
        if parts and start and _runs_together(parts[-1][-1], source[start]) and source[start - 1].isspace():
            start -= 1
        targets.append(length)
        sources.append(start)
        parts.append(source[start:end].replace("\n", " "))
        length += end - start
    if not parts:
        at = pieces[0].start if pieces else 0
        return View("", OffsetMap((0,), (at,), 0))
    view = View(fold("".join(parts)), OffsetMap(tuple(targets), tuple(sources), length))
    return view.without(cuts(view.text))


def unwrap(source: str) -> View:
    r"""Join the lines of one paragraph.

    Parameters
    ----------
    source : str
        A paragraph whose line breaks (blank lines included) are the layout's.

    Returns
    -------
    View
        The paragraph without line breaks and the blanks beside them, folded.

    Examples
    --------
    >>> view = unwrap(source := "增加1062.85\n万元，增长12.08%")
    >>> view.text
    '增加1062.85万元，增长12.08%'
    >>> span = view.to_source(Span(2, 11))
    >>> source[span.start : span.end]
    '1062.85\n万元'
    """
    return join(source, list(_lines(source)))


def _lines(source: str) -> Iterable[Span]:
    start = 0
    for match in _BREAK.finditer(source):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, len(source))


def _runs_together(left: str, right: str) -> bool:
    """Whether two characters would make one word if nothing stood between them: Latin letters only, never digits."""
    return left.isascii() and right.isascii() and left.isalpha() and right.isalpha()
