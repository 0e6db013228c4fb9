"""Characters as PDFs give them back to what was meant: radicals to the characters they look like, controls left out."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Fonts map one glyph to several code points, and writers of PDF pick the first: 民 comes back as ⺠, 长 as ⻓. Unicode
# gives the Kangxi radicals (U+2F00..) a decomposition, most of the supplement (U+2E80..) none.
_SUPPLEMENT = dict(
    zip(
        "⺁⺄⺆⺈⺊⺋⺌⺍⺎⺕⺗⺙⺛⺝⺟⺠⺡⺢⺤⺥⺦⺧⺨⺩⺬⺭⺮⺰⺱⺳⺴⺶⺷⺸⺹⺻⺼⺽⺾⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙冂刀卜㔾小小尣彐心攵旡月母民氵氺爫爫丬牛犭王示礻竹纟网网网羊羊羊老聿月臼艹艹虎衤西西见角角讠贝足车辶辶辶阝長镸长门阝雨青韦页风飞食食饣首马骨鬼鱼鸟卤麦黄黾齐齐歯齿竜龙龟亀龟",
        strict=True,
    )
)
_HYPHENS = frozenset({0x02, 0xFFFE})  # PDFium's signs for a hyphen at a line's end
_UNMAPPED = 0xFFFD


@lru_cache(maxsize=1 << 16)
def repaired(code: int) -> str:
    r"""Text that a character code of a PDF stands for, "" for one that stands for nothing.

    Examples
    --------
    >>> repaired(0x2F00), repaired(0x2EA0), repaired(0), repaired(0xAD), repaired(0x3000)
    ('一', '民', '', '', '\u3000')
    """
    if code in _HYPHENS:
        return "-"
    if code > 0x10FFFF or 0xD800 <= code < 0xE000 or code == _UNMAPPED or 0xE000 <= code < 0xF900:
        return ""
    text = chr(code)
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB07 or 0xFE30 <= code < 0xFE50:
        return _SUPPLEMENT.get(text) or unicodedata.normalize("NFKC", text)
    if code in (0x09, 0xA0):
        return " "
    return "" if unicodedata.category(text) in ("Cc", "Cf") else text
