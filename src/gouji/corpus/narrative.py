"""What stands where in a generated report: parts, sections, which frame tells which quantity."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from gouji.corpus.quantities import Quantities, Quantity
from gouji.corpus.sentences import Sentences
from gouji.corpus.writer import Writer

NUMBERS = "一二三四五六七八九十"
REVENUES = ("rev_general", "rev_fund", "rev_superior", "rev_business", "rev_trading", "rev_other")
PAY = ("行政运行", "事业运行", "缴费支出", "医疗", "公积金", "补助")


def numeral(number: int) -> str:
    """Write a section's number.

    Examples
    --------
    >>> numeral(2), numeral(10), numeral(12)
    ('二', '十', '十二')
    """
    return NUMBERS[number - 1] if number <= len(NUMBERS) else "十" + NUMBERS[number - 11]


class Narrative:
    """Writes the parts of a report in running text."""

    def __init__(
        self,
        chance: random.Random,
        writer: Writer,
        sentences: Sentences,
        quantities: Quantities,
        style: Mapping[str, Any],
        year: int,
    ) -> None:
        self.chance, self.writer, self.sentences, self.quantities = chance, writer, sentences, quantities
        self.style, self.year, self.count = style, year, 0
        self.indent = str(style["indent"])

    def part(self, number: int, title: str) -> None:
        """Write the heading of a part."""
        self.count = 0
        start = self.writer.paragraph()
        self.writer.text(f"第{NUMBERS[number - 1]}部分 {title}")
        self.writer.end_paragraph(start, "heading")

    def section(self, title: str, *paragraphs: Callable[[], None]) -> None:
        """Write a section: its heading and its paragraphs."""
        start = self.writer.paragraph()
        self.writer.text(f"{numeral(self.count + 1)}、{title}")
        self.writer.end_paragraph(start, "heading")
        self.count += 1
        for paragraph in paragraphs:
            self.paragraph(paragraph)

    def paragraph(self, write: Callable[[], None]) -> None:
        """Write one paragraph."""
        start = self.writer.paragraph(self.indent)
        write()
        self.writer.end_paragraph(start)

    def overview(self) -> None:
        """Duties and staff; nothing of it explains anything."""
        self.part(1, f"{self.sentences.names['org']}概况")
        duties = [partial(self._duty, at) for at in range(1, self.chance.randrange(2, 6))]
        heading = self.chance.choice(self.sentences.frames["headings_duties"])
        self.section(heading, lambda: self.sentences.write("overview", "staff"), *duties)
        self.section("机构设置", lambda: self.sentences.write("staffing", "staff"))

    def _duty(self, at: int) -> None:
        self.writer.text(self.chance.choice((f"（{numeral(at)}）", f"（{at}）", f"{at}.", "")))
        self.sentences.write("duties", "staff")

    def evaluation(self, number: int) -> None:
        """Write what performance evaluations say of a project; next to nothing of it explains a figure."""
        self.part(number, self.chance.choice(("绩效评价情况", "附件", "项目绩效情况")))
        told = [lambda: self.sentences.write("stories", "perf")] * self.chance.randrange(1, 4)
        self.section(self.chance.choice(self.sentences.frames["headings_stories"]), *told)

    def explanation(self, number: int) -> None:
        """Write the explanation of the final accounts, section by section."""
        self.part(number, f"{self.year}年度部门决算情况说明")
        write = self.sentences.write
        self.section("收入支出决算总体情况说明", lambda: write("total", "total"))
        self.section("收入决算情况说明", self._revenue)
        self.section("支出决算情况说明", self._expenditure)
        self.section("财政拨款收入支出决算总体情况说明", lambda: write("fiscal", "fiscal"))
        self.section(
            "一般公共预算财政拨款支出决算情况说明",
            lambda: write("fiscal", "general"),
            self._structure,
            *self._details(),
        )
        self.section("一般公共预算财政拨款基本支出决算情况说明", lambda: write("basic", "basic_general", "pay"))
        self._three()
        if self.quantities["fund"].actual:
            self.section("政府性基金预算财政拨款支出决算情况说明", lambda: write("fund", "fund", "fund"))
        else:
            self.section("政府性基金预算财政拨款支出决算情况说明", lambda: write("none_fund", "fund"))
        self._others()
        self.section("预算绩效管理情况说明", lambda: write("performance", "perf"), self._free)

    def glossary(self, number: int) -> None:
        """Write definitions, which hold words of reason and no reasons."""
        self.part(number, "名词解释")
        for at in range(self.chance.randrange(1, 4)):
            definition = self.sentences.frames["glossary"][at]
            self.paragraph(partial(self.sentences.write, "glossary", "total", template=definition))

    def _revenue(self) -> None:
        self.sentences.write("revenue_head", "rev", "revenue")
        listed = [k for k in REVENUES if self.quantities[k].actual or self.chance.random() < 0.3]
        self._list(listed, "part")
        changed = [k for k in listed if self.quantities[k].actual]
        if changed and self.chance.random() < 0.6:
            self.sentences.write("part_change", self.chance.choice(changed), "revenue")
        self.writer.text("。")

    def _expenditure(self) -> None:
        self.sentences.write("expenditure_head", "exp")
        self._list(["basic", "project"], "part")
        if self.chance.random() < 0.6:
            key = self.chance.choice(("basic", "project"))
            self.sentences.write("part_change", key, "pay" if key == "basic" else "")
        self.writer.text("。")

    def _list(self, keys: list[str], frame: str) -> None:
        for at, key in enumerate(keys):
            self.writer.text("；" if at else "")
            self.sentences.write(frame if self.quantities[key].actual else f"{frame}_zero", key)
            if key in REVENUES and self.chance.random() < 0.2:
                self.sentences.write("definitions", key)

    def _structure(self) -> None:
        self.sentences.write("structure_head", "general")
        for at, quantity in enumerate(self.quantities.classes):
            self.writer.text("；" if at else "")
            self.sentences.write("class_part", quantity.key)
        self.writer.text("。")

    def _details(self) -> list[Callable[[], None]]:
        middle = self.style["chain"] == "quoted"
        groups = [mid for top in self.quantities.classes for mid in top.parts]
        chosen = groups if middle else [q for mid in groups for q in mid.parts]
        numbered = self.chance.random() < 0.6

        def write(at: int, quantity: Quantity) -> None:
            if numbered:
                self.writer.text(f"{at}.")
            flat = quantity.actual == quantity.initial_budget
            setting = "pay" if quantity.names[0].endswith(PAY) else ""
            self.sentences.write(
                "detail_flat" if flat and self.chance.random() < 0.8 else "detail", quantity.key, setting
            )

        return [partial(write, at, quantity) for at, quantity in enumerate(chosen, start=1)]

    def _three(self) -> None:
        write, chance = self.sentences.write, self.chance

        def item(at: int, key: str) -> None:
            if chance.random() < 0.7:
                self.writer.text(f"{at}.")
            write("three_item" if self.quantities[key].actual else "three_zero", key, "three")
            if key == "reception" and self.quantities[key].actual and chance.random() < 0.6:
                write("reception_counts", key)
            if key == "vehicle" and chance.random() < 0.5:
                write("vehicle_counts", key)

        self.section(
            "“三公”经费财政拨款支出决算情况说明",
            lambda: write("three_total", "three", "three"),
            lambda: item(1, "abroad"),
            lambda: item(2, "vehicle"),
            lambda: item(3, "reception"),
        )

    def _others(self) -> None:
        write = self.sentences.write
        self.section("机关运行经费支出情况说明", lambda: write("operating", "operating"))
        self.section("政府采购支出情况说明", lambda: write("procurement", "procurement"))
        self.section("国有资产占用情况说明", lambda: write("assets", "cars", "three"))

    def _free(self) -> None:
        self.sentences.write("free_money", "free")
