"""The generator: whole documents, complete gold, identities that hold, the same bytes for a seed."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from gouji.cli import app
from gouji.corpus.generate import Generated, collection, generate
from gouji.corpus.grammar import Expander, parse, plain
from gouji.corpus.phrases import Phrases
from gouji.corpus.quantities import MEASURES, Quantities
from gouji.corpus.render import as_docx, as_html
from gouji.corpus.resources import corpus_grammar
from gouji.errors import ResourceError
from gouji.evaluate.evaluation import means
from gouji.evaluate.gold import attach, load
from gouji.extract import extract
from gouji.extract.cause_cells import reason_cells
from gouji.model.facts import FIGURES
from gouji.model.spans import Span
from gouji.readers import read
from gouji.training.crossval import scored
from gouji.training.examples import generated

COUNT = 12
RUNNER = CliRunner()


@pytest.fixture(scope="module")
def reports() -> list[Generated]:
    return list(collection(3, COUNT))


def test_the_same_seed_gives_the_same_report_and_another_one_another() -> None:
    assert generate(3, 1) == generate(3, 1)
    assert generate(3, 1).text != generate(4, 1).text != generate(4, 2).text


def test_gold_is_of_the_words_it_points_at(reports: list[Generated]) -> None:
    for report in reports:
        for row in report.gold["mentions"]:
            text = report.text[row["start"] : row["end"]].replace("\n", "")
            if row["label"] == "AMOUNT":
                number, unit = text[: -len(row["unit"])].strip().replace(",", ""), row["unit"]
                assert Decimal(number) * {"元": 1, "万元": 10000}[unit] == Decimal(row["value"])
            if row["label"] == "RATE":
                assert Decimal(text.rstrip("%")) / 100 == Decimal(row["value"])
            assert text == text.strip()
            assert text


def test_gold_keeps_to_the_vocabularies_and_refers_to_what_is_there(reports: list[Generated], root: Path) -> None:
    labels = yaml.safe_load((root / "annotations" / "labels.yaml").read_text("utf-8"))
    for data in (report.gold for report in reports):
        mentions, facts = {m["id"] for m in data["mentions"]}, {f["id"] for f in data["facts"]}
        cells = {f"{t['id']}.r{c['r']}.c{c['c']}" for t in data["tables"] for c in t["cells"]}
        assert {m["type"] for m in data["mentions"] if m["label"] == "INDICATOR"} <= set(labels["indicator_types"])
        assert {f["measure"] for f in data["facts"]} <= set(labels["measures"])
        assert {f["figure"] for f in data["facts"]} == {m["id"] for m in data["mentions"] if m["label"] in FIGURES}
        assert {c["span"] for c in data["causes"]} == {m["id"] for m in data["mentions"] if m["label"] == "CAUSE"}
        assert {e for c in data["causes"] for e in c["explains"]} <= facts | cells
        assert {c for row in data["causes"] for c in row["categories"]} <= set(labels["cause_categories"])
        assert {o for a in data["alignments"] for o in a["operands"]} <= cells | facts
        assert len(mentions) == len(data["mentions"])


def test_gold_attaches_and_every_mention_lies_in_a_passage(reports: list[Generated]) -> None:
    for report in reports:
        assert [m.id for m in generated(report).mentions if not m.passage] == []


def cell_texts(data: dict[str, Any]) -> dict[str, str]:
    return {f"{t['id']}.r{c['r']}.c{c['c']}": c["text"] for t in data["tables"] for c in t["cells"]}


def test_aligned_cells_hold_the_figure_and_planted_errors_are_the_only_conflicts(reports: list[Generated]) -> None:
    planted = 0
    for data in (report.gold for report in reports):
        texts = cell_texts(data)
        mentions = {m["id"]: m for m in data["mentions"]}
        figure = {f["id"]: mentions[f["figure"]] for f in data["facts"]}
        for row in data["alignments"]:
            if row["relation"] == "same":
                scale = 10000 if figure[row["figure"]]["unit"] == "万元" else 1
                values = {Decimal(texts[o]) * scale for o in row["operands"]}
                assert values == {Decimal(figure[row["figure"]]["value"])}
        wrong = {a["figure"] for a in data["alignments"] if a["verdict"] == "conflict"}
        assert wrong == {c["where"]["figure"] for c in data["conflicts"] if c["operands"]}
        planted += len(data["conflicts"])
    assert planted > 3


def test_reasons_in_cells_are_causes_of_the_cell_before_and_stand_in_columns_of_reasons(
    reports: list[Generated],
) -> None:
    told = 0
    for report in reports:
        document = generated(report).document
        found = reason_cells(document)
        spans = {m["id"]: Span(m["start"], m["end"]) for m in report.gold["mentions"]}
        places = {p.cell: p.offsets.to_source(Span(0, len(p.text))) for p in document.passages if p.cell in found}
        for row in report.gold["causes"]:
            if not any("." in e for e in row["explains"]):
                continue
            span = spans[row["span"]]
            assert any(place.start == span.start and span.end <= place.end for place in places.values())
            told += 1
    assert told > 5


def test_duties_and_performance_text_explain_nothing(reports: list[Generated]) -> None:
    heads = corpus_grammar().frames["headings_duties"]
    for report in reports:
        first = next(report.text.index(f"一、{head}") for head in heads if f"一、{head}" in report.text)
        until = report.text.index("机构设置", first)
        assert not [m for m in report.gold["mentions"] if m["label"] == "CAUSE" and first < m["start"] < until]


def test_rates_follow_from_their_operands(reports: list[Generated]) -> None:
    checked = 0
    for data in (report.gold for report in reports):
        texts = cell_texts(data)
        mentions = {m["id"]: m for m in data["mentions"]}
        figure = {f["id"]: mentions[f["figure"]] for f in data["facts"]}
        unit = data["tables"][0]["unit"]

        def value(operand: str, texts=texts, figure=figure, unit=unit) -> Decimal:  # type: ignore[no-untyped-def]
            if operand in figure:
                return Decimal(figure[operand]["value"])
            return Decimal(texts[operand]) * (10000 if unit == "万元" else 1)

        for row in data["alignments"]:
            if row["relation"] in ("share", "completion") and row["verdict"] == "agrees":
                above, below = map(value, row["operands"])
                exact, shown = above / below, Decimal(figure[row["figure"]]["value"])
                half = Decimal(1).scaleb(-figure[row["figure"]]["decimals"] - 2) / 2
                assert abs(exact - shown) <= half
                checked += 1
    assert checked > 100


@pytest.mark.parametrize("seed", range(20))
def test_quantities_obey_the_identities(seed: int) -> None:
    chance = random.Random(seed)
    q = Quantities(chance, chance.choice(corpus_grammar().departments["kinds"]))
    assert q["rev"].actual + q["begin"].actual == q["exp"].actual + q["end"].actual == q["total"].actual
    assert q["basic"].actual + q["project"].actual == q["exp"].actual
    revenues = ("rev_general", "rev_fund", "rev_superior", "rev_business", "rev_trading", "rev_other")
    assert sum(q[k].actual for k in revenues) == q["rev"].actual
    for measure in MEASURES:
        for whole in (q["general"], *q.classes, *(m for c in q.classes for m in c.parts), q["vehicle"], q["three"]):
            assert whole.value(measure) == sum(p.value(measure) for p in whole.parts)
    assert q["personnel"].actual + q["public"].actual == q["basic_general"].actual == q["general"].basic
    assert all(quantity.actual >= 0 and quantity.project >= 0 for quantity in q.all.values())


def test_causes_are_many_and_of_many_categories() -> None:
    grammar = corpus_grammar()
    chance = random.Random(1)
    parts = dict(grammar.parts) | {
        f"@{k}": tuple(v) for k, v in grammar.departments["kinds"][0].items() if k not in ("id", "names", "main")
    }
    phrases = Phrases(chance, Expander(chance, parts, grammar.directions))
    found = [
        phrases.compose(chance.choice(("increase", "decrease")), chance.choice(("", "three", "pay", "revenue")))
        for _ in range(4000)
    ]
    assert len({plain(p.pieces) for p in found}) > 2000
    counts = Counter(p.category for p in found)
    assert len([c for c, n in counts.items() if n >= 20]) >= 16
    assert sum(any(not isinstance(x, str) for x in p.pieces) for p in found) > 200


def test_there_are_ten_regions_and_more() -> None:
    assert len({style["region"] for style in corpus_grammar().styles.values()}) >= 10


def test_a_direction_leaves_out_words_of_the_other() -> None:
    expander = Expander(random.Random(2), {}, corpus_grammar().directions)
    told = {plain(expander.expand("人员(增加|减少|变动)", "increase")) for _ in range(60)}
    assert told == {"人员增加", "人员变动"}


@pytest.mark.parametrize("template", ["(a|b", "a]", "[a", "{a", "{}", "a)"])
def test_a_template_that_is_not_closed_is_refused(template: str) -> None:
    with pytest.raises(ResourceError, match="template"):
        parse(template)


def test_rules_score_on_generated_reports_as_on_others(reports: list[Generated]) -> None:
    rows = []
    for report in reports[:6]:
        source = generated(report)
        rows.append(scored(source, extract(source.document)))
    found = means(rows)
    assert found["AMOUNT span+value"].value > 0.99
    assert found["fact measure+base+direction"].value > 0.95
    assert found["CAUSE span"].value > 0.7
    assert found["INDICATOR span"].value > 0.75


def test_the_renderings_hold_the_same_words(reports: list[Generated]) -> None:
    report = reports[0]
    words = "".join(report.text.split()).replace("|", "")
    assert as_docx(report) == as_docx(report)
    page = as_html(report).decode()
    shown = "".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
    for row in report.gold["mentions"][:40]:
        assert "".join(report.text[row["start"] : row["end"]].split()) in shown
    assert len(shown) > 0.9 * len(words)


def test_generate_writes_reports_gold_and_a_manifest(tmp_path: Path) -> None:
    arguments = [
        "corpus",
        "generate",
        "--seed",
        "5",
        "--docs",
        "2",
        "--styles",
        "beijing,sichuan",
        "--format",
        "txt,html,docx",
    ]
    for name in ("a", "b"):
        assert RUNNER.invoke(app, [*arguments, "--out", str(tmp_path / name)]).exit_code == 0
    listed = (tmp_path / "a" / "manifest.tsv").read_text("utf-8")
    assert listed == (tmp_path / "b" / "manifest.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in listed.splitlines()[1:]]
    assert len(rows) == 8
    gold = next(tmp_path.glob("a/*/*.gold.json"))
    assert (
        attach(load(gold), read(gold.with_name(gold.name.replace(".gold.json", ".txt")))).data["schema"]
        == "gouji-gold/1"
    )
    assert json.loads(gold.read_text("utf-8"))["document"]["generated"] is True


def test_an_unknown_style_is_misuse(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["corpus", "generate", "--out", str(tmp_path / "x"), "--styles", "atlantis"])
    assert result.exit_code == 2
    assert not (tmp_path / "x").exists()
