"""The value of a cell: its number with the unit that the cell, its row, its column or the table states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gouji.model.document import Blank
from gouji.model.values import Kind, Value
from gouji.resources.script import plain
from gouji.resources.table_kinds import load
from gouji.resources.units import load_units
from gouji.text.money import money_units
from gouji.text.numerals import fold
from gouji.text.parsing import in_unit, parse_cell

_BRACKET = re.compile(r"[（(]([^（()）]{1,8})[）)]")
_RELATION = re.compile(r"^\s*[≥≤≧≦><＞＜=＝]{1,2}\s*")
_YEAR = re.compile(r"(?:19[89]|20[0-4])\d")
_CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
_NOT_BLANK, _NUMBER = Blank.NOT_BLANK, Kind.NUMBER


@lru_cache(maxsize=4096)
def bare(text: str) -> Value | Blank | None:
    """Read a cell without looking at its surroundings; a relation sign before the number (``≥46个``) is passed over."""
    if len(text) > 60:
        return None
    return parse_cell(_RELATION.sub("", text, count=1))


def is_number(text: str) -> bool:
    """Whether a cell holds one number, with or without a unit.

    Examples
    --------
    >>> [is_number(text) for text in ("1,284.50", "95.72%", "—", "合计", "")]
    [True, True, False, False, False]
    """
    return isinstance(bare(text), Value)


def is_year(text: str) -> bool:
    """Whether a cell holds a bare year, as column headers do."""
    word = text.strip()
    return len(word) == 4 and _YEAR.fullmatch(fold(word)) is not None


def is_code(text: str) -> bool:
    """Whether a cell holds a code of the functional or the economic classification: three, five or seven digits."""
    word = text.strip()
    return len(word) in (3, 5, 7) and _CODE.fullmatch(fold(word)) is not None


def blank_of(text: str) -> Blank:
    """How a cell is blank."""
    value = bare(text)
    return value if isinstance(value, Blank) else _NOT_BLANK


def stated_unit(words: Sequence[str], *, in_brackets: bool = True) -> str | None:
    """Find the unit that header or label texts state, the innermost (last) first: ``项目资金（万元）``, ``占支出%``.

    Parameters
    ----------
    words : sequence of str
        Texts without white space.
    in_brackets : bool
        False if the texts are units as they stand (the column 计量单位).

    Examples
    --------
    >>> stated_unit(["项目资金（万元）"]), stated_unit(["占本年支出%"]), stated_unit(["维修（护）费"])
    ('万元', '%', None)
    >>> stated_unit(["购置数（辆）"]), stated_unit(["公路客货运站（场）建设"])
    ('辆', None)
    """
    for text in reversed(words):
        unit = _unit_in(text, in_brackets)
        if unit is not None:
            return unit
    return None


@lru_cache(maxsize=4096)
def _unit_in(text: str, in_brackets: bool) -> str | None:
    """Find the unit that one header states; headers come again in every cell below them."""
    candidates = _bracketed(text) if in_brackets else [(text, True)]
    for inner, last in candidates:
        for piece in (inner, *re.split(r"[，,、/及]", inner)):
            unit = fold(piece.removeprefix("单位：").removeprefix("单位:"))
            if _is_unit(unit) and (last or unit not in load_units().measures):
                return unit
    return "%" if in_brackets and text.endswith(tuple(load().words.rate_column)) else None


def _bracketed(text: str) -> list[tuple[str, bool]]:
    """Texts in brackets, the last first, and whether only brackets follow: inside a name 场 is part of it, no unit."""
    found = reversed(list(_BRACKET.finditer(text)))
    return [(match[1], not _without_brackets(text[match.end() :])) for match in found]


def _is_unit(text: str) -> bool:
    """Whether a text is a unit of money, a rate or a measure word."""
    text = fold(text)
    return text in money_units() or text in ("%", "‰") or text in load_units().measures


def unit_list(text: str) -> tuple[str, ...]:
    """Units that a text lists, () if anything else is among them.

    Examples
    --------
    >>> unit_list("辆、台（套）、万元"), unit_list("甲局、乙局")
    (('辆', '台（套）', '万元'), ())
    """
    pieces = [piece for piece in re.split(r"[、,，/]", text) if piece]
    known = all(_is_unit(_without_brackets(piece)) for piece in pieces)
    return tuple(pieces) if pieces and known else ()


def _of_list(listed: str, col_path: tuple[str, ...], row_path: tuple[str, ...]) -> str | None:
    """Find the unit of a list that a column or a row is counted in, by what it names; money for columns of money."""
    units, measured = unit_list(listed), load().measured
    if col_path and _without_brackets(col_path[-1]) in load().words.money_column:
        return next((unit for unit in units if unit in money_units()), None)
    for header in map(_without_brackets, (*reversed(col_path), *reversed(row_path))):
        fitting = [u for u in units if any(noun in header for noun in measured.get(_without_brackets(u), ()))]
        if len(fitting) == 1:
            return fitting[0]
    return None


@lru_cache(maxsize=1024)
def is_score_header(words: tuple[str, ...]) -> bool:
    """Whether a column holds points of an evaluation."""
    columns = load().words.score_column
    return any(_without_brackets(text) in columns for text in words)


def is_text_header(words: Iterable[str]) -> bool:
    """Whether a column holds running text: 增减原因, 备注."""
    return any(text.endswith(tuple(load().words.text_column)) for text in words)


@lru_cache(maxsize=4096)
def _without_brackets(text: str) -> str:
    return _BRACKET.sub("", text)


def value_of(
    text: str,
    col_path: tuple[str, ...] = (),
    row_path: tuple[str, ...] = (),
    table_unit: str | None = None,
    row_unit: str | None = None,
) -> Value | None:
    """Value of a cell, None if it holds no number.

    The nearest statement of the unit wins: the cell itself, its column's header, its row's unit column or label, the
    table's unit line. A count never borrows the table's money unit if its row or column names a measure; points have
    no unit.

    Examples
    --------
    >>> value_of("39.65", ("占本年支出%",), table_unit="万元").unit, value_of("486210", row_unit="人次").unit
    ('%', '人次')
    """
    found = bare(text)
    return in_place(found, col_path, row_path, table_unit, row_unit) if isinstance(found, Value) else None


def in_place(
    found: Value,
    col_path: tuple[str, ...],
    row_path: tuple[str, ...],
    table_unit: str | None,
    row_unit: str | None = None,
) -> Value:
    """Read what `bare` found in a cell by what its surroundings state; see `value_of`."""
    if found.kind is not _NUMBER:
        return found
    column = _column(col_path)
    if column.scores:
        return Value(found.number, found.scale, found.decimals, Kind.SCORE, "")
    read_as = column.unit or _unit_of_row(column, col_path, row_path, table_unit, row_unit)
    if not read_as:
        return found
    read = in_unit(found, read_as)
    if read.unit == read_as or read.unit != fold(read_as):
        return read
    return Value(read.number, read.scale, read.decimals, read.kind, read_as)


@dataclass(frozen=True, slots=True)
class _Column:
    """What the header of a column says of its cells: points, a unit, and whether they are money or counts."""

    scores: bool
    unit: str | None
    money: bool
    counts: bool


@lru_cache(maxsize=1024)
def _column(path: tuple[str, ...]) -> _Column:
    """Read the header of a column once for all cells below it."""
    leaf, words = _without_brackets(path[-1]) if path else "", load().words
    return _Column(is_score_header(path), stated_unit(path), leaf in words.money_column, leaf in words.count_column)


@lru_cache(maxsize=1024)
def _row(path: tuple[str, ...]) -> tuple[str | None, bool]:
    """Read the labels of a row once for all its cells: the unit they state, and whether they name a count."""
    return stated_unit(path), bool(path) and path[-1].endswith(tuple(load().words.count_row))


def _unit_of_row(
    column: _Column,
    col_path: tuple[str, ...],
    row_path: tuple[str, ...],
    table_unit: str | None,
    row_unit: str | None,
) -> str | None:
    """Find the unit that the row or the table states for a column whose header states none."""
    money = money_units()
    if table_unit is not None and table_unit not in money and len(unit_list(table_unit)) > 1:
        table_unit = _of_list(table_unit, col_path, row_path)
    stated, row_counts = _row(row_path)
    of_row = row_unit or stated
    if column.money:
        return of_row if of_row in money else table_unit
    if of_row is None and (column.counts or row_counts) and table_unit in money:
        return None
    return of_row or table_unit


clean = plain
"""Cell text as it stands in header paths: without white space, in one script."""
