"""Numbers of a text, cut out with their units: the first step of the scanner.

Each candidate that the grammar finds becomes a `Token`, with a unit where it has one that is really a unit there
(``5分钟`` has no points, ``三级`` no count). Tokens without unit are kept: a range or a list may share the unit of a
later one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gouji.resources.units import load_units
from gouji.text.figure_grammar import Grammar
from gouji.text.measured import in_tenths
from gouji.text.numerals import money_unit, read_arabic, read_change, read_written
from gouji.text.spelled import Written


class Form(StrEnum):
    """What a token is."""

    MONEY = "money"
    RATE = "rate"
    MEASURE = "measure"
    SCORE = "score"
    FRACTION = "fraction"
    SCALED = "scaled"  # 4.2亿: a scale and no unit
    BARE = "bare"


@dataclass(slots=True)
class Token:
    """A number in a text, `start` and `end` with its unit; `unit` is the word as folded, for rates the unit's id.

    `lead` tells a bare number apart: it may take a unit from elsewhere only if nothing before it makes it a name.
    """

    start: int
    end: int
    form: Form
    written: Written | None
    unit: str = ""
    upper: Written | None = None
    bound: str = "eq"
    flags: tuple[str, ...] = ()
    fraction: tuple[int, int] | None = None
    lead: str = ""


Reader = Callable[[str, re.Match[str], Grammar], Token | None]
LATIN = re.compile(r"[A-Za-z0-9]")
NEIGHBOURS = re.compile(r"(?P<low>[一二两三四五六七八九])(?P<high>[一二两三四五六七八九])(?P<scale>[十百千万亿]*)")
ITEM_LEADS = frozenset("\n。；;：: ")
NOT_HAN = re.compile(r"[^一-鿿]|$")


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
    start = _behind_item_number(text, start, match, grammar)
    number, bare = text[start:stop], match["bare"]
    lead = text[start - 1] if start else ""
    if number.count(".") > 1 or (
        lead and (lead == "·" or (lead == "." and start == match.start()) or _is_letter(lead))
    ):
        return _behind_code(text, match, grammar) if _is_letter(lead) else None
    if len(number) > 1 and number[0] == "0" and number[1].isdigit():
        return None  # 05: a code
    mixed = match["mixed"] or ""
    scale = match["scale"] if bare is None else bare
    written = read_written(number + mixed + scale) if mixed else read_arabic(number, scale)
    if written is None:
        return None
    token = _with_unit(text, match, grammar, "", written, number + mixed + scale) if bare is None else None
    if token is None:
        if mixed or (bare is None and match["excess"]):
            return None
        token = _without_unit(start, stop, match, written if bare is not None or not scale else None)
        if token is None:
            return None
    elif match["excess"] or match["over"]:
        token.bound = "over"
    token.start, token.flags, token.lead = start, _flags(number), lead
    return token


def _without_unit(start: int, stop: int, match: re.Match[str], written: Written | None) -> Token | None:
    """Keep a number without unit; one whose unit turned out to be another word has lost its scale with it."""
    if written is None:
        return None
    if match["bare"]:
        return Token(start, match.end("bare"), Form.SCALED, written)
    return Token(start, stop, Form.BARE, written)


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _behind_item_number(text: str, start: int, match: re.Match[str], grammar: Grammar) -> int:
    """Where a number begins that an item number is glued to: 1.3个单位, 2. 28万元."""
    stop = match.end("a")
    point = text.find(".", start, stop)
    if not 0 < point - start <= 2 or (start and text[start - 1] not in ITEM_LEADS):
        return start
    measure = grammar.units.measures.get(match["measure"] or "")
    if text[point + 1] in " \n" or (measure is not None and measure.whole and not match["scale"]):
        return point + 1 + (text[point + 1] in " \n")
    return start


def _flags(number: str) -> tuple[str, ...]:
    """Doubts about how a number is written."""
    if "O" in number:
        return ("review",)
    if "," in number:
        head, _, _ = number.partition(".")
        if any(len(group.strip()) != 3 for group in head.split(",")[1:]):
            return ("separator_misplaced",)
    return ()


def _behind_code(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read a number behind letters only where the letters are a currency: RMB100万元."""
    start, stop = match.start(), match.end("a")
    known = any(text.endswith(word, max(0, start - len(word)), start) for word, _ in grammar.currency_before)
    scale = match["scale"] if match["bare"] is None else match["bare"]
    written = read_arabic(text[start:stop], scale) if known else None
    if written is None:
        return None
    token = _with_unit(text, match, grammar, "", written, text[start:stop] + scale) if match["bare"] is None else None
    return token or _without_unit(start, stop, match, written)


