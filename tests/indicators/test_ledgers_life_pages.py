"""The pages and tables of the ledgers of a park's later life."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.actors import Actor
from accounts.enums import GrantLevel, OrganisationKind
from accounts.granting import open_dossier
from accounts.scope import enter, system
from indicators.enums import Book
from indicators.ledgers import packing, reading, storing
from indicators.models import Ledger, Support
from indicators.services import contacts
from indicators.services import ledgers as services
from registry.models import Park as Listed
from tests.factories import make_actor, make_organisation
from tests.indicators.ledgers import PROJECT, YEAR, Park, table
from tests.indicators.ledgers_life import EIA, EXIT, FUND, LEADER, LIST, LOT, RESULT, issue, listed, seen, support
from workflow.machine import Refused
from workflow.outbox import deliver_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def park() -> Park:
    """One park, and a department beside its offices."""
    return listed()


def client_of(actor: Actor) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(actor.person)
    return client


def test_department_enters_a_measure_on_its_page_and_finds_it_in_the_statistics(park: Park) -> None:
    client = client_of(park.people["department"])
    typed = {**FUND, "clause": "P-III.1b", "amount": "500", "count": "2", "unit": "人", "park": park.ledger.park}
    refused = client.post("/ledgers/support/add/", {**typed, "unit": ""})
    assert (refused.status_code, "请选择计量单位" in refused.content.decode()) == (422, True)
    made = client.post("/ledgers/support/add/", typed, follow=True).content.decode()
    assert "人才专项资金和人才项目安排等方面优先向省级高新技术产业园区倾斜" in made
    assert "专项资金" in client.get("/ledgers/support/?heading=P-III.1&keeper=province").content.decode()
    assert made.count("专项资金") > 1
    assert "没有符合条件的行" in client.get("/ledgers/support/?heading=P-III.2").content.decode()
    assert "P-III.1b,人才资金和项目倾斜,1,1,500,2 人" in client.get("/ledgers/support/statistics.csv").content.decode()
    assert "500" in client_of(park.people["lead"]).get("/ledgers/support/statistics/").content.decode()
    assert "500" not in client_of(park.people["neighbour"]).get("/ledgers/support/statistics/").content.decode()
    assert client.get("/ledgers/land/add/").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_general_list_asks_the_same_number_of_queries(park: Park, django_assert_num_queries: Any, number: int) -> None:
    for serial in range(number):
        park.enter(Book.ISSUES, "city", **issue(park, name=f"问题{serial}"))
    client = client_of(park.people["city"])
    with django_assert_num_queries(LIST):
        assert client.get("/ledgers/issues/?state=overdue").status_code == 200


def test_checks_are_for_the_city_and_the_province(park: Park) -> None:
    address = f"/ledgers/checks/?park={park.ledger.park}&year={YEAR}"
    assert "P-III.3d" in client_of(park.people["city"]).get(address).content.decode()
    unread = client_of(park.people["lead"]).get(address).content.decode()
    assert "年度报表报送后才能核对" in unread
    assert client_of(park.people["department"]).get(address).status_code == 404


def test_working_group_has_one_contact_each_and_remembers_the_last(park: Park) -> None:
    department, city = park.people["department"], park.people["city"]
    client = client_of(department)
    typed = {"name": "旧人", "post": "高新处", "phone": "1", "since": "2014-01-01"}
    assert client.post("/ledgers/contacts/", typed).status_code == 302
    assert client.post("/ledgers/contacts/", {**typed, "name": "新人", "since": "2014-03-01"}).status_code == 302
    assert client.post("/ledgers/contacts/", {**typed, "since": "2013-01-01"}).status_code == 422
    with enter(city.scope):
        found = {one.office.pk: one for one in contacts.members()}
        assert set(found) == {park.offices["lead"].pk, park.offices["department"].pk}
        own = found[department.organisation.pk]
        assert own.contact is not None
        assert (own.contact.name, [(one.name, str(one.until)) for one in own.former]) == (
            "新人",
            [("旧人", "2014-02-28")],
        )
        with pytest.raises(Refused):
            contacts.name_contact(city, name="甲", post="乙", phone="1", since=dt.date(2014, 1, 1))
    assert client_of(city).post("/ledgers/contacts/", typed).status_code == 404


def test_tables_come_into_every_book_and_words_are_read_back(park: Park) -> None:
    rows: dict[Book, dict[str, Any]] = {
        Book.SUPPORT: {**FUND, "clause": "P-III.1b 人才资金和项目倾斜"},
        Book.LAND: LOT,
        Book.EXITS: EXIT,
        Book.LEADERS: LEADER,
        Book.ISSUES: issue(park, needs=park.offices["lead"].short_name),
        Book.RESULTS: RESULT,
        Book.EIAS: EIA,
    }
    actor = park.people["city"]
    for book, row in rows.items():
        with enter(actor.scope):
            loaded, again = (
                storing.load(book, reading.tables("a.xlsx", table(book, row)), [park.ledger], storing.Origin())
                for _time in range(2)
            )
        assert (loaded.new, again.same) == (1, 1), book
    with system():
        stored = Support.objects.get()
        assert (stored.clause, stored.amount) == ("P-III.1b", 100)


def test_table_of_a_department_comes_into_ledgers_of_its_own(park: Park) -> None:
    actor = park.people["department"]
    row = {**FUND, "clause": "P-III.1b", "park": park.ledger.park}
    with enter(actor.scope):
        sent = packing.send(Book.SUPPORT, "a.xlsx", table(Book.SUPPORT, row), actor)
        with pytest.raises(Refused, match="不能导入"):
            packing.send(Book.LAND, "a.xlsx", table(Book.LAND, LOT), actor)
    deliver_all()
    with enter(actor.scope):
        sent.refresh_from_db()
        packing.confirm(sent, actor)
    deliver_all()
    with enter(actor.scope):
        [stored] = Support.objects.select_related("ledger")
        assert (stored.ledger.tenant_id, stored.ledger.measures) == (actor.organisation.pk, True)
    assert seen(park, Book.SUPPORT, "committee", "neighbour") == {"committee": 1, "neighbour": 0}


def test_ledger_bears_the_name_of_its_park(park: Park) -> None:
    support(park, "department")
    with system():
        Ledger.objects.update(name="原名")
        assert services.open_ledgers() == []
        now = Listed.objects.get(slug=park.ledger.park).name
        assert list(Ledger.objects.values_list("name", flat=True)) == [now, now]


def test_ledger_follows_the_park_to_another_committee(park: Park) -> None:
    support(park, "department")
    with system():
        new = make_organisation(OrganisationKind.PARK_COMMITTEE)
        park.people["new"] = make_actor(new)
        zone = Listed.objects.get(slug=park.ledger.park).host_zone
        assert zone is not None
        zone.committee = new
        zone.save()
        services.open_ledgers()
        park.ledger.refresh_from_db()
    assert seen(park, Book.SUPPORT, "new", "committee") == {"new": 1, "committee": 0}
    park.enter(Book.PROJECTS, "new", **PROJECT)
    with pytest.raises(Refused):
        park.enter(Book.PROJECTS, "committee", **{**PROJECT, "name": "另一项目"})
    with system():
        zone.committee = None
        zone.save()
        services.open_ledgers()
        services.open_ledgers()
        assert Ledger.objects.get(pk=park.ledger.pk).reporter is None
    assert seen(park, Book.SUPPORT, "new", "city") == {"new": 0, "city": 1}


def test_county_writes_the_ledger_that_it_helps_with(park: Park) -> None:
    with system():
        county = make_organisation(OrganisationKind.COUNTY_GOV)
        city = park.offices["city"]
        open_dossier(park.ledger.dossier, city.pk, county, GrantLevel.COLLEAGUE, city)
        park.people["county"] = make_actor(county)
    assert support(park, "county").ledger == park.ledger
