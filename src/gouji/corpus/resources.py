"""The grammar of generated reports, as data: causes, frames, forms, departments, styles (``resources/corpus``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from gouji.corpus.grammar import Choice, Maybe, Sequence_, Slot, parse
from gouji.errors import ResourceError
from gouji.resources.loading import read_yaml
from gouji.resources.wording import vocabularies


@dataclass(frozen=True)
class CorpusGrammar:
    """All five files; `frames`, `forms` and `departments` as they stand, `styles` with the defaults filled in.

    `weights` says how often each category of causes is chosen, `likely` how much more or less for a direction,
    `settings` for a kind of quantity.
    """

    parts: Mapping[str, tuple[str, ...]]
    causes: Mapping[str, tuple[str, ...]]
    directions: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]
    likely: Mapping[str, Mapping[str, float]]
    settings: Mapping[str, Mapping[str, float]]
    frames: Mapping[str, Any]
    forms: Mapping[str, Any]
    departments: Mapping[str, Any]
    styles: Mapping[str, Mapping[str, Any]]


@cache
def corpus_grammar() -> CorpusGrammar:
    """Load and check the grammar.

    Raises
    ------
    ResourceError
        If a template is not well formed, names an unknown part, or a category is unknown.
    """
    causes = read_yaml("corpus/causes.yaml", "gouji-corpus-causes/1")
    frames = read_yaml("corpus/frames.yaml", "gouji-corpus-frames/1")
    forms = read_yaml("corpus/forms.yaml", "gouji-corpus-forms/1")
    departments = read_yaml("corpus/departments.yaml", "gouji-corpus-departments/1")
    styles = read_yaml("corpus/styles.yaml", "gouji-corpus-styles/1")
    listed = causes["parts"] | forms["parts"]
    parts = {name: tuple(map(str, rows)) for name, rows in listed.items()}
    told = [causes["weights"], *causes["likely"].values(), *causes["settings"].values()]
    unknown = (set(causes["categories"]) | {code for row in told for code in row}) - set(vocabularies()["category"])
    if unknown:
        raise ResourceError(f"corpus/causes.yaml: no categories: {sorted(unknown)}")
    words = {f"@{key}" for kind in departments["kinds"] for key in kind if key not in ("id", "names", "main")}
    for rows in (*parts.values(), *causes["categories"].values()):
        for template in rows:
            _check(str(template), set(parts) | words)
    allowed = set(styles["defaults"]) | {"region"}
    for name, style in styles["styles"].items():
        if not set(style) <= allowed:
            raise ResourceError(f"corpus/styles.yaml: {name}: unknown keys {sorted(set(style) - allowed)}")
    return CorpusGrammar(
        MappingProxyType(parts),
        MappingProxyType({code: tuple(rows) for code, rows in causes["categories"].items()}),
        MappingProxyType({name: frozenset(rows) for name, rows in causes["directions"].items()}),
        MappingProxyType(causes["weights"]),
        MappingProxyType(causes["likely"]),
        MappingProxyType(causes["settings"]),
        MappingProxyType(frames | forms["frames"]),
        MappingProxyType(forms),
        MappingProxyType(departments),
        MappingProxyType({name: MappingProxyType(styles["defaults"] | own) for name, own in styles["styles"].items()}),
    )


def _check(template: str, known: set[str]) -> None:
    def names(nodes: Sequence_) -> list[str]:
        out: list[str] = []
        for node in nodes:
            if isinstance(node, Slot):
                out.append(node.name)
            elif isinstance(node, Maybe):
                out += names(node.inner)
            elif isinstance(node, Choice):
                out += [name for option in node.options for name in names(option)]
        return out

    unknown = [n for n in names(parse(template)) if n not in known and not n.startswith("#")]
    if unknown:
        raise ResourceError(f"corpus/causes.yaml: template {template!r}: unknown parts {unknown}")
