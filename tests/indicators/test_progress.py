"""How far the returns have come: counted for those who oversee them, linked to the list, the same queries for many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.scope import enter, system
from indicators import queries
from tests.indicators.returns import YEAR, begin

pytestmark = pytest.mark.django_db


def test_progress_counts_returns_and_what_departments_still_owe(client: Client) -> None:
    year = begin(county=False).fill().hand_in()
    year.verify("P.gdp")
    address = reverse("indicators:progress") + f"?year={YEAR}"
    with system():
        owed = len(queries.needed(year.report)) - 1
    client.force_login(year.actor("lead").person)
    page = client.get(address)
    assert sum(number for _office, number in page.context["offices"]) == owed
    ((_name, cells),) = page.context["cities"]
    assert [cell.number for cell in cells] == [0, 0, 0, 1, 0]
    assert client.get(cells[3].address).context["page"].paginator.count == 1
    assert client.get(reverse("indicators:progress") + f"?year={YEAR - 1}").context["cities"] == []
    for office, status in (("stat", 200), ("city", 404), ("committee", 404), ("neighbour", 404)):
        client.force_login(year.actor(office).person)
        assert client.get(address).status_code == status


def test_progress_asks_the_same_of_the_database_for_many_figures(
    client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    year = begin(county=False).fill().hand_in()
    client.force_login(year.actor("stat").person)
    address = reverse("indicators:progress") + f"?year={YEAR}"
    with system():
        found = queries.needed(year.report)
    client.get(address)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    year.verify_all(found[0])
    with django_assert_num_queries(len(many)):
        client.get(address)


def test_progress_counts_what_is_not_handed_in_yet_and_lists_nothing_of_it(client: Client) -> None:
    year = begin(county=False)
    address = reverse("indicators:progress") + f"?year={YEAR}"
    for office in ("lead", "stat"):
        client.force_login(year.actor(office).person)
        ((_name, cells),) = client.get(address).context["cities"]
        assert [(cell.number, cell.address) for cell in cells] == [(1, ""), (0, ""), (0, ""), (0, ""), (0, "")]
    for office in ("city", "committee", "neighbour"):
        with enter(year.actor(office).scope):
            assert queries.progress(YEAR) == []


def test_figures_wait_for_departments_in_their_navigation_and_for_nobody_else(client: Client) -> None:
    year = begin(county=False)
    verify, progress = reverse("indicators:verify_many"), reverse("indicators:progress")
    seen = {"stat": {verify, progress}, "lead": {verify, progress}, "city": set(), "committee": set()}
    for office, addresses in seen.items():
        client.force_login(year.actor(office).person)
        here, *others = client.get(reverse("indicators:list")).context["menu"]
        assert (here["current"], [other["current"] for other in others]) == (True, [False] * len(others))
        assert {page["href"] for page in here["pages"]} & {verify, progress} == addresses
