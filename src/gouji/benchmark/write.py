"""The files of a benchmark: the table in four forms, errors with their sentences, gains and losses, the run card."""

from __future__ import annotations

import csv
import io
import json
import platform
from pathlib import Path
from typing import Any

from gouji.benchmark.page import page
from gouji.benchmark.run import Run
from gouji.benchmark.table import ALARMS, SILENT, Entry, Row, Table, names_of
from gouji.evaluate.differences import differences
from gouji.evaluate.gains import gains
from gouji.evaluate.statistics import RESAMPLES, SEED
from gouji.export.files import write_atomic
from gouji.model.spans import Span

ERRORS = {"added": "invented", "removed": "missed", "moved": "boundary", "relabelled": "label", "changed": "attribute"}
MISSING = "–"


def write(run: Run, table: Table, out: Path, *, average: str, split: str | None) -> list[str]:
    """Write all files of a benchmark.

    Parameters
    ----------
    run : Run
    table : Table
    out : Path
        Folder; made if it is not there.
    average, split : str
        For the run card.

    Returns
    -------
    list of str
        Names of the files, in order.
    """
    card = run_card(run, average=average, split=split)
    files = {
        "table.md": markdown(run, table, average),
        "table.csv": table_csv(run, table),
        "table.tex": latex(run, table),
        "run.json": json.dumps(card, ensure_ascii=False, indent=1) + "\n",
        "index.html": page(run, table, markdown_notes(run, average), card),
    }
    first = run.systems[0].name
    for system in run.systems:
        files[f"errors/{system.name}.csv"] = errors_csv(run, system.name)
        if system.name != first:
            files[f"gains/{first}-{system.name}.csv"] = gains_csv(run, first, system.name)
    for folder in (out, out / "errors", out / "gains"):
        folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_atomic(out / name, content, "utf-8-sig" if name.endswith(".csv") else "utf-8")
    return list(files)


def markdown(run: Run, table: Table, average: str) -> str:
    """Give the table in Markdown, with what its marks mean."""
    names = names_of(run.systems)
    lines = ["| F1 | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for row, entries in table.items():
        cells = [shown(row, entries.get(name)) for name in names]
        lines.append(f"| {row.words} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", *markdown_notes(run, average)]) + "\n"


def markdown_notes(run: Run, average: str) -> list[str]:
    """Say what the table shows: documents, average, interval, significance, what was left out."""
    notes = [
        f"{len(run.tasks)} documents; {average} average; in brackets the 95 % interval from {RESAMPLES} resamples of "
        f"the documents. * differs from {run.systems[0].name} (or the first system that answers the row): approximate "
        "randomisation over documents, p < .05 after Holm's correction over the table.",
    ]
    return [*notes, *(f"Left out: {sentence}" for sentence in run.left_out)]


def shown(row: Row, entry: Entry | None) -> str:
    """Give a cell in words: value, interval, mark."""
    if entry is None:
        return MISSING
    digits = 2 if row is ALARMS else 4 if row is SILENT else 3
    e = entry.estimate
    interval = "" if e.low is None or e.high is None else f" [{e.low:.{digits}f}, {e.high:.{digits}f}]"
    return f"{e.value:.{digits}f}{'*' if entry.significant else ''}{interval}"


