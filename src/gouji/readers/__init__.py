"""File -> Document. `read` chooses a reader by content, then suffix."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gouji.model.document import Document, Passage, PassageKind
from gouji.model.spans import OffsetMap
from gouji.settings import DEFAULT, Settings


def read(path: str | Path, settings: Settings = DEFAULT) -> Document:
    """Read a file (stub: every non-blank line a paragraph; to be replaced)."""
    data = Path(path).read_bytes()
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    passages = []
    at = 0
    for line in text.split("\n"):
        if line.strip() and not line.startswith("\t"):
            passages.append(
                Passage(f"p{len(passages) + 1}", PassageKind.PARAGRAPH, line, OffsetMap.identity(len(line), at))
            )
        at += len(line) + 1
    return Document(Path(path).stem, hashlib.sha256(data).hexdigest(), "text/plain", text, passages=tuple(passages))
