"""Rulings: made by one paper and taken back by another, counted by the next computation, unseen until signed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.enums import OrganisationKind, PostRole
from accounts.scope import PUBLIC, enter, system
from indicators.models import Assessment, Finding, Ruling, Run
from indicators.queries_policy import decisions, rulings_missing, yearly_clauses
from indicators.services import rulings as services
from notifications import signoff
from notifications.models import Draft, Message
from policy import clauses
from policy.facts import Facts
from policy.judge import judge
from policy.outcomes import Outcome
from portal.sample.acting import Office, office
from tests.delivered import deliver_acts
from tests.factories import make_office, make_organisation
from tests.indicators.years import park_of
from workflow import instants, ledger
from workflow.machine import Refused

pytestmark = pytest.mark.django_db
YEAR = 2014
NEW = "P-II.2.2b"


@dataclass
class Affair:
    """省科技厅 with a finding of 甲's park, 甲 and its neighbour."""

    lead: Office
    city: Office
    neighbour: Office
    finding: Finding
    run: Run

    def ruling(self) -> Ruling:
        """The newest one."""
        with system():
            return Ruling.objects.select_related("tenant").latest("created_at")

    def sign(self, draft: Draft) -> None:
        """Checked and signed."""
        self.lead.issue(draft.kind, self.ruling(), draft.dossier, draft.title)
        with system():
            deliver_acts()

    def rule(self, outcome: str = "exempt") -> Ruling:
        """A ruling on the finding, signed."""
        with self.lead.as_(PostRole.HANDLER):
            fields = {"outcome": outcome, "reasons": "示例：基数为零，当年有产值。"}
            draft = services.draft_on_finding(self.finding, fields, self.lead.handler)
        self.sign(draft)
        return self.ruling()


@pytest.fixture
def affair() -> Affair:
    with system():
        offices = []
        for kind in (OrganisationKind.LEAD, OrganisationKind.APPLICANT_GOV, OrganisationKind.APPLICANT_GOV):
            made = make_organisation(kind)
            make_office(made)
            offices.append(office(made))
        lead, city, neighbour = offices
        run = Run.objects.create(
            tenant=lead.organisation, programme="park", year=YEAR, number=1, status="computed",
            finished_at=instants.now(),
        )  # fmt: skip
        ledger.open_chain(run.dossier, run.tenant)
        park = park_of("jia-park", city.organisation, ("creating", "2012-05-01", "day"))
        one = Assessment.objects.create(
            run=run, dossier=run.dossier, tenant=city.organisation, subject=park.slug, name=park.name, year=YEAR,
            list="creating", clause_set="park-annual", verdict="open",
        )  # fmt: skip
        finding = Finding.objects.create(
            assessment=one, place=0, clause=NEW, label="高新技术产业产值增长", quote="高新技术产业产值增长25%以上",
            outcome=Outcome.NOT_ASSESSABLE, proposal="met", reason="上年为 0，本年大于 0",
        )  # fmt: skip
    return Affair(lead, city, neighbour, finding, run)


def test_signed_ruling_counts_for_the_judge_and_closes_the_finding(affair: Affair) -> None:
    with system():
        assert [one.pk for one in rulings_missing(affair.run)] == [affair.finding.pk]
        assert decisions("jia-park", YEAR) == {}
    ruling = affair.rule("met")
    with system():
        assert ruling.paper is not None
        decided = decisions("jia-park", YEAR)
        assert decided == {NEW: {"outcome": "met", "paper": ruling.paper.number}}
        assert (decisions("jia-park", YEAR + 1), rulings_missing(affair.run)) == ({}, [])
    document = {"subject": "jia-park", "year": YEAR, "listed_on": "2012-05-01", "decisions": decided}
    finding = judge(clauses.load("park-annual"), Facts.parse(document)).finding(NEW)
    assert (finding.outcome, finding.decided) == (Outcome.MET, True)
    assert ruling.paper.number in finding.reason


def test_ruling_is_taken_back_by_another_paper_only(affair: Affair) -> None:
    ruling = affair.rule()
    with affair.lead.as_(PostRole.HANDLER):
        with pytest.raises(Refused, match="先撤回"):
            services.draft_on_finding(affair.finding, {}, affair.lead.handler)
        draft = services.draft_withdrawal(ruling, "示例：数据已经勘误。", affair.lead.handler)
    with system():
        assert decisions("jia-park", YEAR) != {}
        with pytest.raises(IntegrityError, match="ruling_withdrawn_by_a_paper"), transaction.atomic():
            Ruling.objects.filter(pk=ruling.pk).update(status="withdrawn")
    affair.sign(draft)
    with system():
        assert (affair.ruling().status, decisions("jia-park", YEAR)) == ("withdrawn", {})
    affair.rule("not_met")
    with system():
        assert decisions("jia-park", YEAR)[NEW]["outcome"] == "not_met"


