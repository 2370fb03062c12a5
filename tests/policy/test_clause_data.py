"""The clause files themselves: quotations, advice, and that every input is known."""

import hashlib

import pytest

from policy import clauses, figures, index, plan_facts

SETS = [clauses.load(name) for name in clauses.names()]
CLAUSES = [(clause_set, clause) for clause_set in SETS for clause in clause_set.clauses]
IDS = [f"{clause_set.name}: {clause.id}" for clause_set, clause in CLAUSES]


@pytest.mark.parametrize(("clause_set", "clause"), CLAUSES, ids=IDS)
def test_clause_quote_stands_in_the_policy_text(clause_set: clauses.ClauseSet, clause: clauses.Clause) -> None:
    assert [quote for quote in clause.quotes if quote not in clause_set.text()] == []


@pytest.mark.parametrize("clause_set", SETS, ids=lambda clause_set: clause_set.name)
def test_clause_set_digest_is_of_the_file(clause_set: clauses.ClauseSet) -> None:
    content = (clauses.FOLDER / f"{clause_set.name}.yaml").read_bytes()

    assert clause_set.digest == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_clauses_of_creation_are_all_of_them() -> None:
    found = {clause.id.partition("[")[0] for clause in clauses.load("park-creation").clauses}

    first = "1.0 1.1a 1.1b 1.2a 1.2b 1.2c 1.2d 1.2e 1.2f 1.2g 1.3 1.4a 1.4b 1.4c 1.5a 1.5b 1.6a 1.6b 1.6c 1.6d 1.7"
    then = "1.8a 1.8b 1.8c 1.8d 1.8e 1.8f"
    industry = "2a 2b 2c 2d 2e 4d"
    assert found == {f"P-II.{number}" for number in f"{first} {then}".split()} | {
        f"P-IV.{number}" for number in industry.split()
    }


def test_clauses_use_every_plan_fact_and_no_other() -> None:
    used = {
        code: clause.id
        for clause in clauses.load("park-creation").clauses
        for source in clause.inputs.values()
        for codes in source.options.values()
        for code in codes
        if code.startswith("plan.")
    }

    assert used == {fact.code: fact.clause for fact in plan_facts.PLAN_FACTS}


def test_clause_text_is_the_policy_text() -> None:
    text = clauses.load("park-creation").text()

    assert text.startswith("各市、县（市、区）人民政府，省政府直属各单位：")
    assert text.endswith("抓好创建工作，及时协调解决有关重大问题。")
    assert hashlib.sha256(text.encode()).hexdigest().startswith("7db8c427c86c9b51")


def test_figures_find_plain_and_indexed_codes() -> None:
    found = {
        code: figures.find(code) is not None
        for code in ("P.gdp", "P.env_ok[air]", "P.lead_output[1]", "P.lead_output[12]", "PV.plan[tech_smes]",
                     "P.exit_enterprises[关]", "plan.bases", "P.lead_output", "P.lead_output[0]", "P.env_ok[fire]",
                     "P.gdp[1]", "P.nothing", "")
    }  # fmt: skip

    assert [code for code, known in found.items() if not known] == [
        "P.lead_output", "P.lead_output[0]", "P.env_ok[fire]", "P.gdp[1]", "P.nothing", "",
    ]  # fmt: skip


def test_figures_name_a_code_in_chinese() -> None:
    assert figures.name("P.gdp") == "生产总值（园区增加值）（P.gdp）"
    assert figures.name("P.nothing") == "P.nothing"


@pytest.mark.parametrize(
    ("ranking", "source"),
    [
        ("creating", "park-annual"), ("recognised", "park-annual"), ("city", "city-annual"), ("county", "city-annual"),
    ],
)  # fmt: skip
def test_quotes_of_an_index_stand_in_the_policy_text(ranking: str, source: str) -> None:
    text, quoted = clauses.load(source).text(), [part.quote for part in index.default(ranking).tree if part.quote]
    assert quoted != [] or ranking in ("creating", "recognised")
    assert [quote for quote in quoted if quote not in text] == []
