"""Numbers of lists as they are printed, by the names that Word has for their forms."""

from __future__ import annotations

from collections.abc import Callable

_MOST = 100_000
_HAN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"


def written(count: int, form: str) -> str:
    """Write a number in one of Word's forms, plain digits where the form is not known or has no more signs.

    Examples
    --------
    >>> [written(12, form) for form in ("decimal", "chineseCounting", "ideographDigital", "upperRoman", "none")]
    ['12', '十二', '一二', 'XII', '']
    >>> written(3, "decimalEnclosedCircle"), written(2, "ideographTraditional"), written(28, "lowerLetter")
    ('③', '乙', 'bb')
    """
    if form == "none":
        return ""
    if not 0 <= count < _MOST:
        return str(count)
    return _FORMS.get(form, str)(count)


def _counting(count: int, digits: str = _HAN, units: str = "十百千", short: bool = True) -> str:
    """Write 12 as 十二, 105 as 一百零五."""
    if count >= 10_000:
        return str(count)
    out = ""
    for place, digit in enumerate(reversed(str(count))):
        if digit != "0":
            out = digits[int(digit)] + (units[place - 1] if place else "") + out
        elif out and not out.startswith(digits[0]):
            out = digits[0] + out
    out = out or digits[0]
    return out[1:] if short and 10 <= count < 20 else out


def _digits(count: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(count))


def _from(first: str, most: int) -> Callable[[int], str]:
    """Characters that follow one another in Unicode, plain digits beyond the last."""
    return lambda count: chr(ord(first) + count - 1) if 1 <= count <= most else str(count)


def _of(characters: str) -> Callable[[int], str]:
    return lambda count: characters[(count - 1) % len(characters)] if count else str(count)


def _letter(first: str) -> Callable[[int], str]:
    return lambda count: chr(ord(first) + (count - 1) % 26) * min((count - 1) // 26 + 1, 100) if count else ""


def _roman(count: int) -> str:
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        out += sign * (count // value)
        count %= value
    return out


def _full_width(count: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(count))


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand", "koreanCounting"),
        _counting,
    ),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _digits),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional"),
        lambda count: _counting(count, _LEGAL, "拾佰仟", short=False),
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _from("①", 20)),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _full_width),
    "decimalZero": lambda count: f"{count:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": _letter("A"),
    "lowerLetter": _letter("a"),
}  # fmt: skip
