"""What a reader of a passage carries from clause to clause: indicator, base, budget, period, the head of a list."""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.facts.tokens import Token
from gouji.model.facts import Base, Measure, Mention

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
    """

    year: int | None
    bare_budget: Base
    default: Measure | None = None
    prefix: tuple[str, ...] = ()

    def year_text(self, year: int | None = None) -> str | None:
        """A year as facts write it; the fiscal year if none is given."""
        found = year if year is not None else self.year
        return None if found is None else str(found)


@dataclass
class State:
    """Carried context; `feed` moves it by one token that no production took."""

    indicator: Mention | None = None
    head: Mention | None = None
    children: bool = False
    base: Base | None = None
    base_period: str | None = None
    budget: Base | None = None
    year: int | None = None
    prior_compared: bool = False
    flags: list[str] = field(default_factory=list)
    level_names: dict[str, str] = field(default_factory=dict)
    run: list[Mention] = field(default_factory=list)
    named: list[Mention] = field(default_factory=list)
    in_clause: bool = False
    _brackets: list[Mention | None] = field(default_factory=list)
    _joined: bool = False

    def name(self, mention: Mention) -> None:
        """Make an indicator the current one."""
        self.run = [*self.run, mention] if self._joined and self.run else [mention]
        self.named.append(mention)
        self.indicator = mention
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
        elif letter in "TY":
            self.year = token.year
        elif letter == "q" and token.row is not None and token.row.flag:
            self.flags.append(token.row.flag)
        elif letter == "(":
            self._brackets.append(self.indicator)
        elif letter == ")":
            if self._brackets:
                self.indicator = self._brackets.pop()
        elif letter in ",;:":
            self._end_clause(keep_year=letter == ":")
        elif letter in "._" or letter == "Z":
            if letter == ".":
                self._end_sentence()

    @property
    def depth(self) -> int:
        """How many brackets are open."""
        return len(self._brackets)

    def _open_list(self) -> None:
        """其中: what follows are parts of the first indicator that the sentence names, or of the current one."""
        if self.children and self.head in self.named and self.indicator is not self.head and self.indicator is not None:
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
        self.flags.clear()
        self.prior_compared = False
        if self.children and self.head is not None and self.head in self.named:
            self.indicator = self.head
        elif len(self.named) >= LISTED:
            self.indicator = self.named[0]
        self.named = []
        self.run = []
