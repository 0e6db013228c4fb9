"""Tables as texts carry them: whole grids of invented tables, and the gold of the shipped documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.model.document import Blank, Cell, Document, PassageKind, Table
from gouji.model.spans import Span
from gouji.readers import read
from gouji.readers.txt import document_of

FILE = Path(__file__).parents[1] / "cases" / "tables.yaml"
KEYS = {"id", "why", "text", "head", "cells", "expect"}
EXPECT = {"title", "kind", "unit", "shape", "spans", "numbers", "dashes"}


def text_of(case: dict[str, Any]) -> str:
    """Text of a case: as it stands, or its cells one per line."""
    if "text" in case:
        return str(case["text"])
    rows = ["\n".join(f"\t{cell}" for cell in row) for row in case["cells"]]
    return "\n".join([case["head"], "\n\n".join(rows)]) + "\n"


def describe(table: Table) -> dict[str, Any]:
    """Everything that a case says of a table."""
    return {
        "title": table.title,
        "kind": table.kind,
        "unit": table.unit,
        "shape": [table.n_rows, table.n_cols],
        "spans": [
            f"r{c.r}c{c.c} {c.rowspan}x{c.colspan} {''.join(c.text.split())}"
            for c in table.cells
            if (c.rowspan, c.colspan) != (1, 1)
        ],
        "numbers": [_number(c) for c in table.numbers()],
        "dashes": [f"r{c.r}c{c.c}" for c in table.cells if c.blank is Blank.DASH],
    }


def _number(cell: Cell) -> str:
    assert cell.value is not None
    paths = f"{'/'.join(cell.row_path)} | {'/'.join(cell.col_path)}"
    return f"r{cell.r}c{cell.c} {paths} = {cell.value.canonical:f} {cell.value.unit}".rstrip()


def load_cases(file: Path = FILE) -> list[dict[str, Any]]:
    """Read the cases; an unknown key, a case twice or a case that expects nothing is refused."""
    content = yaml.safe_load(file.read_text("utf-8"))
    if set(content) != {"schema", "version", "cases"} or not content["cases"]:
        raise ValueError(f"{file.name}: expected schema, version and cases")
    seen: set[str] = set()
    for case in content["cases"]:
        where = f"{file.name}: {case.get('id')}"
        if set(case) - KEYS or set(case.get("expect", {})) != EXPECT or ("text" in case) == ("cells" in case):
            raise ValueError(f"{where}: unknown or missing keys")
        if case["id"] in seen or not case["why"]:
            raise ValueError(f"{where}: stands twice, or does not say why")
        seen.add(case["id"])
    return list(content["cases"])


CASES = load_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_grid_is_restored(case: dict[str, Any]) -> None:
    document = document_of(text_of(case), case["id"], "0")
    assert [describe(t) for t in document.tables] == [case["expect"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_cells_are_slices_of_the_text(case: dict[str, Any]) -> None:
    document = document_of(text_of(case), case["id"], "0")
    cells = [c for t in document.tables for c in t.cells if c.start is not None]
    assert [document.text[c.start : c.end] for c in cells] == [c.text for c in cells] != []


@pytest.mark.parametrize(
    "edit",
    [{"spelling": 1}, {"expect": {}}, {"why": ""}, {"text": "x", "cells": []}],
    ids=lambda edit: next(iter(edit)),
)
def test_case_reader_is_strict(edit: dict[str, Any], tmp_path: Path) -> None:
    case = {key: value for key, value in CASES[0].items() if key != "text"} | {"text": "x"} | edit
    file = tmp_path / "tables.yaml"
    file.write_text(yaml.safe_dump({"schema": 1, "version": 1, "cases": [case]}), "utf-8")
    with pytest.raises(ValueError, match=r"tables\.yaml"):
        load_cases(file)


def test_prose_with_a_tab_in_front_is_no_table() -> None:
    text = "\t本年度收入合计12.50万元，比上年增加1.20万元，主要原因是新招录人员的工资和社会保险缴费相应增加。\n" * 3
    document = document_of(text, "x", "0")
    assert (document.tables, len(document.passages)) == ((), 3)


def test_a_row_of_which_only_the_first_cell_is_filled_stays_in_its_table() -> None:
    rows = [
        "项目\t金额\t项目\t金额",
        "五、事业收入\t28.35\t二十三、其他支出\t64.20",
        "六、经营收入\t\t\t",
        "八、其他收入\t12.40\t\t",
    ]
    tables = document_of("收入支出决算总表\n" + "\n".join(rows) + "\n六、经营收入决算情况说明\n", "text", "").tables
    assert [(t.n_rows, t.n_cols) for t in tables] == [(4, 4)]
    assert [c.row_path for c in tables[0].numbers()] == [("五、事业收入",), ("二十三、其他支出",), ("八、其他收入",)]


def test_reason_column_is_running_text_and_number_columns_are_not() -> None:
    text = (
        "| 项目 | 上年 | 本年 | 增减原因 |\n| 会议费 | 2.00 | 1.00 | 因改为线上召开。 |\n| 培训费 | 1.00 | 1.00 | |\n"
    )
    passages = document_of(text, "x", "0").passages
    assert [(p.text, p.cell) for p in passages] == [("因改为线上召开。", "t1.r2.c4")]


def test_heading_above_a_table_is_its_title_where_no_line_names_it() -> None:
    text = "二、收入决算表\n单位：万元\n| 项目 | 本年收入合计 |\n| 合计 | 12.00 |\n"
    document = document_of(text, "x", "0")
    assert [(t.title, t.kind, t.section) for t in document.tables] == [("收入决算表", "income", "s1")]


def _same(mine: Cell | None, gold: dict[str, Any], *, form: bool) -> bool:
    if mine is None:
        return False
    value = None if mine.value is None else f"{mine.value.canonical:f}"
    unit = mine.value.unit or None if mine.value else None
    if (mine.start, mine.end, mine.text, value, unit) != tuple(
        gold[k] for k in ("start", "end", "text", "value", "unit")
    ):
        return False
    if [list(mine.row_path), list(mine.col_path)] != [gold["row_path"], gold["col_path"]]:
        return False
    return form or (mine.rowspan, mine.colspan, mine.seq) == (gold["rowspan"], gold["colspan"], gold["seq"])


def compare(table: Table, gold: dict[str, Any]) -> tuple[int, int, int, int]:
    """Count the cells of a gold table, those of them that are read the same, and both again for cells with a value."""
    form = table.kind == "self_evaluation"
    mine = {(c.r, c.c): c for c in table.cells}
    cells = gold["cells"]
    same = [_same(mine.get((g["r"], g["seq"] if form else g["c"])), g, form=form) for g in cells]
    numbers = [ok for ok, g in zip(same, cells, strict=True) if g["value"] is not None]
    return len(cells), sum(same), len(numbers), sum(numbers)


def test_shipped_tables_are_read_as_the_gold_has_them(
    dev_document: Document, gold: Callable[[str], dict[str, Any]]
) -> None:
    tables = gold(dev_document.name)["tables"]
    assert [t.id for t in dev_document.tables] == [t["id"] for t in tables]
    counts = [compare(mine, other) for mine, other in zip(dev_document.tables, tables, strict=True)]
    cells, same, numbers, same_numbers = (sum(column) for column in zip(*counts, strict=True))
    assert same_numbers >= numbers * 0.99
    assert same >= cells * 0.97


def test_every_mention_of_the_gold_lies_in_one_passage(
    dev_document: Document, gold: Callable[[str], dict[str, Any]]
) -> None:
    spans = [Span(m["start"], m["end"]) for m in gold(dev_document.name)["mentions"]]
    held = [(span, dev_document.passage_at(span)) for span in spans]
    assert [span for span, passage in held if passage is None] == []
    back = [p.offsets.to_source(p.offsets.to_target(span)) for span, p in held if p is not None]
    assert back == spans != []


def test_flattened_forms_of_the_real_report_have_the_golds_addresses(
    real_report: Path, gold: Callable[[str], dict[str, Any]]
) -> None:
    document = read(real_report)
    addresses = {t.address(c): (c.start, c.end) for t in document.tables for c in t.cells if c.role == "number"}
    wanted = {
        f"{t['id']}.r{c['r']}.c{c['c']}": (c["start"], c["end"])
        for t in gold(document.name)["tables"]
        for c in t["cells"]
        if c.get("number") is not None and c["r"] > 3
    }
    assert len(wanted) > 1000
    assert {address: addresses.get(address) for address in wanted} == wanted


@pytest.mark.parametrize("gap", ["\t", "          "])
def test_contents_page_with_page_numbers_is_no_table(gap: str) -> None:
    lines = ["第一部分 概况", "一、主要职责", "二、机构设置", "第二部分 决算说明"]
    text = "".join(f"{line}{gap}{page}\n" for line, page in zip(lines, (1, 1, 2, 12), strict=True))
    document = document_of(text, "x", "0")
    assert (document.tables, [p.kind for p in document.passages]) == ((), [PassageKind.HEADING] * 4)


def test_one_row_is_no_table() -> None:
    assert document_of("首页 | 公开 | 互动 |\n正文从这里开始。\n", "x", "0").tables == ()


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "rows",
    [
        [
            "项目          预算数   决算数",
            "会议费          1.20     1.00",
            "培训费          2.20     2.00",
            "合计            3.40     3.00",
        ],
        [
            "| 项目 | 预算数 | 决算数 |",
            "| 会议费 | 1.20 | 1.00 |",
            "| 培训费 | 2.20 | 2.00 |",
            "| 合计 | 3.40 | 3.00 |",
        ],
    ],
    ids=["aligned", "piped"],
)
def test_blank_lines_between_all_rows_do_not_end_a_table(rows: list[str], between: str) -> None:
    document = document_of("单位：万元\n" + between.join(rows) + "\n\n以上为汇总情况。\n", "x", "0")
    assert [[f"{c.value.number}" for c in t.numbers() if c.value] for t in document.tables] == [
        ["1.20", "1.00", "2.20", "2.00", "3.40", "3.00"]
    ]
    assert document.passages[-1].text == "以上为汇总情况。"
