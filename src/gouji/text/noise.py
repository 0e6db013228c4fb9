"""What carriers put between the words of a report, and where they have eaten them.

Mirrors of government pages insert the reading of characters (``經(jīng)費``), converters stretch words over a line
(``同 比 增 加``) and leave the codes of fields behind (``HYPERLINK "…"``). `cuts` finds it, so that matching sees the
words alone; offsets lead to the source as it stands. Doubled punctuation (``，,``) needs nothing: it ends a clause like
a single mark. Where characters were lost (``確?！1,2?4萬元``) no figure is to be trusted: `doubtful` finds the places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.model.spans import Span
from gouji.resources.script import HAN, READING, TONES

_TONELESS = re.compile(rf"(?<=[{HAN}])[(（](?:de|le|zhe|ge|me|men|ne|ba|ma|zi|tou)[)）]")
# 同 比 增 加: three characters or more, each apart from the next by blanks
_STRETCHED = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ ]{{1,4}}[{HAN}]){{2,}}(?![{HAN}])")
_BLANKS = re.compile(" +")
# HYPERLINK "http://…" \\t "_blank", TOC \\o "1-3" \\h \\z \\u, EMBED Excel.Sheet.8, \\* MERGEFORMAT
_FIELD = re.compile(
    r'(?:HYPERLINK|INCLUDEPICTURE)\s+(?:\\l\s+)?["“][^"”\n]{0,400}["”](?:\s*\\[a-z](?:\s*["“][^"”\n]{0,100}["”])?)*'
    r'|TOC(?:\s*\\[a-z](?:\s*["“][^"”\n]{0,40}["”])?)+|EMBED\s+[A-Za-z]+(?:\.[A-Za-z]+)*(?:\.\d+)?|\\\*\s*MERGEFORMAT',
)
_TONE = re.compile(rf"[{TONES}\\]")
_APART = re.compile(rf"[{HAN}] +[{HAN}] +[{HAN}]")

# � and private characters stand for what was lost; so does a question mark that no question ends
_LOST = re.compile(
    r"[\ufffd\ue000-\uf8ff]+|锟斤拷|[?？]{2,}|[?？](?=[！（(，,])|(?<![A-Za-z/])\?(?=[\d.])|(?<=\d)[?？](?=[\d万亿元%])"
)
_DOUBT = re.compile(r"[\ufffd\ue000-\uf8ff锟?？*xX×]")  # no place is doubtful without one of these
_MASK = re.compile(r"(?<=[\d.,])\*{2,}|\*{2,}(?=[\d.,])|(?<=\d)[xX×]{2,}(?=[\d.万亿元])")


def cuts(text: str) -> list[Span]:
    """Find what carriers have put into a folded text, ascending and apart.

    Examples
    --------
    >>> noisy = "机关运行经(jīng)费(fèi)同 比 增"
    >>> [noisy[cut.start : cut.end] for cut in cuts(noisy)]
    ['(jīng)', '(fèi)', ' ', ' ']
    """
    fields = "HYPERLINK" in text or "EMBED" in text
    if not fields and _TONE.search(text) is None and (" " not in text or _APART.search(text) is None):
        return []
    found = sorted({span for span in _all(text) if len(span)})
    out: list[Span] = []
    reached = 0
    for span in found:
        if span.start >= reached:
            out.append(span)
        reached = max(reached, span.end)
    return out


def _all(text: str) -> Iterator[Span]:
    readings = [Span(*m.span()) for m in READING.finditer(text)]
    yield from readings
    if readings:
        yield from (Span(*m.span()) for m in _TONELESS.finditer(text))
    yield from (Span(*m.span()) for m in _FIELD.finditer(text))
    for stretched in _STRETCHED.finditer(text):
        yield from (Span(*m.span()) for m in _BLANKS.finditer(text, *stretched.span()))


def doubtful(text: str) -> list[Span]:
    """Find the places of a text where characters were lost or masked, ascending.

    Examples
    --------
    >>> doubtful("增加1,2\ufffd4.50万元"), doubtful("为什么减少？因为节约。")
    ([Span(start=5, end=6)], [])
    """
    if not _DOUBT.search(text):
        return []
    return sorted({Span(*m.span()) for pattern in (_LOST, _MASK) for m in pattern.finditer(text)})
