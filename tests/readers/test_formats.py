"""What a file is, whatever it is called; and formats that only LibreOffice reads."""

from __future__ import annotations

import hashlib
import io
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest

from gouji.errors import ReaderError
from gouji.readers import libreoffice, read
from gouji.readers.formats import sniff
from gouji.readers.ole import MAGIC, top_streams

WORDML = '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
XMLSS = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="收入决算表"><Table>
<Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">项目</Data></Cell><Cell><Data>合计</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="String">隐</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">205</Data></Cell><Cell><Data ss:Type="String">教育</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">0.30000000000000004</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="底稿"><Table><Row><Cell><Data>1</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"""


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def compound(*names: str, nested: str = "") -> bytes:
    """Compound file with streams of these names in its root, and one in a storage below it."""
    free = 0xFFFFFFFF

    def entry(name: str, left: int = free, right: int = free, child: int = free) -> bytes:
        written = name.encode("utf-16-le") + b"\0\0"
        return written.ljust(64, b"\0") + struct.pack("<HBB3I", len(written), 2, 1, left, right, child) + bytes(48)

    root = entry("Root Entry", child=2 if names else free)
    below = entry(nested or "x")
    listed = [entry(name, right=i + 3 if i + 1 < len(names) else free) for i, name in enumerate(names)]
    if nested:
        listed.append(entry("ObjectPool", child=1))
        listed[-2] = entry(names[-1], right=len(names) + 2)
    entries = b"".join([root, below, *listed])
    size = -(-len(entries) // 512)
    header = bytearray(MAGIC + bytes(22) + struct.pack("<H", 9) + bytes(512 - 32))
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[free] * 108)
    chain = [0xFFFFFFFD, *range(2, size + 1), 0xFFFFFFFE]
    return bytes(header) + struct.pack("<128I", *chain, *[free] * (128 - len(chain))) + entries.ljust(size * 512, b"\0")


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        pytest.param(b"<html><body><p>x</p></body></html>", "a.docx", "html", id="page called docx"),
        pytest.param(b"\xef\xbb\xbf\r\n<table><tr><td>1", "a.xls", "html", id="page called xls"),
        pytest.param("说明<table border=1><tr><td>1".encode(), "a.xls", "html", id="page with a text in front"),
        pytest.param("<table><tr><td>1".encode("utf-16"), "a.xls", "html", id="page in UTF-16"),
        pytest.param(b"<!-- x --><P>x", "a.txt", "html", id="comment first"),
        pytest.param(b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="x">', "a", "html", id="XHTML"),
        pytest.param("正文<br>正文".encode(), "a.shtml", "html", id="fragment"),
        pytest.param("支出<5万元，>3万元".encode(), "a.txt", "txt", id="signs in a text"),
        pytest.param("<决算>说明".encode(), "a.txt", "txt", id="Chinese in angle brackets"),
        pytest.param(b"{\\rtf1\\ansi x}", "a.doc", "rtf", id="RTF called doc"),
        pytest.param(WORDML.encode(), "a.doc", "wordml", id="Word as XML"),
        pytest.param(XMLSS.encode(), "a.xls", "xmlss", id="Excel as XML"),
        pytest.param(b"MIME-Version: 1.0\nContent-Type: multipart/related", "a.doc", "mhtml", id="page archive"),
        pytest.param(packed(word__document_xml="x"), "a.doc", "docx", id="DOCX called doc"),
        pytest.param(packed(word__document2_xml="x"), "a.zip", "docx", id="DOCX with a numbered part"),
        pytest.param(packed(xl__workbook_xml="x"), "a.docx", "xlsx", id="XLSX called docx"),
        pytest.param(packed(mimetype="application/vnd.oasis.opendocument.text"), "a.doc", "odt", id="ODT"),
        pytest.param(packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a", "ods", id="ODS"),
        pytest.param(packed(OFD_xml="x"), "a.ofd", "ofd", id="OFD"),
        pytest.param(packed(report="x"), "a.docx", "zip", id="archive called docx"),
        pytest.param(compound("WordDocument", "1Table"), "a.xls", "doc", id="DOC called xls"),
        pytest.param(compound("Workbook"), "a.doc", "xls", id="XLS called doc"),
        pytest.param(compound("Book", nested="WordDocument"), "a", "xls", id="workbook that holds a text"),
        pytest.param(compound("WordDocument", nested="Workbook"), "a", "doc", id="text that holds a workbook"),
        pytest.param(compound("EncryptedPackage", "EncryptionInfo"), "a.docx", "locked", id="encrypted"),
        pytest.param(MAGIC + bytes(600), "a.et", "xls", id="damaged, by its suffix"),
        pytest.param(MAGIC + bytes(20), "a.wps", "doc", id="cut, by its suffix"),
    ],
)
def test_content_tells_before_the_suffix(data: bytes, name: str, expected: str) -> None:
    assert sniff(data, Path(name)).id == expected


