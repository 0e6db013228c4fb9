"""XML of Office files to trees: no entities, no network, no depth without bound."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from gouji.errors import ReaderError

# in UTF-8 and in both byte orders of UTF-16
_DOCTYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")

MOST_TAGS = 4_000_000
"""Of a part that becomes a tree; as many take 400 MB."""

_SAFE: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True,
    "remove_pis": True,
}  # fmt: skip


def parse_xml(data: bytes, path: Path, part: str) -> etree._Element:
    """Root of an XML part.

    Parameters
    ----------
    data : bytes
    path : Path
        The file, for messages.
    part : str
        Name of the part, for messages.

    Raises
    ------
    ReaderError
        If the part declares a document type (Office files never do: entities that multiply, files pulled in from
        outside), has more than `MOST_TAGS` tags, is not well formed, or is nested deeper than 256 levels.
    """
    _refuse_doctype(data, path, part)
    if data.count(b"<") > MOST_TAGS:
        raise ReaderError(path, f"{part} 大得反常（可能是压缩炸弹），拒绝读取。")
    try:
        root = etree.fromstring(data, etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as err:
        raise _damaged(err, path, part) from err
    if root is None:
        raise ReaderError(path, f"{part} 是空的，文件不完整。")
    return root


def stream_xml(data: bytes, path: Path, part: str, names: Sequence[str]) -> Iterator[etree._Element]:
    """Elements of an XML part by local names, each as it is complete, so that it can be freed; see `parse_xml`."""
    _refuse_doctype(data, path, part)
    try:
        for _, element in etree.iterparse(
            io.BytesIO(data), events=("end",), tag=[f"{{*}}{name}" for name in names], **_SAFE
        ):
            yield element
    except (etree.XMLSyntaxError, ValueError) as err:
        raise _damaged(err, path, part) from err


def _refuse_doctype(data: bytes, path: Path, part: str) -> None:
    if _DOCTYPE.search(data):
        raise ReaderError(path, f"{part} 中有文档类型或实体声明，正常的文档不含这些内容，拒绝读取。")


def _damaged(err: Exception, path: Path, part: str) -> ReaderError:
    message = "嵌套过深" if "depth" in str(err).lower() else "不完整或已损坏"
    return ReaderError(path, f"{part} {message}，请重新获取文件，或用 Word/WPS 打开后另存。")


def text_of(element: etree._Element) -> str:
    """Text of an element and all in it."""
    return "".join(str(piece) for piece in element.itertext())


def local(element: etree._Element) -> str:
    """Tag without its namespace, "" for what is no element.

    Examples
    --------
    >>> local(etree.fromstring('<w:p xmlns:w="x"/>'))
    'p'
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
