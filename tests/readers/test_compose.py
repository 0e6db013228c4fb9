"""Layouts to documents: canonical text, passages, sections, tables with their paths, pages and boxes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gouji.model.document import Box, Document, Table
from gouji.readers.compose import compose
from gouji.readers.layout import Block, GridCell, Layout, TableBlock, TextBlock


def document(*blocks: Block) -> Document:
    return compose(Layout(blocks, "application/x-test", ("提示。",)), "报告", "0" * 64)


def grid(*rows: str, title: str = "", page: int | None = None) -> TableBlock:
    """Table of rows such as ``项目<2|.|决算数^2``: ``<`` widens, ``^`` heightens, ``.`` is covered."""
    cells: list[GridCell] = []
    for r, row in enumerate(rows):
        for c, piece in enumerate(row.split("|")):
            if piece == ".":
                continue
            text, _, height = piece.partition("^")
            text, _, width = text.partition("<")
            cells.append(GridCell(r, c, text, int(height or 1), int(width or 1), page=page))
    return TableBlock(tuple(cells), len(rows), len(rows[0].split("|")), page, title=title)


PAGE = "正文。" * 400
SPENDING = grid(
    "项目<2|.|本年支出合计^2|支出<2|.",
    "科目编码|科目名称|.|基本支出|项目支出",
    "合计<2|.|30.00|10.00|20.00",
    "205|教育支出|30.00|10.00|20.00",
    "20502|普通教育|30.00|-|",
)


def paths(table: Table) -> dict[str, tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Value cells of a table by address: row path, column path, value with its unit or how the cell is blank."""
    return {
        table.address(c): (c.row_path, c.col_path, f"{c.text} {c.value.unit}".strip() if c.value else c.blank)
        for c in table.cells
        if c.col_path
    }


def test_text_is_a_paragraph_a_line_and_a_row_a_line() -> None:
    found = document(TextBlock("一、支出决算"), TextBlock("单位：万元"), SPENDING, TextBlock("后文。"))
    assert found.text == (
        "一、支出决算\n单位：万元\n\n"
        "项目\t\t本年支出合计\t支出\t\n科目编码\t科目名称\t\t基本支出\t项目支出\n合计\t\t30.00\t10.00\t20.00\n"
        "205\t教育支出\t30.00\t10.00\t20.00\n20502\t普通教育\t30.00\t-\t\n\n后文。\n"
    )
    assert (found.media, found.warnings, found.name, found.sha256) == (
        "application/x-test", ("提示。",), "报告", "0" * 64,
    )  # fmt: skip
    for cell in found.tables[0].cells:
        assert cell.start is not None
        assert found.text[cell.start : cell.end] == cell.text


def test_known_extents_give_header_paths() -> None:
    (table,) = document(TextBlock("支出决算表"), TextBlock("单位：万元"), SPENDING).tables
    assert (table.title, table.kind, table.unit, table.n_rows, table.n_cols) == (
        "支出决算表",
        "expenditure",
        "万元",
        5,
        5,
    )
    total, basic, project = ("本年支出合计",), ("支出", "基本支出"), ("支出", "项目支出")
    assert paths(table) == {
        "t1.r3.c3": (("合计",), total, "30.00 万元"),
        "t1.r3.c4": (("合计",), basic, "10.00 万元"),
        "t1.r3.c5": (("合计",), project, "20.00 万元"),
        "t1.r4.c3": (("教育支出",), total, "30.00 万元"),
        "t1.r4.c4": (("教育支出",), basic, "10.00 万元"),
        "t1.r4.c5": (("教育支出",), project, "20.00 万元"),
        "t1.r5.c3": (("教育支出", "普通教育"), total, "30.00 万元"),
        "t1.r5.c4": (("教育支出", "普通教育"), basic, "dash"),
        "t1.r5.c5": (("教育支出", "普通教育"), project, "empty"),
    }


