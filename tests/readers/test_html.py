"""Web pages to layouts: the article without what stands around it, tables by the standard's grid, bounded."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from gouji.errors import ReaderError
from gouji.readers import html, read
from gouji.readers.html import html_layout
from gouji.readers.layout import Layout, TableBlock
from gouji.readers.mhtml import page_of
from gouji.readers.web_bytes import decode_page

PATH = Path("页面.html")
TEXT = "2022年度收入12.50万元，支出12.40万元。"


def layout(body: str | bytes) -> Layout:
    return html_layout(body.encode() if isinstance(body, str) else body, PATH)


def shown(found: Layout) -> list[str]:
    """Blocks in short, as in the tests of Word files."""
    out = []
    for block in found.blocks:
        if isinstance(block, TableBlock):
            cells = [
                f"{c.r},{c.c}:{c.text}" + (f" {c.rowspan}x{c.colspan}" if (c.rowspan, c.colspan) != (1, 1) else "")
                for c in block.cells
            ]
            out.append(f"{block.title}[{block.n_rows}x{block.n_cols} {' | '.join(cells)}]")
        else:
            out.append((f"#{block.heading} " if block.heading is not None else "") + block.text)
    return out


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("<p>甲</p><p>乙", ["甲", "乙"], id="paragraphs, one left open"),
        pytest.param("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"], id="text between blocks"),
        pytest.param("<h2>一、收入</h2><h3>总<b>体</b></h3><p>甲</p>", ["#2 一、收入", "#3 总体", "甲"], id="headings"),
        pytest.param(
            "<p>支<span>出</span><b>12</b>.<i>5</i>万<font>元</font></p>", ["支出12.5万元"], id="inline elements"
        ),
        pytest.param("<p>支出\n  合计\r\n12.5  万元\n a\n b</p>", ["支出合计12.5 万元a b"], id="white space"),
        pytest.param(
            "<p>&nbsp;&nbsp;支出&#12288;合计&lt;1&gt;&#150;2&shy;</p>", ["\xa0\xa0支出\u3000合计<1>–2"], id="entities"
        ),
        pytest.param("<p>1\u200b2.\ufeff5</p>", ["12.5"], id="signs without width"),
        pytest.param("<p>甲<br>乙<br/> 丙</p>", ["甲\n乙\n丙"], id="line breaks stay"),
        pytest.param("甲<br><br>&nbsp;<br>乙", ["甲", "乙"], id="empty lines part paragraphs"),
        pytest.param("<pre>甲  乙\n丙</pre>", ["甲 乙\n丙"], id="preformatted"),
        pytest.param("<p>經<ruby>費<rp>(</rp><rt>fèi</rt><rp>)</rp></ruby></p>", ["經費"], id="ruby"),
        pytest.param("<p>旧<del>10</del><ins>12</ins>万元</p>", ["旧12万元"], id="changes"),
        pytest.param(
            "<p>支出<sup><a href='#fn1'>1</a></sup>增加 m<sup>2</sup></p>", ["支出增加 m2"], id="numbers of notes"
        ),
        pytest.param(
            "<ol><li>甲</li><li>乙<ul><li>丙</li></ul></li><li value='7'>丁</li></ol>",
            ["1.甲", "2.乙", "丙", "7.丁"],
            id="list",
        ),
        pytest.param(
            "<ol type=a start=3><li>甲</ol><ol style='list-style-type:cjk-ideographic'><li>乙</ol>",
            ["c.甲", "一、乙"],
            id="forms",
        ),
        pytest.param("<ol style='list-style: none'><li>甲</ol>", ["甲"], id="list without numbers"),
        pytest.param(
            "<p class=MsoNormal><![if !supportLists]><span>一、<span>&nbsp;</span></span><![endif]>概况<o:p></o:p></p>"
            "<p><st1:chsdate Year='2022'>2022年</st1:chsdate>度</p>",
            ["一、\xa0概况", "2022年度"],
            id="as Word saves it",
        ),
        pytest.param(
            "<!--[if gte mso 9]><xml><w:x>1</w:x></xml><![endif]--><p>甲<!-- 乙 --></p>", ["甲"], id="comments"
        ),
        pytest.param(
            "<script>a='<p>脚本。</p>'</script><style>p{}</style><noscript>无。</noscript><p>甲", ["甲"], id="scripts"
        ),
        pytest.param(
            "<select><option>2021年</select><button>查</button><textarea>x</textarea><p>甲", ["甲"], id="controls"
        ),
    ],
)
def test_text_is_what_a_browser_shows(body: str, expected: list[str]) -> None:
    assert shown(layout(body)) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            "<tr><th colspan=2>项目<th rowspan=2>合计<tr><td>编码<td>名称<tr><td>205<td>教育<td>1.00",
            "[3x3 0,0:项目 1x2 | 0,2:合计 2x1 | 1,0:编码 | 1,1:名称 | 2,0:205 | 2,1:教育 | 2,2:1.00]",
            id="merged, tags left open",
        ),
        pytest.param(
            "<caption>收入<b>决算表</b></caption><thead><tr><td>甲</td><td>乙</td></tr></thead>"
            "<tbody><tr><td>1<br>2</td><td><p>3</p><p>4</p></td></tr></tbody>",
            "收入决算表[2x2 0,0:甲 | 0,1:乙 | 1,0:1\n2 | 1,1:3\n4]",
            id="caption, groups, lines in cells",
        ),
        pytest.param(
            "<tr><td rowspan=100000>甲<td colspan=100000>乙<tr><td>1<td>2",
            "[2x512 0,0:甲 2x1 | 0,1:乙 1x511 | 1,1:1 | 1,2:2]",
            id="enormous extents are bounded",
        ),
        pytest.param(
            "<tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3",
            "[3x2 0,0:甲 3x1 | 0,1:1 | 1,1:2 | 2,1:3]",
            id="down to the end",
        ),
        pytest.param(
            "<tr><td rowspan=2>甲<td>乙<tr><td colspan=x>丙<tr><td colspan=-3>丁<td rowspan=1.5>戊",
            "[3x2 0,0:甲 2x1 | 0,1:乙 | 1,1:丙 | 2,0:丁 | 2,1:戊]",
            id="nonsense is 1",
        ),
        pytest.param(
            "<tr><td>甲<td rowspan=2>乙<tr><td colspan=3>丙<tr><td>丁<td>戊",
            "[3x2 0,0:甲 | 0,1:乙 2x1 | 1,0:丙 | 2,0:丁 | 2,1:戊]",
            id="overlap is cut",
        ),
        pytest.param(
            "<form><tr><td>甲<td>乙</tr></form><tr style='display:none'><td>隐<td>9</tr><tr><td>丙<td>1",
            "[2x2 0,0:甲 | 0,1:乙 | 1,0:丙 | 1,1:1]",
            id="wrapped and hidden rows",
        ),
    ],
)
def test_tables_follow_the_grid_of_the_standard(table: str, expected: str) -> None:
    assert shown(layout(f"<table>{table}</table>")) == [expected]


INNER = "<table><tr><td>科目<td>决算数<tr><td>合计<td>1.00</table>"
INNER_SHOWN = "[2x2 0,0:科目 | 0,1:决算数 | 1,0:合计 | 1,1:1.00]"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            f"<table><tr><td><p>一、概况</p>{INNER}<p>后文。</p></table>",
            ["一、概况", INNER_SHOWN, "后文。"],
            id="page",
        ),
        pytest.param(f"<table><tr><td>{INNER}<td>{INNER}</table>", [INNER_SHOWN, INNER_SHOWN], id="side by side"),
        pytest.param(
            f"<table><tr><td>项目<td>说明<td>金额<tr><td>甲<td>见下{INNER}<td>5.00</table>",
            ["[2x3 0,0:项目 | 0,1:说明 | 0,2:金额 | 1,0:甲 | 1,1:见下 | 1,2:5.00]", INNER_SHOWN],
            id="in a cell",
        ),
    ],
)
def test_tables_in_tables_are_taken_apart(body: str, expected: list[str]) -> None:
    assert shown(layout(body)) == expected


def test_tables_nested_beyond_the_bound_are_read_as_text() -> None:
    found = layout("<table><tr><td>旁" * 50 + "底" + "</table>" * 50)
    assert found.warnings == ("有表格嵌套超过 20 层，更深的内容按文字读取。",)
    assert shown(found)[:20] == ["旁"] * 20
    assert "".join(shown(found)) == "旁" * 50 + "底"


LINKS = "".join(f"<li><a href='/{i}.htm'>栏目{i}</a></li>" for i in range(12))


def page(inner: str, around: str = "") -> str:
    return (
        f"<html><head><title>决算-政府网</title></head><body><header><ul>{LINKS}</ul></header>"
        f"<div class='wrap'><div>当前位置：<a href='/'>首页</a> &gt; 决算</div><div id='zoom'>{inner}</div>"
        f"<div class='side'><ul>{LINKS}</ul></div>{around}</div>"
        "<footer>主办单位：某某。</footer><div>版权所有：某局 京ICP备1号</div></body></html>"
    )


def test_what_stands_around_the_article_goes() -> None:
    head = "<h1>某局2022年度决算</h1><div>来源：某局&nbsp;发布时间：2023-09-01 【打印】</div>"
    inner = f"{head}<p>{TEXT}</p>{INNER}<p>{TEXT}</p>"
    assert shown(layout(page(inner))) == ["#0 某局2022年度决算", TEXT, INNER_SHOWN, TEXT]


def test_title_outside_of_the_article_comes_first() -> None:
    body = f"<h1>某局决算</h1><div><p>{TEXT}</p><p>{TEXT}</p></div>"
    assert shown(layout(f"<body><div>{body}</div></body>")) == ["#0 某局决算", TEXT, TEXT]
    stated = f'<head><meta name="ArticleTitle" content="某局决算"></head><body><p>{TEXT}</p></body>'
    assert shown(layout(stated)) == ["#0 某局决算", TEXT]


def test_table_of_the_page_about_itself_goes() -> None:
    about = (
        "<table><tr><td>索引号：<td>000014349/2022-00012<td>主题分类：<td>财政"
        "<tr><td>发布机构：<td>某局<td>成文日期：<td>2023年09月01日</table>"
    )
    assert shown(layout(f"<div>{about}<p>{TEXT}</p>{INNER}</div>")) == [TEXT, INNER_SHOWN]


def test_news_with_summaries_beside_the_article_go() -> None:
    summary = "<p>会议强调，严格执行预算。会议要求，加强管理。</p>"
    news = "".join(f"<li><a href='/a{i}.htm'>某区召开第{i}次会议</a>{summary}</li>" for i in range(9))
    about = "<table><tr><td>索 引 号：<td>11/2023-1<td>名称：<td>决算<tr><td>发布机构：<td>某局</table>"
    article = f"<div>您的位置：<a href='/'>首页</a></div>{about}<h1>某局决算</h1><div><p>{TEXT}</p>{INNER}</div>"
    body = f"<form><div><div class=l><h3>动态</h3><ul>{news}</ul></div><div class=r>{article}</div></div></form>"
    assert shown(layout(body)) == ["#0 某局决算", TEXT, INNER_SHOWN]


def test_window_names_the_article_where_nothing_else_does() -> None:
    assert shown(layout(f"<title>某局2022年度部门决算_某区政府</title><p>{TEXT}")) == ["#0 某局2022年度部门决算", TEXT]
    assert shown(layout(f"<title>某区政府-决算</title><p>{TEXT}")) == [TEXT]


def test_article_in_tables_of_old_pages_is_found() -> None:
    menu = f"<td width=180><table><tr><td>{LINKS}</td></tr></table></td>"
    body = (
        f"<table><tr><td colspan=2>{LINKS}</td></tr><tr>{menu}<td><p>{TEXT}</p>{INNER}<p>{TEXT}</p></td></tr></table>"
    )
    assert shown(layout(body)) == [TEXT, INNER_SHOWN, TEXT]


def test_parts_of_an_article_in_several_boxes_are_all_kept() -> None:
    body = f"<div><div><p>{TEXT}</p></div><div>{INNER}</div></div><div><p>{TEXT}{TEXT}</p></div>"
    assert shown(layout(body)) == [TEXT, INNER_SHOWN, TEXT + TEXT]


def test_contents_within_the_page_and_attachments_stay() -> None:
    contents = "".join(f"<p><a href='#s{i}'>第{i}部分</a></p>" for i in range(8))
    attachment = "<p>附件：<a href='http://files.example.com/决算表.xlsx'>决算表.xlsx</a></p>"
    assert shown(layout(f"<div>{contents}<p>{TEXT}</p>{attachment}</div>")) == [
        *(f"第{i}部分" for i in range(8)), TEXT, "附件：决算表.xlsx",
    ]  # fmt: skip


FARM = "".join(f"<a href='http://www.site{i}.com/'>推广{i}</a>" for i in range(8))
FLAG = "网页中有指向外站的成片链接或隐藏文字（8 个站点），疑似被植入的推广内容，已略去。"


@pytest.mark.parametrize(
    "farm",
    [
        pytest.param(f"<div style='display: none'>推广。{FARM}</div>", id="hidden"),
        pytest.param(f"<div style='position:absolute;left:-9999px'>{FARM}</div>", id="off the page"),
        pytest.param(f"<div hidden>{FARM}</div>", id="attribute"),
        pytest.param(f"<p>{FARM}</p>", id="in the text"),
        pytest.param(
            "".join(f"<p><a href='http://www.site{i}.com/'>推广{i}</a></p>" for i in range(8)), id="one by one"
        ),
    ],
)
def test_injected_links_are_dropped_and_flagged(farm: str) -> None:
    found = layout(f"<div id=zoom><p>{TEXT}</p>{farm}<p>{TEXT}</p></div>")
    assert shown(found) == [TEXT, TEXT]
    assert found.warnings == (FLAG,)


def test_links_to_other_governments_are_dropped_without_a_flag() -> None:
    links = "".join(f"<a href='http://www.place{i}.gov.cn/'>某地{i}</a>" for i in range(8))
    found = layout(f"<div><p>{TEXT}</p><p>{links}</p></div>")
    assert (shown(found), found.warnings) == ([TEXT], ())


def test_hidden_text_goes_unless_it_is_the_article() -> None:
    hidden = "<p style='DISPLAY : none'>隐藏9.99万元。</p><p>甲<span style='font-size:0px'>乙</span>丙</p>"
    assert shown(layout(f"<div>{hidden}<p>{TEXT}{TEXT}</p></div>")) == ["甲丙", TEXT + TEXT]
    tabs = layout(f"<div><p>一。</p><div style='display:none'><p>{TEXT * 3}</p></div></div>")
    assert (shown(tabs), tabs.warnings) == (["一。", TEXT * 3], ("网页中默认不显示的部分占正文的大半，已一并读入。",))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param("<meta charset=gb2312>决算".encode(), "决算", id="UTF-8 labelled gb2312"),
        pytest.param("<meta charset=utf-8>决算".encode("gb18030"), "决算", id="GB18030 labelled UTF-8"),
        pytest.param("<meta charset=gb2312>镕㙦".encode("gb18030"), "镕㙦", id="beyond gb2312"),
        pytest.param("<meta charset=big5>決算".encode("big5"), "決算", id="Big5 where the page says so"),
        pytest.param("决算".encode("utf-16"), "决算", id="UTF-16"),
        pytest.param("决算".encode("utf-8-sig"), "决算", id="byte-order mark"),
    ],
)
def test_bytes_decide_the_encoding(data: bytes, expected: str) -> None:
    text, warnings = decode_page(data, PATH)
    assert (text.rpartition(">")[2], warnings) == (expected, ())


def test_a_few_broken_bytes_are_said() -> None:
    text, warnings = decode_page("决算".encode() * 200 + b"\xe5\x86", PATH)
    assert (text, warnings) == ("决算" * 200, ("网页有 1 处字节无法解码，相应的文字缺失。",))
    with pytest.raises(ReaderError, match="既不是 UTF-8 也不是 GB18030"):
        decode_page(b"\xff\xff\x80" * 50, PATH)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("<html></html>", "网页没有正文；内容若由脚本载入，请在浏览器中打开后另存。"),
        ("<div id=app></div><script>load()</script>", "网页没有正文；内容若由脚本载入，请在浏览器中打开后另存。"),
        ("<p><img src=1.jpg></p>", "网页只有图片或附件，没有正文，请下载附件后读取附件。"),
        ("<div>" * 5000 + "甲", "网页的元素嵌套过深，不像正常的页面，拒绝读取。"),
    ],
    ids=["empty", "script", "pictures", "deep"],
)
def test_page_is_refused_with_a_sentence(body: str, sentence: str) -> None:
    with pytest.raises(ReaderError) as caught:
        layout(body)
    assert str(caught.value) == f"页面.html: {sentence}"


def test_size_is_bounded_without_pictures_in_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MOST_CHARACTERS", 100)
    assert shown(layout(f"<p>甲</p><img src='data:image/png;base64,{'A' * 500}'>")) == ["甲"]
    with pytest.raises(ReaderError, match="网页有 101 字，超过上限 100 字"):
        layout("甲" * 101)


def test_a_thousand_elements_deep_is_read() -> None:
    assert shown(layout("<font>" * 1000 + "甲" + "<p>乙")) == ["甲", "乙"]


SAVED = """From: <Saved by Microsoft Internet Explorer 5>
MIME-Version: 1.0
Content-Type: multipart/related; boundary="x"

