"""Formats that only LibreOffice reads: it turns them into DOCX or XLSX, where it is installed."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from gouji.errors import ReaderError
from gouji.model.document import Document
from gouji.readers.docx import read_docx
from gouji.readers.formats import Format, sniff
from gouji.readers.xlsx import read_xlsx
from gouji.settings import Settings

SECONDS = 120
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
_SUFFIXES = {"doc": ".doc", "rtf": ".rtf", "odt": ".odt", "wordml": ".xml", "ods": ".ods"}
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}


def read_converted(data: bytes, path: Path, settings: Settings) -> Document:
    """Read a file by way of LibreOffice.

    Parameters
    ----------
    data : bytes
    path : Path
        The document is named by its stem.
    settings : Settings

    Returns
    -------
    Document
        With the media type of the file itself, and its hash.

    Raises
    ------
    ReaderError
        If LibreOffice is not installed (the sentence says what to do), takes longer than `SECONDS`, or cannot read it.
    """
    found = sniff(data, path)
    target = "xlsx" if found.id == "ods" else "docx"
    converted = _convert(data, path, found, target)
    document = (read_xlsx if target == "xlsx" else read_docx)(converted, path, settings)
    return replace(document, sha256=hashlib.sha256(data).hexdigest(), media=found.media)


def program() -> str | None:
    """Path of LibreOffice, None where it is not installed."""
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def _convert(data: bytes, path: Path, found: Format, target: str) -> bytes:
    """Bytes of the file in another format; a profile of its own, so that an open LibreOffice is not in the way."""
    office = program()
    suffix = "xlsx" if target == "xlsx" else "docx"
    if office is None:
        remedy = f"请安装 LibreOffice，或用 Word/WPS 另存为 .{suffix}"
        raise ReaderError(path, f"这是{found.name}，读取它需要 LibreOffice，本机没有找到；{remedy}。")
    with tempfile.TemporaryDirectory(prefix="gouji-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"source{_SUFFIXES[found.id]}"
        source.write_bytes(data)
        command = [
            office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
            "--nolockcheck", "--nodefault", "--nofirststartwizard", "--convert-to", _FILTERS[target], "--outdir",
            str(folder / "out"), str(source),
        ]  # fmt: skip
        _run(command, path)
        made = folder / "out" / f"source.{suffix}"
        if not made.is_file():
            remedy = f"文件可能已损坏；请用 Word/WPS 另存为 .{suffix}"
            raise ReaderError(path, f"LibreOffice 无法转换这个{found.name}，{remedy}。")
        return made.read_bytes()


def _run(command: list[str], path: Path) -> None:
    """Run a program that starts others, and end them all when it takes too long."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as err:
        raise ReaderError(path, f"LibreOffice 无法启动（{err.strerror}），请检查安装。") from err
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as err:
        raise ReaderError(path, f"LibreOffice 超过 {SECONDS} 秒没有完成转换，请用 Word/WPS 另存后再读。") from err
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and those that it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
