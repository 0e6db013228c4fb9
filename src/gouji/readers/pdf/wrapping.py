"""Whether a line of print goes on in the next: the room that was left, and what cannot be parted."""

from __future__ import annotations

import re

from gouji.readers.pdf.lines import Line

_OPENING = "（“‘《〈「『【〔［([{"
CLOSING = "）”’》〉」』】〕］)]},.，。、；：！？;:!?%％‰…"
_LATIN = re.compile(r"[A-Za-z0-9.,，%％+\-/]")
_NUMBER = re.compile(r"[-−+]?\d[\d,，]*(?:\.\d+)?[%％]?")
_NONE = ("-", "—", "--", "——", "－", "/")
_SLACK = 0.15  # ems; measuring is not exact


def first_unit(line: Line) -> float:
    """Width of what stands first on a line and cannot be parted: a word, a figure, a character with its brackets."""
    glyphs = line.glyphs
    end = 0
    while end < len(glyphs) - 1 and glyphs[end].text in _OPENING:
        end += 1
    if _LATIN.match(glyphs[end].text):
        while end + 1 < len(glyphs) and _LATIN.match(glyphs[end + 1].text):
            end += 1
    while end + 1 < len(glyphs) and glyphs[end + 1].text in CLOSING:
        end += 1
    return glyphs[end].x1 - glyphs[0].x0


def has_room(line: Line, right: float, after: Line) -> bool:
    """Whether a line that may reach `right` could have taken the beginning of the next one."""
    return right - line.x1 > first_unit(after) + _SLACK * line.em


def joined(left: str, right: str) -> str:
    """Text of two lines as one: a blank between Latin words, nothing else."""
    a, b = left[-1:], right[:1]
    words = a.isascii() and b.isascii() and a.isalpha() and b.isalpha()
    return f"{left} {right}" if words else left + right


def is_figure(text: str) -> bool:
    """Whether a text is a number or one of the dashes that stand for none."""
    return is_number(text) or text.strip() in _NONE


def is_number(text: str) -> bool:
    """Whether a text is one number, digits grouped or not."""
    return _NUMBER.fullmatch(text.strip()) is not None
