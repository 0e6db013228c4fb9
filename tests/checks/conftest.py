"""Invented documents for the tests of checks, written as short rows of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from gouji.model.document import Blank, Cell, Document, Passage, PassageKind, Table
from gouji.model.facts import Base, Direction, Fact, Label, Measure, Mention
from gouji.model.spans import OffsetMap, Span
from gouji.model.values import Kind, Value

NUMBER = re.compile(r"^[≥≤]?(-?[\d,]+(?:\.\d+)?)(%|万元|个)?$")
SCALES = {"元": Decimal(1), "万元": Decimal(10000)}
Built = tuple[Document, tuple[Mention, ...], tuple[Fact, ...]]


@pytest.fixture(scope="session")
def build() -> Callable[[Mapping[str, Any]], Built]:
    """Document, mentions and facts of a case."""
    return document


def document(case: Mapping[str, Any]) -> Built:
    """Build a document, its mentions and its facts from a case.

    ``tables``: see `table` and `form`; ``text``: paragraphs in which ``[12个]`` marks a figure with a fact that
    compares with last year, and ``[12.00万元;支出合计;actual;none;none;]`` one with its indicator, measure, base,
    direction and whole (what is left out at the end is none); a paragraph that begins
    with ``@t1.r9.c2`` stands in that cell.
    """
    tables = tuple(
        (form if "funds" in spec else table)(f"t{i}", spec) for i, spec in enumerate(case.get("tables", ()), start=1)
    )
    paragraphs = [case["text"]] if isinstance(case.get("text"), str) else case.get("text", [])
    text, passages, mentions, facts = "", [], [], []
    for i, marked in enumerate(paragraphs, start=1):
        plain, start = "", len(text)
        cell, marked = marked.split(" ", 1) if marked.startswith("@") else ("", marked)
        for piece in re.split(r"(\[[^\]]*\])", marked):
            if piece.startswith("["):
                figure, *spec = piece[1:-1].split(";")
                local = Span(len(plain), len(plain) + len(figure))
                number = len(mentions) + 1
                mentions.append(_mention(f"m{number}", figure, local.shift(start), f"p{i}", local))
                facts.append(_stated(number, spec) if spec else _fact(f"f{number}", f"m{number}"))
                piece = figure
            plain += piece
        kind = PassageKind.CELL if cell else PassageKind.PARAGRAPH
        offsets = OffsetMap.identity(len(plain), start)
        passages.append(Passage(f"p{i}", kind, plain, offsets, cell=cell[1:] or None))
        text += plain + "\n"
    made = Document(
        "case",
        "",
        "text/plain",
        text,
        (),
        tuple(passages),
        tables,
        fiscal_year=case.get("year", 2022),
        kind="final_accounts",
    )
    return made, tuple(mentions), tuple(facts)


def _mention(id_: str, figure: str, span: Span, passage: str, local: Span) -> Mention:
    match = re.fullmatch(r"([\d.]+)(\D+)", figure)
    assert match, f"a marked figure is a number and a unit, not {figure!r}"
    number, unit = Decimal(match[1]), match[2]
    label = {"%": Label.RATE, "个": Label.QUANTITY, "辆": Label.QUANTITY}.get(unit, Label.AMOUNT)
    kind = {Label.RATE: Kind.RATE, Label.QUANTITY: Kind.COUNT}.get(label, Kind.MONEY)
    scale = Decimal("0.01") if unit == "%" else SCALES.get(unit, Decimal(1))
    return Mention(id_, label, span, passage, local, value=Value(number, scale, _decimals(match[1]), kind, unit))


def _fact(id_: str, figure: str) -> Fact:
    return Fact(id_, figure, None, (), Measure.CHANGE, "2022", Base.PRIOR_YEAR, Direction.INCREASE)


def _stated(number: int, spec: Sequence[str]) -> Fact:
    name, measure, base, direction, of = (*spec, *("none", "none", "")[len(spec) - 2 :])
    return Fact(
        f"f{number}",
        f"m{number}",
        None,
        tuple(name.split("›")),
        Measure(measure),
        "2022",
        Base(base),
        Direction(direction),
        of or None,
    )


def table(id_: str, spec: Mapping[str, Any]) -> Table:
    """Build a table: ``headers`` rows of headings (1 unless given), then labels and figures, cells apart by ``|``.

    A heading of ``^`` repeats the one above it, ``<`` the one before it.
    """
    rows = [[cell.strip(" ") for cell in row.split("|")] for row in spec["rows"]]
    depth = spec.get("headers", 1)
    heads = [list(row) for row in rows[:depth]]
    for r, row in enumerate(heads):
        for c, text in enumerate(row):
            row[c] = heads[r - 1][c] if text == "^" else row[c - 1] if text == "<" else text
    cells = []
    for r, row in enumerate(rows, start=1):
        label: tuple[str, ...] = ()
        for c, text in enumerate(row, start=1):
            path = tuple(dict.fromkeys(head[c - 1] for head in heads if head[c - 1])) if r > depth else ()
            value = _value(text, path, spec.get("unit", "万元")) if r > depth else None
            blank = Blank.EMPTY if not text else Blank.DASH if text in "-—" else Blank.NOT_BLANK
            if value is None and not blank and r > depth:
                label = (text.strip(),)
            role = "header" if r <= depth else "number" if value else "blank" if blank else "label"
            shown = "" if r <= depth and text in ("^", "<") else text
            cells.append(
                Cell(
                    r,
                    c,
                    shown,
                    value=value,
                    row_path=label if value or blank else (),
                    col_path=path,
                    role=role,
                    blank=blank,
                )
            )
    return Table(
        id_,
        spec["title"],
        spec.get("kind", "other"),
        tuple(cells),
        len(rows),
        len(rows[0]),
        "万元",
        year=spec.get("year"),
    )


def form(id_: str, spec: Mapping[str, Any]) -> Table:
    """Build a self-evaluation form.

    ``funds`` by line (budget | all-year budget | execution | points | rate | score), ``rows`` of indicators (kind |
    name | target | reached | points | score), ``total`` (points | score).
    """
    cells: list[Cell] = []
    funds = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    rows = ("年度指标值", "实际完成值", "分值", "得分")
    for r, (label, line) in enumerate(spec["funds"].items(), start=1):
        cells += _cells(r, ("项目资金（万元）", label), funds, line.split("|"))
    for r, line in enumerate(spec.get("rows", ()), start=11):
        kind, name, *texts = line.split("|")
        cells += _cells(r, ("绩效指标", "产出指标", kind.strip(), name.strip()), rows, texts)
    cells += _cells(31, ("总分",), ("分值", "得分"), spec.get("total", "|").split("|"))
    return Table(id_, "项目支出绩效自评表", "self_evaluation", tuple(cells), 31, 6, "万元")


def _cells(r: int, path: tuple[str, ...], heads: Sequence[str], texts: Sequence[str]) -> list[Cell]:
    out = []
    for c, (head, text) in enumerate(zip(heads, (text.strip() for text in texts), strict=True), start=1):
        blank = Blank.EMPTY if not text else Blank.DASH if text == "—" else Blank.NOT_BLANK
        unit = "万元" if head.endswith("数") else None
        out.append(Cell(r, c, text, value=_value(text, (head,), unit), row_path=path, col_path=(head,), blank=blank))
    return out


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def _value(text: str, path: tuple[str, ...], unit: str | None) -> Value | None:
    match = NUMBER.match(text)
    if match is None or (path and path[-1] in ("科目编码", "行次")):
        return None
    number, decimals, head = Decimal(match[1].replace(",", "")), _decimals(match[1]), path[-1] if path else ""
    if match[2] == "%" or head.endswith(("%", "执行率")):
        return Value(number, Decimal("0.01"), decimals, Kind.RATE, "%")
    if head in ("分值", "得分"):
        return Value(number, Decimal(1), decimals, Kind.SCORE, "")
    if match[2] == "个":
        return Value(number, Decimal(1), decimals, Kind.COUNT, "个")
    unit = match[2] or unit
    return (
        Value(number, SCALES[unit], decimals, Kind.MONEY, unit)
        if unit
        else Value(number, Decimal(1), decimals, Kind.NUMBER, "")
    )
