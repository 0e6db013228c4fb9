"""Reading of the gazetteer's files: entries, who owns which name and which code. `gazetteer` is what others use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from gouji.errors import ResourceError
from gouji.resources.loading import read_tsv, read_yaml
from gouji.resources.names import expand, fold

SCHEMA = "gouji-indicators/1"
FILES = ("totals", "revenue", "expenditure", "three_public", "operations", "staffing", "performance")
CLASSIFICATIONS = (("functional", "function", "fn"), ("economic", "economic", "ec"))
CLASSIFICATION_COLUMNS = ("code", "name", "from", "to", "aliases")
ENTRY_KEYS = frozenset({"id", "name", "type", "aliases", "short", "labels", "codes", "as_written"})
TYPES = frozenset(
    ["total", "revenue", "expenditure", "balance", "function", "economic", "three_public", "operating", "procurement"]
    + ["assets", "service_purchase", "fund", "staffing", "project_funds", "execution", "score", "quantity", "quality"]
    + ["timeliness", "cost", "economic_benefit", "social_benefit", "ecological_benefit", "sustainability"]
    + ["satisfaction", "other"]
)
"""Types of the annotation guidelines, section 3."""


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
        One of the types of the annotation guidelines, section 3.
    codes : tuple of str
        Codes of 政府收支分类科目 that bear the name, ascending; 行政运行 has some sixty.
    aliases : tuple of str
        Full forms, the name included.
    short : tuple of str
        Forms that mean this entry only in its context (``货物`` in the paragraph on procurement).
    labels : tuple of str
        Forms that mean this entry only as the label of a table's row or column, never in running text.
    as_written : bool
        Whether a mention keeps the form it is written in as its name: 学生满意度 and 家长满意度 are of one kind, but
        not one thing.
    valid : tuple of (int or None, int or None)
        First and last fiscal year of a classification's name, None where it is open or not known (``?`` in the table).
    """

    id: str
    name: str
    type: str
    codes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    valid: tuple[int | None, int | None] = (None, None)
    as_written: bool = False

    @property
    def code(self) -> str | None:
        """The code, where exactly one bears the name."""
        return self.codes[0] if len(self.codes) == 1 else None


@dataclass(frozen=True)
class Index:
    """All entries; by folded name, by folded short form or label, by code; what stands in texts.

    `forms` are the folded names and short forms to look for, each with its entry and whether it is only a short form.
    """

    entries: tuple[Entry, ...]
    by_name: dict[str, Entry]
    by_short: dict[str, tuple[Entry, ...]]
    by_code: dict[str, Entry]
    forms: dict[str, tuple[Entry, bool]]


def package_index() -> Index:
    """Read the package's own files."""
    groups = [(f"indicators/{name}.yaml", read_yaml(f"indicators/{name}.yaml", SCHEMA)) for name in FILES]
    tables = [
        (f"indicators/{name}.tsv", kind, prefix, read_tsv(f"indicators/{name}.tsv", CLASSIFICATION_COLUMNS))
        for name, kind, prefix in CLASSIFICATIONS
    ]
    return build_index(groups, tables)


def build_index(
    groups: Iterable[tuple[str, dict[str, Any]]],
    tables: Iterable[tuple[str, str, str, Iterable[dict[str, str]]]],
) -> Index:
    """Build the index of entry files and classification tables.

    Parameters
    ----------
    groups : iterable of (file, content)
        Content: ``groups``, a list of mappings with ``source`` and ``entries``.
    tables : iterable of (file, type, id prefix, rows)
        A name that an entry file or an earlier table owns lends its code to the owner: 公务接待费 is the item of the
        three public expenses and the economic code 30217.

    Raises
    ------
    ResourceError
        For unknown keys or types, a duplicate id, an alias that two ids own once folded.
    """
    building = _Builder()
    for file, content in groups:
        unknown = set(content) - {"schema", "version", "groups"}
        if unknown:
            raise ResourceError(f"{file}: unknown keys {sorted(unknown)}")
        for group in content.get("groups") or ():
            building.add_group(file, group)
    for file, kind, prefix, rows in tables:
        for row in rows:
            building.add_row(file, kind, prefix, row)
    return building.done()


