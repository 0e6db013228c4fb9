"""Lines to passages: what is joined, what is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.model.document import PassageKind
from gouji.readers.txt import document_of
from gouji.text.normalise import fold, strip_blanks

REPORT = (
    "一、收入支出预算总体情况\n"
    "2023年度收入预算总计5123456.78元，其中：一般公共预算拨款收入5000000.00元，同比增加120000.50元，增长2.46%，主要原因是"
    "本年新增在职人员工资和社会保障缴费。\n"
    "2023年度支出预算总计5123456.78元，其中基本支出4100000.00元，占支出总预算的80.02%，同比减少34000.00元，下降0.82%。\n"
    "二、“三公”经费预算情况\n"
    "2023年“三公”经费预算安排12000.00元，与上年持平，主要用于保留公务用车的燃料、维修、"
    "保险等日常支出，并严格执行有关规定。\n"
    "（一）因公出国（境）费0元。\n"
    "（二）公务接待费2000.00元，比上年减少500.00元，下降20.00%，主要原因是厉行节约，压缩接待批次和人数，从严控制陪餐人数。\n"
)


def wrap(text: str, size: int, indent: str = "", between: str = "\n") -> str:
    """Break lines after `size` characters, inside words and figures too; paragraphs are indented, headings not."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = paragraph if paragraph[1] == "、" else indent + paragraph
        lines += [line[i : i + size] for i in range(0, len(line), size)]
    return between.join(lines) + "\n"


def justify(text: str, em: int) -> str:
    """Break lines as justified print does: what takes room in print and in columns of a screen differs."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line, room = "", 0.0
        for character in paragraph:
            room += {"，": 0.5, "。": 0.5, "、": 0.5, "（": 0.6, "）": 0.6}.get(
                character, 0.7 if character.isascii() else 1
            )
            if room > em:
                lines.append(line)
                line, room = "", 1
            line += character
        lines.append(line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        justify(REPORT, 27),
        wrap(REPORT, 30),
        wrap(REPORT, 34, "　　"),
        wrap(REPORT, 30, "    ", "\n\n"),
        wrap(REPORT, 30).replace("社会\n", "社会\n—10—\n").replace("保险\n", "保险\n\n12\n\n"),
    ],
    ids=["one line each", "justified", "wrapped", "wrapped and indented", "double spaced", "page numbers between"],
)
def test_a_wrapped_report_has_the_passages_of_an_unwrapped_one(text: str) -> None:
    passages = document_of(text, "x", "0").passages
    assert [p.text for p in passages] == REPORT.splitlines()


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("比上年增加12.50\n万元。\n", ["比上年增加12.50万元。"]),
        ("收入减少，\n支出增加。\n", ["收入减少，支出增加。"]),
        ("产出数量指标\n\n完成维修3处。\n", ["产出数量指标", "完成维修3处。"]),
        ("其中：\n1.办公费2万元。\n", ["其中：", "1.办公费2万元。"]),
        ("本年度无此项支出\n六、政府采购情况\n", ["本年度无此项支出", "六、政府采购情况"]),
        ("共12辆\n- 3 -\n", ["共12辆"]),
        ("第 2 页 共 9 页\n支出合计3万元。\n", ["支出合计3万元。"]),
    ],
)
def test_lines_without_a_usual_width(text: str, passages: list[str]) -> None:
    assert [p.text for p in document_of(text, "x", "0").passages] == passages


def test_a_goal_cell_is_one_passage_for_each_numbered_item() -> None:
    text = (
        "\t项目名称\n\t渠道清淤\n\n\t年度总体目标\n\t预期目标\n\t实际完成情况\n\n"
        "\t\n\t1.清淤12公里，\n保障灌溉。\n\n2.修复闸门3座。\n\t已完成\n\n"
        "\t一级指标\n\t二级指标\n\t三级指标\n\t年度指标值\n\t实际完成值\n\t分值\n\t得分\n\n"
        "\t产出指标\n\t数量指标\n\t清淤长度\n\t≥12公里\n\t12公里\n\t90\n\t90\n\n\t总分\n\t100\n\t100\n"
    )
    cells = [(p.cell, p.text) for p in document_of(text, "x", "0").passages if p.kind is PassageKind.CELL]
    assert cells == [
        ("t1.r3.c2", "1.清淤12公里，保障灌溉。"),
        ("t1.r3.c2", "2.修复闸门3座。"),
        ("t1.r3.c3", "已完成"),
        ("t1.r5.c3", "清淤长度"),
    ]


PIECES = st.sampled_from(
    ["\t", "\n", "\n\n", "|", "  ", "　", "收入", "支出决算表", "12.5", "0", "—", "一、", "（一）", "1.", "第一部分 ",
     "合计", "205", "单位：万元\n", "公开01表\n", "。", "，", "类", "款", "栏次", "一级指标", "二级指标", "三级指标",
     "分值", "得分", "总分", "预期目标", "实际完成情况", "年初预算数", "全年预算数", "\n\t", "\n\n\t", "A", "注：",
     "……", "占\n", "元\n"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=50).map("".join))
def test_any_text_gives_passages_in_order_that_are_slices_of_it(text: str) -> None:
    document = document_of(text, "x", "0")
    at = 0
    for passage in document.passages:
        assert passage.span.start >= at
        at = passage.span.end
        source = strip_blanks(fold(text[passage.span.start : at]))
        # page numbers between wrapped lines are the only thing besides white space that may be missing
        assert _without_numbers(source) == _without_numbers(strip_blanks(passage.text))
    cells = [c for t in document.tables for c in t.cells if c.start is not None]
    assert [text[c.start : c.end] for c in cells] == [c.text for c in cells]
    assert all(t.grid[cell.r, cell.c] is cell for t in document.tables for cell in t.cells)


def _without_numbers(text: str) -> str:
    return "".join(c for c in text if not c.isdigit() and c not in "—-")


def test_a_very_long_line_is_one_passage() -> None:
    document = document_of("本年支出12.5万元，" * 200_000, "x", "0")
    assert [(p.kind, len(p.text)) for p in document.passages] == [(PassageKind.PARAGRAPH, 2_200_000)]
