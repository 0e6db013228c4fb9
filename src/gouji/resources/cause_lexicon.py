"""Lexicon of causes (``causes.yaml``): cues, words that restate a change, list markers, and what is no cause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from types import MappingProxyType
from typing import Any

from gouji.errors import ResourceError
from gouji.resources.alternatives import FirstOf, any_of
from gouji.resources.beginnings import first_words, guarded
from gouji.resources.cue_finder import CueFinder
from gouji.resources.loading import read_yaml

FILE = "causes.yaml"
SCHEMA = "gouji-causes/1"
FIGURE, COUNT = "\ue000", "\ue001"  # what stands for the characters of an amount or a rate, and of a count
PUNCTUATION = {"comma": "，", "colon": "：", "figure": FIGURE, "count": COUNT}
SLOT = re.compile(r"\{([a-z]+)\}")
FORMS = ("prefix", "circumfix", "suffix")
HEADS = ("any", "state", "bare", "name")

PREFIX, OPENING, CLOSING, SO, COUNTED = "prefix", "opening", "closing", "so", "counted"  # groups of the finder

Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Cue:
    """What announces a cause.

    `pattern` begins at the cue's first character (for a circumfix at the opening, `close` being what stands
    after the cause). `head` says what may precede the cue in its clause: ``any``; ``state``: nothing, or only
    words that restate the change; ``bare``: at least one such word; ``name``: the name of what changed.
    """

    id: str
    form: str
    head: str
    confidence: float
    pattern: re.Pattern[str]
    close: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern, matched at the beginning of a clause."""

    id: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class CauseLexicon:
    """Everything of ``causes.yaml``, compiled.

    `state_words` finds the words a restating clause is made of, `core_words` are those among them that state a
    direction or an execution. `change` matches a change word right before a masked figure, `completion` a
    completion word some characters before one.
    """

    cues: tuple[Cue, ...]
    state_words: re.Pattern[str]
    core_words: frozenset[str]
    absent_words: frozenset[str]
    subjects: re.Pattern[str]
    change_words: tuple[str, ...]
    completion_words: tuple[str, ...]
    not_causes: tuple[Rule, ...]
    results: tuple[Rule, ...]
    further: dict[str, re.Pattern[str]]
    lists: tuple[Rule, ...]
    item_copula: re.Pattern[str]
    endings: re.Pattern[str]
    number: re.Pattern[str]
    dependent: re.Pattern[str]
    null_causes: frozenset[str]
    null_starts: tuple[re.Pattern[str], ...]
    skipped_sections: tuple[str, ...]
    cell_heads: tuple[str, ...]
    cell_rejects: tuple[str, ...]
    shortfall: re.Pattern[str]
    cell_measures: re.Pattern[str]
    reasons: tuple[str, ...]
    shapes: Mapping[str, re.Pattern[str]]

    @cached_property
    def _by_form(self) -> dict[str, tuple[Cue, ...]]:
        return {form: tuple(cue for cue in self.cues if cue.form == form) for form in FORMS}

    @cached_property
    def anywhere(self) -> re.Pattern[str]:
        """Every prefix cue that may stand anywhere in its clause, in one pattern: without it none needs to be tried."""
        return _union(cue for cue in self._by_form["prefix"] if cue.head == "any")

    @cached_property
    def finder(self) -> CueFinder:
        """Finder of prefix cues, of both halves of circumfixes, and of shapes that few clauses have."""
        circumfixes = self._by_form["circumfix"]
        groups = {
            PREFIX: [cue.pattern for cue in self._by_form["prefix"]],
            OPENING: [cue.pattern for cue in circumfixes],
            CLOSING: [cue.close or cue.pattern for cue in circumfixes],
            SO: [self.shapes["so"]],
            COUNTED: [self.shapes["count-compared"]],
        }
        return CueFinder(groups, {PREFIX}, FIGURE + COUNT)

    @cached_property
    def closings(self) -> dict[str, re.Pattern[str]]:
        """For each circumfix whose opening half may be left out, where its closing half may begin."""
        cues = (cue for cue in self._by_form["circumfix"] if cue.pattern.match("") is not None)
        return {cue.id: re.compile(f"(?={cue.close.pattern})") for cue in cues if cue.close is not None}

    @cached_property
    def framing(self) -> re.Pattern[str]:
        """Where the closing half of a circumfix may begin, or a circumfix that has none: without it there is none."""
        cues = self._by_form["circumfix"]
        return re.compile(f"(?={guarded('|'.join((cue.close or cue.pattern).pattern for cue in cues))})")

    @cached_property
    def reason_is(self) -> re.Pattern[str]:
        """The cue that names a reason as such."""
        return next((cue.pattern for cue in self._by_form["prefix"] if cue.id == "reason-is"), re.compile("(?!)"))

    @cached_property
    def any_prefix(self) -> FirstOf:
        """Every prefix cue, in one pattern."""
        return FirstOf([cue.pattern for cue in self._by_form["prefix"]])

    @cached_property
    def any_list(self) -> FirstOf:
        """Every list marker, in one pattern."""
        return FirstOf([rule.pattern for rule in self.lists])

    @cached_property
    def any_result(self) -> FirstOf:
        """Every repetition of a result, in one pattern."""
        return FirstOf([rule.pattern for rule in self.results])

    @cached_property
    def any_frame(self) -> FirstOf:
        """Every opening half of a circumfix that may not be left out, in one pattern."""
        return FirstOf([cue.pattern for cue in self._by_form["circumfix"] if cue.id not in self.closings])

    @cached_property
    def any_suffix(self) -> FirstOf:
        """Every suffix cue, in one pattern."""
        return FirstOf([cue.pattern for cue in self._by_form["suffix"]])

    @cached_property
    def any_null(self) -> FirstOf:
        """Every beginning of a null cause, in one pattern."""
        return FirstOf(self.null_starts)

    def any_not_cause(self, only: frozenset[str] | None) -> FirstOf:
        """Every pattern of what is no cause, or those with the ids of `only`, in one."""
        known = self._not_causes.get(only)
        if known is None:
            patterns = [rule.pattern for rule in self.not_causes if only is None or rule.id in only]
            known = self._not_causes[only] = FirstOf(patterns)
        return known

    @cached_property
    def _not_causes(self) -> dict[frozenset[str] | None, FirstOf]:
        return {}

    def of_form(self, form: str) -> tuple[Cue, ...]:
        """Cues of one form, in the order of the file."""
        return self._by_form[form]


