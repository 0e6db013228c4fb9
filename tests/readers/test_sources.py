"""Bytes to text, and files that are refused: one clear sentence each."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import gouji
from gouji.errors import ReaderError
from gouji.readers import read
from gouji.readers.sources import decode
from gouji.settings import Settings

TEXT = "一、收入决算情况\n2022年度本年收入合计１２．５０万元，增长“三成”。\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode("gb18030"),
    ],
    ids=["utf-8", "utf-8-bom", "gb18030", "utf-16-le", "utf-16-be", "crlf", "cr-gb18030"],
)
def test_bytes_decide_the_encoding(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(data)
    assert read(file).text == TEXT


def test_characters_beyond_gbk_are_read_as_gb18030() -> None:
    rare = "䶮㙦𠮷"
    assert decode(rare.encode("gb18030"), Path("x")) == rare


def test_hash_is_of_the_bytes_and_name_is_the_stem(tmp_path: Path) -> None:
    file = tmp_path / "某局2022.txt"
    file.write_bytes(b"\xef\xbb\xbf1\r\n")
    document = read(file)
    assert document.name == "某局2022"
    assert document.sha256 == "07846b783c23904a75834c1932bc2fad41e388e18bc32ffd73ed87bfa3844d87"
    assert document.media == "text/plain"


def _zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"\x00\x01\x02\x03" * 40, "二进制文件"),
        (b"text \x01\x02\x03\x04" * 40, "二进制文件"),
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (_zip("word/document.xml"), "word/document.xml 不完整或已损坏"),
        (_zip("xl/workbook.xml"), "不完整"),
        (_zip("a.txt"), "压缩包"),
        (b"PK\x03\x04 broken", "压缩包"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "图片"),
        (b"\xef\xbb\xbf  <html></html>", "网页没有正文"),
        (b"\xff\xff\x80\x81\xff", "既不是 UTF-8 也不是 GB18030"),
        (b"\xff\xfe\x00", "标记"),
    ],
)
def test_refusal_is_one_sentence_that_names_file_and_remedy(data: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(data)
    with pytest.raises(ReaderError) as caught:
        read(file)
    message = str(caught.value)
    assert words in message
    assert message.startswith(str(file))
    assert "\n" not in message
    assert "Traceback" not in message


def test_content_decides_before_the_suffix(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_text("一、概况\n本单位为行政单位。\n", "utf-8")
    assert [s.title for s in read(file).sections] == ["概况"]


def test_fragment_of_markup_is_html_by_its_suffix(tmp_path: Path) -> None:
    file = tmp_path / "report.htm"
    file.write_text("决算<br>说明", "utf-8")
    assert (read(file).media, read(file).text) == ("text/html", "决算\n说明\n")


def test_a_few_broken_bytes_are_lost_characters_and_said(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    text = "一、概况\n" + "本单位为行政单位。" * 300 + "\n本年收入9.50万元。\n"
    file.write_bytes(text.encode("gb18030").replace("收".encode("gb18030"), b"\xff\xff"))
    document = read(file)
    assert document.text.count("\ufffd") == 2
    assert document.warnings[0] == "有 2 个字无法辨认（文件有损坏或编码有误）。"


def test_missing_file_and_directory(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="找不到"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReaderError, match="文件夹里没有可读的报告"):
        read(tmp_path)


def test_too_large_a_file_says_both_sizes(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_bytes(b"1" * 101)
    with pytest.raises(ReaderError, match="101 字节，超过上限 100 字节"):
        read(file, Settings(max_bytes=100))


def test_a_line_of_millions_of_characters_is_read(tmp_path: Path) -> None:
    file = tmp_path / "line.txt"
    file.write_text("支出3万元，" * 300_000, "utf-8")
    assert len(read(file).text) == 1_800_000


def test_a_string_is_read_as_a_file_of_it_is(tmp_path: Path) -> None:
    text = "一、收支情况\r\n培训费支出3.00万元，比上年减少1.00万元，主要原因是培训班减少。\r\n"
    (tmp_path / "text.txt").write_bytes(text.encode())
    of_file, of_string = gouji.analyse(tmp_path / "text.txt"), gouji.analyse_text(text)
    assert of_string.document.text == of_file.document.text == text.replace("\r\n", "\n")
    assert of_string.mentions == of_file.mentions
    assert (of_string.facts, of_string.causes) == (of_file.facts, of_file.causes)
    assert of_string.document.name == "text"


@pytest.mark.parametrize("text", ["", " \n\u3000"])
def test_an_empty_string_is_no_report(text: str) -> None:
    with pytest.raises(gouji.ReaderError, match="文字是空的"):
        gouji.analyse_text(text)


@pytest.mark.parametrize("text", ["支出3.00万元，比上年减少1.00万元。" * 20, "收入情况\n支出3.00万元。"])
def test_a_text_given_for_a_file_name_is_told_apart(text: str) -> None:
    with pytest.raises(gouji.ReaderError, match="analyse_text"):
        gouji.analyse(text)
