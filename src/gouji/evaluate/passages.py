"""Short passages with their gold written inline, as documents of their own (schema ``gouji-passages/2``).

Marks, which may nest inside a cause::

    【I 公务接待费|three_public】              an indicator with its type; a third part is the canonical name
    【A f1 2.50万元|actual】                   an amount and its fact: measure, base, direction; R a rate, Q a count
    【R f2 5%|share of=支出合计 @公务接待费】   also: the whole of a share, the name it belongs to, a flag
    【Q 3辆】                                  a figure that states no fact
    【C 两辆旧车报废|f1 f2|vehicles】           a cause, the facts it explains, its categories

A fact belongs to the indicator marked last before it, or to the one that ``@`` names (``@`` alone: to none). Line
breaks of a block are those of the text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from gouji.errors import AnnotationError
from gouji.model.document import Document
from gouji.model.facts import Base, Direction, Label, Measure
from gouji.model.values import Value
from gouji.readers.txt import document_of
from gouji.text.parsing import parse_figure

SCHEMA = "gouji-passages/2"
LABELS = {"I": Label.INDICATOR, "A": Label.AMOUNT, "R": Label.RATE, "Q": Label.QUANTITY, "C": Label.CAUSE}
OPENING = re.compile(r"【([IARQC]) (?:(f\d+) )?")


@dataclass(frozen=True)
class GoldPassage:
    """A passage as a document, and its annotations in the contract's shape."""

    id: str
    document: Document
    gold: dict[str, Any]


@dataclass
class _Mark:
    """A mark being read: its label, where it begins, the id of its fact, and what stands behind its text."""

    label: Label
    start: int
    fact: str | None
    end: int = 0
    words: list[str] = field(default_factory=list)


def load_passages(path: Path) -> list[GoldPassage]:
    """Read a file of passages.

    Raises
    ------
    AnnotationError
        If the file is of another schema, a passage is not marked up as it should be, or an id stands twice.
    """
    content = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(content, dict) or content.get("schema") != SCHEMA or not content.get("passages"):
        raise AnnotationError(f"{path}: 不是 {SCHEMA} 格式的短文标注。")
    rows = content["passages"]
    ids = [row.get("id") for row in rows]
    if len(set(ids)) != len(ids):
        raise AnnotationError(f"{path}: 有重复的 id：{sorted({i for i in ids if ids.count(i) > 1})}。")
    return [read_passage(row) for row in rows]


def read_passage(row: dict[str, Any]) -> GoldPassage:
    """Read one passage: ``id``, ``text`` with marks, ``year``; anything else but ``source`` and ``note`` is refused."""
    name = str(row.get("id"))
    if not {"id", "text", "year"} <= set(row) <= {"id", "text", "year", "source", "note"}:
        raise AnnotationError(f"{name}: 键应为 id、text、year（可有 source、note），现为 {sorted(row)}。")
    text, marks = _unmarked(name, row["text"].strip("\n"))
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document = replace(document_of(text, name, sha256), fiscal_year=int(row["year"]))
    head = {"name": name, "sha256": sha256, "length": len(text), "media": "text/plain"}
    gold = {"schema": "gouji-gold/1", "document": head, "alignments": [], "tables": [], "conflicts": []}
    return GoldPassage(name, document, gold | _Gold(name, text, str(row["year"])).read(marks))


def _unmarked(name: str, marked: str) -> tuple[str, list[_Mark]]:
    """Take the marks out of a text."""
    text, at = "", 0
    opened: list[_Mark] = []
    done: list[_Mark] = []
    while at < len(marked):
        opening = OPENING.match(marked, at)
        if opening is not None:
            opened.append(_Mark(LABELS[opening[1]], len(text), opening[2]))
            at = opening.end()
        elif opened and marked[at] in "|】":
            close = marked.find("】", at)
            mark = opened.pop()
            mark.end, mark.words = len(text), marked[at + 1 : close].split("|") if marked[at] == "|" else []
            if close < 0 or mark.end == mark.start or "【" in marked[at:close]:
                raise AnnotationError(f"{name}: 标记没有写完整：{marked[at : at + 20]!r}。")
            done.append(mark)
            at = close + 1
        else:
            text += marked[at]
            at += 1
    if opened or not done or "【" in text or "】" in text:
        raise AnnotationError(f"{name}: 标记没有闭合，或没有任何标记。")
    return text, sorted(done, key=lambda m: (m.start, m.end, m.label))


