"""The character tagger: units, channels, features, the decoder against python-crfsuite, the hybrid's choices."""

from __future__ import annotations

import re
from copy import copy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.errors import ResourceError
from gouji.extract import crf_clauses, extract
from gouji.extract.crf_borders import best, closed_borders
from gouji.extract.crf_channels import AFTER, AFTER_STOP, FIRST_AFTER, IN_STRONG, channels_of
from gouji.extract.crf_clauses import COMPARES, DEPENDENT, FURTHER, LAST, NO_CAUSE, PLAIN, RESTATES
from gouji.extract.crf_decoder import CompiledCrf, follows, spans_of
from gouji.extract.crf_features import lay, strings
from gouji.extract.crf_tagger import shipped_crf, tag_learned
from gouji.extract.crf_units import AMOUNT, NUMBER, RATE, YEAR, Units, units_of
from gouji.extract.figures import tag_figures
from gouji.extract.hybrid import Policy, combined
from gouji.model.document import Document, Passage, PassageKind
from gouji.model.facts import Label, Mention
from gouji.model.spans import OffsetMap, Span
from gouji.readers import read
from gouji.resources.crf_templates import build, crf_templates
from gouji.settings import Settings
from gouji.training.crf_fit import CrfParameters, fit_crf
from gouji.training.crossval import KINDS
from gouji.training.examples import corpus, sequences

CUED = "2022年收入 比上年增加1,062.85万元，增长12%。主要原因是：人员增加3人"


def document(*texts: str) -> Document:
    passages, at = [], 0
    for number, text in enumerate(texts, start=1):
        passages.append(
            Passage(
                f"p{number}",
                PassageKind.PARAGRAPH,
                text,
                OffsetMap.identity(len(text), at) if text else OffsetMap((0,), (at,), 0),
            )
        )
        at += len(text) + 1
    return Document("x", "0" * 64, "text/plain", "\n".join(texts), passages=tuple(passages))


def cut(*texts: str) -> Units:
    doc = document(*texts)
    return units_of(doc, tag_figures(doc))


def test_a_figure_a_year_and_a_number_are_one_unit_each_and_blanks_are_none() -> None:
    units = cut(CUED, "第12项")
    assert units.text == f"{YEAR}年收入比上年增加{AMOUNT}，增长{RATE}。主要原因是：人员增加\ue002\n第{NUMBER}项\n"
    stretches = [units.text[a:b] for a, b in units.stretches]
    assert stretches == [f"{YEAR}年收入比上年增加{AMOUNT}，增长{RATE}。主要原因是：人员增加\ue002", f"第{NUMBER}项"]
    amount = units.text.index(AMOUNT)
    span = units.span(amount, amount + 1)
    assert CUED[span.start : span.end] == "1,062.85万元"


@given(
    st.lists(
        st.text(alphabet="上年比收入增加减少，。；：12.%万元 \u3000因由于（）", max_size=40), min_size=1, max_size=4
    )
)
def test_units_are_in_order_and_every_letter_that_is_not_blank_has_one(texts: list[str]) -> None:
    units = cut(*texts)
    for at, passage in enumerate(units.passages):
        mine = np.flatnonzero(units.owners == at)[:-1]
        covered = [i for u in mine for i in range(units.starts[u], units.ends[u])]
        assert covered == sorted(set(covered))
        assert {i for i, c in enumerate(passage.text) if not c.isspace()} <= set(covered)


def test_cue_channel_tells_cue_first_unit_after_it_and_the_rest_of_the_sentence() -> None:
    units = cut("减少5万元，主要原因是人员减少。结余持平。")
    cue = channels_of(units)["cue"].tolist()
    at = units.text.index("原因是")
    assert cue[at : at + 7] == [IN_STRONG] * 3 + [FIRST_AFTER] + [AFTER] * 3
    assert set(cue[units.text.index("结余") : -1]) == {AFTER_STOP}


def test_a_cue_at_the_end_of_a_passage_announces_the_next_one() -> None:
    units = cut("减少5万元，主要原因是：", "人员减少。", "结余持平。")
    cue = channels_of(units)["cue"].tolist()
    assert cue[units.text.index("人员") : units.text.index("人员") + 2] == [FIRST_AFTER, AFTER]
    assert not any(cue[units.text.index("结余") :])


def test_kinds_of_clauses_and_of_the_clause_behind_them() -> None:
    units = cut("支出减少5万元，支出有所减少，人员退休，保险费随之减少，另外设备老化。主要用于办公")
    channels = channels_of(units)
    firsts = [units.text.index(word) for word in ("支出减", "支出有", "人员", "保险", "另外", "主要")]
    kinds = [COMPARES, RESTATES, PLAIN, DEPENDENT, FURTHER, NO_CAUSE]
    assert channels["sort"][firsts].tolist() == kinds
    assert channels["after"][firsts].tolist() == [*kinds[1:], LAST]


