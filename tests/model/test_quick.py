"""Instances of quick dataclasses are those that `dataclass` alone would make."""

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from gouji.model.facts import Fact, Label, Measure, Mention
from gouji.model.quick import quick
from gouji.model.spans import Span


def test_fields_defaults_and_equality():
    by_place = Fact("f1", "m1", None, ("a",), Measure.ACTUAL, "2023")
    by_name = Fact(id="f1", figure="m1", indicator=None, path=("a",), measure=Measure.ACTUAL, period="2023", flags=())
    assert by_place == by_name
    assert hash(by_place) == hash(by_name)
    assert by_place.sentence is None
    assert replace(by_place, id="f2").id == "f2"


def test_copied_and_pickled_whole():
    mention = Mention("m1", Label.AMOUNT, Span(3, 5), "p1", Span(0, 2), rule="figure")
    assert pickle.loads(pickle.dumps(mention)) == mention  # noqa: S301
    assert copy.deepcopy(mention) == mention


def test_still_frozen_and_checked():
    span = Span(1, 2)
    with pytest.raises(FrozenInstanceError):
        span.start = 0
    with pytest.raises(ValueError, match="half-open"):
        Span(2, 1)
    with pytest.raises(TypeError):
        Span(1)


def test_signature_is_that_of_the_dataclass():
    @dataclass(frozen=True, slots=True)
    class Plain:
        a: int
        b: str = "x"

    before = str(inspect.signature(Plain))
    assert str(inspect.signature(quick(Plain))) == before


def test_default_factory_is_refused():
    with pytest.raises(TypeError, match="default factory"):

        @quick
        @dataclass(frozen=True, slots=True)
        class Listed:
            a: list[int] = field(default_factory=list)