class _Gold:
    """Turns the marks of one passage into mentions, facts and causes."""

    def __init__(self, name: str, text: str, year: str) -> None:
        self.name, self.text, self.year = name, text, year
        self.facts: list[dict[str, Any]] = []
        self.causes: list[dict[str, Any]] = []

    def read(self, marks: Sequence[_Mark]) -> dict[str, Any]:
        """Give the annotations in the contract's shape."""
        mentions = [self._mention(n, mark) for n, mark in enumerate(marks, start=1)]
        last: dict[str, Any] | None = None
        for mark, mention in zip(marks, mentions, strict=True):
            if mark.label is Label.INDICATOR:
                last = mention
            elif mark.label is Label.CAUSE:
                self._cause(mark, mention)
            elif mark.words:
                self._fact(mark, mention, mentions, last)
        known = {fact["id"] for fact in self.facts}
        if any(not known.issuperset(cause["explains"]) for cause in self.causes) or len(known) != len(self.facts):
            raise AnnotationError(f"{self.name}: 原因所解释的事实没有标注，或事实编号重复。")
        return {"mentions": mentions, "facts": self.facts, "causes": self.causes}

    def _mention(self, number: int, mark: _Mark) -> dict[str, Any]:
        surface = self.text[mark.start : mark.end]
        out: dict[str, Any] = {"id": f"m{number}", "label": str(mark.label), "start": mark.start, "end": mark.end}
        if mark.label is Label.INDICATOR:
            return out | {"type": mark.words[0], "name": mark.words[1] if len(mark.words) > 1 else surface}
        if mark.label is Label.CAUSE:
            return out
        value: Value | None = parse_figure(surface)
        if value is None:
            raise AnnotationError(f"{self.name}: {surface!r} 不是数字。")
        return out | {"value": str(value.canonical), "unit": value.unit}

    def _fact(
        self, mark: _Mark, mention: dict[str, Any], mentions: Sequence[dict[str, Any]], last: dict[str, Any] | None
    ) -> None:
        base, direction, owner, extra = Base.NONE, Direction.NONE, last, dict[str, Any](of=None)
        measure, *rest = mark.words[0].split()
        for word in rest:
            if word.startswith("@"):
                owner = next((m for m in mentions if m.get("name") == word[1:]), None)
                extra["name"] = word[1:]
            elif "=" in word:
                key, _, value = word.partition("=")
                extra[key] = value
            elif word in set(Direction) - {Direction.NONE}:
                direction = Direction(word)
            elif word != "none":
                base = Base(word)
        name = extra.pop("name", owner["name"] if owner else "")
        period = extra.pop("period", self.year)
        self.facts.append(
            {
                "id": mark.fact or f"x{len(self.facts) + 1}",
                "figure": mention["id"],
                "indicator": owner["id"] if owner else None,
                "path": [name] if name else [],
                "measure": str(Measure(measure)),
                "period": period,
                "base": str(base),
                "direction": str(direction),
            }
            | extra
        )

    def _cause(self, mark: _Mark, mention: dict[str, Any]) -> None:
        explains = mark.words[0].split() if mark.words else []
        categories = mark.words[1].split() if len(mark.words) > 1 else []
        number = len(self.causes) + 1
        row = {"id": f"c{number}", "span": mention["id"], "explains": explains, "categories": categories}
        self.causes.append(row)
