"""One document from several files, and which files of a folder belong together. All figures are invented."""

from __future__ import annotations

import hashlib
from pathlib import Path

import openpyxl
import pytest

from gouji.analysis import analyse
from gouji.errors import ReaderError
from gouji.export.contract import to_dict
from gouji.readers import inputs, read

NARRATIVE = (
    "云溪县文化馆2022年度部门决算\n第一部分 收入支出决算情况说明\n一、收入决算情况说明\n"
    "本年收入合计125.50万元，其中：财政拨款收入120.00万元，占95.62%；其他收入5.50万元，占4.38%。\n"
    "二、支出决算情况说明\n本年支出合计118.20万元，其中：基本支出98.20万元，项目支出20.00万元。\n"
)
INCOME = [["收入决算表"], ["单位：万元"], ["项目", "本年收入合计", "财政拨款收入", "其他收入"]]
INCOME += [["合计", 125.5, 120, 5.5], ["文化旅游体育与传媒支出", 125.5, 120, 5.5]]
SPENDING = [["支出决算表"], ["单位：万元"], ["项目", "本年支出合计", "基本支出", "项目支出"]]
SPENDING += [["合计", 118.2, 98.2, 20], ["文化旅游体育与传媒支出", 118.2, 98.2, 20]]


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        page = book.create_sheet(str(rows[0][0]))
        for row in rows:
            page.append(row)
    book.save(path)
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "决算.txt"
    path.write_text(NARRATIVE, "utf-8")
    return path


def test_figures_align_with_cells_of_the_attachments(report: Path, tmp_path: Path) -> None:
    tables = [workbook(tmp_path / "a.xlsx", INCOME), workbook(tmp_path / "b.xlsx", SPENDING)]
    analysis = analyse(report, tables=tables)
    found = {
        analysis.mention_of[analysis.fact_of[a.figure].figure].span: (str(a.relation), a.operands, str(a.verdict))
        for a in analysis.alignments
        if a.relation == "same"
    }
    words = {analysis.document.text[span.start : span.end]: row for span, row in found.items()}
    assert {word: row[1][0] for word, row in words.items()} == {
        "125.50万元": "t1.r2.c2", "120.00万元": "t1.r2.c3", "5.50万元": "t1.r2.c4", "118.20万元": "t2.r2.c2",
        "98.20万元": "t2.r2.c3", "20.00万元": "t2.r2.c4",
    }  # fmt: skip
    assert {row[2] for row in words.values()} == {"agrees"}


def test_the_narrative_keeps_its_offsets_and_its_hash(report: Path, tmp_path: Path) -> None:
    annex = workbook(tmp_path / "a.xlsx", INCOME, SPENDING)
    alone, whole = read(report), read(report, tables=[annex])
    assert whole.text.startswith(alone.text)
    assert (whole.name, whole.sha256, whole.media) == (alone.name, alone.sha256, alone.media)
    assert whole.passages[: len(alone.passages)] == alone.passages
    for passage in whole.passages:
        assert "".join(whole.text[passage.span.start : passage.span.end].split()) == "".join(passage.text.split())
    for table in whole.tables:
        for cell in table.cells:
            assert cell.start is not None
            assert whole.text[cell.start : cell.end] == cell.text
    assert to_dict(analyse(whole))["document"]["attachments"] == [
        {
            "name": "a.xlsx",
            "sha256": hashlib.sha256(annex.read_bytes()).hexdigest(),
            "media": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "tables": ["t1", "t2"],
        }
    ]


def test_ids_go_on_counting_over_tables_of_the_narrative(report: Path, tmp_path: Path) -> None:
    report.write_text(NARRATIVE + "收入表\n单位：元\n| 项目 | 金额 |\n| 利息 | 2.00 |\n| 合计 | 2.00 |\n", "utf-8")
    annex = tmp_path / "附件.txt"
    annex.write_text(
        "一、附表\n支出表\n单位：元\n| 项目 | 金额 | 增减原因 |\n| 利息 | 2.00 | 物价上涨，开支增加。 |\n", "utf-8"
    )
    whole = read(report, tables=[workbook(tmp_path / "a.xlsx", INCOME), annex])
    assert [(t.id, t.title, t.attributes.get("attachment")) for t in whole.tables] == [
        ("t1", "收入表", None),
        ("t2", "收入决算表", "a.xlsx"),
        ("t3", "支出表", "附件.txt"),
    ]
    assert [p.id for p in whole.passages] == [f"p{i}" for i in range(1, len(whole.passages) + 1)]
    assert [p.cell for p in whole.passages if p.cell] == ["t3.r2.c3"]
    assert len({s.id for s in whole.sections}) == len(whole.sections)
    assert whole.section_of[whole.tables[2].section or ""].title == "附表"


