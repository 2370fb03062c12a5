"""Two cases side by side: differences are marked, what was not asked says so, opinions are for the leading offices."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from tests.factories import make_actor, make_organisation
from tests.portal.test_export import CONTENT, reviewed
from tests.portal.work import browser, frozen, opened_filing, put_task

pytestmark = pytest.mark.django_db


def read(actor: Any, one: Any, other: Any, **more: str) -> str:
    return browser(actor).get("/desk/compare/", {"a": str(one.pk), "b": str(other.pk), **more}).content.decode()


def test_differences_are_marked_and_questions_not_asked_are_named() -> None:
    lead = make_actor(make_organisation("kjt"))
    one, other = opened_filing(lead), opened_filing(lead)
    later = copy.deepcopy(CONTENT)
    later["fields"]["space.dominant_function"] = "智能装备"
    later["sections"][0]["fields"].append(
        {"key": "n", "label": "新问题", "kind": "text", "unit": "", "clause": "", "choices": {}}
    )
    later["figures"] = {"P.gdp": {"2025": "12.50"}}
    same = copy.deepcopy(CONTENT)
    same["figures"] = {"P.gdp": {"2025": "12.5"}}
    frozen(one, same), frozen(other, later)
    page = read(lead, one, other)
    found = re.findall(r'<th scope="row">([^<]+)(?:<span[^>]*>[^<]*</span>)?( ?<strong)?', page)
    rows = {label.strip(): bool(differs) for label, differs in found}
    assert (rows["主导功能"], rows["保密审查"], rows["新问题"]) == (True, False, True)
    assert "未设此项" in page
    assert not any(differs for label, differs in rows.items() if "2025" in label)
    short = read(lead, one, other, differences="1")
    assert "保密审查" not in short
    assert "主导功能" in short


def test_opinions_are_shown_to_the_leading_offices_alone() -> None:
    lead = make_actor(make_organisation("kjt"))
    one, city, department = reviewed(lead)
    other = opened_filing(lead, tenant=one.tenant, host_zone=one.host_zone)
    frozen(other, CONTENT)
    assert "机密理由" in read(lead, one, other)
    assert "机密" not in read(city, one, other)
    assert browser(department).get("/desk/compare/", {"a": str(one.pk), "b": str(other.pk)}).status_code == 404


@pytest.mark.parametrize("bad", ["x", "00000000-0000-0000-0000-000000000000"])
def test_filing_of_others_does_not_exist(bad: str) -> None:
    lead = make_actor(make_organisation("kjt"))
    filing = opened_filing(lead)
    assert browser(lead).get("/desk/compare/", {"a": str(filing.pk), "b": bad}).status_code == 404
    assert browser(make_actor()).get("/desk/compare/", {"a": str(filing.pk)}).status_code == 404


def test_two_selected_rows_are_compared() -> None:
    lead = make_actor(make_organisation("kjt"))
    one, other = opened_filing(lead), opened_filing(lead)
    rows = [str(put_task(lead, filing).pk) for filing in (one, other)]
    answer = browser(lead).post("/desk/bulk/", {"act": "compare", "rows": rows, "query": "queue=mine"})
    assert {str(one.pk), str(other.pk)} == set(re.findall(r"[0-9a-f-]{36}", answer["Location"]))
    assert browser(lead).post("/desk/bulk/", {"act": "compare", "rows": rows[:1]}).status_code == 422
