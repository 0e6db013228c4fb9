"""Annotated documents as training material: a document, its figures, its gold."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gouji.corpus.generate import Generated
from gouji.errors import AnnotationError
from gouji.evaluate.gold import attach, load
from gouji.extract.crf_features import Laid, lay
from gouji.extract.crf_units import Ints, Units, units_of
from gouji.extract.figures import tag_figures
from gouji.model.document import Document
from gouji.model.facts import Cause, Label, Mention
from gouji.readers import read
from gouji.readers.txt import read_text
from gouji.resources.crf_templates import span_labels
from gouji.settings import DEFAULT


@dataclass(frozen=True)
class Example:
    """A document with its gold; `data` is the gold file as it stands, `group` the publisher or writer."""

    name: str
    group: str
    document: Document
    figures: tuple[Mention, ...]
    mentions: tuple[Mention, ...]
    causes: tuple[Cause, ...]
    data: dict[str, Any]


def example(path: Path, gold: Path, group: str | None = None) -> Example:
    """Load one document with its gold.

    Raises
    ------
    AnnotationError
        If the gold is not for these bytes.
    """
    document = read(path)
    attached = attach(load(gold), document)
    figures = tuple(tag_figures(document))
    analysis = attached.analysis
    return Example(path.stem, group or path.stem, document, figures, analysis.mentions, analysis.causes, attached.data)


def corpus(root: Path, split: str | None = "dev", beside: Sequence[Path] = ()) -> list[Example]:
    """Load the shipped documents of a split, in the order of ``splits.tsv``.

    Parameters
    ----------
    root : Path
        Folder with ``corpora`` and ``annotations``.
    split : str or None
        Only documents of this split; all if None.
    beside : sequence of Path
        Folders in which to look for the text of documents whose gold alone is shipped; left out where it is not
        found.

    Raises
    ------
    AnnotationError
        If there is no ``splits.tsv``, or a gold file does not fit.
    """
    table = root / "annotations" / "splits.tsv"
    if not table.is_file():
        raise AnnotationError(f"{table}: 找不到划分表，请用 --root 指明含有 corpora 和 annotations 的文件夹。")
    with table.open(encoding="utf-8", newline="") as stream:
        names = [row["doc_id"] for row in csv.DictReader(stream, delimiter="\t") if split in (None, row["split"])]
    out = []
    for name in names:
        places = [root / "corpora" / name / f"{name}.txt", *(folder / f"{name}.txt" for folder in beside)]
        found = next((place for place in places if place.is_file()), None)
        if found is not None:
            out.append(example(found, root / "annotations" / f"{name}.gold.json"))
    return out


def generated(report: Generated) -> Example:
    """Read a generated report as if it came from a file."""
    document = read_text(report.text.encode(), Path(f"{report.name}.txt"), DEFAULT)
    analysis = attach(report.gold, document).analysis
    figures = tuple(tag_figures(document))
    return Example(report.name, report.name, document, figures, analysis.mentions, analysis.causes, report.gold)


@dataclass(frozen=True)
class Sequences:
    """Passages of one document, laid out, with the label of every unit as a place in the list of labels."""

    name: str
    units: Units
    laid: Laid
    labels: tuple[Ints, ...]


def sequences(
    source: Example, kinds: tuple[str, ...], whole_figures: bool = True, rules: Sequence[Mention] = ()
) -> Sequences:
    """Cut a document into units and label them from its gold.

    Parameters
    ----------
    source : Example
    kinds : tuple of str
        Labels of spans to learn.
    whole_figures : bool
        As in `units_of`.
    rules : sequence of Mention
        As in `lay`.
    """
    units = units_of(source.document, source.figures, whole_figures)
    return Sequences(source.name, units, lay(units, rules), labelled(units, source.mentions, kinds))


def labelled(units: Units, mentions: Iterable[Mention], kinds: tuple[str, ...]) -> tuple[Ints, ...]:
    """Label every unit of every passage; a mention that does not fit whole units is passed over."""
    names = span_labels(kinds)
    place = {name: at for at, name in enumerate(names)}
    flat = np.zeros(len(units.text), dtype=np.int64)
    for mention in sorted(mentions, key=lambda m: m.label is not Label.CAUSE):
        first, end = units.place(mention) if mention.label in kinds else (0, 0)
        if first >= end or flat[first:end].any():
            continue
        flat[first:end] = place[f"I-{mention.label}"]
        flat[first] = place[f"B-{mention.label}"]
        flat[end - 1] = place[f"E-{mention.label}"]
        if end - first == 1:
            flat[first] = place[f"S-{mention.label}"]
    return tuple(flat[start:end] for start, end in units.stretches)
