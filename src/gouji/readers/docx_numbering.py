"""Numbers that Word writes itself: 一、 （一） 1. in front of headings and list items stand nowhere in the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from gouji.readers.docx_parts import W, attribute, is_on, whole

_LEVELS = 9
_MOST = 100_000
_PLACE = re.compile(r"%([1-9])")
_HAN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"


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


def written(count: int, form: str) -> str:
    """Write a number in one of Word's forms.

    Examples
    --------
    >>> [written(12, form) for form in ("decimal", "chineseCounting", "ideographDigital", "upperRoman", "none")]
    ['12', '十二', '一二', 'XII', '']
    >>> written(3, "decimalEnclosedCircle"), written(2, "ideographTraditional"), written(28, "lowerLetter")
    ('③', '乙', 'bb')
    """
    if form == "none":
        return ""
    if not 0 <= count < _MOST:
        return str(count)
    return _FORMS.get(form, str)(count)


def _counting(count: int, digits: str = _HAN, units: str = "十百千", short: bool = True) -> str:
    """Write 12 as 十二, 105 as 一百零五."""
    if count >= 10_000:
        return str(count)
    out = ""
    for place, digit in enumerate(reversed(str(count))):
        if digit != "0":
            out = digits[int(digit)] + (units[place - 1] if place else "") + out
        elif out and not out.startswith(digits[0]):
            out = digits[0] + out
    out = out or digits[0]
    return out[1:] if short and 10 <= count < 20 else out


def _digits(count: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(count))


def _from(first: str, most: int) -> Callable[[int], str]:
    """Characters that follow one another in Unicode, plain digits beyond the last."""
    return lambda count: chr(ord(first) + count - 1) if 1 <= count <= most else str(count)


def _of(characters: str) -> Callable[[int], str]:
    return lambda count: characters[(count - 1) % len(characters)] if count else str(count)


def _letter(first: str) -> Callable[[int], str]:
    return lambda count: chr(ord(first) + (count - 1) % 26) * min((count - 1) // 26 + 1, 100) if count else ""


def _roman(count: int) -> str:
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += sign * (count // value)
        count %= value
    return out


def _full_width(count: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(count))


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "koreanCounting"),
        _counting,
    ),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _digits),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional"),
        lambda count: _counting(count, _LEGAL, "拾佰仟", short=False),
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _from("①", 20)),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _full_width),
    "decimalZero": lambda count: f"{count:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": _letter("A"),
    "lowerLetter": _letter("a"),
}  # fmt: skip
