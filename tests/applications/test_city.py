"""A city or county applies for the pilot: who may, what it asks for, and its way to the acceptance (U1, U2)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.actors import Actor
from accounts.enums import DivisionLevel, OrganisationKind, PostRole
from accounts.models import Organisation
from accounts.scope import enter, system
from applications import attaching, completeness, editing, materials, plan, selfcheck, services
from applications.enums import FilingStatus, KindCode
from applications.models import Filing
from applications.plan import Kind
from applications.plan_state import opened_on
from applications.queries import request_title
from applications.transitions import filing as machine
from notifications.models import Paper
from portal.sample.acting import Office, office
from portal.sample.documents import document
from registry.enums import CityTitleKind
from registry.services import record_title
from tests import factories
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db
ROUTE = "浙委办发[2004]29号"


@pytest.fixture
def lead() -> Office:
    """省科技厅."""
    with system():
        made = factories.make_organisation(OrganisationKind.LEAD)
        factories.make_office(made)
        return office(made)


@pytest.fixture
def county() -> Office:
    """The government of a county, under its city."""
    with system():
        above = factories.make_organisation(OrganisationKind.APPLICANT_GOV)
        made = factories.make_organisation(OrganisationKind.COUNTY_GOV)
        place = factories.make_division(name="示例县", level=DivisionLevel.COUNTY)
        Organisation.objects.filter(pk=made.pk).update(parent=above, division=place)
        made.refresh_from_db()
        factories.make_office(made)
        return office(made)


def strengthen(county: Office, lead: Office) -> None:
    """省科技厅 records that the county is a 科技强县."""
    place = county.organisation.division
    assert place is not None
    with enter(lead.handler.scope):
        record_title(
            place, CityTitleKind.ST_STRONG, held=True, since=dt.date(2010, 5, 1), citation="浙委办〔2010〕1号",
            actor=lead.handler,
        )  # fmt: skip


def fill(filing: Filing, actor: Actor) -> None:
    """Everything that the application asks for."""
    said = {Kind.BOOLEAN: True, Kind.DECIMAL: "12.5", Kind.INTEGER: "12"}
    with enter(actor.scope):
        sections = plan.sections(opened_on(filing), filing.kind)
        fields = {field.key: said.get(field.kind, "示例。") for section in sections for field in section.fields}
        editing.save_fields(filing, fields, actor)
        for piece in materials.pieces_of(filing.kind):
            if piece.code not in materials.OPTIONAL:
                attaching.attach(filing, piece.code, [document(str(piece.label))], actor)


def started(county: Office) -> Filing:
    """The application of a county, filled in."""
    with enter(county.handler.scope):
        filing = services.create_for_place(county.handler)
    fill(filing, county.handler)
    return filing


def test_place_without_the_title_is_told_of_the_other_route(county: Office, lead: Office) -> None:
    client = Client()
    client.force_login(county.handler.person)
    page = client.get("/applications/place/").content.decode()
    assert ROUTE in page
    assert "新建申报" not in page
    assert client.post("/applications/place/").status_code == 422
    with enter(county.handler.scope), pytest.raises(Refused, match="尚未成为科技强市"):
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


def test_application_goes_to_the_lead_itself_and_waits_for_its_assessment(county: Office, lead: Office) -> None:
    strengthen(county, lead)
    filing = started(county)
    with enter(county.handler.scope):
        assert [gap.text for gap in completeness.missing(filing)] == []
        (title, *_others) = selfcheck.rows(selfcheck.assess(filing))
        assert (title.clause, title.outcome) == ("C-III.1a", "met")
        assert machine.reasons_against(filing, "submit", county.signer)
    said = {"grounds": "示例：已有基础。", "contact": "联系人：示例"}
    request = county.issue("creation_request", filing, filing.dossier, request_title(filing), said)
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
