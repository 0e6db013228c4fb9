"""Word files, written here as strings of XML, to layouts."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from gouji.errors import ReaderError
from gouji.readers import read
from gouji.readers.docx import docx_layout
from gouji.readers.layout import Block, TableBlock
from gouji.readers.list_numbers import written

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str, *, main: str = "word/document.xml", **parts: str) -> bytes:
    """Word file of a body; further parts (`styles`, `numbering`, `footnotes`, …) by their root's content."""
    names = {"footnotes": "footnotes", "endnotes": "endnotes"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relations(officeDocument=main))
        archive.writestr(main, f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{names.get(name, name)} {SPACES}>{content}</w:{name}>")
        folder, _, file = main.rpartition("/")
        archive.writestr(f"{folder}/_rels/{file}.rels", relations(**{name: f"{name}.xml" for name in parts}))
    return out.getvalue()


def relations(**targets: str) -> str:
    rows = "".join(
        f'<Relationship Id="r{i}" Type="{KINDS}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def p(*runs: str, **properties: str) -> str:
    """Paragraph of runs (plain text is put into one); `style`, or `number` and `level` of a list."""
    inner = f'<w:pStyle w:val="{properties["style"]}"/>' if "style" in properties else ""
    if "number" in properties:
        inner += f'<w:numPr><w:ilvl w:val="{properties.get("level", "0")}"/>'
        inner += f'<w:numId w:val="{properties["number"]}"/></w:numPr>'
    inner += properties.get("raw", "")
    return f"<w:p><w:pPr>{inner}</w:pPr>{''.join(map(run, runs))}</w:p>"


def run(text: str) -> str:
    return text if text.startswith("<") else f"<w:r><w:t>{text}</w:t></w:r>"


def tc(text: str = "", *, span: int = 1, down: str = "") -> str:
    """Cell; `down` is ``restart`` or ``continue``."""
    inner = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    inner += {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[down]
    return f"<w:tc><w:tcPr>{inner}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def tr(*cells: str, raw: str = "") -> str:
    return f"<w:tr>{raw}{''.join(c if c.startswith('<') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def shown(blocks: tuple[Block, ...]) -> list[str]:
    """Blocks in short: text (``#2`` before a heading of level 2), cells as ``r,c:text`` with ``rowspan x colspan``."""
    out = []
    for block in blocks:
        if isinstance(block, TableBlock):
            cells = [
                f"{c.r},{c.c}:{c.text}" + (f" {c.rowspan}x{c.colspan}" if (c.rowspan, c.colspan) != (1, 1) else "")
                for c in block.cells
            ]
            out.append(f"{block.title}[{block.n_rows}x{block.n_cols} {' | '.join(cells)}]")
        else:
            out.append((f"#{block.heading} " if block.heading is not None else "") + block.text)
    return out


def layout(body: str, **parts: str) -> list[str]:
    return shown(docx_layout(docx(body, **parts), Path("报告.docx")).blocks)


def t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


BOX = f"<w:txbxContent>{p('框内')}{tbl(tr('甲', '1.00'), tr('乙', '2.00'))}</w:txbxContent>"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (FIELD.format(kind) for kind in ("begin", "separate", "end"))
CODE = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
HIDDEN = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"


def changed(text: str, kind: str, tag: str = "t") -> str:
    return f'<w:{kind} w:id="1" w:author="某人"><w:r><w:{tag}>{text}</w:{tag}></w:r></w:{kind}>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(p("支出", "12.50", "万元。"), ["支出12.50万元。"], id="runs"),
        pytest.param(p(t(" 前"), t("后 ")), [" 前后 "], id="blanks between runs stay"),
        pytest.param(p("<w:r><w:t>支\n   出</w:t></w:r>"), ["支出"], id="line ends of the XML are none of the text"),
        pytest.param(p("") + p("  ") + p("正文"), ["正文"], id="empty paragraphs"),
        pytest.param(
            p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:cr/><w:t>丁</w:t></w:r>"),
            ["甲\n乙\t丙\n丁"],
            id="breaks and tabs",
        ),
        pytest.param(
            p('<w:r><w:br w:type="page"/><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t><w:softHyphen/></w:r>'),
            ["甲-乙"],
            id="page breaks and hyphens",
        ),
        pytest.param(
            p("预算", changed("12", "ins"), changed("10", "del", "delText"), changed("9", "moveFrom"), "万元"),
            ["预算12万元"],
            id="insertions stay, deletions go",
        ),
        pytest.param(
            p("支出", raw="<w:rPr><w:del/></w:rPr>") + p("12万元。") + p("后文。"),
            ["支出12万元。", "后文。"],
            id="deleted paragraph end",
        ),
        pytest.param(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{p('甲')}<w:sdt><w:sdtContent>{p('乙')}</w:sdtContent></w:sdt>"
            f"</w:sdtContent></w:sdt><w:customXml>{p('丙')}</w:customXml><w:ins>{p('丁')}</w:ins><w:del>{p('戊')}</w:del>",
            ["甲", "乙", "丙", "丁"],
            id="content controls around paragraphs",
        ),
        pytest.param(
            p(f"<w:sdt><w:sdtContent>{t('甲')}</w:sdtContent></w:sdt>", f"<w:hyperlink>{t('乙')}</w:hyperlink>")
            + p(f"<w:smartTag>{t('丙')}</w:smartTag>", f'<w:fldSimple w:instr="DATE">{t("丁")}</w:fldSimple>'),
            ["甲乙", "丙丁"],
            id="content controls, links and fields within paragraphs",
        ),
        pytest.param(p("甲", HIDDEN, "乙"), ["甲乙"], id="hidden text"),
        pytest.param(
            p("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显示</w:t></w:r>"), ["显示"], id="hiding switched off"
        ),
        pytest.param(
            p("共", BEGIN, CODE, SEPARATE, t("3"), END, "页"),
            ["共3页"],
            id="code of a field goes, result stays",
        ),
        pytest.param(
            p(BEGIN, t("嵌"), BEGIN, CODE, SEPARATE, t("1"), END, SEPARATE, t("2"), END),
            ["2"],
            id="field in the code of a field",
        ),
        pytest.param(p("前", BEGIN, CODE) + p("正文。"), ["前", "正文。"], id="open field"),
        pytest.param(
            p(f"<w:ruby><w:rt>{t('jīng')}</w:rt><w:rubyBase>{t('经')}</w:rubyBase></w:ruby>", "费"), ["经费"], id="ruby"
        ),
        pytest.param(
            p("<m:oMath><m:r><m:t>a</m:t></m:r><m:r><m:t>=b</m:t></m:r></m:oMath>"), ["a=b"], id="formula"
        ),
        pytest.param(
            p('<w:r><w:sym w:char="F0FE"/><w:t>是</w:t><w:sym w:char="zz"/></w:r>'), ["☑是"], id="symbol"
        ),
        pytest.param(
            p("<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>" + BOX + "</wps:txbx></w:drawing></mc:Choice>"
              "<mc:Fallback><w:pict><v:textbox>" + BOX + "</v:textbox></w:pict></mc:Fallback>"
              "</mc:AlternateContent></w:r>", "正文"),
            ["正文", "框内", "[2x2 0,0:甲 | 0,1:1.00 | 1,0:乙 | 1,1:2.00]"],
            id="text box once",
        ),
        pytest.param(
            p("<w:r><w:pict><v:textbox>" + BOX.replace("框内", "旧框") + "</v:textbox></w:pict></w:r>"),
            ["旧框", "[2x2 0,0:甲 | 0,1:1.00 | 1,0:乙 | 1,1:2.00]"],
            id="text box of old files",
        ),
    ],
)  # fmt: skip
def test_text_is_what_the_page_shows(body: str, expected: list[str]) -> None:
    assert layout(body) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            tbl(tr(tc("项目", span=2), tc("合计", down="restart")), tr("编码", "名称", tc("不显示", down="continue"))),
            "[2x3 0,0:项目 1x2 | 0,2:合计 2x1 | 1,0:编码 | 1,1:名称]",
            id="merged",
        ),
        pytest.param(
            tbl(
                tr(tc("甲", down="continue"), "1"),
                tr(tc("乙", span=2, down="restart")),
                tr(tc("丙", down="continue"), "2"),
            ),
            "[3x2 0,0:甲 | 0,1:1 | 1,0:乙 1x2 | 2,0:丙 | 2,1:2]",
            id="continued from nothing, or from a cell of another width",
        ),
        pytest.param(
            tbl(tr("项目", "金额"), tr("", "1.00", raw='<w:trPr><w:gridBefore w:val="1"/></w:trPr>')),
            "[2x3 0,0:项目 | 0,1:金额 | 1,1: | 1,2:1.00]",
            id="row that begins further right",
        ),
        pytest.param(
            tbl(tr("项目", "金额"), tr("删", "9", raw="<w:trPr><w:del/></w:trPr>"), tr("甲", "1")),
            "[2x2 0,0:项目 | 0,1:金额 | 1,0:甲 | 1,1:1]",
            id="deleted row",
        ),
        pytest.param(
            f"<w:tbl><w:sdt><w:sdtContent>{tr('项目', '金额')}</w:sdtContent></w:sdt>"
            f"<w:tr><w:sdt><w:sdtContent>{tc('甲')}</w:sdtContent></w:sdt>{tc('1')}</w:tr></w:tbl>",
            "[2x2 0,0:项目 | 0,1:金额 | 1,0:甲 | 1,1:1]",
            id="content controls around rows and cells",
        ),
        pytest.param(
            tbl(tr(tc(p("第一段") + p("") + p("第二段")), "1"), tr("甲", "2")),
            "[2x2 0,0:第一段\n第二段 | 0,1:1 | 1,0:甲 | 1,1:2]",
            id="paragraphs of a cell",
        ),
        pytest.param(
            tbl(tr("项目", tc("金额", span=10**9)), tr("甲", "1")),
            "[2x512 0,0:项目 | 0,1:金额 1x511 | 1,0:甲 | 1,1:1]",
            id="an enormous extent is bounded",
        ),
        pytest.param(
            tbl(
                tr(*("<w:tc><w:tcPr>" + f'<w:hMerge w:val="{m}"/></w:tcPr>' + p(x) + "</w:tc>"
                     for m, x in (("restart", "标题"), ("continue", "")))),
                tr("甲", "1"),
            ),
            "[2x2 0,0:标题 1x2 | 1,0:甲 | 1,1:1]",
            id="merged the old way",
        ),
    ],
)  # fmt: skip
def test_tables_have_the_extents_that_the_file_states(table: str, expected: str) -> None:
    assert layout(table) == [expected]


