"""Text and its gold, growing together: what is written as a mention is a mention where it was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the document: ``heading``, ``paragraph``, ``caption`` or ``table`` (then `rows` has its cells)."""

    kind: str
    start: int
    end: int
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass
class Pending:
    """An alignment whose operands are looked up when all tables are laid out.

    An operand is the id of a fact, or a quantity with a measure, which stands for its cells, else for its first fact.
    """

    figure: str
    relation: str
    operands: list[str | tuple[str, str]]
    computed: Decimal | None
    verdict: str = "agrees"


@dataclass
class Writer:
    """Collects text, mentions, facts, causes, alignments, table cells and planted errors."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    mentions: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    causes: list[Row] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    conflicts: list[Row] = field(default_factory=list)
    tables: list[Row] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    cells: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    stated: dict[tuple[str, str], str] = field(default_factory=dict)

    def text(self, text: str) -> None:
        """Write words that are no mention."""
        self.pieces.append(text)
        self.length += len(text)

    def last(self) -> str:
        """Last character that was written, empty at the beginning."""
        return next((piece[-1] for piece in reversed(self.pieces) if piece), "")

    def mention(self, label: str, text: str, **attributes: Any) -> str:
        """Write a mention and give its id."""
        name = f"m{len(self.mentions) + 1}"
        start = self.length
        self.text(text)
        self.mentions.append({"id": name, "label": label, "start": start, "end": self.length, **attributes})
        return name

    def open_span(self, label: str) -> Row:
        """Begin a mention that holds others; `close_span` ends it."""
        row: Row = {"id": f"m{len(self.mentions) + 1}", "label": label, "start": self.length, "end": self.length}
        self.mentions.append(row)
        return row

    def close_span(self, row: Row) -> None:
        """End a mention at the place reached."""
        row["end"] = self.length

    def fact(self, figure: str, indicator: str | None, path: tuple[str, ...], measure: str, **attributes: Any) -> str:
        """Keep a fact and give its id."""
        name = f"f{len(self.facts) + 1}"
        row = {
            "id": name,
            "figure": figure,
            "indicator": indicator,
            "path": list(path),
            "measure": measure,
            "period": None,
            "base": "none",
            "direction": "none",
            "of": None,
        }
        self.facts.append(row | attributes)
        return name

    def paragraph(self, indent: str = "") -> int:
        """Begin a paragraph; gives the place of its first character."""
        self.text(indent)
        return self.length

    def end_paragraph(self, start: int, kind: str = "paragraph") -> None:
        """End a paragraph or heading that began at `start`."""
        self.blocks.append(Block(kind, start, self.length))
        self.text("\n")


def money(hundreds: int, unit: str, comma: bool) -> tuple[str, Decimal, int]:
    """Written number, value in yuan, decimals.

    Examples
    --------
    >>> money(123456, "万元", True)
    ('1,234.56', Decimal('12345600'), 2)
    """
    number = Decimal(hundreds).scaleb(-2) if unit == "万元" else Decimal(hundreds * 100)
    return f"{number:,.2f}" if comma else f"{number:.2f}", Decimal(hundreds * 100), 2


def rounded(fraction: Decimal, decimals: int) -> Decimal:
    """Percentage of a fraction at some decimals, half up.

    Examples
    --------
    >>> rounded(Decimal(1) / Decimal(8), 1)
    Decimal('12.5')
    """
    return (fraction * 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