def test_label_merged_downwards_belongs_to_every_row_that_it_covers() -> None:
    (table,) = document(grid("类别<2|.|决算数", "三公^2|接待费|1.00", ".|用车费|2.00", "会议费<2|.|3.00")).tables
    assert paths(table) == {
        "t1.r2.c3": (("三公", "接待费"), ("决算数",), "1.00"),
        "t1.r3.c3": (("三公", "用车费"), ("决算数",), "2.00"),
        "t1.r4.c3": (("会议费",), ("决算数",), "3.00"),
    }
    assert [(c.r, c.c, c.rowspan, c.colspan, c.seq) for c in table.cells if c.r > 1] == [
        (2, 1, 2, 1, 1), (2, 2, 1, 1, 2), (2, 3, 1, 1, 3), (3, 2, 1, 1, 2), (3, 3, 1, 1, 3), (4, 1, 1, 2, 1),
        (4, 3, 1, 1, 2),
    ]  # fmt: skip


def test_grid_without_merged_cells_is_read_by_its_blanks() -> None:
    (table,) = document(grid("收入||支出|", "项目|金额|项目|金额", "拨款|1.00|教育|2.00")).tables
    assert paths(table) == {
        "t1.r3.c2": (("拨款",), ("收入", "金额"), "1.00"),
        "t1.r3.c4": (("教育",), ("支出", "金额"), "2.00"),
    }


def test_title_and_notes_in_rows_are_no_part_of_the_grid() -> None:
    found = document(
        grid(
            "收入决算表<3|.|.",
            "编制单位：某局|公开02表|金额单位：万元",
            "科目|决算数|备注",
            "合计|1.50|",
            "注：本表反映收入。<3|.|.",
        )
    )
    (table,) = found.tables
    assert (table.title, table.kind, table.unit, table.n_rows) == ("收入决算表", "income", "万元", 2)
    assert paths(table)["t1.r2.c2"] == (("合计",), ("决算数",), "1.50 万元")
    assert [(str(p.kind), p.text) for p in found.passages] == [
        ("caption", "收入决算表"),
        ("caption", "编制单位：某局"),
        ("caption", "公开02表"),
        ("caption", "金额单位：万元"),
        ("caption", "注：本表反映收入。"),
    ]


def test_title_beside_a_blank_corner_is_no_part_of_the_grid() -> None:
    (table,) = document(
        grid("2022年度收入支出（公开01表）<3|.|.|", "项目|金额|项目|金额", "拨款|1.00|教育|2.00")
    ).tables
    assert (table.n_rows, sorted(paths(table))) == (2, ["t1.r2.c2", "t1.r2.c4"])
    (header,) = document(grid("收入<2|.|", "科目|名称|合计", "205|教育|2.00")).tables
    assert header.n_rows == 3


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(grid("第一段。\n第二段。"), ["第一段。", "第二段。"], id="one cell"),
        pytest.param(grid("第一段。", "第二段。"), ["第一段。", "第二段。"], id="one column"),
        pytest.param(grid("|", "|正文。"), ["正文。"], id="blank around one cell"),
        pytest.param(grid("栏目|栏目二", PAGE + "|"), ["栏目", "栏目二", PAGE], id="a page in a cell"),
        pytest.param(
            grid("第一部分 概况|1", "一、职责|1", "第二部分 决算表|3"),
            ["第一部分 概况……1", "一、职责……1", "第二部分 决算表……3"],
            id="contents",
        ),
    ],
)  # fmt: skip
def test_what_is_no_table_becomes_paragraphs(table: TableBlock, expected: list[str]) -> None:
    found = document(TextBlock("前文。"), table)
    assert found.tables == ()
    assert [p.text for p in found.passages] == ["前文。", *expected]


def test_grid_lines_that_no_cell_begins_at_do_not_count() -> None:
    cells = (
        GridCell(0, 0, "项目", 2, 3),
        GridCell(0, 3, "金额", 2, 2),
        GridCell(2, 0, "合计", 1, 3),
        GridCell(2, 3, "1.00", 1, 2),
    )
    (table,) = document(TableBlock(cells, 3, 5)).tables
    assert [(c.r, c.c, c.rowspan, c.colspan, c.text) for c in table.cells] == [
        (1, 1, 1, 1, "项目"), (1, 2, 1, 1, "金额"), (2, 1, 1, 1, "合计"), (2, 2, 1, 1, "1.00"),
    ]  # fmt: skip


