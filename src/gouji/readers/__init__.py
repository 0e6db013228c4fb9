"""File -> Document. `read` chooses a reader by content, then suffix.

A new format is one module with ``read_text``'s signature and one row of `READERS`; a format with a layout of its own
says what stands where as a `Layout`, and `compose` makes the document. Reading order for newcomers: `sources` (bytes,
text), `txt` (the text reader), `assembly` (from lines and tables to the document, for all readers), `blocks` (which
lines are a table), `tabbed`, `piped`, `aligned` (lines to rows of cells), `grids` and `known` (rows to grids),
`tables` (header paths), `forms` (the self-evaluation form), `paragraphs`, `sections`; `layout`, `unwrap`, `compose`
for formats with a layout; `pdf` for theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gouji.errors import ReaderError
from gouji.model.document import Document
from gouji.readers.docx import read_docx
from gouji.readers.formats import sniff
from gouji.readers.pdf import read_pdf
from gouji.readers.sources import load_bytes
from gouji.readers.txt import read_text
from gouji.readers.xls import read_xls
from gouji.readers.xlsx import read_xlsx
from gouji.settings import DEFAULT, Settings

Reader = Callable[[bytes, Path, Settings], Document]

READERS: dict[str, Reader] = {
    "docx": read_docx,
    "pdf": read_pdf,
    "txt": read_text,
    "xls": read_xls,
    "xlsx": read_xlsx,
}
"""By the id of the format."""


def read(path: str | Path, settings: Settings = DEFAULT) -> Document:
    """Read a report.

    Parameters
    ----------
    path : str or Path
    settings : Settings
        ``max_bytes`` bounds the size of the file.

    Returns
    -------
    Document
        With its canonical text, sections, passages and tables. A text without tables or a table without text is a
        document like any other.

    Raises
    ------
    ReaderError
        If the file is missing, a directory, empty, too large, binary, or of a format that no reader takes; one
        sentence says what was seen and what would do.
    """
    where = Path(path)
    data = load_bytes(where, settings)
    found = sniff(data, where)
    reader = READERS.get(found.id)
    if reader is None:
        raise ReaderError(where, f"这是{found.name}，目前还不能读取，{found.advice}。")
    return reader(data, where, settings)
