"""Tokens -> lines of text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from gouji.text.tokenise import Token

FORMS = ("text", "jsonl", "words")


def token_lines(tokens: Iterable[Token], form: str = "text") -> Iterator[str]:
    r"""Write tokens as lines.

    Parameters
    ----------
    tokens : iterable of Token
        They cover their text.
    form : str
        ``text``: a line a token, start, end, kind and text with tabs between them, white space in the text as
        ``\n``, ``\t``, ``\\``. ``jsonl``: a JSON object a token. ``words``: the text itself, line by line, a
        space between its tokens.

    Examples
    --------
    >>> tokens = [Token("支出", 0, 2, "word"), Token("3.5\n万元", 2, 8, "figure"), Token("\n", 8, 9, "space")]
    >>> next(token_lines(tokens)).split("\t")
    ['0', '2', 'word', '支出']
    >>> list(token_lines(tokens, "words"))
    ['支出 3.5万元']
    """
    if form == "jsonl":
        for t in tokens:
            row = {"text": t.text, "start": t.start, "end": t.end, "kind": t.kind}
            yield json.dumps(row, ensure_ascii=False)
    elif form == "words":
        yield from _words(tokens)
    else:
        for t in tokens:
            text = t.text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
            yield f"{t.start}\t{t.end}\t{t.kind}\t{text}"


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    line: list[str] = []
    for token in tokens:
        if token.kind != "space":
            line.append("".join(token.text.split()))
        elif "\n" in token.text:
            yield " ".join(line)
            line = []
    if line:
        yield " ".join(line)
