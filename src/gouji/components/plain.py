"""Typed objects as plain data and back, so that they travel with a spaCy `Doc` through bytes, files and processes."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from enum import Enum
from typing import Any

from gouji.model.facts import Base, Cause, Direction, Fact, Label, Measure, Mention
from gouji.model.spans import Span
from gouji.model.values import Kind, Value

Plain = dict[str, Any]


def plain(thing: Mention | Fact | Cause) -> Plain:
    """Plain data of a mention, fact or cause; what is not set is left out.

    Examples
    --------
    >>> plain(Cause("c1", "m2", ("f1",), ("policy",)))
    {'id': 'c1', 'span': 'm2', 'explains': ['f1'], 'categories': ['policy'], 'adequacy': 'specific', 'flags': []}
    """
    pairs = ((f.name, getattr(thing, f.name)) for f in fields(thing))
    return {name: _plain(value) for name, value in pairs if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Value):
        return [str(value.number), str(value.scale), value.decimals, value.kind.value, value.unit]
    if isinstance(value, tuple):
        return list(value)
    return value


def mention_of(data: Plain) -> Mention:
    """Make the mention again."""
    more = {"label": Label(data["label"]), "span": Span(*data["span"]), "local": Span(*data["local"])}
    return Mention(**{**data, **more, "value": _value(data.get("value")), "upper": _value(data.get("upper"))})


def _value(data: list[Any] | None) -> Value | None:
    if data is None:
        return None
    number, scale, decimals, kind, unit = data
    return Value(Decimal(number), Decimal(scale), decimals, Kind(kind), unit)


def fact_of(data: Plain) -> Fact:
    """Make the fact again."""
    more = {
        "path": tuple(data["path"]),
        "measure": Measure(data["measure"]),
        "base": Base(data["base"]),
        "direction": Direction(data["direction"]),
        "flags": tuple(data["flags"]),
        "sentence": Span(*data["sentence"]) if data.get("sentence") else None,
    }
    return Fact(**{"indicator": None, "period": None, **data, **more})


def cause_of(data: Plain) -> Cause:
    """Make the cause again."""
    return Cause(**{**data, **{name: tuple(data[name]) for name in ("explains", "categories", "flags")}})
