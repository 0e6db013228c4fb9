"""doccano JSONL: a line a document, entities and relations, in the form that doccano both imports and exports.

doccano keeps unknown keys of a line as metadata and gives them back on export: ``gouji`` holds the document and, by
label and place, what a mark is besides its label. The older form (``label`` or ``labels`` as ``[start, end, label]``)
is read too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from gouji.errors import AnnotationError
from gouji.export.files import write_atomic
from gouji.interchange.annotated import Annotated, Loss, of_text
from gouji.interchange.marks import EXPLAINS, NAMED, Link, Mark, annotated_of, lost_layers, marks_of

NAME = "doccano"
FILE = "doccano.jsonl"
_WHY = "doccano 只存文本段和关系"


def write(documents: Sequence[Annotated], out: Path) -> list[Loss]:
    """Write ``doccano.jsonl`` and the label list that doccano imports."""
    write_atomic(out / FILE, "".join(json.dumps(row(d), ensure_ascii=False) + "\n" for d in documents))
    labels = [{"text": label} for label in dict.fromkeys(m["label"] for d in documents for m in d.mentions)]
    write_atomic(out / "doccano-labels.json", json.dumps(labels, ensure_ascii=False, indent=1) + "\n")
    return [loss for d in documents for loss in lost_layers(d, _WHY)]


def row(document: Annotated) -> dict[str, Any]:
    """One document as doccano's mapping."""
    marks, links = marks_of(document)
    numbers = {mark.id: i for i, mark in enumerate(marks)}
    return {
        "text": document.text,
        "entities": [
            {"id": numbers[m.id], "label": m.label, "start_offset": m.start, "end_offset": m.end} for m in marks
        ],
        "relations": [
            {"id": i, "from_id": numbers[link.source], "to_id": numbers[link.target], "type": link.kind}
            for i, link in enumerate(links)
        ],
        "gouji": {
            "document": {"name": document.name, **document.document},
            "marks": {_place(m): {"choices": m.choices, "note": m.note} for m in marks},
        },
    }


def read(path: Path) -> tuple[list[Annotated], list[Loss]]:
    """Read a doccano file, or all ``.jsonl`` files of a folder.

    Raises
    ------
    AnnotationError
        If a line is no JSON object with a text and spans inside it; the message names file and line.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    documents: list[Annotated] = []
    losses: list[Loss] = []
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").split("\n"), start=1):
            if not line.strip():
                continue
            where = f"{file}:{number}"
            try:
                data = json.loads(line)
                text = data["text"]
            except (ValueError, KeyError, TypeError) as err:
                raise AnnotationError(f"{where}: 这一行不是带 text 的 JSON（{err}）。") from err
            document, lost = _document(data, text, f"{file.stem}-{number}", where)
            documents.append(document)
            losses += lost
    return documents, losses


def _document(data: dict[str, Any], text: str, name: str, where: str) -> tuple[Annotated, list[Loss]]:
    ours = data.get("gouji") or {}
    base = of_text(name, text)
    if ours.get("document"):
        known = dict(ours["document"])
        base = Annotated(known.pop("name", name), text, known)
    kept = ours.get("marks", {})
    marks = []
    for identity, start, end, label in _spans(data, where):
        if not 0 <= start < end <= len(text):
            raise AnnotationError(f"{where}: 位置 {start}–{end} 超出文本（{len(text)} 字）。")
        known = kept.get(f"{label}:{start}:{end}", {})
        marks.append(Mark(identity, label, start, end, known.get("choices", {}), known.get("note", {})))
    names = {mark.id for mark in marks}
    all_links = [Link(r["type"], str(r["from_id"]), str(r["to_id"])) for r in data.get("relations") or ()]
    links = [k for k in all_links if k.kind in (EXPLAINS, NAMED) and {k.source, k.target} <= names]
    losses = []
    if len(links) < len(all_links):
        losses.append(
            Loss(base.name, "关系", len(all_links) - len(links), "标注规范中没有这种关系，或所连的文本段已删去")
        )
    for key, what in (("Comments", "评论"), ("cats", "文档类别")):
        if data.get(key):
            losses.append(Loss(base.name, what, len(data[key]), "标注规范中没有这一项"))
    if "relations" not in data and any(k.get("note", {}).get("facts") for k in kept.values()):
        links = _noted_links(marks)
    return annotated_of(base, marks, links), losses


def _spans(data: dict[str, Any], where: str) -> Iterable[tuple[str, int, int, str]]:
    """Spans of a line as (id, start, end, label), in either form."""
    try:
        if "entities" in data:
            for e in data["entities"]:
                yield str(e["id"]), int(e["start_offset"]), int(e["end_offset"]), str(e["label"])
        else:
            for i, (start, end, label) in enumerate(data.get("label", data.get("labels")) or ()):
                yield str(i), int(start), int(end), str(label)
    except (KeyError, TypeError, ValueError) as err:
        raise AnnotationError(f"{where}: 读不了其中的文本段（{err}）。") from err


def _noted_links(marks: Sequence[Mark]) -> list[Link]:
    """Links that the notes remember, for an export without relations."""
    by_name = {m.note["mention"]["id"]: m.id for m in marks if "mention" in m.note}
    figure_of = {f["id"]: m.id for m in marks for f in m.note.get("facts", ())}
    links = [
        Link(NAMED, m.id, by_name[f["indicator"]])
        for m in marks
        for f in m.note.get("facts", ())
        if f.get("indicator") in by_name
    ]
    return links + [
        Link(EXPLAINS, m.id, figure_of[e])
        for m in marks
        for e in m.note.get("cause", {}).get("explains", ())
        if e in figure_of
    ]


def _place(mark: Mark) -> str:
    return f"{mark.label}:{mark.start}:{mark.end}"
