"""Every arrow of every machine × every status × every office and post, against a table written from the rules."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import connection, transaction

from accounts.actors import Actor
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Organisation
from accounts.scope import system
from applications.models import Delegation, Filing
from indicators.models import (
    EvaluationRound,
    IndexVersion,
    Inspection,
    MonitoringReport,
    Practice,
    RatingRound,
    Return,
    Ruling,
    Run,
    SanctionCase,
    VerifyingOffice,
    YellowCard,
)
from notifications.models import Draft
from registry.models import Park, TitleProposal
from reviews.models import (
    Case,
    CityReview,
    Condition,
    Countersignature,
    ExpertOpinion,
    Objection,
    Opinion,
    QuestionProposal,
    Recommendation,
    Recusal,
    Requirement,
    StateAnswer,
)
from tests.factories import make_actor, make_filing, make_organisation
from workflow import drawing, ledger
from workflow.machine import Machine, Refused, machines

pytestmark = pytest.mark.django_db
TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "arrows.yaml").read_text())
ROWS = [
    (machine, arrow, status)
    for machine, life in TABLE.items()
    for arrow in life["arrows"]
    for status in life["statuses"]
]
NOT_THE_STATUS, NOT_THE_POST = "当前状态为", "您当前的岗位"
# What each office is to the subject of a machine; the others are strangers to it.
OFFICES = {
    "owner": OrganisationKind.APPLICANT_GOV,
    "neighbour": OrganisationKind.APPLICANT_GOV,
    "lead": OrganisationKind.LEAD,
    "government": OrganisationKind.PROV_GOV_OFFICE,
    "asked": OrganisationKind.DEPARTMENT,
    "department": OrganisationKind.DEPARTMENT,
    "committee": OrganisationKind.PARK_COMMITTEE,
    "county": OrganisationKind.COUNTY_GOV,
    "bureau": OrganisationKind.CITY_ST_BUREAU,
    "third": OrganisationKind.THIRD_PARTY,
    "expert": OrganisationKind.EXPERT,
    "operator": OrganisationKind.OPERATOR,
    "office": OrganisationKind.LEAD,
    "statistics": OrganisationKind.DEPARTMENT,
    "development": OrganisationKind.DEPARTMENT,
}


class World:
    """One person in each post of each office, and one subject of each machine."""

    def __init__(self) -> None:
        self.offices: dict[str, Organisation] = {}
        self.actors: dict[tuple[str, str], Actor] = {}
        for name, kind in OFFICES.items():
            self.offices[name] = self.offices["lead"] if name == "office" else make_organisation(kind)
            for role in PostRole.values:
                made = self.actors.get(("lead", role)) if name == "office" else None
                self.actors[name, role] = made or make_actor(self.offices[name], role)
        self.filing = make_filing(self.actors["owner", PostRole.HANDLER])
        for label, name in (("统计", "statistics"), ("发改", "development")):
            VerifyingOffice.objects.create(label=label, organisation=self.offices[name])
        case = Case(tenant=self.offices["owner"], dossier=self.filing.dossier, filing=self.filing)
        self.subjects: dict[str, Any] = {
            "applications.filing": self.filing,
            "reviews.case": case,
            "reviews.opinion": Opinion(tenant=self.offices["asked"], case=case, dossier=case.dossier),
            "reviews.expertopinion": ExpertOpinion(tenant=self.offices["expert"], case=case, dossier=case.dossier),
            "reviews.requirement": Requirement(
                tenant=self.offices["owner"], case=case, condition=Condition(tenant=self.offices["asked"])
            ),
            "reviews.countersignature": Countersignature(
                tenant=self.offices["asked"], case=case, dossier=case.dossier, content={}, digest=""
            ),
            "reviews.questionproposal": QuestionProposal(tenant=self.offices["asked"], case=case),
            "reviews.recusal": Recusal(tenant=self.offices["asked"], case=case, person=self.filing.created_by),
            "reviews.objection": Objection(tenant=self.offices["lead"], dossier=case.dossier),
            "applications.delegation": Delegation(tenant=self.offices["owner"], organisation=self.offices["committee"]),
            "notifications.draft": self._draft(),
            "reviews.cityreview": CityReview(tenant=self.offices["lead"], year=2025),
            "reviews.recommendation": Recommendation(
                tenant=self.offices["lead"], city=self.offices["owner"], park=Park(status="recognised")
            ),
            "reviews.stateanswer": StateAnswer(tenant=self.offices["owner"], case=case, dossier=case.dossier),
            "registry.titleproposal": TitleProposal(tenant=self.offices["lead"]),
            "indicators.run": Run(tenant=self.offices["lead"], programme="park", year=2025, number=1),
            "indicators.ratinground": RatingRound(tenant=self.offices["lead"], year=2025),
            "indicators.monitoringreport": MonitoringReport(
                tenant=self.offices["statistics"], partner=self.offices["lead"], year=2025
            ),
            "indicators.evaluation": EvaluationRound(tenant=self.offices["lead"], kind="initial", year=2025, number=1),
            "indicators.inspection": Inspection(
                tenant=self.offices["lead"], city=self.offices["owner"], committee=self.offices["committee"]
            ),
            "indicators.practice": Practice(tenant=self.offices["owner"], year=2025),
            "indicators.sanction": SanctionCase(
                tenant=self.offices["owner"], reporter=self.offices["committee"], kind="yellow_card"
            ),
            "indicators.yellowcard": YellowCard(tenant=self.offices["owner"]),
            "indicators.indexversion": IndexVersion(tenant=self.offices["lead"], ranking="creating", number=1),
            "indicators.ruling": Ruling(tenant=self.offices["lead"], city=self.offices["owner"], year=2025),
            "indicators.return": Return(
                tenant=self.offices["owner"], reporter=self.offices["committee"], county=self.offices["county"]
            ),
        }

    def _draft(self) -> Draft:
        return Draft(tenant=self.offices["office"], dossier=uuid.uuid4(), kind="acceptance", subject_id=self.filing.pk)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once for the table."""
    with django_db_blocker.unblock(), transaction.atomic():
        with system():
            made = World()
        connection.check_constraints()
        yield made
        transaction.set_rollback(True)


