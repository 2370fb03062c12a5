"""The legal periods along the whole way of a filing: which act starts, stops and ends which, and what is proposed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.actors import SESSION_KEY, Actor
from accounts.enums import PostRole
from accounts.scope import enter, system
from notifications.models import Draft
from portal.sample.acting import office
from portal.sample.clocks import age
from tests.affairs import Affair
from tests.delivered import deliver_acts
from tests.factories import PASSWORD
from tests.scenarios import Scene
from workflow import parameters, reminders
from workflow.models import Clock, Event, Proposal, Task

pytestmark = pytest.mark.django_db


def begin(scene: Scene) -> Affair:
    with system():
        return scene.begin("jia", "people").draft()


def running(affair: Affair) -> dict[str, tuple[str, bool]]:
    """The running clocks by kind: who owes, and whether it stands still; opinions only counted."""
    with system():
        rows = Clock.objects.filter(dossier=affair.filing.dossier, finished_at=None).select_related("organisation")
        return {row.kind: (row.organisation.code, row.paused) for row in rows if row.kind != "opinion"}


def turn_on(name: str) -> None:
    from accounts.models import Organisation

    with system():
        lead = Organisation.objects.get(code="kjt")
        signer = office(lead).signer
    with enter(signer.scope):
        parameters.change(name, True, "示例", signer)


def test_each_act_starts_stops_and_ends_its_periods(province: Scene) -> None:
    affair = begin(province)
    assert running(affair) == {}
    with system():
        affair.submit()
        assert running(affair) == {"routing": ("prov-gov-office", False)}
        affair.route()
        assert running(affair) == {"formal_check": ("kjt", False)}
        affair.give_back()
        assert running(affair) == {"formal_check": ("kjt", True), "supplement": ("gov-330100", False)}
        affair.filing.refresh_from_db()
        supplement = Clock.objects.get(kind="supplement", dossier=affair.filing.dossier)
        assert affair.filing.due_on == supplement.due_on
        assert Task.objects.get(clock=supplement).due_on == supplement.due_on


def test_question_stops_the_review_and_its_answer_lets_it_go_on(province: Scene) -> None:
    affair = begin(province)
    with system():
        affair.submit().route().open_review()
        opinions = Clock.objects.filter(kind="opinion", dossier=affair.filing.dossier)
        assert running(affair) == {"conclusion": ("kjt", False)}
        assert (opinions.count(), opinions.filter(paused=True).count()) == (9, 0)
        question = affair.ask()
        assert running(affair) == {"conclusion": ("kjt", True), "answer": ("gov-330100", False)}
        assert opinions.filter(paused=True).count() == 9
        affair.answer(question)
        assert running(affair) == {"conclusion": ("kjt", False)}
        assert opinions.filter(paused=True).count() == 0
        deliver_acts()
        affair.case.refresh_from_db()
        assert affair.case.due_on == Clock.objects.get(kind="conclusion", dossier=affair.filing.dossier).due_on
    city = province.audiences["jia-handler"].actor
    assert city is not None
    with enter(city.scope):
        seen = set(Clock.objects.filter(dossier=affair.filing.dossier).values_list("kind", flat=True))
    assert seen == {"routing", "formal_check", "opening", "conclusion", "answer"}, "never the departments' clocks"


def late_supplement(province: Scene) -> Affair:
    affair = begin(province)
    with system():
        affair.submit().route().give_back()
        age(affair.filing.dossier, "supplement", -1)
    return affair


def test_nothing_is_deemed_by_default(province: Scene) -> None:
    affair = late_supplement(province)
    assert reminders.sweep() >= 1
    with system():
        assert not Proposal.objects.filter(dossier=affair.filing.dossier).exists()
        assert Event.objects.filter(dossier=affair.filing.dossier, name="overdue").count() == 1
        affair.filing.refresh_from_db()
        assert affair.filing.status == "returned"


def test_deemed_withdrawal_is_confirmed_by_the_lead_s_signer(province: Scene) -> None:
    turn_on("deemed_withdrawal")
    affair = late_supplement(province)
    reminders.sweep()
    with system():
        proposal = Proposal.objects.get(dossier=affair.filing.dossier)
        affair.filing.refresh_from_db()
        assert affair.filing.status == "returned"
        lead = office(proposal.organisation)
    assert client_of(lead.handler).post(proposal.get_absolute_url(), confirming()).status_code == 422
    client = client_of(lead.signer)
    shown = client.get(proposal.get_absolute_url()).content.decode()
    assert "已于" in shown
    assert "期限是怎样算出来的" in shown
    assert client.post(proposal.get_absolute_url(), confirming("wrong")).status_code == 422
    assert client.post(proposal.get_absolute_url(), confirming()).status_code == 302
    with system():
        affair.filing.refresh_from_db()
        proposal.refresh_from_db()
        assert (affair.filing.status, proposal.outcome) == ("withdrawn", "confirmed")
    assert running(affair) == {}
    assert client_of(province.audiences["jia-signer"].actor).get(proposal.get_absolute_url()).status_code == 404


def test_dismissed_proposal_changes_nothing_and_needs_a_reason(province: Scene) -> None:
    turn_on("deemed_withdrawal")
    affair = late_supplement(province)
    reminders.sweep()
    with system():
        proposal = Proposal.objects.get(dossier=affair.filing.dossier)
        client = client_of(office(proposal.organisation).signer)
    assert client.post(proposal.get_absolute_url(), {"act": "dismiss", "reason": ""}).status_code == 422
    sent = {"act": "dismiss", "reason": "示例：申报单位已电话说明。"}
    assert client.post(proposal.get_absolute_url(), sent).status_code == 302
    with system():
        proposal.refresh_from_db()
        affair.filing.refresh_from_db()
        assert (proposal.outcome, affair.filing.status) == ("dismissed", "returned")


def test_deemed_acceptance_starts_the_paper_and_is_dropped_when_the_lead_answers(province: Scene) -> None:
    turn_on("deemed_acceptance")
    affair = begin(province)
    with system():
        affair.submit().route()
        age(affair.filing.dossier, "formal_check", -1)
    reminders.sweep()
    with system():
        proposal = Proposal.objects.get(dossier=affair.filing.dossier)
        assert proposal.role == PostRole.HANDLER
        client = client_of(office(proposal.organisation).handler)
    answer = client.post(proposal.get_absolute_url(), confirming())
    with system():
        draft = Draft.objects.get(dossier=affair.filing.dossier, kind="acceptance")
        affair.filing.refresh_from_db()
        assert (answer.url, affair.filing.status) == (draft.get_absolute_url(), "formal_check")


def test_proposal_is_moot_once_the_lead_has_acted(province: Scene) -> None:
    turn_on("deemed_acceptance")
    affair = begin(province)
    with system():
        affair.submit().route()
        age(affair.filing.dossier, "formal_check", -1)
    reminders.sweep()
    with system():
        affair.give_back()
        proposal = Proposal.objects.get(dossier=affair.filing.dossier)
        assert proposal.outcome == "moot"
        assert not Task.objects.filter(subject_id=proposal.pk, done_at=None).exists()


@pytest.mark.parametrize("on", [False, True])
def test_silent_department_is_proposed_to_lapse_only_by_parameter(province: Scene, on: bool) -> None:
    if on:
        turn_on("silence_is_consent")
    affair = begin(province)
    with system():
        affair.submit().route().open_review()
        age(affair.filing.dossier, "opinion", -1)
    reminders.sweep()
    with system():
        found = Proposal.objects.filter(dossier=affair.filing.dossier, kind="silence")
        assert found.count() == (9 if on else 0)
        assert set(affair.case.opinions.values_list("status", flat=True)) == {"requested"}
        if on:
            client = client_of(office(found[0].organisation).handler)
            assert client.post(found[0].get_absolute_url(), confirming()).status_code == 302
            assert affair.case.opinions.filter(status="lapsed").count() == 1


def client_of(actor: Actor | None) -> Client:
    assert actor is not None
    with system():
        actor.person.set_password(PASSWORD)
        actor.person.save()
    client = Client()
    client.force_login(actor.person)
    session = client.session
    session[SESSION_KEY] = str(actor.post.pk)
    session.save()
    return client


def confirming(password: str = PASSWORD) -> dict[str, Any]:
    return {"act": "confirm", "password": password}
