"""Many files, one record each, failures included.

A document is a function of its bytes: nothing that one file does changes the record of another. This is the one
place of the project that catches every exception, because here it becomes the record of a failed document.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.analysis import analyse
from gouji.errors import GoujiError, ReaderError
from gouji.export.contract import to_json
from gouji.export.csv import ENCODING, causes_csv, facts_csv
from gouji.export.files import write_atomic
from gouji.extract.tokens import tokenise_document
from gouji.model.outcomes import Analysis
from gouji.readers import inputs, read
from gouji.readers.folders import Input
from gouji.report.html import page
from gouji.settings import DEFAULT, Settings
from gouji.text.tokenise import Token

FORMATS = ("json", "csv", "html")
Rendering = Callable[[Analysis, str, Sequence[str], Settings], list[tuple[str, str, str]]]
"""From an analysis, the stem of its files, formats and settings: file name, content and encoding of each file."""
RECORDS = "records.jsonl"


@dataclass(frozen=True)
class Record:
    """What became of one input file.

    `source` is the path as it was given, `name` the stem of the files written for it, `outputs` their names, `tables`
    the files whose tables were read with it. `error` is one sentence, None for a document that was analysed; `trace`
    the traceback that led to it.
    """

    source: str
    name: str
    outputs: tuple[str, ...] = ()
    error: str | None = None
    trace: str | None = None
    analysis: Analysis | None = None
    tables: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the document could not be analysed or its results could not be written."""
        return self.error is not None


def process(
    paths: Sequence[Path],
    out: Path | None,
    formats: Sequence[str] = FORMATS,
    settings: Settings = DEFAULT,
    rendered: Rendering | None = None,
    tables: Sequence[Path] = (),
) -> Iterator[Record]:
    """Analyse files one after the other and write their results.

    Parameters
    ----------
    paths : sequence of Path
        A file given twice is analysed once. A folder stands for the reports in it, each with its tables (see
        `gouji.readers.folders`).
    out : Path or None
        Folder for the results; made if it is not there. Nothing is written where it is None.
    formats : sequence of str
        Of `FORMATS`, or those that `rendered` knows.
    settings : Settings
    rendered : callable, optional
        Gives the files of one document; `render` by default.
    tables : sequence of Path
        Files whose tables belong to each report.

    Yields
    ------
    Record
        One for each report, in the order given, after its results were written. When the last one was taken, or no
        more are, ``records.jsonl`` stands in `out` with a line for each.
    """
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    lines = []
    found = {each.path: each for each in reports_of(paths, settings)}
    try:
        for path, name in output_names(list(found)):
            given = Input(path, (*found[path].tables, *tables))
            record = _one(given, name, out, formats, settings, rendered or render)
            row: dict[str, object] = {"source": path.name, "name": name, "outputs": list(record.outputs)}
            if record.tables:
                row["tables"] = [Path(each).name for each in record.tables]
            lines.append(json.dumps(row | {"error": record.error}, ensure_ascii=False))
            yield record
    finally:  # also where the one who takes the records stops early: what was done stays on record
        if out is not None and lines:
            write_atomic(out / RECORDS, "".join(f"{line}\n" for line in lines))


def output_names(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Give every file the stem of its results: its own, and a number behind it where another file has the same.

    Case counts as the same, because it does on many file systems.

    Examples
    --------
    >>> [name for _, name in output_names([Path("a/report.txt"), Path("b/report.txt"), Path("b/x.txt")])]
    ['report', 'report-2', 'x']
    """
    distinct = {path.absolute().resolve(): path for path in reversed(paths)}
    ordered = sorted(distinct.values(), key=paths.index)
    stems = {path.stem.casefold() for path in ordered}
    taken: set[str] = set()
    out = []
    for path in ordered:
        name, count = path.stem, 1
        while name.casefold() in taken or (count > 1 and name.casefold() in stems):
            count += 1
            name = f"{path.stem}-{count}"
        taken.add(name.casefold())
        out.append((path, name))
    return out


def render(analysis: Analysis, name: str, formats: Sequence[str], settings: Settings) -> list[tuple[str, str, str]]:
    """File name, content and encoding of every file that a document's results are written to."""
    makers: dict[str, Callable[[], list[tuple[str, str, str]]]] = {
        "json": lambda: [(f"{name}.analysis.json", to_json(analysis, with_text=settings.with_text), "utf-8")],
        "csv": lambda: [
            (f"{name}.facts.csv", facts_csv(analysis), ENCODING),
            (f"{name}.causes.csv", causes_csv(analysis), ENCODING),
        ],
        "html": lambda: [(f"{name}.html", page(analysis), "utf-8")],
    }
    return [file for form in formats for file in makers[form]()]


class DocumentFailure(Exception):
    """A document that could not be worked on; its text is one sentence that names the file."""


def tokens_of(path: Path, settings: Settings = DEFAULT) -> list[Token]:
    """Tokens of one file.

    Raises
    ------
    DocumentFailure
        If the file cannot be read as a document.
    """
    try:
        _refuse_devices(path)
        return tokenise_document(read(path, settings))
    except (GoujiError, OSError) as err:
        raise DocumentFailure(f"{path}：{_sentence(path, err)}") from err


def reports_of(paths: Sequence[Path], settings: Settings = DEFAULT) -> list[Input]:
    """List the reports that paths stand for; a folder without any stands for itself, its record will say why."""
    found: list[Input] = []
    for path in paths:
        try:
            found += inputs(path, settings)
        except (GoujiError, OSError):
            found.append(Input(path))
    return found


def _one(
    given: Input, name: str, out: Path | None, formats: Sequence[str], settings: Settings, rendered: Rendering
) -> Record:
    path, beside = given.path, tuple(map(str, given.tables))
    files: list[tuple[str, str, str]] = []
    try:
        for each in (path, *given.tables):
            _refuse_devices(each)
        analysis = analyse(path, settings, given.tables)
        if out is not None:
            files = rendered(analysis, name, formats, settings)
            for file, content, encoding in files:
                write_atomic(out / file, content, encoding)
    except Exception as err:  # noqa: BLE001 (the one place: it becomes a failed record)
        return Record(str(path), name, error=_sentence(path, err), trace=traceback.format_exc(), tables=beside)
    return Record(str(path), name, tuple(file for file, _, _ in files), analysis=analysis, tables=beside)


def _refuse_devices(path: Path) -> None:
    """Refuse a pipe or a device, which might never end; what else may be wrong with a path is the reader's matter."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise ReaderError(path, "这不是普通文件，无法读取。")


def _sentence(path: Path, err: Exception) -> str:
    """One sentence for a reader, without the path; the traceback is kept apart."""
    if isinstance(err, GoujiError):
        return str(err).removeprefix(f"{path}: ")
    if isinstance(err, PermissionError):
        return f"没有读写权限（{Path(err.filename or path).name}）。"
    if isinstance(err, OSError):
        return f"读写失败（{err.strerror or err}）。"
    return f"程序内部错误（{type(err).__name__}），请加 --debug 查看详情并报告。"
