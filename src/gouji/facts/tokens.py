"""A passage becomes a line of typed tokens, one letter each: what the productions read.

Words come from the lexicon, indicators and figures from the mentions, periods and levels from their shape; all else
is dropped, and a long stretch of it leaves one ``gap``. What stands inside a cause makes a line of its own, in its
place stands one ``break``.

======  ==============================================  ======  ==============================================
letter  token                                           letter  token
======  ==============================================  ======  ==============================================
``I``   indicator                                       ``P``   比 较 与, before what is compared with
``A``   amount                                          ``L``   相比 比较, after it (or before, alone)
``R``   rate                                            ``C``   同比: base and all in one word
``r``   percentage points                               ``T``   a period; ``Y`` the year before the fiscal year
``Q``   quantity                                        ``B``   a budget; ``M`` the outturn
``D``   direction; ``N`` an extent (增幅)               ``X``   增加到, ``O`` 由
``S``   share; ``s`` name of a rate that is one         ``K``   completion; ``k`` name of a rate that is one
``v``   name of the difference rate                     ``V``   average
``U``   score; ``z`` full score                         ``p``   policy or contract rate; ``o`` lapse of time
``G``   分别 各 均; ``J`` joins a list                  ``E``   其中
``W``   是 为 before a period                           ``q``   qualifier of a base
``u``   较 before what is no year, budget or target
``Z``   cause or purpose begins                         ``_``   a gap; ``,`` ``;`` ``.`` ``:`` ``(`` ``)`` themselves
======  ==============================================  ======  ==============================================
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import attrgetter

from gouji.model.document import Passage
from gouji.model.facts import Label, Mention
from gouji.resources.lexicon import Lexicon, Row, fold_marks

LETTERS = {
    "direction": "D",
    "extent": "N",
    "compare": "P",
    "compare_other": "u",
    "compared": "L",
    "comparison": "C",
    "qualifier": "q",
    "period": "T",
    "budget": "B",
    "funds": "B",
    "measure": "M",
    "average": "V",
    "share": "S",
    "complete": "K",
    "multiple": "W",
    "completion_name": "k",
    "share_name": "s",
    "variance_name": "v",
    "score": "U",
    "max_score": "z",
    "policy": "p",
    "remainder_other": "o",
    "gap": "g",
    "fromto": "X",
    "from": "O",
    "each": "G",
    "parts": "E",
    "join": "J",
    "break": "Z",
}
FOLLOWERS = {
    "figure": "ARrQ",
    "rate": "Rr",
    "quantity": "Q",
    "indicator": "I",
    "comma": ",",
    "period": "TY",
    "extent": "N",
} | {kind: letter for kind, letter in LETTERS.items() if kind not in ("period", "extent")}
MARKS = {
    "，": ",",
    ",": ",",
    "；": ";",
    ";": ";",
    "。": ".",
    "！": ".",
    "？": ".",
    "!": ".",
    "?": ".",
    "：": ":",
    ":": ":",
    "(": "(",
    ")": ")",
}
# 教育支出(类) · 组织事务(款,下同) · (05款)
LEVEL = re.compile(r"\"?\((\d{0,7})([类款项])(?:级)?(?:[,，、]下同)?\)")
_LEVEL_FIRST = ('"', "(")
_FIGURE_LETTERS = {Label.AMOUNT: "A", Label.QUANTITY: "Q", Label.RATE: "R"}
_CAUSE = Label.CAUSE
BLANK = re.compile(r"\s")
RATE_NAMES = "ksvVU"
"""Letters that a canonical name may make too; what budget or outturn a name says only its own wording tells."""
GAP = 12
"""Characters of unknown text that may stand between two tokens of one production."""
DIRECTION_GAP = 6
"""The same after a word of direction: 增加了对乡镇的拨款 is none of the figure that follows."""


@dataclass(slots=True)  # not frozen: one is made for every word, in a quarter of the time
class Token:
    """A typed token; `start` and `end` count in `Line.text`."""

    letter: str
    start: int
    end: int
    row: Row | None = None
    mention: Mention | None = None
    year: int | None = None
    level: str = ""


@dataclass(slots=True)
class Line:
    """Tokens of a stretch of a passage in order; `letters` has one letter for each.

    `text` is folded, without white space; the line begins at `start`, and stands inside `cause` if that is set.
    """

    text: str
    tokens: tuple[Token, ...]
    cause: Mention | None = None
    start: int = 0
    letters: str = field(init=False)

    def __post_init__(self) -> None:
        self.letters = "".join([token.letter for token in self.tokens])

    def between(self, left: int, right: int) -> str:
        """Text from the end of the token numbered `left` to the start of that numbered `right`."""
        return self.text[self.tokens[left].end : self.tokens[right].start]


def tokenise(passage: Passage, mentions: Sequence[Mention], year: int | None, lexicon: Lexicon) -> list[Line]:
    """Turn a passage into lines: the running text first, then every cause that holds a figure.

    Parameters
    ----------
    passage : Passage
    mentions : sequence of Mention
        Those of the passage, in order.
    year : int or None
        The fiscal year, to which words like 上年 refer.
    lexicon : Lexicon
    """
    text, blanks = _without_blanks(passage.text)
    causes: list[tuple[int, int, Mention]] = []
    solid: list[Token] = []
    last, tangled = -1, False  # where the last of them begins, and whether they are out of order
    for mention in mentions:
        local = mention.local
        start, end = local.start, local.end
        if blanks:
            start, end = start - bisect_left(blanks, start), end - bisect_left(blanks, end)
        if mention.label is _CAUSE:
            causes.append((start, end, mention))
        else:
            solid += _solid(mention, start, end, text, lexicon)
            tangled = tangled or start <= last
            last = solid[-1].start
    if tangled:
        solid.sort(key=_place)
    found = _with_words(text, solid, lexicon, year)
    lines: list[Line] = []
    outer: list[Token] = []
    number = 0
    for start, end, cause in causes:
        inside: list[Token] = []
        while number < len(found) and found[number].start < end:
            token = found[number]
            if token.end <= start:
                outer.append(token)
            elif token.start >= start and token.end <= end:
                inside.append(token)
            number += 1
        outer.append(Token("Z", start, end, mention=cause))
        if any(token.letter in "ARrQ" for token in inside):
            lines.append(Line(text, _settled(text, inside), cause, start))
    return [Line(text, _settled(text, [*outer, *found[number:]])), *lines]


_place = attrgetter("start", "end")


def _without_blanks(text: str) -> tuple[str, list[int]]:
    """Text folded and without white space, and where that stood."""
    words = text.split()
    if len(words) == 1 and len(words[0]) == len(text):
        return fold_marks(text), []
    return fold_marks("".join(words)), [blank.start() for blank in BLANK.finditer(text)]


def _solid(mention: Mention, start: int, end: int, text: str, lexicon: Lexicon) -> list[Token]:
    """Token of an indicator or a figure, and the token that an indicator's last word makes."""
    letter = _FIGURE_LETTERS.get(mention.label)
    if letter is not None:
        if letter == "R" and mention.value is not None and mention.value.unit == "pp":
            letter = "r"
        return [Token(letter, start, end, None, mention)]
    surface = text[start:end]
    extent = _extents(lexicon).get(surface)
    if extent is not None:
        return [Token("N", start, end, extent)]  # 减少比例8%: of what was changed, no indicator
    level = LEVEL.match(text, end) if text[end : end + 1] in _LEVEL_FIRST else None
    marks = LEVEL.findall(surface) if "(" in surface else ()
    named = level.group(2) if level else (marks[-1][1] if marks else "")
    tokens = [Token("I", start, level.end() if level else end, mention=mention, level=named)]
    row = _own_word(lexicon, surface, mention.name or "")
    if row is not None:
        tokens.append(Token(LETTERS[row.kind], tokens[0].end, tokens[0].end, row))
    return tokens


