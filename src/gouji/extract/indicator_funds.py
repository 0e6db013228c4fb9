"""Bare ``本年收入`` and ``本年支出`` behind the name of a fund: they are that fund's.

A sentence that says ``政府性基金预算财政拨款本年收入5万元；本年支出4万元`` (the form of 河北, and of many sections on
政府性基金) states the expenditure of the fund, not of the department.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from gouji.extract.indicator_names import Candidate
from gouji.resources.gazetteer import gazetteer
from gouji.resources.names import fold

OF_THE_YEAR = re.compile(r"(?P<fund>(?:一般公共预算|政府性基金预算|国有资本经营预算)?(?:财政拨款)?)(?:本年|年初|上年)")
BARE = re.compile(r"本年(?:收入|支出)(?:合计)?")
OWN_SECTION = re.compile(r"(?P<fund>(?:政府性基金|国有资本经营)预算财政拨款)[收支入出]{0,4}(?:决算|情况)")
OF_A_FUND = re.compile("^(?:政府性基金|国有资本经营)")
INCOME = frozenset(["revenue.fund", "revenue.state_capital"])


def fund_of_section(title: str) -> str:
    """Fund that a section is about by its title, empty where it is about none or the general budget.

    Examples
    --------
    >>> fund_of_section("八、政府性基金预算财政拨款支出决算情况说明")
    '政府性基金预算财政拨款'
    """
    found = OWN_SECTION.search(fold(title))
    return found["fund"] if found else ""


def with_funds(names: Iterable[Candidate], text: str, section: str) -> list[Candidate]:
    """Name bare incomes and expenditures by the fund that their passage or their section is about.

    Parameters
    ----------
    names : iterable of Candidate
        Names of one passage, in order.
    text : str
    section : str
        What `fund_of_section` says of the section.
    """
    out: list[Candidate] = []
    fund = section
    for name in names:
        surface, entry = text[name.span.start : name.span.end], None
        form = fold(surface) if "年" in surface else ""  # few names have a year
        if BARE.fullmatch(form):
            entry = gazetteer().lookup(fund + form) if fund else None
        elif (stated := OF_THE_YEAR.match(form)) is not None and stated["fund"]:
            fund = stated["fund"]
        if entry is not None:
            name = replace(name, type=entry.type, name=entry.name, entry=entry, rule="gazetteer-fund")
        if fund and name.entry is not None and name.entry.id in INCOME and OF_A_FUND.match(fund):
            name = replace(name, type="fund")
        out.append(name)
    return out
