"""The article of a web page: what scripts, navigation, hidden text and link farms stand around is taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree

from gouji.readers.markup import local, text_of

_DROPPED = frozenset(
    ("script", "style", "noscript", "template", "iframe", "frame", "object", "embed", "applet", "select", "option",
     "button", "input", "textarea", "svg", "canvas", "audio", "video", "map", "nav", "footer", "aside", "xml", "head",
     "rt", "rp", "del", "datalist", "dialog", "marquee", "bgsound")
)  # fmt: skip
_CONTAINERS = frozenset(("body", "div", "section", "article", "main", "td", "form", "center", "blockquote", "dd"))
_BLOCKS = frozenset(("ul", "ol", "dl", "div", "p", "td", "table", "section", "li", "tr", "center"))
_HIDDEN = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|font-size:0(?:px|pt|em|%)?(?:;|!|$)|opacity:0(?:\.0+)?(?:;|!|$)"
    r"|text-indent:-\d{3,}|(?:left|top|right|bottom):-\d{3,}|color:transparent"
)
_REPORT = re.compile(r"决算|预算")
_TITLE_LEAST = 6
_MASS = re.compile(r"[。；]|\d\.\d{2}")
_MOST = 0.95
_FIGURE = re.compile(r"\d\.\d{2}")
_FEW_LINKS = 5
_FEW_FIGURES = 3
_SUMMARY = 150  # characters with each link of a list of news
_LITTLE = 3
_FILES = re.compile(r"\.(?:docx?|xlsx?|et|wps|pdf|ofd|zip|rar|7z|jpe?g|png)$", re.I)
_FOREIGN = 5
FARM = "网页中有指向外站的成片链接或隐藏文字（{} 个站点），疑似被植入的推广内容，已略去。"
UNFOLDED = "网页中默认不显示的部分占正文的大半，已一并读入。"


@dataclass(slots=True)
class Article:
    """The part of a page that is read, its title outside of that part, and what was met."""

    main: etree._Element
    title: str = ""
    warnings: list[str] = field(default_factory=list)


def find_article(root: etree._Element) -> Article:
    """Find the article of a page; `root` is changed.

    What is never content goes first, then what is hidden, then blocks that are little else than links or list other
    pages. The article is the innermost container that holds nearly all sentences and decimal figures that are left.
    """
    title = _title(root)
    foreign: set[str] = set()
    warnings: list[str] = []
    for element in [e for e in root.iter() if local(e) in _DROPPED]:
        _drop(element)
    _drop_hidden(root, foreign, warnings)
    _drop_links(root, foreign)
    main = _main(root)
    if len(foreign) >= _FOREIGN:
        warnings.append(FARM.format(len(foreign)))
    inside = any(text_of(e).strip() for e in main.iter("h1"))
    return Article(main, "" if inside else title, warnings)


def _title(root: etree._Element) -> str:
    """Title of the article as the page states it: its first ``h1``, what it says for search engines, or its window."""
    for element in root.iter("h1"):
        text = "".join(text_of(element).split())
        if text:
            return text
    for element in root.iter("meta"):
        if (element.get("name") or "").lower() == "articletitle":
            return (element.get("content") or "").strip()
    for element in root.iter("title"):
        parts = re.split(r"[-_|—–]", "".join(text_of(element).split()))
        return next((p for p in parts if len(p) >= _TITLE_LEAST and _REPORT.search(p)), "")
    return ""


def _drop(element: etree._Element) -> None:
    """Take an element out of its tree and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _drop_hidden(root: etree._Element, foreign: set[str], warnings: list[str]) -> None:
    """Drop what the page does not show, unless most of the article is in it and a script would show it."""
    mass = _masses(root)
    hidden: list[etree._Element] = []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if not _is_hidden(element) or local(element) in ("body", "html"):
            continue
        if mass[element] > _LITTLE and mass[element] * 2 > mass[root]:
            if UNFOLDED not in warnings:
                warnings.append(UNFOLDED)
        else:
            hidden.append(element)
            walk.skip_subtree()
    for element in hidden:
        foreign |= _hosts(element)
        _drop(element)


