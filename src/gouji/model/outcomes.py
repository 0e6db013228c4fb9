"""Alignments, check outcomes, the ledger, and the analysis that holds them all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from gouji.model.document import Document
from gouji.model.facts import Cause, Fact, Mention
from gouji.model.values import Verdict


class Relation(StrEnum):
    """How a figure follows from its operands (annotation guidelines, section 6)."""

    SAME = "same"
    SUM = "sum"
    DIFFERENCE = "difference"
    SHARE = "share"
    CHANGE = "change"
    CHANGE_RATE = "change_rate"
    COMPLETION = "completion"
    AVERAGE = "average"
    COUNT = "count"
    NONE = "none"


class Status(StrEnum):
    """Answer of a check; a check always answers."""

    CONSISTENT = "consistent"
    ROUNDING = "rounding"
    INCONSISTENT = "inconsistent"
    NOT_CHECKED = "not_checked"


class Severity(StrEnum):
    """How an inconsistent outcome is to be taken; a finding may also report a rounding."""

    ERROR = "error"
    DOUBTFUL = "doubtful"
    ROUNDING = "rounding"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Alignment:
    """A fact tied to what it restates or follows from.

    `figure` is a fact id; `operands` are cell addresses and fact ids. Operands of a change and a change rate
    are the current figure with the base or with the change, of a share part and whole, of a difference minuend
    and subtrahend. `computed` is what they give, unrounded, in the canonical unit. `relation` none has no
    operands and says why in `reason`.
    """

    figure: str
    relation: Relation
    operands: tuple[str, ...]
    verdict: Verdict
    computed: Decimal | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """Answer of one declared check at one place.

    `operands` are cell addresses and fact ids, the claimed one first. `stated` and `computed` are decimal
    strings as a reader would write them. `severity` and `root` (id shared by all outcomes with one cause of
    error) are set where the status is inconsistent. `bound` is ``at_most`` or ``at_least`` where the claimed figure
    need not equal what was computed.
    """

    id: str
    check: str
    status: Status
    operands: tuple[str, ...]
    stated: str | None = None
    computed: str | None = None
    reason: str | None = None
    page: int | None = None
    message: str = ""
    severity: Severity | None = None
    root: str | None = None
    start: int | None = None
    end: int | None = None
    bound: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What became of one narrative AMOUNT or RATE.

    `status` is ``aligned``, ``derived``, ``context``, ``external`` or ``unresolved``.
    """

    figure: str
    status: str
    reason: str | None = None


@dataclass(frozen=True)
class Analysis:
    """Everything that gouji found in one document."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()
    causes: tuple[Cause, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    outcomes: tuple[CheckOutcome, ...] = ()
    ledger: tuple[LedgerRow, ...] = ()

    @cached_property
    def mention_of(self) -> dict[str, Mention]:
        """Mentions by id."""
        return {m.id: m for m in self.mentions}

    @cached_property
    def fact_of(self) -> dict[str, Fact]:
        """Facts by id."""
        return {f.id: f for f in self.facts}
