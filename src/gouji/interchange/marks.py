"""Spans, links and closed attributes: how annotation tools see an `Annotated`, and the way back.

What a tool shows and lets an annotator change (label, stretch, measure, base, direction, type, category, links) stands
in `Mark.choices` and in the links. The rest of the rows travels beside it as `Mark.note`, so that an untouched mark
comes back as it was. Where the two differ, the annotator is right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from gouji.interchange.annotated import LAYERS, Annotated, Data, Loss
from gouji.model.facts import FIGURES, Label
from gouji.resources.wording import vocabularies
from gouji.text.figures import scan

EXPLAINS, NAMED = "explains", "named"
"""Links: from a cause to a figure that it explains, from a figure to the indicator that it belongs to."""
_FACT_CHOICES = ("measure", "base", "direction")
_CHOICES: dict[str, tuple[str, ...]] = {Label.INDICATOR: ("type",), Label.CAUSE: ("category", "adequacy")}
_NOT_NOTED = frozenset({"id", "label", "start", "end"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled stretch ``[start, end)`` with what an annotator may choose, and the rest of its rows."""

    id: str
    label: str
    start: int
    end: int
    choices: dict[str, str] = field(default_factory=dict)
    note: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two marks, by their ids."""

    kind: str
    source: str
    target: str


def choices_of(label: str) -> dict[str, tuple[str, ...]]:
    """List the closed attributes of a label with their values, in the order of the guideline."""
    names = _FACT_CHOICES if label in FIGURES else _CHOICES.get(label, ())
    return {name: tuple(vocabularies()[name]) for name in names}


def marks_of(annotated: Annotated) -> tuple[list[Mark], list[Link]]:
    """Give the marks and links of a document, in the order of its rows."""
    facts: dict[str, list[Data]] = defaultdict(list)
    figure_of = {}
    for fact in annotated.facts:
        facts[fact["figure"]].append(fact)
        figure_of[fact["id"]] = fact["figure"]
    causes = {cause["span"]: cause for cause in annotated.causes}
    known = {m["id"] for m in annotated.mentions}
    marks, links = [], []
    for mention in annotated.mentions:
        identity = mention["id"]
        note: dict[str, Any] = {
            "label": mention["label"],
            "surface": annotated.text[mention["start"] : mention["end"]],
            "mention": {"id": identity} | {k: v for k, v in mention.items() if k not in _NOT_NOTED},
        }
        choices = {}
        if facts[identity]:
            note["facts"] = [dict(fact) for fact in facts[identity]]
            choices = {k: str(facts[identity][0].get(k) or "none") for k in _FACT_CHOICES}
            targets = dict.fromkeys(f["indicator"] for f in facts[identity] if f.get("indicator") in known)
            links += [Link(NAMED, identity, target) for target in targets]
        elif mention["label"] == Label.INDICATOR and mention.get("type"):
            choices = {"type": mention["type"]}
        elif identity in causes:
            cause = causes[identity]
            note["cause"] = dict(cause)
            choices = {"category": cause["categories"][0]} if cause.get("categories") else {}
            choices |= {"adequacy": cause["adequacy"]} if cause.get("adequacy") else {}
            figures = dict.fromkeys(figure_of[e] for e in cause["explains"] if e in figure_of)
            links += [Link(EXPLAINS, identity, figure) for figure in figures]
        marks.append(Mark(identity, mention["label"], mention["start"], mention["end"], choices, note))
    return marks, links


def annotated_of(base: Annotated, marks: Iterable[Mark], links: Sequence[Link]) -> Annotated:
    """Take marks and links back.

    Parameters
    ----------
    base : Annotated
        Name, text and document; its rows are not used.
    marks : iterable of Mark
        Ids are the tool's own; a mark without a note, or of another surface than its note says, is read anew.
    links : sequence of Link

    Returns
    -------
    Annotated
        Rows in the contract's order. Marks that were there before keep their ids, others get the next free ones.
    """
    ordered = sorted(marks, key=lambda m: (m.start, m.end, m.label))
    names = _names(ordered, "m", lambda m: [m.note["mention"]["id"]] if "mention" in m.note else [])
    mentions = [_mention(mark, names[mark.id], base.text) for mark in ordered]
    named = {link.source: link.target for link in links if link.kind == NAMED and link.target in names}
    fresh = _Fresh("f", [f["id"] for m in ordered for f in m.note.get("facts", ())])
    facts: list[dict[str, Any]] = []
    of_figure: dict[str, list[str]] = {}
    for mark in ordered:
        rows = _facts(mark, names[mark.id], named.get(mark.id), names, base, fresh)
        of_figure[mark.id] = [row["id"] for row in rows]
        facts += rows
    explained: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.kind == EXPLAINS:
            explained[link.source] += of_figure.get(link.target, [])
    fresh = _Fresh("c", [m.note["cause"]["id"] for m in ordered if "cause" in m.note])
    causes = [_cause(m, names[m.id], explained[m.id], fresh) for m in ordered if m.label == Label.CAUSE]
    by_id = _by_number
    return replace(
        base,
        mentions=tuple(mentions),
        facts=tuple(sorted(facts, key=by_id)),
        causes=tuple(sorted(causes, key=by_id)),
        layers={},
    )


def lost_layers(annotated: Annotated, why: str) -> list[Loss]:
    """Name the layers that a format for spans does not hold."""
    rows = ((layer, len(annotated.layers.get(layer) or ())) for layer in LAYERS)
    return [Loss(annotated.name, layer, count, why) for layer, count in rows if count]


class _Fresh:
    """Ids that are still free: the number after the highest one taken."""

    def __init__(self, letter: str, taken: Iterable[str]) -> None:
        self.letter = letter
        self.last = max((int(t[1:]) for t in taken if t[:1] == letter and t[1:].isdecimal()), default=0)

    def next(self) -> str:
        self.last += 1
        return f"{self.letter}{self.last}"


def _names(marks: Sequence[Mark], letter: str, noted: Callable[[Mark], list[str]]) -> dict[str, str]:
    """Id of each mark's mention: the noted one, once; else the next free one."""
    fresh = _Fresh(letter, [name for mark in marks for name in noted(mark)])
    taken: set[str] = set()
    out = {}
    for mark in marks:
        name = next(iter(noted(mark)), None)
        if name is None or name in taken:
            name = fresh.next()
        taken.add(name)
        out[mark.id] = name
    return out


