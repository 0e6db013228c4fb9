"""Writing of files: beside, then rename, so that no reader ever meets a half-written one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_atomic(path: Path, content: str, encoding: str = "utf-8") -> None:
    """Write a text file so that it appears whole or not at all; line ends are written as they are.

    Parameters
    ----------
    path : Path
        Its folder must exist. A file of that name is replaced.
    content : str
    encoding : str
        ``utf-8-sig`` puts the mark in front that Chinese Excel needs to read UTF-8.

    Raises
    ------
    OSError
        If the file cannot be written; what stood there before then still stands there.
    """
    data = content.encode(encoding)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
