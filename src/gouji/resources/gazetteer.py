"""The gazetteer: every indicator name that the genre fixes, its canonical form, type, codes and aliases.

Reading order: `Entry`, `Gazetteer.scan` (names in running text), `Gazetteer.canonical` (a table label or a name as written), then
`load`. The data lie in ``resources/indicators``; `names.py` beside this module folds and expands them.

Notes
-----
Types are those of the annotation guidelines, section 3. Codes are those of 政府收支分类科目: functional codes begin with 2 (three digits 类,
five 款, seven 项), economic codes with 3 and 5 (three digits 类, five 款).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from gouji.errors import ResourceError
from gouji.model.spans import Span
from gouji.resources.loading import read_tsv, read_yaml
from gouji.resources.names import DROPPED, balanced, expand, fold, fold_label, folded_with_positions

SCHEMA = "gouji-indicators/1"
FILES = (
    "totals",
    "revenue",
    "expenditure",
    "three_public",
    "operations",
    "staffing",
    "performance",
)
CLASSIFICATIONS = (("functional", "function", "fn"), ("economic", "economic", "ec"))
CLASSIFICATION_COLUMNS = ("code", "name", "from", "to", "aliases")
ENTRY_KEYS = frozenset({"id", "name", "type", "aliases", "short", "codes"})
TYPES = frozenset(
    "total revenue expenditure balance function economic three_public operating procurement assets service_purchase fund staffing "
    "project_funds execution score quantity quality timeliness cost economic_benefit social_benefit ecological_benefit sustainability "
    "satisfaction other".split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator that the genre knows.

    Parameters
    ----------
    id : str
        ``three_public.reception``; for a classification ``fn.2010101`` (the first code that bears the name).
    name : str
        Canonical name.
    type : str
    codes : tuple of str
        Codes of 政府收支分类科目 that bear the name, ascending; 行政运行 has some sixty.
    aliases : tuple of str
        Full forms, the name included.
    short : tuple of str
        Forms that mean this entry only in its context (``货物`` in the paragraph on procurement).
    valid : tuple of (int or None, int or None)
        First and last fiscal year of a classification name, None where it is open or not known.
    """

    id: str
    name: str
    type: str
    codes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    valid: tuple[int | None, int | None] = (None, None)

    @property
    def code(self) -> str | None:
        """The code, where exactly one bears the name."""
        return self.codes[0] if len(self.codes) == 1 else None


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a text: where, which entry, and whether only by a form that needs its context."""

    span: Span
    entry: Entry
    short: bool


@dataclass(frozen=True)
class Gazetteer:
    """All entries, by id, by folded name and by code."""

    entries: tuple[Entry, ...]
    _by_name: dict[str, Entry] = field(repr=False)
    _by_short: dict[str, tuple[Entry, ...]] = field(repr=False)
    _by_code: dict[str, Entry] = field(repr=False)
    _trie: dict[str, Any] = field(repr=False)

    def lookup(self, name: str, within: str | None = None) -> Entry | None:
        """Entry of a name or alias as written, whatever its white space, quotes and brackets.

        Parameters
        ----------
        name : str
        within : str, optional
            A type; short forms of entries of this type count too.

        Examples
        --------
        >>> gazetteer().lookup('"三公" 经费').name
        '“三公”经费'
        >>> gazetteer().lookup("货物", within="procurement").name
        '政府采购货物支出'
        """
        folded = fold(name)
        if (entry := self._by_name.get(folded)) is not None:
            return entry
        if within is not None:
            return next((e for e in self._by_short.get(folded, ()) if e.type == within), None)
        return None

    def canonical(self, label: str, within: str | None = None) -> Entry | None:
        """Entry of a label as tables and headings write it: with item number, code, 其中, level in brackets.

        Examples
        --------
        >>> [gazetteer().canonical(x).name for x in ("五、教育支出", "其中：基本支出", "1.因公出国(境)费", "20132 组织事务")]
        ['教育支出', '基本支出', '因公出国（境）费', '组织事务']
        """
        for form in fold_label(label):
            if (entry := self.lookup(form, within)) is not None:
                return entry
        return None

    def by_code(self, code: str) -> Entry | None:
        """Entry that bears the classification code."""
        return self._by_code.get(code)

    def parent(self, code: str) -> Entry | None:
        """Entry of the next higher level of a code: of 2013201 组织事务, of 20132 一般公共服务支出.

        Examples
        --------
        >>> gazetteer().parent("20132").name
        '一般公共服务支出'
        """
        return self._by_code.get(code[:-2]) if len(code) > 3 else None

    def ancestors(self, code: str) -> tuple[Entry, ...]:
        """Entries above a code, outermost first."""
        above = (self._by_code.get(code[:n]) for n in (3, 5) if n < len(code))
        return tuple(entry for entry in above if entry is not None)

    def scan(self, text: str) -> list[Match]:
        """Find names in a text: leftmost, of those the longest, none overlapping.

        White space, quotes and brackets inside or missing from a name do not matter; a name that takes in one of a pair of quotes or
        brackets takes in the other.

        Examples
        --------
        >>> [text[m.span.start : m.span.end] for text in ("公务用车购置及运行维护费5万元",) for m in gazetteer().scan(text)]
        ['公务用车购置及运行维护费']
        """
        letters, positions = folded_with_positions(text)
        out: list[Match] = []
        at = 0
        while at < len(letters):
            end, found = self._longest(letters, at)
            if found is None:
                at += 1
                continue
            span = balanced(text, positions[at], positions[end - 1] + 1)
            out.append(Match(span, found[0], found[1]))
            at = bisect_left(positions, span.end, end)
        return out

    def _longest(self, letters: str, at: int) -> tuple[int, tuple[Entry, bool] | None]:
        node, end, found = self._trie, at, None
        for i in range(at, len(letters)):
            following = node.get(letters[i])
            if following is None:
                break
            node = following
            if "" in node:
                end, found = i + 1, node[""]
        return end, found

    def words(self) -> tuple[str, ...]:
        """Names and aliases without quotes and brackets, sorted: the fiscal dictionary of the tokeniser."""
        forms = {"".join(c for c in form if c not in DROPPED) for e in self.entries for form in (*e.aliases, *e.short)}
        return tuple(sorted(form for form in forms if len(form) > 1))

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)


@cache
def gazetteer() -> Gazetteer:
    """Load the package's own gazetteer, once."""
    groups = [(f"indicators/{name}.yaml", read_yaml(f"indicators/{name}.yaml", SCHEMA)) for name in FILES]
    tables = [
        (f"indicators/{name}.tsv", kind, prefix, read_tsv(f"indicators/{name}.tsv", CLASSIFICATION_COLUMNS))
        for name, kind, prefix in CLASSIFICATIONS
    ]
    return load(groups, tables)


