"""The sign-off page: every arrow × status × role, three different persons, double and stale acts."""

from __future__ import annotations

import itertools
import threading

import pytest
from django.core.cache import cache
from django.db import connection

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.scope import system
from notifications.models import Draft, Paper
from tests.factories import PASSWORD, make_actor, make_person, make_post
from tests.notifications.letters import FIELDS, Office, browser
from workflow.models import Event

pytestmark = pytest.mark.django_db

ACTS = {
    "send": {**FIELDS},
    "pass_on": {},
    "send_back": {"remark": "改写第一段"},
    "cancel": {"reason": "不发了"},
    "sign": {"password": PASSWORD},
}
STATUSES = ["drafting", "checking", "signing", "signed", "cancelled"]
ROLES = ["handler", "reviewer", "signer", "admin"]
ARROWS = {
    ("send", "drafting", "handler"): "checking",
    ("cancel", "drafting", "handler"): "cancelled",
    ("pass_on", "checking", "reviewer"): "signing",
    ("send_back", "checking", "reviewer"): "drafting",
    ("send_back", "signing", "signer"): "drafting",
    ("sign", "signing", "signer"): "signed",
}


def actor_in(office: Office, role: str) -> Actor:
    """The office's person in a role; its administrator is made on demand."""
    return make_actor(office.organisation, PostRole.ADMIN) if role == "admin" else getattr(office, role)


@pytest.mark.parametrize(("act", "status", "role"), itertools.product(ACTS, STATUSES, ROLES))
def test_act_at_every_status_and_role(act: str, status: str, role: str) -> None:
    office = Office()
    office.bring_to(status)
    response = browser(actor_in(office, role)).post(office.address, {"act": act, **ACTS[act]})
    target = ARROWS.get((act, status, role))
    if target:
        assert response.status_code == 302
        assert office.reload().status == target
    elif (act, status, role) == ("sign", "signed", "signer"):
        assert response["Location"] == f"/papers/view/{office.paper().pk}/"
    else:
        assert response.status_code == 409
        assert office.reload().status == status
    with system():
        assert Paper.objects.filter(dossier=office.draft.dossier).count() == (office.draft.status == "signed")


def test_office_without_a_code_for_the_paper_is_told_before_it_is_sent() -> None:
    office = Office()
    office.organisation.series = {}
    office.organisation.save(update_fields=["series"])
    page = browser(office.handler).post(office.address, {"act": "send", **ACTS["send"]})
    assert page.status_code == 409
    assert "机关代字" in page.content.decode()
    assert office.reload().status == "drafting"


def test_person_with_three_posts_cannot_go_alone() -> None:
    office = Office()
    person = make_person(office.organisation, PostRole.HANDLER)
    actors = {"handler": Actor(person, person.posts.select_related("organisation").get())}
    for role in ("reviewer", "signer"):
        actors[role] = Actor(person, make_post(person, office.organisation, role))
    send = browser(actors["handler"]).post(office.address, {"act": "send", **FIELDS})
    assert send.status_code == 302
    page = browser(actors["reviewer"])
    assert f"{person.name} 已经经办过本文" in page.get(office.address).content.decode()
    refused = page.post(office.address, {"act": "pass_on"})
    assert refused.status_code == 409
    assert f"{person.name} 已经经办过本文" in refused.content.decode()
    assert page.post(office.address, {"act": "send_back", "remark": "我自己改"}).status_code == 409
    browser(office.reviewer).post(office.address, {"act": "pass_on"})
    refused = browser(actors["signer"]).post(office.address, {"act": "sign", "password": PASSWORD})
    assert refused.status_code == 409
    assert f"{person.name} 已经经办过本文" in refused.content.decode()
    assert office.reload().status == "signing"


def test_reviewer_cannot_sign_what_he_checked() -> None:
    office = Office()
    office.bring_to("signing")
    both = Actor(office.reviewer.person, make_post(office.reviewer.person, office.organisation, PostRole.SIGNER))
    refused = browser(both).post(office.address, {"act": "sign", "password": PASSWORD})
    assert refused.status_code == 409
    assert f"{both.person.name} 已经审核过本文" in refused.content.decode()


def test_signature_leads_to_the_paper_and_names_its_number() -> None:
    office = Office()
    office.bring_to("signing")
    client = browser(office.signer)
    response = client.post(office.address, {"act": "sign", "password": PASSWORD}, follow=True)
    paper = office.paper()
    assert response.redirect_chain == [(f"/papers/view/{paper.pk}/", 302)]
    assert f"已签发：{paper.number}" in response.content.decode()
    assert (paper.handler_id, paper.reviewer_id, paper.signer_id) == (
        office.handler.person.pk,
        office.reviewer.person.pk,
        office.signer.person.pk,
    )


def test_second_signature_gives_the_first_paper() -> None:
    office = Office()
    office.bring_to("signing")
    for _ in range(2):
        response = browser(office.signer).post(office.address, {"act": "sign", "password": PASSWORD})
        assert response["Location"] == f"/papers/view/{office.paper().pk}/"
    with system():
        assert Event.objects.filter(subject_id=office.draft.pk, name="sign").count() == 1


