"""Elements of a web page to paragraphs and tables in the order in which a browser would show them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from gouji.readers.html_tables import table
from gouji.readers.layout import Block, TextBlock
from gouji.readers.list_numbers import written
from gouji.readers.markup import local, text_of
from gouji.readers.nesting import MOST_NESTED, TOO_DEEP

_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd",
     "label", "mark", "q", "ruby", "rb", "rbc", "rtc", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
     "time", "tt", "u", "var", "wbr", "nobr", "img", "picture", "source", "meta", "link", "base")
)  # fmt: skip
_HEADING = re.compile(r"h[1-6]")
_BREAK = "\x0b"  # stands for <br> until white space is collapsed
_GAP = re.compile(r"[ \t\n\r\f]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]")
_BREAKS = re.compile(rf"[ \xa0\u3000]*{_BREAK}[ ]*")
_PARTED = re.compile(rf"(?:[ \xa0\u3000]*{_BREAK}[ \xa0\u3000]*){{2,}}")
_NOTHING = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD))
# what Windows writes at places that Unicode leaves to control characters
_CONTROLS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_KINDS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_LISTS = {
    "none": "",
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "cjk-decimal": "ideographDigital",
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "disc": "",
    "circle": "",
    "square": "",
}


@dataclass(slots=True)
class Flow:
    """Reader of elements; what it meets counts up."""

    warnings: list[str] = field(default_factory=list)
    pictures: int = 0

    def blocks(self, container: etree._Element, depth: int = 0) -> list[Block]:
        """Blocks of what stands in an element."""
        out: list[Block] = []
        text: list[str] = []
        heading: int | None = None
        kept = 0  # how many <pre> are open
        lists: list[tuple[str, int]] = []
        walk = etree.iterwalk(container, events=("start", "end"))
        for event, element in walk:
            name = local(element)
            if event == "start":
                if name == "table" and element is not container:
                    _flush(out, text, heading)
                    out += self._table(element, depth)
                    walk.skip_subtree()
                    continue
                if name == "br":
                    text.append(_BREAK)
                elif name == "sup" and _is_reference(element):
                    walk.skip_subtree()
                    continue
                elif not _is_inline(name):
                    _flush(out, text, heading)
                    heading = int(name[1]) if _HEADING.fullmatch(name) else heading
                self.pictures += name == "img"
                kept += name == "pre"
                if name in ("ol", "ul"):
                    lists.append(_list(element, name))
                elif name == "li" and lists:
                    text.append(_number(lists, element))
                if element.text:
                    text.append(element.text.replace("\n", _BREAK) if kept else element.text)
                continue
            if not _is_inline(name) and name not in ("br", "table"):
                _flush(out, text, heading)
                heading = None if _HEADING.fullmatch(name) else heading
            kept -= name == "pre"
            if name in ("ol", "ul") and lists:
                lists.pop()
            if element.tail and element is not container:
                text.append(element.tail.replace("\n", _BREAK) if kept else element.tail)
        _flush(out, text, heading)
        return out

    def _table(self, element: etree._Element, depth: int) -> list[Block]:
        if depth < MOST_NESTED:
            return table(element, lambda cell: self.blocks(cell, depth + 1), self.warnings)
        if TOO_DEEP not in self.warnings:
            self.warnings.append(TOO_DEEP)
        found = shown(text_of(element))
        return [TextBlock(line) for line in found]


def _is_inline(name: str) -> bool:
    return name in _INLINE or ":" in name  # Word writes smart tags as st1:chsdate


def _flush(out: list[Block], text: list[str], heading: int | None) -> None:
    """End a paragraph."""
    if text:
        out += [TextBlock(line, heading=heading) for line in shown("".join(text))]
        text.clear()


def shown(text: str) -> list[str]:
    r"""Paragraphs of a text as a browser shows it: white space collapsed, two line breaks running part paragraphs.

    Line ends of the source beside a Chinese character show nothing, elsewhere a blank.

    Examples
    --------
    >>> shown(" 支出\n 12.5  万元 "), shown("甲\x0b乙\x0b\x0b丙")
    (['支出12.5 万元'], ['甲\n乙', '丙'])
    """
    text = text.translate(_NOTHING).translate(_CONTROLS)

    def gap(found: re.Match[str]) -> str:
        if "\n" not in found[0] and "\r" not in found[0]:
            return " "
        beside = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
        return "" if _WIDE.search(beside) else " "

    text = _GAP.sub(gap, text)
    lines = (_BREAKS.sub("\n", part).strip("\n ") for part in _PARTED.split(text))
    return [line for line in lines if line.strip()]


def _is_reference(element: etree._Element) -> bool:
    """Whether a raised text is the number of a note: a link within the page."""
    return any((link.get("href") or "").startswith("#") for link in element.iter("a"))


def _list(element: etree._Element, name: str) -> tuple[str, int]:
    """Form of a list's numbers, "" for none, and the number before its first."""
    form = _KINDS.get(element.get("type") or "1", "decimal") if name == "ol" else ""
    style = _STYLE.search((element.get("style") or "").lower())
    if style:
        form = _LISTS.get(style[1], form)
    start = (element.get("start") or "").strip()
    return form, (int(start) if start.lstrip("-").isdecimal() and len(start) < 7 else 1) - 1


def _number(lists: list[tuple[str, int]], item: etree._Element) -> str:
    """Give a list's next item its number, with the mark behind it."""
    form, count = lists[-1]
    own = (item.get("value") or "").strip()
    count = int(own) if own.isdecimal() and len(own) < 7 else count + 1
    lists[-1] = (form, count)
    if not form:
        return ""
    return written(count, form) + ("、" if form in ("chineseCounting", "ideographDigital") else ".")
