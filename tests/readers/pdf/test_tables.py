"""Ruled tables of drawn pages."""

from __future__ import annotations

import pytest
from reportlab.lib.pagesizes import A4, landscape

from gouji.readers.layout import GridCell

from .draw import LEFT, Drawing, rows, tables, texts

XS = [72, 200, 320, 440]
HEADER = ["项目", "预算数", "决算数"]


def _extents(cells: tuple[GridCell, ...]) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.r, cell.c, cell.rowspan, cell.colspan) for cell in cells]


def test_a_grid_is_a_table_and_its_captions_stay_above_it() -> None:
    drawing = Drawing()
    drawing.text(220, 80, "收入决算表")
    drawing.text(380, 98, "单位：万元")
    drawing.grid(XS, [110, 130, 150, 170], [HEADER, ["一、财政拨款收入", "10.00", "12.50"], ["合计", "10.00", ""]])
    layout = drawing.layout()
    assert texts(layout) == ["收入决算表", "单位：万元"]
    assert [rows(table) for table in tables(layout)] == [
        [HEADER, ["一、财政拨款收入", "10.00", "12.50"], ["合计", "10.00", ""]]
    ]
    cell = tables(layout)[0].cells[4]
    assert (cell.text, cell.page) == ("10.00", 1)
    assert cell.box is not None
    assert (cell.box.left, cell.box.top, cell.box.right, cell.box.bottom) == (200, 130, 320, 150)


def test_merged_cells_are_where_lines_are_missing() -> None:
    drawing = Drawing()
    for y in (100, 140, 160):
        drawing.line(72, y, 440, y)
    drawing.line(200, 120, 440, 120)
    for x in (72, 200, 440):
        drawing.line(x, 100, x, 160)
    drawing.line(320, 120, 320, 160)
    for x, y, text in ((76, 125, "项目"), (204, 115, "本年支出"), (204, 135, "基本支出"), (324, 135, "项目支出")):
        drawing.text(x, y, text, 10)
    for x, text in ((76, "合计"), (204, "8.00"), (324, "2.00")):
        drawing.text(x, 155, text, 10)
    assert _extents(tables(drawing.layout())[0].cells) == [
        ("项目", 0, 0, 2, 1),
        ("本年支出", 0, 1, 1, 2),
        ("基本支出", 1, 1, 1, 1),
        ("项目支出", 1, 2, 1, 1),
        ("合计", 2, 0, 1, 1),
        ("8.00", 2, 1, 1, 1),
        ("2.00", 2, 2, 1, 1),
    ]


def test_thin_boxes_and_cell_frames_are_lines_too() -> None:
    drawing = Drawing()
    for y in (100, 120, 140):
        drawing.canvas.rect(72, 842 - y, 248, 0.5, stroke=0, fill=1)
    for x in (72, 200, 320):
        drawing.canvas.rect(x, 842 - 140, 0.5, 40, stroke=0, fill=1)
    for r in range(2):
        for c in range(2):
            drawing.canvas.rect(72 + 124 * c, 842 - 260 + 20 * r, 124, 20, stroke=1, fill=0)
    for x, y, text in ((76, 115, "甲"), (204, 115, "1.0"), (76, 135, "乙"), (204, 135, "2.0"), (76, 255, "丙")):
        drawing.text(x, y, text, 10)
    assert [rows(table) for table in tables(drawing.layout())] == [
        [["甲", "1.0"], ["乙", "2.0"]],
        [["", ""], ["丙", ""]],
    ]


def test_lines_of_a_cell_are_joined() -> None:
    drawing = Drawing()
    drawing.grid([72, 120, 200], [100, 160, 180], [["", "决算数"], ["合计", "1.00"]])
    for y, line in ((115, "附属"), (130, "单位上"), (145, "缴收入")):
        drawing.text(80, y, line, 10)
    assert rows(tables(drawing.layout())[0]) == [["附属单位上缴收入", "决算数"], ["合计", "1.00"]]


def test_a_figure_wider_than_its_cell_stays_whole() -> None:
    drawing = Drawing()
    drawing.grid([72, 120, 150, 240], [100, 120, 140], [["", "", ""], ["合计", "", "3.00"]])
    drawing.text(110, 135, "1,234,567.89", 10)
    assert rows(tables(drawing.layout())[0])[1] == ["合计", "1,234,567.89", "3.00"]