NESTED = tbl(tr("科目", "决算数"), tr("合计", "1.00"))


def test_page_laid_out_in_a_table_is_no_table() -> None:
    assert layout(tbl(tr(tc(p("一、概况") + NESTED + p("后文"))))) == [
        "一、概况", "[2x2 0,0:科目 | 0,1:决算数 | 1,0:合计 | 1,1:1.00]", "后文",
    ]  # fmt: skip


def test_tables_side_by_side_are_two() -> None:
    assert (
        layout(tbl(tr(tc(NESTED + p("")), tc(NESTED + p("")))))
        == ["[2x2 0,0:科目 | 0,1:决算数 | 1,0:合计 | 1,1:1.00]"] * 2
    )


def test_table_in_a_cell_of_a_table_follows_it() -> None:
    assert layout(tbl(tr("项目", "说明", "金额"), tr("甲", tc(p("见下") + NESTED + p("")), "5.00"))) == [
        "[2x3 0,0:项目 | 0,1:说明 | 0,2:金额 | 1,0:甲 | 1,1:见下 | 1,2:5.00]",
        "[2x2 0,0:科目 | 0,1:决算数 | 1,0:合计 | 1,1:1.00]",
    ]


def test_tables_nested_beyond_the_bound_are_read_as_text() -> None:
    body = p("底")
    for _ in range(50):
        body = tbl(tr(tc(body + p("旁"))))
    found = docx_layout(docx(body), Path("报告.docx"))
    assert found.warnings == ("有表格嵌套超过 20 层，更深的内容按文字读取。",)
    assert shown(found.blocks) == ["底", *["旁"] * 50]