def test_each_signed_draft_finds_its_own_paper() -> None:
    from notifications import signoff
    from notifications.queries import paper_of

    office = Office()
    first = office.bring_to("signed")
    with office.scope(office.handler):
        second = signoff.start(first.kind, office.filing, first.dossier, "第二封", office.handler, dict(FIELDS))
    office.draft = second
    office.bring_to("signed")
    with office.scope(office.signer):
        found = [paper_of(Draft.objects.get(pk=draft.pk)) for draft in (first, second)]
    assert [paper.serial for paper in found if paper] == [1, 2]


def test_signature_with_a_wrong_password_is_refused_and_limited() -> None:
    cache.clear()
    office = Office()
    office.bring_to("signing")
    client = browser(office.signer)
    for _ in range(5):
        wrong = client.post(office.address, {"act": "sign", "password": "not it"})
        assert wrong.status_code == 422
        assert "密码不正确" in wrong.content.decode()
    limited = client.post(office.address, {"act": "sign", "password": PASSWORD})
    assert limited.status_code == 422
    assert "15 分钟后再试" in limited.content.decode()
    assert office.reload().status == "signing"


def test_stale_send_back_keeps_the_remark_and_says_what_happened() -> None:
    office = Office()
    office.bring_to("signing")
    response = browser(office.reviewer).post(office.address, {"act": "send_back", "remark": "第三段的数字不对"})
    text = response.content.decode()
    assert response.status_code == 409
    assert "第三段的数字不对" in text
    assert f"最近一步：{office.reviewer.person.name} 于" in text
    assert "审核通过。" in text


def test_saving_after_it_was_sent_keeps_what_was_typed() -> None:
    office = Office()
    office.bring_to("checking")
    response = browser(office.handler).post(office.address, {"act": "save", **FIELDS, "subject": "另一件事"})
    assert response.status_code == 409
    assert "另一件事" in response.content.decode()
    assert office.reload().fields["subject"] == "年度评价"


def version_on(client_page: str) -> str:
    """The mark of the stored fields that the page carries."""
    return client_page.split('name="draft_version" value="')[1].split('"')[0]


def test_two_windows_that_save_see_both_values() -> None:
    office = Office()
    first, second = browser(office.handler), browser(make_actor(office.organisation))
    version = version_on(first.get(office.address).content.decode())
    typed = {"act": "save", "draft_version": version, **FIELDS}
    assert second.post(office.address, {**typed, "subject": "甲的写法"}).status_code == 302
    conflict = first.post(office.address, {**typed, "subject": "乙的写法"})
    text = conflict.content.decode()
    assert conflict.status_code == 409
    assert "甲的写法" in text
    assert "乙的写法" in text
    assert office.reload().fields["subject"] == "甲的写法"
    again = {**typed, "draft_version": version_on(text), "subject": "乙的写法"}
    assert first.post(office.address, again).status_code == 302
    assert office.reload().fields["subject"] == "乙的写法"


def test_half_a_form_is_kept_but_not_sent() -> None:
    office = Office()
    client = browser(office.handler)
    version = version_on(client.get(office.address).content.decode())
    half = {"draft_version": version, "subject": "新的事由", "day": "", "tone": "kind"}
    response = client.post(office.address, {"act": "send", **half})
    assert response.status_code == 422
    fields = office.reload().fields
    assert (fields["subject"], fields["tone"], office.draft.status) == ("新的事由", "kind", "drafting")
    assert "to" in fields


def test_blocked_send_shows_its_reason() -> None:
    office = Office()
    with system():
        Draft.objects.filter(pk=office.draft.pk).update(fields={})
    text = browser(office.handler).get(office.address).content.decode()
    assert "送审之前还缺" in text
    assert "事由还没有填写。" in text
    assert "必填内容填写完整并保存后" in text


@pytest.mark.parametrize("method", ["get", "post"])
def test_draft_of_another_office_does_not_exist(method: str) -> None:
    office, neighbour = Office(), Office()
    client = browser(neighbour.handler)
    assert getattr(client, method)(office.address).status_code == 404
    assert browser(office.handler).get(office.address).status_code == 200


def test_draft_page_needs_sign_in() -> None:
    from django.test import Client

    office = Office()
    response = Client().get(office.address)
    assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={office.address}")


@pytest.mark.parametrize("status", STATUSES)
def test_draft_page_reads_the_same_for_a_colleague_who_only_looks(status: str) -> None:
    office = Office()
    office.bring_to(status)
    response = browser(actor_in(office, "admin")).get(office.address)
    assert response.status_code == 200
    assert 'name="act"' not in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_signatures_at_the_same_moment_give_one_paper() -> None:
    office = Office()
    office.bring_to("signing")
    start, answers = threading.Barrier(2), []

    def sign() -> None:
        client = browser(office.signer)
        start.wait()
        try:
            answers.append(client.post(office.address, {"act": "sign", "password": PASSWORD})["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=sign) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [f"/papers/view/{office.paper().pk}/"] * 2


def test_draft_leads_back_to_its_own_subject() -> None:
    office = Office()
    page = browser(office.handler).get(office.address).content.decode()
    assert f'href="{office.filing.get_absolute_url()}">{office.filing}</a>' in page
