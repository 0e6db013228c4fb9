"""Names in ``concepts.yaml``: what the loader refuses, and who takes them."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from gouji.errors import ResourceError
from gouji.resources import concepts as module
from gouji.resources.concepts import FILE, SCHEMA, Concepts, concepts
from gouji.resources.loading import read_yaml

USERS = (
    ("align.yaml", "gouji-align/1", {"concepts": "quantities", "components": "quantities", "measures": "measures"}),
    (
        "checks.yaml",
        "gouji-checks/1",
        {"concepts": "quantities", "form_concepts": "quantities", "measures": "measures"},
    ),
)


@pytest.mark.parametrize(
    ("group", "row", "message"),
    [
        ("wanted", None, "expected the groups"),
        ("quantities", {"id": "another", "names": ["某支出"]}, "'another': expected the keys"),
        ("quantities", {"id": "another", "source": "公开01表", "names": []}, "'another': expected the keys"),
        ("measures", {"id": "actual", "source": "公开01表", "names": ["某数"]}, "'actual' is declared twice"),
        ("measures", {"id": "another", "source": "公开01表", "names": ["决算[金额]"]}, "already belongs to 'actual'"),
        ("funds", {"id": "another", "source": "公开01表", "names": ["财政[拨款"]}, "brackets"),
    ],
)
def test_content_is_refused_with_the_row_named(
    monkeypatch: pytest.MonkeyPatch, group: str, row: dict[str, Any] | None, message: str
) -> None:
    content = copy.deepcopy(read_yaml(FILE, SCHEMA))
    content.setdefault(group, []).append(row)
    monkeypatch.setattr(module, "read_yaml", lambda name, schema: content)
    with pytest.raises(ResourceError, match=message):
        concepts.__wrapped__()


def test_a_row_stands_for_its_own_id_or_for_what_it_lists() -> None:
    funds = concepts().funds
    assert funds.of({"id": "fiscal"}, FILE) == ("财政拨款",)
    assert funds.of({"id": "any", "of": ["fiscal"], "names": ["（财政）资金"]}, FILE) == ("财政拨款", "财政资金")
    assert funds.of({"id": "any", "names": ["财政资金"]}, FILE) == ("财政资金",)
    with pytest.raises(ResourceError, match=r"some\.yaml: 'any': concepts\.yaml has no 'any' among its funds"):
        funds.of({"id": "any"}, "some.yaml")


def test_every_concept_is_used() -> None:
    used: set[tuple[str, str]] = set()
    for file, schema, groups in USERS:
        content = read_yaml(file, schema)
        for group, kind in (*groups.items(), ("calibers", "funds")):
            used |= {(kind, id_) for row in content[group] for id_ in row.get("of", [row["id"]])}
    declared: Concepts = concepts()
    known = {
        (group.kind, id_) for group in (declared.quantities, declared.measures, declared.funds) for id_ in group.names
    }
    assert known - used == set()
