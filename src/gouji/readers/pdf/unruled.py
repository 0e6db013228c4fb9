"""Tables without ruling lines: rows of pieces that stand apart, figures below figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.model.document import Box
from gouji.readers.marks import is_caption, is_contents_line, is_sentence_end
from gouji.readers.pdf.grid import PdfCell, PdfTable
from gouji.readers.pdf.lines import Line
from gouji.readers.pdf.pages import Page
from gouji.readers.pdf.wrapping import is_figure

_MOST_LINES = 400  # of one page; a page of fine print has a hundred
_MOST_TRIED = 20_000  # pieces looked at, again for each line; sixty rows of six columns need half of that at worst
_ROWS = 3  # lines of two pieces or more
_CENTRED = 0.6  # ems that a header may stand off the middle of its columns
_SINGLE = 4  # lines of one piece that may follow one another within a table: those of wrapped cells
_BODY = 2  # of them with figures
_FAR = 3.5  # ems between baselines at which a table ends
_CLOSE = 0.7  # of the usual distance of rows: lines nearer than this are one row
_FIGURES = 0.6  # share of figures in a column of figures
_WIDE = 0.7  # a single piece as wide as this part of the table is a paragraph

Interval = tuple[float, float]


@dataclass(slots=True)
class _Row:
    """Lines of one row, as pieces."""

    pieces: list[Line]
    base: float
    figures: int  # number of its pieces that are figures


def take_unruled(page: Page) -> None:
    """Take tables without ruling lines out of the lines of a page."""
    lines = sorted(page.lines, key=lambda line: line.base)
    if len(lines) > _MOST_LINES:
        return
    pieces = [line.segments() for line in lines]
    figures = [sum(is_figure(piece.text) for piece in found) for found in pieces]
    apart = [len(found) > 1 and _is_row(line) for found, line in zip(pieces, lines, strict=True)]
    bases = [line.base for line in lines]
    kept: list[Line] = []
    at, tried = 0, 0
    while at < len(lines):
        end = _run_end(lines, apart, at, page) if apart[at] and tried < _MOST_TRIED else at
        tried += sum(map(len, pieces[at:end]))
        table = _table(list(map(_Row, pieces[at:end], bases[at:end], figures[at:end])), page) if end > at else None
        if table is None:
            kept.append(lines[at])
            at += 1
        else:
            page.tables.append(table)
            at = end
    page.lines = kept


def _run_end(lines: Sequence[Line], apart: Sequence[bool], first: int, page: Page) -> int:
    """Index after the last line that may belong to a table beginning at a line of pieces; the line itself if none may.

    `apart` tells which lines are of several pieces, as a row of a table is.
    """
    end, at, rows = first + 1, first + 1, 1
    while at < len(lines):
        last, line = lines[at - 1], lines[at]
        if line.base - last.base > _FAR * line.em or _table_between(last, line, page):
            break
        if apart[at]:
            end, rows = at + 1, rows + 1
        elif at - end >= _SINGLE or is_caption(line.text) or is_sentence_end(line.text):
            break
        at += 1
    return end if rows >= _ROWS else first


def _is_row(line: Line) -> bool:
    """Whether a line of several pieces may be a row of a table."""
    return not is_caption(line.text) and not is_contents_line(line.text)


def _table_between(above: Line, below: Line, page: Page) -> bool:
    return any(above.base < table.box.top < below.base for table in page.tables)


def _table(rows: list[_Row], page: Page) -> PdfTable | None:
    """Table of some rows, None if they are none."""
    rows = _merged(rows)
    body = [row for row in rows if len(row.pieces) > 1 and row.figures]
    if len(body) < _BODY:
        return None
    columns = _columns(body)
    if len(columns) < 2 or not _has_figures(body, columns):
        return None
    width = columns[-1][1] - columns[0][0]
    if any(len(row.pieces) == 1 and row.pieces[0].x1 - row.pieces[0].x0 > _WIDE * width for row in rows):
        return None
    return _placed(rows, columns, page)


def _merged(rows: list[_Row]) -> list[_Row]:
    """Rows, lines that stand nearer than rows do put together: the lines of a wrapped cell."""
    body = [row.base for row in rows if row.figures]
    steps = sorted(b - a for a, b in zip(body, body[1:], strict=False))
    if not steps:
        return rows
    usual = steps[len(steps) // 2]
    out: list[_Row] = []
    for row in rows:
        near = out and row.base - out[-1].base < _CLOSE * usual and not (row.figures and out[-1].figures)
        if near:
            out[-1].pieces += row.pieces
            if row.figures or not out[-1].figures:
                out[-1].base = row.base
            out[-1].figures += row.figures
        else:
            out.append(_Row(list(row.pieces), row.base, row.figures))
    return out


def _columns(body: Sequence[_Row]) -> list[Interval]:
    """Stretches of the page's width that pieces of the body's rows cover, from left to right."""
    pieces = sorted((piece.x0, piece.x1) for row in body for piece in row.pieces)
    out: list[Interval] = []
    for x0, x1 in pieces:
        if out and x0 <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], x1))
        else:
            out.append((x0, x1))
    return out


def _has_figures(body: Sequence[_Row], columns: Sequence[Interval]) -> bool:
    """Whether a column is one of figures."""
    for left, right in columns:
        texts = [piece.text for row in body for piece in row.pieces if left <= piece.x0 and piece.x1 <= right]
        if len(texts) >= _BODY and sum(map(is_figure, texts)) >= _FIGURES * len(texts):
            return True
    return False


def _placed(rows: list[_Row], columns: list[Interval], page: Page) -> PdfTable:
    """Put the pieces of rows into cells; a piece over several columns is a merged cell."""
    inner = [(a[1] + b[0]) / 2 for a, b in zip(columns, columns[1:], strict=False)]
    pieces = [piece for row in rows for piece in row.pieces]
    xs = (min(p.x0 for p in pieces) - 2, *inner, max(p.x1 for p in pieces) + 2)
    tops = [min(p.top for p in row.pieces) for row in rows]
    ys = [*tops, max(p.bottom for p in pieces)]
    cells: list[PdfCell] = []
    header = next(i for i, row in enumerate(rows) if len(row.pieces) > 1 and row.figures)
    for r, row in enumerate(rows):
        for (first, last), found in _spans(row, columns, over_several=r < header - 1):
            box = Box(round(xs[first], 2), round(ys[r], 2), round(xs[last + 1], 2), round(ys[r + 1], 2))
            cells.append(PdfCell(r, first, 1, last + 1 - first, found, page.number, box))
    box = Box(round(xs[0], 2), round(ys[0], 2), round(xs[-1], 2), round(ys[-1], 2))
    return PdfTable(xs, len(rows), cells, page.number, box, ruled=False)


def _spans(row: _Row, columns: list[Interval], *, over_several: bool) -> Iterator[tuple[tuple[int, int], list[Line]]]:
    """Cells of a row: first and last column with the pieces in it; a blank one for each column left over.

    In a header row above others a text in the middle of several columns stands for all of them.
    """
    taken: dict[tuple[int, int], list[Line]] = {}
    for piece in row.pieces:
        first, last = _covered(piece, columns)
        same = next((span for span in taken if span[0] <= last and first <= span[1]), None)
        found = [*taken.pop(same), piece] if same else [piece]
        taken[min(first, same[0]) if same else first, max(last, same[1]) if same else last] = found
    if over_several:
        for span in sorted(taken):
            free = {c for c in range(len(columns)) if not any(a <= c <= b for a, b in taken if (a, b) != span)}
            pieces = taken.pop(span)
            taken[_centred_over(pieces, span, columns, free)] = pieces
    held = {c for first, last in taken for c in range(first, last + 1)}
    taken |= {(c, c): [] for c in range(len(columns)) if c not in held}
    for span in sorted(taken):
        yield span, sorted(taken[span], key=lambda line: line.base)


def _centred_over(
    pieces: list[Line], span: tuple[int, int], columns: list[Interval], free: set[int]
) -> tuple[int, int]:
    """Most columns that a text stands in the middle of, of those around it that nothing else stands over."""
    low, high = span
    while low - 1 in free:
        low -= 1
    while high + 1 in free:
        high += 1
    middle = (min(p.x0 for p in pieces) + max(p.x1 for p in pieces)) / 2
    spans = [(a, b) for a in range(low, span[0] + 1) for b in range(span[1], high + 1)]
    off = {(a, b): abs((columns[a][0] + columns[b][1]) / 2 - middle) for a, b in spans}
    near = min(off.values()) + _CENTRED * pieces[0].em
    return max((s for s in spans if off[s] <= near), key=lambda s: (s[1] - s[0], -off[s]))


def _covered(piece: Line, columns: Sequence[Interval]) -> tuple[int, int]:
    """First and last column that a piece stands over, at least the nearest one."""
    over = [i for i, (left, right) in enumerate(columns) if piece.x0 < right and left < piece.x1]
    if over:
        return over[0], over[-1]
    middle = (piece.x0 + piece.x1) / 2
    near = min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - middle))
    return near, near
