"""Every clause of recognition has its golden cases: met, at its boundary, missed, and where it cannot be told."""

import pytest

from policy import clauses, facts
from policy.clauses import Clause
from policy.facts import Facts
from policy.judge import judge
from policy.outcomes import Audience, Kind, Outcome
from policy.parameters import Settings
from tests.policy.golden import cases

SET = clauses.load("park-recognition")
MEASURED = SET.of(Audience.CONTRACT)
DOCUMENTED = [clause for clause in SET.clauses if clause.kind is Kind.DOCUMENTS]
REVIEWED = [clause for clause in SET.clauses if clause.kind is Kind.REVIEW]
# Nothing is unknown of a clause on two dates: without them the whole judgement is refused, or the clause is open.
NEEDED = {Outcome.MET, Outcome.NOT_MET, Outcome.NOT_ASSESSABLE}


def golden() -> dict[str, list[tuple[str, str | None, str | None]]]:
    """What the golden cases expect of each clause: outcome, observed value, threshold as it comes out."""
    found: dict[str, list[tuple[str, str | None, str | None]]] = {}
    for case in cases():
        if case.set != SET.name:
            continue
        (given,), _listed = facts.read(case.content)
        judged = judge(SET, given, None, case.params, Audience.CONTRACT)
        for clause, members in case.expect.items():
            one = judged.finding(clause)
            found.setdefault(clause, []).append((members.get("outcome", ""), members.get("observed"), one.threshold))
    return found


GOLDEN = golden()


def test_clauses_are_all_measured_documented_or_reviewed() -> None:
    assert len(MEASURED) + len(DOCUMENTED) + len(REVIEWED) == len(SET.clauses)
    assert GOLDEN.keys() == {clause.id for clause in MEASURED}


@pytest.mark.parametrize("clause", [clause.id for clause in MEASURED])
def test_measured_clause_has_golden_cases_on_both_sides_of_its_boundary_and_on_it(clause: str) -> None:
    told = GOLDEN.get(clause, [])
    assert {outcome for outcome, _observed, _threshold in told} >= NEEDED
    assert any(observed is not None and observed == threshold for _outcome, observed, threshold in told)


@pytest.mark.parametrize("clause", DOCUMENTED, ids=lambda clause: clause.id)
@pytest.mark.parametrize(("value", "outcome"), [("1", "met"), ("0", "not_met"), (None, "not_assessable")])
def test_clause_on_documents_asks_for_yes(clause: Clause, value: str | None, outcome: str) -> None:
    (code,) = clause.inputs["value"].codes(Settings())
    figures = {code: {"2015": value}}
    told = Facts.parse({"subject": "lx-park", "listed_on": "2013-01-31", "year": 2015, "figures": figures})

    assert judge(SET, told).finding(clause.id).outcome == outcome


@pytest.mark.parametrize("clause", REVIEWED, ids=lambda clause: clause.id)
@pytest.mark.parametrize("outcome", ["met", "not_met"])
def test_clause_of_review_is_open_until_somebody_decides(clause: Clause, outcome: str) -> None:
    document = {"subject": "lx-park", "listed_on": "2013-01-31", "year": 2015}
    ruled = document | {"decisions": {clause.id: {"outcome": outcome, "paper": "评审意见一"}}}

    assert judge(SET, Facts.parse(document)).finding(clause.id).outcome == "not_assessable"
    assert judge(SET, Facts.parse(ruled)).finding(clause.id).outcome == outcome
