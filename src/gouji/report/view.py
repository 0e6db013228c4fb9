"""What the page says of each thing, in words: tooltips, rows of its tables, marks of cells and figures."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from gouji.findings import Finding, findings
from gouji.findings.operands import operand
from gouji.model.document import Table
from gouji.model.facts import FIGURES, Cause, Fact, Label, Mention
from gouji.model.outcomes import Alignment, Analysis, CheckOutcome, LedgerRow, Relation, Severity, Status
from gouji.model.places import ADDRESS, mention_of, place_of_cell, place_of_span
from gouji.model.printing import computed_like, written
from gouji.model.spans import Span
from gouji.model.values import Verdict
from gouji.report.narrative import Block, Segment, blocks
from gouji.resources.wording import reason_words, word

MARKS = {Severity.ERROR: "conflict", Severity.DOUBTFUL: "doubtful"}
WORST = {"conflict": 3, "rounding": 2, "agrees": 1, "none": 0}


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row of the page's table of facts."""

    fact: Fact
    mention: Mention
    written: str
    indicator: str
    comparison: str
    alignments: tuple[str, ...]
    verdict: str
    place: str


@dataclass(frozen=True, slots=True)
class CauseRow:
    """A row of the page's table of causes."""

    cause: Cause
    mention: Mention
    written: str
    categories: tuple[str, ...]
    explains: tuple[tuple[str, str], ...]
    place: str


