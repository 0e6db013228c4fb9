from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from gouji.align import align
from gouji.checks import check
from gouji.checks.runner import NOT_FOUND
from gouji.model.document import Document
from gouji.model.facts import Fact, Mention
from gouji.model.outcomes import CheckOutcome, Status
from gouji.resources.check_registry import load
from gouji.resources.proofreading import load_proofreading

Build = Callable[[Mapping[str, Any]], tuple[Document, tuple[Mention, ...], tuple[Fact, ...]]]

CASES = Path(__file__).parents[1] / "cases" / "checks.yaml"
STATUSES = ("consistent", "inconsistent", "not_checked")


def load_cases(path: Path = CASES) -> list[tuple[str, str, dict[str, Any]]]:
    """Cases as (check, status, case); a group without one of the three, or an unknown key, fails."""
    out = []
    for group in yaml.safe_load(path.read_text("utf-8")):
        if set(group) != {"id", *STATUSES}:
            raise ValueError(f"{group.get('id')}: keys are {sorted(group)}, expected id and {STATUSES}")
        for status in STATUSES:
            case = group[status]
            if not {"expect"} < set(case) <= {"expect", "tables", "text", "year"} or not case["expect"]:
                raise ValueError(f"{group['id']}: {status}: keys are {sorted(case)}")
            out.append((group["id"], status, case))
    return out


def in_short(outcome: CheckOutcome) -> str:
    """Outcome as the cases write it."""
    words = [str(outcome.status), *([str(outcome.severity)] if outcome.severity else []), *outcome.operands]
    if outcome.stated and outcome.status is not Status.NOT_CHECKED:
        words.append(f"{outcome.stated} -> {outcome.computed}")
    return " ".join(words + ([f"({outcome.reason})"] if outcome.reason else []))


@pytest.mark.parametrize(
    ("id_", "status", "case"), load_cases(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_check_gives_exactly_the_expected_outcomes(build: Build, id_: str, status: str, case: dict[str, Any]) -> None:
    made, mentions, facts = build(case)
    found = check(made, mentions, facts, align(made, mentions, facts))
    outcomes = [in_short(outcome) for outcome in found if outcome.check == id_]
    assert outcomes == case["expect"]
    assert any(outcome.startswith(status) for outcome in outcomes)


def test_every_declared_check_has_its_cases_and_no_case_is_without_a_check() -> None:
    assert sorted({id_ for id_, _, _ in load_cases()}) == [declared.id for declared in load().checks]


def test_a_case_file_without_one_of_the_three_statuses_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "checks.yaml"
    broken.write_text("- {id: T-balance, consistent: {tables: [], expect: [x]}}\n", "utf-8")
    with pytest.raises(ValueError, match="T-balance"):
        load_cases(broken)


def test_a_document_without_tables_has_one_answer_of_every_check(build: Build) -> None:
    made, mentions, facts = build({"text": "本单位无相关收支。"})
    outcomes = check(made, mentions, facts, ())
    form = [declared.id for declared in load_proofreading()]
    assert [(o.check, o.status, o.reason) for o in outcomes if o.check not in form] == [
        (declared.id, Status.NOT_CHECKED, NOT_FOUND) for declared in load().checks
    ]
    assert [o.check for o in outcomes if o.check in form] == form


def test_outcomes_are_in_the_order_of_their_ids_which_are_unique(build: Build) -> None:
    case = next(case for id_, status, case in load_cases() if (id_, status) == ("T-rate-share", "inconsistent"))
    ids = [outcome.id for outcome in check(*build(case), ())]
    assert ids == sorted(set(ids))


def test_a_failing_outcome_says_in_words_what_is_stated_and_what_it_should_be(build: Build) -> None:
    case = {
        "tables": [
            {
                "title": "支出决算表",
                "rows": ["项目 | 本年支出合计 | 基本支出 | 项目支出", "合计 | 30.20 | 12.50 | 17.50"],
            }
        ]
    }
    (outcome,) = [o for o in check(*build(case), ()) if o.status is Status.INCONSISTENT]
    assert outcome.message == (
        "《支出决算表》“合计”“本年支出合计”30.20万元，应为30.00万元（依据：“合计”“基本支出”12.50万元、“合计”“项目支出”17.50万元），"
        "不符（支出合计＝基本支出＋项目支出＋上缴上级支出＋经营支出＋对附属单位补助支出）"
    )