def _is_hidden(element: etree._Element) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search("".join(style.lower().split())) is not None


def _mass(text: str) -> int:
    """Count what reports are made of and pages around them are not: ends of sentences, and decimal figures."""
    return len(_MASS.findall(text))


def _masses(root: etree._Element) -> dict[etree._Element, int]:
    """Mass of every element with all that is in it."""
    mass: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        mass[element] = _mass(element.text or "") + sum(mass.get(c, 0) + _mass(c.tail or "") for c in element)
    return mass


def _main(root: etree._Element) -> etree._Element:
    """Innermost container that holds nearly all of the page's mass."""
    mass = _masses(root)
    body = next(iter(root.iter("body")), root)
    total = mass[body]
    found = at = body
    while total:
        inner = next((c for c in at if mass.get(c, 0) >= _MOST * total), None)
        if inner is None:
            break
        at = inner
        if local(at) in _CONTAINERS and (local(at) != "td" or _is_page(at)):
            found = at
    return found


def _is_page(cell: etree._Element) -> bool:
    """Whether a cell holds a page: several paragraphs or tables, not the text of a table's cell."""
    return sum(local(e) in ("p", "div", "table", "br") for e in cell.iter()) > 1


@dataclass(slots=True)
class _Links:
    """What an element holds: characters, those of them in links, links to other pages, decimal figures."""

    text: int = 0
    linked: int = 0
    links: int = 0
    figures: int = 0

    def add(self, other: _Links) -> None:
        self.text += other.text
        self.linked += other.linked
        self.links += other.links
        self.figures += other.figures

    def add_text(self, text: str | None) -> None:
        if text:
            self.text += len("".join(text.split()))
            self.figures += len(_FIGURE.findall(text))


def _drop_links(root: etree._Element, foreign: set[str]) -> None:
    """Drop blocks with many links and little else, and lists of other pages with their summaries.

    Links within the page are the article's contents; what holds half of the page's decimal figures (of its mass, where
    there are none) is the article.
    """
    counts = _count_links(root)
    mass = _masses(root)
    whole = counts[root]
    stack = [next(iter(root.iter("body")), root)]
    while stack:
        element = stack.pop()
        found = counts[element]
        if not found.links:
            continue
        few = found.links < _FEW_LINKS
        hosts = _hosts(element) if few and found.linked * 10 >= found.text * 8 else set()
        farm = not few and found.linked * 10 >= found.text * 6
        listing = not few and found.text <= found.links * _SUMMARY and found.figures < _FEW_FIGURES
        article = found.figures * 2 > whole.figures if whole.figures else mass[element] * 2 > mass[root]
        if local(element) in _BLOCKS and (farm or hosts or listing) and not article:
            foreign |= hosts or _hosts(element)
            _drop(element)
        else:
            stack += list(element)


def _count_links(root: etree._Element) -> dict[etree._Element, _Links]:
    counts: dict[etree._Element, _Links] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        found = _Links()
        found.add_text(element.text)
        for child in element:
            if child in counts:
                found.add(counts[child])
            found.add_text(child.tail)
        if local(element) == "a" and _leads_out(element):
            found.linked, found.links = found.text, 1
        counts[element] = found
    return counts


def _leads_out(link: etree._Element) -> bool:
    target = (link.get("href") or "").strip()
    return bool(target) and not (target.startswith("#") and len(target) > 1)


def _hosts(element: etree._Element) -> set[str]:
    """Hosts that links lead to, but for those of governments and for files, which are attachments."""
    out: set[str] = set()
    for link in element.iter("a"):
        try:
            target = urlsplit((link.get("href") or "").strip())
            host = target.hostname or ""
        except ValueError:
            continue
        if host and not host.endswith((".gov.cn", ".gov.hk", ".gov.mo")) and not _FILES.search(target.path):
            out.add(host)
    return out
