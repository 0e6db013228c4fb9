"""Sheets of cells to paragraphs and tables. All names and figures are invented."""

from __future__ import annotations

import pytest

from gouji.readers.layout import Block, TextBlock
from gouji.readers.sheets import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Merge, Sheet, TooLargeError, blocks


def sheet(text: str, name: str = "Sheet1", merges: list[Merge] | None = None) -> Sheet:
    """Sheet of lines with ``|`` between cells; an empty line is an empty row."""
    out = Sheet(name, merges=merges or [])
    for r, line in enumerate(text.strip("\n").split("\n")):
        for c, piece in enumerate(line.split("|")):
            if piece.strip():
                out.put(r, c, piece.strip())
    return out


def seen(found: list[Block]) -> list[str | list[str]]:
    """Paragraphs as strings; tables as lists of rows, extents behind the texts, blanks as ``.``."""
    out: list[str | list[str]] = []
    for block in found:
        if isinstance(block, TextBlock):
            out.append(block.text)
            continue
        rows: list[list[str]] = [[] for _ in range(block.n_rows)]
        for cell in block.cells:
            size = f"<{cell.colspan}" * (cell.colspan > 1) + f"^{cell.rowspan}" * (cell.rowspan > 1)
            rows[cell.r].append(f"{cell.text or '.'}{size}")
        out.append([f"# {block.title}"] * bool(block.title) + ["|".join(row) for row in rows])
    return out


def test_head_and_notes_are_paragraphs() -> None:
    found = sheet(
        """
        收入支出决算总表
        |||公开01表
        部门：云溪县文化馆|||单位：万元
        收入||支出
        项目|决算数|项目|决算数
        一、财政拨款收入|10.50|一、文化支出|9.00
        二、其他收入|||
        总计|10.50|总计|10.50
        注：本表反映总收支。
        2.金额四舍五入。
        """.replace("        ", ""),
        merges=[(0, 0, 0, 3), (3, 0, 3, 1), (3, 2, 3, 3), (8, 0, 8, 3)],
    )
    assert seen(blocks(found)) == [
        "收入支出决算总表",
        "公开01表",
        "部门：云溪县文化馆",
        "单位：万元",
        [
            "收入<2|支出<2",
            "项目|决算数|项目|决算数",
            "一、财政拨款收入|10.50|一、文化支出|9.00",
            "二、其他收入|.|.|.",
            "总计|10.50|总计|10.50",
        ],
        "注：本表反映总收支。",
        "2.金额四舍五入。",
    ]


def test_tables_below_one_another_are_apart() -> None:
    found = sheet(
        """
收入表
单位：元
项目|金额
事业收入|5.00
合计|5.00

支出表
单位：元
项目|金额|备注
办公费|3.00|

项目|人数
在职|12
"""
    )
    assert seen(blocks(found)) == [
        "收入表",
        "单位：元",
        ["项目|金额", "事业收入|5.00", "合计|5.00"],
        "支出表",
        "单位：元",
        ["项目|金额|备注", "办公费|3.00|."],
        ["项目|人数", "在职|12"],
    ]


def test_an_empty_row_inside_a_table_does_not_cut_it() -> None:
    found = sheet("项目|金额\n办公费|3.00\n\n印刷费|2.00\n咨询费|\n合计|5.00")
    assert seen(blocks(found)) == [["项目|金额", "办公费|3.00", "印刷费|2.00", "咨询费|.", "合计|5.00"]]


def test_a_row_with_a_label_alone_is_data_and_a_sentence_across_is_not() -> None:
    found = sheet(
        "项目|金额|备注\n一、教育支出||\n二、其他支出|2.00|\n本年度没有使用一般公共预算安排的支出，故本表为空。||",
        merges=[(3, 0, 3, 2)],
    )
    assert seen(blocks(found)) == [
        ["项目|金额|备注", "一、教育支出|.|.", "二、其他支出|2.00|."],
        "本年度没有使用一般公共预算安排的支出，故本表为空。",
    ]


def test_the_name_of_a_sheet_is_a_title_where_no_title_stands() -> None:
    bare = "单位：万元\n项目|金额\n办公费|3.00"
    assert seen(blocks(sheet(bare, "2 收入决算表")))[-1] == ["# 收入决算表", "项目|金额", "办公费|3.00"]
    assert seen(blocks(sheet(bare, "Sheet1")))[-1] == ["项目|金额", "办公费|3.00"]
    assert seen(blocks(sheet("收入表\n" + bare, "附页")))[-1] == ["项目|金额", "办公费|3.00"]


def test_a_sheet_of_prose_is_paragraphs() -> None:
    found = sheet("一、部门职责\n负责全县图书借阅。\n\n二、收支情况\n本年收入9.50万元。", "说明")
    assert seen(blocks(found)) == ["一、部门职责", "负责全县图书借阅。", "二、收支情况", "本年收入9.50万元。"]


def test_hidden_rows_and_columns_are_left_out_and_merged_cells_move() -> None:
    found = sheet("代码|项目|金额\nx|办公费|3.00\n|印刷费|2.00\n|咨询费|1.00", merges=[(1, 0, 3, 0)])
    found.hidden_rows, found.hidden_columns = {1}, set()
    assert seen(blocks(found)) == [["代码|项目|金额", "x^2|印刷费|2.00", "咨询费|1.00"]]
    found.hidden_columns = {0}
    assert seen(blocks(found)) == [["项目|金额", "印刷费|2.00", "咨询费|1.00"]]


def test_merged_ranges_beyond_the_cells_are_cut_and_overlapping_ones_ignored() -> None:
    merges = [(0, 0, 0, 16383), (1, 0, 2, 0), (2, 0, 2, 1), (0, 0, 1048575, 16383)]
    found = sheet("收入表\n项目|金额\n|1.00\n办公费|3.00", merges=merges)
    assert seen(blocks(found)) == ["收入表", ["项目^2|金额", "1.00", "办公费|3.00"]]


def test_an_empty_sheet_has_nothing() -> None:
    assert blocks(Sheet("收入表", merges=[(0, 0, 5, 5)])) == []


@pytest.mark.parametrize("place", [(MOST_ROWS, 0), (0, MOST_COLUMNS)])
def test_places_beyond_the_bounds_are_refused(place: tuple[int, int]) -> None:
    with pytest.raises(TooLargeError):
        Sheet("x").put(*place, "1")


def test_cells_beyond_the_bounds_are_refused() -> None:
    found = Sheet("x", cells=dict.fromkeys(((0, c) for c in range(MOST_CELLS)), "1"))
    with pytest.raises(TooLargeError):
        found.put(1, 0, "1")
