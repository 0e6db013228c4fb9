"""Sections by their headings.

A heading is a numbered line (第一部分, 一、, （一）, 1., （1）); where it runs on into its paragraph, its title ends at
the first stop, comma or figure. Numbering is not relied on: it may skip, repeat and mix. Lines of a table of contents,
and headings that stand again further down with nothing below them here, are headings without a section.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from gouji.model.document import Section
from gouji.model.quick import quick
from gouji.readers.marks import Numbering, is_contents_line, numbering
from gouji.text.normalise import strip_blanks

_STOP = re.compile(r"[。；;，,：:！？]")
_TITLE_STOP = re.compile(r"[。；;，,：:！？]|(?<!第)\d")
_TITLE_MOST = 60
_PAGE = re.compile(r"[\d\-—]+$")


@quick
@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered beginning of a passage.

    `alone` is True if the passage is nothing but the heading; `start` and `end` are offsets of the passage in the text.
    """

    number: Numbering
    title: str
    start: int
    end: int
    alone: bool


def heading_of(text: str, start: int, end: int) -> Heading | None:
    """Heading that a passage is, or begins with.

    Parameters
    ----------
    text : str
        The passage, joined and folded.
    start, end : int
        Its offsets in the document.

    Examples
    --------
    >>> found = heading_of("（一）总体情况。2022年度支出9.50万元。", 0, 24)
    >>> found.title, found.alone
    ('总体情况', False)
    """
    number = numbering(text)
    if number is None or is_contents_line(text):
        return None
    rest = text[number.length : number.length + _TITLE_MOST * 2]
    stop = _TITLE_STOP.search(rest)
    alone = len(text) <= _TITLE_MOST and _STOP.search(rest) is None
    title = strip_blanks(rest[:_TITLE_MOST] if alone or stop is None else rest[: stop.start()]).rstrip("、.")
    if not title and number.level > 1:
        return None
    return Heading(number, title, start, end, alone)


def may_be_heading(text: str) -> bool:
    """Whether a passage that the format marks as a heading can be one: short, and no sentence."""
    return len(text) <= _TITLE_MOST and _STOP.search(text) is None


def marked_heading(text: str, start: int, end: int) -> Heading:
    """Heading without a number, which the format marks; level 0 until the numbered ones beside it tell."""
    return Heading(Numbering(0, "", 0, first=False), strip_blanks(text), start, end, alone=True)


def build_sections(headings: Sequence[Heading], length: int, body_after: Sequence[bool]) -> list[Section]:
    """Sections of a document.

    Parameters
    ----------
    headings : sequence of Heading
        In order.
    length : int
        Length of the document.
    body_after : sequence of bool
        For each heading, whether anything but another heading follows it, or it runs on into its paragraph.

    Returns
    -------
    list of Section
        In order; ids ``s1``, ``s1.2``; each ends where the next of the same or a higher rank begins.
    """
    last_with = {_key(h): i for i, h in enumerate(headings)}
    stack: list[tuple[int, Numbering, str, bool]] = []  # index into `out`, number, id, whether nothing has come since
    children: dict[str, int] = {}
    out: list[dict[str, object]] = []
    for index, heading in enumerate(headings):
        if not body_after[index] and heading.alone and last_with[_key(heading)] != index and heading.number.level <= 3:
            continue  # a contents page
        _close(stack, heading.number, out, heading.start)
        parent = stack[-1][2] if stack else None
        children[parent or ""] = children.get(parent or "", 0) + 1
        identity = f"{parent}.{children[parent]}" if parent else f"s{children['']}"
        out.append(
            {
                "id": identity, "title": heading.title, "level": heading.number.level, "start": heading.start, "end":
                length, "number": heading.number.number, "parent": parent,
            }
        )  # fmt: skip
        stack.append((len(out) - 1, heading.number, identity, heading.alone and not body_after[index]))
    return [Section(**row) for row in out]  # type: ignore[arg-type]


def _close(
    stack: list[tuple[int, Numbering, str, bool]], number: Numbering, out: list[dict[str, object]], at: int
) -> None:
    """End the sections that a heading ends: back to one of its own level, else all that rank as low.

    A first item (一 or 1) right below a bare heading of a lower rank opens a list in it: ``1、报告``, ``（一）概况``.
    """
    if stack and number.first and stack[-1][3] and stack[-1][1].level > number.level > 1:
        return
    keep = len(stack)
    for position in range(len(stack) - 1, -1, -1):
        level = stack[position][1].level
        if level == number.level:
            keep = position
            break
        if level < number.level:
            keep = position + 1
            break
        keep = position
    else:
        keep = 0 if not stack else keep
    for index, *_ in stack[keep:]:
        out[index]["end"] = at
    del stack[keep:]


def _key(heading: Heading) -> str:
    """Level and title, without a page number behind it: what contents page and body have in common."""
    return f"{heading.number.level}{_PAGE.sub('', heading.title)}"


def section_at(sections: Sequence[Section], starts: Sequence[int], offset: int) -> str | None:
    """Id of the innermost section at an offset; `starts` are the sections' starts.

    A section ends only where another begins, so the last one that began is the innermost.
    """
    at = bisect_right(starts, offset) - 1
    return sections[at].id if at >= 0 else None
