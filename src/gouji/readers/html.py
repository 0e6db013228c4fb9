"""The HTML reader."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from lxml import etree

from gouji.errors import ReaderError
from gouji.model.document import Document
from gouji.readers.cell_values import clean
from gouji.readers.columns import is_data_number
from gouji.readers.compose import compose
from gouji.readers.formats import HTML
from gouji.readers.html_flow import Flow
from gouji.readers.html_main import find_article
from gouji.readers.layout import Block, Layout, TableBlock, TextBlock
from gouji.readers.web_bytes import decode_page
from gouji.resources import web_pages
from gouji.settings import Settings

MOST_CHARACTERS = 32_000_000
_DATA = re.compile(r"data:[\w/+.;=-]{3,60};base64,[A-Za-z0-9+/=\s%]+")
_NOTHING = "网页没有正文；内容若由脚本载入，请在浏览器中打开后另存。"
_ONLY_PICTURES = "网页只有图片或附件，没有正文，请下载附件后读取附件。"
_EDGE = 15
_FIELDS = 3


def read_html(data: bytes, path: Path, settings: Settings) -> Document:
    """Read a web page.

    Parameters
    ----------
    data : bytes
    path : Path
        The document is named by its stem.
    settings : Settings

    Returns
    -------
    Document

    Raises
    ------
    ReaderError
        If no encoding fits, the page is too large or too deep, or no text is left of it.
    """
    return compose(html_layout(data, path), path.stem, hashlib.sha256(data).hexdigest())


def html_layout(data: bytes, path: Path) -> Layout:
    """Layout of a web page: its article without what the page has around it."""
    text, warnings = decode_page(data, path)
    root = _tree(text, path)
    article = find_article(root)
    flow = Flow()
    blocks = _titled(article.title, flow.blocks(article.main))
    blocks = _without_furniture(blocks)
    if not blocks:
        raise ReaderError(path, _ONLY_PICTURES if flow.pictures else _NOTHING)
    return Layout(tuple(blocks), HTML.media, (*warnings, *article.warnings, *flow.warnings))


def _tree(text: str, path: Path) -> etree._Element:
    """Tree of a page; pictures written into it are left out."""
    if "base64," in text:
        text = _DATA.sub("", text)
    if len(text) > MOST_CHARACTERS:
        raise ReaderError(path, f"网页有 {len(text)} 字，超过上限 {MOST_CHARACTERS} 字，不像报告的页面。")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    data = text.replace("\x00", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as err:
        raise ReaderError(path, "网页是空的或无法解析，请用浏览器打开后另存。") from err
    if root is None:
        raise ReaderError(path, "网页是空的或无法解析，请用浏览器打开后另存。")
    if any("RESOURCE_LIMIT" in entry.type_name for entry in parser.error_log):
        raise ReaderError(path, "网页的元素嵌套过深，不像正常的页面，拒绝读取。")
    return root


def _titled(title: str, blocks: list[Block]) -> list[Block]:
    """Blocks with the title of the article in front, where it does not stand there yet."""
    first = [b for b in blocks[:5] if isinstance(b, TextBlock)]
    if title and all(clean(b.text) != clean(title) for b in first):
        blocks = [TextBlock(title, heading=0), *blocks]
    tops = [i for i, b in enumerate(blocks) if isinstance(b, TextBlock) and b.heading == 1]
    if len(tops) == 1 and tops[0] < _EDGE:
        found = blocks[tops[0]]
        assert isinstance(found, TextBlock)
        blocks[tops[0]] = TextBlock(found.text, heading=0)
    return blocks


def _without_furniture(blocks: list[Block]) -> list[Block]:
    """Blocks without what the page says of itself at its two ends."""
    words = web_pages.load()
    tables = (i for i, b in enumerate(blocks) if isinstance(b, TableBlock) and not _is_about_page(b))
    first = next(tables, len(blocks))

    def belongs(index: int, block: Block) -> bool:
        if isinstance(block, TableBlock):
            return index >= first or not _is_about_page(block)
        if _EDGE <= index < len(blocks) - _EDGE:
            return True
        return not words.is_furniture(block.text)

    return [b for i, b in enumerate(blocks) if belongs(i, b)]


def _is_about_page(table: TableBlock) -> bool:
    """Whether a table holds the page's data about itself: 索引号, 主题分类, 发布机构, 成文日期."""
    words = web_pages.load()
    texts = [clean(c.text) for c in table.cells]
    return sum(map(words.is_field, texts)) >= _FIELDS and not any(map(is_data_number, texts))
