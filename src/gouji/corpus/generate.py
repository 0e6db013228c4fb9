"""One report from a seed: the same seed gives the same bytes."""

from __future__ import annotations

import hashlib
import random
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gouji.corpus.forms import Forms
from gouji.corpus.grammar import Expander
from gouji.corpus.narrative import Narrative
from gouji.corpus.quantities import Quantities
from gouji.corpus.resources import corpus_grammar
from gouji.corpus.sentences import Sentences
from gouji.corpus.tables import tables, write_tables
from gouji.corpus.writer import Block, Writer

SCHEMA = "gouji-gold/1"
YEARS = range(2018, 2025)
ERRORS = 4
NOTES = {"invented": True, "generated": True}


@dataclass(frozen=True)
class Generated:
    """A generated report: its text, its gold, and its blocks for the other renderings."""

    name: str
    text: str
    gold: dict[str, Any]
    blocks: tuple[Block, ...]


def generate(seed: int, number: int, styles: Sequence[str] = ()) -> Generated:
    """Make one report.

    Parameters
    ----------
    seed : int
        Of the whole collection.
    number : int
        Of the report in it; reports do not depend on each other.
    styles : sequence of str
        Styles to choose from; all if empty.

    Returns
    -------
    Generated
    """
    grammar = corpus_grammar()
    chance = random.Random(f"gouji-{seed}-{number}")
    style_name = chance.choice(sorted(styles or grammar.styles))
    style = grammar.styles[style_name]
    department = chance.choice(grammar.departments["kinds"])
    level = chance.choice(grammar.departments["levels"])
    org = f"{chance.choice(grammar.departments['places'])}{level}{chance.choice(department['names'])}"
    year = chance.choice(YEARS)
    quantities = Quantities(chance, department)
    _free_names(chance, quantities, department, grammar.frames)
    shared = {name: tuple(grammar.frames[name]) for name in ("spent", "left")}
    parts = (
        dict(grammar.parts)
        | shared
        | {f"@{k}": tuple(v) for k, v in department.items() if k not in ("id", "names", "main")}
    )
    writer = Writer()
    names = {"org": org, "area": level}
    errors = chance.randrange(0, ERRORS)
    expander = Expander(chance, parts, grammar.directions)
    sentences = Sentences(chance, writer, quantities, style, expander, names, year, errors)
    narrative = Narrative(chance, writer, sentences, quantities, style, year)
    start = writer.paragraph()
    writer.text(f"{org}{year}年度部门决算")
    writer.end_paragraph(start, "heading")
    listed = tables(quantities, style["unit"], style["base"] == "adjusted")
    forms = Forms(chance, sentences.phrases, expander, quantities, grammar.forms)
    if chance.randrange(1000) < grammar.forms["reasons"]["share"]:
        listed.append(forms.compared(style["unit"]))
    narrative.overview()
    if style["before_tables"]:
        narrative.part(2, f"{year}年度部门决算表")
        write_tables(writer, listed, style["unit"], style["table"])
    narrative.explanation(3 if style["before_tables"] else 2)
    narrative.glossary(4 if style["before_tables"] else 3)
    if not style["before_tables"]:
        narrative.part(4, "附表")
        write_tables(writer, listed, style["unit"], style["table"])
    narrative.evaluation(5 if not style["before_tables"] else 4)
    write_tables(writer, [forms.evaluation() for _ in range(chance.randrange(3))], style["unit"], style["table"])
    name = f"generated-{style_name}-{seed}-{number:05d}"
    text = "".join(writer.pieces)
    width = chance.randrange(34, 48) if chance.randrange(1000) < style["wrap"] else 0
    return _finished(name, text, writer, width, {"organisation": org, "fiscal_year": year, "region": style["region"]})


def collection(seed: int, count: int, styles: Sequence[str] = ()) -> Iterator[Generated]:
    """Make `count` reports."""
    return (generate(seed, number, styles) for number in range(count))


