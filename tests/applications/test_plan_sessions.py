"""The session ends, another person signs in, a post is chosen: what was typed on the plan's pages is not lost."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.scope import of_organisation, system
from applications import plan
from applications.models import Filing, PlanField, Remark
from applications.plan_state import opened_on
from applications.selfcheck import page_of
from applications.views import carry
from tests.applications.plan_pages import autosave, save, seal_on, state_of
from tests.factories import PASSWORD, make_actor, make_organisation, make_paper, make_post

pytestmark = pytest.mark.django_db
BASE = plan.sections(opened_on(Filing()))


def test_post_after_the_session_ended_comes_back_after_signing_in(signed_in: Client, filing: Filing) -> None:
    page = page_of(filing, "space")
    seal = seal_on(signed_in, page)
    person = make_filing_person(filing)
    signed_in.logout()
    answer = signed_in.post(page, {"seal": seal, "space.phases": "长长的一段话", "space.land_stock": "不详"})
    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={page}")
    assert "已经留住" in signed_in.get(answer.url).content.decode()
    answer = signed_in.post(answer.url, {"login": person.username, "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, page)
    shown = html.unescape(signed_in.get(page).content.decode())
    assert "长长的一段话" in shown
    assert "不详" in shown
    assert "登录过期前填写" in shown
    assert state_of(filing).stored("space.phases") is None
    save(signed_in, filing, "space", {"space.phases": "长长的一段话", "space.land_stock": "不详"})
    assert state_of(filing).text("space.phases") == "长长的一段话"
    assert "登录过期前填写" not in signed_in.get(page).content.decode()


def make_filing_person(filing: Filing) -> Any:
    """The person who opened the filing."""
    return filing.created_by


def test_carried_entries_are_not_shown_to_another_person(signed_in: Client, filing: Filing, actor: Actor) -> None:
    page = page_of(filing, "space")
    seal = seal_on(signed_in, page)
    signed_in.logout()
    signed_in.post(page, {"seal": seal, "space.phases": "只给本人看"})
    other = make_actor(actor.organisation)
    answer = signed_in.post(reverse("account_login"), {"login": other.person.username, "password": PASSWORD})
    assert answer.status_code == 302
    assert "只给本人看" not in signed_in.get(page).content.decode()


def test_autosave_after_the_session_ended_fails_aloud(signed_in: Client, filing: Filing) -> None:
    page = page_of(filing, "space")
    seal = seal_on(signed_in, page)
    signed_in.logout()
    answer = signed_in.post(page, {"seal": seal, "space.phases": "一段话"}, headers={"X-Autosave": "1"})
    assert answer.status_code == 401


def test_page_shown_before_signing_in_again_elsewhere_still_saves(filing: Filing, actor: Actor) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(actor.person)
    page = page_of(filing, "space")
    seal = seal_on(client, page)
    client.logout()
    client.force_login(actor.person)
    assert client.post(page, {"seal": seal, "space.phases": "一段话"}).status_code == 302
    assert state_of(filing).text("space.phases") == "一段话"


@pytest.mark.parametrize("forge", ["", "nonsense", "of another page", "of another person"])
def test_post_without_the_seal_of_this_page_and_person_is_refused(
    signed_in: Client, filing: Filing, actor: Actor, forge: str
) -> None:
    seal = forge
    if forge == "of another page":
        seal = seal_on(signed_in, page_of(filing, "leaders"))
    if forge == "of another person":
        other = make_actor(actor.organisation)
        client = Client()
        client.force_login(other.person)
        seal = seal_on(client, page_of(filing, "space"))
    answer = signed_in.post(page_of(filing, "space"), {"seal": seal, "space.phases": "假"})
    assert answer.status_code == 403
    assert state_of(filing).stored("space.phases") is None


def test_person_with_several_posts_chooses_one_and_finds_the_entries(
    signed_in: Client, filing: Filing, actor: Actor
) -> None:
    page = page_of(filing, "space")
    seal = seal_on(signed_in, page)
    make_post(actor.person, actor.organisation, PostRole.REVIEWER)
    answer = signed_in.post(page, {"seal": seal, "space.phases": "一段话"})
    assert (answer.status_code, answer.url) == (302, reverse("accounts:choose_post"))
    assert signed_in.session["carried"][page]["fields"]["space.phases"] == "一段话"


# -- who may write --------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [PostRole.REVIEWER, PostRole.SIGNER, PostRole.ADMIN])
def test_only_a_handler_writes_and_what_others_typed_is_shown_again(filing: Filing, actor: Actor, role: str) -> None:
    reader = make_actor(actor.organisation, role)
    client = Client()
    client.force_login(reader.person)
    answer = save(client, filing, "space", {"space.phases": "我写的"})
    assert answer.status_code == 409
    assert "我写的" in answer.content.decode()
    with of_organisation(filing.tenant_id):
        assert PlanField.objects.filter(filing=filing).count() == 0


def test_neighbour_cannot_write(filing: Filing) -> None:
    neighbour = make_actor()
    client = Client()
    client.force_login(neighbour.person)
    page = page_of(filing, "space")
    seal = signing.dumps({"person": str(neighbour.person.pk), "path": page, "seen": {}}, salt=carry.SALT)
    assert client.post(page, {"seal": seal, "space.phases": "外人写的"}).status_code == 404
    assert state_of(filing).stored("space.phases") is None


# -- answers to remarks ---------------------------------------------------------------------------
def test_draft_of_an_answer_is_kept_and_is_no_answer(signed_in: Client, filing: Filing, actor: Actor) -> None:
    with system():
        paper = make_paper(filing.tenant, dossier=filing.dossier)
        papers = {"request_paper": paper, "return_paper": paper}
        Filing.objects.filter(pk=filing.pk).update(status="returned", **papers)
        remark = Remark.objects.create(
            tenant=filing.tenant, dossier=filing.dossier, filing=filing, round=1, target="section:space",
            text="请补充", made_by=make_organisation("kjt"),
        )  # fmt: skip
    page = reverse("applications:answer", args=[filing.pk, remark.pk])
    value = {"person": str(actor.person.pk), "path": page, "seen": {}}
    seal, name = signing.dumps(value, salt=carry.SALT), f"{remark.pk}-answer"
    answer = autosave(signed_in, page, seal, {name: 0}, **{name: "写到一半"})
    assert (answer.status_code, answer.json()["fields"][name]["version"]) == (200, 1)
    assert autosave(signed_in, page, seal, {name: 0}, **{name: "另一窗口"}).status_code == 409
    shown = html.unescape(signed_in.get(filing.get_absolute_url()).content.decode())
    assert "写到一半" in shown
    assert "自动保存的草稿" in shown
    with of_organisation(filing.tenant_id):
        assert filing.remarks.to_answer().count() == 1
    assert signed_in.post(page, {"seal": seal, name: "写完了"}).status_code == 302
    with of_organisation(filing.tenant_id):
        assert filing.remarks.to_answer().count() == 0
    assert "自动保存的草稿" not in html.unescape(signed_in.get(filing.get_absolute_url()).content.decode())
