"""Which files of a folder are reports, and which are tables that belong to one.

A workbook is a file of tables, and so is a document that has tables and next to no running text. Every other file that
some reader takes is a report. Tables go with the report of the same stem (``决算.docx``, ``决算.xlsx``) or whose stem
theirs begins with (``决算-附表.xls``), the longest such stem; failing that, with the only report of the folder. In a
folder of several reports, tables that belong to none are a document of their own. Folders below are not entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gouji.errors import ReaderError
from gouji.model.document import Document, PassageKind

SUFFIXES = frozenset(
    (".txt", ".html", ".htm", ".shtml", ".docx", ".doc", ".wps", ".pdf", ".xlsx", ".xlsm", ".xls", ".et")
)
WORKBOOKS = frozenset((".xlsx", ".xlsm", ".xls", ".et"))
_PROSE = 200  # characters of paragraphs from which a document has a narrative


@dataclass(frozen=True, slots=True)
class Input:
    """A report and the files of tables that belong to it."""

    path: Path
    tables: tuple[Path, ...] = ()


def inputs_of(only_tables: dict[Path, bool]) -> list[Input]:
    """List the reports of a folder with their tables, by name.

    Parameters
    ----------
    only_tables : dict of Path to bool
        For each file of the folder that is to be read, whether it holds tables alone; see `candidates` and
        `holds_only_tables`.
    """
    reports = [path for path, alone in only_tables.items() if not alone]
    tables: dict[Path, list[Path]] = {path: [] for path in reports}
    unowned: list[Path] = []
    for path, alone in only_tables.items():
        if alone:
            owners = _owners(path, reports)
            for owner in owners:
                tables[owner].append(path)
            if not owners:
                unowned.append(path)
    return sorted(
        [*(Input(path, tuple(found)) for path, found in tables.items()), *map(Input, unowned)], key=lambda i: i.path
    )


def _owners(tables: Path, reports: list[Path]) -> list[Path]:
    """List the reports that a file of tables belongs to: all of the longest stem that fits, in whatever formats."""
    stem = tables.stem.casefold()
    fitting = [path for path in reports if stem.startswith(path.stem.casefold())]
    longest = max((len(path.stem) for path in fitting), default=0)
    if fitting:
        return [path for path in fitting if len(path.stem) == longest]
    return reports if len({path.stem.casefold() for path in reports}) == 1 else []


def candidates(folder: Path) -> list[Path]:
    """Files of a folder that some reader takes, by name; hidden files and lock files of Office left out.

    Raises
    ------
    ReaderError
        If there are none, or the folder cannot be listed.
    """
    try:
        found = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~$")))
    except OSError as err:
        raise ReaderError(folder, f"打不开这个文件夹（{err.strerror}），请检查权限。") from err
    known = [path for path in found if path.suffix.lower() in SUFFIXES]
    if not known:
        raise ReaderError(folder, "文件夹里没有可读的报告（不进入下级文件夹），请逐份给出报告或给出其所在的文件夹。")
    return known


def holds_only_tables(document: Document) -> bool:
    """Whether a document has tables and next to no running text."""
    running = sum(len(p.text) for p in document.passages if p.kind is PassageKind.PARAGRAPH)
    return bool(document.tables) and running < _PROSE
