"""Change one figure of a document at a time and see whether a new finding involves it.

    python benchmarks/mutations.py [--sample 25] [--seed 1] [--misses FILE] [--out docs/mutations.md] [NAME ...]

The documents are those that may be looked at: the shipped ones of the split ``dev`` and, where they stand beside the
project, the real reports. A mutant is the document with one figure changed: ``step`` adds one to the last digit but
one, ``swap`` exchanges two neighbouring digits, ``unit`` writes 元 for 万元 or the other way round, ``direction``
turns the word that says where a change goes. Figures that a finding of the unchanged document involves already are
left out. A mutant is found if an error or a doubt that the unchanged document does not have involves the changed
figure, as the claimed one or as an operand.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gouji.analysis import analyse
from gouji.evaluate.listing import names_of_split
from gouji.evaluate.statistics import mean
from gouji.model.document import Cell, Document, Passage, Table
from gouji.model.facts import Direction, Fact, Label, Mention
from gouji.model.outcomes import Analysis, Severity, Status
from gouji.model.places import ADDRESS
from gouji.model.spans import Span
from gouji.model.values import Verdict
from gouji.readers import read
from gouji.readers.txt import document_of

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "corpora" / "real"
IN_RELATION = frozenset({"aligned", "derived", "context"})
FORMS = frozenset({"self_evaluation", "project_goals"})
DIGITS = re.compile(r"[0-9][0-9,，]*(?:\.[0-9]+)?(?![０-９．])")
OPPOSITE = {
    **{"增加": "减少", "增长": "下降", "上升": "下降", "提高": "降低", "增支": "减支", "增收": "减收"},
    **{"大于": "小于", "高于": "低于", "超出": "低于"},
}
OPPOSITE |= {after: before for before, after in reversed(OPPOSITE.items())}
DIRECTION = re.compile("|".join(sorted(OPPOSITE, key=len, reverse=True)))
REACH = 8
"""Characters before a figure in which the word of its direction stands."""
SETTLED = (Severity.ERROR, Severity.DOUBTFUL)


PAGE = """# Mutation test

Written by `python benchmarks/mutations.py --sample {arguments.sample} --seed {arguments.seed} --out
docs/mutations.md`.

One figure of a document is changed at a time, the document is analysed again, and the question is whether a
finding that the unchanged document does not have involves the changed figure, as the claimed figure or as an
operand. Errors and doubts count, roundings and matters of form do not. *step*: one more in the last digit but
one. *swap*: two neighbouring digits exchanged. *unit*: 元 for 万元 or the other way round. *direction*: the
word before the figure turned (增加 for 减少). Figures that a finding of the unchanged document involves already
are left out, zeros keep their unit (0元 is 0万元). Documents: the shipped ones of the split `dev`, and the
published reports where they stand beside the project. At most {arguments.sample} mutants of a document, group
and kind, drawn with seed {arguments.seed}; shares are over all mutants, in square brackets the 95 % interval of
the mean over documents, from 2,000 resamples of the documents.

*In a relation*: the ledger calls the figure of the unchanged document restated in a table, derived, or context
of a verified relation. *In none*: external or unresolved. A step in a figure whose only relation is a coarse
percentage may stay inside what rounding allows; such a mutant cannot be found by anyone, and is counted as
missed all the same.

{table}

## By document

{documents}
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that may be changed: where its digits stand, and what it is."""

    span: Span
    group: str
    kinds: tuple[str, ...]
    direction: Span | None = None


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change of the text, and the figure that it concerns: where that stands after the change."""

    kind: str
    figure: Figure
    change: Span
    words: str

    def moved(self, offset: int) -> int:
        """Offset in the unchanged text of an offset in the changed one."""
        by = len(self.words) - len(self.change)
        return offset - by if offset >= self.change.start + len(self.words) else offset


Key = tuple[str, tuple[int | str, ...]]


