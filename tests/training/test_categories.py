"""The learned classifier of causes: fitting, plain arrays, calibration, what goes before what."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gouji.corpus.generate import collection
from gouji.errors import AnnotationError
from gouji.facts import assemble, judge_of
from gouji.facts.cause_features import Floats, beside, classifier_options, codes, stretches
from gouji.facts.learned_categories import CauseClassifier, shipped_classifier
from gouji.model.facts import Direction
from gouji.settings import Settings
from gouji.training import categories_fit
from gouji.training.categories_fit import Arrays, CategoryParameters, CauseRow, Source, cause_rows, fit_categories
from gouji.training.examples import generated
from gouji.training.phrases import phrase_files, phrase_rows

ROOT = Path(__file__).parents[2]

ROWS = [
    CauseRow(text, (), (code,), f"g{at % 4}")
    for at, (text, code) in enumerate(
        [
            ("在职人员增加3人", "personnel"),
            ("退休人员减少", "personnel"),
            ("新招录民警到岗", "personnel"),
            ("人员调出", "personnel"),
            ("受疫情影响培训取消", "epidemic"),
            ("疫情防控支出增加", "epidemic"),
            ("因疫情活动延期", "epidemic"),
            ("疫情后恢复", "epidemic"),
            ("落实过紧日子要求", "thrift"),
            ("厉行节约", "thrift"),
            ("严控三公经费", "thrift"),
            ("压缩会议费，厉行节约", "thrift"),
        ]
        * 3
    )
]


@pytest.fixture(scope="module")
def small() -> CauseClassifier:
    return CauseClassifier(fit_categories(ROWS, CategoryParameters(strength=20)))


def test_what_was_fitted_is_told(small: CauseClassifier) -> None:
    told = {row.text: small.classify(row.text)[0] for row in ROWS}
    assert told == {row.text: row.categories[0] for row in ROWS}


def by_hand(model: CauseClassifier, arrays: Arrays, text: str) -> tuple[list[int], Floats]:
    """Rows of the known stretches of a text, and their weights."""
    counts = {k: n for k, n in stretches(text).items() if k in model.known}
    values = np.array([(1 + np.log(n)) * arrays["idf"][model.known[k]] for k, n in counts.items()])
    return [model.known[k] for k in counts], values / np.linalg.norm(values)


def test_scores_are_those_of_scikit_learn() -> None:
    import scipy.sparse  # noqa: F401 (the fit needs it)

    arrays = fit_categories(ROWS, CategoryParameters(), calibrate=False)
    model = CauseClassifier(arrays)
    for row in ROWS[:3]:
        rows, values = by_hand(model, arrays, row.text)
        every = values @ arrays["weights"][rows] + beside(row.text, row.directions) @ arrays["beside"] + arrays["bias"]
        assert np.allclose(model.scores(row.text, row.directions), every, atol=1e-3)
        main = np.exp(values @ arrays["main"][rows].astype(float) + arrays["main_bias"])
        assert np.allclose(model.main(row.text).probabilities, main / main.sum(), atol=1e-3)
    assert min(arrays["bias"]) == min(arrays["main_bias"]) == categories_fit.NEVER


def test_a_phrase_teaches_the_main_category_and_not_what_stands_beside_it() -> None:
    phrases = [
        CauseRow(f"河堤{at}段加固", ("increase",), ("project_scope",), "phrases", Source.PHRASES) for at in range(9)
    ]
    model = CauseClassifier(fit_categories([*ROWS, *phrases], CategoryParameters()))
    assert model.classify("河堤加固", ("increase",)) == ("project_scope",)
    judged = model.judge("河堤加固", ("increase",))
    assert judged.probabilities[codes().index("project_scope")] < 0.1


def test_the_phrases_of_the_project_are_read() -> None:
    rows = phrase_rows(ROOT)
    assert len(rows) > 5000
    assert {r.source for r in rows} == {Source.PHRASES}
    assert {c for r in rows for c in r.categories} == set(codes())
    assert {r.group for r in rows} == set(phrase_files(ROOT)) == {"fitting-1", "fitting-2", "fitting-3"}


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("text\tcategories", "人员增加\tpersonnel"),
        ("direction\tcategories\ttext", "up\tpersonnel\t人员增加"),
        ("direction\tcategories\ttext", "increase\tstaff\t人员增加"),
        ("direction\tcategories\ttext", "increase\t\t人员增加"),
    ],
)
def test_phrases_in_another_form_are_refused(tmp_path: Path, head: str, line: str) -> None:
    path = tmp_path / "annotations" / "phrases" / "fitting-1.tsv"
    path.parent.mkdir(parents=True)
    path.write_text(f"# note\n{head}\n{line}\n", encoding="utf-8")
    with pytest.raises(AnnotationError):
        phrase_rows(tmp_path)


def test_probabilities_are_calibrated_and_of_every_category(small: CauseClassifier) -> None:
    judged = small.judge("受疫情影响培训取消")
    assert judged.codes == codes()
    assert all(0 <= p <= 1 for p in judged.probabilities)
    assert judged.ranked[0][1] == "epidemic"
    assert (small.slope > 0).all()


def test_a_figure_is_one_letter() -> None:
    assert stretches("增加1,234.56万元") == stretches("增加7万元")


def test_the_more_a_word_of_the_rules_tells_the_more_it_counts(small: CauseClassifier) -> None:
    assert small.classify("缴费基数调整")[0] != "pay_policy"  # nothing that was fitted tells of it
    assert small.beside_rules("在职人员缴费基数调整")[0] == "personnel"
    before, after = small.main("缴费基数调整"), small.main_beside_rules("缴费基数调整")
    at = codes().index("pay_policy")
    assert after.probabilities[at] > before.probabilities[at]


def test_where_nothing_tells_it_is_other() -> None:
    model = shipped_classifier()
    assert model.main("天空晴朗").ranked[0][0] < classifier_options().main_at_least
    assert model.beside_rules("天空晴朗")[0] == "other"
    assert model.beside_rules("厉行节约，天空晴朗")[0] == "thrift"


def test_the_shipped_classifier_knows_the_usual() -> None:
    model = shipped_classifier()
    told = {
        text: model.classify(text, directions)[0]
        for text, directions in [
            ("退休人员增加", ("decrease",)),
            ("受疫情影响，培训改为线上", ("decrease",)),
            ("缴费基数上调", ("increase",)),
            ("厉行节约，压减一般性支出", ("decrease",)),
            ("年中追加项目经费", ("increase",)),
            ("公务用车保有量减少", ("decrease",)),
        ]
    }
    assert list(told.values()) == ["personnel", "epidemic", "pay_policy", "thrift", "extra_allocation", "vehicles"]


@pytest.mark.parametrize("classifier", ["rules", "learned", "combined"])
def test_every_classifier_gives_causes_known_categories(classifier: str) -> None:
    source = generated(next(iter(collection(9, 1))))
    _, causes = assemble(source.document, source.mentions, classifier)
    assert {code for c in causes for code in c.categories} <= set(codes())
    assert all(1 <= len(c.categories) <= 3 and len(set(c.categories)) == len(c.categories) for c in causes)


def test_rows_of_causes_have_words_directions_and_categories() -> None:
    rows = cause_rows(generated(next(iter(collection(9, 1)))), Source.GENERATED)
    assert len(rows) > 5
    assert {d for r in rows for d in r.directions} <= {str(d) for d in Direction}
    assert all(r.text and r.categories and r.source is Source.GENERATED for r in rows)


def test_a_classifier_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="rules, learned, combined"):
        Settings(classifier="neural")
    assert judge_of("rules")("退休", ()) == ("personnel",)
