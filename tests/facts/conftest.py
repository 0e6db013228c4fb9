"""Invented clauses with the facts that they state, written in ``tests/cases/facts*.yaml``.

Marks, which may nest inside a cause:

* ``{公务接待费|#three_public}`` an indicator with its type; ``{接待费=公务接待费|#three_public}`` with its canonical
name;
* ``{人员增加|!}`` a cause;
* ``{5万元|change prior_year decrease @公务接待费 of=收入合计 flags=residue rule=change}`` a figure and its fact:
measure, then base,
  direction, ``@`` with the last name of the path (alone: no name at all), and what else differs from the defaults of
  the case; ``{11个|nofact}`` a figure that has none.

Defaults: base and direction none, the period that of the case (2022), the name that the case gives as ``indicator``,
the base period the year before for ``prior_year``. A line that begins with ``#`` is a heading. Cases are read
strictly: a mark left open or an unknown word fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.model.document import Document, Passage, PassageKind, Section
from gouji.model.facts import Base, Direction, Fact, Label, Measure, Mention
from gouji.model.spans import OffsetMap, Span
from gouji.model.values import Kind, Value
from gouji.text.parsing import parse_figure

FILES = ("facts.yaml", "facts_traps.yaml", "facts_lists.yaml", "facts_values.yaml", "facts_bases.yaml")
FOLDER = Path(__file__).parent.parent / "cases"
KEYS = {"id", "text", "indicator", "year"}
EXTRAS = {"of", "period", "base_period", "flags", "rule"}
LABELS = {Kind.MONEY: Label.AMOUNT, Kind.RATE: Label.RATE}


@dataclass(frozen=True)
class Expected:
    """A whole fact, as a reader would check it; `rule` is compared only where a case names it."""

    figure: str
    name: str
    measure: str
    base: str
    direction: str
    of: str | None
    period: str | None
    base_period: str | None
    flags: tuple[str, ...]
    rule: str = ""


@dataclass(frozen=True)
class Case:
    """A document of a few lines, its mentions and all of its facts."""

    id: str
    document: Document
    mentions: tuple[Mention, ...]
    expected: tuple[Expected, ...]


@dataclass
class _Builder:
    """Text and marks of a case so far."""

    row: dict[str, Any]
    text: str = ""
    mentions: list[tuple[int, int, str]] = field(default_factory=list)


def load_cases(name: str) -> list[Case]:
    """Read the cases of one file below ``tests/cases``."""
    rows = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    if not rows:
        raise ValueError(f"{name}: no cases")
    cases = [build(row) for row in rows]
    ids = [case.id for case in cases]
    if len(set(ids)) != len(ids):
        raise ValueError(f"{name}: ids that stand twice: {sorted({i for i in ids if ids.count(i) > 1})}")
    return cases


def build(row: dict[str, Any]) -> Case:
    """Build one case."""
    if not {"id", "text"} <= set(row) <= KEYS:
        raise ValueError(f"case {row.get('id')}: keys are {sorted(row)}")
    builder = _Builder(row)
    _parse(builder, row["text"].strip("\n"))
    year = row.get("year", 2022)
    passages, sections = _passages(builder.text)
    mentions, expected = [], []
    for start, end, spec in sorted(builder.mentions):
        passage = next(p for p in passages if p.span.contains(Span(start, end)))
        mention = _mention(f"m{len(mentions) + 1}", builder.text[start:end], Span(start, end), passage, spec)
        mentions.append(mention)
        if mention.value is not None and spec != "nofact":
            expected.append(_expected(row, builder.text[start:end], spec, year))
    document = Document(
        row["id"], "0" * 64, "text/plain", builder.text, sections=sections, passages=passages, fiscal_year=year
    )
    if not any(m.value is not None for m in mentions):
        raise ValueError(f"case {row['id']}: no figure is marked")
    return Case(row["id"], document, tuple(mentions), tuple(expected))


def _parse(builder: _Builder, text: str) -> None:
    """Take the marks out of a text; they may nest."""
    open_marks: list[int] = []
    at = 0
    while at < len(text):
        if text[at] == "{":
            open_marks.append(len(builder.text))
        elif text[at] == "|":
            end = text.find("}", at)
            if not open_marks or end < 0 or "{" in text[at:end]:
                raise ValueError(f"case {builder.row['id']}: a mark is not closed at {text[at : at + 20]!r}")
            spec, start = text[at + 1 : end], open_marks.pop()
            if spec.startswith("#") and "=" in builder.text[start:]:
                surface, name = builder.text[start:].split("=")
                builder.text = builder.text[:start] + surface
                spec += f" {name}"
            builder.mentions.append((start, len(builder.text), spec))
            at = end
        elif text[at] == "}":
            raise ValueError(f"case {builder.row['id']}: a mark without its word at {text[at : at + 20]!r}")
        else:
            builder.text += text[at]
        at += 1
    if open_marks:
        raise ValueError(f"case {builder.row['id']}: a mark is left open")


def _passages(text: str) -> tuple[tuple[Passage, ...], tuple[Section, ...]]:
    passages: list[Passage] = []
    sections: list[Section] = []
    at = 0
    for line in text.split("\n"):
        heading = line.startswith("#")
        if heading:
            sections.append(Section(f"s{len(sections) + 1}", line.lstrip("# "), 1, at, len(text)))
        kind = PassageKind.HEADING if heading else PassageKind.PARAGRAPH
        section = sections[-1].id if sections else None
        passages.append(
            Passage(f"p{len(passages) + 1}", kind, line, OffsetMap.identity(len(line), at), section=section)
        )
        at += len(line) + 1
    return tuple(passages), tuple(sections)


def _mention(id_: str, surface: str, span: Span, passage: Passage, spec: str) -> Mention:
    local = passage.offsets.to_target(span)
    if spec == "!":
        return Mention(id_, Label.CAUSE, span, passage.id, local)
    if spec.startswith("#"):
        kind, _, name = spec[1:].partition(" ")
        return Mention(id_, Label.INDICATOR, span, passage.id, local, type=kind, name=name or surface)
    value: Value | None = parse_figure(surface)
    if value is None:
        raise ValueError(f"{surface!r} is no figure")
    return Mention(id_, LABELS.get(value.kind, Label.QUANTITY), span, passage.id, local, value=value)


def _expected(row: dict[str, Any], surface: str, spec: str, year: int) -> Expected:
    words = spec.split()
    measure = Measure(words[0])
    found: dict[str, str] = {}
    base, direction, name = Base.NONE, Direction.NONE, row.get("indicator")
    for word in words[1:]:
        if word.startswith("@"):
            name = word[1:]
        elif re.fullmatch(r"\w+=\S*", word):
            key, _, value = word.partition("=")
            if key not in EXTRAS:
                raise ValueError(f"case {row['id']}: unknown key {key!r}")
            found[key] = value
        elif word in set(Direction):
            direction = Direction(word)
        else:
            base = Base(word)
    if name is None:
        raise ValueError(f"case {row['id']}: {surface} has no name and the case gives none")
    before = str(year - 1) if base is Base.PRIOR_YEAR else None
    return Expected(
        surface,
        name,
        measure,
        base,
        direction,
        found.get("of"),
        found.get("period", str(year)),
        found.get("base_period", before),
        tuple(f for f in found.get("flags", "").split(",") if f),
        found.get("rule", ""),
    )


def shown(fact: Fact, mentions: tuple[Mention, ...], text: str, *, rule: bool) -> Expected:
    """Write a fact as cases do."""
    figure = next(m for m in mentions if m.id == fact.figure)
    return Expected(
        text[figure.span.start : figure.span.end],
        fact.path[-1] if fact.path else "",
        fact.measure,
        fact.base,
        fact.direction,
        fact.of,
        fact.period,
        fact.base_period,
        fact.flags,
        fact.rule if rule else "",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that asks for `fact_case` every case of every file."""
    if "fact_case" in metafunc.fixturenames:
        cases = [case for name in FILES for case in load_cases(name)]
        metafunc.parametrize("fact_case", cases, ids=[case.id for case in cases])


@pytest.fixture(scope="session")
def build_case() -> Callable[[dict[str, Any]], Case]:
    """Build one case from its row."""
    return build


@pytest.fixture(scope="session")
def all_cases() -> list[Case]:
    """All cases of all files."""
    return [case for name in FILES for case in load_cases(name)]


@pytest.fixture(scope="session")
def show() -> Callable[..., Expected]:
    """Write a fact as cases do."""
    return shown