def test_tables_nested_without_end_are_refused() -> None:
    body = p("底")
    for _ in range(100):
        body = tbl(tr(tc(body)))
    with pytest.raises(ReaderError, match="word/document.xml 嵌套过深"):
        layout(body)


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="b"><w:name w:val="我的标题"/><w:basedOn w:val="1"/>
 <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="c"><w:name w:val="正文样式"/><w:basedOn w:val="b"/>
 <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="m"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="h"><w:name w:val="备注"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="x"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="o"><w:name w:val="圈"/><w:basedOn w:val="o"/></w:style>
<w:style w:type="paragraph" w:styleId="n"><w:name w:val="heading 2"/>
 <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""


def test_styles_tell_headings_contents_and_hidden_text() -> None:
    assert layout(
        p("总标题", style="t") + p("一级", style="1") + p("二级", style="b") + p("正文", style="c")
        + p("自定", raw='<w:outlineLvl w:val="2"/>') + p("概况<w:tab/>".replace("<w:tab/>", ""), style="o")
        + p("<w:r><w:t>一、概况</w:t><w:tab/><w:t>1</w:t></w:r>", style="m") + p("不见", style="h")
        + p("前", "<w:r><w:rPr><w:rStyle w:val='x'/></w:rPr><w:t>不见</w:t></w:r>"),
        styles=STYLES,
    ) == ["#0 总标题", "#1 一级", "#2 二级", "正文", "#3 自定", "概况", "一、概况……1", "前"]  # fmt: skip


