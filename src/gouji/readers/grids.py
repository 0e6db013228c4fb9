"""Rows of cells to a grid: merged cells are put back where the layout left them out.

A table is placed in two steps. Data rows have one cell for each column, but for labels that span the code columns.
Header rows are placed from the bottom up in a flattened table (an empty cell continues the cell above, the others
share what is left) and from the top down in a padded one (blanks belong to the cell above if nothing stands below
it, else to the cell on their left).
"""

from __future__ import annotations

from itertools import combinations
from math import comb

from gouji.readers.cell_values import clean, is_number
from gouji.readers.cells import Carrier, RawCell, RawTable, Row
from gouji.readers.columns import Column, column_kinds, count_header_rows, halves, is_marker_row
from gouji.readers.known import known_grid
from gouji.readers.placed import Grid, Placed
from gouji.resources.table_kinds import load

_TRIES = 4000
_WORK = 20_000
_NOTHING = RawCell(None, None, "")
_CODE = Column.CODE
_NAMING = (Column.LABEL, Column.CODE)


def build_grid(table: RawTable) -> Grid:
    """Place the cells of a table."""
    if table.carrier is Carrier.KNOWN:
        return known_grid(table)
    rows = table.rows
    count = max(len(row) for row in rows)
    header = count_header_rows(rows)
    markers = frozenset(i for i in range(header) if is_marker_row(rows[i]))
    body = [row for row in rows[header:] if len(row) == count]
    leaf = _leaf_texts(table, header, markers, count)
    kinds = column_kinds(body, leaf, count)
    if table.carrier is Carrier.PADDED:
        placed = _pad_header(rows, header, markers, count)
    else:
        placed = _widen_header(rows, header, count, kinds)
    _merge_down(placed)
    for index in range(header, len(rows)):
        place = _place_padded if table.carrier is Carrier.PADDED else _place_flattened
        placed.append(place(rows[index], index, kinds, count))
    for index in markers:
        placed[index] = _place_marker(rows[index], index, kinds, count, table.carrier)
    return Grid(placed, count, header, markers, kinds, halves(kinds))


def _leaf_texts(table: RawTable, header: int, markers: frozenset[int], count: int) -> list[str]:
    """Innermost header text of each column, as far as positions tell before spans are known.

    In a padded row a text holds for the blanks on its right too where nothing else stands over them.
    """
    leaf = [""] * count
    for index in range(header):
        row = table.rows[index]
        if len(row) != count:
            continue
        last = ""
        for column, cell in enumerate(row):
            text = clean(cell.text)
            if text and (index not in markers or text in load().words.code_column):
                leaf[column] = last = text
            elif text:
                last = ""
            elif table.carrier is Carrier.PADDED and last in load().words.code_column and not leaf[column]:
                leaf[column] = last
    return leaf


def _pad_header(rows: tuple[Row, ...], header: int, markers: frozenset[int], count: int) -> list[list[Placed]]:
    """Header rows of a padded table, from the top down; rows that number the columns stay empty here."""
    out: list[list[Placed]] = []
    upper: list[Placed] = []
    for index in range(header):
        if index in markers:
            out.append([])
            continue
        row = [*rows[index], *[_NOTHING] * (count - len(rows[index]))]
        parents = [(p.c, p.c + p.colspan, p) for p in upper] if upper else [(0, count, None)]
        cells: list[Placed] = []
        for left, right, parent in parents:
            if parent is not None and all(row[c].blank for c in range(left, right)):
                cells.append(Placed(index, left, row[left], 0, right - left, above=parent))
                continue
            column = left
            while column < right:
                end = column + 1
                while end < right and not row[column].blank and row[end].blank:
                    end += 1
                cells.append(Placed(index, column, row[column], 0, end - column))
                column = end
        for seq, cell in enumerate(cells, start=1):
            cell.seq = seq
        out.append(cells)
        upper = cells
    return out


