"""The parts of an XLSX package beside its sheets: which sheets there are, shared strings, number formats."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gouji.readers.markup import local
from gouji.readers.number_formats import BUILTIN, GENERAL

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
MOST_STRINGS = 1_000_000


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet by its name, the part that holds it, and whether it is shown."""

    name: str
    part: str
    shown: bool


@dataclass(frozen=True)
class Workbook:
    """What all sheets of a workbook share."""

    sheets: tuple[SheetPart, ...]
    strings: list[str]
    formats: list[str]  # format codes by the number of the cell's style
    since_1904: bool


def attribute(element: Any, name: str) -> str | None:
    """Attribute by its local name, whatever its namespace."""
    return next((str(v) for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def is_true(value: str | None) -> bool:
    """Whether an XML boolean is true."""
    return value in ("1", "true", "on")


def integer(text: str | None) -> int | None:
    """Non-negative integer of an attribute, None if it is none (or absurdly long)."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else None


def relations(root: Any, base: str) -> dict[str, tuple[str, str]]:
    """Targets and types of a part's relations, by id; targets are names of parts."""
    out: dict[str, tuple[str, str]] = {}
    for element in root:
        identity, target = attribute(element, "Id"), attribute(element, "Target")
        if identity and target and attribute(element, "TargetMode") != "External":
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
            out[identity] = (part, (attribute(element, "Type") or "").rpartition("/")[2])
    return out


def sheet_parts(root: Any, targets: dict[str, tuple[str, str]]) -> Iterator[SheetPart]:
    """Sheets of a workbook, in the order of their tabs; charts and dialogs are no sheets of cells."""
    for element in root.iter():
        if local(element) != "sheet":
            continue
        # r:id and sheetId both end in "id": the relation's is the one that a target has
        ids = [str(v) for k, v in element.attrib.items() if k.rpartition("}")[2] == "id"]
        target = next((targets[i] for i in ids if i in targets), None)
        if target is not None and target[1] == "worksheet":
            shown = element.get("state", "visible") == "visible"
            yield SheetPart(element.get("name") or "", target[0], shown)


def shared_strings(root: Any) -> list[str]:
    """Texts that cells name by number; readings (拼音) above them are no part of them."""
    return [string_of(element) for element, _ in zip(root, range(MOST_STRINGS), strict=False) if local(element) == "si"]


def string_of(element: Any) -> str:
    """Text of a string element: its runs one after another."""
    parts: list[str] = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts += [piece.text or "" for piece in child if local(piece) == "t"]
    return unescape("".join(parts))


def unescape(text: str) -> str:
    r"""Text with escapes such as ``_x000D_`` put back and line ends as ``\n``.

    Examples
    --------
    >>> unescape("收入_x000D_\n合计")
    '收入\n合计'
    """
    if "_x" in text:
        text = _ESCAPE.sub(_escaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _escaped(match: re.Match[str]) -> str:
    """Character of an escape; half a pair and control characters are none."""
    code = int(match[1], 16)
    return "" if 0xD800 <= code < 0xE000 or code < 32 and code not in (9, 10, 13) else chr(code)


def formats_of(root: Any) -> list[str]:
    """Format code of each cell style."""
    codes = dict(BUILTIN)
    styles: list[str] = []
    for group in root:
        if local(group) == "numFmts":
            for element in group:
                number = integer(element.get("numFmtId"))
                if number is not None:
                    codes[number] = element.get("formatCode") or GENERAL
    for group in root:
        if local(group) == "cellXfs":
            styles = [codes.get(integer(element.get("numFmtId")) or 0, GENERAL) for element in group]
    return styles
