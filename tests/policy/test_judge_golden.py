"""The judge against the golden cases."""

from datetime import date

import pytest

from policy import clauses, facts
from policy.judge import Assessment, judge
from policy.outcomes import Audience
from policy.parameters import ParameterError
from tests.policy.golden import Case, cases, refusals


def run(case: Case) -> list[Assessment]:
    on = date.fromisoformat(case.on) if case.on else None
    given, _ = facts.read(case.content)
    clause_set = clauses.load(case.set)
    return [judge(clause_set, item, on, case.params, Audience.CONTRACT) for item in given]


@pytest.mark.parametrize("case", cases(), ids=str)
def test_judge_golden_case(case: Case) -> None:
    (assessment,) = run(case)
    answer = assessment.as_json()
    found = {finding["clause"]: finding for finding in answer["findings"]}

    assert {
        clause: {member: found[clause][member] for member in members} for clause, members in case.expect.items()
    } == case.expect
    assert answer["verdict"] == case.verdict
    assert answer["params"] == case.params
    assert answer["on"] == (case.on or f"{assessment.year}-12-31")


@pytest.mark.parametrize("case", refusals(), ids=str)
def test_judge_refusal_names_what_is_wrong(case: Case) -> None:
    with pytest.raises((facts.FactsError, ParameterError)) as refused:
        run(case)

    assert [part for part in case.message if part not in str(refused.value)] == []