def _free_names(
    chance: random.Random, quantities: Quantities, department: Mapping[str, Any], frames: Mapping[str, Any]
) -> None:
    """Names that no gazetteer knows."""
    project = chance.choice(department["project"])
    quantities["free"].names = (project + chance.choice(frames["free_heads"]),)
    quantities["satisfaction"].names = (chance.choice(frames["satisfaction_heads"]),)
    quantities["quality"].names = (chance.choice(department["project"]) + chance.choice(frames["quality_heads"]),)
    quantities["output"].names = (chance.choice(frames["output_heads"]),)
    for key in ("free", "satisfaction", "quality", "output"):
        quantities[key].path = quantities[key].names


def _finished(name: str, text: str, writer: Writer, width: int, notes: dict[str, Any]) -> Generated:
    """Sort and number the gold, look operands up, wrap lines."""
    moves = _wraps(text, writer.blocks, width) if width else []
    text, place = _wrapped(text, moves)
    for row in writer.mentions:
        row["start"], row["end"] = place(row["start"]), place(row["end"])
    for table in writer.tables:
        for cell in table["cells"]:
            cell["start"], cell["end"] = place(cell["start"]), place(cell["end"])
    for conflict in writer.conflicts:
        conflict["where"]["start"], conflict["where"]["end"] = (
            place(conflict["where"]["start"]),
            place(conflict["where"]["end"]),
        )
    blocks = tuple(Block(b.kind, place(b.start), place(b.end), b.rows) for b in writer.blocks)
    document = {
        "name": name,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "length": len(text),
        "media": "text/plain",
        "kind": "final_accounts",
    }
    gold = {
        "schema": SCHEMA,
        "document": document | notes | NOTES,
        "mentions": sorted(writer.mentions, key=lambda m: (m["start"], m["end"], m["label"])),
        "facts": writer.facts,
        "causes": writer.causes,
        "alignments": [
            _alignment(writer, p.figure, p.relation, p.operands, p.computed, p.verdict) for p in writer.pending
        ],
        "tables": writer.tables,
        "conflicts": writer.conflicts,
        "not_conflicts": [],
    }
    return Generated(name, text, gold, blocks)


def _alignment(
    writer: Writer,
    figure: str,
    relation: str,
    wanted: list[str | tuple[str, str]],
    computed: Decimal | None,
    verdict: str,
) -> dict[str, Any]:
    """Alignment with cells for operands, or with facts where no table holds them; none if one is nowhere."""
    operands: list[str] = []
    for operand in wanted:
        if isinstance(operand, str):
            operands.append(operand)
            continue
        cells = writer.cells.get(operand, [])
        fact = writer.stated.get(operand)
        if relation == "same":
            operands += cells
        elif fact is not None or cells:
            operands.append(fact if fact is not None else cells[0])
    complete = bool(operands) if relation == "same" else len(operands) == len(wanted)
    if not complete or computed is None:
        return {"figure": figure, "relation": "none", "operands": [], "verdict": "none", "computed": None}
    for conflict in writer.conflicts:
        if conflict["where"]["figure"] == figure:
            conflict["operands"] = operands
    return {
        "figure": figure,
        "relation": relation,
        "operands": operands,
        "verdict": verdict,
        "computed": f"{abs(computed):f}",
    }


def _wraps(text: str, blocks: Sequence[Block], width: int) -> list[int]:
    """Places where a page would break the lines of long paragraphs."""
    out: list[int] = []
    for block in blocks:
        if block.kind == "paragraph" and block.end - block.start > width:
            out += range(block.start + width, block.end - 1, width)
    return [at for at in out if text[at - 1 : at + 1].strip() == text[at - 1 : at + 1]]


def _wrapped(text: str, breaks: Sequence[int]) -> tuple[str, Any]:
    """Text with line feeds before the given places, and where a place of the old text now is."""
    pieces, last = [], 0
    for at in breaks:
        pieces += [text[last:at], "\n"]
        last = at
    pieces.append(text[last:])
    return "".join(pieces), lambda place: place + bisect_right(breaks, place - 1 if place else 0) if breaks else place
