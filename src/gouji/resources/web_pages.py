"""Words of web pages that belong to the page and not to the article, from ``web_pages.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from gouji.resources.loading import read_yaml

FILE = "web_pages.yaml"
SCHEMA = "gouji-web-pages/1"
_LINE_MOST = 200
_SHORT = 60
_PIECES = re.compile(r"[\s|【】〖〗\[\]（）()]+")


@dataclass(frozen=True)
class WebPages:
    """Words by what they give away."""

    crumb: tuple[str, ...]
    field: tuple[str, ...]
    around: tuple[str, ...]
    foot: tuple[str, ...]

    def is_furniture(self, line: str) -> bool:
        """Whether a line near an end of a page belongs to the page: a path, its data about itself, its foot.

        Examples
        --------
        >>> load().is_furniture("来源：财政局  发布时间：2023-09-01  【打印】"), load().is_furniture("来源于财政拨款。")
        (True, False)
        """
        line = line.strip()
        if len(line) > _LINE_MOST:
            return False
        if line.startswith(self.crumb) or any(word in line for word in self.foot):
            return True
        if line.endswith(("。", "；")):
            return False
        if len(line) <= _SHORT and any(_headed(line, word) for word in self.around):
            return True
        fields = self.count_fields(line)
        return fields > 1 or fields == 1 and len(line) <= _SHORT and any(_headed(line, word) for word in self.field)

    def count_fields(self, line: str) -> int:
        """Count the fields that a line has: words of the page's data with a colon or alone between blanks."""
        pieces = [piece for piece in _PIECES.split(line.replace("：", ": ")) if piece]
        named = {piece.removesuffix(":") for piece in pieces}
        return sum(word in named for word in self.field)

    def is_field(self, text: str) -> bool:
        """Whether a cell names data of the page about itself, with or without what is stated: ``索引号：``."""
        return text.replace(":", "：").partition("：")[0] in self._fields

    @cached_property
    def _fields(self) -> frozenset[str]:
        return frozenset(self.field)


def _headed(line: str, word: str) -> bool:
    """Whether a line is a word, or begins with it and a colon or a blank."""
    return line == word or line.startswith(word) and line[len(word)] in "：: \u3000\xa0]】|"


@cache
def load() -> WebPages:
    """Words of the package."""
    content = read_yaml(FILE, SCHEMA)
    return WebPages(*(tuple(content[name]) for name in ("crumb", "field", "around", "foot")))
