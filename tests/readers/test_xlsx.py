"""Workbooks: what the reader makes of formats, formulas, merged and hidden cells, and of files that are no good."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlwt

from gouji.errors import ReaderError
from gouji.model.document import Document, Table
from gouji.readers import read

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Rows = Sequence[Sequence[object]]


def saved(book: openpyxl.Workbook, path: Path) -> Document:
    book.save(path)
    return read(path)


def package(path: Path, rows: str, *, extra: dict[str, str] | None = None, after: str = "", before: str = "") -> Path:
    """Write a workbook of one sheet whose rows are given as XML, without styles."""
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="收入决算表" sheetId="1" '
        'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}'
        "</worksheet>",
    } | (extra or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def text(place: str, value: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def figures(table: Table) -> dict[str, str]:
    """Cells with a value: address, text, exact value and unit."""
    return {table.address(c): f"{c.text} = {c.value.canonical.normalize():f} {c.value.unit}" for c in table.numbers()}


def test_numbers_are_as_the_sheet_shows_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "支出决算表"
    rows: Rows = [
        ["支出决算表", None, None, None],
        ["单位：万元", None, None, None],
        ["项目", "年初预算数", "决算数", "完成预算的%"],
        ["办公费", 1234.5, 0.1 + 0.2, 0.1234],
        ["印刷费", "1,050.25", 0, None],
        ["合计", 2284.75, 0.3, 1.0639],
    ]
    for cells in rows:
        page.append(cells)
    for r in range(4, 7):
        page.cell(r, 2).number_format = "#,##0.00"
        page.cell(r, 4).number_format = "0.00%"
    page.cell(5, 3).number_format = '0.00;-0.00;"-"'
    (table,) = saved(book, tmp_path / "x.xlsx").tables
    assert (table.title, table.kind, table.unit) == ("支出决算表", "expenditure", "万元")
    assert figures(table) == {
        "t1.r2.c2": "1,234.50 = 12345000 万元",
        "t1.r2.c3": "0.3 = 3000 万元",
        "t1.r2.c4": "12.34% = 0.1234 %",
        "t1.r3.c2": "1,050.25 = 10502500 万元",
        "t1.r4.c2": "2,284.75 = 22847500 万元",
        "t1.r4.c3": "0.3 = 3000 万元",
        "t1.r4.c4": "106.39% = 1.0639 %",
    }
    assert [(c.text, str(c.blank)) for c in table.row(3)[2:]] == [("-", "dash"), ("", "empty")]


def test_dates_booleans_and_rich_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.append(["事项", "日期", "是否完成"])
    page.append(["验收", date(2022, 3, 1), True])
    page["B2"].number_format = 'yyyy"年"m"月"d"日"'
    page.append(["收入\n（含利息）", None, False])
    (table,) = saved(book, tmp_path / "x.xlsx").tables
    assert [[c.text for c in table.row(r)] for r in (2, 3)] == [
        ["验收", "2022年3月1日", "TRUE"],
        ["收入\n（含利息）", "", "FALSE"],
    ]


def test_merged_cells_give_header_paths(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    for cells in (
        ["支出决算表", None, None, None, None],
        [None, None, None, None, "单位：元"],
        ["项目", None, "本年支出合计", "其中", None],
        ["科目编码", "科目名称", None, "基本支出", "项目支出"],
        ["合计", None, 30.5, 10, 20.5],
        ["205", "教育支出", 30.5, 10, 20.5],
        ["20502", "普通教育", 30.5, 10, 20.5],
    ):
        page.append(cells)
    for area in ("A1:E1", "A3:B3", "C3:C4", "D3:E3", "A5:B5"):
        page.merge_cells(area)
    (table,) = saved(book, tmp_path / "x.xlsx").tables
    assert {table.address(c): (c.row_path, c.col_path) for c in table.numbers() if c.r in (3, 5)} == {
        "t1.r3.c3": (("合计",), ("本年支出合计",)),
        "t1.r3.c4": (("合计",), ("其中", "基本支出")),
        "t1.r3.c5": (("合计",), ("其中", "项目支出")),
        "t1.r5.c3": (("教育支出", "普通教育"), ("本年支出合计",)),
        "t1.r5.c4": (("教育支出", "普通教育"), ("其中", "基本支出")),
        "t1.r5.c5": (("教育支出", "普通教育"), ("其中", "项目支出")),
    }


def test_formulas_count_by_their_cached_values_and_those_without_are_said(tmp_path: Path) -> None:
    rows = row(1, text("A1", "项目"), text("B1", "金额")) + row(
        2, text("A2", "合计"), '<c r="B2"><f>SUM(1,2)</f><v>3.5</v></c>'
    )
    rows += row(3, text("A3", "办公费"), '<c r="B3"><f>1+1</f></c>')
    rows += row(4, text("A4", "印刷费"), '<c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
    found = read(package(tmp_path / "x.xlsx", rows))
    assert figures(found.tables[0]) == {"t1.r2.c2": "3.5 = 3.5 "}
    assert found.warnings == (
        "工作表“收入决算表”有 1 个公式没有保存结果，按空白处理；请用 Excel 打开并保存。",
        "工作表“收入决算表”有 1 个单元格是错误值（如 #REF!），没有数值。",
    )


def test_hidden_sheets_rows_and_columns_are_not_published(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "收入表"
    for cells in (["代码", "项目", "金额"], ["a", "利息收入", 1.5], ["b", "草稿", 9], ["c", "合计", 1.5]):
        page.append(cells)
    page.row_dimensions[3].hidden = True
    page.column_dimensions["A"].hidden = True
    secret = book.create_sheet("内部")
    secret.append(["项目", "金额"])
    secret.sheet_state = "hidden"
    found = saved(book, tmp_path / "x.xlsx")
    assert [[c.text for c in t.row(r)] for t in found.tables for r in range(1, t.n_rows + 1)] == [
        ["项目", "金额"],
        ["利息收入", "1.5"],
        ["合计", "1.5"],
    ]
    assert found.warnings == (
        "工作表“收入表”有 1 行是隐藏的（第 3 行），没有读取。",
        "工作表“收入表”有 1 列是隐藏的（A 列），没有读取。",
        "工作表“内部”是隐藏的，没有读取。",
    )


@pytest.mark.parametrize("how", ["filter", "outline"])
def test_rows_that_only_the_view_hides_are_read(tmp_path: Path, how: str) -> None:
    hidden = 'hidden="1" outlineLevel="1"' if how == "outline" else 'hidden="1"'
    rows = row(1, text("A1", "项目"), text("B1", "金额"))
    rows += f'<row r="2" {hidden}>{text("A2", "办公费")}<c r="B2"><v>2</v></c></row>'
    rows += row(3, text("A3", "合计"), '<c r="B3"><v>2</v></c>')
    filter_ = '<autoFilter ref="A1:B3"><filterColumn colId="0"/></autoFilter>' if how == "filter" else ""
    found = read(package(tmp_path / "x.xlsx", rows, after=filter_))
    assert (found.tables[0].n_rows, found.warnings) == (3, ())


def test_zeros_that_the_sheet_does_not_show_are_blank(tmp_path: Path) -> None:
    rows = row(1, text("A1", "项目"), text("B1", "金额"), text("C1", "上年")) + row(
        2, text("A2", "合计"), '<c r="B2"><v>0</v></c><c r="C2"><v>1</v></c>'
    )
    view = '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>'
    (table,) = read(package(tmp_path / "x.xlsx", rows, before=view)).tables
    assert [c.text for c in table.row(2)] == ["合计", "", "1"]


def test_cells_without_addresses_and_shared_strings_with_readings(tmp_path: Path) -> None:
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>项目</t></si><si><r><t>金</t></r><r><t>额</t></r>'
        "<rPh sb='0' eb='1'><t>jin</t></rPh></si><si><t>利息_x000D_&#10;收入</t></si></sst>"
    )
    relations = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/worksheet" '
        f'Target="/xl/worksheets/sheet1.xml"/><Relationship Id="r2" Type="{OFFICE}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>'
    )
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c t="s"><v>2</v></c><c><v>4.5</v></c></row>'
    extra = {"xl/sharedStrings.xml": strings, "xl/_rels/workbook.xml.rels": relations}
    (table,) = read(package(tmp_path / "x.xlsx", rows, extra=extra)).tables
    assert [[c.text for c in table.row(r)] for r in (1, 2)] == [["项目", "金额"], ["利息\n收入", "4.5"]]


def test_a_sheet_of_100000_rows_is_left_out_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c><c r="B{i}"><v>1</v></c></row>' for i in range(1, 100_001))
    with pytest.raises(ReaderError, match="超过 20000 行"):
        read(package(tmp_path / "x.xlsx", rows))


def test_a_sheet_of_16384_columns_is_refused_and_empty_ones_do_not_count(tmp_path: Path) -> None:
    wide = "<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"
    with pytest.raises(ReaderError, match="300 列"):
        read(package(tmp_path / "x.xlsx", wide))
    empty = '<c s="0"/>' * 16_382
    rows = f"<row><c t='str'><v>项目</v></c><c t='str'><v>金额</v></c>{empty}</row>" + row(
        2, text("A2", "合计"), '<c r="B2"><v>1</v></c>', '<c r="XFD2"/>'
    )
    (table,) = read(package(tmp_path / "y.xlsx", rows)).tables
    assert (table.n_rows, table.n_cols) == (2, 2)


def test_a_workbook_without_anything_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="工作簿里没有可读的单元格"):
        saved(openpyxl.Workbook(), tmp_path / "x.xlsx")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: data[: len(data) // 2], "损坏"),
        (lambda data: data.replace(b"PK\x01\x02", b"PK\x01\x03"), "损坏"),
    ],
)
def test_damaged_packages_are_refused(tmp_path: Path, damage: Callable[[bytes], bytes], message: str) -> None:
    path = package(tmp_path / "x.xlsx", row(1, text("A1", "项目"), text("B1", "金额")))
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(ReaderError, match=message):
        read(path)


def test_a_sheet_that_is_no_xml_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "x.xlsx", "", extra={"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"})
    with pytest.raises(ReaderError, match="xl/worksheets/sheet1.xml 不完整或已损坏"):
        read(path)


@pytest.mark.parametrize("name", ["henan-hospital-2023", "fujian-district-2022", "shanghai-culture-2023"])
def test_texts_are_those_that_calamine_reads(root: Path, name: str) -> None:
    path = root / "corpora" / name / f"{name}.xlsx"
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    theirs = [v for s in book.sheet_names for r in book.get_sheet_by_name(s).to_python() for v in r]
    found = read(path)
    cells = [c.text.strip() for t in found.tables for c in t.cells]
    ours = cells + [p.text for p in found.passages if p.cell is None]
    assert sorted(map(_value, filter(None, map(str, theirs)))) == sorted(map(_value, filter(None, ours)))


def _value(text: str) -> str:
    """Number without its format, or the text itself: calamine knows no formats."""
    try:
        return str(float(text.replace(",", "")))
    except ValueError:
        return text.strip()


def old_workbook() -> xlwt.Workbook:
    book = xlwt.Workbook()
    page = book.add_sheet("支出决算表")
    page.write_merge(0, 0, 0, 3, "支出决算表")
    page.write(1, 3, "单位：万元")
    money, share = xlwt.easyxf(num_format_str="#,##0.00"), xlwt.easyxf(num_format_str="0.00%")
    for c, word in enumerate(("项目", "年初预算数", "决算数", "完成率%")):
        page.write(2, c, word)
    page.write(3, 0, "办公费")
    page.write(3, 1, 1234.5, money)
    page.write(3, 2, 0.1 + 0.2)
    page.write(3, 3, 0.1234, share)
    page.write(4, 0, "草稿")
    page.write(4, 1, 9)
    page.row(4).hidden = True
    page.write(5, 0, "合计")
    page.write(5, 1, "1,234.50")
    page.write(5, 2, xlwt.Formula("C4"))
    hidden = book.add_sheet("内部")
    hidden.write(0, 0, "x")
    hidden.visibility = 1
    return book


def test_the_format_before_2007_is_read_alike(tmp_path: Path) -> None:
    old_workbook().save(str(tmp_path / "x.xls"))
    found = read(tmp_path / "x.xls")
    (table,) = found.tables
    assert (found.media, table.title, table.unit) == ("application/vnd.ms-excel", "支出决算表", "万元")
    assert figures(table) == {
        "t1.r2.c2": "1,234.50 = 12345000 万元",
        "t1.r2.c3": "0.3 = 3000 万元",
        "t1.r2.c4": "12.34% = 0.1234 %",
        "t1.r3.c2": "1,234.50 = 12345000 万元",
    }
    assert found.warnings == (
        "工作表“支出决算表”有 1 行是隐藏的（第 5 行），没有读取。",
        "工作表“内部”是隐藏的，没有读取。",
    )


def test_a_damaged_old_workbook_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    old_workbook().save(stream)
    path = tmp_path / "x.xls"
    path.write_bytes(stream.getvalue()[:3000])
    with pytest.raises(ReaderError, match="损坏"):
        read(path)