def _mention(mark: Mark, name: str, text: str) -> dict[str, Any]:
    noted = dict(mark.note.get("mention", {})) if mark.note.get("label") == mark.label else {}
    surface = text[mark.start : mark.end]
    if mark.label in FIGURES and (not noted or _moved(mark, surface)):
        noted = _read_figure(surface)
    if mark.label == Label.INDICATOR and (not noted or _moved(mark, surface)):
        noted = {"name": "".join(surface.split())} | ({"type": noted["type"]} if noted.get("type") else {})
    if mark.label == Label.INDICATOR and mark.choices.get("type"):
        noted["type"] = mark.choices["type"]
    return {"id": name, "label": mark.label, "start": mark.start, "end": mark.end} | {
        k: v for k, v in noted.items() if k not in _NOT_NOTED
    }


def _moved(mark: Mark, surface: str) -> bool:
    return bool(mark.note) and mark.note.get("surface", surface) != surface


def _read_figure(surface: str) -> dict[str, Any]:
    """Value of a figure that an annotator marked; none where its words are not one whole figure."""
    found = scan(surface)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(surface)) or found[0].value is None:
        return {"value": None, "unit": None}
    figure = found[0]
    assert figure.value is not None
    out: dict[str, Any] = {
        "value": format(figure.value.canonical, "f"),
        "unit": figure.value.unit,
        "decimals": figure.value.decimals,
    }
    return out | ({"upper": format(figure.upper.canonical, "f")} if figure.upper is not None else {})


def _facts(
    mark: Mark, figure: str, indicator: str | None, names: dict[str, str], base: Annotated, fresh: _Fresh
) -> list[dict[str, Any]]:
    """Facts of a figure: the noted ones with what was chosen, or a new one where a measure was chosen."""
    if mark.label not in FIGURES:
        return []
    rows = [dict(row) for row in mark.note.get("facts", ())]  # of any figure label: an AMOUNT that is a RATE keeps them
    chosen = {k: v for k, v in mark.choices.items() if k in _FACT_CHOICES}
    if not rows:
        if "measure" not in chosen:
            return []
        year = base.document.get("fiscal_year")
        rows = [{"id": fresh.next(), "path": [], "period": None if year is None else str(year), "of": None}]
    for position, row in enumerate(rows):
        row["figure"] = figure
        row["indicator"] = None if indicator is None else names[indicator]
        if position == 0:
            row.update({k: chosen.get(k, row.get(k) or "none") for k in _FACT_CHOICES})
    return rows


def _cause(mark: Mark, span: str, linked: list[str], fresh: _Fresh) -> dict[str, Any]:
    """Cause of a mark: what is linked explains, in the noted order; cells that were noted stay."""
    noted = mark.note.get("cause")
    row = dict(noted) if noted else {"id": fresh.next(), "categories": []}
    before = list(row.get("explains", ()))
    kept = [e for e in before if e in linked or not e.startswith("f")]
    row |= {"span": span, "explains": kept + [e for e in dict.fromkeys(linked) if e not in kept]}
    category = mark.choices.get("category")
    if category and row["categories"][:1] != [category]:
        row["categories"] = [category, *[c for c in row["categories"][1:] if c != category]]
    if mark.choices.get("adequacy"):
        row["adequacy"] = mark.choices["adequacy"]
    return row


def _by_number(row: Data) -> tuple[int, str]:
    digits = row["id"][1:]
    return (int(digits) if digits.isdecimal() else 0, row["id"])
