"""What no honest Office file has is refused with one sentence."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from gouji.errors import ReaderError
from gouji.readers import archives, markup
from gouji.readers.archives import Archive
from gouji.readers.markup import parse_xml

PATH = Path("报告.docx")
OUT = "压缩包内有指向包外的路径，不是正常的文档，拒绝读取。"


def packed(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two parts of one name
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, content in parts:
                archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def test_parts_are_found_whatever_case_and_slash() -> None:
    archive = Archive(packed(("word/Document.xml", b"<a/>"), ("word\\styles.xml", b"<b/>"), ("word/", b"")), PATH)
    assert archive.names == ["word/Document.xml", "word\\styles.xml"]
    assert ("word/document.xml" in archive, "/word/styles.xml" in archive, "word/x.xml" in archive) == (
        True, True, False,
    )  # fmt: skip
    assert (archive.read("word/document.xml"), archive.read("/word/styles.xml")) == (b"<a/>", b"<b/>")


def encrypted() -> bytes:
    data = bytearray(packed(("word/document.xml", b"<a/>"), method=zipfile.ZIP_STORED))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(packed(("../up.xml", b"")), OUT, id="climbs out"),
        pytest.param(packed(("/etc/x", b"")), OUT, id="absolute"),
        pytest.param(packed(("C:\\x", b"")), OUT, id="drive"),
        pytest.param(packed(("a\\..\\..\\x", b"")), OUT, id="backslashes"),
        pytest.param(
            packed(("word/document.xml", b"1"), ("word/Document.xml", b"2")),
            "压缩包内有两个同名的部件 word/Document.xml，不是正常的文档，拒绝读取。",
            id="twice",
        ),
        pytest.param(
            packed(("word/document.xml", bytes(20 * 1024 * 1024))),
            "文件解压后大得反常（可能是压缩炸弹），拒绝读取。",
            id="bomb",
        ),
        pytest.param(encrypted(), "文件有密码保护，请先解除密码。", id="encrypted"),
        pytest.param(
            packed(("a", b"abc"))[:-10], "文件的压缩结构已损坏，可能没有下载完整，请重新获取。", id="cut short"
        ),
    ],
)
def test_archive_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(ReaderError, match="报告.docx") as caught:
        Archive(data, PATH)
    assert str(caught.value) == f"报告.docx: {sentence}"


def test_all_parts_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    Archive(packed(("a", bytes(600)), ("b", bytes(400))), PATH)
    with pytest.raises(ReaderError, match="压缩炸弹"):
        Archive(packed(("a", bytes(600)), ("b", bytes(401))), PATH)


def test_number_of_parts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_PARTS", 2)
    with pytest.raises(ReaderError, match="有 3 个文件，超过上限 2 个"):
        Archive(packed(("a", b""), ("b", b""), ("c", b"")), PATH)


def test_part_that_holds_more_than_it_says_is_refused() -> None:
    data = bytearray(packed(("a.xml", b"x" * 100)))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(mark) + at, 10)
    with pytest.raises(ReaderError, match="a.xml 无法解压|a.xml 的实际大小与记载不符"):
        Archive(bytes(data), PATH).read("a.xml")


def test_damaged_and_missing_parts_are_named() -> None:
    data = bytearray(packed(("a.xml", b"x" * 100)))
    data[40] ^= 0xFF
    with pytest.raises(ReaderError, match="文件已损坏：a.xml 无法解压，请重新获取。"):
        Archive(bytes(data), PATH).read("a.xml")
    with pytest.raises(ReaderError, match="文件不完整：缺少 b.xml。"):
        Archive(bytes(data), PATH).read("b.xml")


LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(LAUGHS, "中有文档类型或实体声明，正常的文档不含这些内容，拒绝读取。", id="billion laughs"),
        pytest.param(OUTSIDE, "中有文档类型或实体声明，正常的文档不含这些内容，拒绝读取。", id="external entity"),
        pytest.param(
            OUTSIDE.decode().encode("utf-16"), "中有文档类型或实体声明，正常的文档不含这些内容，拒绝读取。", id="UTF-16"
        ),
        pytest.param(b"<a><b></a>", "不完整或已损坏，请重新获取文件，或用 Word/WPS 打开后另存。", id="not well formed"),
        pytest.param(b"", "不完整或已损坏，请重新获取文件，或用 Word/WPS 打开后另存。", id="empty"),
        pytest.param(
            b"<a>" * 300 + b"</a>" * 300, "嵌套过深，请重新获取文件，或用 Word/WPS 打开后另存。", id="too deep"
        ),
    ],
)
def test_xml_is_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(ReaderError) as caught:
        parse_xml(data, PATH, "word/document.xml")
    assert str(caught.value) == f"报告.docx: word/document.xml {sentence}"


def test_xml_that_would_fill_the_memory_is_refused() -> None:
    data = b"<sst>" + b"<t/>" * markup.MOST_TAGS + b"</sst>"
    with pytest.raises(ReaderError, match="xl/sharedStrings.xml 大得反常"):
        parse_xml(data, PATH, "xl/sharedStrings.xml")