@cache
def cause_lexicon() -> CauseLexicon:
    """Load the lexicon of causes.

    Raises
    ------
    ResourceError
        If a row has an unknown or missing key, an id or word stands twice, a slot is unknown, or a pattern is
        not a regular expression or matches the empty string.
    """
    return build(read_yaml(FILE, SCHEMA))


def build(content: dict[str, Any]) -> CauseLexicon:
    """Compile and check the content of the file."""
    known = {"schema", "version", *CauseLexiconKeys}
    if set(content) != known:
        raise ResourceError(f"{FILE}: keys differ from the expected ones: {sorted(set(content) ^ known)}")
    slots = {name: _words(name, words) for name, words in content["slots"].items()}
    state = {name: _words(f"state.{name}", words) for name, words in content["state"].items()}
    unknown = set(content["state_core"]) - set(state)
    if unknown:
        raise ResourceError(f"{FILE}: state_core: no such group: {sorted(unknown)}")
    core = frozenset(word for group in content["state_core"] for word in state[group])
    cells = content["cell_columns"]
    return CauseLexicon(
        cues=_cues(content["cues"], slots),
        state_words=re.compile(guarded(rf"\d+年(?:度|初|末|底)?|{any_of(sum(state.values(), ()))}")),
        core_words=core,
        absent_words=frozenset(state["unplanned"]),
        subjects=re.compile(any_of(state["subject"])),
        change_words=_words("change_words", content["change_words"]),
        completion_words=_words("completion_words", content["completion_words"]),
        not_causes=_rules("not_causes", content["not_causes"], slots),
        results=_rules("results", content["results"], slots),
        further={name: re.compile(any_of(_words(name, words))) for name, words in content["further"].items()},
        lists=_rules("lists", content["lists"], slots),
        item_copula=_compile("item_copula", content["item_copula"], slots),
        endings=_compile("endings", content["endings"], slots),
        number=re.compile("[一二两三四五六七八2-8](?=个|点|方面|条|项|大|种|因|$)"),
        dependent=_compile("dependent", content["dependent"], slots),
        null_causes=frozenset(_words("null_causes", content["null_causes"])),
        null_starts=tuple(_compile("null_starts", p, slots) for p in content["null_starts"]),
        skipped_sections=_words("skipped_sections", content["skipped_sections"]),
        cell_heads=_words("cell_columns.head", cells["head"]),
        cell_rejects=_words("cell_columns.reject", cells["reject"]),
        shortfall=_compile("shortfall", content["shortfall"], slots),
        cell_measures=re.compile(any_of(_words("cell_measures", content["cell_measures"]))),
        reasons=slots["reason"],
        shapes=MappingProxyType({rule.id: rule.pattern for rule in _rules("shapes", content["shapes"], slots)}),
    )


