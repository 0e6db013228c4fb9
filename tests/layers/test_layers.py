"""The layers hold, importing has no effects, and every package has its place."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

SRC = Path(__file__).parents[2] / "src" / "gouji"


def test_the_layer_contract_is_kept(root: Path) -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run([*command, "--no-cache"], cwd=root, capture_output=True, text=True, check=False)
    assert "1 kept, 0 broken" in done.stdout, done.stdout + done.stderr


def test_every_package_has_a_layer(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    placed = {name.strip() for layer in contract["layers"] for name in layer.split("|")}
    there = {p.stem for p in SRC.glob("*.py")} | {p.name for p in SRC.iterdir() if (p / "__init__.py").is_file()}
    assert there - {"__init__", "__main__"} == placed
    assert contract["exhaustive"] is True


def test_importing_opens_no_file_of_the_package_and_prints_nothing() -> None:
    program = """
import sys
opened = []
def hook(event, args):
    if event == "open" and isinstance(args[0], str) and args[0].endswith((".yaml", ".tsv", ".txt", ".json")):
        opened.append(args[0])
sys.addaudithook(hook)
import gouji
assert "jieba" not in sys.modules and "rjieba" not in sys.modules
assert not [path for path in opened if "gouji" in path], opened
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_modules_stay_within_400_lines() -> None:
    lengths = {p.relative_to(SRC).as_posix(): p.read_text("utf-8").count("\n") for p in SRC.rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 400} == {}
