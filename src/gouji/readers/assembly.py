"""A text cut into lines, tables and paragraphs to a `Document`: what all readers share.

The text reader finds tables and paragraphs by their looks (`txt`), the readers of laid-out formats are told them
(`compose`); from there on one reading holds for all: heads of tables, kinds, passages in cells, headings, sections.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gouji.model.document import Box, Cell, Document, Passage, PassageKind, Section, Table
from gouji.model.quick import quick
from gouji.model.spans import OffsetMap, Span
from gouji.readers.blocks import head_lines
from gouji.readers.carrier import noise_warnings
from gouji.readers.cell_values import clean, is_text_header, stated_unit
from gouji.readers.cells import Carrier, RawTable
from gouji.readers.forms import form_cells, is_form, is_running_text
from gouji.readers.known import on_grid
from gouji.readers.lines import Line
from gouji.readers.marks import is_caption, is_contents_line, is_note, is_title, numbering, unit_of_line
from gouji.readers.metadata import describe
from gouji.readers.paragraphs import Paragraph, cell_paragraphs
from gouji.readers.sections import Heading, build_sections, heading_of, marked_heading, may_be_heading, section_at
from gouji.readers.tables import grid_cells, table_year
from gouji.resources.noise import is_injected
from gouji.resources.script import without_readings
from gouji.resources.table_kinds import OTHER, load
from gouji.text.normalise import fold, strip_blanks

_HEADING_MOST = 40
_TITLE_MOST = 40
_LABELS = 80
_PROSE = 20  # a cell as long as this with a comma or a full stop in it is prose, wherever it stands
_WORDED = ("label", "info")  # roles of cells that may hold prose where they are long
_STOP = re.compile(r"[，。；]")

Place = tuple[int | None, Box | None]
"""Page and box."""


def nowhere(_: int) -> Place:
    """Page and box in a format that has none."""
    return None, None


@dataclass(frozen=True)
class Source:
    """A text and what stands where in it.

    Parameters
    ----------
    text : str
        Canonical text.
    lines : list of Line
    tables : list of RawTable
        In order and apart.
    cut : callable
        Cuts a run of lines (their indices) into paragraphs.
    levels : mapping
        Level of the heading that the format says a line begins, by the line's index.
    places : callable
        Page and box of what stands at an offset.
    """

    text: str
    lines: list[Line]
    tables: list[RawTable]
    cut: Callable[[Sequence[int]], Iterable[Paragraph]]
    levels: Mapping[int, int] = field(default_factory=dict)
    places: Callable[[int], Place] = nowhere


def assemble(source: Source, name: str, sha256: str, media: str, warnings: tuple[str, ...] = ()) -> Document:
    """Make the document.

    Parameters
    ----------
    source : Source
    name : str
    sha256 : str
        Of the file's bytes.
    media : str
    warnings : tuple of str
        Sentences about what the reader met and could not use.
    """
    text, lines = source.text, source.lines
    heads = _heads(lines, source.tables)
    forms = [is_form(raw) for raw in source.tables]
    tables = [
        _table(f"t{i}", raw, head, source, form=form)
        for i, (raw, head, form) in enumerate(zip(source.tables, heads, forms, strict=True), 1)
    ]
    pieces = [*_text_pieces(source, heads), *_cell_pieces(source.text, tables, forms)]
    pieces.sort(key=lambda p: (p.span.start, p.span.end))
    injected = [p for p in pieces if p.kind is PassageKind.PARAGRAPH and is_injected(p.text)]
    pieces = [p for p in pieces if p not in injected] if injected else pieces
    sections = _sections(pieces, tables, source)
    starts = [s.start for s in sections]
    passages = tuple(
        Passage(
            f"p{i}", p.kind, p.text, p.offsets, section_at(sections, starts, p.span.start), p.cell,
            *source.places(p.span.start),
        )
        for i, p in enumerate(pieces, start=1)
    )  # fmt: skip
    placed = tuple(replace(t, section=section_at(sections, starts, t.start or 0)) for t in tables)
    organisation, year, kind = describe(name, passages, placed)
    noted = (*warnings, *noise_warnings(text, lines, [p.span for p in injected], passages))
    return Document(
        name, sha256, media, text, tuple(sections), passages, placed, organisation, year, kind, noted
    )  # fmt: skip


@quick
@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage before it is numbered."""

    kind: PassageKind
    text: str
    offsets: OffsetMap
    span: Span
    cell: str | None = None
    heading: Heading | None = None
    level: int | None = None  # of the heading that the format marks


