"""Text of a Word paragraph: runs without what is hidden or deleted, results of fields without their codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from gouji.readers.docx_parts import W, attribute, is_on
from gouji.readers.docx_styles import Styles
from gouji.readers.markup import local

_SKIPPED = frozenset(
    ("pPr", "rPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "rubyPr", "sdtPr", "sdtEndPr",
     "customXmlPr", "smartTagPr", "fldData", "annotationRef", "footnoteRef", "endnoteRef", "separator", "oMathParaPr")
)  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "pgNum": ""}
_DRAWN = frozenset(("drawing", "pict", "object"))
_PICTURES = frozenset(("blip", "imagedata"))
_BROKEN = re.compile(r"\s*\n\s*")
_LEADER = re.compile(r"\t(?=[^\t]*$)")
# what symbol fonts draw at these places: boxes, ticks and crosses
_SYMBOLS = {0xFE: "☑", 0x52: "☑", 0xFD: "☒", 0x54: "☒", 0xA8: "□", 0x6F: "□", 0xA3: "□", 0xFC: "√", 0xFB: "×"}


@dataclass(slots=True)
class Inline:
    """What goes on from paragraph to paragraph: open fields, notes referred to, counts of what was met."""

    fields: list[bool] = field(default_factory=list)  # for each open field whether its code is being read
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    deleted: int = 0


def inline(
    paragraph: etree._Element, state: Inline, styles: Styles, *, hidden: bool = False, contents: bool = False
) -> tuple[str, list[etree._Element]]:
    """Text of a paragraph, and the contents of the text boxes anchored in it.

    Parameters
    ----------
    paragraph : element
    state : Inline
    styles : Styles
    hidden : bool
        Whether the paragraph's style hides its runs.
    contents : bool
        Whether the paragraph is a line of a table of contents; the tab before its page number becomes dots.
    """
    parts: list[str] = []
    boxes: list[etree._Element] = []
    stack = [paragraph.iterchildren()]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        name = local(element)
        if name == "t":
            if not any(state.fields):
                parts.append(_BROKEN.sub("", element.text or ""))
        elif name in _SKIPPED:
            state.deleted += name in ("del", "moveFrom")
        elif name == "r":
            if not _is_hidden(element, styles, hidden):
                stack.append(element.iterchildren())
        elif name == "fldChar":
            _turn(state, attribute(element, "fldCharType"))
        elif name == "AlternateContent":
            stack.append(iter(list(element)[:1]))
        elif name in _DRAWN:
            boxes += _boxes(element)
            state.pictures += sum(local(e) in _PICTURES for e in element.iter())
        elif name in ("footnoteReference", "endnoteReference"):
            state.notes.append((name.removesuffix("Reference") + "s", attribute(element, "id") or ""))
        elif name in _SIGNS or name in ("br", "sym"):
            if not any(state.fields):
                parts.append(_SIGNS[name] if name in _SIGNS else _OTHER[name](element))
        else:
            stack.append(element.iterchildren())
    # a code that no text follows in its paragraph is damaged: what comes after it is text
    state.fields = [False] * len(state.fields)
    text = "".join(parts)
    return (_LEADER.sub("……", text) if contents else text), boxes


def _turn(state: Inline, kind: str | None) -> None:
    """Open a field, go from its code to its result, close it."""
    if kind == "begin":
        state.fields.append(True)
    elif kind == "separate" and state.fields:
        state.fields[-1] = False
    elif kind == "end" and state.fields:
        state.fields.pop()


def _is_hidden(run: etree._Element, styles: Styles, hidden: bool) -> bool:
    properties = run.find(W + "rPr")
    if properties is None:
        return hidden
    own = is_on(properties, "vanish")
    if own is not None:
        return own
    style = properties.find(W + "rStyle")
    return hidden or (style is not None and styles.get(attribute(style)).hidden)


def _boxes(drawn: etree._Element) -> list[etree._Element]:
    """Contents of text boxes in a drawing: each once, those in other boxes left to them."""
    out: list[etree._Element] = []
    stack = [drawn]
    while stack:
        element = stack.pop()
        if element.tag == W + "txbxContent":
            out.append(element)
        elif local(element) == "AlternateContent":
            stack += list(element)[:1]
        else:
            stack += reversed(list(element))
    return out


def _break(element: etree._Element) -> str:
    """Line break; breaks of pages and columns part nothing that paragraphs do not."""
    return "\n" if attribute(element, "type") in (None, "textWrapping") else ""


def _symbol(element: etree._Element) -> str:
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    if code >= 0xF000:
        return _SYMBOLS.get(code & 0xFF, "")
    return chr(code) if 0x20 <= code < 0xD800 else ""


_OTHER: dict[str, Callable[[etree._Element], str]] = {"br": _break, "sym": _symbol}