def figures(analysis: Analysis) -> Iterator[Figure]:
    """Figures of the narrative with a unit, and cells with decimals, that no finding involves."""
    document = analysis.document
    taken = {place for _, places in keys(analysis) for place in places}
    status = {row.figure: row.status for row in analysis.ledger}
    facts = {fact.figure: fact for fact in analysis.facts}
    for mention in analysis.mentions:
        if mention.label in (Label.AMOUNT, Label.RATE) and mention.span.start not in taken:
            related = status.get(mention.id) in IN_RELATION
            yield _narrative(document, mention, facts.get(mention.id), related)
    for table in document.tables:
        for cell in table.numbers():
            if cell.start is not None and cell.end is not None and "." in cell.text and cell.start not in taken:
                group = "cell of a form" if table.kind in FORMS else "cell of a statutory table"
                yield Figure(Span(cell.start, cell.end), group, ("step", "swap"))


def _narrative(document: Document, mention: Mention, fact: Fact | None, related: bool) -> Figure:
    group = "narrative, in a relation" if related else "narrative, in none"
    kinds, word = ["step", "swap"], None
    if mention.label is Label.AMOUNT and mention.value is not None and mention.value.number:
        kinds.append("unit")  # 0元 for 0万元 says the same
    if fact is not None and fact.direction in (Direction.INCREASE, Direction.DECREASE):
        before = Span(max(0, mention.span.start - REACH), mention.span.start)
        found = list(DIRECTION.finditer(document.text, before.start, before.end))
        if found:
            word = Span(found[-1].start(), found[-1].end())
            kinds.append("direction")
    return Figure(mention.span, group, tuple(kinds), word)


def mutate(text: str, figure: Figure, kind: str, rng: random.Random) -> Mutant | None:
    """Change a figure; None where this kind of change is not possible."""
    written = text[figure.span.start : figure.span.end]
    digits = DIGITS.search(written)
    if digits is None:
        return None
    where = Span(figure.span.start + digits.start(), figure.span.start + digits.end())
    if kind == "direction":
        assert figure.direction is not None
        word = text[figure.direction.start : figure.direction.end]
        return Mutant(kind, figure, figure.direction, OPPOSITE[word])
    if kind == "unit":
        unit = re.search(r"万?元", written)
        if unit is None:
            return None
        change = Span(figure.span.start + unit.start(), figure.span.start + unit.end())
        return Mutant(kind, figure, change, "元" if unit[0] == "万元" else "万元")
    new = {"step": step, "swap": swap}[kind](digits[0], rng)
    return None if new is None else Mutant(kind, figure, where, new)


def step(written: str, _: random.Random) -> str | None:
    """Add one to the last digit but one, as far as the figure keeps its length.

    Examples
    --------
    >>> step("1,234.56", random.Random(0)), step("99.96", random.Random(0)), step("5", random.Random(0))
    ('1,234.66', None, None)
    """
    places = [i for i, character in enumerate(written) if character.isdigit()]
    out = list(written)
    for i in reversed(places[:-1]):
        if out[i] != "9":
            out[i] = str(int(out[i]) + 1)
            return "".join(out)
        out[i] = "0"
    return None


def swap(written: str, rng: random.Random) -> str | None:
    """Exchange two neighbouring digits that differ, so that no zero comes to lead."""
    places = [i for i, character in enumerate(written) if character.isdigit()]
    pairs = [(i, j) for i, j in zip(places, places[1:], strict=False) if written[i] != written[j]]
    pairs = [(i, j) for i, j in pairs if not (i == places[0] and written[j] == "0")]
    if not pairs:
        return None
    i, j = rng.choice(pairs)
    out = list(written)
    out[i], out[j] = out[j], out[i]
    return "".join(out)


def changed(document: Document, mutant: Mutant) -> Document | None:
    """Document with the change; None where only a change of length would do and the text is not all there is."""
    text = document.text[: mutant.change.start] + mutant.words + document.text[mutant.change.end :]
    if document.media == "text/plain":
        return document_of(text, document.name, document.sha256)
    words = mutant.words.rjust(len(mutant.change)) if mutant.kind == "unit" else mutant.words
    if len(words) != len(mutant.change):
        return None
    text = document.text[: mutant.change.start] + words + document.text[mutant.change.end :]
    passages = tuple(_passage(passage, mutant.change, words) for passage in document.passages)
    tables = tuple(_table(table, mutant.change, words, text) for table in document.tables)
    return replace(document, text=text, passages=passages, tables=tables)


