"""Every code of the contract has its Chinese word."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest
import yaml

from gouji.errors import ResourceError
from gouji.model.facts import Base, Direction, Label, Measure
from gouji.model.outcomes import Relation, Severity, Status
from gouji.model.values import Verdict
from gouji.resources import wording
from gouji.resources.wording import check_title, reason_words, vocabularies, word

ENUMS = {
    "label": Label,
    "measure": Measure,
    "base": Base,
    "direction": Direction,
    "relation": Relation,
    "verdict": Verdict,
    "status": Status,
    "severity": Severity,
}


@pytest.mark.parametrize(("vocabulary", "enum"), ENUMS.items(), ids=ENUMS)
def test_a_vocabulary_lists_exactly_the_codes_of_its_enumeration(vocabulary: str, enum: type[StrEnum]) -> None:
    assert list(vocabularies()[vocabulary]) == [str(code) for code in enum]


def test_types_and_categories_are_those_of_the_annotations(root: Path) -> None:
    labels = yaml.safe_load((root / "annotations" / "labels.yaml").read_text("utf-8"))
    assert list(vocabularies()["type"]) == labels["indicator_types"]
    assert list(vocabularies()["category"]) == labels["cause_categories"]


def test_words_within_a_vocabulary_differ() -> None:
    for name, words in vocabularies().items():
        assert len(set(words.values())) == len(words), name


def test_an_unknown_code_is_its_own_word() -> None:
    assert (word("measure", "new"), reason_words("new"), check_title("new")) == ("new", "new", "new")


def test_a_vocabulary_that_is_no_mapping_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = {"schema": "gouji-wording/1", "version": 1, "label": {"AMOUNT": ["金额"]}}
    monkeypatch.setattr(wording, "read_yaml", lambda *_: broken)
    with pytest.raises(ResourceError, match="'label'"):
        wording.vocabularies.__wrapped__()