def test_draft_given_up_rules_nothing_and_may_be_begun_anew(affair: Affair) -> None:
    with affair.lead.as_(PostRole.HANDLER):
        draft = services.draft_on_finding(affair.finding, {"outcome": "met", "reasons": "示例"}, affair.lead.handler)
        signoff.cancel(draft, affair.lead.handler, "示例：另有数据")
    assert affair.ruling().status == "dropped"
    assert affair.rule().status == "signed"


def test_park_that_did_not_report_reached_no_target(affair: Affair) -> None:
    days = (dt.date(2015, 4, 1), dt.date(2015, 5, 4))
    with affair.lead.as_(PostRole.HANDLER):
        actor = affair.lead.handler
        for reminded, why in (
            ((days[1], days[0]), "先后"),
            ((days[0], instants.today()), "过去"),
            ((dt.date(2014, 4, 1), dt.date(2014, 5, 1)), "2014"),
        ):
            with pytest.raises(Refused, match=why):
                services.draft_on_omission("jia-park", YEAR, reminded, "示例", actor)
        with pytest.raises(Refused, match="不参加评价"):
            services.draft_on_omission("jia-park", 2011, days, "示例", actor)
        draft = services.draft_on_omission("jia-park", YEAR, days, "示例：两次书面催报。", actor)
    affair.sign(draft)
    with system():
        decided = decisions("jia-park", YEAR)
        assert {clause: one["outcome"] for clause, one in decided.items()} == dict.fromkeys(yearly_clauses(), "not_met")
        assert len(decided) == 11
        with pytest.raises(IntegrityError, match="omission_is_not_met"), transaction.atomic():
            Ruling.objects.filter(clause="").update(outcome="met")
    document = {"subject": "jia-park", "year": YEAR, "listed_on": "2012-05-01", "decisions": decided}
    assert judge(clauses.load("park-annual"), Facts.parse(document)).verdict == "not_met"


def test_only_the_city_sees_a_ruling_and_only_once_it_is_signed(affair: Affair) -> None:
    def sees() -> dict[str, bool]:
        found = {}
        for name in ("lead", "city", "neighbour"):
            with enter(getattr(affair, name).handler.scope):
                found[name] = Ruling.objects.exists()
        with enter(PUBLIC):
            found["public"] = Ruling.objects.exists()
        return found

    with affair.lead.as_(PostRole.HANDLER):
        fields = {"outcome": "met", "reasons": "示例"}
        draft = services.draft_on_finding(affair.finding, fields, affair.lead.handler)
    assert sees() == {"lead": True, "city": False, "neighbour": False, "public": False}
    affair.sign(draft)
    assert sees() == {"lead": True, "city": True, "neighbour": False, "public": False}
    with system():
        told = Message.objects.filter(dossier=affair.ruling().dossier).values_list("organisation_id", flat=True)
        assert affair.city.organisation.pk in set(told)
        assert affair.neighbour.organisation.pk not in set(told)


def test_handler_drafts_from_the_finding_with_the_proposal_filled_in(affair: Affair) -> None:
    client = Client()
    client.force_login(affair.lead.handler.person)
    address = reverse("rulings:on_finding", args=[affair.finding.pk])
    listed = client.get(reverse("rulings:list")).content.decode()
    assert address in listed
    shown = client.get(address).content.decode()
    assert "建议：认定为达到" in shown
    assert re.findall(r'value="(\w+)"[^>]*checked', shown) == ["met"]
    refused = client.post(address, {"outcome": "met", "reasons": ""})
    assert refused.status_code == 422
    answer = client.post(address, {"outcome": "exempt", "reasons": "示例：已近上限。"})
    assert answer.status_code == 302
    with system():
        draft = Draft.objects.get(kind="ruling")
        assert (answer["Location"], draft.fields["outcome"]) == (draft.get_absolute_url(), "exempt")
    assert client.get(reverse("rulings:ruling", args=[draft.subject_id])).status_code == 200
    missing = client.get(reverse("rulings:on_omission") + f"?year={YEAR}").content.decode()
    assert "jia-park高新园区" in missing
    other = Client()
    other.force_login(affair.city.handler.person)
    for name, args in (("on_finding", [affair.finding.pk]), ("on_omission", []), ("ruling", [draft.subject_id])):
        assert other.get(reverse(f"rulings:{name}", args=args)).status_code == 404
    assert other.get(reverse("rulings:list")).status_code == 200


def test_only_who_may_draft_a_ruling_is_offered_it_on_the_finding(affair: Affair) -> None:
    ruling, finding = (reverse(name, args=[affair.finding.pk]) for name in ("rulings:on_finding", "indicators:finding"))
    offered = {}
    for who, person in (("handler", affair.lead.handler.person), ("reviewer", affair.lead.reviewer.person)):
        client = Client()
        client.force_login(person)
        offered[who] = (ruling in client.get(finding).content.decode(), client.get(ruling).status_code)
    assert offered == {"handler": (True, 200), "reviewer": (False, 404)}
