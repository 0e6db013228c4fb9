"""Reading of the package's data files; one loader for all of them."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from gouji.errors import ResourceError


def read_text(name: str) -> str:
    """Text of a data file of the package, by its name below ``gouji/resources``."""
    return (files("gouji.resources") / name).read_text("utf-8")


@cache
def read_yaml(name: str, schema: str) -> dict[str, Any]:
    """Content of a YAML data file.

    Parameters
    ----------
    name : str
        File below ``gouji/resources``.
    schema : str
        What its ``schema:`` line must say.

    Raises
    ------
    ResourceError
        If the file is no mapping, or ``schema`` and ``version`` are not as expected.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(read_text(name), Loader=loader)  # noqa: S506 (a safe loader)
    if not isinstance(content, dict):
        raise ResourceError(f"{name}: expected a mapping at the top")
    if content.get("schema") != schema or "version" not in content:
        raise ResourceError(f"{name}: expected 'schema: {schema}' and a 'version:', found {content.get('schema')!r}")
    return content


@cache
def read_tsv(name: str, columns: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """Rows of a TSV data file with a header line; lines that begin with ``#`` are comments.

    Raises
    ------
    ResourceError
        If the header is not `columns` or a row has another number of fields.
    """
    lines = [line for line in read_text(name).split("\n") if line and not line.startswith("#")]
    rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or tuple(rows[0]) != columns:
        raise ResourceError(f"{name}: header is {rows[0] if rows else []}, expected {list(columns)}")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(columns):
            raise ResourceError(f"{name}: row {number} has {len(row)} fields, expected {len(columns)}: {row}")
    return tuple(dict(zip(columns, row, strict=True)) for row in rows[1:])
