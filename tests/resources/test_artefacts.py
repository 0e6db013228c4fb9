"""Trained models and their papers: what fits is loaded, everything else is refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gouji.errors import ArtefactError
from gouji.resources.artefacts import checked, packed, shipped, store

PAPERS: dict[str, Any] = {
    "name": "toy", "kind": "toy", "feature_version": 3, "resource_sha256": "ab", "labels": ["O"], "data": {},
    "generator": None, "split": "dev", "parameters": {}, "scores": {},
}  # fmt: skip
ARRAYS = {"weight": np.array([0.5, -1.25]), "label": np.array([0, 1], dtype=np.int8)}


def stored(folder: Path) -> tuple[str, bytes]:
    store(folder, ARRAYS, PAPERS)
    return (folder / "toy.json").read_text("utf-8"), (folder / "toy.npz").read_bytes()


def test_what_was_stored_is_what_is_loaded(tmp_path: Path) -> None:
    found = checked("toy", *stored(tmp_path), 3, "ab")
    assert {k: v.tolist() for k, v in found.arrays.items()} == {"weight": [0.5, -1.25], "label": [0, 1]}
    assert found.labels == ("O",)


def test_the_same_arrays_are_the_same_bytes() -> None:
    assert packed(ARRAYS) == packed(dict(reversed(ARRAYS.items())))


def test_changed_arrays_are_refused(tmp_path: Path) -> None:
    papers, content = stored(tmp_path)
    with pytest.raises(ArtefactError, match="哈希"):
        checked("toy", papers, content + b"x", 3, "ab")


@pytest.mark.parametrize(("version", "resource"), [(4, "ab"), (3, "cd")])
def test_a_model_of_other_features_is_refused(tmp_path: Path, version: int, resource: str) -> None:
    with pytest.raises(ArtefactError, match="gouji train toy"):
        checked("toy", *stored(tmp_path), version, resource)


@pytest.mark.parametrize("papers", ["no json", "[]", json.dumps({"schema": "gouji-model/1"})])
def test_papers_that_are_none_are_refused(tmp_path: Path, papers: str) -> None:
    with pytest.raises(ArtefactError, match="toy"):
        checked("toy", papers, stored(tmp_path)[1], 3, "ab")


def test_pickled_arrays_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "evil.npz", weight=np.array([{"a": 1}], dtype=object))
    import hashlib

    content = (tmp_path / "evil.npz").read_bytes()
    papers = json.dumps({**json.loads(stored(tmp_path)[0]), "arrays_sha256": hashlib.sha256(content).hexdigest()})
    with pytest.raises(ArtefactError, match="数组"):
        checked("toy", papers, content, 3, "ab")


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(ArtefactError, match="nothing"):
        shipped("nothing", 1, "")
