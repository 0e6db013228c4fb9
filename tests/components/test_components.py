"""The spaCy components find what `analyse` finds, and what they found survives bytes, files and processes."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin

import gouji
from gouji.components import COMPONENTS, display, factories
from gouji.components.tokenizer import Tokenizer
from gouji.model.document import Document
from gouji.model.facts import FIGURES, Label
from gouji.model.outcomes import Analysis

TEXT = (
    "本年支出1,234.56万元，比上年增加9.87万元，增长0.81%，主要原因是人员增加。\n"
    "公务用车购置0万元，保有量2辆，与上年持平。\n"
)
Nlp = Any


@pytest.fixture(scope="module")
def nlp() -> Nlp:
    return gouji.load()


@pytest.fixture(scope="module")
def doc(nlp: Nlp) -> Doc:
    return nlp(TEXT)


def rows(doc: Doc) -> dict[str, list[tuple[str, str, str]]]:
    """Every span of every group: text, label, id."""
    return {key: [(s.text, s.label_, s.id_) for s in group] for key, group in doc.spans.items()}


def everything(doc: Doc) -> tuple[Any, ...]:
    return rows(doc), doc._.gouji_mentions, doc._.gouji_facts, doc._.gouji_causes


def test_the_same_as_the_analysis_on_every_document(
    nlp: Nlp, dev_document: Document, analysed: Callable[[Path], Analysis], root: Path
) -> None:
    name = dev_document.name
    analysis = analysed(root / "corpora" / name / f"{name}.txt")
    doc = nlp(dev_document.text)
    assert doc.text == dev_document.text
    assert (doc._.gouji_mentions, doc._.gouji_facts, doc._.gouji_causes) == (
        analysis.mentions,
        analysis.facts,
        analysis.causes,
    )


def test_spans_carry_their_typed_objects(doc: Doc) -> None:
    groups = {key: [(s._.gouji_text, s.label_) for s in group] for key, group in doc.spans.items()}
    assert groups["gouji_figures"] == [
        ("1,234.56万元", "AMOUNT"),
        ("9.87万元", "AMOUNT"),
        ("0.81%", "RATE"),
        ("0万元", "AMOUNT"),
        ("2辆", "QUANTITY"),
    ]
    assert groups["gouji_causes"] == [("人员增加", "CAUSE")]
    for key in ("gouji_figures", "gouji_indicators", "gouji_causes"):
        for span in doc.spans[key]:
            mention = span._.gouji
            assert (mention.label.value, doc.text[mention.span.start : mention.span.end]) == (
                span.label_,
                span._.gouji_text,
            )
    figure = doc.spans["gouji_figures"][1]
    assert [(f.measure.value, f.direction.value) for f in figure._.gouji_facts] == [("change", "increase")]
    assert [s.label_ for s in doc.spans["gouji_facts"]][:3] == ["actual", "change", "change_rate"]
    assert doc[0:1]._.gouji is None


def test_figures_are_whole_tokens_between_words_of_jieba(nlp: Nlp) -> None:
    assert [t.text for t in nlp.make_doc("支出 1,234.56 万元，\n增长9.87％  。")] == [
        "支出",
        "1,234.56 万元",
        "，",
        "\n",
        "增长",
        "9.87％",
        " ",
        "。",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n", " 支出 ", "a  b\r\nc\t3万元 ", "𠀀３万元", "支出3\n万元"])
def test_tokens_joined_are_the_text(nlp: Nlp, text: str) -> None:
    assert nlp(text).text == text


def test_single_components_in_a_pipeline_of_ones_own() -> None:
    nlp = spacy.blank("zh")  # spaCy's own tokens: single characters
    nlp.add_pipe("gouji_figures")
    doc = nlp("支出3万元，增长5%。")
    assert rows(doc) == {"gouji_figures": [("3万元", "AMOUNT", "AMOUNT:2-5"), ("5%", "RATE", "RATE:8-10")]}
    assert [str(m.value.canonical) for m in doc._.gouji_mentions if m.value] == ["30000", "0.05"]


def test_the_tokens_do_not_change_what_is_found(nlp: Nlp, doc: Doc) -> None:
    own = spacy.blank("zh")
    for name in COMPONENTS:
        own.add_pipe(name)
    other = own(TEXT)
    assert other._.gouji_mentions == doc._.gouji_mentions
    assert other._.gouji_facts == doc._.gouji_facts
    assert [s._.gouji_text for s in other.spans["gouji_indicators"]] == [
        s.text for s in other.spans["gouji_indicators"]
    ]


def test_a_mention_inside_a_token_gives_the_wider_span_and_keeps_its_exact_text(nlp: Nlp) -> None:
    doc = Doc(nlp.vocab, words=["支出3", "万元整改"], spaces=[False, False])
    for _, component in nlp.pipeline:
        doc = component(doc)
    (span,) = doc.spans["gouji_figures"]
    assert (span.text, span._.gouji_text, span._.gouji.span.start) == ("支出3万元整改", "3万元", 2)


def test_spans_keys_are_options() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("gouji_figures", config={"spans_key": "sums"})
    assert list(nlp("3万元").spans) == ["sums"]


def test_a_document_survives_bytes(nlp: Nlp, doc: Doc) -> None:
    assert everything(Doc(spacy.blank("zh").vocab).from_bytes(doc.to_bytes())) == everything(doc)


def test_documents_survive_a_docbin(nlp: Nlp, doc: Doc, tmp_path: Path) -> None:
    DocBin(docs=[doc, nlp("支出5元。")], store_user_data=True).to_disk(tmp_path / "docs.spacy")
    back = list(DocBin().from_disk(tmp_path / "docs.spacy").get_docs(spacy.blank("zh").vocab))
    assert everything(back[0]) == everything(doc)
    assert [s._.gouji.value.canonical for s in back[1].spans["gouji_figures"]] == [5]


def test_a_docbin_without_user_data_keeps_the_spans_alone(doc: Doc, nlp: Nlp) -> None:
    (back,) = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(nlp.vocab)
    assert rows(back) == rows(doc)
    assert back._.gouji_mentions == ()


def test_a_pipeline_survives_the_disk(nlp: Nlp, doc: Doc, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    back = spacy.load(tmp_path / "pipeline")
    assert back.pipe_names == list(COMPONENTS)
    assert [t.text for t in back(TEXT)] == [t.text for t in doc]
    assert everything(back(TEXT)) == everything(doc)


def test_a_pipeline_is_made_from_its_configuration(nlp: Nlp, doc: Doc) -> None:
    config = (
        spacy.util.load_config_from_str(nlp.config.to_str()) if hasattr(spacy.util, "load_config_from_str") else None
    )
    back = spacy.util.load_model_from_config(config or nlp.config, auto_fill=True)
    assert isinstance(back.tokenizer, Tokenizer)
    assert everything(back(TEXT)) == everything(doc)


def test_several_processes_give_the_same(nlp: Nlp, doc: Doc) -> None:
    texts = [TEXT, "支出5元。", TEXT]
    docs = list(nlp.pipe(texts, n_process=2, batch_size=1))
    assert [everything(d) for d in docs] == [everything(nlp(t)) for t in texts]


def test_displacy_shows_every_group_in_its_colour(doc: Doc) -> None:
    page = displacy.render(doc, style="span", options=display.display_options(), jupyter=False)
    assert display.COLOURS["AMOUNT"] in page
    assert page.count("RATE") == 1
    copy = Doc(doc.vocab).from_bytes(doc.to_bytes())
    entities = display.as_entities(copy).ents
    assert [(e.text, e.label_) for e in entities if e.label_ in set(FIGURES)][:2] == [
        ("1,234.56万元", "AMOUNT"),
        ("9.87万元", "AMOUNT"),
    ]
    page = displacy.render(copy, style="ent", options={"colors": display.COLOURS}, jupyter=False)
    assert {color for color in display.COLOURS.values() if color in page} >= {display.COLOURS[Label.CAUSE]}


def test_entry_points_lead_to_what_is_registered(root: Path) -> None:
    groups = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    assert sorted(groups["spacy_factories"]) == sorted(COMPONENTS)
    assert list(groups["spacy_tokenizers"]) == [gouji.components.TOKENIZER]
    for targets in groups.values():
        for target in targets.values():
            module, name = target.split(":")
            assert getattr(import_module(module), name) is not None
    assert all(spacy.Language.has_factory(name) for name in COMPONENTS)
    assert spacy.registry.tokenizers.get(gouji.components.TOKENIZER) is factories.make_tokenizer


def test_without_spacy_one_sentence_says_what_to_do() -> None:
    program = (
        "import sys; sys.modules['spacy'] = None\n"
        "import gouji\n"
        "try:\n    gouji.load()\n"
        "except gouji.ArtefactError as err:\n    print(err)\n"
    )
    command = [sys.executable, "-X", "utf8", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr) == ("没有安装 spaCy，请运行 pip install 'gouji[spacy]'。\n", "")


def test_importing_gouji_does_not_import_spacy() -> None:
    program = "import sys, gouji, gouji.components; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout == "False\n"
