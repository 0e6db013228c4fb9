"""Whole outputs as they are known; ``pytest --update-golden`` rewrites them, and the difference is reviewed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import gouji
from gouji.export.contract import to_json
from gouji.model.outcomes import Analysis

SAMPLES = ["henan-hospital-2023", "xinjiang-forestry-2021"]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_analysis_of_a_sample(
    root: Path, analysed: Callable[[Path], Analysis], golden: Callable[[str, str], None], name: str
) -> None:
    golden(f"{name}.analysis.json", to_json(analysed(root / "corpora" / name / f"{name}.txt")))


def test_the_public_names(golden: Callable[[str, str], None]) -> None:
    golden("public-names.txt", "".join(f"{name}\n" for name in sorted(gouji.__all__)))


def test_every_public_name_is_there() -> None:
    assert [name for name in gouji.__all__ if not hasattr(gouji, name)] == []
