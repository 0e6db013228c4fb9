"""Numbers that Word writes itself: 一、 （一） 1. in front of headings and list items stand nowhere in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from gouji.readers.docx_parts import W, attribute, is_on, whole
from gouji.readers.list_numbers import written

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how its numbers look and where they begin."""

    text: str = ""
    format: str = "decimal"
    start: int = 1
    suffix: str = "tab"
    style: str | None = None
    legal: bool = False
    restart: int | None = None  # the level, from 1, after which it begins anew; 0 for never


@dataclass(slots=True)
class _List:
    """A list as the text uses it: its levels, and numbers that it begins anew with."""

    pattern: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Numbers in the order of the text: every call of `next` counts one on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists = _lists(root) if root is not None else {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def level_of_style(self, number: str, style: str) -> int:
        """Level of a list that a paragraph style is tied to, the first one without such a tie."""
        found = self._lists.get(number)
        for index, level in sorted(found.levels.items()) if found else ():
            if level.style == style:
                return index
        return 0

    def next(self, number: str | None, level: int) -> str:
        """Count on: the number of a list's next paragraph as printed, with what parts it from the text; "" for bullets.

        Parameters
        ----------
        number : str or None
            Id of the list; ``0`` switches numbers off.
        level : int
            From 0.
        """
        found = self._lists.get(number or "")
        if found is None or not 0 <= level < _LEVELS or level not in found.levels:
            return ""
        counts = self._counts.setdefault(found.pattern, [None] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number or "")
            for at, start in found.starts.items():
                counts[at] = start - 1
        before = counts[level]
        counts[level] = found.levels[level].start if before is None else before + 1
        for deeper in range(level + 1, _LEVELS):
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or restart > 0 and level < restart:
                counts[deeper] = None
        return self._printed(found, level, counts)

    def _printed(self, found: _List, level: int, counts: list[int | None]) -> str:
        this = found.levels[level]
        if this.format == "bullet" or not this.text:
            return ""

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            shown = found.levels.get(at, _Level())
            count = counts[at]
            form = "decimal" if this.legal else shown.format
            return written(shown.start if count is None else count, form)

        text = _PLACE.sub(number, this.text).strip()
        parted = this.suffix == "nothing" or not text or not text[-1].isalnum()
        return text if parted else text + " "


def _lists(root: etree._Element) -> dict[str, _List]:
    """Read the lists, by their ids."""
    patterns = {attribute(e, "abstractNumId") or "": e for e in root.iterchildren(W + "abstractNum")}
    by_style = {
        attribute(link) or "": identity
        for identity, e in patterns.items()
        if (link := e.find(W + "styleLink")) is not None
    }
    out: dict[str, _List] = {}
    for element in root.iterchildren(W + "num"):
        pattern = attribute(element.find(W + "abstractNumId")) or ""
        linked = patterns[pattern].find(W + "numStyleLink") if pattern in patterns else None
        if linked is not None:
            pattern = by_style.get(attribute(linked) or "", pattern)
        if pattern not in patterns:
            continue
        found = _List(pattern, _levels(patterns[pattern]))
        for override in element.iterchildren(W + "lvlOverride"):
            at = whole(attribute(override, "ilvl"))
            found.levels |= _levels(override)
            start = override.find(W + "startOverride")
            if start is not None and 0 <= at < _LEVELS:
                found.starts[at] = whole(attribute(start), 1)
        out[attribute(element, "numId") or ""] = found
    return out


def _levels(parent: etree._Element) -> dict[int, _Level]:
    out: dict[int, _Level] = {}
    for element in parent.iterchildren(W + "lvl"):
        restart = element.find(W + "lvlRestart")
        out[whole(attribute(element, "ilvl"))] = _Level(
            attribute(element.find(W + "lvlText")) or "",
            attribute(element.find(W + "numFmt")) or _alternative(element) or "decimal",
            whole(attribute(element.find(W + "start")), 0),
            attribute(element.find(W + "suff")) or "tab",
            attribute(element.find(W + "pStyle")),
            bool(is_on(element, "isLgl")),
            None if restart is None else whole(attribute(restart)),
        )
    return out


def _alternative(level: etree._Element) -> str | None:
    """Form of numbers that newer programs write in a bracket of alternatives."""
    return next((attribute(e) for e in level.iter(W + "numFmt")), None)
