"""What all tests share: documents, their analyses and gold, and where the folder beside the project is."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from gouji.analysis import analyse
from gouji.model.document import Document
from gouji.model.outcomes import Analysis
from gouji.readers import read
from gouji.text.figure_grammar import grammar
from gouji.text.tokenise import cutter

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "corpora" / "real"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the files of tests/golden")


def pytest_configure(config: pytest.Config) -> None:
    """Load jieba's dictionary and the grammar of figures once, before a test with a deadline needs them."""
    cutter()
    grammar()


@cache
def _split() -> dict[str, str]:
    with (ROOT / "annotations" / "splits.tsv").open(encoding="utf-8", newline="") as stream:
        return {row["doc_id"]: row["split"] for row in csv.DictReader(stream, delimiter="\t")}


def dev_names() -> list[str]:
    """Shipped documents of the split ``dev``; the others are scored once and never looked at."""
    return [name for name, split in _split().items() if split == "dev" and (ROOT / "corpora" / name).is_dir()]


@cache
def _analysed(path: Path) -> Analysis:
    return analyse(path)


@pytest.fixture(scope="session")
def root() -> Path:
    """Root of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder with material that stays outside the project; the test is skipped where it is not there."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder 'shared' is not beside the project")
    return folder


@pytest.fixture(scope="session")
def real_report() -> Path:
    """Real report that the project may not ship; the test is skipped where it is not there."""
    path = REAL / "fengtai-emergency-2021.txt"
    if not path.is_file():
        pytest.skip("the real report 'fengtai-emergency-2021.txt' is not in 'shared/corpora/real' beside the project")
    return path


@pytest.fixture(scope="session")
def sample(root: Path) -> Path:
    """A shipped document with tables, causes and planted errors."""
    return root / "corpora" / "henan-hospital-2023" / "henan-hospital-2023.txt"


@pytest.fixture(scope="session")
def analysed() -> Callable[[Path], Analysis]:
    """Analysis of a file, made once in a session."""
    return _analysed


@pytest.fixture(params=dev_names())
def dev_document(request: pytest.FixtureRequest, root: Path) -> Document:
    """Each shipped document of the split ``dev``, as read from its text."""
    return read(root / "corpora" / request.param / f"{request.param}.txt")


@pytest.fixture
def gold(root: Path) -> Callable[[str], dict[str, Any]]:
    """Gold of a document by its name, as it stands in its file."""

    def load(name: str) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((root / "annotations" / f"{name}.gold.json").read_text("utf-8"))
        return data

    return load


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file of ``tests/golden``; ``--update-golden`` rewrites the file."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, "utf-8", newline="\n")
        assert path.is_file(), f"tests/golden/{name} is missing; write it with pytest --update-golden"
        pairs = enumerate(zip_longest(path.read_bytes().decode().split("\n"), text.split("\n")), start=1)
        first = next(((number, was, now) for number, (was, now) in pairs if was != now), None)
        assert first is None, f"tests/golden/{name} differs first in line {first}; see pytest --update-golden"

    return compare