def table_csv(run: Run, table: Table) -> str:
    """Give the table with a line for each row and system."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["row", "system", "value", "low", "high", "documents", "difference", "p", "p_holm"])
    for row, entries in table.items():
        for name in names_of(run.systems):
            entry = entries.get(name)
            if entry is None:
                continue
            e, c = entry.estimate, entry.comparison
            compared = [None, None] if c is None else [c.difference, c.p]
            numbers = [e.value, e.low, e.high, e.documents, *compared, entry.p]
            writer.writerow([row.words, name, *("" if n is None else round(n, 6) for n in numbers)])
    return stream.getvalue()


def latex(run: Run, table: Table) -> str:
    """Give the table as a LaTeX tabular of the package booktabs."""
    names = names_of(run.systems)
    lines = [r"\begin{tabular}{l" + "r" * len(names) + "}", r"\toprule"]
    lines += [" & ".join(["F1", *(_tex(name) for name in names)]) + r" \\", r"\midrule"]
    for row, entries in table.items():
        cells = [_tex(shown(row, entries.get(name)).split(" [")[0]) for name in names]
        lines.append(" & ".join([_tex(row.words), *cells]) + r" \\")
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}"]) + "\n"


def errors_csv(run: Run, name: str) -> str:
    """List a system's errors, by kind, with the sentence of each."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["document", "kind", "label", "start", "end", "words", "field", "gold", "predicted", "sentence"])
    answers = next(system.answers for system in run.systems if system.name == name)
    for task in run.tasks:
        text = task.document.text
        for d in differences(task.gold, run.predictions[name][task.document.name]):
            if d.label not in answers or (d.kind == "changed" and not _answered(d.field, answers)):
                continue
            start, end = d.place
            words = [" ".join(text[start:end].split()), d.field, d.old, d.new, sentence(task.document, start, end)]
            writer.writerow([task.document.name, ERRORS[d.kind], d.label, start, end, *words])
    return stream.getvalue()


def gains_csv(run: Run, first: str, second: str) -> str:
    """List what the second system gets right that the first does not, and the other way round."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["document", "kind", "layer", "start", "end", "words", "what", "sentence"])
    answers = next(system.answers for system in run.systems if system.name == second)
    for task in run.tasks:
        document = task.document
        before, after = (run.predictions[name][document.name] for name in (first, second))
        for change in gains(before, after, task.gold):
            if _layer(change.layer) not in answers:
                continue
            place = [change.start, change.end]
            words, around = "", ""
            if change.start is not None and change.end is not None:
                words = " ".join(document.text[change.start : change.end].split())
                around = sentence(document, change.start, change.end)
            writer.writerow([document.name, change.kind, change.layer, *place, words, change.what, around])
    return stream.getvalue()


def sentence(document: Any, start: int, end: int) -> str:
    """Give the sentence that a stretch stands in, blanks closed up."""
    passage = document.passage_at(Span(start, end))
    if passage is None:
        return " ".join(document.text[start:end].split())
    local = passage.offsets.to_target(Span(start, end))
    left = max(passage.text.rfind(mark, 0, local.start) for mark in "。；\n") + 1
    stops = [at for mark in "。；\n" if (at := passage.text.find(mark, local.end)) >= 0]
    right = min(stops) + 1 if stops else len(passage.text)
    return " ".join(passage.text[left:right].split())


def run_card(run: Run, *, average: str, split: str | None) -> dict[str, Any]:
    """Everything needed to take the figures again: versions, hashes, seeds, split."""
    return {
        "schema": "gouji-benchmark/1",
        "python": platform.python_version(),
        "split": split,
        "average": average,
        "resamples": RESAMPLES,
        "seed": SEED,
        "systems": [
            {"name": s.name, "about": s.about, "versions": s.versions(), "answers": sorted(s.answers)}
            for s in run.systems
        ],
        "documents": [
            {"name": t.document.name, "sha256": t.document.sha256, "gold_sha256": t.gold_sha256} for t in run.tasks
        ],
        "left_out": list(run.left_out),
    }


def _layer(layer: str) -> str:
    names = {"cause link": "cause", "cause category": "cause", "false alarm": "conflict"}
    return names.get(layer, layer)


def _answered(name: str, answers: frozenset[str]) -> bool:
    if name in ("value", "type"):
        return True
    return ("cause" if name in ("categories", "explains") else "fact") in answers


def _tex(text: str) -> str:
    return "".join({"%": r"\%", "&": r"\&", "_": r"\_", "#": r"\#"}.get(c, c) for c in text).replace(MISSING, "--")
