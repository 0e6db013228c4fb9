"""What a reader of a passage carries from clause to clause: indicator, base, budget, period, the head of a list."""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.facts.tokens import Token
from gouji.model.facts import Base, Measure, Mention

PROJECT = "project"
"""Rule of the names of projects that head what is told of them (`gouji.extract.indicator_projects`)."""
HEADS = frozenset([PROJECT, "chain"])
"""Rules of the names that money in their paragraph comes back to."""
LISTED = 3
"""A sentence that names so many indicators is a list; what follows it without a name belongs to the first of them."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for a whole passage.

    Parameters
    ----------
    year : int or None
        The fiscal year.
    bare_budget : Base
        Which budget the document means by 预算 alone.
    default : Measure or None
        What a figure is that says nothing of itself: ``target`` or ``actual`` by the column or heading it stands under.
    prefix : tuple of str
        What leads every path of the passage (the project of a self-evaluation form).
    label : str or None
        What to call a figure of the passage that has no indicator (成本指标).
    planned : bool
        Whether the passage tells of the coming year's budget.
    """

    year: int | None
    bare_budget: Base
    default: Measure | None = None
    prefix: tuple[str, ...] = ()
    label: str | None = None
    planned: bool = False

    def year_text(self, year: int | None = None) -> str | None:
        """Write a year as facts do, the fiscal year if none is given."""
        found = year if year is not None else self.year
        return None if found is None else str(found)

    def year_before(self) -> str | None:
        """Write the year before the fiscal year."""
        return None if self.year is None else str(self.year - 1)


SUMS = {
    "revenue.year": ("revenue",),
    "expenditure.year": ("expenditure", "function"),
    "expenditure.general": ("function",),
    "expenditure.fiscal": ("function",),
    "three_public.all": ("three_public",),
    "procurement.total": ("procurement",),
}
"""Entries that are sums, with the types of what they are the sum of."""


FLOWS = frozenset(("收入", "支出"))
MOVING = frozenset("IJEZTYq(),;:.")
"""Letters of the tokens that move the state."""


