"""Small invented documents for the aligner: text with marked figures, tables as rows, in ``tests/cases/align.yaml``.

A marked figure is ``{f1 path/of/names measure base=… dir=… of=… period=… flag=…}12.00万元{/}``; a line that begins with
``#`` is a heading, one that begins with ``@t1.r5.c1`` the text of that cell. A table gives `title`, `header` (how many
rows), `labels` (how many columns), `plain` (columns without the table's unit) and `rows`; merged header cells are
repeated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.align import align
from gouji.model.document import Cell, Document, Passage, PassageKind, Section, Table
from gouji.model.facts import Base, Direction, Fact, Label, Measure, Mention
from gouji.model.outcomes import Alignment
from gouji.model.spans import OffsetMap, Span
from gouji.model.values import Kind, Value
from gouji.text.parsing import parse_cell, parse_figure

CASES = Path(__file__).parent.parent / "cases" / "align.yaml"
MARK = re.compile(r"\{(?P<id>f\d+) (?P<path>\S+) (?P<measure>\w+)(?P<rest>(?: \w+=[^ }]+)*)\}(?P<figure>[^{}]+)\{/\}")
KEYS = {"id", "text", "tables", "expected"}
TABLE_KEYS = {"title", "unit", "header", "labels", "rows", "kind", "project", "plain"}
YEAR = "2022"


@dataclass(frozen=True)
class Case:
    """A document and all of its alignments, one line each."""

    id: str
    document: Document
    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...]
    expected: dict[str, list[str]]


def load_cases(path: Path = CASES) -> list[Case]:
    """Read all cases; unknown keys, marks left open, figures without an expectation fail."""
    rows = yaml.safe_load(path.read_text("utf-8"))
    cases = [build(row) for row in rows]
    if not cases or len({case.id for case in cases}) != len(cases):
        raise ValueError(f"{path}: no cases, or an id that stands twice")
    return cases


def build(row: dict[str, Any]) -> Case:
    """Build the document, mentions and facts of one case."""
    if not {"id", "text", "expected"} <= set(row) <= KEYS:
        raise ValueError(f"case {row.get('id')}: keys are {sorted(row)}")
    text, sections, passages, mentions, facts = "", [], [], [], []
    tables = tuple(_table(f"t{i}", entry) for i, entry in enumerate(row.get("tables", []), 1))
    section: str | None = None
    for line in row["text"].strip().split("\n"):
        start = len(text)
        if line.startswith("#"):
            title = line.lstrip("# ")
            section = f"s{len(sections) + 1}"
            text += title + "\n"
            sections.append(Section(section, title, 2, start, len(text)))
            continue
        where, body = _place(line)
        plain, marks = _unmark(body)
        name = f"p{len(passages) + 1}"
        kind = PassageKind.CELL if where else PassageKind.PARAGRAPH
        passages.append(Passage(name, kind, plain, OffsetMap.identity(len(plain), start), section, where))
        for local, mark in marks:
            mention, fact = _fact(mark, local, start, name)
            mentions.append(mention)
            facts.append(fact)
        text += plain + "\n"
    if set(row["expected"]) != {fact.id for fact in facts}:
        raise ValueError(f"case {row['id']}: expectations are for {sorted(row['expected'])}")
    document = Document(
        row["id"],
        "0" * 64,
        "text/plain",
        text,
        tuple(sections),
        tuple(passages),
        tables,
        None,
        int(YEAR),
        "final_accounts",
    )
    return Case(row["id"], document, tuple(mentions), tuple(facts), row["expected"])


def run(case: Case) -> dict[str, list[str]]:
    """Align a case; each figure's alignments as lines, in order."""
    found: dict[str, list[str]] = {fact.id: [] for fact in case.facts}
    for row in align(case.document, case.mentions, case.facts):
        found[row.figure].append(line(row))
    return found


def line(row: Alignment) -> str:
    """Write an alignment as ``relation operands verdict reason``."""
    return " ".join(
        [row.relation.value, ",".join(row.operands) or "-", row.verdict.value, *([row.reason] if row.reason else [])]
    )


def _place(body: str) -> tuple[str | None, str]:
    """Address of a passage that is a cell: ``@t1.r9.c3 text``."""
    found = re.match(r"@(t\d+\.r\d+\.c\d+) ", body)
    return (found[1], body[found.end() :]) if found else (None, body)


def _unmark(body: str) -> tuple[str, list[tuple[Span, re.Match[str]]]]:
    plain, at, marks = "", 0, []
    for mark in MARK.finditer(body):
        plain += body[at : mark.start()]
        marks.append((Span(len(plain), len(plain) + len(mark["figure"])), mark))
        plain += mark["figure"]
        at = mark.end()
    plain += body[at:]
    if "{" in plain or "}" in plain:
        raise ValueError(f"a mark is not closed or not understood: {plain}")
    return plain, marks


def _fact(mark: re.Match[str], local: Span, start: int, passage: str) -> tuple[Mention, Fact]:
    value = parse_figure(mark["figure"])
    if value is None:
        raise ValueError(f"no figure: {mark['figure']}")
    options = dict(item.split("=", 1) for item in mark["rest"].split())
    if not set(options) <= {"base", "dir", "of", "period", "flag"}:
        raise ValueError(f"unknown options: {options}")
    label = {Kind.MONEY: Label.AMOUNT, Kind.RATE: Label.RATE}.get(value.kind, Label.QUANTITY)
    number = mark["id"][1:]
    mention = Mention(f"m{number}", label, local.shift(start), passage, local, value=value, rule="case")
    fact = Fact(
        mark["id"],
        mention.id,
        None,
        tuple(mark["path"].split("/")),
        Measure(mark["measure"]),
        options.get("period", YEAR),
        Base(options.get("base", "none")),
        Direction(options.get("dir", "none")),
        options.get("of"),
        flags=(options["flag"],) if "flag" in options else (),
    )
    return mention, fact


def _table(name: str, entry: dict[str, Any]) -> Table:
    if not set(entry) <= TABLE_KEYS:
        raise ValueError(f"table keys: {sorted(entry)}")
    rows = [[str(text).strip() for text in row.split("|")] for row in entry["rows"]]
    header, labels, unit = entry.get("header", 1), entry.get("labels", 1), entry.get("unit", "万元")
    cells = []
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            value = (
                parse_cell(text, None if c in entry.get("plain", []) else unit) if r > header and c > labels else None
            )
            column = [rows[i][c - 1] for i in range(header)]
            cells.append(
                Cell(
                    r,
                    c,
                    text,
                    value=value if isinstance(value, Value) else None,
                    row_path=tuple(t for t in row[:labels] if t) if r > header else (),
                    col_path=tuple(dict.fromkeys(t for t in column if t)) if c > labels else (),
                )
            )
    attributes = {"project": entry["project"]} if "project" in entry else {}
    kind = entry.get("kind", "other")
    return Table(name, entry["title"], kind, tuple(cells), len(rows), len(rows[0]), unit, attributes=attributes)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test that asks for a `case` on all of them."""
    if "case" in metafunc.fixturenames:
        cases = load_cases()
        metafunc.parametrize("case", cases, ids=[case.id for case in cases])


@pytest.fixture(scope="session")
def build_case() -> Callable[[dict[str, Any]], Case]:
    """Builder of a case from its entry."""
    return build


@pytest.fixture(scope="session")
def run_case() -> Callable[[Case], dict[str, list[str]]]:
    """Runner of a case: each figure's alignments as lines."""
    return run
