"""PDF files that cannot be read: one sentence, no crash."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from gouji.errors import ReaderError
from gouji.readers import read
from gouji.readers.pdf import reading

from .draw import LEFT, Drawing


def _drawn(**options: object) -> bytes:
    drawing = Drawing(**options)
    drawing.text(LEFT, 100, "收入决算情况说明")
    return drawing.bytes()


def _without_text() -> bytes:
    drawing = Drawing()
    drawing.canvas.rect(100, 100, 200, 300, fill=1)
    return drawing.bytes()


def _file(count: int, contents: bytes = b"") -> bytes:
    """A page tree that names one page many times, with deflated contents."""
    kids = b" ".join([b"3 0 R"] * count)
    packed = zlib.compress(contents, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % count,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream",
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + table + b"trailer << /Size 5 /Root 1 0 R >>\n"
    return out + b"startxref\n%d\n%%%%EOF\n" % start


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_drawn(encrypt=StandardEncryption("secret", canPrint=0)), "已加密"),
        (_without_text(), "没有文字层"),
        (b"%PDF-1.7\n" + b"\xe5\x86\xb3" * 200, "已损坏"),
        (_drawn()[:400], "已损坏"),
        (_file(5000), "5000 页，超过上限"),
        (_file(1, b" " * 50_000_000), "展开后超过 24 MB"),
    ],
    ids=["encrypted", "no-text-layer", "rubbish", "truncated", "5000-pages", "bomb"],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(data)
    with pytest.raises(ReaderError, match=said):
        read(path)


def test_a_file_encrypted_without_a_password_to_open_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(_drawn(encrypt=StandardEncryption("", "owner")))
    assert read(path).text == "收入决算情况说明\n"


def test_a_file_with_too_much_on_its_pages_is_refused_where_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_IN_ALL", 1000)
    with pytest.raises(ReaderError, match="读到第 3 页时文字和线条已超过上限 1000 个"):
        reading.layout_of(_file(5, b"0 0 m 9 0 l S\n" * 400), Path("drawn.pdf"))


def test_corners_of_paths_count_towards_what_a_file_may_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_IN_ALL", 1000)
    star = b"0 0 m " + b" ".join(b"%d %d l" % (i % 90, i * 7 % 90) for i in range(1, 1600)) + b" f\n"
    with pytest.raises(ReaderError, match="读到第 3 页时文字和线条已超过上限 1000 个"):
        reading.layout_of(_file(5, star), Path("drawn.pdf"))