def test_headings_by_their_usual_ids_where_there_is_no_style_sheet() -> None:
    assert layout(p("一级", style="Heading1") + p("标题", style="Title")) == ["#1 一级", "#0 标题"]


def level(index: int, text: str, form: str = "chineseCounting", raw: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{raw}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "%1、")
    + level(1, "（%2）", raw='<w:pStyle w:val="n"/>')
    + level(2, "%3.", "decimal")
    + level(3, "%1.%4", "decimal", raw="<w:isLgl/>")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    + level(0, "", "bullet")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="9"><w:abstractNumId w:val="99"/></w:num>'
)


def test_numbers_that_word_writes_are_restored() -> None:
    assert layout(
        p("收入", number="1") + p("总体", number="1", level="1") + p("增加", number="1", level="2")
        + p("减少", number="1", level="2") + p("具体", style="n") + p("新增", number="1", level="2")
        + p("", number="1") + p("支出", number="1") + p("小结", number="1", level="1")
        + p("条款", number="1", level="3")
        + p("圆点", number="2") + p("接着", number="3") + p("再接", number="1") + p("无", number="0", style="n")
        + p("缺", number="9") + p("更缺", number="44") + p("超", number="1", level="77"),
        styles=STYLES,
        numbering=NUMBERING,
    ) == [
        "一、收入", "（一）总体", "1.增加", "2.减少", "#2 （二）具体", "1.新增", "三、支出", "（一）小结", "3.1 条款",
        "圆点", "五、接着", "六、再接", "#2 无", "缺", "更缺", "超",
    ]  # fmt: skip


def test_numbered_cells_without_text_show_their_numbers() -> None:
    numbered = f"<w:tc>{p('', number='1', level='2')}</w:tc>"
    assert layout(tbl(tr("序号", "项目"), tr(numbered, "甲"), tr(numbered, "乙")), numbering=NUMBERING) == [
        "[3x2 0,0:序号 | 0,1:项目 | 1,0:1. | 1,1:甲 | 2,0:2. | 2,1:乙]"
    ]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", "1 10 11 20 105 1010"),
        ("chineseCounting", "一 十 十一 二十 一百零五 一千零一十"),
        ("ideographDigital", "一 一〇 一一 二〇 一〇五 一〇一〇"),
        ("chineseLegalSimplified", "壹 壹拾 壹拾壹 贰拾 壹佰零伍 壹仟零壹拾"),
        ("decimalEnclosedCircle", "① ⑩ ⑪ ⑳ 105 1010"),
        ("decimalFullWidth", "１ １０ １１ ２０ １０５ １０１０"),
        ("decimalZero", "01 10 11 20 105 1010"),
        ("lowerRoman", "i x xi xx cv mx"),
        ("unheard of", "1 10 11 20 105 1010"),
    ],
)
def test_forms_of_numbers(form: str, expected: str) -> None:
    assert " ".join(written(n, form) for n in (1, 10, 11, 20, 105, 1010)) == expected


