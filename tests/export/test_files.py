"""Files appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gouji.export.files import write_atomic


def test_a_file_replaces_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_atomic(path, "一\r\n二\n")
    write_atomic(path, "三\n")
    assert path.read_bytes() == "三\n".encode()
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    write_atomic(path, "before")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        write_atomic(path, "after")
    assert path.read_text("utf-8") == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_text_that_cannot_be_encoded_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_atomic(tmp_path / "a.txt", "\ud800")
    assert list(tmp_path.iterdir()) == []