@lru_cache(maxsize=4)
def _extents(lexicon: Lexicon) -> dict[str, Row]:
    return {form: row for row in lexicon.rows if row.kind == "extent" for form in row.forms}


@lru_cache(maxsize=4096)  # a report writes its names again and again
def _own_word(lexicon: Lexicon, surface: str, name: str) -> Row | None:
    """Row of a word of the lexicon that a name is, or ends or begins with."""
    # 一般公共预算 is a fund, and its 预算 says of no figure that it is one of a budget
    row = None if surface in lexicon.by_kind["mask"] else lexicon.ending(surface) or lexicon.opening(surface)
    if row is not None:
        return row
    canonical = lexicon.ending(name)
    return canonical if canonical is not None and LETTERS[canonical.kind] in RATE_NAMES else None


def _with_words(text: str, solid: Sequence[Token], lexicon: Lexicon, year: int | None) -> list[Token]:
    """Put the years, lexicon words and punctuation between mentions in their places among the tokens of those."""
    out: list[Token] = []
    at = 0
    for token in solid:
        if at < token.start:
            _stretch(out, text, at, token.start, lexicon, year)
        out.append(token)
        if token.end > at:
            at = token.end
    if at < len(text):
        _stretch(out, text, at, len(text), lexicon, year)
    return out


