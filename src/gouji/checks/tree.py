"""Which lines of a table are items of which: by code, by numbering, by 其中, by indentation."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.checks.view import Line

NON_ITEMS = frozenset({"opening_balance", "closing_balance", "surplus_used", "surplus_distributed"})
"""Lines between a total and the grand total; never items of a list."""


def depths(lines: Sequence[Line]) -> list[int]:
    """Depth of each line of one side, from 0; totals are at depth 0.

    Codes decide where there are any, then numbering with 其中, then indentation.
    """
    items = [line for line in lines if not line.total]
    if any(line.code for line in items):
        found = _by_code(lines)
    elif any(line.rank is not None for line in items):
        found = _by_number(lines)
    else:
        found = _by_indent(lines)
    return [1 if line.under else depth for line, depth in zip(lines, found, strict=True)]


def _by_code(lines: Sequence[Line]) -> list[int]:
    """Depth by the codes above: a line lies below the nearest earlier line whose code begins its own."""
    out: list[int] = []
    stack: list[str] = []
    for line in lines:
        if line.total or not line.code:
            stack = [] if line.total else stack
            out.append(0 if line.total else len(stack) if line.among else 0)
            continue
        while stack and not (line.code.startswith(stack[-1]) and len(line.code) > len(stack[-1])):
            stack.pop()
        out.append(len(stack))
        stack.append(line.code)
    return out


def _by_number(lines: Sequence[Line]) -> list[int]:
    """Depth by style of number; 其中 and lines without a number lie one below the numbered line before them."""
    out: list[int] = []
    ranks: list[int] = []
    inside = False
    for line in lines:
        if line.total:
            ranks, inside = [], False
            out.append(0)
        elif line.rank is not None and not line.among:
            while ranks and ranks[-1] >= line.rank:
                ranks.pop()
            out.append(len(ranks))
            ranks.append(line.rank)
            inside = False
        else:
            inside = line.concept not in NON_ITEMS and (inside or line.among or bool(ranks))
            out.append(len(ranks) if inside else 0)
    return out


def _by_indent(lines: Sequence[Line]) -> list[int]:
    """Depth by leading blanks; a label that begins with 其中 lies below the line before it."""
    out: list[int] = []
    stack: list[int] = []
    inside = 0
    for line in lines:
        if line.total:
            stack, inside = [], 0
            out.append(0)
            continue
        while stack and stack[-1] >= line.indent:
            stack.pop()
        depth = len(stack)
        stack.append(line.indent)
        if line.among:
            inside = max(depth, 1) if out else depth
            depth = inside
        out.append(depth)
    return out


def children(lines: Sequence[Line], depth: Sequence[int]) -> list[tuple[int, list[int]]]:
    """Positions of lines that have items below them, each with the positions of those one level down."""
    out: list[tuple[int, list[int]]] = []
    for i, line in enumerate(lines):
        if line.total:
            continue
        below = []
        for j in range(i + 1, len(lines)):
            if lines[j].total or depth[j] <= depth[i] or lines[j].concept in NON_ITEMS:
                break
            if depth[j] == depth[i] + 1:
                below.append(j)
        if below:
            out.append((i, below))
    return out
