"""Tables that go on over the end of a page become one again."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.readers.marks import is_caption
from gouji.readers.pdf.grid import MOST_HEAD, PdfCell, PdfTable
from gouji.readers.pdf.lines import Line
from gouji.readers.pdf.pages import Page
from gouji.readers.pdf.wrapping import is_number
from gouji.resources.gazetteer import canonical
from gouji.text.normalise import strip_blanks

_SAME = 4.0  # points that the edges of two parts of a table may differ by
_LOOSE = 12.0
_SHARED = 0.6  # inner edges that a part without a repeated header must share


def join_tables(pages: Sequence[Page]) -> None:
    """Join the parts of tables that end one page and begin the next; a repeated title and header go."""
    whole: PdfTable | None = None
    above: list[Line] = []  # captions of the table that a following part may repeat
    for page in pages:
        items = page.items()
        first = next((i for i, item in enumerate(items) if isinstance(item, PdfTable)), None)
        if first is None:
            if items:
                whole = None
            continue
        part, before = items[first], [item for item in items[:first] if isinstance(item, Line)]
        assert isinstance(part, PdfTable)
        if whole is not None and _goes_on(whole, part, above, before):
            _append(whole, part)
            page.tables.remove(part)
            page.lines = [line for line in page.lines if line not in before]
            if first == len(items) - 1:
                continue
        last = items[-1]
        whole = last if isinstance(last, PdfTable) else None
        if whole is not None:
            above = _captions(items)


def _captions(items: Sequence[Line | PdfTable]) -> list[Line]:
    """Lines right above the last table of a page."""
    out: list[Line] = []
    for item in reversed(items[:-1]):
        if isinstance(item, PdfTable) or len(out) == 4:
            break
        out.append(item)
    return out


def _goes_on(whole: PdfTable, part: PdfTable, above: list[Line], before: list[Line]) -> bool:
    """Whether a table is the next part of another."""
    if not whole.ruled and not part.ruled:
        return not before and whole.n_cols == part.n_cols and _near(whole, part)
    if abs(whole.xs[0] - part.xs[0]) > _SAME or abs(whole.xs[-1] - part.xs[-1]) > _SAME:
        return _moved(whole, part) and not before and _repeated(whole, part) > 0
    if before:
        known = {strip_blanks(line.text) for line in above}
        return all(_repeats(line.text, known) for line in before) and _repeated(whole, part) > 0
    return _repeated(whole, part) > 0 or _shares_edges(whole, part)


def _near(whole: PdfTable, part: PdfTable) -> bool:
    """Whether the columns of two tables without rules, whose edges follow their texts, stand above one another."""
    return all(
        left - _LOOSE <= x <= right + _LOOSE
        for left, x, right in zip((whole.xs[0], *whole.xs[:-1]), part.xs, (*whole.xs[1:], whole.xs[-1]), strict=True)
    )


def _moved(whole: PdfTable, part: PdfTable) -> bool:
    """Whether two grids are the same but for where they stand on the page."""
    shift = part.xs[0] - whole.xs[0]
    return whole.n_cols == part.n_cols and all(
        abs(a + shift - b) <= _SAME for a, b in zip(whole.xs, part.xs, strict=True)
    )


def _repeats(text: str, known: set[str]) -> bool:
    """Whether a line above a part repeats the captions of the table, or says that the table goes on."""
    bare = strip_blanks(text)
    return bare in known or is_caption(text) and ("续" in bare or bare.replace("续表", "表") in known)


def _shares_edges(whole: PdfTable, part: PdfTable) -> bool:
    """Whether most inner edges of the table with fewer columns are edges of the other too."""
    few, many = sorted((whole.xs[1:-1], part.xs[1:-1]), key=len)
    shared = sum(any(abs(a - b) <= _SAME for b in many) for a in few)
    return shared >= _SHARED * len(few)


def _repeated(whole: PdfTable, part: PdfTable) -> int:
    """Count the header rows at the top of a part that repeat those of the table."""
    count = 0
    for r in range(min(MOST_HEAD, whole.n_rows, part.n_rows)):
        ours, theirs = whole.words(r), part.words(r)
        if ours != theirs or not any(ours) or sum(map(is_number, ours)) * 2 > len(ours):
            break
        count = r + 1
    if count and count < part.n_rows:
        # a header cell may reach below the rows compared, never the rows of the body
        count = max([count, *(cell.r + cell.rowspan for cell in part.cells if cell.r < count)])
    return min(count, part.n_rows)


def _append(whole: PdfTable, part: PdfTable) -> None:
    """Put the rows of a part below those of the table."""
    if _moved(whole, part) or not part.ruled:
        part.xs = whole.xs
    skip = _repeated(whole, part)
    xs = _all_edges(whole.xs, part.xs)
    _respan(whole, xs)
    _respan(part, xs)
    body = [cell for cell in part.cells if cell.r >= skip]
    rows = part.n_rows - skip
    if not rows:
        return
    if _split_row(whole, [cell for cell in body if cell.r == skip]):
        body = [cell for cell in body if cell.r > skip]
        skip += 1
        rows -= 1
    else:
        heading = whole.n_rows < MOST_HEAD and not any(is_number(cell.text) for cell in whole.head)
        body = [cell for cell in body if not (cell.r == skip and _extends(whole, cell, heading=heading))]
    for cell in body:
        cell.r -= skip
    whole.append(body, rows)


def _all_edges(ours: tuple[float, ...], theirs: tuple[float, ...]) -> tuple[float, ...]:
    """Edges of both, those that are the same once."""
    return tuple(sorted([*ours, *(x for x in theirs if all(abs(x - known) > _SAME for known in ours))]))


def _respan(table: PdfTable, xs: tuple[float, ...]) -> None:
    """Count the columns of a table's cells by more edges."""
    if len(xs) == len(table.xs):
        table.xs = xs
        return
    at = [min(range(len(xs)), key=lambda i: abs(xs[i] - x)) for x in table.xs]
    for cell in table.cells:
        right = at[cell.c + cell.colspan]
        cell.c = at[cell.c]
        cell.colspan = right - cell.c
    table.xs = xs


