"""Categories of invented explanations of many kinds of department (``annotations/phrases/categories.tsv``)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gouji.facts.categories import classify
from gouji.model.facts import Direction
from gouji.resources.wording import vocabularies

PHRASES = Path(__file__).parents[2] / "annotations" / "phrases" / "categories.tsv"
Row = dict[str, str]


def rows() -> list[Row]:
    with PHRASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


def right(row: Row) -> bool:
    return classify(row["text"], [Direction(row["direction"])])[0] == row["categories"].split()[0]


def test_the_table_holds_every_category_and_no_phrase_twice() -> None:
    found = rows()
    assert {code for r in found for code in r["categories"].split()} == set(vocabularies()["category"])
    assert len({r["text"] for r in found}) == len(found) == 661


@pytest.mark.parametrize(("part", "floor"), [("first", 0.96), ("second", 0.88), ("held", 0.86), ("free", 0.96)])
def test_main_categories_of_the_phrases(part: str, floor: float) -> None:
    chosen = [r for r in rows() if r["part"] == part]
    assert sum(map(right, chosen)) / len(chosen) >= floor


def test_no_category_is_lost() -> None:
    for code in set(vocabularies()["category"]) - {"other"}:
        chosen = [r for r in rows() if r["categories"].split()[0] == code]
        assert sum(map(right, chosen)) / len(chosen) >= 0.6, code