def test_table_names_every_machine_arrow_and_status() -> None:
    for name, machine in machines().items():
        if name not in TABLE:
            pytest.fail(f"add the arrows of {name} to tests/workflow/arrows.yaml")
        assert set(machine.status.values) == set(TABLE[name]["statuses"])
        assert {arrow.name for arrow in machine.transitions} == set(TABLE[name]["arrows"])
    assert set(TABLE) <= set(machines())


@pytest.mark.parametrize(("machine", "arrow"), sorted({(machine, arrow) for machine, arrow, _status in ROWS}))
def test_arrow_leads_where_the_table_says(machine: str, arrow: str) -> None:
    drawn, said = machines()[machine][arrow], TABLE[machine]["arrows"][arrow]
    assert drawn.target == said["to"]
    assert drawn.sources == frozenset(said["from"])
    assert not said["basis"] or said["basis"] in drawn.basis.split("; ")


def may(world: World, said: dict[str, Any], status: str, office: str, role: str, arrow: str) -> bool:
    """What the table says of an actor; an office that plays two parts has the rights of both."""
    organisation = world.offices[office]
    parts = [part for part, found in world.offices.items() if found == organisation]
    posts = {post for part in parts for post in said["who"].get(part, [])}
    if arrow == "send_back":
        posts &= {"reviewer"} if status == "checking" else {"signer"}
    return status in said["from"] and role in posts


@pytest.mark.parametrize(("machine", "arrow", "status"), ROWS)
def test_arrow_is_open_exactly_to_whom_the_table_says(world: World, machine: str, arrow: str, status: str) -> None:
    drawn, said, subject = machines()[machine], TABLE[machine]["arrows"][arrow], world.subjects[machine]
    subject.status = status
    wrong = []
    with system():
        for (office, role), actor in world.actors.items():
            barred = _barred(drawn, subject, arrow, actor)
            if barred == may(world, said, status, office, role, arrow):
                wrong.append((office, role, barred))
    assert wrong == []


def _barred(machine: Machine, subject: Any, arrow: str, actor: Actor) -> bool:
    """Whether status or post bar the act; what the guards say is tested where they are.

    Buttons and check have to agree: an arrow is offered exactly to those whom the check lets through to the guards.
    """
    offered = any(found.name == arrow for found, _reasons in _open(machine, subject, actor))
    if subject.status not in machine[arrow].sources or not machine[arrow].who(actor, subject):
        reasons = machine.reasons_against(subject, arrow, actor)
        assert len(reasons) == 1
        assert reasons[0].startswith((NOT_THE_STATUS, NOT_THE_POST))
        assert not offered
        return True
    return not offered


def _open(machine: Machine, subject: Any, actor: Actor) -> list[Any]:
    """The arrows offered; guards that look at rows of their own are left out for subjects that are not stored."""
    if isinstance(subject, Filing | Draft):
        return machine.open_to(subject, actor)
    return [(one, []) for one in machine.transitions if subject.status in one.sources and one.who(actor, subject)]


def test_perform_refuses_everybody_else_and_writes_nothing(world: World) -> None:
    machine = machines()["applications.filing"]
    with system():
        world.filing.refresh_from_db()
        events = ledger.history(world.filing.dossier).count()
        refused = 0
        for arrow, said in TABLE["applications.filing"]["arrows"].items():
            for (office, role), actor in world.actors.items():
                # Putting a draft aside is all that an incomplete draft allows.
                if arrow == "discard" and may(world, said, "draft", office, role, arrow):
                    continue
                with pytest.raises(Refused) as refusal:
                    machine.perform(world.filing, arrow, actor)
                assert refusal.value.reasons
                refused += 1
        assert refused == len(OFFICES) * 16 * len(PostRole.values) - 1
        assert Filing.objects.get(pk=world.filing.pk).status == "draft"
        assert ledger.history(world.filing.dossier).count() == events


def test_drawing_in_the_docs_is_current() -> None:
    assert (settings.BASE_DIR / "docs" / "workflow.md").read_text() == drawing.draw(), "run script/manage draw_workflow"
