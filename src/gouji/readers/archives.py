"""Office files as archives: the parts of a ZIP file, with everything refused that an honest file does not have.

Only names are looked up and bytes are read into memory, nothing is ever unpacked to disk; the bounds are on what the
archive says and, because that may be a lie, on what comes out.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from gouji.errors import ReaderError

MOST_PARTS = 20_000
MOST_BYTES = 512 * 1024 * 1024
"""Of all parts together, unpacked."""
MOST_RATIO = 500
"""Times that a part may grow; a sheet of equal cells grows 250 times."""
_SMALL = 16 * 1024 * 1024
"""Below this a part may grow as it likes."""
_ENCRYPTED = 0x1
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Archive:
    """The parts of an Office file.

    Parameters
    ----------
    data : bytes
    path : Path
        The file, for messages.

    Raises
    ------
    ReaderError
        If the archive is damaged or encrypted, unpacks to more than `MOST_BYTES`, has a part that grows more than
        `MOST_RATIO` times, more parts than `MOST_PARTS`, two of one name, or one whose name leads out of the archive.
    """

    def __init__(self, data: bytes, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, UnicodeDecodeError) as err:
            raise ReaderError(path, "文件的压缩结构已损坏，可能没有下载完整，请重新获取。") from err
        self._entries = _checked(entries, path)

    @property
    def names(self) -> list[str]:
        """Names of the parts, in the order of the archive."""
        return [entry.filename for entry in self._entries.values()]

    def __contains__(self, name: str) -> bool:
        """Whether there is a part of that name; case does not count."""
        return _key(name) in self._entries

    def read(self, name: str) -> bytes:
        """Bytes of a part.

        Raises
        ------
        ReaderError
            If there is no such part, it is damaged, or it holds more than the archive says.
        """
        entry = self._entries.get(_key(name))
        if entry is None:
            raise ReaderError(self.path, f"文件不完整：缺少 {name}。")
        try:
            with self._zip.open(entry) as part:
                data = part.read(entry.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as err:
            raise ReaderError(self.path, f"文件已损坏：{name} 无法解压，请重新获取。") from err
        if len(data) > entry.file_size:
            raise ReaderError(self.path, f"文件已损坏：{name} 的实际大小与记载不符。")
        return data


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _checked(entries: list[zipfile.ZipInfo], path: Path) -> dict[str, zipfile.ZipInfo]:
    """Entries by name, if nothing is wrong with them."""
    if len(entries) > MOST_PARTS:
        raise ReaderError(path, f"压缩包内有 {len(entries)} 个文件，超过上限 {MOST_PARTS} 个，不像正常的文档。")
    found: dict[str, zipfile.ZipInfo] = {}
    total = 0
    for entry in entries:
        if _leads_out(entry.filename):
            raise ReaderError(path, "压缩包内有指向包外的路径，不是正常的文档，拒绝读取。")
        if entry.is_dir():
            continue
        if entry.flag_bits & _ENCRYPTED:
            raise ReaderError(path, "文件有密码保护，请先解除密码。")
        key = _key(entry.filename)
        if key in found:
            raise ReaderError(path, f"压缩包内有两个同名的部件 {entry.filename}，不是正常的文档，拒绝读取。")
        found[key] = entry
        total += entry.file_size
        grown = entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(1, entry.compress_size)
        if grown or total > MOST_BYTES:
            raise ReaderError(path, "文件解压后大得反常（可能是压缩炸弹），拒绝读取。")
    return found


def _leads_out(name: str) -> bool:
    """Whether a part's name is absolute or climbs out of the archive."""
    name = name.replace("\\", "/")
    return name.startswith("/") or name[1:2] == ":" or ".." in PurePosixPath(name).parts or "\x00" in name
