"""Lines to paragraphs, over the ends of lines and of pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.readers.layout import Block, TextBlock
from gouji.readers.marks import is_caption, is_contents_line, is_sentence_end, numbering
from gouji.readers.pdf.grid import PdfTable
from gouji.readers.pdf.lines import Line, box_of
from gouji.readers.pdf.margins import Margins, margins_of
from gouji.readers.pdf.pages import Page
from gouji.readers.pdf.wrapping import first_unit, has_room, joined

_OTHER_SIZE = 0.12
_WIDER = 1.3  # times the usual distance of lines: a gap between paragraphs
_MUCH_WIDER = 1.9
_SAME_GAP = 1.1
_HALF = 0.5
_HEADING = 2  # numbers up to this level (一、) stand before headings, those below within sentences too
_FAR = 8.0  # ems set in: centred or at the right, no running text
_MIDDLE = 4.0
_NEARLY = 0.75  # a line as full as this that ends inside a sentence was broken early
_OPEN_END = "，、（“《〈(,"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line and the page it stands on."""

    line: Line
    page: int
    margins: Margins


def blocks_of(pages: Sequence[Page]) -> list[Block]:
    """Paragraphs and tables of a file in reading order."""
    margins = margins_of(pages)
    out: list[Block] = []
    run: list[_Placed] = []
    for page in pages:
        for item in page.items():
            if isinstance(item, PdfTable):
                out += _paragraphs(run)
                run = []
                out.append(item.block())
            else:
                run.append(_Placed(item, page.number, margins[page.number]))
    return [*out, *_paragraphs(run)]


def _paragraphs(run: list[_Placed]) -> Iterator[TextBlock]:
    """Paragraphs of lines with no table between them."""
    text = ""
    taken: list[_Placed] = []
    for placed in run:
        if taken and _continues(taken, placed):
            text = joined(text, placed.line.text)
            taken.append(placed)
        else:
            if taken:
                yield _block(text, taken)
            text, taken = placed.line.text, [placed]
    if taken:
        yield _block(text, taken)


def _block(text: str, taken: list[_Placed]) -> TextBlock:
    page = taken[0].page
    return TextBlock(text, page, box_of(p.line for p in taken if p.page == page))


def _continues(taken: list[_Placed], after: _Placed) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = taken[-1]
    a, b = last.line, after.line
    if _apart(last, after):
        return False
    margins = after.margins
    room = has_room(a, last.margins.right, b)
    ended = is_sentence_end(a.text)
    number = numbering(b.text)
    if _centred(last) and _centred(after):
        return last.margins.width - (a.x1 - a.x0) < first_unit(b) and not ended
    if margins.is_indented(b):
        hanging = abs(b.x0 - a.x0) < 0.5 * b.em and len(taken) > 1 or last.margins.is_indented(a)
        return hanging and not room and not ended and number is None
    told = margins.indented or margins.spaced and last.page == after.page  # where a paragraph begins shows otherwise
    if number is not None and (room or ended and (number.level <= _HEADING or not told)):
        return False
    if not room:
        return not (ended and not margins.indented and _gap(last, after) > _WIDER)
    if ended:
        return False
    if margins.spaced and last.page == after.page and _gap(last, after) < _SAME_GAP and last.margins.share(a) > _HALF:
        return True
    return a.text[-1] in _OPEN_END or margins.indented and last.margins.share(a) > _NEARLY


def _apart(last: _Placed, after: _Placed) -> bool:
    """Whether two lines cannot be of one paragraph, whatever their words."""
    a, b = last.line, after.line
    if abs(a.em - b.em) > _OTHER_SIZE * max(a.em, b.em):
        return True
    if _centred(last) != _centred(after):
        return True
    if is_contents_line(a.text) and a.text[-1].isdigit() or is_caption(a.text):
        return True
    if is_caption(b.text) and (is_sentence_end(a.text) or has_room(a, last.margins.right, b)):
        return True
    gap = _gap(last, after)
    return gap > _MUCH_WIDER or gap > _WIDER and is_sentence_end(a.text)


def _centred(placed: _Placed) -> bool:
    """Whether a line stands in the middle of the page or at its right edge, set in more than any paragraph is."""
    line, margins = placed.line, placed.margins
    left, right = line.x0 - margins.left, margins.right - line.x1
    return left > _FAR * line.em or left > _MIDDLE * line.em and abs(left - right) < line.em


def _gap(last: _Placed, after: _Placed) -> float:
    """Distance of two baselines against the usual one; 1 over the end of a page."""
    if last.page != after.page:
        return 1.0
    distance = (after.line.base - last.line.base) / after.line.em
    return distance / after.margins.pitch
