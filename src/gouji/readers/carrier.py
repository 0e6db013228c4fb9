"""What the carrier of a report did to it, said in sentences: injected paragraphs, figures lost or kept back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from gouji.model.document import Passage, PassageKind
from gouji.model.spans import Span
from gouji.readers.lines import Line
from gouji.resources.noise import is_undisclosed
from gouji.text.trust import distrusted

_AROUND = 8  # characters shown on each side
_MOST = 20  # sentences; what is wrong with a document is clear by then


def noise_warnings(
    text: str, lines: Sequence[Line], injected: Sequence[Span], passages: Sequence[Passage]
) -> tuple[str, ...]:
    """Sentences about what was not used.

    Parameters
    ----------
    text : str
        Of the document.
    lines : sequence of Line
        Of the document.
    injected : sequence of Span
        Paragraphs that were injected into a hijacked page.
    passages : sequence of Passage
    """
    lost = text.count("\ufffd")
    many = [f"有 {lost} 个字无法辨认（文件有损坏或编码有误）。"] if lost else []
    found = [*many, *_injected(lines, injected), *_refused(lines, passages), *_undisclosed(lines, passages)]
    rest = len(found) - _MOST
    return (*found[:_MOST], *([f"另有 {rest} 处同样的问题。"] if rest > 0 else []))


def _injected(lines: Sequence[Line], injected: Sequence[Span]) -> Iterator[str]:
    for span in injected:
        yield f"{_line(lines, span.start)}疑似被植入的广告或链接，没有采用。"


def _refused(lines: Sequence[Line], passages: Sequence[Passage]) -> Iterator[str]:
    for passage in passages:
        for place in distrusted(passage.text):
            words = passage.text[max(0, place.start - _AROUND) : place.end + _AROUND]
            line = _line(lines, passage.offsets.source_of(place.start))
            yield f"{line}“{words}”处有乱码或被遮盖的字，旁边的数没有采用。"


def _undisclosed(lines: Sequence[Line], passages: Sequence[Passage]) -> Iterator[str]:
    heading = PassageKind.HEADING
    for passage in passages:
        if passage.kind is not heading and is_undisclosed(passage.text):
            yield f"{_line(lines, passage.span.start)}说明有关数据不公开，该处没有数可核。"


def _line(lines: Sequence[Line], offset: int) -> str:
    return f"第{bisect_right(lines, offset, key=lambda line: line.start)}行"