def test_notes_stand_at_the_end_in_the_order_of_the_text() -> None:
    note = '<w:footnote w:id="{}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>'
    refer = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    assert layout(
        p("甲", refer.format(2), "乙", '<w:r><w:endnoteReference w:id="1"/></w:r>')
        + p("丙", refer.format(1), refer.format(9)),
        footnotes=note.format(-1, "——") + note.format(1, "注一") + note.format(2, "注二"),
        endnotes=note.format(1, "尾注").replace("footnote", "endnote"),
    ) == ["甲乙", "丙", "注二", "尾注", "注一"]  # fmt: skip


def test_what_was_met_and_not_used_is_said() -> None:
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    found = docx_layout(docx(p("甲", picture, changed("乙", "del")) + '<w:altChunk r:id="x"/>'), Path("x.docx"))
    assert found.warnings == (
        "文档带有修订记录：插入的文字已读入，删除的文字已略去。",
        "文档中有 1 张图片，图片里的文字没有读取。",
        "文档引用了另外的文件（altChunk），其中的内容没有读取。",
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(docx(""), "Word 文档没有文字，没有可读的内容；扫描件请先做文字识别。", id="empty"),
        pytest.param(
            docx(p("<w:r><w:pict><v:imagedata/></w:pict></w:r>")),
            "Word 文档只有图片，没有可读的内容；扫描件请先做文字识别。",
            id="scan",
        ),
        pytest.param(
            docx(p("甲")).replace(b"PK\x05\x06", b"PK\x05\x07"),
            "文件的压缩结构已损坏，可能没有下载完整，请重新获取。",
            id="cut",
        ),
        pytest.param(
            docx(p("甲</w:t>")),
            "word/document.xml 不完整或已损坏，请重新获取文件，或用 Word/WPS 打开后另存。",
            id="XML",
        ),
    ],
)
def test_file_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(ReaderError) as caught:
        docx_layout(data, Path("x.docx"))
    assert str(caught.value) == f"x.docx: {sentence}"


def test_main_part_of_another_name_and_strict_names_are_read() -> None:
    assert shown(docx_layout(docx(p("甲"), main="word/document2.xml"), Path("x.docx")).blocks) == ["甲"]
    strict = SPACES.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {strict}><w:body>{p('甲')}</w:body></w:document>")
    assert shown(docx_layout(out.getvalue(), Path("x.docx")).blocks) == ["甲"]


def test_document_of_a_word_file(tmp_path: Path) -> None:
    file = tmp_path / "某局.docx"
    body = p("一、收入决算") + p("收入1.50万元。") + p("单位：万元") + tbl(tr("科目", "决算数"), tr("合计", "1.50"))
    file.write_bytes(docx(body))
    found = read(file)
    assert found.text == "一、收入决算\n收入1.50万元。\n单位：万元\n\n科目\t决算数\n合计\t1.50\n\n"
    assert (found.name, found.sha256) == ("某局", hashlib.sha256(file.read_bytes()).hexdigest())
    assert found.media == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert [(s.title, s.level) for s in found.sections] == [("收入决算", 2)]
    assert [(t.unit, t.n_rows, t.n_cols) for t in found.tables] == [("万元", 2, 2)]


def test_table_beyond_the_bounds_is_read_as_text() -> None:
    found = docx_layout(docx(tbl(tr(*["甲"] * 600), tr("乙"))), Path("x.docx"))
    assert found.warnings == ("有表格超过 512 列或 200000 格，按文字读取。",)
    assert shown(found.blocks) == ["甲"] * 600 + ["乙"]


def test_contents_by_the_usual_ids_of_their_styles() -> None:
    line = ("<w:hyperlink>", t("一、概况"), "<w:r><w:tab/></w:r>", BEGIN, CODE, SEPARATE, t("3"), END, "</w:hyperlink>")
    contents = f"<w:sdt><w:sdtContent>{p(''.join(line), style='TOC1')}</w:sdtContent></w:sdt>"
    assert layout(contents + p("一、概况")) == ["一、概况……3", "一、概况"]
