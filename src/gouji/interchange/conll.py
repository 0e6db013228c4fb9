"""Characters with BIO or BIOES tags, a column a label, because a cause may hold figures.

A line is a character and its tags, tabs between; a line break of the text ends the sentence and is kept as ``⏎`` before
the blank line, so that the text comes back exactly. Blanks and tabs are written as ``␠`` and ``␉``, and those three
characters themselves behind a backslash. Files with one tag column (``字 B-ORG``), as public corpora have them, are
read too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gouji.errors import AnnotationError
from gouji.export.files import write_atomic
from gouji.interchange.annotated import Annotated, Loss, of_text
from gouji.interchange.marks import Mark, annotated_of, lost_layers, marks_of
from gouji.model.facts import Label

NAME = "conll"
SUFFIX = ".conll"
_HEAD = "# gouji "
_WHY = "CoNLL 只存文本段的类别"
_ESCAPES = {"\n": "⏎", " ": "␠", "\t": "␉"}
_BACK = {v: k for k, v in _ESCAPES.items()}
SCHEMES = ("bioes", "bio")


def write(documents: Sequence[Annotated], out: Path, *, scheme: str = "bioes") -> list[Loss]:
    """Write ``NAME.conll`` for each document.

    Parameters
    ----------
    documents : sequence of Annotated
    out : Path
    scheme : str
        Of `SCHEMES`.
    """
    losses = []
    for document in documents:
        content, lost = columns(document, scheme)
        write_atomic(out / f"{document.name}{SUFFIX}", content)
        losses += lost
    return losses


def columns(document: Annotated, scheme: str = "bioes") -> tuple[str, list[Loss]]:
    """Content of a file, and what it does not hold."""
    labels = [*Label, *sorted({m["label"] for m in document.mentions} - set(Label))]
    tags = {label: ["O"] * len(document.text) for label in labels}
    inside = 0
    for mention in sorted(document.mentions, key=lambda m: (m["start"], -m["end"])):
        column, start, end = tags[mention["label"]], mention["start"], mention["end"]
        if start == end or any(tag != "O" for tag in column[start:end]):
            inside += 1
            continue
        column[start:end] = [f"{prefix}-{mention['label']}" for prefix in _prefixes(end - start, scheme)]
    meta = {"name": document.name, "scheme": scheme, "columns": labels, "document": dict(document.document)}
    lines = [_HEAD + json.dumps(meta, ensure_ascii=False)]
    for i, character in enumerate(document.text):
        lines.append("\t".join([_escape(character), *(tags[label][i] for label in labels)]))
        if character == "\n":
            lines.append("")
    marks, links = marks_of(document)
    losses = lost_layers(document, _WHY)
    if inside:
        losses.append(Loss(document.name, "同类嵌套的文本段", inside, "一列中不能有重叠的标签"))
    noted = sum(1 for mark in marks if mark.choices or len(mark.note.get("mention", {})) > 1)
    for what, count in (("属性（值、单位、类型等）", noted), ("关系", len(links)), ("事实", len(document.facts))):
        if count:
            losses.append(Loss(document.name, what, count, _WHY))
    return "\n".join(lines) + "\n", losses


def read(path: Path) -> tuple[list[Annotated], list[Loss]]:
    """Read a file, or all files of a folder.

    Raises
    ------
    AnnotationError
        If a line has no tag or a tag that no scheme has.
    """
    files = sorted(p for p in path.iterdir() if p.suffix in (SUFFIX, ".bio", ".bioes")) if path.is_dir() else [path]
    return [parse(file.read_text("utf-8"), file) for file in files], []


def parse(content: str, file: Path) -> Annotated:
    """Read the content of a file."""
    lines = content.split("\n")
    meta = json.loads(lines[0][len(_HEAD) :]) if lines and lines[0].startswith(_HEAD) else None
    rows = list(_own_rows(lines[1:], file) if meta else _foreign_rows(lines, file))
    text = "".join(row[0] for row in rows)
    base = of_text(file.stem, text)
    if meta:
        base = Annotated(meta["name"], text, meta["document"])
    width = max((len(row) for row in rows), default=1)
    marks = [
        Mark(f"{column}:{start}", label, start, end)
        for column in range(1, width)
        for start, end, label in _stretches([row[column] if column < len(row) else "O" for row in rows])
    ]
    return annotated_of(base, marks, [])


def _own_rows(lines: Iterable[str], file: Path) -> Iterator[list[str]]:
    for number, line in enumerate(lines, start=2):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) < 2:
            raise AnnotationError(f"{file}:{number}: 这一行没有标签。")
        yield [_unescape(cells[0]), *cells[1:]]


def _foreign_rows(lines: Sequence[str], file: Path) -> Iterator[list[str]]:
    """Rows of a file by another tool: the word, and the last column as its tag; a blank line is a line break."""
    for number, line in enumerate(lines, start=1):
        if line.startswith(("# ", "-DOCSTART-")):
            continue
        cells = line.split()
        if not cells:
            if number < len(lines):
                yield ["\n"]
        elif len(cells) == 1:
            raise AnnotationError(f"{file}:{number}: 这一行没有标签：{line[:40]!r}。")
        else:
            for i, character in enumerate(cells[0]):
                yield [character, cells[-1] if i == 0 else _within(cells[-1])]


def _within(tag: str) -> str:
    """Tag of a word's further characters."""
    return f"I{tag[1:]}" if tag[:1] in "BISE" and tag[1:2] == "-" else tag


def _stretches(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Spans of a column, in either scheme; an ``I`` without a beginning begins one, as the CoNLL scorer reads it."""
    start, label = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        prefix, _, kind = tag.partition("-")
        goes_on = prefix in ("I", "E", "M") and kind == label
        if label and not goes_on:
            yield start, i, label
            label = ""
        if not label and prefix != "O":
            start, label = i, kind
        if label and prefix in ("E", "S"):
            yield start, i + 1, label
            label = ""


def _prefixes(length: int, scheme: str) -> list[str]:
    if scheme == "bio":
        return ["B", *["I"] * (length - 1)]
    return ["S"] if length == 1 else ["B", *["I"] * (length - 2), "E"]


def _escape(character: str) -> str:
    if character in _BACK or character == "\\":
        return f"\\{character}"
    return _ESCAPES.get(character, character)


def _unescape(cell: str) -> str:
    return cell[1:] if len(cell) == 2 and cell[0] == "\\" else _BACK.get(cell, cell)
