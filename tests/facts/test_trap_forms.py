"""Numbers that are no figures, forms of amounts, rates: whole readings of every row A 1 to C 50 of the traps."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.extract import extract
from gouji.facts import assemble
from gouji.model.facts import Fact, Mention
from gouji.readers.txt import document_of

FILE = Path(__file__).parent.parent / "cases" / "traps.yaml"
MARK = re.compile(r"\[\[(?P<head>[^\[\]|]+)\|(?P<surface>[^\[\]|]+)(?:\|(?P<fact>[^\[\]|]+))?\]\]")
LETTERS = {"AMOUNT": "A", "RATE": "R", "QUANTITY": "Q", "INDICATOR": "I", "CAUSE": "C"}
ROWS = yaml.safe_load(FILE.read_text("utf-8"))["cases"]
Row = tuple[int, str, str, str | None]


def unmarked(marked: str) -> tuple[str, list[Row]]:
    """Take the marks out of a text: where each begins, what it says, its text and its fact."""
    text, at = "", 0
    rows: list[Row] = []
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        rows.append((len(text), match["head"], match["surface"], match["fact"]))
        text += match["surface"]
        at = match.end()
    text += marked[at:]
    if "[[" in text or "]]" in text:
        raise ValueError(f"a mark is not closed: {text}")
    return text, rows


def shown(mention: Mention, fact: Fact | None, text: str) -> Row:
    """Write a mention and its fact as the cases do."""
    letter = LETTERS[mention.label.value]
    if mention.value is None:
        head = f"{letter} {mention.type}"
    else:
        upper = f"..{mention.upper.canonical:f}" if mention.upper else ""
        approx = f":{mention.approx}" if mention.approx else ""
        head = f"{letter} {mention.value.canonical:f}{upper} {mention.value.unit}{approx}"
    surface = text[mention.span.start : mention.span.end]
    return mention.span.start, head, surface, None if fact is None else stated(fact)


def stated(fact: Fact) -> str:
    """Write a fact as the cases do."""
    words = [fact.measure.value, *(word.value for word in (fact.base, fact.direction) if word.value != "none")]
    words.append(f"@{fact.path[-1] if fact.path else ''}")
    words += [f"of={fact.of}"] if fact.of else []
    words += [f"flags={','.join(fact.flags)}"] if fact.flags else []
    return " ".join(words)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_reads_everything_that_is_marked_and_nothing_else(row: dict[str, Any]) -> None:
    text, expected = unmarked(row["text"])
    document = replace(document_of(text, row["id"], "0" * 64), fiscal_year=2022)
    mentions = extract(document)
    facts = {fact.figure: fact for fact in assemble(document, mentions)[0]}
    assert [shown(m, facts.get(m.id), text) for m in mentions] == expected


def test_every_row_has_a_case() -> None:
    assert {int(row["id"].split("-")[1]) for row in ROWS} == set(range(1, 51))
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def test_a_mark_left_open_is_an_error() -> None:
    with pytest.raises(ValueError, match="not closed"):
        unmarked("支出[[A 1 元|1元")