--x
Content-Type: text/html; charset="gb2312"
Content-Transfer-Encoding: quoted-printable

<p>=BE=F6=CB=E3</p>
--x
Content-Type: image/png
Content-Transfer-Encoding: base64

AAAA
--x--
"""


def test_page_saved_with_its_pictures(tmp_path: Path) -> None:
    file = tmp_path / "报告.doc"
    file.write_text(SAVED, "ascii")
    found = read(file)
    assert (found.text, found.name, found.media) == ("决算\n", "报告", "text/html")
    with pytest.raises(ReaderError, match="里没有网页"):
        page_of(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--", PATH)


def test_document_of_a_page(tmp_path: Path) -> None:
    file = tmp_path / "某局.htm"
    body = f"<h2>一、收入决算</h2><p>{TEXT}</p><p>单位：万元</p>{INNER}"
    file.write_bytes(page(body).encode("gb18030"))
    found = read(file)
    assert found.text == f"一、收入决算\n{TEXT}\n单位：万元\n\n科目\t决算数\n合计\t1.00\n\n"
    assert (found.name, found.media) == ("某局", "text/html")
    assert found.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert [(s.title, s.level) for s in found.sections] == [("收入决算", 2)]
    assert [(t.unit, [c.text for c in t.numbers()]) for t in found.tables] == [("万元", ["1.00"])]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("<tr>" + "<td>甲" * 600, id="a row of 600 cells"),
        pytest.param("<tr><td>甲" * 500 + "<tr>" + "<td>甲" * 500, id="a wide row below 500 narrow ones"),
    ],
)
def test_table_beyond_the_bounds_is_read_as_text(rows: str) -> None:
    found = layout(f"<table>{rows}<tr><td>乙</table><p>后文")
    assert found.warnings == ("有表格超过 512 列或 200000 格，按文字读取。",)
    assert shown(found) == ["甲"] * rows.count("甲") + ["乙", "后文"]
