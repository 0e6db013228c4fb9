"""The scanner finds exactly the marked figures, and nothing in what only looks like one.

Cases stand in ``cases/figures.yaml``; their reader comes first, since a silently empty case asserts nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gouji.text.figures import Figure, scan
from gouji.text.parsing import parse_figure

CASES = Path(__file__).parent.parent / "cases"
SCHEMA = "gouji-figure-cases/1"
LABELS = {"A": "AMOUNT", "R": "RATE", "Q": "QUANTITY"}
BOUNDS = {"about", "gt", "ge", "lt", "le", "over", "range", "vague"}
MARK = re.compile(r"\[\[(?P<head>[^\[\]|]*)\|(?P<surface>[^\[\]|]+)\]\]")
HEAD = re.compile(
    r"(?P<label>[A-Z]) (?P<low>-?[0-9.]+?)(?:\.\.(?P<high>-?[0-9.]+))? (?P<unit>[^ :]+)(?::(?P<bound>[a-z]+))?"
)


@dataclass(frozen=True)
class Expected:
    """A marked figure; `low` and `high` in the canonical unit."""

    start: int
    end: int
    label: str
    low: Decimal
    high: Decimal | None
    unit: str
    bound: str


@dataclass(frozen=True)
class Case:
    """One text with its figures."""

    id: str
    text: str
    expected: tuple[Expected, ...]


def load_cases(name: str) -> list[Case]:
    """Read a file of cases below ``tests/cases``."""
    return parse_cases((CASES / name).read_text("utf-8"))


def parse_cases(source: str) -> list[Case]:
    """Read cases; anything unexpected is an error."""
    content = yaml.safe_load(source)
    if not isinstance(content, dict) or content.get("schema") != SCHEMA or set(content) != {"schema", "cases"}:
        raise ValueError(f"expected a mapping with schema {SCHEMA} and cases")
    if not content["cases"]:
        raise ValueError("a file without cases asserts nothing")
    out = []
    for row in content["cases"]:
        if set(row) != {"id", "source", "text"}:
            raise ValueError(f"{row.get('id')}: keys are {sorted(row)}, expected id, source, text")
        out.append(parse_case(row["id"], row["text"]))
    ids = [case.id for case in out]
    if len(set(ids)) != len(ids):
        raise ValueError(f"ids that occur twice: {sorted({i for i in ids if ids.count(i) > 1})}")
    return out


def parse_case(case_id: str, marked: str) -> Case:
    """Take the marks out of a text."""
    text = ""
    at = 0
    expected = []
    for match in MARK.finditer(marked):
        head = HEAD.fullmatch(match["head"])
        if head is None or head["label"] not in LABELS or (head["bound"] or "about") not in BOUNDS:
            raise ValueError(f"{case_id}: cannot read the mark {match[0]!r}")
        text += marked[at : match.start()]
        high = Decimal(head["high"]) if head["high"] else None
        start = len(text)
        text += match["surface"]
        bound = head["bound"] or "eq"
        expected.append(
            Expected(start, len(text), LABELS[head["label"]], Decimal(head["low"]), high, head["unit"], bound)
        )
        at = match.end()
    text += marked[at:]
    if "[[" in text or "]]" in text:
        raise ValueError(f"{case_id}: a mark is not closed")
    return Case(case_id, text, tuple(expected))


TOP = "schema: gouji-figure-cases/1\n"


def test_marks_are_taken_out_and_remembered() -> None:
    case = parse_case("x", "共[[A 12000..15000 万元:range|1.2—1.5万元]]。")
    assert case.text == "共1.2—1.5万元。"
    assert case.expected == (Expected(1, 10, "AMOUNT", Decimal(12000), Decimal(15000), "万元", "range"),)


@pytest.mark.parametrize(
    "text",
    ["[[A 1 元|1元", "[[X 1 元|1元]]", "[[A 1 元:maybe|1元]]", "[[A 元|1元]]", "[[A 1|1元]]"],
)
def test_marks_that_cannot_be_read_are_errors(text: str) -> None:
    with pytest.raises(ValueError, match="x: "):
        parse_case("x", text)


@pytest.mark.parametrize(
    "source",
    [
        "cases: []",
        TOP + "cases: []",
        TOP + "cases: [{id: a, text: b}]",
        TOP + "cases: [{id: a, source: s, text: b, more: c}]",
        TOP + "cases: [{id: a, source: s, text: b}, {id: a, source: s, text: c}]",
    ],
)
def test_files_that_assert_nothing_or_too_much_are_errors(source: str) -> None:
    with pytest.raises(ValueError, match="expected|without cases|twice"):
        parse_cases(source)


ALPHABET = "0123456789０５,，.．-—~至和、()（）%％‰ \n\t万亿千百十元人个台(套)年月日号第约近余多以上成折倍分之点百"
ALPHABET += "两三一数几〔〕“”《》负¥O△美半翻番"


def found(text: str) -> tuple[Expected, ...]:
    """Figures of a text as the cases write them."""
    return tuple(expected(f) for f in scan(text) if not f.role)


def expected(figure: Figure) -> Expected:
    assert figure.value is not None
    high = figure.upper.canonical if figure.upper else None
    return Expected(
        figure.start, figure.end, figure.label.value, figure.value.canonical, high, figure.value.unit, figure.bound
    )


@pytest.mark.parametrize(
    "case",
    [case for path in sorted(CASES.glob("figures*.yaml")) for case in load_cases(path.name)],
    ids=attrgetter("id"),
)
def test_scanner_finds_exactly_the_marked_figures(case: Case) -> None:
    assert found(case.text) == case.expected


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("单价50万元以上的设备", "50万元"),
        ("单位价值100万元（含）以上设备", "100万元"),
        ("20万元以下的项目", "20万元"),
        ("得分90分以上", "90分"),
        ("80（含）-90分", "80（含）-90分"),
        ("60岁以上老人", "60岁"),
    ],
)
def test_a_threshold_is_found_and_marked_as_one(text: str, surface: str) -> None:
    figures = scan(text)
    assert [(text[f.start : f.end], f.role) for f in figures] == [(surface, "threshold")]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("318,20.40万元", ("separator_misplaced",)),
        ("O.7万元", ("review",)),
        ("减少-3万元", ("double_negative",)),
        ("投资4.2亿，", ("unit_inferred",)),
        ("（单位：元）1,200.00", ("unit_inherited",)),
        ("1,234.56万元", ()),
    ],
)
def test_doubts_are_flagged(text: str, flags: tuple[str, ...]) -> None:
    assert [f.flags for f in scan(text)] == [flags]


@pytest.mark.parametrize(
    ("text", "fraction", "value"),
    [
        ("剩余1/3。", (1, 3), None),
        ("十二分之五", (5, 12), None),
        ("四分之三", (3, 4), Decimal("0.75")),
        ("3/4季度", None, None),
    ],
)
def test_fractions_have_a_value_only_where_a_decimal_writes_it(
    text: str, fraction: tuple[int, int] | None, value: Decimal | None
) -> None:
    figures = scan(text)
    wanted = [] if fraction is None else [(fraction, value)]
    assert [(f.fraction, f.value and f.value.canonical) for f in figures] == wanted


@pytest.mark.parametrize(
    ("text", "currency"), [("3.2万美元", "USD"), ("100万港元", "HKD"), ("$5万", "USD"), ("5万元", "CNY")]
)
def test_currencies_are_told_apart(text: str, currency: str) -> None:
    assert [f.currency for f in scan(text)] == [currency]


def test_written_precision_is_kept() -> None:
    figures = scan("7215.60万元，8.0%，46791.510万元，3万元")
    assert [f.value.decimals for f in figures if f.value] == [2, 1, 3, 0]


def test_text_without_figures_has_none() -> None:
    assert scan("") == []
    assert scan("本年度未发生该项支出，无增减变化。") == []


def test_a_long_line_is_read_like_its_sentences() -> None:
    sentence = "支出1,234.56万元，比上年增加约3.2%，购置2台（套）；"
    alone = [(f.start, f.end, f.value) for f in scan(sentence)]
    figures = scan(sentence * 2000)
    assert [
        (f.start % len(sentence), f.end - f.start + f.start % len(sentence), f.value) for f in figures
    ] == alone * 2000


WORDS = [
    "万元",
    "个百分点",
    "百分之",
    "台（套）",
    "单位：万元",
    "以上",
    "设备",
    "增加",
    "由",
    "人民币",
    "美元",
    "三分之",
    "翻了",
]
PIECES = st.lists(st.sampled_from([*ALPHABET, *WORDS]), max_size=30).map("".join)


@given(PIECES)
def test_figures_never_overlap_and_lie_in_order(text: str) -> None:
    figures = scan(text)
    edges = [edge for f in figures for edge in (f.start, f.end)]
    assert edges == sorted(edges)
    assert all(f.start < f.end <= len(text) for f in figures)


@given(PIECES)
def test_the_lower_end_of_a_range_is_below_the_upper(text: str) -> None:
    assert all(f.value.canonical < f.upper.canonical for f in scan(text) if f.value and f.upper)


@given(PIECES)
def test_scanner_and_parser_read_a_figure_alike(text: str) -> None:
    for figure in scan(text):
        alone = parse_figure(text[figure.start : figure.end])
        if alone is not None and figure.bound == "eq" and not figure.flags and figure.value is not None:
            assert alone.canonical == figure.value.canonical


@given(st.text(max_size=80))
def test_any_text_can_be_scanned(text: str) -> None:
    assert all(text[f.start : f.end] for f in scan(text))


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from(["万元", "元", "亿元"]),
    st.sampled_from(["", "，", "收入", "（"]),
    st.booleans(),
)
def test_scanning_what_was_formatted_gives_the_number_back(
    number: Decimal, unit: str, before: str, grouped: bool
) -> None:
    surface = f"{number:,}{unit}" if grouped else f"{number}{unit}"
    figures = scan(f"{before}{surface}。")
    assert [(f.start, f.end, f.value and f.value.number) for f in figures] == [
        (len(before), len(before) + len(surface), number)
    ]


@given(st.text(alphabet=ALPHABET, max_size=25), st.text(alphabet=ALPHABET, max_size=25))
def test_sentences_do_not_reach_into_each_other(left: str, right: str) -> None:
    whole = scan(f"{left}。\n甲{right}")
    assert [f for f in whole if f.end <= len(left)] == scan(f"{left}。\n甲")
