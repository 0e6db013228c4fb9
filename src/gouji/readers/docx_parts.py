"""Parts of a Word file: the main text, styles, notes and what they refer to, whatever their names are."""

from __future__ import annotations

import posixpath
from functools import cached_property
from pathlib import Path

from lxml import etree

from gouji.readers.archives import Archive
from gouji.readers.markup import local, parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Word's "Strict Open XML" has other names for the same things.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_USUAL = "word/document.xml"


class Package:
    """A Word file.

    Parameters
    ----------
    data : bytes
    path : Path
        The file, for messages.
    """

    def __init__(self, data: bytes, path: Path) -> None:
        self.path = path
        self.archive = Archive(data, path)

    @cached_property
    def main(self) -> str:
        """Name of the main text's part; some programs number it (``word/document2.xml``)."""
        if _USUAL in self.archive:
            return _USUAL
        for kind, target, _ in self._relations("").values():
            if kind == "officeDocument":
                return target
        return _USUAL

    def root(self, part: str) -> etree._Element:
        """Root of a part."""
        data = self.archive.read(part)
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
        return parse_xml(data, self.path, part)

    def related(self, kind: str) -> etree._Element | None:
        """Root of the part that the main text names its ``styles``, ``numbering``, ``footnotes``, …; None without."""
        for found, target, _ in self.relations.values():
            if found == kind and target in self.archive:
                return self.root(target)
        return None

    @cached_property
    def relations(self) -> dict[str, tuple[str, str, bool]]:
        """What the main text refers to, by id: kind, part, and whether it lies outside of the file."""
        return self._relations(self.main)

    def _relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self.archive:
            return {}
        out: dict[str, tuple[str, str, bool]] = {}
        for row in self.root(listing):
            if local(row) != "Relationship":
                continue
            target = row.get("Target") or ""
            outside = row.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            out[row.get("Id") or ""] = ((row.get("Type") or "").rpartition("/")[2], target, outside)
        return out


def attribute(element: etree._Element | None, name: str = "val") -> str | None:
    """Attribute of Word's own name space."""
    return None if element is None else element.get(W + name)


def is_on(parent: etree._Element | None, name: str) -> bool | None:
    """Whether a property is set: None where nothing is said, False where it is switched off."""
    found = None if parent is None else parent.find(W + name)
    if found is None:
        return None
    return (attribute(found) or "true").lower() not in ("0", "false", "off", "none")


def whole(text: str | None, default: int = 0) -> int:
    """Whole number that an attribute states; files state all kinds of things.

    Examples
    --------
    >>> whole("3"), whole("x", 1), whole(None)
    (3, 1, 0)
    """
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default
