"""The formats by name, how each is told, and conversion from one to another."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from gouji.errors import AnnotationError
from gouji.interchange import brat, cas, conll, contract, docbin, doccano, hugging_face, label_studio
from gouji.interchange.annotated import Annotated, Loss

FORMATS: dict[str, ModuleType] = {
    module.NAME: module for module in (contract, brat, doccano, label_studio, conll, docbin, cas, hugging_face)
}
"""Each module has ``NAME``, ``write(documents, out, **options)`` and ``read(path)``."""
_SUFFIXES = {
    ".ann": brat,
    ".conll": conll,
    ".bio": conll,
    ".bioes": conll,
    ".spacy": docbin,
    ".xmi": cas,
}


@dataclass(frozen=True)
class Converted:
    """What a conversion did: documents by name, and everything that a format could not hold."""

    documents: tuple[str, ...]
    losses: tuple[Loss, ...]


def convert(
    source: Path,
    out: Path,
    target: str,
    *,
    given: str | None = None,
    texts: Sequence[Path] = (),
    labels: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Converted:
    """Convert annotations from one format to another.

    Parameters
    ----------
    source : Path
        A file or a folder.
    out : Path
        Folder to write into; made if it is not there.
    target, given : str
        Names of `FORMATS`; without `given` the format of the source is told by what lies there.
    texts : sequence of Path
        Folders with the reports, for contract files without text.
    labels : mapping of str to str, optional
        New name for each label that is to be renamed.
    options : mapping, optional
        Options of the target's ``write``.

    Raises
    ------
    AnnotationError
        If the source cannot be read, its format cannot be told, or the target cannot hold it at all.
    """
    documents, lost = load(source, given, texts)
    if labels:
        documents = [_renamed(document, labels) for document in documents]
    _refuse_twins(documents, source)
    out.mkdir(parents=True, exist_ok=True)
    lost += FORMATS[target].write(documents, out, **(options or {}))
    return Converted(tuple(document.name for document in documents), tuple(lost))


def load(source: Path, given: str | None = None, texts: Sequence[Path] = ()) -> tuple[list[Annotated], list[Loss]]:
    """Read annotations in any of the formats.

    Raises
    ------
    AnnotationError
        See `convert`.
    """
    if not source.exists():
        raise AnnotationError(f"{source}: 找不到这个文件或文件夹。")
    name = given or tell(source)
    if name == contract.NAME:
        return contract.read(source, texts)
    documents, lost = FORMATS[name].read(source)
    return list(documents), list(lost)


def tell(source: Path) -> str:
    """Name of a source's format, by its suffix, by what lies in the folder, or by its first line.

    Raises
    ------
    AnnotationError
        If it is none that is known.
    """
    names = [p.name for p in sorted(source.rglob("*"))] if source.is_dir() else [source.name]
    if any(name.endswith(contract.SUFFIXES) for name in names):
        return contract.NAME
    if source.is_dir() and (source / "data").is_dir() and any((source / "data").glob("*.jsonl")):
        return hugging_face.NAME
    for name in names:
        module = _SUFFIXES.get(Path(name).suffix.lower())
        if module is not None:
            return str(module.NAME)
    if any(name.endswith(".jsonl") for name in names):
        return doccano.NAME if source.is_dir() else _of_lines(source)
    if any(name == label_studio.FILE or name.endswith(".json") for name in names):
        return label_studio.NAME
    raise AnnotationError(f"{source}: 看不出是哪种标注格式，请用 --from 指明：{'、'.join(FORMATS)}。")


def _of_lines(file: Path) -> str:
    with file.open(encoding="utf-8") as stream:
        first = stream.readline()
    try:
        return hugging_face.NAME if "contract" in json.loads(first) else doccano.NAME
    except (ValueError, TypeError):
        return doccano.NAME


def _renamed(document: Annotated, labels: Mapping[str, str]) -> Annotated:
    mentions = tuple({**m, "label": labels.get(m["label"], m["label"])} for m in document.mentions)
    return replace(document, mentions=mentions)


def _refuse_twins(documents: Sequence[Annotated], source: Path) -> None:
    names = [document.name for document in documents]
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise AnnotationError(f"{source}: 有同名的文档（{'、'.join(twins[:3])}），写出会互相覆盖，请先改名。")
