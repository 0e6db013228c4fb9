"""Templates of generated text: choices, optional stretches, parts and slots.

``(this|that)`` is one of several, ``[maybe]`` stands or not, ``{part}`` is a part or a slot. Brackets of the text
itself are full width and mean nothing here.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from gouji.errors import ResourceError

PAIRED = 0.12  # how often a word of the department is two of them
JOINED = ("、", "、", "和", "及", "与")


@dataclass(frozen=True, slots=True)
class Slot:
    """Something that is filled in later."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several stretches."""

    options: tuple[Sequence_, ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """A stretch that stands or not."""

    inner: Sequence_


Node = str | Slot | Choice | Maybe
Sequence_ = tuple[Node, ...]


@cache
def parse(template: str) -> Sequence_:
    """Read a template.

    Raises
    ------
    ResourceError
        If a bracket is not closed or stands alone.

    Examples
    --------
    >>> parse("(a|b)[c]{d}")
    (Choice(options=(('a',), ('b',))), Maybe(inner=('c',)), Slot(name='d'))
    """
    nodes, at = _sequence(template, 0, "")
    if at != len(template):
        raise ResourceError(f"template {template!r}: {template[at]!r} at {at} closes nothing")
    return nodes


def _sequence(template: str, at: int, closing: str) -> tuple[Sequence_, int]:
    nodes: list[Node] = []
    text: list[str] = []

    def flush() -> None:
        if text:
            nodes.append("".join(text))
            text.clear()

    while at < len(template) and template[at] not in closing:
        char = template[at]
        if char in "([{":
            flush()
            node, at = _BRACKETS[char](template, at + 1)
            nodes.append(node)
        elif char in ")]}":
            break
        else:
            text.append(char)
            at += 1
    flush()
    return tuple(nodes), at


def _closed(template: str, at: int, mark: str) -> int:
    if template[at : at + 1] != mark:
        raise ResourceError(f"template {template!r}: no {mark!r} at {at}")
    return at + 1


def _choice(template: str, at: int) -> tuple[Node, int]:
    options: list[Sequence_] = []
    while True:
        inner, at = _sequence(template, at, "|)")
        options.append(inner)
        if template[at : at + 1] != "|":
            return Choice(tuple(options)), _closed(template, at, ")")
        at += 1


def _maybe(template: str, at: int) -> tuple[Node, int]:
    inner, at = _sequence(template, at, "]")
    return Maybe(inner), _closed(template, at, "]")


def _slot(template: str, at: int) -> tuple[Node, int]:
    end = template.find("}", at)
    if end <= at:
        raise ResourceError(f"template {template!r}: empty or open slot at {at}")
    return Slot(template[at:end]), end + 1


_BRACKETS = {"(": _choice, "[": _maybe, "{": _slot}


class Expander:
    """Chooses its way through templates.

    Parameters
    ----------
    chance : random.Random
    parts : mapping of str to sequence of str
        Templates by the name of the part; ``@word`` are those of the department.
    directions : mapping of str to set of str
        Words that tell ``increase`` and ``decrease``.
    """

    def __init__(
        self,
        chance: random.Random,
        parts: Mapping[str, Sequence[str]],
        directions: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> None:
        self.chance = chance
        self.parts = parts
        self.directions = directions

    def expand(self, template: str, direction: str = "none") -> list[str | Slot]:
        """Text of a template, and the slots that no part fills.

        Parameters
        ----------
        template : str
        direction : str
            ``increase`` or ``decrease``: of words that tell a direction only those that fit are chosen.
        """
        out: list[str | Slot] = []
        self._nodes(parse(template), direction, out)
        return out

    def _nodes(self, nodes: Sequence_, direction: str, out: list[str | Slot]) -> None:
        for node in nodes:
            if isinstance(node, str):
                out.append(node)
            elif isinstance(node, Maybe):
                if self.chance.random() < 0.5:
                    self._nodes(node.inner, direction, out)
            elif isinstance(node, Choice):
                self._nodes(self.chance.choice(self._fitting(node.options, direction)), direction, out)
            elif node.name in self.parts:
                self._part(node.name, direction, out)
                if node.name.startswith("@") and self.chance.random() < PAIRED:
                    out.append(self.chance.choice(JOINED))
                    self._part(node.name, direction, out)
            else:
                out.append(node)

    def _part(self, name: str, direction: str, out: list[str | Slot]) -> None:
        options = tuple(parse(t) for t in self.parts[name])
        self._nodes(self.chance.choice(self._fitting(options, direction)), direction, out)

    def _fitting(self, options: tuple[Sequence_, ...], direction: str) -> tuple[Sequence_, ...]:
        """Leave out options that tell the other direction, where some tell this one."""
        right = self.directions.get(direction, frozenset())
        words = ["".join(n for n in option if isinstance(n, str)) for option in options]
        if not any(w in right for w in words):
            return options
        wrong = frozenset().union(*(told for name, told in self.directions.items() if name != direction))
        return tuple(o for o, w in zip(options, words, strict=True) if w not in wrong)


def plain(pieces: Sequence[str | Slot]) -> str:
    """Text of pieces without slots."""
    return "".join(p for p in pieces if isinstance(p, str))