def test_an_attachment_that_cannot_be_read_fails_the_report_by_name(report: Path, tmp_path: Path) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    with pytest.raises(ReaderError, match="附件 .*坏.xlsx"):
        read(report, tables=[broken])


PROSE = "本单位负责全县公共文化服务，组织开展群众文化活动。" * 12 + "\n"
TABLE = "收入表\n单位：元\n| 项目 | 金额 |\n| 利息 | 2.00 |\n| 合计 | 2.00 |\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.txt": PROSE, "x.xlsx": ""}, [("a.txt", ["x.xlsx"])]),
        ({"a.txt": PROSE, "x.xlsx": "", "y.xlsx": ""}, [("a.txt", ["x.xlsx", "y.xlsx"])]),
        ({"a.txt": PROSE, "b.txt": TABLE}, [("a.txt", ["b.txt"])]),
        ({"a.txt": PROSE, "b.txt": PROSE, "a.xlsx": "", "b附表.xlsx": ""},
         [("a.txt", ["a.xlsx"]), ("b.txt", ["b附表.xlsx"])]),
        ({"a.txt": PROSE, "ab.txt": PROSE, "ab-1.xlsx": ""}, [("a.txt", []), ("ab.txt", ["ab-1.xlsx"])]),
        ({"a.txt": PROSE, "b.txt": PROSE, "x.xlsx": ""}, [("a.txt", []), ("b.txt", []), ("x.xlsx", [])]),
        ({"x.xlsx": "", "y.xlsx": ""}, [("x.xlsx", []), ("y.xlsx", [])]),
        ({"a.txt": TABLE}, [("a.txt", [])]),
        ({"a.txt": PROSE, "~$a.docx": "x", ".b.txt": PROSE, "c.png": "x"}, [("a.txt", [])]),
        ({"a.txt": PROSE, "b.pdf": "%PDF-1.7 broken"}, [("a.txt", []), ("b.pdf", [])]),
    ],
)  # fmt: skip
def test_which_files_of_a_folder_belong_together(
    tmp_path: Path, files: dict[str, str], expected: list[tuple[str, list[str]]]
) -> None:
    for name, content in files.items():
        if name.endswith(".xlsx"):
            workbook(tmp_path / name, INCOME)
        else:
            (tmp_path / name).write_text(content, "utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.txt").write_text(PROSE, "utf-8")
    assert [(i.path.name, [t.name for t in i.tables]) for i in inputs(tmp_path)] == expected


def test_a_folder_with_one_report_is_a_report(report: Path, tmp_path: Path) -> None:
    workbook(tmp_path / "附表.xlsx", INCOME, SPENDING)
    assert [t.title for t in read(tmp_path).tables] == ["收入决算表", "支出决算表"]
    (tmp_path / "另一份.txt").write_text(PROSE, "utf-8")
    with pytest.raises(ReaderError, match="有多份报告"):
        read(tmp_path)


@pytest.mark.parametrize("form", ["txt", "docx"])
def test_a_table_published_twice_is_one_table(root: Path, form: str) -> None:
    folder = root / "corpora" / "henan-hospital-2023"
    report, annex = folder / f"henan-hospital-2023.{form}", folder / "henan-hospital-2023.xlsx"
    alone, whole = analyse(report), analyse(report, tables=[annex])
    assert whole.document.tables == alone.document.tables
    assert whole.document.attachments[0].tables == ("t1", "t2", "t3", "t4", "t5")
    assert (whole.mentions, whole.facts, whole.alignments) == (alone.mentions, alone.facts, alone.alignments)
    assert [(o.check, o.status, o.operands) for o in whole.outcomes] == [
        (o.check, o.status, o.operands) for o in alone.outcomes
    ]


def test_a_table_that_differs_in_a_cell_stays_a_table_of_its_own(report: Path, tmp_path: Path) -> None:
    first, second = (
        workbook(tmp_path / "a.xlsx", INCOME),
        workbook(tmp_path / "b.xlsx", [*INCOME[:-1], INCOME[-1][:-1]]),
    )
    whole = read(report, tables=[first, second, first])
    assert [t.id for t in whole.tables] == ["t1", "t2"]
    assert [a.tables for a in whole.attachments] == [("t1",), ("t2",), ("t1",)]
    assert [p.id for p in whole.passages] == [f"p{i}" for i in range(1, len(whole.passages) + 1)]
