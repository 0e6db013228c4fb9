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
``Z``   cause or purpose begins                         ``_``   a gap; ``,`` ``;`` ``.`` ``:`` ``(`` ``)`` themselves
======  ==============================================  ======  ==============================================
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from gouji.model.document import Passage
from gouji.model.facts import FIGURES, Label, Mention
from gouji.resources.lexicon import Lexicon, Row, fold_marks

LETTERS = {
    "direction": "D",
    "extent": "N",
    "compare": "P",
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
MARK = re.compile(r"[，,；;。！？!?：:()]")
# 2021年度 · 2021年末 · 2021年12月31日 · 2021|年初预算数
YEAR = re.compile(
    r"((?:19|20)\d\d)(?:(?=年初)|年(?:度|末|底|年末|年底|(?:1[0-2]|0?[1-9])月(?:(?:[12]\d|3[01]|0?[1-9])日|份|末|底)?)?)"
)
# 教育支出(类) · 组织事务(款,下同) · (05款)
LEVEL = re.compile(r"\"?\((\d{0,7})([类款项])(?:级)?(?:[,，、]下同)?\)")
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


@dataclass(frozen=True)
class Line:
    """Tokens of a stretch of a passage in order; `letters` has one letter for each.

    `text` is folded, without white space; the line begins at `start`, and stands inside `cause` if that is set.
    """

    text: str
    tokens: tuple[Token, ...]
    cause: Mention | None = None
    start: int = 0

    @property
    def letters(self) -> str:
        """Letters of the tokens."""
        return "".join(token.letter for token in self.tokens)

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
    spaced = len(passage.text.split(None, 1)) > 1 or passage.text.strip() != passage.text
    kept = [i for i, c in enumerate(passage.text) if not c.isspace()] if spaced else range(len(passage.text))
    text = fold_marks("".join(passage.text.split()))
    at = _Positions(kept)
    causes = [m for m in mentions if m.label is Label.CAUSE]
    inner = [m for m in mentions if m.label is not Label.CAUSE]
    solid = [_solid(m, at, text, lexicon, year) for m in inner]
    found = sorted(
        (token for tokens in solid for token in tokens),
        key=lambda t: (t.start, t.end),
    )
    blocked = [(t.start, t.end) for t in found if t.end > t.start]
    found = sorted([*found, *_words(text, blocked, lexicon, year)], key=lambda t: (t.start, t.end))
    lines: list[Line] = []
    outer: list[Token] = []
    number = 0
    for cause in causes:
        start, end = at.of(cause.local.start), at.of(cause.local.end)
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


class _Positions:
    """Positions of a text without its white space."""

    def __init__(self, kept: Sequence[int]) -> None:
        self.kept = kept

    def of(self, position: int) -> int:
        return position if isinstance(self.kept, range) else bisect_left(self.kept, position)


def _solid(mention: Mention, at: _Positions, text: str, lexicon: Lexicon, year: int | None) -> list[Token]:
    """Token of an indicator or a figure, and the token that an indicator's last word makes."""
    start, end = at.of(mention.local.start), at.of(mention.local.end)
    if mention.label in FIGURES:
        return [Token(_figure_letter(mention), start, end, mention=mention)]
    surface = text[start:end]
    level = LEVEL.match(text, end)
    marks = LEVEL.findall(surface) if "(" in surface else ()
    named = level.group(2) if level else (marks[-1][1] if marks else "")
    tokens = [Token("I", start, level.end() if level else end, mention=mention, level=named)]
    # 一般公共预算 is a fund, and its 预算 says of no figure that it is one of a budget
    row = None if surface in lexicon.by_kind["mask"] else lexicon.ending(surface) or lexicon.opening(surface)
    canonical = lexicon.ending(mention.name or "")
    if row is None and canonical is not None and LETTERS[canonical.kind] in RATE_NAMES:
        row = canonical
    if row is not None:
        tokens.append(Token(LETTERS[row.kind], tokens[0].end, tokens[0].end, row=row))
    return tokens


def _figure_letter(mention: Mention) -> str:
    if mention.label is Label.AMOUNT:
        return "A"
    if mention.label is Label.QUANTITY:
        return "Q"
    return "r" if mention.value is not None and mention.value.unit == "pp" else "R"


def _words(text: str, blocked: Sequence[tuple[int, int]], lexicon: Lexicon, year: int | None) -> list[Token]:
    """Tokens of the text between mentions: years, lexicon words, punctuation."""
    out: list[Token] = []
    at = 0
    for start, end in [*blocked, (len(text), len(text))]:
        if at < start:
            out += _stretch(text, at, start, lexicon, year)
        at = max(at, end)
    return out


def _stretch(text: str, begin: int, end: int, lexicon: Lexicon, year: int | None) -> list[Token]:
    """Tokens of ``text[begin:end]``; in 2021年度预算 the word is 预算, not 年度预算."""
    out: list[Token] = []
    words: list[tuple[int, int]] = []
    free = begin
    years = list(YEAR.finditer(text, begin, end))
    for match in years:
        number = int(match.group(1))
        letter = "Y" if year is not None and number == year - 1 else "T"
        out.append(Token(letter, match.start(), match.end(), year=number))
    for left, right in [*(match.span() for match in years), (end, end)]:
        for start, stop, rows in lexicon.scan(text, free, left):
            words.append((start, stop))
            out += [_word(row, start, stop, year) for row in rows if row.kind != "mask"]
        free = right
    for mark in MARK.finditer(text, begin, end):
        if not _meets(words, mark.start(), mark.end()):
            out.append(Token(MARKS[mark.group()], mark.start(), mark.end()))
    return out


def _meets(spans: Sequence[tuple[int, ...]], start: int, end: int) -> bool:
    """Whether one of the ordered, separate spans overlaps ``[start, end)``."""
    at = bisect_left(spans, (end,)) - 1
    return at >= 0 and spans[at][1] > start


def _word(row: Row, start: int, end: int, year: int | None) -> Token:
    if row.kind != "period":
        return Token(LETTERS[row.kind], start, end, row=row)
    by = int(row.value)
    return Token("Y" if by == -1 else "T", start, end, row=row, year=None if year is None else year + by)


def _settled(text: str, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Tokens whose conditions hold, punctuation inside other tokens dropped, gaps marked."""
    out: list[Token] = []
    for token in reversed(_alternatives(text, tokens)):
        if out and token.end > out[-1].start:
            continue
        gap = out[-1].start - token.end if out else 0
        allowed = DIRECTION_GAP if token.letter == "D" else GAP
        if gap > allowed:
            out.append(Token("_", token.end, out[-1].start))
        out.append(token)
    return tuple(reversed(out))


def _alternatives(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Choose among the tokens that one form may be, from the right: the first whose condition on what follows holds."""
    out: list[Token] = []
    at = len(tokens) - 1
    while at >= 0:
        token = tokens[at]
        if token.row is None or not at or tokens[at - 1].start != token.start:  # most stand alone
            if _holds(text, token, out[-1] if out else None):
                out.append(token)
            at -= 1
            continue
        first = at
        while (
            first
            and tokens[first - 1].row is not None
            and tokens[first - 1].start == tokens[at].start
            and tokens[first - 1].end == tokens[at].end
        ):
            first -= 1
        candidates = tokens[first : at + 1]
        chosen = next((t for t in candidates if _holds(text, t, out[-1] if out else None)), None)
        if chosen is not None:
            out.append(chosen)
        at = first - 1
    out.reverse()
    return out


def _holds(text: str, token: Token, following: Token | None) -> bool:
    if token.row is None or not token.row.following:
        return True
    if following is None:
        return False
    wanted = "".join(FOLLOWERS[kind] for kind in sorted(token.row.following))
    between = text[token.end : following.start].strip('"的了约近为是达共计数')
    return following.letter in wanted and not between
