"""A round of annotation: suggestions for an annotation tool, and what people made of them.

What was suggested is kept in the folder under ``.gouji``, so that the corrected files can be compared with it.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.errors import AnnotationError
from gouji.evaluate.differences import KINDS, Difference, differences
from gouji.export.contract import to_dict
from gouji.export.files import write_atomic
from gouji.interchange import brat, contract, doccano, label_studio
from gouji.interchange.annotated import Annotated, Loss, of_contract
from gouji.interchange.registry import load
from gouji.model.facts import Label
from gouji.model.outcomes import Analysis
from gouji.resources.wording import word

TOOLS = {brat.NAME: brat, doccano.NAME: doccano, label_studio.NAME: label_studio}
KEPT = ".gouji"
CORRECTIONS = "corrections.csv"
_HEADINGS = ("文档", "变动", "标签", "起", "止", "原文", "属性", "原来", "现在")


@dataclass(frozen=True)
class Collected:
    """Corrected documents: what differs from the suggestions by document, what could not be held, counts of spans."""

    documents: tuple[Annotated, ...]
    differences: dict[str, list[Difference]]
    losses: tuple[Loss, ...]
    suggested: Counter[str]
    kept: Counter[str]


def suggestion_of(analysis: Analysis, name: str) -> Annotated:
    """Give an analysis as suggestions, its mentions, facts and causes, under a name that no other document has."""
    data = to_dict(analysis)
    rows = {k: data[k] for k in ("mentions", "facts", "causes")} | {"document": {**data["document"], "name": name}}
    return of_contract(rows, analysis.document.text)


def prepare(documents: Sequence[Annotated], tool: str, out: Path) -> list[Loss]:
    """Write suggestions for a tool, and keep them for the comparison.

    Raises
    ------
    AnnotationError
        If the folder holds another round: corrected work is never overwritten.
    """
    if (out / KEPT).exists():
        raise AnnotationError(f"{out}: 这里已有一轮标注，不会覆盖；请换一个文件夹，或用 --collect 收回标注。")
    (out / KEPT).mkdir(parents=True)
    options = {"predictions": True} if tool == label_studio.NAME else {}
    losses = list(TOOLS[tool].write(documents, out, **options))
    contract.write(documents, out / KEPT, with_text=True)
    write_atomic(out / KEPT / "round.json", json.dumps({"tool": tool}) + "\n")
    return losses


def collect(folder: Path, out: Path, edited: Path | None = None) -> Collected:
    """Take corrected files back.

    Parameters
    ----------
    folder : Path
        Folder that `prepare` wrote.
    out : Path
        Folder for ``NAME.gold.json`` and ``corrections.csv``.
    edited : Path, optional
        Where the tool's export lies, if not in `folder`.

    Raises
    ------
    AnnotationError
        If there is no round in the folder, the export cannot be read, or a document's text was changed.
    """
    if not (folder / KEPT / "round.json").is_file():
        raise AnnotationError(f"{folder}: 不是 gouji annotate 写出的文件夹（没有 {KEPT}/round.json）。")
    tool = json.loads((folder / KEPT / "round.json").read_text("utf-8"))["tool"]
    before = {document.name: document for document in contract.read(folder / KEPT)[0]}
    after, losses = load(edited or folder, tool)
    found: dict[str, list[Difference]] = {}
    suggested: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for document in after:
        original = before.get(document.name)
        if original is None:
            raise AnnotationError(f"{edited or folder}: 文档 {document.name} 不在这一轮标注中。")
        if original.text != document.text:
            raise AnnotationError(f"{edited or folder}: 文档 {document.name} 的正文被改动了，位置不再可靠。")
        found[document.name] = differences(original.as_contract(), document.as_contract())
        suggested += Counter(m["label"] for m in original.mentions)
        gone = Counter(d.label for d in found[document.name] if d.kind in ("removed", "moved"))
        gone += Counter(d.old for d in found[document.name] if d.kind == "relabelled")
        kept += Counter(m["label"] for m in original.mentions) - gone
    out.mkdir(parents=True, exist_ok=True)
    losses = [*losses, *contract.write(after, out)]
    write_atomic(out / CORRECTIONS, corrections_csv(before, found), "utf-8-sig")
    return Collected(tuple(after), found, tuple(losses), suggested, kept)


def corrections_csv(before: dict[str, Annotated], found: dict[str, list[Difference]]) -> str:
    """Give the corrections as a table, a row a difference, with the words beside it."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for name, rows in found.items():
        for d in rows:
            start, end = d.place
            words = " ".join(before[name].text[start:end].split())
            writer.writerow([name, word("correction", d.kind), d.label, start, end, words, d.field, d.old, d.new])
    return stream.getvalue()


def tally(collected: Collected) -> list[str]:
    """Sum up what was corrected: a line a label, then attributes."""
    counts = Counter((d.kind, d.label) for rows in collected.differences.values() for d in rows if d.kind != "changed")
    lines = []
    for label in Label:
        if not collected.suggested[label] and not counts["added", label]:
            continue
        told = "，".join(f"{word('correction', k)} {counts[k, label]}" for k in KINDS if counts[k, label])
        kept, total = collected.kept[label], collected.suggested[label]
        lines.append(f"  {word('label', label)}：建议 {total}，未改 {kept}" + (f"，{told}" if told else ""))
    fields = Counter(d.field for rows in collected.differences.values() for d in rows if d.kind == "changed")
    if fields:
        lines.append("  属性改动：" + "，".join(f"{name} {count}" for name, count in sorted(fields.items())))
    return lines
