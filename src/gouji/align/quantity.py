"""What a name names: indicator, fund, part of the expenditure; names in text, headings and tables are read alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from gouji.resources.alignment import align_terms
from gouji.resources.gazetteer import canonical
from gouji.resources.names import fold, fold_label
from gouji.resources.units import load_units

YEAR = re.compile(r"(19|20)\d{2}(?=年)")
YEAR_WORDS = re.compile(r"(?:19|20)\d{2}年度?|本年度?(?=预算|决算|执行)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An indicator apart from its measure and year.

    Parameters
    ----------
    core : str
        Concept of ``align.yaml``, or the folded canonical name.
    caliber : str or None
        ``general``, ``fund``, ``capital``, ``fiscal`` where the name says so, ``all`` where a title says that no
        fund is meant, ``own`` for indicators whose fund is fixed by definition; None where the name leaves it open.
    component : str or None
        ``basic`` or ``project``.
    """

    core: str
    caliber: str | None = None
    component: str | None = None

    def within(self, caliber: str | None) -> Quantity:
        """Give the quantity with the fund of the context, where the name leaves it open."""
        return self if self.caliber is not None or caliber is None else replace(self, caliber=caliber)


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a table, read: an item, a measure with its year, a part, one half of the table, or nothing."""

    item: Quantity | None = None
    measure: str | None = None
    year: int | None = None
    component: str | None = None
    caliber: str | None = None
    side: str | None = None


@cache
def read_name(name: str) -> Quantity:
    """Read an indicator's name.

    Examples
    --------
    >>> read_name("一般公共预算财政拨款基本支出")
    Quantity(core='expenditure', caliber='general', component='basic')
    >>> read_name("“三公”经费财政拨款支出决算").core, read_name("五、教育支出").core
    ('three_public', '教育支出')
    """
    terms = align_terms()
    forms = [fold(form) for form in fold_label(name)]
    for form in forms:
        if (concept := terms.concept_of.get(form)) is not None:
            return _of_concept(concept, None, None)
    text = YEAR_WORDS.sub("", forms[-1])
    found = _known(text)
    if found is not None:
        return found
    caliber, rest = _peel(text, terms.calibers)
    component, rest = _peel(rest, terms.components)
    rest = _without_tail(rest)
    if not rest:
        return Quantity("expenditure" if component else "", caliber, component)
    found = _known(rest)
    if found is not None and (caliber or component):
        own = found.caliber == "own"
        return Quantity(found.core, "own" if own else caliber, component)
    if caliber or component:
        # 基本支出 inside a longer, unknown name is a word of that name, not its part
        return Quantity(_without_tail(text), caliber, None) if component else Quantity(rest, caliber, None)
    return found or Quantity(rest)


def _known(text: str) -> Quantity | None:
    """Quantity of a name that is a concept or that the gazetteer knows, apart from funds and parts."""
    terms = align_terms()
    for form in (text, _without_tail(text)):
        if (concept := terms.concept_of.get(form)) is not None:
            return _of_concept(concept, None, None)
    if _peel(text, terms.calibers)[0] or _peel(text, terms.components)[0]:
        return None
    entry = canonical(text)
    if entry is None:
        return None
    name = fold(entry.name)
    concept = terms.concept_of.get(name)
    return _of_concept(concept, None, None) if concept else Quantity(name)


def _of_concept(concept: str, caliber: str | None, component: str | None) -> Quantity:
    return Quantity(concept, "own" if concept in align_terms().own_caliber else caliber, component)


def _peel(text: str, phrases: Iterable[tuple[str, str]]) -> tuple[str | None, str]:
    """Id of the first phrase that stands in the text, and the text without it."""
    for phrase, name in phrases:
        at = text.find(phrase)
        if at >= 0:
            return name, text[:at] + text[at + len(phrase) :]
    return None, text


def _without_tail(text: str) -> str:
    for tail in align_terms().tails:
        if text.endswith(tail) and len(text) > len(tail):
            return text[: -len(tail)]
    return text


@cache
def caliber_of(title: str) -> str | None:
    """Fund that a heading or a table title is about; ``all`` for those of the whole unit, None where it says nothing.

    Examples
    --------
    >>> [caliber_of(x) for x in ("五、一般公共预算财政拨款支出决算情况说明", "支出决算表", "operating")]
    ['general', 'all', None]
    """
    terms = align_terms()
    text = fold(title)
    found, _ = _peel(text, terms.calibers)
    if found is not None:
        return found
    if not any(side in text for side in terms.sides):
        return None
    rest = YEAR_WORDS.sub("", fold(fold_label(title)[-1]))
    for word in terms.headings:
        rest = rest.replace(word, "")
    return None if rest else "all"


@cache
def read_label(text: str) -> Label:
    """Read a row or column label.

    Examples
    --------
    >>> read_label("2021年决算数").measure, read_label("2021年决算数").year, read_label("小计")
    ('actual', 2021, Label(item=None, measure=None, year=None, component=None, caliber=None, side=None))
    >>> read_label("基本支出").component, read_label("公务接待费").item.core
    ('basic', 'reception')
    """
    terms = align_terms()
    folded = "".join(form for form in [fold(text)]).replace("％", "%")
    year_match = YEAR.search(folded)
    year = int(year_match.group()) if year_match else None
    rest = YEAR_WORDS.sub("", folded)
    plain = fold(fold_label(rest)[-1]) if rest else ""
    if not plain or plain in terms.empty_labels or plain.replace(".", "").isdigit() or plain in measure_words():
        return Label(year=year)
    for word, measure in terms.measures:
        at = plain.find(word)
        rest = plain[:at] + plain[at + len(word) :]
        if at >= 0 and (_says_nothing(rest) or rest in terms.sides):
            return Label(measure=measure, year=year, side=terms.sides.get(rest))
        if at > 0 and len(word) > 2 and plain.endswith(word):  # 公务接待费决算数: an item with its measure
            return Label(item=read_name(plain[:at]), measure=measure, year=year)
    caliber, without = _peel(plain, terms.calibers)
    component, without = _peel(without, terms.components)
    if _says_nothing(without):
        return Label(component=component, caliber=caliber, year=year)
    quantity = read_name(text)
    side = terms.sides.get(plain)
    return Label(item=quantity, year=year, side=side)


@cache
def measure_words() -> frozenset[str]:
    """Measure words, which a table may give in a column of their own."""
    return frozenset(load_units().measures)


def _says_nothing(text: str) -> bool:
    return not text or text in align_terms().empty_labels or all(c in "数额年度的.()%元万单位:：" for c in text)
