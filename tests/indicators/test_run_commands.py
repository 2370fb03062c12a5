"""`assess`, `explain` and `replay`: the letter of the contract."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import OrganisationKind
from accounts.scope import system
from indicators.enums import FigureLevel, SubjectKind
from indicators.models import Figure, Return, Run
from tests.factories import make_organisation
from tests.indicators.years import YEAR, park_of, tell
from workflow import ledger

pytestmark = pytest.mark.django_db


def answer(name: str, *given: str) -> Any:
    """What a command writes to standard output."""
    out = StringIO()
    call_command(name, *given, stdout=out, stderr=StringIO())
    return out.getvalue()


def assess(*more: str, programme: str = "park", year: int = YEAR) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer("assess", "--programme", programme, "--year", str(year), *more))
    return found


@pytest.fixture
def parks() -> None:
    """Two parks under creation and a recognised one."""
    with system():
        make_organisation(OrganisationKind.LEAD)
        tenant = make_organisation()
        tell(park_of("good", tenant))
        tell(park_of("miss", tenant), P_hitech_output="124.999")
        tell(park_of("old", tenant, ("creating", "2012-01-01", "year"), ("recognised", "2016-01-01", "year")))


def test_assess_prints_every_finding_and_is_idempotent(parks: None, tmp_path: Path) -> None:
    first = assess()
    assert [(one["subject"], one["list"], one["verdict"]) for one in first["assessments"]] == [
        ("good", "creating", "met"),
        ("miss", "creating", "not_met"),
        ("old", "recognised", ""),
    ]
    with system():
        facts = Run.objects.get().assessments.get(subject="miss").facts
    (tmp_path / "facts.json").write_text(json.dumps(facts))
    judged = json.loads(answer("judge", "park-annual", "--facts", str(tmp_path / "facts.json")))
    assert first["assessments"][1]["findings"] == judged["findings"]
    assert first["clause_sets"] == {"park-annual": judged["digest"]}
    assert assess() == first


def test_dry_run_gives_the_same_result_and_leaves_nothing(parks: None) -> None:
    dry = assess("--dry-run")
    with system():
        assert Run.objects.count() == 0
    assert (dry["run"], dry["dry"]) == (None, True)
    assert dry["result_hash"] == assess()["result_hash"]


def test_nothing_to_judge_is_an_answer(parks: None) -> None:
    assert assess(programme="city")["assessments"] == []
    assert assess(year=2011)["assessments"] == []
    with pytest.raises(CommandError) as refused:
        assess(year=1999)
    assert refused.value.returncode == 2


def test_city_with_figures_is_judged_by_city_annual(parks: None) -> None:
    with system():
        city = make_organisation()
        assert city.division is not None
        for year, values in ((YEAR - 1, ("100", "100")), (YEAR, ("121", "120"))):
            told = {"kind": SubjectKind.CITY, "subject": city.division.code, "name": city.division.name, "year": year}
            report = Return.objects.create(tenant=city, **told)
            ledger.open_chain(report.dossier, city)
            for code, value in zip(("C.fiscal_st_expenditure", "C.fiscal_recurrent_revenue"), values, strict=True):
                Figure.follow(report, code, None, level=FigureLevel.IMPORTED, value=value).save(force_insert=True)
    (found,) = assess(programme="city")["assessments"]
    assert (found["subject"], found["verdict"], found["findings"][0]["observed"]) == (city.division.code, "met", "1")


def test_replay_says_the_same_until_something_differs(parks: None) -> None:
    run = assess()["run"]
    assert json.loads(answer("replay", run)) == {
        "run": run, "result_hash": assess()["result_hash"], "same": True, "differences": []
    }  # fmt: skip
    with system():
        # A run cannot be changed where row security and triggers hold; its own hash can be made wrong.
        Run.objects.filter(pk=run).update(result_hash="sha256:0")
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("replay", run, stdout=out)
    assert ended.value.code == 1
    assert json.loads(out.getvalue())["differences"][0].startswith("result_hash")
    with pytest.raises(CommandError) as refused:
        answer("replay", "no-such-run")
    assert refused.value.returncode == 2


def test_explain_names_clause_formula_figures_and_their_source(parks: None) -> None:
    before = answer("explain", "miss", str(YEAR))
    assert "尚未测算" in before
    assess()
    told = answer("explain", "miss", str(YEAR))
    assert "第 1 次测算，尚未发布" in told
    assert "P-II.2.2b 高新技术产业产值增长：未达到" in told
    assert "124.999 ÷ 100 − 1" in told
    assert "第 1 版（导入，miss）" in told
    assert told.split("P-II.2.1a")[1:] == before.split("P-II.2.1a")[1:]
    with pytest.raises(CommandError) as refused:
        answer("explain", "nowhere", str(YEAR))
    assert refused.value.returncode == 2


@pytest.mark.parametrize("year", ["0", "99999"])
def test_explain_of_a_year_beyond_the_calendar_is_unusable_input(parks: None, year: str) -> None:
    with pytest.raises(CommandError) as error:
        answer("explain", "miss", year)
    assert error.value.returncode == 2
