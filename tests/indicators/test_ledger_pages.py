"""The pages of the ledgers, and what they put beside the figures of a return."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.scope import system
from indicators.enums import Book
from indicators.models import Entry, Project, Return
from portal.exports import files
from tests.indicators.ledgers import PROJECT, YEAR, Park, begin, code
from workflow.models import Job
from workflow.outbox import deliver_all

pytestmark = pytest.mark.django_db
LIST = 13


@pytest.fixture
def park() -> Park:
    """One park."""
    return begin()


def browser(park: Park, who: str) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(park.people[who].person)
    return client


def test_row_is_entered_changed_and_removed_on_its_pages(park: Park) -> None:
    client = browser(park, "committee")
    typed = {**PROJECT, "decision": "admitted", "park": park.ledger.park, "hitech": "on"}
    wrong = client.post("/ledgers/projects/add/", {**typed, "planned": "很多"})
    assert (wrong.status_code, "应为数字，单位亿元" in wrong.content.decode()) == (422, True)
    assert 'value="传感器产业化"' in wrong.content.decode()
    assert client.post("/ledgers/projects/add/", typed).status_code == 302
    with system():
        row = Project.objects.get()
    assert (row.hitech, row.low_tech, str(row.planned)) == (True, False, "1.2500")
    edited = client.post(f"/ledgers/projects/{row.pk}/edit/", {**typed, "planned": "2", "version": "1"}, follow=True)
    assert "计划投资（亿元）：1.25 → 2" in edited.content.decode()
    gone = client.post(f"/ledgers/projects/{row.pk}/remove/", {"version": "2", "reason": ""})
    assert (gone.status_code, "请写明删除的理由" in gone.content.decode()) == (422, True)
    client.post(f"/ledgers/projects/{row.pk}/remove/", {"version": "2", "reason": "登记错园区"})
    assert "登记错园区" in client.get(f"/ledgers/projects/{row.pk}/").content.decode()
    assert "传感器产业化" not in client.get("/ledgers/projects/").content.decode()
    assert browser(park, "neighbour").get(f"/ledgers/projects/{row.pk}/").status_code == 404


def test_figure_opens_into_the_rows_it_was_counted_from_and_is_taken_over(park: Park) -> None:
    with system():
        report = park.hand_in()
        Return.objects.filter(pk=report.pk).update(submitted_at=None)
    park.project(planned="1.25")
    park.project(name="往年的", year=YEAR - 1, started_on=f"{YEAR - 1}-05-06")
    deliver_all()
    client = browser(park, "committee")
    page = client.get(f"/figures/{report.pk}/").content.decode()
    address = f"/ledgers/projects/?park={park.ledger.park}&amp;figure=P.new_projects&amp;year={YEAR}"
    assert address in page
    rows = client.get(address.replace("&amp;", "&")).content.decode()
    assert ("传感器产业化" in rows, "往年的" in rows, "台账数 1，" in rows) == (True, False, True)
    assert f'<a href="/figures/{report.pk}/">返回报表</a>' in rows
    figure = "P.new_project_investment"
    typed = {f"{figure}-value": "9", "P.gdp-value": "100", "adopt": figure}
    assert client.post(f"/figures/{report.pk}/", typed).status_code in (302, 422)
    with system():
        entries = Entry.objects.filter(report=report).order_by("code").values_list("code", "value", "source")
        assert list(entries) == [("P.gdp", "100", ""), (figure, "1.25", "台账")]
        Entry.objects.filter(code=figure).update(value="2")
    page = client.get(f"/figures/{report.pk}/").content.decode()
    assert "2 亿元 与台账合计 1.25 亿元 不一致（V5）" in page
    assert "比台账数" not in page


@pytest.mark.parametrize("number", [1, 30])
def test_list_asks_the_same_number_of_queries(park: Park, django_assert_num_queries: Any, number: int) -> None:
    for serial in range(number):
        park.enterprise(serial, sme_year="2014")
    client = browser(park, "city")
    with django_assert_num_queries(LIST):
        assert client.get("/ledgers/enterprises/?kind=sme").status_code == 200


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_export_holds_the_rows_of_the_list_and_only_what_one_sees(park: Park, form: str) -> None:
    park.enterprise(1, sme_year="2014")
    park.enterprise(2)
    client = browser(park, "city")
    asked = {"format": form, "key": "k", "query": "kind=sme"}
    assert client.post("/ledgers/enterprises/export/", asked).status_code == 302
    browser(park, "neighbour").post("/ledgers/enterprises/export/", {**asked, "query": ""})
    deliver_all()
    with system():
        made = {job.tenant_id: job for job in Job.objects.filter(kind="ledger.table")}
        own, other = (made[park.offices[name].pk] for name in ("city", "neighbour"))
        assert (own.file_count, other.file_count) == (1, 0)
        assert files.is_there(own)
        if form == "csv":
            assert code(1) in own.path.read_text("utf-8-sig")
    response = client.get(f"/desk/jobs/{own.pk}/file/")
    assert len(b"".join(response.streaming_content)) == own.file_size
    response.close()


def test_unknown_book_and_figure_without_its_year_are_refused(park: Park) -> None:
    client = browser(park, "city")
    assert client.get("/ledgers/nothing/").status_code == 404
    response = client.get(f"/ledgers/{Book.PROJECTS}/?figure=P.new_projects")
    assert (response.status_code, "请填写年度" in response.content.decode()) == (422, True)