def _passage(passage: Passage, change: Span, words: str) -> Passage:
    if not passage.span.contains(change):
        return passage
    local = passage.offsets.to_target(change)
    new = words if len(local) == len(words) else words[: len(local)]
    return replace(passage, text=passage.text[: local.start] + new + passage.text[local.end :])


def _table(table: Table, change: Span, words: str, text: str) -> Table:
    return replace(table, cells=tuple(_cell(cell, change, text) for cell in table.cells))


def _cell(cell: Cell, change: Span, text: str) -> Cell:
    if cell.start is None or cell.end is None or cell.value is None or not cell.start <= change.start < cell.end:
        return cell
    digits = DIGITS.search(text[change.start : change.end])
    assert digits is not None
    number = type(cell.value.number)(digits[0].replace(",", "").replace("，", ""))
    signed = number.copy_sign(cell.value.number)
    return replace(cell, text=text[cell.start : cell.end], value=replace(cell.value, number=signed))


def keys(analysis: Analysis, mutant: Mutant | None = None) -> set[Key]:
    """Errors and doubts as what they say and the places that they involve, in offsets of the unchanged text."""
    where: Callable[[int], int] = mutant.moved if mutant else int
    out: set[Key] = set()
    for alignment in analysis.alignments:
        if alignment.verdict is Verdict.CONFLICT:
            places = (alignment.figure, *alignment.operands)
            out.add((str(alignment.relation), _places(analysis, places, where)))
    for outcome in analysis.outcomes:
        if outcome.status is Status.INCONSISTENT and outcome.severity in SETTLED:
            own = () if outcome.start is None else (where(outcome.start),)
            out.add((outcome.check, (*own, *_places(analysis, outcome.operands, where))))
    return out


def _places(analysis: Analysis, references: Sequence[str], where: Callable[[int], int]) -> tuple[int | str, ...]:
    out: list[int | str] = []
    for reference in references:
        if ADDRESS.fullmatch(reference):
            cell = analysis.document.cell_at(reference)
            out.append(reference if cell is None or cell.start is None else where(cell.start))
        else:
            fact = analysis.fact_of.get(reference)
            mention = analysis.mention_of.get(fact.figure if fact else reference)
            out.append(reference if mention is None else where(mention.span.start))
    return tuple(sorted(out, key=str))