def test_a_table_over_two_pages_is_one_with_and_without_its_header() -> None:
    for again in (False, True):
        drawing = Drawing()
        drawing.text(220, 690, "支出决算表")
        drawing.grid(XS, [700, 720, 740, 760], [HEADER, ["一", "1.00", "2.00"], ["二", "3.00", "4.00"]])
        drawing.page()
        body = [["三", "5.00", "6.00"], ["四", "7.00", "8.00"]]
        shown = [HEADER, *body] if again else body
        drawing.grid(XS, [80 + 20 * i for i in range(len(shown) + 1)], shown)
        layout = drawing.layout()
        assert [rows(table) for table in tables(layout)] == [
            [HEADER, ["一", "1.00", "2.00"], ["二", "3.00", "4.00"], *body]
        ]
        assert [cell.page for cell in tables(layout)[0].cells] == [1] * 9 + [2] * 6


def test_a_repeated_title_goes_with_the_repeated_header() -> None:
    drawing = Drawing()
    for page, name in enumerate(("支出决算表", "支出决算表（续）")):
        drawing.text(220, 80, name)
        drawing.text(380, 95, "单位：万元")
        drawing.grid(XS, [100, 120, 140], [HEADER, [f"第{page}项", "1.00", "2.00"]])
        drawing.page()
    layout = drawing.layout()
    assert texts(layout) == ["支出决算表", "单位：万元"]
    assert [rows(table) for table in tables(layout)] == [[HEADER, ["第0项", "1.00", "2.00"], ["第1项", "1.00", "2.00"]]]


def test_tables_with_titles_of_their_own_stay_two() -> None:
    drawing = Drawing()
    for name in ("收入决算表", "支出决算表"):
        drawing.text(220, 90, name)
        drawing.grid(XS, [100, 120, 140], [HEADER, ["合计", "1.00", "2.00"]])
        drawing.page()
    layout = drawing.layout()
    assert texts(layout) == ["收入决算表", "支出决算表"]
    assert [table.page for table in tables(layout)] == [1, 2]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (["基本养老", "1.00"], ["保险缴费", ""], ["基本养老保险缴费", "1.00"]),
        (["基本养老", "1.00"], ["", ""], ["基本养老", "1.00"]),
        (["教育支出", "12,345,67"], ["", "8.90"], ["教育支出", "12,345,678.90"]),
        (["基本养老", "1.00"], ["（二）", ""], None),
        (["基本养老", "1.00"], ["保险缴费", "2.00"], None),
        (["教育", "1.00"], ["卫生", ""], None),
        (["基本养老", "0"], ["", "0"], None),
    ],
)
def test_a_row_cut_by_the_end_of_a_page_is_one_row(
    above: list[str], below: list[str], joined: list[str] | None
) -> None:
    drawing = Drawing()
    drawing.grid([72, 120, 166], [740, 760, 780], [["项目", "决算数"], above])
    drawing.page()
    drawing.grid([72, 120, 166], [80, 100, 120], [below, ["合计", "1.00"]])
    expected = [joined] if joined else [above, below]
    assert rows(tables(drawing.layout())[0]) == [["项目", "决算数"], *expected, ["合计", "1.00"]]


def test_a_table_on_a_turned_page() -> None:
    drawing = Drawing(landscape(A4))
    drawing.canvas.setPageRotation(90)
    drawing.canvas.translate(842, 0)
    drawing.canvas.rotate(90)
    drawing.size = A4
    drawing.grid(XS, [100, 120, 140], [HEADER, ["合计", "1.00", "2.00"]])
    table = tables(drawing.layout())[0]
    assert rows(table) == [HEADER, ["合计", "1.00", "2.00"]]
    assert table.box is not None
    assert (round(table.box.left), round(table.box.top)) == (LEFT, 100)