def _widen_header(rows: tuple[Row, ...], header: int, count: int, kinds: list[Column]) -> list[list[Placed]]:
    """Header rows of a flattened table, from the bottom up: each fitted to the one below, the lowest to the columns."""
    below: list[tuple[int, int, str | None]] = [(c, 1, None) for c in range(count)]
    out: list[list[Placed]] = []
    for index in range(header - 1, -1, -1):
        row = rows[index]
        if is_marker_row(row):
            out.insert(0, [])
            continue
        spans = _fit(row, below, kinds)
        cells = [
            Placed(index, c, cell, seq, w) for seq, (cell, (c, w)) in enumerate(zip(row, spans, strict=True), start=1)
        ]
        out.insert(0, cells)
        below = [(p.c, p.colspan, clean(p.raw.text)) for p in cells]
    return out


def _fit(row: Row, below: list[tuple[int, int, str | None]], kinds: list[Column]) -> list[tuple[int, int]]:
    """Columns and widths of a header row's cells over the cells of the row below.

    An empty cell below continues one cell of this row; a run of others belongs to the cells between, cut where it is
    best.
    """
    wanted = len(row)
    groups: list[list[tuple[int, int, str | None]]] = []  # an empty cell alone, or a run of cells with words
    for cell in below:
        if cell[2] == "" or not groups or groups[-1][0][2] == "":
            groups.append([cell])
        else:
            groups[-1].append(cell)
    spare = wanted - len(groups)
    if spare < 0:
        return _even(row, below)
    runs = [group for group in groups if group[0][2] != ""]
    shares = _share(spare, runs)
    spans: list[tuple[int, int]] = []
    for group in groups:
        parts = 1 if group[0][2] == "" else 1 + shares.pop(0)
        for piece in _cut(group, parts, kinds):
            spans.append((piece[0][0], sum(w for _, w, _ in piece)))
    return spans if len(spans) == wanted else _even(row, below)


def _share(spare: int, runs: list[list[tuple[int, int, str | None]]]) -> list[int]:
    """How many cells more than one each run gets: the longest runs first, each at most as many as it has cells."""
    shares = [0] * len(runs)
    while spare:
        room = [len(run) - 1 - share for run, share in zip(runs, shares, strict=True)]
        if not room or max(room) <= 0:
            break
        best = max(range(len(runs)), key=lambda i: (len(runs[i]) / (1 + shares[i]), -i))
        if room[best] <= 0:
            best = max(range(len(runs)), key=lambda i: room[i])
        shares[best] += 1
        spare -= 1
    return shares


def _cut(
    group: list[tuple[int, int, str | None]], parts: int, kinds: list[Column]
) -> list[list[tuple[int, int, str | None]]]:
    """Cut a run into parts: best between label and number columns, or before a text that began an earlier part."""
    if parts == 1:
        return [group]
    places = range(1, len(group))
    if comb(len(places), parts - 1) > _TRIES:
        step = len(group) / parts
        chosen: tuple[int, ...] = tuple(sorted({max(1, round(step * i)) for i in range(1, parts)}))
    else:
        chosen = max(combinations(places, parts - 1), key=lambda cuts: (_merit(group, cuts, kinds), [-c for c in cuts]))
    bounds = [0, *chosen, len(group)]
    return [group[a:b] for a, b in zip(bounds, bounds[1:], strict=False)]


def _merit(group: list[tuple[int, int, str | None]], cuts: tuple[int, ...], kinds: list[Column]) -> int:
    """How well cuts agree with the kinds of columns, with repeated texts and with equal widths."""
    merit = 0
    starts = [0, *cuts]
    for cut in cuts:
        before, after = kinds[group[cut][0] - 1], kinds[group[cut][0]]
        stub_before, stub_after = before is not Column.NUMBER, after is not Column.NUMBER
        if stub_before != stub_after:
            merit += 4 if stub_before == (cut == cuts[0] and kinds[group[0][0]] is not Column.NUMBER) else 3
        word = group[cut][2]
        if word and any(group[s][2] == word for s in starts if s < cut):
            merit += 5
        if stub_before and stub_after:
            merit += 3 if before is Column.CODE and after is Column.LABEL else -3
    widths = {b - a for a, b in zip(starts, [*cuts, len(group)], strict=True)}
    return merit + (2 if len(widths) == 1 else 0)


