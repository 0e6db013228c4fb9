"""Two annotations of each document, from two files or two folders."""

from __future__ import annotations

from pathlib import Path

from gouji.errors import AnnotationError
from gouji.evaluate.sides import Data, read_json

SUFFIXES = (".gold.json", ".analysis.json")


def twins(first: Path, second: Path) -> list[tuple[str, Data, Data]]:
    """Pair the documents of two files, or of two folders by name.

    Raises
    ------
    AnnotationError
        If a path does not exist, a file does not fit, or the folders share no document.
    """
    for path in (first, second):
        if not path.exists():
            raise AnnotationError(f"{path}: 找不到这个文件或文件夹。")
    if first.is_file() and second.is_file():
        left, right = read_json(first), read_json(second)
        return [(left["document"]["name"], left, right)]
    if first.is_file() or second.is_file():
        raise AnnotationError(f"{first}、{second}: 一个是文件，一个是文件夹，请给同样的两个。")
    ours, theirs = _names(first), _names(second)
    shared = sorted(ours.keys() & theirs.keys())
    if not shared:
        raise AnnotationError(f"{first}、{second}: 没有同名的文件可比较。")
    return [(name, read_json(ours[name]), read_json(theirs[name])) for name in shared]


def _names(folder: Path) -> dict[str, Path]:
    return {path.name.removesuffix(suffix): path for suffix in SUFFIXES for path in sorted(folder.rglob(f"*{suffix}"))}