def _with_unit(
    text: str, match: re.Match[str], grammar: Grammar, prefix: str, written: Written, number: str
) -> Token | None:
    """Put the unit to a number, unless what follows makes another word of the unit."""
    start, end = match.span()
    money = match[prefix + "money"]
    if money:
        unless = grammar.unless_after.get(money)
        if unless and text.startswith(unless, end):
            return None
        change = match[prefix + "change"]
        if change:
            changed = read_change(written, change)
            return Token(start, end, Form.MONEY, changed, money) if changed else None
        return Token(start, end, Form.MONEY, written, money_unit(number, money))
    word = match[prefix + "rate"] or match[prefix + "measure"]
    if word is None:
        return None
    unless = grammar.unless_after.get(word)
    if unless and text.startswith(unless, end):
        return None
    if match[prefix + "rate"]:
        unit = grammar.rates[word].id
        return Token(start, end, Form.RATE, in_tenths(written) if unit == "tenths" else written, unit)
    if word in grammar.units.scores:
        return Token(start, end, Form.SCORE, written, word)
    if word == "年":
        return (
            Token(start, end, Form.MEASURE, written, word) if _is_duration(text, start, end, written, grammar) else None
        )
    if word.isascii() and (LATIN.match(text, end) or not _is_data(text, end, word, grammar)):
        return None
    return Token(start, end, Form.MEASURE, written, word)


def _is_duration(text: str, start: int, end: int, written: Written, grammar: Grammar) -> bool:
    """Tell 3年期 from 21年: up to nine years are a length of time, more only with a word that says so."""
    if written.decimals or written.power or not 0 < written.number <= 50:
        return bool(written.decimals) and written.number < 50
    names = grammar.units.names
    if text.endswith(names.period_before, max(0, start - 2), start):
        return False
    if text.startswith(names.duration_after, end) or text.endswith(names.duration_before, max(0, start - 4), start):
        return True
    return written.number < 10 and not text[end : end + 1].isdigit()


def _is_data(text: str, end: int, word: str, grammar: Grammar) -> bool:
    """Tell 60G流量 from 5G网络: some Latin units count only before what they measure."""
    wanted = grammar.units.names.latin_names.get(word)
    return wanted is None or text.startswith(wanted, end)


