"""Label Studio JSON: tasks to import (as predictions or annotations), the export back, and the labelling interface.

A span is a ``labels`` region, a closed attribute a per-region ``choices`` result of the same id, a link a ``relation``,
the rest of a mark the region's ``meta.text``. Both Label Studio's JSON and its JSON_MIN export are read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from gouji.errors import AnnotationError
from gouji.export.files import write_atomic
from gouji.interchange.annotated import Annotated, Loss, of_text
from gouji.interchange.marks import EXPLAINS, NAMED, Link, Mark, annotated_of, choices_of, lost_layers, marks_of
from gouji.model.facts import FIGURES, Label
from gouji.resources.wording import word

NAME = "labelstudio"
FILE = "label-studio.json"
INTERFACE = "label-studio.xml"
_WHY = "Label Studio 只存文本段、属性和关系"
_COLOURS = {"AMOUNT": "#3b82c4", "RATE": "#4d9f45", "QUANTITY": "#8a63b8", "INDICATOR": "#c99a1e", "CAUSE": "#c8553d"}


def write(documents: Sequence[Annotated], out: Path, *, predictions: bool = False) -> list[Loss]:
    """Write the tasks and the labelling interface.

    Parameters
    ----------
    documents : sequence of Annotated
    out : Path
    predictions : bool
        Whether marks are suggestions of a program (``predictions``) or a person's annotations.
    """
    tasks = [task(d, i, predictions=predictions) for i, d in enumerate(documents, start=1)]
    write_atomic(out / FILE, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
    write_atomic(out / INTERFACE, interface())
    return [loss for d in documents for loss in lost_layers(d, _WHY)]


def task(document: Annotated, identity: int, *, predictions: bool = False) -> dict[str, Any]:
    """One document as a task."""
    marks, links = marks_of(document)
    results: list[dict[str, Any]] = []
    for mark in marks:
        where = {"start": mark.start, "end": mark.end, "text": document.text[mark.start : mark.end]}
        common = {"id": mark.id, "to_name": "text"}
        note = [json.dumps(mark.note, ensure_ascii=False, sort_keys=True)]
        region = {"from_name": "label", "type": "labels", "value": {**where, "labels": [mark.label]}}
        results.append({**common, **region, "meta": {"text": note}})
        for key, value in mark.choices.items():
            results.append({**common, "from_name": key, "type": "choices", "value": {**where, "choices": [value]}})
    for link in links:
        ends = {"from_id": link.source, "to_id": link.target}
        results.append({"type": "relation", **ends, "direction": "right", "labels": [link.kind]})
    data = {"text": document.text, "name": document.name, "document": dict(document.document)}
    if predictions:
        return {"id": identity, "data": data, "predictions": [{"model_version": "gouji", "result": results}]}
    return {"id": identity, "data": data, "annotations": [{"id": identity, "result": results}]}


def read(path: Path) -> tuple[list[Annotated], list[Loss]]:
    """Read an export.

    Raises
    ------
    AnnotationError
        If the file is no list of tasks with texts, or a region lies outside its text.
    """
    file = path / FILE if path.is_dir() else path
    try:
        tasks = json.loads(file.read_text("utf-8"))
        texts = [t.get("data", t)["text"] for t in tasks]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
        raise AnnotationError(f"{file}: 不是 Label Studio 的任务列表（{err}）。") from err
    documents, losses = [], []
    for number, (one, text) in enumerate(zip(tasks, texts, strict=True), start=1):
        data = one.get("data", one)
        base = of_text(str(data.get("name") or f"{file.stem}-{number}"), text)
        if data.get("document"):
            base = Annotated(base.name, text, data["document"])
        results, lost = _results(one, base.name)
        losses += lost
        document, lost = _document(base, results, f"{file}: 任务 {number}")
        documents.append(document)
        losses += lost
    return documents, losses


def interface() -> str:
    """Labelling interface with our labels, links and closed attributes."""
    rows = ["<View>", "  <Relations>"]
    rows += [f'    <Relation value="{kind}"/>' for kind in (EXPLAINS, NAMED)]
    rows += ["  </Relations>", '  <Labels name="label" toName="text">']
    rows += [
        f"    <Label value={quoteattr(label)} alias={quoteattr(label)} background={quoteattr(_COLOURS[label])}/>"
        for label in Label
    ]
    rows += ["  </Labels>", '  <Text name="text" value="$text" granularity="symbol"/>']
    for label in (Label.AMOUNT, Label.INDICATOR, Label.CAUSE):
        shown = ",".join(one for one in Label if one in FIGURES) if label in FIGURES else label
        for key, values in choices_of(label).items():
            when = f'perRegion="true" whenTagName="label" whenLabelValue="{shown}"'
            rows.append(f'  <Choices name="{key}" toName="text" choice="single-radio" showInline="true" {when}>')
            field = "category" if key == "category" else key
            rows += [
                f"    <Choice value={quoteattr(value)} hint={quoteattr(word(field, value) or value)}/>"
                for value in values
            ]
            rows.append("  </Choices>")
    return "\n".join([*rows, "</View>"]) + "\n"


def _results(one: Mapping[str, Any], name: str) -> tuple[list[dict[str, Any]], list[Loss]]:
    """Results of the annotation that counts: the last one that was not cancelled, else the prediction."""
    submitted = [a for a in one.get("annotations") or one.get("completions") or () if not a.get("was_cancelled")]
    losses = []
    if len(submitted) > 1:
        losses.append(Loss(name, "较早的标注", len(submitted) - 1, "一份文档只取最后一次提交"))
    if submitted:
        return list(submitted[-1]["result"]), losses
    if "data" not in one:  # JSON_MIN: regions under the name of the control, without ids
        regions = one.get("label") or ()
        return [
            {"id": str(i), "type": "labels", "from_name": "label", "value": region} for i, region in enumerate(regions)
        ], losses
    predicted = one.get("predictions") or ()
    return (list(predicted[-1]["result"]) if predicted else []), losses


def _document(base: Annotated, results: Sequence[dict[str, Any]], where: str) -> tuple[Annotated, list[Loss]]:
    marks: list[Mark] = []
    choices: dict[str, dict[str, str]] = {}
    links: list[Link] = []
    other = 0
    for result in results:
        value = result.get("value", {})
        if result["type"] == "labels":
            start, end = int(value["start"]), int(value["end"])
            if not 0 <= start < end <= len(base.text):
                raise AnnotationError(f"{where}: 位置 {start}–{end} 超出文本（{len(base.text)} 字）。")
            other += len(value["labels"]) - 1
            marks.append(Mark(str(result["id"]), value["labels"][0], start, end, {}, _note(result)))
        elif result["type"] == "choices" and value.get("choices") and "start" in value:
            choices.setdefault(str(result["id"]), {})[result["from_name"]] = value["choices"][0]
        elif result["type"] == "relation":
            kinds = result.get("labels") or [NAMED]
            links += [Link(kind, str(result["from_id"]), str(result["to_id"])) for kind in kinds]
        else:
            other += 1
    names = {mark.id for mark in marks}
    kept = [k for k in links if k.kind in (EXPLAINS, NAMED) and {k.source, k.target} <= names]
    marks = [Mark(m.id, m.label, m.start, m.end, _known(m.label, choices.get(m.id, {})), m.note) for m in marks]
    losses = []
    if other + len(links) - len(kept):
        losses.append(Loss(base.name, "其他结果", other + len(links) - len(kept), "标注规范中没有这一类"))
    return annotated_of(base, marks, kept), losses


def _note(result: Mapping[str, Any]) -> dict[str, Any]:
    for text in result.get("meta", {}).get("text", ()):
        try:
            note = json.loads(text)
        except ValueError:
            continue
        if isinstance(note, dict) and "surface" in note:
            return note
    return {}


def _known(label: str, found: Mapping[str, str]) -> dict[str, str]:
    wanted = choices_of(label)
    return {k: v for k, v in found.items() if v in wanted.get(k, ())}
