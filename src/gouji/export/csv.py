"""Analysis -> CSV of facts and of causes, as a Chinese Excel opens them.

The text that the functions return has CRLF line ends and no mark in front; write it with the encoding
`ENCODING`.
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from gouji.export.contract import decimal_string
from gouji.model.facts import Cause, Fact, Mention
from gouji.model.outcomes import Alignment, Analysis
from gouji.model.places import ADDRESS, Place, place_of_cell, place_of_span
from gouji.model.printing import computed_like, written, written_cell
from gouji.model.spans import Span
from gouji.resources.wording import reason_words, word
from gouji.text.clauses import sentences

ENCODING = "utf-8-sig"
# A cell that begins so is run as a formula by a spreadsheet, unless it is plainly a number.
FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?%?")

FACT_HEADINGS = (
    *("编号", "原文", "数值", "单位", "数字类别", "指标", "指标路径", "指标类型", "含义", "年度"),
    *("比较基准", "基准年度", "方向", "占比的整体", "对应关系", "对应位置", "核对结论", "计算值", "去向", "去向说明"),
    *("章节", "行", "页", "表格位置", "所在句"),
)
CAUSE_HEADINGS = (
    *("编号", "指标", "变动", "方向", "比较基准", "年度", "主要类别", "全部类别", "说明程度", "原因", "引导词"),
    *("所在句", "章节", "行", "页", "表格位置", "解释对象", "可信度"),
)


def facts_csv(analysis: Analysis) -> str:
    """One row a fact: the figure as written and as a number, its indicator, what it says, and what became of it.

    The column 数值 is in yuan for money, a fraction of one for rates, the plain number for counts.
    """
    alignments: dict[str, list[Alignment]] = defaultdict(list)
    for alignment in analysis.alignments:
        alignments[alignment.figure].append(alignment)
    ledger = {row.figure: row for row in analysis.ledger}
    rows = []
    for fact in analysis.facts:
        mention = analysis.mention_of.get(fact.figure)
        if mention is None:
            continue
        row = _fact_row(analysis, fact, mention) | _alignment_row(analysis, mention, alignments[fact.id])
        entry = ledger.get(fact.figure)
        row |= {
            "去向": word("ledger", entry.status) if entry else "",
            "去向说明": reason_words(entry.reason) if entry else "",
        }
        rows.append(row | _place_row(analysis, mention))
    return table(FACT_HEADINGS, rows)


def causes_csv(analysis: Analysis) -> str:
    """One row a cause: indicator, what changed by how much, direction, categories, the words, the sentence."""
    rows = []
    for cause in analysis.causes:
        mention = analysis.mention_of.get(cause.span)
        if mention is None:
            continue
        rows.append(_cause_row(analysis, cause, mention) | _place_row(analysis, mention))
    return table(CAUSE_HEADINGS, rows)


def guarded(value: object) -> str:
    """Text of a cell that no spreadsheet takes for a formula: an apostrophe before what looks like one.

    Examples
    --------
    >>> guarded("=HYPERLINK(1)"), guarded("-12.50"), guarded(None), guarded("- 其中：基本支出")
    ("'=HYPERLINK(1)", '-12.50', '', "'- 其中：基本支出")
    """
    text = "" if value is None else str(value)
    if text.startswith(FORMULA_START) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def table(headings: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Write rows below their headings, every cell guarded; a row without a heading's value leaves its cell empty."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([guarded(row.get(heading)) for heading in headings])
    return stream.getvalue()


def _fact_row(analysis: Analysis, fact: Fact, mention: Mention) -> dict[str, object]:
    indicator = analysis.mention_of.get(fact.indicator) if fact.indicator else None
    return {
        "编号": fact.id,
        "原文": written(analysis.document, mention),
        "数值": decimal_string(mention.value.canonical) if mention.value else "",
        "单位": mention.value.unit if mention.value else "",
        "数字类别": word("label", mention.label),
        "指标": fact.path[-1] if fact.path else "",
        "指标路径": " / ".join(fact.path),
        "指标类型": word("type", indicator.type) if indicator else "",
        "含义": word("measure", fact.measure),
        "年度": fact.period,
        "比较基准": word("base", fact.base),
        "基准年度": fact.base_period,
        "方向": word("direction", fact.direction),
        "占比的整体": fact.of,
    }


def _alignment_row(analysis: Analysis, mention: Mention, alignments: Sequence[Alignment]) -> dict[str, object]:
    computed = [
        computed_like(mention.value, a.computed) for a in alignments if a.computed is not None and mention.value
    ]
    return {
        "对应关系": "；".join(word("relation", a.relation) for a in alignments),
        "对应位置": "；".join("、".join(a.operands) for a in alignments),
        "核对结论": "；".join(word("verdict", a.verdict) for a in alignments),
        "计算值": "；".join(computed),
    }


def _cause_row(analysis: Analysis, cause: Cause, mention: Mention) -> dict[str, object]:
    facts = [analysis.fact_of[e] for e in cause.explains if e in analysis.fact_of]
    cells = [e for e in cause.explains if ADDRESS.fullmatch(e)]
    names = [f.path[-1] for f in facts if f.path] or [place_of_cell(analysis.document, e).row for e in cells]
    changes = [written(analysis.document, analysis.mention_of[f.figure]) for f in facts]
    found = (analysis.document.cell_at(e) for e in cells)
    changes += [written_cell(cell) for cell in found if cell is not None]
    return {
        "编号": cause.id,
        "指标": _distinct(names),
        "变动": _distinct(changes),
        "方向": _distinct(word("direction", f.direction) for f in facts),
        "比较基准": _distinct(word("base", f.base) for f in facts),
        "年度": _distinct(f.period or "" for f in facts),
        "主要类别": word("category", cause.categories[0]) if cause.categories else "",
        "全部类别": "、".join(word("category", c) for c in cause.categories),
        "说明程度": word("adequacy", cause.adequacy),
        "原因": written(analysis.document, mention),
        "引导词": mention.cue,
        "解释对象": "、".join(cause.explains),
        "可信度": mention.confidence,
    }


def _place_row(analysis: Analysis, mention: Mention) -> dict[str, object]:
    place: Place = place_of_span(analysis.document, mention.span, mention.page)
    return {
        "章节": " › ".join(place.section),
        "行": place.line,
        "页": place.page,
        "表格位置": str(place) if place.address else "",
        "所在句": sentence_of(analysis, mention),
    }


def sentence_of(analysis: Analysis, mention: Mention) -> str:
    """Sentence a mention stands in, line breaks joined; the mention's own words where it has no passage."""
    passage = analysis.document.passage_of.get(mention.passage)
    if passage is None:
        return written(analysis.document, mention)
    spans, starts = _sentences(passage.text)
    at = bisect_right(starts, mention.local.start) - 1
    span = spans[at] if at >= 0 else mention.local
    return " ".join(passage.text[span.start : span.end].split())


@lru_cache(maxsize=512)
def _sentences(text: str) -> tuple[list[Span], list[int]]:
    spans = sentences(text)
    return spans, [span.start for span in spans]


def _distinct(words: Iterable[str]) -> str:
    return "；".join(dict.fromkeys(w for w in words if w))