def test_holes_are_blank_cells_and_no_shift() -> None:
    cells = (GridCell(0, 0, "项目"), GridCell(0, 1, "预算", 1, 2), GridCell(1, 0, "合计"), GridCell(1, 2, "1.00"))
    (table,) = document(TableBlock(cells, 2, 3)).tables
    assert [(c.r, c.c, c.colspan, c.text) for c in table.cells] == [
        (1, 1, 1, "项目"), (1, 2, 2, "预算"), (2, 1, 1, "合计"), (2, 2, 1, ""), (2, 3, 1, "1.00"),
    ]  # fmt: skip


def test_name_of_the_format_is_the_title_where_no_paragraph_says_it() -> None:
    rows = ("项目|金额", "合计|1.00")
    found = document(TextBlock("收入决算表"), grid(*rows, title="收入决算表"), grid(*rows, title="支出决算表"))
    assert [(t.id, t.title) for t in found.tables] == [("t1", "收入决算表"), ("t2", "支出决算表")]
    assert found.text.count("收入决算表") == 1


def test_pages_and_boxes_reach_sections_passages_tables_and_cells() -> None:
    box = Box(10, 20, 30, 40)
    cell = GridCell(1, 1, "1.00", page=3, box=box)
    table = TableBlock((GridCell(0, 0, "项目"), GridCell(0, 1, "金额"), GridCell(1, 0, "合计"), cell), 2, 2, page=2)
    found = document(TextBlock("一、概况", 1), TextBlock("支出1.00元。", 2, box), table)
    assert [(s.title, s.page) for s in found.sections] == [("概况", 1)]
    assert [(p.text, p.page, p.box) for p in found.passages] == [("一、概况", 1, None), ("支出1.00元。", 2, box)]
    assert found.tables[0].page == 2
    assert [(c.text, c.page, c.box) for c in found.tables[0].cells] == [
        ("项目", 2, None), ("金额", 2, None), ("合计", 2, None), ("1.00", 3, box),
    ]  # fmt: skip


def test_marked_headings_without_a_number_take_the_level_of_their_like() -> None:
    found = document(
        TextBlock("某局2022年度决算", heading=1),
        TextBlock("一、收入", heading=2),
        TextBlock("收入增加。"),
        TextBlock("支出", heading=2),
        TextBlock("支出增加。"),
        TextBlock("整段都被设为标题样式，其实是正文。", heading=2),
    )
    assert [(str(p.kind), p.section) for p in found.passages] == [
        ("heading", None), ("heading", "s1"), ("paragraph", "s1"), ("heading", "s2"), ("paragraph", "s2"),
        ("paragraph", "s2"),
    ]  # fmt: skip
    assert [(s.id, s.title, s.level, s.number) for s in found.sections] == [
        ("s1", "收入", 2, "一、"),
        ("s2", "支出", 2, ""),
    ]
    assert (found.organisation, found.fiscal_year, found.kind) == (None, 2022, "final_accounts")


def test_broken_lines_of_one_block_are_joined_and_blocks_never() -> None:
    found = document(
        TextBlock("其中：\n一是接待费，\n1.00元。\n（一）会议费。"), TextBlock("用车费，"), TextBlock("2.00元。")
    )
    assert [p.text for p in found.passages] == [
        "其中：",
        "一是接待费，1.00元。",
        "（一）会议费。",
        "用车费，",
        "2.00元。",
    ]
    assert found.text[found.passages[1].span.start : found.passages[1].span.end] == "一是接待费，\n1.00元。"