def canonical(name: str) -> Entry | None:
    """Entry of a name or label as written, None if the gazetteer does not know it."""
    return gazetteer().canonical(name)


def fiscal_words() -> tuple[str, ...]:
    """Words for the tokeniser's fiscal dictionary."""
    return gazetteer().words()


def load(
    groups: Iterable[tuple[str, dict[str, Any]]],
    tables: Iterable[tuple[str, str, str, Iterable[dict[str, str]]]],
) -> Gazetteer:
    """Build a gazetteer from entry files and classification tables.

    Parameters
    ----------
    groups : iterable of (file, content)
        Content: ``groups``, a list of mappings with ``source`` and ``entries``.
    tables : iterable of (file, type, id prefix, rows)
        A name that an entry file or an earlier table owns lends its code to the owner: 公务接待费 is the item of the three public
        expenses and the economic code 30217.

    Raises
    ------
    ResourceError
        For unknown keys or types, a duplicate id, an alias that two ids own once folded.
    """
    building = _Builder()
    for file, content in groups:
        for group in content.get("groups") or ():
            building.add_group(file, group)
    for file, kind, prefix, rows in tables:
        building.add_table(file, kind, prefix, rows)
    return building.done()


class _Builder:
    """Entries so far, and who owns which folded name."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.owner: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self.rows: dict[str, list[dict[str, str]]] = {}

    def add_group(self, file: str, group: dict[str, Any]) -> None:
        if set(group) != {"source", "entries"} or not group["source"]:
            raise ResourceError(f"{file}: a group needs 'source' and 'entries', found {sorted(group)}")
        for raw in group["entries"]:
            unknown = set(raw) - ENTRY_KEYS
            if unknown or not {"id", "name", "type"} <= set(raw):
                raise ResourceError(f"{file}: entry {raw.get('id', raw)!r}: unknown or missing keys {sorted(unknown)}")
            if raw["type"] not in TYPES:
                raise ResourceError(f"{file}: entry {raw['id']!r}: type {raw['type']!r} is not in the guidelines")
            if raw["id"] in self.entries:
                raise ResourceError(f"{file}: duplicate id {raw['id']!r}")
            forms = [form for alias in raw.get("aliases", ()) for form in expand(str(alias))]
            short = [form for alias in raw.get("short", ()) for form in expand(str(alias))]
            aliases = tuple(dict.fromkeys([raw["name"], *forms]))
            entry = Entry(
                raw["id"],
                raw["name"],
                raw["type"],
                tuple(map(str, raw.get("codes", ()))),
                aliases,
                tuple(dict.fromkeys(short)),
            )
            self._own(file, entry, aliases)
            for code in entry.codes:
                self._own_code(file, code, entry.id)

    def add_table(self, file: str, kind: str, prefix: str, rows: Iterable[dict[str, str]]) -> None:
        for row in rows:
            code, name = row["code"], row["name"]
            if not code.isdigit() or len(code) not in (3, 5, 7) or not name:
                raise ResourceError(f"{file}: row {code!r} {name!r}: a code has 3, 5 or 7 digits, and a name")
            forms = [form for alias in row["aliases"].split("|") if alias for form in expand(alias)]
            found = self.owner.get(fold(name))
            valid = (int(row["from"]) if row["from"] else None, int(row["to"]) if row["to"] else None)
            if found is None:
                entry = Entry(f"{prefix}.{code}", name, kind, (code,), tuple(dict.fromkeys([name, *forms])), (), valid)
                if entry.id in self.entries:  # an earlier or later name of the same code
                    entry = Entry(f"{entry.id}.{valid[1] or valid[0]}", name, kind, (code,), entry.aliases, (), valid)
                if entry.id in self.entries:
                    raise ResourceError(f"{file}: duplicate id {entry.id!r}")
                self._own(file, entry, entry.aliases)
                found = entry.id
            else:
                held = self.entries[found]
                codes = tuple(dict.fromkeys([*held.codes, code]))
                new = tuple(form for form in forms if fold(form) not in self.owner)
                merged = Entry(held.id, held.name, held.type, codes, (*held.aliases, *new), held.short, held.valid)
                self._own(file, merged, new)
            if row["to"] == "" or code not in self.codes:
                self.codes[code] = found

    def _own(self, file: str, entry: Entry, forms: Iterable[str]) -> None:
        for form in forms:
            folded = fold(form)
            if not folded:
                raise ResourceError(f"{file}: entry {entry.id!r}: empty alias {form!r}")
            owner = self.owner.setdefault(folded, entry.id)
            if owner != entry.id:
                raise ResourceError(f"{file}: entry {entry.id!r}: alias {form!r} already belongs to {owner!r}")
        self.entries[entry.id] = entry

    def _own_code(self, file: str, code: str, owner: str) -> None:
        if self.codes.setdefault(code, owner) != owner:
            raise ResourceError(f"{file}: entry {owner!r}: code {code} already belongs to {self.codes[code]!r}")

    def done(self) -> Gazetteer:
        by_short: dict[str, list[Entry]] = {}
        trie: dict[str, Any] = {}
        for entry in self.entries.values():
            for form in entry.short:
                by_short.setdefault(fold(form), []).append(entry)
        by_name = {folded: self.entries[owner] for folded, owner in self.owner.items()}
        for folded, entries in by_short.items():
            _insert(trie, folded, (entries[0], True))
        for folded, entry in by_name.items():
            _insert(trie, folded, (entry, False))
        by_code = {code: self.entries[owner] for code, owner in self.codes.items()}
        shorts = {folded: tuple(entries) for folded, entries in by_short.items()}
        return Gazetteer(tuple(self.entries.values()), by_name, shorts, by_code, trie)


def _insert(trie: dict[str, Any], word: str, value: tuple[Entry, bool]) -> None:
    node = trie
    for letter in word:
        node = node.setdefault(letter, {})
    node[""] = value
