"""The gazetteer: every indicator name that the genre fixes, its canonical form, type, codes and aliases.

Reading order: `Gazetteer.scan` (names in running text), `Gazetteer.canonical` (a table label or a name as written),
`gazetteer_loading` (what an `Entry` is, how the files are read and checked), `names` (folding, and the notation of
variants). The data lie in ``resources/indicators``.

Notes
-----
Types are those of the annotation guidelines, section 3. Codes are those of 政府收支分类科目: functional codes
begin with 2 (three digits 类, five 款, seven 项), economic codes with 3 (three digits 类, five 款).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from gouji.model.quick import quick
from gouji.model.spans import Span
from gouji.resources.finder import Finder
from gouji.resources.gazetteer_loading import Entry, Index, package_index
from gouji.resources.names import DROPPED, Folded, balanced, fold, fold_label


@quick
@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a text: where, which entry, and whether only by a form that needs its context."""

    span: Span
    entry: Entry
    short: bool


class Gazetteer:
    """All entries, found by name, by code or in a text."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def lookup(self, name: str, within: str | None = None) -> Entry | None:
        """Entry of a name or alias as written, whatever its white space, quotes and brackets.

        Parameters
        ----------
        name : str
        within : str, optional
            A type; short forms and labels of entries of this type count too.

        Examples
        --------
        >>> gazetteer().lookup('"三公" 经费').name
        '“三公”经费'
        >>> gazetteer().lookup("货物", within="procurement").name
        '政府采购货物支出'
        """
        folded = fold(name)
        if (entry := self._index.by_name.get(folded)) is not None:
            return entry
        if within is not None:
            return next((e for e in self._index.by_short.get(folded, ()) if e.type == within), None)
        return None

    def canonical(self, label: str, within: str | None = None) -> Entry | None:
        """Entry of a label as tables and headings write it: with item number, code, 其中, level or unit in brackets.

        Examples
        --------
        >>> [gazetteer().canonical(x).name for x in ("五、教育支出", "其中：基本支出", "20132 组织事务")]
        ['教育支出', '基本支出', '组织事务']
        """
        for form in fold_label(label):
            if (entry := self.lookup(form, within)) is not None:
                return entry
        return None

    def by_code(self, code: str) -> Entry | None:
        """Entry that bears the classification code; of several names the one in force."""
        return self._index.by_code.get(code)

    def parent(self, code: str) -> Entry | None:
        """Entry of the next higher level of a code: of 2013204 组织事务, of 20132 一般公共服务支出.

        Examples
        --------
        >>> gazetteer().parent("20132").name
        '一般公共服务支出'
        """
        return self.by_code(code[:-2]) if len(code) > 3 else None

    def ancestors(self, code: str) -> tuple[Entry, ...]:
        """Entries above a code, outermost first."""
        above = (self.by_code(code[:n]) for n in (3, 5) if n < len(code))
        return tuple(entry for entry in above if entry is not None)

    def code_under(self, name: str, parent: str | None = None) -> str | None:
        """Find the code of a name, below the code `parent` where many bear it; None if that is not one code.

        Examples
        --------
        >>> gazetteer().code_under("行政运行", "20405")
        '2040501'
        """
        entry = self.lookup(name)
        codes = [code for code in entry.codes if parent is None or code.startswith(parent)] if entry else []
        return codes[0] if len(codes) == 1 else None

    def scan(self, text: str) -> list[Match]:
        """Find names in a text: leftmost, of those the longest, none overlapping.

        White space, quotes and brackets inside or missing from a name do not matter; a name that takes in one of a
        pair of quotes or brackets takes in the other. Linear in the text (times the longest name).

        Examples
        --------
        >>> text = "因公出国(境)费用0万元"
        >>> [text[m.span.start : m.span.end] for m in gazetteer().scan(text)]
        ['因公出国(境)费用']
        """
        folded = Folded(text)
        finder, meant = self._finder
        out: list[Match] = []
        for number, start, end in finder.find(folded.letters):
            entry, short = meant[number]
            out.append(Match(balanced(text, folded.place(start), folded.place(end - 1) + 1), entry, short))
        return out

    @cached_property
    def _finder(self) -> tuple[Finder, list[tuple[Entry, bool]]]:
        """Finder of all names and short forms, and what each of them means."""
        forms = self._index.forms
        return Finder(forms, longest=True), list(forms.values())

    def words(self) -> tuple[str, ...]:
        """Names and aliases without quotes and brackets, sorted: the fiscal dictionary of the tokeniser."""
        forms = {"".join(c for c in form if c not in DROPPED) for e in self for form in (*e.aliases, *e.short)}
        return tuple(sorted(form for form in forms if len(form) > 1))

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._index.entries)

    def __len__(self) -> int:
        return len(self._index.entries)


@cache
def gazetteer() -> Gazetteer:
    """Load the package's own gazetteer, once."""
    return Gazetteer(package_index())


def canonical(name: str) -> Entry | None:
    """Entry of a name or label as written, None if the gazetteer does not know it."""
    return gazetteer().canonical(name)


@cache
def fiscal_words() -> tuple[str, ...]:
    """Words for the tokeniser's fiscal dictionary."""
    return gazetteer().words()