def test_lines_of_a_page_that_are_paragraphs_of_the_file_are_joined() -> None:
    line = "二〇二二年度收入决算与上年相比增加主要是增加了项目经费开支"
    lines = [TextBlock(text) for n in range(8) for text in (f"    {n}年支出：" + line[8:], line, "结束。")]
    joined = f"{line[8:]}{line}结束。"
    found = document(TextBlock("支出", heading=1), *lines)
    assert [p.text for p in found.passages] == ["支出", *(f"{n}年支出：{joined}" for n in range(8))]
    apart = document(*lines[:6])  # too few lines to tell
    assert [p.text for p in apart.passages] == [b.text.strip() for b in lines[:6]]


def test_form_is_read_by_columns_and_addressed_on_its_grid() -> None:
    form = grid(
        "项目名称|站点运维<6|.|.|.|.|.",
        "项目资金（万元）^2|<2|.|年初预算数|全年执行数|分值|得分",
        ".|年度资金总额<2|.|9.00|8.00|10|9",
        "绩效指标^3|一级指标|二级指标|三级指标|年度指标值|分值|得分",
        ".|产出指标^2|数量指标|运维站点|≥46个|15|15",
        ".|.|质量指标|有效率|≥95%|15|14",
        "总分<5|.|.|.|.|30|29",
    )
    found = document(TextBlock("项目支出绩效自评表"), form)
    (table,) = found.tables
    assert (table.kind, table.n_cols, table.attributes) == ("self_evaluation", 7, {"project": "站点运维"})
    outputs = ("绩效指标", "产出指标")
    assert {a: v for a, v in paths(table).items() if ".r3." in a or ".r6." in a} == {
        "t1.r3.c4": (("项目资金（万元）", "年度资金总额"), ("年初预算数",), "9.00 万元"),
        "t1.r3.c5": (("项目资金（万元）", "年度资金总额"), ("全年执行数",), "8.00 万元"),
        "t1.r3.c6": (("项目资金（万元）", "年度资金总额"), ("分值",), "10"),
        "t1.r3.c7": (("项目资金（万元）", "年度资金总额"), ("得分",), "9"),
        "t1.r6.c5": ((*outputs, "质量指标", "有效率"), ("年度指标值",), "≥95% %"),
        "t1.r6.c6": ((*outputs, "质量指标", "有效率"), ("分值",), "15"),
        "t1.r6.c7": ((*outputs, "质量指标", "有效率"), ("得分",), "14"),
    }
    assert [(c.r, c.c, c.rowspan, c.colspan, c.seq) for c in table.cells if c.r == 7] == [
        (7, 1, 1, 5, 1), (7, 6, 1, 1, 2), (7, 7, 1, 1, 3),
    ]  # fmt: skip
    assert [(p.cell, p.text) for p in found.passages if p.cell] == [("t1.r5.c4", "运维站点"), ("t1.r6.c4", "有效率")]


def test_an_enormous_extent_costs_nothing() -> None:
    cells = (GridCell(0, 0, "项目"), GridCell(0, 1, "金额", 1, 10**9), GridCell(1, 0, "合计"), GridCell(1, 1, "1.00"))
    (table,) = document(TableBlock(cells, 2, 10**9)).tables
    assert [(c.r, c.c, c.colspan, c.text) for c in table.cells] == [
        (1, 1, 1, "项目"), (1, 2, 1, "金额"), (2, 1, 1, "合计"), (2, 2, 1, "1.00"),
    ]  # fmt: skip


def test_cells_with_tabs_and_line_ends_keep_their_rows() -> None:
    found = document(grid("项\t目|金额", "合计\r\n（万元）|1.50"))
    assert found.text == "\n项 目\t金额\n合计\n（万元）\t1.50\n\n"
    assert found.tables[0].cells[3].value is not None
    assert found.tables[0].cells[3].value.canonical == Decimal(15000)


def test_long_table_is_read_in_time_that_grows_with_it() -> None:
    """A table of twenty thousand cells is one pass; work for each pair of cells would not end within the test run."""
    rows = [f"2{i:05d}|项目{i}|{i}.50|{i}.25" for i in range(5000)]
    (table,) = document(grid("编码|名称|合计|基本支出", *rows)).tables
    assert (table.n_rows, len(table.cells), table.cells[-1].text) == (5001, 20004, "4999.25")