def _split_row(whole: PdfTable, row: list[PdfCell]) -> bool:
    """Put the second half of a row that the page's end cut in two back to the first; tell whether it was one."""
    bottom = {(cell.c, cell.colspan): cell for cell in whole.bottom}
    pairs = [(mate, cell) for cell in row if (mate := bottom.get((cell.c, cell.colspan))) is not None]
    if len(pairs) < len(row) or not _is_rest(pairs):
        return False
    for mate, cell in pairs:
        mate.lines += cell.lines
        mate.rowspan += cell.rowspan - 1
    return True


def _is_rest(pairs: list[tuple[PdfCell, PdfCell]]) -> bool:
    """Whether the cells of a row are the rests of those above.

    So they are if no text begins anew, the first one goes on, and some were finished above or cut within a figure. A
    row without any text is the rest of one whose text found room above.
    """
    shown = sorted(((mate, cell) for mate, cell in pairs if cell.lines), key=lambda pair: pair[1].c)
    if not shown:
        return any(mate.lines for mate, _ in pairs)
    if any(not mate.lines or mate.begins_in(cell) or cell.rowspan > 1 for mate, cell in shown):
        return False
    if all(canonical(mate.text) and canonical(cell.text) for mate, cell in shown):
        return False  # 本年收入合计, then 使用非财政拨款结余: two names, each whole
    on = [mate.goes_on_in(cell) for mate, cell in shown]
    cut = any(mate.lines and not cell.lines or mate.text.endswith((".", ",")) for mate, cell in pairs)
    return cut and any(on) and (on[0] or shown[0][1].c > 0)


def _extends(whole: PdfTable, cell: PdfCell, *, heading: bool) -> bool:
    """Whether a cell at the top of a part is the rest of a merged cell; if so, let that one cover its rows.

    Parameters
    ----------
    whole : PdfTable
    cell : PdfCell
    heading : bool
        Whether the page's end cut the header: only there a cell may turn out to be merged by its text alone.
    """
    for above in whole.bottom:
        if (above.c, above.colspan) != (cell.c, cell.colspan):
            continue
        goes_on = bool(cell.lines and above.lines) and above.goes_on_in(cell)
        merged = above.rowspan > 1 and bool(above.lines) or cell.rowspan > 1
        if merged and not cell.lines or goes_on and (merged or heading):
            above.rowspan += cell.rowspan
            above.lines += cell.lines
            return True
        return False
    return False
