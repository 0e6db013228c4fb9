"""The whole way, from a file or a document to an analysis."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gouji.align import align
from gouji.checks import account, check
from gouji.extract import extract
from gouji.facts import assemble
from gouji.model.document import Document
from gouji.model.outcomes import Analysis
from gouji.readers import read
from gouji.readers.txt import read_string
from gouji.settings import DEFAULT, Settings


def analyse(source: str | Path | Document, settings: Settings = DEFAULT, tables: Sequence[str | Path] = ()) -> Analysis:
    """Read a report, tag it, tie its figures to its tables and check them.

    Parameters
    ----------
    source : str, Path or Document
        A file, a folder with one report and its tables, or a document that a reader has made.
    settings : Settings
    tables : sequence of str or Path
        Files whose tables belong to the report (an annex of workbooks); of a file or a folder only.

    Returns
    -------
    Analysis

    Raises
    ------
    ReaderError
        If the file cannot be read as a document; the message says what was seen and what would do.
    """
    return _analysed(source if isinstance(source, Document) else read(source, settings, tables), settings)


def analyse_text(text: str, settings: Settings = DEFAULT, name: str = "text") -> Analysis:
    r"""Analyse a report, or a passage of one, that is at hand as a string.

    Parameters
    ----------
    text : str
        Laid out as in a text file: a paragraph or a table row a line. Line ends are brought to ``\n``; offsets count
        the code points of what that gives (``analysis.document.text``).
    settings : Settings
    name : str
        What the document is called in outputs.

    Returns
    -------
    Analysis

    Raises
    ------
    ReaderError
        If the text is empty.

    Examples
    --------
    >>> found = analyse_text("培训费支出3.00万元，比上年减少1.00万元，主要原因是培训班减少。")
    >>> [found.mention_of[f.figure].value.canonical for f in found.facts if f.measure == "change"]
    [Decimal('10000')]
    """
    return _analysed(read_string(text, name), settings)


def _analysed(document: Document, settings: Settings) -> Analysis:
    mentions = extract(document, settings.system)
    facts, causes = assemble(document, mentions, settings.classifier)
    alignments = align(document, mentions, facts)
    outcomes = check(document, mentions, facts, alignments)
    ledger = account(document, mentions, facts, alignments, outcomes)
    return Analysis(document, mentions, facts, causes, alignments, outcomes, ledger)
