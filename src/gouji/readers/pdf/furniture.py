"""Page furniture: running heads and feet, page numbers. They repeat from page to page at one height, or count up."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from gouji.readers.marks import is_caption, is_page_number
from gouji.readers.pdf.lines import Line
from gouji.readers.pdf.pages import Page
from gouji.text.normalise import fold, strip_blanks

_OUTERMOST = 2  # lines from the top and from the bottom that may be furniture
_ZONE = 0.12  # share of the page's height in which it stands
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(?:[-—–~·第(（/]\s*)?(\d{1,4})(?:\s*[-—–~·页)）]|\s*/\s*\d{1,4})?")


def drop_furniture(pages: Sequence[Page]) -> None:
    """Take running heads, feet and page numbers out of the pages' lines."""
    edge = {id(line): (page, line) for page in pages for line in _edge_lines(page)}
    running = _running(list(edge.values()), len(pages))
    counted = _counted(list(edge.values()), len(pages))
    for page in pages:
        page.lines = [line for line in page.lines if id(line) not in running and id(line) not in counted]


def _edge_lines(page: Page) -> list[Line]:
    """Lines in the zones at the top and the bottom of a page, outside every table."""
    ordered = sorted(page.lines, key=lambda line: line.base)
    top = [line for line in ordered[:_OUTERMOST] if line.bottom < _ZONE * page.height]
    bottom = [line for line in ordered[-_OUTERMOST:] if line.top > (1 - _ZONE) * page.height]
    return [*top, *(line for line in bottom if line not in top)]


def _running(edge: list[tuple[Page, Line]], count: int) -> set[int]:
    """Lines that stand on many pages with the same words, numbers aside, at the same height."""
    same: dict[tuple[str, bool, int], list[Line]] = defaultdict(list)
    for page, line in edge:
        upper = line.base < page.height / 2
        at = line.base if upper else page.height - line.base
        same[_DIGITS.sub("#", strip_blanks(line.text)), upper, round(at / 6)].append(line)
    least = 2 if count <= 4 else 3
    return {
        id(line)
        for (words, _, _), lines in same.items()
        if len(lines) >= least and words != "#"
        for line in lines
        if not is_caption(line.text)
    }


def _counted(edge: list[tuple[Page, Line]], count: int) -> set[int]:
    """Page numbers: with their ornaments anywhere in the zone, bare ones where they count with the pages."""
    found: set[int] = set()
    bare: list[tuple[int, Line]] = []
    for page, line in edge:
        text = fold(line.text).strip()
        number = _NUMBER.fullmatch(text)
        if is_page_number(text):
            found.add(id(line))
        elif number is not None:
            bare.append((int(number[1]) - page.number, line))
    offsets = Counter(offset for offset, _ in bare)
    found |= {id(line) for offset, line in bare if offsets[offset] > 1 or offset == 0 or count == 1}
    return found
