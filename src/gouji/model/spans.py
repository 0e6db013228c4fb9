"""Half-open character offsets, and the way back from a normalised text to its source.

Offsets are the currency of the project: matching sees joined, folded text; results are stored as ``[start,
end)`` code points of `Document.text`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from gouji.model.quick import quick


@quick
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of code points.

    Examples
    --------
    >>> Span(2, 5).overlaps(Span(4, 9)), Span(2, 5).overlaps(Span(5, 9))
    (True, False)
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span [{self.start}, {self.end}) is not a half-open stretch")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """Give the same stretch `by` characters further on."""
        return Span(self.start + by, self.end + by)


@quick
@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each character of a normalised text stood in its source.

    A map is a list of runs: from position ``targets[i]`` of the normalised text on, characters are those of the
    source from ``sources[i]`` on, one to one, until the next run begins. What lies between two runs in the
    source was removed.

    Parameters
    ----------
    targets, sources : tuple of int
        Starts of the runs, both ascending, same length, ``targets[0] == 0``.
    length : int
        Length of the normalised text.
    """

    targets: tuple[int, ...]
    sources: tuple[int, ...]
    length: int

    @classmethod
    def identity(cls, length: int, at: int = 0) -> OffsetMap:
        """Map a text onto itself, standing at offset `at` of the source."""
        return cls((0,), (at,), length)

    @classmethod
    def of_kept(cls, kept: Iterable[int]) -> OffsetMap:
        """Map from the source positions of the characters that were kept, ascending.

        Examples
        --------
        >>> OffsetMap.of_kept([3, 4, 7]).to_source(Span(1, 3))
        Span(start=4, end=8)
        """
        targets: list[int] = []
        sources: list[int] = []
        expected = -1
        target = 0
        for target, source in enumerate(kept):
            if source != expected:
                targets.append(target)
                sources.append(source)
            expected = source + 1
        if not targets:
            return cls((0,), (0,), 0)
        return cls(tuple(targets), tuple(sources), target + 1)

    def source_of(self, position: int) -> int:
        """Source offset of the character at `position` of the normalised text."""
        run = bisect_right(self.targets, position) - 1
        return self.sources[run] + position - self.targets[run]

    def to_source(self, span: Span) -> Span:
        """Stretch of the source from the first to the last character of `span`.

        Raises
        ------
        ValueError
            If the span reaches beyond the normalised text.
        """
        if span.end > self.length:
            raise ValueError(f"{span} lies outside a text of {self.length} characters")
        if len(self.targets) == 1:  # nothing was removed
            return Span(self.sources[0] + span.start, self.sources[0] + span.end)
        if span.start == span.end:
            if span.start < self.length:
                at = self.source_of(span.start)
            else:
                at = self.source_of(span.start - 1) + 1 if span.start else self.sources[0]
            return Span(at, at)
        return Span(self.source_of(span.start), self.source_of(span.end - 1) + 1)

    def to_target(self, span: Span) -> Span:
        """Stretch of the normalised text that stands for `span` of the source (removed characters drop out)."""
        return Span(self._target_of(span.start), self._target_of(span.end))

    def _target_of(self, source: int) -> int:
        run = bisect_right(self.sources, source) - 1
        if run < 0:
            return 0
        end = self.targets[run + 1] if run + 1 < len(self.targets) else self.length
        return min(self.targets[run] + source - self.sources[run], end)

    def compose(self, outer: OffsetMap) -> OffsetMap:
        """Map through this map and then through `outer`, whose normalised text is this map's source."""
        return OffsetMap.of_kept(outer.source_of(self.source_of(i)) for i in range(self.length))