@dataclass(slots=True)
class State:
    """Carried context; `feed` moves it by one token that a reading does not keep to itself.

    Parameters
    ----------
    indicator : Mention or None
        The current one. `loose` is the name of a subject that is no indicator and took its place.
    head : Mention or None
        Head of the list that 其中 opened (`children`); `whole` is a whole that a share of the list named outright.
    base, base_period, budget : optional
        Base of the last comparison, and the budget that the passage has named; `prior_compared` while its sentence
        has compared with last year.
    year : int or None
        A period that the clause names.
    flags : list of str
        Qualifiers of the sentence.
    run, named, lately : list of Mention
        Indicators joined to the last one, all of the sentence, and those of the last sentence that named any.
    project : Mention or None
        The project or item that heads the passage: its budgets and outturns behind another name are its own.
    in_clause : bool
        Whether the clause names an indicator itself.
    counted, measure, planned : optional
        Indicator of the last count, measure of the last figure, name of the last budget.
    part : Measure or None
        What the parts in an open bracket measure, where its head is a budget.
    said : Base or None
        Budget that the passages before in the section have spoken of last.
    sums : dict of str to Mention
        By type of the parts the last sum that was named: the whole of bare shares in numbered items behind it.
    """

    indicator: Mention | None = None
    head: Mention | None = None
    children: bool = False
    base: Base | None = None
    base_period: str | None = None
    budget: Base | None = None
    year: int | None = None
    prior_compared: bool = False
    flags: list[str] = field(default_factory=list)
    run: list[Mention] = field(default_factory=list)
    named: list[Mention] = field(default_factory=list)
    in_clause: bool = False
    counted: Mention | None = None
    measure: Measure | None = None
    whole: str | None = None
    loose: str | None = None
    project: Mention | None = None
    planned: str | None = None
    part: Measure | None = None
    said: Base | None = None
    sums: dict[str, Mention] = field(default_factory=dict)
    lately: list[Mention] = field(default_factory=list)
    _brackets: list[tuple[Mention | None, Measure | None]] = field(default_factory=list)
    _joined: bool = False
    _ids: set[str] = field(default_factory=set)

    def name(self, mention: Mention) -> None:
        """Make an indicator the current one."""
        if not self._joined:
            self.run = []
        self.run.append(mention)
        self.named.append(mention)
        self._ids.add(mention.id)
        if mention.entry in SUMS:
            self.sums |= dict.fromkeys(SUMS[mention.entry], mention)
        self.indicator = mention
        if mention.rule in HEADS:
            self.project = mention
        self.loose = None
        self.in_clause = True
        self._joined = False

    def feed(self, token: Token) -> None:
        """Move the state by a token."""
        letter = token.letter
        if letter == "I" and token.mention is not None:
            self.name(token.mention)
        elif letter == "J":
            self._joined = True
        elif letter == "E":
            self._open_list()
            self.in_clause = False
        elif letter == "Z":
            self._open_purpose(token)
        elif letter in "TY":
            self.year = token.year
        elif letter == "q" and token.row is not None and token.row.flag:
            self.flags.append(token.row.flag)
        elif letter == "(":
            self._brackets.append((self.indicator, self.measure))
        elif letter == ")":
            self._close_bracket()
        elif letter in ",;:":
            self._end_clause(keep_year=letter == ":")
        elif letter == ".":
            self._end_sentence()

    def turn(self, word: str) -> None:
        """Turn from income to expenditure or back where a clause says no more than that: 支出较上年增加3万元."""
        if word not in FLOWS or self.in_clause or self.indicator is None or word in (self.indicator.name or ""):
            return
        self.indicator = next((m for m in self.lately if (m.name or "").endswith(word)), self.indicator)

    def in_order(self, count: int) -> list[Mention]:
        """Give the names that so many figures of a list belong to by order; none if they are not as many."""
        if len(self.run) == count:
            return self.run
        return self.lately if not self.named and len(self.lately) == count else []  # 甲（项）和乙（项）。预算分别为…

    @property
    def depth(self) -> int:
        """How many brackets are open."""
        return len(self._brackets)

    @property
    def carries(self) -> bool:
        """Whether the current indicator comes from a clause before."""
        return self.indicator is not None and not self.in_clause

    @property
    def _has_head(self) -> bool:
        """Whether the sentence names the head of the list itself."""
        return self.head is not None and self.head.id in self._ids

    def _open_purpose(self, token: Token) -> None:
        """主要用于: the current indicator is the whole of the shares that may follow; a cause changes nothing."""
        if token.row is None or token.row.id != "purpose" or self.indicator is None or self.children:
            return
        whole = self.sums.get(self.indicator.type or "")
        if whole is not None and whole is not self.indicator and whole.id in self._ids:
            return  # 收入合计9万元，包括：财政拨款收入8万元，占88%，主要用于…；其他收入1万元，占11%
        self.head = self.indicator
        self.whole = None

    def _close_bracket(self) -> None:
        if self._brackets:
            self.indicator, self.measure = self._brackets.pop()
        self.part = None

    def _open_list(self) -> None:
        """其中: what follows are parts of the current indicator; in brackets parts of a budget are budgets."""
        self.part = self._brackets[-1][1] if self._brackets else None
        self.whole = None
        if self.indicator is None:
            self.children = self.head is not None
            return
        if self.children and self._has_head and self.indicator is not self.head:
            self.head = self.indicator if len(self.named) < LISTED else self.head
        else:
            self.head = self.indicator
        self.children = True

    def _end_clause(self, *, keep_year: bool) -> None:
        self.in_clause = False
        self._joined = False
        if not keep_year:
            self.year = None

    def _end_sentence(self) -> None:
        self._end_clause(keep_year=False)
        self._brackets.clear()
        self.part = None
        self.flags.clear()
        self.prior_compared = False
        if self.children and self._has_head:
            self.indicator = self.head
        elif len(self.named) >= LISTED:
            self.indicator = self.named[0]
        self.lately, self.named = self.named or self.lately, []
        self._ids = set()
        self.run = []
