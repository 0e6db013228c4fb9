"""The READMEs keep their word: commands, examples and the output shown are those of the program."""

from __future__ import annotations

import doctest
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.model.outcomes import Analysis
from gouji.report.summary import summary

README = ["README.md", "README.zh-CN.md"]


def blocks(text: str) -> list[str]:
    """Give the indented lines of a page that are commands."""
    return re.findall(r"^    (\S.*)$", text, re.MULTILINE)


@pytest.mark.parametrize("name", README)
def test_the_first_two_commands_set_up_and_do_the_main_job_and_the_tests(root: Path, name: str, sample: Path) -> None:
    first, second = blocks((root / name).read_text("utf-8"))[:2]
    assert first == f"pip install -e . && gouji analyze {sample.relative_to(root).as_posix()}"
    assert second == 'pip install -e ".[dev]" && pytest'
    assert second in (root / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("name", README)
def test_examples_run(root: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    result = doctest.testfile(str(root / name), module_relative=False, encoding="utf-8")
    assert result.failed == 0
    assert result.attempted > 2


@pytest.mark.parametrize("name", README)
def test_the_output_shown_is_real(root: Path, name: str, sample: Path, analysed: Callable[[Path], Analysis]) -> None:
    shown = re.findall(r"```text\n(.*?)```", (root / name).read_text("utf-8"), re.DOTALL)
    lines = list(summary(analysed(sample)))
    assert [line for block in shown for line in block.splitlines() if line not in lines] == []
    assert len(shown) == 1