def _even(row: Row, below: list[tuple[int, int, str | None]]) -> list[tuple[int, int]]:
    """Last resort: cells one column each from the left, the last one over the rest."""
    count = sum(w for _, w, _ in below)
    wanted = len(row)
    return [(i, 1) if i < wanted - 1 else (i, max(1, count - i)) for i in range(wanted)]


def _merge_down(placed: list[list[Placed]]) -> None:
    """Let an empty header cell continue the cell above where both cover the same columns."""
    placed = [row for row in placed if row]
    for upper, lower in zip(placed, placed[1:], strict=False):
        by_extent = {(p.c, p.colspan): p for p in upper}
        for cell in lower:
            found = cell.above or (by_extent.get((cell.c, cell.colspan)) if cell.raw.blank else None)
            if found is not None:
                cell.above = found
                found.origin.rowspan += 1


def _place_padded(row: Row, index: int, kinds: list[Column], count: int) -> list[Placed]:
    """Cells of a data row with its blanks: a label in a code column takes the blank label columns on its right."""
    if len(row) < count:
        row = (*row, *[_NOTHING] * (count - len(row)))
    if _CODE not in kinds:
        return [Placed(index, c, cell, c + 1) for c, cell in enumerate(row[:count])]
    cells: list[Placed] = []
    column = 0
    while column < count:
        cell = row[column]
        end = column + 1
        if kinds[column] is _CODE and not cell.blank and not cell.text.strip().isdigit():
            while end < count and kinds[end] in _NAMING and row[end].blank:
                end += 1
        cells.append(Placed(index, column, cell, len(cells) + 1, end - column))
        column = end
    return cells


def _place_flattened(row: Row, index: int, kinds: list[Column], count: int) -> list[Placed]:
    """Cells of a data row without its merged places: numbers stand in number columns, words span what is left."""
    if len(row) == count:
        return [Placed(index, c, cell, c + 1) for c, cell in enumerate(row)]
    widths = _best_widths(row, kinds, count)
    cells: list[Placed] = []
    column = 0
    for seq, (cell, width) in enumerate(zip(row, widths, strict=True), start=1):
        cells.append(Placed(index, column, cell, seq, width))
        column += width
    return cells


def _best_widths(row: Row, kinds: list[Column], count: int) -> list[int]:
    """Widths that put a row's numbers over number columns and let its words span, early ones first."""
    wanted = len(row)
    slack = count - wanted
    if wanted * slack * slack > _WORK:
        return [1 + slack, *[1] * (wanted - 1)]
    infinite = 1 << 30
    # cost[i][extra]: cheapest way to place the first i cells with `extra` columns spent on spans
    cost = [[infinite] * (slack + 1) for _ in range(wanted + 1)]
    back = [[0] * (slack + 1) for _ in range(wanted + 1)]
    cost[0][0] = 0
    for i, cell in enumerate(row):
        for extra in range(slack + 1):
            if cost[i][extra] == infinite:
                continue
            for more in range(slack - extra + 1):
                price = cost[i][extra] + _price(cell, kinds, i + extra, 1 + more)
                if price < cost[i + 1][extra + more]:
                    cost[i + 1][extra + more] = price
                    back[i + 1][extra + more] = more
    widths: list[int] = []
    extra = slack
    for i in range(wanted, 0, -1):
        more = back[i][extra]
        widths.insert(0, 1 + more)
        extra -= more
    return widths


def _price(cell: RawCell, kinds: list[Column], column: int, width: int) -> int:
    """Cost of placing a cell over columns."""
    covered = kinds[column : column + width]
    numbers = sum(kind is Column.NUMBER for kind in covered)
    if is_number(cell.text):
        return 10 * (width - 1) + (0 if numbers else 6)
    if cell.blank:
        return 4 * (width - 1)
    return 5 * numbers


def _place_marker(row: Row, index: int, kinds: list[Column], count: int, carrier: Carrier) -> list[Placed]:
    """Cells of a row that numbers the columns; it never merges with its neighbours."""
    if carrier is Carrier.PADDED:
        return _place_padded(row, index, kinds, count)
    return _place_flattened(row, index, kinds, count)
