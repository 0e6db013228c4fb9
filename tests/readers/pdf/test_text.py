"""Lines and paragraphs of drawn pages."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from .draw import ACROSS, EM, HEIGHT, LEFT, WIDTH, Drawing, texts

LONG = "本年度收入总计三千万元比上年度增加一百万元增长百分之三主要原因是人员经费和项目经费按照规定相应增加" * 2 + "。"
OTHER = "本年度支出总计二千九百万元其中基本支出占九成项目支出占一成均按照年初预算安排执行没有超出范围" * 2 + "。"


def test_lines_of_a_paragraph_are_joined_and_an_indented_line_begins_the_next() -> None:
    drawing = Drawing()
    y = drawing.paragraph(100, LONG)
    drawing.paragraph(y, OTHER)
    assert texts(drawing.layout()) == [LONG, OTHER]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    drawing = Drawing()
    drawing.paragraph(100, OTHER)
    drawing.text(LEFT + 2 * EM, 760, LONG[: ACROSS - 2])
    drawing.page()
    drawing.text(LEFT, 80, LONG[ACROSS - 2 : 2 * ACROSS - 2])
    drawing.text(LEFT, 100, LONG[2 * ACROSS - 2 :])
    drawing.paragraph(120, OTHER)
    assert texts(drawing.layout()) == [OTHER, LONG, OTHER]


def test_a_line_with_room_for_what_follows_ends_its_paragraph() -> None:
    drawing = Drawing()
    drawing.text(LEFT, 100, "一、收入情况")
    y = drawing.paragraph(120, LONG, indent=0)
    drawing.paragraph(y, OTHER, indent=0)
    assert texts(drawing.layout()) == ["一、收入情况", LONG, OTHER]


def test_a_figure_that_found_no_room_does_not_begin_a_paragraph() -> None:
    drawing = Drawing()
    y = drawing.paragraph(100, LONG)
    drawing.text(LEFT + 2 * EM, y, LONG[: ACROSS - 4])
    drawing.text(LEFT, y + 20, "12,345.67万元。")
    drawing.paragraph(y + 40, OTHER)
    assert texts(drawing.layout()) == [LONG, LONG[: ACROSS - 4] + "12,345.67万元。", OTHER]


def test_reading_order_is_that_of_the_page_not_of_the_stream() -> None:
    drawing = Drawing()
    for y, text in ((160, "八、政府采购"), (120, "七、车辆情况"), (200, "九、名词解释")):
        drawing.text(LEFT, y, text)
    assert texts(drawing.layout()) == ["七、车辆情况", "八、政府采购", "九、名词解释"]


def test_two_fonts_on_one_line_make_one_line() -> None:
    drawing = Drawing()
    drawing.text(LEFT, 100, "收入")
    drawing.text(LEFT + 2 * EM + stringWidth("1,234.56", "Times-Roman", 11.5), 100, "万元，增长")
    drawing.text(LEFT + 2 * EM, 100.6, "1,234.56", 11.5, "Times-Roman")
    assert texts(drawing.layout()) == ["收入1,234.56万元，增长"]


def test_bold_by_overprinting_is_read_once() -> None:
    drawing = Drawing()
    drawing.text(LEFT, 100, "支出决算说明")
    drawing.text(LEFT + 0.4, 100, "支出决算说明")
    assert texts(drawing.layout()) == ["支出决算说明"]


def test_running_heads_feet_and_page_numbers_are_left_out() -> None:
    drawing = Drawing()
    for number in range(1, 5):
        drawing.text(LEFT, 40, "某某局决算公开")
        drawing.paragraph(100, f"第{number}页的文字。")
        drawing.text(WIDTH / 2, HEIGHT - 30, str(number), 9)
        drawing.page()
    assert texts(drawing.layout()) == [f"第{number}页的文字。" for number in range(1, 5)]


@pytest.mark.parametrize("foot", ["- {} -", "—{}—", "第{}页", "第 {} 页 共 3 页", "{}/3"])
def test_page_numbers_of_every_style_are_left_out(foot: str) -> None:
    drawing = Drawing()
    for number in range(3, 6):
        drawing.paragraph(100, "正文。")
        drawing.text(WIDTH / 2, HEIGHT - 30, foot.format(number), 9)
        drawing.page()
    assert texts(drawing.layout()) == ["正文。"] * 3


def test_a_number_that_does_not_count_with_the_pages_is_text() -> None:
    drawing = Drawing()
    drawing.paragraph(100, "人数如下")
    drawing.text(WIDTH / 2, HEIGHT - 60, "58")
    drawing.page()
    drawing.paragraph(100, "正文。")
    assert texts(drawing.layout()) == ["人数如下", "58", "正文。"]


def test_a_sideways_page_and_a_watermark() -> None:
    drawing = Drawing()
    drawing.canvas.saveState()
    drawing.canvas.rotate(90)
    drawing.canvas.setFont("STSong-Light", 12)
    drawing.canvas.drawString(100, -100, "收入决算情况说明")
    drawing.canvas.drawString(100, -120, "支出决算情况说明")
    drawing.canvas.restoreState()
    drawing.canvas.translate(200, 400)
    drawing.canvas.rotate(45)
    drawing.canvas.setFont("STSong-Light", 40)
    drawing.canvas.drawString(0, 0, "样张")
    assert texts(drawing.layout()) == ["收入决算情况说明", "支出决算情况说明"]


def test_every_paragraph_has_its_page_and_box() -> None:
    drawing = Drawing()
    drawing.text(LEFT, 100, "一、收入")
    drawing.page()
    drawing.text(LEFT, 200, "二、支出")
    first, second = drawing.layout().blocks
    assert (first.page, second.page) == (1, 2)
    assert second.box is not None
    assert (second.box.left, round(second.box.right)) == (LEFT, LEFT + 4 * EM)
    assert 185 < second.box.top < 200 < second.box.bottom < 206