def _chinese(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 两千三百万元, 壹辆, 三十多万元, 九成; refuse what is a name (三级, 一次性, 第二批)."""
    start, end = match.span()
    number = text[start : match.end("c")]
    lead = text[start - 1] if start else ""
    if lead == grammar.units.names.ordinal:
        return None
    excess, scale, to = match["cexcess"], match["cscale"], match["cto"]
    approx = grammar.units.names.scale_before.get(lead) if number[0] in grammar.units.numerals.bare else "eq"
    if approx is None and not excess:
        return None
    written, upper = _ends(number, to, scale, match["crate"] == "折")
    if written is None:
        return None
    token = _with_unit(text, match, grammar, "c", written, (to or number) + scale)
    if token is None:
        return None
    token.lead, token.upper = lead, upper
    if token.unit == "tenths" and match["crate"] == "成":
        _with_tenth(text, token, grammar)
    if token.form is Form.MONEY:
        if (
            len(number + scale) == 1
            and not to
            and number not in grammar.units.numerals.capital
            and not NOT_HAN.match(text, end)
        ):
            return None  # 二元结构, 三元桥
    elif token.form is not Form.RATE and not _counts(text, token, number + (to or ""), grammar):
        return None
    token.bound = approx or "eq"
    if upper is not None:
        token.bound = "range" if to else "vague"
    elif excess and excess in grammar.units.numerals.vague:
        if written.number % 10 or token.form is Form.RATE:
            return None  # only 十几, 三十几
        token.bound, token.upper = "vague", Written(written.number + 10, written.power, 0)
    elif excess:
        token.bound = "over"
    return token


def _ends(number: str, to: str | None, scale: str, digits_only: bool) -> tuple[Written | None, Written | None]:
    """Read one number, the two of 三至五家, or the two that 三四十 puts beside each other."""
    written = read_written(number + scale)
    if to:
        upper = read_written(to + scale)
        if written is not None and upper is not None and upper.power and not written.power:
            written = Written(written.number, upper.power, 0)
        rising = written is not None and upper is not None and written.value < upper.value
        return (written, upper) if rising else (None, None)
    neighbours = NEIGHBOURS.match(number + scale)
    if neighbours and not digits_only:
        low, high = neighbours["low"], neighbours["high"]
        if neighbours.end() != len(number + scale) or _digit(high) - _digit(low) != 1:
            return None, None  # digits in a row are a name or a year
        return read_written(low + neighbours["scale"]), read_written(high + neighbours["scale"])
    return written, None


def _digit(char: str) -> int:
    return load_units().numerals.digits[char]


def _with_tenth(text: str, token: Token, grammar: Grammar) -> None:
    """Read on to the digit behind 成: 三成五 is 35 %."""
    digit = text[token.end : token.end + 1]
    if digit in grammar.units.numerals.digits and NOT_HAN.match(text, token.end + 1) and token.written is not None:
        number = token.written.number + Decimal(grammar.units.numerals.digits[digit]).scaleb(-1)
        token.written, token.end = Written(number, 0, 1), token.end + 1


def _counts(text: str, token: Token, number: str, grammar: Grammar) -> bool:
    """Whether Chinese numerals before a measure word are a count there; see ``units.yaml``, measures."""
    names = grammar.units.names
    measure = grammar.units.measures.get(token.unit)
    if measure is None or token.lead and token.lead in names.determiners:
        return False
    if set(number) <= set(grammar.units.numerals.capital):
        return True
    if measure.spelled == "0" or number == "二" or text.startswith(names.spoken_nouns, token.end):
        return False
    if measure.spelled == "pair":
        return number == "两"
    if number == "一":
        behind = token.lead and not NOT_HAN.match(token.lead) and token.lead not in names.determiners_of_one
        return measure.spelled == "1" and bool(behind) and bool(NOT_HAN.match(text, token.end))
    return True


def _of(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 百分之五, 千分之三."""
    word = text[match.start() : match.start() + 3]
    written = read_written(match["of"])
    if written is None:
        return None
    return Token(*match.span(), Form.RATE, Written(written.value, 0, written.decimals), grammar.rates[word].id)


def _whole(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 百分百."""
    return Token(*match.span(), Form.RATE, read_arabic("100", ""), "%")


def _parts(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 三分之一."""
    whole = read_written(text[match.start() : match.start("parts") - 2])
    part = read_written(match["parts"])
    if whole is None or part is None or not 0 < part.value < whole.value:
        return None
    return Token(*match.span(), Form.FRACTION, None, fraction=(int(part.value), int(whole.value)))


def _doubled(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 翻了两番: four times."""
    start = match.start()
    times = read_written(text[start : match.end("c")])
    if times is None or times.value > 9 or not text.endswith(grammar.units.doubling_before, max(0, start - 2), start):
        return None
    return Token(start, match.end(), Form.RATE, read_arabic(str(2 ** int(times.value)), ""), "times")


def _vague(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 数十万元: ten to a hundred times 万元. 决算数十万元 is the name 决算数 and ten times 万元."""
    start, end = match.span()
    scale = match["vague"]
    if start and text[start - 1] in grammar.units.names.ends_in_number and text[start] == "数":
        start += 1
        written, upper = read_written(scale), None
    else:
        written, upper = (
            read_written(scale),
            read_written("十" + scale) if scale[0] != "十" else read_written("百" + scale[1:]),
        )
        if upper is None and written is not None:
            upper = Written(written.number * 10, written.power, 0)
    if written is None:
        return None
    token = _with_unit(text, match, grammar, "v", written, scale)
    if token is None:
        return None
    token.start, token.upper = start, upper
    token.bound = "vague" if upper is not None else "eq"
    return token


def _half(text: str, match: re.Match[str], grammar: Grammar) -> Token | None:
    """Read 半个百分点."""
    return Token(*match.span(), Form.RATE, read_arabic("0.5", ""), "pp")


READERS: dict[str, Reader] = {
    "bare": _arabic, "change": _arabic, "rate": _arabic, "measure": _arabic,
    "cchange": _chinese, "crate": _chinese, "cmeasure": _chinese,
    "of": _of, "whole": _whole, "parts": _parts, "doubled": _doubled, "half": _half,
    "vchange": _vague, "vrate": _vague, "vmeasure": _vague,
}  # fmt: skip
