"""Numbers of a text, cut out with their units: the first step of the scanner.

Each candidate that the grammar finds becomes a `Token`, with a unit where it has one that is really a unit there
(``5分钟`` has no points, ``三级`` no count). Tokens without unit are kept: a range or a list may share the unit of a
later one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from gouji.text import figure_spelled as spelled
from gouji.text.figure_grammar import Grammar
from gouji.text.figure_units import NOT_HAN, Form, Token, with_unit
from gouji.text.money import own_power
from gouji.text.numerals import read_arabic, read_written
from gouji.text.spelled import Written, scale_power

_BARE, _MONEY, _RATE, _MEASURE = Form.BARE, Form.MONEY, Form.RATE, Form.MEASURE
Reader = Callable[[str, re.Match[str], Grammar], Token | None]
SCALED_BEFORE = re.compile("[0-9] ?[万亿] ?$")
ITEM_LEADS = frozenset("\n。；;：: ")


def lex(text: str, grammar: Grammar) -> list[Token]:
    """Cut the numbers out of a folded text, in order; they do not overlap."""
    out: list[Token] = []
    for match in grammar.candidate.finditer(text):
        group = match.lastgroup
        token = READERS[group](text, match, grammar) if group else None
        if token is not None:
            out.append(token)
    return out


def _arabic(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 1,234.56万元, 70余万元, 2台(套), or a number without unit."""
    start, stop = match.start(), match.end("a")
    if "." in text[start + 1 : start + 3]:
        start = _behind_item_number(text, start, match, grammar)
    number = text[start:stop]
    lead = text[start - 1] if start else ""
    if number.count(".") > 1 or (
        lead and (lead == "·" or (lead == "." and start == match.start()) or (lead.isascii() and lead.isalpha()))
    ):
        return _behind_point(text, match, grammar) if lead == "." else _behind_code(text, match, grammar, lead)
    if number[0] == "0" and number[1:2].isdigit():
        return None  # 05: a code
    if lead and lead in "万亿 " and _is_rest(text, start, match["scale"] or ""):
        return None
    token = _plain_token(text, number, stop, match, grammar)
    if token is None:
        token = _token(text, start, match, grammar)
        if token is None:
            return None
        token.flags = _flags(number, grammar)
        if match["bare"] is None and token.form is not _BARE and (match["excess"] or match["over"]):
            token.bound = "over"
    token.start, token.lead = start, lead
    return token


