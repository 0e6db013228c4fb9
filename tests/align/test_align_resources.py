"""The loaders of ``align.yaml`` and ``relations.yaml``: what they refuse."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from gouji.align.quantity import read_name
from gouji.errors import ResourceError
from gouji.resources import alignment, relations
from gouji.resources.loading import read_yaml

TERMS = read_yaml("align.yaml", "gouji-align/1")
RELATIONS = read_yaml("relations.yaml", "gouji-relations/1")


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("wanted",), {}, "expected the groups"),
        (("concepts", 0, "wanted"), 1, "expected the keys"),
        (("concepts", 0, "caliber"), "all", "expected 'own'"),
        (("concepts", 1, "of"), ["grand_total"], "already belongs to 'grand_total'"),
        (("concepts", 1, "of"), ["nothing"], "has no 'nothing' among its quantities"),
        (("concepts", 1, "id"), "grand_total", "'grand_total' stands twice"),
        (("measures", 0, "of"), ["score"], "already belongs to"),
        (("tails", "words"), [], "expected a list of words"),
        (("calibers", 1, "of"), ["general"], "already belongs to"),
        (("reasons", 0, "id"), "no_table", "stands twice"),
    ],
)
def test_terms_are_refused_with_the_entry_named(
    monkeypatch: pytest.MonkeyPatch, path: tuple[str | int, ...], value: Any, message: str
) -> None:
    content = changed(TERMS, path, value)
    monkeypatch.setattr(alignment, "read_yaml", lambda name, schema: content)
    with pytest.raises(ResourceError, match=message):
        alignment.align_terms.__wrapped__()


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("wanted",), {}, "expected the groups"),
        (("sums", 0, "id"), "cars", "stands twice"),
        (("sums", 0, "wanted"), 1, "expected the keys"),
        (("sums", 0, "whole"), "income@nobody", "expected concept@fund/part"),
        (("differences", 0, "minuend"), "expenditure/half", "expected concept@fund/part"),
    ],
)
def test_relations_are_refused_with_the_entry_named(
    monkeypatch: pytest.MonkeyPatch, path: tuple[str | int, ...], value: Any, message: str
) -> None:
    content = changed(RELATIONS, path, value)
    monkeypatch.setattr(relations, "read_yaml", lambda name, schema: content)
    with pytest.raises(ResourceError, match=message):
        relations.relations.__wrapped__()


def test_every_term_of_a_relation_is_a_concept_or_a_name_as_it_is_read() -> None:
    declared = relations.relations()
    terms = [term for relation in declared.sums for term in (relation.whole, *relation.parts, *relation.optional)]
    terms += [t for r in declared.differences for t in (r.result, r.minuend, *r.subtrahends)]
    terms += [term for relation in declared.averages for term in (relation.amount, relation.number)]
    concepts = set(alignment.align_terms().concept_of.values())
    assert [term.core for term in terms if term.core not in concepts and read_name(term.core).core != term.core] == []


def changed(content: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """Copy of a resource with one value set."""
    copied = copy.deepcopy(content)
    at: Any = copied
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return copied
