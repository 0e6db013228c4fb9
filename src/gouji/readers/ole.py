"""Streams of a compound file (OLE), which old Office programs write: just their names, to tell what the file is."""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # this and above are no sectors
_MOST_ENTRIES = 20_000
_ENTRY = 128
_NONE = 0xFFFFFFFF


def top_streams(data: bytes) -> set[str]:
    """Names of what stands right in the root of a compound file, empty where the file is damaged.

    A text document may hold a workbook and the other way round, so names further down tell nothing.
    """
    try:
        entries = _directory(data)
        return _children(entries)
    except (struct.error, IndexError, UnicodeDecodeError):
        return set()


def _directory(data: bytes) -> list[bytes]:
    """Entries of the directory."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if not data.startswith(MAGIC) or shift not in (9, 12):
        return []
    size = 1 << shift
    table: list[int] = []
    for sector in struct.unpack_from("<109I", data, 76):
        if sector < _END:
            table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    entries: list[bytes] = []
    sector = struct.unpack_from("<I", data, 48)[0]
    seen: set[int] = set()
    while sector < _END and sector not in seen and len(entries) < _MOST_ENTRIES:
        seen.add(sector)
        start = (sector + 1) * size
        entries += [data[at : at + _ENTRY] for at in range(start, min(start + size, len(data) - _ENTRY + 1), _ENTRY)]
        sector = table[sector]
    return entries


def _children(entries: list[bytes]) -> set[str]:
    """Names in the tree below the root."""
    if not entries:
        return set()
    names: set[str] = set()
    stack = [struct.unpack_from("<I", entries[0], 76)[0]]
    seen: set[int] = set()
    while stack:
        at = stack.pop()
        if at == _NONE or at in seen or at >= len(entries):
            continue
        seen.add(at)
        length = struct.unpack_from("<H", entries[at], 64)[0]
        names.add(entries[at][: max(0, min(length, 64) - 2)].decode("utf-16-le"))
        stack += struct.unpack_from("<2I", entries[at], 68)
    return names