class View:
    """An analysis as the page's templates ask for it."""

    def __init__(self, analysis: Analysis, found: Sequence[Finding] | None = None) -> None:
        self.analysis = analysis
        self.document = analysis.document
        self.findings = tuple(findings(analysis) if found is None else found)

    @cached_property
    def errors(self) -> list[Finding]:
        """Findings that are errors."""
        return self.of("error")

    @cached_property
    def groups(self) -> list[tuple[str, list[Finding]]]:
        """Findings by severity, worst first; severities without findings are left out."""
        return [(str(code), found) for code in Severity if (found := self.of(str(code)))]

    def of(self, severity: str) -> list[Finding]:
        """Pick the findings of one severity."""
        return [f for f in self.findings if f.severity == severity]

    @cached_property
    def blocks(self) -> list[Block]:
        """Text and tables in the document's order."""
        return blocks(self.analysis)

    @cached_property
    def fact_by_figure(self) -> dict[str, Fact]:
        """Facts by the mention of their figure."""
        return {f.figure: f for f in self.analysis.facts}

    @cached_property
    def alignments(self) -> dict[str, list[Alignment]]:
        """Alignments by their fact."""
        out: dict[str, list[Alignment]] = defaultdict(list)
        for alignment in self.analysis.alignments:
            out[alignment.figure].append(alignment)
        return out

    @cached_property
    def ledger(self) -> dict[str, LedgerRow]:
        """Ledger rows by their figure."""
        return {row.figure: row for row in self.analysis.ledger}

    @cached_property
    def cause_by_span(self) -> dict[str, Cause]:
        """Causes by the mention of their words."""
        return {c.span: c for c in self.analysis.causes}

    @cached_property
    def marks(self) -> dict[str, str]:
        """What the outcomes say of cells and facts: ``conflict`` or ``doubtful``, by reference."""
        out: dict[str, str] = {}
        for finding in reversed(self.findings):
            mark = MARKS.get(finding.severity)
            if mark is None:
                continue
            for one in (*finding.related, finding):
                out[one.subject.reference] = mark
        return out

    def anchor(self, reference: str) -> str:
        """Id of the page's element that shows a cell, a mention or a fact's figure; empty where none does."""
        if ADDRESS.fullmatch(reference):
            table = self.document.table_of.get(reference.split(".")[0])
            cell = self.document.cell_at(reference)
            return table.address(cell) if table and cell else ""
        if reference.startswith("@"):
            return self._block_at(int(reference[1:]))
        mention = mention_of(self.analysis, reference)
        return mention.id if mention else ""

    def _block_at(self, offset: int) -> str:
        """Id of the cell or block that shows an offset of the document's text."""
        address = self.document.address_at(Span(offset, offset))
        if address is not None:
            return address
        at = bisect_right(self._block_starts, offset) - 1
        return f"b{self._block_starts[at]}" if at >= 0 else ""

    @cached_property
    def _block_starts(self) -> list[int]:
        return sorted(block.start for block in self.blocks if block.start is not None)

    def table_open(self, table: Table) -> bool:
        """Whether a table is shown unfolded: it holds something that does not hold."""
        return any(reference.startswith(f"{table.id}.") for reference in self.marks)

    def verdict(self, fact: Fact | None) -> str:
        """Worst verdict on a fact: conflict, rounding, agrees or none."""
        if fact is None:
            return "none"
        if self.marks.get(fact.id) == "conflict":
            return "conflict"
        return max((str(a.verdict) for a in self.alignments[fact.id]), key=WORST.__getitem__, default="none")

    def classes(self, segment: Segment) -> str:
        """CSS classes of a marked segment."""
        out = [str(m.label).lower() for m in segment.mentions]
        figure = next((m for m in segment.mentions if m.label in FIGURES), None)
        if figure is not None:
            out.append(self.verdict(self.fact_by_figure.get(figure.id)))
        return " ".join(dict.fromkeys(out))

    def tip(self, segment: Segment) -> str:
        """Tooltip of a marked segment: what is known of the innermost mention, then of those around it."""
        return "\n\n".join(self._tip(mention) for mention in reversed(segment.mentions))

    def _tip(self, mention: Mention) -> str:
        if mention.label is Label.INDICATOR:
            name = f"：{mention.name}" if mention.name else ""
            return f"指标{name}（{word('type', mention.type)}）" if mention.type else f"指标{name}"
        if mention.label is Label.CAUSE:
            return self._cause_tip(mention)
        return self._figure_tip(mention)

    def _cause_tip(self, mention: Mention) -> str:
        cause = self.cause_by_span.get(mention.id)
        if cause is None:
            return "原因"
        names = "、".join(word("category", c) for c in cause.categories)
        lines = [f"原因：{names}"]
        lines += [f"解释 {name} {figure}" for name, figure in self._explained(cause)]
        return "\n".join(lines)

    def _figure_tip(self, mention: Mention) -> str:
        fact = self.fact_by_figure.get(mention.id)
        lines = []
        if fact is not None:
            lines.append(" / ".join(fact.path) or "（指标未定）")
            parts = (f"{fact.period}年" if fact.period else "", word("measure", fact.measure), self.comparison(fact))
            lines.append(" · ".join(p for p in parts if p))
            lines += self.alignment_words(fact, mention)
        else:
            lines.append(word("label", mention.label))
        row = self.ledger.get(mention.id)
        if row is not None:
            lines.append(
                f"去向：{word('ledger', row.status)}" + (f"（{reason_words(row.reason)}）" if row.reason else "")
            )
        return "\n".join(lines)

    def comparison(self, fact: Fact) -> str:
        """Words of a fact's base and direction, and of the whole of a share."""
        base = fact.base_period or word("base", fact.base)
        direction = word("direction", fact.direction)
        parts = [f"比{base}{direction}" if base else direction]
        if fact.of:
            parts.append(f"占{fact.of}")
        return "，".join(p for p in parts if p)

    def alignment_words(self, fact: Fact, mention: Mention) -> list[str]:
        """One line for each alignment of a fact: relation, operands, verdict, computed figure."""
        lines = []
        for alignment in self.alignments[fact.id]:
            if alignment.verdict is Verdict.NONE:
                why = reason_words(alignment.reason)
                lines.append(f"无对应：{why}" if why else "无对应")
                continue
            operands = "、".join(self._operand(r) for r in alignment.operands[:6])
            more = f" 等 {len(alignment.operands)} 项" if len(alignment.operands) > 6 else ""
            verdict = word("verdict", alignment.verdict)
            computed = ""
            told = alignment.relation is Relation.SAME and alignment.verdict is Verdict.AGREES
            if alignment.computed is not None and mention.value is not None and not told:
                computed = f"，计算得 {computed_like(mention.value, alignment.computed)}"
            lines.append(f"{word('relation', alignment.relation)}：{operands}{more} → {verdict}{computed}")
        return lines

    def _operand(self, reference: str) -> str:
        found = operand(self.analysis, reference)
        if ADDRESS.fullmatch(reference):
            return f"{found.written}［{place_of_cell(self.document, reference)}］"
        return f"{found.written}［{found.name}］" if found.name else found.written or reference

    def _explained(self, cause: Cause) -> tuple[tuple[str, str], ...]:
        found = (operand(self.analysis, reference) for reference in cause.explains)
        return tuple((o.name, o.written) for o in found)

    @cached_property
    def fact_rows(self) -> list[FactRow]:
        """Rows of the table of facts."""
        rows = []
        for fact in self.analysis.facts:
            mention = self.analysis.mention_of.get(fact.figure)
            if mention is None:
                continue
            rows.append(
                FactRow(
                    fact,
                    mention,
                    written(self.document, mention),
                    " / ".join(fact.path),
                    self.comparison(fact),
                    tuple(self.alignment_words(fact, mention)),
                    self.verdict(fact),
                    self._where(mention),
                )
            )
        return rows

    @cached_property
    def cause_rows(self) -> list[CauseRow]:
        """Rows of the table of causes."""
        rows = []
        for cause in self.analysis.causes:
            mention = self.analysis.mention_of.get(cause.span)
            if mention is None:
                continue
            categories = tuple(word("category", c) for c in cause.categories)
            words = written(self.document, mention)
            rows.append(CauseRow(cause, mention, words, categories, self._explained(cause), self._where(mention)))
        return rows

    @cached_property
    def checks(self) -> list[tuple[CheckOutcome, str, list[str]]]:
        """Outcomes with the place of the claimed figure and their operands in words, what does not hold first."""
        order = {Status.INCONSISTENT: 0, Status.ROUNDING: 1, Status.NOT_CHECKED: 2, Status.CONSISTENT: 3}
        rows = []
        for outcome in sorted(self.analysis.outcomes, key=lambda o: order[o.status]):
            place = operand(self.analysis, outcome.operands[0]).place if outcome.operands else None
            rows.append((outcome, str(place or ""), [self._operand(r) for r in outcome.operands[:8]]))
        return rows

    @cached_property
    def ledger_rows(self) -> list[tuple[LedgerRow, str, str, str]]:
        """Ledger rows with the figure as written, the indicator and the place; what could not be told first."""
        rows = []
        for row in self.analysis.ledger:
            mention = self.analysis.mention_of.get(row.figure)
            if mention is None:
                continue
            fact = self.fact_by_figure.get(row.figure)
            name = fact.path[-1] if fact and fact.path else ""
            rows.append((row, written(self.document, mention), name, self._where(mention)))
        order = {"unresolved": 0, "external": 1, "context": 2, "derived": 3, "aligned": 4}
        return sorted(rows, key=lambda r: order.get(r[0].status, 5))

    def _where(self, mention: Mention) -> str:
        return str(place_of_span(self.document, mention.span, mention.page))
