"""The lexicon of facts: which words make which typed token (``lexicon.yaml``).

`Lexicon.pattern` finds the forms of a text, leftmost longest, and in the same pass the years and the punctuation;
`Lexicon.by_form` has the rows that a form may be. A row may ask for what must follow it at once (``next``); rows with
such a condition come before those without. `Lexicon.ending` and `Lexicon.opening` ask the same of an indicator's name,
`Lexicon.holds` of a heading or a column as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from gouji.errors import ResourceError
from gouji.model.facts import Base, Direction, Measure
from gouji.resources.alternatives import any_of, branches
from gouji.resources.loading import read_yaml
from gouji.resources.names import expand

FILE = "lexicon.yaml"
SCHEMA = "gouji-lexicon/1"

BARE_BUDGET = "budget"
"""Value of a budget word that does not say which budget; the document decides."""

_PLAIN_KINDS = """
    mask compare compare_other compared share complete multiple share_name score max_score remainder_other gap
    from each parts join break
    whole_any structure structure_listed target_place actual_place planned carried_out name_lead name_trail generic
"""
VALUES: dict[str, frozenset[str] | None] = {
    "direction": frozenset(Direction),
    "extent": frozenset({Direction.INCREASE, Direction.DECREASE}),
    "fromto": frozenset(Direction),
    "comparison": frozenset(Base),
    "qualifier": frozenset({"", Base.OTHER_YEAR}),
    "budget": frozenset({Measure.INITIAL_BUDGET, Measure.ADJUSTED_BUDGET, BARE_BUDGET}),
    "funds": frozenset({Measure.INITIAL_BUDGET, Measure.ADJUSTED_BUDGET}),
    "measure": frozenset({Measure.ACTUAL, Measure.TARGET}),
    "completion_name": frozenset({Base.INITIAL_BUDGET, Base.ADJUSTED_BUDGET}),
    "variance_name": frozenset({Base.INITIAL_BUDGET, Base.ADJUSTED_BUDGET}),
    "policy": frozenset({"", Direction.DECREASE}),
    "period": None,
    "average": None,
} | dict.fromkeys(_PLAIN_KINDS.split(), frozenset({""}))
"""Kinds of token, and the values that rows of a kind may have; None: see `FREE_VALUES`."""

FREE_VALUES = {"period": re.compile(r"-?\d"), "average": re.compile(r"\w*")}
"""Values that are no closed list: years from the fiscal year; the name that an average has without a tagged one."""

_UNSCANNED = (
    "generic name_lead name_trail whole_any structure structure_listed target_place actual_place planned carried_out"
)
UNSCANNED = frozenset(_UNSCANNED.split())
"""Kinds that make no token: they are asked of a stretch as a whole (`Lexicon.holds`)."""

OPENING = "measure"
"""Kind whose forms count at the beginning of a name too."""

FIGURE_KINDS = frozenset({"figure", "rate", "quantity", "indicator", "comma"})
ROW_KEYS = frozenset({"id", "forms", "value", "next", "flag", "name"})
FLAGS = frozenset({"", "residue", "same_caliber", "typo"})
# 2021年度 · 2021年末 · 2021年12月31日 · 2021|年初预算数, behind the first two digits
DAY = r"(?:1[0-2]|0?[1-9])月(?:(?:[12]\d|3[01]|0?[1-9])日|份|末|底)?"
YEAR = rf"\d\d(?:(?=年初)|年(?:度|末|底|年末|年底|{DAY})?)"
PUNCTUATION = "，,；;。！？!?：:()"


@dataclass(frozen=True, slots=True)
class Row:
    """A lexicon row.

    Parameters
    ----------
    id, kind : str
    forms : tuple of str
        Folded, without white space.
    value : str
        What the kind takes as its value, empty for kinds that take none; a whole number in writing for periods.
    following : frozenset of str
        Kinds of token one of which must follow at once; empty: anything.
    flag : str
        Doubt that facts read by the row carry.
    name : bool
        Whether the form counts at the end of an indicator's name too.
    """

    id: str
    kind: str
    forms: tuple[str, ...]
    value: str = ""
    following: frozenset[str] = frozenset()
    flag: str = ""
    name: bool = False


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All rows, by folded form; `by_kind` has the forms of each kind, the longest first.

    Examples
    --------
    >>> [[row.id for row in lexicon().by_form.get(form, ())] for form in lexicon().pattern.findall("比上年减少，")]
    [['than', 'compared'], ['last-year'], ['decrease'], []]
    """

    rows: tuple[Row, ...]
    by_form: dict[str, tuple[Row, ...]]
    by_kind: dict[str, tuple[str, ...]]
    pattern: re.Pattern[str]
    name_pattern: re.Pattern[str]
    opening_pattern: re.Pattern[str]

    def ending(self, name: str) -> Row | None:
        """Row whose form ends an indicator's name, the longest such form.

        Examples
        --------
        >>> lexicon().ending("“三公”经费决算数").id, lexicon().ending("项目支出")
        ('final', None)
        """
        folded = fold(name)
        match = self.name_pattern.search(folded) if folded[-1:] in self._last_letters else None
        if match is None:
            return None
        return next(row for row in self.by_form[match.group()] if row.name)

    @cached_property
    def _last_letters(self) -> frozenset[str]:
        return frozenset(form[-1] for form, rows in self.by_form.items() if any(row.name for row in rows))

    def opening(self, name: str) -> Row | None:
        """Row of an outturn word that begins an indicator's name: 实有人数, 实际支出.

        Examples
        --------
        >>> lexicon().opening("实有人数").id, lexicon().opening("项目支出")
        ('real', None)
        """
        match = self.opening_pattern.match(fold(name))
        return None if match is None else next(row for row in self.by_form[match.group()] if row.kind == OPENING)

    def holds(self, kind: str, text: str) -> bool:
        """Whether a form of `kind` stands anywhere in a text.

        Examples
        --------
        >>> lexicon().holds("target_place", "二、项目绩效目标"), lexicon().holds("structure", "收入合计")
        (True, False)
        """
        pattern = self._kinds.get(kind)
        if pattern is None:
            forms = self.by_kind.get(kind)
            pattern = self._kinds[kind] = re.compile(any_of(forms) if forms else "(?!)")
        return pattern.search(fold(text)) is not None

    @cached_property
    def _kinds(self) -> dict[str, re.Pattern[str]]:
        """One pattern for the forms of each kind that was asked for."""
        return {}


