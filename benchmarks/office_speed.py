"""Word files and web pages: seconds beside python-docx and trafilatura, and what each keeps.

    python benchmarks/office_speed.py [FOLDER ...] [--runs 7]

Same work on both sides: the text in order and all tables with their cells, from bytes in memory. Runs of programs are
interleaved in one process after one run that is not counted; the median of a file's runs is added up over the files,
and the ratio is what travels from machine to machine. *read* is the whole reader, with header paths, values, sections.
What is kept is told against our own reading of the shipped text file: the share of its paragraphs and of the gold's
table cells that are found, white space aside. Without folders: the shipped documents.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from gouji.model.document import PassageKind
from gouji.readers import read
from gouji.readers.docx import docx_layout, read_docx
from gouji.readers.html import html_layout, read_html
from gouji.readers.layout import Layout, TextBlock
from gouji.settings import DEFAULT
from gouji.text.normalise import fold, strip_blanks

ROOT = Path(__file__).parents[1]
Kept = tuple[list[str], list[str]]
"""Paragraphs and cells."""


def ours(layout: Layout) -> Kept:
    texts = [b.text for b in layout.blocks if isinstance(b, TextBlock)]
    return texts, [c.text for b in layout.blocks if not isinstance(b, TextBlock) for c in b.cells]


def by_python_docx(data: bytes) -> Kept:
    import docx
    from docx.table import Table

    texts: list[str] = []
    cells: list[str] = []
    for item in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(item, Table):
            cells += [cell.text for row in item.rows for cell in row.cells]
        else:
            texts.append(item.text)
    return texts, cells


def by_trafilatura(data: bytes) -> Kept:
    import trafilatura
    from lxml import etree

    xml = trafilatura.extract(data, include_tables=True, output_format="xml", deduplicate=False)
    root = etree.fromstring(xml.encode()) if xml else etree.Element("doc")
    cells = ["".join(str(t) for t in e.itertext()) for e in root.iter("cell")]
    return ["".join(str(t) for t in e.itertext()) for e in root.iter("p", "head", "item")], cells


PROGRAMS: dict[str, dict[str, Callable[[bytes, Path], object]]] = {
    "docx": {
        "gouji, layout": lambda data, path: ours(docx_layout(data, path)),
        "python-docx": lambda data, path: by_python_docx(data),
        "gouji, read": lambda data, path: read_docx(data, path, DEFAULT),
    },
    "html": {
        "gouji, layout": lambda data, path: ours(html_layout(data, path)),
        "trafilatura": lambda data, path: by_trafilatura(data),
        "gouji, read": lambda data, path: read_html(data, path, DEFAULT),
    },
}
NEEDS = {"python-docx": "docx", "trafilatura": "trafilatura"}


def seconds(files: list[Path], programs: dict[str, Callable[[bytes, Path], object]], runs: int) -> dict[str, float]:
    """Seconds of each program for all files: medians of interleaved runs."""
    out = dict.fromkeys(programs, 0.0)
    for file in files:
        data = file.read_bytes()
        taken: dict[str, list[float]] = {name: [] for name in programs}
        for run in range(runs + 1):
            for name, program in programs.items():
                begin = time.perf_counter()
                program(data, file)
                if run:
                    taken[name].append(time.perf_counter() - begin)
        for name, values in taken.items():
            out[name] += statistics.median(values)
    return out


def kept(files: list[Path], program: Callable[[bytes, Path], object]) -> tuple[float, float]:
    """Share of the text file's paragraphs and of the gold's cells that a program keeps."""
    found, wanted = Counter[str](), Counter[str]()
    for file in files:
        source = file.with_suffix(".txt")
        gold = ROOT / "annotations" / f"{file.stem}.gold.json"
        texts, cells = program(file.read_bytes(), file)  # type: ignore[misc]
        document = read(source)
        kinds = (PassageKind.PARAGRAPH, PassageKind.HEADING)
        pairs = {
            "paragraphs": ([p.text for p in document.passages if p.kind in kinds], texts),
            "cells": ([c["text"] for t in json.loads(gold.read_text("utf-8"))["tables"] for c in t["cells"]], cells),
        }
        for what, (ideal, got) in pairs.items():
            one = Counter(filter(None, map(_bare, ideal)))
            wanted[what] += one.total()
            found[what] += (one & Counter(map(_bare, got))).total()
    return found["paragraphs"] / wanted["paragraphs"], found["cells"] / wanted["cells"]


def _bare(text: str) -> str:
    return strip_blanks(fold(text))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    folders = options.folders or sorted(p for p in (ROOT / "corpora").iterdir() if p.is_dir())
    print("| format | program | files | seconds | times gouji's layout | paragraphs kept | cells kept |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for kind, programs in PROGRAMS.items():
        files = [f for folder in folders for f in sorted(folder.glob(f"*.{kind}"))]
        at_hand = {n: p for n, p in programs.items() if n not in NEEDS or importlib.util.find_spec(NEEDS[n])}
        taken = seconds(files, at_hand, options.runs)
        for name, program in at_hand.items():
            shares = kept(files, program) if not options.folders and name != "gouji, read" else None
            held = f"{shares[0]:.4f} | {shares[1]:.4f}" if shares else "|"
            ratio = taken[name] / taken["gouji, layout"]
            print(f"| {kind} | {name} | {len(files)} | {taken[name]:.3f} | {ratio:.1f} | {held} |")
        for name in programs.keys() - at_hand.keys():
            print(f"| {kind} | {name} | not installed | | | | |")


if __name__ == "__main__":
    main()
