"""Forms of one script: traditional to simplified by ``script.yaml``, full width to half, readings beside characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from gouji.errors import ResourceError
from gouji.resources.loading import read_yaml

FILE = "script.yaml"
SCHEMA = "gouji-script/1"

WIDE = {wide + i: half + i for wide, half, many in ((0xFF10, 0x30, 10), (0xFF21, 0x41, 26), (0xFF41, 0x61, 26))
        for i in range(many)}  # fmt: skip
"""Full-width digits and letters to half-width ones, by code point."""
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
# 經(jīng)費(fèi): a syllable of at most six letters with its tone, behind the character that it reads
READING = re.compile(rf"(?<=[{HAN}])[(（](?=[a-zü]*[{TONES}])[a-zü{TONES}]{{1,6}}[)）]")


def folding(table: Mapping[int, int] | Mapping[int, str]) -> Callable[[str], str]:
    """Make a function that folds characters one to one.

    Few characters of a text are in the table, and looking for those is much faster than `str.translate`, which asks for
    every character. No character may fold to one that is folded itself.

    Examples
    --------
    >>> folding({ord("（"): "("})("出国（境）费")
    '出国(境）费'
    """
    to = {chr(code): chr(form) if isinstance(form, int) else form for code, form in table.items()}
    if not to.keys().isdisjoint(to.values()):
        raise ValueError(f"folded twice: {sorted(to.keys() & set(to.values()))}")
    find = re.compile("[" + re.escape("".join(to)) + "]" if to else "(?!)").findall

    def folded(text: str) -> str:
        for char in set(find(text)):
            text = text.replace(char, to[char])
        return text

    return folded


_fold_wide = folding(WIDE)


@cache
def _fold_always() -> Callable[[str], str]:
    return folding(always())


@cache
def _fold_beside() -> Callable[[str], str]:
    return folding(beside())


@cache
def always() -> dict[int, str]:
    """Characters that stand in no simplified text, by code point."""
    return _table("always")


@cache
def beside() -> dict[int, str]:
    """Characters that are traditional only in a text that holds others."""
    return _table("beside")


def simplified(text: str) -> str:
    """Fold script, one character to one.

    Examples
    --------
    >>> simplified("機關運行經費主要用於辦公"), simplified("於潜镇")
    ('机关运行经费主要用于办公', '於潜镇')
    """
    if text.isascii():
        return text
    folded = _fold_always()(text)
    return _fold_beside()(folded) if folded != text else text


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    r"""Words of a cell as they are compared: simplified, digits and letters of half width, no white space, no readings.

    Examples
    --------
    >>> plain("經(jīng)費\n支 出"), plain("２０５０１")
    ('经费支出', '20501')
    """
    text = "".join(text.split())
    return text if text.isascii() else without_readings(simplified(_fold_wide(text)))


def without_readings(text: str) -> str:
    """Text without the readings in brackets behind its characters.

    Examples
    --------
    >>> without_readings("经(jīng)费(fèi)")
    '经费'
    """
    return READING.sub("", text) if "(" in text or "（" in text else text


def _table(group: str) -> dict[int, str]:
    """Pairs of a group.

    Raises
    ------
    ResourceError
        If a pair is no pair, a character stands twice, or a simplified form is traditional itself.
    """
    pairs = str(read_yaml(FILE, SCHEMA)[group]).split()
    table = {ord(pair[0]): pair[1:] for pair in pairs}
    if len(table) != len(pairs) or any(len(to) != 1 or ord(to) in table for to in table.values()):
        raise ResourceError(f"{FILE}: {group}: a pair is no pair, or a character stands twice")
    return table
