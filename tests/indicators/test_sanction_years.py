"""AMB-13, AMB-33: what a card given late, annulled, or ended by a year that is corrected means for other years."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from accounts.enums import PostRole
from accounts.scope import system
from indicators import periods_sanction as periods
from indicators.models import SanctionCase, YellowCard
from indicators.services import sanctions
from indicators.subjects import parks_of
from notifications.models import Message
from policy.outcomes import Verdict
from registry.models import LegalStatus, Park
from tests.delivered import deliver_acts
from tests.indicators.sanctions import Scene
from workflow import clocks, reminders
from workflow.models import Clock, Event, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    """A park with its offices."""
    return Scene()


def worked(scene: Scene, case: SanctionCase) -> SanctionCase:
    """The newest case of the year once the worker has done what follows."""
    deliver_acts()
    found = scene.case(case.year)
    assert found is not None
    return found


def under_review(scene: Scene, case: SanctionCase) -> SanctionCase:
    """The decision is served, and the city asks for a review."""
    city = scene.desks["city"]
    with city.as_(PostRole.HANDLER):
        sanctions.serve(scene.again_here(case), city.handler)
    scene.issue("city", "review_request", case, reasons="数据有误。")
    return scene.again(case)


# -- A card that came late ----------------------------------------------------------------------------
def test_card_of_the_year_before_given_late_turns_the_next_card_into_a_revocation(scene: Scene) -> None:
    first, second = scene.missed(2024), scene.missed(2025)
    assert (second.kind, "没有有效的黄牌" in second.remarks[0]) == ("yellow_card", True)
    scene.imposed(first)
    third = worked(scene, second)
    assert scene.again(second).status == "withdrawn"
    assert (third.kind, third.status, third.card_id) == ("revocation", "proposed", scene.card(2024).pk)
    deliver_acts()
    with system():
        assert SanctionCase.objects.count() == 3
        assert Task.objects.filter(kind="proposal", done_at=None).count() == 1


def test_card_that_the_city_was_told_of_is_ended_by_paper_before_it_becomes_a_revocation(scene: Scene) -> None:
    first, second = scene.missed(2024), scene.missed(2025)
    scene.told(second)
    scene.imposed(first)
    deliver_acts()
    second = scene.again(second)
    assert (second.status, "另行办理" in second.doubts[0]) == ("answering", True)
    scene.confirm(second)
    scene.issue("lead", "sanction_ended", second)
    assert scene.again(second).status == "withdrawn"
    assert worked(scene, second).kind == "revocation"


def test_card_given_already_stays_and_the_revocation_of_its_year_is_proposed_beside_it(scene: Scene) -> None:
    first, second = scene.missed(2024), scene.missed(2025)
    scene.imposed(second)
    scene.imposed(first)
    third = worked(scene, second)
    assert (third.kind, third.status, third.card_id) == ("revocation", "proposed", scene.card(2024).pk)
    assert [scene.card(2025).paper.number in one for one in third.remarks] == [False, True]
    # Released again with the same findings, or looked at again: nothing is proposed twice.
    scene.follow(scene.release(2025))
    deliver_acts()
    with system():
        assert (SanctionCase.objects.count(), scene.proposal(third).role) == (3, PostRole.REVIEWER)
    third = under_review(scene, scene.revoked(third))
    deliver_acts()
    cards = [scene.card(2024), scene.card(2025)]
    with system():
        assert [clocks.running(card, periods.PLAN) for card in cards] == [None, None]
    scene.issue("government", "review_decision", third, outcome="changed", official="省长某某", reasons="已整改。")
    deliver_acts()
    with system():
        assert [clocks.running(card, periods.PLAN) is not None for card in cards] == [False, True]
        assert Park.objects.get(pk=scene.park.pk).status == "creating"
        assert YellowCard.objects.filter(status="in_force").count() == 2


def test_card_annulled_beside_the_revocation_of_its_year_puts_that_in_doubt(scene: Scene) -> None:
    first, second = scene.missed(2024), scene.missed(2025)
    second = under_review(scene, scene.imposed(second))
    scene.imposed(first)
    deliver_acts()
    with system():
        assert SanctionCase.objects.count() == 2
    scene.issue("lead", "review_decision", second, outcome="upheld", official="厅长某某", reasons="理由不成立。")
    third = worked(scene, second)
    assert third.kind == "revocation"
    third = scene.told(third)
    scene.follow(scene.release(2025, Verdict.MET))
    scene.confirm(second)
    scene.issue("lead", "sanction_taken_back", second)
    deliver_acts()
    third = scene.again(third)
    assert (third.status, "2025年度黄牌警告已撤销" in third.doubts[1]) == ("answering", True)


# -- A card that no longer counts ---------------------------------------------------------------------
@pytest.mark.parametrize("told", [False, True])
def test_annulled_card_lets_the_revocation_fall_back_to_a_card(scene: Scene, told: bool) -> None:
    first = under_review(scene, scene.imposed(scene.missed(2024)))
    second = scene.missed(2025)
    if told:
        second = scene.told(second)
    paper = scene.issue("lead", "review_decision", first, outcome="annulled", official="厅长某某", reasons="理由成立。")
    assert ("同时终止办理" in str(paper.data)) is told
    assert (scene.card(2024).status, scene.again(second).status) == ("annulled", "withdrawn")
    third = worked(scene, second)
    assert (third.kind, third.status) == ("yellow_card", "proposed")
    assert "没有有效的黄牌" in third.remarks[0]
    with system():
        assert not Clock.objects.filter(subject_id=second.pk, finished_at=None).exists()
        assert not Task.objects.filter(subject_id=second.pk, done_at=None).exists()
        heard = Message.objects.filter(title__contains="终止办理").values_list("organisation__kind", flat=True)
        assert sorted(heard) == (["applicant_gov", "kjt", "park_committee"] if told else [])
    assert worked(scene, second) == third


def test_annulled_card_has_the_government_reconsider_the_revocation_decided_on_it(scene: Scene) -> None:
    first = under_review(scene, scene.imposed(scene.missed(2024)))
    second = scene.revoked(scene.missed(2025))
    paper = scene.issue("lead", "review_decision", first, outcome="annulled", official="厅长某某", reasons="理由成立。")
    second = scene.again(second)
    assert (scene.card(2024).status, second.status, second.card_status) == ("annulled", "imposed", None)
    assert paper.number in second.doubts[0]
    deliver_acts()
    with system():
        assert Park.objects.get(pk=scene.park.pk).status == "revoked"
        assert scene.proposal(second).organisation.kind == "prov_gov_office"
    scene.confirm(second, "government")
    scene.issue("government", "sanction_taken_back", second)
    assert scene.again(second).status == "annulled"
    third = worked(scene, second)
    with system():
        assert Park.objects.get(pk=scene.park.pk).status == "creating"
    assert (third.kind, third.status) == ("yellow_card", "proposed")


def test_year_before_corrected_to_met_lets_the_revocation_fall_back_to_a_card(scene: Scene) -> None:
    scene.imposed(scene.missed(2024))
    second = scene.missed(2025)
    scene.follow(scene.release(2024, Verdict.MET))
    third = worked(scene, second)
    assert (scene.again(second).status, third.kind, third.status) == ("withdrawn", "yellow_card", "proposed")


# -- A card that comes back ---------------------------------------------------------------------------
def test_card_ended_by_a_year_that_is_found_missed_after_all_is_in_force_again(scene: Scene) -> None:
    scene.imposed(scene.missed(2024))
    scene.follow(scene.release(2025, Verdict.MET))
    assert scene.card(2024).status == "ended"
    run = scene.release(2025)
    case = scene.follow(run)
    assert case is not None
    card = scene.card(2024)
    assert (card.status, card.ended_on, card.ended_by) == ("in_force", None, None)
    assert (case.kind, case.card_id) == ("revocation", card.pk)
    scene.follow(run)
    deliver_acts()
    with system():
        assert Event.objects.filter(name="restore").count() == 1
        told = Message.objects.filter(title__contains="再未达到要求将建议取消").count()
        assert told == 2 * len({"city", "committee", "lead", "government"})


def test_year_that_did_not_apply_breaks_the_run_and_ends_no_card(scene: Scene) -> None:
    scene.imposed(scene.missed(2022))
    scene.follow(scene.release(2023, Verdict.NOT_APPLICABLE))
    case = scene.missed(2024)
    assert (case.kind, case.remarks) == ("yellow_card", ["2023年度不适用，连续计算中断。"])
    scene.imposed(case)
    scene.follow(scene.release(2025, Verdict.MET))
    with system():
        assert set(YellowCard.objects.values_list("year", "status")) == {(2022, "ended"), (2024, "ended")}


# -- A revocation that a review changes ---------------------------------------------------------------
def test_review_changes_a_revocation_into_the_card_of_its_year(scene: Scene, client: Client) -> None:
    scene.imposed(scene.missed(2024))
    with system():
        listed_on = [one.listed_on for one in parks_of(2030).subjects]
    case = under_review(scene, scene.revoked(scene.missed(2025)))
    paper = scene.issue(
        "government", "review_decision", case, outcome="changed", official="省长某某", reasons="整改已有成效。"
    )
    case, card = scene.again(case), scene.card(2025)
    deliver_acts()
    with system():
        park = Park.objects.get(pk=scene.park.pk)
        assert (case.status, card.status, card.paper, park.status) == ("changed", "in_force", paper, "creating")
        assert LegalStatus.objects.get(pk=park.current_id).paper == paper
        assert case.decision_paper is not None
        assert case.decision_paper.validity == "revoked"
        assert not Task.objects.filter(kind__startswith="revoked_", done_at=None).exists()
        assert clocks.running(card, periods.PLAN) is not None
        assert clocks.running(scene.card(2024), periods.PLAN) is None
        # The park has been on the list since it was first put there, not since its revocation was undone.
        assert [one.listed_on for one in parks_of(2030).subjects] == listed_on
    assert "不再有效" in client.get("/sanctions/notices/").content.decode()
    # The same findings are not proposed again; the next miss is, with this card.
    assert scene.follow(scene.release(2025)) == case
    assert scene.missed(2026).card_id == card.pk
    # A corrected figure takes the card away, and the park stays.
    scene.follow(scene.release(2025, Verdict.MET))
    with system():
        assert scene.proposal(case).organisation.kind == "prov_gov_office"


def test_card_asks_for_its_plan_again_when_a_review_annuls_the_revocation(scene: Scene) -> None:
    scene.imposed(scene.missed(2024))
    case = under_review(scene, scene.revoked(scene.missed(2025)))
    deliver_acts()
    with system():
        assert clocks.running(scene.card(2024), periods.PLAN) is None
    scene.issue("government", "review_decision", case, outcome="annulled", official="省长某某", reasons="理由成立。")
    deliver_acts()
    with system():
        assert clocks.running(scene.card(2024), periods.PLAN) is not None
        assert Park.objects.get(pk=scene.park.pk).status == "creating"
        assert Task.objects.filter(kind="card_plan", organisation=scene.city, done_at=None).count() == 1
    # What a review annulled is not proposed again.
    assert scene.follow(scene.release(2025)) == case


# -- Reminders (N8, N10) ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "subject"), [("sanction_statement", "case"), ("card_plan", "card"), ("card_check", "card")]
)
def test_city_committee_and_lead_are_reminded_once_and_read_it_in_the_case(
    scene: Scene, kind: str, subject: str
) -> None:
    case = scene.missed(2025)
    case = scene.told(case) if subject == "case" else scene.imposed(case)
    deliver_acts()
    with system():
        Message.objects.all().delete()
        rows = Clock.objects.filter(dossier=case.dossier, kind=kind, finished_at=None)
        Clock.objects.filter(dossier=case.dossier).exclude(kind=kind).update(remind_on=None)
        assert rows.update(remind_on=dt.date(2026, 1, 6), due_on=dt.date(2026, 1, 5)) == 1
    reminders.sweep()
    reminders.sweep()
    with system():
        heard = Message.objects.values_list("organisation__kind", flat=True)
        assert sorted(heard) == ["applicant_gov", "kjt", "park_committee"]
    for desk in ("city", "committee", "lead"):
        with scene.desks[desk].as_(PostRole.HANDLER):
            found = Event.objects.filter(dossier=case.dossier, name__in=["overdue", "period_ended"])
            assert found.count() == 1