def test_clauses_without_a_telling_word_get_the_kind_that_all_patterns_give(
    dev_document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = units_of(dev_document, tag_figures(dev_document))
    quick = channels_of(units)["sort"].tolist()
    sieved, kinds = crf_clauses._beginnings()
    assert len(sieved.numbers) < len(kinds)
    everywhere = copy(sieved)
    everywhere.words = re.compile(r"(?s:.)")
    monkeypatch.setattr(crf_clauses, "_beginnings", lambda: (everywhere, kinds))
    assert channels_of(units)["sort"].tolist() == quick
    assert {NO_CAUSE, PLAIN} <= set(quick)


def test_what_a_passage_states_at_most_and_whether_it_has_a_cue() -> None:
    units = cut("项目实施后效果良好。", "收入5万元。", "减少5万元，原因是人员减少。")
    told = channels_of(units)["told"]
    assert [int(told[first]) for first, _ in units.stretches] == [1, 3, 8]


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("减少，主要原因是：随着人员减少。", "人", "少是少"),
        ("一是项目完工；二是“双创”资金到位", "项“", "工位"),
        ("由于人员和车辆减少所致", "人车", "员少致"),
    ],
)
def test_an_explanation_begins_and_ends_where_the_genre_lets_it(text: str, begins: str, ends: str) -> None:
    units = cut(text)
    laid = lay(units)
    closed = closed_borders(units, laid, ("O", "B-CAUSE", "E-CAUSE", "S-CAUSE", "B-INDICATOR"), crf_templates())
    inside = closed[laid.starts[0] : laid.starts[0] + laid.lengths[0]]
    assert "".join(c for c, row in zip(text, inside, strict=True) if row[1] == 0) == begins
    assert "".join(c for c, row in zip(text, inside, strict=True) if row[2] == 0) == ends
    assert (inside[:, [0, 4]] == 0).all()
    assert ((inside[:, 3] == 0) == ((inside[:, 1] == 0) & (inside[:, 2] == 0))).all()


def test_best_labels_keep_to_the_borders_and_follow_one_another(fitted: tuple[CompiledCrf, Path], root: Path) -> None:
    for source in corpus(root)[3:6]:
        units = units_of(source.document, source.figures)
        laid = lay(units)
        model, _, paths = best(fitted[0], units, laid)
        closed = closed_borders(units, laid, model.labels, crf_templates())
        for start, path in zip(laid.starts.tolist(), paths, strict=True):
            names = [model.labels[i] for i in path.tolist()]
            assert all(follows(a, b) for a, b in zip(names, names[1:], strict=False))
            assert (closed[start + np.arange(len(path)), path] == 0).all()


def test_channels_keep_to_the_declared_number_of_values(dev_document: Document) -> None:
    units = units_of(dev_document, tag_figures(dev_document))
    sizes = crf_templates().channels
    channels = channels_of(units)
    assert set(channels) == set(sizes)
    assert {name: bool((values >= 0).all() and (values < sizes[name]).all()) for name, values in channels.items()} == (
        dict.fromkeys(sizes, True)
    )


