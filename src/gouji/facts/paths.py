"""The path of a fact: the chain of names a reader needs to tell its indicator from others, outermost first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.facts.tokens import LEVEL
from gouji.model.facts import Mention
from gouji.resources.gazetteer import gazetteer
from gouji.resources.lexicon import fold_marks

LEVELS = "类款项"


class Paths:
    """Names the paths of one document, with the levels and heads that stand above each indicator."""

    def __init__(self) -> None:
        self.levels: dict[str, str] = {}
        self.chains: dict[str, tuple[str, ...]] = {}

    def note(self, mention: Mention, surface: str, level: str) -> None:
        """Take note of an indicator in reading order; a 类 opens a chain, 款 and 项 continue it.

        Parameters
        ----------
        mention : Mention
        surface : str
            The mention as written.
        level : str
            类, 款 or 项, empty where none is written.
        """
        name = mention.name or surface
        parts = split_chain(surface) if "(" in surface else ()  # a chain has levels: 教育支出(类)
        if len(parts) > 1:
            self.levels = {kind: part for kind, part in parts if kind}
            self.chains[mention.id] = (*(part for _, part in parts[:-1]), name)
            return
        if level:
            depth = LEVELS.index(level)
            self.levels = {kind: held for kind, held in self.levels.items() if LEVELS.index(kind) < depth}
            above = tuple(self.levels[kind] for kind in LEVELS if kind in self.levels)
            self.levels[level] = name
            self.chains[mention.id] = (*above, name)
            return
        if mention.type == "function":
            self.chains[mention.id] = (*_ancestors(name), name)

    def of(
        self, indicator: Mention | None, name: str | None, parent: Mention | None, prefix: Sequence[str]
    ) -> tuple[str, ...]:
        """Path of a fact.

        Parameters
        ----------
        indicator : Mention or None
        name : str or None
            Name of a figure that has no indicator.
        parent : Mention or None
            Head of the list that the indicator stands in.
        prefix : sequence of str
            What leads every path of the passage.
        """
        if indicator is None:
            return (*prefix, name) if name else tuple(prefix)
        own = indicator.name or ""
        chain = self.chains.get(indicator.id)
        if chain is None:
            chain = (own,)
            if parent is not None and parent.name and parent.name != own and _belongs(indicator, parent):
                chain = (*self.chains.get(parent.id, (parent.name,)), own)
                self.chains[indicator.id] = chain
        return (*(p for p in prefix if p not in chain), *chain)


def split_chain(surface: str) -> list[tuple[str, str]]:
    """Levels and names of a chain written in one go; one pair without level where there is no chain.

    Examples
    --------
    >>> split_chain("教育支出（类）普通教育（款）小学教育（项）")
    [('类', '教育支出'), ('款', '普通教育'), ('项', '小学教育')]
    >>> split_chain("项目支出")
    [('', '项目支出')]
    """
    text = fold_marks("".join(surface.split()))
    out: list[tuple[str, str]] = []
    at = 0
    for level in LEVEL.finditer(text):
        name = re.sub(r"^[、，,及和\"]+|\"+$", "", text[at : level.start()])
        if name:
            out.append((level.group(2), name))
        at = level.end()
    rest = text[at:].strip('"')
    if rest and (out or not at):
        out.append(("", rest))
    return out


def _ancestors(name: str) -> tuple[str, ...]:
    """Names above a functional name, where its codes leave no choice of them."""
    entry = gazetteer().lookup(name)
    if entry is None:
        return ()
    chains = {tuple(a.name for a in gazetteer().ancestors(code)) for code in entry.codes if code.startswith("2")}
    return chains.pop() if len(chains) == 1 else ()


def _belongs(indicator: Mention, parent: Mention) -> bool:
    """Whether the head of a list leads the path of its parts: not the general total over a functional class."""
    return indicator.type == parent.type
