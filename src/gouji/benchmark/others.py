"""Adapters of other programs; each is a function that makes ``Document -> predictions``. They are optional installs.

They see what the extractors see: the text of every passage, line breaks joined. Spans are given back as offsets in the
document's text.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from gouji.errors import AnnotationError
from gouji.model.document import Document
from gouji.model.spans import Span

Found = tuple[int, int, str, str | None]
"""Start and end in a passage's text, label, value as an exact decimal string or None."""
MONEY = re.compile(r"([\d,，.]+|[零〇一二两三四五六七八九十百千]+)\s*(亿|万)?元")
PERCENT = re.compile(r"([\d.]+)\s*[%％]|百分之([零〇一二两三四五六七八九十百点]+)")
SCALES = {None: 1, "万": 10_000, "亿": 100_000_000}


def jionlp_money(_: str) -> Callable[[Document], dict[str, Any]]:
    """JioNLP's ``extract_money``; a range has no single value."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jionlp

    def find(text: str) -> Iterable[Found]:
        for one in jionlp.ner.extract_money(text, with_parsing=True):
            number = (one.get("detail") or {}).get("num")
            yield *one["offset"], "AMOUNT", number if isinstance(number, str) else None

    return lambda document: predictions(document, find)


def cn2an_values(_: str) -> Callable[[Document], dict[str, Any]]:
    """Numerals read by cn2an, where a plain pattern finds 元 or a percent sign behind them."""
    import cn2an

    def value(words: str) -> Decimal | None:
        try:
            return Decimal(str(cn2an.cn2an(re.sub(r"[,，]", "", words), "smart")))
        except (ValueError, InvalidOperation, IndexError):
            return None

    def find(text: str) -> Iterable[Found]:
        for money in MONEY.finditer(text):
            number = value(money[1])
            yield money.start(), money.end(), "AMOUNT", _plain(number, Decimal(SCALES[money[2]]))
        for rate in PERCENT.finditer(text):
            yield rate.start(), rate.end(), "RATE", _plain(value(rate[1] or rate[2]), Decimal("0.01"))

    return lambda document: predictions(document, find)


def recognizers(_: str) -> Callable[[Document], dict[str, Any]]:
    """Microsoft's Recognizers-Text for Chinese: currency and percentage."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from recognizers_number import recognize_percentage
        from recognizers_number_with_unit import recognize_currency
        from recognizers_text import Culture

    def find(text: str) -> Iterable[Found]:
        for one in recognize_currency(text, Culture.Chinese):
            yield one.start, one.end + 1, "AMOUNT", (one.resolution or {}).get("value")
        for one in recognize_percentage(text, Culture.Chinese):
            number = str((one.resolution or {}).get("value") or "").rstrip("%")
            yield one.start, one.end + 1, "RATE", _plain(_decimal(number), Decimal("0.01"))

    return lambda document: predictions(document, find)


def spacy_model(path: str) -> Callable[[Document], dict[str, Any]]:
    """Wrap a trained spaCy pipeline: its entities, and the spans of all its groups."""
    import spacy

    if not path:
        raise AnnotationError("系统 spacy 要写明模型所在的文件夹：spacy:文件夹。")
    try:
        pipeline = spacy.load(path)
    except (OSError, ValueError) as err:
        raise AnnotationError(f"{path}: 不是可以载入的 spaCy 模型（{str(err).splitlines()[0][:120]}）。") from err

    def find(text: str) -> Iterable[Found]:
        doc = pipeline(text)
        for span in {*doc.ents, *(span for group in doc.spans.values() for span in group)}:
            yield span.start_char, span.end_char, span.label_, None

    return lambda document: predictions(document, find)


def predictions(document: Document, find: Callable[[str], Iterable[Found]]) -> dict[str, Any]:
    """Run a finder over all passages; give mentions in the contract's shape, in order."""
    rows = []
    for passage in document.passages:
        for start, end, label, value in find(passage.text):
            span = passage.offsets.to_source(Span(start, end))
            rows.append({"label": label, "start": span.start, "end": span.end, "value": value})
    rows.sort(key=lambda row: (row["start"], row["end"], row["label"]))
    mentions = [{"id": f"m{i}", **row} for i, row in enumerate(rows, start=1)]
    return {"mentions": mentions}


def _decimal(words: str) -> Decimal | None:
    try:
        return Decimal(words)
    except InvalidOperation:
        return None


def _plain(number: Decimal | None, scale: Decimal) -> str | None:
    return None if number is None else format(number * scale, "f")