class _Builder:
    """Entries so far, and who owns which folded name and which code."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.owner: dict[str, str] = {}
        self.codes: dict[str, str] = {}

    def add_group(self, file: str, group: dict[str, Any]) -> None:
        if set(group) != {"source", "entries"} or not group["source"]:
            raise ResourceError(f"{file}: a group needs 'source' and 'entries', found {sorted(group)}")
        for raw in group["entries"]:
            entry = _entry(file, raw)
            if entry.id in self.entries:
                raise ResourceError(f"{file}: duplicate id {entry.id!r}")
            self._own(file, entry, entry.aliases)
            for code in entry.codes:
                if self.codes.setdefault(code, entry.id) != entry.id:
                    raise ResourceError(
                        f"{file}: entry {entry.id!r}: code {code} already belongs to {self.codes[code]!r}"
                    )

    def add_row(self, file: str, kind: str, prefix: str, row: dict[str, str]) -> None:
        code, name = row["code"], row["name"]
        if not code.isdigit() or len(code) not in (3, 5, 7) or not name:
            raise ResourceError(f"{file}: row {code!r} {name!r}: a code has 3, 5 or 7 digits, and a name")
        forms = [form for alias in row["aliases"].split("|") if alias for form in expand(alias)]
        owner = self.owner.get(fold(name))
        valid = (_year(file, row, "from"), _year(file, row, "to"))
        if owner is None:
            owner = f"{prefix}.{code}"
            if owner in self.entries:  # an earlier or later name of the same code
                owner = f"{owner}.{valid[1] or valid[0] or 'earlier'}"
            if owner in self.entries:
                raise ResourceError(f"{file}: duplicate id {owner!r}")
            entry = Entry(owner, name, kind, (code,), tuple(dict.fromkeys([name, *forms])), valid=valid)
            self._own(file, entry, entry.aliases)
        else:
            held = self.entries[owner]
            new = tuple(form for form in forms if fold(form) not in self.owner)
            codes = tuple(dict.fromkeys([*held.codes, code]))
            self._own(file, replace(held, codes=codes, aliases=(*held.aliases, *new)), new)
        if not row["to"] or code not in self.codes:
            self.codes[code] = owner

    def _own(self, file: str, entry: Entry, forms: Iterable[str]) -> None:
        for form in forms:
            folded = fold(form)
            if not folded:
                raise ResourceError(f"{file}: entry {entry.id!r}: empty alias {form!r}")
            owner = self.owner.setdefault(folded, entry.id)
            if owner != entry.id:
                raise ResourceError(f"{file}: entry {entry.id!r}: alias {form!r} already belongs to {owner!r}")
        self.entries[entry.id] = entry

    def done(self) -> Index:
        shorts: dict[str, list[Entry]] = {}
        in_texts: dict[str, tuple[Entry, bool]] = {}
        for entry in self.entries.values():
            for form in entry.short:
                in_texts[fold(form)] = (entry, True)
            for form in (*entry.short, *entry.labels):
                shorts.setdefault(fold(form), []).append(entry)
        by_name = {folded: self.entries[owner] for folded, owner in self.owner.items()}
        in_texts |= {folded: (entry, False) for folded, entry in by_name.items()}
        in_texts.pop("", None)
        by_code = {code: self.entries[owner] for code, owner in self.codes.items()}
        return Index(tuple(self.entries.values()), by_name, {f: tuple(e) for f, e in shorts.items()}, by_code, in_texts)


def _entry(file: str, raw: dict[str, Any]) -> Entry:
    wrong = (set(raw) - ENTRY_KEYS) | ({"id", "name", "type"} - set(raw))
    if wrong:
        raise ResourceError(f"{file}: entry {raw.get('id', raw)!r}: unknown or missing keys {sorted(wrong)}")
    if raw["type"] not in TYPES:
        raise ResourceError(f"{file}: entry {raw['id']!r}: type {raw['type']!r} is not in the guidelines")
    forms = {
        key: [form for alias in raw.get(key, ()) for form in expand(str(alias))]
        for key in ("aliases", "short", "labels")
    }
    return Entry(
        raw["id"],
        raw["name"],
        raw["type"],
        tuple(map(str, raw.get("codes", ()))),
        tuple(dict.fromkeys([raw["name"], *forms["aliases"]])),
        tuple(dict.fromkeys(forms["short"])),
        tuple(dict.fromkeys(forms["labels"])),
        as_written=raw.get("as_written", False) is True,
    )


def _year(file: str, row: dict[str, str], key: str) -> int | None:
    if row[key] in ("", "?"):
        return None
    if not (row[key].isdigit() and len(row[key]) == 4):
        raise ResourceError(f"{file}: row {row['code']}: {key} is {row[key]!r}, expected a year")
    return int(row[key])
