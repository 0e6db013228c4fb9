"""The learned classifier of causes: fitting, plain arrays, calibration, what goes before what."""

from __future__ import annotations

import numpy as np
import pytest

from gouji.corpus.generate import collection
from gouji.facts import assemble, judge_of
from gouji.facts.cause_features import beside, codes, stretches
from gouji.facts.learned_categories import CauseClassifier, Judged, shipped_classifier
from gouji.model.facts import Direction
from gouji.settings import Settings
from gouji.training.categories_fit import CategoryParameters, CauseRow, cause_rows, fit_categories
from gouji.training.examples import generated

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


def test_scores_are_those_of_scikit_learn() -> None:
    import scipy.sparse  # noqa: F401 (the fit needs it)

    from gouji.training import categories_fit

    arrays = fit_categories(ROWS, CategoryParameters(), calibrate=False)
    model = CauseClassifier(arrays)
    by_hand = []
    for row in ROWS[:3]:
        counts = {k: n for k, n in stretches(row.text).items() if k in model.known}
        values = np.array([(1 + np.log(n)) * arrays["idf"][model.known[k]] for k, n in counts.items()])
        rows = [model.known[k] for k in counts]
        by_hand.append(
            values / np.linalg.norm(values) @ arrays["weights"][rows]
            + beside(row.text, row.directions) @ arrays["beside"]
            + arrays["bias"]
        )
    assert np.allclose([model.scores(r.text, r.directions) for r in ROWS[:3]], by_hand, atol=1e-4)
    assert min(arrays["bias"]) == categories_fit.NEVER


def test_probabilities_are_calibrated_and_of_every_category(small: CauseClassifier) -> None:
    judged = small.judge("受疫情影响培训取消")
    assert judged.codes == codes()
    assert all(0 <= p <= 1 for p in judged.probabilities)
    assert judged.ranked[0][1] == "epidemic"
    assert (small.slope > 0).all()


def test_a_figure_is_one_letter() -> None:
    assert stretches("增加1,234.56万元") == stretches("增加7万元")


def test_rules_go_before_where_a_word_settles_the_category(small: CauseClassifier) -> None:
    assert small.beside_rules("缴费基数调整")[0] == "pay_policy"


def test_where_no_word_tells_the_classifier_counts_only_if_it_is_sure(
    small: CauseClassifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert small.beside_rules("晴朗的天空") == ("other",)
    monkeypatch.setattr(CauseClassifier, "judge", lambda *_: Judged(codes(), tuple([0.6] * len(codes()))))
    assert small.beside_rules("晴朗的天空")[0] == codes()[0]


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
    rows = cause_rows(generated(next(iter(collection(9, 1)))), generated=True)
    assert len(rows) > 5
    assert {d for r in rows for d in r.directions} <= {str(d) for d in Direction}
    assert all(r.text and r.categories and r.generated for r in rows)


def test_a_classifier_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="rules, learned, combined"):
        Settings(classifier="neural")
    assert judge_of("rules")("退休", ()) == ("personnel",)
