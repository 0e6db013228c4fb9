"""File -> Document. `read` chooses a reader by content, then suffix.

A new format is one module with ``read_text``'s signature and one row of `READERS`; a format with a layout of its own
says what stands where as a `Layout`, and `compose` makes the document. Reading order for newcomers: `sources` (bytes,
text), `txt` (the text reader), `assembly` (from lines and tables to the document, for all readers), `blocks` (which
lines are a table), `tabbed`, `piped`, `aligned` (lines to rows of cells), `grids` and `known` (rows to grids),
`tables` (header paths), `forms` (the self-evaluation form), `paragraphs`, `sections`; `layout`, `unwrap`, `compose`
for formats with a layout; `pdf` for theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from gouji.errors import ReaderError
from gouji.model.document import Document
from gouji.readers.attachments import attach
from gouji.readers.docx import read_docx
from gouji.readers.folders import WORKBOOKS, Input, candidates, holds_only_tables, inputs_of
from gouji.readers.formats import sniff
from gouji.readers.html import read_html
from gouji.readers.libreoffice import read_converted
from gouji.readers.mhtml import read_mhtml
from gouji.readers.pdf import read_pdf
from gouji.readers.sources import load_bytes
from gouji.readers.txt import read_text
from gouji.readers.xls import read_xls
from gouji.readers.xlsx import read_xlsx
from gouji.readers.xml_sheets import read_xml_sheets
from gouji.settings import DEFAULT, Settings

LONGEST_NAME = 255  # bytes: what file systems allow
Reader = Callable[[bytes, Path, Settings], Document]

READERS: dict[str, Reader] = {
    "doc": read_converted,
    "docx": read_docx,
    "html": read_html,
    "mhtml": read_mhtml,
    "ods": read_converted,
    "odt": read_converted,
    "pdf": read_pdf,
    "rtf": read_converted,
    "txt": read_text,
    "wordml": read_converted,
    "xls": read_xls,
    "xlsx": read_xlsx,
    "xmlss": read_xml_sheets,
}
"""By the id of the format."""


def read(path: str | Path, settings: Settings = DEFAULT, tables: Sequence[str | Path] = ()) -> Document:
    """Read a report, and tables published beside it.

    Parameters
    ----------
    path : str or Path
        A file, or a folder that holds one report (see `folders`).
    settings : Settings
        ``max_bytes`` bounds the size of each file.
    tables : sequence of str or Path
        Files whose tables belong to the report; see `attachments`.

    Returns
    -------
    Document
        With its canonical text, sections, passages and tables. A text without tables or a table without text is a
        document like any other.

    Raises
    ------
    ReaderError
        If the file is missing, a directory, empty, too large, binary, or of a format that no reader takes; one
        sentence says what was seen and what would do. If a file of tables cannot be read, the same, with its name.
    """
    where = Path(path)
    if "\n" in str(path) or len(where.name.encode()) > LONGEST_NAME:
        raise ReaderError(f"{where.name[:20]}…", "这不像文件名；如果是报告的正文，请用 analyse_text。")
    if where.is_dir():
        found = inputs(where, settings)
        if len(found) > 1:
            names = "、".join(each.path.name for each in found)
            raise ReaderError(where, f"这个文件夹里有多份报告（{names}），请逐份给出。")
        where, tables = found[0].path, (*found[0].tables, *tables)
    document = _read_file(where, settings)
    return attach(document, [_attachment(where, Path(each), settings) for each in tables]) if tables else document


def inputs(path: Path, settings: Settings = DEFAULT) -> list[Input]:
    """List the reports that a path stands for, each with its tables: one for a file, those of a folder.

    Raises
    ------
    ReaderError
        If a folder holds nothing that could be read.
    """
    if not path.is_dir():
        return [Input(path)]
    files = candidates(path)
    texts = [each for each in files if each.suffix.lower() not in WORKBOOKS]
    alone = {
        each: each.suffix.lower() in WORKBOOKS or len(texts) > 1 and _only_tables(each, settings) for each in files
    }
    return inputs_of(alone)


def _only_tables(path: Path, settings: Settings) -> bool:
    try:
        return holds_only_tables(_read_file(path, settings))
    except ReaderError:
        return False  # its own record will say what is wrong with it


def _attachment(report: Path, path: Path, settings: Settings) -> tuple[str, Document]:
    try:
        return path.name, _read_file(path, settings)
    except ReaderError as err:
        raise ReaderError(report, f"附件 {str(err)}") from err


def _read_file(where: Path, settings: Settings) -> Document:
    """Read one file."""
    data = load_bytes(where, settings)
    found = sniff(data, where)
    reader = READERS.get(found.id)
    if reader is None:
        raise ReaderError(where, f"这是{found.name}，目前还不能读取，{found.advice}。")
    return reader(data, where, settings)
