"""Web pages saved as one file (.mht, and .doc of some programs): the page among its pictures."""

from __future__ import annotations

import email
import email.policy
import hashlib
from pathlib import Path

from gouji.errors import ReaderError
from gouji.model.document import Document
from gouji.readers.compose import compose
from gouji.readers.html import html_layout
from gouji.settings import Settings


def read_mhtml(data: bytes, path: Path, settings: Settings) -> Document:
    """Read a web page that was saved with its pictures as one file.

    Parameters
    ----------
    data : bytes
    path : Path
        The document is named by its stem.
    settings : Settings

    Returns
    -------
    Document
    """
    return compose(html_layout(page_of(data, path), path), path.stem, hashlib.sha256(data).hexdigest())


def page_of(data: bytes, path: Path) -> bytes:
    """Bytes of the first page in the file.

    Raises
    ------
    ReaderError
        If there is none.
    """
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return content
    raise ReaderError(path, "网页存档（.mht）里没有网页，文件可能已损坏，请重新获取。")
