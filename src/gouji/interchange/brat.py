"""brat standoff: ``NAME.txt``, ``NAME.ann``, and the configuration that brat needs beside them.

A span that holds line breaks is written as fragments, one a line, as brat does it, and joined again on reading. Closed
attributes are brat attributes, links are relations, the rest of a mark is an annotator's note in JSON. Spans with real
gaps, events, equivalences and normalisations are not part of our annotation: they are named as losses on reading.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gouji.errors import AnnotationError
from gouji.export.files import write_atomic
from gouji.interchange.annotated import Annotated, Loss, of_text
from gouji.interchange.marks import EXPLAINS, NAMED, Link, Mark, annotated_of, choices_of, lost_layers, marks_of
from gouji.model.facts import FIGURES, Label

NAME = "brat"
META = ".document.json"
_WHY = "brat 只存文本段、关系和属性"
_NOTE = "AnnotatorNotes"
_ENTITY = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?")
_RELATION = re.compile(r"(R\S+)\t(\S+) Arg1:(T\S+) Arg2:(T\S+)\s*")
_ATTRIBUTE = re.compile(r"([AM]\S+)\t(\S+) (\S+)(?: (.+))?")
_REMARK = re.compile(r"(#\S*)\t(\S+) (\S+)\t?(.*)")
_OTHER = {"E": "事件", "*": "等价关系", "N": "规范化"}
_COLOURS = {"AMOUNT": "#b7d7f0", "RATE": "#c9e8c5", "QUANTITY": "#e3d6f2", "INDICATOR": "#fbe3a6", "CAUSE": "#f6c6bd"}


def write(documents: Sequence[Annotated], out: Path) -> list[Loss]:
    """Write a brat collection into a folder."""
    losses = []
    for document in documents:
        write_atomic(out / f"{document.name}.txt", document.text)
        write_atomic(out / f"{document.name}.ann", standoff(document))
        meta = json.dumps({"name": document.name, **document.document}, ensure_ascii=False)
        write_atomic(out / f"{document.name}{META}", meta + "\n")
        losses += lost_layers(document, _WHY)
    write_atomic(out / "annotation.conf", configuration())
    write_atomic(out / "visual.conf", _visual())
    return losses


def standoff(document: Annotated) -> str:
    """Content of the ``.ann`` file."""
    marks, links = marks_of(document)
    numbers = {mark.id: f"T{i}" for i, mark in enumerate(marks, start=1)}
    lines = []
    attributes = 0
    for mark in marks:
        name = numbers[mark.id]
        fragments = _fragments(document.text, mark.start, mark.end)
        words = " ".join(document.text[a:b] for a, b in fragments)
        lines.append(f"{name}\t{mark.label} {';'.join(f'{a} {b}' for a, b in fragments)}\t{words}")
        for key, value in mark.choices.items():
            attributes += 1
            lines.append(f"A{attributes}\t{key.capitalize()} {name} {value}")
        lines.append(f"#{name[1:]}\t{_NOTE} {name}\t{json.dumps(mark.note, ensure_ascii=False, sort_keys=True)}")
    for i, link in enumerate(links, start=1):
        lines.append(f"R{i}\t{link.kind.capitalize()} Arg1:{numbers[link.source]} Arg2:{numbers[link.target]}\t")
    return "".join(f"{line}\n" for line in lines)


def read(path: Path) -> tuple[list[Annotated], list[Loss]]:
    """Read a brat collection, or the one document whose ``.ann`` or ``.txt`` is given.

    Raises
    ------
    AnnotationError
        If an ``.ann`` file has no text beside it, or a line of it cannot be read.
    """
    files = sorted(path.rglob("*.ann")) if path.is_dir() else [path.with_suffix(".ann")]
    if not files:
        raise AnnotationError(f"{path}: 没有 .ann 文件，不是 brat 的文件夹。")
    documents, losses = [], []
    for file in files:
        text_file = file.with_suffix(".txt")
        for needed in (file, text_file):
            if not needed.is_file():
                raise AnnotationError(f"{needed}: 找不到这个文件；brat 的每份文档要有 .ann 和 .txt 两个文件。")
        text = text_file.read_bytes().decode("utf-8").replace("\r\n", "\n")
        base = of_text(file.stem, text)
        meta = file.with_name(file.stem + META)
        if meta.is_file():
            known = json.loads(meta.read_text("utf-8"))
            base = Annotated(known.pop("name", file.stem), text, known)
        document, lost = parse(file.read_text("utf-8"), base, file)
        documents.append(document)
        losses += lost
    return documents, losses


def parse(content: str, base: Annotated, file: Path) -> tuple[Annotated, list[Loss]]:
    """Read the lines of an ``.ann`` file onto its text."""
    spans: dict[str, tuple[str, int, int]] = {}
    choices: dict[str, dict[str, str]] = {}
    notes: dict[str, dict[str, Any]] = {}
    links: list[Link] = []
    lost: Counter[tuple[str, str]] = Counter()
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        if found := _ENTITY.fullmatch(line):
            pieces = [tuple(map(int, piece.split())) for piece in found[3].split(";")]
            start, end = pieces[0][0], pieces[-1][1]
            if not 0 <= start < end <= len(base.text):
                raise AnnotationError(f"{file}:{number}: 位置 {start}–{end} 超出文本（{len(base.text)} 字）。")
            if any(base.text[a[1] : b[0]].strip() for a, b in zip(pieces, pieces[1:], strict=False)):
                lost["不连续的片段", "只能是连续的文本段"] += 1
                continue
            spans[found[1]] = (found[2], start, end)
        elif found := _RELATION.fullmatch(line):
            links.append(Link(found[2].lower(), found[3], found[4]))
        elif found := _ATTRIBUTE.fullmatch(line):
            choices.setdefault(found[3], {})[found[2].lower()] = found[4] or "true"
        elif found := _REMARK.fullmatch(line):
            note = _note(found[4]) if found[2] == _NOTE else None
            if note is None:
                lost["备注", "不是本工具写的备注"] += 1
            else:
                notes[found[3]] = note
        elif line[0] in _OTHER:
            lost[_OTHER[line[0]], "标注规范中没有这一类"] += 1
        else:
            raise AnnotationError(f"{file}:{number}: 读不了这一行 {line[:60]!r}。")
    homeless = sum(len(found) for target, found in choices.items() if target not in spans)
    if homeless:
        lost["属性", "所属的标注没有读入"] += homeless
    kept = [link for link in links if link.kind in (EXPLAINS, NAMED) and {link.source, link.target} <= spans.keys()]
    if len(kept) < len(links):
        lost["关系", "标注规范中没有这种关系，或所连的文本段已删去"] += len(links) - len(kept)
    marks = [
        Mark(name, label, start, end, _known(label, choices.get(name, {}), lost), notes.get(name, {}))
        for name, (label, start, end) in spans.items()
    ]
    losses = [Loss(base.name, what, count, why) for (what, why), count in sorted(lost.items())]
    return annotated_of(base, marks, kept), losses


def configuration() -> str:
    """``annotation.conf`` with our labels, links and closed attributes."""
    figures = "|".join(FIGURES_IN_ORDER)
    lines = ["[entities]", *Label, "", "[relations]"]
    lines += [
        f"Explains\tArg1:CAUSE, Arg2:{figures}",
        f"Named\tArg1:{figures}, Arg2:INDICATOR",
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
    ]
    lines += ["", "[events]", "", "[attributes]"]
    for label, owners in (("AMOUNT", figures), ("INDICATOR", "INDICATOR"), ("CAUSE", "CAUSE")):
        for key, values in choices_of(label).items():
            lines.append(f"{key.capitalize()}\tArg:{owners}, Value:{'|'.join(values)}")
    return "\n".join(lines) + "\n"


FIGURES_IN_ORDER = [label for label in Label if label in FIGURES]


def _visual() -> str:
    drawing = [f"{label}\tbgColor:{colour}, borderColor:darken" for label, colour in _COLOURS.items()]
    return "\n".join(["[labels]", "", "[drawing]", *drawing]) + "\n"


def _fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches of a span between its line breaks."""
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text[start:end])]


def _note(text: str) -> dict[str, Any] | None:
    try:
        note = json.loads(text)
    except ValueError:
        return None
    return note if isinstance(note, dict) and "surface" in note else None


def _known(label: str, found: dict[str, str], lost: Counter[tuple[str, str]]) -> dict[str, str]:
    """Attributes that our annotation knows, with a value that it knows."""
    wanted = choices_of(label)
    kept = {k: v for k, v in found.items() if v in wanted.get(k, ())}
    if len(kept) < len(found):
        lost["属性", "标注规范中没有这个属性或取值"] += len(found) - len(kept)
    return kept
