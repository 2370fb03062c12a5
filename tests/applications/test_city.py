"""A city or county applies for the pilot: who may, what it asks for, and its way to the acceptance (U1, U2)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.enums import OrganisationKind, PostRole
from accounts.models import Division, Organisation
from accounts.scope import enter, system
from applications import completeness, editing, selfcheck, services
from applications.enums import FilingStatus, KindCode
from applications.models import Filing
from applications.plan import SECTIONS_OF
from applications.plan.city import figure_key
from applications.plan_state import opened_on
from applications.services import place_openings
from applications.transitions import filing as machine
from indicators.models import Return
from indicators.services.prefilling import propose_entries
from notifications.models import Paper
from policy import index
from portal.sample.acting import Office
from tests import factories
from tests.places import a_county, an_office, lodge, started, strengthen
from workflow import instants
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db
ROUTE = "浙委办发[2004]29号"


@pytest.fixture
def lead() -> Office:
    """省科技厅."""
    return an_office(OrganisationKind.LEAD)


@pytest.fixture
def county() -> Office:
    """The government of a county, under its city."""
    return a_county()


def test_place_without_the_title_is_told_of_the_other_route(county: Office, lead: Office) -> None:
    client = Client()
    client.force_login(county.handler.person)
    page = client.get("/applications/place/").content.decode()
    assert ROUTE in page
    assert "新建申报" not in page
    assert client.post("/applications/place/").status_code == 422
    with enter(county.handler.scope), pytest.raises(Refused, match="尚未成为科技强县"):
        services.create_for_place(county.handler)
    strengthen(county, lead)
    assert "新建申报" in client.get("/applications/place/").content.decode()
    sent = client.post("/applications/place/")
    with system():
        filing = Filing.objects.get(kind=KindCode.CITY)
    assert (sent.status_code, sent["Location"]) == (302, filing.get_absolute_url())
    assert client.get(filing.get_absolute_url()).status_code == 200
    pages = ("plan/city-spirit/", "materials/", "work/", "selfcheck/", "versions/")
    assert {client.get(f"{filing.get_absolute_url()}{page}").status_code for page in pages} == {200}
    for page in ("boundary/", "figures/"):
        assert client.get(f"{filing.get_absolute_url()}{page}").status_code == 404
    listed = client.get("/applications/").content.decode()
    assert "创新型城市（县、区）试点" in listed
    again = client.post("/applications/place/").content.decode()
    assert "已有在办的申报" in again
    stranger = factories.make_actor(factories.make_organisation(OrganisationKind.DEPARTMENT))
    other = Client()
    other.force_login(stranger.person)
    assert other.get("/applications/place/").status_code == 404


@pytest.mark.parametrize("tier", ["city", "county"])
def test_every_figure_of_the_index_is_asked_in_the_self_assessment(tier: str) -> None:
    asked = {field.key for section in SECTIONS_OF[KindCode.CITY] for field in section.fields}
    parts = index.indicators(index.default(tier).tree)
    wanted = {code for part in parts for code in (*part.numerator, part.denominator) if code}
    grown = {code for part in parts if part.kind == index.GROWTH for code in part.numerator}
    assert {figure_key(code) for code in wanted} | {figure_key(code, True) for code in grown} <= asked
    assert {figure_key("C.fiscal_st_expenditure", True), figure_key("C.fiscal_recurrent_revenue")} <= asked


def test_application_goes_to_the_lead_itself_and_waits_for_its_assessment(county: Office, lead: Office) -> None:
    strengthen(county, lead)
    filing = started(county)
    with enter(county.handler.scope):
        assert [gap.text for gap in completeness.missing(filing)] == []
        (title, *_others) = selfcheck.rows(selfcheck.assess(filing))
        assert (title.clause, title.outcome) == ("C-III.1a", "met")
        assert machine.reasons_against(filing, "submit", county.signer)
    request = lodge(filing, county)
    with system():
        filing.refresh_from_db()
    assert (filing.status, request.title) == (
        FilingStatus.FORMAL_CHECK,
        f"{county.organisation.name}关于申报创新型试点城市（县、区）的函",
    )
    with enter(lead.handler.scope):
        version = filing.versions.get()
        assert version.content["place"]["titles"] == {"st_strong": "2010-05-01"}
    client = Client()
    client.force_login(lead.handler.person)
    checked = client.get(f"/applications/check/{filing.pk}/").content.decode()
    assert ("自评说明" in checked, "四至范围图" in checked, "园区增加值" in checked) == (True, False, False)
    notice = lead.issue("acceptance", filing, filing.dossier, "受理", {"contact": "联系人：示例"})
    with system():
        filing.refresh_from_db()
    assert (filing.status, "第三方机构" in str(notice.data)) == (FilingStatus.ACCEPTED, True)
    with system():
        assert (
            Task.objects.filter(dossier=filing.dossier, done_at=None).values_list("kind", flat=True).get() == "assess"
        )
        assert Paper.objects.filter(dossier=filing.dossier).count() == 3
    with enter(lead.signer.scope):
        assert "第三方" in "".join(machine.reasons_against(filing, "open_review", lead.signer))


def test_database_keeps_place_and_kind_together(county: Office, lead: Office) -> None:
    strengthen(county, lead)
    filing = started(county)
    for wrong in ({"division": None}, {"kind": KindCode.CREATION}):
        with system(), pytest.raises(IntegrityError), transaction.atomic():
            Filing.objects.filter(pk=filing.pk).update(**wrong)
    assert not county.actor(PostRole.SIGNER).is_applicant


def test_self_assessment_fills_the_returns_of_both_years_and_writes_over_nothing(county: Office, lead: Office) -> None:
    with system():
        office = county.organisation
        above = factories.make_division(name="示例市")
        Division.objects.filter(pk=office.division_id).update(parent=above)
        Organisation.objects.filter(pk=office.parent_id).update(division=above)
    strengthen(county, lead)
    filing = started(county)
    last = opened_on(filing).year - 1
    with enter(county.handler.scope):
        editing.save_fields(filing, {figure_key("C.sei_va"): "12.4"}, county.handler)
    lodge(filing, county)
    lead.issue("acceptance", filing, filing.dossier, "受理", {"contact": "联系人：示例"})
    with system():
        rows = {report.year: report for report in Return.objects.filter(subject=office.division_id)}
        assert sorted(rows) == [last - 1, last]
        entries = {row.code: row for row in rows[last].entries.all()}
        assert (entries["C.fiscal_st_expenditure"].value, entries["C.fiscal_st_expenditure"].version) == ("12.5", 1)
        assert entries["C.fiscal_st_expenditure"].source.startswith("申报自评（")
        assert (entries["C.gdp"].value, entries["C.sei_va"].value) == ("12.5", "12.4")
        assert rows[last - 1].entries.filter(code="C.fiscal_recurrent_revenue", value="12.5").exists()
        entries["C.fiscal_st_expenditure"].value = "13"
        entries["C.fiscal_st_expenditure"].save(update_fields=["value"])
        rows[last].entries.filter(code__in=["C.gdp", "C.sei_va"]).delete()
        again = {"C.fiscal_st_expenditure": "99", "C.gdp": "3", "C.sei_va": "3.1", "C.employees": "2"}
        done = propose_entries(office.division_id, last, again, filing.created_by, "再次")
        assert done == ["C.employees"], "a part above its whole is left to the reporter"
        assert rows[last].entries.get(code="C.fiscal_st_expenditure").value == "13"


def test_exception_and_window_are_recorded_with_their_source_and_decide_who_may_apply(
    county: Office, lead: Office
) -> None:
    place, today = county.organisation.division, instants.today()
    assert place is not None
    client = Client()
    client.force_login(lead.signer.person)
    told = {"place": place.pk, "since": today, "until": today + dt.timedelta(days=9), "citation": "浙科函〔2026〕9号"}
    assert client.post("/applications/place/openings/", told).status_code == 422, "an exception has its reason"
    told |= {"reason": "示例：试点急需。", "checked": "on"}
    assert client.post("/applications/place/openings/", told).status_code == 302
    with enter(lead.handler.scope), pytest.raises(Refused):
        place_openings.record(today, today, "x", lead.handler)
    with enter(county.handler.scope):
        assert place_openings.exception_of(place, today + dt.timedelta(days=10)) is None
        assert services.place_obstacles(county.handler) == []
        filing = services.create_for_place(county.handler)
        (title, *_others) = selfcheck.rows(selfcheck.assess(filing))
        assert (title.clause, title.outcome) == ("C-III.1a", "exempt")
    late = {"since": today - dt.timedelta(days=9), "until": today - dt.timedelta(days=1), "citation": "申报通知"}
    late["checked"] = "on"
    assert client.post("/applications/place/openings/", late).status_code == 302
    with enter(county.handler.scope):
        assert "已于" in place_openings.closed()[0]
        assert any("截止" in reason for reason in services.place_obstacles(county.handler))
        assert any("截止" in reason for reason in machine.reasons_against(filing, "lodge", county.signer))
    assert client.post("/applications/place/openings/", {**late, "until": today}).status_code == 302
    with enter(county.handler.scope):
        assert place_openings.closed() == []


def test_self_assessment_is_held_against_the_relations_of_the_return(county: Office, lead: Office) -> None:
    strengthen(county, lead)
    filing = started(county)
    wrong = {figure_key("C.gdp"): "12.5", figure_key("C.sei_va"): "12.6", figure_key("C.rd_expenditure", True): ""}
    with enter(county.handler.scope):
        editing.save_fields(filing, wrong, county.handler)
        (gap,) = completeness.missing(filing)
    assert gap.text == "战略性新兴产业增加值（C.sei_va） 大于 生产总值（C.gdp） 12.5 亿元。例如不超过 12.5 亿元"
    assert gap.url.endswith("/city-industry/")
    client = Client()
    client.force_login(county.handler.person)
    assert gap.text in client.get(filing.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="大于 生产总值"):
        lodge(filing, county)
    with enter(county.handler.scope):
        editing.save_fields(filing, {figure_key("C.sei_va"): "12.5"}, county.handler)
        assert completeness.missing(filing) == []
