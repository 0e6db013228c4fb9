"""One document from several files: a narrative and the tables published beside it.

The narrative's text comes first, so its offsets are those of the file alone; the texts of the attachments follow. Ids
of sections, passages and tables go on counting. A table that the document holds already, cell for cell, is that table:
reports print their tables and publish them as a workbook besides, and no finding should count twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gouji.model.document import Attachment, Document, Passage, Section, Table
from gouji.model.spans import OffsetMap
from gouji.resources.script import plain
from gouji.resources.table_kinds import title_key

_TOP = re.compile(r"s(\d+)")
_TABLE = re.compile(r"t\d+")


def attach(narrative: Document, attachments: Sequence[tuple[str, Document]]) -> Document:
    """Make one document of a narrative and its attachments.

    Parameters
    ----------
    narrative : Document
        Gives the name, the hash, and what it knows of organisation, year and kind.
    attachments : sequence of tuple of str and Document
        Names of files and what was read from them.

    Returns
    -------
    Document
        Pages of what an attachment holds count in its own file; the table's attribute ``attachment`` names it.
    """
    whole = narrative
    for name, document in attachments:
        whole = _append(whole, name, document)
    return whole


def _append(whole: Document, name: str, other: Document) -> Document:
    join = "" if not whole.text or whole.text.endswith("\n") else "\n"
    by = len(whole.text) + len(join)
    tops = max((int(m[1]) for s in whole.sections if (m := _TOP.match(s.id))), default=0)
    held = {_content(t): t.id for t in reversed(whole.tables)}
    ids = {t.id: held[_content(t)] for t in other.tables if _content(t) in held}
    again = [t for t in other.tables if t.id in ids]
    added = [t for t in other.tables if t.id not in ids]
    ids |= {t.id: f"t{len(whole.tables) + i}" for i, t in enumerate(added, start=1)}
    tables = tuple(_table(t, ids[t.id], name, by, tops) for t in added)
    kept = [p for p in other.passages if not any(_within(p, t) for t in again)]
    passages = tuple(_passage(p, f"p{len(whole.passages) + i}", ids, by, tops) for i, p in enumerate(kept, start=1))
    attachment = Attachment(name, other.sha256, other.media, tuple(ids[t.id] for t in other.tables))
    return replace(
        whole,
        text=f"{whole.text}{join}{other.text}",
        sections=whole.sections + tuple(_section(s, by, tops) for s in other.sections),
        passages=whole.passages + passages,
        tables=whole.tables + tables,
        organisation=whole.organisation or other.organisation,
        fiscal_year=whole.fiscal_year or other.fiscal_year,
        kind=other.kind if whole.kind == "other" else whole.kind,
        warnings=whole.warnings + tuple(f"附件“{name}”：{warning}" for warning in other.warnings),
        attachments=(*whole.attachments, attachment),
    )


def _content(table: Table) -> tuple[object, ...]:
    """Give what makes two tables the same: title, unit, and the words of every cell at its place."""
    cells = sorted((c.r, c.c, plain(c.text)) for c in table.cells if c.text.strip())
    return title_key(table.title), table.unit, tuple(cells)


def _within(passage: Passage, table: Table) -> bool:
    """Whether a passage is part of a table: its title, its unit line, text in its cells."""
    if table.start is None or table.end is None:
        return False
    return table.start <= passage.span.start and passage.span.end <= table.end


def _section_id(identity: str | None, tops: int) -> str | None:
    """Id of an attachment's section in the whole: ``s1.2`` becomes ``s9.2`` behind eight sections."""
    return None if identity is None else _TOP.sub(lambda m: f"s{int(m[1]) + tops}", identity, count=1)


def _section(section: Section, by: int, tops: int) -> Section:
    identity = _section_id(section.id, tops)
    assert identity is not None
    parent = _section_id(section.parent, tops)
    return replace(section, id=identity, parent=parent, start=section.start + by, end=section.end + by)


def _passage(passage: Passage, identity: str, tables: dict[str, str], by: int, tops: int) -> Passage:
    old = passage.offsets
    offsets = OffsetMap(old.targets, tuple(at + by for at in old.sources), old.length)
    cell = passage.cell and _TABLE.sub(lambda m: tables[m[0]], passage.cell, count=1)
    return replace(
        passage, id=identity, offsets=offsets, cell=cell, section=_section_id(passage.section, tops)
    )  # fmt: skip


def _table(table: Table, identity: str, name: str, by: int, tops: int) -> Table:
    cells = tuple(replace(c, start=_shifted(c.start, by), end=_shifted(c.end, by)) for c in table.cells)
    return replace(
        table,
        id=identity,
        cells=cells,
        start=_shifted(table.start, by),
        end=_shifted(table.end, by),
        section=_section_id(table.section, tops),
        attributes={**table.attributes, "attachment": name},
    )


def _shifted(offset: int | None, by: int) -> int | None:
    return None if offset is None else offset + by
