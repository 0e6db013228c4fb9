"""Mentions (tagged spans), facts and causes, as the contract names them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gouji.model.quick import quick
from gouji.model.spans import Span
from gouji.model.values import Value


class Label(StrEnum):
    """What a mention is."""

    AMOUNT = "AMOUNT"
    RATE = "RATE"
    QUANTITY = "QUANTITY"
    INDICATOR = "INDICATOR"
    CAUSE = "CAUSE"


FIGURES = frozenset({Label.AMOUNT, Label.RATE, Label.QUANTITY})


class Measure(StrEnum):
    """What a figure says of its indicator (annotation guidelines, section 4)."""

    ACTUAL = "actual"
    INITIAL_BUDGET = "initial_budget"
    ADJUSTED_BUDGET = "adjusted_budget"
    PRIOR = "prior"
    CHANGE = "change"
    CHANGE_RATE = "change_rate"
    SHARE = "share"
    COMPLETION_RATE = "completion_rate"
    AVERAGE = "average"
    MAX_SCORE = "max_score"
    SCORE = "score"
    TARGET = "target"
    COUNT = "count"
    OTHER = "other"


CHANGES = frozenset({Measure.CHANGE, Measure.CHANGE_RATE})
COMPARED = CHANGES | {Measure.COMPLETION_RATE}


class Base(StrEnum):
    """What a comparison compares with."""

    PRIOR_YEAR = "prior_year"
    INITIAL_BUDGET = "initial_budget"
    ADJUSTED_BUDGET = "adjusted_budget"
    OTHER_YEAR = "other_year"
    NONE = "none"


class Direction(StrEnum):
    """Where a change goes; the value of a change is unsigned."""

    INCREASE = "increase"
    DECREASE = "decrease"
    FLAT = "flat"
    NONE = "none"


SIGN = {Direction.INCREASE: 1, Direction.DECREASE: -1}


@quick
@dataclass(frozen=True, slots=True)
class Mention:
    """A tagged span.

    `span` counts in `Document.text`, `local` in the text of the passage `passage`. Figures have `value` (a
    range also `upper`, its `value` being the lower end) and `approx` (``about``, ``at_least``, ``at_most``,
    ``more_than``, ``less_than``); indicators `type`, `name` (canonical) and, where the gazetteer knows them,
    `entry`. Causes have `cue` (the words that announced it, empty if none did) and `confidence` in (0, 1].
    `currency` is the ISO code of an amount that is not in yuan; its value is in that currency. `rule` names what read
    the mention. `id` is empty until `extract` has sorted and numbered all mentions.
    """

    id: str
    label: Label
    span: Span
    passage: str
    local: Span
    page: int | None = None
    value: Value | None = None
    upper: Value | None = None
    approx: str | None = None
    type: str | None = None
    name: str | None = None
    entry: str | None = None
    cue: str | None = None
    confidence: float | None = None
    rule: str = ""
    currency: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Fact:
    """What one figure states of one indicator.

    `figure` and `indicator` are mention ids. `path` is outermost first and ends with the indicator's own
    canonical name. `of` names the whole of a share. `base_period` is the year a comparison names. `flags` are
    doubts for later stages: ``direction_missing``, ``residue`` (增加（减少）), ``same_caliber`` (同口径),
    ``foreign_unit`` (another unit's figure), ``unit_suspect``, ``base_zero``, ``base_period_suspect`` (a base year
    that is a slip), ``negative`` (下降-3%), ``contradiction`` (the direction word against the figures),
    ``scale_suspect`` (a rate right by a factor of a hundred only), ``digits_copied`` (a rate with the digits of its
    amount), ``shared`` (one number for several indicators), ``typo``. `rule` names
    the production that read the fact, `sentence` the stretch of the document it was read from.
    """

    id: str
    figure: str
    indicator: str | None
    path: tuple[str, ...]
    measure: Measure
    period: str | None
    base: Base = Base.NONE
    direction: Direction = Direction.NONE
    of: str | None = None
    base_period: str | None = None
    flags: tuple[str, ...] = ()
    rule: str = ""
    sentence: Span | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause and what it explains: fact ids or cell addresses. The first category is the main one.

    `adequacy` is ``specific``, ``generic``, ``restatement`` or ``none``. `flags` are doubts: ``direction_suspect``, a
    reason that goes against the direction of what it explains (saving for an increase, a marked rise for no change).
    """

    id: str
    span: str
    explains: tuple[str, ...]
    categories: tuple[str, ...]
    adequacy: str = "specific"
    flags: tuple[str, ...] = ()
