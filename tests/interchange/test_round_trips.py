"""Every format gives back what it was given, offsets exact, and names what it does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.interchange.annotated import Annotated, of_text
from gouji.interchange.registry import FORMATS, load, tell

ROOT = Path(__file__).resolve().parents[2]
WHOLE = [name for name in FORMATS if name not in ("conll",)]
"""Formats that hold mentions, facts and causes whole."""

FIGURE = {"value": "12300", "unit": "万元", "decimals": 2}
TEXTS = st.text(alphabet=st.sampled_from(list("收入增加1.23万元，。 \t\n⏎␠\\𠀀;|\"'{}<>&")), min_size=1, max_size=60)


@st.composite
def annotated(draw: st.DrawFn) -> Annotated:
    """Any text with any spans, some of them with a fact, a type or a cause, whatever the spans hold."""
    text = draw(TEXTS)
    mentions, facts, causes = [], [], []
    stretches = draw(st.sets(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12)), max_size=6))
    for number, (start, length) in enumerate(sorted(stretches), start=1):
        end = min(start + length, len(text))
        if not text[start:end].strip() or text[start] == "\n" or text[end - 1] == "\n":
            continue
        label = draw(st.sampled_from(["AMOUNT", "INDICATOR", "CAUSE"]))
        row = {"id": f"m{number}", "label": label, "start": start, "end": end}
        if any((m["start"], m["end"], m["label"]) == (start, end, label) for m in mentions):
            continue
        if label == "AMOUNT":
            row |= FIGURE
            facts.append(
                {
                    "id": f"f{len(facts) + 1}",
                    "figure": row["id"],
                    "indicator": next((m["id"] for m in mentions if m["label"] == "INDICATOR"), None),
                    "path": ["收入"],
                    "measure": "change",
                    "period": "2023",
                    "base": "prior_year",
                    "direction": "increase",
                    "of": None,
                }
            )
        elif label == "INDICATOR":
            row |= {"type": "revenue", "name": "收入"}
        else:
            known = [fact["id"] for fact in facts][:2]
            causes.append(
                {
                    "id": f"c{len(causes) + 1}",
                    "span": row["id"],
                    "explains": ["t1.r2.c3", *known],
                    "categories": ["thrift", "policy"],
                }
            )
        mentions.append(row)
    mentions.sort(key=lambda m: (m["start"], m["end"], m["label"]))
    base = of_text("样本", text)
    return Annotated(base.name, text, base.document, tuple(mentions), tuple(facts), tuple(causes))


def content(document: Annotated) -> tuple[object, ...]:
    by_id = {kind: sorted(map(dict, rows), key=lambda r: r["id"]) for kind, rows in rows_of(document).items()}
    for cause in by_id["causes"]:
        cause["explains"] = sorted(cause["explains"])
    return document.name, document.text, dict(document.document), by_id


def rows_of(document: Annotated) -> dict[str, tuple[object, ...]]:
    return {"mentions": document.mentions, "facts": document.facts, "causes": document.causes}


@pytest.mark.parametrize("name", [n for n in WHOLE if n != "gouji"])
@settings(deadline=None, max_examples=60)
@given(document=annotated())
def test_any_document_comes_back_as_it_was(
    name: str, document: Annotated, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp(name)
    FORMATS[name].write([document], folder)
    back, _ = load(folder)
    assert tell(folder) == name
    assert [content(one) for one in back] == [content(document)]


@pytest.mark.parametrize("scheme", ["bio", "bioes"])
@settings(deadline=None, max_examples=80)
@given(document=annotated())
def test_columns_keep_text_and_labels_or_name_what_they_drop(
    scheme: str, document: Annotated, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("conll")
    losses = FORMATS["conll"].write([document], folder, scheme=scheme)
    (back,), _ = load(folder)
    places = {(m["label"], m["start"], m["end"]) for m in document.mentions}
    kept = {(m["label"], m["start"], m["end"]) for m in back.mentions}
    dropped = sum(loss.count for loss in losses if loss.what == "同类嵌套的文本段")
    assert (back.name, back.text, dict(back.document)) == (document.name, document.text, dict(document.document))
    assert kept <= places
    assert len(places) - len(kept) == dropped


@pytest.mark.parametrize("name", FORMATS)
def test_a_shipped_document_comes_back_and_what_is_dropped_is_named(name: str, tmp_path: Path) -> None:
    (document,), _ = load(ROOT / "annotations/henan-hospital-2023.gold.json", texts=[ROOT / "corpora"])
    losses = FORMATS[name].write([document], tmp_path)
    (back,), _ = load(tmp_path, texts=[ROOT / "corpora"])
    if name == "conll":
        places = [[(m["label"], m["start"], m["end"]) for m in one.mentions] for one in (document, back)]
        assert places[0] == places[1]
    else:
        assert content(back) == content(document)
    kept = {"gouji", "docbin", "hf"}
    dropped = {layer: len(rows) for layer, rows in document.layers.items() if rows and layer != "traps"}
    assert {loss.what: loss.count for loss in losses if loss.what in dropped} == ({} if name in kept else dropped)
