"""Which figures of a text may be believed: not those beside characters that were lost or masked.

A digit may be among what was lost (``1,2?4.50万元``), so the figure is refused and the document says where.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.model.spans import Span
from gouji.text.figures import Figure
from gouji.text.noise import doubtful

_DIGIT = re.compile(r"\d")
_BESIDE = 1  # characters between a figure and a lost one that still make it doubtful: 罩С?共1234万元


def trusted(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Keep the figures that no lost character touches.

    Parameters
    ----------
    text : str
    figures : sequence of Figure
        Of that text.
    """
    places = doubtful(text) if figures else []
    if not places:
        return list(figures)
    return [f for f in figures if not any(p.start <= f.end + _BESIDE and f.start <= p.end + _BESIDE for p in places)]


def distrusted(text: str) -> list[Span]:
    """Find the places where something was lost beside a digit; the figure there may be gone altogether.

    Examples
    --------
    >>> text = "收入12\ufffd.50万元，\ufffd\ufffd支出9.50万元"
    >>> [text[place.start - 2 : place.end + 1] for place in distrusted(text)]
    ['12\ufffd.']
    """
    return [p for p in doubtful(text) if _DIGIT.search(text[max(0, p.start - 2) : p.start] + text[p.end : p.end + 2])]
