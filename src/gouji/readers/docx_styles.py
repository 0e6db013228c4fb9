"""Styles of a Word file, as far as they say what is a heading, what is numbered and what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from gouji.readers.docx_parts import W, attribute, is_on, whole

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
_TITLES = ("title", "标题")
_CONTENTS = re.compile(r"(?:toc|目录)\s*\d?", re.I)
_DEPTH = 20
BODY = 9
"""Outline level of body text."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says; a style says what the one it is based on says where it says nothing itself.

    `heading` is the level from 1, 0 for the title of the whole, None for no heading.
    """

    heading: int | None = None
    number: str | None = None
    level: int | None = None
    hidden: bool = False
    contents: bool = False


PLAIN = Style()


class Styles:
    """Styles by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._read: dict[str, Style] = {}
        self.default: str | None = None
        for element in root.iterchildren(W + "style") if root is not None else ():
            identity = attribute(element, "styleId") or ""
            self._elements[identity] = element
            if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
                self.default = identity

    def get(self, identity: str | None) -> Style:
        """Style of an id, plain where there is none; styles based on one another in a circle end."""
        return self._get(identity or "", 0)

    def _get(self, identity: str, depth: int) -> Style:
        if identity in self._read:
            return self._read[identity]
        element = self._elements.get(identity)
        if element is None or depth > _DEPTH:
            # programs write headings by their usual ids without any style sheet
            return Style(heading=_heading_of(identity), contents=_CONTENTS.fullmatch(identity) is not None)
        base = self._get(attribute(element.find(W + "basedOn")) or "", depth + 1)
        found = _style(element, base)
        self._read[identity] = found
        return found


def _style(element: etree._Element, base: Style) -> Style:
    """Style of an element on top of the one it is based on."""
    name = attribute(element.find(W + "name")) or ""
    properties = element.find(W + "pPr")
    heading = base.heading
    outline = None if properties is None else properties.find(W + "outlineLvl")
    if outline is not None:
        level = whole(attribute(outline), BODY)
        heading = level + 1 if 0 <= level < BODY else None
    elif _heading_of(name) is not None:
        heading = _heading_of(name)
    number, level_at = numbering_of(properties)
    return Style(
        heading=heading,
        number=base.number if number is None else number,
        level=base.level if level_at is None else level_at,
        hidden=bool(base.hidden if (on := is_on(element.find(W + "rPr"), "vanish")) is None else on),
        contents=base.contents or _CONTENTS.fullmatch(name) is not None,
    )


def _heading_of(name: str) -> int | None:
    found = _HEADING.fullmatch(name.strip())
    if found:
        return int(found[1])
    return 0 if name.strip().lower() in _TITLES else None


def numbering_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    """Read the list (its id) and the level that paragraph properties state, None for what they do not."""
    found = None if properties is None else properties.find(W + "numPr")
    if found is None:
        return None, None
    level = attribute(found.find(W + "ilvl"))
    return attribute(found.find(W + "numId")), None if level is None else whole(level)
