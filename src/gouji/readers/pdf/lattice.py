"""Ruling lines to grids: lines that cross make a lattice, its spaces the cells; spaces with no line between are one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from gouji.readers.pdf.rules import Rules, Segment

_TOUCH = 3.0  # lines that end as near as this to one another cross
_SAME = 3.0  # edges as near as this are one
_COVER = 0.5  # a rule along half of a cell's side is the side
_MOST_CROSSINGS = 4_000_000
_MOST_UNITS = 50_000


@dataclass(frozen=True, slots=True)
class Lattice:
    """A grid on a page: edges of its columns and rows, and its cells as (row, column, rows, columns) covered."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]

    @property
    def n_rows(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    @property
    def n_cols(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    @property
    def area(self) -> float:
        """Area in square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def lattices(rules: Rules) -> list[Lattice]:
    """Grids of two cells or more, the smallest first."""
    if len(rules.level) * len(rules.upright) > _MOST_CROSSINGS:
        return []
    found = [lattice for group in _connected(rules) if (lattice := _lattice(*group)) is not None]
    return sorted(found, key=lambda lattice: (lattice.area, lattice.ys, lattice.xs))


def _connected(rules: Rules) -> list[tuple[list[Segment], list[Segment]]]:
    """Group lines that cross, directly or through others; lines that cross nothing are left out."""
    parent = list(range(len(rules.level) + len(rules.upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    offset = len(rules.level)
    heights = [segment[0] for segment in rules.level]
    for j, (x, top, bottom) in enumerate(rules.upright):
        for i in range(bisect_right(heights, top - _TOUCH), bisect_right(heights, bottom + _TOUCH)):
            _, left, right = rules.level[i]
            if left - _TOUCH <= x <= right + _TOUCH:
                parent[root(i)] = root(offset + j)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for i, segment in enumerate(rules.level):
        groups.setdefault(root(i), ([], []))[0].append(segment)
    for j, segment in enumerate(rules.upright):
        groups.setdefault(root(offset + j), ([], []))[1].append(segment)
    return [group for group in groups.values() if group[0] and group[1] and len(group[0]) + len(group[1]) > 2]


def _lattice(level: list[Segment], upright: list[Segment]) -> Lattice | None:
    """Grid of lines that hang together; its outer edge is closed whether it is drawn or not."""
    xs = _edges([s[0] for s in upright], [v for s in level for v in s[1:]])
    ys = _edges([s[0] for s in level], [v for s in upright for v in s[1:]])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2 or rows * columns > _MOST_UNITS:
        return None
    below = _sides(level, ys, xs)  # [edge of rows][column]
    beside = _sides(upright, xs, ys)  # [edge of columns][row]
    owner = [[-1] * columns for _ in range(rows)]
    cells: list[tuple[int, int, int, int]] = []
    for r in range(rows):
        for c in range(columns):
            if owner[r][c] == -1:
                height, width = _extent(owner, below, beside, r, c)
                for i in range(r, r + height):
                    for j in range(c, c + width):
                        owner[i][j] = len(cells)
                cells.append((r, c, height, width))
    if len(cells) < 2:
        return None
    return Lattice(tuple(xs), tuple(ys), tuple(cells))


def _extent(
    owner: list[list[int]], below: list[list[bool]], beside: list[list[bool]], r: int, c: int
) -> tuple[int, int]:
    """Rows and columns of the cell that begins at a unit: as wide as no line parts it, then as high with that width."""
    rows, columns = len(owner), len(owner[0])
    width = 1
    while c + width < columns and owner[r][c + width] == -1 and not beside[c + width][r]:
        width += 1
    height = 1
    while r + height < rows:
        i = r + height
        span = range(c, c + width)
        if any(below[i][j] or owner[i][j] != -1 for j in span):
            break
        if any(beside[j][i] for j in range(c + 1, c + width)):
            break
        height += 1
    return height, width


def _edges(main: Sequence[float], ends: Sequence[float]) -> list[float]:
    """Edges of columns or rows: where lines stand, and where those across end beyond them."""
    values = sorted(main)
    if ends:
        low, high = min(ends), max(ends)
        values = [*([low] if low < values[0] - _SAME else []), *values, *([high] if high > values[-1] + _SAME else [])]
    out: list[float] = []
    count = 0
    first = 0.0
    for value in values:
        if out and value - first <= _SAME:
            out[-1] = (out[-1] * count + value) / (count + 1)
            count += 1
        else:
            out.append(value)
            count, first = 1, value
    return out


def _sides(segments: Sequence[Segment], edges: list[float], across: list[float]) -> list[list[bool]]:
    """For each edge, which stretches between the edges across are drawn."""
    covered = [[0.0] * (len(across) - 1) for _ in edges]
    for at, low, high in segments:
        row = covered[_nearest(edges, at)]
        for j in range(max(0, bisect_right(across, low) - 1), len(across) - 1):
            left, right = across[j], across[j + 1]
            if left >= high:
                break
            part = (high if high < right else right) - (low if low > left else left)
            if part > 0:
                row[j] += part
    return [[part >= _COVER * (across[j + 1] - across[j]) for j, part in enumerate(row)] for row in covered]


def _nearest(edges: list[float], at: float) -> int:
    """Index of the edge nearest to a line, of two the first."""
    index = bisect_left(edges, at)
    if index == len(edges) or index and at - edges[index - 1] <= edges[index] - at:
        return index - 1
    return index
