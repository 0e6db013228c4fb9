"""Words of what is injected into hijacked pages, and of figures that are kept back, from ``noise.yaml``."""

from __future__ import annotations

import re
from functools import cache

from gouji.errors import ResourceError
from gouji.resources.loading import read_yaml

FILE = "noise.yaml"
SCHEMA = "gouji-noise/1"
_ADDRESS = re.compile(r"https?://|www\.|\.(?:com|net|vip|xyz|cc)\b", re.IGNORECASE)


@cache
def _words(group: str) -> re.Pattern[str]:
    """Pattern of a group of words.

    Raises
    ------
    ResourceError
        If the group is empty, or a word stands twice in it.
    """
    words = read_yaml(FILE, SCHEMA)[group]
    if not words or len(set(words)) != len(words) or not all(isinstance(word, str) and word for word in words):
        raise ResourceError(f"{FILE}: {group}: expected words, each once")
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def is_injected(text: str) -> bool:
    """Whether a paragraph was injected: it holds two such words, or one beside a web address.

    Examples
    --------
    >>> is_injected("澳门新葡京官方下载 注册送38元"), is_injected("依法查处赌博案件12起，罚没收入9.50万元。")
    (True, False)
    """
    found = {match[0] for match in _words("injected").finditer(text)}
    return len(found) > 1 or bool(found) and _ADDRESS.search(text) is not None


def is_undisclosed(text: str) -> bool:
    """Whether a paragraph says that figures are kept back, and gives none.

    Examples
    --------
    >>> is_undisclosed("因涉密，有关数据不宜公开。"), is_undisclosed("开展涉密检查12次。")
    (True, False)
    """
    return _words("undisclosed").search(text) is not None and not any(c.isdigit() for c in text)
