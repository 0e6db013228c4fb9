"""Fractions of two numbers with a stroke between them: 1/3, and with a whole number before it, 1又3/4."""

from __future__ import annotations

from dataclasses import replace

from gouji.text.figure_units import Form, Token


def join_fractions(text: str, tokens: list[Token]) -> list[Token]:
    """Read 1/3: two bare numbers of one or two digits with a stroke between them, alone."""
    if "/" not in text and "又" not in text:
        return tokens
    bare = Form.BARE
    out: list[Token] = []
    for token in tokens:
        if token.lead == "又" and token.form is Form.FRACTION and token.fraction:
            _add_whole(out, token, *token.fraction)
            continue
        part = out[-1] if out else None
        if part is None or token.form is not bare or part.form is not bare or text[part.end : token.start] != "/":
            out.append(token)
            continue
        fraction = _fraction(text, part, token)
        if fraction is None:
            out.append(token)
        else:
            out.pop()
            joined = replace(part, end=token.end, form=Form.FRACTION, written=None, fraction=fraction)
            if part.lead == "又":
                _add_whole(out, joined, *fraction)
            else:
                out.append(joined)
    return out


def _add_whole(out: list[Token], token: Token, part: int, whole: int) -> None:
    """Read 1又3/4 and 1又4分之3; without its whole number the fraction is no figure."""
    ones = out[-1] if out else None
    if ones and ones.form is Form.BARE and ones.end == token.start - 1 and ones.written and not ones.written.decimals:
        fraction = (int(ones.written.value) * whole + part, whole)
        out[-1] = replace(token, start=ones.start, fraction=fraction, lead=ones.lead)


def _fraction(text: str, part: Token, whole: Token) -> tuple[int, int] | None:
    if (
        part.written is None
        or whole.written is None
        or part.lead in ("/", "-")
        or text[whole.end : whole.end + 1] in tuple("/-月日季楼层号栋室户版")
    ):
        return None
    numerator, denominator = part.written.number, whole.written.number
    if part.end - part.start > 2 or whole.end - whole.start > 2 or not 0 < numerator < denominator:
        return None
    return int(numerator), int(denominator)
