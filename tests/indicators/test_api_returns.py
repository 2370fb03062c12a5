"""Returns by a program's key: what it reads and writes, every refusal in full, and the end of a key."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts import tokens
from accounts.models import AccessLog, Token
from accounts.scope import enter, system
from indicators.models import Entry
from tests.indicators.returns import Year, begin

pytestmark = pytest.mark.django_db
GDP, TAX = "P.gdp", "P.tax_total"
LIST = "/api/v1/returns/"


@pytest.fixture
def year() -> Year:
    """An opened return."""
    return begin()


def key(year: Year, office: str = "committee") -> str:
    """A key of an office's handler."""
    actor = year.actor(office)
    with enter(actor.scope):
        return tokens.issue(actor, "报送")


def address(year: Year) -> str:
    """The return's address."""
    return f"{LIST}park/{year.report.subject}/{year.report.year}/"


def ask(secret: str, path: str) -> Any:
    """A GET with a key."""
    return Client().get(path, headers={"Authorization": f"Bearer {secret}"})


def put(secret: str, path: str, *figures: Any) -> Any:
    """A PUT with a key."""
    head = {"Authorization": f"Bearer {secret}"}
    return Client().put(path, {"figures": list(figures)}, content_type="application/json", headers=head)


def test_program_reads_and_writes_what_its_person_may(year: Year) -> None:
    secret = key(year)
    assert [row["subject"] for row in ask(secret, LIST).json()] == [year.report.subject]
    written = put(secret, address(year), {"code": GDP, "value": "110.50", "unit": "亿元", "source": "年报"},
                  {"code": TAX, "value": None, "note": "尚未核算"})  # fmt: skip
    assert written.status_code == 200
    held = {row["code"]: row for row in ask(secret, address(year)).json()["figures"]}
    assert [held[GDP][name] for name in ("value", "source", "version", "unknown")] == ["110.50", "年报", 1, False]
    assert [held[TAX][name] for name in ("value", "note", "unknown")] == [None, "尚未核算", True]
    with system():
        entry = Entry.objects.get(code=GDP)
        assert entry.changed_by == year.actor("committee").person
        assert AccessLog.objects.filter(view="api_return", organisation=year.offices["committee"]).count() == 2


def test_neighbours_key_finds_nothing_and_a_departments_reads_only_what_was_handed_in(year: Year) -> None:
    neighbour, stat = key(year, "neighbour"), key(year, "stat")
    year.fill()
    assert (ask(neighbour, address(year)).status_code, ask(neighbour, LIST).json()) == (404, [])
    assert put(neighbour, address(year), {"code": GDP, "value": "1"}).status_code == 404
    assert ask(stat, address(year)).status_code == 404
    year.hand_in()
    held = {row["code"]: row for row in ask(stat, address(year)).json()["figures"]}
    assert (held[GDP]["value"], held[GDP]["reported"]) == (None, "100")
    refusal = put(key(year), address(year), {"code": GDP, "value": "1"})
    assert (refusal.status_code, refusal.json()["refusals"][0]["rule"]) == (422, "V11")


@pytest.mark.parametrize(
    ("figure", "rule", "example"),
    [
        ({"code": GDP, "value": "-1"}, "V1", "例如 1 亿元；未知的留空"),
        ({"code": GDP, "value": "1", "unit": "万元"}, "V2", "例如 亿元"),
        ({"code": "P.employees", "value": "1.5"}, "V6", "例如 1 人"),
        ({"code": GDP, "value": "很多"}, "format", "例如 1234.56；不掌握的选“未知”"),
        ({"code": GDP, "value": 1}, "format", '例如 "102.5"'),
        ({"code": "P.nothing", "value": "1"}, "format", "例如 P.gdp"),
        ({"code": TAX, "value": "1"}, "V11", "例如只留一项"),
    ],
)
def test_refusal_names_code_value_rule_and_example_and_nothing_is_written(
    year: Year, figure: dict[str, Any], rule: str, example: str
) -> None:
    answer = put(key(year), address(year), {"code": TAX, "value": "7"}, figure)
    assert answer.status_code == 422
    told = answer.json()["refusals"]
    assert [(one["code"], one["rule"], one["example"]) for one in told] == [(figure["code"], rule, example)]
    assert (told[0]["reason"] != "", set(told[0])) == (
        True, {"code", "value", "rule", "severity", "reason", "example"}
    )  # fmt: skip
    with system():
        assert not Entry.objects.exists()


def test_program_is_told_all_that_is_wrong_at_once(year: Year) -> None:
    figures = ({"code": "P.gdp", "value": "-4"}, {"code": "P.tax_total", "value": "12", "unit": "亿元"})
    answer = put(key(year), address(year), *figures)
    assert [told["rule"] for told in answer.json()["refusals"]] == ["V2", "V1"]


def test_figure_that_another_changed_is_not_overwritten(year: Year) -> None:
    secret = key(year)
    year.write(GDP, "100")
    answer = put(secret, address(year), {"code": GDP, "value": "120"})
    told = answer.json()["refusals"][0]
    assert (answer.status_code, told["stands"], told["version"], told["value"]) == (409, "100", 1, "120")
    assert put(secret, address(year), {"code": GDP, "value": "120", "version": 1}).status_code == 200


def test_key_that_is_revoked_expired_or_made_up_opens_nothing(year: Year) -> None:
    committee = year.actor("committee")
    browser = Client()
    browser.force_login(committee.person)
    page = browser.post("/people/me/tokens/", {"name": "报送"})
    secret = page.context["key"]
    assert secret.startswith("cyt_")
    assert secret not in browser.get("/people/me/tokens/").content.decode()
    with enter(committee.scope):
        token = Token.objects.get()
        assert secret not in str(token.__dict__)
    assert ask(secret, LIST).status_code == 200
    stranger = Client()
    stranger.force_login(year.actor("neighbour").person)
    assert stranger.post(f"/people/me/tokens/{token.pk}/revoke/").status_code == 404
    assert browser.post(f"/people/me/tokens/{token.pk}/revoke/").status_code == 302
    for wrong in (secret, "cyt_made-up", ""):
        answer = ask(wrong, LIST)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    second = key(year)
    post = committee.post
    post.valid_from, post.valid_to = dt.date(2020, 1, 1), dt.date(2020, 1, 2)
    post.save()
    assert ask(second, LIST).status_code == 401


def test_schema_tells_of_the_key() -> None:
    schema = Client().get("/api/v1/schema/?format=json").json()
    operation = schema["paths"]["/api/v1/returns/{kind}/{subject}/{year}/"]["put"]
    assert {"token": []} in operation["security"]
    assert schema["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert set(operation["responses"]) == {"200", "401", "404", "409", "422"}