def _heads(lines: list[Line], raw_tables: list[RawTable]) -> list[list[int]]:
    """List the head lines of each table."""
    heads: list[list[int]] = []
    floor = 0
    for raw in raw_tables:
        found = head_lines(lines, raw, floor)
        if not any(is_title(lines[i].body) for i in found):
            above = (found[0] if found else raw.first) - 1
            while above >= floor and lines[above].blank:
                above -= 1
            if above >= floor and _may_be_title(lines[above]):
                found.insert(0, above)
        heads.append(found)
        floor = raw.last
    return heads


def _may_be_title(line: Line) -> bool:
    """Whether a line right above a table may be its title although it does not say so: short, no sentence."""
    heading = heading_of(fold(line.body), line.body_start, line.body_end) if len(line.body) <= _TITLE_MOST else None
    return (
        len(line.body) <= _TITLE_MOST
        and heading is None
        and not any(mark in line.body for mark in "。；，！？")
        and not line.body.endswith(("：", ":"))
        and not is_note(line.body)
        and not is_contents_line(line.body)
    )


def _table(identity: str, raw: RawTable, head: list[int], source: Source, *, form: bool) -> Table:
    """Table with its cells, from its rows and its head."""
    lines = source.lines
    head_texts = [lines[i].body for i in head]
    unit = next((u for t in reversed(head_texts) if (u := unit_of_line(t))), None)
    titles = [t for t in head_texts if is_title(t)] or [t for t in head_texts if not is_caption(t)]
    title = (
        strip_blanks(without_readings(fold(titles[-1])))
        if titles
        else _heading_title(lines, head[0] if head else raw.first)
    )
    attributes: dict[str, str] = {}
    if form:
        cells, attributes = form_cells(raw, unit)
        if raw.carrier is Carrier.KNOWN:
            cells = on_grid(raw, cells)
        count = max([c.c + c.colspan - 1 for c in cells], default=0)
        kind = load().by_title(title) or "self_evaluation"
        unit = unit or _form_unit(cells)
    else:
        cells, count, headers = grid_cells(raw, unit)
        labels = [clean(c.text) for c in cells if c.role == "label"][:_LABELS]
        kind = load().by_title(title) or load().by_header(headers) or load().by_header([*headers, *labels]) or OTHER
    placed = [c for c in cells if c.start is not None and c.end is not None]
    start = lines[head[0]].body_start if head else lines[raw.first].body_start
    end = max([c.end for c in placed if c.end is not None], default=lines[raw.last - 1].body_end)
    year = table_year(fold(t) for t in head_texts)
    page, _ = source.places(placed[0].start or 0) if placed else (None, None)
    return Table(
        identity, title, kind, _with_places(cells, source), len(raw.rows), count,
        unit=unit, page=page, start=start, end=end, year=year, attributes=attributes,
    )  # fmt: skip


def _with_places(cells: tuple[Cell, ...], source: Source) -> tuple[Cell, ...]:
    """Cells with the page and the box that they stand on, where the format has any."""
    if source.places is nowhere:
        return cells
    placed = [(c, source.places(c.start)) for c in cells if c.start is not None]
    if all(place == (None, None) for _, place in placed):
        return cells
    found = {(c.r, c.c): place for c, place in placed}
    return tuple(
        replace(c, page=place[0], box=place[1]) if (place := found.get((c.r, c.c))) is not None else c for c in cells
    )


def _heading_title(lines: list[Line], below: int) -> str:
    """Title that a numbered heading right above a table gives it (``一、收入决算表``), "" if it names no table."""
    at = below - 1
    while at >= 0 and lines[at].blank and below - at < 3:
        at -= 1
    number = numbering(lines[at].body) if at >= 0 else None
    rest = lines[at].body[number.length :] if number is not None else ""
    return strip_blanks(fold(rest)) if rest and is_title(rest) else ""


def _form_unit(cells: tuple[Cell, ...]) -> str | None:
    """Find the unit that the funds block of a form states in its label."""
    return stated_unit([clean(c.text) for c in cells if c.role in ("header", "label")][:12])


def _text_pieces(source: Source, heads: list[list[int]]) -> Iterator[_Piece]:
    """Passages outside the tables' cells: captions and notes of tables, headings, paragraphs."""
    captions = {i for head in heads for i in head}
    at = 0
    for bound in [*source.tables, None]:
        stop = bound.first if bound else len(source.lines)
        run: list[int] = []
        below_table = at > 0
        for index in range(at, stop):
            if index in captions:
                yield from _paragraph_pieces(source, run, after_table=below_table)
                run = []
                yield _caption(source.text, source.lines[index])
            else:
                run.append(index)
        yield from _paragraph_pieces(source, run, after_table=below_table)
        at = bound.last if bound else stop


