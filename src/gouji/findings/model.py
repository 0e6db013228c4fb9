"""What a finding is: a figure or a wording that does not hold, with its place, what was computed and its witnesses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gouji.model.outcomes import Severity
from gouji.model.places import Place

ORDER = {Severity.ERROR: 0, Severity.DOUBTFUL: 1, Severity.ROUNDING: 2, Severity.FORM: 3}
"""Numeric findings first, the form of the report after them."""


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure that takes part in a finding.

    `reference` is a fact, a mention or a cell, or ``@`` and an offset for words; `written` is how it is written,
    `quote` the words it stands in (empty for a cell, whose place says all), `start` and `end` where it stands in the
    document's text.
    """

    reference: str
    name: str
    written: str
    place: Place | None
    quote: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure or a wording that does not hold.

    `check` is the id of the check, or the relation that fails; `title` its words; `subject` names what is claimed;
    `operands` are what it was compared with; `remedy` says what would make it right, empty where nothing can be said.
    `related` holds the witnesses: what else does not hold because of the same root.
    """

    severity: Severity
    check: str
    title: str
    subject: Operand
    stated: str
    computed: str
    message: str
    operands: tuple[Operand, ...]
    remedy: str = ""
    root: str | None = None
    related: tuple[Finding, ...] = ()

    @property
    def note(self) -> str:
        """Message, where it says more than the figures and their places do."""
        told = self.computed and self.operands and self.severity is not Severity.FORM
        return "" if told else self.message

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Order of findings in a list: by severity, then by place."""
        place = self.subject.place
        line = place.line or 0 if place else 0
        return (ORDER[self.severity], line, self.subject.start or 0, self.subject.reference)


def with_severity(found: Iterable[Finding], wanted: Iterable[Severity]) -> tuple[Finding, ...]:
    """Pick the findings of some severities, in their order."""
    chosen = frozenset(wanted)
    return tuple(finding for finding in found if finding.severity in chosen)