@pytest.fixture(scope="module")
def fitted(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[CompiledCrf, Path]:
    """Compiled tagger of three documents, and python-crfsuite's model of the same."""
    path = tmp_path_factory.mktemp("crf") / "model.crfsuite"
    material = [sequences(e, KINDS) for e in corpus(root)[:3]]
    return fit_crf(material, KINDS, CrfParameters(rounds=25), path).compiled(), path


def test_no_sentence_is_labelled_otherwise_than_by_python_crfsuite(
    fitted: tuple[CompiledCrf, Path], root: Path
) -> None:
    import pycrfsuite

    model, path = fitted
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    passages = different = labelled = 0
    for source in corpus(root):
        units = units_of(source.document, source.figures)
        laid = lay(units)
        theirs = [tagger.tag(rows) for rows in strings(laid, crf_templates())]
        ours = [[model.labels[i] for i in labels.tolist()] for labels in model.decode(laid)]
        passages += len(theirs)
        different += sum(a != b for a, b in zip(ours, theirs, strict=True))
        labelled += sum(any(x != "O" for x in labels) for labels in ours)
    assert different == 0
    assert passages > 300
    assert labelled > 100


def test_certainty_is_the_marginal_probability_of_python_crfsuite(
    fitted: tuple[CompiledCrf, Path], sample: Path
) -> None:
    import pycrfsuite

    model, path = fitted
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    doc = read(sample)
    laid = lay(units_of(doc, tag_figures(doc)))
    emissions = model.emissions(laid)
    paths = model.decode(laid, emissions)
    chosen = [i for i, p in enumerate(paths) if p.any()][:5]
    rows = strings(laid, crf_templates())
    for at, ours in zip(chosen, model.certainty(laid, emissions, paths, chosen), strict=True):
        tagger.set(rows[at])
        theirs = [tagger.marginal(model.labels[label], t) for t, label in enumerate(paths[at].tolist())]
        assert ours == pytest.approx(theirs, abs=1e-4)


def test_spans_that_are_broken_are_still_read() -> None:
    assert spans_of(["I-CAUSE", "I-CAUSE", "B-INDICATOR", "O", "E-CAUSE"]) == [
        ("CAUSE", 0, 2),
        ("INDICATOR", 2, 3),
        ("CAUSE", 4, 5),
    ]


def test_the_shipped_tagger_finds_a_cause_and_a_name() -> None:
    doc = document("2022年公用经费支出比上年减少5.00万元，下降3.10%。主要原因是厉行节约，压减了会议。")
    found = tag_learned(doc, tag_figures(doc), shipped_crf("crf"))
    spans = {(m.label, doc.text[m.span.start : m.span.end]) for m in found}
    assert (Label.CAUSE, "厉行节约，压减了会议") in spans
    assert {m.type for m in found if m.label is Label.INDICATOR} <= {"economic"}
    assert all(0 < (m.confidence or 0) <= 1 for m in found)


def test_an_empty_document_has_no_mentions() -> None:
    assert tag_learned(document(), []) == []
    assert extract(document(""), "hybrid") == ()


def mention(start: int, end: int, confidence: float, label: Label = Label.CAUSE, entry: str | None = None) -> Mention:
    return Mention("", label, Span(start, end), "p1", Span(start, end), confidence=confidence, entry=entry)


@pytest.mark.parametrize(
    ("rules", "learned", "expected"),
    [
        ([(0, 9, 0.95)], [(0, 8, 0.99)], [(0, 9)]),  # a sure rule stands
        ([(0, 9, 0.95)], [(0, 4, 0.95), (5, 9, 0.93)], [(0, 4), (5, 9)]),  # and is cut where the tagger is sure
        ([(0, 9, 0.95)], [(0, 4, 0.95), (5, 9, 0.6)], [(0, 9)]),  # not where one part is not
        ([(0, 19, 0.95)], [(0, 4, 0.95), (5, 9, 0.95)], [(0, 19)]),  # nor where parts leave something over
        ([(0, 9, 0.6)], [(0, 7, 0.95)], [(0, 7)]),  # a doubted rule gives way
        ([(0, 9, 0.6)], [(0, 7, 0.5)], [(0, 9)]),  # but not to a doubtful tagger
        ([], [(20, 25, 0.99)], [(20, 25)]),  # what no rule saw
        ([], [(20, 25, 0.9)], []),
    ],
)
def test_the_hybrid_hears_the_tagger_where_it_is_sure(
    rules: list[tuple[int, int, float]], learned: list[tuple[int, int, float]], expected: list[tuple[int, int]]
) -> None:
    ours, theirs = [mention(*r) for r in rules], [mention(*r) for r in learned]
    policy = Policy(cut=0.9, doubted=0.75, instead=0.9, alone=0.98, name=0.95)
    assert sorted((m.span.start, m.span.end) for m in combined(ours, theirs, policy)) == expected


def test_names_of_the_gazetteer_stand_and_others_give_way_to_a_sure_tagger() -> None:
    known = mention(0, 5, 0.5, Label.INDICATOR, "revenue.other")
    position = mention(10, 15, 0.5, Label.INDICATOR)
    learned = [
        mention(0, 6, 0.99, Label.INDICATOR),
        mention(9, 15, 0.99, Label.INDICATOR),
        mention(20, 24, 0.5, Label.INDICATOR),
    ]
    found = combined([known, position], learned)
    assert [(m.span.start, m.span.end) for m in found] == [(0, 5), (9, 15)]


def test_a_system_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="rules, crf, hybrid"):
        Settings(system="neural")


def test_a_template_with_an_unknown_channel_is_refused() -> None:
    content = {
        "schema": "gouji-crf/1", "version": 1, "feature_version": 1, "label_sets": {"shipped": ["CAUSE"]},
        "channels": {"char": 10}, "borders": {"behind": [], "before": [], "never_first": []},
        "templates": {"a": [["word+0"]]},
    }  # fmt: skip
    with pytest.raises(ResourceError, match="word"):
        build(content, "")
