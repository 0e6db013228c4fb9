"""Lines of a text, with what layout says of them: indentation and display width."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NARROW = re.compile(
    "[^\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
    "\u3000\U00020000-\U0003fffd]+"
)
LONG = 2000
"""A line longer than this is never looked at for layout."""
BROAD = 200
"""A line of more characters than this is broader than any page, whatever their widths."""


@dataclass(slots=True)  # not frozen: one is made for every line, in a quarter of the time
class Line:
    """A line without its line end.

    Parameters
    ----------
    start, end : int
        Offsets in the text.
    raw, body : str
        With and without the white space around it.
    """

    start: int
    end: int
    raw: str
    body: str

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands on the line."""
        return not self.body

    @property
    def body_start(self) -> int:
        """Offset of the first character that is not white space."""
        return self.start + len(self.raw) - len(self.raw.lstrip())

    @property
    def body_end(self) -> int:
        """Offset after the last character that is not white space."""
        return self.body_start + len(self.body)

    @property
    def indent(self) -> int:
        """Display width of the white space before the first character."""
        return display_width(self.raw[: self.body_start - self.start])

    @property
    def width(self) -> int:
        """Display width of the line without trailing blanks; of a long line, its length, which is as telling."""
        if len(self.raw) > LONG:
            return len(self.raw)
        shown = self.raw.rstrip()
        return display_width(shown) if len(shown) <= BROAD else len(shown)


def display_width(text: str) -> int:
    """Columns that a text takes in a fixed-width font.

    Examples
    --------
    >>> display_width("决算数 12.5")
    11
    """
    if text.isascii():
        return len(text)
    narrow = _NARROW.findall(text)
    return 2 * len(text) - len("".join(narrow)) if narrow else 2 * len(text)


def split_lines(text: str) -> list[Line]:
    """Lines of a text, in order; a final line end makes no further line."""
    lines: list[Line] = []
    at = 0
    for raw in text.split("\n"):
        end = at + len(raw)
        lines.append(Line(at, end, raw, raw.strip()))
        at = end + 1
    if lines and not lines[-1].raw and text:
        lines.pop()
    return lines


def next_shown(lines: list[Line], at: int, most: int = 3) -> int:
    """Index of the first line from `at` on that is not blank; `at` itself if too many blank lines stand there."""
    for index in range(at, min(at + most + 1, len(lines))):
        if not lines[index].blank:
            return index
    return at
