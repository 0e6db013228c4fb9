"""PDF: characters and ruling lines as PDFium gives them, to paragraphs and tables.

Reading order for newcomers: `reading` (the file, page by page), `frame` (an upright page), `native` (PDFium's
functions), `characters`, `glyphs`, `lines` (characters to lines), `objects`, `rules`, `lattice`, `ruled` (ruling
lines to tables), `grid` (a table until all pages are read), `furniture` (heads, feet, page numbers), `continued`
(tables over pages), `margins`, `wrapping`, `flow` (lines to paragraphs). Every length is in points, every height is
counted downwards from the top of the upright page.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from gouji.model.document import Document
from gouji.readers.compose import compose
from gouji.settings import Settings


def read_pdf(data: bytes, path: Path, settings: Settings) -> Document:
    """Read a PDF file.

    Parameters
    ----------
    data : bytes
        The file's content.
    path : Path
        Its name; the document is named by its stem.
    settings : Settings

    Returns
    -------
    Document
        Passages and cells with their page and box.

    Raises
    ------
    ReaderError
        If the file is encrypted, broken, too long, or has no text layer.
    """
    from gouji.readers.pdf.reading import layout_of  # PDFium is loaded for a PDF alone

    return compose(layout_of(data, path), path.stem, hashlib.sha256(data).hexdigest())