def is_found(base: set[Key], analysis: Analysis, mutant: Mutant) -> bool:
    """Whether a finding that is new involves the changed figure."""
    start = mutant.figure.span.start
    return any(start in places for _, places in keys(analysis, mutant) - base)


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one mutant."""

    document: str
    group: str
    kind: str
    found: bool
    what: str


def run(document: Document, sample: int, seed: int) -> Iterator[Row]:
    """Mutants of one document, a sample for each group of figures and kind of change."""
    analysis = analyse(document)
    base = keys(analysis)
    rng = random.Random(f"{seed} {document.name}")
    pools: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures(analysis):
        for kind in figure.kinds:
            pools[figure.group, kind].append(figure)
    for (group, kind), pool in sorted(pools.items()):
        rng.shuffle(pool)
        taken = 0
        for figure in pool:
            mutant = mutate(document.text, figure, kind, rng)
            after = changed(document, mutant) if mutant is not None else None
            if mutant is None or after is None:
                continue
            found = is_found(base, analyse(after), mutant)
            yield Row(document.name, group, kind, found, _what(analysis, mutant))
            taken += 1
            if taken == sample:
                break


def _what(analysis: Analysis, mutant: Mutant) -> str:
    text, span = analysis.document.text, mutant.figure.span
    for table in analysis.document.tables:
        for cell in table.cells:
            if cell.start == span.start and cell.value is not None:
                path = f"{'>'.join(cell.row_path)} | {'>'.join(cell.col_path)}"
                return f"{table.address(cell)} 《{table.title}》 {path} | {cell.text} → {mutant.words}"
    mention = next(m for m in analysis.mentions if m.span == span)
    fact = next((f for f in analysis.facts if f.figure == mention.id), None)
    rows = [a for a in analysis.alignments if fact and a.figure == fact.id]
    ties = "; ".join(f"{a.relation} {','.join(a.operands)} {a.verdict} {a.reason or ''}" for a in rows)
    context = "".join(text[max(0, span.start - 40) : span.end + 12].split())
    name = f"{fact.id} {'>'.join(fact.path)} {fact.measure}" if fact else "no fact"
    changed_words = text[mutant.change.start : mutant.change.end]
    return f"@{span.start} {name} | {changed_words} → {mutant.words} | …{context} | {ties}"


def table(rows: Sequence[Row]) -> str:
    """Shares of mutants found, by group of figures and kind of change, with intervals over documents."""
    groups = sorted({row.group for row in rows})
    kinds = ["step", "swap", "unit", "direction"]
    lines = ["| figures | mutants | " + " | ".join(kinds) + " | all |", "|---|---:|" + "---:|" * (len(kinds) + 1)]
    picks: list[tuple[str, list[Row]]] = [(group, [r for r in rows if r.group == group]) for group in groups]
    picks.append(("cells, all", [r for r in rows if r.group.startswith("cell")]))
    picks.append(("narrative, all", [r for r in rows if r.group.startswith("narrative")]))
    for name, picked in picks:
        cells = [_share([r for r in picked if r.kind == kind]) for kind in kinds]
        lines.append(f"| {name} | {len(picked)} | " + " | ".join([*cells, _share(picked)]) + " |")
    return "\n".join(lines)


def by_document(rows: Sequence[Row]) -> str:
    """Shares of mutants found in each document."""
    groups = sorted({row.group for row in rows})
    lines = ["| document | " + " | ".join(groups) + " |", "|---|" + "---:|" * len(groups)]
    for name in dict.fromkeys(row.document for row in rows):
        cells = [[r for r in rows if r.document == name and r.group == group] for group in groups]
        shares = [f"{sum(r.found for r in c)} of {len(c)}" if c else "–" for c in cells]
        lines.append(f"| {name} | " + " | ".join(shares) + " |")
    return "\n".join(lines)


def _share(rows: Sequence[Row]) -> str:
    """Share over all mutants, and the interval from resampling the documents' shares."""
    if not rows:
        return "–"
    found: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        found[row.document].append(row.found)
    spread = mean([sum(one) / len(one) for one in found.values()])
    share = sum(row.found for row in rows) / len(rows)
    return f"{share:.3f} [{spread.low:.3f}, {spread.high:.3f}]" if len(found) > 1 else f"{share:.3f}"


def documents(names: Sequence[str]) -> list[Document]:
    """Documents that may be looked at, or those named."""
    paths = [ROOT / "corpora" / name / f"{name}.txt" for name in names_of_split(ROOT / "annotations", "dev")]
    paths += sorted(REAL.glob("*.txt")) + sorted(REAL.glob("*.pdf"))
    out = []
    for path in paths:
        if path.is_file() and (not names or path.stem in names):
            try:
                out.append(read(path))
            except ValueError as err:
                print(f"left out: {err}")
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--sample", type=int, default=25, help="mutants of a document, group and kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=Path, help="write what was not found to this file")
    parser.add_argument("--out", type=Path, help="write the page to this file")
    arguments = parser.parse_args()
    rows = [row for document in documents(arguments.names) for row in run(document, arguments.sample, arguments.seed)]
    if arguments.misses:
        missed = sorted((r for r in rows if not r.found), key=lambda r: (r.group, r.kind, r.document))
        text = "".join(f"{r.group} | {r.kind} | {r.document} | {r.what}\n" for r in missed)
        arguments.misses.write_text(text, "utf-8")
    print(table(rows))
    print()
    print(by_document(rows))
    if arguments.out:
        arguments.out.write_text(
            PAGE.format(arguments=arguments, table=table(rows), documents=by_document(rows)), "utf-8"
        )


if __name__ == "__main__":
    main()