def test_a_frame_around_a_page_is_no_table() -> None:
    drawing = Drawing()
    drawing.canvas.rect(40, 40, 515, 760)
    drawing.paragraph(100, "一、收入支出总体情况说明")
    drawing.line(72, 300, 200, 300)
    layout = drawing.layout()
    assert tables(layout) == []
    assert texts(layout) == ["一、收入支出总体情况说明"]


def _columns(drawing: Drawing, y: float, label: str, *figures: str) -> None:
    drawing.text(72, y, label, 10)
    for x, figure in zip((300, 380, 460), figures, strict=False):
        drawing.right(x, y, figure, 10)


def test_a_table_without_lines_is_found_by_its_columns() -> None:
    drawing = Drawing()
    drawing.text(220, 80, "支出决算表")
    drawing.text(400, 96, "单位：万元")
    drawing.text(338, 116, "本年支出", 10)
    drawing.text(72, 116, "项目", 10)
    _columns(drawing, 136, "科目名称", "合计", "基本支出", "项目支出")
    _columns(drawing, 156, "一般公共服务支出", "1,234.50", "1,000.00", "234.50")
    _columns(drawing, 176, "教育支出", "12.00", "", "12.00")
    _columns(drawing, 196, "卫生健康支出", "3.10", "3.10", "—")
    drawing.paragraph(240, "注：本表反映本年度各项支出情况。")
    layout = drawing.layout()
    assert texts(layout) == ["支出决算表", "单位：万元", "注：本表反映本年度各项支出情况。"]
    assert [rows(table) for table in tables(layout)] == [
        [
            ["项目", "本年支出"],
            ["科目名称", "合计", "基本支出", "项目支出"],
            ["一般公共服务支出", "1,234.50", "1,000.00", "234.50"],
            ["教育支出", "12.00", "", "12.00"],
            ["卫生健康支出", "3.10", "3.10", "—"],
        ]
    ]


def test_a_label_wrapped_in_a_table_without_lines_is_one_cell() -> None:
    drawing = Drawing()
    _columns(drawing, 100, "科目名称", "决算数")
    _columns(drawing, 130, "教育支出", "12.00")
    drawing.text(72, 154, "机关事业单位基本养老保险", 10)
    drawing.right(300, 160, "3.10", 10)
    drawing.text(72, 166, "缴费支出", 10)
    _columns(drawing, 190, "住房保障支出", "1.00")
    assert rows(tables(drawing.layout())[0]) == [
        ["科目名称", "决算数"],
        ["教育支出", "12.00"],
        ["机关事业单位基本养老保险缴费支出", "3.10"],
        ["住房保障支出", "1.00"],
    ]


def test_paragraphs_with_figures_are_no_table_without_lines() -> None:
    drawing = Drawing()
    y = drawing.paragraph(100, "本年度收入1234.50万元，支出1000.00万元，结余234.50万元。" * 4)
    drawing.text(LEFT, y, "联系人：某某")
    drawing.text(300, y, "电话：12345678")
    assert tables(drawing.layout()) == []


def test_rows_that_no_line_parts_are_rows() -> None:
    drawing = Drawing()
    for y in (100, 120, 190):
        drawing.line(72, y, 440, y)
    for x in XS:
        drawing.line(x, 100, x, 190)
    for r, row in enumerate(
        [HEADER, ["教育支出", "10.00", "9.00"], ["卫生健康", "", "8.50"], ["合计", "10.00", "17.50"]]
    ):
        for x, text in zip(XS, row, strict=False):
            drawing.text(x + 4, 115 + 22 * r, text, 10)
    assert rows(tables(drawing.layout())[0]) == [
        HEADER,
        ["教育支出", "10.00", "9.00"],
        ["卫生健康", "", "8.50"],
        ["合计", "10.00", "17.50"],
    ]


def test_a_figure_broken_in_a_narrow_cell_is_no_two_rows() -> None:
    drawing = Drawing()
    drawing.grid([72, 130, 160], [100, 120, 150], [["项目", ""], ["", ""]])
    for x, y, text in ((76, 133, "使用非财政"), (76, 147, "拨款结余"), (134, 133, "8907"), (134, 147, "7.03")):
        drawing.text(x, y, text, 10)
    assert rows(tables(drawing.layout())[0]) == [["项目", ""], ["使用非财政拨款结余", "89077.03"]]