def test_only_streams_of_the_root_count() -> None:
    assert top_streams(compound("WordDocument", "1Table", nested="Workbook")) == {
        "WordDocument", "1Table", "ObjectPool",
    }  # fmt: skip


@pytest.mark.parametrize("cut", [30, 100, 600, 1100])
def test_damaged_directories_end(cut: int) -> None:
    data = bytearray(compound("WordDocument"))
    assert top_streams(bytes(data[:cut])) == set()
    struct.pack_into("<I", data, 512 + 4, 1)  # a chain that leads back to itself
    assert top_streams(bytes(data)) == {"WordDocument"}


def test_workbook_as_xml(tmp_path: Path) -> None:
    file = tmp_path / "附表.xls"
    file.write_text(XMLSS, "utf-8")
    found = read(file)
    assert found.text == "收入决算表\n\n项目\t\t合计\n205\t教育\t0.3\n\n"
    assert found.warnings == ("工作表“底稿”是隐藏的，没有读取。",)
    (table,) = found.tables
    assert (table.title, [(c.r, c.c, c.colspan, c.text) for c in table.cells]) == (
        "收入决算表", [(1, 1, 2, "项目"), (1, 3, 1, "合计"), (2, 1, 1, "205"), (2, 2, 1, "教育"), (2, 3, 1, "0.3")],
    )  # fmt: skip


DOC = compound("WordDocument")


def test_without_libreoffice_a_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    file = tmp_path / "报告.doc"
    file.write_bytes(DOC)
    with pytest.raises(ReaderError) as caught:
        read(file)
    assert str(caught.value) == (
        f"{file}: 这是旧版 Word 文档（.doc），读取它需要 LibreOffice，本机没有找到；"
        "请安装 LibreOffice，或用 Word/WPS 另存为 .docx。"
    )


OFFICE = """#!/bin/sh
# stands for LibreOffice: takes the last two arguments as its own does
for last; do :; done
out=$(echo "$@" | sed 's/.*--outdir \\([^ ]*\\) .*/\\1/')
mkdir -p "$out"
{}
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Program in the place of LibreOffice; a test writes what it does."""
    made = tmp_path / "soffice"
    monkeypatch.setattr(libreoffice, "program", lambda: str(made))
    return made


def install(office: Path, does: str) -> Path:
    office.write_text(OFFICE.format(does))
    office.chmod(0o755)
    file = office.parent / "报告.doc"
    file.write_bytes(DOC)
    return file


def word(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    return packed(word__document_xml=f'<w:document xmlns:w="{space}">{body}</w:document>')


def test_converted_document_has_the_hash_and_type_of_the_file(office: Path) -> None:
    (office.parent / "made.docx").write_bytes(word("决算说明。"))
    found = read(install(office, f'cp {office.parent}/made.docx "$out/source.docx"'))
    assert (found.name, found.text, found.media) == ("报告", "决算说明。\n", "application/msword")
    assert found.sha256 == hashlib.sha256(DOC).hexdigest()


@pytest.mark.parametrize(
    ("does", "sentence"),
    [
        ("exit 1", "LibreOffice 无法转换这个旧版 Word 文档（.doc），文件可能已损坏；请用 Word/WPS 另存为 .docx。"),
        ("sleep 60 & sleep 60", "LibreOffice 超过 1 秒没有完成转换，请用 Word/WPS 另存后再读。"),
    ],
    ids=["fails", "hangs"],
)
def test_conversion_that_fails_or_hangs(
    office: Path, does: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "SECONDS", 1)
    monkeypatch.setattr(tempfile, "tempdir", str(office.parent))
    file = install(office, does)
    with pytest.raises(ReaderError) as caught:
        read(file)
    assert str(caught.value) == f"{file}: {sentence}"
    assert not list(office.parent.glob("gouji-*"))
