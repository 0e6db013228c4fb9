"""Trained models: plain arrays (``NAME.npz``, never pickled) beside their papers (``NAME.json``), checked on loading.

The papers say what a model was fitted on (hashes of the documents, seed and size of what the generator made), with
which features, how it scored, and the hash of the arrays. A model whose papers do not fit it is not used.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from gouji.errors import ArtefactError

SCHEMA = "gouji-model/1"
KEYS = frozenset(
    ["schema", "name", "kind", "feature_version", "resource_sha256", "labels", "data", "generator", "split",
     "parameters", "scores", "arrays_sha256"]
)  # fmt: skip
EPOCH = (1980, 1, 1, 0, 0, 0)

Arrays = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Artefact:
    """A model's arrays and its papers."""

    arrays: Arrays
    papers: Mapping[str, Any]

    @property
    def labels(self) -> tuple[str, ...]:
        """What the model may answer, in the order of its arrays."""
        return tuple(self.papers["labels"])


@cache
def shipped(name: str, feature_version: int, resource_sha256: str) -> Artefact:
    """Load a model of the package.

    Parameters
    ----------
    name : str
        ``crf``, ``categories``.
    feature_version : int
        Version of the features that the program makes.
    resource_sha256 : str
        Hash of the data file that declares them.

    Raises
    ------
    ArtefactError
        If the model is missing or its papers do not fit it or the program.
    """
    folder = files("gouji.resources") / "models"
    try:
        papers, arrays = (folder / f"{name}.json").read_text("utf-8"), (folder / f"{name}.npz").read_bytes()
    except FileNotFoundError as err:
        raise ArtefactError(f"{name}: 安装包中没有这个模型；用 gouji train {name} 可以重新训练。") from err
    return checked(name, papers, arrays, feature_version, resource_sha256)


def checked(name: str, papers: str, content: bytes, feature_version: int, resource_sha256: str) -> Artefact:
    """Read a model and hold its papers against it.

    Raises
    ------
    ArtefactError
        If they do not fit.
    """
    try:
        listed = json.loads(papers)
    except ValueError as err:
        raise ArtefactError(f"{name}.json: 不是 JSON（{err}）。") from err
    if not isinstance(listed, dict) or listed.get("schema") != SCHEMA or set(listed) != KEYS:
        raise ArtefactError(f"{name}.json: 不是 {SCHEMA} 格式的模型说明。")
    if hashlib.sha256(content).hexdigest() != listed["arrays_sha256"]:
        raise ArtefactError(f"{name}.npz: 内容与模型说明中的哈希值不符；请用 gouji train {name} 重新训练。")
    if listed["feature_version"] != feature_version or listed["resource_sha256"] != resource_sha256:
        raise ArtefactError(
            f"{name}: 模型的特征为第 {listed['feature_version']} 版，与程序的第 {feature_version} 版或其特征文件不同；"
            f"请用 gouji train {name} 重新训练。"
        )
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            arrays = {key: stored[key] for key in stored.files}
    except (ValueError, zipfile.BadZipFile) as err:
        raise ArtefactError(f"{name}.npz: 不是普通数组（{err}）。") from err
    return Artefact(arrays, listed)


def packed(arrays: Arrays) -> bytes:
    """Arrays as the bytes of an ``.npz``: the same arrays give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for key in sorted(arrays):
            inner = io.BytesIO()
            np.save(inner, np.ascontiguousarray(arrays[key]), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{key}.npy", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, inner.getvalue())
    return out.getvalue()


def store(folder: Path, arrays: Arrays, papers: Mapping[str, Any]) -> None:
    """Write a model and its papers; `papers` lacks ``schema`` and ``arrays_sha256``, which are put in here."""
    content = packed(arrays)
    listed = {"schema": SCHEMA, **papers, "arrays_sha256": hashlib.sha256(content).hexdigest()}
    if set(listed) != KEYS:
        raise ArtefactError(f"{papers.get('name')}: 模型说明缺少或多出 {sorted(set(listed) ^ KEYS)}。")
    folder.mkdir(parents=True, exist_ok=True)
    name = papers["name"]
    (folder / f"{name}.npz").write_bytes(content)
    text = json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / f"{name}.json").write_text(text, "utf-8", newline="\n")