def fold_marks(text: str) -> str:
    """Fold brackets, quotes and the stroke, one character to one; few of them, so that one by one is quickest."""
    text = text.replace("（", "(").replace("）", ")").replace("／", "/")
    return text.replace("“", '"').replace("”", '"')


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Fold brackets and quotes to one form and drop white space, as forms are folded."""
    return "".join(fold_marks(text).split())


@cache
def lexicon() -> Lexicon:
    """Load the package's own lexicon, once."""
    return load(read_yaml(FILE, SCHEMA))


def load(content: dict[str, Any], file: str = FILE) -> Lexicon:
    """Build a lexicon from the content of its file.

    Raises
    ------
    ResourceError
        For unknown keys, kinds or values, a group without source, a duplicate id, an empty form, or a form that two
        rows own without a condition that tells them apart.
    """
    rows: list[Row] = []
    for group in content.get("groups") or ():
        if set(group) != {"kind", "source", "rows"} or not group["source"]:
            raise ResourceError(f"{file}: a group needs 'kind', 'source' and 'rows', found {sorted(group)}")
        if group["kind"] not in VALUES:
            raise ResourceError(f"{file}: unknown kind {group['kind']!r}")
        rows.extend(_row(file, group["kind"], raw) for raw in group["rows"])
    if not rows:
        raise ResourceError(f"{file}: no rows")
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise ResourceError(f"{file}: duplicate id {row.id!r}")
        seen.add(row.id)
    by_form = _owners(file, (row for row in rows if row.kind not in UNSCANNED))
    forms = sorted(by_form, key=lambda form: (-len(form), form))
    named = [form for form in forms if any(row.name for row in by_form[form])]
    name_pattern = re.compile(f"{any_of(named)}$" if named else r"(?!)")
    opening = [form for form in forms if any(row.name and row.kind == OPENING for row in by_form[form])]
    opening_pattern = re.compile(any_of(opening) if opening else r"(?!)")
    by_kind = {
        kind: tuple(sorted((f for row in rows if row.kind == kind for f in row.forms), key=lambda f: (-len(f), f)))
        for kind in VALUES
    }
    # every branch begins with a letter, so that the search skips what is between at the speed of C
    pattern = re.compile(f"19{YEAR}|20{YEAR}|{branches([*forms, *PUNCTUATION])}")
    return Lexicon(tuple(rows), by_form, by_kind, pattern, name_pattern, opening_pattern)


def _row(file: str, kind: str, raw: dict[str, Any]) -> Row:
    unknown = set(raw) - ROW_KEYS
    if unknown or not {"id", "forms"} <= set(raw):
        raise ResourceError(f"{file}: row {raw.get('id', raw)!r}: unknown or missing keys {sorted(unknown)}")
    value, allowed = str(raw.get("value", "")), VALUES[kind]
    valid = FREE_VALUES[kind].fullmatch(value) is not None if allowed is None else value in allowed
    if not valid:
        raise ResourceError(f"{file}: row {raw['id']!r}: {value!r} is no value of kind {kind!r}")
    flag = str(raw.get("flag", ""))
    if flag not in FLAGS:
        raise ResourceError(f"{file}: row {raw['id']!r}: unknown flag {flag!r}")
    following = frozenset(raw.get("next", ()))
    if bad := following - FIGURE_KINDS - set(VALUES):
        raise ResourceError(f"{file}: row {raw['id']!r}: unknown kinds after it: {sorted(bad)}")
    forms = tuple(dict.fromkeys(fold(form) for written in raw["forms"] for form in expand(str(written))))
    if not forms or "" in forms:
        raise ResourceError(f"{file}: row {raw['id']!r}: a form is empty")
    return Row(raw["id"], kind, forms, value, following, flag, bool(raw.get("name", False)))


def _owners(file: str, rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    """Rows of each form, those with a condition first."""
    owners: dict[str, list[Row]] = {}
    for row in rows:
        for form in row.forms:
            owners.setdefault(form, []).append(row)
    for form, owned in owners.items():
        free = [row.id for row in owned if not row.following]
        if len(free) > 1:
            raise ResourceError(f"{file}: form {form!r} belongs to {free[0]!r} and to {free[1]!r}")
    return {form: tuple(sorted(owned, key=lambda row: not row.following)) for form, owned in owners.items()}
