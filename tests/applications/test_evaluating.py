"""An accepted application of a place waits for its evaluation, and the departments are asked once it is there (U3)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import GrantLevel, PostRole
from accounts.scope import enter, system
from applications import periods, rules
from applications.enums import FilingStatus, KindCode
from applications.models import Filing
from applications.services.asking import ask_for_assessment, authority_address
from indicators import evaluating, sealed
from indicators.enums import SubjectKind
from indicators.enums_evaluating import EvaluationKind
from indicators.models import EvaluationRound, Ledger, Return
from indicators.services import evaluation_rounds
from tests.factories import make_grant, make_paper, make_person
from tests.indicators.evaluations import FIRST, SECOND, YEAR, World, world
from workflow import clocks, instants, ledger
from workflow.models import Task

pytestmark = pytest.mark.django_db


def accepted(scene: World) -> Filing:
    """The first place's application, accepted a moment ago."""
    tenant, lead = scene.governments["a"], scene.lead()
    dossier = uuid.uuid4()
    paper = make_paper(lead.organisation, dossier=dossier)
    with system():
        filing = Filing.objects.create(
            dossier=dossier, acceptance_paper=paper, request_paper=paper, submitted_at=timezone.now(),
            kind=KindCode.CITY, division=scene.places["a"], park_name=scene.places["a"].name, tenant=tenant,
            created_by=make_person(tenant), status=FilingStatus.ACCEPTED,
        )  # fmt: skip
        ledger.open_chain(filing.dossier, tenant)
        make_grant(filing.dossier, tenant, lead.organisation, tenant, GrantLevel.ACT)
    with enter(lead.scope):
        event = ledger.append(filing, "accept", "受理", lead, dossier=filing.dossier)
        ask_for_assessment(filing, lead.organisation, lead)
        periods.begin(periods.ASSESSMENT, filing, event, lead.organisation, "/")
    return filing


def test_first_evaluation_ends_the_wait_of_an_application() -> None:
    scene = world()
    lead, filing, place = scene.lead(), accepted(scene), scene.places["a"]
    with enter(lead.scope):
        (candidate,) = evaluating.waiting()
        assert (candidate.place, candidate.address) == (place, authority_address(filing))
        assert rules.unassessed(filing)
        due = instants.today() + dt.timedelta(days=30)
        scene.row = evaluation_rounds.open_round(EvaluationKind.INITIAL, YEAR, [place.pk], due, lead)
        evaluation_rounds.contract(scene.row, scene.office, [place.pk], "合〔2〕", instants.today(), lead)
    for name, turn in (("first", FIRST), ("second", SECOND)):
        scene.sit(name, turn)
        scene.declare(name)
    with enter(lead.scope):
        evaluation_rounds.start(EvaluationRound.objects.get(pk=scene.row.pk), "", lead)
    for name in ("first", "second"):
        scene.score(name, "70", "70", "70")
    scene.report()
    scene.close()
    with enter(scene.lead(PostRole.REVIEWER).scope):
        assert rules.unassessed(filing) == []
        assert evaluating.waiting() == []
    with system():
        tasks = Task.objects.filter(subject_id=filing.pk, done_at=None).values_list("kind", flat=True)
        assert list(tasks) == ["open_review"]
        assert clocks.running(filing, periods.ASSESSMENT) is None


def open_tasks(filing: Filing) -> list[str]:
    """What is to be done about an application."""
    with system():
        return list(Task.objects.filter(subject_id=filing.pk, done_at=None).values_list("kind", flat=True))


def test_arranging_ends_with_the_round_and_begins_again_where_it_is_taken_back(client: Client) -> None:
    scene = world()
    lead, filing, place = scene.lead(), accepted(scene), scene.places["a"]
    assert open_tasks(filing) == ["assess"]
    due = instants.today() + dt.timedelta(days=30)
    with enter(lead.scope):
        row = evaluation_rounds.open_round(EvaluationKind.INITIAL, YEAR, [place.pk], due, lead)
        assert evaluation_rounds.eligible(EvaluationKind.INITIAL) == []
    assert open_tasks(filing) == []
    client.force_login(lead.person)
    assert (
        f"正在另一轮测评中，本次不能选择：{place.name}"
        in client.get("/evaluations/open/?kind=initial").content.decode()
    )
    assert "没有已受理、待测评的申报。" in client.get("/evaluations/").content.decode()
    with enter(lead.scope):
        evaluation_rounds.drop(EvaluationRound.objects.get(pk=row.pk), "示例：对象有误。", lead)
        assert [one.place for one in evaluation_rounds.eligible(EvaluationKind.INITIAL)] == [place]
    assert open_tasks(filing) == ["assess"]
    with system():
        clock = clocks.running(filing, periods.ASSESSMENT)
        assert clock is not None
        assert Task.objects.get(subject_id=filing.pk, done_at=None).due_on == clock.due_on


def test_acceptance_opens_the_return_of_the_place_once() -> None:
    scene = world()
    with system():
        Return.objects.filter(subject=scene.places["a"].pk).update(subject="other")
    with enter(scene.lead().scope):
        told = [(scene.places["a"], scene.governments["a"])]
        assert [sealed.open_returns(YEAR, told) for _time in range(2)] == [1, 0]
    with system():
        report = Return.objects.get(subject=scene.places["a"].pk)
        registers = Ledger.objects.filter(place=True, park=scene.places["a"].pk)
        assert [one.tenant for one in registers] == [scene.governments["a"]]
    assert (report.kind, report.year, report.tenant) == (SubjectKind.CITY, YEAR, scene.governments["a"])