def _stretch(out: list[Token], text: str, begin: int, end: int, lexicon: Lexicon, year: int | None) -> None:
    """Add the tokens of ``text[begin:end]``."""
    kinds = _kinds_of(lexicon)
    for match in lexicon.pattern.finditer(text, begin, end):
        start, stop = match.span()
        found = kinds.get(match[0])
        if found is None:  # no form and no mark: a year as it is written
            number = int(text[start : start + 4])
            out.append(Token("Y" if year is not None and number == year - 1 else "T", start, stop, None, None, number))
            continue
        for letter, row, by in found:
            out.append(Token(letter, start, stop, row, None, None if by is None or year is None else year + by))


@lru_cache(maxsize=4)
def _kinds_of(lexicon: Lexicon) -> dict[str, tuple[tuple[str, Row | None, int | None], ...]]:
    """Letters that each form of the lexicon may be, with its rows, and the years from the fiscal year of a period."""
    out: dict[str, tuple[tuple[str, Row | None, int | None], ...]] = {
        mark: ((letter, None, None),) for mark, letter in MARKS.items()
    }
    for form, rows in lexicon.by_form.items():
        out[form] = tuple(
            (LETTERS[row.kind], row, None)
            if row.kind != "period"
            else ("Y" if int(row.value) == -1 else LETTERS[row.kind], row, int(row.value))
            for row in rows
            if row.kind != "mask"
        )
    return out


def _settled(text: str, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Tokens whose conditions hold, punctuation inside other tokens dropped, gaps marked.

    From the right: of the tokens that one form may be the first is chosen whose condition on what follows holds.
    """
    out: list[Token] = []  # from the right
    begin = len(text)  # of the last of them
    following: Token | None = None
    at = len(tokens) - 1
    while at >= 0:
        token: Token | None = tokens[at]
        row = tokens[at].row
        if row is None or not at or tokens[at - 1].start != tokens[at].start:  # most stand alone
            at -= 1
            if row is not None and row.following and not _holds(text, tokens[at + 1], following):
                continue
        else:
            first = _first_of_form(tokens, at)
            token = next((t for t in tokens[first : at + 1] if _holds(text, t, following)), None)
            at = first - 1
        if token is None:
            continue
        following = token
        if out:
            if token.end > begin:
                continue
            if begin - token.end > (DIRECTION_GAP if token.letter == "D" else GAP):
                out.append(Token("_", token.end, begin))
        out.append(token)
        begin = token.start
    out.reverse()
    return tuple(out)


def _first_of_form(tokens: Sequence[Token], last: int) -> int:
    """Give the number of the first of the tokens that the form of the last one may be."""
    start, end = tokens[last].start, tokens[last].end
    first = last
    while (
        first
        and tokens[first - 1].row is not None
        and tokens[first - 1].start == start
        and tokens[first - 1].end == end
    ):
        first -= 1
    return first


def _holds(text: str, token: Token, following: Token | None) -> bool:
    if token.row is None or not token.row.following:
        return True
    if following is None or following.letter not in _wanted(token.row.following):
        return False
    return not text[token.end : following.start].strip('"的了约近为是达共计数')


@cache
def _wanted(kinds: frozenset[str]) -> str:
    """Letters of the tokens of some kinds."""
    return "".join(FOLLOWERS[kind] for kind in sorted(kinds))
