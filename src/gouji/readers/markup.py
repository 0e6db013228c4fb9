"""XML of Office files to trees: no entities, no network, no depth without bound."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from gouji.errors import ReaderError

# in UTF-8 and in both byte orders of UTF-16
_DOCTYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")


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
        outside), is not well formed, or is nested deeper than 256 levels.
    """
    if _DOCTYPE.search(data):
        raise ReaderError(path, f"{part} 中有文档类型或实体声明，正常的文档不含这些内容，拒绝读取。")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as err:
        message = "嵌套过深" if "depth" in str(err).lower() else "不完整或已损坏"
        raise ReaderError(path, f"{part} {message}，请重新获取文件，或用 Word/WPS 打开后另存。") from err
    if root is None:
        raise ReaderError(path, f"{part} 是空的，文件不完整。")
    return root


def local(element: etree._Element) -> str:
    """Tag without its namespace, "" for what is no element.

    Examples
    --------
    >>> local(etree.fromstring('<w:p xmlns:w="x"/>'))
    'p'
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
