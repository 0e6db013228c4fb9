"""Channels, templates and labels of the character tagger (``crf.yaml``)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

from gouji.errors import ResourceError
from gouji.model.facts import Label
from gouji.resources.alternatives import any_of
from gouji.resources.loading import read_text, read_yaml

FILE = "crf.yaml"
SCHEMA = "gouji-crf/1"
PART = re.compile(r"([a-z]+)([+-]\d)")
LARGEST = 2**62  # a feature is one whole number of 63 bits

Part = tuple[str, int]
"""A channel and the distance of the unit that it is read at."""


@dataclass(frozen=True)
class CrfTemplates:
    """The content of the file.

    `channels` holds for each channel the number of its values; `templates` the parts of every template, in order;
    `groups` the place of the templates of each group; `label_sets` what may be tagged;
    `behind` and `before` find the places inside a clause where an explanation may begin and end, `never_first` the
    words that none begins with; `sha256` is that of the file.
    """

    feature_version: int
    channels: Mapping[str, int]
    templates: tuple[tuple[Part, ...], ...]
    groups: Mapping[str, tuple[int, ...]]
    label_sets: Mapping[str, tuple[str, ...]]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    never_first: re.Pattern[str]
    sha256: str

    def places(self, leaving_out: Collection[str]) -> tuple[int, ...]:
        """Places of all templates but those of some groups."""
        return tuple(at for group, places in self.groups.items() if group not in leaving_out for at in places)

    @cached_property
    def reach(self) -> int:
        """How far, in units, a template looks at most."""
        return max(abs(distance) for template in self.templates for _, distance in template)


@cache
def crf_templates() -> CrfTemplates:
    """Load the templates.

    Raises
    ------
    ResourceError
        If a template names an unknown channel, is not written as expected, or stands twice.
    """
    digest = hashlib.sha256(read_text(FILE).encode()).hexdigest()
    return build(read_yaml(FILE, SCHEMA), digest)


def build(content: dict[str, Any], digest: str) -> CrfTemplates:
    """Check the content of the file."""
    wanted = {"schema", "version", "feature_version", "label_sets", "borders", "channels", "templates"}
    if set(content) != wanted:
        raise ResourceError(f"{FILE}: unexpected keys: {sorted(set(content) ^ wanted)}")
    channels = {str(name): int(size) for name, size in content["channels"].items()}
    templates: list[tuple[Part, ...]] = []
    groups: dict[str, tuple[int, ...]] = {}
    for group, rows in content["templates"].items():
        first = len(templates)
        templates += [_template(row, channels) for row in rows]
        groups[group] = tuple(range(first, len(templates)))
    if len(set(templates)) < len(templates):
        raise ResourceError(f"{FILE}: a template stands twice")
    labels = {name: tuple(listed) for name, listed in content["label_sets"].items()}
    unknown = {label for listed in labels.values() for label in listed} - {str(label) for label in Label}
    if unknown:
        raise ResourceError(f"{FILE}: label_sets: unknown labels {sorted(unknown)}")
    return CrfTemplates(
        int(content["feature_version"]),
        MappingProxyType(channels),
        tuple(templates),
        MappingProxyType(groups),
        MappingProxyType(labels),
        re.compile(any_of(content["borders"]["behind"])),
        re.compile(any_of(content["borders"]["before"])),
        re.compile(any_of(content["borders"]["never_first"])),
        digest,
    )


def _template(row: list[str], channels: dict[str, int]) -> tuple[Part, ...]:
    parts: list[Part] = []
    size = 1
    for written in row:
        match = PART.fullmatch(written)
        if match is None or match[1] not in channels:
            raise ResourceError(f"{FILE}: template {row}: {written!r} is no channel with a distance")
        parts.append((match[1], int(match[2])))
        size *= channels[match[1]]
    if size > LARGEST:
        raise ResourceError(f"{FILE}: template {row}: too many values for one number")
    return tuple(parts)


def span_labels(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Labels of single units, ``O`` first.

    Examples
    --------
    >>> span_labels(("CAUSE",))
    ('O', 'B-CAUSE', 'I-CAUSE', 'E-CAUSE', 'S-CAUSE')
    """
    return ("O", *(f"{place}-{kind}" for kind in kinds for place in "BIES"))
