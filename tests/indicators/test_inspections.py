"""What an inspection finds: within the office until it is ordered, then put right by the city and accepted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.enums import OrganisationKind, PostRole
from accounts.models import Organisation
from accounts.scope import enter, system
from indicators.enums import InspectionStatus
from indicators.models import Inspection
from indicators.services import inspecting
from notifications.models import Message
from portal.sample.acting import Office, office
from tests.factories import make_office, make_organisation
from tests.files import corpus
from tests.indicators.years import park_of
from workflow import clocks, instants, outbox
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db


@dataclass
class Affair:
    """One finding with its offices."""

    pk: object
    lead: Office
    city: Office
    committee: Office
    neighbour: Office

    @property
    def row(self) -> Inspection:
        """The finding as it stands."""
        with system():
            return Inspection.objects.select_related("park", "city", "committee", "tenant").get(pk=self.pk)

    def order(self) -> Affair:
        """The order is drafted, checked and signed."""
        self.lead.issue("rectification", self.row, self.row.dossier, "整改通知", {"contact": ""})
        with system():
            outbox.deliver_all()
        return self

    def answer(self, text: str = "已经整改。", by: Office | None = None) -> Affair:
        """The committee answers."""
        desk = by or self.committee
        with desk.as_(PostRole.HANDLER):
            inspecting.answer(self.row, text, desk.handler)
        return self

    def seen_by(self, desk: Office) -> int:
        """Status of its page for an office's handler."""
        client = Client()
        client.force_login(desk.handler.person)
        return client.get(self.row.get_absolute_url()).status_code


@pytest.fixture
def affair() -> Affair:
    """A finding that the handler of 省科技厅 wrote down."""
    with system():
        offices = {
            name: make_organisation(kind)
            for name, kind in {
                "lead": OrganisationKind.LEAD,
                "city": OrganisationKind.APPLICANT_GOV,
                "committee": OrganisationKind.PARK_COMMITTEE,
                "neighbour": OrganisationKind.APPLICANT_GOV,
            }.items()
        }
        for organisation in offices.values():
            make_office(organisation)
        park = park_of("inspected", offices["city"])
        assert park.host_zone is not None
        park.host_zone.committee = offices["committee"]
        park.host_zone.save(update_fields=["committee"])
        desks = {name: office(organisation) for name, organisation in offices.items()}
    lead = desks["lead"]
    with enter(lead.handler.scope):
        found = ("科技处", "规划环评没有完成。", "六十日内完成。", 20)
        row = inspecting.report_finding(park, instants.today() - dt.timedelta(days=3), *found, lead.handler)
    return Affair(row.pk, **desks)


def told(organisation: Organisation) -> int:
    """How many messages an office has of it."""
    with system():
        outbox.deliver_all()
        return Message.objects.filter(organisation=organisation, title__contains="整改").count()


def test_finding_stays_within_the_office_until_it_is_ordered(affair: Affair) -> None:
    assert [affair.seen_by(one) for one in (affair.lead, affair.city, affair.committee)] == [200, 404, 404]
    affair.order()
    desks = (affair.lead, affair.city, affair.committee, affair.neighbour)
    assert [affair.seen_by(one) for one in desks] == [200, 200, 200, 404]
    assert (told(affair.city.organisation), told(affair.committee.organisation)) == (1, 1)


def test_signature_of_the_order_starts_the_period(affair: Affair) -> None:
    row = affair.order().row
    assert (row.status, row.paper_id is None) == (InspectionStatus.ORDERED, False)
    with system():
        clock = clocks.running(row, inspecting.RECTIFICATION)
        assert clock is not None
        assert (clock.days, clock.due_on, clock.organisation) == (20, row.due_on, affair.committee.organisation)


def test_answer_stops_the_period_and_insisting_starts_it_anew(affair: Affair) -> None:
    affair.order().answer()
    with system():
        assert clocks.running(affair.row, inspecting.RECTIFICATION) is None
        assert Task.objects.filter(kind="rectify", done_at=None).count() == 0
    reviewer = affair.lead.reviewer
    with enter(reviewer.scope):
        with pytest.raises(Refused, match="怎样整改"):
            inspecting.insist(affair.row, " ", reviewer)
        inspecting.insist(affair.row, "监测数据没有附上。", reviewer)
    with system():
        assert clocks.running(affair.row, inspecting.RECTIFICATION) is not None
    affair.answer("已附监测数据。", affair.city)
    with enter(reviewer.scope):
        inspecting.accept(affair.row, "", reviewer)
    assert (affair.row.status, affair.row.answer) == (InspectionStatus.ACCEPTED, "已附监测数据。")


def test_only_city_and_committee_answer_and_only_after_the_order(affair: Affair) -> None:
    with pytest.raises(Refused):
        affair.answer(by=affair.lead)
    affair.order()
    for desk in (affair.lead, affair.neighbour):
        with pytest.raises(Refused):
            affair.answer(by=desk)


def test_finding_of_tomorrow_or_by_a_city_is_refused(affair: Affair) -> None:
    park = affair.row.park
    wrong = [
        (instants.today() + dt.timedelta(days=1), affair.lead, "不能晚于今天"),
        (instants.today(), affair.city, "省科技厅的经办人"),
    ]
    for day, desk, words in wrong:
        with desk.as_(PostRole.HANDLER), pytest.raises(Refused, match=words):
            inspecting.report_finding(park, day, "科技处", "问题", "要求", 5, desk.handler)


def test_database_knows_no_order_without_a_paper(affair: Affair) -> None:
    with system(), pytest.raises(IntegrityError, match="ordered_by_a_paper"), transaction.atomic():
        Inspection.objects.filter(pk=affair.pk).update(status=InspectionStatus.ORDERED)


def test_pages_take_finding_answer_with_file_and_acceptance(affair: Affair) -> None:
    browser = {name: Client() for name in ("handler", "committee", "reviewer")}
    browser["handler"].force_login(affair.lead.handler.person)
    browser["committee"].force_login(affair.committee.handler.person)
    browser["reviewer"].force_login(affair.lead.reviewer.person)
    page = affair.row.get_absolute_url()
    typed = {"inspected_on": "2026-01-05", "inspectors": "科技处", "finding": "没有台账。", "wanted": "", "days": "5"}
    wrong = browser["handler"].post("/inspections/new/", {**typed, "park": affair.row.park_id})
    assert (wrong.status_code, "没有台账。" in wrong.content.decode()) == (422, True)
    assert browser["handler"].post(f"{page}order/").status_code == 302
    affair.order()
    empty = browser["committee"].post(f"{page}answer/", {"answer": ""})
    assert empty.status_code == 422
    sent = {"answer": "已建台账。", "evidence": SimpleUploadedFile("台账.pdf", corpus.PDF, "application/pdf")}
    assert browser["committee"].post(f"{page}answer/", sent).status_code == 302
    text = browser["reviewer"].get(page).content.decode()
    assert ("已建台账。" in text, "台账.pdf" in text) == (True, True)
    assert browser["reviewer"].post(f"{page}act/accept/", {"reason": ""}).status_code == 302
    assert affair.row.status == InspectionStatus.ACCEPTED
