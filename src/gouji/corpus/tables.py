"""The statutory tables of a generated report: every cell with its offsets, and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gouji.corpus.quantities import Quantities
from gouji.corpus.writer import Block, Writer

Filled = tuple[str, str | None, str]
"""Text of a cell, the quantity that it holds (None for words), its measure."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What a cell begins with is a cause: how many characters of it, and its category."""

    length: int
    category: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table before it is written; `reasons` are by row and column, counted from one."""

    title: str
    rows: tuple[tuple[Filled, ...], ...]
    reasons: Mapping[tuple[int, int], Reason] = field(default_factory=dict)


def word(text: str) -> Filled:
    """Cell of words."""
    return (text, None, "")


def tables(quantities: Quantities, unit: str, adjusted: bool) -> list[Table]:
    """Make the tables of a department, in the order of the statutory forms."""

    def cell(key: str, measure: str = "actual") -> Filled:
        value = quantities[key].value(measure)
        number = Decimal(value).scaleb(-2) if unit == "万元" else Decimal(value * 100)
        return (f"{number:.2f}", key, measure)

    def amount(value: int) -> Filled:
        number = Decimal(value).scaleb(-2) if unit == "万元" else Decimal(value * 100)
        return (f"{number:.2f}", None, "")

    classes = quantities.classes
    left = [
        ("一、一般公共预算财政拨款收入", "rev_general"),
        ("二、政府性基金预算财政拨款收入", "rev_fund"),
        ("四、上级补助收入", "rev_superior"),
        ("五、事业收入", "rev_business"),
        ("六、经营收入", "rev_trading"),
        ("八、其他收入", "rev_other"),
    ]
    right = [
        (word(c.names[0]), cell(c.key) if c.actual and not _more(quantities) else amount(c.actual)) for c in classes
    ]
    rest = quantities["exp"].actual - sum(c.actual for c in classes)
    if rest:
        right.append((word("其他支出"), amount(rest)))
    first: list[tuple[Filled, ...]] = [
        (word("收入"), word(""), word("支出"), word("")),
        (word("项目"), word("决算数"), word("项目"), word("决算数")),
    ]
    for at in range(max(len(left), len(right))):
        a = (word(left[at][0]), cell(left[at][1])) if at < len(left) else (word(""), word(""))
        first.append((*a, *(right[at] if at < len(right) else (word(""), word("")))))
    first.append((word("本年收入合计"), cell("rev"), word("本年支出合计"), cell("exp")))
    first.append((word("年初结转和结余"), cell("begin"), word("年末结转和结余"), cell("end")))
    first.append((word("总计"), cell("total"), word("总计"), cell("total")))
    budget = "adjusted_budget" if adjusted else "initial_budget"
    head = "全年预算数" if adjusted else "年初预算数"
    fifth: list[tuple[Filled, ...]] = [
        (word("科目编码"), word("科目名称"), word(head), word("本年支出合计"), word("基本支出"), word("项目支出"))
    ]
    general = quantities["general"]
    fifth.append(
        (
            word(""),
            word("合计"),
            cell("general", budget),
            cell("general"),
            amount(general.basic),
            amount(general.project),
        )
    )
    for top in classes:
        for quantity in (top, *(q for mid in top.parts for q in (mid, *mid.parts))):
            fifth.append(
                (
                    word(quantity.code),
                    word(quantity.names[0]),
                    cell(quantity.key, budget),
                    cell(quantity.key),
                    amount(quantity.basic),
                    amount(quantity.project),
                )
            )
    keys = ("three", "abroad", "vehicle", "purchase", "running", "reception")
    names = (
        "合计",
        "因公出国（境）费",
        "公务用车购置及运行维护费",
        "公务用车购置费",
        "公务用车运行维护费",
        "公务接待费",
    )
    eighth: list[tuple[Filled, ...]] = [(word("项目"), word("预算数"), word("决算数"))]
    eighth += [(word(n), cell(k, "initial_budget"), cell(k)) for n, k in zip(names, keys, strict=True)]
    return [
        Table("收入支出决算总表", tuple(first)),
        Table("一般公共预算财政拨款支出决算表", tuple(fifth)),
        Table("“三公”经费财政拨款支出决算表", tuple(eighth)),
    ]


def _more(quantities: Quantities) -> bool:
    return quantities["exp"].actual != quantities["general"].actual


def write_tables(writer: Writer, listed: list[Table], unit: str, form: str) -> None:
    """Write tables as text: ``piped`` (cells between bars) or ``tabbed`` (cells led by tabs, rows apart)."""
    for table in listed:
        number = len(writer.tables) + 1
        start = writer.paragraph()
        writer.text(table.title)
        writer.end_paragraph(start, "caption")
        start = writer.paragraph("    ")
        writer.text(f"单位：{unit}")
        writer.end_paragraph(start, "caption")
        begin = writer.length
        cells = []
        for r, row in enumerate(table.rows, start=1):
            for c, (text, key, measure) in enumerate(row, start=1):
                writer.text(("| " if c == 1 else " | ") if form == "piped" else "\t")
                at = writer.length
                _cell(writer, text, table.reasons.get((r, c)), f"t{number}.r{r}.c{c - 1}")
                if key is not None:
                    writer.cells.setdefault((key, measure), []).append(f"t{number}.r{r}.c{c}")
                cells.append(
                    {
                        "r": r,
                        "c": c,
                        "rowspan": 1,
                        "colspan": 1,
                        "text": text,
                        "start": at,
                        "end": writer.length,
                        "value": None,
                        "unit": None,
                        "row_path": [],
                        "col_path": [],
                        "seq": c,
                    }
                )
                if form != "piped":
                    writer.text("\n")
            writer.text(" |\n" if form == "piped" else "\n")
        writer.blocks.append(
            Block("table", begin, writer.length, tuple(tuple(text for text, _, _ in row) for row in table.rows))
        )
        writer.tables.append(
            {
                "id": f"t{number}",
                "title": table.title,
                "unit": unit,
                "n_rows": len(table.rows),
                "n_cols": max(map(len, table.rows)),
                "cells": cells,
            }
        )


def _cell(writer: Writer, text: str, reason: Reason | None, explained: str) -> None:
    """Write a cell; a reason in it explains the cell before."""
    length = reason.length if reason is not None else 0
    if reason is not None:
        span = writer.mention("CAUSE", text[:length])
        row = {
            "id": f"c{len(writer.causes) + 1}",
            "span": span,
            "explains": [explained],
            "categories": [reason.category],
        }
        writer.causes.append(row)
    writer.text(text[length:])