def _caption(text: str, line: Line) -> _Piece:
    span = Span(line.body_start, line.body_end)
    return _Piece(
        PassageKind.CAPTION, fold(text[span.start : span.end]), OffsetMap.identity(len(span), span.start), span
    )


def _paragraph_pieces(source: Source, run: Sequence[int], *, after_table: bool) -> Iterator[_Piece]:
    """Paragraphs and headings of a run of lines; a note right below a table is a caption of it."""
    for number, paragraph in enumerate(source.cut(run)):
        view = paragraph.view
        span = view.to_source(Span(0, len(view.text)))
        heading = heading_of(view.text, span.start, span.end)
        level = source.levels.get(paragraph.first)
        kind = PassageKind.PARAGRAPH
        if after_table and number == 0 and is_note(view.text) or is_caption(view.text):
            kind, heading = PassageKind.CAPTION, None
        elif heading is not None and heading.alone or is_contents_line(view.text):
            kind = PassageKind.HEADING
        elif heading is None and level is not None and may_be_heading(view.text):
            kind = PassageKind.HEADING
            heading = marked_heading(view.text, span.start, span.end)
        yield _Piece(kind, view.text, view.offsets, span, heading=heading, level=level)


def _cell_pieces(text: str, tables: list[Table], forms: list[bool]) -> Iterator[_Piece]:
    """Passages inside cells of running text."""
    for table, form in zip(tables, forms, strict=True):
        for cell in table.cells:
            worded = cell.role == "text" or cell.role in _WORDED and len(cell.text) >= _PROSE  # few cells, asked first
            if not worded or cell.start is None or cell.end is None or not _is_passage(cell, in_form=form):
                continue
            for view in cell_paragraphs(text, cell.start, cell.end):
                span = view.to_source(Span(0, len(view.text)))
                yield _Piece(PassageKind.CELL, view.text, view.offsets, span, table.address(cell))


def _is_passage(cell: Cell, *, in_form: bool) -> bool:
    """Whether a cell is running text: in a form by its place, else by its column's header or its sentences."""
    if in_form and cell.role == "text":
        return is_running_text(cell, load().form)
    if cell.role == "text" and is_text_header(cell.col_path[-1:]):
        return True
    return len(cell.text) >= _PROSE and (cell.role == "text" or cell.role in _WORDED) and bool(_STOP.search(cell.text))


def _sections(pieces: list[_Piece], tables: list[Table], source: Source) -> list[Section]:
    """Sections of the document."""
    pieces = _with_levels(pieces)
    headed = [i for i, p in enumerate(pieces) if p.heading is not None]
    headings: list[Heading] = []
    body_after: list[bool] = []
    table_starts = [t.start or 0 for t in tables]
    for position, index in enumerate(headed):
        heading = pieces[index].heading
        assert heading is not None
        following = headed[position + 1] if position + 1 < len(headed) else len(pieces)
        end = pieces[following].span.start if following < len(pieces) else len(source.text)
        has_table = bisect_right(table_starts, end) > bisect_right(table_starts, heading.start)
        between = any(p.kind is not PassageKind.HEADING for p in pieces[index + 1 : following])
        headings.append(heading)
        body_after.append(not heading.alone or between or has_table)
    sections = build_sections(headings, len(source.text), body_after)
    return [replace(s, page=page) if (page := source.places(s.start)[0]) is not None else s for s in sections]


def _with_levels(pieces: list[_Piece]) -> list[_Piece]:
    """Headings without a number at the level of the numbered ones that the format marks alike; without such, none."""
    alike: dict[int, Counter[int]] = {}
    for piece in pieces:
        if piece.level is not None and piece.heading is not None and piece.heading.number.level:
            alike.setdefault(piece.level, Counter())[piece.heading.number.level] += 1
    out: list[_Piece] = []
    for piece in pieces:
        heading = piece.heading
        if heading is not None and not heading.number.level:
            found = alike.get(piece.level or 0)
            number = replace(heading.number, level=found.most_common(1)[0][0]) if found else None
            piece = replace(piece, heading=replace(heading, number=number) if number is not None else None)
        out.append(piece)
    return out
