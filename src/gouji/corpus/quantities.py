"""Figures of an invented department that obey the identities of the statutory tables.

Money is counted in hundreds of yuan (two decimals of 万元), so that sums are exact.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gouji.corpus.resources import corpus_grammar
from gouji.resources.gazetteer import gazetteer
from gouji.resources.gazetteer_loading import Entry

STANDARD = ("2080505", "2080506", "2101101", "2101103", "2210201")
MEASURES = ("actual", "prior", "initial_budget", "adjusted_budget")


@dataclass
class Quantity:
    """One thing that is stated: its names, its place, and what it was, is and was meant to be.

    `unit` is empty for money, else the measure word; `parts` are what it is the sum of.
    """

    key: str
    names: tuple[str, ...]
    type: str
    path: tuple[str, ...]
    actual: int = 0
    prior: int = 0
    initial_budget: int = 0
    adjusted_budget: int = 0
    whole: str | None = None
    unit: str = ""
    code: str = ""
    basic: int = 0
    parts: list[Quantity] = field(default_factory=list)

    @property
    def project(self) -> int:
        """What is not basic expenditure."""
        return self.actual - self.basic

    def value(self, measure: str) -> int:
        """Figure of a measure."""
        return int(getattr(self, measure))


class Quantities:
    """All quantities of one department, by key."""

    def __init__(self, chance: random.Random, department: Mapping[str, Any]) -> None:
        self.chance = chance
        self.all: dict[str, Quantity] = {}
        self.classes = self._tree(department["main"])
        self._totals()
        self._three()
        self._rest()

    def add(self, quantity: Quantity) -> Quantity:
        """Keep a quantity; its whole is looked up by key."""
        self.all[quantity.key] = quantity
        return quantity

    def __getitem__(self, key: str) -> Quantity:
        return self.all[key]

    def _money(self, middle: int) -> int:
        return max(1, int(middle * self.chance.lognormvariate(0, 0.7)))

    def _compared(self, actual: int) -> tuple[int, int, int]:
        """Prior year, initial and adjusted budget beside an outturn."""
        prior = max(1, int(actual * self.chance.choice((0.3, 0.7, 0.85, 0.92, 0.97, 1.02, 1.06, 1.12, 1.3, 1.9))))
        prior += self.chance.randrange(-40, 41) if prior > 200 else 0
        kind = self.chance.random()
        factor = 1.0 if kind < 0.12 else self.chance.uniform(1.0, 1.4) if kind < 0.62 else self.chance.uniform(0.6, 1.0)
        budget = max(1, int(actual * factor)) if factor != 1.0 else actual
        adjusted = budget if self.chance.random() < 0.5 else max(actual, budget)
        if prior == actual:
            prior += 1
        return prior, budget, adjusted

    def _tree(self, main: Sequence[str]) -> list[Quantity]:
        """Functional classification: classes, their items, every sum right."""
        codes = [c for c in STANDARD if self.chance.random() < 0.85]
        for parent in main:
            children = [e for e in _children(parent) if self.chance.random() < 0.45]
            codes += [code for e in children[:7] for code in e.codes if code.startswith(parent)][:7]
        size = self.chance.choice((3000, 20000, 60000, 250000))
        classes: dict[str, Quantity] = {}
        groups: dict[str, Quantity] = {}
        for code in sorted(set(codes)):
            names = [_name(c) for c in (code[:3], code[:5], code)]
            if None in names:
                continue
            first, second, third = (str(n) for n in names)
            top = classes.setdefault(
                code[:3], Quantity(f"c{code[:3]}", (first,), "function", (first,), whole="general", code=code[:3])
            )
            mid = groups.get(code[:5])
            if mid is None:
                mid = groups[code[:5]] = Quantity(
                    f"c{code[:5]}", (second,), "function", (first, second), whole=top.key, code=code[:5]
                )
                top.parts.append(mid)
            actual = self._money(size if code[:3] == main[0][:3] else size // 8)
            prior, budget, adjusted = self._compared(actual)
            basic = actual if third.endswith(("运行", "缴费支出", "医疗", "公积金")) else 0
            item = Quantity(
                f"c{code}",
                (third,),
                "function",
                (first, second, third),
                actual,
                prior,
                budget,
                adjusted,
                mid.key,
                code=code,
                basic=basic,
            )
            mid.parts.append(self.add(item))
        for quantity in (*groups.values(), *classes.values()):
            _sum(self.add(quantity))
        return list(classes.values())

    def _totals(self) -> None:
        """Income and expenditure: 收入 + 年初结转 = 支出 + 年末结转; 支出 = 基本 + 项目."""
        chance = self.chance
        general = Quantity(
            "general",
            ("一般公共预算财政拨款支出",),
            "expenditure",
            ("一般公共预算财政拨款支出",),
            whole="exp",
            parts=self.classes,
        )
        _sum(self.add(general))
        fund = self._simple(
            "fund", ("政府性基金预算财政拨款支出",), "fund", general.actual // 15 if chance.random() < 0.4 else 0
        )
        other = self._money(general.actual // 20) if chance.random() < 0.7 else 0
        business = self._money(general.actual // 12) if chance.random() < 0.3 else 0
        begin = self._money(general.actual // 25)
        end = chance.randrange(0, begin + general.actual // 20 + 1)
        expenditure = general.actual + fund.actual + other + business
        exp = self._simple("exp", ("本年支出合计", "支出合计", "本年支出"), "expenditure", expenditure)
        basic = self._simple("basic", ("基本支出",), "expenditure", general.basic + business, "exp")
        self._simple("project", ("项目支出",), "expenditure", expenditure - basic.actual, "exp")
        revenue = expenditure + end - begin
        rev = self._simple("rev", ("本年收入合计", "收入合计", "本年收入"), "revenue", revenue)
        self._simple(
            "rev_general",
            ("一般公共预算财政拨款收入", "财政拨款收入"),
            "revenue",
            revenue - fund.actual - other - business,
            "rev",
        )
        self._simple("rev_fund", ("政府性基金预算财政拨款收入",), "revenue", fund.actual, "rev")
        self._simple("rev_superior", ("上级补助收入",), "revenue", 0, "rev")
        self._simple("rev_business", ("事业收入",), "revenue", business, "rev")
        self._simple("rev_trading", ("经营收入",), "revenue", 0, "rev")
        self._simple("rev_other", ("其他收入",), "revenue", other, "rev")
        self._simple("begin", ("年初结转和结余",), "balance", begin)
        self._simple("end", ("年末结转和结余",), "balance", end)
        self._simple("total", ("收、支总计", "收入总计", "收入支出总计", "收支总计"), "total", rev.actual + begin)
        self._simple(
            "fiscal",
            ("财政拨款收、支总计", "财政拨款收入支出总计", "财政拨款收支总计"),
            "total",
            general.actual + fund.actual + end,
        )
        people = int(general.basic * chance.uniform(0.8, 0.95))
        self._simple(
            "basic_general", ("一般公共预算财政拨款基本支出", "财政拨款基本支出"), "expenditure", general.basic
        )
        self._simple("personnel", ("人员经费",), "economic", people, "basic_general")
        self._simple("public", ("公用经费", "日常公用经费"), "economic", general.basic - people, "basic_general")
        assert exp.actual == basic.actual + self["project"].actual

    def _simple(self, key: str, names: tuple[str, ...], kind: str, actual: int, whole: str | None = None) -> Quantity:
        prior, budget, adjusted = self._compared(actual) if actual else (0, 0, 0)
        return self.add(Quantity(key, names, kind, (names[0],), actual, prior, budget, adjusted, whole))

    def _three(self) -> None:
        """“三公”经费: 因公出国 + 公务用车（购置 + 运行） + 公务接待, in every measure."""
        chance = self.chance
        size = chance.choice((300, 1500, 6000))
        purchase = self._money(size * 3) if chance.random() < 0.25 else 0
        abroad = self._money(size // 2) if chance.random() < 0.15 else 0
        named = {
            "abroad": (("因公出国（境）费", "因公出国（境）费用", "因公出国（境）经费"), abroad),
            "purchase": (("公务用车购置费", "公务用车购置支出"), purchase),
            "running": (("公务用车运行维护费", "公务用车运行费"), self._money(size)),
            "reception": (("公务接待费", "公务接待费支出"), self._money(size // 2)),
        }
        for key, (names, actual) in named.items():
            quantity = self._simple(key, names, "three_public", actual, "three")
            quantity.initial_budget = max(quantity.initial_budget, actual)
        vehicle = Quantity(
            "vehicle",
            ("公务用车购置及运行维护费", "公务用车购置及运行费"),
            "three_public",
            ("公务用车购置及运行维护费",),
            whole="three",
            parts=[self["purchase"], self["running"]],
        )
        _sum(self.add(vehicle))
        three = Quantity(
            "three",
            ("“三公”经费", "“三公”经费财政拨款支出"),
            "three_public",
            ("“三公”经费",),
            parts=[self["abroad"], vehicle, self["reception"]],
        )
        _sum(self.add(three))

    def _rest(self) -> None:
        """Figures that no table holds: operating expenses, purchases, assets, staff, performance."""
        chance, size = self.chance, max(self["public"].actual, 100)
        self._simple("operating", ("机关运行经费",), "operating", self._money(size))
        goods, works, services = (self._money(size), self._money(size * 2), self._money(size))
        self._simple(
            "procurement", ("政府采购支出总额", "政府采购总额", "采购总额"), "procurement", goods + works + services
        )
        for key, name, actual in (("goods", "货物", goods), ("works", "工程", works), ("services", "服务", services)):
            self._simple(key, (f"政府采购{name}支出", name, f"{name}类"), "procurement", actual, "procurement")
        self._simple(
            "sme",
            ("授予中小企业合同金额",),
            "procurement",
            int((goods + services) * chance.uniform(0.3, 1)),
            "procurement",
        )
        self._simple(
            "perf",
            ("绩效自评资金",),
            "project_funds",
            max(1, int(self["project"].actual * chance.uniform(0.3, 1))),
            "project",
        )
        self._simple("free", ("专项经费",), "project_funds", self._money(size))
        self._simple("self", ("国内接待费",), "three_public", self["reception"].actual, "reception")
        for key, row in corpus_grammar().frames["counts"].items():
            actual = chance.randrange(1, row["most"])
            prior = max(1, actual + chance.choice((-3, -2, -1, 1, 2)))
            names = tuple(row["names"])
            self.add(Quantity(key, names, row["type"], (names[0],), actual, prior, unit=row["unit"]))
        for key in ("satisfaction", "quality"):
            self.add(
                Quantity(
                    key,
                    (key,),
                    key if key == "satisfaction" else "other",
                    (key,),
                    chance.randrange(800, 1000),
                    unit="%",
                )
            )


def _children(parent: str) -> list[Entry]:
    return [e for e in gazetteer() if any(c.startswith(parent) and len(c) == 7 for c in e.codes)]


def _name(code: str) -> str | None:
    entry = gazetteer().by_code(code)
    return entry.name if entry is not None else None


def _sum(quantity: Quantity) -> None:
    """Make a quantity the sum of its parts, in every measure."""
    for measure in (*MEASURES, "basic"):
        setattr(quantity, measure, sum(int(getattr(p, measure)) for p in quantity.parts))
    if quantity.prior == quantity.actual and quantity.actual:
        return
