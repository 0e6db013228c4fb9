"""Units, measure words and approximators: typed access to ``units.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from gouji.errors import ResourceError
from gouji.resources.loading import read_yaml
from gouji.resources.unit_types import Currency, Measure, Names, Numerals, RateUnit, Units

FILE = "units.yaml"
SCHEMA = "gouji-units/1"
SPELLED = frozenset({"0", "1", "2", "one", "pair"})
BOUNDS = frozenset({"about", "gt", "lt", "ge", "le", "over", "vague"})
TOP = frozenset(
    {
        "schema",
        "version",
        "numerals",
        "fold",
        "currencies",
        "rates",
        "doublings",
        "measures",
        "unless_after",
        "names",
        "money_context",
        "partners",
        "scores",
        "bounds",
        "approx",
    }
)
NUMERALS = frozenset(
    {
        "source",
        "digits",
        "tens",
        "myriads",
        "capital",
        "bare",
        "point",
        "negative",
        "not_negative_after",
        "decreases",
        "vague",
        "excess",
        "half",
        "half_behind",
        "halved",
        "compounds",
        "neighbours",
        "glyphs",
        "latin_scales",
        "misread",
    }
)
NAMES = frozenset(
    {
        "source",
        "spoken_nouns",
        "determiners_of_one",
        "determiners",
        "ordinal",
        "per",
        "ranks",
        "scale_before",
        "ends_in_number",
        "latin_names",
        "durations",
        "levels",
        "period_before",
        "threshold_before",
        "threshold_after",
        "ages",
        "quoted_tails",
        "before_half",
    }
)


@cache
def load_units() -> Units:
    """Read ``units.yaml`` once.

    Raises
    ------
    ResourceError
        If a key is unknown, a word belongs to two entries, or a value is not of its kind; names the entry.

    Examples
    --------
    >>> load_units().measures["辆"].whole, load_units().before["不足"]
    (True, 'lt')
    """
    return parse_units(read_yaml(FILE, SCHEMA))


def parse_units(content: Mapping[str, Any]) -> Units:
    """Check and freeze the content of ``units.yaml``; see `load_units`."""
    _keys("top level", content, TOP)
    doublings = _keys("doublings", content["doublings"], {"words", "before", "source"})
    bounds = _keys("bounds", content["bounds"], {"source", "before", "not_before", "after"})
    partners = _keys("partners", content["partners"], {"source", "before", "between", "to"})
    context = _keys(
        "money_context", content["money_context"], {"source", "words", "directions", "others", "things", "spent"}
    )
    approx = {str(k): str(v) for k, v in content["approx"].items()}
    if set(approx) != BOUNDS:
        raise ResourceError(f"{FILE}: approx: expected the bounds {sorted(BOUNDS)}, found {sorted(approx)}")
    return Units(
        numerals=_numerals(content["numerals"]),
        fold=_fold(content["fold"]),
        currencies=_currencies(content["currencies"]),
        rates=_rates(content["rates"]),
        doubling_words=_words("doublings", doublings["words"]),
        doubling_before=_words("doublings", doublings["before"]),
        measures=_measures(content["measures"]),
        unless_after=_lists("unless_after", content["unless_after"]),
        names=_names(content["names"]),
        money_words=_words("money_context", context["words"]),
        money_directions=_words("money_context: directions", context["directions"]),
        things=_words("money_context: things", context["things"]),
        spent=_words("money_context: spent", context["spent"]),
        other_context=_words("money_context: others", context["others"]),
        partner_before=_words("partners: before", partners["before"]),
        partner_between=_words("partners: between", partners["between"]),
        partner_to=_words("partners: to", partners["to"]),
        scores=_words("scores", _keys("scores", content["scores"], {"id", "source", "words"})["words"]),
        before=_bounds("before", bounds["before"]),
        not_before=frozenset(_words("bounds: not_before", bounds["not_before"])),
        after=_bounds("after", bounds["after"]),
        approx=MappingProxyType(approx),
    )


def _names(entry: Any) -> Names:
    _keys("names", entry, NAMES)
    ranks = _keys("names: ranks", entry["ranks"], {"before", "measures"})
    durations = _keys("names: durations", entry["durations"], {"before", "after"})
    return Names(
        spoken_nouns=_words("names: spoken_nouns", entry["spoken_nouns"]),
        determiners_of_one=entry["determiners_of_one"],
        determiners=entry["determiners"],
        ordinal=entry["ordinal"],
        per=entry["per"],
        rank_before=_words("names: ranks: before", ranks["before"]),
        rank_measures=frozenset(_words("names: ranks: measures", ranks["measures"])),
        scale_before=_scale_before(entry["scale_before"]),
        ends_in_number=_words("names: ends_in_number", entry["ends_in_number"]),
        latin_names=_lists("names: latin_names", entry["latin_names"]),
        duration_after=_words("names: durations: after", durations["after"]),
        duration_before=_words("names: durations: before", durations["before"]),
        period_before=_words("names: period_before", entry["period_before"]),
        level_digits=MappingProxyType({str(k): int(v) for k, v in entry["levels"].items()}),
        threshold_before=_words("names: threshold_before", entry["threshold_before"]),
        threshold_after=_words("names: threshold_after", entry["threshold_after"]),
        ages=frozenset(_words("names: ages", entry["ages"])),
        quoted_tails=_words("names: quoted_tails", entry["quoted_tails"]),
        before_half=_words("names: before_half", entry["before_half"]),
    )


def _scale_before(entry: Any) -> Mapping[str, str]:
    wrong = {word: bound for word, bound in entry.items() if bound not in BOUNDS | {"eq"}}
    if wrong:
        raise ResourceError(f"{FILE}: names: scale_before: unknown bounds {wrong}")
    return MappingProxyType(dict(entry))


def _lists(where: str, entry: Any) -> Mapping[str, tuple[str, ...]]:
    """Read a mapping from words to lists of words."""
    return MappingProxyType({key: _words(f"{where}: {key}", words) for key, words in entry.items()})


def _keys(where: str, entry: Any, allowed: Iterable[str]) -> Mapping[str, Any]:
    """Refuse unknown keys."""
    if not isinstance(entry, dict):
        raise ResourceError(f"{FILE}: {where}: expected a mapping, found {entry!r}")
    unknown = sorted(set(entry) - set(allowed))
    if unknown:
        raise ResourceError(f"{FILE}: {where}: unknown keys {unknown}")
    return entry


def _words(where: str, words: Any) -> tuple[str, ...]:
    """Words of a list, without doubles and without the empty word."""
    if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
        raise ResourceError(f"{FILE}: {where}: expected a list of words, found {words!r}")
    double = sorted({w for w in words if words.count(w) > 1})
    if double:
        raise ResourceError(f"{FILE}: {where}: listed twice: {double}")
    return tuple(words)


def _numerals(entry: Any) -> Numerals:
    _keys("numerals", entry, NUMERALS)
    return Numerals(
        digits=MappingProxyType(entry["digits"]),
        tens=MappingProxyType(entry["tens"]),
        myriads=MappingProxyType(entry["myriads"]),
        capital=entry["capital"],
        bare=entry["bare"],
        point=entry["point"],
        negative=_words("numerals: negative", entry["negative"]),
        not_negative_after=entry["not_negative_after"],
        decreases=_words("numerals: decreases", entry["decreases"]),
        vague="".join(_words("numerals: vague", entry["vague"])),
        excess="".join(_words("numerals: excess", entry["excess"])),
        half=entry["half"],
        half_behind=_words("numerals: half_behind", entry["half_behind"]),
        halved=_words("numerals: halved", entry["halved"]),
        compounds=MappingProxyType(entry["compounds"]),
        neighbours=_words("numerals: neighbours", entry["neighbours"]),
        glyphs=MappingProxyType({glyph: (part, whole) for glyph, (part, whole) in entry["glyphs"].items()}),
        latin_scales=MappingProxyType(entry["latin_scales"]),
        misread=MappingProxyType(entry["misread"]),
    )


def _fold(entry: Any) -> Mapping[int, str]:
    for key, value in entry.items():
        if len(key) != 1 or not isinstance(value, str) or len(value) != 1:
            raise ResourceError(f"{FILE}: fold: {key!r}: {value!r} is not one character for one")
    return MappingProxyType({ord(k): v for k, v in entry.items()})


def _currencies(entries: Any) -> tuple[Currency, ...]:
    out: list[Currency] = []
    owners: dict[str, str] = {}
    for entry in entries:
        where = f"currencies: {entry.get('id')}"
        _keys(where, entry, {"id", "words", "symbols", "units", "powers", "source"})
        currency = Currency(
            entry["id"],
            _words(where, entry["words"]),
            _words(where, entry["symbols"]),
            _words(where, entry["units"]),
            MappingProxyType(entry.get("powers", {})),
        )
        for word in (*currency.words, *currency.symbols, *currency.units, *currency.powers):
            _own(owners, word, currency.id, "currencies")
        out.append(currency)
    return tuple(out)


def _rates(entries: Any) -> tuple[RateUnit, ...]:
    out: list[RateUnit] = []
    owners: dict[str, str] = {}
    for entry in entries:
        where = f"rates: {entry.get('id')}"
        _keys(where, entry, {"id", "words", "before", "alone", "scale", "source"})
        alone = MappingProxyType({k: Decimal(v) for k, v in entry["alone"].items()})
        rate = RateUnit(
            entry["id"], _words(where, entry["words"]), _words(where, entry["before"]), alone, Decimal(entry["scale"])
        )
        for word in (*rate.words, *rate.before, *rate.alone):
            _own(owners, word, rate.id, "rates")
        out.append(rate)
    return tuple(out)


def _measures(entries: Any) -> Mapping[str, Measure]:
    out: dict[str, Measure] = {}
    owners: dict[str, str] = {}
    for entry in entries:
        where = f"measures: {entry.get('id')}"
        _keys(where, entry, {"id", "source", "spelled", "whole", "words"})
        spelled = str(entry["spelled"])
        if spelled not in SPELLED:
            raise ResourceError(f"{FILE}: {where}: spelled is {spelled!r}, expected one of {sorted(SPELLED)}")
        for word in _words(where, entry["words"]):
            _own(owners, word, entry["id"], "measures")
            out[word] = Measure(spelled, bool(entry["whole"]))
    return MappingProxyType(out)


def _bounds(side: str, entry: Any) -> Mapping[str, str]:
    out: dict[str, str] = {}
    owners: dict[str, str] = {}
    for bound, words in _keys(f"bounds: {side}", entry, BOUNDS).items():
        for word in _words(f"bounds: {side}: {bound}", words):
            _own(owners, word, bound, f"bounds: {side}")
            out[word] = bound
    return MappingProxyType(out)


def _own(owners: dict[str, str], word: str, owner: str, where: str) -> None:
    """Refuse a word that belongs to another entry already."""
    if owners.get(word, owner) != owner:
        raise ResourceError(f"{FILE}: {where}: {word!r} belongs to {owners[word]!r} and to {owner!r}")
    owners[word] = owner
