"""T31: a city takes its filing back before the decision; drafts are put aside and back; re-application."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse

from accounts.enums import PostRole
from accounts.queries import the_lead
from accounts.scope import enter, system
from applications import services
from applications.models import Filing
from notifications import signoff
from notifications.models import Draft, Message
from portal.sample.acting import office
from reviews.models import Case
from tests.affairs import Affair
from tests.reviews.test_flow import outbox_done, seen
from tests.reviews.test_guards import refused
from tests.reviews.test_remarks import sign_in, text_of
from tests.scenarios import Scene
from workflow.machine import Refused
from workflow.models import Task

pytestmark = pytest.mark.django_db
LETTER = {"reasons": "园区布局调整，拟重新论证。", "contact": "联系人：某某"}


def begin(province: Scene) -> Affair:
    with system():
        return province.begin("jia", "draft").draft()


def withdraw(affair: Affair) -> None:
    affair.city.issue("withdrawal", affair.filing, affair.filing.dossier, "撤回函", LETTER)


def advance(affair: Affair, stage: str) -> None:
    """Bring a draft to a stage."""
    with system():
        affair.submit()
        if stage != "submit":
            affair.route()
        if stage == "give_back":
            affair.give_back()
        if stage in {"open_review", "conclude"}:
            affair.open_review()
        if stage == "conclude":
            affair.opinions().conclude()
        affair.filing.refresh_from_db()


@pytest.mark.parametrize("stage", ["submit", "give_back", "conclude"])
def test_filing_is_taken_back_before_the_decision_and_nothing_waits_any_more(province: Scene, stage: str) -> None:
    affair = begin(province)
    advance(affair, stage)
    with system():
        if stage == "give_back":
            affair.rework()
        withdraw(affair)
        outbox_done()
        affair.filing.refresh_from_db()
        dossier = affair.filing.dossier
        assert (affair.filing.status, affair.filing.due_on) == ("withdrawn", None)
        assert affair.filing.withdrawal_paper.kind == "withdrawal"  # type: ignore[union-attr]
        assert set(Case.objects.filter(dossier=dossier).values_list("status", flat=True)) <= {"withdrawn"}
        assert not Task.objects.filter(dossier=dossier, done_at=None).exists()
        assert not Draft.objects.filter(dossier=dossier, status__in=signoff.OPEN).exists()
        told = Message.objects.filter(dossier=dossier, title__contains="已撤回")
        codes = set(told.values_list("organisation__code", flat=True))
    expected = {"prov-gov-office"} | ({"kjt"} if stage != "submit" else set())
    assert expected <= codes
    assert ("dept-stat" in codes) == (stage in {"open_review", "conclude"})
    assert not {"gov-330500", "county-330110"} & codes
    with pytest.raises(Refused, match="已撤回"), system():
        withdraw(affair)


def test_taken_back_filing_shows_each_office_what_it_had(province: Scene) -> None:
    affair = begin(province)
    advance(affair, "route")
    with system():
        withdraw(affair)
        affair.filing.refresh_from_db()
    for name in ("government-handler", "lead-handler"):
        papers = str(seen(province, affair, name)["papers"])
        assert "withdrawal" in papers
    for name in ("stat-handler", "yi-handler", "public"):
        assert seen(province, affair, name) == {}


def test_decided_filing_is_not_taken_back(province: Scene) -> None:
    affair = begin(province)
    advance(affair, "conclude")
    with system():
        affair.refuse("defer")
        affair.filing.refresh_from_db()
    refused(lambda: withdraw(affair), affair, "不能撤回")


def test_case_is_withdrawn_by_no_statement_of_a_stranger_or_into_another_status(province: Scene) -> None:
    affair = begin(province)
    advance(affair, "open_review")
    stranger = province.audiences["yi-signer"].actor
    assert stranger is not None
    with enter(stranger.scope), connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_case SET status = 'withdrawn' WHERE id = %s", [affair.case.pk])
        assert cursor.rowcount == 0
    with pytest.raises(DatabaseError), enter(affair.city.signer.scope), connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_case SET status = 'reported' WHERE id = %s", [affair.case.pk])


def test_withdrawn_status_needs_its_paper(province: Scene) -> None:
    affair = begin(province)
    advance(affair, "submit")
    with pytest.raises(DatabaseError, match="filing_withdrawn_by_paper"), system(), connection.cursor() as cursor:
        cursor.execute("UPDATE applications_filing SET status = 'withdrawn' WHERE id = %s", [affair.filing.pk])


def test_supplement_not_sent_is_deemed_withdrawn_by_a_leader_with_a_reason(province: Scene) -> None:
    affair = begin(province)
    advance(affair, "give_back")
    with system():
        lead = office(the_lead())
    with enter(lead.handler.scope), pytest.raises(Refused, match="不能视为撤回"):
        services.deem_withdrawn(affair.filing, "逾期", lead.handler)
    with enter(lead.reviewer.scope):
        with pytest.raises(Refused, match="请写明"):
            services.deem_withdrawn(affair.filing, " ", lead.reviewer)
        services.deem_withdrawn(affair.filing, "催告后十日仍未补正", lead.reviewer)
    with system():
        outbox_done()
        affair.filing.refresh_from_db()
        assert (affair.filing.status, affair.filing.deemed_withdrawn) == ("withdrawn", True)
        assert Message.objects.filter(organisation=affair.filing.tenant, title__contains="视为撤回").count() == 1
        assert not Task.objects.filter(dossier=affair.filing.dossier, done_at=None).exists()


def test_draft_is_put_aside_and_taken_up_again_with_all_its_content(client: Client, province: Scene) -> None:
    affair = begin(province)
    with system():
        fields = affair.filing.plan_fields.count()
    sign_in(client, affair.city.handler)
    page = affair.filing.get_absolute_url()
    assert "弃用草稿" in text_of(client.get(page))
    client.post(reverse("applications:discard", args=[affair.filing.pk]))
    shown = text_of(client.get(page))
    assert "恢复草稿" in shown
    with system():
        affair.filing.refresh_from_db()
        assert affair.filing.status == "discarded"
        assert affair.filing.plan_fields.count() == fields
    client.post(reverse("applications:restore", args=[affair.filing.pk]))
    with system():
        affair.filing.refresh_from_db()
    assert affair.filing.status == "draft"
    sign_in(client, affair.city.signer)
    assert client.post(reverse("applications:discard", args=[affair.filing.pk])).status_code == 409


def test_withdrawal_starts_from_the_page_of_the_filing(client: Client, province: Scene) -> None:
    affair = begin(province)
    advance(affair, "route")
    sign_in(client, affair.city.handler)
    assert "拟撤回函" in text_of(client.get(affair.filing.get_absolute_url()))
    answer = client.post(reverse("applications:withdraw", args=[affair.filing.pk]))
    with affair.city.as_(PostRole.HANDLER):
        draft = Draft.objects.get(kind="withdrawal", subject_id=affair.filing.pk)
    assert answer.url == draft.get_absolute_url()
    assert "撤回" in text_of(client.get(answer.url))


def test_ended_filing_is_followed_by_one_that_says_what_changed(client: Client, province: Scene) -> None:
    affair = begin(province)
    advance(affair, "route")
    with system():
        affair._notice("rejection", {"reasons": "材料不实"})
        affair.filing.refresh_from_db()
    sign_in(client, affair.city.handler)
    address = reverse("applications:reapply", args=[affair.filing.pk])
    assert client.post(address, {"changes": " "}).status_code == 422
    answer = client.post(address, {"changes": "一、重新论证了用地；二、更换了论证报告。"})
    assert answer.status_code == 302, answer.context["form"].errors
    with system():
        made = Filing.objects.get(former=affair.filing)
        entries = affair.filing.plan_fields.exclude(key="space.second_zone_reason")
        before = dict(entries.values_list("key", "value"))
        after = dict(made.plan_fields.values_list("key", "value"))
        assert before == after
        assert made.materials.count() == affair.filing.materials.count()
        assert made.dossier != affair.filing.dossier
        assert made.changes_stated.startswith("一、重新论证")
    assert client.post(address, {"changes": "再来一次"}).status_code == 422
    follower = Affair(affair.owner, affair.key, affair.city, affair.zone)
    follower.filing = made
    refused(follower.submit, follower, "完全相同")


def test_running_filing_is_not_followed_by_another(province: Scene) -> None:
    affair = begin(province)
    advance(affair, "route")
    with enter(affair.city.handler.scope), pytest.raises(Refused, match="不能再次申报"):
        services.reapply(affair.filing, "变化", affair.city.handler)


def test_second_filing_of_a_zone_is_acknowledged_before_it_is_accepted(client: Client, province: Scene) -> None:
    first = begin(province)
    advance(first, "submit")
    second = begin(province)
    assert second.filing.second_reason
    advance(second, "route")

    def accept() -> None:
        second._notice("acceptance", {})

    refused(accept, second, "取得经验与成绩后再拓展")
    with system():
        lead = office(the_lead())
    sign_in(client, lead.handler)
    page = reverse("applications:check", args=[second.filing.pk])
    assert "确认再次拓展" in text_of(client.get(page))
    address = reverse("applications:acknowledge_second", args=[second.filing.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "首个园区三年产值翻番"}).status_code == 302
    assert "首个园区三年产值翻番" in text_of(client.get(page))
    with system():
        accept()
        second.filing.refresh_from_db()
    assert second.filing.status == "accepted"