CauseLexiconKeys = (
    "slots", "cues", "state", "state_core", "change_words", "completion_words", "not_causes", "results", "further",
    "lists", "endings", "item_copula", "dependent", "null_causes", "null_starts",
    "skipped_sections", "cell_columns", "shortfall", "cell_measures", "shapes",
)  # fmt: skip


def _union(cues: Iterable[Cue]) -> re.Pattern[str]:
    """One pattern that matches wherever one of the cues does: the first of them that does there.

    Cues in a row of which the beginning can be told are guarded together.
    """
    rows = groupby((cue.pattern.pattern for cue in cues), key=lambda pattern: first_words(pattern) is not None)
    sources = (guarded("|".join(f"(?:{pattern})" for pattern in row)) for _, row in rows)
    return re.compile("|".join(f"(?:{source})" for source in sources) or "(?!)")


def _words(name: str, words: object) -> tuple[str, ...]:
    if not isinstance(words, list) or not words or not all(isinstance(w, str) and w for w in words):
        raise ResourceError(f"{FILE}: {name}: expected a list of words")
    twice = sorted({w for w in words if words.count(w) > 1})
    if twice:
        raise ResourceError(f"{FILE}: {name}: stands twice: {twice}")
    return tuple(words)


def _compile(name: str, pattern: str, slots: dict[str, tuple[str, ...]], empty: bool = False) -> re.Pattern[str]:
    def fill(match: re.Match[str]) -> str:
        slot = match[1]
        if slot in PUNCTUATION:
            return PUNCTUATION[slot]
        if slot not in slots:
            raise ResourceError(f"{FILE}: {name}: unknown slot {{{slot}}}")
        return any_of(slots[slot])

    try:
        compiled = re.compile(guarded(SLOT.sub(fill, pattern)))
    except re.error as err:
        raise ResourceError(f"{FILE}: {name}: {pattern!r} is no pattern ({err})") from err
    if not empty and compiled.match(""):
        raise ResourceError(f"{FILE}: {name}: {pattern!r} matches the empty string")
    return compiled


def _keys(name: str, row: dict[str, str], wanted: set[str]) -> None:
    if set(row) != wanted:
        raise ResourceError(f"{FILE}: {name} {row.get('id')!r}: keys are {sorted(row)}, expected {sorted(wanted)}")


def _unique(name: str, rows: Rows) -> None:
    ids = [row.get("id", "") for row in rows]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise ResourceError(f"{FILE}: {name}: id stands twice: {twice}")


def _rules(name: str, rows: Rows, slots: dict[str, tuple[str, ...]]) -> tuple[Rule, ...]:
    _unique(name, rows)
    for row in rows:
        _keys(name, row, {"id", "source", "pattern"})
    return tuple(Rule(row["id"], _compile(f"{name} {row['id']}", row["pattern"], slots)) for row in rows)


def _cues(rows: Rows, slots: dict[str, tuple[str, ...]]) -> tuple[Cue, ...]:
    _unique("cues", rows)
    out = []
    for row in rows:
        name = f"cue {row.get('id')!r}"
        circumfix = row.get("form") == "circumfix"
        patterns = {"open", "close"} if circumfix else {"pattern"}
        _keys("cue", row, {"id", "form", "head", "confidence", "source"} | patterns)
        if row["form"] not in FORMS or row["head"] not in HEADS:
            raise ResourceError(f"{FILE}: {name}: form is {row['form']!r}, head is {row['head']!r}")
        if circumfix:
            pattern = _compile(name, row["open"], slots, empty=bool(row["close"]))
            close = _compile(name, row["close"], slots) if row["close"] else None
        else:
            pattern, close = _compile(name, row["pattern"], slots, empty=row["pattern"].startswith("(?=")), None
        out.append(Cue(row["id"], row["form"], row["head"], float(row["confidence"]), pattern, close))
    return tuple(out)