def _plain_token(text: str, number: str, stop: int, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read digits alone, or with a unit that is one wherever it stands, as nearly all are written; None for all else.

    `stop` is where the number ends; the token's start and lead are left to the caller.
    """
    mixed, bare, excess, scale, over = match.group("mixed", "bare", "excess", "scale", "over")
    if mixed or bare or excess or over or not number.replace(".", "", 1).isdigit():
        return None
    group, end, power, unit = match.lastgroup, match.end(), 0, ""
    if group == "bare":
        form, end = _BARE, stop
    elif group == "change":
        form = _MONEY
        word, change = match.group("money", "change")
        known = None if change else _scaled_money(scale, word)
        if known is None:
            return None
        power, unit = known
    else:
        form = _RATE if group == "rate" else _MEASURE
        word = match[group] if group else ""
        unit = grammar.plain_rates.get(word, "") if group == "rate" else word if word in grammar.plain_measures else ""
        if not unit or len(set(scale)) < len(scale):
            return None
        power = scale_power(scale) if scale else 0
    if unit and word in grammar.unless_after and text.startswith(grammar.unless_after[word], end):
        return None
    return Token(stop, end, form, Written(Decimal(number), power, len(number.partition(".")[2])), unit)


@lru_cache(maxsize=256)
def _scaled_money(scale: str, word: str) -> tuple[int, str] | None:
    """Power of ten and unit of digits before 万 and 元; None where more is to be asked: 12.5万万元, 20块."""
    if len(set(scale)) < len(scale) or word == "块":
        return None
    return scale_power(scale) + own_power(word), scale + word


def _is_rest(text: str, start: int, scale: str) -> bool:
    """Whether a number is the end of one that is stretched or mixed in a way not known: 3 万 5 千 元, 1 亿5 千万元."""
    before = SCALED_BEFORE.search(text, max(0, start - 4), start)
    return before is not None and (text[start - 1] != " " or scale[:1] in ("十", "百", "千"))


def _token(text: str, start: int, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Put the parts of a match together, from `start` on."""
    stop, bare, mixed = match.end("a"), match["bare"], match["mixed"] or ""
    number = text[start:stop]
    if len(set(match["scale"] or "")) < len(match["scale"] or ""):
        return None  # 12.5万万元
    scale = match["scale"] if bare is None else grammar.units.numerals.latin_scales.get(bare, bare)
    if not mixed:
        written = read_arabic(number, scale)
    elif bare == "" and len(mixed) == 2:
        written = _with_tail(number, mixed)
    else:
        written = read_written((number + mixed + scale).replace(",", ""))
    if written is None:
        return None
    if bare is None:
        token = with_unit(text, match, grammar, "", written, number + mixed + scale)
        if token is not None or mixed or match["excess"]:
            return token
        # the unit turned out to be another word: 100万|人民币
        if scale:
            return Token(start, match.end("scale"), Form.SCALED, written, scale)
        return Token(start, stop, Form.BARE, written)
    if mixed or bare:
        bound = "over" if match["bexcess"] else "eq"
        return Token(start, match.end(), Form.SCALED, written, bare, bound=bound)
    return Token(start, stop, Form.BARE, written)


def _with_tail(number: str, tail: str) -> Written | None:
    """Read 1万2: the last digit counts in the place below the scale."""
    head, digit = read_arabic(number, tail[0]), read_written(tail[1])
    if head is None or digit is None:
        return None
    return Written(head.value + digit.value.scaleb(head.power - 1), 0, 0)


def _per(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 5分之2."""
    whole, part = read_written(text[match.start() : match.end("a")]), read_written(match["per"])
    if whole is None or part is None or whole.decimals or not 0 < part.value < whole.value:
        return None
    fraction = (int(part.value), int(whole.value))
    return Token(
        *match.span(), Form.FRACTION, None, fraction=fraction, lead=text[max(0, match.start() - 1) : match.start()]
    )


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _behind_item_number(text: str, start: int, match: re.Match[str], grammar: Grammar) -> int:
    """Where a number begins that an item number is glued to: 1.3个单位, 2. 28万元."""
    stop = match.end("a")
    point = text.find(".", start, stop)
    if not 0 < point - start <= 2 or (start and text[start - 1] not in ITEM_LEADS):
        return start
    measure = grammar.units.measure(match["measure"] or "")
    counts = measure is not None and measure.whole and not match["scale"] and not NOT_HAN.match(text, match.end())
    if text[point + 1] in " \n" or counts:
        return point + 1 + (text[point + 1] in " \n")
    return start


def _flags(number: str, grammar: Grammar) -> tuple[str, ...]:
    """Doubts about how a number is written."""
    if number.isascii() and number.replace(".", "", 1).isdigit():
        return ()
    if not grammar.misread.isdisjoint(number):
        return ("review",)
    if "," in number:
        head, _, _ = number.partition(".")
        if any(len(group.strip()) != 3 for group in head.split(",")[1:]):
            return ("separator_misplaced",)
    return ()


def _behind_code(text: str, match: re.Match[str], grammar: Grammar, lead: str) -> Token | None:
    """Read a number behind letters only where the letters are a currency: RMB100万元."""
    start = match.start()
    known = text.endswith(grammar.currency_words, 0, start)
    return _token(text, start, match, grammar) if known and _is_letter(lead) else None


def _behind_point(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read .5万元, which lacks its zero."""
    start = match.start()
    alone = start < 2 or not (text[start - 2].isascii() and text[start - 2].isalnum() or text[start - 2] in ". ")
    digits = text[start : match.end("a")]
    if not alone or not digits.isdigit() or match["bare"] is not None or match["mixed"]:
        return None
    written = read_arabic("0." + digits, match["scale"])
    token = with_unit(text, match, grammar, "", written, digits + match["scale"]) if written else None
    if token is None or token.form not in (Form.MONEY, Form.RATE):
        return None
    token.start = start - 1
    return token


READERS: dict[str, Reader] = {
    "bare": _arabic, "change": _arabic, "rate": _arabic, "measure": _arabic, "per": _per,
    "cchange": spelled.read_chinese, "crate": spelled.read_chinese, "cmeasure": spelled.read_chinese,
    "cbare": spelled.read_chinese, "of": spelled.read_of, "ofto": spelled.read_of, "whole": spelled.read_whole,
    "onehalf": spelled.read_one_half, "parts": spelled.read_parts, "doubled": spelled.read_doubled,
    "vchange": spelled.read_vague, "vrate": spelled.read_vague, "vmeasure": spelled.read_vague,
    "vbare": spelled.read_vague,
    "half": spelled.read_half, "alone": spelled.read_alone, "glyph": spelled.read_glyph,
}  # fmt: skip
